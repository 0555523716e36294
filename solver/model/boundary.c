#include "boundary.h"

#include <stdlib.h>
#include <string.h>

static int has_load(const BpBoundaryCase *b) {
  return fabs(b->pressure) > 0.0 || b->ntraction > 0;
}

static int is_symmetry(const BpBoundaryCase *b) {
  return strcmp(b->symmetry, "yes") == 0;
}

PetscErrorCode bp_boundary_create(BpModel *model) {
  const BpGrid *grid = model->grid;
  const BpModelCase *wanted = &model->bp->model;
  int *local = bp_grid_local_cells(grid);
  model->factor = BP_NEW(double, wanted->nboundary);
  for (int b = 0; b < wanted->nboundary; b++) {
    const BpBoundaryCase *boundary = &wanted->boundary[b];
    const int set = bp_grid_set(grid, boundary->on);
    PetscCheck(set >= 0, grid->comm, PETSC_ERR_USER_INPUT, "the mesh has nothing named '%s'",
               boundary->on);
    for (int f = 0; f < grid->nfaces; f++) {
      const BpFace *face = &grid->face[f];
      if (face->set != set || local[face->cell] < 0 ||
          !(has_load(boundary) || boundary->foundation > 0.0))
        continue;
      BP_GROW(model->loaded, model->nloaded + 1);
      model->loaded[model->nloaded++] = (BpLoadedFace){local[face->cell], face->local, b};
    }
  }
  free(local);
  return 0;
}

/* ---- displacements */

/* Normal of a plane set of faces. */
static PetscErrorCode normal_of(const BpGrid *grid, const BpBoundaryCase *b, double normal[3]) {
  const int set = bp_grid_set(grid, b->on);
  double(*x)[3] = NULL;
  int n = 0;
  for (int f = 0; f < grid->nfaces; f++) {
    const BpFace *face = &grid->face[f];
    if (face->set != set)
      continue;
    x = bp_resize(x, (size_t)n + (size_t)face->nnodes, sizeof x[0]);
    memcpy(x + n, face->xyz, (size_t)face->nnodes * sizeof x[0]);
    n += face->nnodes;
  }
  const int plane = n > 0 && bp_plane_normal((const double(*)[3])x, n, normal);
  free(x);
  PetscCheck(plane, grid->comm, PETSC_ERR_USER_INPUT, "'%s' is no plane", b->on);
  return 0;
}

PetscErrorCode bp_directions_of(const BpCase *bp, BpGrid *grid) {
  static const double axis[3][3] = {{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}};
  BpDirections *along = &grid->along;
  bp_directions_start(along);
  if (bp_case_is_array(bp) && bp_grid_set(grid, "mirror_diagonal") >= 0) {
    const double octant[2][3] = {{1.0, -1.0, 0.0}, {1.0, 1.0, 0.0}};
    along->oblique = 1;
    memcpy(along->row[0], octant[0], sizeof octant[0]);
    along->basis[0][1] = 1.0;
  }
  for (int b = 0; b < bp->model.nboundary && bp_case_is_mesh(bp); b++)
    for (int d = 0; d < 3; d++)
      if (bp_boundary_is_along(&bp->model.boundary[b], d))
        bp_directions_add(along, axis[d]);
  for (int b = 0; b < bp->model.nboundary && bp_case_is_mesh(bp); b++)
    if (is_symmetry(&bp->model.boundary[b])) {
      double normal[3];
      PetscCall(normal_of(grid, &bp->model.boundary[b], normal));
      PetscCheck(bp_directions_add(along, normal) >= 0, grid->comm, PETSC_ERR_USER_INPUT,
                 "too many directions are held");
    }
  PetscCheck(!bp_case_is_mesh(bp) || bp_directions_finish(along), grid->comm, PETSC_ERR_USER_INPUT,
             "directions that are held depend on each other");
  return 0;
}

/* Bits of the unknowns that an entry prescribes. */
static PetscErrorCode held_by(const BpGrid *grid, const BpBoundaryCase *b, unsigned *bits) {
  BpDirections along = grid->along;
  double normal[3];
  *bits = bp_boundary_components(b);
  if (!is_symmetry(b))
    return 0;
  PetscCall(normal_of(grid, b, normal));
  *bits |= 1u << bp_directions_add(&along, normal);
  return 0;
}

PetscErrorCode bp_boundary_fix(BpModel *model) {
  const BpGrid *grid = model->grid;
  BpConstraints *c = &model->constraints;
  c->fixed = BP_NEW(unsigned char, 3 * (size_t)grid->nnodes);
  c->value = BP_NEW(double, 3 * (size_t)grid->nnodes);
  c->support = -1;
  for (int b = 0; b < model->bp->model.nboundary; b++) {
    const BpBoundaryCase *boundary = &model->bp->model.boundary[b];
    const unsigned set = 1u << bp_grid_set(grid, boundary->on);
    unsigned bits;
    PetscCall(held_by(grid, boundary, &bits));
    for (int n = 0; n < grid->nnodes; n++)
      for (int d = 0; d < 3; d++)
        if ((grid->node_sets[n] & set) && (bits >> d & 1u))
          c->fixed[3 * n + d] = 1;
  }
  return 0;
}

void bp_boundary_set_values(BpModel *model) {
  const BpGrid *grid = model->grid;
  for (int b = 0; b < model->bp->model.nboundary; b++) {
    const BpBoundaryCase *boundary = &model->bp->model.boundary[b];
    const unsigned set = 1u << bp_grid_set(grid, boundary->on);
    const double factor = bp_boundary_factor(boundary, model->t1);
    for (int d = 0; d < 3; d++)
      for (int n = 0; n < grid->nnodes && fabs(boundary->displacement[d]) > 0.0; n++)
        if (grid->node_sets[n] & set)
          model->constraints.value[3 * n + d] = factor * boundary->displacement[d];
  }
}

int bp_boundary_changes(const BpModel *model) {
  for (int b = 0; b < model->bp->model.nboundary; b++)
    if (bp_boundary_factor(&model->bp->model.boundary[b], model->t1) != model->factor[b])
      return 1;
  return 0;
}

void bp_boundary_keep_factors(BpModel *model) {
  for (int b = 0; b < model->bp->model.nboundary; b++)
    model->factor[b] = bp_boundary_factor(&model->bp->model.boundary[b], model->t1);
}

/* ---- loads and springs */

/* A face of a local cell, ready to integrate over. */
typedef struct {
  const BpFaceElement *element;
  int node[BP_FACE_MAX_NODES]; /* of the cell */
  double xyz[BP_FACE_MAX_NODES][3];
} Face;

static Face open_face(const BpGrid *grid, const BpLoadedFace *loaded) {
  Face face = {0};
  const BpCellType type = (BpCellType)grid->cell_type[loaded->cell];
  face.element = bp_face_element(bp_cell_face_nodes(type, loaded->face, face.node));
  for (int i = 0; i < face.element->nnodes; i++)
    memcpy(face.xyz[i], grid->xyz[bp_grid_nodes(grid, loaded->cell)[face.node[i]]],
           sizeof face.xyz[i]);
  return face;
}

/* n dA times the point's weight; returns dA. */
static double point_normal(const Face *face, int q, double N[BP_FACE_MAX_NODES], double n[3]) {
  double area = 0.0;
  bp_face_geometry(face->element, (const double(*)[3])face->xyz, face->element->point[q], NULL, n);
  face->element->shapes(face->element->point[q], N, NULL);
  for (int d = 0; d < 3; d++) {
    n[d] *= face->element->weight[q];
    area += n[d] * n[d];
  }
  return sqrt(area);
}

void bp_boundary_add_loads(const BpModel *model, double *load) {
  const BpGrid *grid = model->grid;
  for (int i = 0; i < model->nloaded; i++) {
    const BpLoadedFace *loaded = &model->loaded[i];
    const BpBoundaryCase *b = &model->bp->model.boundary[loaded->entry];
    const double factor = bp_boundary_factor(b, model->t1);
    const Face face = open_face(grid, loaded);
    const int *nodes = bp_grid_nodes(grid, loaded->cell);
    for (int q = 0; q < face.element->npoints && has_load(b); q++) {
      double N[BP_FACE_MAX_NODES], n[3];
      const double area = point_normal(&face, q, N, n);
      for (int a = 0; a < face.element->nnodes; a++) {
        double force[3];
        for (int d = 0; d < 3; d++)
          force[d] = N[a] * factor *
                     ((b->ntraction > 0 ? b->traction[d] * area : 0.0) - b->pressure * n[d]);
        bp_add_force(grid, nodes[face.node[a]], force, load);
      }
    }
  }
}

/* K [3 nodes][3 nodes] of a cell: springs along the normal on one of its faces. */
static void spring_stiffness(const Face *face, double foundation, int ndofs, double *K) {
  memset(K, 0, (size_t)ndofs * (size_t)ndofs * sizeof K[0]);
  for (int q = 0; q < face->element->npoints; q++) {
    double N[BP_FACE_MAX_NODES], n[3];
    const double area = point_normal(face, q, N, n);
    for (int a = 0; a < face->element->nnodes; a++)
      for (int b = 0; b < face->element->nnodes; b++)
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++)
            K[(3 * face->node[a] + i) * ndofs + 3 * face->node[b] + j] +=
                foundation * N[a] * N[b] * n[i] * n[j] / area;
  }
}

/* What prescribed displacements do to the springs. */
static void push_springs(const BpModel *model, const int *nodes, int ndofs, const double *K,
                         double *load) {
  const BpConstraints *c = &model->constraints;
  for (int m = 0; m < ndofs / 3; m++) {
    double unknown[3], u[3];
    for (int d = 0; d < 3; d++)
      unknown[d] = c->fixed[3 * nodes[m] + d] ? c->value[3 * nodes[m] + d] : 0.0;
    bp_grid_displacement(model->grid, unknown, u);
    for (int n = 0; n < ndofs / 3; n++) {
      double force[3] = {0};
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
          force[i] -= K[(3 * n + i) * ndofs + 3 * m + j] * u[j];
      bp_add_force(model->grid, nodes[n], force, load);
    }
  }
}

void bp_boundary_add_springs(const BpModel *model, double *load, BpStiffness *to) {
  const BpGrid *grid = model->grid;
  double K[BP_FE_MAX_DOFS * BP_FE_MAX_DOFS];
  for (int i = 0; i < model->nloaded; i++) {
    const BpLoadedFace *loaded = &model->loaded[i];
    const BpBoundaryCase *b = &model->bp->model.boundary[loaded->entry];
    const int *nodes = bp_grid_nodes(grid, loaded->cell);
    const int ndofs = 3 * bp_grid_cell_info(grid, loaded->cell)->nnodes;
    if (!(b->foundation > 0.0))
      continue;
    const Face face = open_face(grid, loaded);
    spring_stiffness(&face, b->foundation, ndofs, K);
    if (load)
      push_springs(model, nodes, ndofs, K, load);
    bp_add_stiffness(model, loaded->cell, K, to);
  }
}
