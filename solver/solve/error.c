#include "error.h"

#include <stdlib.h>

void bp_step_error_create(const BpJoint *joint, BpStepError *error) {
  *error = (BpStepError){.joint = joint, .set = -1};
  for (int s = 0; s < joint->model->nsets; s++)
    if (joint->model->set[s].region == BP_REGION_SOLDER)
      error->set = s;
  if (error->set >= 0)
    error->rate =
        BP_NEW(double, 6 * (size_t)joint->model->set[error->set].ncells * BP_WEDGE_POINTS);
}

void bp_step_error_free(BpStepError *error) {
  free(error->rate);
  *error = (BpStepError){0};
}

static void increment(const BpPointSet *set, size_t point, double change[6]) {
  const size_t at = point * (size_t)set->nstate + (size_t)set->inelastic;
  for (size_t i = 0; i < 6; i++)
    change[i] = set->state1[at + i] - set->state0[at + i];
}

typedef struct {
  const BpStepError *error;
  double dt;
} Context;

static double value_error(const BpPointSet *set, size_t point, const void *context) {
  const Context *c = context;
  double change[6];
  if (set->region != BP_REGION_SOLDER)
    return 0.0;
  increment(set, point, change);
  for (size_t i = 0; i < 6; i++)
    change[i] = 0.5 * (change[i] - c->dt * c->error->rate[6 * point + i]);
  return bp_equivalent_strain(change);
}

/* With rates r0 and r1 at the step's ends, linear between, and a linear stress, the mean stress
 * seen by the strain differs from the trapezoidal one by (stress1 - stress0) (r1 - r0) / (6 (r0 +
 * r1)). */
static double value_work_error(const BpPointSet *set, size_t point, const void *context) {
  const Context *c = context;
  double change[6], jump[6];
  if (set->region != BP_REGION_SOLDER)
    return 0.0;
  increment(set, point, change);
  for (size_t i = 0; i < 6; i++)
    jump[i] = set->stress1[6 * point + i] - set->stress0[6 * point + i];
  const double r1 = bp_norm6(change), r0 = c->dt * bp_norm6(c->error->rate + 6 * point);
  return r0 + r1 > 0.0 ? fabs(bp_dot6(jump, change)) * fabs(r1 - r0) / (6.0 * (r0 + r1)) : 0.0;
}

PetscErrorCode bp_step_error_estimate(const BpStepError *error, double dt, BpErrors *estimate) {
  const BpJoint *joint = error->joint;
  const Context context = {error, dt};
  double *mean = BP_NEW(double, joint->averages.count);
  *estimate = (BpErrors){0.0, 0.0};
  PetscCall(bp_averages_mean(joint->model, &joint->averages, value_error, &context, mean));
  for (int side = 0; side < BP_SIDES && error->set >= 0; side++)
    estimate->strain = fmax(estimate->strain, mean[joint->layer[side]]);
  PetscCall(bp_averages_mean(joint->model, &joint->averages, value_work_error, &context, mean));
  for (int side = 0; side < BP_SIDES && error->set >= 0; side++)
    estimate->work = fmax(estimate->work, mean[joint->layer[side]]);
  free(mean);
  return 0;
}

void bp_step_error_keep(BpStepError *error, double dt) {
  if (error->set < 0)
    return;
  const BpPointSet *set = &error->joint->model->set[error->set];
  for (size_t p = 0; p < (size_t)set->ncells * BP_WEDGE_POINTS; p++) {
    double change[6];
    increment(set, p, change);
    for (size_t i = 0; i < 6; i++)
      error->rate[6 * p + i] = change[i] / dt;
  }
}
