/* What the laws with isotropic elasticity and a Mises flow rule share: the trial stress, and the
 * stress, tangent, strain and work once the equivalent inelastic increment is known.
 *
 * Backward Euler makes the flow direction that of the trial deviator, so that a step comes down to
 * one scalar d = sqrt(2/3 de:de), de the inelastic increment (Simo & Hughes, Computational
 * Inelasticity, 1998, section 3.3):
 *
 *   e1 = e0 + sqrt(3/2) d n       n = xi/|xi|, xi trial deviator (less the back stress, if any)
 *   stress1 = C (strain1 - e1)    q = q_trial - (3G + ...) d
 *   d stress1/d strain1 = K 1x1 + 2G (1 - 3G d/q_trial) Idev + 6G^2 (d/q_trial - d') n x n,
 *   d' = d(d)/d(q_trial) at constant everything else.
 *
 * These laws begin their states with inelastic_strain[6] and accumulated_strain. */
#ifndef BP_RADIAL_RETURN_H
#define BP_RADIAL_RETURN_H

#include "law.h"

/* Rows that such a law begins its constants and its states with. */
#define BP_RADIAL_CONSTANTS                                                                        \
  {"E", "Pa", "Young's modulus", 1e3, 2e12, BP_REQUIRED}, {                                        \
    "nu", "1", "Poisson's ratio", -0.9, 0.4999, BP_REQUIRED                                        \
  }
#define BP_RADIAL_STATES                                                                           \
  {BP_STATE_INELASTIC, "1", "inelastic strain, deviatoric", 6, 0.0}, {                             \
    BP_STATE_ACCUMULATED, "1", "accumulated equivalent inelastic strain", 1, 0.0                   \
  }
enum { BP_RADIAL_YOUNG, BP_RADIAL_POISSON, BP_RADIAL_FIRST }; /* first constant of the law's own */

#define BP_RADIAL_STRAIN      0 /* offsets of the states that every such law begins with */
#define BP_RADIAL_ACCUMULATED 6
#define BP_RADIAL_OWN         7 /* first state of the law's own */

typedef struct {
  double bulk, shear;  /* Pa, at T1 */
  double stress[6];    /* Pa, trial */
  double direction[6]; /* n; zero when q is */
  double q;            /* Pa, sqrt(3/2) |xi| */
} BpRadial;

/* Trial stress with E and nu of T1. back [6] is a deviatoric back stress at T1, Pa, or NULL. */
static inline void bp_radial_trial(const BpLawIn *in, double young, double poisson,
                                   const double *back, BpRadial *r) {
  r->bulk = young / (3.0 - 6.0 * poisson);
  r->shear = young / (2.0 + 2.0 * poisson);
  double xi[6];
  const double mean = bp_trace(in->strain1) / 3.0;
  const double pressure = 3.0 * r->bulk * mean;
  const double *inelastic = in->state0 + BP_RADIAL_STRAIN;
  for (int i = 0; i < 6; i++) {
    const double e = in->strain1[i] - (i < 3 ? mean : 0.0) - inelastic[i];
    r->stress[i] = 2.0 * r->shear * e + (i < 3 ? pressure : 0.0);
    xi[i] = 2.0 * r->shear * e - (back ? back[i] : 0.0);
  }
  const double norm = bp_norm6(xi), scale = norm > 0.0 ? 1.0 / norm : 0.0;
  for (int i = 0; i < 6; i++)
    r->direction[i] = xi[i] * scale;
  r->q = sqrt(1.5) * norm;
}

/* d stress1/d strain1; ratio = d/q_trial, slope = d' (1/Pa). */
static inline void bp_radial_tangent(const BpRadial *r, double ratio, double slope,
                                     double tangent[36]) {
  const double soft = 2.0 * r->shear * (1.0 - 3.0 * r->shear * ratio);
  const double along = 6.0 * r->shear * r->shear * (ratio - slope);
  bp_isotropic_stiffness(r->bulk, 0.5 * soft, tangent);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      tangent[6 * i + j] += along * r->direction[i] * r->direction[j];
}

/* Ends the step with increment d and slope d' (1/Pa). BP_CUT if the result is not finite. */
static inline BpStatus bp_radial_finish(const BpRadial *r, double d, double slope,
                                        const BpLawIn *in, BpLawOut *out) {
  const double *from = in->state0 + BP_RADIAL_STRAIN;
  double *to = out->state1 + BP_RADIAL_STRAIN;
  double work = 0.0, sum = 0.0;
  for (int i = 0; i < 6; i++) {
    const double de = sqrt(1.5) * d * r->direction[i];
    const double stress = r->stress[i] - 2.0 * r->shear * de;
    out->stress1[i] = stress;
    to[i] = from[i] + de;
    work += 0.5 * (in->stress0[i] + stress) * de;
    sum += fabs(stress) + fabs(to[i]);
  }
  out->state1[BP_RADIAL_ACCUMULATED] = in->state0[BP_RADIAL_ACCUMULATED] + d;
  out->work_inelastic = work;
  if (!isfinite(sum) || !isfinite(work))
    return bp_law_cut(out, 0.0, BP_REASON_NOT_FINITE);
  if (out->tangent)
    bp_radial_tangent(r, r->q > 0.0 ? d / r->q : 0.0, slope, out->tangent);
  return BP_OK;
}

#endif
