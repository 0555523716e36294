/* manifest.json: the plan on disk. It carries the hash of its own content, so that a plan that was
 * edited is told from one that was made. */
#include "study_impl.h"

#include "json.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SCHEMA = 1 };

/* ---- writing */

static json_t *text_or_null(const char *text) {
  return text ? bp_json_text(text) : json_null();
}

static json_t *factors_array(const BpStudyPlan *p) {
  json_t *factors = json_array();
  for (int f = 0; f < p->nfactors; f++) {
    json_t *keys = json_array();
    for (int k = 0; k < p->nkeys; k++)
      if (p->owner[k] == f)
        json_array_append_new(keys, bp_json_text(p->key[k]));
    json_array_append_new(factors, json_pack("{s:o}", "keys", keys));
  }
  return factors;
}

static json_t *keys_array(const BpStudyPlan *p) {
  json_t *keys = json_array();
  for (int k = 0; k < p->nkeys; k++)
    json_array_append_new(keys, json_pack("{s:o, s:o, s:i}", "key", bp_json_text(p->key[k]), "unit",
                                          bp_json_text(p->si[k]), "factor", p->owner[k]));
  return keys;
}

static json_t *point_object(const BpStudyPlan *p, int i) {
  const BpStudyPoint *point = &p->point[i];
  json_t *values = json_object(), *numbers = json_object(), *places = json_array(),
         *levels = json_array();
  for (int k = 0; k < p->nkeys; k++) {
    json_object_set_new(values, p->key[k], text_or_null(point->text[k]));
    json_object_set_new(numbers, p->key[k], bp_json_number(point->number[k], 1.0));
  }
  for (int f = 0; f < p->nfactors; f++) {
    json_array_append_new(places, bp_json_number(point->place[f].place, 1.0));
    json_array_append_new(levels, json_integer(point->place[f].level));
  }
  return json_pack("{s:i, s:s, s:s, s:o, s:o, s:o, s:o, s:i, s:o}", "index", i, "directory",
                   point->directory, "content_hash", point->hash, "values", values, "si", numbers,
                   "places", places, "levels", levels, "reference", point->reference, "reason",
                   text_or_null(point->reason));
}

static void hash_content(const json_t *object, char hash[BP_HASH_SIZE]) {
  char *text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
  bp_hash_bytes(text, strlen(text), hash);
  free(text);
}

char *bp_study_plan_json(const BpStudyPlan *p) {
  char hash[BP_HASH_SIZE];
  json_t *points = json_array();
  for (int i = 0; i < p->npoints; i++)
    json_array_append_new(points, point_object(p, i));
  json_t *all =
      json_pack("{s:i, s:o, s:s, s:s, s:s, s:o, s:o, s:s, s:i, s:I, s:o, s:o, s:i, s:o}", "schema",
                (int)SCHEMA, "study", bp_json_text(p->study_file), "study_hash", p->study_hash,
                "version", p->version, "build", p->build, "case", bp_json_text(p->case_file), "set",
                bp_json_text(p->set), "design", p->design, "samples", p->samples, "seed",
                (json_int_t)p->seed, "factors", factors_array(p), "keys", keys_array(p),
                "design_points", p->ndesign, "points", points);
  hash_content(all, hash);
  json_object_set_new(all, "manifest_hash", json_string(hash));
  return bp_json_dump(all);
}

/* ---- reading; the content is what bp_study_plan_json() wrote */

static void copy_text(const json_t *object, const char *key, char *text, size_t size) {
  const char *found = json_string_value(json_object_get(object, key));
  snprintf(text, size, "%s", found ? found : "");
}

static char *new_text(const json_t *value) {
  const char *text = json_string_value(value);
  return text ? bp_copy_text(text) : NULL;
}

static int int_of(const json_t *object, const char *key) {
  return (int)json_integer_value(json_object_get(object, key));
}

static double number_of(const json_t *value) {
  return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static void read_keys(const json_t *keys, BpStudyPlan *p) {
  p->nkeys = (int)json_array_size(keys);
  p->key = BP_NEW(char *, p->nkeys);
  p->si = BP_NEW(char *, p->nkeys);
  p->owner = BP_NEW(int, p->nkeys);
  for (int k = 0; k < p->nkeys; k++) {
    const json_t *key = json_array_get(keys, (size_t)k);
    p->key[k] = new_text(json_object_get(key, "key"));
    p->si[k] = new_text(json_object_get(key, "unit"));
    p->owner[k] = int_of(key, "factor");
  }
}

static void read_point(const json_t *object, const BpStudyPlan *p, BpStudyPoint *point) {
  const json_t *values = json_object_get(object, "values"),
               *numbers = json_object_get(object, "si");
  const json_t *places = json_object_get(object, "places");
  const json_t *levels = json_object_get(object, "levels");
  point->text = BP_NEW(char *, p->nkeys);
  point->number = BP_NEW(double, p->nkeys);
  point->place = BP_NEW(BpPlace, p->nfactors);
  for (int k = 0; k < p->nkeys; k++) {
    point->text[k] = new_text(json_object_get(values, p->key[k]));
    point->number[k] = number_of(json_object_get(numbers, p->key[k]));
  }
  for (int f = 0; f < p->nfactors; f++) {
    point->place[f].place = number_of(json_array_get(places, (size_t)f));
    point->place[f].level = (int)json_integer_value(json_array_get(levels, (size_t)f));
  }
  point->reference = int_of(object, "reference");
  point->reason = new_text(json_object_get(object, "reason"));
  copy_text(object, "directory", point->directory, sizeof point->directory);
  copy_text(object, "content_hash", point->hash, sizeof point->hash);
}

static BpStudyPlan *read_plan(const json_t *all) {
  BpStudyPlan *p = BP_NEW(BpStudyPlan, 1);
  const json_t *points = json_object_get(all, "points");
  p->study_file = new_text(json_object_get(all, "study"));
  p->set = new_text(json_object_get(all, "set"));
  copy_text(all, "study_hash", p->study_hash, sizeof p->study_hash);
  copy_text(all, "version", p->version, sizeof p->version);
  copy_text(all, "build", p->build, sizeof p->build);
  copy_text(all, "case", p->case_file, sizeof p->case_file);
  copy_text(all, "design", p->design, sizeof p->design);
  p->samples = int_of(all, "samples");
  p->seed = (unsigned long)json_integer_value(json_object_get(all, "seed"));
  p->nfactors = (int)json_array_size(json_object_get(all, "factors"));
  p->ndesign = int_of(all, "design_points");
  read_keys(json_object_get(all, "keys"), p);
  p->npoints = (int)json_array_size(points);
  p->point = BP_NEW(BpStudyPoint, p->npoints);
  for (int i = 0; i < p->npoints; i++)
    read_point(json_array_get(points, (size_t)i), p, &p->point[i]);
  return p;
}

static int is_unchanged(json_t *all) {
  char hash[BP_HASH_SIZE], written[BP_HASH_SIZE];
  copy_text(all, "manifest_hash", written, sizeof written);
  json_object_del(all, "manifest_hash");
  hash_content(all, hash);
  return strcmp(hash, written) == 0;
}

BpStudyPlan *bp_study_plan_read(const char *path, BpProblems *problems) {
  json_error_t error;
  BpStudyPlan *plan = NULL;
  json_t *all = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
  if (!all && access(path, F_OK) != 0)
    bp_problem(problems, BP_EXIT_IO, path, 0,
               "is not there; 'ballpad study plan STUDY -o DIR' makes it");
  else if (!all)
    bp_problem(problems, BP_EXIT_IO, path, error.line, "cannot be read: %s; plan again",
               error.text);
  else if (int_of(all, "schema") != SCHEMA)
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "has schema %d and this program knows %d; plan again, or use the version that wrote "
               "it",
               int_of(all, "schema"), (int)SCHEMA);
  else if (!is_unchanged(all))
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "was edited after it was made; change the study file and plan again");
  else
    plan = read_plan(all);
  json_decref(all);
  return plan;
}
