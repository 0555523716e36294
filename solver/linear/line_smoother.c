#include "block_matrix.h"

#include <stdlib.h>

/* A block of a row: when its unknown is swept (-1: a ghost before, nrows: a ghost after), where its
 * value stands in `work`, and its source. */
typedef struct {
  int when, column, source;
} Entry;

static int by_time(const void *a, const void *b) {
  const Entry *x = a, *y = b;
  return x->when != y->when ? x->when - y->when : x->column - y->column;
}

static int list_row(const BpBlocks *A, const BpGhostBlocks *ghosts, const int *place, int row,
                    Entry *entry) {
  int n = 0;
  for (int k = A->start[row]; k < A->start[row + 1]; k++, n++)
    entry[n] = (Entry){place[A->column[k]], place[A->column[k]], k};
  for (int k = ghosts ? ghosts->blocks.start[row] : 0; ghosts && k < ghosts->blocks.start[row + 1];
       k++, n++) {
    const int ghost = ghosts->blocks.column[k];
    entry[n] = (Entry){ghosts->before[ghost] ? -1 : A->nrows, A->nrows + ghost, -1 - k};
  }
  qsort(entry, (size_t)n, sizeof entry[0], by_time);
  return n;
}

/* Row i of the sweep, in line l: what lies before, in and after the line; widens the line's reach
 * to the farthest coupling in it. */
static void store_row(BpSmoother *s, int i, int l, const Entry *entry, int n) {
  const int first = s->line[l], end = s->line[l + 1];
  s->start[i + 1] = s->start[i] + n;
  s->low[i] = s->high[i] = s->start[i];
  for (int k = 0; k < n; k++) {
    s->column[s->start[i] + k] = entry[k].column;
    s->source[s->start[i] + k] = entry[k].source;
    s->low[i] += entry[k].when < first;
    s->high[i] += entry[k].when < end;
    if (entry[k].when >= first && entry[k].when < i && i - entry[k].when > s->reach[l])
      s->reach[l] = i - entry[k].when;
  }
}

static int longest_row(const BpBlocks *A, const BpGhostBlocks *ghosts) {
  int most = 0;
  for (int i = 0; i < A->nrows; i++) {
    int n = A->start[i + 1] - A->start[i];
    if (ghosts)
      n += ghosts->blocks.start[i + 1] - ghosts->blocks.start[i];
    most = n > most ? n : most;
  }
  return most;
}

static void permute_rows(const BpBlocks *A, const BpGhostBlocks *ghosts, BpSmoother *s) {
  int *place = BP_NEW(int, A->nrows);
  Entry *entry = BP_NEW(Entry, longest_row(A, ghosts));
  for (int i = 0; i < A->nrows; i++)
    place[s->order[i]] = i;
  for (int l = 0; l < s->nlines; l++) {
    for (int i = s->line[l]; i < s->line[l + 1]; i++)
      store_row(s, i, l, entry, list_row(A, ghosts, place, s->order[i], entry));
    s->first_factor[l + 1] =
        s->first_factor[l] + (size_t)s->reach[l] * (size_t)(s->line[l + 1] - s->line[l]);
  }
  free(place);
  free(entry);
}

void bp_smoother_create(const BpBlocks *A, const BpGhostBlocks *ghosts, const BpSweep *sweep,
                        BpSmoother *s) {
  const size_t nrows = (size_t)A->nrows, nlines = (size_t)sweep->nlines,
               nghosts = ghosts ? (size_t)ghosts->nghosts : 0,
               nblocks =
                   (size_t)A->start[nrows] + (ghosts ? (size_t)ghosts->blocks.start[nrows] : 0);
  const size_t size = (size_t)A->block * (size_t)A->block, lanes = A->block == 3 ? 4 : 1;
  *s = (BpSmoother){.block = A->block,
                    .lanes = (int)lanes,
                    .nrows = A->nrows,
                    .nlines = sweep->nlines,
                    .nghosts = (int)nghosts};
  s->order = BP_NEW(int, nrows);
  s->line = BP_NEW(int, nlines + 1);
  s->reach = BP_NEW(int, nlines);
  s->first_factor = BP_NEW(size_t, nlines + 1);
  s->start = BP_NEW(int, nrows + 1);
  s->low = BP_NEW(int, nrows);
  s->high = BP_NEW(int, nrows);
  s->column = BP_NEW(int, nblocks);
  s->source = BP_NEW(int, nblocks);
  s->value = BP_NEW(float, size *nblocks + 4);
  s->inverse = BP_NEW(float, size *nrows + 4);
  s->work = BP_NEW(float, lanes *(nrows + nghosts));
  s->change = BP_NEW(float, lanes *nrows);
  memcpy(s->order, sweep->order, nrows * sizeof s->order[0]);
  memcpy(s->line, sweep->line, (nlines + 1) * sizeof s->line[0]);
  permute_rows(A, ghosts, s);
  s->factor = BP_NEW(float, size * s->first_factor[nlines] + 4);
}

void bp_smoother_free(BpSmoother *s) {
  free(s->order);
  free(s->line);
  free(s->reach);
  free(s->first_factor);
  free(s->start);
  free(s->low);
  free(s->high);
  free(s->column);
  free(s->source);
  free(s->value);
  free(s->inverse);
  free(s->factor);
  free(s->work);
  free(s->change);
  *s = (BpSmoother){0};
}
