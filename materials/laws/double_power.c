/* Double power law of secondary creep: climb at low stress, combined glide and climb at high.
 *
 *   edot = A1 (q/sigma0)^n1 exp(-Q1/RT) + A2 (q/sigma0)^n2 exp(-Q2/RT)
 *
 * q Mises stress Pa, edot 1/s equivalent rate of the creep strain, whose direction is that of the
 * stress deviator. E Pa, nu 1; A1 A2 1/s; n1 n2 1; Q1_over_R Q2_over_R K; sigma0 Pa, 1 MPa unless
 * given: constants of a paper that writes edot = A1 q^n1 with q in MPa and t in s stand as they
 * are. T in kelvin.
 *
 * Source: Wiese, Schubert, Walter, Dudek, Feustel, Meusel & Michel, Proc. 51st ECTC (2001).
 *
 * Integration: backward Euler, all constants at the end temperature, on logarithms (creep.h).
 * Failure: BP_CUT with a hint for an increment above 50 % strain; BP_BAD for a negative step, T <=
 * 0.
 * Limits: small strain; isotropic; secondary creep only. The inelastic strain is the creep strain.
 */
#include "creep.h"

static const BpParamInfo params[] = {BP_RADIAL_CONSTANTS, BP_DOUBLE_POWER_CONSTANTS};
static const BpStateInfo states[] = {BP_RADIAL_STATES};

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  if (!bp_creep_makes_sense(in))
    return bp_law_bad(out, BP_REASON_TIME);
  const BpCreep creep = bp_double_power(in->param + BP_RADIAL_FIRST, in->T1, log(in->dt));
  return bp_creep_update(in->dt > 0.0 ? &creep : NULL, in, out);
}

const BpLaw bp_law_double_power = {
    .name = "double_power",
    .title = "double power-law creep",
    .source = "Wiese et al., Proc. 51st ECTC (2001)",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .rate = 1,
    .symmetric = 1,
    .update = update,
};
