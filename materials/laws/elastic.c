/* Isotropic linear elasticity.
 *
 *   stress = K tr(strain) 1 + 2G dev(strain),   K = E/(3(1-2nu)),  G = E/(2(1+nu))
 *
 * E Pa, nu 1, both at the temperature of the step's end: total form, so that a modulus that changes
 * with temperature changes the stress of a strain that stays.
 *
 * Source: Hooke's law. Integration: none; no state. Failure: BP_CUT for a strain that is not
 * finite. Limits: small strain. */
#include "law.h"

enum { P_YOUNG, P_POISSON, NPARAM };

static const BpParamInfo params[NPARAM] = {
    [P_YOUNG] = {"E", "Pa", "Young's modulus", 1e3, 2e12, BP_REQUIRED},
    [P_POISSON] = {"nu", "1", "Poisson's ratio", -0.9, 0.4999, BP_REQUIRED},
};

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double young = in->param[P_YOUNG], poisson = in->param[P_POISSON];
  double stiffness[36];
  bp_isotropic_stiffness(young / (3.0 - 6.0 * poisson), young / (2.0 + 2.0 * poisson), stiffness);
  bp_apply6(stiffness, in->strain1, out->stress1);
  out->work_inelastic = 0.0;
  out->dt_hint = 0.0;
  if (!isfinite(bp_norm6(out->stress1)))
    return BP_CUT;
  if (out->tangent)
    memcpy(out->tangent, stiffness, sizeof stiffness);
  return BP_OK;
}

const BpLaw bp_law_elastic = {
    .name = "elastic",
    .title = "isotropic linear elasticity",
    .source = "Hooke's law",
    .param = params,
    .nparam = NPARAM,
    .linear = 1,
    .update = update,
};
