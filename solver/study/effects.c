/* Means of a column at each level of each factor. Statistics are GSL's. */
#include "study_impl.h"

#include <gsl/gsl_statistics_double.h>

#include <stdlib.h>

/* First key of a factor. */
static int key_of(const BpStudyPlan *plan, int factor) {
  int k = 0;
  while (plan->owner[k] != factor)
    k++;
  return k;
}

static int is_used(const BpStudyTable *t, int column, int point) {
  return t->state[point] == BP_POINT_FINISHED && isfinite(t->value[column][point]);
}

/* Levels of a factor, or the parts that a sampled range is cut into: each with some ten points, so
 * that a mean means something. */
static int groups_of(const BpStudyTable *t, int factor) {
  const BpStudyPlan *plan = t->plan;
  int levels = 0;
  for (int i = 0; i < plan->ndesign; i++)
    if (plan->point[i].place[factor].level >= levels)
      levels = plan->point[i].place[factor].level + 1;
  if (levels > 0)
    return levels;
  const int bins = plan->ndesign / 10;
  return bins < 2 ? 2 : bins < BP_EFFECT_BINS ? bins : BP_EFFECT_BINS;
}

static int group_of(const BpPlace *place, int groups) {
  if (place->level >= 0)
    return place->level;
  const int bin = (int)(place->place * groups);
  return bin < groups ? bin : groups - 1;
}

/* Values of a group's points; sums of their places and numbers. */
static int gather(const BpStudyTable *t, int column, BpEffect *e, int group, int groups,
                  double *value) {
  const BpStudyPlan *plan = t->plan;
  const int key = key_of(plan, e->factor);
  int n = 0;
  for (int i = 0; i < plan->ndesign; i++) {
    const BpStudyPoint *point = &plan->point[i];
    if (group_of(&point->place[e->factor], groups) != group || !is_used(t, column, i))
      continue;
    e->place += point->place[e->factor].place;
    e->x += point->number[key];
    e->text = point->place[e->factor].level >= 0 ? point->text[key] : NULL;
    value[n++] = t->value[column][i];
  }
  return n;
}

int bp_study_effects(const BpStudyTable *t, int column, BpEffect **effect) {
  int n = 0;
  double *value = BP_NEW(double, t->plan->ndesign);
  *effect = NULL;
  for (int f = 0; f < t->plan->nfactors; f++) {
    const int groups = groups_of(t, f);
    for (int g = 0; g < groups; g++) {
      BpEffect e = {.factor = f, .deviation = (double)NAN};
      e.count = gather(t, column, &e, g, groups, value);
      if (e.count == 0)
        continue;
      e.place /= e.count;
      e.x /= e.count;
      e.mean = gsl_stats_mean(value, 1, (size_t)e.count);
      if (e.count > 1)
        e.deviation = gsl_stats_sd_m(value, 1, (size_t)e.count, e.mean);
      BP_GROW(*effect, n + 1);
      (*effect)[n++] = e;
    }
  }
  free(value);
  return n;
}
