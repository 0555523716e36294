/* Constraints of the single-joint cell. Its side faces follow the free expansion of die and board
 * around the neutral point, which lies at x = -neutral_distance, those of underfill what is linear
 * between both; u_z is free but for one support. */
#include "boundary.h"
#include "model_impl.h"

#include "programme.h"

#include <limits.h>
#include <stdlib.h>

/* Names of the faces, as the mesh layer writes them. */
static const char *const side_die = "side_die", *const side_board = "side_board",
                         *const side_fill = "side_fill", *const mirror = "mirror",
                         *const die_back = "die_back";

/* Bit of a set that a mesh may lack, 0 then. */
static unsigned optional_set(const BpGrid *grid, const char *name) {
  const int set = bp_grid_set(grid, name);
  return set >= 0 ? 1u << set : 0u;
}

static PetscErrorCode find_set(const BpGrid *grid, const char *name, unsigned *bit) {
  const int set = bp_grid_set(grid, name);
  PetscCheck(set >= 0, grid->comm, PETSC_ERR_USER_INPUT, "the mesh has no faces named '%s'", name);
  *bit = 1u << set;
  return 0;
}

/* The support is the node of lowest number on the back of the die and, where there is one, the
 * mirror plane: the same on any number of ranks. */
static PetscErrorCode choose_support(BpModel *model, unsigned wanted) {
  const BpGrid *grid = model->grid;
  int mine = INT_MAX, lowest;
  for (int n = 0; n < grid->nnodes; n++)
    if ((grid->node_sets[n] & wanted) == wanted && grid->node_id[n] < mine)
      mine = grid->node_id[n];
  PetscCallMPI(MPI_Allreduce(&mine, &lowest, 1, MPI_INT, MPI_MIN, grid->comm));
  PetscCheck(lowest < INT_MAX, grid->comm, PETSC_ERR_USER_INPUT,
             "no node to support the model in z");
  model->constraints.support = -1;
  for (int n = 0; n < grid->nnodes; n++)
    if (grid->node_id[n] == lowest)
      model->constraints.support = n;
  return 0;
}

/* From the highest node that follows the die to the lowest one that follows the board. */
static PetscErrorCode find_gap(BpModel *model, unsigned die, unsigned board) {
  const BpGrid *grid = model->grid;
  double mine[2] = {-HUGE_VAL, -HUGE_VAL}, *gap = model->constraints.fill;
  for (int n = 0; n < grid->nnodes; n++) {
    if (grid->node_sets[n] & die)
      mine[0] = fmax(mine[0], grid->xyz[n][2]);
    if (grid->node_sets[n] & board)
      mine[1] = fmax(mine[1], -grid->xyz[n][2]);
  }
  PetscCallMPI(MPI_Allreduce(mine, gap, 2, MPI_DOUBLE, MPI_MAX, grid->comm));
  gap[1] = -gap[1];
  return 0;
}

PetscErrorCode bp_constraints_create(BpModel *model) {
  if (bp_case_is_mesh(model->bp))
    return bp_boundary_fix(model);
  const BpGrid *grid = model->grid;
  BpConstraints *c = &model->constraints;
  unsigned die = 0, board = 0, back = 0;
  const unsigned plane = optional_set(grid, mirror); /* the full cell has no mirror plane */
  PetscCall(find_set(grid, side_die, &die));
  PetscCall(find_set(grid, side_board, &board));
  PetscCall(find_set(grid, die_back, &back));
  c->fixed = BP_NEW(unsigned char, 3 * (size_t)grid->nnodes);
  c->value = BP_NEW(double, 3 * (size_t)grid->nnodes);
  const unsigned fill = optional_set(grid, side_fill);
  PetscCall(choose_support(model, plane | back));
  PetscCall(find_gap(model, die, board));
  for (int n = 0; n < grid->nnodes; n++) {
    const unsigned sets = grid->node_sets[n];
    c->fixed[3 * n] = (sets & (die | board | fill)) != 0;
    c->fixed[3 * n + 1] = (sets & (die | board | fill | plane)) != 0;
    c->fixed[3 * n + 2] = n == c->support;
  }
  return 0;
}

void bp_constraints_free(BpModel *model) {
  free(model->constraints.fixed);
  free(model->constraints.value);
  model->constraints = (BpConstraints){0};
}

/* In-plane expansion since the joining, of the die or of the board. */
static void expansion_since_joining(const BpModel *model, int region, double strain[6]) {
  double own[6];
  const BpRegionData *data = &model->region[region];
  bp_material_thermal_strain(data->material, model->bp->load.start, model->T1, own);
  bp_apply6(data->rotation, own, strain);
}

void bp_constraints_set_values(BpModel *model) {
  if (bp_case_is_mesh(model->bp)) {
    bp_boundary_set_values(model);
    return;
  }
  const BpGrid *grid = model->grid;
  BpConstraints *c = &model->constraints;
  const double distance = model->bp->model.neutral_distance;
  const unsigned board = 1u << bp_grid_set(grid, side_board),
                 die = 1u << bp_grid_set(grid, side_die), fill = optional_set(grid, side_fill);
  double of_die[6], of_board[6];
  expansion_since_joining(model, BP_REGION_DIE, of_die);
  expansion_since_joining(model, BP_REGION_BOARD, of_board);
  for (int n = 0; n < grid->nnodes; n++) {
    const unsigned sets = grid->node_sets[n];
    if (!(sets & (die | board | fill)))
      continue;
    const double of_gap = (grid->xyz[n][2] - c->fill[0]) / (c->fill[1] - c->fill[0]);
    const double share = sets & die ? 0.0 : sets & board ? 1.0 : of_gap; /* of the board */
    const double strain[] = {(1.0 - share) * of_die[0] + share * of_board[0],
                             (1.0 - share) * of_die[1] + share * of_board[1]};
    c->value[3 * n] = strain[0] * (grid->xyz[n][0] + distance);
    c->value[3 * n + 1] = strain[1] * grid->xyz[n][1];
  }
}

PetscErrorCode bp_model_impose(const BpModel *model, Vec u) {
  const BpConstraints *c = &model->constraints;
  Vec local;
  double *value;
  PetscCall(DMGetLocalVector(model->grid->dm, &local));
  PetscCall(DMGlobalToLocal(model->grid->dm, u, INSERT_VALUES, local));
  PetscCall(VecGetArray(local, &value));
  for (int i = 0; i < 3 * model->grid->nnodes; i++)
    if (c->fixed[i])
      value[i] = c->value[i];
  PetscCall(VecRestoreArray(local, &value));
  PetscCall(DMLocalToGlobal(model->grid->dm, local, INSERT_VALUES, u));
  PetscCall(DMRestoreLocalVector(model->grid->dm, &local));
  return 0;
}
