/* Inside the HDF5 part of the store. */
#ifndef BP_H5_IMPL_H
#define BP_H5_IMPL_H

#include "h5.h"

#include <hdf5.h>

struct BpH5 {
  char *path;
  hid_t file;
  BpStoreError *error;
};

/* Turns off HDF5's own error messages; before the first call of every entry. */
void bp_h5_quiet(void);

/* Sets the error of a file from HDF5's error stack: the innermost reason. */
void bp_h5_fail(BpStoreError *error, const char *path, const char *what);

static inline int bp_h5_failed(const BpH5 *file) {
  return file->error->status != BP_OK;
}

/* Type in memory and on disk. */
hid_t bp_h5_memory_type(BpH5Type type);
hid_t bp_h5_file_type(BpH5Type type);

/* Space of rows x columns. */
hid_t bp_h5_space(int64_t rows, int columns);

/* Selects rows of a space; the space is left with nothing selected where count is 0. */
herr_t bp_h5_select(hid_t space, int64_t first, int64_t count, int columns);

#endif
