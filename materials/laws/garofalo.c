/* Garofalo's hyperbolic-sine law of secondary creep.
 *
 *   edot = A [sinh(alpha q)]^n exp(-Q/RT)
 *
 * q Mises stress Pa, edot 1/s equivalent rate of the creep strain, whose direction is that of the
 * stress deviator. E Pa, nu 1; A 1/s; alpha 1/Pa; n 1; Q_over_R K. T in kelvin. A power law of
 * exponent n where alpha q is small, an exponential where it is large. The steady stress is q =
 * asinh(z^(1/n))/alpha with z = (edot/A) exp(Q/RT).
 *
 * Source: Garofalo, Trans. Metall. Soc. AIME 227 (1963) 351; for solder Schubert, Dudek & Walter,
 * Proc. 53rd ECTC (2003).
 *
 * Integration: backward Euler, all constants at the end temperature, on logarithms (creep.h).
 * Failure: BP_CUT with a hint for an increment above 50 % strain; BP_BAD for a negative step, T <=
 * 0.
 * Limits: small strain; isotropic; secondary creep only. The inelastic strain is the creep strain.
 */
#include "creep.h"

static const BpParamInfo params[] = {BP_RADIAL_CONSTANTS, BP_GAROFALO_CONSTANTS};
static const BpStateInfo states[] = {BP_RADIAL_STATES};

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  if (!bp_creep_makes_sense(in))
    return bp_law_bad(out, BP_REASON_TIME);
  const BpCreep creep = bp_garofalo(in->param + BP_RADIAL_FIRST, in->T1, log(in->dt));
  return bp_creep_update(in->dt > 0.0 ? &creep : NULL, in, out);
}

const BpLaw bp_law_garofalo = {
    .name = "garofalo",
    .title = "Garofalo hyperbolic-sine creep",
    .source = "Garofalo, Trans. Metall. Soc. AIME 227 (1963) 351",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .rate = 1,
    .symmetric = 1,
    .update = update,
};
