#include "json_impl.h"
#include "life_impl.h"

#include <stdlib.h>
#include <string.h>

static const double celsius = 273.15;

/* ---- what models need of a run */

json_t *bp_life_basis_object(const BpLifeBasis *b) {
  json_t *object = json_object();
  const struct {
    const char *key;
    double value, unit;
  } number[] = {
      {"package_diameter_um", b->package_diameter, BP_UM},
      {"board_diameter_um", b->board_diameter, BP_UM},
      {"temp_mean_degC", b->temp_mean - celsius, 1.0},
      {"dwell_s", b->dwell, 1.0},
      {"weibull_shape", b->shape, 1.0},
      {"weibull_failed", b->failed, 1.0},
  };
  json_object_set_new(object, "solder_card", b->card[0] ? bp_json_text(b->card) : json_null());
  json_object_set_new(object, "solder_law", b->law[0] ? bp_json_text(b->law) : json_null());
  for (int i = 0; i < BP_COUNT(number); i++)
    json_object_set_new(object, number[i].key, bp_json_number(number[i].value, number[i].unit));
  json_object_set_new(object, "weibull_sample", json_integer(b->sample));
  return object;
}

static void read_basis(const json_t *object, BpLifeBasis *b) {
  bp_json_get_text(object, "solder_card", b->card, sizeof b->card);
  bp_json_get_text(object, "solder_law", b->law, sizeof b->law);
  b->package_diameter = bp_json_get_number(object, "package_diameter_um", BP_UM);
  b->board_diameter = bp_json_get_number(object, "board_diameter_um", BP_UM);
  b->temp_mean = bp_json_get_number(object, "temp_mean_degC", 1.0) + celsius;
  b->dwell = bp_json_get_number(object, "dwell_s", 1.0);
  b->shape = bp_json_get_number(object, "weibull_shape", 1.0);
  b->failed = bp_json_get_number(object, "weibull_failed", 1.0);
  b->sample = bp_json_get_int(object, "weibull_sample");
}

/* ---- rows */

static json_t *numbers_array(const BpLifeRow *row) {
  json_t *array = json_array();
  for (int i = 0; i < row->nnumbers; i++) {
    json_t *object = json_object();
    json_object_set_new(object, "name", bp_json_text(row->number[i].name));
    json_object_set_new(object, "value", bp_json_number(row->number[i].value, 1.0));
    json_object_set_new(object, "unit", bp_json_text(row->number[i].unit));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *row_object(const BpLifeRow *row) {
  json_t *object = json_object(), *warnings = json_array();
  json_object_set_new(object, "model", bp_json_text(row->model));
  json_object_set_new(object, "source", bp_json_text(row->source));
  json_object_set_new(object, "side", bp_json_text(row->side));
  json_object_set_new(object, "N", row->absolute ? bp_json_number(row->N, 1.0) : json_null());
  json_object_set_new(object, "unit", bp_json_text(row->unit));
  json_object_set_new(object, "use", bp_json_text(row->absolute ? "absolute" : "exponent only"));
  json_object_set_new(object, "N_for_ratios", bp_json_number(row->N, 1.0));
  json_object_set_new(object, "statistic", bp_json_text(row->statistic));
  json_object_set_new(object, "layer_um", bp_json_number(row->layer, BP_UM));
  json_object_set_new(object, "crack_um", bp_json_number(row->crack, BP_UM));
  json_object_set_new(object, "wetted_path_um", bp_json_number(row->wetted_path, BP_UM));
  json_object_set_new(object, "first_failure", bp_json_number(row->first_failure, 1.0));
  json_object_set_new(object, "percentile", bp_json_number(row->percentile, 1.0));
  json_object_set_new(object, "numbers", numbers_array(row));
  for (int i = 0; i < row->nwarnings; i++)
    json_array_append_new(warnings, bp_json_text(row->warning[i]));
  json_object_set_new(object, "warnings", warnings);
  return object;
}

json_t *bp_life_array(const BpSummary *s) {
  json_t *array = json_array();
  for (int i = 0; i < s->nlife; i++)
    if (!s->life[i].reason[0])
      json_array_append_new(array, row_object(&s->life[i]));
  return array;
}

static void read_numbers(const json_t *array, BpLifeRow *row) {
  for (size_t i = 0; i < json_array_size(array) && i < BP_LIFE_NUMBERS; i++) {
    const json_t *object = json_array_get(array, i);
    BpLifeNumber *number = &row->number[row->nnumbers++];
    bp_json_get_text(object, "name", number->name, sizeof number->name);
    bp_json_get_text(object, "unit", number->unit, sizeof number->unit);
    number->value = bp_json_get_number(object, "value", 1.0);
  }
}

static void read_row(const json_t *object, BpLifeRow *row) {
  char use[BP_NAME];
  const json_t *warnings = json_object_get(object, "warnings");
  bp_json_get_text(object, "model", row->model, sizeof row->model);
  bp_json_get_text(object, "source", row->source, sizeof row->source);
  bp_json_get_text(object, "side", row->side, sizeof row->side);
  bp_json_get_text(object, "unit", row->unit, sizeof row->unit);
  bp_json_get_text(object, "statistic", row->statistic, sizeof row->statistic);
  bp_json_get_text(object, "use", use, sizeof use);
  row->absolute = strcmp(use, "absolute") == 0;
  row->N = bp_json_get_number(object, "N_for_ratios", 1.0);
  row->layer = bp_json_get_number(object, "layer_um", BP_UM);
  row->crack = bp_json_get_number(object, "crack_um", BP_UM);
  row->wetted_path = bp_json_get_number(object, "wetted_path_um", BP_UM);
  row->first_failure = bp_json_get_number(object, "first_failure", 1.0);
  row->percentile = bp_json_get_number(object, "percentile", 1.0);
  read_numbers(json_object_get(object, "numbers"), row);
  for (size_t i = 0; i < json_array_size(warnings); i++) {
    const char *text = json_string_value(json_array_get(warnings, i));
    bp_life_row_warn(row, text ? text : "");
  }
}

void bp_life_read(const json_t *object, BpSummary *s) {
  const json_t *array = json_object_get(object, "life");
  read_basis(json_object_get(object, "life_basis"), &s->basis);
  for (size_t i = 0; i < json_array_size(array); i++)
    read_row(json_array_get(array, i), bp_life_row_add(s));
}

/* ---- life.json */

json_t *bp_life_ratios_array(const BpSummary *summary, int count) {
  json_t *array = json_array();
  BpLifeKey *key;
  const int nkeys = bp_life_keys(summary, count, &key);
  for (int i = 1; i < count; i++)
    for (int k = 0; k < nkeys; k++) {
      const BpLifeRow *row = bp_life_row_of(&summary[i], &key[k]);
      json_t *object = json_object();
      json_object_set_new(object, "model", bp_json_text(key[k].model));
      json_object_set_new(object, "side", bp_json_text(key[k].side));
      json_object_set_new(object, "case", bp_json_text(summary[i].case_file));
      json_object_set_new(object, "reference", bp_json_text(summary[0].case_file));
      json_object_set_new(object, "ratio", bp_json_number(bp_life_ratio(summary, i, &key[k]), 1.0));
      json_object_set_new(object, "use",
                          bp_json_text(row && row->absolute ? "absolute" : "exponent only"));
      json_array_append_new(array, object);
    }
  free(key);
  return array;
}

static json_t *left_out_array(const BpSummary *s) {
  json_t *array = json_array();
  for (int i = 0; i < s->nlife; i++) {
    if (!s->life[i].reason[0])
      continue;
    json_t *object = json_object();
    json_object_set_new(object, "model", bp_json_text(s->life[i].model));
    json_object_set_new(object, "side", bp_json_text(s->life[i].side));
    json_object_set_new(object, "reason", bp_json_text(s->life[i].reason));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *case_object(const BpSummary *s) {
  json_t *object = json_object();
  json_object_set_new(object, "case", bp_json_text(s->case_file));
  json_object_set_new(object, "name", bp_json_text(s->name));
  json_object_set_new(object, "life_basis", bp_life_basis_object(&s->basis));
  json_object_set_new(object, "life", bp_life_array(s));
  json_object_set_new(object, "left_out", left_out_array(s));
  return object;
}

char *bp_life_json(const BpSummary *summary, int count, int is_comparison) {
  json_t *object = is_comparison ? json_object() : case_object(&summary[0]);
  json_object_set_new(object, "schema", json_integer(1));
  if (is_comparison) {
    json_t *cases = json_array();
    for (int i = 0; i < count; i++)
      json_array_append_new(cases, case_object(&summary[i]));
    json_object_set_new(object, "cases", cases);
    json_object_set_new(object, "life_ratios", bp_life_ratios_array(summary, count));
  }
  return bp_json_dump(object);
}

BpStatus bp_compare_names(const char *path, char ***name, int *count, BpProblems *problems) {
  json_error_t error;
  json_t *object = json_load_file(path, 0, &error);
  const json_t *schema = json_object_get(object, "schema"),
               *cases = json_object_get(object, "cases");
  const int known = json_is_integer(schema) && json_integer_value(schema) == 1;
  *name = NULL;
  *count = 0;
  if (!object)
    bp_problem(problems, bp_json_exit(&error), path, error.line > 0 ? error.line : 0,
               "no comparison can be read: %s", error.text);
  else if (!known || json_array_size(cases) == 0)
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "is not a comparison of schema 1; run ballpad compare again");
  for (size_t i = 0; known && i < json_array_size(cases); i++) {
    const char *text = json_string_value(json_object_get(json_array_get(cases, i), "name"));
    BP_GROW(*name, *count + 1);
    (*name)[(*count)++] = bp_copy_text(text ? text : "");
  }
  json_decref(object);
  return *count > 0 ? BP_OK : BP_BAD;
}
