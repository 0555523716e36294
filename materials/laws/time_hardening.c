/* Primary creep, time hardening: Norton's power law with a rate that fades with the clock.
 *
 *   edot = A (q/sigma0)^n (t/time0)^m exp(-Q/RT)
 *
 * q Mises stress Pa, edot 1/s equivalent rate of the creep strain, whose direction is that of the
 * stress deviator, t s the time since the start of the run. E Pa, nu 1; A 1/s; n 1; Q_over_R K;
 * sigma0 Pa, 1 MPa unless given; m 1, negative for primary creep; time0 s, 1 s unless given: for a
 * paper that writes edot = A q^n t^m with q in MPa and t in hours, A is in 1/h and time0 is 1 h. At
 * constant stress the strain is A (q/sigma0)^n time0 (t/time0)^(m+1)/(m+1). T in kelvin.
 *
 * Source: Boyle & Spence, Stress Analysis for Creep (1983), chapter 2.
 *
 * Integration: the power of time exactly, from the step's beginning to its end, the stress by
 * backward Euler, all constants at the end temperature, on logarithms (creep.h). A constant stress
 * is met exactly by any steps, although the rate is infinite at t = 0.
 * Failure: BP_CUT with a hint for an increment above 50 % strain; BP_BAD for a negative step or
 * time, T <= 0.
 * Limits: small strain; isotropic. A stress that changes or comes late meets a rate that the clock
 * has made small; strain_hardening is right more often. No reversal rule. The inelastic strain is
 * the creep strain. */
#include "creep.h"

enum { P_EXPONENT = BP_RADIAL_FIRST + BP_NORTON_SIZE, P_TIME0 };

static const BpParamInfo params[] = {
    BP_RADIAL_CONSTANTS,
    BP_NORTON_CONSTANTS,
    {"m", "1", "time exponent of the rate", -0.95, 1.0, BP_REQUIRED},
    {"time0", "s", "time unit of A: the time is divided by it", 1e-6, 1e9, 1.0},
};
static const BpStateInfo states[] = {BP_RADIAL_STATES};

/* ln of the integral of (t/time0)^m over the step */
static double log_time(const BpLawIn *in) {
  const double power = in->param[P_EXPONENT] + 1.0, time0 = in->param[P_TIME0];
  const double end = in->t0 + in->dt;
  const double faded = in->t0 > 0.0 ? -expm1(power * log1p(-in->dt / end)) : 1.0;
  return power * log(end / time0) + log(faded * time0 / power);
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  if (!bp_creep_makes_sense(in))
    return bp_law_bad(out, BP_REASON_TIME);
  if (!(in->dt > 0.0))
    return bp_creep_update(NULL, in, out);
  const BpCreep creep = bp_norton(in->param + BP_RADIAL_FIRST, in->T1, log_time(in));
  return bp_creep_update(&creep, in, out);
}

const BpLaw bp_law_time_hardening = {
    .name = "time_hardening",
    .title = "primary creep, time hardening",
    .source = "Boyle & Spence, Stress Analysis for Creep (1983), chapter 2",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .symmetric = 1,
    .update = update,
};
