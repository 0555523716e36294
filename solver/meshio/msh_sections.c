/* Names, entities and nodes of MSH 4.1 and 2.2 as they stand in the file. */
#include "msh_impl.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { VOLUME = 3 };

/* ---- names */

int bp_msh_find_group(const BpMshRaw *raw, int dim, int tag) {
  for (int i = 0; i < raw->ngroups; i++)
    if (raw->group[i].dim == dim && raw->group[i].tag == tag)
      return raw->group[i].index;
  return -1;
}

/* 1 if another group of the same kind has the name: volumes are regions, all others boundaries. */
static int is_taken(const BpMshRaw *raw, int dim, const char *name) {
  const BpMesh *mesh = raw->mesh;
  if (dim < VOLUME)
    return bp_mesh_find_boundary(mesh, name) >= 0;
  for (int i = 0; i < mesh->nregions; i++)
    if (strcmp(mesh->region[i], name) == 0)
      return 1;
  return 0;
}

void bp_msh_names(BpMshText *text, BpMshRaw *raw) {
  const int count = bp_msh_count(text, "the number of names");
  for (int i = 0; i < count && !text->failed; i++) {
    char name[BP_MESH_NAME];
    BpMshGroup group = {.index = -1};
    group.dim = (int)bp_msh_integer(text, 0, 3, "a dimension");
    group.tag = (int)bp_msh_integer(text, 1, INT_MAX, "a physical group");
    bp_msh_name(text, name);
    if (text->failed)
      return;
    if (bp_msh_find_group(raw, group.dim, group.tag) >= 0) {
      bp_msh_fail(text, "physical group %d has two names; give it one", group.tag);
      return;
    }
    if (is_taken(raw, group.dim, name)) {
      bp_msh_fail(text, "two physical groups have the name '%s'; give each its own", name);
      return;
    }
    group.index =
        group.dim == VOLUME ? bp_mesh_region(raw->mesh, name) : bp_mesh_boundary(raw->mesh, name);
    BP_GROW(raw->group, raw->ngroups + 1);
    raw->group[raw->ngroups++] = group;
  }
}

/* ---- entities of 4.1 */

static void read_entity(BpMshText *text, BpMshRaw *raw, int dim) {
  BpMshEntity entity = {.dim = dim, .tag = (int)bp_msh_integer(text, INT_MIN, INT_MAX, "a tag")};
  for (int i = 0; i < (dim == 0 ? 3 : 6); i++)
    bp_msh_number(text, "a bound of an entity");
  const int n = bp_msh_count(text, "the number of physical groups");
  entity.physical = BP_NEW(int, n);
  for (; entity.nphysical < n && !text->failed; entity.nphysical++) /* negative: reversed */
    entity.physical[entity.nphysical] =
        abs((int)bp_msh_integer(text, -INT_MAX, INT_MAX, "a physical group"));
  const int nbounds = dim > 0 ? bp_msh_count(text, "the number of bounding entities") : 0;
  for (int i = 0; i < nbounds && !text->failed; i++)
    bp_msh_integer(text, INT_MIN, INT_MAX, "a bounding entity");
  BP_GROW(raw->entity, raw->nentities + 1);
  raw->entity[raw->nentities++] = entity;
}

void bp_msh_entities(BpMshText *text, BpMshRaw *raw) {
  int count[4];
  for (int dim = 0; dim < 4; dim++)
    count[dim] = bp_msh_count(text, "the number of entities");
  for (int dim = 0; dim < 4; dim++)
    for (int i = 0; i < count[dim] && !text->failed; i++)
      read_entity(text, raw, dim);
}

/* ---- nodes */

static void reserve_nodes(BpMshText *text, BpMshRaw *raw, int count) {
  if (raw->saw_nodes)
    bp_msh_fail(text, "a second $Nodes; keep one");
  raw->saw_nodes = 1;
  if (!text->failed)
    raw->node = BP_NEW(BpMshNode, count);
}

static void read_position(BpMshText *text, BpMshNode *node) {
  for (int d = 0; d < 3; d++)
    node->x[d] = bp_msh_number(text, "a coordinate");
}

void bp_msh_nodes_22(BpMshText *text, BpMshRaw *raw) {
  const int count = bp_msh_count(text, "the number of nodes");
  reserve_nodes(text, raw, count);
  while (raw->nnodes < count && !text->failed) {
    BpMshNode *node = &raw->node[raw->nnodes++];
    node->tag = bp_msh_integer(text, 1, LLONG_MAX, "the number of a node");
    read_position(text, node);
  }
}

static void read_node_block(BpMshText *text, BpMshRaw *raw, int room) {
  const int dim = (int)bp_msh_integer(text, 0, 3, "a dimension");
  bp_msh_integer(text, INT_MIN, INT_MAX, "an entity");
  const int parametric = (int)bp_msh_integer(text, 0, 1, "whether nodes are parametric");
  const int count = (int)bp_msh_integer(text, 0, room, "the number of nodes in a block");
  BpMshNode *node = raw->node + raw->nnodes;
  for (int i = 0; i < count && !text->failed; i++)
    node[i].tag = bp_msh_integer(text, 1, LLONG_MAX, "the number of a node");
  for (int i = 0; i < count && !text->failed; i++) {
    read_position(text, &node[i]);
    for (int d = 0; d < dim && parametric; d++)
      bp_msh_number(text, "a parametric coordinate");
  }
  raw->nnodes += text->failed ? 0 : count;
}

void bp_msh_nodes_41(BpMshText *text, BpMshRaw *raw) {
  const int nblocks = bp_msh_count(text, "the number of blocks");
  const int count = bp_msh_count(text, "the number of nodes");
  bp_msh_integer(text, 0, LLONG_MAX, "the smallest node number");
  bp_msh_integer(text, 0, LLONG_MAX, "the largest node number");
  reserve_nodes(text, raw, count);
  for (int i = 0; i < nblocks && !text->failed; i++)
    read_node_block(text, raw, count - raw->nnodes);
  if (raw->nnodes < count)
    bp_msh_fail(text, "%d nodes where %d were announced", raw->nnodes, count);
}
