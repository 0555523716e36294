/* The named faces of a cell mesh: every face of every wedge is paired with its neighbour, then
 * named by what lies on its two sides and where. */
#include "extrude.h"
#include "array.h"
#include "shift.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

typedef BpCellFace Face;

static int by_key(const void *a, const void *b) {
  const Face *x = a, *y = b;
  for (int i = 0; i < 3; i++)
    if (x->key[i] != y->key[i])
      return x->key[i] < y->key[i] ? -1 : 1;
  return x->cell - y->cell;
}

static int ascending(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}

BpCellFace *bp_mesh_cell_faces(const BpMesh *mesh, int *count) {
  Face *face = BP_NEW(Face, 5 * (size_t)mesh->cells.count);
  *count = 0;
  for (int c = 0; c < mesh->cells.count; c++)
    for (int f = 0; f < 5; f++) {
      int v[4];
      const int n = bp_wedge_face_size[f];
      for (int i = 0; i < n; i++)
        v[i] = mesh->cells.node[mesh->cells.start[c] + bp_wedge_face[f][i]];
      qsort(v, (size_t)n, sizeof v[0], ascending);
      face[(*count)++] = (Face){{v[0], v[1], v[2]}, c, f};
    }
  qsort(face, (size_t)*count, sizeof face[0], by_key);
  return face;
}

static void add_face(BpMesh *mesh, const Face *face, const char *name) {
  int local[8], nodes[8];
  const int n = bp_wedge_face_size[face->face];
  bp_wedge_face_nodes(face->face, local);
  for (int i = 0; i < 2 * n; i++)
    nodes[i] = mesh->cells.node[mesh->cells.start[face->cell] + local[i]];
  bp_cells_add(&mesh->faces, n == 3 ? BP_CELL_TRI6 : BP_CELL_QUAD8, nodes,
               bp_mesh_boundary(mesh, name));
}

static void center(const BpMesh *mesh, const Face *face, double x[3]) {
  const int n = bp_wedge_face_size[face->face];
  memset(x, 0, 3 * sizeof x[0]);
  for (int i = 0; i < n; i++)
    for (int d = 0; d < 3; d++)
      x[d] +=
          mesh->xyz[3 * (size_t)mesh->cells
                            .node[mesh->cells.start[face->cell] + bp_wedge_face[face->face][i]] +
                    (size_t)d] /
          n;
}

static const double tiny = 1e-9; /* m */

static int is_board(int region) {
  return region == BP_REGION_BOARD || region == BP_REGION_MASK;
}

/* Name of a face on one of the sides of a part of an array. */
static const char *array_side_name(const BpGeometry *g, const double x[3], int region) {
  const int octant = strcmp(g->bp->model.kind, "octant") == 0;
  double half[2];
  bp_strip_cell(g, half);
  if (x[1] < tiny)
    return BP_MIRROR;
  if (octant)
    return x[0] - x[1] < tiny ? BP_MIRROR_DIAGONAL : NULL;
  if (x[0] < tiny)
    return BP_MIRROR_X;
  if (bp_case_is_strip(g->bp) && half[1] - x[1] < tiny)
    return is_board(region) ? BP_LONG_BOARD : BP_LONG_DIE;
  return NULL;
}

/* Name of a face on one of the model's sides, NULL elsewhere and where nothing is prescribed. */
static const char *side_name(const BpGeometry *g, const double x[3], int region) {
  const double half = 0.5 * g->bp->package.pitch;
  if (bp_case_is_array(g->bp))
    return array_side_name(g, x, region);
  if (!g->whole && x[1] < tiny)
    return BP_MIRROR;
  if (half - fabs(x[0]) < tiny || half - fabs(x[1]) < tiny)
    return region == BP_REGION_UNDERFILL ? BP_SIDE_FILL
           : is_board(region)            ? BP_SIDE_BOARD
                                         : BP_SIDE_DIE;
  return NULL;
}

/* Name of a face of the hull, NULL for a free surface that nothing is prescribed on. */
static const char *outer_name(const BpGeometry *g, const double x[3], int region) {
  const char *side = side_name(g, x, region);
  if (side)
    return side;
  if (x[2] - g->z_back < tiny)
    return BP_DIE_BACK;
  return g->z_end - x[2] < tiny ? BP_BOARD_BACK : NULL;
}

/* Radius in the plan of the vertex that lies farthest out. */
static double outermost(const BpMesh *mesh, const BpGeometry *g, const Face *face,
                        const double axis[2]) {
  double r = 0.0;
  for (int i = 0; i < bp_wedge_face_size[face->face]; i++) {
    const int local = bp_wedge_face[face->face][i];
    const double *x =
        mesh->xyz + 3 * (size_t)mesh->cells.node[mesh->cells.start[face->cell] + local];
    const double from_axis[] = {x[0] - axis[0], x[1] - axis[1]};
    r = fmax(r, bp_geometry_plan_radius(g, from_axis, x[2]));
  }
  return r;
}

/* Name of a side wall of a dielectric that carries copper; r is that of its outermost vertex. The
 * well's wall lies on its circle, all others inside it. */
static const char *wall_name(const BpGeometry *g, double r, int dielectric) {
  const BpPackage *p = &g->bp->package;
  if (r > p->dielectrics.hole_radius)
    return NULL;
  if (g->pad->has_well && r > p->pad.concave_radius - 1e-9)
    return BP_WELL_WALL;
  return dielectric == BP_REGION_DIELECTRIC2 ? BP_RING_WALL : BP_ISLAND_WALL;
}

/* 1 for a face of copper on copper where the trace meets the ball pad's disc. */
static int is_neck(const BpMesh *mesh, const BpGeometry *g, const Face *face) {
  const double edge = g->bp->package.wiring.disc_radius;
  if (!bp_trace_is_on(&g->bp->package) || bp_wedge_face_size[face->face] != 4)
    return 0;
  for (int i = 0; i < 4; i++) {
    const int local = bp_wedge_face[face->face][i];
    const double *x =
        mesh->xyz + 3 * (size_t)mesh->cells.node[mesh->cells.start[face->cell] + local];
    if (fabs(hypot(x[0], x[1]) - edge) > 1e-9)
      return 0;
  }
  return 1;
}

/* What solder wets: copper, or the film on it that it touches. */
static const char *wetted_name(const BpGeometry *g, double z, int low, int high) {
  if (low == BP_REGION_WIRING && high == BP_REGION_SOLDER)
    return BP_WETTED_PACKAGE;
  if (low == BP_REGION_SOLDER && high == BP_REGION_BOARD_PAD)
    return BP_WETTED_BOARD;
  if (low == BP_REGION_SOLDER && (high == BP_REGION_UNDERBUMP || high == BP_REGION_INTERMETALLIC))
    return z < 0.5 * (g->z_hole + g->z_pad) ? BP_WETTED_PACKAGE : BP_WETTED_BOARD;
  return NULL;
}

/* Name of a face between regions low < high (order of BpRegion), NULL if it has none; place is its
 * largest radius and its height. */
static const char *inner_name(const BpGeometry *g, const double place[2], int low, int high,
                              int vertical) {
  const char *wetted = wetted_name(g, place[1], low, high);
  if (wetted)
    return wetted;
  if (low == BP_REGION_DIE && high == BP_REGION_CHIP_PAD && !vertical)
    return BP_CHIP_CONTACT;
  if (low == BP_REGION_DIELECTRIC3 && vertical &&
      (high == BP_REGION_SOLDER || high == BP_REGION_UNDERBUMP || high == BP_REGION_INTERMETALLIC))
    return BP_HOLE_EDGE;
  if ((low == BP_REGION_DIELECTRIC1 || low == BP_REGION_DIELECTRIC2) && high == BP_REGION_WIRING &&
      vertical)
    return wall_name(g, place[0], low);
  return NULL;
}

/* Number of the joint in full detail whose cell a place is in, -1: none. */
static int detailed_at(const BpGeometry *g, const double x[3], double axis[2]) {
  const double half = 0.5 * g->bp->package.pitch;
  BpArrayJoint joint;
  for (int i = 0; bp_case_detailed(g->bp, i, &joint); i++) {
    bp_case_joint_axis(g->bp, joint, axis);
    if (fabs(x[0] - axis[0]) < half && fabs(x[1] - axis[1]) < half)
      return i;
  }
  return -1;
}

/* The reported joint's faces have the plain names, those of others in full detail a number behind
 * it, and coarse joints have none. */
static void name_inner(BpMesh *mesh, const BpGeometry *g, const Face *face, const double x[3],
                       int neighbour) {
  const int *region = mesh->cells.group;
  const int a = region[face->cell], b = region[neighbour];
  double axis[2];
  const int neck = a == b && a == BP_REGION_WIRING && is_neck(mesh, g, face);
  const int joint = a == b && !neck ? -1 : detailed_at(g, x, axis);
  const char *name =
      joint < 0 ? NULL
      : neck    ? BP_TRACE_NECK
                : inner_name(g, (double[2]){outermost(mesh, g, face, axis), x[2]}, a < b ? a : b,
                          a < b ? b : a, bp_wedge_face_size[face->face] == 4);
  char numbered[BP_MESH_NAME];
  if (name && joint > 0)
    snprintf(numbered, sizeof numbered, "%s_%d", name, joint + 1);
  if (name)
    add_face(mesh, face, joint > 0 ? numbered : name);
}

void bp_mesh_name_faces(BpMesh *mesh, const BpGeometry *geometry) {
  int n;
  Face *face = bp_mesh_cell_faces(mesh, &n);
  for (int i = 0; i < n; i++) {
    double x[3];
    center(mesh, &face[i], x);
    if (i + 1 < n && memcmp(face[i].key, face[i + 1].key, sizeof face[i].key) == 0) {
      i++;
      name_inner(mesh, geometry, &face[i], x, face[i - 1].cell);
      continue;
    }
    const char *name = outer_name(geometry, x, mesh->cells.group[face[i].cell]);
    if (name)
      add_face(mesh, &face[i], name);
  }
  free(face);
}
