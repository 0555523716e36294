#include "json_impl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int write_all(FILE *out, const char *text) {
  const size_t n = strlen(text);
  int ok = fwrite(text, 1, n, out) == n && fflush(out) == 0;
  /* some file systems cannot flush to disk; a full disk has shown by now */
  if (ok && fsync(fileno(out)) != 0 && errno != EINVAL && errno != ENOTSUP)
    ok = 0;
  const int reason = errno;
  if (fclose(out) != 0)
    return 0;
  errno = reason;
  return ok;
}

BpStatus bp_report_write(const char *path, const char *text) {
  char *other = bp_format("%s.part", path);
  FILE *out = fopen(other, "w");
  int ok = out && write_all(out, text) && rename(other, path) == 0;
  const int reason = errno;
  if (out && !ok)
    unlink(other);
  free(other);
  errno = reason;
  return ok ? BP_OK : BP_BAD;
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
