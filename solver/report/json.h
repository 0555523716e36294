/* Values as JSON, for whoever has a result of its own to say. */
#ifndef BP_JSON_H
#define BP_JSON_H

#include "base.h"

#include <jansson.h>

/* The number in a unit; null when it is not finite. */
json_t *bp_json_number(double value, double unit);

/* The text, bytes that are not UTF-8 as '?'. */
json_t *bp_json_text(const char *text);

/* Indented text of an object, numbers in 17 digits, to be freed with free(); the object is given
 * away. */
char *bp_json_dump(json_t *object);

#endif
