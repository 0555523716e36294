#include "tangent.h"

#include <limits.h>
#include <stdlib.h>

typedef struct {
  int line, id, row;
  double z;
} Place;

static int by_place(const void *a, const void *b) {
  const Place *x = a, *y = b;
  if (x->line != y->line)
    return x->line - y->line;
  if (x->z != y->z)
    return x->z < y->z ? -1 : 1;
  return x->id - y->id;
}

void bp_sweep_create(const BpGrid *grid, const int *global, BpSweep *sweep) {
  int n = 0, first = INT_MAX;
  Place *place = BP_NEW(Place, grid->nowned);
  for (int i = 0; i < grid->nnodes; i++)
    if (global[i] >= 0 && global[i] < first)
      first = global[i];
  for (int i = 0; i < grid->nnodes; i++)
    if (global[i] >= 0)
      place[n++] =
          (Place){grid->node_line[i], grid->node_id[i], global[i] - first, grid->xyz[i][2]};
  qsort(place, (size_t)n, sizeof place[0], by_place);
  *sweep = (BpSweep){.order = BP_NEW(int, n), .line = BP_NEW(int, n + 1)};
  for (int i = 0; i < n; i++) {
    sweep->order[i] = place[i].row;
    if (i == 0 || place[i].line != place[i - 1].line)
      sweep->line[sweep->nlines++] = i;
  }
  sweep->line[sweep->nlines] = n;
  free(place);
}

static int has_shared(const BpSweep *sweep, const unsigned char *shared, int line) {
  for (int i = sweep->line[line]; i < sweep->line[line + 1]; i++)
    if (shared[sweep->order[i]])
      return 1;
  return 0;
}

/* Appends a line of the old order to the new one. */
static void append_line(const BpSweep *old, int line, BpSweep *sweep) {
  const int first = old->line[line], n = old->line[line + 1] - first;
  int *end = &sweep->line[sweep->nlines++];
  memcpy(sweep->order + end[0], old->order + first, (size_t)n * sizeof old->order[0]);
  end[1] = end[0] + n;
}

void bp_sweep_gather(BpSweep *sweep, const unsigned char *shared, double share) {
  const BpSweep old = *sweep;
  const int nrows = old.line[old.nlines];
  unsigned char *kind = BP_NEW(unsigned char, old.nlines);
  int others = 0, before = 0;
  for (int l = 0; l < old.nlines; l++) {
    kind[l] = (unsigned char)has_shared(&old, shared, l);
    others += kind[l] ? 0 : old.line[l + 1] - old.line[l];
  }
  *sweep = (BpSweep){.order = BP_NEW(int, nrows), .line = BP_NEW(int, old.nlines + 1)};
  int *late = BP_NEW(int, old.nlines), nlate = 0;
  for (int l = 0; l < old.nlines; l++) {
    if (kind[l])
      continue;
    if (before < share * others)
      append_line(&old, l, sweep);
    else
      late[nlate++] = l;
    before += old.line[l + 1] - old.line[l];
  }
  sweep->first_shared = sweep->nlines;
  for (int l = 0; l < old.nlines; l++)
    if (kind[l])
      append_line(&old, l, sweep);
  sweep->end_shared = sweep->nlines;
  for (int i = 0; i < nlate; i++)
    append_line(&old, late[i], sweep);
  free(late);
  free(kind);
  free(old.order);
  free(old.line);
}

void bp_sweep_free(BpSweep *sweep) {
  free(sweep->order);
  free(sweep->line);
  *sweep = (BpSweep){0};
}
