/* What the creep laws share: equivalent creep rates as functions of the Mises stress, and the
 * implicit step of a point that creeps.
 *
 * All is in logarithms, x = ln q, so that neither a stiff step nor a rate of almost nothing over-
 * or underflows. With L(x) = ln d, d the equivalent increment that stress q makes in the step,
 * backward Euler is
 *
 *   (1)  3G d + q = q_trial,   that is  F(x) = ln(exp(x) + exp(ln 3G + L(x))) - ln q_trial = 0
 *
 * F increases with a slope of 1 or more. For rates that are sums of powers, and for the hyperbolic
 * sine, L is convex and so is F: Newton from the right of the root converges without help. The
 * guess is where either term alone would make up q_trial, whichever is less: F is between 0 and ln
 * 3 there. */
#ifndef BP_CREEP_H
#define BP_CREEP_H

#include "radial_return.h"
#include "scalar_newton.h"

/* An equivalent creep increment d as a function of x = ln q, q in Pa. What the numbers mean is the
 * business of the two functions, which agree on them. */
typedef struct BpCreep BpCreep;
struct BpCreep {
  double (*increment)(const BpCreep *c, double x, double *slope); /* ln d, and its derivative */
  double (*inverse)(const BpCreep *c, double log_d); /* an x at which ln d is log_d or a little more
                                                      */
  double log_c[2], n[2];   /* ln d of each term where its stress is 1 Pa, and its exponent */
  double alpha, log_alpha; /* 1/Pa, of the hyperbolic sine; there c is ln d where the sine is 1 */
  double before;           /* accumulated strain, of strain hardening */
};

/* ln(exp(a) + exp(b)); *share receives exp(b) over the sum. */
static inline double bp_log_sum(double a, double b, double *share) {
  const double e = exp(-fabs(a - b)), less = e / (1.0 + e);
  *share = b > a ? 1.0 - less : less;
  return fmax(a, b) + log1p(e);
}

/* ---- powers: d = dt A (q/sigma0)^n exp(-Q/RT), and the sum of two of them */

/* Constants of one power, in this order; at = the first of them. log_time = ln dt, or of what takes
 * its place. */
enum { BP_POWER_A, BP_POWER_N, BP_POWER_Q, BP_POWER_CONSTANTS };

static inline double bp_power_prefactor(const double *at, double sigma0, double T,
                                        double log_time) {
  return log(at[BP_POWER_A]) - at[BP_POWER_Q] / T - at[BP_POWER_N] * log(sigma0) + log_time;
}

static inline double bp_power_increment(const BpCreep *c, double x, double *slope) {
  *slope = c->n[0];
  return c->log_c[0] + c->n[0] * x;
}

static inline double bp_power_inverse(const BpCreep *c, double log_d) {
  return (log_d - c->log_c[0]) / c->n[0];
}

#define BP_NORTON_CONSTANTS                                                                        \
  {                                                                                                \
      "A",    "1/s", "creep rate at the stress sigma0, less its activation",                       \
      1e-100, 1e100, BP_REQUIRED},                                                                 \
      {"n", "1", "stress exponent", 1.0, 40.0, BP_REQUIRED},                                       \
      {"Q_over_R", "K", "activation energy over gas constant", 0.0, 1e5, 0.0}, {                   \
    "sigma0", "Pa", "stress unit of A: the stress is divided by it", 1.0, 1e10, 1e6                \
  }
enum { BP_NORTON_SIGMA0 = BP_POWER_CONSTANTS, BP_NORTON_SIZE };

static inline BpCreep bp_norton(const double *at, double T, double log_time) {
  return (BpCreep){.increment = bp_power_increment,
                   .inverse = bp_power_inverse,
                   .log_c = {bp_power_prefactor(at, at[BP_NORTON_SIGMA0], T, log_time)},
                   .n = {at[BP_POWER_N]}};
}

static inline double bp_double_power_increment(const BpCreep *c, double x, double *slope) {
  double share;
  const double sum = bp_log_sum(c->log_c[0] + c->n[0] * x, c->log_c[1] + c->n[1] * x, &share);
  *slope = c->n[0] + share * (c->n[1] - c->n[0]);
  return sum;
}

static inline double bp_double_power_inverse(const BpCreep *c, double log_d) {
  return fmin((log_d - c->log_c[0]) / c->n[0], (log_d - c->log_c[1]) / c->n[1]);
}

#define BP_DOUBLE_POWER_CONSTANTS                                                                  \
  {"A1",   "1/s", "rate of the first term at the stress sigma0, less its activation",              \
   1e-100, 1e100, BP_REQUIRED},                                                                    \
      {"n1", "1", "stress exponent of the first term", 1.0, 40.0, BP_REQUIRED},                    \
      {"Q1_over_R", "K", "activation energy of the first term over gas constant", 0.0, 1e5, 0.0},  \
      {"A2",   "1/s", "rate of the second term at the stress sigma0, less its activation",         \
       1e-100, 1e100, BP_REQUIRED},                                                                \
      {"n2", "1", "stress exponent of the second term", 1.0, 40.0, BP_REQUIRED},                   \
      {"Q2_over_R", "K", "activation energy of the second term over gas constant", 0.0, 1e5, 0.0}, \
  {                                                                                                \
    "sigma0", "Pa", "stress unit of A1 and A2: the stress is divided by it", 1.0, 1e10, 1e6        \
  }
enum { BP_DOUBLE_POWER_SIGMA0 = 2 * BP_POWER_CONSTANTS, BP_DOUBLE_POWER_SIZE };

static inline BpCreep bp_double_power(const double *at, double T, double log_time) {
  const double sigma0 = at[BP_DOUBLE_POWER_SIGMA0], *second = at + BP_POWER_CONSTANTS;
  return (BpCreep){.increment = bp_double_power_increment,
                   .inverse = bp_double_power_inverse,
                   .log_c = {bp_power_prefactor(at, sigma0, T, log_time),
                             bp_power_prefactor(second, sigma0, T, log_time)},
                   .n = {at[BP_POWER_N], second[BP_POWER_N]}};
}

/* ---- hyperbolic sine: d = dt A sinh(alpha q)^n exp(-Q/RT) */

#define BP_GAROFALO_CONSTANTS                                                                      \
  {"A", "1/s", "pre-exponential factor", 1e-100, 1e100, BP_REQUIRED},                              \
      {"alpha", "1/Pa", "stress multiplier", 1e-12, 1e-2, BP_REQUIRED},                            \
      {"n", "1", "stress exponent", 1.0, 40.0, BP_REQUIRED}, {                                     \
    "Q_over_R", "K", "activation energy over gas constant", 0.0, 1e5, 0.0                          \
  }
enum { BP_GAROFALO_A, BP_GAROFALO_ALPHA, BP_GAROFALO_N, BP_GAROFALO_Q, BP_GAROFALO_SIZE };

static inline double bp_sinh_increment(const BpCreep *c, double x, double *slope) {
  const double y = c->alpha * exp(x);
  double log_sinh;
  if (y < 0.05) { /* the next terms are y^8/37800 and y^8/4725 */
    const double z = y * y;
    log_sinh = c->log_alpha + x + z * (1.0 / 6.0 - z * (1.0 / 180.0 - z / 2835.0));
    *slope = c->n[0] * (1.0 + z * (1.0 / 3.0 - z * (1.0 / 45.0 - z * 2.0 / 945.0)));
  } else {
    const double e = y < 20.0 ? exp(-2.0 * y) : 0.0;
    log_sinh = y - M_LN2 + (y < 20.0 ? log(1.0 - e) : 0.0);
    *slope = c->n[0] * y * (1.0 + e) / (1.0 - e);
  }
  return c->log_c[0] + c->n[0] * log_sinh;
}

static inline double bp_sinh_inverse(const BpCreep *c, double log_d) {
  const double z = (log_d - c->log_c[0]) / c->n[0];
  const double log_y = z > 19.0 ? log(z + M_LN2) : z < -19.0 ? z : log(asinh(exp(z)));
  return log_y - c->log_alpha;
}

static inline BpCreep bp_garofalo(const double *at, double T, double log_time) {
  return (BpCreep){.increment = bp_sinh_increment,
                   .inverse = bp_sinh_inverse,
                   .log_c = {log(at[BP_GAROFALO_A]) - at[BP_GAROFALO_Q] / T + log_time},
                   .n = {at[BP_GAROFALO_N]},
                   .alpha = at[BP_GAROFALO_ALPHA],
                   .log_alpha = log(at[BP_GAROFALO_ALPHA])};
}

/* ---- the implicit step */

static const double bp_creep_largest = 0.5;    /* strain of one step */
static const double bp_creep_accuracy = 1e-10; /* Newton step in x: its square, times the squared
                                                  slope of L, is round-off */

typedef struct {
  const BpCreep *creep;
  double log_trial, log_stiffness; /* ln q_trial, ln 3G */
  double log_d, slope;             /* L and its derivative at the last argument */
} BpCreepStep;

/* F(x) of (1). */
static inline double bp_creep_residual(double x, double *slope, void *context) {
  BpCreepStep *w = context;
  double share;
  w->log_d = w->creep->increment(w->creep, x, &w->slope);
  const double sum = bp_log_sum(x, w->log_stiffness + w->log_d, &share);
  *slope = 1.0 + share * (w->slope - 1.0);
  return sum - w->log_trial;
}

/* d and d' = dd/dq_trial of (1), for q_trial > 0. NULL, or why there is no solution. */
static inline const char *bp_creep_solve(const BpCreep *creep, const BpRadial *r, double *d,
                                         double *slope) {
  const double stiffness = 3.0 * r->shear;
  BpCreepStep w = {.creep = creep, .log_trial = log(r->q), .log_stiffness = log(stiffness)};
  const double all_creep = creep->inverse(creep, w.log_trial - w.log_stiffness);
  const double bracket[2] = {-HUGE_VAL, fmin(w.log_trial, all_creep) + 1e-9};
  double x = fmin(w.log_trial, all_creep), step;
  const char *trouble =
      bp_scalar_newton(bp_creep_residual, &w, bracket, bp_creep_accuracy, &x, &step);
  if (trouble)
    return trouble;
  const double q = exp(x + step);
  *d = exp(w.log_d + w.slope * step);
  *slope = w.slope * *d / (q + stiffness * w.slope * *d);
  return NULL;
}

/* 1 if time and temperatures of the step make sense; else BP_BAD is due, for BP_REASON_TIME. */
static inline int bp_creep_makes_sense(const BpLawIn *in) {
  return in->dt >= 0.0 && in->T1 > 0.0 && in->t0 >= 0.0;
}

/* Ends a step in which `creep`, NULL for no time, is what flows. */
static inline BpStatus bp_creep_update(const BpCreep *creep, const BpLawIn *in, BpLawOut *out) {
  BpRadial r;
  double d = 0.0, slope = 0.0;
  bp_law_begin(out);
  bp_radial_trial(in, in->param[BP_RADIAL_YOUNG], in->param[BP_RADIAL_POISSON], NULL, &r);
  if (creep && r.q > 0.0) {
    const char *trouble = bp_creep_solve(creep, &r, &d, &slope);
    if (trouble)
      return bp_law_cut(out, 0.25 * in->dt, trouble);
    if (d > bp_creep_largest)
      return bp_law_cut(out, 0.5 * in->dt * bp_creep_largest / d, BP_REASON_LARGE);
  }
  return bp_radial_finish(&r, d, slope, in, out);
}

#endif
