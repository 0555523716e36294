#include "life.h"

#include "nearest.h"
#include "units.h"

#include <stdlib.h>
#include <string.h>

#define POSITIVE 0.0, HUGE_VAL

const BpMetricInfo bp_metrics[BP_METRICS] = {
    [BP_METRIC_WORK] = {"delta_w", "Pa", "inelastic work density per cycle", "0.2MPa", POSITIVE,
                        1e3, 1e7},
    [BP_METRIC_STRAIN] = {"delta_eps", "", "accumulated equivalent inelastic strain per cycle",
                          "0.02", POSITIVE, 1e-5, 1.0},
    [BP_METRIC_STRAIN_RANGE] = {"delta_eps_range", "",
                                "range of the equivalent inelastic strain in a cycle", "0.01",
                                POSITIVE, 1e-5, 1.0},
    [BP_METRIC_SHEAR] = {"delta_gamma", "", "range of the engineering shear strain in a cycle",
                         "0.02", POSITIVE, 1e-5, 0.5},
    [BP_METRIC_CRACK] = {"crack", "m", "crack length at failure, the projected pad diameter",
                         "0.46mm", POSITIVE, 1e-5, 5e-3},
    [BP_METRIC_TEMP_MEAN] = {"temp_mean", "K", "mean temperature of the joint", "55degC", POSITIVE,
                             198.15, 448.15},
    [BP_METRIC_DWELL] = {"dwell", "s", "mean dwell of a half cycle", "15min", POSITIVE, 10.0, 1e6},
    [BP_METRIC_SWING_USE] = {"delta_t_use", "delta_K", "temperature range in use", "40K", POSITIVE,
                             1.0, 300.0},
    [BP_METRIC_SWING_TEST] = {"delta_t_test", "delta_K", "temperature range in the test", "165K",
                              POSITIVE, 1.0, 300.0},
    [BP_METRIC_TEMP_MAX_USE] = {"temp_max_use", "K", "highest temperature in use", "60degC",
                                POSITIVE, 233.15, 473.15},
    [BP_METRIC_TEMP_MAX_TEST] = {"temp_max_test", "K", "highest temperature in the test", "125degC",
                                 POSITIVE, 233.15, 473.15},
    [BP_METRIC_FREQUENCY_USE] = {"frequency_use", "1/s", "cycles per time in use", "2/day",
                                 POSITIVE, 3e-8, 0.1},
    [BP_METRIC_FREQUENCY_TEST] = {"frequency_test", "1/s", "cycles per time in the test", "24/day",
                                  POSITIVE, 3e-8, 0.1},
    [BP_METRIC_DWELL_USE] = {"dwell_use", "s", "hot dwell in use", "6h", POSITIVE, 10.0, 1e6},
    [BP_METRIC_DWELL_TEST] = {"dwell_test", "s", "hot dwell in the test", "15min", POSITIVE, 10.0,
                              1e6},
    [BP_METRIC_PERIOD] = {"period", "s", "duration of a cycle", "1h", POSITIVE, 10.0, 1e6},
    [BP_METRIC_N50] = {"n50", "", "cycles at which a half has failed", "1000", POSITIVE, 1.0, 1e8},
    [BP_METRIC_ETA] = {"eta", "", "cycles at which 63.2 % have failed", "1000", POSITIVE, 1.0, 1e8},
    [BP_METRIC_SHAPE] = {"beta", "", "Weibull's shape", "4.5", POSITIVE, 1.0, 20.0},
    [BP_METRIC_SAMPLE] = {"n", "", "joints or packages in the sample", "32", 0.0, HUGE_VAL, 1.0,
                          1e7},
    [BP_METRIC_FAILED] = {"failed", "", "share that has failed", "0.01", 0.0, 1.0, 1e-6,
                          1.0 - 1e-6},
};

int bp_metric_find(const char *name) {
  for (int i = 0; i < BP_METRICS; i++)
    if (strcmp(bp_metrics[i].name, name) == 0)
      return i;
  return -1;
}

static void report_unknown(const char *name, BpProblems *problems) {
  const char *known[BP_METRICS];
  for (int i = 0; i < BP_METRICS; i++)
    known[i] = bp_metrics[i].name;
  const char *nearest = bp_nearest_word(name, known, BP_METRICS);
  bp_problem(problems, BP_EXIT_CASE, NULL, 0, "--given: there is no metric '%.60s'%s%s%s", name,
             nearest ? "; did you mean '" : "; 'ballpad life --list' says what each model needs",
             nearest ? nearest : "", nearest ? "'?" : "");
}

void bp_metric_read(const char *given, double *metric, BpProblems *problems) {
  const char *equals = strchr(given, '=');
  if (!equals || equals == given) {
    bp_problem(problems, BP_EXIT_USAGE, NULL, 0,
               "--given '%.60s' gives nothing; write --given delta_w=0.2MPa", given);
    return;
  }
  char *name = bp_format("%.*s", (int)(equals - given), given), message[512];
  const int i = bp_metric_find(name);
  double value;
  if (i < 0)
    report_unknown(name, problems);
  else if (!isnan(metric[i]))
    bp_problem(problems, BP_EXIT_USAGE, NULL, 0, "--given %s is given twice; keep one", name);
  else if (bp_units_read(equals + 1, bp_metrics[i].si, &value, message, sizeof message) != BP_OK)
    bp_problem(problems, BP_EXIT_CASE, NULL, 0, "--given %s: %s", name, message);
  else
    metric[i] = value;
  free(name);
}
