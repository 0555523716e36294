#include "h5_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void bp_h5_quiet(void) {
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

typedef struct {
  char text[BP_STORE_TEXT];
} Reason;

static herr_t first_reason(unsigned n, const H5E_error2_t *entry, void *context) {
  Reason *reason = context;
  if (n == 0 && entry->desc)
    snprintf(reason->text, sizeof reason->text, "%s", entry->desc);
  return 0;
}

void bp_h5_fail(BpStoreError *error, const char *path, const char *what) {
  static const char mark[] = "error message = '";
  Reason reason = {""};
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, first_reason, &reason);
  char *cause = reason.text, *at = strstr(cause, mark);
  if (at) {
    cause = at + strlen(mark);
    cause[strcspn(cause, "'")] = '\0';
    cause[0] = (char)tolower((unsigned char)cause[0]);
    bp_store_fail(error, "%s: %s", path, cause);
  } else {
    cause[strcspn(cause, "\n")] = '\0';
    bp_store_fail(error, "%s: %s (HDF5: %s)", path, what, cause[0] ? cause : "no reason given");
  }
}

hid_t bp_h5_memory_type(BpH5Type type) {
  switch (type) {
  case BP_H5_DOUBLE:
    return H5T_NATIVE_DOUBLE;
  case BP_H5_INT64:
    return H5T_NATIVE_INT64;
  case BP_H5_INT32:
    return H5T_NATIVE_INT32;
  default:
    return H5T_NATIVE_UINT8;
  }
}

hid_t bp_h5_file_type(BpH5Type type) {
  switch (type) {
  case BP_H5_DOUBLE:
    return H5T_IEEE_F64LE;
  case BP_H5_INT64:
    return H5T_STD_I64LE;
  case BP_H5_INT32:
    return H5T_STD_I32LE;
  default:
    return H5T_STD_U8LE;
  }
}

hid_t bp_h5_space(int64_t rows, int columns) {
  const hsize_t size[2] = {(hsize_t)rows, (hsize_t)columns};
  return H5Screate_simple(columns > 0 ? 2 : 1, size, NULL);
}

herr_t bp_h5_select(hid_t space, int64_t first, int64_t count, int columns) {
  const hsize_t start[2] = {(hsize_t)first, 0};
  const hsize_t size[2] = {(hsize_t)count, (hsize_t)columns};
  if (count == 0)
    return H5Sselect_none(space);
  return H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, size, NULL);
}

static BpH5 *new_file(const char *path, BpStoreError *error) {
  BpH5 *file = BP_NEW(BpH5, 1);
  bp_h5_quiet();
  file->path = bp_copy_text(path);
  file->file = H5I_INVALID_HID;
  file->error = error;
  return file;
}

BpH5 *bp_h5_new(const char *path, BpStoreError *error) {
  enum { GROWTH = 1 << 18 };
  BpH5 *file = new_file(path, error);
  if (error->status != BP_OK)
    return file;
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  if (access >= 0 && H5Pset_fapl_core(access, GROWTH, 0) >= 0)
    file->file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, access);
  if (file->file < 0)
    bp_h5_fail(error, path, "cannot be made");
  if (access >= 0)
    H5Pclose(access);
  return file;
}

BpH5 *bp_h5_open(const char *path, BpStoreError *error) {
  BpH5 *file = new_file(path, error);
  if (error->status != BP_OK)
    return file;
  file->file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
  if (file->file < 0)
    bp_h5_fail(error, path, "cannot be opened");
  return file;
}

BpH5 *bp_h5_open_image(const char *path, const void *image, size_t n, BpStoreError *error) {
  enum { GROWTH = 1 << 16 };
  BpH5 *file = new_file(path, error);
  if (error->status != BP_OK)
    return file;
  char *name = bp_format("%s in memory", path); /* HDF5 wants one that no file has */
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  if (access >= 0 && H5Pset_fapl_core(access, GROWTH, 0) >= 0 &&
      H5Pset_file_image(access, (void *)(uintptr_t)image, n) >= 0)
    file->file = H5Fopen(name, H5F_ACC_RDONLY, access);
  free(name);
  if (file->file < 0)
    bp_h5_fail(error, path, "cannot be opened");
  if (access >= 0)
    H5Pclose(access);
  return file;
}

void bp_h5_free(BpH5 **out) {
  BpH5 *file = *out;
  if (!file)
    return;
  if (file->file >= 0 && H5Fclose(file->file) < 0)
    bp_h5_fail(file->error, file->path, "cannot be closed");
  free(file->path);
  free(file);
  *out = NULL;
}

void *bp_h5_image(BpH5 **out, size_t room, size_t *n) {
  BpH5 *file = *out;
  char *image = NULL;
  *n = 0;
  if (!bp_h5_failed(file)) {
    const ssize_t size =
        H5Fflush(file->file, H5F_SCOPE_GLOBAL) < 0 ? -1 : H5Fget_file_image(file->file, NULL, 0);
    *n = room + (size_t)(size > 0 ? size : 0);
    image = bp_alloc(*n, 1);
    if (size <= 0 || H5Fget_file_image(file->file, image + room, *n - room) < 0)
      bp_h5_fail(file->error, file->path, "cannot be put together");
  }
  BpStoreError *error = file->error;
  bp_h5_free(out);
  if (error->status == BP_OK)
    return image;
  free(image);
  return NULL;
}

static void save(BpH5 **out, int complete) {
  BpStoreError *error = (*out)->error;
  size_t n;
  char *path = bp_copy_text((*out)->path);
  void *image = bp_h5_image(out, 0, &n);
  bp_file_write_temporary(path, image, n, error);
  if (complete)
    bp_file_commit(path, error);
  free(path);
  free(image);
}

void bp_h5_save(BpH5 **file) {
  save(file, 1);
}

void bp_h5_save_temporary(BpH5 **file) {
  save(file, 0);
}

void bp_h5_version(int version[3]) {
  unsigned part[3] = {0};
  H5get_libversion(&part[0], &part[1], &part[2]);
  for (int i = 0; i < 3; i++)
    version[i] = (int)part[i];
}
