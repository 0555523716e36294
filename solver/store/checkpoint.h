/* Checkpoints of a run: DIR/checkpoint_NNNN.h5, NNNN being the step. The layer knows names, numbers
 * and arrays, not what they mean.
 *
 * A file is an HDF5 file behind a user block of 512 bytes, a line of text with the xxHash (XXH3)
 * and the size of all that follows. It is put together in the memory of rank 0, one array of all
 * ranks after the other, written under its temporary name, put on the disk, read back and compared,
 * and only then renamed; the one before it is kept, older ones are removed. Whatever happens to the
 * program, the machine or a file, one of the last two can be read or is refused: nothing of a file
 * is looked at before its hash is found to be right.
 *
 * Each function that moves a value writes it into a new checkpoint and fills it from one that is
 * read: a state is described once, and saving and restoring cannot come apart. All are collective;
 * errors are agreed on at the end, by bp_checkpoint_save() or bp_checkpoint_close(). */
#ifndef BP_CHECKPOINT_H
#define BP_CHECKPOINT_H

#include "file.h"

#include <stdint.h>

/* Version of the layout; a reader refuses another one. */
enum { BP_CHECKPOINT_SCHEMA = 3 };

typedef struct BpCheckpoint BpCheckpoint;

/* A checkpoint to be filled, after a step. */
BpCheckpoint *bp_checkpoint_new(MPI_Comm comm, const char *dir, int step, BpStoreError *error);

/* Writes it and removes all others but that of step `previous` (-1: none). Frees it. */
void bp_checkpoint_save(BpCheckpoint **checkpoint, int previous);

/* Opens the newest sound checkpoint of a directory; NULL where there is none.
 * newer  says why a newer one was passed over
 * error  there are checkpoints and none is sound */
BpCheckpoint *bp_checkpoint_open(MPI_Comm comm, const char *dir, BpStoreError *newer,
                                 BpStoreError *error);

/* Frees a checkpoint that was read, or drops a new one; NULL does nothing. */
void bp_checkpoint_close(BpCheckpoint **checkpoint);

/* Path of its file; its step; 1 if it is read, 0 if it is new. */
const char *bp_checkpoint_path(const BpCheckpoint *checkpoint);
int bp_checkpoint_step(const BpCheckpoint *checkpoint);
int bp_checkpoint_reading(const BpCheckpoint *checkpoint);

/* Removes all checkpoints of a directory.   [rank 0] */
void bp_checkpoint_clear(const char *dir, BpStoreError *error);

/* ---- values, the same on every rank; names are unique, and paths within the file */

/* size  of the buffer when reading; longer texts are cut */
void bp_checkpoint_text(BpCheckpoint *checkpoint, const char *name, char *text, size_t size);
void bp_checkpoint_long(BpCheckpoint *checkpoint, const char *name, long *value);
void bp_checkpoint_int(BpCheckpoint *checkpoint, const char *name, int *value);

/* A file with another number of values is an error. */
void bp_checkpoint_numbers(BpCheckpoint *checkpoint, const char *name, double *value, int64_t n);

/* ---- arrays that are spread over the ranks */

/* Rows of this rank and their numbers in the whole, which no two ranks share. In the file rows are
 * in the order of their numbers, whatever the number of ranks. */
typedef struct {
  const int *id; /* [count] */
  int count;
  int columns; /* values of a row */
} BpCheckpointRows;

/* A file with other rows is an error.
 * value  [count][columns] */
void bp_checkpoint_rows(BpCheckpoint *checkpoint, const char *name, const BpCheckpointRows *rows,
                        double *value);

#endif
