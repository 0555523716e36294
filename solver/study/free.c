#include "study_impl.h"

#include <stdlib.h>

static void free_texts(char **text, int n) {
  for (int i = 0; text && i < n; i++)
    free(text[i]);
  free(text);
}

static void free_factor(BpFactor *f) {
  free_texts(f->key, f->nkeys);
  free_texts(f->text, f->nlevels * f->nkeys);
  free(f->takes);
  free(f->number);
}

static void free_keys(BpStudyKeys *keys) {
  free_texts(keys->key, keys->n);
  free_texts(keys->text, keys->n);
  free(keys->takes);
  free(keys->number);
}

void bp_study_free(BpStudy *study) {
  if (!study)
    return;
  for (int i = 0; i < study->nfactors; i++)
    free_factor(&study->factor[i]);
  free_keys(&study->set);
  free_keys(&study->reference);
  free(study->factor);
  free(study->file);
  free(study);
}

void bp_study_point_free(BpStudyPoint *point, int nkeys) {
  free_texts(point->text, nkeys);
  free(point->number);
  free(point->place);
  free(point->reason);
}

void bp_study_plan_free(BpStudyPlan *plan) {
  if (!plan)
    return;
  for (int i = 0; i < plan->npoints; i++)
    bp_study_point_free(&plan->point[i], plan->nkeys);
  free_texts(plan->key, plan->nkeys);
  free_texts(plan->si, plan->nkeys);
  free(plan->owner);
  free(plan->point);
  free(plan->set);
  free(plan->study_file);
  free(plan);
}

void bp_study_table_free(BpStudyTable *table) {
  if (!table)
    return;
  for (int c = 0; c < table->ncolumns; c++)
    free(table->value[c]);
  free_texts(table->name, table->ncolumns);
  free_texts(table->unit, table->ncolumns);
  free_texts(table->reason, table->plan->npoints);
  free(table->value);
  free(table->state);
  free(table);
}
