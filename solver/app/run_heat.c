#include "run_heat.h"

#include "heat.h"

/* Temperatures from the file of the mesh, which rank 0 has. */
static PetscErrorCode create_field(const BpSetup *setup, const BpMesh *mesh, BpModel *model) {
  BpHeatLoad load;
  bp_heat_load_of_field(setup->bp, &load);
  PetscCall(bp_heat_create(setup->bp, setup->materials.material, model->grid, &load, &model->heat));
  return bp_heat_prescribe(model->heat,
                           mesh ? bp_mesh_field(mesh, setup->bp->load.heat.field.name) : NULL,
                           mesh ? mesh->nnodes : 0);
}

PetscErrorCode bp_run_heat_create(const BpSetup *setup, const BpMesh *mesh,
                                  const BpProgramme *programme, BpModel *model,
                                  BpSummary *summary) {
  BpHeatLoad load;
  if (bp_case_has_field(setup->bp))
    return create_field(setup, mesh, model);
  if (!bp_case_has_heat(setup->bp))
    return 0;
  const BpHeatShares shares = bp_heat_shares(setup->bp, bp_setup_part(setup));
  bp_heat_load_of_package(setup->bp, programme, &shares, &load);
  if (!bp_case_is_mesh(setup->bp)) {
    summary->heat.power_share = shares.power;
    summary->heat.board_factor = shares.board;
  }
  return bp_heat_create(setup->bp, setup->materials.material, model->grid, &load, &model->heat);
}
