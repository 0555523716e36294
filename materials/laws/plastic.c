/* Rate-independent Mises plasticity, bilinear, with linear kinematic hardening (Prager).
 *
 *   strain = strain_e + e                     e inelastic strain, deviatoric
 *   f = sqrt(3/2) |dev(stress) - back| - yield <= 0
 *   de = sqrt(3/2) n dp,  n = (dev(stress) - back)/|...|,  dp >= 0, f dp = 0
 *   back = 2/3 H e,       H = E Et/(E - Et)
 *
 * E Pa, nu 1, yield Pa, Et Pa (slope of the uniaxial curve beyond yield), all at the temperature of
 * the step's end. The back stress is kept as a strain and multiplied by H of the current
 * temperature; with linear hardening this back strain is the inelastic strain itself, so there is
 * no further state.
 *
 * Source: Prager, Proc. Inst. Mech. Eng. 169 (1955) 41; return map Simo & Hughes, Computational
 * Inelasticity (1998), chapter 3.
 * Integration: backward Euler, closed form: dp = f_trial/(3G + H). Temperature may lower the yield
 * stress and so make flow without strain.
 * Failure: BP_CUT for a strain that is not finite. Limits: small strain; the range of a symmetric
 * cycle is right, ratcheting is not modelled; work_inelastic contains what the back stress stores
 * and gives back. */
#include "radial_return.h"

#include <stdio.h>

enum { P_YOUNG, P_POISSON, P_YIELD, P_TANGENT, NPARAM };

static const BpParamInfo params[NPARAM] = {
    [P_YOUNG] = {"E", "Pa", "Young's modulus", 1e3, 2e12, BP_REQUIRED},
    [P_POISSON] = {"nu", "1", "Poisson's ratio", -0.9, 0.4999, BP_REQUIRED},
    [P_YIELD] = {"yield", "Pa", "initial yield stress", 1.0, 1e11, BP_REQUIRED},
    [P_TANGENT] = {"Et", "Pa", "tangent modulus beyond yield, less than E", 0.0, 1e12, BP_REQUIRED},
};

static const BpStateInfo states[] = {
    {BP_STATE_INELASTIC, "1", "inelastic strain, deviatoric; also the back strain", 6, 0.0},
    {BP_STATE_ACCUMULATED, "1", "accumulated equivalent inelastic strain", 1, 0.0},
};

static BpStatus check(const double *p, char *message, size_t size) {
  if (p[P_TANGENT] < 0.99 * p[P_YOUNG])
    return BP_OK;
  snprintf(message, size, "tangent modulus Et (%.4g Pa) must be less than 0.99 E (E is %.4g Pa)",
           p[P_TANGENT], p[P_YOUNG]);
  return BP_BAD;
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double *p = in->param;
  const double hardening = p[P_YOUNG] * p[P_TANGENT] / (p[P_YOUNG] - p[P_TANGENT]);
  double back[6];
  for (int i = 0; i < 6; i++)
    back[i] = 2.0 / 3.0 * hardening * in->state0[BP_RADIAL_STRAIN + i];
  BpRadial r;
  bp_radial_trial(in, p[P_YOUNG], p[P_POISSON], back, &r);
  out->dt_hint = 0.0;
  if (!(r.q > p[P_YIELD]))
    return bp_radial_finish(&r, 0.0, 0.0, in, out);
  const double slope = 1.0 / (3.0 * r.shear + hardening);
  return bp_radial_finish(&r, (r.q - p[P_YIELD]) * slope, slope, in, out);
}

const BpLaw bp_law_plastic = {
    .name = "plastic",
    .title = "Mises plasticity, bilinear, linear kinematic hardening",
    .source = "Prager, Proc. Inst. Mech. Eng. 169 (1955) 41",
    .param = params,
    .nparam = NPARAM,
    .state = states,
    .nstate = BP_COUNT(states),
    .check = check,
    .update = update,
};
