/* Writes MSH 4.1. Each region and each named set of faces is one discrete entity with one physical
 * group; numbers of nodes and cells are their indices + 1, so that reading restores the order. */
#include "meshio.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SURFACE = 2, VOLUME = 3 };

typedef struct {
  FILE *out;
  const BpMesh *mesh;
} Writer;

/* Tag of a group; those of faces follow those of regions. */
static int group_tag(const Writer *w, int dim, int group) {
  return 1 + group + (dim == SURFACE ? w->mesh->nregions : 0);
}

static const BpCellList *list_of(const Writer *w, int dim) {
  return dim == VOLUME ? &w->mesh->cells : &w->mesh->faces;
}

static int ngroups(const Writer *w, int dim) {
  return dim == VOLUME ? w->mesh->nregions : w->mesh->nboundaries;
}

/* Cells of a group, of one type or (BP_CELL_TYPES) of all. */
static int count_cells(const BpCellList *list, int group, int type) {
  int n = 0;
  for (int c = 0; c < list->count; c++)
    n += list->group[c] == group && (type == BP_CELL_TYPES || list->type[c] == type);
  return n;
}

static void write_names(const Writer *w) {
  const BpMesh *mesh = w->mesh;
  fprintf(w->out, "$PhysicalNames\n%d\n", mesh->nregions + mesh->nboundaries);
  for (int i = 0; i < mesh->nboundaries; i++)
    fprintf(w->out, "%d %d \"%s\"\n", SURFACE, group_tag(w, SURFACE, i), mesh->boundary[i]);
  for (int i = 0; i < mesh->nregions; i++)
    fprintf(w->out, "%d %d \"%s\"\n", VOLUME, group_tag(w, VOLUME, i), mesh->region[i]);
  fputs("$EndPhysicalNames\n", w->out);
}

static void bounding_box(const Writer *w, int dim, int group, double box[6]) {
  const BpCellList *list = list_of(w, dim);
  for (int d = 0; d < 3; d++) {
    box[d] = DBL_MAX;
    box[3 + d] = -DBL_MAX;
  }
  for (int c = 0; c < list->count; c++)
    for (int i = list->start[c]; i < list->start[c + 1] && list->group[c] == group; i++)
      for (int d = 0; d < 3; d++) {
        const double x = w->mesh->xyz[3 * (size_t)list->node[i] + (size_t)d];
        box[d] = fmin(box[d], x);
        box[3 + d] = fmax(box[3 + d], x);
      }
}

static int count_entities(const Writer *w, int dim) {
  int n = 0;
  for (int g = 0; g < ngroups(w, dim); g++)
    n += count_cells(list_of(w, dim), g, BP_CELL_TYPES) > 0;
  return n;
}

/* Entities have no boundaries of their own: the mesh is all there is. */
static void write_entities(const Writer *w) {
  fprintf(w->out, "$Entities\n0 0 %d %d\n", count_entities(w, SURFACE), count_entities(w, VOLUME));
  for (int dim = SURFACE; dim <= VOLUME; dim++)
    for (int g = 0; g < ngroups(w, dim); g++) {
      double box[6];
      if (count_cells(list_of(w, dim), g, BP_CELL_TYPES) == 0)
        continue;
      bounding_box(w, dim, g, box);
      const int tag = group_tag(w, dim, g);
      fprintf(w->out, "%d %.17g %.17g %.17g %.17g %.17g %.17g 1 %d 0\n", tag, box[0], box[1],
              box[2], box[3], box[4], box[5], tag);
    }
  fputs("$EndEntities\n", w->out);
}

/* Region that each node is listed under: that of its first cell, -1 for a node without one. */
static int *owners(const BpMesh *mesh) {
  int *owner = BP_NEW(int, mesh->nnodes);
  for (int n = 0; n < mesh->nnodes; n++)
    owner[n] = -1;
  for (int c = mesh->cells.count - 1; c >= 0; c--)
    for (int i = mesh->cells.start[c]; i < mesh->cells.start[c + 1]; i++)
      owner[mesh->cells.node[i]] = mesh->cells.group[c];
  return owner;
}

static void write_node_block(const Writer *w, const int *owner, int region, int count) {
  fprintf(w->out, "%d %d 0 %d\n", VOLUME, group_tag(w, VOLUME, region), count);
  for (int n = 0; n < w->mesh->nnodes; n++)
    if (owner[n] == region)
      fprintf(w->out, "%d\n", n + 1);
  for (int n = 0; n < w->mesh->nnodes; n++)
    if (owner[n] == region) {
      const double *x = w->mesh->xyz + 3 * (size_t)n;
      fprintf(w->out, "%.17g %.17g %.17g\n", x[0], x[1], x[2]);
    }
}

static void write_nodes(const Writer *w) {
  const BpMesh *mesh = w->mesh;
  int *owner = owners(mesh), *count = BP_NEW(int, mesh->nregions);
  int nblocks = 0, total = 0, last = 0;
  for (int n = 0; n < mesh->nnodes; n++) {
    if (owner[n] < 0)
      continue;
    nblocks += count[owner[n]]++ == 0;
    total++;
    last = n + 1;
  }
  fprintf(w->out, "$Nodes\n%d %d %d %d\n", nblocks, total, total > 0 ? 1 : 0, last);
  for (int r = 0; r < mesh->nregions; r++)
    if (count[r] > 0)
      write_node_block(w, owner, r, count[r]);
  fputs("$EndNodes\n", w->out);
  free(owner);
  free(count);
}

static void write_element(const Writer *w, const BpCellList *list, int cell, int tag) {
  const BpCellInfo *info = bp_cell_info((BpCellType)list->type[cell]);
  int gmsh[BP_CELL_MAX_NODES];
  for (int i = 0; i < info->nnodes; i++)
    gmsh[info->from_gmsh[i]] = list->node[list->start[cell] + i] + 1;
  fprintf(w->out, "%d", tag);
  for (int i = 0; i < info->nnodes; i++)
    fprintf(w->out, " %d", gmsh[i]);
  fputc('\n', w->out);
}

/* Writes the blocks of all groups of a dimension, or only counts them. */
static int element_blocks(const Writer *w, int dim, int first_tag, int write) {
  const BpCellList *list = list_of(w, dim);
  int nblocks = 0;
  for (int g = 0; g < ngroups(w, dim); g++)
    for (int type = 0; type < BP_CELL_TYPES; type++) {
      const int n = count_cells(list, g, type);
      nblocks += n > 0;
      if (n == 0 || !write)
        continue;
      fprintf(w->out, "%d %d %d %d\n", dim, group_tag(w, dim, g),
              bp_cell_info((BpCellType)type)->gmsh_type, n);
      for (int c = 0; c < list->count; c++)
        if (list->group[c] == g && list->type[c] == type)
          write_element(w, list, c, first_tag + c);
    }
  return nblocks;
}

static void write_elements(const Writer *w) {
  const int ncells = w->mesh->cells.count, total = ncells + w->mesh->faces.count;
  const int nblocks = element_blocks(w, VOLUME, 1, 0) + element_blocks(w, SURFACE, 1, 0);
  fprintf(w->out, "$Elements\n%d %d %d %d\n", nblocks, total, total > 0 ? 1 : 0, total);
  element_blocks(w, SURFACE, ncells + 1, 1);
  element_blocks(w, VOLUME, 1, 1);
  fputs("$EndElements\n", w->out);
}

BpStatus bp_msh_write(const BpMesh *mesh, const char *path) {
  Writer w = {fopen(path, "w"), mesh};
  if (!w.out)
    return BP_BAD;
  fputs("$MeshFormat\n4.1 0 8\n$EndMeshFormat\n", w.out);
  write_names(&w);
  write_entities(&w);
  write_nodes(&w);
  write_elements(&w);
  const int failed = ferror(w.out) || fflush(w.out) != 0, reason = errno;
  if (fclose(w.out) != 0)
    return BP_BAD;
  errno = reason;
  return failed ? BP_BAD : BP_OK;
}
