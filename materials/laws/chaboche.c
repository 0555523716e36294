/* Rate-independent Mises plasticity with combined hardening: isotropic, linear and saturating
 * (Voce), and up to four back stresses of Armstrong and Frederick, as superposed by Chaboche.
 *
 *   strain = strain_e + e                     e inelastic strain, deviatoric
 *   (1)  f = sqrt(3/2) |dev(stress) - back| - Y <= 0,  Y = yield + H_iso p + Q_iso (1 - exp(-b p))
 *   (2)  de = sqrt(3/2) n dp,  n = (dev(stress) - back)/|...|,  dp >= 0, f dp = 0
 *   (3)  back = sum 2/3 C_i a_i,   da_i = de - gamma_i a_i dp
 *
 * E Pa, nu 1; yield Pa; H_iso Pa, Q_iso Pa (negative softens), b 1; C1..C4 Pa and gamma1..gamma4 1,
 * which are 0 unless given. p accumulated equivalent strain. In uniaxial tension back stress i
 * saturates at C_i/gamma_i; gamma_i = 0 is linear kinematic hardening with slope C_i. The back
 * stresses are kept as strains a_i and multiplied by C_i of the current temperature.
 *
 * Source: Armstrong & Frederick, CEGB RD/B/N731 (1966), reprinted Materials at High Temperatures 24
 * (2007) 1, doi 10.1179/096034007X207589; Chaboche, Int. J. Plasticity 2 (1986) 149, doi
 * 10.1016/0749-6419(86)90010-0.
 *
 * Integration: backward Euler, a_i = w_i (a_i0 + de) with w_i = 1/(1 + gamma_i dp), constants at
 * the end temperature. With z = dev(trial stress) - sum 2/3 C_i w_i a_i0 the flow has the direction
 * of z, and (4)  sqrt(3/2) |z(dp)| - (3G + sum C_i w_i) dp - Y(p0 + dp) = 0 is one equation for dp,
 * which falls with a slope of 3G or more unless softening or a temperature that changes gamma_i
 * says otherwise; it is bracketed by 0 and where 3G dp is all that z can be. With gamma_i = 0 and
 * Q_iso = 0 it is linear and the law is `plastic`.
 *
 * Tangent: consistent, not symmetric, by the share of dz/ddp = sum 2/3 C_i gamma_i w_i^2 a_i0
 * across n. It is symmetric where all gamma_i = 0, and in proportional loading. Failure: BP_CUT for
 * an increment above 50 % strain, a strain that is not finite, or softening faster than 3G. Limits:
 * small strain; ratchets, as one such model does: more than measured. work_inelastic contains what
 * the back stresses store and give back. */
#include "radial_return.h"
#include "scalar_newton.h"

#include <stdio.h>

#define BACKS 4

enum {
  P_YIELD = BP_RADIAL_FIRST,
  P_ISO_LINEAR,
  P_ISO_VOCE,
  P_ISO_RATE,
  P_BACK, /* C1 gamma1 C2 gamma2 ... */
};

#define BACK_CONSTANTS(i)                                                                          \
  {"C" #i, "Pa", "modulus of back stress " #i, 0.0, 1e13, 0.0}, {                                  \
    "gamma" #i, "1", "recall of back stress " #i, 0.0, 1e6, 0.0                                    \
  }

static const BpParamInfo params[] = {
    BP_RADIAL_CONSTANTS,
    {"yield", "Pa", "initial yield stress", 1.0, 1e11, BP_REQUIRED},
    {"H_iso", "Pa", "linear isotropic hardening modulus", 0.0, 1e12, 0.0},
    {"Q_iso", "Pa", "saturation of isotropic hardening", -1e11, 1e11, 0.0},
    {"b", "1", "rate of isotropic saturation", 0.0, 1e5, 0.0},
    BACK_CONSTANTS(1),
    BACK_CONSTANTS(2),
    BACK_CONSTANTS(3),
    BACK_CONSTANTS(4),
};

enum { S_BACK = BP_RADIAL_OWN };

static const BpStateInfo states[] = {
    BP_RADIAL_STATES,
    {"back_strain1", "1", "back stress 1 over 2/3 C1", 6, 0.0},
    {"back_strain2", "1", "back stress 2 over 2/3 C2", 6, 0.0},
    {"back_strain3", "1", "back stress 3 over 2/3 C3", 6, 0.0},
    {"back_strain4", "1", "back stress 4 over 2/3 C4", 6, 0.0},
};

static const double largest_increment = 0.5; /* of strain in one step */

static BpStatus check(const double *p, char *message, size_t size) {
  if (p[P_YIELD] + p[P_ISO_VOCE] > 0.0)
    return BP_OK;
  snprintf(message, size, "yield + Q_iso is %.4g Pa: softening must leave a positive yield stress",
           p[P_YIELD] + p[P_ISO_VOCE]);
  return BP_BAD;
}

/* Equation (4) of one step, and what it is made of at the argument dp. */
typedef struct {
  const double *p, *state;
  double trial[6];                  /* Pa, deviator of the trial stress */
  double shear3;                    /* Pa, 3G */
  double direction[6], z, slide[6]; /* n; |z|, Pa; dz/ddp, Pa */
  double slope;                     /* Pa, of the residual */
} Step;

/* Y less the initial yield stress, and its slope. */
static double isotropic(const double *p, double accumulated, double *slope) {
  const double e = p[P_ISO_VOCE] * exp(-p[P_ISO_RATE] * accumulated);
  *slope = p[P_ISO_LINEAR] + p[P_ISO_RATE] * e;
  return p[P_ISO_LINEAR] * accumulated + p[P_ISO_VOCE] - e;
}

/* The negative of (4), Pa. */
static double residual(double dp, double *slope, void *context) {
  Step *w = context;
  double z[6], hardening, own = 0.0, own_slope = 0.0;
  memcpy(z, w->trial, sizeof z);
  memset(w->slide, 0, sizeof w->slide);
  for (int b = 0; b < BACKS; b++) {
    const double C = w->p[P_BACK + 2 * b], gamma = w->p[P_BACK + 2 * b + 1];
    const double *a = w->state + S_BACK + 6 * b, keep = 1.0 / (1.0 + gamma * dp);
    const double factor = 2.0 / 3.0 * C * keep, recall = factor * gamma * keep;
    own += C * keep;
    own_slope += C * keep * keep;
    for (int i = 0; i < 6; i++) {
      z[i] -= factor * a[i];
      w->slide[i] += recall * a[i];
    }
  }
  w->z = bp_norm6(z);
  const double scale = w->z > 0.0 ? 1.0 / w->z : 0.0;
  for (int i = 0; i < 6; i++)
    w->direction[i] = z[i] * scale;
  const double yield =
      w->p[P_YIELD] + isotropic(w->p, w->state[BP_RADIAL_ACCUMULATED] + dp, &hardening);
  w->slope = w->shear3 + own_slope + hardening - sqrt(1.5) * bp_dot6(w->direction, w->slide);
  *slope = w->slope;
  return (w->shear3 + own) * dp + yield - sqrt(1.5) * w->z;
}

/* Solves (4); leaves the step at the solution. NULL, or why there is none. */
static const char *solve(Step *w, double excess, double *dp) {
  double limit = bp_norm6(w->trial), slope, step;
  for (int b = 0; b < BACKS; b++)
    limit += 2.0 / 3.0 * w->p[P_BACK + 2 * b] * bp_norm6(w->state + S_BACK + 6 * b);
  const double bracket[2] = {0.0, sqrt(1.5) * limit / w->shear3 * (1.0 + 1e-9)};
  *dp = fmin(excess / w->slope, bracket[1]);
  if (!(*dp > 0.0)) /* a slope that is not positive: begin in the middle */
    *dp = 0.5 * bracket[1];
  const double noise = 4e-15 * (sqrt(1.5) * limit + w->p[P_YIELD]);
  const double accuracy = (1e-9 * excess + noise) / w->shear3;
  const char *trouble = bp_scalar_newton(residual, w, bracket, accuracy, dp, &step);
  if (trouble)
    return trouble;
  *dp += step;
  (void)residual(*dp, &slope, w);
  return slope > 0.0 ? NULL : "softening outruns the elastic stiffness";
}

/* d stress1/d strain1 of a step with flow. */
static void tangent(const BpRadial *r, const Step *w, double dp, double C[36]) {
  const double shear2 = 2.0 * r->shear, turn = sqrt(1.5) * dp / w->z; /* of de with z across n */
  const double along = bp_dot6(w->direction, w->slide),
               gain = sqrt(1.5) * shear2 / w->slope; /* ddp/d(n.strain) */
  bp_isotropic_stiffness(r->bulk, r->shear * (1.0 - shear2 * turn), C);
  for (int i = 0; i < 6; i++) {
    const double across = w->slide[i] - along * w->direction[i];
    const double flow =
        gain * (sqrt(1.5) * w->direction[i] + turn * across) - shear2 * turn * w->direction[i];
    for (int j = 0; j < 6; j++)
      C[6 * i + j] -= shear2 * flow * w->direction[j];
  }
}

/* Back strains at the end of the step. */
static void harden(const Step *w, double dp, double *state1) {
  for (int b = 0; b < BACKS; b++) {
    const double keep = 1.0 / (1.0 + w->p[P_BACK + 2 * b + 1] * dp);
    for (int i = 0; i < 6; i++) {
      const int at = S_BACK + 6 * b + i;
      state1[at] = keep * (w->state[at] + sqrt(1.5) * dp * w->direction[i]);
    }
  }
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double *p = in->param;
  BpRadial r;
  double slope, dp = 0.0;
  bp_law_begin(out);
  bp_radial_trial(in, p[BP_RADIAL_YOUNG], p[BP_RADIAL_POISSON], NULL, &r);
  Step w = {.p = p, .state = in->state0, .shear3 = 3.0 * r.shear};
  bp_deviator(r.stress, w.trial);
  const double excess = -residual(0.0, &slope, &w);
  const int flows = excess > 0.0;
  const char *trouble = flows ? solve(&w, excess, &dp) : NULL;
  if (dp > largest_increment)
    return bp_law_cut(out, 0.5 * in->dt * largest_increment / dp, BP_REASON_LARGE);
  if (trouble)
    return bp_law_cut(out, 0.25 * in->dt, trouble);
  memcpy(r.direction, w.direction, sizeof r.direction);
  harden(&w, dp, out->state1);
  const BpStatus status = bp_radial_finish(&r, dp, 0.0, in, out);
  if (status == BP_OK && flows && out->tangent)
    tangent(&r, &w, dp, out->tangent);
  return status;
}

static double dissipation(const BpLawIn *in, const BpLawOut *out) {
  double sum = 0.0;
  for (int i = 0; i < 6; i++) {
    double back = 0.0;
    for (int b = 0; b < BACKS; b++)
      back += 2.0 / 3.0 * in->param[P_BACK + 2 * b] * out->state1[S_BACK + 6 * b + i];
    sum += (out->stress1[i] - back) *
           (out->state1[BP_RADIAL_STRAIN + i] - in->state0[BP_RADIAL_STRAIN + i]);
  }
  return sum;
}

const BpLaw bp_law_chaboche = {
    .name = "chaboche",
    .title = "Mises plasticity, Chaboche combined hardening",
    .source = "Chaboche, Int. J. Plasticity 2 (1986) 149, doi 10.1016/0749-6419(86)90010-0",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .check = check,
    .update = update,
    .dissipation = dissipation,
};
