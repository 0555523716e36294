/* The regions whose law is linear: their stiffness and thermal forces change with the temperature
 * only, so they are assembled once a step and the Newton iterations add solder and copper. */
#include "model_impl.h"

static int has_prescribed(const BpModel *model, int cell) {
  for (int n = 0; n < BP_WEDGE_NODES; n++)
    for (int d = 0; d < 3; d++)
      if (model->constraints.fixed[3 * model->grid->cell_node[cell][n] + d])
        return 1;
  return 0;
}

/* Adds sign K u of a cell, where u is given on all its nodes. */
static void add_product(const double *K, const double u[3][BP_FE_PAD], double sign,
                        double f[3][BP_FE_PAD]) {
  for (int n = 0; n < BP_WEDGE_NODES; n++)
    for (int d = 0; d < 3; d++) {
      const double *row = K + (size_t)(3 * n + d) * BP_WEDGE_DOFS;
      double sum = 0.0;
      for (int m = 0; m < BP_WEDGE_NODES; m++)
        sum += row[3 * m] * u[0][m] + row[3 * m + 1] * u[1][m] + row[3 * m + 2] * u[2][m];
      f[d][n] += sign * sum;
    }
}

static void prescribed_values(const BpModel *model, int cell, double u[3][BP_FE_PAD]) {
  const BpConstraints *c = &model->constraints;
  for (int n = 0; n < BP_WEDGE_NODES; n++)
    for (int d = 0; d < 3; d++) {
      const size_t i = 3 * (size_t)model->grid->cell_node[cell][n] + (size_t)d;
      u[d][n] = c->fixed[i] ? c->value[i] : 0.0;
    }
}

/* External force of a cell: thermal stress, what it had at birth, and the push of prescribed
 * neighbours. */
static void cell_load(const BpModel *model, int cell, const double *K, const double *u0,
                      const BpGradient *gradient, double f[3][BP_FE_PAD]) {
  const BpRegionData *region = &model->region[bp_cell_region(model, cell)];
  double stress[6], u[3][BP_FE_PAD];
  bp_apply6(region->stiffness, region->thermal, stress);
  for (int q = 0; q < BP_WEDGE_POINTS; q++)
    bp_fe_add_force(&gradient[q], stress, f);
  if (region->joined) {
    bp_gather(model->grid, cell, u0, u);
    add_product(K, u, 1.0, f);
  }
  if (has_prescribed(model, cell)) {
    prescribed_values(model, cell, u);
    add_product(K, u, -1.0, f);
  }
}

static PetscErrorCode assemble_cells(BpModel *model, const double *u0, double *load,
                                     BpStiffness *to) {
  const BpGrid *grid = model->grid;
  for (int c = 0; c < grid->ncells; c++) {
    const int index = bp_cell_region(model, c);
    const BpRegionData *region = &model->region[index];
    if (!bp_material_law(region->material)->linear || !bp_region_active(model, index))
      continue;
    double xyz[BP_WEDGE_NODES][3], K[BP_WEDGE_DOFS * BP_WEDGE_DOFS], f[3][BP_FE_PAD] = {{0}};
    BpGradient gradient[BP_WEDGE_POINTS];
    bp_cell_positions(grid, c, xyz);
    PetscCheck(bp_wedge_gradients((const double(*)[3])xyz, gradient) == BP_OK, PETSC_COMM_SELF,
               PETSC_ERR_PLIB, "cell %d is inverted", grid->cell_id[c]);
    bp_fe_stiffness(gradient, region->stiffness, 0, K);
    cell_load(model, c, K, u0, gradient, f);
    bp_scatter_force(grid, c, (const double(*)[BP_FE_PAD])f, load);
    bp_add_stiffness(model, c, K, to);
  }
  return 0;
}

PetscErrorCode bp_linear_assemble(BpModel *model) {
  DM dm = model->grid->dm;
  Vec local;
  const double *u0;
  double *load;
  BpStiffness to;
  PetscCall(MatZeroEntries(model->linear));
  PetscCall(MatZeroEntries(model->linear_coarse));
  PetscCall(VecZeroEntries(model->load));
  PetscCall(DMGetLocalVector(dm, &local));
  PetscCall(VecZeroEntries(local));
  PetscCall(VecGetArrayRead(model->u0, &u0));
  PetscCall(VecGetArray(local, &load));
  PetscCall(bp_start_stiffness(model, model->linear, model->linear_coarse, &to));
  PetscCall(assemble_cells(model, u0, load, &to));
  PetscCall(bp_finish_stiffness(model, 1, &to));
  PetscCall(VecRestoreArray(local, &load));
  PetscCall(VecRestoreArrayRead(model->u0, &u0));
  PetscCall(DMLocalToGlobal(dm, local, ADD_VALUES, model->load));
  PetscCall(DMRestoreLocalVector(dm, &local));
  return 0;
}
