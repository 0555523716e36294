/* A checkpoint as a file: its user block, the check against it, the files of a directory. */
#include "checkpoint_impl.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static const char prefix[] = "checkpoint_", suffix[] = ".h5";

char *bp_checkpoint_name(const char *dir, int step) {
  return bp_format("%s/%s%04d%s", dir, prefix, step, suffix);
}

/* The user block that belongs to n bytes. Every byte of it is set, so that each can be checked. */
static void make_block(const void *data, size_t n, char block[BP_CHECKPOINT_BLOCK]) {
  memset(block, 0, BP_CHECKPOINT_BLOCK);
  snprintf(block, BP_CHECKPOINT_BLOCK,
           "ballpad checkpoint: XXH3 %016llx of the %zu bytes behind these %d\n",
           (unsigned long long)XXH3_64bits(data, n), n, BP_CHECKPOINT_BLOCK);
}

/* The bytes of a file, to be freed with free(); NULL with an error. */
static char *read_all(const char *path, size_t *n, BpStoreError *error) {
  enum { PIECE = 1 << 20 };
  char *data = NULL;
  size_t got = 1;
  FILE *file = error->status == BP_OK ? fopen(path, "rb") : NULL;
  *n = 0;
  if (!file && error->status == BP_OK)
    bp_store_fail_errno(error, path, errno);
  for (size_t room = PIECE; file && got > 0; room *= 2) {
    BP_GROW(data, room);
    got = fread(data + *n, 1, room - *n, file);
    *n += got;
  }
  if (file && ferror(file))
    bp_store_fail_errno(error, path, errno);
  if (file)
    fclose(file);
  if (error->status == BP_OK)
    return data;
  free(data);
  return NULL;
}

static int is_sound(const char *data, size_t n) {
  char block[BP_CHECKPOINT_BLOCK];
  if (n <= sizeof block)
    return 0;
  make_block(data + sizeof block, n - sizeof block, block);
  return memcmp(block, data, sizeof block) == 0;
}

/* Reads back what was written under the temporary name of a path. */
static void check_written(const char *path, const char *data, size_t n, BpStoreError *error) {
  size_t n_there;
  char *temporary = bp_durable_temporary(path), *there = read_all(temporary, &n_there, error);
  if (there && (n_there != n || memcmp(data, there, BP_CHECKPOINT_BLOCK) != 0 ||
                !is_sound(there, n_there))) {
    bp_store_fail(error, "%s: what was written reads back otherwise; check the disk", path);
    remove(temporary);
  }
  free(there);
  free(temporary);
}

void bp_checkpoint_write(const char *path, BpH5 **file, BpStoreError *error) {
  size_t n;
  char *data = bp_h5_image(file, BP_CHECKPOINT_BLOCK, &n);
  if (!data)
    return;
  make_block(data + BP_CHECKPOINT_BLOCK, n - BP_CHECKPOINT_BLOCK, data);
  bp_file_write_temporary(path, data, n, error);
  check_written(path, data, n, error);
  free(data);
}

char *bp_checkpoint_load(const char *path, size_t *n, BpStoreError *error) {
  char *data = read_all(path, n, error);
  if (!data || is_sound(data, *n))
    return data;
  bp_store_fail(error, "%s: is damaged or cut off", path);
  free(data);
  return NULL;
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
