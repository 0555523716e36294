/* Plain files that are either complete or not there, and the first thing that went wrong. */
#ifndef BP_FILE_H
#define BP_FILE_H

#include "base.h"

#include <mpi.h>

enum { BP_STORE_TEXT = 512 };

/* The first thing that went wrong. Every function of this layer that takes one does nothing when
 * it already holds an error, so that a sequence of calls is checked once, at its end. */
typedef struct {
  BpStatus status;          /* BP_OK or BP_BAD */
  char text[BP_STORE_TEXT]; /* "FILE: no space left on device" */
} BpStoreError;

/* Sets the error unless there is one already. */
void bp_store_fail(BpStoreError *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Sets the error of a file from an errno. */
void bp_store_fail_errno(BpStoreError *error, const char *path, int code);

/* The error of the lowest rank that has one becomes that of every rank.   [collective] */
void bp_store_agree(MPI_Comm comm, BpStoreError *error);

/* Name under which a file is written until it is complete, path.tmp; free with free(). */
char *bp_file_temporary(const char *path);

/* Writes n bytes under the temporary name of a path, made durable (fsync); on failure nothing is
 * left. */
void bp_file_write_temporary(const char *path, const void *data, size_t n, BpStoreError *error);

/* Makes the complete temporary file durable (fsync) and gives it its name, in one step that also
 * lasts over a power failure. On failure the temporary file is removed. */
void bp_file_commit(const char *path, BpStoreError *error);

/* Both: the file has its old content or all of the new one at every moment. */
void bp_file_replace(const char *path, const void *data, size_t n, BpStoreError *error);

/* Adds n bytes at the end in one piece: after a failure (disk full) the file is as before. */
void bp_file_append(const char *path, const void *data, size_t n, BpStoreError *error);

/* Makes a directory; it may exist. */
void bp_directory_make(const char *path, BpStoreError *error);

/* Removes the files of a directory whose name is a prefix, a number of at least `first` or none,
 * and a suffix; ".tmp" may follow, then whatever the number. */
void bp_directory_clear(const char *path, const char *prefix, const char *suffix, int first,
                        BpStoreError *error);

#endif
