/* The values that the coarse factor was made of: with them another process makes the same factor.
 */
#include "solve.h"

#include <string.h>

/* The square part of this rank's rows, and the rest, which is NULL on one rank. */
static PetscErrorCode get_parts(const BpNewton *newton, Mat part[2]) {
  PetscBool parallel;
  part[0] = newton->coarse;
  part[1] = NULL;
  PetscCall(PetscObjectTypeCompare((PetscObject)newton->coarse, MATMPIAIJ, &parallel));
  if (parallel)
    PetscCall(MatMPIAIJGetSeqAIJ(newton->coarse, &part[0], &part[1], NULL));
  return 0;
}

static PetscErrorCode count_of(Mat part, PetscInt *n) {
  PetscInt rows = 0;
  const PetscInt *start, *column;
  PetscBool done;
  PetscCall(MatGetRowIJ(part, 0, PETSC_FALSE, PETSC_FALSE, &rows, &start, &column, &done));
  PetscCheck(done, PETSC_COMM_SELF, PETSC_ERR_PLIB, "no access to the rows of a matrix");
  *n = start[rows];
  PetscCall(MatRestoreRowIJ(part, 0, PETSC_FALSE, PETSC_FALSE, &rows, &start, &column, &done));
  return 0;
}

PetscErrorCode bp_newton_coarse_count(const BpNewton *newton, PetscInt *n) {
  Mat part[2];
  *n = 0;
  if (newton->shell == newton->fine)
    return 0;
  PetscCall(get_parts(newton, part));
  for (int i = 0; i < 2 && part[i]; i++) {
    PetscInt more = 0;
    PetscCall(count_of(part[i], &more));
    *n += more;
  }
  return 0;
}

PetscErrorCode bp_newton_get_coarse(const BpNewton *newton, double *value) {
  Mat part[2];
  if (newton->shell == newton->fine)
    return 0;
  PetscCall(get_parts(newton, part));
  for (int i = 0; i < 2 && part[i]; i++) {
    PetscInt n = 0;
    const double *array;
    PetscCall(count_of(part[i], &n));
    PetscCall(MatSeqAIJGetArrayRead(part[i], &array));
    memcpy(value, array, (size_t)n * sizeof *value);
    PetscCall(MatSeqAIJRestoreArrayRead(part[i], &array));
    value += n;
  }
  return 0;
}

PetscErrorCode bp_newton_set_coarse(BpNewton *newton, const double *value) {
  Mat part[2];
  if (newton->shell == newton->fine)
    return 0;
  PetscCall(get_parts(newton, part));
  for (int i = 0; i < 2 && part[i]; i++) {
    PetscInt n = 0;
    double *array;
    PetscCall(count_of(part[i], &n));
    PetscCall(MatSeqAIJGetArray(part[i], &array));
    memcpy(array, value, (size_t)n * sizeof *value);
    PetscCall(MatSeqAIJRestoreArray(part[i], &array));
    value += n;
  }
  PetscCall(MatAssemblyBegin(newton->coarse, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(newton->coarse, MAT_FINAL_ASSEMBLY));
  return 0;
}
