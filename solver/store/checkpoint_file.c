/* Checkpoints as the files of a directory. */
#include "checkpoint_impl.h"

#include "sealed.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char prefix[] = "checkpoint_", suffix[] = ".h5";

char *bp_checkpoint_name(const char *dir, int step) {
  return bp_format("%s/%s%04d%s", dir, prefix, step, suffix);
}

void bp_checkpoint_write(const char *path, BpH5 **file, BpStoreError *error) {
  bp_sealed_write(path, BP_CHECKPOINT_KIND, file, error);
}

char *bp_checkpoint_load(const char *path, size_t *n, BpStoreError *error) {
  return bp_sealed_load(path, BP_CHECKPOINT_KIND, n, error);
}

static int newer_first(const void *a, const void *b) {
  const int *x = a, *y = b;
  return (*x < *y) - (*x > *y);
}

/* Step of a checkpoint by the name of its file, -1 if it is none. */
static int step_of(const char *name) {
  enum { DIGITS = 9 };
  if (strncmp(name, prefix, strlen(prefix)) != 0)
    return -1;
  const char *number = name + strlen(prefix);
  const size_t digits = strspn(number, "0123456789");
  return digits > 0 && digits <= DIGITS && strcmp(number + digits, suffix) == 0
             ? (int)strtol(number, NULL, 10)
             : -1;
}

int bp_checkpoint_list(const char *dir, int **step, BpStoreError *error) {
  int n = 0;
  *step = NULL;
  DIR *directory = error->status == BP_OK ? opendir(dir) : NULL;
  if (!directory && error->status == BP_OK)
    bp_store_fail_errno(error, dir, errno);
  for (const struct dirent *entry; directory && (entry = readdir(directory));) {
    const int found = step_of(entry->d_name);
    if (found < 0)
      continue;
    BP_GROW(*step, n + 1);
    (*step)[n++] = found;
  }
  if (directory)
    closedir(directory);
  if (n > 0)
    qsort(*step, (size_t)n, sizeof **step, newer_first);
  return n;
}
