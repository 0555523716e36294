/* The tangent as the Krylov solver sees it: a shell around PETSc's block matrix whose product and
 * Gauss-Seidel sweep (MatSOR, so that PETSc's own smoothers work on it) are ours. */
#ifndef BP_TANGENT_H
#define BP_TANGENT_H

#include "grid.h"

#include <petscmat.h>

/* The block rows of this rank in the order of a Gauss-Seidel sweep: line by line, lines solved as a
 * whole. */
typedef struct {
  int nlines;
  int *order; /* [line[nlines]] row */
  int *line;  /* [nlines + 1] where each line begins in order */
} BpSweep;

/* Sweep through the columns of the mesh. */
void bp_sweep_create(const BpGrid *grid, BpSweep *sweep);
void bp_sweep_free(BpSweep *sweep);

/* Shell around an assembled MATBAIJ of block size 3, which must outlive it. [collective] */
PetscErrorCode bp_tangent_create(Mat blocks, const BpSweep *sweep, Mat *shell);

/* Takes the matrix' new values. [collective] */
PetscErrorCode bp_tangent_update(Mat shell);

#endif
