/* The loops over solder and copper: the only places where laws meet the cells, and where a refused
 * step is agreed on by all ranks. */
#include "model_impl.h"

#include <string.h>

static BpStatus update_set(const BpModel *model, BpPointSet *set, const double *u,
                           double *dt_hint) {
  double param[BP_MAX_PARAMS];
  const BpRegionData *region = &model->region[set->region];
  bp_material_param(region->material, model->T1, param);
  const BpPointStep step = {.param = param,
                            .thermal = region->thermal,
                            .t0 = model->t0,
                            .dt = model->t1 > model->t0 ? model->t1 - model->t0 : 1.0,
                            .T0 = model->T0,
                            .T1 = model->T1,
                            .ratio = model->ratio};
  for (int c = 0; c < set->ncells; c++) {
    double cell_u[3][BP_FE_PAD];
    bp_gather(model->grid, set->cell[c], u, cell_u);
    const BpStatus status =
        bp_points_update(set, c, (const double(*)[BP_FE_PAD])cell_u, &step, dt_hint);
    if (status != BP_OK)
      return status;
  }
  return BP_OK;
}

static void add_set_forces(const BpModel *model, const BpPointSet *set, double *force) {
  for (int c = 0; c < set->ncells; c++) {
    double f[3][BP_FE_PAD] = {{0}};
    const size_t first = (size_t)c * BP_WEDGE_POINTS;
    for (size_t q = 0; q < BP_WEDGE_POINTS; q++)
      bp_fe_add_force(&set->gradient[first + q], set->stress1 + 6 * (first + q), f);
    bp_scatter_force(model->grid, set->cell[c], (const double(*)[BP_FE_PAD])f, force);
  }
}

/* Updates every point and adds its force; the worst status of all ranks comes back on each. */
static PetscErrorCode update_points(BpModel *model, const double *u, double *force,
                                    BpStatus *status) {
  int worst = BP_OK, agreed;
  double hint = PETSC_MAX_REAL;
  for (int s = 0; s < model->nsets && worst == BP_OK; s++)
    if (bp_region_active(model, model->set[s].region))
      worst = (int)update_set(model, &model->set[s], u, &hint);
  PetscCallMPI(MPI_Allreduce(&worst, &agreed, 1, MPI_INT, MPI_MAX, model->grid->comm));
  PetscCallMPI(MPI_Allreduce(&hint, &model->dt_hint, 1, MPI_DOUBLE, MPI_MIN, model->grid->comm));
  *status = (BpStatus)agreed;
  for (int s = 0; s < model->nsets && agreed == BP_OK; s++)
    if (bp_region_active(model, model->set[s].region))
      add_set_forces(model, &model->set[s], force);
  return 0;
}

static void clear_prescribed(const BpModel *model, double *force) {
  for (int i = 0; i < 3 * model->grid->nnodes; i++)
    if (model->constraints.fixed[i])
      force[i] = 0.0;
}

PetscErrorCode bp_model_residual(BpModel *model, Vec u, Vec r, BpStatus *status) {
  DM dm = model->grid->dm;
  Vec local, local_u;
  const double *values;
  double *force;
  PetscCall(DMGetLocalVector(dm, &local_u));
  PetscCall(DMGlobalToLocal(dm, u, INSERT_VALUES, local_u));
  PetscCall(DMGetLocalVector(dm, &local));
  PetscCall(VecZeroEntries(local));
  PetscCall(VecGetArrayRead(local_u, &values));
  PetscCall(VecGetArray(local, &force));
  PetscCall(update_points(model, values, force, status));
  clear_prescribed(model, force);
  PetscCall(VecRestoreArray(local, &force));
  PetscCall(VecRestoreArrayRead(local_u, &values));
  PetscCall(VecZeroEntries(r));
  if (*status == BP_OK) {
    /* linear regions: K u - load; K has no entries for prescribed unknowns but its diagonal */
    PetscCall(MatMult(model->linear, u, r));
    PetscCall(VecAXPY(r, -1.0, model->load));
    PetscCall(DMLocalToGlobal(dm, local, ADD_VALUES, r));
    PetscCall(VecPointwiseMult(r, r, model->free));
  }
  PetscCall(DMRestoreLocalVector(dm, &local));
  PetscCall(DMRestoreLocalVector(dm, &local_u));
  return 0;
}

PetscErrorCode bp_model_tangent(BpModel *model, Mat fine, Mat coarse) {
  BpStiffness to;
  PetscCall(MatCopy(model->linear, fine, SAME_NONZERO_PATTERN));
  if (coarse)
    PetscCall(MatCopy(model->linear_coarse, coarse, SAME_NONZERO_PATTERN));
  PetscCall(bp_start_stiffness(model, fine, coarse, &to));
  for (int s = 0; s < model->nsets; s++) {
    const BpPointSet *set = &model->set[s];
    if (!bp_region_active(model, set->region))
      continue;
    for (int c = 0; c < set->ncells; c++) {
      double K[BP_WEDGE_DOFS * BP_WEDGE_DOFS];
      const size_t first = (size_t)c * BP_WEDGE_POINTS;
      bp_fe_stiffness(set->gradient + first, set->tangent + 36 * first, 36, K);
      PetscCall(bp_add_stiffness(model, set->cell[c], K, &to));
    }
  }
  PetscCall(bp_finish_stiffness(model, 0, &to));
  return 0;
}
