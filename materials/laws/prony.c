/* Linear viscoelasticity: generalised Maxwell model, given as Prony series of shear and bulk, with
 * a shift of time by temperature.
 *
 *   (1)  G(t) = G0 [1 - sum g_i (1 - exp(-t/tau_i))],   K(t) likewise with K0 and k_i
 *   (2)  time counts as xi, dxi/dt = 1/a_T
 *   (3)  log10 a_T = -C1 (T - Tref)/(C2 + T - Tref)     from Tref on        (WLF)
 *        ln a_T    = Q/R (1/T - 1/Tref)                 below               (Arrhenius)
 *
 * E Pa, nu 1 instantaneous: G0 = E/2(1+nu), K0 = E/3(1-2nu). g_i k_i 1, what shear and bulk lose by
 * term i, 0 unless given; tau_i s at Tref; up to eight terms. A term of shear alone or bulk alone
 * is one with the other 0. Tref a temperature, the glass transition Tg as a rule; C1 1, C2 K,
 * Q_over_R K. The shift is continuous, 1 at Tref. Moduli do not depend on temperature other than by
 * time.
 *
 * Source: Williams, Landel & Ferry, J. Am. Chem. Soc. 77 (1955) 3701, doi 10.1021/ja01619a008;
 * Taylor, Pister & Goudreau, Int. J. Numer. Meth. Eng. 2 (1970) 45.
 *
 * Integration: exact for a strain rate constant in xi over the step: with x = dxi/tau_i the spring
 * of branch i goes from s0 to s1 = s0 exp(-x) + dstrain (1 - exp(-x))/x. dxi is exact where ln a_T
 * is linear in time: dt (1/a1 - 1/a0)/ln(a0/a1). Step sizes do not matter for a ramp or a hold at
 * constant temperature.
 * The state of branch i is the strain of its dashpot, one tensor for shear and bulk. The inelastic
 * strain is sum g_i dev + sum k_i vol of them, so that stress = C (strain - inelastic) with the
 * instantaneous stiffness C; it is not deviatoric where a k_i is not 0.
 * work_inelastic: what the dashpots turn into heat on that path, exact; the springs' energy is
 * stored(). Failure: BP_CUT for a strain that is not finite, BP_BAD for a negative step or T <= 0.
 * Limits: small strain, linear; nothing of ageing or of the pressure's effect on the shift. */
#include "radial_return.h"

#include <stdio.h>

#define TERMS 8

enum { P_TREF = BP_RADIAL_FIRST, P_C1, P_C2, P_Q, P_TERM }; /* then g1 k1 tau1 g2 ... */

#define TERM(i)                                                                                    \
  {"g" #i, "1", "share of shear that term " #i " relaxes", 0.0, 1.0, 0.0},                         \
      {"k" #i, "1", "share of bulk that term " #i " relaxes", 0.0, 1.0, 0.0}, {                    \
    "tau" #i, "s", "relaxation time of term " #i " at Tref", 1e-20, 1e40, 1.0                      \
  }

static const BpParamInfo params[] = {
    BP_RADIAL_CONSTANTS,
    {"Tref", "kelvin", "reference temperature of the shift, as a rule Tg", 50.0, 2000.0,
     BP_REQUIRED},
    {"C1", "1", "WLF constant, of log10", 0.0, 200.0, BP_REQUIRED},
    {"C2", "K", "WLF constant", 1.0, 2000.0, BP_REQUIRED},
    {"Q_over_R", "K", "activation energy of the shift below Tref over gas constant", 0.0, 3e5,
     BP_REQUIRED},
    TERM(1),
    TERM(2),
    TERM(3),
    TERM(4),
    TERM(5),
    TERM(6),
    TERM(7),
    TERM(8),
};

enum { S_BRANCH = BP_RADIAL_OWN };

#define BRANCH(i)                                                                                  \
  { "dashpot_strain" #i, "1", "strain of the dashpot of term " #i, 6, 0.0 }

static const BpStateInfo states[] = {
    {BP_STATE_INELASTIC, "1", "inelastic strain, weighted mean of the dashpots'", 6, 0.0},
    {BP_STATE_ACCUMULATED, "1", "accumulated equivalent inelastic strain", 1, 0.0},
    BRANCH(1),
    BRANCH(2),
    BRANCH(3),
    BRANCH(4),
    BRANCH(5),
    BRANCH(6),
    BRANCH(7),
    BRANCH(8),
};

typedef struct {
  double g, k, tau;
} Term;

static Term term(const double *p, int i) {
  const double *at = p + P_TERM + 3 * i;
  return (Term){at[0], at[1], at[2]};
}

static BpStatus check(const double *p, char *message, size_t size) {
  double g = 0.0, k = 0.0;
  for (int i = 0; i < TERMS; i++) {
    g += term(p, i).g;
    k += term(p, i).k;
  }
  if (g < 1.0 && k < 1.0)
    return BP_OK;
  snprintf(
      message, size,
      "the sum of g_i is %.6g and of k_i %.6g: both must be less than 1, or nothing is left of "
      "the modulus",
      g, k);
  return BP_BAD;
}

/* ln a_T, (3). */
static double log_shift(const double *p, double T) {
  const double above = T - p[P_TREF];
  return above >= 0.0 ? -M_LN10 * p[P_C1] * above / (p[P_C2] + above)
                      : p[P_Q] * (1.0 / T - 1.0 / p[P_TREF]);
}

/* ln dxi of a step of dt > 0. */
static double log_reduced(const BpLawIn *in) {
  const double l0 = -log_shift(in->param, in->T0), l1 = -log_shift(in->param, in->T1);
  const double most = fmax(l0, l1), y = fabs(l1 - l0);
  return log(in->dt) + most + (y > 1e-8 ? log(-expm1(-y) / y) : -0.5 * y);
}

/* x = dxi/tau. The integrals are over u = 0..x, of what the square of a spring s0 exp(-u) + r (1 -
 * exp(-u)) is made of. */
typedef struct {
  double lost, ramp;      /* 1 - exp(-x), and that over x */
  double hold, mix, drag; /* of s0 s0, of 2 s0 r, of r r */
} Decay;

static Decay decay(double x) {
  Decay d;
  d.lost = -expm1(-x);
  d.ramp = x > 0.0 ? d.lost / x : 1.0;
  d.hold = -0.5 * expm1(-2.0 * x);
  d.mix = 0.5 * d.lost * d.lost;
  d.drag = x > 0.005 ? x - 2.0 * d.lost + d.hold /* the series errs by 4e-2 x^4 */
                     : x * x * x * (1.0 / 3.0 - x * (1.0 / 4.0 - x * (7.0 / 60.0 - x / 24.0)));
  return d;
}

/* Heat per unit of twice the stiffness, for one component: spring s0, strain increment de. */
static double heat(const Decay *d, double x, double s0, double de) {
  if (!(x > 0.0))
    return 0.0;
  const double r = de / x; /* the spring that a constant rate ends with */
  return d->hold * s0 * s0 + 2.0 * d->mix * s0 * r + d->drag * r * r;
}

/* Moduli of a branch times a tensor, contracted with another: 2 G g dev + 3 K k vol. */
typedef struct {
  double shear2, bulk3; /* Pa, instantaneous */
} Moduli;

static Moduli moduli(const double *p) {
  return (Moduli){p[BP_RADIAL_YOUNG] / (1.0 + p[BP_RADIAL_POISSON]),
                  p[BP_RADIAL_YOUNG] / (1.0 - 2.0 * p[BP_RADIAL_POISSON])};
}

/* Moves branch i through the step; adds its part of the inelastic strain; returns its heat. */
static double flow(const BpLawIn *in, const Moduli *m, int i, double x, double inelastic[6],
                   double *state1) {
  const Term t = term(in->param, i);
  const Decay d = decay(x);
  const double *from = in->state0 + S_BRANCH + 6 * i;
  double *to = state1 + S_BRANCH + 6 * i, spring[6], de[6], sum = 0.0;
  for (int c = 0; c < 6; c++) {
    spring[c] = in->strain0[c] - from[c];
    de[c] = in->strain1[c] - in->strain0[c];
    to[c] = from[c] + spring[c] * d.lost + de[c] * (1.0 - d.ramp);
  }
  const double volume0 = bp_trace(spring) / 3.0, volume = bp_trace(de) / 3.0;
  const double swelling = bp_trace(to) / 3.0;
  for (int c = 0; c < 6; c++) {
    const double normal = c < 3 ? 1.0 : 0.0;
    inelastic[c] += t.g * (to[c] - normal * swelling) + t.k * normal * swelling;
    sum += m->shear2 * t.g * heat(&d, x, spring[c] - normal * volume0, de[c] - normal * volume);
  }
  return sum + 3.0 * m->bulk3 * t.k * heat(&d, x, volume0, volume);
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double *p = in->param;
  const Moduli m = moduli(p);
  double inelastic[6] = {0}, g = 1.0, k = 1.0, work = 0.0, path = 0.0, sum = 0.0;
  bp_law_begin(out);
  if (!(in->dt >= 0.0 && in->T0 > 0.0 && in->T1 > 0.0))
    return bp_law_bad(out, BP_REASON_TIME);
  const double log_xi = in->dt > 0.0 ? log_reduced(in) : 0.0;
  for (int i = 0; i < TERMS; i++) {
    const Term t = term(p, i);
    const double x = in->dt > 0.0 ? exp(fmin(log_xi - log(t.tau), 600.0)) : 0.0;
    work += flow(in, &m, i, x, inelastic, out->state1);
    const double lost = x > 1e-8 ? 1.0 + expm1(-x) / x : 0.5 * x;
    g -= t.g * lost;
    k -= t.k * lost;
  }
  double elastic[6];
  for (int c = 0; c < 6; c++)
    elastic[c] = in->strain1[c] - inelastic[c];
  const double volume = bp_trace(elastic) / 3.0;
  for (int c = 0; c < 6; c++) {
    const double de = inelastic[c] - in->state0[BP_RADIAL_STRAIN + c];
    out->stress1[c] = m.shear2 * elastic[c] + (c < 3 ? (m.bulk3 - m.shear2) * volume : 0.0);
    out->state1[BP_RADIAL_STRAIN + c] = inelastic[c];
    path += de * de;
    sum += fabs(out->stress1[c]) + path;
  }
  out->state1[BP_RADIAL_ACCUMULATED] = in->state0[BP_RADIAL_ACCUMULATED] + sqrt(2.0 / 3.0 * path);
  out->work_inelastic = work;
  if (!isfinite(sum) || !isfinite(work))
    return bp_law_cut(out, 0.0, BP_REASON_NOT_FINITE);
  if (out->tangent)
    bp_isotropic_stiffness(m.bulk3 * k / 3.0, 0.5 * m.shear2 * g, out->tangent);
  return BP_OK;
}

/* Energy of a spring of shear share g and bulk share k at strain e. */
static double energy(const Moduli *m, double g, double k, const double e[6]) {
  const double volume = bp_trace(e) / 3.0;
  return 0.5 * m->shear2 * g * (bp_dot6(e, e) - 3.0 * volume * volume) +
         1.5 * m->bulk3 * k * volume * volume;
}

static double stored(const double *param, const double *strain, const double *state) {
  const Moduli m = moduli(param);
  double g = 1.0, k = 1.0, sum = 0.0;
  for (int i = 0; i < TERMS; i++) {
    const Term t = term(param, i);
    double spring[6];
    for (int c = 0; c < 6; c++)
      spring[c] = strain[c] - state[S_BRANCH + 6 * i + c];
    sum += energy(&m, t.g, t.k, spring);
    g -= t.g;
    k -= t.k;
  }
  return sum + energy(&m, g, k, strain);
}

static double dissipation(const BpLawIn *in, const BpLawOut *out) {
  (void)in;
  return out->work_inelastic;
}

const BpLaw bp_law_prony = {
    .name = "prony",
    .title = "linear viscoelasticity, generalised Maxwell",
    .source = "Taylor, Pister & Goudreau, Int. J. Numer. Meth. Eng. 2 (1970) 45",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .symmetric = 1,
    .isothermal = 1,
    .check = check,
    .update = update,
    .dissipation = dissipation,
    .stored = stored,
};
