/* Error of a step in the inelastic strain, of the solder averaged over the interface layers, of a
 * user's mesh over each of its averages: the leading
 * term of the local truncation error, from rates at the ends of the last steps; of second order, or
 * of first order after a corner. */
#ifndef BP_ERROR_H
#define BP_ERROR_H

#include "joint.h"

typedef struct {
  const BpJoint *joint;
  int first[BP_MAX_REGIONS]; /* of a point set, in the rates; -1: it has none */
  double *rate[2]; /* [points][6] 1/s, at the end of the last accepted step and of the one before */
  double reference; /* strain that errors are compared with: the last cycle's, or what has
                       accumulated so far */
} BpStepError;

void bp_step_error_create(const BpJoint *joint, BpStepError *error);
void bp_step_error_free(BpStepError *error);

/* Estimate for the converged, not yet accepted step, the largest of the averages.   [collective]
 * ratio  of the step to the one before, 0 where it was taken with backward Euler */
PetscErrorCode bp_step_error_estimate(const BpStepError *error, double dt, double ratio,
                                      double *estimate);

/* Keeps the rate of the converged step; called before it is accepted. */
void bp_step_error_keep(BpStepError *error, double dt, double ratio);

#endif
