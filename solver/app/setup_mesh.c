/* The mesh of a setup: built or read, then measured. */
#include "setup.h"

#include "nearest.h"
#include "outside.h"

#include <stdlib.h>
#include <string.h>

static const double foreign = 0.02; /* error of a region's volume that no mesh of the case has */

/* Faces that a mesh from a file must name, and what the model holds of their nodes: bit 0 for the
 * first component of the displacement, and so on. */
typedef struct {
  const char *name;
  unsigned needed; /* bits of the models that need it */
  unsigned held;
} Face;

enum { CELL = 1, HALF = 2, QUARTER = 4, OCTANT = 8, STRIP = 16, ALL = 31 };

static const Face faces[] = {
    {BP_SIDE_DIE, CELL | HALF, 3},
    {BP_SIDE_BOARD, CELL | HALF, 3},
    {BP_DIE_BACK, ALL, 0},
    {BP_WETTED_PACKAGE, ALL, 0},
    {BP_WETTED_BOARD, ALL, 0},
    {BP_MIRROR, HALF | QUARTER | OCTANT | STRIP, 2},
    {BP_MIRROR_X, QUARTER | STRIP, 1},
    {BP_MIRROR_DIAGONAL, OCTANT, 1},
    {BP_LONG_DIE, STRIP, 2},
    {BP_LONG_BOARD, STRIP, 2},
    {BP_SIDE_FILL, 0, 3},
};

/* How a strip's long face moves, in the place of its nodes' displacement along y. */
static const int unknowns_of_strip = 4;

static int is_needed(const Face *face, const BpGeometry *g) {
  const unsigned model = !bp_case_is_array(g->bp)                   ? (g->whole ? CELL : HALF)
                         : bp_case_is_strip(g->bp)                  ? STRIP
                         : strcmp(g->bp->model.kind, "octant") == 0 ? OCTANT
                                                                    : QUARTER;
  return (face->needed & model) != 0;
}

/* A mesh from a file must be one of a cell of this case. */
static void check_names(const BpGeometry *g, const BpMesh *mesh, const char *file,
                        BpProblems *problems) {
  const BpPackage *package = &g->bp->package;
  const char *known[BP_REGIONS];
  int nknown = 0;
  for (int i = 0; i < BP_REGIONS; i++)
    if (bp_region_is_there(package, i))
      known[nknown++] = bp_region_name(i);
  for (int i = 0; i < mesh->nregions; i++) {
    const int region = bp_region_find(mesh->region[i]);
    if (region >= 0 && bp_region_is_there(package, region))
      continue;
    const char *nearest = bp_nearest_word(mesh->region[i], known, nknown);
    bp_problem(problems, BP_EXIT_GEOMETRY, file, 0,
               "physical volume '%s' is no region of the package; %s%s%s", mesh->region[i],
               nearest ? "did you mean '" : "see the regions in docs/cli.md",
               nearest ? nearest : "", nearest ? "'?" : "");
  }
  for (int i = 0; i < BP_COUNT(faces); i++)
    if (is_needed(&faces[i], g) && bp_mesh_find_boundary(mesh, faces[i].name) < 0)
      bp_problem(problems, BP_EXIT_GEOMETRY, file, 0,
                 "the mesh has no physical surface '%s'; name these faces", faces[i].name);
}

static void check_volumes(const BpMeshReport *report, const char *file, BpProblems *problems) {
  for (int i = 0; i < BP_REGIONS; i++)
    if (report->exact[i] > 0.0 && !(fabs(report->volume[i] / report->exact[i] - 1.0) < foreign))
      bp_problem(problems, BP_EXIT_GEOMETRY, file, 0,
                 "region '%s' has a volume of %.6g mm3 and %.6g mm3 in the case; use a mesh of "
                 "this case, in m",
                 bp_region_name(i), 1e9 * report->volume[i], 1e9 * report->exact[i]);
}

/* What is held of the nodes of a face set. */
static unsigned held_of(const BpMesh *mesh, int set) {
  for (int i = 0; i < BP_COUNT(faces); i++)
    if (strcmp(mesh->boundary[set], faces[i].name) == 0)
      return faces[i].held;
  return 0;
}

/* What the model will leave free; one node is held in z. */
static int count_unknowns(const BpMesh *mesh) {
  unsigned *held = BP_NEW(unsigned, mesh->nnodes);
  for (int f = 0; f < mesh->faces.count; f++)
    for (int i = mesh->faces.start[f]; i < mesh->faces.start[f + 1]; i++)
      held[mesh->faces.node[i]] |= held_of(mesh, mesh->faces.group[f]);
  int count = 3 * mesh->nnodes - 1;
  for (int n = 0; n < mesh->nnodes; n++)
    count -= (int)((held[n] & 1u) + (held[n] >> 1));
  free(held);
  return count;
}

static void make_user_mesh(const BpSetup *setup, BpMeshed *meshed, BpProblems *problems) {
  meshed->mesh = bp_user_mesh(setup->bp, setup->mesh_file, &meshed->report, problems);
  meshed->report.volume_error = (double)NAN;
  if (meshed->mesh)
    meshed->unknowns = bp_user_mesh_unknowns(setup->bp, meshed->mesh);
}

static void make_mesh(const BpSetup *setup, BpMeshed *meshed, BpProblems *problems) {
  const char *file = setup->mesh_file;
  meshed->mesh = file ? bp_msh_read(file, problems) : bp_mesh_build(&setup->geometry, problems);
  if (!meshed->mesh)
    return;
  if (file)
    check_names(&setup->geometry, meshed->mesh, file, problems);
  if (problems->count > 0)
    return;
  bp_mesh_check(meshed->mesh, &setup->geometry, &meshed->report, problems);
  if (file)
    check_volumes(&meshed->report, file, problems);
  else if (problems->count == 0)
    bp_mesh_accept(&meshed->report, problems);
  meshed->unknowns = count_unknowns(meshed->mesh);
  if (bp_case_is_strip(setup->bp))
    meshed->unknowns += unknowns_of_strip;
}

double bp_setup_part(const BpSetup *setup) {
  const char *kind = setup->bp->model.kind;
  if (bp_case_is_array(setup->bp))
    return strcmp(kind, "octant") == 0 ? 0.125 : 0.25;
  return bp_case_is_mesh(setup->bp) ? 1.0 : bp_geometry_part(&setup->geometry);
}

BpExit bp_setup_mesh(const BpApp *app, const BpSetup *setup, BpMeshed *meshed) {
  BpProblems problems = {0};
  *meshed = (BpMeshed){0};
  if (app->rank == 0 && bp_case_is_mesh(setup->bp))
    make_user_mesh(setup, meshed, &problems);
  else if (app->rank == 0)
    make_mesh(setup, meshed, &problems);
  if (meshed->mesh && bp_case_has_heat(setup->bp) && bp_case_is_array(setup->bp))
    bp_mesh_name_outside(&setup->geometry, meshed->mesh);
  const BpExit code = bp_app_report(app, &problems);
  if (code == BP_EXIT_OK)
    bp_app_warn(app, &problems);
  meshed->warnings = problems;
  if (code != BP_EXIT_OK) {
    bp_problems_free(&meshed->warnings);
    bp_mesh_free(meshed->mesh);
    meshed->mesh = NULL;
  }
  return code;
}
