/* study.json: what came out, in short. */
#include "study_impl.h"

#include "json.h"

#include <stdlib.h>
#include <string.h>

enum { SCHEMA = 1 };

static json_t *keys_of(const BpStudyPlan *plan, int factor) {
  json_t *keys = json_array();
  for (int k = 0; k < plan->nkeys; k++)
    if (plan->owner[k] == factor)
      json_array_append_new(keys, bp_json_text(plan->key[k]));
  return keys;
}

static void add_effects(const BpStudyTable *t, int column, json_t *effects) {
  BpEffect *e;
  const int n = bp_study_effects(t, column, &e);
  for (int i = 0; i < n; i++)
    json_array_append_new(
        effects, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:i}", "figure", t->name[column], "keys",
                           keys_of(t->plan, e[i].factor), "value",
                           e[i].text ? bp_json_text(e[i].text) : json_null(), "value_si",
                           bp_json_number(e[i].x, 1.0), "mean", bp_json_number(e[i].mean, 1.0),
                           "deviation", bp_json_number(e[i].deviation, 1.0), "points", e[i].count));
  free(e);
}

static void add_indices(const BpStudyTable *t, int column, json_t *indices) {
  const int n = t->plan->nfactors;
  double *first = BP_NEW(double, n), *total = BP_NEW(double, n);
  if (bp_study_indices(t, column, first, total) == BP_OK)
    for (int f = 0; f < n; f++)
      json_array_append_new(indices, json_pack("{s:s, s:o, s:o, s:o}", "figure", t->name[column],
                                               "keys", keys_of(t->plan, f), "first_order",
                                               bp_json_number(first[f], 1.0), "total",
                                               bp_json_number(total[f], 1.0)));
  free(first);
  free(total);
}

static json_t *failures(const BpStudyTable *t) {
  json_t *failed = json_array();
  for (int i = 0; i < t->plan->npoints; i++)
    if (t->state[i] == BP_POINT_FAILED)
      json_array_append_new(failed, json_pack("{s:i, s:s, s:o}", "index", i, "directory",
                                              t->plan->point[i].directory, "reason",
                                              bp_json_text(t->reason[i] ? t->reason[i] : "")));
  return failed;
}

char *bp_study_json(const BpStudyTable *t) {
  int finished = 0;
  json_t *effects = json_array(), *indices = json_array();
  for (int i = 0; i < t->plan->npoints; i++)
    finished += t->state[i] == BP_POINT_FINISHED;
  for (int c = 0; c < t->ncolumns; c++) {
    if (!strstr(t->name[c], "delta_") && strncmp(t->name[c], "life.", strlen("life.")) != 0)
      continue;
    add_effects(t, c, effects);
    add_indices(t, c, indices);
  }
  return bp_json_dump(json_pack("{s:i, s:o, s:s, s:s, s:i, s:i, s:o, s:o, s:o}", "schema",
                                (int)SCHEMA, "study", bp_json_text(t->plan->study_file),
                                "study_hash", t->plan->study_hash, "design", t->plan->design,
                                "points", t->plan->npoints, "finished", finished, "failed",
                                failures(t), "effects", effects, "indices", indices));
}
