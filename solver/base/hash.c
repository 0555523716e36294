#include "hash.h"

#include <gcrypt.h>
#include <stdio.h>

enum { DIGEST = 32 };

static void start_gcrypt(void) {
  if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P))
    return;
  gcry_check_version(NULL);
  gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
  gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
}

static void to_hex(const unsigned char *digest, char hex[BP_HASH_SIZE]) {
  for (int i = 0; i < DIGEST; i++)
    snprintf(hex + (size_t)2 * (size_t)i, 3, "%02x", digest[i]);
}

void bp_hash_bytes(const void *data, size_t n, char hex[BP_HASH_SIZE]) {
  unsigned char digest[DIGEST];
  start_gcrypt();
  gcry_md_hash_buffer(GCRY_MD_SHA256, digest, data, n);
  to_hex(digest, hex);
}

BpStatus bp_hash_file(const char *path, char hex[BP_HASH_SIZE]) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return BP_BAD;
  start_gcrypt();
  gcry_md_hd_t md;
  BpStatus status = gcry_md_open(&md, GCRY_MD_SHA256, 0) ? BP_BAD : BP_OK;
  if (status == BP_OK) {
    unsigned char block[65536];
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0)
      gcry_md_write(md, block, n);
    if (ferror(file))
      status = BP_BAD;
    else
      to_hex(gcry_md_read(md, GCRY_MD_SHA256), hex);
    gcry_md_close(md);
  }
  fclose(file);
  return status;
}
