/* What gives a run its temperatures. */
#ifndef BP_RUN_HEAT_H
#define BP_RUN_HEAT_H

#include "setup.h"

#include "model.h"
#include "programme.h"
#include "report.h"

/* Heat conduction, or a field of the mesh, as the model's heat, which is the caller's to destroy;
 * none where the temperature is the programme's. mesh  on rank 0; programme must outlive it.
 * [collective] */
PetscErrorCode bp_run_heat_create(const BpSetup *setup, const BpMesh *mesh,
                                  const BpProgramme *programme, BpModel *model, BpSummary *summary);

#endif
