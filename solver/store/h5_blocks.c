/* Values of block-distributed datasets, written by all ranks at once. */
#include "h5_impl.h"

#include <stdlib.h>

typedef struct {
  hid_t file, transfer;
  hid_t *set; /* [n] */
} Open;

/* Opens the file and all its datasets before anything is written, so that the ranks can agree
 * whether all of them go on: a rank that drops out of a collective write leaves the others waiting.
 */
static void open_all(MPI_Comm comm, const char *path, const BpH5Block *block, int n, Open *at,
                     BpStoreError *error) {
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  at->file = at->transfer = H5I_INVALID_HID;
  at->set = BP_NEW(hid_t, n);
  if (access >= 0 && H5Pset_fapl_mpio(access, comm, MPI_INFO_NULL) >= 0)
    at->file = H5Fopen(path, H5F_ACC_RDWR, access);
  if (at->file < 0)
    bp_h5_fail(error, path, "cannot be opened by all ranks");
  if (access >= 0)
    H5Pclose(access);
  at->transfer = H5Pcreate(H5P_DATASET_XFER);
  if (at->transfer < 0 || H5Pset_dxpl_mpio(at->transfer, H5FD_MPIO_COLLECTIVE) < 0)
    bp_h5_fail(error, path, "cannot be written by all ranks");
  for (int i = 0; i < n; i++) {
    at->set[i] =
        at->file < 0 ? H5I_INVALID_HID : H5Dopen2(at->file, block[i].array.name, H5P_DEFAULT);
    if (at->set[i] < 0)
      bp_h5_fail(error, path, "a dataset is missing");
  }
}

static void write_block(const BpH5Block *block, hid_t set, hid_t transfer, const char *path,
                        BpStoreError *error) {
  static const double nothing = 0.0;
  const BpH5Array *array = &block->array;
  const hid_t memory = bp_h5_space(block->count > 0 ? block->count : 1, array->columns);
  const hid_t space = H5Dget_space(set);
  bp_h5_select(memory, 0, block->count, array->columns);
  bp_h5_select(space, block->first, block->count, array->columns);
  if (H5Dwrite(set, bp_h5_memory_type(array->type), memory, space, transfer,
               block->count > 0 ? block->data : &nothing) < 0)
    bp_h5_fail(error, path, "values cannot be written");
  H5Sclose(space);
  H5Sclose(memory);
}

static void close_all(const char *path, int n, Open *at, BpStoreError *error) {
  for (int i = 0; i < n; i++)
    if (at->set[i] >= 0)
      H5Dclose(at->set[i]);
  if (at->transfer >= 0)
    H5Pclose(at->transfer);
  if (at->file >= 0 && H5Fclose(at->file) < 0)
    bp_h5_fail(error, path, "cannot be closed");
  free(at->set);
}

void bp_h5_write_blocks(MPI_Comm comm, const char *path, const BpH5Block *block, int n,
                        BpStoreError *error) {
  Open at;
  if (error->status != BP_OK)
    return;
  bp_h5_quiet();
  open_all(comm, path, block, n, &at, error);
  bp_store_agree(comm, error);
  if (error->status == BP_OK) {
    for (int i = 0; i < n; i++)
      write_block(&block[i], at.set[i], at.transfer, path, error);
    if (H5Fflush(at.file, H5F_SCOPE_GLOBAL) < 0)
      bp_h5_fail(error, path, "cannot be written to the disk");
  }
  close_all(path, n, &at, error);
  bp_store_agree(comm, error);
}

/* Bytes of a number. */
static size_t size_of(BpH5Type type) {
  switch (type) {
  case BP_H5_DOUBLE:
  case BP_H5_INT64:
    return 8;
  case BP_H5_INT32:
    return 4;
  default:
    return 1;
  }
}

void *bp_h5_gather(MPI_Comm comm, const BpH5Block *block) {
  const BpH5Array *array = &block->array;
  const size_t width = size_of(array->type) * (size_t)(array->columns > 0 ? array->columns : 1);
  const int count = (int)block->count, first = (int)block->first;
  int rank, nranks, *counts, *starts;
  char *all = NULL;
  MPI_Datatype row;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &nranks);
  counts = BP_NEW(int, nranks);
  starts = BP_NEW(int, nranks);
  if (rank == 0)
    all = bp_alloc((size_t)(array->rows > 0 ? array->rows : 1), width);
  MPI_Gather(&count, 1, MPI_INT, counts, 1, MPI_INT, 0, comm);
  MPI_Gather(&first, 1, MPI_INT, starts, 1, MPI_INT, 0, comm);
  MPI_Type_contiguous((int)width, MPI_BYTE, &row);
  MPI_Type_commit(&row);
  MPI_Gatherv(block->data, count, row, all, counts, starts, row, 0, comm);
  MPI_Type_free(&row);
  free(starts);
  free(counts);
  return all;
}
