#include "results_impl.h"

#include "sealed.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  BpResults *results;
  BpH5 *file;
} Reader;

static void read_fact(void *context, const char *name) {
  const Reader *reader = context;
  char *value = bp_h5_get_text(reader->file, "provenance", name);
  bp_results_add_fact(reader->results, name, value);
  free(value);
}

static void copy_text(BpH5 *file, const char *object, const char *name, char *to, size_t size) {
  char *text = bp_h5_get_text(file, object, name);
  snprintf(to, size, "%s", text);
  free(text);
}

static void read_average(void *context, const char *name) {
  const Reader *reader = context;
  char *object = bp_format("averages/%s", name);
  BpResultsAverage average = {.volume = bp_h5_get_double(reader->file, object, "volume"),
                              .reported = (int)bp_h5_get_int(reader->file, object, "reported")};
  snprintf(average.name, sizeof average.name, "%s", name);
  copy_text(reader->file, object, "kind", average.kind, sizeof average.kind);
  copy_text(reader->file, object, "region", average.region, sizeof average.region);
  bp_results_add_average(reader->results, &average);
  free(object);
}

static void read_column(void *context, const char *name) {
  const Reader *reader = context;
  char *object = bp_format("history/%s", name);
  char where[16];
  BpResultsColumn column = {.where = "global"};
  snprintf(column.name, sizeof column.name, "%s", name);
  copy_text(reader->file, object, "unit", column.unit, sizeof column.unit);
  copy_text(reader->file, object, "title", column.title, sizeof column.title);
  copy_text(reader->file, object, "where", where, sizeof where);
  if (strcmp(where, "region") == 0)
    column.where = "region";
  bp_results_add_column(reader->results, &column);
  free(object);
}

/* The columns' values, side by side. */
static void read_rows(BpResults *results, BpH5 *file) {
  const size_t stride = (size_t)results->ncolumns;
  for (int c = 0; c < results->ncolumns && file; c++) {
    char *object = bp_format("history/%s", results->column[c].name);
    int64_t rows;
    int columns;
    bp_h5_shape(file, object, &rows, &columns);
    if (c == 0) {
      results->nrows = (int)rows;
      results->row = BP_NEW(double, stride *(size_t)rows);
    }
    double *value = BP_NEW(double, results->nrows);
    bp_h5_read(file, object, BP_H5_DOUBLE, 0, results->nrows, value);
    for (size_t i = 0; i < (size_t)results->nrows; i++)
      results->row[i * stride + (size_t)c] = value[i];
    free(value);
    free(object);
  }
}

/* One line for each step. */
static void read_titles(BpResults *results, BpH5 *file) {
  char *all = bp_h5_get_text(file, "steps/time", "steps"), *at = all;
  for (int i = 0; i < results->nsteps && at; i++) {
    char *end = strchr(at, '\n');
    const int n = end ? (int)(end - at) : (int)strlen(at);
    snprintf(results->step[i].title, sizeof results->step[i].title, "%.*s", n, at);
    at = end ? end + 1 : NULL;
  }
  free(all);
}

static void read_steps(BpResults *results, BpH5 *file) {
  int64_t n;
  int columns;
  bp_h5_shape(file, "steps/time", &n, &columns);
  double *time = BP_NEW(double, n), *temperature = BP_NEW(double, n);
  bp_h5_read(file, "steps/time", BP_H5_DOUBLE, 0, n, time);
  bp_h5_read(file, "steps/temperature", BP_H5_DOUBLE, 0, n, temperature);
  results->step = BP_NEW(BpResultsStep, n);
  results->nsteps = (int)n;
  for (int i = 0; i < results->nsteps; i++)
    results->step[i] = (BpResultsStep){.time = time[i], .temperature = temperature[i]};
  read_titles(results, file);
  free(temperature);
  free(time);
}

BpResults *bp_results_read(const char *path, BpStoreError *error) {
  size_t n;
  char *data = bp_sealed_load(path, BP_RESULTS_KIND, &n, error);
  BpH5 *file = bp_h5_open_image(path, data ? data + BP_SEAL : NULL, n - BP_SEAL, error);
  BpResults *results = bp_results_new(MPI_COMM_SELF, ".");
  Reader reader = {results, file};
  if (error->status == BP_OK && !bp_h5_has_attribute(file, "/", "schema"))
    bp_store_fail(error, "%s: is no results.h5 of ballpad", path);
  const int64_t schema = bp_h5_get_int(file, "/", "schema");
  if (schema != BP_RESULTS_SCHEMA)
    bp_store_fail(error, "%s: results of schema %lld; this program reads schema %d", path,
                  (long long)schema, BP_RESULTS_SCHEMA);
  bp_h5_each_attribute(file, "provenance", read_fact, &reader);
  bp_h5_each_member(file, "averages", read_average, &reader);
  bp_h5_each_member(file, "history", read_column, &reader);
  read_rows(results, file);
  read_steps(results, file);
  bp_h5_free(&file);
  free(data);
  return results;
}
