#include "meshio.h"

#include <stdlib.h>
#include <string.h>

static const BpCellInfo infos[BP_CELL_TYPES] = {
    [BP_CELL_WEDGE15] =
        {.name = "wedge15",
         .nvertices = 6,
         .nnodes = 15,
         .edge = {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {0, 3}, {1, 4}, {2, 5}},
         .gmsh_type = 18,
         .vtk_type = 26,
         .from_gmsh = {0, 1, 2, 3, 4, 5, 6, 9, 7, 12, 14, 13, 8, 10, 11},
         /* VTK's first triangle runs the other way round */
         .from_vtk = {0, 2, 1, 3, 5, 4, 8, 7, 6, 11, 10, 9, 12, 14, 13}},
    [BP_CELL_TRI6] = {.name = "tri6",
                      .nvertices = 3,
                      .nnodes = 6,
                      .edge = {{0, 1}, {1, 2}, {2, 0}},
                      .gmsh_type = 9,
                      .vtk_type = 22,
                      .from_gmsh = {0, 1, 2, 3, 4, 5},
                      .from_vtk = {0, 1, 2, 3, 4, 5}},
    [BP_CELL_QUAD8] = {.name = "quad8",
                       .nvertices = 4,
                       .nnodes = 8,
                       .edge = {{0, 1}, {1, 2}, {2, 3}, {3, 0}},
                       .gmsh_type = 16,
                       .vtk_type = 23,
                       .from_gmsh = {0, 1, 2, 3, 4, 5, 6, 7},
                       .from_vtk = {0, 1, 2, 3, 4, 5, 6, 7}},
};

const int bp_wedge_face[5][4] = {
    {0, 2, 1, -1}, {3, 4, 5, -1}, {0, 1, 4, 3}, {1, 2, 5, 4}, {2, 0, 3, 5}};
const int bp_wedge_face_size[5] = {3, 3, 4, 4, 4};

const BpCellInfo *bp_cell_info(BpCellType type) {
  return &infos[type];
}

BpCellType bp_cell_from_gmsh(int gmsh_type) {
  int t = 0;
  while (t < BP_CELL_TYPES && infos[t].gmsh_type != gmsh_type)
    t++;
  return (BpCellType)t;
}

static int wedge_edge(int a, int b) {
  const BpCellInfo *wedge = &infos[BP_CELL_WEDGE15];
  for (int e = 0; e < 9; e++)
    if ((wedge->edge[e][0] == a && wedge->edge[e][1] == b) ||
        (wedge->edge[e][0] == b && wedge->edge[e][1] == a))
      return 6 + e;
  return -1;
}

void bp_wedge_face_nodes(int f, int *nodes) {
  int n = bp_wedge_face_size[f];
  for (int i = 0; i < n; i++) {
    nodes[i] = bp_wedge_face[f][i];
    nodes[n + i] = wedge_edge(bp_wedge_face[f][i], bp_wedge_face[f][(i + 1) % n]);
  }
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
  free(mesh->region);
  free(mesh->boundary);
  free(mesh);
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
