/* Lines through the columns of the mesh: nodes that lie one above the other in a wedge belong
 * together. */
#include "tangent.h"

#include <limits.h>
#include <stdlib.h>

/* Pairs of a wedge's nodes, one above the other. */
static const int above[9][2] = {{0, 3},  {1, 4}, {2, 5},  {0, 12}, {1, 13},
                                {2, 14}, {6, 9}, {7, 10}, {8, 11}};

/* Nodes of a wedge's bottom triangle, and how far apart two of them may be, against its longest
 * side, to be one line. */
static const int bottom[6] = {0, 1, 2, 6, 7, 8};
static const double thin = 0.2;

static int find_root(int *parent, int n) {
  while (parent[n] != n) {
    parent[n] = parent[parent[n]];
    n = parent[n];
  }
  return n;
}

static void join(const BpGrid *grid, int *parent, int a, int b) {
  a = find_root(parent, a);
  b = find_root(parent, b);
  if (grid->node_id[a] < grid->node_id[b])
    parent[b] = a;
  else
    parent[a] = b;
}

static double distance(const BpGrid *grid, int a, int b) {
  const double *x = grid->xyz[a], *y = grid->xyz[b];
  return sqrt((x[0] - y[0]) * (x[0] - y[0]) + (x[1] - y[1]) * (x[1] - y[1]) +
              (x[2] - y[2]) * (x[2] - y[2]));
}

static void join_thin(const BpGrid *grid, const int *node, int *parent) {
  double longest = 0.0;
  for (int i = 0; i < 3; i++)
    longest = fmax(longest, distance(grid, node[i], node[(i + 1) % 3]));
  for (int i = 0; i < 6; i++)
    for (int j = i + 1; j < 6; j++)
      if (distance(grid, node[bottom[i]], node[bottom[j]]) < thin * longest)
        join(grid, parent, node[bottom[i]], node[bottom[j]]);
}

/* Root node of each node's line: the one with the lowest number in the mesh, so that the sweep
 * follows that numbering. */
static int *join_columns(const BpGrid *grid) {
  int *parent = BP_NEW(int, grid->nnodes);
  for (int n = 0; n < grid->nnodes; n++)
    parent[n] = n;
  for (int c = 0; c < grid->ncells; c++) {
    const int *node = grid->cell_node[c];
    for (int i = 0; i < BP_COUNT(above); i++)
      join(grid, parent, node[above[i][0]], node[above[i][1]]);
    join_thin(grid, node, parent);
  }
  for (int n = 0; n < grid->nnodes; n++)
    parent[n] = find_root(parent, n);
  return parent;
}

typedef struct {
  int column, id, row;
  double z;
} Place;

static int by_place(const void *a, const void *b) {
  const Place *x = a, *y = b;
  if (x->column != y->column)
    return x->column - y->column;
  if (x->z != y->z)
    return x->z < y->z ? -1 : 1;
  return x->id - y->id;
}

void bp_sweep_create(const BpGrid *grid, BpSweep *sweep) {
  int *root = join_columns(grid), n = 0, first = INT_MAX;
  Place *place = BP_NEW(Place, grid->nowned);
  for (int i = 0; i < grid->nnodes; i++)
    if (grid->node_global[i] >= 0 && grid->node_global[i] < first)
      first = grid->node_global[i];
  for (int i = 0; i < grid->nnodes; i++)
    if (grid->node_global[i] >= 0)
      place[n++] = (Place){grid->node_id[root[i]], grid->node_id[i], grid->node_global[i] - first,
                           grid->xyz[i][2]};
  qsort(place, (size_t)n, sizeof place[0], by_place);
  *sweep = (BpSweep){.order = BP_NEW(int, n), .line = BP_NEW(int, n + 1)};
  for (int i = 0; i < n; i++) {
    sweep->order[i] = place[i].row;
    if (i == 0 || place[i].column != place[i - 1].column)
      sweep->line[sweep->nlines++] = i;
  }
  sweep->line[sweep->nlines] = n;
  free(place);
  free(root);
}

void bp_sweep_free(BpSweep *sweep) {
  free(sweep->order);
  free(sweep->line);
  *sweep = (BpSweep){0};
}
