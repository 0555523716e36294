/* Transversely isotropic linear elasticity: alike in all directions of the plane 1-2, different
 * along axis 3, as laminates and woven boards are on the whole.
 *
 *   E1 = E2, G12 = E1/(2 (1 + nu12)), nu13 = nu23, G13 = G23; otherwise as `orthotropic`
 *
 * E1 Pa, nu12 1 in the plane; E3 Pa along the axis; nu13 1, -strain3/strain1 under stress along 1
 * (the other convention has nu31 = nu13 E3/E1); G13 Pa. Turning the axes about axis 3 changes
 * nothing.
 *
 * Source: Lekhnitskii, Theory of Elasticity of an Anisotropic Body (1963).
 * Integration: none; no state. Failure: check() refuses constants whose compliance is not positive
 * definite; BP_CUT for a strain that is not finite. Limits: small strain; axis 3 is the normal of
 * the layers, z of the model. */
#include "orthotropic.h"

enum { P_E1, P_E3, P_NU12, P_NU13, P_G13, NPARAM };

static const BpParamInfo params[NPARAM] = {
    [P_E1] = {"E1", "Pa", "Young's modulus in the plane", 1e3, 2e12, BP_REQUIRED},
    [P_E3] = {"E3", "Pa", "Young's modulus along axis 3", 1e3, 2e12, BP_REQUIRED},
    [P_NU12] = {"nu12", "1", "Poisson's ratio in the plane", -0.99, 0.99, BP_REQUIRED},
    [P_NU13] = {"nu13", "1", "-strain3/strain1 under stress along 1", -2.0, 2.0, BP_REQUIRED},
    [P_G13] = {"G13", "Pa", "shear modulus between the plane and axis 3", 1e3, 1e12, BP_REQUIRED},
};

static BpOrthotropic read(const double *p) {
  return (BpOrthotropic){.E1 = p[P_E1],
                         .E2 = p[P_E1],
                         .E3 = p[P_E3],
                         .nu12 = p[P_NU12],
                         .nu13 = p[P_NU13],
                         .nu23 = p[P_NU13],
                         .G12 = 0.5 * p[P_E1] / (1.0 + p[P_NU12]),
                         .G13 = p[P_G13],
                         .G23 = p[P_G13]};
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

const BpLaw bp_law_transverse = {
    .name = "transverse",
    .title = "transversely isotropic linear elasticity",
    .source = "Lekhnitskii, Theory of Elasticity of an Anisotropic Body (1963)",
    .param = params,
    .nparam = NPARAM,
    .linear = 1,
    .symmetric = 1,
    .check = check,
    .update = update,
};
