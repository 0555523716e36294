/* What happens where a cycle of the load ends. */
#ifndef BP_CYCLE_END_H
#define BP_CYCLE_END_H

#include "stepper.h"

/* What ends with a step that ends on a corner (NULL: none): the cooling after the joining, or a
 * full cycle, which is kept and returned. The strain that errors are compared with follows. */
const BpCycle *bp_cycle_close(BpRunState *state, const BpCorner *corner);

/* 1 where the last cycle's work in the layer that does most is that of the cycle before, to what
 * the case calls steady; state->summary->reason then says so. */
int bp_cycle_is_steady(const BpRunState *state);

#endif
