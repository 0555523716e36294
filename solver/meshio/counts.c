#include "counts.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* Entries that other layers hold of a node, of a cell beside its nodes, and the points that a cell
 * may have. */
enum { OF_NODE = 8, OF_CELL = 3, POINTS = 27 };
enum { VALUES = 9 }; /* of a coupling */

BpCounts bp_counts_of(int64_t nodes, int64_t cells, BpCellType type) {
  BpCounts counts = {.nodes = nodes};
  bp_counts_add(&counts, cells, type);
  return counts;
}

void bp_counts_add(BpCounts *counts, int64_t cells, BpCellType type) {
  const BpCellInfo *info = bp_cell_info(type);
  counts->cells += cells;
  counts->cell_nodes += cells * info->nnodes;
  counts->cell_faces += cells * info->nfaces;
}

/* Entries of the longest list: what is known of the nodes or the cells, the points, or how cells,
 * faces, edges and vertices bound each other; a face has four edges at most and two cells nearly
 * always, and there are fewer edges than nodes. */
static int64_t longest_list(const BpCounts *c) {
  const int64_t list[] = {OF_NODE * c->nodes, OF_CELL * c->cells + c->cell_nodes, POINTS * c->cells,
                          3 * c->cell_faces + 2 * c->nodes};
  int64_t longest = 0;
  for (int i = 0; i < BP_COUNT(list); i++)
    longest = list[i] > longest ? list[i] : longest;
  return longest;
}

BpStatus bp_counts_fit(const BpCounts *counts, const char *file, const char *remedy,
                       BpProblems *problems) {
  const int64_t entries = longest_list(counts);
  if (entries <= INT_MAX)
    return BP_OK;
  bp_problem(problems, BP_EXIT_GEOMETRY, file, 0,
             "a mesh of %lld nodes and %lld cells is too large for the numbers of 32 bits that it "
             "is counted in: its longest list would have %lld entries, %d are possible; %s, %.2g "
             "cells of this kind would do",
             (long long)counts->nodes, (long long)counts->cells, (long long)entries, INT_MAX,
             remedy, floor((double)counts->cells * INT_MAX / (double)entries));
  return BP_BAD;
}

/* Cells of each node: first [nnodes + 1], cell [first[nnodes]] to be freed with free(). */
static int *cells_of_nodes(const BpMesh *mesh, int **first) {
  const BpCellList *cells = &mesh->cells;
  int *start = BP_NEW(int, mesh->nnodes + 1), *cell = BP_NEW(int, cells->start[cells->count]);
  for (int i = 0; i < cells->start[cells->count]; i++)
    start[cells->node[i]]++;
  for (int n = 0, sum = 0; n <= mesh->nnodes; n++) {
    const int own = start[n];
    start[n] = sum;
    sum += own;
  }
  for (int c = 0; c < cells->count; c++)
    for (int i = cells->start[c]; i < cells->start[c + 1]; i++)
      cell[start[cells->node[i]]++] = c;
  for (int n = mesh->nnodes; n > 0; n--)
    start[n] = start[n - 1];
  start[0] = 0;
  *first = start;
  return cell;
}

int64_t bp_mesh_couplings(const BpMesh *mesh) {
  const BpCellList *cells = &mesh->cells;
  int64_t count = 0;
  if (cells->count == 0)
    return 0;
  int *first, *cell = cells_of_nodes(mesh, &first), *seen = BP_NEW(int, mesh->nnodes);
  for (int n = 0; n < mesh->nnodes; n++)
    for (int k = first[n]; k < first[n + 1]; k++)
      for (int i = cells->start[cell[k]]; i < cells->start[cell[k] + 1]; i++) {
        count += seen[cells->node[i]] != n + 1;
        seen[cells->node[i]] = n + 1;
      }
  free(first);
  free(cell);
  free(seen);
  return count;
}

BpStatus bp_couplings_fit(int64_t couplings, int nranks, double largest, BpProblems *problems) {
  const double values = (double)VALUES * (double)couplings;
  if (values * (nranks > 1 ? largest : 1.0) / nranks <= INT_MAX)
    return BP_OK;
  bp_problem(problems, BP_EXIT_CASE, NULL, 0,
             "the stiffness has %.3g values, too many for the numbers of 32 bits that those of a "
             "rank are counted in (%d); run it on %.0f ranks or more",
             values, INT_MAX, ceil(largest * values / INT_MAX));
  return BP_BAD;
}
