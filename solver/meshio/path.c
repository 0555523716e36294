/* Which cells hang together face by face. */
#include "meshio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A face by its smallest three vertices, sorted, which tell it apart in a conforming mesh. */
typedef struct {
  int key[3], cell, name; /* cell: -1 for a named face, name: -1 for the face of a cell */
} Face;

static int ascending(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}

static int by_key(const void *a, const void *b) {
  const Face *x = a, *y = b;
  for (int i = 0; i < 3; i++)
    if (x->key[i] != y->key[i])
      return x->key[i] < y->key[i] ? -1 : 1;
  return x->cell - y->cell; /* a named face comes first */
}

static Face face_of(int *vertex, int n, int cell, int name) {
  qsort(vertex, (size_t)n, sizeof vertex[0], ascending);
  return (Face){{vertex[0], vertex[1], vertex[2]}, cell, name};
}

/* Faces of the cells that conduct and all named ones, sorted. */
static Face *sort_faces(const BpMesh *mesh, const unsigned char *conducts, int *count) {
  enum { FACES = 6 };
  Face *face = BP_NEW(Face, FACES * (size_t)mesh->cells.count + (size_t)mesh->faces.count);
  int v[4];
  *count = 0;
  for (int c = 0; c < mesh->cells.count; c++) {
    const BpCellInfo *info = bp_cell_info((BpCellType)mesh->cells.type[c]);
    for (int f = 0; f < info->nfaces && conducts[mesh->cells.group[c]]; f++) {
      for (int i = 0; i < info->face_size[f]; i++)
        v[i] = mesh->cells.node[mesh->cells.start[c] + info->face[f][i]];
      face[(*count)++] = face_of(v, info->face_size[f], c, -1);
    }
  }
  for (int f = 0; f < mesh->faces.count; f++) {
    const int n = bp_cell_info((BpCellType)mesh->faces.type[f])->nvertices;
    for (int i = 0; i < n; i++)
      v[i] = mesh->faces.node[mesh->faces.start[f] + i];
    face[(*count)++] = face_of(v, n, -1, mesh->faces.group[f]);
  }
  qsort(face, (size_t)*count, sizeof face[0], by_key);
  return face;
}

static int root(int *parent, int cell) {
  while (parent[cell] != cell)
    cell = parent[cell] = parent[parent[cell]];
  return cell;
}

/* The parts that hang together as a forest, and a cell at each of the named faces. */
typedef struct {
  int *parent; /* [cells] */
  unsigned char *at_from, *at_to;
} Parts;

static void join_faces(const Face *face, int n, const int ends[2], Parts *parts) {
  for (int i = 0; i < n;) {
    int end = i, first = -1;
    for (; end < n && memcmp(face[end].key, face[i].key, sizeof face[i].key) == 0; end++)
      if (face[end].cell >= 0 && first < 0)
        first = face[end].cell;
      else if (face[end].cell >= 0)
        parts->parent[root(parts->parent, face[end].cell)] = root(parts->parent, first);
    for (; i < end; i++)
      if (face[i].name >= 0 && first >= 0) {
        parts->at_from[first] |= face[i].name == ends[0];
        parts->at_to[first] |= face[i].name == ends[1];
      }
  }
}

static void middle(const BpMesh *mesh, int cell, double x[3]) {
  const int n = bp_cell_info((BpCellType)mesh->cells.type[cell])->nvertices;
  for (int d = 0; d < 3; d++) {
    x[d] = 0.0;
    for (int i = 0; i < n; i++)
      x[d] += mesh->xyz[3 * (size_t)mesh->cells.node[mesh->cells.start[cell] + i] + (size_t)d] / n;
  }
}

/* The nearest two cells of what hangs together with either end; alike: of one region. Returns 1 if
 * there are any. */
static int find_break(const BpMesh *mesh, const unsigned char *ours, const unsigned char *theirs,
                      int alike, BpMeshPath *out) {
  const int *region = mesh->cells.group;
  double nearest = HUGE_VAL, a[3], b[3];
  for (int i = 0; i < mesh->cells.count; i++) {
    if (!ours[i])
      continue;
    middle(mesh, i, a);
    for (int k = 0; k < mesh->cells.count; k++) {
      if (!theirs[k] || (alike && region[i] != region[k]))
        continue;
      middle(mesh, k, b);
      const double apart = hypot(hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
      if (apart < nearest) {
        nearest = apart;
        memcpy(out->end, a, sizeof a);
        memcpy(out->other, b, sizeof b);
      }
    }
  }
  return nearest < HUGE_VAL;
}

/* Marks the cells of every part that has a cell in `at`. Returns their number. */
static int mark_parts(const BpMesh *mesh, const unsigned char *conducts, Parts *parts,
                      const unsigned char *at, unsigned char *marked) {
  const int n = mesh->cells.count;
  unsigned char *is_root = BP_NEW(unsigned char, n);
  int count = 0;
  for (int c = 0; c < n; c++)
    if (at[c])
      is_root[root(parts->parent, c)] = 1;
  for (int c = 0; c < n; c++) {
    marked[c] = conducts[mesh->cells.group[c]] && is_root[root(parts->parent, c)];
    count += marked[c];
  }
  free(is_root);
  return count;
}

static Parts separate_cells(int ncells) {
  const Parts parts = {BP_NEW(int, ncells), BP_NEW(unsigned char, ncells),
                       BP_NEW(unsigned char, ncells)};
  for (int c = 0; c < ncells; c++)
    parts.parent[c] = c;
  return parts;
}

static void free_parts(Parts *parts) {
  free(parts->parent);
  free(parts->at_from);
  free(parts->at_to);
}

int bp_mesh_pieces(const BpMesh *mesh, const unsigned char *there, int *piece) {
  static const int no_ends[2] = {-1, -1};
  int nfaces, count = 0;
  Face *face = sort_faces(mesh, there, &nfaces);
  Parts parts = separate_cells(mesh->cells.count);
  join_faces(face, nfaces, no_ends, &parts);
  for (int c = 0; c < mesh->cells.count; c++)
    if (there[mesh->cells.group[c]] && parts.parent[c] == c)
      piece[c] = count++;
  for (int c = 0; c < mesh->cells.count; c++)
    piece[c] = there[mesh->cells.group[c]] ? piece[root(parts.parent, c)] : -1;
  free(face);
  free_parts(&parts);
  return count;
}

void bp_mesh_path(const BpMesh *mesh, const unsigned char *conducts, const char *const ends[2],
                  BpMeshPath *out, unsigned char *marked) {
  const int ncells = mesh->cells.count,
            faces[2] = {bp_mesh_find_boundary(mesh, ends[0]), bp_mesh_find_boundary(mesh, ends[1])};
  int nfaces;
  Face *face = sort_faces(mesh, conducts, &nfaces);
  Parts parts = separate_cells(ncells);
  unsigned char *ours = BP_NEW(unsigned char, ncells), *theirs = BP_NEW(unsigned char, ncells);
  *out = (BpMeshPath){0};
  for (int d = 0; d < 3; d++)
    out->end[d] = out->other[d] = (double)NAN;
  join_faces(face, nfaces, faces, &parts);
  out->ncells = mark_parts(mesh, conducts, &parts, parts.at_from, ours);
  mark_parts(mesh, conducts, &parts, parts.at_to, theirs);
  for (int c = 0; c < ncells; c++)
    out->connected |= ours[c] && theirs[c];
  if (!out->connected && !find_break(mesh, ours, theirs, 1, out))
    find_break(mesh, ours, theirs, 0, out);
  if (marked)
    memcpy(marked, ours, (size_t)ncells);
  free(face);
  free_parts(&parts);
  free(ours);
  free(theirs);
}
