/* Two levels of p-multigrid: lines through the columns of the mesh over a coarse level that is
 * factored. */
#ifndef BP_MULTIGRID_H
#define BP_MULTIGRID_H

#include <petscksp.h>

/* Makes a PC two levels whose coarse matrix and values are the caller's.   [collective]
 * shell  of the fine matrix (tangent.h); prolongation as PCMG takes it */
PetscErrorCode bp_multigrid_create(PC pc, Mat shell, Mat prolongation);

/* One sweep of the shell before and after the coarse level. */
PetscErrorCode bp_multigrid_smooth(PC pc, Mat shell);

/* Factors a symmetric coarse matrix for the coarse level.   [collective]
 * own  1: every rank factors and solves for itself (CHOLMOD): one exchange in place of the many
 *      small messages of a distributed solve; 0: all together (MUMPS) */
PetscErrorCode bp_multigrid_factor(PC pc, Mat coarse, int own);

/* Makes a PC a Cholesky factor of all ranks together (MUMPS). */
PetscErrorCode bp_multigrid_direct(PC pc);

#endif
