/* From places to points: values as a case file takes them, references, directories. */
#include "study_impl.h"

#include "units.h"

#include <stdlib.h>
#include <string.h>

/* ---- values */

static char *number_text(const BpFactor *f, int key, double value) {
  char text[80];
  if (f->takes[key].kind == BP_KEY_COUNT)
    return bp_format("%.0f", value);
  bp_units_write(value, f->takes[key].si, text, sizeof text);
  return bp_copy_text(text);
}

/* 12 digits, so that the middle of 2 um and 8 um is 5 um and not 4.999999999999999 um. */
static double rounded(double value) {
  char text[32];
  snprintf(text, sizeof text, "%.12g", value);
  return strtod(text, NULL);
}

/* Between the ends of a range; of a count one of its whole numbers, each with equal chance where
 * places are sampled. */
static double in_range(const BpFactor *f, const BpPlace *place, int key) {
  const double low = f->number[key], high = f->number[f->nkeys + key], u = place->place;
  if (f->takes[key].kind == BP_KEY_COUNT) {
    const double n =
        place->level >= 0 ? round(low + u * (high - low)) : floor(low + u * (high - low + 1.0));
    return n < high ? n : high;
  }
  if (!(u > 0.0) || u >= 1.0)
    return u > 0.0 ? high : low;
  return rounded(f->is_log ? low * pow(high / low, u) : low + u * (high - low));
}

char *bp_factor_text(const BpFactor *f, const BpPlace *place, int key, double *number) {
  if (f->is_range) {
    *number = in_range(f, place, key);
    return number_text(f, key, *number);
  }
  *number = f->number[place->level * f->nkeys + key];
  return bp_copy_text(f->text[place->level * f->nkeys + key]);
}

/* ---- keys */

static int find_key(const BpStudyPlan *plan, const char *key) {
  for (int k = 0; k < plan->nkeys; k++)
    if (strcmp(plan->key[k], key) == 0)
      return k;
  return -1;
}

static void add_key(BpStudyPlan *plan, const char *key, const BpCaseKey *takes, int owner) {
  const int k = plan->nkeys++;
  BP_GROW(plan->key, k + 1);
  BP_GROW(plan->si, k + 1);
  BP_GROW(plan->owner, k + 1);
  plan->key[k] = bp_copy_text(key);
  plan->si[k] = bp_copy_text(takes->si);
  plan->owner[k] = owner;
}

static void list_keys(const BpStudy *s, BpStudyPlan *plan) {
  for (int f = 0; f < s->nfactors; f++)
    for (int k = 0; k < s->factor[f].nkeys; k++)
      add_key(plan, s->factor[f].key[k], &s->factor[f].takes[k], f);
  for (int k = 0; k < s->reference.n; k++)
    if (find_key(plan, s->reference.key[k]) < 0)
      add_key(plan, s->reference.key[k], &s->reference.takes[k], -1);
}

/* ---- points */

static void set_value(BpStudyPoint *point, int key, char *text, double number) {
  free(point->text[key]);
  point->text[key] = text;
  point->number[key] = number;
}

static BpStudyPoint *add_point(BpStudyPlan *plan) {
  BP_GROW(plan->point, plan->npoints + 1);
  BpStudyPoint *point = &plan->point[plan->npoints++];
  *point = (BpStudyPoint){.text = BP_NEW(char *, plan->nkeys),
                          .number = BP_NEW(double, plan->nkeys),
                          .place = BP_NEW(BpPlace, plan->nfactors),
                          .reference = -1};
  for (int k = 0; k < plan->nkeys; k++)
    point->number[k] = (double)NAN;
  for (int f = 0; f < plan->nfactors; f++)
    point->place[f] = (BpPlace){(double)NAN, -1};
  return point;
}

static void add_designed(const BpStudy *s, const BpPlace *place, BpStudyPlan *plan) {
  BpStudyPoint *point = add_point(plan);
  memcpy(point->place, place, (size_t)s->nfactors * sizeof place[0]);
  for (int f = 0, at = 0; f < s->nfactors; f++)
    for (int k = 0; k < s->factor[f].nkeys; k++, at++) {
      double number;
      char *text = bp_factor_text(&s->factor[f], &place[f], k, &number);
      set_value(point, at, text, number);
    }
}

/* ---- references */

static int is_same(const BpStudyPlan *plan, const BpStudyPoint *a, const BpStudyPoint *b) {
  int same = 1;
  for (int k = 0; same && k < plan->nkeys; k++)
    same = !a->text[k] == !b->text[k] && (!a->text[k] || strcmp(a->text[k], b->text[k]) == 0);
  return same;
}

/* The point with the values of point i and those of the reference, added unless it is there. */
static int reference_of(const BpStudy *s, BpStudyPlan *plan, int i) {
  BpStudyPoint *wanted = add_point(plan);
  for (int k = 0; k < plan->nkeys; k++)
    if (plan->point[i].text[k])
      set_value(wanted, k, bp_copy_text(plan->point[i].text[k]), plan->point[i].number[k]);
  for (int k = 0; k < s->reference.n; k++)
    set_value(wanted, find_key(plan, s->reference.key[k]), bp_copy_text(s->reference.text[k]),
              s->reference.number[k]);
  for (int other = plan->npoints - 2; other >= 0; other--)
    if (is_same(plan, &plan->point[other], wanted)) {
      bp_study_point_free(&plan->point[--plan->npoints], plan->nkeys);
      return other;
    }
  return plan->npoints - 1;
}

/* ---- the plan */

static char *join_set(const BpStudyKeys *keys) {
  char *text = bp_copy_text("");
  for (int i = 0; i < keys->n; i++) {
    char *longer = bp_format("%s%s=%s\n", text, keys->key[i], keys->text[i]);
    free(text);
    text = longer;
  }
  return text;
}

static void name_directories(BpStudyPlan *plan) {
  for (int i = 0; i < plan->npoints; i++)
    snprintf(plan->point[i].directory, BP_NAME, "point_%04d", i);
}

BpStudyPlan *bp_study_plan(const BpStudy *study) {
  BpStudyPlan *plan = BP_NEW(BpStudyPlan, 1);
  plan->study_file = bp_copy_text(study->file);
  plan->set = join_set(&study->set);
  snprintf(plan->case_file, sizeof plan->case_file, "%s", study->case_file);
  snprintf(plan->design, sizeof plan->design, "%s", bp_design_name(study->design));
  plan->samples = study->samples;
  plan->seed = study->seed;
  plan->nfactors = study->nfactors;
  list_keys(study, plan);
  const int n = bp_design_size(study), k = study->nfactors;
  BpPlace *place = BP_NEW(BpPlace, n * k);
  bp_design_places(study, place);
  for (int i = 0; i < n; i++)
    add_designed(study, &place[i * k], plan);
  free(place);
  plan->ndesign = n;
  for (int i = 0; study->reference.n > 0 && i < n; i++) {
    const int reference = reference_of(study, plan, i);
    plan->point[i].reference = reference;
  }
  name_directories(plan);
  return plan;
}
