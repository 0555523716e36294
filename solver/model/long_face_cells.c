/* What cells at the long face of a strip add to the forces of its motion. */
#include "model_impl.h"

#include <stdlib.h>
#include <string.h>

void bp_long_sum_begin(const BpModel *model, BpLongSum *sum) {
  const size_t n = 3 * (size_t)model->grid->nnodes;
  *sum = (BpLongSum){.memory = BP_NEW(double, BP_MOTIONS *n)};
  for (int m = 0; m < BP_MOTIONS; m++)
    sum->force[m] = sum->memory + (size_t)m * n;
}

void bp_long_sum_add(const BpModel *model, int cell, const double *K, BpLongSum *sum) {
  const BpLongFace *face = model->long_face;
  const int *node = bp_grid_nodes(model->grid, cell);
  const int nnodes = bp_grid_cell_info(model->grid, cell)->nnodes, ndofs = 3 * nnodes;
  for (int column = 0; column < nnodes && face->touches[cell]; column++) {
    const int at = face->index[node[column]];
    for (int m = 0; m < BP_MOTIONS && at >= 0; m++) {
      const double shape = bp_long_shape(&face->at[at], m);
      for (int r = 0; r < ndofs && shape != 0.0; r++) {
        const double value = shape * K[(size_t)r * (size_t)ndofs + (size_t)(3 * column + 1)];
        const int row = face->index[node[r / 3]];
        const int unknown = 3 * node[r / 3] + r % 3;
        if (r % 3 == 1 && row >= 0)
          for (int i = 0; i < BP_MOTIONS; i++)
            sum->own[i][m] += value * bp_long_shape(&face->at[row], i);
        else if (!model->constraints.fixed[unknown])
          sum->force[m][unknown] += value;
      }
    }
  }
}

/* Forces of one motion on this rank's nodes near the face. */
static PetscErrorCode take_forces(const BpModel *model, int m, const double *force,
                                  BpLongStiffness *to) {
  const BpLongFace *face = model->long_face;
  Vec local, global;
  double *value;
  const double *all;
  PetscCall(DMGetLocalVector(model->grid->dm, &local));
  PetscCall(DMGetGlobalVector(model->grid->dm, &global));
  PetscCall(VecZeroEntries(global));
  PetscCall(VecGetArray(local, &value));
  memcpy(value, force, 3 * (size_t)model->grid->nnodes * sizeof *value);
  PetscCall(VecRestoreArray(local, &value));
  PetscCall(DMLocalToGlobal(model->grid->dm, local, ADD_VALUES, global));
  PetscCall(VecGetArrayRead(global, &all));
  for (int i = 0; i < face->nnear; i++)
    for (int d = 0; d < 3; d++)
      to->near[i][d][m] += all[face->near[i] + d];
  PetscCall(VecRestoreArrayRead(global, &all));
  PetscCall(DMRestoreLocalVector(model->grid->dm, &local));
  PetscCall(DMRestoreGlobalVector(model->grid->dm, &global));
  return 0;
}

static void copy(const BpLongFace *face, const BpLongStiffness *from, BpLongStiffness *to) {
  memcpy(to->own, from->own, sizeof to->own);
  memcpy(to->near, from->near, (size_t)face->nnear * sizeof to->near[0]);
}

static PetscErrorCode add_sum(const BpModel *model, BpLongSum *sum, BpLongStiffness *to) {
  double *own = &sum->own[0][0];
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, own, BP_MOTIONS * BP_MOTIONS, MPI_DOUBLE, MPI_SUM,
                             model->long_face->comm));
  for (int i = 0; i < BP_MOTIONS * BP_MOTIONS; i++)
    (&to->own[0][0])[i] += own[i];
  for (int m = 0; m < BP_MOTIONS; m++)
    PetscCall(take_forces(model, m, sum->force[m], to));
  return 0;
}

PetscErrorCode bp_long_sum_end(BpModel *model, int tangent, BpLongSum *sum) {
  BpLongFace *face = model->long_face;
  if (tangent) {
    copy(face, &face->linear, &face->tangent);
    if (face->changes)
      PetscCall(add_sum(model, sum, &face->tangent));
  } else {
    memset(face->linear.own, 0, sizeof face->linear.own);
    memset(face->linear.near, 0, (size_t)face->nnear * sizeof face->linear.near[0]);
    PetscCall(add_sum(model, sum, &face->linear));
  }
  free(sum->memory);
  *sum = (BpLongSum){0};
  return 0;
}
