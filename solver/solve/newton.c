#include "solve.h"

#include "tangent.h"

#include <stdlib.h>
#include <string.h>

static PetscErrorCode evaluate(SNES snes, Vec u, Vec r, void *context) {
  BpNewton *newton = context;
  PetscCall(bp_model_residual(newton->model, u, r, &newton->status));
  PetscCall(VecCopy(u, newton->last));
  if (newton->status != BP_OK)
    PetscCall(SNESSetFunctionDomainError(snes));
  return 0;
}

static PetscErrorCode evaluate_tangent(SNES snes, Vec u, Mat A, Mat B, void *context) {
  BpNewton *newton = context;
  PetscBool same;
  (void)A;
  PetscCall(VecEqual(u, newton->last, &same));
  if (!same) { /* the line search may end elsewhere than where it looked last */
    Vec r;
    PetscCall(VecDuplicate(u, &r));
    PetscCall(bp_model_residual(newton->model, u, r, &newton->status));
    PetscCall(VecCopy(u, newton->last));
    PetscCall(VecDestroy(&r));
  }
  (void)B;
  int renew = 0;
  if (newton->shell != newton->fine)
    PetscCall(bp_linear_solver_keep_coarse(newton, &renew));
  PetscCall(bp_model_tangent(newton->model, renew));
  int definite = 1;
  if (newton->shell != newton->fine || newton->long_solver)
    PetscCall(bp_linear_solver_update(newton, renew, &definite));
  if (!definite)
    PetscCall(SNESSetJacobianDomainError(snes));
  return 0;
}

/* What round-off leaves of forces that cancel: a large body moves far although it is hardly
 * strained, and each digit of the displacement counts. N, the norm over all unknowns. */
static PetscErrorCode round_off(SNES snes, const BpNewton *newton, double *floor) {
  static const double roundings = 10.0; /* of stiffness times displacement, in one sum */
  Vec u, force;
  PetscCall(SNESGetSolution(snes, &u));
  PetscCall(VecDuplicate(u, &force));
  PetscCall(MatGetDiagonal(newton->fine, force));
  PetscCall(VecPointwiseMult(force, force, u));
  PetscCall(VecPointwiseMult(force, force, newton->model->free));
  PetscCall(VecNorm(force, NORM_2, floor));
  *floor *= roundings * PETSC_MACHINE_EPSILON;
  PetscCall(VecDestroy(&force));
  return 0;
}

/* Converged when the residual is small against the load, or when another iteration has not made it
 * smaller and it is what round-off leaves; SNES' own test judges the rest (divergence, NaN,
 * limits). */
static PetscErrorCode converged(SNES snes, PetscInt it, PetscReal xnorm, PetscReal gnorm,
                                PetscReal fnorm, SNESConvergedReason *reason, void *context) {
  BpNewton *newton = context;
  if (it == 0) {
    double borne;
    PetscCall(bp_model_force_magnitude(newton->model, &borne));
    newton->force_scale = fmax(newton->force_scale, fmax(fnorm, borne));
  }
  PetscCall(SNESConvergedDefault(snes, it, xnorm, gnorm, fnorm, reason, NULL));
  if (*reason == SNES_CONVERGED_SNORM_RELATIVE || *reason == SNES_CONVERGED_FNORM_RELATIVE)
    *reason = SNES_CONVERGED_ITERATING;
  double smallest = newton->tolerance * newton->force_scale;
  if (it > 0 && *reason >= 0 && fnorm > smallest && fnorm > 0.5 * newton->residual)
    PetscCall(round_off(snes, newton, &smallest));
  newton->residual = fnorm;
  if (*reason >= 0 && fnorm <= smallest)
    *reason = SNES_CONVERGED_FNORM_ABS;
  return 0;
}

/* p-multigrid works on a shell around the matrix, a direct solver on the matrix itself. */
static PetscErrorCode create_shell(BpNewton *newton) {
  PetscBool direct;
  PetscCall(PetscStrcmp(newton->model->bp->solver.linear, "direct", &direct));
  if (direct) {
    newton->shell = newton->fine;
    PetscCall(PetscObjectReference((PetscObject)newton->fine));
    return 0;
  }
  PetscCall(MatAssemblyBegin(newton->fine, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(newton->fine, MAT_FINAL_ASSEMBLY));
  BpSweep sweep;
  bp_sweep_create(newton->model->grid, newton->model->grid->node_global, &sweep);
  PetscCall(bp_tangent_create(newton->fine, &sweep, &newton->shell));
  bp_sweep_free(&sweep);
  return 0;
}

static PetscErrorCode set_tangent(BpNewton *newton) {
  const Mat tangent = newton->long_solver ? newton->long_solver->all : newton->shell;
  return SNESSetJacobian(newton->snes, tangent, tangent, evaluate_tangent, newton);
}

static PetscErrorCode create_snes(BpNewton *newton) {
  const BpSolverCase *wanted = &newton->model->bp->solver;
  SNESLineSearch search;
  PetscCall(SNESCreate(newton->model->grid->comm, &newton->snes));
  PetscCall(SNESSetType(newton->snes, SNESNEWTONLS));
  PetscCall(SNESSetFunction(newton->snes, NULL, evaluate, newton));
  PetscCall(set_tangent(newton));
  PetscCall(SNESSetConvergenceTest(newton->snes, converged, newton, NULL));
  PetscCall(SNESSetCheckJacobianDomainError(newton->snes, PETSC_TRUE));
  PetscCall(SNESSetTolerances(newton->snes, 0.0, 0.0, 0.0, wanted->newton_iterations, 1000));
  PetscCall(SNESKSPSetUseEW(newton->snes, PETSC_TRUE));
  PetscCall(SNESKSPSetParametersEW(newton->snes, 2, 1e-2, 1e-2, 0.9, 2.0, 2.0, 0.1));
  PetscCall(SNESGetLineSearch(newton->snes, &search));
  PetscCall(SNESLineSearchSetType(search, SNESLINESEARCHBT));
  PetscCall(bp_linear_solver_setup(newton));
  PetscCall(SNESSetFromOptions(newton->snes));
  return 0;
}

PetscErrorCode bp_newton_create(BpModel *model, BpNewton **out) {
  BpNewton *newton = BP_NEW(BpNewton, 1);
  newton->model = model;
  newton->tolerance = model->bp->solver.newton_tolerance;
  PetscCall(DMCreateGlobalVector(model->grid->dm, &newton->u));
  PetscCall(VecDuplicate(newton->u, &newton->last));
  newton->fine = model->stiffness;
  newton->coarse = model->coarse;
  PetscCall(create_shell(newton));
  if (model->long_face)
    PetscCall(bp_long_solver_create(model, newton->shell, &newton->long_solver));
  PetscCall(create_snes(newton));
  *out = newton;
  return 0;
}

PetscErrorCode bp_newton_reset(BpNewton *newton) {
  newton->solves = 0;
  if (newton->long_solver)
    newton->long_solver->made = 0;
  return bp_newton_go_on(newton);
}

PetscErrorCode bp_newton_go_on(BpNewton *newton) {
  PetscCall(SNESReset(newton->snes));
  PetscCall(SNESSetFunction(newton->snes, NULL, evaluate, newton));
  PetscCall(set_tangent(newton));
  PetscCall(bp_linear_solver_setup(newton));
  return 0;
}

PetscErrorCode bp_newton_destroy(BpNewton **out) {
  BpNewton *newton = *out;
  if (!newton)
    return 0;
  PetscCall(SNESDestroy(&newton->snes));
  PetscCall(bp_long_solver_destroy(&newton->long_solver));
  PetscCall(MatDestroy(&newton->shell));
  PetscCall(MatDestroy(&newton->prolongation));
  PetscCall(bp_third_level_destroy(&newton->third));
  PetscCall(VecDestroy(&newton->u));
  PetscCall(VecDestroy(&newton->last));
  free(newton);
  *out = NULL;
  return 0;
}

static const char *name_reason(SNESConvergedReason reason) {
  switch (reason) {
  case SNES_DIVERGED_FNORM_NAN:
    return "the residual is not a number";
  case SNES_DIVERGED_LINE_SEARCH:
    return "the line search finds no descent";
  case SNES_DIVERGED_LINEAR_SOLVE:
    return "the linear solver does not converge";
  case SNES_DIVERGED_MAX_IT:
    return "Newton's iterations do not converge";
  default:
    return SNESConvergedReasons[reason];
  }
}

/* Which material softens; where none does, it is the supports. */
static PetscErrorCode explain_tangent(BpNewton *newton) {
  const BpModel *model = newton->model;
  int region;
  PetscCall(bp_model_find_softening(model, &region));
  if (region < 0)
    snprintf(newton->text, sizeof newton->text,
             "the tangent is not positive definite: a part of the model is held too little");
  else
    snprintf(newton->text, sizeof newton->text,
             "the tangent is not positive definite: %s softens (%.120s)",
             model->bp->materials.region[region].name,
             bp_material_law(model->region[region].material)->name);
  newton->reason = newton->text;
  return 0;
}

static PetscErrorCode explain(BpNewton *newton, SNESConvergedReason reason) {
  newton->reason = "";
  if (reason > 0)
    return 0;
  if (newton->status == BP_OK && reason == SNES_DIVERGED_JACOBIAN_DOMAIN)
    return explain_tangent(newton);
  newton->reason = newton->status != BP_OK ? newton->model->why : name_reason(reason);
  return 0;
}

/* Force that residuals are compared with: the load of the linear regions, or what they bear at the
 * first guess (back at the joining temperature there is no load, but there are stresses); or, at
 * the first residual, that or what the other cells bear (where solder and copper alone are loaded,
 * or bear what they have borne), whichever is largest. */
static PetscErrorCode measure_force(BpNewton *newton) {
  const BpModel *model = newton->model;
  Vec borne;
  double load, inside;
  PetscCall(VecNorm(model->load, NORM_2, &load));
  PetscCall(DMGetGlobalVector(model->grid->dm, &borne));
  PetscCall(bp_model_linear_force(newton->model, newton->u, borne));
  PetscCall(VecPointwiseMult(borne, borne, model->free));
  PetscCall(VecNorm(borne, NORM_2, &inside));
  PetscCall(DMRestoreGlobalVector(model->grid->dm, &borne));
  newton->force_scale = fmax(load, inside);
  return 0;
}

PetscErrorCode bp_newton_solve(BpNewton *newton, BpStatus *status) {
  SNESConvergedReason reason;
  newton->status = BP_OK;
  KSP ksp;
  PetscCall(bp_model_impose(newton->model, newton->u));
  PetscCall(measure_force(newton));
  /* no linear system needs a smaller residual than Newton's own test */
  PetscCall(SNESGetKSP(newton->snes, &ksp));
  PetscCall(KSPSetTolerances(ksp, PETSC_DEFAULT, 0.3 * newton->tolerance * newton->force_scale,
                             PETSC_DEFAULT, PETSC_DEFAULT));
  PetscCall(SNESSolve(newton->snes, NULL, newton->u));
  PetscCall(SNESGetConvergedReason(newton->snes, &reason));
  PetscCall(SNESGetIterationNumber(newton->snes, &newton->newton));
  PetscCall(SNESGetLinearSolveIterations(newton->snes, &newton->linear));
  newton->solves += newton->newton > 0; /* a step refused at once made no coarse factor */
  *status = reason > 0 ? BP_OK : BP_CUT;
  PetscCall(explain(newton, reason));
  if (reason == SNES_DIVERGED_JACOBIAN_DOMAIN) { /* SNES does not forget it */
    PetscCall(SNESDestroy(&newton->snes));
    PetscCall(create_snes(newton));
  }
  return 0;
}
