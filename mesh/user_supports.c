/* What the supports of a user's mesh hold. */
#include "directions.h"
#include "held.h"
#include "user_mesh_impl.h"

#include <stdlib.h>
#include <string.h>

/* Normal of a plane surface; 0: it is none. */
static int normal_of(const BpMesh *mesh, const BpBoundaryCase *b, double normal[3]) {
  const int boundary = bp_mesh_find_boundary(mesh, b->on);
  double(*x)[3] = bp_alloc((size_t)mesh->nnodes, sizeof x[0]);
  unsigned char *seen = BP_NEW(unsigned char, mesh->nnodes);
  int n = 0;
  for (int f = 0; f < mesh->faces.count; f++)
    for (int i = mesh->faces.start[f];
         i < mesh->faces.start[f + 1] && mesh->faces.group[f] == boundary; i++) {
      const int node = mesh->faces.node[i];
      if (!seen[node]++)
        memcpy(x[n++], mesh->xyz + 3 * (size_t)node, sizeof x[0]);
    }
  const int plane = n > 0 && bp_plane_normal((const double(*)[3])x, n, normal);
  free(x);
  free(seen);
  return plane;
}

static int is_symmetry(const BpBoundaryCase *b) {
  return strcmp(b->symmetry, "yes") == 0;
}

/* Directions that are held; 0 where there are too many. */
static int directions_of(const BpCase *bp, const BpMesh *mesh, BpDirections *along) {
  static const double axis[3][3] = {{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}};
  int fit = 1;
  bp_directions_start(along);
  for (int e = 0; e < bp->model.nboundary; e++)
    for (int d = 0; d < 3; d++)
      if (bp_boundary_is_along(&bp->model.boundary[e], d))
        bp_directions_add(along, axis[d]);
  for (int e = 0; e < bp->model.nboundary; e++) {
    double normal[3];
    if (is_symmetry(&bp->model.boundary[e]) && normal_of(mesh, &bp->model.boundary[e], normal))
      fit &= bp_directions_add(along, normal) >= 0;
  }
  return bp_directions_finish(along) && fit;
}

/* Bits of the unknowns that each node's entries prescribe. */
static unsigned char *prescribed(const BpCase *bp, const BpMesh *mesh, BpDirections *along) {
  unsigned char *bits = BP_NEW(unsigned char, mesh->nnodes);
  for (int e = 0; e < bp->model.nboundary; e++) {
    const BpBoundaryCase *b = &bp->model.boundary[e];
    const int boundary = bp_mesh_find_boundary(mesh, b->on);
    unsigned own = bp_boundary_components(b);
    double normal[3];
    if (is_symmetry(b) && normal_of(mesh, b, normal))
      own |= 1u << bp_directions_add(along, normal);
    for (int f = 0; f < mesh->faces.count && own; f++)
      for (int i = mesh->faces.start[f];
           i < mesh->faces.start[f + 1] && mesh->faces.group[f] == boundary; i++)
        bits[mesh->faces.node[i]] |= (unsigned char)own;
    for (int i = 0; i < mesh->nmarks && own; i++)
      if (mesh->mark_group[i] == boundary)
        bits[mesh->mark_node[i]] |= (unsigned char)own;
  }
  return bits;
}

int bp_user_mesh_unknowns(const BpCase *bp, const BpMesh *mesh) {
  BpDirections along;
  directions_of(bp, mesh, &along);
  unsigned char *bits = prescribed(bp, mesh, &along);
  int count = 3 * mesh->nnodes;
  for (int n = 0; n < mesh->nnodes; n++)
    count -= (bits[n] & 1) + (bits[n] >> 1 & 1) + (bits[n] >> 2 & 1);
  free(bits);
  return count;
}

/* Springs hold each vertex of their faces along the normal. */
static void add_springs(const BpUserMesh *u, BpSupports *supports) {
  const BpMesh *mesh = u->mesh;
  for (int f = 0; f < mesh->faces.count; f++) {
    const int *node = mesh->faces.node + mesh->faces.start[f];
    int springs = 0;
    for (int e = 0; e < u->bp->model.nboundary; e++)
      springs |= u->bp->model.boundary[e].foundation > 0.0 &&
                 bp_mesh_find_boundary(mesh, u->bp->model.boundary[e].on) == mesh->faces.group[f];
    if (!springs)
      continue;
    const double *x[3];
    double n[3];
    for (int i = 0; i < 3; i++)
      x[i] = mesh->xyz + 3 * (size_t)node[i];
    for (int d = 0; d < 3; d++) {
      const int a = (d + 1) % 3, b = (d + 2) % 3;
      n[d] = (x[1][a] - x[0][a]) * (x[2][b] - x[0][b]) - (x[1][b] - x[0][b]) * (x[2][a] - x[0][a]);
    }
    for (int i = 0; i < 3; i++)
      bp_supports_add(supports, node[i], n);
  }
}

static BpSupports list_supports(const BpUserMesh *u) {
  BpSupports supports = {0};
  BpDirections along;
  directions_of(u->bp, u->mesh, &along);
  unsigned char *bits = prescribed(u->bp, u->mesh, &along);
  for (int n = 0; n < u->mesh->nnodes; n++)
    for (int d = 0; d < 3; d++)
      if (bits[n] >> d & 1)
        bp_supports_add(&supports, n, along.row[d]);
  add_springs(u, &supports);
  free(bits);
  return supports;
}

/* ---- before the joining */

/* Marks the regions that are there then; returns 1 if these are some and not all. */
static int find_early(const BpUserMesh *u, unsigned char *there) {
  int early = 0;
  for (int i = 0; i < u->mesh->nregions; i++) {
    const int region = bp_case_region(u->bp, u->mesh->region[i]);
    there[i] = !u->bp->materials.region[region].joined;
    early += there[i];
  }
  return early > 0 && early < u->mesh->nregions;
}

/* 1 if the entry pulls at a node of what is there, at the joining. */
static int pulls(const BpUserMesh *u, const BpBoundaryCase *b, const unsigned char *node_there) {
  const BpMesh *mesh = u->mesh;
  const int boundary = bp_mesh_find_boundary(mesh, b->on);
  const double *move = b->displacement;
  if (!(fabs(b->pressure) > 0.0 || b->ntraction > 0 ||
        fabs(move[0]) + fabs(move[1]) + fabs(move[2]) > 0.0) ||
      !(fabs(bp_boundary_factor(b, 0.0)) > 0.0))
    return 0;
  for (int f = 0; f < mesh->faces.count; f++)
    for (int i = mesh->faces.start[f];
         i < mesh->faces.start[f + 1] && mesh->faces.group[f] == boundary; i++)
      if (node_there[mesh->faces.node[i]])
        return 1;
  for (int i = 0; i < mesh->nmarks; i++)
    if (mesh->mark_group[i] == boundary && node_there[mesh->mark_node[i]])
      return 1;
  return 0;
}

/* 1 if there is anything to solve for: what is neither strained nor loaded stays where it is, held
 * or not. */
static int is_loaded_early(const BpUserMesh *u, const unsigned char *there) {
  const BpMesh *mesh = u->mesh;
  unsigned char *node_there = BP_NEW(unsigned char, mesh->nnodes);
  int loaded = 0;
  for (int i = 0; i < mesh->nregions; i++) {
    const int region = bp_case_region(u->bp, mesh->region[i]);
    loaded |= there[i] && fabs(u->bp->materials.region[region].stress_free - u->bp->load.start) > 0;
  }
  for (int c = 0; c < mesh->cells.count; c++)
    for (int i = mesh->cells.start[c]; i < mesh->cells.start[c + 1] && there[mesh->cells.group[c]];
         i++)
      node_there[mesh->cells.node[i]] = 1;
  for (int e = 0; e < u->bp->model.nboundary; e++)
    loaded |= pulls(u, &u->bp->model.boundary[e], node_there);
  free(node_there);
  return loaded;
}

/* ---- the checks */

static void check_planes(const BpUserMesh *u) {
  BpDirections along;
  const int before = u->problems->count;
  double normal[3];
  for (int e = 0; e < u->bp->model.nboundary; e++) {
    const BpBoundaryCase *b = &u->bp->model.boundary[e];
    if (is_symmetry(b) && !normal_of(u->mesh, b, normal))
      bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
                 "'%s' is no plane, and the case makes it one of symmetry; name its plane parts "
                 "apart, or fix components of its displacement",
                 b->on);
  }
  if (u->problems->count == before && !directions_of(u->bp, u->mesh, &along))
    bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
               "model.boundary holds displacements in too many directions: beside a plane of "
               "symmetry that is not normal to an axis, three independent ones in all are "
               "possible; turn the mesh, or fix all three components");
}

void bp_user_mesh_supports(const BpUserMesh *u) {
  static const char supports[] = "the supports of model.boundary";
  const BpHeldText whole = {u->file, "", supports, "fix more components, or add a foundation"},
                   early = {u->file, "before the joining, ", supports,
                            "fix more components there, or let it be joined too (joined: yes)"};
  const int before = u->problems->count;
  check_planes(u);
  if (u->problems->count > before)
    return;
  unsigned char *there = BP_NEW(unsigned char, u->mesh->nregions);
  BpSupports list = list_supports(u);
  memset(there, 1, (size_t)u->mesh->nregions);
  if (bp_mesh_held(u->mesh, there, &list, &whole, u->problems) == BP_OK && find_early(u, there) &&
      is_loaded_early(u, there))
    bp_mesh_held(u->mesh, there, &list, &early, u->problems);
  free(list.item);
  free(there);
}

void bp_user_mesh_exchange(const BpUserMesh *u) {
  const BpMesh *mesh = u->mesh;
  unsigned char *marked = BP_NEW(unsigned char, mesh->nnodes);
  for (int e = 0; e < u->bp->model.nboundary; e++) {
    const BpBoundaryCase *b = &u->bp->model.boundary[e];
    const int boundary = bp_mesh_find_boundary(mesh, b->on);
    if (!(b->temperature > 0.0 || b->convection > 0.0 || b->emissivity > 0.0))
      continue;
    for (int f = 0; f < mesh->faces.count; f++)
      for (int i = mesh->faces.start[f];
           i < mesh->faces.start[f + 1] && mesh->faces.group[f] == boundary; i++)
        marked[mesh->faces.node[i]] = 1;
    for (int i = 0; i < mesh->nmarks; i++)
      if (mesh->mark_group[i] == boundary)
        marked[mesh->mark_node[i]] = 1;
  }
  bp_mesh_exchanges(mesh, marked, u->file, u->problems);
  free(marked);
}
