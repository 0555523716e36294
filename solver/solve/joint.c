#include "joint_impl.h"

#include <stdlib.h>
#include <string.h>

static const char *const back[2] = {"die_back", "board_back"};

/* The first state of a cycle is a peak, be it pressure. */
static void forget_peaks(BpJoint *joint) {
  for (int i = 0; i < joint->films.nzones; i++)
    joint->peak[i] = -HUGE_VAL;
}

PetscErrorCode bp_joint_create(BpModel *model, BpJoint **out) {
  BpJoint *joint = BP_NEW(BpJoint, 1);
  joint->model = model;
  PetscCall(bp_joint_add_regions(joint));
  const int n = joint->averages.count;
  joint->work = BP_NEW(double, n);
  joint->strain = BP_NEW(double, n);
  joint->work_start = BP_NEW(double, n);
  joint->strain_start = BP_NEW(double, n);
  joint->range = BP_NEW(double, n);
  joint->tension = BP_NEW(double, joint->films.nzones);
  joint->peak = BP_NEW(double, joint->films.nzones);
  forget_peaks(joint);
  if (joint->copper >= 0) {
    const BpPointSet *set = &model->set[joint->averages.item[joint->copper].set];
    joint->at_dwell = BP_NEW(double, 6 * (size_t)set->npoints);
  }
  *out = joint;
  return 0;
}

void bp_joint_destroy(BpJoint **out) {
  BpJoint *joint = *out;
  if (!joint)
    return;
  bp_averages_free(&joint->averages);
  free(joint->work);
  free(joint->strain);
  free(joint->work_start);
  free(joint->strain_start);
  free(joint->range);
  free(joint->at_dwell);
  bp_tensions_free(&joint->films);
  free(joint->tension);
  free(joint->peak);
  free(joint);
  *out = NULL;
}

static const double *inelastic_strain(const BpPointSet *set, size_t point) {
  return set->state0 + point * (size_t)set->nstate + (size_t)set->inelastic;
}

static double value_range(const BpPointSet *set, size_t point, const void *context) {
  const BpJoint *joint = context;
  double change[6];
  if (set != &joint->model->set[joint->averages.item[joint->copper].set])
    return 0.0;
  for (size_t i = 0; i < 6; i++)
    change[i] = inelastic_strain(set, point)[i] - joint->at_dwell[6 * point + i];
  return bp_equivalent_strain(change);
}

/* Range of the copper's inelastic strain since the last end of a dwell. */
static PetscErrorCode update_ranges(BpJoint *joint) {
  if (joint->copper < 0)
    return 0;
  const BpPointSet *set = &joint->model->set[joint->averages.item[joint->copper].set];
  double *range = BP_NEW(double, joint->averages.count);
  PetscCall(bp_averages_mean(joint->model, &joint->averages, value_range, joint, range));
  for (int i = 0; i < joint->averages.count; i++)
    joint->range[i] = fmax(joint->range[i], range[i]);
  for (size_t p = 0; p < (size_t)set->npoints; p++)
    memcpy(joint->at_dwell + 6 * p, inelastic_strain(set, p), 6 * sizeof joint->at_dwell[0]);
  free(range);
  return 0;
}

/* value  [3 nnodes] displacement of the local nodes */
static PetscErrorCode update_warpage(BpJoint *joint, const double *value) {
  const BpGrid *grid = joint->model->grid;
  double mine[4] = {-INFINITY, -INFINITY, -INFINITY, -INFINITY}, all[4];
  for (int b = 0; b < 2; b++) {
    const int set = bp_grid_set(grid, back[b]);
    for (int n = 0; n < grid->nnodes && set >= 0; n++)
      if (grid->node_sets[n] & (1u << set)) {
        mine[2 * b] = fmax(mine[2 * b], value[3 * n + 2]);
        mine[2 * b + 1] = fmax(mine[2 * b + 1], -value[3 * n + 2]);
      }
  }
  PetscCallMPI(MPI_Allreduce(mine, all, 4, MPI_DOUBLE, MPI_MAX, grid->comm));
  for (int b = 0; b < 2; b++)
    joint->warpage[b] = isfinite(all[2 * b]) ? all[2 * b] + all[2 * b + 1] : 0.0;
  return 0;
}

static PetscErrorCode update_films(BpJoint *joint, const double *value) {
  PetscCall(bp_tensions_mean(joint->model, &joint->films, value, joint->tension));
  for (int i = 0; i < joint->films.nzones; i++)
    joint->peak[i] = fmax(joint->peak[i], joint->tension[i]);
  return 0;
}

static PetscErrorCode update_of_displacement(BpJoint *joint, Vec u) {
  DM dm = joint->model->grid->dm;
  const double *value;
  Vec local;
  PetscCall(DMGetLocalVector(dm, &local));
  PetscCall(DMGlobalToLocal(dm, u, INSERT_VALUES, local));
  PetscCall(VecGetArrayRead(local, &value));
  PetscCall(update_warpage(joint, value));
  PetscCall(update_films(joint, value));
  PetscCall(VecRestoreArrayRead(local, &value));
  PetscCall(DMRestoreLocalVector(dm, &local));
  return 0;
}

PetscErrorCode bp_joint_update(BpJoint *joint, Vec u, int dwell_end) {
  PetscCall(bp_averages_mean(joint->model, &joint->averages, bp_value_work, NULL, joint->work));
  PetscCall(
      bp_averages_mean(joint->model, &joint->averages, bp_value_accumulated, NULL, joint->strain));
  PetscCall(update_of_displacement(joint, u));
  if (dwell_end)
    PetscCall(update_ranges(joint));
  return 0;
}

static double *difference(const double *end, double *start, int n) {
  double *d = BP_NEW(double, n);
  for (int i = 0; i < n; i++) {
    d[i] = end[i] - start[i];
    start[i] = end[i];
  }
  return d;
}

BpCycle bp_joint_close_cycle(BpJoint *joint, int index) {
  const int n = joint->averages.count;
  BpCycle cycle = {.index = index,
                   .work = difference(joint->work, joint->work_start, n),
                   .strain = difference(joint->strain, joint->strain_start, n),
                   .range = BP_NEW(double, n),
                   .tension = BP_NEW(double, joint->films.nzones)};
  memcpy(cycle.range, joint->range, (size_t)n * sizeof cycle.range[0]);
  memcpy(cycle.tension, joint->peak, (size_t)joint->films.nzones * sizeof cycle.tension[0]);
  forget_peaks(joint);
  memset(joint->range, 0, (size_t)n * sizeof joint->range[0]);
  return cycle;
}

void bp_cycle_free(BpCycle *cycle) {
  free(cycle->work);
  free(cycle->strain);
  free(cycle->range);
  free(cycle->tension);
  *cycle = (BpCycle){0};
}
