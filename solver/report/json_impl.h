/* Values on their way to and from JSON. Internal to this folder. */
#ifndef BP_JSON_IMPL_H
#define BP_JSON_IMPL_H

#include "json.h"
#include "report.h"

/* Units of keys over SI. */
#define BP_MPA 1e6  /* Pa, J/m3 */
#define BP_UM  1e-6 /* m */
#define BP_MM2 1e-6 /* m2 */
#define BP_MM3 1e-9 /* m3 */
#define BP_MB  1e6  /* bytes */

/* Number of a member times its unit, NAN when it is null or missing. */
double bp_json_get_number(const json_t *object, const char *key, double unit);
int bp_json_get_int(const json_t *object, const char *key);
void bp_json_get_text(const json_t *object, const char *key, char *text, size_t size);

/* The life part of summary.json: what models need, their rows with a result, and both back. */
json_t *bp_life_basis_object(const BpLifeBasis *basis);
json_t *bp_life_array(const BpSummary *summary);
void bp_life_read(const json_t *object, BpSummary *summary);

/* What a file that cannot be loaded means: no file of that name, or a damaged one. */
BpExit bp_json_exit(const json_error_t *error);

/* An object of facts by name. */
json_t *bp_json_facts(const BpSummaryFact *fact, int count);

/* Ratios of lives to the first of several runs. */
json_t *bp_life_ratios_array(const BpSummary *summary, int count);

/* What cushion, well and ring do to each quantity. */
json_t *bp_pad_factors_array(const BpSummary *summary, int count);

/* Size of a mesh, as keys of an object. */
void bp_json_set_size(json_t *object, int nodes, int cells, int dofs);

/* summary.json as an object. */
json_t *bp_summary_object(const BpSummary *summary);

/* What heat conduction came to, null where it was not solved for; and back. */
json_t *bp_json_heat(const BpHeatResult *heat);
void bp_json_read_heat(const json_t *object, BpHeatResult *heat);

#endif
