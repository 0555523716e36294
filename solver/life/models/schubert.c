/* Schubert et al.: power laws of the creep strain or creep work of a cycle.
 *
 *   N = A x^-B    x in 1 or MPa */
#include "life.h"

enum { A, B };

static BpStatus eval_strain(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  r->N = m->constant[A].value * pow(metric[BP_METRIC_STRAIN], -m->constant[B].value);
  return BP_OK;
}

static BpStatus eval_work(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  r->N = m->constant[A].value * pow(1e-6 * metric[BP_METRIC_WORK], -m->constant[B].value);
  return BP_OK;
}

#define COMMON                                                                                     \
  .source = "A. Schubert et al., ECTC 2003", .trust = 'M', .unit = "cycles", .statistic = "",      \
  .region = "layer", .layer = NAN, .nneeds = 1, .nconstants = 2, .cycle = "a steady one",          \
  .law = "garofalo"

const BpLifeModel bp_life_schubert[] = {
    {.name = "schubert_strain_sac_schubert2003",
     .title = "Schubert, accumulated creep strain, SAC",
     .note = "",
     .card = "sac387_garofalo_schubert2003",
     .need = {{BP_METRIC_STRAIN, -1, BP_NO_RANGE}},
     .constant = {{"A", 4.5, "cycles"}, {"B", 1.295, "1"}},
     .eval = eval_strain,
     COMMON},
    {.name = "schubert_work_sac_schubert2003",
     .title = "Schubert, creep work, SAC",
     .note = "",
     .card = "sac387_garofalo_schubert2003",
     .need = {{BP_METRIC_WORK, -1, BP_NO_RANGE}},
     .constant = {{"A", 345.0, "cycles MPa^B"}, {"B", 1.02, "1"}},
     .eval = eval_work,
     COMMON},
    {.name = "schubert_work_snpb_schubert2003",
     .title = "Schubert, creep work, SnPb",
     .note = "the library has no card of the creep constants that it was fitted with",
     .card = "",
     .need = {{BP_METRIC_WORK, -1, BP_NO_RANGE}},
     .constant = {{"A", 210.0, "cycles MPa^B"}, {"B", 1.2, "1"}},
     .eval = eval_work,
     COMMON},
    {0}};
