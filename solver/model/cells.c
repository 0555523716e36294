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

void bp_add_stiffness(const BpModel *model, int cell, double *K, BpStiffness *to) {
  drop_prescribed(model, cell, K);
  bp_values_add(model->grid, cell, K, &to->fine);
  if (to->coarse.A) {
    coarsen(model->grid->cell_coarse[cell], K);
    bp_values_add(model->grid, cell, K, &to->coarse);
  }
}

PetscErrorCode bp_start_stiffness(const BpModel *model, Mat fine, Mat coarse, BpStiffness *to) {
  *to = (BpStiffness){0};
  PetscCall(bp_values_begin(fine, &model->slots, &to->fine));
  if (coarse)
    PetscCall(bp_values_begin(coarse, &model->coarse_slots, &to->coarse));
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
  return 0;
}

PetscErrorCode bp_finish_stiffness(const BpModel *model, int prescribed, BpStiffness *to) {
  BpValues *level[2] = {&to->fine, &to->coarse};
  const int *global[2] = {model->grid->node_global, model->grid->coarse_global};
  for (int i = 0; i < 2 && level[i]->A; i++) {
    PetscCall(bp_values_end(level[i]));
    if (prescribed)
      PetscCall(add_diagonal(model, level[i]->A, global[i]));
    PetscCall(MatAssemblyBegin(level[i]->A, MAT_FINAL_ASSEMBLY));
    PetscCall(MatAssemblyEnd(level[i]->A, MAT_FINAL_ASSEMBLY));
  }
  return 0;
}
