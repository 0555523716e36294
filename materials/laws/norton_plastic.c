/* Norton power-law creep beside bilinear plasticity with linear kinematic hardening, each with a
 * strain of its own.
 *
 *   strain = strain_e + c + e         c creep, e plastic strain, inelastic strain c + e
 *   edot = A (q/sigma0)^n exp(-Q/RT)         along s
 *   f = sqrt(3/2) |s - X| - yield <= 0,  X = 2/3 H e,  H = E Et/(E - Et),  de along s - X
 *
 * s stress deviator, q its Mises stress Pa, edot 1/s equivalent rate of the creep strain. E Pa,
 * nu 1; A 1/s; n 1; Q_over_R K; sigma0 Pa, 1 MPa unless given; yield Pa, Et Pa (slope of the
 * uniaxial curve beyond yield, without creep). T in kelvin. The creep constants are those of the
 * law `norton`; yield is that of a load too fast for creep.
 *
 * Source: Norton, The Creep of Steel at High Temperatures (1929); Prager, Proc. Inst. Mech. Eng.
 * 169 (1955) 41.
 *
 * Integration, tangent: creep_plastic.h, both parts in one local system.
 * Failure: BP_CUT with a hint for an increment above 50 % strain; BP_BAD for a negative step, T
 * <= 0.
 * Limits: small strain; isotropic; secondary creep; the back stress does not act on creep, and
 * creep does not recover it. Constants must come from fits that kept the two apart. */
#include "creep_plastic.h"

static const BpParamInfo params[] = {BP_CREEP_PLASTIC_CONSTANTS, BP_NORTON_CONSTANTS};
static const BpStateInfo states[] = {BP_CREEP_PLASTIC_STATES};

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  if (!bp_creep_makes_sense(in))
    return bp_law_bad(out, BP_REASON_TIME);
  const BpCreep creep = bp_norton(in->param + BP_CP_FIRST, in->T1, log(in->dt));
  return bp_cp_update(in->dt > 0.0 ? &creep : NULL, in, out);
}

const BpLaw bp_law_norton_plastic = {
    .name = "norton_plastic",
    .title = "Norton power-law creep with bilinear plasticity",
    .source = "Norton, The Creep of Steel at High Temperatures (1929); Prager, Proc. Inst. Mech. "
              "Eng. 169 (1955) 41",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .symmetric = 1,
    .check = bp_cp_check,
    .update = update,
    .dissipation = bp_cp_dissipation,
};
