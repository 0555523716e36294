/* Matrices of both levels and the prolongation between them. */
#include "model_impl.h"

#include <string.h>

/* Blocks of 3 x 3 where p-multigrid smooths; MUMPS' Cholesky takes plain rows only. */
PetscErrorCode bp_matrices_create(BpModel *model) {
  const int direct = strcmp(model->bp->solver.linear, "direct") == 0;
  DM level[2] = {model->grid->dm, model->grid->coarse};
  Mat *matrix[2] = {&model->stiffness, &model->coarse};
  for (int i = 0; i < 2; i++) {
    PetscCall(DMSetMatType(level[i], i == 0 && !direct ? MATBAIJ : MATAIJ));
    PetscCall(DMCreateMatrix(level[i], matrix[i]));
    if (i == 1 || direct) /* 3.18's parallel blocks do not know the option */
      PetscCall(MatSetOption(*matrix[i], MAT_SPD, PETSC_TRUE));
    PetscCall(MatSetOption(*matrix[i], MAT_NEW_NONZERO_LOCATION_ERR, PETSC_TRUE));
    PetscCall(MatSetOption(*matrix[i], MAT_NO_OFF_PROC_ENTRIES, PETSC_TRUE)); /* see remote.h */
  }
  return 0;
}

/* Adds one row of the prolongation: the node itself, or half of each end of its edge. */
static PetscErrorCode set_row(const BpModel *model, Mat P, int node, const int *end, int nends) {
  const BpGrid *grid = model->grid;
  const double share = 1.0 / nends;
  for (int d = 0; d < 3; d++) {
    if (model->constraints.fixed[3 * node + d])
      continue;
    const PetscInt row = 3 * grid->node_global[node] + d;
    for (int e = 0; e < nends; e++) {
      const int v = grid->coarse_global[end[e]];
      const PetscInt column = 3 * (v < 0 ? -(v + 1) : v) + d;
      if (!model->constraints.fixed[3 * end[e] + d])
        PetscCall(MatSetValues(P, 1, &row, 1, &column, &share, INSERT_VALUES));
    }
  }
  return 0;
}

PetscErrorCode bp_model_create_prolongation(const BpModel *model, Mat *P) {
  const BpGrid *grid = model->grid;
  Vec fine, coarse;
  PetscInt rows, columns;
  PetscCall(DMGetGlobalVector(grid->dm, &fine));
  PetscCall(DMGetGlobalVector(grid->coarse, &coarse));
  PetscCall(VecGetLocalSize(fine, &rows));
  PetscCall(VecGetLocalSize(coarse, &columns));
  PetscCall(DMRestoreGlobalVector(grid->dm, &fine));
  PetscCall(DMRestoreGlobalVector(grid->coarse, &coarse));
  PetscCall(MatCreateAIJ(grid->comm, rows, columns, PETSC_DETERMINE, PETSC_DETERMINE, 2, NULL, 2,
                         NULL, P));
  for (int c = 0; c < grid->ncells; c++) {
    const BpCellInfo *info = bp_grid_cell_info(grid, c);
    const int *node = bp_grid_nodes(grid, c), *coarse_node = bp_grid_coarse_nodes(grid, c);
    for (int i = 0; i < info->nnodes; i++) {
      const int itself = coarse_node[i] >= 0;
      const int *edge = itself ? NULL : info->edge[i - info->nvertices];
      const int ends[2] = {node[itself ? i : edge[0]], node[itself ? i : edge[1]]};
      if (grid->node_global[node[i]] >= 0)
        PetscCall(set_row(model, *P, node[i], ends, itself ? 1 : 2));
    }
  }
  PetscCall(MatAssemblyBegin(*P, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(*P, MAT_FINAL_ASSEMBLY));
  return 0;
}
