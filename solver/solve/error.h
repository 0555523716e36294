/* Errors of a backward Euler step, averaged over the interface layers: of the solder's inelastic
 * strain, half the change of its rate times the step (the leading term of the local truncation
 * error); and of its inelastic work, what the trapezoidal rule in the stress misses because the
 * rate changes too. */
#ifndef BP_ERROR_H
#define BP_ERROR_H

#include "joint.h"

typedef struct {
  double strain, work; /* 1, J/m3 */
} BpErrors;

typedef struct {
  const BpJoint *joint;
  int set;            /* point set of the solder, -1: none */
  double *rate;       /* [points][6] 1/s, of the last accepted step */
  BpErrors reference; /* what errors are compared with: the last cycle's, or what has accumulated so
                         far */
} BpStepError;

void bp_step_error_create(const BpJoint *joint, BpStepError *error);
void bp_step_error_free(BpStepError *error);

/* Estimates for the converged, not yet accepted step of length dt, the larger of both sides.
 * [collective] */
PetscErrorCode bp_step_error_estimate(const BpStepError *error, double dt, BpErrors *estimate);

/* Keeps the rate of the converged step; called before it is accepted. */
void bp_step_error_keep(BpStepError *error, double dt);

#endif
