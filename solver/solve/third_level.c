#include "third_level.h"

#include "tangent.h"

#include <petscksp.h>
#include <stdlib.h>

/* This rank's part of a motion that strains nothing: along axis m, or about axis m - 3. Prescribed
 * unknowns do not move. */
static void set_motion(const BpModel *model, int m, PetscInt first, double *value) {
  const BpGrid *grid = model->grid;
  const int a = (m + 1) % 3, b = (m + 2) % 3;
  for (int n = 0; n < grid->nnodes; n++) {
    const int global = grid->coarse_global[n];
    for (int d = 0; d < 3 && global >= 0; d++) {
      const double *x = grid->xyz[n], *row = grid->along.row[d];
      const double turn = row[b] * x[a] - row[a] * x[b];
      value[3 * global + d - first] =
          model->constraints.fixed[3 * n + d] ? 0.0 : (m < 3 ? row[m] : turn);
    }
  }
}

/* Orthonormal, as PETSc wants them. */
static PetscErrorCode attach_motions(const BpModel *model) {
  enum { N = 6 };
  Vec motion[N];
  MatNullSpace space;
  for (int m = 0; m < N; m++) {
    PetscInt first;
    double *value, dot[N];
    PetscCall(MatCreateVecs(model->coarse, &motion[m], NULL));
    PetscCall(VecGetOwnershipRange(motion[m], &first, NULL));
    PetscCall(VecGetArray(motion[m], &value));
    set_motion(model, m, first, value);
    PetscCall(VecRestoreArray(motion[m], &value));
    PetscCall(VecMDot(motion[m], m, motion, dot));
    for (int k = 0; k < m; k++)
      dot[k] = -dot[k];
    PetscCall(VecMAXPY(motion[m], m, dot, motion));
    PetscCall(VecNormalize(motion[m], NULL));
  }
  PetscCall(MatNullSpaceCreate(model->grid->comm, PETSC_FALSE, N, motion, &space));
  PetscCall(MatSetNearNullSpace(model->coarse, space));
  PetscCall(MatNullSpaceDestroy(&space));
  for (int m = 0; m < N; m++)
    PetscCall(VecDestroy(&motion[m]));
  return 0;
}

PetscErrorCode bp_third_level_create(const BpModel *model, BpThirdLevel **out) {
  BpThirdLevel *third = BP_NEW(BpThirdLevel, 1);
  BpSweep sweep;
  PetscCall(attach_motions(model));
  PetscCall(MatConvert(model->coarse, MATBAIJ, MAT_INITIAL_MATRIX, &third->blocks));
  bp_sweep_create(model->grid, model->grid->coarse_global, &sweep);
  PetscCall(bp_tangent_create(third->blocks, &sweep, &third->shell));
  bp_sweep_free(&sweep);
  *out = third;
  return 0;
}

PetscErrorCode bp_third_level_destroy(BpThirdLevel **out) {
  BpThirdLevel *third = *out;
  if (!third)
    return 0;
  PetscCall(MatDestroy(&third->shell));
  PetscCall(MatDestroy(&third->blocks));
  PetscCall(MatDestroy(&third->prolongation));
  PetscCall(MatDestroy(&third->matrix));
  free(third);
  *out = NULL;
  return 0;
}

/* Motions that an aggregate does not have leave rows of zeros. */
static PetscErrorCode fill_diagonal(Mat matrix) {
  Vec diagonal;
  PetscInt n;
  double *value, largest;
  PetscCall(MatCreateVecs(matrix, &diagonal, NULL));
  PetscCall(MatGetDiagonal(matrix, diagonal));
  PetscCall(VecMax(diagonal, NULL, &largest));
  PetscCall(VecGetLocalSize(diagonal, &n));
  PetscCall(VecGetArray(diagonal, &value));
  for (PetscInt i = 0; i < n; i++)
    if (value[i] <= 1e-12 * largest)
      value[i] = largest;
  PetscCall(VecRestoreArray(diagonal, &value));
  PetscCall(MatDiagonalSet(matrix, diagonal, INSERT_VALUES));
  return VecDestroy(&diagonal);
}

/* Two levels of GAMG are set up for what they are made of, and dropped. */
static PetscErrorCode aggregate(const BpModel *model, BpThirdLevel *third) {
  PC pc;
  PetscInt n = 0;
  Mat *prolongation = NULL, *matrix = NULL;
  PetscCall(PCCreate(model->grid->comm, &pc));
  PetscCall(PCSetOptionsPrefix(pc, "aggregates_"));
  PetscCall(PCSetType(pc, PCGAMG));
  PetscCall(PCGAMGSetNlevels(pc, 2));
  PetscCall(PCSetOperators(pc, model->coarse, model->coarse));
  PetscCall(PCSetFromOptions(pc));
  PetscCall(PCSetUp(pc));
  PetscCall(PCGetInterpolations(pc, &n, &prolongation));
  PetscCheck(n == 2, model->grid->comm, PETSC_ERR_PLIB, "the coarse level has no aggregates");
  PetscCall(PCGetCoarseOperators(pc, &n, &matrix));
  PetscCall(MatDestroy(&third->prolongation));
  PetscCall(MatDestroy(&third->matrix));
  third->prolongation = prolongation[0];
  third->matrix = matrix[0];
  PetscCall(fill_diagonal(third->matrix));
  PetscCall(PetscFree(prolongation));
  PetscCall(PetscFree(matrix));
  return PCDestroy(&pc);
}

PetscErrorCode bp_third_level_update(const BpModel *model, BpThirdLevel *third) {
  PetscCall(MatConvert(model->coarse, MATBAIJ, MAT_REUSE_MATRIX, &third->blocks));
  PetscCall(bp_tangent_update(third->shell));
  return aggregate(model, third);
}
