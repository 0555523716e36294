#include "sealed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* The user block that belongs to n bytes. Every byte of it is set, so that each can be checked. */
static void make_block(const char *kind, const void *data, size_t n, char block[BP_SEAL]) {
  memset(block, 0, BP_SEAL);
  snprintf(block, BP_SEAL, "ballpad %s: XXH3 %016llx of the %zu bytes behind these %d\n", kind,
           (unsigned long long)XXH3_64bits(data, n), n, BP_SEAL);
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

static int is_sound(const char *kind, const char *data, size_t n) {
  char block[BP_SEAL];
  if (n <= sizeof block)
    return 0;
  make_block(kind, data + sizeof block, n - sizeof block, block);
  return memcmp(block, data, sizeof block) == 0;
}

/* Reads back what was written under the temporary name of a path. */
static void check_written(const char *path, const char *kind, const char *data, size_t n,
                          BpStoreError *error) {
  size_t n_there;
  char *temporary = bp_durable_temporary(path), *there = read_all(temporary, &n_there, error);
  if (there &&
      (n_there != n || memcmp(data, there, BP_SEAL) != 0 || !is_sound(kind, there, n_there))) {
    bp_store_fail(error, "%s: what was written reads back otherwise; check the disk", path);
    remove(temporary);
  }
  free(there);
  free(temporary);
}

void bp_sealed_write(const char *path, const char *kind, BpH5 **file, BpStoreError *error) {
  size_t n;
  char *data = bp_h5_image(file, BP_SEAL, &n);
  if (!data)
    return;
  make_block(kind, data + BP_SEAL, n - BP_SEAL, data);
  bp_file_write_temporary(path, data, n, error);
  check_written(path, kind, data, n, error);
  free(data);
}

/* What is wrong with a file that is not sound. */
static void report(const char *path, const char *kind, const char *data, size_t n,
                   BpStoreError *error) {
  static const char plain[] = "\x89HDF";
  char *begin = bp_format("ballpad %s: ", kind);
  if (n >= strlen(plain) && memcmp(data, plain, strlen(plain)) == 0)
    bp_store_fail(error, "%s: has no check sum: an older ballpad or another program wrote it",
                  path);
  else if (n >= strlen(begin) && memcmp(data, begin, strlen(begin)) != 0)
    bp_store_fail(error, "%s: is damaged or cut off, or no %s of ballpad", path, kind);
  else
    bp_store_fail(error, "%s: is damaged or cut off", path);
  free(begin);
}

char *bp_sealed_load(const char *path, const char *kind, size_t *n, BpStoreError *error) {
  char *data = read_all(path, n, error);
  if (!data || is_sound(kind, data, *n))
    return data;
  report(path, kind, data, *n, error);
  free(data);
  return NULL;
}
