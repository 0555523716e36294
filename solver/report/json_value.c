#include "json_impl.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

json_t *bp_json_number(double value, double unit) {
  const double x = value / unit;
  return isfinite(x) ? json_real(x) : json_null();
}

BpExit bp_json_exit(const json_error_t *error) {
  return json_error_code(error) == json_error_cannot_open_file ? BP_EXIT_IO : BP_EXIT_CHECKPOINT;
}

json_t *bp_json_text(const char *text) {
  json_t *value = json_string(text);
  if (value)
    return value;
  char *copy = bp_copy_text(text);
  for (char *p = copy; *p; p++)
    if ((unsigned char)*p >= 0x80)
      *p = '?';
  value = json_string(copy);
  free(copy);
  return value;
}

static char *dump(json_t *value, size_t flags) {
  char *text = json_dumps(value, flags | JSON_REAL_PRECISION(17));
  if (!text)
    abort(); /* out of memory */
  json_decref(value);
  return text;
}

char *bp_json_dump(json_t *object) {
  char *text = dump(object, JSON_INDENT(2)), *line = bp_format("%s\n", text);
  free(text);
  return line;
}

char *bp_json_quote(const char *text) {
  return dump(bp_json_text(text), JSON_ENCODE_ANY);
}

double bp_json_get_number(const json_t *object, const char *key, double unit) {
  const json_t *value = json_object_get(object, key);
  return json_is_number(value) ? json_number_value(value) * unit : (double)NAN;
}

int bp_json_get_int(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  const json_int_t n = json_is_integer(value) ? json_integer_value(value) : 0;
  return n > INT_MIN && n < INT_MAX ? (int)n : 0;
}

void bp_json_get_text(const json_t *object, const char *key, char *text, size_t size) {
  const char *value = json_string_value(json_object_get(object, key));
  snprintf(text, size, "%s", value ? value : "");
}
