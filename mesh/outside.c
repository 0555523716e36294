#include "outside.h"

#include "mesh.h"

#include <stdlib.h>
#include <string.h>

/* A face of a cell by its vertices, in ascending order; a triangle has -1 first. */
typedef struct {
  int vertex[4], cell, local;
} Key;

static int ascending(const void *a, const void *b) {
  const int *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static int by_vertices(const void *a, const void *b) {
  const Key *x = a, *y = b;
  for (int i = 0; i < 4; i++)
    if (x->vertex[i] != y->vertex[i])
      return x->vertex[i] < y->vertex[i] ? -1 : 1;
  return (x->cell > y->cell) - (x->cell < y->cell);
}

static Key key_of(const BpMesh *mesh, int cell, int local) {
  const BpCellInfo *info = bp_cell_info((BpCellType)mesh->cells.type[cell]);
  Key key = {{-1, -1, -1, -1}, cell, local};
  for (int i = 0; i < info->face_size[local]; i++)
    key.vertex[i] = mesh->cells.node[mesh->cells.start[cell] + info->face[local][i]];
  qsort(key.vertex, 4, sizeof key.vertex[0], ascending);
  return key;
}

static int count_faces(const BpMesh *mesh) {
  int n = 0;
  for (int c = 0; c < mesh->cells.count; c++)
    n += bp_cell_info((BpCellType)mesh->cells.type[c])->nfaces;
  return n;
}

static int same_face(const Key *a, const Key *b) {
  return memcmp(a->vertex, b->vertex, sizeof a->vertex) == 0;
}

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

static void add_face(BpMesh *mesh, const Key *key, const Place *place, int group) {
  const BpCellType type = (BpCellType)mesh->cells.type[key->cell];
  const int *cell = mesh->cells.node + mesh->cells.start[key->cell];
  int local[8], node[8], n = 0;
  double x[3] = {0.0};
  for (int i = 0; i < 4; i++)
    if (key->vertex[i] >= 0) {
      n++;
      for (int d = 0; d < 3; d++)
        x[d] += mesh->xyz[3 * (size_t)key->vertex[i] + (size_t)d];
    }
  for (int d = 0; d < 3; d++)
    x[d] /= n;
  if (!is_outside(place, x))
    return;
  const BpCellType face = bp_cell_face_nodes(type, key->local, local);
  for (int i = 0; i < bp_cell_info(face)->nnodes; i++)
    node[i] = cell[local[i]];
  bp_cells_add(&mesh->faces, face, node, group);
}

void bp_mesh_name_outside(const BpGeometry *g, BpMesh *mesh) {
  const int n = count_faces(mesh), group = bp_mesh_boundary(mesh, BP_OUTSIDE);
  Place place = {HUGE_VAL, -HUGE_VAL, 0.5 * g->bp->package.die.size, g->bp->package.die.size,
                 strcmp(g->bp->model.kind, "octant") == 0};
  Key *key = bp_alloc((size_t)n, sizeof key[0]);
  int at = 0;
  for (int i = 0; i < mesh->nnodes; i++) {
    place.low = fmin(place.low, mesh->xyz[3 * i + 2]);
    place.high = fmax(place.high, mesh->xyz[3 * i + 2]);
  }
  for (int c = 0; c < mesh->cells.count; c++)
    for (int f = 0; f < bp_cell_info((BpCellType)mesh->cells.type[c])->nfaces; f++)
      key[at++] = key_of(mesh, c, f);
  qsort(key, (size_t)n, sizeof key[0], by_vertices);
  for (int i = 0; i < n; i++)
    if ((i == 0 || !same_face(&key[i - 1], &key[i])) &&
        (i == n - 1 || !same_face(&key[i], &key[i + 1])))
      add_face(mesh, &key[i], &place, group);
  free(key);
}
