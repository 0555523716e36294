/* Where each 3 x 3 block of a cell's stiffness goes in a matrix, found once: adding a cell is then
 * a plain loop. Works on PETSc's BAIJ of block size 3 and on AIJ whose rows come in threes of one
 * structure. */
#ifndef BP_SLOTS_H
#define BP_SLOTS_H

#include "grid.h"
#include "remote.h"

#include <petscmat.h>

typedef struct {
  int blocked;       /* 1: BAIJ, 0: AIJ */
  const int *global; /* [nnodes] node of the matrix, as grid->node_global; BP_NOT_COARSE: not in the
                        matrix. Not owned */
  size_t *first;     /* [ncells + 1] of a cell, in slot */
  int *slot;  /* [nodes][nodes] of each cell, first value of a block: slot, or -1 - slot, in the
                 matrix' square part, or the rest; in what is sent, where another rank owns the
                 row */
  int *width; /* [nodes][2] of each cell, AIJ: from one row to the next, in the square part and in
                 the rest */
  BpRemote remote; /* blocks of rows that other ranks own */
  int *in_slot;    /* [remote.nreceived] slot of those that come from other ranks */
  int *in_width;   /* [remote.nreceived][2] AIJ: as width */
} BpSlots;

/* Finds the blocks for all cells of this rank.   [collective]
 * A  as DMCreateMatrix makes it; global as above, must outlive the slots */
PetscErrorCode bp_slots_create(const BpGrid *grid, Mat A, const int *global, BpSlots *slots);
PetscErrorCode bp_slots_destroy(BpSlots *slots);

/* The matrix' values, between begin and end of adding cells. One matrix at a time for each BpSlots;
 * the end, which exchanges what belongs to other ranks, is collective. */
typedef struct {
  Mat A;
  const BpSlots *slots;
  double *part[2]; /* arrays of the square part and the rest, NULL where there is none */
  int count[2];    /* their lengths */
} BpValues;

PetscErrorCode bp_values_begin(Mat A, const BpSlots *slots, BpValues *values);
PetscErrorCode bp_values_end(BpValues *values);

/* An end without an exchange, where nothing was added. [not collective] */
PetscErrorCode bp_values_close(BpValues *values);

/* Adds a cell's stiffness K [3 nodes][3 nodes]; rows and columns of nodes that the matrix does not
 * have are left out. */
void bp_values_add(const BpGrid *grid, int cell, const double *K, BpValues *values);

#endif
