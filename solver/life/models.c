/* The table of models, and what is the same for all of them. */
#include "life.h"

#include "nearest.h"
#include "units.h"

#include <stdlib.h>
#include <string.h>

#define BP_LIFE(name) extern const BpLifeModel bp_life_##name[];
#include "models.def"
#undef BP_LIFE

/* Each ends with a model without a name. */
#define BP_LIFE(name) bp_life_##name,
static const BpLifeModel *const equations[] = {
#include "models.def"
    NULL};
#undef BP_LIFE

enum { MOST_MODELS = 256 };

const BpLifeModel *bp_life_at(int i) {
  for (int e = 0; equations[e]; e++)
    for (const BpLifeModel *m = equations[e]; m->name; m++)
      if (i-- == 0)
        return m;
  return NULL;
}

const BpLifeModel *bp_life_find(const char *name) {
  const BpLifeModel *m;
  for (int i = 0; (m = bp_life_at(i)); i++)
    if (strcmp(m->name, name) == 0)
      return m;
  return NULL;
}

void bp_life_unknown(const char *before, const char *name, BpProblems *problems) {
  const char *known[MOST_MODELS];
  int n = 0;
  for (const BpLifeModel *m; n < MOST_MODELS && (m = bp_life_at(n)); n++)
    known[n] = m->name;
  const char *nearest = bp_nearest_word(name, known, n);
  bp_problem(problems, BP_EXIT_CASE, NULL, 0, "%s: there is no life model '%.80s'%s%s%s", before,
             name, nearest ? "; did you mean '" : "; 'ballpad life --list' lists them",
             nearest ? nearest : "", nearest ? "'?" : "");
}

char *bp_life_source(const BpLifeModel *m) {
  return bp_format("%s%s", m->source, m->trust == 'M' ? " (unverified)" : "");
}

/* ---- evaluation */

static int is_beyond(double value, double low, double high) {
  return value < low || value > high; /* no bound that is NAN is broken */
}

static void refuse(const BpLifeModel *m, const BpMetricInfo *info, double value,
                   BpProblems *problems) {
  char shown[64], bound[64];
  if (isnan(value)) {
    bp_problem(problems, BP_EXIT_CASE, NULL, 0,
               "%s: the metric '%s' (%s) is missing; add --given %s=%s", m->name, info->name,
               info->help, info->name, info->example);
    return;
  }
  bp_units_show(value, info->si, shown, sizeof shown);
  bp_units_show(value > info->min ? info->max : info->min, info->si, bound, sizeof bound);
  bp_problem(problems, BP_EXIT_CASE, NULL, 0, "%s: %s is %s and must be %s than %s", m->name,
             info->name, shown, value > info->min ? "less" : "greater", bound);
}

static void warn_range(const BpLifeNeed *need, double value, BpProblems *problems) {
  const BpMetricInfo *info = &bp_metrics[need->metric];
  char shown[64], low[64], high[64];
  const int fitted = is_beyond(value, need->low, need->high);
  bp_units_show(value, info->si, shown, sizeof shown);
  bp_units_show(fitted ? need->low : info->usual_low, info->si, low, sizeof low);
  bp_units_show(fitted ? need->high : info->usual_high, info->si, high, sizeof high);
  if (fitted)
    bp_warning(problems, "%s is %s, outside the range of the model, %s to %s", info->name, shown,
               low, high);
  else if (is_beyond(value, info->usual_low, info->usual_high))
    bp_warning(problems, "%s is %s, outside what is usual, %s to %s; is its unit right?",
               info->name, shown, low, high);
}

BpStatus bp_life_evaluate(const BpLifeModel *m, const double *metric, BpLifeResult *result,
                          BpProblems *problems) {
  BpStatus status = BP_OK;
  for (int i = 0; i < m->nneeds; i++) {
    const BpMetricInfo *info = &bp_metrics[m->need[i].metric];
    const double value = metric[m->need[i].metric];
    if (!(value > info->min && value < info->max)) {
      refuse(m, info, value, problems);
      status = BP_BAD;
    } else
      warn_range(&m->need[i], value, problems);
  }
  if (status != BP_OK)
    return status;
  *result = (BpLifeResult){0};
  status = m->eval(m, metric, result);
  if (status != BP_OK || !(result->N > 0.0 && result->N < HUGE_VAL)) {
    bp_problem(problems, BP_EXIT_CASE, NULL, 0,
               "%s: there is no life for these values; take ones within the range of the model",
               m->name);
    return BP_BAD;
  }
  if (m->trust == 'M')
    bp_warning(problems, "the constants of the model are unverified, recalled from its source");
  return BP_OK;
}
