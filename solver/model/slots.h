/* Where each block of a cell's stiffness goes in a block matrix, found once: adding a cell is then
 * a plain loop. */
#ifndef BP_SLOTS_H
#define BP_SLOTS_H

#include "grid.h"

#include <petscmat.h>

typedef struct {
  int *slot; /* [ncells][15][15] block of the matrix' square part; -1 - block of the rest; INT_MIN
                in rows of other ranks */
} BpSlots;

/* Finds the blocks for all cells of this rank. Leaves slot NULL where the matrix is not of type
 * BAIJ. [collective] */
PetscErrorCode bp_slots_create(const BpGrid *grid, Mat A, BpSlots *slots);
void bp_slots_free(BpSlots *slots);

/* The matrix' values, between begin and end of adding cells. */
typedef struct {
  Mat A;
  double *diagonal, *off; /* arrays of the parts, NULL where there is none */
} BpValues;

PetscErrorCode bp_values_begin(Mat A, const BpSlots *slots, BpValues *values);
PetscErrorCode bp_values_end(const BpSlots *slots, BpValues *values);

/* Adds a cell's stiffness K [45][45]. */
PetscErrorCode bp_slots_add(const BpGrid *grid, const BpSlots *slots, int cell, const double *K,
                            BpValues *values);

#endif
