#include "slots.h"

#include <limits.h>
#include <stdlib.h>

enum { N = BP_GRID_CELL_NODES, REMOTE = INT_MIN };

/* The two parts of this rank's rows. */
typedef struct {
  Mat diagonal, off;
  const PetscInt *ghost;        /* [nghosts] global block columns of the part `off`, ascending */
  PetscInt nghosts, first, end; /* block rows of this rank */
} Parts;

static PetscErrorCode get_parts(Mat A, Parts *parts) {
  PetscBool parallel;
  *parts = (Parts){.diagonal = A};
  PetscCall(MatGetOwnershipRange(A, &parts->first, &parts->end));
  parts->first /= 3;
  parts->end /= 3;
  PetscCall(PetscObjectTypeCompare((PetscObject)A, MATMPIBAIJ, &parallel));
  if (parallel) {
    PetscCall(MatMPIBAIJGetSeqBAIJ(A, &parts->diagonal, &parts->off, &parts->ghost));
    PetscCall(MatGetSize(parts->off, NULL, &parts->nghosts));
    parts->nghosts /= 3;
  }
  return 0;
}

static int find(const PetscInt *sorted, PetscInt n, PetscInt wanted) {
  PetscInt low = 0, high = n;
  while (low < high) {
    const PetscInt middle = (low + high) / 2;
    if (sorted[middle] < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return low < n && sorted[low] == wanted ? (int)low : -1;
}

typedef struct {
  const PetscInt *start, *column;
} Rows;

/* The arrays live as long as the matrix; PETSc only wants the call paired. */
static PetscErrorCode borrow_rows(Mat A, Rows *rows) {
  PetscInt n;
  PetscBool done;
  const PetscInt *start, *column;
  PetscCall(MatGetRowIJ(A, 0, PETSC_FALSE, PETSC_TRUE, &n, &start, &column, &done));
  PetscCheck(done, PETSC_COMM_SELF, PETSC_ERR_PLIB, "no access to the rows of a block matrix");
  *rows = (Rows){start, column};
  PetscCall(MatRestoreRowIJ(A, 0, PETSC_FALSE, PETSC_TRUE, &n, &start, &column, &done));
  return 0;
}

static int find_block(const Rows *rows, PetscInt row, PetscInt column) {
  const int at =
      find(rows->column + rows->start[row], rows->start[row + 1] - rows->start[row], column);
  return at < 0 ? -1 : (int)rows->start[row] + at;
}

PetscErrorCode bp_slots_create(const BpGrid *grid, Mat A, BpSlots *slots) {
  Parts parts;
  Rows diagonal, off = {0};
  PetscBool sequential, parallel;
  *slots = (BpSlots){0};
  PetscCall(PetscObjectTypeCompare((PetscObject)A, MATSEQBAIJ, &sequential));
  PetscCall(PetscObjectTypeCompare((PetscObject)A, MATMPIBAIJ, &parallel));
  if (!sequential && !parallel)
    return 0;
  PetscCall(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  PetscCall(get_parts(A, &parts));
  PetscCall(borrow_rows(parts.diagonal, &diagonal));
  if (parts.off)
    PetscCall(borrow_rows(parts.off, &off));
  slots->slot = BP_NEW(int, (size_t)grid->ncells *N *N);
  for (int c = 0; c < grid->ncells; c++)
    for (int a = 0; a < N; a++)
      for (int b = 0; b < N; b++) {
        int *slot = &slots->slot[((size_t)c * N + (size_t)a) * N + (size_t)b];
        const int row = grid->node_global[grid->cell_node[c][a]];
        int column = grid->node_global[grid->cell_node[c][b]];
        column = column < 0 ? -(column + 1) : column;
        *slot = REMOTE;
        if (row < 0)
          continue;
        const int inside = column >= parts.first && column < parts.end;
        const int block =
            inside ? find_block(&diagonal, row - parts.first, column - parts.first)
                   : find_block(&off, row - parts.first, find(parts.ghost, parts.nghosts, column));
        PetscCheck(block >= 0, PETSC_COMM_SELF, PETSC_ERR_PLIB,
                   "a block of cell %d is not in the matrix", c);
        *slot = inside ? block : -1 - block;
      }
  return 0;
}

void bp_slots_free(BpSlots *slots) {
  free(slots->slot);
  slots->slot = NULL;
}

PetscErrorCode bp_values_begin(Mat A, const BpSlots *slots, BpValues *values) {
  Parts parts;
  *values = (BpValues){.A = A};
  if (!slots->slot)
    return 0;
  PetscCall(get_parts(A, &parts));
  PetscCall(MatSeqBAIJGetArray(parts.diagonal, &values->diagonal));
  if (parts.off)
    PetscCall(MatSeqBAIJGetArray(parts.off, &values->off));
  return 0;
}

PetscErrorCode bp_values_end(const BpSlots *slots, BpValues *values) {
  Parts parts;
  if (!slots->slot)
    return 0;
  PetscCall(get_parts(values->A, &parts));
  PetscCall(MatSeqBAIJRestoreArray(parts.diagonal, &values->diagonal));
  if (parts.off)
    PetscCall(MatSeqBAIJRestoreArray(parts.off, &values->off));
  return 0;
}

/* Blocks are column-major in the matrix. */
static inline void add_block(double *to, const double *K) {
  for (int j = 0; j < 3; j++)
    for (int i = 0; i < 3; i++)
      to[3 * j + i] += K[i * 3 * N + j];
}

/* One block row of a cell, which belongs to another rank. */
static PetscErrorCode add_remote(const BpGrid *grid, int cell, int a, const double *K, Mat A) {
  PetscInt row = -(grid->node_global[grid->cell_node[cell][a]] + 1), column[N];
  for (int b = 0; b < N; b++) {
    const int node = grid->node_global[grid->cell_node[cell][b]];
    column[b] = node < 0 ? -(node + 1) : node;
  }
  PetscCall(MatSetValuesBlocked(A, 1, &row, N, column, K + (size_t)a * 9 * N, ADD_VALUES));
  return 0;
}

PetscErrorCode bp_slots_add(const BpGrid *grid, const BpSlots *slots, int cell, const double *K,
                            BpValues *values) {
  if (!slots->slot) {
    const PetscInt *node = grid->cell_node[cell];
    PetscCall(MatSetValuesBlockedLocal(values->A, N, node, N, node, K, ADD_VALUES));
    return 0;
  }
  const int *slot = slots->slot + (size_t)cell * N * N;
  for (int a = 0; a < N; a++) {
    if (slot[a * N] == REMOTE) {
      PetscCall(add_remote(grid, cell, a, K, values->A));
      continue;
    }
    for (int b = 0; b < N; b++) {
      const int at = slot[a * N + b];
      add_block(at >= 0 ? values->diagonal + 9 * (size_t)at : values->off + 9 * (size_t)(-1 - at),
                K + (size_t)(9 * a * N + 3 * b));
    }
  }
  return 0;
}
