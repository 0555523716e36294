#include "grid_impl.h"

#include <stdlib.h>

/* Pairs of a wedge's nodes, one above the other: the vertices', then the others'. */
static const int above[9][2] = {{0, 3},  {1, 4}, {2, 5},  {0, 12}, {1, 13},
                                {2, 14}, {6, 9}, {7, 10}, {8, 11}};

/* Nodes of a wedge's bottom triangle, the vertices first, and how far apart two of them may be,
 * against its longest side, to be in one line. */
static const int bottom[6] = {0, 1, 2, 6, 7, 8};
static const double thin = 0.2;

static int find_root(int *line, int n) {
  while (line[n] != n) {
    line[n] = line[line[n]];
    n = line[n];
  }
  return n;
}

/* The lowest number is the root. */
static void join(int *line, int a, int b) {
  a = find_root(line, a);
  b = find_root(line, b);
  if (a < b)
    line[b] = a;
  else
    line[a] = b;
}

static void join_thin(const BpMesh *mesh, const int *node, int nbottom, int *line) {
  double longest = 0.0;
  for (int i = 0; i < 3; i++)
    longest = fmax(longest, bp_node_distance(mesh, node[i], node[(i + 1) % 3]));
  for (int i = 0; i < nbottom; i++)
    for (int j = i + 1; j < nbottom; j++)
      if (bp_node_distance(mesh, node[bottom[i]], node[bottom[j]]) < thin * longest)
        join(line, node[bottom[i]], node[bottom[j]]);
}

static void join_wedge(const BpMesh *mesh, const BpCellInfo *info, const int *node, int *line) {
  for (int i = 0; i < (info->order == 2 ? 9 : 3); i++)
    join(line, node[above[i][0]], node[above[i][1]]);
  join_thin(mesh, node, info->order == 2 ? 6 : 3, line);
}

/* Ends and middle of every edge that is short against the cell's longest one. */
static void join_short_edges(const BpMesh *mesh, const BpCellInfo *info, const int *node,
                             int *line) {
  double longest = 0.0;
  for (int e = 0; e < info->nedges; e++)
    longest = fmax(longest, bp_node_distance(mesh, node[info->edge[e][0]], node[info->edge[e][1]]));
  for (int e = 0; e < info->nedges; e++) {
    const int a = node[info->edge[e][0]], b = node[info->edge[e][1]];
    if (!(bp_node_distance(mesh, a, b) < thin * longest))
      continue;
    join(line, a, b);
    if (info->order == 2)
      join(line, a, node[info->nvertices + e]);
  }
}

void bp_mark_lines(const BpMesh *mesh, int *line) {
  for (int n = 0; n < mesh->nnodes; n++)
    line[n] = n;
  for (int c = 0; c < mesh->cells.count; c++) {
    const BpCellInfo *info = bp_cell_info((BpCellType)mesh->cells.type[c]);
    const int *node = mesh->cells.node + mesh->cells.start[c];
    if (info->nvertices == 6)
      join_wedge(mesh, info, node, line);
    else
      join_short_edges(mesh, info, node, line);
  }
  for (int n = 0; n < mesh->nnodes; n++)
    line[n] = find_root(line, n);
}

/* A node of a line that several ranks touch, and one of these. */
typedef struct {
  int line, rank, node;
} Touch;

static int by_line(const void *a, const void *b) {
  const Touch *x = a, *y = b;
  if (x->line != y->line)
    return x->line - y->line;
  return x->rank != y->rank ? x->rank - y->rank : x->node - y->node;
}

/* Lowest rank that touches each node, and whether more than one touches a line. */
static unsigned char *find_shared(const BpMesh *mesh, const int *rank, const int *line,
                                  int *owner) {
  int *first = BP_NEW(int, mesh->nnodes);
  unsigned char *shared = BP_NEW(unsigned char, mesh->nnodes);
  for (int n = 0; n < mesh->nnodes; n++)
    first[n] = owner[n] = -1;
  for (int c = 0; c < mesh->cells.count; c++)
    for (int k = mesh->cells.start[c]; k < mesh->cells.start[c + 1]; k++) {
      const int n = mesh->cells.node[k], l = line[n];
      if (owner[n] < 0 || rank[c] < owner[n])
        owner[n] = rank[c];
      shared[l] |= first[l] >= 0 && first[l] != rank[c];
      first[l] = rank[c];
    }
  free(first);
  return shared;
}

static Touch *list_touches(const BpMesh *mesh, const int *rank, const int *line,
                           const unsigned char *shared, int *count) {
  Touch *touch = NULL;
  *count = 0;
  for (int pass = 0; pass < 2; pass++) {
    int n = 0;
    for (int c = 0; c < mesh->cells.count; c++)
      for (int k = mesh->cells.start[c]; k < mesh->cells.start[c + 1]; k++) {
        const int node = mesh->cells.node[k];
        if (!shared[line[node]])
          continue;
        if (touch)
          touch[n] = (Touch){line[node], rank[c], node};
        n++;
      }
    if (!touch)
      touch = BP_NEW(Touch, n);
    *count = n;
  }
  qsort(touch, (size_t)*count, sizeof touch[0], by_line);
  return touch;
}

/* Rank with the most nodes of the line of touches first..end. */
static int choose_rank(const Touch *touch, int first, int end) {
  int best = -1, most = 0, nodes = 0;
  for (int i = first; i < end; i++) {
    if (i == first || touch[i].rank != touch[i - 1].rank)
      nodes = 0;
    nodes += nodes == 0 || touch[i].node != touch[i - 1].node;
    if (nodes > most) {
      most = nodes;
      best = touch[i].rank;
    }
  }
  return best;
}

void bp_assign_owners(const BpMesh *mesh, const int *rank, const int *line, int *owner) {
  int count;
  unsigned char *shared = find_shared(mesh, rank, line, owner);
  Touch *touch = list_touches(mesh, rank, line, shared, &count);
  for (int first = 0, end; first < count; first = end) {
    for (end = first; end < count && touch[end].line == touch[first].line;)
      end++;
    const int best = choose_rank(touch, first, end);
    for (int i = first; i < end; i++)
      if (touch[i].rank == best)
        owner[touch[i].node] = best;
  }
  free(touch);
  free(shared);
}
