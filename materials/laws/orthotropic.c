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
 * <100>, E = C11 - 2 C12^2/(C11 + C12), nu = C12/(C11 + C12), G = C44; the law `cubic` takes the
 * stiffness constants themselves, `transverse` the constants of a layered material.
 *
 * Source: Lekhnitskii, Theory of Elasticity of an Anisotropic Body (1963), orthotropic compliance.
 * Integration: none; no state. Failure: check() refuses constants whose S is not positive definite,
 * which nu_ij < 0.5 alone does not exclude; BP_CUT for a strain that is not finite. Limits: small
 * strain; whoever calls turns strain and stress into the material's axes. */
#include "orthotropic.h"

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

static BpOrthotropic read(const double *p) {
  return (BpOrthotropic){.E1 = p[P_E1],
                         .E2 = p[P_E2],
                         .E3 = p[P_E3],
                         .nu12 = p[P_NU12],
                         .nu13 = p[P_NU13],
                         .nu23 = p[P_NU23],
                         .G12 = p[P_G12],
                         .G13 = p[P_G13],
                         .G23 = p[P_G23]};
}

static BpStatus check(const double *p, char *message, size_t size) {
  const BpOrthotropic m = read(p);
  return bp_orthotropic_check(&m, message, size);
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const BpOrthotropic m = read(in->param);
  double C[36];
  bp_orthotropic_stiffness(&m, C);
  return bp_linear_update(C, in, out);
}

const BpLaw bp_law_orthotropic = {
    .name = "orthotropic",
    .title = "orthotropic linear elasticity",
    .source = "Lekhnitskii, Theory of Elasticity of an Anisotropic Body (1963)",
    .param = params,
    .nparam = NPARAM,
    .linear = 1,
    .symmetric = 1,
    .check = check,
    .update = update,
};
