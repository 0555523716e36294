/* ballpad compare --ensemble: the comparison under everything that could change its sign. */
#ifndef BP_ENSEMBLE_RUN_H
#define BP_ENSEMBLE_RUN_H

#include "app.h"

/* Runs every member into DIR/MEMBER/CASE, then writes DIR/ensemble.json and DIR/report.html and
 * prints the table. A member that does not converge or cannot be meshed leaves its ratios missing,
 * and *code says so.   [collective] */
PetscErrorCode bp_ensemble_run(const BpApp *app, BpExit *code);

#endif
