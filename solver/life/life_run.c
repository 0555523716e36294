#include "life_run.h"

#include <stdlib.h>
#include <string.h>

static const double same_thickness = 1e-3; /* relative */

int bp_life_fits(const BpLifeModel *m, const BpLifeRun *run) {
  return m->card[0] && strcmp(m->card, run->card) == 0 && strcmp(m->law, run->law) == 0;
}

int bp_life_is_of(const BpLifeModel *m, const char *side) {
  const int joint = strcmp(side, "joint") == 0;
  return strcmp(m->region, joint ? "joint" : "layer") == 0;
}

static int is_same(double a, double b) {
  return fabs(a - b) <= same_thickness * b;
}

/* The layer of the model, else the reported one; NULL where the run has none. */
static const BpLifeLayer *choose_layer(const BpLifeModel *m, const BpLifeRun *run) {
  for (int i = 0; i < run->nlayers; i++)
    if (is_same(run->layer[i].thickness, m->layer))
      return &run->layer[i];
  return run->nlayers > 0 ? &run->layer[0] : NULL;
}

/* ---- what does not agree */

static void warn_of_law(const BpLifeModel *m, const BpLifeRun *run, BpProblems *warnings) {
  const char *ours = run->card[0] ? run->card : "a solder that is not known";
  if (m->card[0])
    bp_warning(warnings, "fitted with %s, the run has %s: exponent only, use ratios between runs",
               m->card, ours);
  else
    bp_warning(warnings,
               "fitted with %s%s, which no card has: exponent only, use ratios between runs",
               m->law[0] ? m->law : "no constitutive law that is stated",
               m->law[0] ? " creep of other constants" : "");
}

static void warn_of_layer(const BpLifeModel *m, double thickness, BpProblems *warnings) {
  if (isnan(m->layer))
    bp_warning(warnings,
               "the layer that it was fitted with is not stated, the run's is %g um thick",
               1e6 * thickness);
  else if (!is_same(thickness, m->layer))
    bp_warning(warnings,
               "fitted with averages over %g um, the run's are over %g um; add %g um to "
               "output.layers",
               1e6 * m->layer, 1e6 * thickness, 1e6 * m->layer);
}

static void warn_of_cycle(const BpLifeRun *run, BpProblems *warnings) {
  if (run->steady == 0)
    bp_warning(warnings, "fitted with a steady cycle, the run's last one is NOT STEADY");
  else if (run->steady < 0)
    bp_warning(warnings, "fitted with a steady cycle; it takes two full cycles to tell whether the "
                         "run's is one");
}

/* ---- one model */

/* The first metric that the run did not store, NULL if it has them all. */
static const BpMetricInfo *find_missing(const BpLifeModel *m, const double *metric) {
  for (int i = 0; i < m->nneeds; i++)
    if (isnan(metric[m->need[i].metric]))
      return &bp_metrics[m->need[i].metric];
  return NULL;
}

static void take_metrics(const BpLifeModel *m, const BpLifeRun *run, BpLifeOutcome *outcome) {
  memcpy(outcome->metric, run->metric, sizeof outcome->metric);
  const BpLifeLayer *layer = strcmp(m->region, "layer") == 0 ? choose_layer(m, run) : NULL;
  if (!layer)
    return;
  outcome->layer = layer->thickness;
  outcome->metric[BP_METRIC_WORK] = layer->work;
  outcome->metric[BP_METRIC_STRAIN] = layer->strain;
}

/* Keeps the warnings; the first problem becomes the reason. */
static void take_problems(const BpProblems *problems, BpLifeOutcome *outcome) {
  for (int i = 0; i < problems->count; i++)
    if (problems->item[i].code == BP_EXIT_OK)
      bp_warning(&outcome->warnings, "%s", problems->item[i].text);
    else if (!outcome->reason[0])
      snprintf(outcome->reason, sizeof outcome->reason, "%s", problems->item[i].text);
}

void bp_life_apply(const BpLifeModel *m, const BpLifeRun *run, BpLifeOutcome *outcome) {
  BpProblems problems = {0};
  *outcome = (BpLifeOutcome){.layer = NAN, .absolute = bp_life_fits(m, run)};
  take_metrics(m, run, outcome);
  const BpMetricInfo *missing = find_missing(m, outcome->metric);
  if (missing) {
    snprintf(outcome->reason, sizeof outcome->reason, "the run stored no %s (%s)", missing->name,
             missing->help);
    return;
  }
  bp_life_evaluate(m, outcome->metric, &outcome->result, &problems);
  take_problems(&problems, outcome);
  bp_problems_free(&problems);
  if (!outcome->absolute)
    warn_of_law(m, run, &outcome->warnings);
  if (!isnan(outcome->layer))
    warn_of_layer(m, outcome->layer, &outcome->warnings);
  warn_of_cycle(run, &outcome->warnings);
}

/* ---- which models are wanted */

static const char separators[] = ", \t\n";

/* Calls for each word of the text until one of them returns 1. */
static int any_word(const char *models, int (*is)(const char *word, const void *context),
                    const void *context) {
  char *copy = bp_copy_text(models), *rest = NULL;
  int found = 0;
  for (char *w = strtok_r(copy, separators, &rest); w && !found;
       w = strtok_r(NULL, separators, &rest))
    found = is(w, context);
  free(copy);
  return found;
}

static int is_word(const char *word, const void *context) {
  return strcmp(word, (const char *)context) == 0;
}

int bp_life_wanted(const char *models, const BpLifeModel *m, int fits) {
  return any_word(models, is_word, m->name) || any_word(models, is_word, "all") ||
         (fits && any_word(models, is_word, "fitted"));
}

typedef struct {
  const char *before;
  BpProblems *problems;
} Check;

static int check_word(const char *word, const void *context) {
  const Check *check = context;
  if (strcmp(word, "all") != 0 && strcmp(word, "fitted") != 0 && !bp_life_find(word))
    bp_life_unknown(check->before, word, check->problems);
  return 0;
}

void bp_life_check(const char *models, const char *before, BpProblems *problems) {
  const Check check = {before, problems};
  any_word(models, check_word, &check);
}
