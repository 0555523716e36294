#include "vtkhdf.h"

#include <stdlib.h>
#include <string.h>

static const char *const mesh_arrays[] = {
    "Points",        "Connectivity",           "Offsets", "Types", "NumberOfPoints",
    "NumberOfCells", "NumberOfConnectivityIds"};

static const char *const data_group[BP_PLACES] = {"PointData", "CellData"};

/* The group /VTKHDF with its version and the mesh, which never changes. */
static void add_root(BpH5 *file, int64_t major) {
  const int64_t version[2] = {major, 0};
  bp_h5_group(file, "VTKHDF");
  bp_h5_set_ints(file, "VTKHDF", "Version", version, 2);
  bp_h5_set_ascii(file, "VTKHDF", "Type", "UnstructuredGrid");
  for (int i = 0; i < BP_COUNT(mesh_arrays); i++) {
    char *name = bp_format("VTKHDF/%s", mesh_arrays[i]);
    char *target = bp_format("/%s", mesh_arrays[i]);
    bp_h5_link(file, name, "fields/mesh.h5", target);
    free(target);
    free(name);
  }
}

/* Link file of one step. */
static void write_links(const BpResults *results, int step, BpStoreError *error) {
  char *path = bp_format("%s/run_%04d.hdf", results->dir, step);
  char *other = bp_format("fields/step_%04d.h5", step);
  BpH5 *file = bp_h5_new(path, error);
  add_root(file, 1);
  for (int p = 0; p < BP_PLACES; p++) {
    char *name = bp_format("VTKHDF/%s", data_group[p]), *target = bp_format("/%s", data_group[p]);
    bp_h5_link(file, name, other, target);
    free(target);
    free(name);
  }
  bp_h5_save(&file);
  free(other);
  free(path);
}

static void write_series(const BpResults *results, BpStoreError *error) {
  char *path = bp_format("%s/run.hdf.series", results->dir);
  char *text = bp_copy_text("{\n  \"file-series-version\": \"1.0\",\n  \"files\": [\n");
  for (int i = 0; i < results->nsteps; i++) {
    char *longer = bp_format("%s    {\"name\": \"run_%04d.hdf\", \"time\": %.17g}%s\n", text, i,
                             results->step[i].time, i + 1 < results->nsteps ? "," : "");
    free(text);
    text = longer;
  }
  char *whole = bp_format("%s  ]\n}\n", text);
  bp_file_replace(path, whole, strlen(whole), error);
  free(whole);
  free(text);
  free(path);
}

/* A field of all steps as a virtual dataset, and where in it each step begins. */
static void add_field(BpH5 *file, const BpResults *results, const BpResultsField *field,
                      const char *const *other) {
  const int64_t rows = results->count[field->place];
  char *name = bp_format("VTKHDF/%s/%s", data_group[field->place], field->name);
  char *target = bp_format("/%s/%s", data_group[field->place], field->name);
  char *offsets = bp_format("VTKHDF/Steps/%sOffsets/%s", data_group[field->place], field->name);
  int64_t *offset = BP_NEW(int64_t, results->nsteps);
  for (int i = 0; i < results->nsteps; i++)
    offset[i] = i * rows;
  const BpH5Array array = {.name = name,
                           .type = field->whole ? BP_H5_INT32 : BP_H5_DOUBLE,
                           .rows = rows,
                           .columns = field->columns,
                           .unit = field->unit,
                           .title = field->title};
  bp_h5_virtual(file, &array, other, results->nsteps, target);
  bp_h5_array(file, &(BpH5Array){.name = offsets, .type = BP_H5_INT64, .rows = results->nsteps},
              offset);
  free(offset);
  free(offsets);
  free(target);
  free(name);
}

/* Every step has the one mesh, in one part: all offsets into it are zero. */
static void add_steps(BpH5 *file, const BpResults *results) {
  const int n = results->nsteps;
  double *time = BP_NEW(double, n);
  int64_t *zero = BP_NEW(int64_t, n), *one = BP_NEW(int64_t, n);
  for (int i = 0; i < n; i++) {
    time[i] = results->step[i].time;
    one[i] = 1;
  }
  const struct {
    const char *name;
    BpH5Type type;
    int columns;
    const void *value;
  } row[] = {
      {"VTKHDF/Steps/Values", BP_H5_DOUBLE, 0, time},
      {"VTKHDF/Steps/PartOffsets", BP_H5_INT64, 0, zero},
      {"VTKHDF/Steps/NumberOfParts", BP_H5_INT64, 0, one},
      {"VTKHDF/Steps/PointOffsets", BP_H5_INT64, 0, zero},
      {"VTKHDF/Steps/CellOffsets", BP_H5_INT64, 1, zero},
      {"VTKHDF/Steps/ConnectivityIdOffsets", BP_H5_INT64, 1, zero},
  };
  bp_h5_group(file, "VTKHDF/Steps");
  bp_h5_set_int(file, "VTKHDF/Steps", "NSteps", n);
  for (int i = 0; i < BP_COUNT(row); i++)
    bp_h5_array(file,
                &(BpH5Array){
                    .name = row[i].name, .type = row[i].type, .rows = n, .columns = row[i].columns},
                row[i].value);
  free(one);
  free(zero);
  free(time);
}

static void write_temporal(const BpResults *results, BpStoreError *error) {
  char *path = bp_format("%s/run.vtkhdf", results->dir);
  char **other = BP_NEW(char *, results->nsteps);
  for (int i = 0; i < results->nsteps; i++)
    other[i] = bp_format("fields/step_%04d.h5", i);
  BpH5 *file = bp_h5_new(path, error);
  add_root(file, 2);
  add_steps(file, results);
  for (int i = 0; i < results->nfields; i++)
    add_field(file, results, &results->field[i], (const char *const *)other);
  bp_h5_save(&file);
  for (int i = 0; i < results->nsteps; i++)
    free(other[i]);
  free(other);
  free(path);
}

void bp_vtkhdf_update(BpResults *results, BpStoreError *error) {
  if (results->linked_steps == results->nsteps)
    return;
  for (int i = results->linked_steps; i < results->nsteps; i++)
    write_links(results, i, error);
  write_temporal(results, error);
  write_series(results, error);
  if (error->status == BP_OK)
    results->linked_steps = results->nsteps;
}
