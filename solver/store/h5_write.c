/* What a file is made of: datasets, links, virtual datasets, attributes. */
#include "h5_impl.h"

#include <stdlib.h>
#include <string.h>

/* Property list for making links: groups on the way are made too. */
static hid_t with_groups(void) {
  const hid_t list = H5Pcreate(H5P_LINK_CREATE);
  if (list >= 0 && H5Pset_create_intermediate_group(list, 1) < 0) {
    H5Pclose(list);
    return H5I_INVALID_HID;
  }
  return list;
}

static void describe(BpH5 *file, const BpH5Array *array) {
  if (array->unit)
    bp_h5_set_text(file, array->name, "unit", array->unit);
  if (array->title)
    bp_h5_set_text(file, array->name, "title", array->title);
  if (array->where)
    bp_h5_set_text(file, array->name, "where", array->where);
}

/* A dataset with the given creation properties. Times of change are not kept: equal content gives
 * equal files. */
static void make_dataset(BpH5 *file, const BpH5Array *array, hid_t space, hid_t create,
                         const void *data) {
  hid_t set = H5I_INVALID_HID, links = with_groups();
  if (links >= 0 && space >= 0 && create >= 0 && H5Pset_obj_track_times(create, 0) >= 0)
    set = H5Dcreate2(file->file, array->name, bp_h5_file_type(array->type), space, links, create,
                     H5P_DEFAULT);
  if (set < 0)
    bp_h5_fail(file->error, file->path, "a dataset cannot be made");
  if (set >= 0 && data && array->rows > 0 &&
      H5Dwrite(set, bp_h5_memory_type(array->type), H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
    bp_h5_fail(file->error, file->path, "a dataset cannot be written");
  if (set >= 0)
    H5Dclose(set);
  if (links >= 0)
    H5Pclose(links);
}

/* Values in one piece, with space from the beginning. */
static herr_t lay_plain(hid_t create) {
  return H5Pset_alloc_time(create, H5D_ALLOC_TIME_EARLY) < 0 ||
                 H5Pset_fill_time(create, H5D_FILL_TIME_NEVER) < 0
             ? -1
             : 0;
}

/* Values in chunks, each shuffled and deflated by itself. */
static herr_t lay_compressed(hid_t create, const BpH5Array *array) {
  enum { CHUNK = 1 << 17 }; /* numbers: 1 MB of doubles, which HDF5 holds in its cache */
  const int columns = array->columns > 0 ? array->columns : 1;
  const int64_t most = CHUNK / columns;
  const hsize_t size[2] = {(hsize_t)(array->rows < most ? array->rows : most), (hsize_t)columns};
  return H5Pset_chunk(create, array->columns > 0 ? 2 : 1, size) < 0 || H5Pset_shuffle(create) < 0 ||
                 H5Pset_deflate(create, (unsigned)array->compression) < 0
             ? -1
             : 0;
}

void bp_h5_array(BpH5 *file, const BpH5Array *array, const void *data) {
  if (bp_h5_failed(file))
    return;
  const int compressed = array->compression > 0 && array->rows > 0;
  const hid_t space = bp_h5_space(array->rows, array->columns);
  const hid_t create = H5Pcreate(H5P_DATASET_CREATE);
  if (create >= 0 && (compressed ? lay_compressed(create, array) : lay_plain(create)) < 0)
    bp_h5_fail(file->error, file->path, "a dataset cannot be made");
  make_dataset(file, array, space, create, data);
  if (create >= 0)
    H5Pclose(create);
  if (space >= 0)
    H5Sclose(space);
  describe(file, array);
}

void bp_h5_virtual(BpH5 *file, const BpH5Array *array, const char *const *other, int n,
                   const char *target) {
  if (bp_h5_failed(file))
    return;
  const hid_t whole = bp_h5_space(n * array->rows, array->columns);
  const hid_t part = bp_h5_space(array->rows, array->columns);
  const hid_t create = H5Pcreate(H5P_DATASET_CREATE);
  for (int i = 0; i < n; i++)
    if (bp_h5_select(whole, i * array->rows, array->rows, array->columns) < 0 ||
        H5Pset_virtual(create, whole, other[i], target, part) < 0)
      bp_h5_fail(file->error, file->path, "a virtual dataset cannot be made");
  if (!bp_h5_failed(file)) {
    H5Sselect_all(whole);
    make_dataset(file, array, whole, create, NULL);
  }
  if (create >= 0)
    H5Pclose(create);
  if (part >= 0)
    H5Sclose(part);
  if (whole >= 0)
    H5Sclose(whole);
  describe(file, array);
}

void bp_h5_group(BpH5 *file, const char *name) {
  if (bp_h5_failed(file))
    return;
  const hid_t links = with_groups();
  const hid_t group = H5Gcreate2(file->file, name, links, H5P_DEFAULT, H5P_DEFAULT);
  if (group < 0)
    bp_h5_fail(file->error, file->path, "a group cannot be made");
  else
    H5Gclose(group);
  if (links >= 0)
    H5Pclose(links);
}

void bp_h5_link(BpH5 *file, const char *name, const char *other, const char *target) {
  if (bp_h5_failed(file))
    return;
  const hid_t links = with_groups();
  if (H5Lcreate_external(other, target, file->file, name, links, H5P_DEFAULT) < 0)
    bp_h5_fail(file->error, file->path, "a link cannot be made");
  if (links >= 0)
    H5Pclose(links);
}

/* An attribute of n values, a scalar where n is 0. */
static void set_attribute(BpH5 *file, const char *object, const char *name, hid_t file_type,
                          hid_t type, int n, const void *value) {
  if (bp_h5_failed(file))
    return;
  const hsize_t size = (hsize_t)n;
  hid_t attribute = H5I_INVALID_HID;
  const hid_t at = H5Oopen(file->file, object, H5P_DEFAULT);
  const hid_t space = n > 0 ? H5Screate_simple(1, &size, NULL) : H5Screate(H5S_SCALAR);
  if (at >= 0 && space >= 0)
    attribute = H5Acreate2(at, name, file_type, space, H5P_DEFAULT, H5P_DEFAULT);
  if (attribute < 0 || H5Awrite(attribute, type, value) < 0)
    bp_h5_fail(file->error, file->path, "an attribute cannot be written");
  if (attribute >= 0)
    H5Aclose(attribute);
  if (space >= 0)
    H5Sclose(space);
  if (at >= 0)
    H5Oclose(at);
}

static void set_texts(BpH5 *file, const char *object, const char *name, const char *const *value,
                      int n) {
  const hid_t type = H5Tcopy(H5T_C_S1);
  if (type < 0 || H5Tset_size(type, H5T_VARIABLE) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0)
    bp_h5_fail(file->error, file->path, "an attribute cannot be written");
  set_attribute(file, object, name, type, type, n, value);
  if (type >= 0)
    H5Tclose(type);
}

void bp_h5_set_text(BpH5 *file, const char *object, const char *name, const char *value) {
  set_texts(file, object, name, &value, 0);
}

void bp_h5_set_texts(BpH5 *file, const char *object, const char *name, const char *const *value,
                     int n) {
  set_texts(file, object, name, value, n);
}

void bp_h5_set_ascii(BpH5 *file, const char *object, const char *name, const char *value) {
  const hid_t type = H5Tcopy(H5T_C_S1);
  if (type < 0 || H5Tset_size(type, strlen(value)) < 0 || H5Tset_strpad(type, H5T_STR_NULLPAD) < 0)
    bp_h5_fail(file->error, file->path, "an attribute cannot be written");
  set_attribute(file, object, name, type, type, 0, value);
  if (type >= 0)
    H5Tclose(type);
}

void bp_h5_set_int(BpH5 *file, const char *object, const char *name, int64_t value) {
  set_attribute(file, object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, 0, &value);
}

void bp_h5_set_ints(BpH5 *file, const char *object, const char *name, const int64_t *value, int n) {
  set_attribute(file, object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, n, value);
}

void bp_h5_set_double(BpH5 *file, const char *object, const char *name, double value) {
  set_attribute(file, object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 0, &value);
}
