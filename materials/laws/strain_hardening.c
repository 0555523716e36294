/* Primary creep, strain hardening: a power law with a rate that fades as creep strain accumulates.
 *
 *   (1)  edot = K (t/time0)^m    K = A (q/sigma0)^n exp(-Q/RT),   at constant stress, so that
 *   (2)  e^p - e0^p = (K time0/(m+1))^p (t - t0)/time0,           p = 1/(m+1)
 *
 * with the time eliminated: e is the accumulated equivalent creep strain, and what the stress was
 * before counts through e alone. q Mises stress Pa, edot 1/s equivalent rate of the creep strain,
 * whose direction is that of the stress deviator. E Pa, nu 1; A 1/s; n 1; Q_over_R K; sigma0 Pa, 1
 * MPa unless given; m 1, from -1 to 0; time0 s, 1 s unless given (time_hardening says how to take
 * them from a paper). T in kelvin.
 *
 * Source: Boyle & Spence, Stress Analysis for Creep (1983), chapter 2.
 *
 * Integration: (2) with the stress and the temperature of the step's end, on logarithms (creep.h);
 * exact at constant stress by any steps, although the rate is infinite at e = 0.
 * Failure: BP_CUT with a hint for an increment above 50 % strain; BP_BAD for a negative step, T <=
 * 0, a negative accumulated strain.
 * Limits: small strain; isotropic; a reversal of stress goes on hardening. The inelastic strain is
 * the creep strain. */
#include "creep.h"

enum { P_EXPONENT = BP_RADIAL_FIRST + BP_NORTON_SIZE, P_TIME0 };

static const BpParamInfo params[] = {
    BP_RADIAL_CONSTANTS,
    BP_NORTON_CONSTANTS,
    {"m", "1", "time exponent of the rate at constant stress", -0.95, 0.0, BP_REQUIRED},
    {"time0", "s", "time unit of A: the time is divided by it", 1e-6, 1e9, 1.0},
};
static const BpStateInfo states[] = {BP_RADIAL_STATES};

/* ln of d = (e0^p + exp(p y))^(1/p) - e0 and its slope, y = c + n x the logarithm of d for e0 = 0;
 * n[1] is p. */
static double increment(const BpCreep *c, double x, double *slope) {
  const double p = c->n[1], y = c->log_c[0] + c->n[0] * x;
  *slope = c->n[0];
  if (!(c->before > 0.0))
    return y;
  const double log_before = log(c->before), z = p * (y - log_before);
  if (z > 700.0)
    return y;
  const double w = exp(z), v = log1p(w) / p, relative = expm1(v); /* d/e0 */
  if (!(w > 1e-300)) {                                            /* v is w/p there */
    *slope = c->n[0] * p;
    return log_before + z - log(p);
  }
  *slope = c->n[0] * w / (1.0 + w) * (1.0 + relative) / relative;
  return log_before + log(relative);
}

static double inverse(const BpCreep *c, double log_d) {
  const double p = c->n[1];
  double y = log_d;
  if (c->before > 0.0) {
    const double log_before = log(c->before), v = p * log1p(exp(log_d - log_before));
    y = log_before + (v > 37.0 ? v : log(expm1(v))) / p;
  }
  return (y - c->log_c[0]) / c->n[0];
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double *own = in->param + BP_RADIAL_FIRST, before = in->state0[BP_RADIAL_ACCUMULATED];
  if (!bp_creep_makes_sense(in))
    return bp_law_bad(out, BP_REASON_TIME);
  if (!(before >= 0.0))
    return bp_law_bad(out, "a negative accumulated strain");
  if (!(in->dt > 0.0))
    return bp_creep_update(NULL, in, out);
  const double p = 1.0 / (in->param[P_EXPONENT] + 1.0), time0 = in->param[P_TIME0];
  BpCreep creep = bp_norton(own, in->T1, log(p * time0) + log(in->dt / time0) / p);
  creep.increment = increment;
  creep.inverse = inverse;
  creep.n[1] = p;
  creep.before = before;
  return bp_creep_update(&creep, in, out);
}

const BpLaw bp_law_strain_hardening = {
    .name = "strain_hardening",
    .title = "primary creep, strain hardening",
    .source = "Boyle & Spence, Stress Analysis for Creep (1983), chapter 2",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .symmetric = 1,
    .update = update,
};
