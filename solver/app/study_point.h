/* One point of a study, from its case file to its results. */
#ifndef BP_STUDY_POINT_H
#define BP_STUDY_POINT_H

#include "app.h"
#include "study_state.h"

/* Runs a point unless that was done, or another job is at it; goes on from a checkpoint. What was
 * wrong is said and kept with the point.   [collective]
 * ran   1 if it was run
 * code  BP_EXIT_OK, also where nothing was done; _STOPPED; else why it failed */
PetscErrorCode bp_study_point_run(const BpApp *app, const BpStudyJob *job, int point, int *ran,
                                  BpExit *code);

#endif
