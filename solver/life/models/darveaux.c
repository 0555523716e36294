/* Darveaux: cycles until a crack starts, and its growth per cycle, from the work of a cycle.
 *
 *   N0 = K1 w^K2    da/dN = K3 w^K4    N = N0 + a / (da/dN)
 *
 * w is the inelastic work density per cycle, averaged over an interface layer, a the crack length
 * at failure, the projected diameter of the pad. Constants hold for their own layer, law and last
 * cycle: K1 and K3 depend on how the average was taken. Stated accuracy: a factor of two for lives,
 * 25 % for ratios (R. Darveaux, J. Electronic Packaging 124 (2002) 147; the 25 % unverified). */
#include "life.h"

enum { K1, K2, K3, K4 };

static const double psi = 6894.757293168361; /* Pa: 0.45359237 kg x 9.80665 m/s2 / (25.4 mm)^2 */
static const double inch = 0.0254;           /* m */

static BpStatus total(const BpLifeModel *m, const double *metric, double unit_w, double unit_a,
                      BpLifeResult *r) {
  const BpLifeConstant *k = m->constant;
  const double w = metric[BP_METRIC_WORK] / unit_w;
  const double initiation = k[K1].value * pow(w, k[K2].value),
               growth = unit_a * k[K3].value * pow(w, k[K4].value);
  r->part[r->nparts++] = (BpLifePart){"initiation", "cycles", initiation};
  r->part[r->nparts++] = (BpLifePart){"growth", "m/cycle", growth};
  r->N = initiation + metric[BP_METRIC_CRACK] / growth;
  return BP_OK;
}

static BpStatus eval_psi(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  return total(m, metric, psi, inch, r);
}

static BpStatus eval_mpa(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  return total(m, metric, 1e6, 1.0, r);
}

#define COMMON                                                                                     \
  .unit = "cycles", .region = "layer", .law = "anand",                                             \
  .cycle = "the last one computed, when the work per cycle has become steady",                     \
  .need = {{BP_METRIC_WORK, -1, BP_NO_RANGE}, {BP_METRIC_CRACK, 1, BP_NO_RANGE}}, .nneeds = 2,     \
  .nconstants = 4

#define PSI(k1, k2, k3, k4)                                                                        \
  .constant = {{"K1", (k1), "cycles/psi^K2"},                                                      \
               {"K2", (k2), "1"},                                                                  \
               {"K3", (k3), "in/cycle/psi^K4"},                                                    \
               {"K4", (k4), "1"}},                                                                 \
  .eval = eval_psi

#define ECTC2000 "R. Darveaux, ECTC 2000"
#define SNPB     "62sn36pb2ag_anand_darveaux"

const BpLifeModel bp_life_darveaux[] = {
    {.name = "darveaux_sac305_motalab2013",
     .title = "Darveaux's initiation and growth, SAC305",
     .source = "M. Motalab, dissertation, Auburn University (2013); read in a public repository",
     .note = "fitted on a 19 mm PBGA of 288 balls, -40/125 degC, crack length 0.46 mm",
     .trust = 'S',
     .statistic = "N63.2",
     .layer = NAN,
     .card = "sac305_anand_motalab2012",
     .constant = {{"K1", 37.97, "cycles/MPa^K2"},
                  {"K2", -2.8, "1"},
                  {"K3", 3.99e-6, "m/cycle/MPa^K4"},
                  {"K4", 2.05, "1"}},
     .eval = eval_mpa,
     COMMON},
    {.name = "darveaux_snpb_12um7_darveaux2000",
     .title = "Darveaux's initiation and growth, SnPb, layer of 0.5 mil",
     .source = ECTC2000,
     .note = "N is the one at 63.2 % or at 50 % of failures, depending on the author",
     .trust = 'M',
     .statistic = "",
     .layer = 12.7e-6,
     .card = SNPB,
     PSI(71000.0, -1.62, 2.76e-7, 1.05),
     COMMON},
    {.name = "darveaux_snpb_25um4_darveaux2000",
     .title = "Darveaux's initiation and growth, SnPb, layer of 1 mil",
     .source = ECTC2000,
     .note = "N is the one at 63.2 % or at 50 % of failures, depending on the author",
     .trust = 'M',
     .statistic = "",
     .layer = 25.4e-6,
     .card = SNPB,
     PSI(56300.0, -1.62, 3.34e-7, 1.04),
     COMMON},
    {.name = "darveaux_snpb_38um1_darveaux2000",
     .title = "Darveaux's initiation and growth, SnPb, layer of 1.5 mil",
     .source = ECTC2000,
     .note = "N is the one at 63.2 % or at 50 % of failures, depending on the author",
     .trust = 'M',
     .statistic = "",
     .layer = 38.1e-6,
     .card = SNPB,
     PSI(48300.0, -1.64, 3.80e-7, 1.04),
     COMMON},
    {.name = "darveaux_snpb_older_darveaux",
     .title = "Darveaux's initiation and growth, SnPb, the widely used older set",
     .source = "R. Darveaux; read in a public repository, which has 0.99 for K4",
     .note = "the layer is not stated",
     .trust = 'S',
     .statistic = "",
     .layer = NAN,
     .card = SNPB,
     PSI(22400.0, -1.52, 5.86e-7, 0.98),
     COMMON},
    {.name = "darveaux_snpb_comsol",
     .title = "Darveaux's initiation and growth, SnPb, as in a model of COMSOL's",
     .source = "COMSOL model 'viscoplastic solder joints, fatigue', as exported",
     .note = "the exported model has a crack length of 2.6457e-4 in; the layer is not stated",
     .trust = 'S',
     .statistic = "",
     .layer = NAN,
     .card = "60sn40pb_anand_wang2001",
     PSI(13173.0, -1.45, 3.92e-7, 1.12),
     COMMON},
    {0}};
