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

/* summary.json as an object. */
json_t *bp_summary_object(const BpSummary *summary);

#endif
