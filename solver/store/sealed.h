/* Files that prove themselves: HDF5 behind a user block with XXH3 and the size of all that follows.
 * HDF5 1.10 may crash on damaged files, so it sees no byte before these are right. Readers of HDF5
 * pass over a user block by themselves. */
#ifndef BP_SEALED_H
#define BP_SEALED_H

#include "h5.h"

enum { BP_SEAL = 512 }; /* bytes of the user block; HDF5 looks for itself there */

/* Writes a file in memory with its user block under the temporary name of the path, to the disk,
 * and reads it back; it then only needs its name (bp_file_commit). Frees the file.
 * kind  "checkpoint", told in the block */
void bp_sealed_write(const char *path, const char *kind, BpH5 **file, BpStoreError *error);

/* The n bytes of a sound file with its user block, to be freed with free(); NULL and an error where
 * it is not sound or of another kind. */
char *bp_sealed_load(const char *path, const char *kind, size_t *n, BpStoreError *error);

#endif
