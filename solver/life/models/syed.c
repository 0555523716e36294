/* Syed: one parameter, the accumulated creep strain or the creep work of a cycle.
 *
 *   N = 1 / (C x)
 *
 * Fitted with pure creep laws, averages over a thin interface layer, characteristic life. The
 * constant 0.0153, which circulates as Syed's, is most likely 0.0513 with its digits transposed:
 * the ratio of the constants for strain and for work is the mean flow stress, 0.0513/0.0019 = 27
 * MPa, which is right for SAC in thermal cycling, while 0.0153/0.0019 = 8 MPa is not. */
#include "life.h"

static BpStatus eval_strain(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  r->N = 1.0 / (m->constant[0].value * metric[BP_METRIC_STRAIN]);
  return BP_OK;
}

static BpStatus eval_work(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  r->N = 1.0 / (m->constant[0].value * 1e-6 * metric[BP_METRIC_WORK]);
  return BP_OK;
}

#define COMMON                                                                                     \
  .unit = "cycles", .statistic = "N63.2", .region = "layer", .layer = NAN, .nneeds = 1,            \
  .nconstants = 1, .cycle = "a steady one"

#define STRAIN(c)                                                                                  \
  .need = {{BP_METRIC_STRAIN, -1, BP_NO_RANGE}}, .constant = {{"C", (c), "1/cycle"}},              \
  .eval = eval_strain, COMMON
#define WORK(c)                                                                                    \
  .need = {{BP_METRIC_WORK, -1, BP_NO_RANGE}}, .constant = {{"C", (c), "1/MPa/cycle"}},            \
  .eval = eval_work, COMMON
#define GAROFALO     .law = "garofalo", .card = "sac387_garofalo_schubert2003"
#define DOUBLE_POWER .law = "double_power", .card = "sac387_double_power_wiese"
#define ECTC2004     "A. Syed, ECTC 2004, pp. 737-746"

const BpLifeModel bp_life_syed[] = {
    {.name = "syed_strain_garofalo_syed2004",
     .title = "Syed, accumulated creep strain, hyperbolic sine creep, SAC",
     .source = ECTC2004 "; as quoted by Amalu et al. (2015)",
     .note = "constant 0.0513, of which 0.0153 is most likely a misprint",
     .trust = 'S',
     GAROFALO,
     STRAIN(0.0513)},
    {.name = "syed_strain_double_power_syed2004",
     .title = "Syed, accumulated creep strain, double power law creep, SAC",
     .source = ECTC2004,
     .note = "",
     .trust = 'M',
     DOUBLE_POWER,
     STRAIN(0.0468)},
    {.name = "syed_strain_0153_syed2004",
     .title = "Syed, accumulated creep strain, with the constant 0.0153 that circulates",
     .source = ECTC2004 " as later papers quote it",
     .note = "most likely 0.0513 with transposed digits, see syed_strain_garofalo_syed2004",
     .trust = 'M',
     .law = "garofalo",
     .card = "",
     STRAIN(0.0153)},
    {.name = "syed_work_garofalo_syed2004",
     .title = "Syed, creep work, hyperbolic sine creep, SAC",
     .source = ECTC2004 "; corrected value, read in a public repository",
     .note = "",
     .trust = 'S',
     GAROFALO,
     WORK(0.0019)},
    {.name = "syed_work_double_power_syed2004",
     .title = "Syed, creep work, double power law creep, SAC",
     .source = ECTC2004 "; read in a public repository",
     .note = "",
     .trust = 'S',
     DOUBLE_POWER,
     WORK(0.0015)},
    {.name = "syed_work_garofalo_amalu2015",
     .title = "Syed, creep work, hyperbolic sine creep, SAC, as Amalu quotes it",
     .source = "Amalu et al. (2015), quoting A. Syed, ECTC 2004",
     .note = "other readers have 0.0019, see syed_work_garofalo_syed2004",
     .trust = 'S',
     GAROFALO,
     WORK(0.00165)},
    {0}};
