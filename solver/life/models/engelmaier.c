/* Engelmaier, as in IPC-D-279 and IPC-9701: cyclic shear strain of the joint, with an exponent that
 * depends on temperature and dwell.
 *
 *   N50 = 1/2 (d gamma / (2 eps_f))^(1/c)    c = -c0 - c1 T + c2 ln(1 + t0/t)
 *
 * T mean temperature in degC, t dwell of a half cycle in min. d gamma was meant to be the first
 * estimate F d alpha d T L / h of a whole joint, not a result of finite elements. */
#include "life.h"

enum { DUCTILITY, C0, C1, C2, T0 };

static BpStatus eval(const BpLifeModel *m, const double *metric, BpLifeResult *r) {
  const BpLifeConstant *k = m->constant;
  const double celsius = metric[BP_METRIC_TEMP_MEAN] - 273.15,
               minutes = metric[BP_METRIC_DWELL] / 60.0;
  const double c =
      -k[C0].value - k[C1].value * celsius + k[C2].value * log1p(k[T0].value / minutes);
  if (c >= 0.0)
    return BP_BAD;
  r->part[r->nparts++] = (BpLifePart){"exponent", "1", c};
  r->N = 0.5 * pow(0.5 * metric[BP_METRIC_SHEAR] / k[DUCTILITY].value, 1.0 / c);
  return BP_OK;
}

#define SET(eps_f, c0, c1, c2, t0)                                                                 \
  .unit = "cycles", .statistic = "N50", .region = "joint", .layer = NAN, .law = "", .card = "",    \
  .cycle = "a steady one",                                                                         \
  .need = {{BP_METRIC_SHEAR, -1, 0.0, 2 * (eps_f)},                                                \
           {BP_METRIC_TEMP_MEAN, -1, BP_NO_RANGE},                                                 \
           {BP_METRIC_DWELL, -1, BP_NO_RANGE}},                                                    \
  .nneeds = 3, .nconstants = 5, .eval = eval,                                                      \
  .constant = {{"eps_f", (eps_f), "1"},                                                            \
               {"c0", (c0), "1"},                                                                  \
               {"c1", (c1), "1/K"},                                                                \
               {"c2", (c2), "1"},                                                                  \
               {"t0", (t0), "min"}}

#define REVISION "W. Engelmaier, revision of 2009"

const BpLifeModel bp_life_engelmaier[] = {
    {.name = "engelmaier_snpb_engelmaier1983",
     .title = "Engelmaier, cyclic shear strain, SnPb (IPC-D-279, IPC-9701)",
     .source = "W. Engelmaier, IEEE Trans. CHMT-6(3) 1983; read in a public repository",
     .note = "eps_f is 0.325; the 0.65 that is often given is twice that",
     .trust = 'S',
     SET(0.325, 0.442, 6e-4, 1.74e-2, 360.0)},
    {.name = "engelmaier_snpb_engelmaier2009",
     .title = "Engelmaier, cyclic shear strain, SnPb, revised",
     .source = REVISION "; read in a public repository",
     .note = "c2 is revised, the other constants are those of 1983",
     .trust = 'S',
     SET(0.325, 0.442, 6e-4, 1.72e-2, 360.0)},
    {.name = "engelmaier_snag_engelmaier2009",
     .title = "Engelmaier, cyclic shear strain, SnAg",
     .source = REVISION "; read in a public repository",
     .note = "",
     .trust = 'S',
     SET(0.275, 0.430, 6.3e-4, 1.82e-2, 400.0)},
    {.name = "engelmaier_sac_engelmaier2009",
     .title = "Engelmaier, cyclic shear strain, SAC305 and SAC405",
     .source = REVISION,
     .note = "",
     .trust = 'M',
     SET(0.425, 0.480, 9.3e-4, 1.92e-2, 500.0)},
    {0}};
