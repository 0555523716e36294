/* Coffin and Manson: a power law of inelastic strain.
 *
 *   d eps / 2 = eps_f (2 N)^c      range of creep strain (COMSOL's model)
 *   N = A (d eps)^-B               equivalent plastic strain of a cycle (Solomon's form) */
#include "life.h"

static BpStatus eval_amplitude(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  const double ductility = m->constant[0].value, c = m->constant[1].value;
  r->N = 0.5 * pow(0.5 * metric[BP_METRIC_STRAIN_RANGE] / ductility, 1.0 / c);
  return BP_OK;
}

static BpStatus eval_power(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  r->N = m->constant[0].value * pow(metric[BP_METRIC_STRAIN], -m->constant[1].value);
  return BP_OK;
}

#define COMMON                                                                                     \
  .unit = "cycles", .statistic = "", .region = "layer", .layer = NAN, .nneeds = 1,                 \
  .nconstants = 2, .cycle = "a steady one"

const BpLifeModel bp_life_coffin_manson[] = {
    {.name = "coffin_manson_snagcu_comsol",
     .title = "Coffin-Manson, range of creep strain, SnAgCu",
     .source = "COMSOL model 'Thermal Fatigue of a Surface Mount Resistor', as exported",
     .note = "beyond twice the ductility N is less than a half",
     .trust = 'S',
     .law = "garofalo",
     .card = "snagcu_garofalo_comsol",
     .need = {{BP_METRIC_STRAIN_RANGE, -1, 0.0, 2 * 0.218}},
     .constant = {{"eps_f", 0.218, "1"}, {"c", -0.51, "1"}},
     .eval = eval_amplitude,
     COMMON},
    {.name = "solomon_sac305_nthu2021",
     .title = "Solomon's form of Coffin-Manson, plastic strain of a cycle, SAC305",
     .source = "practice at NTHU, Materials 2021 14(18) 5342, doi 10.3390/ma14185342",
     .note = "calibrated with a fixed mesh at the corner of the joint, not with a layer",
     .trust = 'M',
     .law = "",
     .card = "",
     .need = {{BP_METRIC_STRAIN, -1, BP_NO_RANGE}},
     .constant = {{"A", 0.235, "cycles"}, {"B", 1.75, "1"}},
     .eval = eval_power,
     COMMON},
    {0}};
