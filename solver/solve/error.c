#include "error.h"

#include <stdlib.h>

void bp_step_error_create(const BpJoint *joint, BpStepError *error) {
  const BpModel *model = joint->model;
  int n = 0;
  *error = (BpStepError){.joint = joint};
  for (int s = 0; s < model->nsets; s++) {
    const int counts = bp_case_is_mesh(model->bp) || model->set[s].region == BP_REGION_SOLDER;
    error->first[s] = counts ? n : -1;
    n += counts ? model->set[s].npoints : 0;
  }
  for (int i = 0; i < 2; i++)
    error->rate[i] = BP_NEW(double, 6 * (size_t)n);
}

void bp_step_error_free(BpStepError *error) {
  free(error->rate[0]);
  free(error->rate[1]);
  *error = (BpStepError){0};
}

typedef struct {
  const BpStepError *error;
  double dt, ratio;
} Context;

/* Backward Euler errs by dt/2 (r1 - r0). The second-order formula errs by C dt3 d3e/dt3 with C = (1
 * + q)2 / (6 q (1 + 2 q)), q the ratio of the steps; the third derivative is the second difference
 * of the rates. */
static double value_error(const BpPointSet *set, size_t point, const void *context) {
  const Context *c = context;
  const int first = c->error->first[set - c->error->joint->model->set];
  if (first < 0)
    return 0.0;
  const size_t at = 6 * ((size_t)first + point);
  const double *r0 = c->error->rate[0] + at, *r = c->error->rate[1] + at,
               q = set->law->rate ? c->ratio : 0.0; /* as bp_points_rate() has it */
  double rate[6], e[6];
  bp_points_rate(set, point, c->dt, q, rate);
  for (int i = 0; i < 6; i++)
    e[i] = q > 0.0 ? c->dt * (1.0 + q) / (3.0 * (1.0 + 2.0 * q)) *
                         (rate[i] - r0[i] - q * (r0[i] - r[i]))
                   : 0.5 * c->dt * (rate[i] - r0[i]);
  return bp_equivalent_strain(e);
}

PetscErrorCode bp_step_error_estimate(const BpStepError *error, double dt, double ratio,
                                      double *estimate) {
  const BpJoint *joint = error->joint;
  const Context context = {error, dt, ratio};
  double *mean = BP_NEW(double, joint->averages.count);
  *estimate = 0.0;
  PetscCall(bp_averages_mean(joint->model, &joint->averages, value_error, &context, mean));
  for (int i = 0; i < joint->nwatched; i++)
    *estimate = fmax(*estimate, mean[joint->watched[i]]);
  free(mean);
  return 0;
}

void bp_step_error_keep(BpStepError *error, double dt, double ratio) {
  const BpModel *model = error->joint->model;
  double *oldest = error->rate[1];
  error->rate[1] = error->rate[0];
  error->rate[0] = oldest;
  for (int s = 0; s < model->nsets; s++)
    for (int p = 0; p < model->set[s].npoints && error->first[s] >= 0; p++)
      bp_points_rate(&model->set[s], (size_t)p, dt, ratio,
                     oldest + 6 * ((size_t)error->first[s] + (size_t)p));
}
