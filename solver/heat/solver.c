/* The linear systems of heat: conjugate gradients (GMRES where a conductivity depends on
 * temperature, whose derivative is not symmetric) with two levels, of the elements' order and
 * linear, as the mechanics has; the coarse one is factored, or has aggregates below it where it is
 * large. Options of PETSc begin with heat_. */
#include "heat_impl.h"

#include <stdlib.h>

static const PetscInt largest_factor = 30000; /* coarse unknowns, as in the mechanics */

/* The preconditioner serves for steps that differ by up to this factor. */
static const double most_other = 2.0;

static int row_of(int number) {
  return number < 0 ? -(number + 1) : number;
}

/* Where the entries of the cells' matrices go. */
static PetscErrorCode create_matrix(BpHeat *heat) {
  const BpGrid *grid = heat->grid;
  BpHeatSolver *solver = &heat->solver;
  solver->first = BP_NEW(size_t, grid->ncells);
  size_t count = 0, at = 0;
  for (int c = 0; c < grid->ncells; c++) {
    const size_t n = (size_t)bp_grid_cell_info(grid, c)->nnodes;
    solver->first[c] = count;
    count += n * n;
  }
  PetscInt *row = BP_NEW(PetscInt, count), *column = BP_NEW(PetscInt, count);
  for (int c = 0; c < grid->ncells; c++) {
    const int n = bp_grid_cell_info(grid, c)->nnodes, *node = bp_grid_nodes(grid, c);
    for (int a = 0; a < n; a++)
      for (int b = 0; b < n; b++, at++) {
        row[at] = row_of(grid->node_global[node[a]]);
        column[at] = row_of(grid->node_global[node[b]]);
      }
  }
  solver->value = BP_NEW(double, count);
  solver->conduct = BP_NEW(double, count);
  solver->store = BP_NEW(double, count);
  PetscCall(MatCreate(grid->comm, &solver->J));
  PetscCall(MatSetSizes(solver->J, grid->nowned, grid->nowned, PETSC_DETERMINE, PETSC_DETERMINE));
  PetscCall(MatSetType(solver->J, MATAIJ));
  PetscCall(MatSetPreallocationCOO(solver->J, (PetscCount)count, row, column));
  if (solver->symmetric)
    PetscCall(MatSetOption(solver->J, MAT_SPD, PETSC_TRUE));
  free(row);
  free(column);
  return 0;
}

static PetscErrorCode set_row(const BpHeat *heat, int node, const int *end, int nends) {
  const BpGrid *grid = heat->grid;
  const PetscInt row = grid->node_global[node];
  const double share = 1.0 / nends;
  for (int e = 0; e < nends; e++) {
    const PetscInt column = row_of(grid->coarse_global[end[e]]);
    if (nends == 1 || !(heat->fixed[node] || heat->fixed[end[e]]))
      PetscCall(
          MatSetValues(heat->solver.prolongation, 1, &row, 1, &column, &share, INSERT_VALUES));
  }
  return 0;
}

/* Copy, or the mean of an edge's ends. Prescribed nodes, whose rows of the matrix are diagonal,
 * stay alone, so that no row of the coarse matrix is empty. */
static PetscErrorCode create_prolongation(BpHeat *heat) {
  const BpGrid *grid = heat->grid;
  PetscInt coarse = 0;
  for (int n = 0; n < grid->nnodes; n++)
    coarse += grid->coarse_global[n] >= 0;
  Mat *P = &heat->solver.prolongation;
  PetscCall(MatCreateAIJ(grid->comm, grid->nowned, coarse, PETSC_DETERMINE, PETSC_DETERMINE, 2,
                         NULL, 2, NULL, P));
  for (int c = 0; c < grid->ncells; c++) {
    const BpCellInfo *info = bp_grid_cell_info(grid, c);
    const int *node = bp_grid_nodes(grid, c), *level = bp_grid_coarse_nodes(grid, c);
    for (int i = 0; i < info->nnodes; i++) {
      const int itself = level[i] >= 0;
      const int *edge = itself ? NULL : info->edge[i - info->nvertices];
      const int end[2] = {node[itself ? i : edge[0]], node[itself ? i : edge[1]]};
      if (grid->node_global[node[i]] >= 0)
        PetscCall(set_row(heat, node[i], end, itself ? 1 : 2));
    }
  }
  PetscCall(MatAssemblyBegin(*P, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(*P, MAT_FINAL_ASSEMBLY));
  return 0;
}

static PetscErrorCode setup_levels(BpHeat *heat, PC pc) {
  KSP coarse, smoother;
  PC below;
  PetscInt n;
  PetscCall(create_prolongation(heat));
  PetscCall(PCSetType(pc, PCMG));
  PetscCall(PCMGSetLevels(pc, 2, NULL));
  PetscCall(PCMGSetGalerkin(pc, PC_MG_GALERKIN_BOTH));
  PetscCall(PCMGSetInterpolation(pc, 1, heat->solver.prolongation));
  PetscCall(PCMGGetSmoother(pc, 1, &smoother));
  PetscCall(KSPSetType(smoother, KSPCHEBYSHEV));
  PetscCall(PCMGGetCoarseSolve(pc, &coarse));
  PetscCall(KSPSetType(coarse, KSPPREONLY));
  PetscCall(KSPGetPC(coarse, &below));
  PetscCall(MatGetSize(heat->solver.prolongation, NULL, &n));
  PetscCall(PCSetType(below, n > largest_factor ? PCGAMG : PCREDUNDANT));
  return 0;
}

PetscErrorCode bp_heat_solver_create(BpHeat *heat) {
  BpHeatSolver *solver = &heat->solver;
  PC pc;
  PetscCall(create_matrix(heat));
  PetscCall(KSPCreate(heat->grid->comm, &solver->ksp));
  PetscCall(KSPSetOptionsPrefix(solver->ksp, "heat_"));
  PetscCall(KSPSetType(solver->ksp, solver->symmetric ? KSPCG : KSPGMRES));
  if (!solver->symmetric)
    PetscCall(KSPSetPCSide(solver->ksp, PC_RIGHT));
  PetscCall(KSPSetNormType(solver->ksp, KSP_NORM_UNPRECONDITIONED));
  PetscCall(KSPGetPC(solver->ksp, &pc));
  if (heat->grid->order == 2)
    PetscCall(setup_levels(heat, pc));
  else
    PetscCall(PCSetType(pc, PCGAMG));
  PetscCall(KSPSetFromOptions(solver->ksp));
  solver->dt = solver->factored = -1.0;
  return 0;
}

PetscErrorCode bp_heat_solver_destroy(BpHeat *heat) {
  BpHeatSolver *solver = &heat->solver;
  PetscCall(KSPDestroy(&solver->ksp));
  PetscCall(MatDestroy(&solver->J));
  PetscCall(MatDestroy(&solver->prolongation));
  free(solver->value);
  free(solver->conduct);
  free(solver->store);
  free(solver->first);
  return 0;
}

PetscErrorCode bp_heat_linear_solve(BpHeat *heat, const double tolerance[2], Vec b, Vec x,
                                    BpStatus *status) {
  BpHeatSolver *solver = &heat->solver;
  KSPConvergedReason reason;
  PetscInt iterations;
  const double ratio = solver->dt / solver->factored;
  const int anew = !(ratio >= 1.0 / most_other && ratio <= most_other);
  PetscCall(KSPSetOperators(solver->ksp, solver->J, solver->J));
  PetscCall(KSPSetReusePreconditioner(solver->ksp, anew ? PETSC_FALSE : PETSC_TRUE));
  PetscCall(KSPSetTolerances(solver->ksp, tolerance[0], tolerance[1], PETSC_DEFAULT, 1000));
  PetscCall(KSPSolve(solver->ksp, b, x));
  PetscCall(KSPGetConvergedReason(solver->ksp, &reason));
  PetscCall(KSPGetIterationNumber(solver->ksp, &iterations));
  if (anew)
    solver->factored = solver->dt;
  heat->counts.linear += iterations;
  *status = reason > 0 ? BP_OK : BP_CUT;
  if (*status != BP_OK)
    heat->reason = "the linear solver of heat does not converge";
  return 0;
}
