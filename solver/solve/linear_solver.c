/* The linear solver of a Newton step: conjugate gradients with two-level p-multigrid, or a direct
 * factorisation. Every part takes PETSc's own options: -ksp_*, -pc_*, -mg_levels_*, -mg_coarse_*.
 */
#include "solve.h"

#include <string.h>

/* The coarse factor costs as much as a few iterations and hardly ages: it serves this many steps.
 */
static const int solves_per_factor = 4;

/* Coarse unknowns up to which every rank factors and solves for itself: one exchange instead of the
 * many small messages of a distributed solve. */
static const PetscInt largest_own_factor = 10000;

static PetscErrorCode setup_direct(PC pc) {
  PetscCall(PCSetType(pc, PCCHOLESKY));
  PetscCall(PCFactorSetMatSolverType(pc, MATSOLVERMUMPS));
  return 0;
}

static PetscErrorCode setup_smoother(PC pc, Mat shell) {
  KSP smoother;
  PC sor;
  PetscCall(PCMGGetSmoother(pc, 1, &smoother));
  PetscCall(KSPSetType(smoother, KSPRICHARDSON));
  PetscCall(KSPSetTolerances(smoother, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT, 1));
  PetscCall(KSPSetOperators(smoother, shell, shell));
  PetscCall(KSPGetPC(smoother, &sor));
  PetscCall(PCSetType(sor, PCSOR));
  return 0;
}

/* A factor that every rank holds for itself. */
static PetscErrorCode setup_own_factor(PC pc, Mat coarse) {
  PetscMPIInt nranks;
  PetscCallMPI(MPI_Comm_size(PetscObjectComm((PetscObject)pc), &nranks));
  if (nranks > 1) {
    KSP own;
    PetscCall(PCSetType(pc, PCREDUNDANT));
    PetscCall(PCSetOperators(pc, coarse, coarse));
    PetscCall(PCRedundantGetKSP(pc, &own));
    PetscCall(KSPGetPC(own, &pc));
  }
  PetscCall(PCSetType(pc, PCCHOLESKY));
  PetscCall(PCFactorSetMatSolverType(pc, MATSOLVERCHOLMOD));
  return 0;
}

/* MUMPS adds in the order of arrival: on several ranks its last bits are others each time. */
static int own_factor(const BpNewton *newton, PetscInt unknowns) {
  return unknowns <= largest_own_factor ||
         strcmp(newton->model->bp->solver.deterministic, "true") == 0;
}

static PetscErrorCode setup_coarse(const BpNewton *newton, PC pc) {
  const Mat coarse = newton->coarse;
  KSP solver;
  PC factor;
  PetscInt n;
  PetscCall(PCMGGetCoarseSolve(pc, &solver));
  PetscCall(KSPSetType(solver, KSPPREONLY));
  PetscCall(KSPSetOperators(solver, coarse, coarse));
  PetscCall(KSPGetPC(solver, &factor));
  PetscCall(MatGetSize(coarse, &n, NULL));
  PetscCall(own_factor(newton, n) ? setup_own_factor(factor, coarse) : setup_direct(factor));
  return 0;
}

static PetscErrorCode setup_pmultigrid(BpNewton *newton, PC pc) {
  PetscCall(MatDestroy(&newton->prolongation));
  PetscCall(bp_model_create_prolongation(newton->model, &newton->prolongation));
  PetscCall(PCSetType(pc, PCMG));
  PetscCall(PCMGSetLevels(pc, 2, NULL));
  PetscCall(PCMGSetGalerkin(pc, PC_MG_GALERKIN_NONE));
  PetscCall(PCMGSetInterpolation(pc, 1, newton->prolongation));
  PetscCall(setup_smoother(pc, newton->shell));
  PetscCall(setup_coarse(newton, pc));
  return 0;
}

/* The multigrid preconditioner; NULL where the user chose another one with -pc_type. */
static PetscErrorCode get_multigrid(const BpNewton *newton, KSP *ksp, PC *pc) {
  PetscBool is_mg;
  PetscCall(SNESGetKSP(newton->snes, ksp));
  PetscCall(KSPGetPC(*ksp, pc));
  PetscCall(PetscObjectTypeCompare((PetscObject)*pc, PCMG, &is_mg));
  if (!is_mg)
    *pc = NULL;
  return 0;
}

PetscErrorCode bp_linear_solver_keep_coarse(BpNewton *newton, int *renew) {
  KSP ksp, coarse;
  PC pc;
  PetscInt iteration;
  *renew = 0;
  PetscCall(get_multigrid(newton, &ksp, &pc));
  if (!pc)
    return 0;
  PetscCall(PCMGGetCoarseSolve(pc, &coarse));
  PetscCall(SNESGetIterationNumber(newton->snes, &iteration));
  *renew = iteration == 0 && newton->solves % solves_per_factor == 0;
  PetscCall(KSPSetReusePreconditioner(coarse, *renew ? PETSC_FALSE : PETSC_TRUE));
  return 0;
}

PetscErrorCode bp_linear_solver_setup(BpNewton *newton) {
  KSP ksp;
  PC pc;
  PetscCall(SNESGetKSP(newton->snes, &ksp));
  PetscCall(KSPGetPC(ksp, &pc));
  if (strcmp(newton->model->bp->solver.linear, "direct") == 0) {
    PetscCall(KSPSetType(ksp, KSPPREONLY));
    PetscCall(setup_direct(pc));
  } else {
    PetscCall(KSPSetType(ksp, KSPCG));
    PetscCall(KSPSetNormType(ksp, KSP_NORM_UNPRECONDITIONED));
    PetscCall(setup_pmultigrid(newton, pc));
  }
  PetscCall(KSPSetFromOptions(ksp));
  return 0;
}
