/* Lives of a run: from its setup, its summary and its stored history to rows of the summary. */
#ifndef BP_LIFE_FILL_H
#define BP_LIFE_FILL_H

#include "report.h"
#include "setup.h"

/* Adds names of life models in the case that do not exist to the setup's problems. */
void bp_life_check_setup(BpSetup *setup);

/* What life models need of the case: solder, pads, temperatures, scatter. */
void bp_life_describe(const BpSetup *setup, BpLifeBasis *basis);

/* The lives of a run that has ended, by the models of its case; a history that cannot be read
 * becomes a warning of the summary. Does nothing on other ranks than 0. */
void bp_life_conclude(const BpApp *app, const BpSetup *setup, const char *directory,
                      BpSummary *summary);

/* Evaluates models for both sides of the joint and for the whole, from the last full cycle, into
 * summary->life, and drops what was there.   [rank 0]
 * directory  with results.h5, whose history has further layers and the shear loop
 * models     as life.models; "all" also leaves rows of the models that have no result, with the
 *            reason
 * problems   results.h5 that cannot be read (BP_EXIT_IO); that it is not there is a warning */
void bp_life_fill(const char *directory, const char *models, BpSummary *summary,
                  BpProblems *problems);

#endif
