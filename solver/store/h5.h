/* HDF5 files, written and read with every call checked; the only home of hdf5.h.
 *
 * A file is put together in memory and reaches the disk as a whole, through plain writes: HDF5
 * itself cannot recover from a disk that fills up under it (version 1.10 crashes at the end of the
 * program). Arrays that are spread over ranks are laid out that way too, with the space for their
 * values; the ranks then write these into the file that is there (bp_h5_write_blocks).
 *
 * After an error the functions do nothing; it is found in the BpStoreError of the file. */
#ifndef BP_H5_H
#define BP_H5_H

#include "file.h"

#include <stdint.h>

typedef enum { BP_H5_DOUBLE, BP_H5_INT64, BP_H5_INT32, BP_H5_BYTE } BpH5Type;

/* A dataset of `rows` rows: one-dimensional where columns is 0. unit, title and where become its
 * attributes; NULL: it has none. */
typedef struct {
  const char *name; /* path in the file; groups are made as needed */
  BpH5Type type;
  int64_t rows;
  int columns;
  const char *unit, *title, *where;
  int compression; /* 0: none; to 9: values are needed, see bp_h5_gather() */
} BpH5Array;

typedef struct BpH5 BpH5;

/* A new file in memory. Files made by the same calls are the same byte for byte. */
BpH5 *bp_h5_new(const char *path, BpStoreError *error);

/* Opens a file for reading. */
BpH5 *bp_h5_open(const char *path, BpStoreError *error);

/* Writes a new file to the disk under its path, which it replaces (bp_file_replace), and frees it.
 */
void bp_h5_save(BpH5 **file);

/* The same under the temporary name of its path; bp_file_commit() completes it. */
void bp_h5_save_temporary(BpH5 **file);

/* The bytes of a new file behind `room` bytes for others; NULL after an error. Frees the file; the
 * bytes are to be freed with free().
 * n  all of them, with the room */
void *bp_h5_image(BpH5 **file, size_t room, size_t *n);

/* Opens the bytes of a file for reading, which may be freed afterwards; path is for messages. */
BpH5 *bp_h5_open_image(const char *path, const void *image, size_t n, BpStoreError *error);

/* Closes and frees a file that was read, or drops one that was not saved. */
void bp_h5_free(BpH5 **file);

/* ---- writing ---- */

/* A dataset and its values [rows][columns]; data NULL: space only, values not set, which a
 * compressed one cannot have. */
void bp_h5_array(BpH5 *file, const BpH5Array *array, const void *data);

void bp_h5_group(BpH5 *file, const char *name);

/* A link to an object of another file, whose path is relative to the directory of this one. */
void bp_h5_link(BpH5 *file, const char *name, const char *other, const char *target);

/* A dataset without values of its own: those of the dataset `target`, of array->rows rows, in each
 * of the n other files, one below the other. */
void bp_h5_virtual(BpH5 *file, const BpH5Array *array, const char *const *other, int n,
                   const char *target);

/* Attributes of a group or dataset ("/" for the file's root). Texts are UTF-8 of any length. */
void bp_h5_set_text(BpH5 *file, const char *object, const char *name, const char *value);
void bp_h5_set_texts(BpH5 *file, const char *object, const char *name, const char *const *value,
                     int n);
void bp_h5_set_int(BpH5 *file, const char *object, const char *name, int64_t value);
void bp_h5_set_ints(BpH5 *file, const char *object, const char *name, const int64_t *value, int n);
void bp_h5_set_double(BpH5 *file, const char *object, const char *name, double value);

/* A text of fixed length in ASCII, the only kind that older readers of VTKHDF take for its type. */
void bp_h5_set_ascii(BpH5 *file, const char *object, const char *name, const char *value);

/* This rank's part of a dataset. */
typedef struct {
  BpH5Array array;
  int64_t first, count; /* rows of this rank; count may be 0 */
  const void *data;     /* [count][columns] */
} BpH5Block;

/* Writes the values of datasets that bp_h5_array() made space for into the file of that name. The
 * ranks' rows do not overlap.   [collective; error alike on every rank before and after]
 * block  [n] the same datasets in the same order on every rank */
void bp_h5_write_blocks(MPI_Comm comm, const char *path, const BpH5Block *block, int n,
                        BpStoreError *error);

/* All rows of a block on rank 0, to be freed with free(); NULL elsewhere. What is compressed is put
 * together there: how many bytes it takes is known only then, and the filters of parallel HDF5 1.10
 * need space that grows on the disk while it fills up.   [collective] */
void *bp_h5_gather(MPI_Comm comm, const BpH5Block *block);

/* ---- reading ---- */

/* 1 if the file has an object of that name, following links. */
int bp_h5_has(BpH5 *file, const char *name);

/* Rows and columns of a dataset (columns 0: one-dimensional). */
void bp_h5_shape(BpH5 *file, const char *name, int64_t *rows, int *columns);

/* Rows first to first + count - 1 of a dataset, converted to the type. */
void bp_h5_read(BpH5 *file, const char *name, BpH5Type type, int64_t first, int64_t count,
                void *data);

/* 1 if an object has an attribute of that name. */
int bp_h5_has_attribute(BpH5 *file, const char *object, const char *name);

int64_t bp_h5_get_int(BpH5 *file, const char *object, const char *name);
double bp_h5_get_double(BpH5 *file, const char *object, const char *name);

/* Free with free(); never NULL. */
char *bp_h5_get_text(BpH5 *file, const char *object, const char *name);

/* Calls visit with the name of every attribute of an object, or of every member of a group, in
 * alphabetical order. */
typedef void (*BpH5Visit)(void *context, const char *name);
void bp_h5_each_attribute(BpH5 *file, const char *object, BpH5Visit visit, void *context);
void bp_h5_each_member(BpH5 *file, const char *group, BpH5Visit visit, void *context);

/* Version of the HDF5 library in use: major, minor, release. */
void bp_h5_version(int version[3]);

#endif
