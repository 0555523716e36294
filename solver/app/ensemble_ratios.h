/* The ratios of an ensemble from the stored results of its members. */
#ifndef BP_ENSEMBLE_RATIOS_H
#define BP_ENSEMBLE_RATIOS_H

#include "ensemble.h"
#include "ensemble_plan.h"

/* Fills what verdict, table and file need. It points into the plan; free with
 * bp_ensemble_ratios_free(). What cannot be read is a warning and a missing ratio.   [rank 0]
 * directory  [plan->nruns] where the members are */
void bp_ensemble_ratios(const BpEnsemblePlan *plan, const BpDirectory *directory,
                        BpEnsemble *ensemble, BpProblems *problems);
void bp_ensemble_ratios_free(BpEnsemble *ensemble);

#endif
