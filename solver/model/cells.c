/* Between a cell's arrays and the vectors and matrices of the whole model. */
#include "model_impl.h"

#include <string.h>

/* Number on the diagonal of prescribed unknowns, N/m: of the size of the others (modulus times
 * element size), so that it is neither the largest nor the smallest eigenvalue. */
static const double prescribed_stiffness = 1e6;

void bp_gather(const BpGrid *grid, int cell, int pad, const double *local, double *u) {
  const int *node = bp_grid_nodes(grid, cell);
  const int nnodes = grid->cell_start[cell + 1] - grid->cell_start[cell];
  for (int n = 0; n < nnodes; n++) {
    double at[3];
    bp_grid_displacement(grid, local + 3 * (size_t)node[n], at);
    for (int d = 0; d < 3; d++)
      u[d * pad + n] = at[d];
  }
  for (int n = nnodes; n < pad; n++)
    for (int d = 0; d < 3; d++)
      u[d * pad + n] = 0.0;
}

void bp_cell_positions(const BpGrid *grid, int cell, double xyz[BP_FE_MAX_NODES][3]) {
  const int *node = bp_grid_nodes(grid, cell);
  const int nnodes = grid->cell_start[cell + 1] - grid->cell_start[cell];
  for (int n = 0; n < nnodes; n++)
    memcpy(xyz[n], grid->xyz[node[n]], sizeof xyz[n]);
}

void bp_add_force(const BpGrid *grid, int node, const double f[3], double *local) {
  const double(*b)[3] = grid->along.basis;
  double *to = local + 3 * (size_t)node;
  for (int d = 0; d < 3; d++)
    to[d] += grid->along.oblique ? b[0][d] * f[0] + b[1][d] * f[1] + b[2][d] * f[2] : f[d];
}

void bp_scatter_force(const BpGrid *grid, int cell, int pad, const double *f, double *local) {
  const int *node = bp_grid_nodes(grid, cell);
  const int nnodes = grid->cell_start[cell + 1] - grid->cell_start[cell];
  for (int n = 0; n < nnodes; n++)
    bp_add_force(grid, node[n], (const double[3]){f[n], f[pad + n], f[2 * pad + n]}, local);
}

/* Three numbers, `stride` apart, from displacements to unknowns: their products with the columns of
 * the basis. */
static inline void turn(const double basis[3][3], double *value, int stride) {
  const double x = value[0], y = value[stride], z = value[2 * stride];
  for (int d = 0; d < 3; d++)
    value[d * stride] = basis[0][d] * x + basis[1][d] * y + basis[2][d] * z;
}

/* From displacements to unknowns. */
static void make_oblique(const BpGrid *grid, const BpCellInfo *info, double *K) {
  const int ndofs = 3 * info->nnodes;
  for (int i = 0; i < ndofs; i++)
    for (int n = 0; n < info->nnodes; n++)
      turn(grid->along.basis, K + (size_t)i * (size_t)ndofs + 3 * n, 1);
  for (int i = 0; i < ndofs; i++)
    for (int n = 0; n < info->nnodes; n++)
      turn(grid->along.basis, K + (size_t)(3 * n) * (size_t)ndofs + i, ndofs);
}

/* Zero rows and columns for the prescribed unknowns of a cell. */
static void drop_prescribed(const BpModel *model, int cell, const BpCellInfo *info, double *K) {
  const int *node = bp_grid_nodes(model->grid, cell), ndofs = 3 * info->nnodes;
  for (int n = 0; n < info->nnodes; n++)
    for (int d = 0; d < 3; d++) {
      if (!model->constraints.fixed[3 * node[n] + d])
        continue;
      const int r = 3 * n + d;
      memset(K + (size_t)r * (size_t)ndofs, 0, (size_t)ndofs * sizeof K[0]);
      for (int i = 0; i < ndofs; i++)
        K[i * ndofs + r] = 0.0;
    }
}

/* A cell's matrix on its way to the coarse level. */
typedef struct {
  double *K;
  int ndofs, along; /* 0: rows, 1: columns */
} Lines;

/* Adds line `from` to line `to`, times a share. */
static inline void add_line(const Lines *lines, int from, int to, double share) {
  const int n = lines->ndofs, stride = lines->along ? n : 1, step = lines->along ? 1 : n;
  for (int i = 0; i < n; i++)
    lines->K[to * step + i * stride] += share * lines->K[from * step + i * stride];
}

/* P^T K P of one cell, in place: a mid-edge node that the coarse level does not have goes half to
 * each end of its edge. */
static void coarsen(const int *coarse_node, const BpCellInfo *info, double *K) {
  const int first = info->nvertices, nmiddle = info->nnodes - info->nvertices;
  for (int along = 0; along < 2; along++) {
    const Lines lines = {K, 3 * info->nnodes, along};
    for (int e = 0; e < nmiddle; e++)
      for (int d = 0; d < 3 && coarse_node[first + e] < 0; d++)
        for (int end = 0; end < 2; end++)
          add_line(&lines, 3 * (first + e) + d, 3 * info->edge[e][end] + d, 0.5);
  }
}

void bp_add_stiffness(const BpModel *model, int cell, double *K, BpStiffness *to) {
  const BpCellInfo *info = bp_grid_cell_info(model->grid, cell);
  if (model->grid->along.oblique)
    make_oblique(model->grid, info, K);
  if (to->long_sum)
    bp_long_sum_add(model, cell, K, to->long_sum);
  drop_prescribed(model, cell, info, K);
  if (to->fine.A)
    bp_values_add(model->grid, cell, K, &to->fine);
  if (to->coarse.A) {
    coarsen(bp_grid_coarse_nodes(model->grid, cell), info, K);
    bp_values_add(model->grid, cell, K, &to->coarse);
  }
}

PetscErrorCode bp_start_stiffness(const BpModel *model, Mat fine, Mat coarse, BpStiffness *to) {
  *to = (BpStiffness){0};
  if (fine)
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
  for (int i = 0; i < 2; i++) {
    if (!level[i]->A)
      continue;
    PetscCall(bp_values_end(level[i]));
    if (prescribed)
      PetscCall(add_diagonal(model, level[i]->A, global[i]));
    PetscCall(MatAssemblyBegin(level[i]->A, MAT_FINAL_ASSEMBLY));
    PetscCall(MatAssemblyEnd(level[i]->A, MAT_FINAL_ASSEMBLY));
  }
  return 0;
}
