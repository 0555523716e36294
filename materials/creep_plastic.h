/* Creep and rate-independent plasticity in one step: what the laws share whose creep, of any rate
 * of creep.h, comes beside bilinear plasticity with linear kinematic hardening.
 *
 *   strain = strain_e + c + e                 c creep, e plastic strain, both deviatoric
 *   dc along s,        equivalent rate of the creep law at q = sqrt(3/2) |s|,   s = dev(stress)
 *   de along s - X,    X = 2/3 H e,  sqrt(3/2) |s - X| <= yield,  H = E Et/(E - Et)
 *
 * The directions differ, so that the step is a system of tensors. Backward Euler: with
 *
 *   a = 1 + 3G d/q,  d the creep increment at q;   t = 3/2 dp/yield,  dp the plastic one
 *   X0 = 2/3 H e0,   S the deviator of the trial stress,   v = S - a X0
 *
 * the plastic strain grows by t (s - X) and the creep strain by (a - 1)/2G s, hence
 *
 *   (1)  (s - X) (a (1 + 2/3 H t) + 2G t) = v
 *   (2)  t = max(0, (|v|/r - a)/(2/3 H a + 2G)),  r = sqrt(2/3) yield
 *   (3)  s = (1 + 2/3 H t) r v/|v| + X0 where t > 0, else s = S/a
 *
 * so that for a given x = ln q all is explicit, and one equation is left: x = ln
 * sqrt(3/2)|s(a(x))|. s(a) minimises a/4G s:s - S:s/2G + (a convex function for the plastic part);
 * its length therefore never grows with a, nor a falls with x where the creep exponent is 1 or
 * more: the equation has one root, below the stress of plasticity alone (a = 1), whether or not
 * either part flows. Nothing has to be guessed about which does.
 *
 * Tangent: with M = ds/dS at constant a, ds/da = -M s, both symmetric; total
 *   ds/dS = M - k (M s)(M s)^T,  k = 3/2 a'/q^2/(1 + 3/2 a' s.Ms/q^2),  a' = da/dx.
 *
 * Source: the implicit step is that of Simo & Hughes, Computational Inelasticity (1998), chapter 3,
 * doi 10.1007/b98904, for the sum of two flows. */
#ifndef BP_CREEP_PLASTIC_H
#define BP_CREEP_PLASTIC_H

#include "bilinear.h"
#include "creep.h"

#define BP_CREEP_PLASTIC_STATES                                                                    \
  BP_RADIAL_STATES, {BP_STATE_CREEP, "1", "creep strain, deviatoric", 6, 0.0},                     \
      {BP_STATE_PLASTIC, "1", "plastic strain, deviatoric; also the back strain", 6, 0.0},         \
      {BP_STATE_CREEP_SUM, "1", "accumulated equivalent creep strain", 1, 0.0},                    \
      {BP_STATE_PLASTIC_SUM, "1", "accumulated equivalent plastic strain", 1, 0.0}, {              \
    BP_STATE_CREEP_WORK, "J/m3", "work on the creep strain", 1, 0.0                                \
  }

enum {
  BP_CP_CREEP = BP_RADIAL_OWN,
  BP_CP_PLASTIC = BP_CP_CREEP + 6,
  BP_CP_CREEP_SUM = BP_CP_PLASTIC + 6,
  BP_CP_PLASTIC_SUM,
  BP_CP_CREEP_WORK
};

/* Constants that such a law begins with; those of creep follow. */
#define BP_CREEP_PLASTIC_CONSTANTS BP_RADIAL_CONSTANTS, BP_BILINEAR_CONSTANTS
enum { BP_CP_YIELD = BP_RADIAL_FIRST, BP_CP_TANGENT, BP_CP_FIRST };

typedef struct {
  const BpCreep *creep;            /* NULL: no time passes */
  double shear2, hardening, yield; /* Pa: 2G, 2/3 H, yield */
  double trial[6], back0[6];       /* Pa: S, X0 */
  /* at the last argument: */
  double creeps, slope;   /* a - 1, which may be too little to show in a; a' */
  double t, stress[6], q; /* t, s, its Mises stress */
  double n[6];            /* v/|v|; where t > 0 */
  double along, across;   /* M is along n n^T + across (I - n n^T); I/a without plastic flow */
} BpCreepPlastic;

/* (2), (3) and M for a given a - 1. */
static inline void bp_cp_stress(BpCreepPlastic *w, double creeps) {
  const double r = sqrt(2.0 / 3.0) * w->yield, b = w->hardening, a = 1.0 + creeps;
  double v[6];
  for (int i = 0; i < 6; i++)
    v[i] = w->trial[i] - a * w->back0[i];
  const double norm = bp_norm6(v);
  w->creeps = creeps;
  w->t = fmax(0.0, (norm / r - a) / (b * a + w->shear2));
  const double length = (1.0 + b * w->t) * r;
  w->along = w->across = 1.0 / a;
  for (int i = 0; i < 6; i++)
    w->n[i] = 0.0;
  if (w->t > 0.0) {
    w->along = b / (b * a + w->shear2);
    w->across = length / norm;
  }
  for (int i = 0; i < 6; i++) {
    if (w->t > 0.0)
      w->n[i] = v[i] / norm;
    w->stress[i] = w->t > 0.0 ? length * w->n[i] + w->back0[i] : w->trial[i] / a;
  }
  w->q = sqrt(1.5) * bp_norm6(w->stress);
}

/* M s */
static inline void bp_cp_apply(const BpCreepPlastic *w, double Ms[6]) {
  const double part = (w->along - w->across) * bp_dot6(w->n, w->stress);
  for (int i = 0; i < 6; i++)
    Ms[i] = w->across * w->stress[i] + part * w->n[i];
}

/* x - ln q(s(a(x))) */
static inline double bp_cp_residual(double x, double *slope, void *context) {
  BpCreepPlastic *w = context;
  double exponent, Ms[6];
  const double log_d = w->creep->increment(w->creep, x, &exponent);
  const double ratio = exp(fmin(log(1.5 * w->shear2) + log_d - x, 200.0)); /* 3G d/q */
  bp_cp_stress(w, ratio);
  w->slope = ratio * (exponent - 1.0);
  bp_cp_apply(w, Ms);
  *slope = 1.0 + 1.5 * w->slope * bp_dot6(w->stress, Ms) / (w->q * w->q);
  return x - log(w->q);
}

/* Solves the step; leaves it at the solution. NULL, or why there is none. */
static inline const char *bp_cp_solve(BpCreepPlastic *w) {
  bp_cp_stress(w, 0.0);
  w->slope = 0.0;
  if (!w->creep || !(w->q > 0.0))
    return NULL;
  const double upper = log(w->q);                                 /* without creep */
  const double most = fmax(w->q, sqrt(1.5) * bp_norm6(w->trial)); /* 3G d is about this at most */
  const double bracket[2] = {-HUGE_VAL, upper + 1e-9};
  double x = fmin(upper, w->creep->inverse(w->creep, log(most / (1.5 * w->shear2)))), step, slope;
  const char *trouble = bp_scalar_newton(bp_cp_residual, w, bracket, bp_creep_accuracy, &x, &step);
  if (!trouble)
    (void)bp_cp_residual(x + step, &slope, w);
  return trouble;
}

static inline void bp_cp_tangent(const BpCreepPlastic *w, double bulk, double C[36]) {
  double Ms[6];
  bp_cp_apply(w, Ms);
  const double scale = w->q > 0.0 ? 1.5 * w->slope / (w->q * w->q) : 0.0;
  const double k = scale / (1.0 + scale * bp_dot6(w->stress, Ms));
  bp_isotropic_stiffness(bulk, 0.5 * w->shear2 * w->across, C);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      C[6 * i + j] += w->shear2 * ((w->along - w->across) * w->n[i] * w->n[j] - k * Ms[i] * Ms[j]);
}

/* States, stress and work at the end of the step. */
static inline BpStatus bp_cp_finish(const BpCreepPlastic *w, const BpRadial *r, const BpLawIn *in,
                                    BpLawOut *out) {
  const double *s0 = in->state0;
  double *s1 = out->state1, work = 0.0, creep_work = 0.0, path = 0.0, sum = 0.0;
  for (int i = 0; i < 6; i++) {
    const double dc = w->creeps / w->shear2 * w->stress[i];
    const double de = w->t > 0.0 ? w->t * sqrt(2.0 / 3.0) * w->yield * w->n[i] : 0.0;
    const double stress = r->stress[i] - w->shear2 * (dc + de);
    out->stress1[i] = stress;
    s1[BP_RADIAL_STRAIN + i] = s0[BP_RADIAL_STRAIN + i] + dc + de;
    s1[BP_CP_CREEP + i] = s0[BP_CP_CREEP + i] + dc;
    s1[BP_CP_PLASTIC + i] = s0[BP_CP_PLASTIC + i] + de;
    creep_work += 0.5 * (in->stress0[i] + stress) * dc;
    work += 0.5 * (in->stress0[i] + stress) * (dc + de);
    path += (dc + de) * (dc + de);
    sum += fabs(stress) + fabs(s1[BP_RADIAL_STRAIN + i]);
  }
  s1[BP_RADIAL_ACCUMULATED] = s0[BP_RADIAL_ACCUMULATED] + sqrt(2.0 / 3.0 * path);
  s1[BP_CP_CREEP_SUM] = s0[BP_CP_CREEP_SUM] + w->creeps * w->q / (1.5 * w->shear2);
  s1[BP_CP_PLASTIC_SUM] = s0[BP_CP_PLASTIC_SUM] + 2.0 / 3.0 * w->t * w->yield;
  s1[BP_CP_CREEP_WORK] = s0[BP_CP_CREEP_WORK] + creep_work;
  out->work_inelastic = work;
  if (!isfinite(sum) || !isfinite(work))
    return bp_law_cut(out, 0.0, BP_REASON_NOT_FINITE);
  if (out->tangent)
    bp_cp_tangent(w, r->bulk, out->tangent);
  return BP_OK;
}

static inline double bp_cp_modulus(const double *param) {
  return bp_bilinear_modulus(param[BP_RADIAL_YOUNG], param[BP_CP_TANGENT]);
}

/* check() of such a law. */
static inline BpStatus bp_cp_check(const double *param, char *message, size_t size) {
  return bp_bilinear_check(param[BP_RADIAL_YOUNG], param[BP_CP_TANGENT], message, size);
}

/* update() of such a law. creep: NULL for no time. */
static inline BpStatus bp_cp_update(const BpCreep *creep, const BpLawIn *in, BpLawOut *out) {
  BpRadial r;
  bp_radial_trial(in, in->param[BP_RADIAL_YOUNG], in->param[BP_RADIAL_POISSON], NULL, &r);
  BpCreepPlastic w = {.creep = creep,
                      .shear2 = 2.0 * r.shear,
                      .hardening = 2.0 / 3.0 * bp_cp_modulus(in->param),
                      .yield = in->param[BP_CP_YIELD]};
  bp_deviator(r.stress, w.trial);
  for (int i = 0; i < 6; i++)
    w.back0[i] = w.hardening * in->state0[BP_CP_PLASTIC + i];
  bp_law_begin(out);
  const char *trouble = bp_cp_solve(&w);
  if (trouble)
    return bp_law_cut(out, 0.25 * in->dt, trouble);
  const double d = w.creeps * w.q / (1.5 * w.shear2) + 2.0 / 3.0 * w.t * w.yield;
  if (d > bp_creep_largest)
    return bp_law_cut(out, 0.5 * in->dt * bp_creep_largest / d, BP_REASON_LARGE);
  return bp_cp_finish(&w, &r, in, out);
}

/* dissipation() of such a law: stress : dc + (stress - back stress) : de. */
static inline double bp_cp_dissipation(const BpLawIn *in, const BpLawOut *out) {
  double sum = bp_bilinear_dissipation(bp_cp_modulus(in->param), out->stress1,
                                       in->state0 + BP_CP_PLASTIC, out->state1 + BP_CP_PLASTIC);
  for (int i = 0; i < 6; i++)
    sum += out->stress1[i] * (out->state1[BP_CP_CREEP + i] - in->state0[BP_CP_CREEP + i]);
  return sum;
}

#endif
