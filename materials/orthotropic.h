/* Orthotropic elasticity from engineering constants, for the laws that can be written so. */
#ifndef BP_ORTHOTROPIC_H
#define BP_ORTHOTROPIC_H

#include "law.h"

#include <stdio.h>

/* Along the axes 1 2 3: E Pa; nu_ij = -strain_j/strain_i under stress along i; G Pa. */
typedef struct {
  double E1, E2, E3, nu12, nu13, nu23, G12, G13, G23;
} BpOrthotropic;

/* Upper triangle of the normal part of the compliance, 1/Pa: 11 22 33 23 13 12. */
static inline void bp_orthotropic_compliance(const BpOrthotropic *m, double s[6]) {
  s[0] = 1.0 / m->E1;
  s[1] = 1.0 / m->E2;
  s[2] = 1.0 / m->E3;
  s[3] = -m->nu23 / m->E2;
  s[4] = -m->nu13 / m->E1;
  s[5] = -m->nu12 / m->E1;
}

static inline double bp_orthotropic_determinant(const double s[6]) {
  return s[0] * (s[1] * s[2] - s[3] * s[3]) - s[5] * (s[5] * s[2] - s[3] * s[4]) +
         s[4] * (s[5] * s[3] - s[1] * s[4]);
}

/* BP_BAD and a message if the compliance is not positive definite, which nu_ij < 0.5 alone does not
 * exclude. */
static inline BpStatus bp_orthotropic_check(const BpOrthotropic *m, char *message, size_t size) {
  double s[6];
  bp_orthotropic_compliance(m, s);
  const double minor12 = 1.0 - s[5] * s[5] / (s[0] * s[1]);
  const double minor13 = 1.0 - s[4] * s[4] / (s[0] * s[2]);
  const double minor23 = 1.0 - s[3] * s[3] / (s[1] * s[2]);
  const double whole = bp_orthotropic_determinant(s) / (s[0] * s[1] * s[2]);
  if (minor12 > 0.0 && minor13 > 0.0 && minor23 > 0.0 && whole > 1e-6)
    return BP_OK;
  snprintf(
      message, size,
      "the stiffness is not positive definite: 1 - nu_ij nu_ji is %.3g (12), %.3g (13), %.3g "
      "(23) and the determinant %.3g, all must be positive; is nu_ij given for stress along j?",
      minor12, minor13, minor23, whole);
  return BP_BAD;
}

/* Stiffness, Pa, the inverse of the compliance. */
static inline void bp_orthotropic_stiffness(const BpOrthotropic *m, double C[36]) {
  double s[6];
  bp_orthotropic_compliance(m, s);
  const double over = 1.0 / bp_orthotropic_determinant(s);
  memset(C, 0, 36 * sizeof C[0]);
  C[0] = (s[1] * s[2] - s[3] * s[3]) * over;
  C[7] = (s[0] * s[2] - s[4] * s[4]) * over;
  C[14] = (s[0] * s[1] - s[5] * s[5]) * over;
  C[8] = C[13] = (s[4] * s[5] - s[0] * s[3]) * over;
  C[2] = C[12] = (s[5] * s[3] - s[1] * s[4]) * over;
  C[1] = C[6] = (s[4] * s[3] - s[2] * s[5]) * over;
  C[21] = 2.0 * m->G23;
  C[28] = 2.0 * m->G13;
  C[35] = 2.0 * m->G12;
}

/* Ends the update of a linear law with the stiffness C. BP_CUT for a strain that is not finite. */
static inline BpStatus bp_linear_update(const double C[36], const BpLawIn *in, BpLawOut *out) {
  bp_law_begin(out);
  bp_apply6(C, in->strain1, out->stress1);
  if (!isfinite(bp_norm6(out->stress1)))
    return bp_law_cut(out, 0.0, BP_REASON_NOT_FINITE);
  if (out->tangent)
    memcpy(out->tangent, C, 36 * sizeof C[0]);
  return BP_OK;
}

#endif
