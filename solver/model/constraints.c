/* Constraints: planes of symmetry, and one support in z. The side faces of a single-joint cell
 * follow the free expansion of die and board around the neutral point, which lies at x =
 * -neutral_distance, those of underfill what is linear between both; an array has none of them and
 * is free, but for a strip's long face (long_face.h). */
#include "boundary.h"
#include "model_impl.h"

#include "programme.h"

#include <limits.h>
#include <stdlib.h>

/* Faces that hold components of the displacement, as the mesh layer names them; of an octant's
 * diagonal plane it is the first one of its oblique ones (grid.h). */
static const char *const side_die = "side_die", *const side_board = "side_board",
                         *const side_fill = "side_fill", *const die_back = "die_back";

typedef struct {
  const char *name;
  int component;
} Mirror;

static const Mirror mirrors[] = {{"mirror", 1}, {"mirror_x", 0}, {"mirror_diagonal", 0}};

/* Its nodes have no unknown of their own along y. */
static const char *const long_faces[] = {"long_die", "long_board"};

/* Bit of a set, 0 if the mesh does not have it. */
static unsigned bit_of(const BpGrid *grid, const char *name) {
  const int set = bp_grid_set(grid, name);
  return set < 0 ? 0u : 1u << set;
}

/* The support is the node of lowest number on the back of the die and all planes of symmetry: the
 * same on any number of ranks. */
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
  const unsigned die = bit_of(grid, side_die), board = bit_of(grid, side_board),
                 sides = die | board | bit_of(grid, side_fill);
  unsigned wanted = bit_of(grid, die_back);
  c->fixed = BP_NEW(unsigned char, 3 * (size_t)grid->nnodes);
  c->value = BP_NEW(double, 3 * (size_t)grid->nnodes);
  for (int i = 0; i < BP_COUNT(mirrors); i++)
    wanted |= bit_of(grid, mirrors[i].name);
  PetscCheck(bit_of(grid, die_back), grid->comm, PETSC_ERR_USER_INPUT,
             "the mesh has no faces named '%s'", die_back);
  PetscCall(choose_support(model, wanted));
  PetscCall(find_gap(model, die, board));
  const unsigned along = bit_of(grid, long_faces[0]) | bit_of(grid, long_faces[1]);
  for (int n = 0; n < grid->nnodes; n++) {
    const unsigned sets = grid->node_sets[n];
    c->fixed[3 * n] = (sets & sides) != 0;
    c->fixed[3 * n + 1] = (sets & (sides | along)) != 0;
    for (int i = 0; i < BP_COUNT(mirrors); i++)
      if (sets & bit_of(grid, mirrors[i].name))
        c->fixed[3 * n + mirrors[i].component] = 1;
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
  bp_material_thermal_strain(data->material, model->bp->load.start, model->mean[region], own);
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
  const unsigned board = bit_of(grid, side_board), die = bit_of(grid, side_die),
                 fill = bit_of(grid, side_fill);
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
    if (bp_is_prescribed(model, i))
      value[i] = c->value[i];
  PetscCall(VecRestoreArray(local, &value));
  PetscCall(DMLocalToGlobal(model->grid->dm, local, INSERT_VALUES, u));
  PetscCall(DMRestoreLocalVector(model->grid->dm, &local));
  return 0;
}
