/* The loops over solder and copper: the only places where laws meet the cells, and where a refused
 * step is agreed on by all ranks. */
#include "field.h"

#include <string.h>

/* Temperatures, constants and thermal strains of the points of a cell. */
typedef struct {
  double T0[BP_FE_MAX_POINTS], T1[BP_FE_MAX_POINTS], param[BP_FE_MAX_POINTS][BP_MAX_PARAMS],
      thermal[BP_FE_MAX_POINTS][6];
} OwnPoints;

static void fill_points(const BpModel *model, int cell, const BpRegionData *region, OwnPoints *own,
                        BpPointStep *step) {
  bp_field_at_points(model, cell, 1, own->T0);
  bp_field_at_points(model, cell, 0, own->T1);
  for (int q = 0; q < bp_cell_element(model->grid, cell)->npoints; q++) {
    bp_material_param(region->material, own->T1[q], own->param[q]);
    bp_region_thermal(region, own->T1[q], own->thermal[q]);
  }
  step->own_T0 = own->T0;
  step->own_T1 = own->T1;
  step->own_param = own->param;
  step->own_thermal = own->thermal;
}

static BpStatus update_set(const BpModel *model, BpPointSet *set, const double *u,
                           BpRefusal *refusal) {
  double param[BP_MAX_PARAMS];
  const BpRegionData *region = &model->region[set->region];
  bp_material_param(region->material, model->T1, param);
  OwnPoints own;
  BpPointStep step = {.param = param,
                      .thermal = region->thermal,
                      .t0 = model->t0,
                      .dt = model->t1 > model->t0 ? model->t1 - model->t0 : 1.0,
                      .T0 = model->T0,
                      .T1 = model->T1,
                      .ratio = model->ratio};
  for (int c = 0; c < set->ncells; c++) {
    double cell_u[3 * BP_FE_MAX_PAD];
    bp_gather(model->grid, set->cell[c], set->element[c]->pad, u, cell_u);
    if (model->heat)
      fill_points(model, set->cell[c], region, &own, &step);
    const BpStatus status = bp_points_update(set, c, cell_u, &step, refusal);
    if (status != BP_OK)
      return status;
  }
  return BP_OK;
}

/* magnitude  1: the absolute values of the cells' forces */
static void add_set_forces(const BpModel *model, const BpPointSet *set, int magnitude,
                           double *force) {
  for (int c = 0; c < set->ncells; c++) {
    double f[3 * BP_FE_MAX_PAD] = {0};
    const BpElement *element = set->element[c];
    const size_t first = (size_t)set->first[c];
    element->add_force(set->gradient + set->first_gradient[c], set->volume + first,
                       set->stress1 + 6 * first, f);
    for (int i = 0; i < 3 * element->pad && magnitude; i++)
      f[i] = fabs(f[i]);
    bp_scatter_force(model->grid, set->cell[c], element->pad, f, force);
  }
}

/* What this rank has to say about the point that stopped it. */
static void say_refusal(const BpModel *model, const BpPointSet *set, const BpRefusal *refusal,
                        char *text, size_t size) {
  char enough[48] = "";
  if (refusal->dt_hint < PETSC_MAX_REAL)
    snprintf(enough, sizeof enough, "; %.3g s would do", refusal->dt_hint);
  snprintf(text, size, "%s: %.120s: %s%s", model->bp->materials.region[set->region].name,
           set->law->name, refusal->reason, enough);
}

/* After a refused step, `why` becomes that of the rank with the shortest hint among those whose
 * status is the one agreed on. */
static PetscErrorCode share_reason(BpModel *model, int refused, double hint) {
  struct {
    double hint;
    int rank;
  } mine = {refused ? hint : HUGE_VAL, 0}, first;
  const MPI_Comm comm = model->grid->comm;
  PetscCallMPI(MPI_Comm_rank(comm, &mine.rank));
  PetscCallMPI(MPI_Allreduce(&mine, &first, 1, MPI_DOUBLE_INT, MPI_MINLOC, comm));
  PetscCallMPI(MPI_Bcast(model->why, sizeof model->why, MPI_CHAR, first.rank, comm));
  return 0;
}

/* Updates every point and adds its force; the worst status of all ranks comes back on each. */
static PetscErrorCode update_points(BpModel *model, const double *u, double *force,
                                    BpStatus *status) {
  int worst = BP_OK, agreed;
  BpRefusal refusal = {.dt_hint = PETSC_MAX_REAL};
  for (int s = 0; s < model->nsets && worst == BP_OK; s++) {
    BpPointSet *set = &model->set[s];
    if (bp_region_active(model, set->region))
      worst = (int)update_set(model, set, u, &refusal);
    if (worst != BP_OK)
      say_refusal(model, set, &refusal, model->why, sizeof model->why);
  }
  PetscCallMPI(MPI_Allreduce(&worst, &agreed, 1, MPI_INT, MPI_MAX, model->grid->comm));
  PetscCallMPI(
      MPI_Allreduce(&refusal.dt_hint, &model->dt_hint, 1, MPI_DOUBLE, MPI_MIN, model->grid->comm));
  *status = (BpStatus)agreed;
  if (agreed != BP_OK)
    PetscCall(share_reason(model, worst == agreed, refusal.dt_hint));
  for (int s = 0; s < model->nsets && agreed == BP_OK; s++)
    if (bp_region_active(model, model->set[s].region))
      add_set_forces(model, &model->set[s], 0, force);
  return 0;
}

static void clear_prescribed(const BpModel *model, double *force) {
  for (int i = 0; i < 3 * model->grid->nnodes; i++)
    if (bp_is_prescribed(model, i))
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
    PetscCall(bp_model_linear_force(model, u, r));
    PetscCall(VecAXPY(r, -1.0, model->load));
    PetscCall(DMLocalToGlobal(dm, local, ADD_VALUES, r));
    PetscCall(VecPointwiseMult(r, r, model->free));
    if (model->long_face)
      PetscCall(bp_long_face_project(model->long_face, r));
  }
  PetscCall(DMRestoreLocalVector(dm, &local));
  PetscCall(DMRestoreLocalVector(dm, &local_u));
  return 0;
}

PetscErrorCode bp_model_force_magnitude(const BpModel *model, double *magnitude) {
  DM dm = model->grid->dm;
  Vec local, all;
  double *force;
  PetscCall(DMGetLocalVector(dm, &local));
  PetscCall(DMGetGlobalVector(dm, &all));
  PetscCall(VecZeroEntries(local));
  PetscCall(VecZeroEntries(all));
  PetscCall(VecGetArray(local, &force));
  for (int s = 0; s < model->nsets; s++)
    if (bp_region_active(model, model->set[s].region))
      add_set_forces(model, &model->set[s], 1, force);
  PetscCall(VecRestoreArray(local, &force));
  PetscCall(DMLocalToGlobal(dm, local, ADD_VALUES, all));
  PetscCall(VecPointwiseMult(all, all, model->free));
  PetscCall(VecNorm(all, NORM_2, magnitude));
  PetscCall(DMRestoreGlobalVector(dm, &all));
  PetscCall(DMRestoreLocalVector(dm, &local));
  return 0;
}

PetscErrorCode bp_model_linear_force(BpModel *model, Vec u, Vec y) {
  const BpLongFace *face = model->long_face;
  PetscCall(bp_kept_restore(model));
  PetscCall(MatMult(model->stiffness, u, y));
  return face ? bp_long_face_add(face, &face->linear, u, y) : 0;
}

static void add_set_stiffness(const BpModel *model, const BpPointSet *set, BpStiffness *to) {
  for (int c = 0; c < set->ncells; c++) {
    double K[BP_FE_MAX_DOFS * BP_FE_MAX_DOFS];
    const size_t first = (size_t)set->first[c];
    set->element[c]->stiffness(set->gradient + set->first_gradient[c], set->volume + first,
                               set->tangent + 36 * first, 36, K);
    bp_add_stiffness(model, set->cell[c], K, to);
  }
}

PetscErrorCode bp_model_tangent(BpModel *model, int coarse) {
  BpStiffness to, both;
  BpLongSum sum;
  PetscCall(bp_kept_restore(model));
  PetscCall(bp_start_stiffness(model, model->stiffness, coarse ? model->coarse : NULL, &both));
  if (coarse) {
    to = (BpStiffness){.coarse = both.coarse};
    PetscCall(MatZeroEntries(model->coarse));
    PetscCall(bp_linear_add(model, &to));
  }
  if (model->long_face) {
    bp_long_sum_begin(model, &sum);
    both.long_sum = &sum;
  }
  for (int s = 0; s < model->nsets; s++)
    if (bp_region_active(model, model->set[s].region))
      add_set_stiffness(model, &model->set[s], &both);
  if (model->long_face)
    PetscCall(bp_long_sum_end(model, 1, &sum));
  to = (BpStiffness){.fine = both.fine};
  PetscCall(bp_finish_stiffness(model, 0, &to));
  to = (BpStiffness){.coarse = both.coarse};
  PetscCall(bp_finish_stiffness(model, 1, &to));
  model->whole = 1;
  return 0;
}
