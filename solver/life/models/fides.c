/* FIDES: how severe a temperature cycling is for solder, against the guide's reference.
 *
 *   pi = 12 f (min(theta, 2)/2)^(1/3) (dT/20)^1.9 exp[1414 (1/313 - 1/Tmax)]
 *
 * f cycles per hour, theta duration of a cycle in h, dT in K, Tmax in K. The larger, the worse: it
 * multiplies a failure rate. */
#include "life.h"

static BpStatus eval(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  const BpLifeConstant *k = m->constant;
  const double theta = metric[BP_METRIC_PERIOD] / 3600.0;
  r->N = 12.0 * 3600.0 * metric[BP_METRIC_FREQUENCY_USE] * pow(fmin(theta, 2.0) / 2.0, k[1].value) *
         pow(metric[BP_METRIC_SWING_USE] / 20.0, k[0].value) *
         exp(k[2].value * (1.0 / 313.0 - 1.0 / metric[BP_METRIC_TEMP_MAX_USE]));
  return BP_OK;
}

const BpLifeModel bp_life_fides[] = {
    {.name = "fides_solder_fides",
     .title = "FIDES, severity of temperature cycling for solder (the larger, the worse)",
     .source = "FIDES guide; read in a public repository, which writes 1.3 where the guide has 1/3",
     .note = "a factor on a failure rate, not a life",
     .trust = 'M',
     .unit = "1",
     .statistic = "",
     .region = "",
     .layer = NAN,
     .cycle = "",
     .law = "",
     .card = "",
     .need = {{BP_METRIC_FREQUENCY_USE, 1, BP_NO_RANGE},
              {BP_METRIC_PERIOD, 1, BP_NO_RANGE},
              {BP_METRIC_SWING_USE, 1, BP_NO_RANGE},
              {BP_METRIC_TEMP_MAX_USE, 1, BP_NO_RANGE}},
     .nneeds = 4,
     .constant = {{"p", 1.9, "1"}, {"q", 1.0 / 3.0, "1"}, {"B", 1414.0, "K"}},
     .nconstants = 3,
     .eval = eval},
    {0}};
