/* The linear systems of heat: conjugate gradients with the two levels of the mechanics, lines
 * through the columns of the mesh over the vertices; GMRES with the same where a conductivity
 * depends on temperature so much that its derivative, which is not symmetric, is needed. Options of
 * PETSc begin with heat_. */
#include "heat_impl.h"

#include "multigrid.h"
#include "tangent.h"

#include <stdlib.h>

/* Coarse unknowns up to which every rank factors them for itself; above, they have aggregates below
 * them. */
static const PetscInt largest_factor = 30000;

static int row_of(int number) {
  return number < 0 ? -(number + 1) : number;
}

/* Rows and columns of the entries of the cells' matrices. */
static void find_places(const BpHeat *heat, PetscInt *row, PetscInt *column) {
  const BpGrid *grid = heat->grid;
  size_t at = 0;
  for (int c = 0; c < grid->ncells; c++) {
    const int n = bp_grid_cell_info(grid, c)->nnodes, *node = bp_grid_nodes(grid, c);
    for (int a = 0; a < n; a++)
      for (int b = 0; b < n; b++, at++) {
        row[at] = row_of(grid->node_global[node[a]]);
        column[at] = row_of(grid->node_global[node[b]]);
      }
  }
}

static PetscErrorCode create_matrix(const BpHeat *heat, Mat *A) {
  const BpGrid *grid = heat->grid;
  const size_t count = heat->solver.first[grid->ncells];
  PetscInt *row = BP_NEW(PetscInt, count), *column = BP_NEW(PetscInt, count);
  find_places(heat, row, column);
  PetscCall(MatCreate(grid->comm, A));
  PetscCall(MatSetSizes(*A, grid->nowned, grid->nowned, PETSC_DETERMINE, PETSC_DETERMINE));
  PetscCall(MatSetType(*A, MATAIJ));
  PetscCall(MatSetPreallocationCOO(*A, (PetscCount)count, row, column));
  free(row);
  free(column);
  return MatSetValuesCOO(*A, heat->solver.value, INSERT_VALUES);
}

static void create_values(BpHeat *heat) {
  const BpGrid *grid = heat->grid;
  BpHeatSolver *solver = &heat->solver;
  solver->first = BP_NEW(size_t, grid->ncells + 1);
  for (int c = 0; c < grid->ncells; c++) {
    const size_t n = (size_t)bp_grid_cell_info(grid, c)->nnodes;
    solver->first[c + 1] = solver->first[c] + n * n;
  }
  solver->value = BP_NEW(double, solver->first[grid->ncells]);
  solver->conduct = BP_NEW(double, solver->first[grid->ncells]);
  solver->store = BP_NEW(double, solver->first[grid->ncells]);
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
  BpHeatSolver *solver = &heat->solver;
  BpSweep sweep;
  KSP below;
  PC aggregates;
  PetscInt n;
  PetscCall(create_prolongation(heat));
  bp_sweep_create(heat->grid, heat->grid->node_global, &sweep);
  PetscCall(bp_tangent_create(solver->J, &sweep, &solver->shell));
  bp_sweep_free(&sweep);
  PetscCall(
      MatPtAP(solver->J, solver->prolongation, MAT_INITIAL_MATRIX, PETSC_DEFAULT, &solver->coarse));
  PetscCall(MatSetOption(solver->coarse, MAT_SPD, PETSC_TRUE));
  PetscCall(bp_multigrid_create(pc, solver->shell, solver->prolongation));
  PetscCall(MatGetSize(solver->coarse, &n, NULL));
  if (n <= largest_factor)
    return bp_multigrid_factor(pc, solver->coarse, 1);
  PetscCall(PCMGGetCoarseSolve(pc, &below));
  PetscCall(KSPSetType(below, KSPPREONLY));
  PetscCall(KSPSetOperators(below, solver->coarse, solver->coarse));
  PetscCall(KSPGetPC(below, &aggregates));
  PetscCall(PCSetType(aggregates, PCGAMG));
  return PCGAMGSetReuseInterpolation(aggregates, PETSC_FALSE);
}

static PetscErrorCode setup_aggregates(BpHeat *heat, PC pc) {
  PetscCall(MatDuplicate(heat->solver.J, MAT_COPY_VALUES, &heat->solver.base));
  PetscCall(PCSetType(pc, PCGAMG));
  return PCGAMGSetReuseInterpolation(pc, PETSC_FALSE);
}

static PetscErrorCode create_krylov(BpHeat *heat, KSPType type, KSP *ksp) {
  PetscCall(KSPCreate(heat->grid->comm, ksp));
  PetscCall(KSPSetOptionsPrefix(*ksp, "heat_"));
  PetscCall(KSPSetType(*ksp, type));
  return 0;
}

PetscErrorCode bp_heat_solver_create(BpHeat *heat) {
  BpHeatSolver *solver = &heat->solver;
  PC pc;
  create_values(heat);
  PetscCall(create_matrix(heat, &solver->J));
  PetscCall(MatSetOption(solver->J, MAT_SPD, PETSC_TRUE));
  PetscCall(VecDuplicate(heat->T, &solver->columns));
  PetscCall(create_krylov(heat, KSPCG, &solver->cg));
  PetscCall(KSPSetNormType(solver->cg, KSP_NORM_UNPRECONDITIONED));
  PetscCall(KSPGetPC(solver->cg, &pc));
  PetscCall(heat->grid->order == 2 ? setup_levels(heat, pc) : setup_aggregates(heat, pc));
  PetscCall(KSPSetFromOptions(solver->cg));
  solver->dt = -1.0;
  solver->level_storage = -1;
  return 0;
}

PetscErrorCode bp_heat_solver_destroy(BpHeat *heat) {
  BpHeatSolver *solver = &heat->solver;
  PetscCall(KSPDestroy(&solver->cg));
  PetscCall(KSPDestroy(&solver->gmres));
  Mat *mat[] = {&solver->shell,        &solver->J,      &solver->whole,
                &solver->prolongation, &solver->coarse, &solver->base};
  for (int i = 0; i < BP_COUNT(mat); i++)
    PetscCall(MatDestroy(mat[i]));
  PetscCall(VecDestroy(&solver->columns));
  free(solver->value);
  free(solver->conduct);
  free(solver->store);
  free(solver->first);
  return 0;
}

/* The level below serves for all steps that are nearest to one power of two, and is made of the
 * data at the initial temperature: it depends on nothing else, so that a run that is resumed has
 * the same. */
static PetscErrorCode renew_level(BpHeat *heat, const BpHeatStage *stage) {
  BpHeatSolver *solver = &heat->solver;
  const int power = (int)lround(log2(stage->dt));
  BpHeatStage reference = *stage;
  if (solver->level_storage == stage->storage && solver->level_power == power)
    return 0;
  reference.dt = exp2(power);
  PetscCall(bp_heat_fill(heat, &reference, BP_HEAT_REFERENCE));
  PetscCall(MatSetValuesCOO(solver->J, solver->value, INSERT_VALUES));
  if (solver->shell)
    PetscCall(
        MatPtAP(solver->J, solver->prolongation, MAT_REUSE_MATRIX, PETSC_DEFAULT, &solver->coarse));
  else
    PetscCall(MatCopy(solver->J, solver->base, SAME_NONZERO_PATTERN));
  solver->level_power = power;
  solver->level_storage = stage->storage;
  return 0;
}

static PetscErrorCode create_whole(BpHeat *heat) {
  BpHeatSolver *solver = &heat->solver;
  PC pc;
  PetscCall(create_matrix(heat, &solver->whole));
  PetscCall(create_krylov(heat, KSPGMRES, &solver->gmres));
  PetscCall(KSPSetPCSide(solver->gmres, PC_RIGHT));
  PetscCall(KSPGetPC(solver->cg, &pc));
  return KSPSetPC(solver->gmres, pc);
}

static PetscErrorCode sum_columns(BpHeat *heat, Mat A) {
  BpHeatSolver *solver = &heat->solver;
  PetscCall(MatMultTranspose(A, heat->free, solver->columns));
  PetscCall(VecPointwiseMult(solver->columns, solver->columns, heat->free));
  return VecSum(solver->columns, &solver->all_columns);
}

PetscErrorCode bp_heat_close(const BpHeat *heat, Vec b, Vec x) {
  const BpHeatSolver *solver = &heat->solver;
  double wanted, is;
  PetscCall(VecSum(b, &wanted));
  PetscCall(VecDot(solver->columns, x, &is));
  if (solver->all_columns > 0.0)
    PetscCall(VecAXPY(x, (wanted - is) / solver->all_columns, heat->free));
  return 0;
}

PetscErrorCode bp_heat_assemble(BpHeat *heat, const BpHeatStage *stage, BpHeatMatrix which) {
  BpHeatSolver *solver = &heat->solver;
  PetscCall(renew_level(heat, stage));
  PetscCall(bp_heat_fill(heat, stage, BP_HEAT_SYMMETRIC));
  PetscCall(MatSetValuesCOO(solver->J, solver->value, INSERT_VALUES));
  if (solver->shell)
    PetscCall(bp_tangent_update(solver->shell));
  solver->is_whole = which == BP_HEAT_WHOLE && !solver->symmetric;
  if (solver->is_whole && !solver->whole)
    PetscCall(create_whole(heat));
  if (solver->is_whole) {
    PetscCall(bp_heat_fill(heat, stage, BP_HEAT_WHOLE));
    PetscCall(MatSetValuesCOO(solver->whole, solver->value, INSERT_VALUES));
  }
  solver->dt = stage->dt;
  solver->storage = stage->storage;
  return sum_columns(heat, solver->is_whole ? solver->whole : solver->J);
}

PetscErrorCode bp_heat_linear_solve(BpHeat *heat, const double tolerance[2], Vec b, Vec x,
                                    BpStatus *status) {
  BpHeatSolver *solver = &heat->solver;
  const KSP ksp = solver->is_whole ? solver->gmres : solver->cg;
  const Mat P = solver->shell ? solver->shell : solver->base,
            symmetric = solver->shell ? solver->shell : solver->J;
  KSPConvergedReason reason;
  PetscInt iterations;
  PetscCall(KSPSetOperators(ksp, solver->is_whole ? solver->whole : symmetric, P));
  PetscCall(KSPSetTolerances(ksp, tolerance[0], tolerance[1], PETSC_DEFAULT, 1000));
  PetscCall(KSPSolve(ksp, b, x));
  PetscCall(KSPGetConvergedReason(ksp, &reason));
  PetscCall(KSPGetIterationNumber(ksp, &iterations));
  heat->counts.linear += iterations;
  *status = reason > 0 ? BP_OK : BP_CUT;
  if (*status != BP_OK)
    heat->reason = "the linear solver of heat does not converge";
  return 0;
}
