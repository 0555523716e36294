#include "points.h"

#include <stdlib.h>
#include <string.h>

void bp_points_create(const BpLaw *law, int region, int ncells, const BpElement *const *element,
                      BpPointSet *set) {
  *set = (BpPointSet){.region = region, .law = law, .ncells = ncells};
  set->cell = BP_NEW(int, ncells);
  set->element = BP_NEW(const BpElement *, ncells);
  set->first = BP_NEW(int, ncells + 1);
  set->first_gradient = BP_NEW(size_t, ncells + 1);
  for (int c = 0; c < ncells; c++) {
    set->element[c] = element[c];
    set->first[c + 1] = set->first[c] + element[c]->npoints;
    set->first_gradient[c + 1] =
        set->first_gradient[c] + 3 * (size_t)element[c]->pad * (size_t)element[c]->npoints;
  }
  const size_t n = (size_t)set->first[ncells];
  set->npoints = (int)n;
  set->nstate = bp_law_state_size(law);
  set->inelastic = bp_law_state_offset(law, BP_STATE_INELASTIC);
  set->accumulated = bp_law_state_offset(law, BP_STATE_ACCUMULATED);
  set->gradient = BP_NEW(double, set->first_gradient[ncells]);
  set->volume = BP_NEW(double, n);
  set->reference = BP_NEW(double, 6 * n);
  set->strain0 = BP_NEW(double, 6 * n);
  set->strain1 = BP_NEW(double, 6 * n);
  set->stress0 = BP_NEW(double, 6 * n);
  set->stress1 = BP_NEW(double, 6 * n);
  set->state0 = BP_NEW(double, n *(size_t)set->nstate);
  set->state1 = BP_NEW(double, n *(size_t)set->nstate);
  set->earlier = BP_NEW(double, n *(size_t)set->nstate);
  set->work0 = BP_NEW(double, n);
  set->work1 = BP_NEW(double, n);
  set->tangent = BP_NEW(double, 36 * n);
}

void bp_points_free(BpPointSet *set) {
  free(set->cell);
  free(set->element);
  free(set->first);
  free(set->first_gradient);
  free(set->gradient);
  free(set->volume);
  free(set->reference);
  free(set->strain0);
  free(set->strain1);
  free(set->stress0);
  free(set->stress1);
  free(set->state0);
  free(set->state1);
  free(set->earlier);
  free(set->work0);
  free(set->work1);
  free(set->tangent);
}

void bp_points_start(BpPointSet *set, const double *param) {
  for (int i = 0; i < set->npoints; i++)
    bp_law_start(set->law, param, set->state0 + (size_t)i * (size_t)set->nstate);
}

BpStatus bp_points_place(BpPointSet *set, int cell, const double (*xyz)[3]) {
  return set->element[cell]->gradients(xyz, set->gradient + set->first_gradient[cell],
                                       set->volume + set->first[cell]);
}

/* Total strain at the points of a cell, strain [6 points]. */
static void total_strains(const BpPointSet *set, int cell, const double *u, double *strain) {
  set->element[cell]->strains(set->gradient + set->first_gradient[cell],
                              set->volume + set->first[cell], u, strain);
}

/* The second-order backward difference formula is backward Euler from a combination of the last two
 * states, with a shorter step. Source: Hairer, Wanner, Solving Ordinary Differential Equations II,
 * III.5 (variable steps). */
typedef struct {
  double now, before; /* shares of state0 and of the state before it */
  double dt;          /* s, the shorter step */
} Formula;

static Formula choose_formula(const BpLaw *law, double dt, double ratio) {
  const double r = law->rate ? ratio : 0.0, share = 1.0 / (1.0 + 2.0 * r);
  return (Formula){(1.0 + r) * (1.0 + r) * share, r * r * share, (1.0 + r) * share * dt};
}

void bp_points_rate(const BpPointSet *set, size_t point, double dt, double ratio, double rate[6]) {
  const Formula f = choose_formula(set->law, dt, ratio);
  const size_t at = (size_t)set->nstate * point + (size_t)set->inelastic;
  for (size_t i = 0; i < 6; i++)
    rate[i] =
        (set->state1[at + i] - f.now * set->state0[at + i] + f.before * set->earlier[at + i]) /
        f.dt;
}

/* Inelastic work of the step, trapezoidal in the stress; the law's own is of the state that the
 * formula made. */
static double step_work(const BpPointSet *set, size_t point) {
  const size_t at = (size_t)set->nstate * point + (size_t)set->inelastic;
  double work = 0.0;
  for (size_t i = 0; i < 6; i++)
    work += 0.5 * (set->stress0[6 * point + i] + set->stress1[6 * point + i]) *
            (set->state1[at + i] - set->state0[at + i]);
  return work;
}

/* The stiffness and the conjugate gradients are symmetric; of the tangent of a law that is not,
 * Newton's iteration gets the symmetric part. It then converges linearly instead of quadratically,
 * to the same solution, because the residual is untouched. Measured (test_newton) with a back
 * stress far larger than the yield stress, turned by a right angle: residuals fall by 0.05 a time;
 * by 0.12 with the upper triangle alone, which is what the stiffness would take. */
static void symmetrise(double tangent[36]) {
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < i; j++)
      tangent[6 * i + j] = tangent[6 * j + i] = 0.5 * (tangent[6 * i + j] + tangent[6 * j + i]);
}

/* What a law may never return, NULL where it is sound: laws from outside and constants at the edge
 * of their range find ways. */
static const char *find_nan(const BpPointSet *set, size_t point) {
  const double *stress = set->stress1 + 6 * point, *tangent = set->tangent + 36 * point,
               *state = set->state1 + (size_t)set->nstate * point;
  double sum = 0.0, states = 0.0, slopes = 0.0;
  for (int i = 0; i < 6; i++)
    sum += stress[i];
  for (int i = 0; i < set->nstate; i++)
    states += state[i];
  for (int i = 0; i < 36; i++)
    slopes += tangent[i];
  return !isfinite(sum)      ? "its stress is not a number"
         : !isfinite(states) ? "its state is not a number"
         : !isfinite(slopes) ? "its tangent is not a number"
                             : NULL;
}

BpStatus bp_points_update(BpPointSet *set, int cell, const double *u, const BpPointStep *step,
                          BpRefusal *refusal) {
  const size_t nstate = (size_t)set->nstate;
  const Formula f = choose_formula(set->law, step->dt, step->ratio);
  total_strains(set, cell, u, set->strain1 + 6 * (size_t)set->first[cell]);
  for (size_t p = (size_t)set->first[cell]; p < (size_t)set->first[cell + 1]; p++) {
    double *strain1 = set->strain1 + 6 * p;
    const size_t q = p - (size_t)set->first[cell];
    const double *thermal = step->own_thermal ? step->own_thermal[q] : step->thermal;
    for (int i = 0; i < 6; i++)
      strain1[i] -= set->reference[6 * p + (size_t)i] + thermal[i];
    double state[BP_MAX_STATE];
    for (size_t i = 0; i < nstate; i++)
      state[i] = f.now * set->state0[nstate * p + i] - f.before * set->earlier[nstate * p + i];
    const BpLawIn in = {.param = step->own_param ? step->own_param[q] : step->param,
                        .strain0 = set->strain0 + 6 * p,
                        .strain1 = strain1,
                        .stress0 = set->stress0 + 6 * p,
                        .state0 = state,
                        .t0 = step->t0,
                        .dt = f.dt,
                        .T0 = step->own_T0 ? step->own_T0[q] : step->T0,
                        .T1 = step->own_T1 ? step->own_T1[q] : step->T1,
                        .context = set->law->context};
    BpLawOut out = {.stress1 = set->stress1 + 6 * p,
                    .state1 = set->state1 + nstate * p,
                    .tangent = set->tangent + 36 * p};
    const BpStatus status = set->law->update(&in, &out);
    if (status != BP_OK) {
      refusal->reason = out.reason;
      if (out.dt_hint > 0.0)
        refusal->dt_hint = fmin(refusal->dt_hint, out.dt_hint);
      return status;
    }
    refusal->reason = find_nan(set, p);
    if (refusal->reason)
      return BP_CUT;
    if (!set->law->symmetric)
      symmetrise(out.tangent);
    set->work1[p] = set->work0[p] + (set->law->rate ? step_work(set, p) : out.work_inelastic);
  }
  return BP_OK;
}

void bp_points_set_reference(BpPointSet *set, int cell, const double *u) {
  total_strains(set, cell, u, set->reference + 6 * (size_t)set->first[cell]);
}

static void swap(double **a, double **b) {
  double *t = *a;
  *a = *b;
  *b = t;
}

void bp_points_accept(BpPointSet *set) {
  swap(&set->strain0, &set->strain1);
  swap(&set->stress0, &set->stress1);
  swap(&set->earlier, &set->state0);
  swap(&set->state0, &set->state1);
  swap(&set->work0, &set->work1);
}
