/* The linear solver of a Newton step: conjugate gradients with two-level p-multigrid, or a direct
 * factorisation. Every part takes PETSc's own options: -ksp_*, -pc_*, -mg_levels_*, -mg_coarse_*.
 */
#include "solve.h"

#include "multigrid.h"
#include "tangent.h"

#include <string.h>

/* The coarse factor costs as much as a few iterations and hardly ages: it serves this many steps.
 */
static const int solves_per_factor = 4;

/* Coarse unknowns up to which every rank factors and solves for itself: one exchange instead of the
 * many small messages of a distributed solve. */
static const PetscInt largest_own_factor = 10000;

/* Coarse unknowns up to which a factor pays; above, they have a level of aggregates below them, and
 * so many iterations, which take what is between this and 1 of the spectrum. */
static const PetscInt largest_factor = 30000;
static const int coarse_iterations = 4;
static const double least_eigenvalue = 0.1;

/* MUMPS adds in the order of arrival: on several ranks its last bits are others each time. */
static int own_factor(const BpNewton *newton, PetscInt unknowns) {
  return unknowns <= largest_own_factor ||
         strcmp(newton->model->bp->solver.deterministic, "true") == 0;
}

static PetscErrorCode setup_factor(const BpNewton *newton, PC pc, Mat coarse) {
  PetscInt n;
  PetscCall(MatGetSize(coarse, &n, NULL));
  return bp_multigrid_factor(pc, coarse, own_factor(newton, n));
}

/* A coarse level too large for a factor is solved for by a fixed number of Chebyshev iterations,
 * which are linear and symmetric, around two levels of its own. The lower of these is made with the
 * first values. The sweep does not overshoot, so 1 bounds the spectrum from above. */
static PetscErrorCode setup_large_coarse(PC pc, const BpThirdLevel *third) {
  KSP solver;
  PC below;
  PetscCall(PCMGGetCoarseSolve(pc, &solver));
  PetscCall(KSPSetType(solver, KSPCHEBYSHEV));
  PetscCall(KSPChebyshevSetEigenvalues(solver, 1.0, least_eigenvalue));
  PetscCall(
      KSPSetTolerances(solver, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT, coarse_iterations));
  PetscCall(KSPSetNormType(solver, KSP_NORM_NONE));
  PetscCall(KSPSetConvergenceTest(solver, KSPConvergedSkip, NULL, NULL));
  PetscCall(KSPSetOperators(solver, third->shell, third->shell));
  PetscCall(KSPGetPC(solver, &below));
  PetscCall(PCSetType(below, PCMG));
  PetscCall(PCMGSetLevels(below, 2, NULL));
  PetscCall(PCMGSetGalerkin(below, PC_MG_GALERKIN_NONE));
  return bp_multigrid_smooth(below, third->shell);
}

/* Whether the coarse level is solved for with a level of aggregates instead of a factor. */
static PetscErrorCode has_aggregates(const BpNewton *newton, int *has) {
  const char *wanted = newton->model->bp->solver.coarse;
  PetscInt n;
  PetscCall(MatGetSize(newton->coarse, &n, NULL));
  *has = strcmp(wanted, "auto") == 0
             ? n > largest_factor && strcmp(newton->model->bp->solver.deterministic, "true") != 0
             : strcmp(wanted, "aggregates") == 0;
  return 0;
}

static PetscErrorCode setup_pmultigrid(BpNewton *newton, PC pc) {
  int aggregates = 0;
  PetscCall(MatDestroy(&newton->prolongation));
  PetscCall(bp_third_level_destroy(&newton->third));
  PetscCall(bp_model_create_prolongation(newton->model, &newton->prolongation));
  PetscCall(bp_multigrid_create(pc, newton->shell, newton->prolongation));
  PetscCall(has_aggregates(newton, &aggregates));
  if (!aggregates)
    return setup_factor(newton, pc, newton->coarse);
  PetscCall(bp_third_level_create(newton->model, &newton->third));
  return setup_large_coarse(pc, newton->third);
}

/* The multigrid preconditioner; NULL where the user chose another one with -pc_type. */
static PetscErrorCode get_multigrid(const BpNewton *newton, KSP *ksp, PC *pc) {
  PetscBool is_mg;
  PetscCall(SNESGetKSP(newton->snes, ksp));
  PetscCall(KSPGetPC(*ksp, pc));
  if (newton->long_solver)
    *pc = newton->long_solver->inner;
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

static PetscErrorCode renew_third_level(BpNewton *newton, KSP coarse) {
  PC below;
  PetscCall(bp_third_level_update(newton->model, newton->third));
  PetscCall(KSPGetPC(coarse, &below));
  PetscCall(PCMGSetInterpolation(below, 1, newton->third->prolongation));
  return setup_factor(newton, below, newton->third->matrix);
}

/* The error of a matrix that is not positive definite is an answer, every other one stays one. */
static PetscErrorCode take_values(BpNewton *newton, int renew) {
  KSP ksp, coarse;
  PC pc, factor;
  if (newton->shell == newton->fine)
    return 0;
  PetscErrorCode error = bp_tangent_update(newton->shell);
  const int none_yet = newton->third && !newton->third->matrix; /* as after a resume */
  if (error || (!renew && !none_yet))
    return error;
  PetscCall(get_multigrid(newton, &ksp, &pc));
  PetscCall(PCMGGetCoarseSolve(pc, &coarse));
  if (newton->third)
    return renew_third_level(newton, coarse);
  PetscCall(KSPGetPC(coarse, &factor));
  return PCSetUp(factor);
}

PetscErrorCode bp_linear_solver_update(BpNewton *newton, int renew, int *definite) {
  PetscCall(PetscPushErrorHandler(PetscIgnoreErrorHandler, NULL));
  PetscErrorCode error = take_values(newton, renew);
  if (!error && newton->long_solver)
    error = bp_long_solver_update(newton->long_solver);
  PetscCall(PetscPopErrorHandler());
  *definite = error != PETSC_ERR_MAT_CH_ZRPVT;
  PetscCheck(!error || !*definite, newton->model->grid->comm, error, "the set-up of the solver");
  return 0;
}

PetscErrorCode bp_linear_solver_setup(BpNewton *newton) {
  const int direct = strcmp(newton->model->bp->solver.linear, "direct") == 0;
  KSP ksp;
  PC pc;
  PetscCall(SNESGetKSP(newton->snes, &ksp));
  PetscCall(KSPGetPC(ksp, &pc));
  if (newton->long_solver)
    PetscCall(bp_long_solver_attach(newton->long_solver, pc, &pc));
  if (direct && !newton->long_solver) {
    PetscCall(KSPSetType(ksp, KSPPREONLY));
  } else {
    PetscCall(KSPSetType(ksp, KSPCG));
    PetscCall(KSPSetNormType(ksp, KSP_NORM_UNPRECONDITIONED));
  }
  PetscCall(direct ? bp_multigrid_direct(pc) : setup_pmultigrid(newton, pc));
  if (newton->long_solver)
    PetscCall(PCSetFromOptions(pc));
  PetscCall(KSPSetFromOptions(ksp));
  return 0;
}
