/* Norton's power law of secondary creep.
 *
 *   edot = A (q/sigma0)^n exp(-Q/RT)
 *
 * q Mises stress Pa, edot 1/s equivalent rate of the creep strain, whose direction is that of the
 * stress deviator. E Pa, nu 1; A 1/s; n 1; Q_over_R K; sigma0 Pa, 1 MPa unless given: the A of a
 * paper that writes edot = A q^n with q in MPa and t in s is A here as it stands. T in kelvin.
 *
 * Source: Norton, The Creep of Steel at High Temperatures (1929); with Mises flow Odqvist,
 * Mathematical Theory of Creep and Creep Rupture (1966).
 *
 * Integration: backward Euler, all constants at the end temperature, on logarithms (creep.h).
 * Failure: BP_CUT with a hint for an increment above 50 % strain; BP_BAD for a negative step, T <=
 * 0.
 * Limits: small strain; isotropic; secondary creep only, so the first loading is too stiff. The
 * inelastic strain is the creep strain. */
#include "creep.h"

static const BpParamInfo params[] = {BP_RADIAL_CONSTANTS, BP_NORTON_CONSTANTS};
static const BpStateInfo states[] = {BP_RADIAL_STATES};

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  if (!bp_creep_makes_sense(in))
    return bp_law_bad(out, BP_REASON_TIME);
  const BpCreep creep = bp_norton(in->param + BP_RADIAL_FIRST, in->T1, log(in->dt));
  return bp_creep_update(in->dt > 0.0 ? &creep : NULL, in, out);
}

const BpLaw bp_law_norton = {
    .name = "norton",
    .title = "Norton power-law creep",
    .source = "Norton, The Creep of Steel at High Temperatures (1929)",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .rate = 1,
    .symmetric = 1,
    .update = update,
};
