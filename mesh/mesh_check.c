#include "fe.h"
#include "mesh.h"

#include <string.h>

static const double least_quality = 0.1, largest_volume_error = 5e-3;

static void cell_nodes(const BpMesh *mesh, int cell, double xyz[BP_FE_MAX_NODES][3]) {
  const int *node = mesh->cells.node + mesh->cells.start[cell];
  for (int n = 0; n < mesh->cells.start[cell + 1] - mesh->cells.start[cell]; n++)
    memcpy(xyz[n], mesh->xyz + 3 * (size_t)node[n], 3 * sizeof xyz[n][0]);
}

static double cell_volume(const BpElement *element, const double (*xyz)[3]) {
  double volume = 0.0;
  for (int q = 0; q < element->npoints; q++)
    volume += element->weight[q] * bp_element_jacobian(element, xyz, element->point[q], NULL);
  return volume;
}

static void middle(const BpElement *element, const double (*xyz)[3], double x[3]) {
  double xi[3];
  bp_element_center(element, xi);
  bp_element_position(element, xyz, xi, x);
}

static void report_invalid(const BpMesh *mesh, int cell, const double (*xyz)[3], double quality,
                           BpProblems *problems) {
  double x[3];
  middle(bp_element((BpCellType)mesh->cells.type[cell]), xyz, x);
  bp_problem(problems, BP_EXIT_GEOMETRY, NULL, 0,
             "cell %d of region '%s' at (%.4g, %.4g, %.4g) um is not valid (its Jacobian may fall "
             "to %.3g of its largest value); raise mesh.level or separate the circles there",
             cell, mesh->region[mesh->cells.group[cell]], 1e6 * x[0], 1e6 * x[1], 1e6 * x[2],
             quality);
}

static void compare_volumes(const BpGeometry *geometry, BpMeshReport *report) {
  bp_geometry_volumes(geometry, report->exact);
  for (int i = 0; i < BP_REGIONS; i++)
    if (report->exact[i] > 0.0)
      report->volume_error =
          fmax(report->volume_error, fabs(report->volume[i] / report->exact[i] - 1.0));
}

BpStatus bp_mesh_check(const BpMesh *mesh, const BpGeometry *geometry, BpMeshReport *report,
                       BpProblems *problems) {
  BpJacobianBound bound = {0};
  *report = (BpMeshReport){.nnodes = mesh->nnodes, .ncells = mesh->cells.count, .min_quality = 1.0};
  int invalid = 0;
  for (int c = 0; c < mesh->cells.count; c++) {
    double xyz[BP_FE_MAX_NODES][3], lower, upper;
    cell_nodes(mesh, c, xyz);
    const double(*at)[3] = (const double(*)[3])xyz;
    const BpElement *element = bp_element((BpCellType)mesh->cells.type[c]);
    if (!element) /* a face: bp_cells_add() takes any type */
      continue;
    if (element != bound.element)
      bp_jacobian_bound_init(element, &bound);
    bp_jacobian_bounds(&bound, at, &lower, &upper);
    const double quality = upper > 0.0 ? lower / upper : -1.0;
    if (quality < report->min_quality) {
      report->min_quality = quality;
      report->worst_cell = c;
      middle(element, at, report->worst);
    }
    if (!(quality > 0.0) && invalid++ < 10)
      report_invalid(mesh, c, at, quality, problems);
    const int region = bp_region_find(mesh->region[mesh->cells.group[c]]);
    if (region >= 0)
      report->volume[region] += cell_volume(element, at);
  }
  if (geometry)
    compare_volumes(geometry, report);
  return invalid ? BP_BAD : BP_OK;
}

BpStatus bp_mesh_accept(const BpMeshReport *report, BpProblems *problems) {
  const int before = problems->count;
  const double *x = report->worst;
  if (!(report->min_quality >= least_quality))
    bp_problem(problems, BP_EXIT_GEOMETRY, NULL, 0,
               "the smallest quality is %.3g, at (%.4g, %.4g, %.4g) um, and must be at least %g; "
               "raise mesh.level or separate the circles there",
               report->min_quality, 1e6 * x[0], 1e6 * x[1], 1e6 * x[2], least_quality);
  for (int i = 0; i < BP_REGIONS; i++) {
    const double error = report->exact[i] > 0.0 ? report->volume[i] / report->exact[i] - 1.0 : 0.0;
    if (!(fabs(error) <= largest_volume_error))
      bp_problem(problems, BP_EXIT_GEOMETRY, NULL, 0,
                 "the mesh of region '%s' is off its volume by %.2g %%, at most %g %% are allowed; "
                 "raise mesh.level",
                 bp_region_name(i), 100.0 * error, 100.0 * largest_volume_error);
  }
  return problems->count == before ? BP_OK : BP_BAD;
}
