/* Why a tangent may not be positive definite. */
#include "model.h"

#include <gsl/gsl_eigen.h>
#include <limits.h>
#include <string.h>

/* Of the largest eigenvalue: what round-off may leave of one that is 0, as in perfect plasticity.
 */
static const double tiny = 1e-9;

/* 1 where a symmetric matrix [36] has an eigenvalue below 0. */
static int is_softening(const double *tangent, gsl_eigen_symm_workspace *work) {
  double A[36], value[6];
  gsl_matrix_view matrix = gsl_matrix_view_array(A, 6, 6);
  gsl_vector_view values = gsl_vector_view_array(value, 6);
  memcpy(A, tangent, sizeof A);
  gsl_eigen_symm(&matrix.matrix, &values.vector, work);
  return gsl_vector_min(&values.vector) < -tiny * gsl_vector_max(&values.vector);
}

PetscErrorCode bp_model_find_softening(const BpModel *model, int *region) {
  int mine = INT_MAX;
  gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc(6);
  for (int s = 0; s < model->nsets; s++) {
    const BpPointSet *set = &model->set[s];
    const int there = model->joined || !model->region[set->region].joined;
    for (int p = 0; p < set->npoints && there && set->region < mine; p++)
      if (is_softening(set->tangent + 36 * (size_t)p, work))
        mine = set->region;
  }
  gsl_eigen_symm_free(work);
  PetscCallMPI(MPI_Allreduce(&mine, region, 1, MPI_INT, MPI_MIN, model->grid->comm));
  if (*region == INT_MAX)
    *region = -1;
  return 0;
}
