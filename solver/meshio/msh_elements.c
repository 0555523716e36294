/* The elements of MSH 4.1 and 2.2 as they stand in the file. */
#include "msh_impl.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { SURFACE = 2, VOLUME = 3, UNKNOWN = -1 };

/* Gmsh's element types that may stand beside ours, by number. */
typedef struct {
  const char *name;
  int dim, nnodes;
} Kind;

static const Kind kinds[] = {
    [1] = {"lines of 2 nodes", 1, 2},
    [2] = {"triangles of 3 nodes", 2, 3},
    [3] = {"quadrilaterals of 4 nodes", 2, 4},
    [4] = {"tetrahedra of 4 nodes", 3, 4},
    [5] = {"hexahedra of 8 nodes", 3, 8},
    [6] = {"wedges of 6 nodes", 3, 6},
    [7] = {"pyramids of 5 nodes", 3, 5},
    [8] = {"lines of 3 nodes", 1, 3},
    [9] = {"triangles of 6 nodes", 2, 6},
    [10] = {"quadrilaterals of 9 nodes", 2, 9},
    [11] = {"tetrahedra of 10 nodes", 3, 10},
    [12] = {"hexahedra of 27 nodes", 3, 27},
    [13] = {"wedges of 18 nodes", 3, 18},
    [14] = {"pyramids of 14 nodes", 3, 14},
    [15] = {"points", 0, 1},
    [16] = {"quadrilaterals of 8 nodes", 2, 8},
    [17] = {"hexahedra of 20 nodes", 3, 20},
    [18] = {"wedges of 15 nodes", 3, 15},
    [19] = {"pyramids of 13 nodes", 3, 13},
};

static Kind kind_of(int type) {
  if (type > 0 && type < BP_COUNT(kinds) && kinds[type].name)
    return kinds[type];
  return (Kind){"elements of another type", UNKNOWN, 0};
}

static const BpMshEntity *find_entity(const BpMshRaw *raw, int dim, int tag) {
  for (int i = 0; i < raw->nentities; i++)
    if (raw->entity[i].dim == dim && raw->entity[i].tag == tag)
      return &raw->entity[i];
  return NULL;
}

static void append(BpMshCells *list, const BpMshCell *cell) {
  if ((list->count & (list->count - 1)) == 0)
    BP_GROW(list->cell, list->count > 0 ? 2 * list->count : 1);
  list->cell[list->count++] = *cell;
}

/* Reads the nodes of an element and adds it to each of its groups: a cell to its only one. */
static void read_element(BpMshText *text, BpMshRaw *raw, BpMshCell cell, const int *group,
                         int ngroups) {
  const BpCellInfo *info = bp_cell_info((BpCellType)cell.type);
  long long gmsh[BP_CELL_MAX_NODES];
  for (int i = 0; i < info->nnodes; i++)
    gmsh[i] = bp_msh_integer(text, 1, LLONG_MAX, "the number of a node");
  for (int i = 0; i < info->nnodes; i++)
    cell.node[i] = gmsh[info->from_gmsh[i]];
  cell.line = text->line;
  for (int i = 0; i < ngroups && !text->failed; i++) {
    cell.group = group[i];
    append(info->dim == VOLUME ? &raw->cells : &raw->faces, &cell);
  }
}

static void refuse_type(BpMshText *text, int gmsh_type) {
  enum { QUAD9 = 10, HEX27 = 12, WEDGE18 = 13 };
  const char *name = kind_of(gmsh_type).name;
  if (gmsh_type == QUAD9 || gmsh_type == HEX27 || gmsh_type == WEDGE18)
    bp_msh_fail(text,
                "%s (Gmsh's type %d) have nodes inside faces or cells, which no element here has; "
                "mesh with Mesh.SecondOrderIncomplete = 1",
                name, gmsh_type);
  else
    bp_msh_fail(text,
                "%s (Gmsh's type %d) cannot be used; mesh with tetrahedra, wedges and hexahedra of "
                "first or second order (Mesh.ElementOrder, Mesh.SecondOrderIncomplete = 1)",
                name, gmsh_type);
}

/* What to do with elements of a Gmsh type in ngroups named groups: 1 read, 0 skip. */
static int is_wanted(BpMshText *text, int gmsh_type, int ngroups) {
  const Kind kind = kind_of(gmsh_type);
  if (kind.dim >= 0 && kind.dim < SURFACE)
    return 0;
  if (kind.dim == SURFACE && ngroups == 0)
    return 0;
  if (bp_cell_from_gmsh(gmsh_type) == BP_CELL_TYPES)
    refuse_type(text, gmsh_type);
  else if (kind.dim == VOLUME && ngroups == 0)
    bp_msh_fail(text, "cells without a physical name; put each volume into a named physical group");
  else if (kind.dim == VOLUME && ngroups > 1)
    bp_msh_fail(text, "cells in two named physical groups; a cell belongs to one region");
  return !text->failed;
}

/* Nodes of an element of a named curve or point. */
static void read_marks(BpMshText *text, BpMshRaw *raw, int nnodes, const int *group, int ngroups) {
  for (int i = 0; i < nnodes && !text->failed; i++) {
    const long long tag = bp_msh_integer(text, 1, LLONG_MAX, "the number of a node");
    for (int g = 0; g < ngroups; g++) {
      if ((raw->nmarks & (raw->nmarks - 1)) == 0)
        BP_GROW(raw->mark, raw->nmarks > 0 ? 2 * raw->nmarks : 1);
      raw->mark[raw->nmarks++] = (BpMshMark){tag, group[g]};
    }
  }
}

static void skip_integers(BpMshText *text, int count) {
  for (int i = 0; i < count && !text->failed; i++)
    bp_msh_integer(text, LLONG_MIN, LLONG_MAX, "the number of a node");
}

static int is_mark(Kind kind, int ngroups) {
  return kind.dim >= 0 && kind.dim < SURFACE && ngroups > 0;
}

/* Indices of the named groups of an entity. Returns their number; group [entity->nphysical]. */
static int named_groups(const BpMshRaw *raw, const BpMshEntity *entity, int *group) {
  int n = 0;
  for (int i = 0; i < entity->nphysical; i++) {
    const int index = bp_msh_find_group(raw, entity->dim, entity->physical[i]);
    if (index >= 0)
      group[n++] = index;
  }
  return n;
}

static void read_element_block(BpMshText *text, BpMshRaw *raw) {
  static const BpMshEntity none = {0};
  const int dim = (int)bp_msh_integer(text, 0, 3, "a dimension");
  const int tag = (int)bp_msh_integer(text, INT_MIN, INT_MAX, "an entity");
  const int gmsh_type = (int)bp_msh_integer(text, 1, INT_MAX, "a type of element");
  const int count = bp_msh_count(text, "the number of elements in a block");
  if (text->failed)
    return;
  const Kind kind = kind_of(gmsh_type);
  if (kind.dim != UNKNOWN && kind.dim != dim) {
    bp_msh_fail(text, "%s in an entity of dimension %d", kind.name, dim);
    return;
  }
  const BpMshEntity *entity = find_entity(raw, dim, tag);
  entity = entity ? entity : &none;
  int *group = BP_NEW(int, entity->nphysical);
  const int ngroups = named_groups(raw, entity, group);
  const int wanted = is_wanted(text, gmsh_type, ngroups);
  for (int i = 0; i < count && !text->failed; i++) {
    const BpMshCell cell = {.tag = bp_msh_integer(text, 1, LLONG_MAX, "the number of an element"),
                            .type = (int)bp_cell_from_gmsh(gmsh_type)};
    if (wanted)
      read_element(text, raw, cell, group, ngroups);
    else if (is_mark(kind, ngroups))
      read_marks(text, raw, kind.nnodes, group, ngroups);
    else
      skip_integers(text, kind.nnodes);
  }
  free(group);
}

void bp_msh_elements_41(BpMshText *text, BpMshRaw *raw) {
  const int nblocks = bp_msh_count(text, "the number of blocks");
  bp_msh_count(text, "the number of elements");
  bp_msh_integer(text, 0, LLONG_MAX, "the smallest element number");
  bp_msh_integer(text, 0, LLONG_MAX, "the largest element number");
  for (int i = 0; i < nblocks && !text->failed; i++)
    read_element_block(text, raw);
}

void bp_msh_elements_22(BpMshText *text, BpMshRaw *raw) {
  const int count = bp_msh_count(text, "the number of elements");
  for (int i = 0; i < count && !text->failed; i++) {
    BpMshCell cell = {.tag = bp_msh_integer(text, 1, LLONG_MAX, "the number of an element")};
    const int gmsh_type = (int)bp_msh_integer(text, 1, INT_MAX, "a type of element");
    const int ntags = bp_msh_count(text, "the number of tags");
    const int physical =
        ntags > 0 ? abs((int)bp_msh_integer(text, -INT_MAX, INT_MAX, "a physical group")) : 0;
    skip_integers(text, ntags - 1);
    const Kind kind = kind_of(gmsh_type);
    const int group = bp_msh_find_group(raw, kind.dim, physical), ngroups = group >= 0;
    cell.type = (int)bp_cell_from_gmsh(gmsh_type);
    if (text->failed)
      return;
    if (is_wanted(text, gmsh_type, ngroups))
      read_element(text, raw, cell, &group, ngroups);
    else if (is_mark(kind, ngroups))
      read_marks(text, raw, kind.nnodes, &group, ngroups);
    else
      skip_integers(text, kind.nnodes);
  }
}
