/* results.h5 and fields/mesh.h5, written and read. */
#include "results_impl.h"

#include "sealed.h"

#include "version.h"

#include <stdlib.h>
#include <string.h>

void bp_results_stamp(const BpResults *results, BpH5 *file) {
  bp_h5_set_int(file, "/", "schema", BP_RESULTS_SCHEMA);
  bp_h5_set_text(file, "/", "program", "ballpad");
  bp_h5_set_text(file, "/", "version", bp_version());
  bp_h5_group(file, "provenance");
  for (int i = 0; i < results->nfacts; i++)
    bp_h5_set_text(file, "provenance", results->fact[i].name, results->fact[i].value);
}

/* ---- mesh ---- */

void bp_results_save_mesh(const BpResults *results, const BpResultsMesh *mesh,
                          BpStoreError *error) {
  char *path = bp_format("%s/fields/mesh.h5", results->dir);
  const int64_t ids = mesh->offset ? mesh->offset[mesh->ncells] : mesh->ncells * mesh->nodes;
  int64_t *offset = BP_NEW(int64_t, mesh->ncells + 1);
  unsigned char *type = BP_NEW(unsigned char, mesh->ncells);
  for (int64_t i = 0; i <= mesh->ncells; i++)
    offset[i] = mesh->offset ? mesh->offset[i] : i * mesh->nodes;
  for (int64_t i = 0; i < mesh->ncells; i++)
    type[i] = mesh->type ? mesh->type[i] : (unsigned char)mesh->vtk_type;
  const struct {
    BpH5Array array;
    const void *data;
  } row[] = {
      {{"Points", BP_H5_DOUBLE, mesh->npoints, 3, "m", "position of the nodes", "point", 0},
       mesh->xyz},
      {{"Connectivity", BP_H5_INT64, ids, 0, "1", "nodes of the cells, in VTK's order", "cell", 0},
       mesh->node},
      {{"Offsets", BP_H5_INT64, mesh->ncells + 1, 0, "1", "where in Connectivity a cell begins",
        "cell", 0},
       offset},
      {{"Types", BP_H5_BYTE, mesh->ncells, 0, "1", "VTK's number of the cell type", "cell", 0},
       type},
      {{"Region", BP_H5_INT32, mesh->ncells, 0, "1", "index of the region, see names", "cell", 0},
       mesh->region},
      {{"NumberOfPoints", BP_H5_INT64, 1, 0, "1", "nodes", "global", 0}, &mesh->npoints},
      {{"NumberOfCells", BP_H5_INT64, 1, 0, "1", "cells", "global", 0}, &mesh->ncells},
      {{"NumberOfConnectivityIds", BP_H5_INT64, 1, 0, "1", "length of Connectivity", "global", 0},
       &ids},
  };
  BpH5 *file = bp_h5_new(path, error);
  bp_results_stamp(results, file);
  for (int i = 0; i < BP_COUNT(row); i++) {
    BpH5Array array = row[i].array;
    array.compression = array.rows > 1 ? results->compression : 0;
    bp_h5_array(file, &array, row[i].data);
  }
  bp_h5_set_texts(file, "Region", "names", mesh->name, mesh->nnames);
  bp_h5_save(&file);
  free(type);
  free(offset);
  free(path);
}

/* ---- results.h5 ---- */

/* Average that a column "<average>.<quantity>" belongs to, NULL if none. */
static const BpResultsAverage *average_of(const BpResults *results, const char *column) {
  const char *dot = strrchr(column, '.');
  for (int i = 0; dot && i < results->naverages; i++) {
    const BpResultsAverage *average = &results->average[i];
    if (strlen(average->name) == (size_t)(dot - column) &&
        strncmp(average->name, column, (size_t)(dot - column)) == 0)
      return average;
  }
  return NULL;
}

static void describe_average(BpH5 *file, const char *object, const BpResultsAverage *average) {
  bp_h5_set_double(file, object, "volume", average->volume);
  bp_h5_set_text(file, object, "kind", average->kind);
  bp_h5_set_text(file, object, "region", average->region);
  bp_h5_set_int(file, object, "reported", average->reported);
}

static void write_averages(BpH5 *file, const BpResults *results) {
  bp_h5_group(file, "averages");
  for (int i = 0; i < results->naverages; i++) {
    char *name = bp_format("averages/%s", results->average[i].name);
    bp_h5_group(file, name);
    describe_average(file, name, &results->average[i]);
    free(name);
  }
}

static void write_column(BpH5 *file, const BpResults *results, int c) {
  const BpResultsColumn *column = &results->column[c];
  const size_t n = (size_t)results->nrows, stride = (size_t)results->ncolumns;
  char *name = bp_format("history/%s", column->name);
  double *real = BP_NEW(double, n);
  int64_t *whole = BP_NEW(int64_t, n);
  for (size_t i = 0; i < n; i++) {
    real[i] = results->row[i * stride + (size_t)c];
    whole[i] = column->whole ? (int64_t)real[i] : 0;
  }
  const BpH5Array array = {.name = name,
                           .type = column->whole ? BP_H5_INT64 : BP_H5_DOUBLE,
                           .rows = results->nrows,
                           .unit = column->unit,
                           .title = column->title,
                           .where = column->where};
  const BpResultsAverage *average = average_of(results, column->name);
  bp_h5_array(file, &array, column->whole ? (const void *)whole : real);
  if (average)
    describe_average(file, name, average);
  free(whole);
  free(real);
  free(name);
}

/* Of all steps, so that ballpad need not open their files, which prove nothing. */
static void write_titles(BpH5 *file, const BpResults *results) {
  char *all = bp_copy_text("");
  for (int i = 0; i < results->nsteps; i++) {
    char *longer = bp_format("%s%s%s", all, i > 0 ? "\n" : "", results->step[i].title);
    free(all);
    all = longer;
  }
  bp_h5_set_text(file, "steps/time", "steps", all);
  free(all);
}

static void write_steps(BpH5 *file, const BpResults *results) {
  const int n = results->nsteps;
  double *time = BP_NEW(double, n), *temperature = BP_NEW(double, n);
  bp_h5_group(file, "steps");
  for (int i = 0; i < n; i++) {
    char *name = bp_format("steps/%04d", i), *other = bp_format("fields/step_%04d.h5", i);
    bp_h5_link(file, name, other, "/");
    time[i] = results->step[i].time;
    temperature[i] = results->step[i].temperature;
    free(other);
    free(name);
  }
  bp_h5_array(file,
              &(BpH5Array){"steps/time", BP_H5_DOUBLE, n, 0, "s", "time of the steps", "global", 0},
              time);
  bp_h5_array(file,
              &(BpH5Array){"steps/temperature", BP_H5_DOUBLE, n, 0, "K", "temperature of the steps",
                           "global", 0},
              temperature);
  write_titles(file, results);
  free(temperature);
  free(time);
}

void bp_results_save(const BpResults *results, BpStoreError *error) {
  char *path = bp_format("%s/results.h5", results->dir);
  BpH5 *file = bp_h5_new(path, error);
  bp_results_stamp(results, file);
  bp_h5_link(file, "mesh", "fields/mesh.h5", "/");
  write_averages(file, results);
  bp_h5_group(file, "history");
  for (int i = 0; i < results->ncolumns; i++)
    write_column(file, results, i);
  write_steps(file, results);
  bp_sealed_write(path, BP_RESULTS_KIND, &file, error);
  bp_file_commit(path, error);
  free(path);
}
