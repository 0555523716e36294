/* Linear elasticity of a cubic crystal along its axes <100>.
 *
 *   stress_ii = C11 strain_ii + C12 (strain_jj + strain_kk),   stress_ij = 2 C44 strain_ij
 *
 * C11 C12 C44 Pa. Along <100> Young's modulus is C11 - 2 C12^2/(C11 + C12) and Poisson's ratio
 * C12/(C11 + C12); the anisotropy is 2 C44/(C11 - C12). The card's axes_angle turns the crystal
 * about z: 45 deg for a (100) wafer diced along <110>.
 *
 * Source: Nye, Physical Properties of Crystals (1957), chapter 8.
 * Integration: none; no state. Failure: check() refuses constants that are not positive definite,
 * C11 > |C12| and C11 + 2 C12 > 0 being needed; BP_CUT for a strain that is not finite. Limits:
 * small strain; a rotation other than about z is not for a card to say. */
#include "orthotropic.h"

enum { P_C11, P_C12, P_C44, NPARAM };

static const BpParamInfo params[NPARAM] = {
    [P_C11] = {"C11", "Pa", "stiffness along an axis, no strain across", 1e3, 2e12, BP_REQUIRED},
    [P_C12] = {"C12", "Pa", "stress across over strain along an axis", -1e12, 2e12, BP_REQUIRED},
    [P_C44] = {"C44", "Pa", "shear modulus in the planes of the axes", 1e3, 1e12, BP_REQUIRED},
};

static BpStatus check(const double *p, char *message, size_t size) {
  if (p[P_C11] > fabs(p[P_C12]) && p[P_C11] + 2.0 * p[P_C12] > 0.0)
    return BP_OK;
  snprintf(
      message, size,
      "the stiffness is not positive definite: C11 - |C12| is %.4g Pa and C11 + 2 C12 %.4g Pa, "
      "both must be positive",
      p[P_C11] - fabs(p[P_C12]), p[P_C11] + 2.0 * p[P_C12]);
  return BP_BAD;
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double *p = in->param;
  double C[36] = {0};
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++)
      C[6 * i + j] = i == j ? p[P_C11] : p[P_C12];
    C[7 * i + 21] = 2.0 * p[P_C44];
  }
  return bp_linear_update(C, in, out);
}

const BpLaw bp_law_cubic = {
    .name = "cubic",
    .title = "linear elasticity of a cubic crystal",
    .source = "Nye, Physical Properties of Crystals (1957), chapter 8",
    .param = params,
    .nparam = NPARAM,
    .linear = 1,
    .symmetric = 1,
    .check = check,
    .update = update,
};
