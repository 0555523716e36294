/* What goes on beside the steps of a run: log, history, fields, summary, requests to stop. */
#ifndef BP_WATCH_H
#define BP_WATCH_H

#include "petsc_session.h"
#include "restart.h"
#include "run_case.h"
#include "run_log.h"

#include "output.h"

typedef struct {
  const BpApp *app;
  const BpSetup *setup;
  const BpDirectory *directory;
  const BpProgramme *programme;
  const BpPetscOptions *options;
  BpNewton *newton;
  BpJoint *joint;
  BpOutput *output;
  BpRunLog log;
  BpSummary *summary;
  BpRestart *restart;
  BpStoreError error; /* of files, alike on every rank */
  double fields_time; /* s, of the last fields; -1: none yet */
  double start;       /* s, MPI_Wtime() before the mesh was built, less what the run took before */
  int checked;        /* 1: all options of PETSc are used */
  BpExit refused;     /* an option that PETSc does not use */
} BpWatcher;

/* The functions that bp_run calls, with the watcher as their context. */
BpWatch bp_watcher_functions(BpWatcher *watcher);

/* Writes the fields of the last accepted state unless they are there.   [collective] */
PetscErrorCode bp_watcher_last_fields(BpWatcher *watcher, double time);

/* Reads the probes that are due at a time, or, with `last`, at the end of the run.   [collective]
 */
PetscErrorCode bp_watcher_probes(BpWatcher *watcher, double time, int last);

/* Writes summary.json as it stands; a failure becomes the watcher's error.   [collective] */
void bp_watcher_write_summary(BpWatcher *watcher);

/* Removes summary.json: nothing was run, and a corrected case may use the directory. */
void bp_watcher_remove_summary(const BpWatcher *watcher);

#endif
