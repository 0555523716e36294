/* Weibull: the scatter of lives.
 *
 *   F = 1 - exp[-(N/eta)^beta]
 *
 * eta is N63.2. The first of n to fail has the distribution of one with eta n^(-1/beta), so that a
 * half of all samples of n have had their first failure at N = eta (ln 2 / n)^(1/beta), and a share
 * F of them at N = eta (-ln(1 - F) / n)^(1/beta). */
#include "life.h"

/* Cycles at which a share of the samples of n have had their first failure. */
static double first_of(const double *metric, double eta, double n, double share) {
  return eta * pow(-log1p(-share) / n, 1.0 / metric[BP_METRIC_SHAPE]);
}

static BpStatus eval_first(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  (void)m;
  r->N = first_of(metric, metric[BP_METRIC_ETA], metric[BP_METRIC_SAMPLE], 0.5);
  return BP_OK;
}

static BpStatus eval_percentile(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  (void)m;
  r->N =
      first_of(metric, metric[BP_METRIC_ETA], metric[BP_METRIC_SAMPLE], metric[BP_METRIC_FAILED]);
  return BP_OK;
}

static BpStatus eval_characteristic(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  (void)m;
  r->N = metric[BP_METRIC_N50] / first_of(metric, 1.0, 1.0, 0.5);
  return BP_OK;
}

#define COMMON                                                                                     \
  .source = "W. Weibull, J. Applied Mechanics 18 (1951) 293; closed form", .trust = 'C',           \
  .unit = "cycles", .region = "", .layer = NAN, .cycle = "", .law = "", .card = "", .note = ""

const BpLifeModel bp_life_weibull[] = {
    {.name = "weibull_first_failure_weibull1951",
     .title = "Weibull: a half of all samples of n have had their first failure",
     .statistic = "median of the first failure",
     .need = {{BP_METRIC_ETA, 1, BP_NO_RANGE},
              {BP_METRIC_SHAPE, 1, BP_NO_RANGE},
              {BP_METRIC_SAMPLE, -1, 1.0, HUGE_VAL}},
     .nneeds = 3,
     .eval = eval_first,
     COMMON},
    {.name = "weibull_percentile_weibull1951",
     .title = "Weibull: a share of all samples of n have had their first failure",
     .statistic = "percentile",
     .need = {{BP_METRIC_ETA, 1, BP_NO_RANGE},
              {BP_METRIC_SHAPE, 0, BP_NO_RANGE},
              {BP_METRIC_SAMPLE, -1, 1.0, HUGE_VAL},
              {BP_METRIC_FAILED, 1, BP_NO_RANGE}},
     .nneeds = 4,
     .eval = eval_percentile,
     COMMON},
    {.name = "weibull_characteristic_weibull1951",
     .title = "Weibull: N63.2 from N50",
     .statistic = "N63.2",
     .need = {{BP_METRIC_N50, 1, BP_NO_RANGE}, {BP_METRIC_SHAPE, -1, BP_NO_RANGE}},
     .nneeds = 2,
     .eval = eval_characteristic,
     COMMON},
    {0}};
