/* A mesh of the user's against its case. */
#include "user_mesh_impl.h"

#include "nearest.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 10 };            /* problems of a kind */
static const double off = 0.5; /* of an edge's length that its middle node may be off its middle */

/* ---- names */

static void unknown_name(const BpUserMesh *u, const char *what, const char *name,
                         char (*known)[BP_MESH_NAME], int n) {
  const char **word = BP_NEW(const char *, n);
  for (int i = 0; i < n; i++)
    word[i] = known[i];
  const char *nearest = bp_nearest_word(name, word, n);
  bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0, "the mesh has no physical %s '%s'%s%s%s",
             what, name, nearest ? "; did you mean '" : "; name it there, or correct the case",
             nearest ? nearest : "", nearest ? "'?" : "");
  free(word);
}

static int has_region(const BpMesh *mesh, const char *name) {
  for (int i = 0; i < mesh->nregions; i++)
    if (strcmp(mesh->region[i], name) == 0)
      return 1;
  return 0;
}

static void check_volumes(const BpUserMesh *u) {
  BpMesh *mesh = u->mesh;
  for (int i = 0; i < mesh->nregions; i++)
    if (bp_case_region(u->bp, mesh->region[i]) < 0)
      bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
                 "physical volume '%s' has no material; add it to model.materials",
                 mesh->region[i]);
  for (int i = 0; i < u->bp->materials.count; i++)
    if (!has_region(mesh, u->bp->materials.region[i].name))
      unknown_name(u, "volume", u->bp->materials.region[i].name, mesh->region, mesh->nregions);
}

static int has_faces(const BpMesh *mesh, int boundary) {
  for (int f = 0; f < mesh->faces.count; f++)
    if (mesh->faces.group[f] == boundary)
      return 1;
  return 0;
}

static void use_name(const BpUserMesh *u, const char *name, unsigned char *keep) {
  const int i = bp_mesh_find_boundary(u->mesh, name);
  if (i >= 0)
    keep[i] = 1;
  else
    unknown_name(u, "surface, curve or point", name, u->mesh->boundary, u->mesh->nboundaries);
}

static int needs_surface(const BpBoundaryCase *b) {
  return fabs(b->pressure) > 0.0 || b->ntraction > 0 || b->foundation > 0.0 ||
         strcmp(b->symmetry, "yes") == 0 || fabs(b->flux) > 0.0 || b->convection > 0.0 ||
         b->emissivity > 0.0;
}

static void check_boundaries(const BpUserMesh *u) {
  enum { MOST_SETS = 32 };
  const BpOutputCase *output = &u->bp->output;
  unsigned char *keep = BP_NEW(unsigned char, u->mesh->nboundaries);
  int n = 0;
  for (int b = 0; b < u->bp->model.nboundary; b++) {
    const BpBoundaryCase *boundary = &u->bp->model.boundary[b];
    const int i = bp_mesh_find_boundary(u->mesh, boundary->on);
    use_name(u, boundary->on, keep);
    if (i >= 0 && needs_surface(boundary) && !has_faces(u->mesh, i))
      bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
                 "'%s' is no surface, and the case prescribes pressure, traction, foundation, "
                 "symmetry, flux, convection or radiation on it; name a physical surface",
                 boundary->on);
  }
  for (int i = 0; i < output->naverages; i++)
    if (output->average[i].on[0])
      use_name(u, output->average[i].on, keep);
  for (int i = 0; i < u->mesh->nboundaries; i++)
    n += keep[i];
  if (n > MOST_SETS)
    bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
               "the case names %d surfaces, curves and points; at most %d are allowed: join some "
               "in one physical group",
               n, MOST_SETS);
  bp_mesh_keep_boundaries(u->mesh, keep);
  free(keep);
}

/* ---- cells */

static void cell_nodes(const BpMesh *mesh, int cell, double xyz[BP_FE_MAX_NODES][3]) {
  const int *node = mesh->cells.node + mesh->cells.start[cell];
  for (int n = 0; n < mesh->cells.start[cell + 1] - mesh->cells.start[cell]; n++)
    memcpy(xyz[n], mesh->xyz + 3 * (size_t)node[n], 3 * sizeof xyz[n][0]);
}

static double distance(const double a[3], const double b[3]) {
  return sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
              (a[2] - b[2]) * (a[2] - b[2]));
}

/* 1 if a middle node lies far off its edge; says so. */
static int is_off_edge(const BpUserMesh *u, int cell, const double (*xyz)[3]) {
  const BpCellInfo *info = bp_cell_info((BpCellType)u->mesh->cells.type[cell]);
  for (int e = 0; e < info->nedges && info->order == 2; e++) {
    const double *a = xyz[info->edge[e][0]], *b = xyz[info->edge[e][1]],
                 *m = xyz[info->nvertices + e];
    const double middle[3] = {0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1]), 0.5 * (a[2] + b[2])};
    const double ratio = distance(m, middle) / distance(a, b);
    if (ratio <= off)
      continue;
    bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
               "cell %d (%s of '%s'): the middle node of an edge at (%.4g, %.4g, %.4g) mm is off "
               "by %.2g of the edge's length; remesh, or straighten it (Mesh.SecondOrderLinear)",
               cell, info->name, u->mesh->region[u->mesh->cells.group[cell]], 1e3 * m[0],
               1e3 * m[1], 1e3 * m[2], ratio);
    return 1;
  }
  return 0;
}

/* A bound over the whole cell is never too high but may be too low: a cell is inverted where its
 * Jacobian is, and not judged where only the bound is. */
static int is_inverted(const BpElement *element, const double (*xyz)[3]) {
  double lowest = HUGE_VAL;
  for (int q = 0; q < element->npoints; q++)
    lowest = fmin(lowest, bp_element_jacobian(element, xyz, element->point[q], NULL));
  for (int v = 0; v < bp_cell_info(element->cell)->nvertices; v++)
    lowest = fmin(lowest, bp_element_jacobian(element, xyz, element->node[v], NULL));
  return !(lowest > 0.0);
}

static void say_inverted(const BpUserMesh *u, int cell, const double x[3], const char *how) {
  bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
             "cell %d (%s of '%s') at (%.4g, %.4g, %.4g) mm is inverted%s; remesh, finer where the "
             "surface is curved (Mesh.HighOrderOptimize = 2)",
             cell, bp_cell_info((BpCellType)u->mesh->cells.type[cell])->name,
             u->mesh->region[u->mesh->cells.group[cell]], 1e3 * x[0], 1e3 * x[1], 1e3 * x[2], how);
}

static double cell_volume(const BpElement *element, const double (*xyz)[3]) {
  double volume = 0.0;
  for (int q = 0; q < element->npoints; q++)
    volume += element->weight[q] * bp_element_jacobian(element, xyz, element->point[q], NULL);
  return volume;
}

/* Measures a cell; 1 if it cannot be used. */
static int check_cell(const BpUserMesh *u, int cell, BpJacobianBound *bound, BpMeshReport *report) {
  const BpElement *element = bp_element((BpCellType)u->mesh->cells.type[cell]);
  double nodes[BP_FE_MAX_NODES][3], lower, upper, xi[3], x[3];
  const double(*xyz)[3] = (const double(*)[3])nodes;
  if (!element) /* a face: bp_cells_add() takes any type */
    return 0;
  if (element != bound->element)
    bp_jacobian_bound_init(element, bound);
  cell_nodes(u->mesh, cell, nodes);
  bp_element_center(element, xi);
  bp_element_position(element, xyz, xi, x);
  if (is_off_edge(u, cell, xyz))
    return 1;
  bp_jacobian_bounds(bound, xyz, &lower, &upper);
  const double quality = upper > 0.0 ? lower / upper : -1.0;
  if (quality < report->min_quality) {
    report->min_quality = quality;
    report->worst_cell = cell;
    memcpy(report->worst, x, sizeof x);
  }
  report->volume[bp_case_region(u->bp, u->mesh->region[u->mesh->cells.group[cell]])] +=
      cell_volume(element, xyz);
  if (quality > 0.0 || !is_inverted(element, xyz))
    return 0;
  say_inverted(u, cell, x,
               element->nnodes > bp_cell_info(element->cell)->nvertices ? " or folded" : "");
  return 1;
}

static void check_cells(const BpUserMesh *u, BpMeshReport *report) {
  BpJacobianBound bound = {0};
  int bad = 0, linear_tetrahedra = 0;
  *report =
      (BpMeshReport){.nnodes = u->mesh->nnodes, .ncells = u->mesh->cells.count, .min_quality = 1.0};
  for (int c = 0; c < u->mesh->cells.count && bad < MOST; c++) {
    bad += check_cell(u, c, &bound, report);
    linear_tetrahedra += u->mesh->cells.type[c] == BP_CELL_TET4;
  }
  if (bad == 0 && !(report->min_quality > 0.0))
    bp_warning(u->problems,
               "%s: cell %d at (%.4g, %.4g, %.4g) mm is strongly curved: no positive bound of its "
               "Jacobian was found (%.2g of the largest value)",
               u->file, report->worst_cell, 1e3 * report->worst[0], 1e3 * report->worst[1],
               1e3 * report->worst[2], report->min_quality);
  if (linear_tetrahedra > 0)
    bp_warning(u->problems,
               "%s: %d tetrahedra of first order: they are far too stiff in bending and where a "
               "material flows at constant volume; mesh with Mesh.ElementOrder = 2",
               u->file, linear_tetrahedra);
}

/* ---- the mesh */

static void scale(BpMesh *mesh, double unit) {
  for (int i = 0; i < 3 * mesh->nnodes; i++)
    mesh->xyz[i] *= unit;
}

BpMesh *bp_user_mesh(const BpCase *bp, const char *file, BpMeshReport *report,
                     BpProblems *problems) {
  const BpUserMesh u = {bp, file, bp_msh_read(file, problems), problems};
  if (!u.mesh)
    return NULL;
  scale(u.mesh, bp->model.unit);
  check_volumes(&u);
  check_boundaries(&u);
  bp_user_mesh_field(&u);
  if (bp_problems_exit(problems) == BP_EXIT_OK)
    check_cells(&u, report);
  if (bp_problems_exit(problems) == BP_EXIT_OK && !bp_case_is_heat_alone(bp))
    bp_user_mesh_supports(&u);
  if (bp_problems_exit(problems) == BP_EXIT_OK && bp_case_has_heat(bp) &&
      strcmp(bp->load.heat.steady, "yes") == 0)
    bp_user_mesh_exchange(&u);
  if (bp_problems_exit(problems) == BP_EXIT_OK)
    return u.mesh;
  bp_mesh_free(u.mesh);
  return NULL;
}
