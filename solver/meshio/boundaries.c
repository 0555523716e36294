/* Named faces, curves and points of a mesh. */
#include "meshio.h"

#include <stdlib.h>
#include <string.h>

void bp_mesh_add_mark(BpMesh *mesh, int node, int boundary) {
  if ((mesh->nmarks & (mesh->nmarks - 1)) == 0) {
    const int room = mesh->nmarks > 0 ? 2 * mesh->nmarks : 1;
    BP_GROW(mesh->mark_node, room);
    BP_GROW(mesh->mark_group, room);
  }
  mesh->mark_node[mesh->nmarks] = node;
  mesh->mark_group[mesh->nmarks++] = boundary;
}

static void keep_faces(BpCellList *faces, const int *number) {
  int count = 0;
  for (int f = 0; f < faces->count; f++) {
    const int first = faces->start[f], n = faces->start[f + 1] - first;
    if (number[faces->group[f]] < 0)
      continue;
    faces->type[count] = faces->type[f];
    faces->group[count] = number[faces->group[f]];
    memmove(faces->node + faces->start[count], faces->node + first,
            (size_t)n * sizeof faces->node[0]);
    faces->start[count + 1] = faces->start[count] + n;
    count++;
  }
  faces->count = count;
}

void bp_mesh_keep_boundaries(BpMesh *mesh, const unsigned char *keep) {
  int *number = BP_NEW(int, mesh->nboundaries), n = 0, marks = 0;
  for (int i = 0; i < mesh->nboundaries; i++) {
    number[i] = keep[i] ? n : -1;
    if (keep[i])
      memmove(mesh->boundary[n++], mesh->boundary[i], BP_MESH_NAME);
  }
  mesh->nboundaries = n;
  keep_faces(&mesh->faces, number);
  for (int i = 0; i < mesh->nmarks; i++) {
    if (number[mesh->mark_group[i]] < 0)
      continue;
    mesh->mark_node[marks] = mesh->mark_node[i];
    mesh->mark_group[marks++] = number[mesh->mark_group[i]];
  }
  mesh->nmarks = marks;
  free(number);
}

/* A face by its three lowest vertices, which tell it apart in a conforming mesh. */
typedef struct {
  int key[3], cell, local;
} Side;

static int ascending(const void *x, const void *y) {
  const int a = *(const int *)x, b = *(const int *)y;
  return (a > b) - (a < b);
}

static int by_key(const void *x, const void *y) {
  const Side *a = x, *b = y;
  for (int i = 0; i < 3; i++)
    if (a->key[i] != b->key[i])
      return a->key[i] < b->key[i] ? -1 : 1;
  return (a->cell > b->cell) - (a->cell < b->cell);
}

static Side make_side(const int *vertex, int n, int cell, int local) {
  int sorted[4];
  memcpy(sorted, vertex, (size_t)n * sizeof sorted[0]);
  qsort(sorted, (size_t)n, sizeof sorted[0], ascending);
  return (Side){{sorted[0], sorted[1], sorted[2]}, cell, local};
}

static Side *list_sides(const BpMesh *mesh, size_t *count) {
  Side *side = BP_NEW(Side, 6 * (size_t)mesh->cells.count);
  *count = 0;
  for (int c = 0; c < mesh->cells.count; c++) {
    const BpCellInfo *info = bp_cell_info((BpCellType)mesh->cells.type[c]);
    for (int f = 0; f < info->nfaces; f++) {
      int vertex[4];
      for (int i = 0; i < info->face_size[f]; i++)
        vertex[i] = mesh->cells.node[mesh->cells.start[c] + info->face[f][i]];
      side[(*count)++] = make_side(vertex, info->face_size[f], c, f);
    }
  }
  if (*count > 0)
    qsort(side, *count, sizeof side[0], by_key);
  return side;
}

/* First side that is not before the key. */
static size_t lower_bound(const Side *side, size_t count, const Side *key) {
  size_t low = 0, high = count;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (by_key(&side[middle], key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void bp_mesh_face_cells(const BpMesh *mesh, int *cell, int *local) {
  const BpCellList *faces = &mesh->faces;
  size_t count;
  Side *side = list_sides(mesh, &count);
  for (int f = 0; f < faces->count; f++) {
    const int nvertices = bp_cell_info((BpCellType)faces->type[f])->nvertices;
    const Side key = make_side(faces->node + faces->start[f], nvertices, -1, 0);
    const size_t at = lower_bound(side, count, &key);
    const int found = at < count && memcmp(side[at].key, key.key, sizeof key.key) == 0;
    cell[f] = found ? side[at].cell : -1;
    local[f] = found ? side[at].local : -1;
  }
  free(side);
}
