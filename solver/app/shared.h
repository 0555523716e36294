/* What compared cases share, so that the errors of mesh and time steps cancel in their ratios. */
#ifndef BP_SHARED_H
#define BP_SHARED_H

#include "setup.h"

/* Gives every case the circles, radial lines and film levels of all of them: one planar mesh, one
 * set of layers. A case that is meshed alone has its own ones only.
 * That they do not go together is a problem of the case at fault. [not collective] */
void bp_shared_plan(BpSetup *setup, int count);

/* Gives a case prescribed ends of steps. 0 and no change if its load is not the reference's. */
int bp_shared_times(const BpSetup *reference, const double *end, int count, BpSetup *setup);

#endif
