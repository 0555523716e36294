#include "slots.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { ABSENT = INT_MIN };

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
static PetscErrorCode borrow_rows(Mat A, int blocked, Rows *rows, PetscInt *n) {
  const PetscBool by_block = blocked ? PETSC_TRUE : PETSC_FALSE;
  PetscInt count;
  PetscBool done;
  const PetscInt *start, *column;
  PetscCall(MatGetRowIJ(A, 0, PETSC_FALSE, by_block, n, &start, &column, &done));
  PetscCheck(done, PETSC_COMM_SELF, PETSC_ERR_PLIB, "no access to the rows of a matrix");
  *rows = (Rows){start, column};
  PetscCall(MatRestoreRowIJ(A, 0, PETSC_FALSE, by_block, &count, &start, &column, &done));
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

/* 1: the matrix has the row, and another rank owns it */
static int is_remote(int global) {
  return global < 0 && global != BP_NOT_COARSE;
}

/* AIJ: from one row of a node to the next, in both parts */
static void find_width(const Search *search, int row, int width[2]) {
  const PetscInt r = 3 * (row - search->parts->first);
  for (int part = 0; part < 2 && search->parts->mat[part]; part++)
    width[part] = (int)(search->rows[part].start[r + 1] - search->rows[part].start[r]);
}

static int count_nodes(const BpGrid *grid, int cell) {
  return grid->cell_start[cell + 1] - grid->cell_start[cell];
}

static PetscErrorCode fill_row(const BpGrid *grid, const Search *search, int cell, int a,
                               BpSlots *slots) {
  const int *node = bp_grid_nodes(grid, cell), *global = slots->global, n = count_nodes(grid, cell);
  int *slot = slots->slot + slots->first[cell] + (size_t)a * (size_t)n;
  const int row = global[node[a]];
  for (int b = 0; b < n; b++) {
    slot[b] = ABSENT;
    if (row == BP_NOT_COARSE || global[node[b]] == BP_NOT_COARSE)
      continue;
    const int column = whole(global[node[b]]);
    slot[b] = is_remote(row) ? 9 * bp_remote_find(&slots->remote, whole(row), column)
                             : find_slot(search, row, column);
    PetscCheck(slot[b] != ABSENT, PETSC_COMM_SELF, PETSC_ERR_PLIB,
               "a block of cell %d is not in the matrix", cell);
  }
  if (row >= 0 && !search->blocked)
    find_width(search, row, slots->width + 2 * ((size_t)grid->cell_start[cell] + (size_t)a));
  return 0;
}

/* Agrees with the owners on the blocks of their rows, and finds those that come from others. */
static PetscErrorCode connect(const BpGrid *grid, Mat A, const Search *search, BpSlots *slots) {
  BpRemotePlace *place = NULL;
  int n = 0;
  for (int c = 0; c < grid->ncells; c++)
    for (int a = 0; a < count_nodes(grid, c); a++) {
      const int *node = bp_grid_nodes(grid, c), row = slots->global[node[a]];
      if (!is_remote(row))
        continue;
      BP_GROW(place, n + BP_CELL_MAX_NODES);
      for (int b = 0; b < count_nodes(grid, c); b++)
        if (slots->global[node[b]] != BP_NOT_COARSE)
          place[n++] = (BpRemotePlace){whole(row), whole(slots->global[node[b]])};
    }
  PetscCall(bp_remote_create(A, n, place, &slots->remote));
  free(place);
  const BpRemote *remote = &slots->remote;
  slots->in_slot = BP_NEW(int, remote->nreceived);
  slots->in_width = BP_NEW(int, 2 * (size_t)remote->nreceived);
  for (int i = 0; i < remote->nreceived; i++) {
    const BpRemotePlace *at = &remote->received[i];
    slots->in_slot[i] = find_slot(search, at->row, at->column);
    PetscCheck(slots->in_slot[i] != ABSENT, PETSC_COMM_SELF, PETSC_ERR_PLIB,
               "a block of another rank is not in the matrix");
    if (!search->blocked)
      find_width(search, at->row, slots->in_width + 2 * (size_t)i);
  }
  return 0;
}

PetscErrorCode bp_slots_create(const BpGrid *grid, Mat A, const int *global, BpSlots *slots) {
  Parts parts;
  Rows rows[2] = {{0}};
  PetscBool sequential, parallel;
  PetscInt n;
  PetscCall(PetscObjectTypeCompare((PetscObject)A, MATSEQBAIJ, &sequential));
  PetscCall(PetscObjectTypeCompare((PetscObject)A, MATMPIBAIJ, &parallel));
  *slots = (BpSlots){.blocked = sequential || parallel, .global = global};
  PetscCall(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  PetscCall(get_parts(A, slots->blocked, &parts));
  for (int i = 0; i < 2 && parts.mat[i]; i++)
    PetscCall(borrow_rows(parts.mat[i], slots->blocked, &rows[i], &n));
  slots->first = BP_NEW(size_t, grid->ncells + 1);
  for (int c = 0; c < grid->ncells; c++)
    slots->first[c + 1] =
        slots->first[c] + (size_t)count_nodes(grid, c) * (size_t)count_nodes(grid, c);
  slots->slot = BP_NEW(int, slots->first[grid->ncells]);
  if (!slots->blocked)
    slots->width = BP_NEW(int, 2 * (size_t)grid->cell_start[grid->ncells]);
  const Search search = {&parts, rows, slots->blocked};
  PetscCall(connect(grid, A, &search, slots));
  for (int c = 0; c < grid->ncells; c++)
    for (int a = 0; a < count_nodes(grid, c); a++)
      PetscCall(fill_row(grid, &search, c, a, slots));
  return 0;
}

PetscErrorCode bp_slots_destroy(BpSlots *slots) {
  PetscCall(bp_remote_destroy(&slots->remote));
  free(slots->first);
  free(slots->slot);
  free(slots->width);
  free(slots->in_slot);
  free(slots->in_width);
  *slots = (BpSlots){0};
  return 0;
}

PetscErrorCode bp_values_begin(Mat A, const BpSlots *slots, BpValues *values) {
  Parts parts;
  *values = (BpValues){.A = A, .slots = slots};
  PetscCall(get_parts(A, slots->blocked, &parts));
  for (int i = 0; i < 2 && parts.mat[i]; i++) {
    Rows rows;
    PetscInt n;
    PetscCall(borrow_rows(parts.mat[i], slots->blocked, &rows, &n));
    values->count[i] = rows.start ? (int)rows.start[n] * (slots->blocked ? 9 : 1) : 0;
    PetscCall(get_array(parts.mat[i], slots->blocked, &values->part[i]));
  }
  memset(slots->remote.out, 0, 9 * (size_t)slots->remote.nsent * sizeof(double));
  return 0;
}

/* One block to the square part or the rest. K [3][3] of rows `stride` apart; width [2] as in
 * BpSlots. */
static inline void add_block(const BpValues *values, int slot, const int *width, const double *K,
                             int stride) {
  const int rest = slot < 0, blocked = values->slots->blocked, down = blocked ? 1 : width[rest],
            right = blocked ? 3 : 1;
  double *to = values->part[rest] + (rest ? -1 - slot : slot);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      to[i * down + j * right] += K[i * stride + j];
}

PetscErrorCode bp_values_close(BpValues *values) {
  Parts parts;
  PetscCall(get_parts(values->A, values->slots->blocked, &parts));
  for (int i = 0; i < 2 && parts.mat[i]; i++)
    PetscCall(restore_array(parts.mat[i], values->slots->blocked, &values->part[i]));
  return 0;
}

PetscErrorCode bp_values_end(BpValues *values) {
  const BpSlots *slots = values->slots;
  const BpRemote *remote = &slots->remote;
  PetscCall(bp_remote_exchange(remote));
  for (int i = 0; i < remote->nreceived; i++)
    add_block(values, slots->in_slot[i], slots->in_width + 2 * (size_t)i,
              remote->in + 9 * (size_t)i, 3);
  return bp_values_close(values);
}

static inline void add_remote(double *to, const double *K, int stride) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      to[3 * i + j] += K[i * stride + j];
}

/* n nodes; a constant where the call is inlined with one */
static inline __attribute__((always_inline)) void add_cell(const BpGrid *grid, int cell, int n,
                                                           const double *K, BpValues *values) {
  const BpSlots *slots = values->slots;
  const int *node = bp_grid_nodes(grid, cell);
  for (int a = 0; a < n; a++) {
    const size_t row = (size_t)grid->cell_start[cell] + (size_t)a;
    const int *slot = slots->slot + slots->first[cell] + (size_t)a * (size_t)n,
              *width = slots->blocked ? NULL : slots->width + 2 * row,
              remote = is_remote(slots->global[node[a]]);
    for (int b = 0; b < n; b++) {
      const double *block = K + 9 * (size_t)a * (size_t)n + 3 * (size_t)b;
      if (slot[b] == ABSENT)
        continue;
      if (remote)
        add_remote(slots->remote.out + slot[b], block, 3 * n);
      else
        add_block(values, slot[b], width, block, 3 * n);
    }
  }
}

void bp_values_add(const BpGrid *grid, int cell, const double *K, BpValues *values) {
  if (count_nodes(grid, cell) == 15) /* the cell meshes' wedge: loops of known length */
    add_cell(grid, cell, 15, K, values);
  else
    add_cell(grid, cell, count_nodes(grid, cell), K, values);
}
