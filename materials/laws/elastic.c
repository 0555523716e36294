/* Isotropic linear elasticity.
 *
 *   stress = K tr(strain) 1 + 2G dev(strain),   K = E/(3(1-2nu)),  G = E/(2(1+nu))
 *
 * E Pa, nu 1, both at the temperature of the step's end: total form, so that a modulus that changes
 * with temperature changes the stress of a strain that stays.
 *
 * Source: Hooke's law. Integration: none; no state. Failure: BP_CUT for a strain that is not
 * finite. Limits: small strain. */
#include "orthotropic.h"

enum { P_YOUNG, P_POISSON, NPARAM };

static const BpParamInfo params[NPARAM] = {
    [P_YOUNG] = {"E", "Pa", "Young's modulus", 1e3, 2e12, BP_REQUIRED},
    [P_POISSON] = {"nu", "1", "Poisson's ratio", -0.9, 0.4999, BP_REQUIRED},
};

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double young = in->param[P_YOUNG], poisson = in->param[P_POISSON];
  double stiffness[36];
  bp_isotropic_stiffness(young / (3.0 - 6.0 * poisson), young / (2.0 + 2.0 * poisson), stiffness);
  return bp_linear_update(stiffness, in, out);
}

const BpLaw bp_law_elastic = {
    .name = "elastic",
    .title = "isotropic linear elasticity",
    .source = "Hooke's law",
    .param = params,
    .nparam = NPARAM,
    .linear = 1,
    .symmetric = 1,
    .update = update,
};
