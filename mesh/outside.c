#include "outside.h"

#include "extrude.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  double low, high; /* m, of z */
  double die;       /* m, half of its edge */
  double size;      /* m, that places are compared with */
  int octant;
} Place;

/* 1 for a face that air gets at, by the middle of its vertices. */
static int is_outside(const Place *p, const double x[3]) {
  const double eps = 1e-7 * p->size;
  const int symmetric = x[1] < eps || (p->octant ? x[0] - x[1] < eps : x[0] < eps);
  const int back = x[2] < p->low + eps || x[2] > p->high - eps;
  const int gap = x[0] < p->die - eps && x[1] < p->die - eps;
  return !symmetric && !back && !gap;
}

static void add_face(BpMesh *mesh, const BpCellFace *face, const Place *place, int group) {
  const int *cell = mesh->cells.node + mesh->cells.start[face->cell];
  const int n = bp_wedge_face_size[face->face];
  int local[8], node[8] = {0};
  double x[3] = {0.0};
  bp_wedge_face_nodes(face->face, local);
  for (int i = 0; i < 2 * n; i++)
    node[i] = cell[local[i]];
  for (int i = 0; i < n; i++)
    for (int d = 0; d < 3; d++)
      x[d] += mesh->xyz[3 * (size_t)node[i] + (size_t)d] / n;
  if (is_outside(place, x))
    bp_cells_add(&mesh->faces, n == 3 ? BP_CELL_TRI6 : BP_CELL_QUAD8, node, group);
}

static int same_face(const BpCellFace *a, const BpCellFace *b) {
  return memcmp(a->key, b->key, sizeof a->key) == 0;
}

void bp_mesh_name_outside(const BpGeometry *g, BpMesh *mesh) {
  Place place = {HUGE_VAL, -HUGE_VAL, 0.5 * g->bp->package.die.size, g->bp->package.die.size,
                 strcmp(g->bp->model.kind, "octant") == 0};
  const int group = bp_mesh_boundary(mesh, BP_OUTSIDE);
  int n;
  BpCellFace *face = bp_mesh_cell_faces(mesh, &n);
  for (int i = 0; i < mesh->nnodes; i++) {
    place.low = fmin(place.low, mesh->xyz[3 * i + 2]);
    place.high = fmax(place.high, mesh->xyz[3 * i + 2]);
  }
  for (int i = 0; i < n; i++)
    if ((i == 0 || !same_face(&face[i - 1], &face[i])) &&
        (i == n - 1 || !same_face(&face[i], &face[i + 1])))
      add_face(mesh, &face[i], &place, group);
  free(face);
}
