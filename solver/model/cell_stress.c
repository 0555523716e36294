#include "cell_stress.h"

#include "field.h"

PetscErrorCode bp_stress_source(const BpModel *model, const double *u, BpStressSource *source) {
  *source = (BpStressSource){.u = u};
  for (int i = 0; i < model->nregions; i++) {
    source->region[i] = model->region[i];
    bp_region_set_temperature(&source->region[i], model->T0);
  }
  PetscCall(VecGetArrayRead(model->u0, &source->u0));
  return 0;
}

PetscErrorCode bp_stress_source_end(const BpModel *model, BpStressSource *source) {
  PetscCall(VecRestoreArrayRead(model->u0, &source->u0));
  return 0;
}

PetscErrorCode bp_cell_stress(const BpModel *model, const BpStressSource *source, int cell,
                              double *volume, double (*stress)[6]) {
  const BpGrid *grid = model->grid;
  const BpElement *element = bp_cell_element(grid, cell);
  const BpRegionData *region = &source->region[bp_cell_region(model, cell)];
  const int pad = element->pad;
  double stiffness[36], thermal[BP_FE_MAX_POINTS][6];
  double xyz[BP_FE_MAX_NODES][3], u[3 * BP_FE_MAX_PAD], u0[3 * BP_FE_MAX_PAD],
      gradient[BP_FE_MAX_GRADIENTS], strain[6 * BP_FE_MAX_POINTS];
  bp_cell_positions(grid, cell, xyz);
  bp_gather(grid, cell, pad, source->u, u);
  if (region->joined) {
    bp_gather(grid, cell, pad, source->u0, u0);
    for (int i = 0; i < 3 * pad; i++)
      u[i] -= u0[i];
  }
  PetscCheck(element->gradients((const double(*)[3])xyz, gradient, volume) == BP_OK,
             PETSC_COMM_SELF, PETSC_ERR_PLIB, "cell %d is inverted", grid->cell_id[cell]);
  element->strains(gradient, volume, u, strain);
  bp_field_linear(model, cell, 1, region, stiffness, thermal);
  for (int q = 0; q < element->npoints; q++) {
    memset(stress[q], 0, sizeof stress[q]);
    for (int i = 0; i < 6; i++)
      strain[6 * q + i] -= thermal[q][i];
    if (model->joined || !region->joined)
      bp_apply6(stiffness, strain + 6 * q, stress[q]);
  }
  return 0;
}
