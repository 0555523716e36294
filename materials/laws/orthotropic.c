/* Orthotropic linear elasticity along the material's own axes 1 2 3.
 *
 *   strain = S stress,   S_ii = 1/E_i,   S_ij = -nu_ij/E_i = -nu_ji/E_j   (i, j = 1 2 3)
 *   and on the shear components of the Mandel vector 1/(2 G_ij)
 *
 * E1 E2 E3, G12 G13 G23 Pa; nu12 nu13 nu23, with nu_ij = -strain_j/strain_i under stress along i.
 * (The other convention swaps the indices: nu_ji = nu_ij E_j/E_i.) The stiffness is the inverse of
 * S at the temperature of the step's end.
 *
 * A cubic crystal such as silicon is E1 = E2 = E3, nu12 = nu13 = nu23, G12 = G13 = G23 along
 * <100>:
 *   E = C11 - 2 C12^2/(C11 + C12),   nu = C12/(C11 + C12),   G = C44
 *
 * Source: Lekhnitskii, Theory of Elasticity of an Anisotropic Body (1963), orthotropic compliance.
 * Integration: none; no state. Failure: check() refuses constants whose S is not positive definite,
 * which nu_ij < 0.5 alone does not exclude; BP_CUT for a strain that is not finite. Limits: small
 * strain; whoever calls turns strain and stress into the material's axes. */
#include "law.h"

#include <stdio.h>

enum { P_E1, P_E2, P_E3, P_NU12, P_NU13, P_NU23, P_G12, P_G13, P_G23, NPARAM };

static const BpParamInfo params[NPARAM] = {
    [P_E1] = {"E1", "Pa", "Young's modulus along axis 1", 1e3, 2e12, BP_REQUIRED},
    [P_E2] = {"E2", "Pa", "Young's modulus along axis 2", 1e3, 2e12, BP_REQUIRED},
    [P_E3] = {"E3", "Pa", "Young's modulus along axis 3", 1e3, 2e12, BP_REQUIRED},
    [P_NU12] = {"nu12", "1", "-strain2/strain1 under stress along 1", -2.0, 2.0, BP_REQUIRED},
    [P_NU13] = {"nu13", "1", "-strain3/strain1 under stress along 1", -2.0, 2.0, BP_REQUIRED},
    [P_NU23] = {"nu23", "1", "-strain3/strain2 under stress along 2", -2.0, 2.0, BP_REQUIRED},
    [P_G12] = {"G12", "Pa", "shear modulus in plane 1-2", 1e3, 1e12, BP_REQUIRED},
    [P_G13] = {"G13", "Pa", "shear modulus in plane 1-3", 1e3, 1e12, BP_REQUIRED},
    [P_G23] = {"G23", "Pa", "shear modulus in plane 2-3", 1e3, 1e12, BP_REQUIRED},
};

/* Upper triangle of the normal part of S: 11 22 33 23 13 12. */
static void compliance(const double *p, double s[6]) {
  s[0] = 1.0 / p[P_E1];
  s[1] = 1.0 / p[P_E2];
  s[2] = 1.0 / p[P_E3];
  s[3] = -p[P_NU23] / p[P_E2];
  s[4] = -p[P_NU13] / p[P_E1];
  s[5] = -p[P_NU12] / p[P_E1];
}

static double determinant(const double s[6]) {
  return s[0] * (s[1] * s[2] - s[3] * s[3]) - s[5] * (s[5] * s[2] - s[3] * s[4]) +
         s[4] * (s[5] * s[3] - s[1] * s[4]);
}

static BpStatus check(const double *p, char *message, size_t size) {
  double s[6];
  compliance(p, s);
  const double minor12 = 1.0 - s[5] * s[5] / (s[0] * s[1]);
  const double minor13 = 1.0 - s[4] * s[4] / (s[0] * s[2]);
  const double minor23 = 1.0 - s[3] * s[3] / (s[1] * s[2]);
  const double whole = determinant(s) / (s[0] * s[1] * s[2]);
  if (minor12 > 0.0 && minor13 > 0.0 && minor23 > 0.0 && whole > 1e-6)
    return BP_OK;
  snprintf(
      message, size,
      "the stiffness is not positive definite: 1 - nu_ij nu_ji is %.3g (12), %.3g (13), %.3g "
      "(23) and the determinant %.3g, all must be positive; is nu_ij given for stress along j?",
      minor12, minor13, minor23, whole);
  return BP_BAD;
}

static void stiffness(const double *p, double C[36]) {
  double s[6];
  compliance(p, s);
  const double over = 1.0 / determinant(s);
  memset(C, 0, 36 * sizeof C[0]);
  C[0] = (s[1] * s[2] - s[3] * s[3]) * over;
  C[7] = (s[0] * s[2] - s[4] * s[4]) * over;
  C[14] = (s[0] * s[1] - s[5] * s[5]) * over;
  C[8] = C[13] = (s[4] * s[5] - s[0] * s[3]) * over;
  C[2] = C[12] = (s[5] * s[3] - s[1] * s[4]) * over;
  C[1] = C[6] = (s[4] * s[3] - s[2] * s[5]) * over;
  C[21] = 2.0 * p[P_G23];
  C[28] = 2.0 * p[P_G13];
  C[35] = 2.0 * p[P_G12];
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  double C[36];
  stiffness(in->param, C);
  bp_apply6(C, in->strain1, out->stress1);
  out->work_inelastic = 0.0;
  out->dt_hint = 0.0;
  if (!isfinite(bp_norm6(out->stress1)))
    return BP_CUT;
  if (out->tangent)
    memcpy(out->tangent, C, sizeof C);
  return BP_OK;
}

const BpLaw bp_law_orthotropic = {
    .name = "orthotropic",
    .title = "orthotropic linear elasticity",
    .source = "Lekhnitskii, Theory of Elasticity of an Anisotropic Body (1963)",
    .param = params,
    .nparam = NPARAM,
    .linear = 1,
    .check = check,
    .update = update,
};
