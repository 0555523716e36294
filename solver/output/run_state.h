/* The state of a run into a checkpoint and out of it. Arrays are numbered as in the mesh before
 * distribution, so that another number of ranks may go on. */
#ifndef BP_RUN_STATE_H
#define BP_RUN_STATE_H

#include "checkpoint.h"
#include "stepper.h"

/* Writes the state into a new checkpoint, or fills it, and the model, from one that is read; on
 * other ranks than it was written on, the next step makes the coarse factor anew. Afterwards only
 * the checkpoint knows whether all went well.   [collective] */
PetscErrorCode bp_run_state_transfer(BpCheckpoint *checkpoint, BpRunState *state);

#endif
