/* Values on their way to and from JSON. Internal to this folder. */
#ifndef BP_JSON_IMPL_H
#define BP_JSON_IMPL_H

#include "report.h"

#include <jansson.h>

/* Units of keys over SI. */
#define BP_MPA 1e6  /* Pa, J/m3 */
#define BP_UM  1e-6 /* m */
#define BP_MM2 1e-6 /* m2 */
#define BP_MM3 1e-9 /* m3 */
#define BP_MB  1e6  /* bytes */

/* The number in a unit; null when it is not finite. */
json_t *bp_json_number(double value, double unit);

/* The text, bytes that are not UTF-8 as '?'. */
json_t *bp_json_text(const char *text);

/* Indented text of an object, to be freed with free(); the object is given away. */
char *bp_json_dump(json_t *object);

/* Number of a member times its unit, NAN when it is null or missing. */
double bp_json_get_number(const json_t *object, const char *key, double unit);
int bp_json_get_int(const json_t *object, const char *key);
void bp_json_get_text(const json_t *object, const char *key, char *text, size_t size);

/* summary.json as an object. */
json_t *bp_summary_object(const BpSummary *summary);

#endif
