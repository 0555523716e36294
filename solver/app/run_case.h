/* One run from its setup to its files: what `run` and `compare` share. */
#ifndef BP_RUN_CASE_H
#define BP_RUN_CASE_H

#include "directory.h"
#include "report.h"

/* Runs a case into a directory that is open and not another case's; with --resume it goes on from
 * the newest checkpoint there, if there is one.   [collective]
 * summary  on rank 0, as summary.json; free with bp_summary_free() on every rank
 * code     BP_EXIT_OK, _CASE, _GEOMETRY, _DIVERGED, _CHECKPOINT, _IO or _STOPPED; what was wrong
 * has been said
 */
PetscErrorCode bp_run_case(const BpApp *app, const BpSetup *setup, const BpDirectory *directory,
                           BpSummary *summary, BpExit *code);

/* 1 if the directory holds the finished results of this setup, whose summary rank 0 then has; free
 * it with bp_summary_free().   [collective] */
int bp_run_case_finished(const BpApp *app, const BpSetup *setup, const BpDirectory *directory,
                         BpSummary *summary);

/* What is said of a run at its end: time, memory, what is not as it should be.  (rank 0) */
void bp_run_case_closing(FILE *out, const BpSummary *summary);

#endif
