/* What compared cases share, so that the errors of mesh and time steps cancel in their ratios. */
#ifndef BP_SHARED_H
#define BP_SHARED_H

#include "setup.h"

/* Gives every case the circles, radial lines and film levels of all of them: one planar mesh, one
 * set of layers. A case that is meshed alone has its own ones only.
 * That they do not go together is a problem of the case at fault. [not collective] */
void bp_shared_plan(BpSetup *setup, int count);

/* What the others take over of the run of the first case: ends of its steps and its full cycles. */
typedef struct {
  const double *end; /* [count] s */
  int count, cycles;
} BpSharedTimes;

/* Prescribes them for a case; the cycles where the reference may end because it is steady, so that
 * like cycles are compared. 0 and no change if the case's load is not the reference's. */
int bp_shared_times(const BpSetup *reference, const BpSharedTimes *times, BpSetup *setup);

#endif
