#include "block.h"

#include "close.h"
#include "config.h"

#include <math.h>
#include <stdlib.h>

/* Nodes sit on a lattice of twice the cells: corners at even numbers, middles of edges between. */
typedef struct {
  const BpTestBlock *block;
  BpMesh *mesh;
  int n[3];   /* cells */
  int *node;  /* [lattice] number of a node, -1: none yet */
  int *place; /* [3 nodes] lattice numbers of a node */
} Builder;

static double along_z(const BpTestBlock *b, int k) {
  return k % 2 == 0 ? b->z[k / 2] : 0.5 * (b->z[k / 2] + b->z[k / 2 + 1]);
}

static int on_hull(const Builder *x, const int at[3]) {
  for (int d = 0; d < 3; d++)
    if (at[d] == 0 || at[d] == 2 * x->n[d])
      return 1;
  return 0;
}

static int new_node(Builder *x, const int at[3]) {
  const BpTestBlock *b = x->block;
  BpMesh *mesh = x->mesh;
  const int layer = at[2] < 2 * b->nlayers ? at[2] / 2 : b->nlayers - 1;
  const double spacing[3] = {b->size[0] / b->nx, b->size[1] / b->ny, b->z[layer + 1] - b->z[layer]};
  const double move = b->inside_only && on_hull(x, at) ? 0.0 : b->distort;
  BP_GROW(mesh->xyz, 3 * (mesh->nnodes + 1));
  BP_GROW(x->place, 3 * (mesh->nnodes + 1));
  double *to = mesh->xyz + 3 * (size_t)mesh->nnodes;
  to[0] = 0.5 * spacing[0] * at[0] - 0.5 * b->size[0];
  to[1] = 0.5 * spacing[1] * at[1];
  to[2] = along_z(b, at[2]);
  for (int d = 0; d < 3; d++) {
    to[d] += move * spacing[d] * bp_random(-1.0, 1.0);
    x->place[3 * mesh->nnodes + d] = at[d];
  }
  return mesh->nnodes++;
}

static int node_at(Builder *x, const int at[3]) {
  const int row = 2 * x->n[0] + 1, plane = row * (2 * x->n[1] + 1);
  int *node = &x->node[at[2] * plane + at[1] * row + at[0]];
  if (*node < 0)
    *node = new_node(x, at);
  return *node;
}

static void add_wedge(Builder *x, const int corner[3][2], int layer) {
  const BpCellInfo *info = bp_cell_info(BP_CELL_WEDGE15);
  int at[6][3], nodes[15];
  for (int i = 0; i < 6; i++) {
    at[i][0] = 2 * corner[i % 3][0];
    at[i][1] = 2 * corner[i % 3][1];
    at[i][2] = 2 * (layer + i / 3);
    nodes[i] = node_at(x, at[i]);
  }
  for (int e = 0; e < 9; e++) {
    int middle[3];
    for (int d = 0; d < 3; d++)
      middle[d] = (at[info->edge[e][0]][d] + at[info->edge[e][1]][d]) / 2;
    nodes[6 + e] = node_at(x, middle);
  }
  bp_cells_add(&x->mesh->cells, BP_CELL_WEDGE15, nodes, x->block->region[layer]);
}

static int is_of_board(int region) {
  return region == BP_REGION_MASK || region == BP_REGION_BOARD;
}

static int is_of_die(int region) {
  return region <= BP_REGION_DIELECTRIC3;
}

/* Name of an outer face with all its corners at lattice number `at` of direction d, NULL if a cell
 * has none. */
static const char *outer_name(const Builder *x, int d, int at, int region) {
  if (d == 2)
    return at == 0 ? "die_back" : "board_back";
  if (d == 1 && at == 0)
    return "mirror";
  if (!x->block->sides || !(is_of_die(region) || is_of_board(region)))
    return NULL;
  return is_of_die(region) ? "side_die" : "side_board";
}

/* Name of a face of the solder, whose other side is `beyond`. */
static const char *inner_name(int region, int beyond) {
  if (region != BP_REGION_SOLDER)
    return NULL;
  if (beyond == BP_REGION_WIRING)
    return "wetted_package";
  return beyond == BP_REGION_BOARD_PAD ? "wetted_board" : NULL;
}

static void add_face(Builder *x, const int *nodes, int n, const char *name) {
  if (name)
    bp_cells_add(&x->mesh->faces, n == 3 ? BP_CELL_TRI6 : BP_CELL_QUAD8, nodes,
                 bp_mesh_boundary(x->mesh, name));
}

/* Lattice number that all corners of a face share in direction d, -1 if they do not. */
static int plane_of(const Builder *x, const int *nodes, int n, int d) {
  for (int i = 1; i < n; i++)
    if (x->place[3 * nodes[i] + d] != x->place[3 * nodes[0] + d])
      return -1;
  return x->place[3 * nodes[0] + d];
}

static void name_face(Builder *x, int cell, int f) {
  const int n = bp_wedge_face_size[f], region = x->mesh->cells.group[cell];
  int local[8], nodes[8] = {0};
  bp_wedge_face_nodes(f, local);
  for (int i = 0; i < 2 * n; i++)
    nodes[i] = x->mesh->cells.node[x->mesh->cells.start[cell] + local[i]];
  for (int d = 0; d < 3; d++) {
    const int at = plane_of(x, nodes, n, d);
    if (at == 0 || at == 2 * x->n[d]) {
      add_face(x, nodes, n, outer_name(x, d, at, region));
      add_face(x, nodes, n, "hull");
    } else if (d == 2 && at > 0) {
      add_face(x, nodes, n, inner_name(region, x->block->region[f == 0 ? at / 2 - 1 : at / 2]));
    }
  }
}

BpMesh *bp_test_block(const BpTestBlock *block) {
  static const char *const names[] = {"side_die",   "side_board",     "mirror",       "die_back",
                                      "board_back", "wetted_package", "wetted_board", "hull"};
  Builder x = {.block = block, .mesh = bp_mesh_new(), .n = {block->nx, block->ny, block->nlayers}};
  const int count = (2 * x.n[0] + 1) * (2 * x.n[1] + 1) * (2 * x.n[2] + 1);
  x.node = BP_NEW(int, count);
  for (int i = 0; i < count; i++)
    x.node[i] = -1;
  for (int i = 0; i < BP_REGION_CHIP_PAD; i++)
    bp_mesh_region(x.mesh, bp_region_name(i));
  for (int i = 0; i < BP_COUNT(names); i++)
    bp_mesh_boundary(x.mesh, names[i]);
  for (int i = 0; i < block->nx; i++)
    for (int j = 0; j < block->ny; j++) {
      const int one[3][2] = {{i, j}, {i + 1, j}, {i, j + 1}};
      const int two[3][2] = {{i + 1, j}, {i + 1, j + 1}, {i, j + 1}};
      for (int k = 0; k < block->nlayers; k++) {
        add_wedge(&x, one, k);
        add_wedge(&x, two, k);
      }
    }
  for (int c = 0; c < x.mesh->cells.count; c++)
    for (int f = 0; f < 5; f++)
      name_face(&x, c, f);
  free(x.node);
  free(x.place);
  return x.mesh;
}

/* 1 if all nodes of a face are at a place along an axis. */
static int is_plane(const BpMesh *mesh, int face, int axis, double at) {
  for (int i = mesh->faces.start[face]; i < mesh->faces.start[face + 1]; i++)
    if (fabs(mesh->xyz[3 * mesh->faces.node[i] + axis] - at) > 1e-12)
      return 0;
  return 1;
}

void bp_test_make_strip(BpMesh *mesh, double board) {
  const int hull = bp_mesh_find_boundary(mesh, "hull"), n = mesh->faces.count;
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (int i = 0; i < mesh->nnodes; i++) {
    low = fmin(low, mesh->xyz[3 * i]);
    high = fmax(high, mesh->xyz[3 * i + 1]);
  }
  for (int f = 0; f < n; f++) {
    const int at_x = is_plane(mesh, f, 0, low), at_y = is_plane(mesh, f, 1, high);
    int nodes[8];
    if (mesh->faces.group[f] != hull || !(at_x || at_y))
      continue;
    const int first = mesh->faces.start[f], size = mesh->faces.start[f + 1] - first;
    double z = 0.0;
    for (int i = 0; i < size; i++) {
      nodes[i] = mesh->faces.node[first + i];
      z += mesh->xyz[3 * nodes[i] + 2] / size;
    }
    const char *side = z < 0.0 ? "long_die" : z > board ? "long_board" : NULL;
    const char *name = at_x ? "mirror_x" : side;
    if (name)
      bp_cells_add(&mesh->faces, (BpCellType)mesh->faces.type[f], nodes,
                   bp_mesh_boundary(mesh, name));
  }
}

const double bp_test_small_joint_z[9] = {-350e-6, -100e-6, -0.8e-6, 0.0,   5e-6,
                                         10e-6,   70e-6,   95e-6,   400e-6};

BpMesh *bp_test_small_joint(int nx, int ny, double distort, int sides) {
  static const int region[8] = {BP_REGION_DIE,         BP_REGION_DIE,    BP_REGION_PASSIVATION,
                                BP_REGION_DIELECTRIC1, BP_REGION_WIRING, BP_REGION_SOLDER,
                                BP_REGION_BOARD_PAD,   BP_REGION_BOARD};
  const BpTestBlock block = {.nx = nx,
                             .ny = ny,
                             .nlayers = 8,
                             .size = {300e-6, 150e-6},
                             .z = bp_test_small_joint_z,
                             .region = region,
                             .distort = distort,
                             .inside_only = 1,
                             .sides = sides};
  return bp_test_block(&block);
}
