/* `study run -j N`: points run side by side, each in a process of its own, which starts MPI for
 * itself. The parent has no MPI. */
#ifndef BP_STUDY_JOBS_H
#define BP_STUDY_JOBS_H

#include "args.h"

/* 1 for a command line that makes processes: `study run` that no mpirun has started. */
int bp_study_jobs_wanted(const BpArgs *args);

/* Runs the points. Returns 1 in the parent when all is done, with the exit code; 0 in a process of
 * a point, whose command line args then is. */
int bp_study_jobs(BpArgs *args, BpExit *code);

#endif
