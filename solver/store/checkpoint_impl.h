/* Inside the checkpoint part of the store. */
#ifndef BP_CHECKPOINT_IMPL_H
#define BP_CHECKPOINT_IMPL_H

#include "checkpoint.h"
#include "h5.h"

#define BP_CHECKPOINT_KIND "checkpoint"

struct BpCheckpoint {
  MPI_Comm comm;
  int rank, step, reading;
  char *dir, *path;
  BpH5 *file; /* rank 0 */
  BpStoreError *error;
};

/* Reads a dataset, which must have the rows and columns of `array`; nothing after an error.
 * [rank 0] */
void bp_checkpoint_table(BpCheckpoint *checkpoint, const BpH5Array *array, void *value);

/* ---- checkpoint_file.c */

/* Writes a file in memory with its user block under the temporary name of the path, to the disk,
 * and reads it back; it then only needs its name (bp_file_commit). Frees the file. */
void bp_checkpoint_write(const char *path, BpH5 **file, BpStoreError *error);

/* The n bytes of a sound file with its user block, to be freed with free(); NULL and an error where
 * it is not sound. */
char *bp_checkpoint_load(const char *path, size_t *n, BpStoreError *error);

/* Steps of the checkpoints of a directory, the newest first, to be freed with free(). Returns their
 * number. */
int bp_checkpoint_list(const char *dir, int **step, BpStoreError *error);

char *bp_checkpoint_name(const char *dir, int step);

#endif
