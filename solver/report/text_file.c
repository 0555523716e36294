#include "json_impl.h"

#include <errno.h>
#include <string.h>

BpStatus bp_report_write(const char *path, const char *text) {
  const int code = bp_durable_replace(path, text, strlen(text));
  errno = code;
  return code == 0 ? BP_OK : BP_BAD;
}

BpStatus bp_report_read_text(const char *path, const char *key, char *value, size_t size) {
  json_t *object = json_load_file(path, 0, NULL);
  const char *found = json_string_value(json_object_get(object, key));
  if (found)
    snprintf(value, size, "%s", found);
  const BpStatus status = found ? BP_OK : BP_BAD;
  json_decref(object);
  return status;
}
