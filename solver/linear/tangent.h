/* The tangent as the Krylov solver sees it: a shell around PETSc's matrix whose product and
 * Gauss-Seidel sweep (MatSOR, so that PETSc's own smoothers work on it) are ours. */
#ifndef BP_TANGENT_H
#define BP_TANGENT_H

#include "block_matrix.h"
#include "grid.h"

#include <petscmat.h>

/* Sweep through the columns of the mesh.
 * global  grid->node_global, or coarse_global for the nodes of the coarse level */
void bp_sweep_create(const BpGrid *grid, const int *global, BpSweep *sweep);
void bp_sweep_free(BpSweep *sweep);

/* Shell around an assembled MATBAIJ of block size 3 or MATAIJ of block size 1, which must outlive
 * it.   [collective]
 * sweep  its lines may be put into another order, so that the sweep can go on over the ranks'
 *        borders (halo.h) */
PetscErrorCode bp_tangent_create(Mat blocks, BpSweep *sweep, Mat *shell);

/* Takes the matrix' new values. PETSC_ERR_MAT_CH_ZRPVT on every rank where they are not positive
 * definite along a column of the mesh. [collective] */
PetscErrorCode bp_tangent_update(Mat shell);

#endif
