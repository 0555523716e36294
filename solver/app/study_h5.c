#include "study_h5.h"

#include "h5.h"

#include <stdlib.h>
#include <string.h>

enum { SCHEMA = 1 };

static void write_numbers(BpH5 *file, char *name, const char *unit, const char *title, int n,
                          const double *value) {
  const BpH5Array array = {
      .name = name, .type = BP_H5_DOUBLE, .rows = n, .unit = unit, .title = title};
  bp_h5_array(file, &array, value);
  free(name);
}

static void write_ints(BpH5 *file, const char *name, const char *title, int n,
                       const int32_t *value) {
  const BpH5Array array = {.name = name, .type = BP_H5_INT32, .rows = n, .title = title};
  bp_h5_array(file, &array, value);
}

/* Texts as rows of bytes of one length, with zeros behind shorter ones. */
static void write_texts(BpH5 *file, const char *name, const char *title, int n, char *const *text) {
  size_t width = 1;
  for (int i = 0; i < n; i++)
    if (text[i] && strlen(text[i]) > width)
      width = strlen(text[i]);
  char *bytes = bp_alloc((size_t)n, width);
  for (int i = 0; i < n; i++)
    if (text[i])
      memcpy(bytes + (size_t)i * width, text[i], strlen(text[i]));
  const BpH5Array array = {
      .name = name, .type = BP_H5_BYTE, .rows = n, .columns = (int)width, .title = title};
  bp_h5_array(file, &array, bytes);
  free(bytes);
}

static void write_points(BpH5 *file, const BpStudyTable *t) {
  const int n = t->plan->npoints;
  int32_t *state = BP_NEW(int32_t, n), *reference = BP_NEW(int32_t, n);
  char **directory = BP_NEW(char *, n);
  for (int i = 0; i < n; i++) {
    state[i] = (int32_t)t->state[i];
    reference[i] = t->plan->point[i].reference;
    directory[i] = t->plan->point[i].directory;
  }
  write_texts(file, "points/directory", "directory of the point, UTF-8", n, directory);
  write_ints(file, "points/state", "0 planned, 1 finished, 2 failed", n, state);
  write_texts(file, "points/reason", "why it failed, UTF-8", n, t->reason);
  write_ints(file, "points/reference", "point it is compared with, -1: none", n, reference);
  free(state);
  free(reference);
  free(directory);
}

/* A key is a dataset of numbers, or of texts where it takes words. */
static void write_key(BpH5 *file, const BpStudyPlan *plan, int key) {
  const int n = plan->npoints;
  double *number = BP_NEW(double, n);
  char **text = BP_NEW(char *, n);
  int finite = 0;
  for (int i = 0; i < n; i++) {
    number[i] = plan->point[i].number[key];
    text[i] = plan->point[i].text[key];
    finite += isfinite(number[i]) != 0;
  }
  char *name = bp_format("factors/%s", plan->key[key]);
  if (finite > 0)
    write_numbers(file, name, strcmp(plan->si[key], "delta_K") == 0 ? "K" : plan->si[key],
                  "value of the key; NaN: as in the base case", n, number);
  else {
    write_texts(file, name, "value of the key, UTF-8; empty: as in the base case", n, text);
    free(name);
  }
  free(number);
  free(text);
}

void bp_study_write_h5(const BpStudyTable *t, const char *dir, BpStoreError *error) {
  char *path = bp_format("%s/study.h5", dir);
  const BpStudyPlan *plan = t->plan;
  BpH5 *file = bp_h5_new(path, error);
  bp_h5_set_int(file, "/", "schema", SCHEMA);
  bp_h5_set_text(file, "/", "study", plan->study_file);
  bp_h5_set_text(file, "/", "study_hash", plan->study_hash);
  bp_h5_set_text(file, "/", "case", plan->case_file);
  bp_h5_set_text(file, "/", "set", plan->set);
  bp_h5_set_text(file, "/", "design", plan->design);
  bp_h5_set_text(file, "/", "version", plan->version);
  bp_h5_set_text(file, "/", "build", plan->build);
  bp_h5_set_int(file, "/", "seed", (int64_t)plan->seed);
  bp_h5_set_int(file, "/", "design_points", plan->ndesign);
  write_points(file, t);
  for (int k = 0; k < plan->nkeys; k++)
    write_key(file, plan, k);
  for (int c = 0; c < t->ncolumns; c++)
    write_numbers(file, bp_format("figures/%s", t->name[c]), t->unit[c], "NaN: none", plan->npoints,
                  t->value[c]);
  bp_h5_save(&file);
  free(path);
}
