/* The mesh of a setup: built or read, then measured. */
#include "setup.h"

#include "counts.h"
#include "held.h"
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

enum { MOST_SETS = 32 }; /* bits of a node */
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
  if (mesh->nboundaries > MOST_SETS)
    bp_problem(
        problems, BP_EXIT_GEOMETRY, file, 0,
        "the mesh names %d surfaces; at most %d are possible: name those that the case needs",
        mesh->nboundaries, MOST_SETS);
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

/* The model's one support in z: a node on the back of the die and all mirrors. */
static void add_support_in_z(const BpMesh *mesh, BpSupports *supports) {
  static const double z[3] = {0.0, 0.0, 1.0};
  unsigned *sets = BP_NEW(unsigned, mesh->nnodes), wanted = 0;
  for (int i = 0; i < mesh->nboundaries; i++)
    if (strcmp(mesh->boundary[i], BP_DIE_BACK) == 0 || strcmp(mesh->boundary[i], BP_MIRROR) == 0 ||
        strcmp(mesh->boundary[i], BP_MIRROR_X) == 0 ||
        strcmp(mesh->boundary[i], BP_MIRROR_DIAGONAL) == 0)
      wanted |= 1u << i;
  for (int f = 0; f < mesh->faces.count; f++)
    for (int i = mesh->faces.start[f]; i < mesh->faces.start[f + 1]; i++)
      sets[mesh->faces.node[i]] |= 1u << mesh->faces.group[f];
  int n = 0;
  while (n < mesh->nnodes && (sets[n] & wanted) != wanted)
    n++;
  if (n < mesh->nnodes)
    bp_supports_add(supports, n, z);
  free(sets);
}

static BpSupports list_supports(const BpSetup *setup, const BpMesh *mesh) {
  const int octant = strcmp(setup->bp->model.kind, "octant") == 0;
  const double direction[2][3] = {{1.0, octant ? -1.0 : 0.0, 0.0}, {0.0, 1.0, 0.0}};
  BpSupports supports = {0};
  for (int f = 0; f < mesh->faces.count; f++) {
    const char *name = mesh->boundary[mesh->faces.group[f]];
    const int is_long = strcmp(name, BP_LONG_DIE) == 0 || strcmp(name, BP_LONG_BOARD) == 0;
    const unsigned held = is_long ? 0 : held_of(mesh, mesh->faces.group[f]); /* these move */
    for (int i = mesh->faces.start[f]; i < mesh->faces.start[f + 1]; i++)
      for (int d = 0; d < 2; d++)
        if (held >> d & 1u)
          bp_supports_add(&supports, mesh->faces.node[i], direction[d]);
  }
  add_support_in_z(mesh, &supports);
  return supports;
}

/* A mesh from a file may have parts that hang together with nothing, also before the joining. */
static void check_held(const BpSetup *setup, const BpMesh *mesh, BpProblems *problems) {
  static const char supports[] = "the sides, mirrors and die_back",
                    remedy[] = "name the faces that hold it as docs/cli.md has them";
  const BpHeldText whole = {setup->mesh_file, "", supports, remedy},
                   early = {setup->mesh_file, "before the joining, ", supports, remedy};
  unsigned char *there = BP_NEW(unsigned char, mesh->nregions);
  BpSupports list = list_supports(setup, mesh);
  memset(there, 1, (size_t)mesh->nregions);
  if (bp_mesh_held(mesh, there, &list, &whole, problems) == BP_OK) {
    for (int i = 0; i < mesh->nregions; i++)
      there[i] = !setup->bp->materials.region[bp_region_find(mesh->region[i])].joined;
    bp_mesh_held(mesh, there, &list, &early, problems);
  }
  free(list.item);
  free(there);
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
  if (problems->count == 0 && file)
    check_held(setup, meshed->mesh, problems);
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

static void drop(BpMeshed *meshed) {
  bp_mesh_free(meshed->mesh);
  meshed->mesh = NULL;
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
  if (code != BP_EXIT_OK)
    drop(meshed);
  return code;
}

BpExit bp_setup_fits_ranks(const BpApp *app, double largest, BpMeshed *meshed) {
  BpProblems problems = {0};
  if (meshed->mesh)
    bp_couplings_fit(bp_mesh_couplings(meshed->mesh), app->nranks, largest, &problems);
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  if (code != BP_EXIT_OK)
    drop(meshed);
  return code;
}
