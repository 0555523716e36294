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

/* bp_durable_write, bp_durable_commit and bp_durable_replace, with the error of this layer. */
void bp_file_write_temporary(const char *path, const void *data, size_t n, BpStoreError *error);
void bp_file_commit(const char *path, BpStoreError *error);
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
