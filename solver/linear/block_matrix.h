/* Sparse matrices of blocks, 3 x 3 of displacements or single values of temperatures, as the
 * memory-bound loops of the linear solvers want them. Pure: no PETSc. */
#ifndef BP_BLOCK_MATRIX_H
#define BP_BLOCK_MATRIX_H

#include "base.h"

/* Block rows in compressed form, columns ascending. Blocks are block^2 values, column-major
 * (PETSc's BAIJ). Not owned. */
typedef struct {
  int block; /* 3 or 1 */
  int nrows;
  const int *start;    /* [nrows + 1] */
  const int *column;   /* [start[nrows]] */
  const double *value; /* [block^2 start[nrows]] */
} BpBlocks;

/* y = A x, or y += A x. Of blocks of 3, loads go one value past the end of a column, never past the
 * end of the arrays. */
void bp_blocks_multiply(const BpBlocks *A, const double *x, double *y, int add);

/* The block rows of this rank in the order of a Gauss-Seidel sweep: line by line, lines solved as a
 * whole. The lines first_shared to end_shared have couplings to other ranks' rows, the others have
 * none. */
typedef struct {
  int nlines;
  int *order; /* [line[nlines]] row */
  int *line;  /* [nlines + 1] where each line begins in order */
  int first_shared, end_shared;
} BpSweep;

/* Gathers the lines that have a shared row, without changing the order otherwise.
 * shared [nrows]  1: the row has couplings to other ranks
 * share  of the rows without, that come before them, 0..1 */
void bp_sweep_gather(BpSweep *sweep, const unsigned char *shared, double share);

/* Couplings to rows of other ranks ("ghosts"). */
typedef struct {
  BpBlocks blocks; /* a column is a ghost */
  int nghosts;
  const unsigned char *before; /* [nghosts] 1: it comes before this rank's rows that couple to it */
} BpGhostBlocks;

/* Symmetric Gauss-Seidel over lines: the unknowns of a line are solved for together. Lines run
 * through the mesh's columns, so that thin, wide layers, whose strong couplings are along the
 * column, do not slow the smoother down. Values are in single precision: half the bytes, and a
 * smoother needs no more digits. */
typedef struct {
  int block; /* of the matrix, 3 or 1 */
  int lanes; /* values of a row in work and change: 4 or 1 */
  int nrows, nlines;
  int *order; /* [nrows] row of A that is swept i-th */
  int *line;  /* [nlines + 1] first row of each line, in the order of the sweep */
  int *reach; /* [nlines] farthest coupling inside the line, in rows */
  int nghosts;
  int *start, *column; /* [nrows + 1], [start[nrows]] rows of A in that order, then ghosts */
  int *source;         /* [start[nrows]] block of A, or -1 - block of the ghosts' */
  int *low, *high; /* [nrows] entries before the row's line end at low, those after begin at high */
  float *value;    /* [block^2 start[nrows] + padding] */
  float *inverse;  /* [block^2 nrows + padding] inverse pivots of the lines' block LDL^T */
  float
      *factor; /* L blocks: row i of line l to row i - 1 - k at first_factor[l] + i reach[l] + k */
  size_t *first_factor; /* [nlines + 1] in blocks */
  float *work;   /* [lanes (nrows + nghosts)] values of the sweep, the ghosts' behind the rows' */
  float *change; /* [lanes nrows] */
} BpSmoother;

/* ghosts  NULL: none */
void bp_smoother_create(const BpBlocks *A, const BpGhostBlocks *ghosts, const BpSweep *sweep,
                        BpSmoother *smoother);
void bp_smoother_free(BpSmoother *smoother);

/* Takes new values of the same matrix. BP_BAD if a line's matrix is not positive
 * definite. */
BpStatus bp_smoother_update(const BpBlocks *A, const BpGhostBlocks *ghosts, BpSmoother *smoother);

/* One symmetric sweep from zero: forward over all lines in any pieces, in order; backward over all
 * in reverse order; take. Before a line with couplings to ghosts is swept forward, the values of
 * those that come before it must stand in work, and before it is swept backward those of the
 * others. */
void bp_smoother_forward(BpSmoother *smoother, const double *b, int first, int end);
void bp_smoother_backward(BpSmoother *smoother, int first, int end);

/* x = M^-1 b, or x += M^-1 b with add. */
void bp_smoother_take(const BpSmoother *smoother, double *x, int add);

#endif
