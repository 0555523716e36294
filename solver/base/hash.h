/* Content hashes: SHA-256 of provenance and of "is this the same case?". */
#ifndef BP_HASH_H
#define BP_HASH_H

#include "status.h"

#include <stddef.h>

#define BP_HASH_SIZE 65 /* 64 hexadecimal digits and the final zero */

/* SHA-256 of n bytes as lower-case hexadecimal. */
void bp_hash_bytes(const void *data, size_t n, char hex[BP_HASH_SIZE]);

/* SHA-256 of a file. BP_BAD if it cannot be read. */
BpStatus bp_hash_file(const char *path, char hex[BP_HASH_SIZE]);

#endif
