/* Between a cell's arrays and the vectors and matrices of the whole model. */
#include "model_impl.h"

#include <string.h>

/* Number on the diagonal of prescribed unknowns, N/m: of the size of the others (modulus times
 * element size), so that it is neither the largest nor the smallest eigenvalue. */
static const double prescribed_stiffness = 1e6;

void bp_gather(const BpGrid *grid, int cell, const double *local, double u[3][BP_FE_PAD]) {
  for (int n = 0; n < BP_WEDGE_NODES; n++)
    for (int d = 0; d < 3; d++)
      u[d][n] = local[3 * (size_t)grid->cell_node[cell][n] + (size_t)d];
  for (int d = 0; d < 3; d++)
    u[d][BP_WEDGE_NODES] = 0.0;
}

void bp_cell_positions(const BpGrid *grid, int cell, double xyz[BP_WEDGE_NODES][3]) {
  for (int n = 0; n < BP_WEDGE_NODES; n++)
    memcpy(xyz[n], grid->xyz[grid->cell_node[cell][n]], sizeof xyz[n]);
}

void bp_scatter_force(const BpGrid *grid, int cell, const double f[3][BP_FE_PAD], double *local) {
  for (int n = 0; n < BP_WEDGE_NODES; n++)
    for (int d = 0; d < 3; d++)
      local[3 * (size_t)grid->cell_node[cell][n] + (size_t)d] += f[d][n];
}

/* Zero rows and columns for the prescribed unknowns of a cell. */
static void drop_prescribed(const BpModel *model, int cell, double *K) {
  for (int n = 0; n < BP_WEDGE_NODES; n++)
    for (int d = 0; d < 3; d++) {
      if (!model->constraints.fixed[3 * model->grid->cell_node[cell][n] + d])
        continue;
      const int r = 3 * n + d;
      memset(K + (size_t)r * BP_WEDGE_DOFS, 0, BP_WEDGE_DOFS * sizeof K[0]);
      for (int i = 0; i < BP_WEDGE_DOFS; i++)
        K[i * BP_WEDGE_DOFS + r] = 0.0;
    }
}

/* Adds row (or, with stride 45, column) `from` of a cell's matrix to row `to`, times a share. */
static void add_line(double *K, int from, int to, double share, int along) {
  const int stride = along ? BP_WEDGE_DOFS : 1, step = along ? 1 : BP_WEDGE_DOFS;
  for (int i = 0; i < BP_WEDGE_DOFS; i++)
    K[to * step + i * stride] += share * K[from * step + i * stride];
}

/* P^T K P of one cell, in place: a mid-edge node that the coarse level does not have goes half to
 * each end of its edge. */
static void coarsen(const int *coarse_node, double *K) {
  const int(*edge)[2] = bp_cell_info(BP_CELL_WEDGE15)->edge;
  for (int along = 0; along < 2; along++)
    for (int e = 0; e < 9; e++)
      for (int d = 0; d < 3 && coarse_node[6 + e] < 0; d++)
        for (int end = 0; end < 2; end++)
          add_line(K, 3 * (6 + e) + d, 3 * edge[e][end] + d, 0.5, along);
}

/* Adds the coarse nodes' part of a cell's matrix. */
static PetscErrorCode add_coarse(const int *coarse_node, const double *K, Mat coarse) {
  double part[BP_WEDGE_DOFS * BP_WEDGE_DOFS];
  PetscInt node[BP_WEDGE_NODES], n = 0;
  int at[BP_WEDGE_NODES];
  for (int i = 0; i < BP_WEDGE_NODES; i++)
    if (coarse_node[i] >= 0) {
      at[n] = i;
      node[n++] = coarse_node[i];
    }
  for (int i = 0; i < 3 * n; i++)
    for (int j = 0; j < 3 * n; j++)
      part[i * 3 * n + j] = K[(3 * at[i / 3] + i % 3) * BP_WEDGE_DOFS + 3 * at[j / 3] + j % 3];
  PetscCall(MatSetValuesBlockedLocal(coarse, n, node, n, node, part, ADD_VALUES));
  return 0;
}

PetscErrorCode bp_add_stiffness(const BpModel *model, int cell, double *K, BpValues *fine,
                                Mat coarse) {
  const int *coarse_node = model->grid->cell_coarse[cell];
  drop_prescribed(model, cell, K);
  PetscCall(bp_slots_add(model->grid, &model->slots, cell, K, fine));
  if (coarse) {
    coarsen(coarse_node, K);
    PetscCall(add_coarse(coarse_node, K, coarse));
  }
  return 0;
}

/* global [nnodes]: number in the matrix, negative where another rank owns the node. */
static PetscErrorCode add_diagonal(const BpModel *model, Mat A, const int *global) {
  for (int n = 0; n < model->grid->nnodes; n++) {
    const PetscInt row = global[n];
    double block[9] = {0};
    if (row < 0)
      continue;
    for (int d = 0; d < 3; d++)
      if (model->constraints.fixed[3 * n + d])
        block[4 * d] = prescribed_stiffness;
    PetscCall(MatSetValuesBlocked(A, 1, &row, 1, &row, block, ADD_VALUES));
  }
  PetscCall(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  return 0;
}

PetscErrorCode bp_finish_stiffness(const BpModel *model, Mat fine, Mat coarse) {
  PetscCall(add_diagonal(model, fine, model->grid->node_global));
  if (coarse)
    PetscCall(add_diagonal(model, coarse, model->grid->coarse_global));
  return 0;
}
