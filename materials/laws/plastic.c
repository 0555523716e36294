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
 * Inelasticity (1998), chapter 3, doi 10.1007/b98904.
 * Integration: backward Euler, closed form: dp = f_trial/(3G + H). Temperature may lower the yield
 * stress and so make flow without strain.
 * Failure: BP_CUT for a strain that is not finite. Limits: small strain; the range of a symmetric
 * cycle is right, ratcheting is not modelled; work_inelastic contains what the back stress stores
 * and gives back. */
#include "bilinear.h"
#include "radial_return.h"

enum { P_YIELD = BP_RADIAL_FIRST, P_TANGENT };

static const BpParamInfo params[] = {BP_RADIAL_CONSTANTS, BP_BILINEAR_CONSTANTS};

static const BpStateInfo states[] = {
    {BP_STATE_INELASTIC, "1", "inelastic strain, deviatoric; also the back strain", 6, 0.0},
    {BP_STATE_ACCUMULATED, "1", "accumulated equivalent inelastic strain", 1, 0.0},
};

static BpStatus check(const double *p, char *message, size_t size) {
  return bp_bilinear_check(p[BP_RADIAL_YOUNG], p[P_TANGENT], message, size);
}

static double modulus(const double *p) {
  return bp_bilinear_modulus(p[BP_RADIAL_YOUNG], p[P_TANGENT]);
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double *p = in->param;
  const double hardening = modulus(p);
  double back[6];
  for (int i = 0; i < 6; i++)
    back[i] = 2.0 / 3.0 * hardening * in->state0[BP_RADIAL_STRAIN + i];
  BpRadial r;
  bp_radial_trial(in, p[BP_RADIAL_YOUNG], p[BP_RADIAL_POISSON], back, &r);
  bp_law_begin(out);
  if (!(r.q > p[P_YIELD]))
    return bp_radial_finish(&r, 0.0, 0.0, in, out);
  const double slope = 1.0 / (3.0 * r.shear + hardening);
  return bp_radial_finish(&r, (r.q - p[P_YIELD]) * slope, slope, in, out);
}

static double dissipation(const BpLawIn *in, const BpLawOut *out) {
  return bp_bilinear_dissipation(modulus(in->param), out->stress1, in->state0 + BP_RADIAL_STRAIN,
                                 out->state1 + BP_RADIAL_STRAIN);
}

const BpLaw bp_law_plastic = {
    .name = "plastic",
    .title = "Mises plasticity, bilinear, linear kinematic hardening",
    .source = "Prager, Proc. Inst. Mech. Eng. 169 (1955) 41",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .symmetric = 1,
    .check = check,
    .update = update,
    .dissipation = dissipation,
};
