/* The next time step. Pure functions of what the last step gave; linear iteration counts have no
 * say, because they differ between numbers of ranks. */
#ifndef BP_STEP_SIZE_H
#define BP_STEP_SIZE_H

#include "base.h"

typedef struct {
  double first, smallest, largest; /* s */
  const double *times;             /* [ntimes] s, prescribed step ends; none: automatic */
  int ntimes;
} BpStepRules;

/* Rounds a step down to the ladder 1 s times powers of 2^(1/4), so that round-off cannot move it.
 */
double bp_step_ladder(double dt);

/* Step that the error of the last one suggests. Between prescribed times the error has no say:
 * compared runs take the same steps, so that their errors cancel.
 * error  estimated error of the step over the one allowed; grows at most to twice the step
 * order  of the formula that the step was taken with, 1 or 2: errors go with dt to the order + 1 */
double bp_step_suggest(const BpStepRules *rules, double dt, double error, int order);

/* Whether a step with that error is to be repeated with a smaller one. */
int bp_step_reject(const BpStepRules *rules, double dt, double error);

/* Step after a failed one, from the law's hint where it has one (0: none). 0 when it would fall
 * below the smallest. */
double bp_step_cut(const BpStepRules *rules, double dt, double hint);

/* End of the step that starts at t: t + dt, the next prescribed time, or the corner, whichever
 * comes first; what is left to the corner is divided evenly. A prescribed time that is the corner's
 * but for the digits it was written with is the corner. */
double bp_step_end(const BpStepRules *rules, double t, double dt, double corner);

#endif
