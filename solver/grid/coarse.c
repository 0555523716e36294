#include "grid_impl.h"

#include <stdlib.h>

/* A layer is tall where its height exceeds this many widths of the cells around the edge. */
static const double tall = 1.5;

double bp_node_distance(const BpMesh *mesh, int a, int b) {
  double sum = 0.0;
  for (size_t d = 0; d < 3; d++) {
    const double x = mesh->xyz[3 * (size_t)a + d] - mesh->xyz[3 * (size_t)b + d];
    sum += x * x;
  }
  return sqrt(sum);
}

/* Width of a wedge: side of the square as large as two of its bottom triangles. */
static double cell_width(const BpMesh *mesh, const int *node) {
  const double a = bp_node_distance(mesh, node[0], node[1]),
               b = bp_node_distance(mesh, node[1], node[2]),
               c = bp_node_distance(mesh, node[2], node[0]), s = 0.5 * (a + b + c);
  return sqrt(2.0 * sqrt(fmax(0.0, s * (s - a) * (s - b) * (s - c))));
}

void bp_mark_coarse(const BpMesh *mesh, unsigned char *coarse) {
  double *height = BP_NEW(double, mesh->nnodes), *width = BP_NEW(double, mesh->nnodes);
  for (int c = 0; c < mesh->cells.count; c++) {
    const int *node = mesh->cells.node + mesh->cells.start[c];
    for (int i = 0; i < bp_cell_info((BpCellType)mesh->cells.type[c])->nvertices; i++)
      coarse[node[i]] = 1;
    if (mesh->cells.type[c] != BP_CELL_WEDGE15)
      continue;
    const double w = cell_width(mesh, node);
    for (int i = 0; i < 3; i++) {
      const int middle = node[12 + i];
      height[middle] = bp_node_distance(mesh, node[i], node[3 + i]);
      width[middle] = fmax(width[middle], w);
    }
  }
  for (int n = 0; n < mesh->nnodes; n++)
    if (width[n] > 0.0 && height[n] > tall * width[n])
      coarse[n] = 1;
  free(height);
  free(width);
}
