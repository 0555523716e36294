/* Morrow: a power law of the work of a cycle.
 *
 *   w = W_f (2 N)^m    W_f in J/m3 */
#include "life.h"

static BpStatus eval(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  const double w_f = 1e6 * m->constant[0].value, exponent = m->constant[1].value;
  r->N = 0.5 * pow(metric[BP_METRIC_WORK] / w_f, 1.0 / exponent);
  return BP_OK;
}

const BpLifeModel bp_life_morrow[] = {
    {.name = "morrow_snagcu_comsol",
     .title = "Morrow, creep work, SnAgCu",
     .source = "COMSOL model 'Thermal Fatigue of a Surface Mount Resistor', as exported",
     .note = "",
     .trust = 'S',
     .unit = "cycles",
     .statistic = "",
     .region = "layer",
     .layer = NAN,
     .cycle = "a steady one",
     .law = "garofalo",
     .card = "snagcu_garofalo_comsol",
     .need = {{BP_METRIC_WORK, -1, 0.0, 55e6}},
     .nneeds = 1,
     .constant = {{"W_f", 55.0, "MJ/m3"}, {"m", -0.69, "1"}},
     .nconstants = 2,
     .eval = eval},
    {0}};
