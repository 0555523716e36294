/* Several cases on one mesh and with the same steps: what `compare` runs once, and with --ensemble
 * for every choice of what could change the sign. */
#ifndef BP_COMPARISON_H
#define BP_COMPARISON_H

#include "directory.h"
#include "report.h"

typedef struct {
  const BpApp *app;
  BpDirectory directory; /* opened and closed by the caller */
  BpSetup *setup;        /* [count] */
  BpSummary *summary;    /* [count], complete on rank 0 */
  int count;
} BpComparison;

typedef struct {
  const double *thickness; /* [count] m */
  int count;
} BpComparisonLayers;

/* Reads the cases of the command line, which must outlive the comparison, and gives them what they
 * share. Faults of the input have been said; free with bp_comparison_free() in any case.
 * layers  further ones for the history, NULL: none   [collective] */
BpExit bp_comparison_read(const BpApp *app, const BpComparisonLayers *layers, BpComparison *c);
void bp_comparison_free(BpComparison *c);

/* The warnings of the cases, those that they have in common once. */
void bp_comparison_warnings(const BpComparison *c, BpProblems *all);

/* Runs each case into directory/NAME; finished results of it are used again.   [collective]
 * code  BP_EXIT_OK, or that of the first run that has no results; what was wrong has been said */
PetscErrorCode bp_comparison_run(BpComparison *c, BpExit *code);

/* 1 on the rank that prints for people. */
int bp_app_is_talking(const BpApp *app);

#endif
