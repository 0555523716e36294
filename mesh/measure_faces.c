/* The faces of the pad's metal on a mesh, and the rings that they make. */
#include "extrude.h"
#include "fe.h"
#include "measure_impl.h"

#include <stdlib.h>
#include <string.h>

double bp_measure_share(const BpMesh *mesh) {
  double lowest = 0.0;
  for (int n = 0; n < mesh->nnodes; n++)
    lowest = fmin(lowest, mesh->xyz[3 * (size_t)n + 1]);
  return lowest < -1e-9 ? 1.0 : 0.5;
}

static void note_vertex(BpPadFace *face, const double x[3], int first) {
  const double r = hypot(x[0], x[1]);
  double angle = atan2(x[1], x[0]);
  if (!first && angle < face->angle_low - M_PI)
    angle += 2.0 * M_PI;
  if (!first && angle > face->angle_high + M_PI) {
    face->angle_low += 2.0 * M_PI;
    face->angle_high += 2.0 * M_PI;
  }
  face->r_low = first ? r : fmin(face->r_low, r);
  face->r_high = first ? r : fmax(face->r_high, r);
  face->z_low = first ? x[2] : fmin(face->z_low, x[2]);
  face->z_high = first ? x[2] : fmax(face->z_high, x[2]);
  face->angle_low = first ? angle : fmin(face->angle_low, angle);
  face->angle_high = first ? angle : fmax(face->angle_high, angle);
}

/* nodes [2 nvertices] of a face in its own order. */
static BpPadFace describe(const BpMesh *mesh, int nvertices, const int *nodes, double share) {
  BpPadFace face = {.beyond = -1, .is_wall = nvertices == 4};
  double xyz[8][3] = {{0}}, normal[3];
  for (int i = 0; i < 2 * nvertices; i++)
    memcpy(xyz[i], mesh->xyz + 3 * (size_t)nodes[i], sizeof xyz[i]);
  for (int i = 0; i < nvertices; i++)
    note_vertex(&face, xyz[i], i == 0);
  const double area = bp_face_area(2 * nvertices, (const double(*)[3])xyz, normal);
  face.area = area / share;
  face.plan = fabs(normal[2]) / share;
  /* not from the normal's part in the plan, which turns along an arc */
  face.slope = acos(fmin(1.0, fabs(normal[2]) / area));
  face.r = 0.5 * (face.r_low + face.r_high);
  face.z = 0.5 * (face.z_low + face.z_high);
  return face;
}

static void add(BpPadFaces *faces, const BpPadFace *face) {
  if ((faces->count & (faces->count - 1)) == 0)
    BP_GROW(faces->face, faces->count > 0 ? 2 * faces->count : 1);
  faces->face[faces->count++] = *face;
}

BpPadFaces bp_measure_metal(const BpMesh *mesh) {
  BpPadFaces faces = {0};
  int n, region[BP_REGIONS + 1];
  const double share = bp_measure_share(mesh);
  for (int i = 0; i < mesh->nregions && i <= BP_REGIONS; i++)
    region[i] = bp_region_find(mesh->region[i]);
  BpCellFace *pair = bp_mesh_cell_faces(mesh, &n);
  for (int i = 0; i + 1 < n; i++) {
    if (memcmp(pair[i].key, pair[i + 1].key, sizeof pair[i].key) != 0)
      continue;
    const int a = region[mesh->cells.group[pair[i].cell]];
    const int b = region[mesh->cells.group[pair[i + 1].cell]];
    if ((a == BP_REGION_WIRING) == (b == BP_REGION_WIRING))
      continue;
    int local[8], nodes[8];
    const int nvertices = bp_wedge_face_size[pair[i].face];
    bp_wedge_face_nodes(pair[i].face, local);
    for (int k = 0; k < 2 * nvertices; k++)
      nodes[k] = mesh->cells.node[mesh->cells.start[pair[i].cell] + local[k]];
    BpPadFace face = describe(mesh, nvertices, nodes, share);
    face.beyond = a == BP_REGION_WIRING ? b : a;
    add(&faces, &face);
  }
  free(pair);
  return faces;
}

BpPadFaces bp_measure_named(const BpMesh *mesh, const char *name) {
  BpPadFaces faces = {0};
  const int set = bp_mesh_find_boundary(mesh, name);
  const double share = bp_measure_share(mesh);
  for (int f = 0; f < mesh->faces.count; f++) {
    if (mesh->faces.group[f] != set)
      continue;
    const int first = mesh->faces.start[f], nnodes = mesh->faces.start[f + 1] - first;
    const BpPadFace face = describe(mesh, nnodes / 2, mesh->faces.node + first, share);
    add(&faces, &face);
  }
  return faces;
}

/* ---- rings */

static const double apart = 1e-9; /* m, rad */

static int by_radius(const void *a, const void *b) {
  const BpPadFace *x = a, *y = b;
  return (x->r_low > y->r_low) - (x->r_low < y->r_low);
}

static int by_angle(const void *a, const void *b) {
  const BpPadFace *x = a, *y = b;
  return (x->angle_low > y->angle_low) - (x->angle_low < y->angle_low);
}

/* Angles that the faces of one ring leave free. A half joint is mirrored: a gap that its plane cuts
 * is one, any other one is two. */
static void find_gaps(BpPadFace *face, int count, double share, BpMeasuredRing *ring) {
  qsort(face, (size_t)count, sizeof face[0], by_angle);
  const int half = share < 1.0;
  const double first = half ? 0.0 : face[0].angle_low,
               last = half ? M_PI : face[0].angle_low + 2.0 * M_PI;
  double reached = first, covered = 0.0;
  for (int i = 0; i <= count; i++) {
    const double low = i < count ? face[i].angle_low : last;
    if (low - reached > apart)
      ring->gaps += half && i > 0 && i < count ? 2 : 1;
    if (i < count && face[i].angle_high > reached) {
      covered += face[i].angle_high - fmax(reached, low);
      reached = face[i].angle_high;
    }
  }
  ring->covered = covered / (last - first);
}

int bp_measure_rings(BpPadFaces *convex, double share, BpMeasuredRing ring[BP_MEASURED_RINGS]) {
  int n = 0;
  if (convex->count > 0)
    qsort(convex->face, (size_t)convex->count, sizeof convex->face[0], by_radius);
  for (int i = 0; i < convex->count && n < BP_MEASURED_RINGS; n++) {
    const int from = i;
    ring[n] = (BpMeasuredRing){.inner = convex->face[i].r_low, .outer = convex->face[i].r_high};
    for (; i < convex->count && convex->face[i].r_low < ring[n].outer + apart; i++) {
      ring[n].outer = fmax(ring[n].outer, convex->face[i].r_high);
      ring[n].area += convex->face[i].plan;
    }
    find_gaps(convex->face + from, i - from, share, &ring[n]);
  }
  return n;
}
