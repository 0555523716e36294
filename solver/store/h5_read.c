#include "h5_impl.h"

#include <stdlib.h>
#include <string.h>

int bp_h5_has(BpH5 *file, const char *name) {
  if (bp_h5_failed(file))
    return 0;
  const hid_t object = H5Oopen(file->file, name, H5P_DEFAULT);
  if (object >= 0)
    H5Oclose(object);
  return object >= 0;
}

static hid_t open_dataset(BpH5 *file, const char *name) {
  if (bp_h5_failed(file))
    return H5I_INVALID_HID;
  const hid_t set = H5Dopen2(file->file, name, H5P_DEFAULT);
  if (set < 0)
    bp_store_fail(file->error, "%s: has no dataset '%s'", file->path, name);
  return set;
}

/* Rows and columns of an open dataset. */
static void shape_of(BpH5 *file, const char *name, hid_t set, int64_t *rows, int *columns) {
  hsize_t size[2] = {0, 0};
  const hid_t space = H5Dget_space(set);
  const int rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
  if (rank == 1 || rank == 2)
    H5Sget_simple_extent_dims(space, size, NULL);
  else
    bp_store_fail(file->error, "%s: dataset '%s' is not a table", file->path, name);
  if (space >= 0)
    H5Sclose(space);
  *rows = (int64_t)size[0];
  *columns = rank == 2 ? (int)size[1] : 0;
}

void bp_h5_shape(BpH5 *file, const char *name, int64_t *rows, int *columns) {
  const hid_t set = open_dataset(file, name);
  *rows = 0;
  *columns = 0;
  if (set < 0)
    return;
  shape_of(file, name, set, rows, columns);
  H5Dclose(set);
}

void bp_h5_read(BpH5 *file, const char *name, BpH5Type type, int64_t first, int64_t count,
                void *data) {
  const hid_t set = open_dataset(file, name);
  int64_t rows;
  int columns;
  if (set < 0)
    return;
  shape_of(file, name, set, &rows, &columns);
  if (first < 0 || count < 0 || first + count > rows)
    bp_store_fail(file->error, "%s: dataset '%s' has %lld rows, wanted are %lld from %lld",
                  file->path, name, (long long)rows, (long long)count, (long long)first);
  if (!bp_h5_failed(file) && count > 0) {
    const hid_t memory = bp_h5_space(count, columns), space = H5Dget_space(set);
    if (bp_h5_select(space, first, count, columns) < 0 ||
        H5Dread(set, bp_h5_memory_type(type), memory, space, H5P_DEFAULT, data) < 0)
      bp_h5_fail(file->error, file->path, "a dataset cannot be read");
    H5Sclose(space);
    H5Sclose(memory);
  }
  H5Dclose(set);
}

/* The object is opened first: through a link, H5Aopen_by_name() of HDF5 1.10 looks for texts of any
 * length in the file that the link is in, and finds another one's. */
static hid_t open_attribute(BpH5 *file, const char *object, const char *name) {
  hid_t attribute = H5I_INVALID_HID;
  if (bp_h5_failed(file))
    return attribute;
  const hid_t at = H5Oopen(file->file, object, H5P_DEFAULT);
  if (at >= 0) {
    attribute = H5Aopen(at, name, H5P_DEFAULT);
    H5Oclose(at);
  }
  if (attribute < 0)
    bp_store_fail(file->error, "%s: '%s' has no attribute '%s'", file->path, object, name);
  return attribute;
}

int bp_h5_has_attribute(BpH5 *file, const char *object, const char *name) {
  return !bp_h5_failed(file) && H5Aexists_by_name(file->file, object, name, H5P_DEFAULT) > 0;
}

static void get_number(BpH5 *file, const char *object, const char *name, hid_t type, void *value) {
  const hid_t attribute = open_attribute(file, object, name);
  if (attribute < 0)
    return;
  const hid_t space = H5Aget_space(attribute), stored = H5Aget_type(attribute);
  const H5T_class_t kind = H5Tget_class(stored);
  if (H5Sget_simple_extent_npoints(space) != 1 || (kind != H5T_INTEGER && kind != H5T_FLOAT) ||
      H5Aread(attribute, type, value) < 0)
    bp_store_fail(file->error, "%s: attribute '%s' of '%s' is not a number", file->path, name,
                  object);
  H5Tclose(stored);
  H5Sclose(space);
  H5Aclose(attribute);
}

int64_t bp_h5_get_int(BpH5 *file, const char *object, const char *name) {
  int64_t value = 0;
  get_number(file, object, name, H5T_NATIVE_INT64, &value);
  return value;
}

double bp_h5_get_double(BpH5 *file, const char *object, const char *name) {
  double value = 0.0;
  get_number(file, object, name, H5T_NATIVE_DOUBLE, &value);
  return value;
}

char *bp_h5_get_text(BpH5 *file, const char *object, const char *name) {
  char *text = NULL, *copy;
  const hid_t attribute = open_attribute(file, object, name);
  if (attribute < 0)
    return bp_copy_text("");
  const hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
  if (H5Tis_variable_str(type) <= 0 || H5Sget_simple_extent_npoints(space) != 1 ||
      H5Aread(attribute, type, &text) < 0 || !text)
    bp_store_fail(file->error, "%s: attribute '%s' of '%s' is not a text", file->path, name,
                  object);
  copy = bp_copy_text(text ? text : "");
  if (text)
    H5free_memory(text);
  H5Sclose(space);
  H5Tclose(type);
  H5Aclose(attribute);
  return copy;
}

typedef struct {
  BpH5Visit visit;
  void *context;
} Visitor;

static herr_t visit_attribute(hid_t object, const char *name, const H5A_info_t *info,
                              void *context) {
  const Visitor *visitor = context;
  (void)object;
  (void)info;
  visitor->visit(visitor->context, name);
  return 0;
}

static herr_t visit_member(hid_t group, const char *name, const H5L_info_t *info, void *context) {
  const Visitor *visitor = context;
  (void)group;
  (void)info;
  visitor->visit(visitor->context, name);
  return 0;
}

void bp_h5_each_attribute(BpH5 *file, const char *object, BpH5Visit visit, void *context) {
  Visitor visitor = {visit, context};
  hsize_t at = 0;
  if (!bp_h5_failed(file) && H5Aiterate_by_name(file->file, object, H5_INDEX_NAME, H5_ITER_INC, &at,
                                                visit_attribute, &visitor, H5P_DEFAULT) < 0)
    bp_store_fail(file->error, "%s: has no '%s'", file->path, object);
}

void bp_h5_each_member(BpH5 *file, const char *group, BpH5Visit visit, void *context) {
  Visitor visitor = {visit, context};
  hsize_t at = 0;
  if (!bp_h5_failed(file) && H5Literate_by_name(file->file, group, H5_INDEX_NAME, H5_ITER_INC, &at,
                                                visit_member, &visitor, H5P_DEFAULT) < 0)
    bp_store_fail(file->error, "%s: has no group '%s'", file->path, group);
}
