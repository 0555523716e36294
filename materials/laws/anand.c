/* Anand's unified viscoplasticity with one internal variable, the deformation resistance s.
 *
 *   (1)  edot = A exp(-Q/RT) [sinh(xi q/s)]^(1/m)                         flow
 *   (2)  sdot = h0 |1 - s/s_sat|^a sign(1 - s/s_sat) edot                 hardening
 *   (3)  s_sat = shat [(edot/A) exp(Q/RT)]^n                              saturation
 *
 * q Mises stress Pa, edot 1/s equivalent rate of the inelastic strain, whose direction is that of
 * the stress deviator. E Pa, nu 1; s0 Pa initial resistance; Q_over_R K; A 1/s; xi 1; m 1; h0 Pa;
 * shat Pa; n 1; a 1; T in kelvin. No yield surface, no kinematic hardening. The steady stress is
 * q = (s_sat/xi) asinh(z^m) with z = (edot/A) exp(Q/RT).
 *
 * Every constant may depend on temperature. A set with s0(T), such as s0 = a + b T + c T^2, takes
 * the initial resistance at the temperature where the point begins, and what s has become since
 * stands; h0(T) acts at the temperature of each step. A card writes both as tables or polynomials.
 *
 * Source: Anand, Int. J. Plasticity 1 (1985) 213, doi 10.1016/0749-6419(85)90004-X; Brown, Kim &
 * Anand, Int. J. Plasticity 5 (1989) 95, doi 10.1016/0749-6419(89)90025-9.
 *
 * Integration: backward Euler in (1) and (2), all constants at the end temperature. Unknowns are
 * the logarithm l of the equivalent increment d and the gap g = 1 - s/s_sat:
 *
 *   (4)  3G d + (s/xi) asinh(z^m) - q_trial = 0,   d = exp(l),   z = d/c,   c = dt A exp(-Q/RT)
 *   (5)  g + k g |g|^(a-1) = 1 - s0/s_sat,         s_sat = shat z^n,        k = h0 d/s_sat
 *
 * Stress as a function of the rate keeps all in range: z and the sinh of (1) are handled as
 * logarithms, so that neither a stiff step (xi q_trial/s of hundreds) nor a rate of almost nothing
 * (s_sat -> 0) over- or underflows; h0/s_sat of thousands does no harm because s is implicit.
 * Newton in (l, g) from a guess by Wright's omega function takes three to four evaluations. Where
 * it does not converge, (5), which is monotone in g, is solved inside (4), which is bracketed:
 * negative for l -> -inf, positive where d = q_trial/3G. The last Newton step is applied without a
 * further evaluation, so that d and s are right to round-off.
 *
 * Tangent: d' = 1/(3G + dq/dd) from (4) and (5), see radial_return.h. Work: trapezoidal in stress.
 * Failure: BP_CUT with a hint for an increment above 50 % strain; BP_CUT where softening by (2)
 * outruns 3G, so that there is no unique root. BP_BAD for a negative step, T <= 0, s <= 0.
 * Limits: small strain; isotropic; the constants are fits, valid in their range of temperature and
 * rate. */
#include "radial_return.h"
#include "scalar_newton.h"

enum { P_YOUNG, P_POISSON, P_S0, P_Q, P_A, P_XI, P_M, P_H0, P_SHAT, P_N, P_EXPONENT, NPARAM };

static const BpParamInfo params[NPARAM] = {
    [P_YOUNG] = {"E", "Pa", "Young's modulus", 1e3, 2e12, BP_REQUIRED},
    [P_POISSON] = {"nu", "1", "Poisson's ratio", -0.9, 0.4999, BP_REQUIRED},
    [P_S0] = {"s0", "Pa", "initial deformation resistance", 1e3, 1e10, BP_REQUIRED},
    [P_Q] = {"Q_over_R", "K", "activation energy over gas constant", 0.0, 1e5, BP_REQUIRED},
    [P_A] = {"A", "1/s", "pre-exponential factor", 1e-30, 1e30, BP_REQUIRED},
    [P_XI] = {"xi", "1", "stress multiplier", 1e-3, 1e3, BP_REQUIRED},
    [P_M] = {"m", "1", "strain-rate sensitivity; the exponent is 1/m", 0.02, 0.999, BP_REQUIRED},
    [P_H0] = {"h0", "Pa", "hardening constant", 0.0, 1e13, BP_REQUIRED},
    [P_SHAT] = {"shat", "Pa", "coefficient of the saturation resistance", 1e3, 1e10, BP_REQUIRED},
    [P_N] = {"n", "1", "strain-rate sensitivity of saturation", 0.0, 0.3, BP_REQUIRED},
    [P_EXPONENT] = {"a", "1", "exponent of hardening", 1.0, 5.0, BP_REQUIRED},
};

enum { S_RESISTANCE = BP_RADIAL_OWN };

static const BpStateInfo states[] = {
    {BP_STATE_INELASTIC, "1", "inelastic strain, deviatoric", 6, 0.0},
    {BP_STATE_ACCUMULATED, "1", "accumulated equivalent inelastic strain", 1, 0.0},
    {"resistance", "Pa", "deformation resistance s", 1, 0.0},
};

static const double largest_increment = 0.5; /* of strain in one step */
static const double no_flow = -600.0;        /* logarithm of an increment that counts as none */
static const double close_enough = 1e-8;     /* Newton step whose square is round-off */

/* Equations (4) and (5) of one step at the arguments l and g, and their linearisation. */
typedef struct {
  const double *p;
  double trial, stiffness; /* Pa: q_trial, 3G */
  double log_c, s0;
  double g;
  double d, s, ds;   /* increment; resistance and its derivative along (5), Pa */
  double r4, slope4; /* residual of (4) and its derivative along (5), Pa */
  double step;       /* Newton's change of l */
  double dg, dgdl;   /* Newton's change of g is dg + dgdl step */
} Step;

/* asinh(exp(y)) and its derivative with respect to y. */
static double asinh_exp(double y, double *slope) {
  if (y > 19.0) { /* the next term is exp(-2y)/4 */
    *slope = 1.0;
    return y + M_LN2;
  }
  const double w = exp(y), root = sqrt(1.0 + w * w);
  *slope = w / root;
  return w > 1.0 ? log(w + root) : log1p(w + w * w / (1.0 + root));
}

/* |g|^(a-1) */
static double gap_power(double g, double a) {
  return g != 0.0 ? exp((a - 1.0) * log(fabs(g))) : 0.0;
}

/* Evaluates both equations at l and g (NAN: at a guess) and finds Newton's step. */
static void linearise(Step *w, double l, double g) {
  const double *p = w->p;
  const double u = l - w->log_c, n = p[P_N], a = p[P_EXPONENT];
  const double d = exp(l), saturation = p[P_SHAT] * exp(n * u);
  double dx;
  const double x = asinh_exp(p[P_M] * u, &dx);
  const double over = 1.0 / saturation, ratio = w->s0 * over, k = p[P_H0] * d * over;
  const int fresh = isnan(g);
  if (fresh)
    g = 1.0 - ratio;
  double power = gap_power(g, a);
  if (fresh && k * power > 1.0) {
    g = copysign(pow(fabs(g) / k, 1.0 / a), g);
    power = gap_power(g, a);
  }
  const double over_slope5 = 1.0 / (1.0 + k * a * power);
  w->dg = (1.0 - ratio - g - k * g * power) * over_slope5;
  const double s = saturation * (1.0 - g - w->dg), x_over = x / p[P_XI];
  w->g = g;
  w->d = d;
  w->s = s;
  w->dgdl = (n * ratio - k * (1.0 - n) * g * power) * over_slope5;
  w->ds = n * s - saturation * w->dgdl;
  w->slope4 = w->stiffness * d + w->ds * x_over + s * p[P_M] * dx / p[P_XI];
  w->r4 = w->stiffness * d + s * x_over - w->trial;
  w->step = -w->r4 / w->slope4;
}

/* Newton in l and g together, which nearly always does. */
static BpStatus solve_fast(Step *w, double l, double upper) {
  double g = (double)NAN;
  for (int i = 0; i < 10; i++) {
    linearise(w, l, g);
    const double dg = w->dg + w->dgdl * w->step;
    if (!(w->slope4 > 0.0))
      return BP_CUT;
    if (fabs(w->step) <= close_enough &&
        dg * dg <= close_enough * close_enough * (fabs(w->g) + 1e-9))
      return BP_OK;
    l = fmin(l + w->step, upper);
    g = w->g + dg;
  }
  return BP_CUT;
}

/* R(l)/q_trial with (5) solved to the end, for the bracketed iteration. */
static double residual(double l, double *slope, void *context) {
  Step *w = context;
  linearise(w, l, (double)NAN);
  for (int i = 0; i < 100 && w->dg * w->dg > 1e-26 * fabs(w->g); i++)
    linearise(w, l, w->g + w->dg);
  *slope = w->slope4 / w->trial;
  return w->r4 / w->trial;
}

/* Solution of y exp(y) = exp(x), to some per cent: Taylor series about 0, asymptotic outside. */
static double wright_omega(double x) {
  if (x > 2.0) {
    const double log_x = log(x);
    return x - log_x + log_x / x + log_x * (log_x - 2.0) / (2.0 * x * x);
  }
  if (x > -2.0)
    return 0.5671 + x * (0.3619 + x * (0.0737 - 0.00134 * x));
  return exp(x);
}

/* Guess for l: with s = s0 and q linear in l about the rate of the trial stress, q = q_trial -
 * kappa y, y = l_elastic - l, (4) becomes y exp(y) = 3G exp(l_elastic)/kappa. */
static double first_guess(const Step *w) {
  const double *p = w->p;
  const double x = p[P_XI] * w->trial / w->s0;
  const double e = exp(-2.0 * x);
  const double log_sinh = x > 0.3 ? x + log(0.5 * (1.0 - e)) : log(x);
  const double kappa = w->s0 * p[P_M] * (x > 0.3 ? (1.0 - e) / (1.0 + e) : x) / p[P_XI];
  const double elastic = w->log_c + log_sinh / p[P_M];
  return elastic - wright_omega(elastic + log(w->stiffness / kappa));
}

/* Equivalent increment and its derivative d' with respect to q_trial (1/Pa). NULL, or why there is
 * none. */
static const char *solve(Step *w, double *d, double *slope) {
  *d = *slope = 0.0;
  const double upper = log(w->trial / w->stiffness);
  double l = fmin(first_guess(w), upper), step;
  if (l < no_flow)
    return NULL;
  if (solve_fast(w, l, upper) != BP_OK) {
    const double bracket[2] = {-HUGE_VAL, upper};
    const char *trouble = bp_scalar_newton(residual, w, bracket, close_enough, &l, &step);
    if (trouble)
      return trouble;
  }
  w->s += w->ds * w->step;
  *d = w->d * (1.0 + w->step);
  *slope = *d / w->slope4;
  return NULL;
}

static void start(const double *param, double *state) {
  state[S_RESISTANCE] = param[P_S0];
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double *p = in->param;
  bp_law_begin(out);
  if (!(in->dt >= 0.0 && in->T1 > 0.0))
    return bp_law_bad(out, BP_REASON_TIME);
  if (!(in->state0[S_RESISTANCE] > 0.0))
    return bp_law_bad(out, "a resistance s that is not positive");
  BpRadial r;
  bp_radial_trial(in, p[P_YOUNG], p[P_POISSON], NULL, &r);
  Step w = {.p = p, .trial = r.q, .stiffness = 3.0 * r.shear, .s0 = in->state0[S_RESISTANCE]};
  w.s = w.s0;
  double d = 0.0, slope = 0.0;
  if (in->dt > 0.0 && r.q > 0.0) {
    w.log_c = log(in->dt * p[P_A]) - p[P_Q] / in->T1;
    const char *trouble = solve(&w, &d, &slope);
    if (trouble)
      return bp_law_cut(out, 0.25 * in->dt, trouble);
    if (d > largest_increment)
      return bp_law_cut(out, in->dt * 0.5 * largest_increment / d, BP_REASON_LARGE);
  }
  out->state1[S_RESISTANCE] = w.s;
  return bp_radial_finish(&r, d, slope, in, out);
}

const BpLaw bp_law_anand = {
    .name = "anand",
    .title = "Anand viscoplasticity",
    .source = "Anand, Int. J. Plasticity 1 (1985) 213; Brown, Kim & Anand, ibid. 5 (1989) 95",
    .param = params,
    .nparam = NPARAM,
    .state = states,
    .nstate = BP_COUNT(states),
    .rate = 1,
    .symmetric = 1,
    .unified = 1,
    .start = start,
    .update = update,
};
