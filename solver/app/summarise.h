/* From a run to its summary. */
#ifndef BP_SUMMARISE_H
#define BP_SUMMARISE_H

#include "report.h"
#include "setup.h"
#include "stepper.h"

/* What is known before the first step. */
void bp_summarise_start(const BpApp *app, const BpSetup *setup, const BpMeshed *meshed,
                        BpSummary *summary);

/* Volumes that the averages are over. */
void bp_summarise_volumes(const BpJoint *joint, BpSummary *summary);

/* Adds a cycle and concludes. */
void bp_summarise_cycle(const BpJoint *joint, const BpCycle *cycle, BpSummary *summary);

/* Steps, time and memory; the end of the run.   [collective] */
void bp_summarise_end(const BpApp *app, const BpRunSummary *run, double wall_time,
                      BpSummary *summary);

/* What the temperatures of the cycle that has just ended say; length  s, of the cycle. */
void bp_summarise_heat_cycle(const BpModel *model, const BpHeatTrace *trace, double length,
                             BpSummary *summary);

/* What heat came to, where the model has it; spent  s of this process' processor time in which it
 * did.   [collective] */
PetscErrorCode bp_summarise_heat(const BpModel *model, double spent, BpSummary *summary);

#endif
