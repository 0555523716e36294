#include "user_block.h"

#include "close.h"

#include <stdlib.h>

typedef struct {
  BpMesh *mesh;
  int n, *node; /* [(2n + 1)^3] of the lattice, -1: none yet */
  const double *size;
  double distort;
} Builder;

/* Corners of a box, by the bits of x, y and z. */
static const int corner[8][3] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0},
                                 {0, 0, 1}, {1, 0, 1}, {1, 1, 1}, {0, 1, 1}};

static int node_at(Builder *b, const int at[3]) {
  const int row = 2 * b->n + 1;
  int *node = &b->node[(at[2] * row + at[1]) * row + at[0]];
  if (*node >= 0)
    return *node;
  const int inside = at[0] % (2 * b->n) && at[1] % (2 * b->n) && at[2] % (2 * b->n);
  BP_GROW(b->mesh->xyz, 3 * ((size_t)b->mesh->nnodes + 1));
  for (int d = 0; d < 3; d++)
    b->mesh->xyz[3 * b->mesh->nnodes + d] =
        b->size[d] / (2 * b->n) *
        (at[d] + (inside ? 2.0 * b->distort * bp_random(-1.0, 1.0) : 0.0));
  return *node = b->mesh->nnodes++;
}

static const char *face_name(const Builder *b, int at[][3], int n) {
  static const char *const name[3][2] = {{"x0", "x1"}, {"y0", "y1"}, {"z0", "z1"}};
  for (int d = 0; d < 3; d++)
    for (int side = 0; side < 2; side++) {
      int all = 1;
      for (int i = 0; i < n; i++)
        all &= at[i][d] == side * 2 * b->n;
      if (all)
        return name[d][side];
    }
  return NULL;
}

/* A cell with vertices at these places of the lattice. */
static void add_cell(Builder *b, BpCellType type, int at[][3]) {
  const BpCellInfo *info = bp_cell_info(type);
  int nodes[BP_CELL_MAX_NODES], local[8], face[8], on[4][3];
  for (int i = 0; i < info->nvertices; i++)
    nodes[i] = node_at(b, at[i]);
  for (int e = 0; e < info->nedges && info->order == 2; e++) {
    int middle[3];
    for (int d = 0; d < 3; d++)
      middle[d] = (at[info->edge[e][0]][d] + at[info->edge[e][1]][d]) / 2;
    nodes[info->nvertices + e] = node_at(b, middle);
  }
  bp_cells_add(&b->mesh->cells, type, nodes, bp_mesh_region(b->mesh, "body"));
  for (int f = 0; f < info->nfaces; f++) {
    const BpCellType face_type = bp_cell_face_nodes(type, f, local);
    for (int i = 0; i < info->face_size[f]; i++)
      for (int d = 0; d < 3; d++)
        on[i][d] = at[info->face[f][i]][d];
    const char *name = face_name(b, on, info->face_size[f]);
    for (int i = 0; i < bp_cell_info(face_type)->nnodes; i++)
      face[i] = nodes[local[i]];
    if (name)
      bp_cells_add(&b->mesh->faces, face_type, face, bp_mesh_boundary(b->mesh, name));
  }
}

static void add_corners(Builder *b, BpCellType type, const int box[3], const int *which, int n) {
  int at[8][3];
  for (int i = 0; i < n; i++)
    for (int d = 0; d < 3; d++)
      at[i][d] = 2 * (box[d] + corner[which[i]][d]);
  add_cell(b, type, at);
}

static void add_box(Builder *b, BpCellType type, const int box[3]) {
  static const int whole[8] = {0, 1, 2, 3, 4, 5, 6, 7};
  static const int halves[2][6] = {{0, 1, 2, 4, 5, 6}, {0, 2, 3, 4, 6, 7}};
  static const int sixths[6][4] = {{0, 1, 2, 6}, {0, 2, 3, 6}, {0, 3, 7, 6},
                                   {0, 7, 4, 6}, {0, 4, 5, 6}, {0, 5, 1, 6}};
  switch (bp_cell_info(type)->nvertices) {
  case 8:
    add_corners(b, type, box, whole, 8);
    break;
  case 6:
    for (int i = 0; i < 2; i++)
      add_corners(b, type, box, halves[i], 6);
    break;
  default:
    for (int i = 0; i < 6; i++)
      add_corners(b, type, box, sixths[i], 4);
  }
}

static void add_marks(Builder *b) {
  for (int n = 0; n < b->mesh->nnodes; n++) {
    const double *x = b->mesh->xyz + 3 * n;
    if (x[0] == 0.0 && x[1] == 0.0)
      bp_mesh_add_mark(b->mesh, n, bp_mesh_boundary(b->mesh, "axis"));
    if (x[0] == 0.0 && x[1] == 0.0 && x[2] == 0.0)
      bp_mesh_add_mark(b->mesh, n, bp_mesh_boundary(b->mesh, "origin"));
  }
}

BpMesh *bp_test_user_block(BpCellType type, int n, const double size[3], double distort,
                           int mixed) {
  const int order = bp_cell_info(type)->order, nodes = (2 * n + 1) * (2 * n + 1) * (2 * n + 1);
  Builder b = {bp_mesh_new(), n, BP_NEW(int, nodes), size, distort};
  for (int i = 0; i < nodes; i++)
    b.node[i] = -1;
  for (int k = 0; k < n; k++)
    for (int j = 0; j < n; j++)
      for (int i = 0; i < n; i++)
        add_box(&b, mixed && 2 * i >= n ? (order == 2 ? BP_CELL_WEDGE15 : BP_CELL_WEDGE6) : type,
                (const int[3]){i, j, k});
  add_marks(&b);
  free(b.node);
  return b.mesh;
}
