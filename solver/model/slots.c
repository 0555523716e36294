#include "slots.h"

#include <limits.h>
#include <stdlib.h>

enum { N = BP_GRID_CELL_NODES, ABSENT = INT_MIN, REMOTE = INT_MIN + 1 };

/* The two parts of this rank's rows. */
typedef struct {
  Mat mat[2];            /* square part, rest; the rest is NULL on one rank */
  const PetscInt *ghost; /* [nghosts] global columns of the rest, ascending; in blocks or single as
                            the format */
  PetscInt nghosts, first, end; /* rows of this rank, in nodes */
} Parts;

static PetscErrorCode get_parts(Mat A, int blocked, Parts *parts) {
  PetscMPIInt nranks;
  PetscCallMPI(MPI_Comm_size(PetscObjectComm((PetscObject)A), &nranks));
  *parts = (Parts){.mat = {A, NULL}};
  PetscCall(MatGetOwnershipRange(A, &parts->first, &parts->end));
  parts->first /= 3;
  parts->end /= 3;
  if (nranks == 1)
    return 0;
  if (blocked)
    PetscCall(MatMPIBAIJGetSeqBAIJ(A, &parts->mat[0], &parts->mat[1], &parts->ghost));
  else
    PetscCall(MatMPIAIJGetSeqAIJ(A, &parts->mat[0], &parts->mat[1], &parts->ghost));
  PetscCall(MatGetSize(parts->mat[1], NULL, &parts->nghosts));
  if (blocked)
    parts->nghosts /= 3;
  return 0;
}

static PetscErrorCode get_array(Mat part, int blocked, double **array) {
  PetscCall(blocked ? MatSeqBAIJGetArray(part, array) : MatSeqAIJGetArray(part, array));
  return 0;
}

static PetscErrorCode restore_array(Mat part, int blocked, double **array) {
  PetscCall(blocked ? MatSeqBAIJRestoreArray(part, array) : MatSeqAIJRestoreArray(part, array));
  return 0;
}

typedef struct {
  const PetscInt *start, *column;
} Rows;

/* The arrays live as long as the matrix; PETSc only wants the calls paired. */
static PetscErrorCode borrow_rows(Mat A, int blocked, Rows *rows) {
  const PetscBool by_block = blocked ? PETSC_TRUE : PETSC_FALSE;
  PetscInt n;
  PetscBool done;
  const PetscInt *start, *column;
  PetscCall(MatGetRowIJ(A, 0, PETSC_FALSE, by_block, &n, &start, &column, &done));
  PetscCheck(done, PETSC_COMM_SELF, PETSC_ERR_PLIB, "no access to the rows of a matrix");
  *rows = (Rows){start, column};
  PetscCall(MatRestoreRowIJ(A, 0, PETSC_FALSE, by_block, &n, &start, &column, &done));
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
  const Parts *parts;
  const Rows *rows; /* [2] */
  int blocked;
} Search;

/* First value of the block of a row of this rank; -1 - value in the rest. ABSENT where the matrix
 * has no such entry. */
static int find_slot(const Search *s, int row, int column) {
  const Parts *parts = s->parts;
  const int scale = s->blocked ? 1 : 3, inside = column >= parts->first && column < parts->end;
  const Rows *rows = &s->rows[inside ? 0 : 1];
  const PetscInt r = scale * (row - parts->first);
  const int c = inside ? scale * (column - (int)parts->first)
                       : find(parts->ghost, parts->nghosts, (PetscInt)scale * column);
  if (c < 0 || !rows->start)
    return ABSENT;
  const int at = find(rows->column + rows->start[r], rows->start[r + 1] - rows->start[r], c);
  if (at < 0)
    return ABSENT;
  const int value = s->blocked ? 9 * ((int)rows->start[r] + at) : (int)rows->start[r] + at;
  return inside ? value : -1 - value;
}

static int whole(int global) {
  return global < 0 ? -(global + 1) : global;
}

static PetscErrorCode fill_row(const BpGrid *grid, const Search *search, int cell, int a,
                               BpSlots *slots) {
  const int *node = grid->cell_node[cell], *global = slots->global;
  int *slot = slots->slot + ((size_t)cell * N + (size_t)a) * N;
  const int row = global[node[a]];
  for (int b = 0; b < N; b++) {
    slot[b] = row == BP_NOT_COARSE || global[node[b]] == BP_NOT_COARSE ? ABSENT : REMOTE;
    if (slot[b] == ABSENT || row < 0)
      continue;
    slot[b] = find_slot(search, row, whole(global[node[b]]));
    PetscCheck(slot[b] != ABSENT, PETSC_COMM_SELF, PETSC_ERR_PLIB,
               "a block of cell %d is not in the matrix", cell);
  }
  if (row < 0 || search->blocked)
    return 0;
  const PetscInt r = 3 * (row - search->parts->first);
  for (int part = 0; part < 2 && search->parts->mat[part]; part++)
    slots->width[((size_t)cell * N + (size_t)a) * 2 + (size_t)part] =
        (int)(search->rows[part].start[r + 1] - search->rows[part].start[r]);
  return 0;
}

PetscErrorCode bp_slots_create(const BpGrid *grid, Mat A, const int *global, BpSlots *slots) {
  Parts parts;
  Rows rows[2] = {{0}};
  PetscBool sequential, parallel;
  PetscCall(PetscObjectTypeCompare((PetscObject)A, MATSEQBAIJ, &sequential));
  PetscCall(PetscObjectTypeCompare((PetscObject)A, MATMPIBAIJ, &parallel));
  *slots = (BpSlots){.blocked = sequential || parallel, .global = global};
  PetscCall(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  PetscCall(get_parts(A, slots->blocked, &parts));
  for (int i = 0; i < 2 && parts.mat[i]; i++)
    PetscCall(borrow_rows(parts.mat[i], slots->blocked, &rows[i]));
  slots->slot = BP_NEW(int, (size_t)grid->ncells *N *N);
  if (!slots->blocked)
    slots->width = BP_NEW(int, (size_t)grid->ncells *N * 2);
  const Search search = {&parts, rows, slots->blocked};
  for (int c = 0; c < grid->ncells; c++)
    for (int a = 0; a < N; a++)
      PetscCall(fill_row(grid, &search, c, a, slots));
  return 0;
}

void bp_slots_free(BpSlots *slots) {
  free(slots->slot);
  free(slots->width);
  *slots = (BpSlots){0};
}

PetscErrorCode bp_values_begin(Mat A, const BpSlots *slots, BpValues *values) {
  Parts parts;
  *values = (BpValues){.A = A, .slots = slots};
  PetscCall(get_parts(A, slots->blocked, &parts));
  for (int i = 0; i < 2 && parts.mat[i]; i++)
    PetscCall(get_array(parts.mat[i], slots->blocked, &values->part[i]));
  return 0;
}

PetscErrorCode bp_values_end(BpValues *values) {
  Parts parts;
  PetscCall(get_parts(values->A, values->slots->blocked, &parts));
  for (int i = 0; i < 2 && parts.mat[i]; i++)
    PetscCall(restore_array(parts.mat[i], values->slots->blocked, &values->part[i]));
  return 0;
}

/* to [column-major 3 x 3] or three rows of a plain matrix */
static inline void add_block(double *to, int down, int right, const double *K) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      to[i * down + j * right] += K[i * 3 * N + j];
}

/* The rows of one node of a cell, which belong to another rank. */
static PetscErrorCode add_remote(const BpGrid *grid, int cell, int a, const double *K,
                                 BpValues *values) {
  const int *node = grid->cell_node[cell], *global = values->slots->global;
  PetscInt row = whole(global[node[a]]), column[N];
  for (int b = 0; b < N; b++)
    column[b] = global[node[b]] == BP_NOT_COARSE ? -1 : whole(global[node[b]]);
  PetscCall(MatSetValuesBlocked(values->A, 1, &row, N, column, K + (size_t)a * 9 * N, ADD_VALUES));
  return 0;
}

PetscErrorCode bp_values_add(const BpGrid *grid, int cell, const double *K, BpValues *values) {
  const BpSlots *slots = values->slots;
  for (int a = 0; a < N; a++) {
    const size_t row = (size_t)cell * N + (size_t)a;
    const int *slot = slots->slot + row * N;
    int down[2] = {1, 1}, remote = 0;
    const int right = slots->blocked ? 3 : 1;
    if (!slots->blocked)
      memcpy(down, slots->width + 2 * row, sizeof down);
    for (int b = 0; b < N; b++) {
      const double *block = K + 9 * (size_t)a * N + 3 * (size_t)b;
      if (slot[b] >= 0)
        add_block(values->part[0] + slot[b], down[0], right, block);
      else if (slot[b] > REMOTE)
        add_block(values->part[1] + (-1 - slot[b]), down[1], right, block);
      else
        remote |= slot[b] == REMOTE;
    }
    if (remote)
      PetscCall(add_remote(grid, cell, a, K, values));
  }
  return 0;
}
