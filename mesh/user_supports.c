/* What the supports of a user's mesh hold. */
#include "directions.h"
#include "user_mesh_impl.h"

#include <stdlib.h>
#include <string.h>

/* Calls for every node of a boundary, as often as faces and marks have it. */
typedef struct {
  double low[3], high[3];
  int count;
} Box;

static void add_to_box(const BpMesh *mesh, int node, Box *box) {
  for (int d = 0; d < 3; d++) {
    const double x = mesh->xyz[3 * (size_t)node + (size_t)d];
    box->low[d] = box->count ? fmin(box->low[d], x) : x;
    box->high[d] = box->count ? fmax(box->high[d], x) : x;
  }
  box->count++;
}

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

/* Adds the square of a support along `direction` at x on the six motions of the body. */
static void add_support(const double x[3], const double direction[3], double gram[6][6]) {
  double motion[6];
  for (int d = 0; d < 3; d++) {
    motion[d] = direction[d];
    motion[3 + d] =
        x[(d + 1) % 3] * direction[(d + 2) % 3] - x[(d + 2) % 3] * direction[(d + 1) % 3];
  }
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      gram[i][j] += motion[i] * motion[j];
}

/* 1 if the Gram matrix of the six motions is singular. */
static int is_singular(double gram[6][6]) {
  double trace = 0.0;
  for (int i = 0; i < 6; i++)
    trace += gram[i][i] / 6.0;
  for (int c = 0; c < 6; c++) { /* Cholesky */
    for (int k = 0; k < c; k++)
      gram[c][c] -= gram[c][k] * gram[c][k];
    if (!(gram[c][c] > 1e-9 * trace))
      return 1;
    gram[c][c] = sqrt(gram[c][c]);
    for (int r = c + 1; r < 6; r++) {
      for (int k = 0; k < c; k++)
        gram[r][c] -= gram[r][k] * gram[c][k];
      gram[r][c] /= gram[c][c];
    }
  }
  return 0;
}

/* Place in the body's box, from -1 to 1, so that all six motions are of one size. */
static void relative(const BpMesh *mesh, const Box *box, int node, double x[3]) {
  double size = 0.0;
  for (int d = 0; d < 3; d++)
    size = fmax(size, 0.5 * (box->high[d] - box->low[d]));
  for (int d = 0; d < 3; d++)
    x[d] = (mesh->xyz[3 * (size_t)node + (size_t)d] - 0.5 * (box->low[d] + box->high[d])) / size;
}

/* Springs hold each vertex of their faces along the normal. */
static void add_springs(const BpUserMesh *u, const Box *box, double gram[6][6]) {
  const BpMesh *mesh = u->mesh;
  for (int f = 0; f < mesh->faces.count; f++) {
    const int *node = mesh->faces.node + mesh->faces.start[f];
    int springs = 0;
    for (int e = 0; e < u->bp->model.nboundary; e++)
      springs |= u->bp->model.boundary[e].foundation > 0.0 &&
                 bp_mesh_find_boundary(mesh, u->bp->model.boundary[e].on) == mesh->faces.group[f];
    if (!springs)
      continue;
    double x[3][3], n[3];
    for (int i = 0; i < 3; i++)
      relative(mesh, box, node[i], x[i]);
    for (int d = 0; d < 3; d++) {
      const int a = (d + 1) % 3, b = (d + 2) % 3;
      n[d] = (x[1][a] - x[0][a]) * (x[2][b] - x[0][b]) - (x[1][b] - x[0][b]) * (x[2][a] - x[0][a]);
    }
    for (int i = 0; i < 3; i++)
      add_support(x[i], n, gram);
  }
}

static void check_planes(const BpUserMesh *u, BpDirections *along) {
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
  if (u->problems->count == before && !directions_of(u->bp, u->mesh, along))
    bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
               "model.boundary holds displacements in too many directions: beside a plane of "
               "symmetry that is not normal to an axis, three independent ones in all are "
               "possible; turn the mesh, or fix all three components");
}

void bp_user_mesh_supports(const BpUserMesh *u) {
  const int before = u->problems->count;
  Box box = {.count = 0};
  double gram[6][6] = {{0}};
  BpDirections along;
  check_planes(u, &along);
  if (u->problems->count > before)
    return;
  for (int n = 0; n < u->mesh->nnodes; n++)
    add_to_box(u->mesh, n, &box);
  unsigned char *bits = prescribed(u->bp, u->mesh, &along);
  for (int n = 0; n < u->mesh->nnodes; n++)
    for (int d = 0; d < 3; d++) {
      double x[3];
      if (!(bits[n] >> d & 1))
        continue;
      relative(u->mesh, &box, n, x);
      add_support(x, along.row[d], gram);
    }
  add_springs(u, &box, gram);
  free(bits);
  if (is_singular(gram))
    bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
               "the supports of model.boundary leave the body free to move or turn; fix more "
               "components, or add a foundation");
}
