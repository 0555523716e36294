/* Norris and Landzberg: how many cycles in use one cycle of the test stands for.
 *
 *   AF = N_use/N_test = (dT_test/dT_use)^p (f_use/f_test)^q exp[B (1/Tmax_use - 1/Tmax_test)]
 *
 * and with the hot dwell t in place of the frequency (t_test/t_use)^q. A slower use shortens the
 * life in cycles: f_use/f_test = 1/48 alone gives 0.275. Its inverse, 3.63, is in circulation too.
 */
#include "life.h"

enum { SWING, RATE, BETA };

static double factor(const BpLifeModel *m, const double *metric, double slower) {
  const BpLifeConstant *k = m->constant;
  const double heat = 1.0 / metric[BP_METRIC_TEMP_MAX_USE] - 1.0 / metric[BP_METRIC_TEMP_MAX_TEST];
  return pow(metric[BP_METRIC_SWING_TEST] / metric[BP_METRIC_SWING_USE], k[SWING].value) *
         pow(slower, k[RATE].value) * exp(k[BETA].value * heat);
}

static BpStatus eval_frequency(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  r->N = factor(m, metric, metric[BP_METRIC_FREQUENCY_USE] / metric[BP_METRIC_FREQUENCY_TEST]);
  return BP_OK;
}

static BpStatus eval_dwell(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  r->N = factor(m, metric, metric[BP_METRIC_DWELL_TEST] / metric[BP_METRIC_DWELL_USE]);
  return BP_OK;
}

#define COMMON                                                                                     \
  .unit = "1", .statistic = "", .region = "", .layer = NAN, .cycle = "", .law = "", .card = "",    \
  .nneeds = 6, .nconstants = 3
#define SWINGS                                                                                     \
  {BP_METRIC_SWING_USE, -1, BP_NO_RANGE}, {BP_METRIC_SWING_TEST, 1, BP_NO_RANGE},                  \
      {BP_METRIC_TEMP_MAX_USE, -1, BP_NO_RANGE}, {                                                 \
    BP_METRIC_TEMP_MAX_TEST, 1, BP_NO_RANGE                                                        \
  }

const BpLifeModel bp_life_norris_landzberg[] = {
    {.name = "norris_landzberg_snpb_norris1969",
     .title = "Norris-Landzberg acceleration factor, SnPb: N in use over N in the test",
     .source = "K. C. Norris, A. H. Landzberg (1969); exponents in TI SPRABY2, 1414 K in FIDES",
     .note = "a slower use has a smaller factor; the inverse of the frequency term circulates too",
     .trust = 'S',
     .need = {SWINGS,
              {BP_METRIC_FREQUENCY_USE, 1, BP_NO_RANGE},
              {BP_METRIC_FREQUENCY_TEST, -1, BP_NO_RANGE}},
     .constant = {{"p", 1.9, "1"}, {"q", 1.0 / 3.0, "1"}, {"B", 1414.0, "K"}},
     .eval = eval_frequency,
     COMMON},
    {.name = "norris_landzberg_sac_pan2005",
     .title = "Norris-Landzberg acceleration factor, SAC: N in use over N in the test",
     .source = "N. Pan et al. (2005)",
     .note = "",
     .trust = 'M',
     .need = {SWINGS,
              {BP_METRIC_DWELL_USE, -1, BP_NO_RANGE},
              {BP_METRIC_DWELL_TEST, 1, BP_NO_RANGE}},
     .constant = {{"p", 2.65, "1"}, {"q", 0.136, "1"}, {"B", 2185.0, "K"}},
     .eval = eval_dwell,
     COMMON},
    {0}};
