#include "model.h"

#include "boundary.h"
#include "model_impl.h"

#include <stdlib.h>
#include <string.h>

static PetscErrorCode create_set(BpModel *model, int region) {
  const BpGrid *grid = model->grid;
  BpPointSet *set = &model->set[model->nsets];
  double param[BP_MAX_PARAMS];
  const BpElement **element = BP_NEW(const BpElement *, grid->ncells);
  int count = 0;
  for (int c = 0; c < grid->ncells; c++)
    if (bp_cell_region(model, c) == region)
      element[count++] = bp_cell_element(grid, c);
  bp_points_create(bp_material_law(model->region[region].material), region, count, element, set);
  free(element);
  count = 0;
  for (int c = 0; c < grid->ncells; c++) {
    if (bp_cell_region(model, c) != region)
      continue;
    double xyz[BP_FE_MAX_NODES][3];
    bp_cell_positions(grid, c, xyz);
    PetscCheck(bp_points_place(set, count, (const double(*)[3])xyz) == BP_OK, PETSC_COMM_SELF,
               PETSC_ERR_PLIB, "cell %d is inverted", grid->cell_id[c]);
    set->cell[count++] = c;
  }
  bp_material_param(model->region[region].material, model->T0, param);
  bp_points_start(set, param);
  model->nsets++;
  return 0;
}

static PetscErrorCode create_sets(BpModel *model) {
  model->set = BP_NEW(BpPointSet, model->nregions);
  for (int i = 0; i < model->nregions; i++) {
    if (bp_grid_region(model->grid, model->bp->materials.region[i].name) < 0)
      continue;
    model->region[i].present = 1;
    if (!bp_material_law(model->region[i].material)->linear)
      PetscCall(create_set(model, i));
  }
  return 0;
}

/* Before the joining, nodes that touch only what is not there yet stay where they are. */
static PetscErrorCode freeze_unborn(BpModel *model) {
  const BpGrid *grid = model->grid;
  Vec local, global;
  double *touched;
  PetscCall(DMGetLocalVector(grid->dm, &local));
  PetscCall(DMGetGlobalVector(grid->dm, &global));
  PetscCall(VecZeroEntries(local));
  PetscCall(VecZeroEntries(global));
  PetscCall(VecGetArray(local, &touched));
  for (int c = 0; c < grid->ncells; c++)
    for (int i = grid->cell_start[c];
         i < grid->cell_start[c + 1] && bp_region_active(model, bp_cell_region(model, c)); i++)
      touched[3 * grid->cell_node[i]] = 1.0;
  PetscCall(VecRestoreArray(local, &touched));
  PetscCall(DMLocalToGlobal(grid->dm, local, ADD_VALUES, global));
  PetscCall(DMGlobalToLocal(grid->dm, global, INSERT_VALUES, local));
  PetscCall(VecGetArray(local, &touched));
  for (int n = 0; n < grid->nnodes; n++)
    for (int d = 0; d < 3; d++)
      if (touched[3 * n] == 0.0)
        model->constraints.fixed[3 * n + d] = 1;
  PetscCall(VecRestoreArray(local, &touched));
  PetscCall(DMRestoreLocalVector(grid->dm, &local));
  PetscCall(DMRestoreGlobalVector(grid->dm, &global));
  return 0;
}

/* Global vector of 1 for free and 0 for prescribed unknowns; on a long face displacements are not
 * prescribed. */
static PetscErrorCode mark_free(BpModel *model) {
  Vec local;
  double *value;
  PetscCall(bp_long_face_create(model));
  PetscCall(DMGetLocalVector(model->grid->dm, &local));
  PetscCall(VecGetArray(local, &value));
  for (int i = 0; i < 3 * model->grid->nnodes; i++)
    value[i] = bp_is_prescribed(model, i) ? 0.0 : 1.0;
  PetscCall(VecRestoreArray(local, &value));
  PetscCall(DMLocalToGlobal(model->grid->dm, local, INSERT_VALUES, model->free));
  PetscCall(DMRestoreLocalVector(model->grid->dm, &local));
  return 0;
}

PetscErrorCode bp_model_create(const BpCase *bp, const BpMaterials *materials, BpGrid *grid,
                               BpModel **out) {
  BpModel *model = BP_NEW(BpModel, 1);
  model->bp = bp;
  model->grid = grid;
  PetscCall(bp_directions_of(bp, grid));
  model->T0 = model->T1 = bp->load.start;
  model->T_linear = -1.0;
  model->nregions = materials->count;
  model->region_of = BP_NEW(int, grid->nregions);
  for (int i = 0; i < grid->nregions; i++)
    model->region_of[i] = bp_case_region(bp, grid->region[i]);
  bp_regions_create(bp, materials, model->region);
  PetscCall(create_sets(model));
  PetscCall(DMCreateLocalVector(grid->dm, &model->u0));
  PetscCall(DMCreateGlobalVector(grid->dm, &model->load));
  PetscCall(DMCreateGlobalVector(grid->dm, &model->free));
  PetscCall(bp_matrices_create(model));
  PetscCall(bp_slots_create(grid, model->stiffness, grid->node_global, &model->slots));
  PetscCall(bp_slots_create(grid, model->coarse, grid->coarse_global, &model->coarse_slots));
  PetscCall(bp_kept_create(model));
  if (bp_case_is_mesh(bp))
    PetscCall(bp_boundary_create(model));
  PetscCall(bp_constraints_create(model));
  PetscCall(freeze_unborn(model));
  PetscCall(mark_free(model));
  *out = model;
  return 0;
}

PetscErrorCode bp_model_destroy(BpModel **out) {
  BpModel *model = *out;
  if (!model)
    return 0;
  for (int s = 0; s < model->nsets; s++)
    bp_points_free(&model->set[s]);
  PetscCall(VecDestroy(&model->u0));
  PetscCall(VecDestroy(&model->load));
  PetscCall(VecDestroy(&model->free));
  PetscCall(MatDestroy(&model->stiffness));
  PetscCall(MatDestroy(&model->coarse));
  bp_kept_free(&model->kept);
  bp_constraints_free(model);
  bp_long_face_destroy(&model->long_face);
  PetscCall(bp_slots_destroy(&model->slots));
  PetscCall(bp_slots_destroy(&model->coarse_slots));
  free(model->set);
  free(model->region_of);
  free(model->loaded);
  free(model->factor);
  free(model);
  *out = NULL;
  return 0;
}

/* Every region at its mean temperature. */
static PetscErrorCode set_temperatures(BpModel *model) {
  const BpGrid *grid = model->grid;
  double *mean = BP_NEW(double, grid->nregions);
  for (int i = 0; i < model->nregions; i++)
    model->mean[i] = model->T1;
  if (model->heat)
    PetscCall(bp_heat_means(model->heat, mean));
  for (int i = 0; i < grid->nregions && model->heat; i++)
    model->mean[model->region_of[i]] = mean[i];
  for (int i = 0; i < model->nregions; i++)
    bp_region_set_temperature(&model->region[i], model->mean[i]);
  free(mean);
  return 0;
}

PetscErrorCode bp_model_start_step(BpModel *model, double t1, double T1) {
  model->t1 = t1;
  model->T1 = T1;
  if (model->T_linear == T1 && !bp_boundary_changes(model) && !model->heat)
    return 0;
  PetscCall(set_temperatures(model));
  bp_constraints_set_values(model);
  PetscCall(bp_linear_assemble(model));
  model->T_linear = T1;
  bp_boundary_keep_factors(model);
  return 0;
}

PetscErrorCode bp_model_accept(BpModel *model) {
  for (int s = 0; s < model->nsets; s++)
    if (bp_region_active(model, model->set[s].region))
      bp_points_accept(&model->set[s]);
  model->t0 = model->t1;
  model->T0 = model->T1;
  return 0;
}

PetscErrorCode bp_model_join(BpModel *model, Vec u) {
  const double *u0;
  PetscCall(bp_model_accept(model));
  PetscCall(DMGlobalToLocal(model->grid->dm, u, INSERT_VALUES, model->u0));
  PetscCall(VecGetArrayRead(model->u0, &u0));
  for (int s = 0; s < model->nsets; s++) {
    BpPointSet *set = &model->set[s];
    for (int c = 0; c < set->ncells && model->region[set->region].joined; c++) {
      double cell_u[3 * BP_FE_MAX_PAD];
      bp_gather(model->grid, set->cell[c], set->element[c]->pad, u0, cell_u);
      bp_points_set_reference(set, c, cell_u);
    }
  }
  PetscCall(VecRestoreArrayRead(model->u0, &u0));
  return bp_model_go_on(model);
}

PetscErrorCode bp_model_go_on(BpModel *model) {
  model->joined = 1;
  model->T_linear = -1.0;
  bp_constraints_free(model);
  PetscCall(bp_constraints_create(model));
  PetscCall(mark_free(model));
  return 0;
}

PetscErrorCode bp_model_free_unknowns(const BpModel *model, PetscInt *count) {
  double sum;
  PetscCall(VecSum(model->free, &sum));
  *count = (PetscInt)(sum + 0.5);
  if (model->long_face)
    *count +=
        2 * (model->long_face->there[0] + model->long_face->there[1]) - model->long_face->nodes;
  return 0;
}

PetscErrorCode bp_model_largest_increment(const BpModel *model, double *increment) {
  double mine = 0.0;
  for (int s = 0; s < model->nsets; s++) {
    const BpPointSet *set = &model->set[s];
    if ((!bp_case_is_mesh(model->bp) && set->region != BP_REGION_SOLDER) ||
        !bp_region_active(model, set->region))
      continue;
    for (int p = 0; p < set->npoints; p++) {
      const size_t at = (size_t)p * (size_t)set->nstate + (size_t)set->accumulated;
      mine = fmax(mine, set->state1[at] - set->state0[at]);
    }
  }
  PetscCallMPI(MPI_Allreduce(&mine, increment, 1, MPI_DOUBLE, MPI_MAX, model->grid->comm));
  return 0;
}
