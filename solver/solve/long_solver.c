#include "long_solver.h"

#include <stdlib.h>
#include <string.h>

/* What is left of a residual when a body is extended: the preconditioner hardly feels more. */
static const double extension_tolerance = 1e-3;
static const int extension_iterations = 30;

static const double at_rest[BP_MOTIONS] = {0};

static PetscErrorCode multiply(Mat all, Vec x, Vec y) {
  BpLongSolver *solver;
  PetscCall(MatShellGetContext(all, &solver));
  const BpLongFace *face = solver->model->long_face;
  PetscCall(MatMult(solver->tangent, x, y));
  return bp_long_face_add(face, &face->tangent, x, y);
}

static PetscErrorCode apply(PC pc, Vec r, Vec z) {
  BpLongSolver *solver;
  double product[BP_MOTIONS], share[BP_MOTIONS];
  PetscCall(PCShellGetContext(pc, &solver));
  const BpLongFace *face = solver->model->long_face;
  PetscCall(VecMDot(r, BP_MOTIONS, solver->extended, product));
  PetscCall(VecCopy(r, solver->work));
  PetscCall(bp_long_face_put(face, at_rest, solver->work));
  PetscCall(PCApply(solver->inner, solver->work, z));
  PetscCall(bp_long_face_put(face, at_rest, z));
  for (int i = 0; i < BP_MOTIONS; i++) {
    share[i] = 0.0;
    for (int m = 0; m < BP_MOTIONS; m++)
      share[i] += solver->inverse[i][m] * product[m];
  }
  return VecMAXPY(z, BP_MOTIONS, share, solver->extended);
}

static PetscErrorCode set_up(PC pc) {
  BpLongSolver *solver;
  PetscCall(PCShellGetContext(pc, &solver));
  return PCSetUp(solver->inner);
}

PetscErrorCode bp_long_solver_create(BpModel *model, Mat tangent, BpLongSolver **out) {
  BpLongSolver *solver = BP_NEW(BpLongSolver, 1);
  PetscInt m, n;
  solver->model = model;
  solver->tangent = tangent;
  PetscCall(MatGetLocalSize(tangent, &m, &n));
  PetscCall(MatCreateShell(model->grid->comm, m, n, PETSC_DETERMINE, PETSC_DETERMINE, solver,
                           &solver->all));
  PetscCall(MatShellSetOperation(solver->all, MATOP_MULT, (void (*)(void))multiply));
  PetscCall(MatSetOption(solver->all, MAT_SPD, PETSC_TRUE));
  PetscCall(VecDuplicate(model->load, &solver->work));
  for (int i = 0; i < BP_MOTIONS; i++)
    PetscCall(VecDuplicate(model->load, &solver->extended[i]));
  *out = solver;
  return 0;
}

PetscErrorCode bp_long_solver_destroy(BpLongSolver **out) {
  BpLongSolver *solver = *out;
  if (!solver)
    return 0;
  PetscCall(PCDestroy(&solver->inner));
  PetscCall(MatDestroy(&solver->all));
  PetscCall(VecDestroy(&solver->work));
  for (int i = 0; i < BP_MOTIONS; i++)
    PetscCall(VecDestroy(&solver->extended[i]));
  free(solver);
  *out = NULL;
  return 0;
}

PetscErrorCode bp_long_solver_attach(BpLongSolver *solver, PC pc, PC *inner) {
  PetscCall(PCDestroy(&solver->inner));
  PetscCall(PCSetType(pc, PCSHELL));
  PetscCall(PCSetOptionsPrefix(pc, "long_"));
  PetscCall(PCShellSetContext(pc, solver));
  PetscCall(PCShellSetApply(pc, apply));
  PetscCall(PCShellSetSetUp(pc, set_up));
  PetscCall(PCCreate(solver->model->grid->comm, &solver->inner));
  PetscCall(PCSetOperators(solver->inner, solver->tangent, solver->tangent));
  *inner = solver->inner;
  return 0;
}

/* A unit of each motion, and what the rest of the body does then, about. */
static PetscErrorCode extend(BpLongSolver *solver) {
  const BpLongFace *face = solver->model->long_face;
  KSP ksp;
  PetscCall(KSPCreate(face->comm, &ksp));
  PetscCall(KSPSetOptionsPrefix(ksp, "long_extension_"));
  PetscCall(KSPSetOperators(ksp, solver->tangent, solver->tangent));
  PetscCall(KSPSetType(ksp, KSPCG));
  PetscCall(KSPSetPC(ksp, solver->inner));
  PetscCall(KSPSetNormType(ksp, KSP_NORM_UNPRECONDITIONED));
  PetscCall(KSPSetTolerances(ksp, extension_tolerance, 0.0, PETSC_DEFAULT, extension_iterations));
  for (int m = 0; m < BP_MOTIONS; m++) {
    double motion[BP_MOTIONS] = {0};
    const int there = face->there[m / 2];
    motion[m] = there;
    PetscCall(VecZeroEntries(solver->extended[m]));
    if (there) {
      PetscCall(bp_long_face_force(face, m, solver->work));
      PetscCall(VecScale(solver->work, -1.0));
      PetscCall(KSPSolve(ksp, solver->work, solver->extended[m]));
    }
    PetscCall(bp_long_face_put(face, motion, solver->extended[m]));
  }
  solver->made = 1;
  return KSPDestroy(&ksp);
}

/* In place, of a symmetric positive matrix. */
static void invert(double A[BP_MOTIONS][BP_MOTIONS]) {
  for (int k = 0; k < BP_MOTIONS; k++) {
    const double pivot = 1.0 / A[k][k];
    A[k][k] = 1.0;
    for (int j = 0; j < BP_MOTIONS; j++)
      A[k][j] *= pivot;
    for (int i = 0; i < BP_MOTIONS; i++) {
      if (i == k)
        continue;
      const double factor = A[i][k];
      A[i][k] = 0.0;
      for (int j = 0; j < BP_MOTIONS; j++)
        A[i][j] -= factor * A[k][j];
    }
  }
}

PetscErrorCode bp_long_solver_update(BpLongSolver *solver) {
  const BpLongFace *face = solver->model->long_face;
  PetscCall(MatAssemblyBegin(solver->all, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(solver->all, MAT_FINAL_ASSEMBLY));
  PetscCall(PCSetUp(solver->inner));
  if (!solver->made)
    PetscCall(extend(solver));
  for (int i = 0; i < BP_MOTIONS; i++) {
    PetscCall(MatMult(solver->all, solver->extended[i], solver->work));
    PetscCall(VecMDot(solver->work, BP_MOTIONS, solver->extended, solver->inverse[i]));
    if (!face->there[i / 2])
      solver->inverse[i][i] = 1.0;
  }
  invert(solver->inverse);
  return 0;
}
