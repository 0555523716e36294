#include "multigrid.h"

PetscErrorCode bp_multigrid_direct(PC pc) {
  PetscCall(PCSetType(pc, PCCHOLESKY));
  PetscCall(PCFactorSetMatSolverType(pc, MATSOLVERMUMPS));
  return 0;
}

PetscErrorCode bp_multigrid_smooth(PC pc, Mat shell) {
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

PetscErrorCode bp_multigrid_create(PC pc, Mat shell, Mat prolongation) {
  PetscCall(PCSetType(pc, PCMG));
  PetscCall(PCMGSetLevels(pc, 2, NULL));
  PetscCall(PCMGSetGalerkin(pc, PC_MG_GALERKIN_NONE));
  PetscCall(PCMGSetInterpolation(pc, 1, prolongation));
  return bp_multigrid_smooth(pc, shell);
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

PetscErrorCode bp_multigrid_factor(PC pc, Mat coarse, int own) {
  KSP solver;
  PC factor;
  PetscCall(PCMGGetCoarseSolve(pc, &solver));
  PetscCall(KSPSetType(solver, KSPPREONLY));
  PetscCall(KSPSetOperators(solver, coarse, coarse));
  PetscCall(KSPGetPC(solver, &factor));
  return own ? setup_own_factor(factor, coarse) : bp_multigrid_direct(factor);
}
