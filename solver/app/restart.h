/* Checkpoints of a run: whose they are, when they are written, going on from one. */
#ifndef BP_RESTART_H
#define BP_RESTART_H

#include "directory.h"
#include "run_state.h"

typedef struct {
  const BpApp *app;
  const BpSetup *setup;
  const char *dir;
  char mesh[BP_HASH_SIZE];  /* of its nodes and cells; rank 0 */
  BpCheckpoint *checkpoint; /* to go on from, until that is done; NULL: the run begins anew */
  BpStoreError error;       /* of checkpoint */
  BpProblems warnings;      /* about it */
  int previous;             /* step of the last one that is sound, -1: none */
  /* what the files of the run have come to at the checkpoint */
  double wall_time, fields_time; /* s; of the run so far, of the last fields (-1: none) */
  int rows, steps;               /* of results.h5 */
  char petsc_options[BP_PATH];   /* of the run so far, of the command line */
} BpRestart;

/* With --resume opens the newest sound checkpoint, without it removes all that the directory has.
 * [collective]
 * mesh    on rank 0, NULL elsewhere
 * Returns BP_EXIT_CHECKPOINT where there are some and none can be read, or it is of another case.
 */
BpExit bp_restart_begin(const BpApp *app, const BpSetup *setup, const BpDirectory *directory,
                        const BpMesh *mesh, BpRestart *restart);
void bp_restart_free(BpRestart *restart);

/* Fills the state from the checkpoint; *resumed 0 if there is none.   [collective] */
PetscErrorCode bp_restart_load(BpRestart *restart, BpRunState *state, int *resumed);

/* Writes a checkpoint; wall_time, fields_time, rows and steps of the restart are those of now.
 * [collective] */
PetscErrorCode bp_restart_keep(BpRestart *restart, BpRunState *state, BpStoreError *error);

#endif
