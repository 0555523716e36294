/* See long_face.h; how cells add to it is in long_face_cells.c. */
#include "long_face.h"

#include "model_impl.h"

#include <stdlib.h>
#include <string.h>

static const char *const side_name[BP_LONG_SIDES] = {"long_die", "long_board"};

/* Side of a node, -1 where it is not on the face or its side is not there yet. */
static int side_of(const BpModel *model, int node) {
  for (int side = 0; side < BP_LONG_SIDES && (side == 0 || model->joined); side++) {
    const int set = bp_grid_set(model->grid, side_name[side]);
    if (set >= 0 && (model->grid->node_sets[node] & (1u << set)))
      return side;
  }
  return -1;
}

/* Heights of the sides, from -1 to 1, and what depends on them. */
static PetscErrorCode set_heights(const BpGrid *grid, BpLongFace *face) {
  double range[BP_LONG_SIDES][2], sum[BP_LONG_SIDES][3] = {{0}};
  for (int s = 0; s < BP_LONG_SIDES; s++)
    range[s][0] = range[s][1] = -HUGE_VAL;
  for (int i = 0; i < face->count; i++) {
    const double z = grid->xyz[face->at[i].node][2];
    double *r = range[face->at[i].side];
    r[0] = fmax(r[0], -z);
    r[1] = fmax(r[1], z);
  }
  PetscCallMPI(
      MPI_Allreduce(MPI_IN_PLACE, range, 2 * BP_LONG_SIDES, MPI_DOUBLE, MPI_MAX, face->comm));
  for (int i = 0; i < face->count; i++) {
    BpLongNode *at = &face->at[i];
    const double *r = range[at->side], middle = 0.5 * (r[1] - r[0]), half = 0.5 * (r[1] + r[0]);
    at->height = (grid->xyz[at->node][2] - middle) / half;
    for (int k = 0; k < 3 && at->place >= 0; k++)
      sum[at->side][k] += k == 0 ? 1.0 : k == 1 ? at->height : at->height * at->height;
  }
  PetscCallMPI(MPI_Allreduce(sum, face->gram, 3 * BP_LONG_SIDES, MPI_DOUBLE, MPI_SUM, face->comm));
  for (int s = 0; s < BP_LONG_SIDES; s++)
    face->there[s] = face->gram[s][0] > 0.0;
  return 0;
}

static PetscErrorCode find_nodes(const BpModel *model, BpLongFace *face) {
  const BpGrid *grid = model->grid;
  PetscInt first;
  double mine = 0.0, all;
  PetscCall(VecGetOwnershipRange(model->load, &first, NULL));
  face->index = BP_NEW(int, grid->nnodes);
  for (int n = 0; n < grid->nnodes; n++) {
    const int side = side_of(model, n), global = grid->node_global[n];
    face->index[n] = -1;
    if (side < 0)
      continue;
    BP_GROW(face->at, face->count + 1);
    face->index[n] = face->count;
    face->at[face->count++] = (BpLongNode){
        .node = n, .side = side, .place = global < 0 ? -1 : 3 * global + 1 - (int)first};
    mine += global >= 0;
  }
  PetscCallMPI(MPI_Allreduce(&mine, &all, 1, MPI_DOUBLE, MPI_SUM, face->comm));
  face->nodes = (int)(all + 0.5);
  return set_heights(grid, face);
}

/* Nodes that cells of any rank have in common with the face. */
static PetscErrorCode find_near(const BpModel *model, BpLongFace *face) {
  const BpGrid *grid = model->grid;
  Vec local, global;
  double *value;
  const double *marked;
  PetscInt n;
  int changes = 0;
  face->touches = BP_NEW(unsigned char, grid->ncells);
  PetscCall(DMGetLocalVector(grid->dm, &local));
  PetscCall(DMGetGlobalVector(grid->dm, &global));
  PetscCall(VecSet(local, 0.0));
  PetscCall(VecSet(global, 0.0));
  PetscCall(VecGetArray(local, &value));
  for (int c = 0; c < grid->ncells; c++) {
    for (int i = grid->cell_start[c]; i < grid->cell_start[c + 1]; i++)
      face->touches[c] |= face->index[grid->cell_node[i]] >= 0;
    for (int i = grid->cell_start[c]; i < grid->cell_start[c + 1] && face->touches[c]; i++)
      value[3 * grid->cell_node[i]] = 1.0;
    if (face->touches[c])
      changes |= !bp_material_law(model->region[bp_cell_region(model, c)].material)->linear;
  }
  PetscCall(VecRestoreArray(local, &value));
  PetscCall(DMLocalToGlobal(grid->dm, local, ADD_VALUES, global));
  PetscCall(VecGetLocalSize(global, &n));
  PetscCall(VecGetArrayRead(global, &marked));
  for (int i = 0; i < n; i += 3)
    if (marked[i] > 0.0) {
      BP_GROW(face->near, face->nnear + 1);
      face->near[face->nnear++] = i;
    }
  PetscCall(VecRestoreArrayRead(global, &marked));
  PetscCall(DMRestoreLocalVector(grid->dm, &local));
  PetscCall(DMRestoreGlobalVector(grid->dm, &global));
  PetscCallMPI(MPI_Allreduce(&changes, &face->changes, 1, MPI_INT, MPI_MAX, face->comm));
  face->linear.near = bp_alloc((size_t)face->nnear, sizeof face->linear.near[0]);
  face->tangent.near = bp_alloc((size_t)face->nnear, sizeof face->tangent.near[0]);
  return 0;
}

PetscErrorCode bp_long_face_create(BpModel *model) {
  bp_long_face_destroy(&model->long_face);
  if (bp_case_is_mesh(model->bp) || bp_grid_set(model->grid, side_name[0]) < 0)
    return 0;
  BpLongFace *face = BP_NEW(BpLongFace, 1);
  face->comm = model->grid->comm;
  PetscCall(find_nodes(model, face));
  PetscCall(find_near(model, face));
  model->long_face = face;
  return 0;
}

void bp_long_face_destroy(BpLongFace **out) {
  BpLongFace *face = *out;
  if (!face)
    return;
  free(face->index);
  free(face->at);
  free(face->near);
  free(face->touches);
  free(face->linear.near);
  free(face->tangent.near);
  free(face);
  *out = NULL;
}

/* From forces on the motions to the motion whose product with others is what they do. */
static void solve_gram(const BpLongFace *face, const double f[BP_MOTIONS],
                       double motion[BP_MOTIONS]) {
  for (int s = 0; s < BP_LONG_SIDES; s++) {
    const double *g = face->gram[s], det = g[0] * g[2] - g[1] * g[1];
    motion[2 * s] = face->there[s] ? (g[2] * f[2 * s] - g[1] * f[2 * s + 1]) / det : 0.0;
    motion[2 * s + 1] = face->there[s] ? (g[0] * f[2 * s + 1] - g[1] * f[2 * s]) / det : 0.0;
  }
}

/* Sums over this rank's nodes. */
static void add_motions(const BpLongFace *face, const double *u, double sum[BP_MOTIONS]) {
  for (int i = 0; i < face->count; i++) {
    const BpLongNode *at = &face->at[i];
    if (at->place < 0)
      continue;
    sum[2 * at->side] += u[at->place];
    sum[2 * at->side + 1] += at->height * u[at->place];
  }
}

PetscErrorCode bp_long_face_motion(const BpLongFace *face, Vec u, double motion[BP_MOTIONS]) {
  double sum[BP_MOTIONS] = {0};
  const double *value;
  PetscCall(VecGetArrayRead(u, &value));
  add_motions(face, value, sum);
  PetscCall(VecRestoreArrayRead(u, &value));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, BP_MOTIONS, MPI_DOUBLE, MPI_SUM, face->comm));
  solve_gram(face, sum, motion);
  return 0;
}

static void put(const BpLongFace *face, const double motion[BP_MOTIONS], double *u) {
  for (int i = 0; i < face->count; i++) {
    const BpLongNode *at = &face->at[i];
    if (at->place >= 0)
      u[at->place] = motion[2 * at->side] + at->height * motion[2 * at->side + 1];
  }
}

PetscErrorCode bp_long_face_put(const BpLongFace *face, const double motion[BP_MOTIONS], Vec u) {
  double *value;
  PetscCall(VecGetArray(u, &value));
  put(face, motion, value);
  return VecRestoreArray(u, &value);
}

PetscErrorCode bp_long_face_project(const BpLongFace *face, Vec u) {
  double motion[BP_MOTIONS];
  PetscCall(bp_long_face_motion(face, u, motion));
  return bp_long_face_put(face, motion, u);
}

PetscErrorCode bp_long_face_add(const BpLongFace *face, const BpLongStiffness *stiffness, Vec u,
                                Vec y) {
  double sum[2 * BP_MOTIONS] = {0}, motion[BP_MOTIONS], force[BP_MOTIONS], *to;
  const double *from;
  PetscCall(VecGetArrayRead(u, &from));
  add_motions(face, from, sum);
  for (int i = 0; i < face->nnear; i++)
    for (int d = 0; d < 3; d++)
      for (int m = 0; m < BP_MOTIONS; m++)
        sum[BP_MOTIONS + m] += stiffness->near[i][d][m] * from[face->near[i] + d];
  PetscCall(VecRestoreArrayRead(u, &from));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, 2 * BP_MOTIONS, MPI_DOUBLE, MPI_SUM, face->comm));
  solve_gram(face, sum, motion);
  for (int i = 0; i < BP_MOTIONS; i++) {
    force[i] = sum[BP_MOTIONS + i];
    for (int m = 0; m < BP_MOTIONS; m++)
      force[i] += stiffness->own[i][m] * motion[m];
  }
  PetscCall(VecGetArray(y, &to));
  for (int i = 0; i < face->nnear; i++)
    for (int d = 0; d < 3; d++)
      for (int m = 0; m < BP_MOTIONS; m++)
        to[face->near[i] + d] += stiffness->near[i][d][m] * motion[m];
  solve_gram(face, force, motion);
  put(face, motion, to);
  return VecRestoreArray(y, &to);
}

PetscErrorCode bp_long_face_force(const BpLongFace *face, int m, Vec force) {
  double *to;
  PetscCall(VecZeroEntries(force));
  PetscCall(VecGetArray(force, &to));
  for (int i = 0; i < face->nnear; i++)
    for (int d = 0; d < 3; d++)
      to[face->near[i] + d] = face->tangent.near[i][d][m];
  return VecRestoreArray(force, &to);
}
