/* Sparse matrices of 3 x 3 blocks, as the memory-bound loops of the linear solver want them. Pure:
 * no PETSc. */
#ifndef BP_BLOCK_MATRIX_H
#define BP_BLOCK_MATRIX_H

#include "base.h"

/* Block rows in compressed form, columns ascending. Blocks are 9 values, column-major (PETSc's
 * BAIJ). Not owned. */
typedef struct {
  int nrows;
  const int *start;    /* [nrows + 1] */
  const int *column;   /* [start[nrows]] */
  const double *value; /* [9 start[nrows]] */
} BpBlocks;

/* y = A x, or y += A x. Loads go one value past the end of a column, never past the end of the
 * arrays. */
void bp_blocks_multiply(const BpBlocks *A, const double *x, double *y, int add);

/* Symmetric Gauss-Seidel over lines: the unknowns of a line are solved for together. Lines run
 * through the mesh's columns, so that thin, wide layers, whose strong couplings are along the
 * column, do not slow the smoother down. Values are in single precision: half the bytes, and a
 * smoother needs no more digits. */
typedef struct {
  int nrows, nlines;
  int *order;          /* [nrows] row of A that is swept i-th */
  int *line;           /* [nlines + 1] first row of each line, in the order of the sweep */
  int *reach;          /* [nlines] farthest coupling inside the line, in rows */
  int *start, *column; /* [nrows + 1], [start[nrows]] rows of A in that order */
  int *source;         /* [start[nrows]] block of A */
  int *low, *high; /* [nrows] entries before the row's line end at low, those after begin at high */
  float *value;    /* [9 start[nrows] + padding] */
  float *inverse;  /* [9 nrows + padding] inverse pivots of the lines' block LDL^T */
  float
      *factor; /* L blocks: row i of line l to row i - 1 - k at first_factor[l] + i reach[l] + k */
  size_t *first_factor; /* [nlines + 1] in blocks */
  float *work, *change; /* [4 nrows] */
} BpSmoother;

/* order [nrows]  rows of A in the order of the sweep, lines contiguous
 * line  [nlines + 1]  where each line begins in that order */
void bp_smoother_create(const BpBlocks *A, const int *order, const int *line, int nlines,
                        BpSmoother *smoother);
void bp_smoother_free(BpSmoother *smoother);

/* Takes new values of the same matrix. BP_BAD if a line's matrix is singular. */
BpStatus bp_smoother_update(const BpBlocks *A, BpSmoother *smoother);

/* x = M^-1 b, or x += M^-1 b with add: one symmetric sweep from zero. */
void bp_smoother_apply(BpSmoother *smoother, const double *b, double *x, int add);

#endif
