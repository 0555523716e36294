/* Every life model of the table: what it says of itself, and how it answers to its metrics. */
#include "close.h"

#include "life.h"
#include "materials.h"
#include "units.h"

#include <stdlib.h>
#include <string.h>

static int contains(const char *text, const char *part) {
  return strstr(text, part) != NULL;
}

/* Metrics as the table gives them for an example. */
static void set_examples(const BpLifeModel *m, double *metric) {
  BpProblems problems = {0};
  for (int i = 0; i < BP_METRICS; i++)
    metric[i] = NAN;
  for (int i = 0; i < m->nneeds; i++) {
    const BpMetricInfo *info = &bp_metrics[m->need[i].metric];
    char *given = bp_format("%s=%s", info->name, info->example);
    bp_metric_read(given, metric, &problems);
    free(given);
  }
  assert_int_equal(problems.count, 0);
}

/* N; the number of warnings. */
static double evaluate(const BpLifeModel *m, const double *metric, int *warnings) {
  BpProblems problems = {0};
  BpLifeResult result;
  assert_int_equal(bp_life_evaluate(m, metric, &result, &problems), BP_OK);
  assert_int_equal(bp_problems_exit(&problems), BP_EXIT_OK);
  *warnings = problems.count;
  bp_problems_free(&problems);
  return result.N;
}

/* ---- one model */

static void says_what_it_is(void **state) {
  const BpLifeModel *m = *state;
  int same = 0;
  for (int i = 0; bp_life_at(i); i++)
    same += strcmp(bp_life_at(i)->name, m->name) == 0;
  assert_int_equal(same, 1);
  assert_ptr_equal(bp_life_find(m->name), m);
  assert_true(m->title[0] && m->source[0] && m->note && m->statistic && m->cycle);
  assert_non_null(strchr("VSCM", m->trust));
  assert_true(m->trust);
  char *source = bp_life_source(m);
  assert_int_equal(contains(source, " (unverified)"), m->trust == 'M');
  free(source);
  assert_true(strcmp(m->unit, "cycles") == 0 || strcmp(m->unit, "1") == 0);
}

/* A model of a joint says with which cycle and law it was fitted; its card has that law. */
static void says_what_it_was_fitted_with(void **state) {
  const BpLifeModel *m = *state;
  assert_true(strcmp(m->region, "layer") == 0 || strcmp(m->region, "joint") == 0 || !m->region[0]);
  assert_int_equal(m->cycle[0] != '\0', m->region[0] != '\0');
  assert_true(isnan(m->layer) || (m->layer > 1e-6 && m->layer < 1e-4));
  if (m->law[0])
    assert_non_null(bp_law_find(m->law));
  if (!m->card[0])
    return;
  BpProblems problems = {0};
  BpMaterial *card = bp_material_load(m->card, &problems);
  assert_non_null(card);
  assert_string_equal(bp_material_law(card)->name, m->law);
  assert_string_equal(bp_material_class(card), "solder");
  bp_material_free(card);
  bp_problems_free(&problems);
}

static void has_units_and_constants(void **state) {
  const BpLifeModel *m = *state;
  assert_in_range(m->nneeds, 1, BP_LIFE_NEEDS);
  assert_in_range(m->nconstants, 0, BP_LIFE_CONSTANTS);
  for (int i = 0; i < m->nconstants; i++) {
    assert_true(m->constant[i].name && m->constant[i].unit && m->constant[i].unit[0]);
    assert_true(isfinite(m->constant[i].value) && fabs(m->constant[i].value) > 0.0);
  }
  for (int i = 0; i < m->nneeds; i++) {
    assert_in_range(m->need[i].metric, 0, BP_METRICS - 1);
    assert_in_range(m->need[i].sense + 1, 0, 2);
    for (int k = 0; k < i; k++)
      assert_int_not_equal(m->need[k].metric, m->need[i].metric);
  }
}

/* Examples are sound, so that nothing but constants that nobody checked is warned of. */
static void has_a_life_at_the_examples(void **state) {
  const BpLifeModel *m = *state;
  double metric[BP_METRICS];
  int warnings;
  set_examples(m, metric);
  assert_true(evaluate(m, metric, &warnings) > 0.0);
  assert_int_equal(warnings, m->trust == 'M');
}

/* A tenth more of a metric moves N to the stated side, and back. */
static void is_monotone(void **state) {
  const BpLifeModel *m = *state;
  double metric[BP_METRICS];
  int warnings, senses = 0;
  for (int i = 0; i < m->nneeds; i++) {
    set_examples(m, metric);
    double *value = &metric[m->need[i].metric], last = NAN;
    const double start = *value;
    senses += m->need[i].sense != 0;
    for (int k = -3; k <= 3 && m->need[i].sense; k++) {
      *value = start * pow(1.1, 0.5 * k);
      const double N = evaluate(m, metric, &warnings);
      if (k > -3)
        assert_true(m->need[i].sense * (N - last) > 0.0);
      last = N;
    }
  }
  assert_true(senses > 0);
}

/* One more warning where a metric lies a hundred times beyond what is usual or fitted. */
static void warns_beyond_its_range(void **state) {
  const BpLifeModel *m = *state;
  double metric[BP_METRICS];
  int before, after, warned = 0;
  for (int i = 0; i < m->nneeds; i++) {
    const BpMetricInfo *info = &bp_metrics[m->need[i].metric];
    set_examples(m, metric);
    evaluate(m, metric, &before);
    const double beyond =
        1.01 * fmin(info->usual_high, isnan(m->need[i].high) ? HUGE_VAL : m->need[i].high);
    if (!(beyond < info->max))
      continue;
    metric[m->need[i].metric] = beyond;
    evaluate(m, metric, &after);
    assert_int_equal(after, before + 1);
    warned++;
  }
  assert_true(warned > 0);
}

/* Each metric that is left out is named. */
static void needs_what_it_says(void **state) {
  const BpLifeModel *m = *state;
  double metric[BP_METRICS];
  for (int i = 0; i < m->nneeds; i++) {
    BpProblems problems = {0};
    BpLifeResult result;
    set_examples(m, metric);
    metric[m->need[i].metric] = NAN;
    assert_int_equal(bp_life_evaluate(m, metric, &result, &problems), BP_BAD);
    assert_int_equal(bp_problems_exit(&problems), BP_EXIT_CASE);
    assert_true(contains(problems.item[0].text, bp_metrics[m->need[i].metric].name));
    bp_problems_free(&problems);
  }
}

/* ---- the metrics */

static void metrics_have_names_and_sound_examples(void **state) {
  (void)state;
  for (int i = 0; i < BP_METRICS; i++) {
    const BpMetricInfo *info = &bp_metrics[i];
    double value;
    char message[512];
    assert_int_equal(bp_metric_find(info->name), i);
    assert_true(info->help[0] != '\0');
    assert_int_equal(bp_units_read(info->example, info->si, &value, message, sizeof message),
                     BP_OK);
    assert_true(info->min <= info->usual_low && info->usual_high <= info->max);
    assert_true(value >= info->usual_low && value <= info->usual_high);
  }
}

static int free_units(void **state) {
  (void)state;
  bp_units_free();
  return 0;
}

int main(void) {
  static const struct {
    const char *name;
    CMUnitTestFunction function;
  } each[] = {
      {"says what it is", says_what_it_is},
      {"says what it was fitted with", says_what_it_was_fitted_with},
      {"has units and constants", has_units_and_constants},
      {"has a life at the examples", has_a_life_at_the_examples},
      {"is monotone", is_monotone},
      {"warns beyond its range", warns_beyond_its_range},
      {"needs what it says", needs_what_it_says},
  };
  int models = 0, n = 0;
  while (bp_life_at(models))
    models++;
  struct CMUnitTest *tests = BP_NEW(struct CMUnitTest, models * BP_COUNT(each) + 1);
  char **label = BP_NEW(char *, models *BP_COUNT(each));
  for (int i = 0; i < models; i++)
    for (int k = 0; k < BP_COUNT(each); k++, n++) {
      label[n] = bp_format("%s/%s", bp_life_at(i)->name, each[k].name);
      tests[n] = (struct CMUnitTest){.name = label[n],
                                     .test_func = each[k].function,
                                     .initial_state = (void *)(uintptr_t)bp_life_at(i)};
    }
  tests[n] = (struct CMUnitTest){.name = "metrics have names and sound examples",
                                 .test_func = metrics_have_names_and_sound_examples};
  const int failed = _cmocka_run_group_tests("life", tests, (size_t)n + 1, NULL, free_units);
  for (int i = 0; i < n; i++)
    free(label[i]);
  free(label);
  free(tests);
  return failed || models < 20;
}
