#include "meshio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const int bp_wedge_face[5][4] = {
    {0, 2, 1, -1}, {3, 4, 5, -1}, {0, 1, 4, 3}, {1, 2, 5, 4}, {2, 0, 3, 5}};
const int bp_wedge_face_size[5] = {3, 3, 4, 4, 4};

static const int tetrahedron_face[4][4] = {
    {0, 2, 1, -1}, {0, 1, 3, -1}, {1, 2, 3, -1}, {2, 0, 3, -1}};
static const int tetrahedron_face_size[4] = {3, 3, 3, 3};

static const int hexahedron_face[6][4] = {{0, 3, 2, 1}, {4, 5, 6, 7}, {0, 1, 5, 4},
                                          {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}};
static const int hexahedron_face_size[6] = {4, 4, 4, 4, 4, 4};

/* What a cell type of both orders has in common. */
#define TETRAHEDRON                                                                                \
  .dim = 3, .nvertices = 4, .nedges = 6, .edge = {{0, 1}, {1, 2}, {2, 0}, {0, 3}, {1, 3}, {2, 3}}, \
  .nfaces = 4, .face = tetrahedron_face, .face_size = tetrahedron_face_size
#define WEDGE                                                                                      \
  .dim = 3, .nvertices = 6, .nedges = 9,                                                           \
  .edge = {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {0, 3}, {1, 4}, {2, 5}}, .nfaces = 5,   \
  .face = bp_wedge_face, .face_size = bp_wedge_face_size
#define HEXAHEDRON                                                                                 \
  .dim = 3, .nvertices = 8, .nedges = 12,                                                          \
  .edge = {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6},                                         \
           {6, 7}, {7, 4}, {0, 4}, {1, 5}, {2, 6}, {3, 7}},                                        \
  .nfaces = 6, .face = hexahedron_face, .face_size = hexahedron_face_size
#define TRIANGLE .dim = 2, .nvertices = 3, .nedges = 3, .edge = {{0, 1}, {1, 2}, {2, 0}}
#define QUADRILATERAL                                                                              \
  .dim = 2, .nvertices = 4, .nedges = 4, .edge = {{0, 1}, {1, 2}, {2, 3}, {3, 0}}
#define AS_OURS                                                                                    \
  { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 }

static const BpCellInfo infos[BP_CELL_TYPES] = {
    [BP_CELL_TET4] = {TETRAHEDRON, .name = "tet4", .order = 1, .nnodes = 4, .gmsh_type = 4,
                      .vtk_type = 10, .from_gmsh = AS_OURS, .from_vtk = AS_OURS},
    [BP_CELL_TET10] = {TETRAHEDRON, .name = "tet10", .order = 2, .nnodes = 10, .gmsh_type = 11,
                       .vtk_type = 24, .from_gmsh = {0, 1, 2, 3, 4, 5, 6, 7, 9, 8},
                       .from_vtk = AS_OURS},
    /* VTK's first triangle of a wedge runs the other way round */
    [BP_CELL_WEDGE6] = {WEDGE, .name = "wedge6", .order = 1, .nnodes = 6, .gmsh_type = 6,
                        .vtk_type = 13, .from_gmsh = AS_OURS, .from_vtk = {0, 2, 1, 3, 5, 4}},
    [BP_CELL_WEDGE15] = {WEDGE, .name = "wedge15", .order = 2, .nnodes = 15, .gmsh_type = 18,
                         .vtk_type = 26,
                         .from_gmsh = {0, 1, 2, 3, 4, 5, 6, 9, 7, 12, 14, 13, 8, 10, 11},
                         .from_vtk = {0, 2, 1, 3, 5, 4, 8, 7, 6, 11, 10, 9, 12, 14, 13}},
    [BP_CELL_HEX8] = {HEXAHEDRON, .name = "hex8", .order = 1, .nnodes = 8, .gmsh_type = 5,
                      .vtk_type = 12, .from_gmsh = AS_OURS, .from_vtk = AS_OURS},
    [BP_CELL_HEX20] = {HEXAHEDRON, .name = "hex20", .order = 2, .nnodes = 20, .gmsh_type = 17,
                       .vtk_type = 25, .from_gmsh = {0,  1, 2,  3,  4,  5,  6,  7,  8,  11,
                                                     13, 9, 16, 18, 19, 17, 10, 12, 14, 15},
                       .from_vtk = AS_OURS},
    [BP_CELL_TRI3] = {TRIANGLE, .name = "tri3", .order = 1, .nnodes = 3, .gmsh_type = 2,
                      .vtk_type = 5, .from_gmsh = AS_OURS, .from_vtk = AS_OURS},
    [BP_CELL_TRI6] = {TRIANGLE, .name = "tri6", .order = 2, .nnodes = 6, .gmsh_type = 9,
                      .vtk_type = 22, .from_gmsh = AS_OURS, .from_vtk = AS_OURS},
    [BP_CELL_QUAD4] = {QUADRILATERAL, .name = "quad4", .order = 1, .nnodes = 4, .gmsh_type = 3,
                       .vtk_type = 9, .from_gmsh = AS_OURS, .from_vtk = AS_OURS},
    [BP_CELL_QUAD8] = {QUADRILATERAL, .name = "quad8", .order = 2, .nnodes = 8, .gmsh_type = 16,
                       .vtk_type = 23, .from_gmsh = AS_OURS, .from_vtk = AS_OURS},
};

const BpCellInfo *bp_cell_info(BpCellType type) {
  return &infos[type];
}

BpCellType bp_cell_from_gmsh(int gmsh_type) {
  int t = 0;
  while (t < BP_CELL_TYPES && infos[t].gmsh_type != gmsh_type)
    t++;
  return (BpCellType)t;
}

static int find_edge(const BpCellInfo *info, int a, int b) {
  for (int e = 0; e < info->nedges; e++)
    if ((info->edge[e][0] == a && info->edge[e][1] == b) ||
        (info->edge[e][0] == b && info->edge[e][1] == a))
      return e;
  return -1;
}

BpCellType bp_cell_face_nodes(BpCellType type, int f, int *nodes) {
  static const BpCellType face_type[2][2] = {{BP_CELL_TRI3, BP_CELL_TRI6},
                                             {BP_CELL_QUAD4, BP_CELL_QUAD8}};
  const BpCellInfo *info = &infos[type];
  const int n = info->face_size[f];
  for (int i = 0; i < n; i++) {
    nodes[i] = info->face[f][i];
    if (info->order == 2)
      nodes[n + i] =
          info->nvertices + find_edge(info, info->face[f][i], info->face[f][(i + 1) % n]);
  }
  return face_type[n == 4][info->order == 2];
}

void bp_wedge_face_nodes(int f, int *nodes) {
  bp_cell_face_nodes(BP_CELL_WEDGE15, f, nodes);
}

BpMesh *bp_mesh_new(void) {
  return BP_NEW(BpMesh, 1);
}

static void free_cells(BpCellList *list) {
  free(list->type);
  free(list->start);
  free(list->node);
  free(list->group);
}

void bp_mesh_free(BpMesh *mesh) {
  if (!mesh)
    return;
  free(mesh->xyz);
  free_cells(&mesh->cells);
  free_cells(&mesh->faces);
  free(mesh->mark_node);
  free(mesh->mark_group);
  free(mesh->region);
  free(mesh->boundary);
  for (int i = 0; i < mesh->nfields; i++)
    free(mesh->field[i].value);
  free(mesh->field);
  free(mesh);
}

double *bp_mesh_add_field(BpMesh *mesh, const char *name) {
  BP_GROW(mesh->field, mesh->nfields + 1);
  BpMeshField *field = &mesh->field[mesh->nfields++];
  snprintf(field->name, sizeof field->name, "%s", name);
  field->value = BP_NEW(double, mesh->nnodes);
  for (int n = 0; n < mesh->nnodes; n++)
    field->value[n] = (double)NAN;
  return field->value;
}

double *bp_mesh_field(const BpMesh *mesh, const char *name) {
  for (int i = 0; i < mesh->nfields; i++)
    if (strcmp(mesh->field[i].name, name) == 0)
      return mesh->field[i].value;
  return NULL;
}

/* Room for one more: arrays grow by doubling at powers of two. */
static int must_grow(int count) {
  return (count & (count - 1)) == 0;
}

void bp_cells_add(BpCellList *list, BpCellType type, const int *nodes, int group) {
  int n = infos[type].nnodes, count = list->count;
  if (must_grow(count)) {
    int room = count > 0 ? 2 * count : 1;
    BP_GROW(list->type, room);
    BP_GROW(list->group, room);
    BP_GROW(list->start, room + 1);
    BP_GROW(list->node, (size_t)room * BP_CELL_MAX_NODES);
  }
  if (count == 0)
    list->start[0] = 0;
  list->type[count] = (unsigned char)type;
  list->group[count] = group;
  memcpy(list->node + list->start[count], nodes, (size_t)n * sizeof nodes[0]);
  list->start[count + 1] = list->start[count] + n;
  list->count++;
}

static int find_name(char (*names)[BP_MESH_NAME], int count, const char *name) {
  for (int i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0)
      return i;
  return -1;
}

static int add_name(char (**names)[BP_MESH_NAME], int *count, const char *name) {
  int i = find_name(*names, *count, name);
  if (i >= 0)
    return i;
  *names = bp_resize(*names, (size_t)*count + 1, BP_MESH_NAME);
  strncpy((*names)[*count], name, BP_MESH_NAME - 1);
  (*names)[*count][BP_MESH_NAME - 1] = '\0';
  return (*count)++;
}

int bp_mesh_region(BpMesh *mesh, const char *name) {
  return add_name(&mesh->region, &mesh->nregions, name);
}

int bp_mesh_boundary(BpMesh *mesh, const char *name) {
  return add_name(&mesh->boundary, &mesh->nboundaries, name);
}

int bp_mesh_find_boundary(const BpMesh *mesh, const char *name) {
  return find_name(mesh->boundary, mesh->nboundaries, name);
}
