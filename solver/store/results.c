#include "results_impl.h"

#include "vtkhdf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

BpResults *bp_results_new(MPI_Comm comm, const char *dir) {
  BpResults *results = BP_NEW(BpResults, 1);
  results->comm = comm;
  MPI_Comm_rank(comm, &results->rank);
  results->dir = bp_copy_text(dir);
  return results;
}

void bp_results_free(BpResults **out) {
  BpResults *results = *out;
  if (!results)
    return;
  for (int i = 0; i < results->nfacts; i++) {
    free(results->fact[i].name);
    free(results->fact[i].value);
  }
  free(results->fact);
  free(results->column);
  free(results->average);
  free(results->field);
  free(results->step);
  free(results->name);
  free(results->row);
  free(results->dir);
  free(results);
  *out = NULL;
}

void bp_results_add_fact(BpResults *results, const char *name, const char *value) {
  BP_GROW(results->fact, results->nfacts + 1);
  results->fact[results->nfacts++] = (BpResultsFact){bp_copy_text(name), bp_copy_text(value)};
}

void bp_results_add_column(BpResults *results, const BpResultsColumn *column) {
  BP_GROW(results->column, results->ncolumns + 1);
  results->column[results->ncolumns++] = *column;
}

void bp_results_add_average(BpResults *results, const BpResultsAverage *average) {
  BP_GROW(results->average, results->naverages + 1);
  results->average[results->naverages++] = *average;
}

void bp_results_add_field(BpResults *results, const BpResultsField *field) {
  BP_GROW(results->field, results->nfields + 1);
  results->field[results->nfields++] = *field;
}

int bp_results_column(const BpResults *results, const char *name) {
  for (int i = 0; i < results->ncolumns; i++)
    if (strcmp(results->column[i].name, name) == 0)
      return i;
  return -1;
}

const char *bp_results_fact(const BpResults *results, const char *name) {
  for (int i = 0; i < results->nfacts; i++)
    if (strcmp(results->fact[i].name, name) == 0)
      return results->fact[i].value;
  return NULL;
}

/* A row of the history in memory. */
static void keep_row(BpResults *results, const double *value) {
  const size_t n = (size_t)results->ncolumns;
  BP_GROW(results->row, n * ((size_t)results->nrows + 1));
  memcpy(results->row + n * (size_t)results->nrows++, value, n * sizeof value[0]);
}

static void keep_step(BpResults *results, const BpResultsStep *step) {
  BP_GROW(results->step, results->nsteps + 1);
  results->step[results->nsteps++] = *step;
}

/* Where the columns are in results read earlier; 0 unless all of them are there and no others. */
static int match_columns(const BpResults *results, const BpResults *earlier, int *from) {
  int found = 0;
  for (int i = 0; i < results->ncolumns; i++) {
    from[i] = bp_results_column(earlier, results->column[i].name);
    found += from[i] >= 0;
  }
  return found == results->ncolumns && found == earlier->ncolumns;
}

BpResultsExtent bp_results_extent(const BpResults *results) {
  return (BpResultsExtent){results->nrows, results->nsteps};
}

void bp_results_take_over(BpResults *results, const BpResults *earlier, BpResultsExtent extent,
                          BpStoreError *error) {
  const int n = results->ncolumns;
  int *from = BP_NEW(int, n);
  double *value = BP_NEW(double, n);
  if (!match_columns(results, earlier, from))
    bp_store_fail(error, "%s/results.h5: its history has other columns; start without --resume",
                  results->dir);
  if (earlier->nrows < extent.rows || earlier->nsteps < extent.steps)
    bp_store_fail(error, "%s/results.h5: ends before the checkpoint; start without --resume",
                  results->dir);
  for (int i = 0; i < extent.rows && error->status == BP_OK; i++) {
    const double *row = earlier->row + (size_t)i * (size_t)earlier->ncolumns;
    for (int c = 0; c < n; c++)
      value[c] = row[from[c]];
    keep_row(results, value);
  }
  for (int i = 0; i < extent.steps && error->status == BP_OK; i++)
    keep_step(results, &earlier->step[i]);
  free(value);
  free(from);
}

/* Removes what an earlier run left, but for the steps taken over; results.h5, from which these
 * come, then stands until it is replaced. */
static void clear(const BpResults *results, BpStoreError *error) {
  static const char *const name[] = {"history.csv", "run.hdf.series", "run.vtkhdf", "results.h5"};
  char *fields = bp_format("%s/fields", results->dir);
  for (int i = 0; i < BP_COUNT(name) - (results->nrows > 0); i++)
    bp_directory_clear(results->dir, name[i], "", 0, error);
  bp_directory_clear(results->dir, "run_", ".hdf", results->nsteps, error);
  bp_directory_clear(fields, "step_", ".h5", results->nsteps, error);
  bp_directory_make(fields, error);
  free(fields);
}

/* Brings the files that are made of rows and steps up to date. [rank 0] */
static void update(BpResults *results, BpStoreError *error) {
  bp_csv_append(results, error);
  bp_vtkhdf_update(results, error);
  if (results->saved_steps == results->nsteps && results->saved_rows == results->nrows)
    return;
  bp_results_save(results, error);
  if (error->status == BP_OK) {
    results->saved_steps = results->nsteps;
    results->saved_rows = results->nrows;
  }
}

void bp_results_begin(BpResults *results, const BpResultsMesh *mesh, BpStoreError *error) {
  if (results->rank == 0) {
    results->count[BP_OF_POINTS] = mesh->npoints;
    results->count[BP_OF_CELLS] = mesh->ncells;
    results->nnames = mesh->nnames;
    results->name = bp_alloc((size_t)mesh->nnames, sizeof results->name[0]);
    for (int i = 0; i < mesh->nnames; i++)
      snprintf(results->name[i], sizeof results->name[i], "%s", mesh->name[i]);
    clear(results, error);
    bp_results_save_mesh(results, mesh, error);
    bp_csv_write(results, error);
    results->saved_rows = -1;
    update(results, error);
  }
  MPI_Bcast(results->count, BP_PLACES, MPI_INT64_T, 0, results->comm);
  MPI_Bcast(&results->nsteps, 1, MPI_INT, 0, results->comm);
  bp_store_agree(results->comm, error);
}

void bp_results_add_row(BpResults *results, const double *value, BpStoreError *error) {
  if (results->rank == 0) {
    keep_row(results, value);
    update(results, error);
  }
  bp_store_agree(results->comm, error);
}

void bp_results_end(BpResults *results, BpStoreError *error) {
  if (results->rank == 0)
    update(results, error);
  bp_store_agree(results->comm, error);
}

static const char *const group[BP_PLACES] = {"PointData", "CellData"};
static const char *const where[BP_PLACES] = {"point", "cell"};

/* The datasets of a step; free their names with free_blocks. */
static BpH5Block *make_blocks(const BpResults *results, const BpResultsFields *fields) {
  BpH5Block *block = BP_NEW(BpH5Block, results->nfields);
  for (int i = 0; i < results->nfields; i++) {
    const BpResultsField *field = &results->field[i];
    block[i] = (BpH5Block){.array = {.name = bp_format("%s/%s", group[field->place], field->name),
                                     .type = field->whole ? BP_H5_INT32 : BP_H5_DOUBLE,
                                     .rows = results->count[field->place],
                                     .columns = field->columns,
                                     .unit = field->unit,
                                     .title = field->title,
                                     .where = where[field->place],
                                     .compression = results->compression},
                           .first = fields->first[field->place],
                           .count = fields->count[field->place],
                           .data = fields->data[i]};
  }
  return block;
}

static void free_blocks(const BpResults *results, BpH5Block *block) {
  for (int i = 0; i < results->nfields; i++)
    free((char *)block[i].array.name);
  free(block);
}

/* The file of a step without its fields. [rank 0] */
static BpH5 *new_step(const BpResults *results, const BpResultsStep *step, const char *path,
                      BpStoreError *error) {
  BpH5 *file = bp_h5_new(path, error);
  bp_results_stamp(results, file);
  bp_h5_set_int(file, "/", "step", results->nsteps);
  bp_h5_set_text(file, "/", "title", step->title);
  bp_h5_set_double(file, "/", "time", step->time);
  bp_h5_set_double(file, "/", "temperature", step->temperature);
  for (int p = 0; p < BP_PLACES; p++)
    bp_h5_group(file, group[p]);
  return file;
}

/* data  NULL: space only */
static void add_dataset(const BpResults *results, int field, const BpH5Array *array, BpH5 *file,
                        const void *data) {
  const char **name = BP_NEW(const char *, results->nnames);
  for (int i = 0; i < results->nnames; i++)
    name[i] = results->name[i];
  bp_h5_array(file, array, data);
  if (results->field[field].regions)
    bp_h5_set_texts(file, array->name, "names", name, results->nnames);
  free(name);
}

/* Space for the values, then each rank writes its own. */
static void write_spread(const BpResults *results, const BpResultsStep *step,
                         const BpH5Block *block, const char *path, BpStoreError *error) {
  char *temporary = bp_durable_temporary(path);
  if (results->rank == 0) {
    BpH5 *file = new_step(results, step, path, error);
    for (int i = 0; i < results->nfields; i++)
      add_dataset(results, i, &block[i].array, file, NULL);
    bp_h5_save_temporary(&file);
  }
  bp_store_agree(results->comm, error);
  bp_h5_write_blocks(results->comm, temporary, block, results->nfields, error);
  free(temporary);
}

/* Rank 0 puts compressed fields together, one after the other, and writes the file. */
static void write_compressed(const BpResults *results, const BpResultsStep *step,
                             const BpH5Block *block, const char *path, BpStoreError *error) {
  BpH5 *file = results->rank == 0 ? new_step(results, step, path, error) : NULL;
  for (int i = 0; i < results->nfields; i++) {
    void *all = bp_h5_gather(results->comm, &block[i]);
    if (file)
      add_dataset(results, i, &block[i].array, file, all);
    free(all);
  }
  if (file)
    bp_h5_save_temporary(&file);
  bp_store_agree(results->comm, error);
}

/* The file of a step under its temporary name, complete with all ranks' values. */
static void write_step(const BpResults *results, const BpResultsFields *fields, const char *path,
                       BpStoreError *error) {
  char *temporary = bp_durable_temporary(path);
  BpH5Block *block = make_blocks(results, fields);
  if (results->compression > 0)
    write_compressed(results, &fields->step, block, path, error);
  else
    write_spread(results, &fields->step, block, path, error);
  if (results->rank == 0 && error->status != BP_OK)
    unlink(temporary);
  free_blocks(results, block);
  free(temporary);
}

void bp_results_add_step(BpResults *results, const BpResultsFields *fields, BpStoreError *error) {
  char *path = bp_format("%s/fields/step_%04d.h5", results->dir, results->nsteps);
  write_step(results, fields, path, error);
  if (results->rank == 0)
    bp_file_commit(path, error);
  bp_store_agree(results->comm, error);
  if (error->status == BP_OK)
    keep_step(results, &fields->step);
  if (results->rank == 0)
    update(results, error);
  bp_store_agree(results->comm, error);
  free(path);
}
