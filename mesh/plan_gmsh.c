/* The only file that calls Gmsh: the planar triangulation. Written for the C interface of 4.8 and
 * later; 4.9 gave gmshInitialize one more argument. */
#include "plan_gmsh.h"

#include <stdlib.h>
#include <string.h>

#ifdef BALLPAD_GMSH

#include "gmsh_late.h"

/* Every call clears its own error: errors are gathered, so that a later success does not hide one.
 */
#define CALL(function, ...)                                                                        \
  do {                                                                                             \
    int call_failed = 0;                                                                           \
    function(__VA_ARGS__, &call_failed);                                                           \
    *error |= call_failed;                                                                         \
  } while (0)

static void start(int *error) {
#if GMSH_API_VERSION_MAJOR == 4 && GMSH_API_VERSION_MINOR < 9
  CALL(gmshInitialize, 0, NULL, 0);
#else
  CALL(gmshInitialize, 0, NULL, 0, 0);
#endif
  CALL(gmshOptionSetNumber, "General.Terminal", 0);
  CALL(gmshOptionSetNumber, "General.NumThreads", 1);
  CALL(gmshOptionSetNumber, "Mesh.Algorithm", 6);
}

static void finish(int *error) {
  int failed = 0;
  gmshFinalize(&failed);
  *error |= failed;
}

char *bp_gmsh_version(void) {
  int status = 0, *error = &status;
  char *text = NULL, *copy;
  BpProblems ignored = {0};
  const BpStatus loaded = bp_gmsh_load(&ignored);
  bp_problems_free(&ignored);
  if (loaded != BP_OK)
    return bp_copy_text("none");
  start(error);
  CALL(gmshOptionGetString, "General.Version", &text);
  copy = bp_copy_text(text ? text : "unknown");
  gmshFree(text);
  finish(error);
  return copy;
}

int bp_gmsh_point(double x, double y, int *error) {
  int failed = 0; /* in micrometres: Gmsh's tolerances are absolute */
  const int tag = gmshModelGeoAddPoint(1e6 * x, 1e6 * y, 0.0, 0.0, -1, &failed);
  *error |= failed;
  return tag;
}

int bp_gmsh_line(int from, int to, int segments, int *error) {
  int failed = 0;
  const int tag = gmshModelGeoAddLine(from, to, -1, &failed);
  *error |= failed;
  CALL(gmshModelGeoMeshSetTransfiniteCurve, tag, segments + 1, "Progression", 1.0);
  return tag;
}

int bp_gmsh_arc(int from, int center, int to, int segments, int *error) {
  int failed = 0;
  const int tag = gmshModelGeoAddCircleArc(from, center, to, -1, 0.0, 0.0, 0.0, &failed);
  *error |= failed;
  CALL(gmshModelGeoMeshSetTransfiniteCurve, tag, segments + 1, "Progression", 1.0);
  return tag;
}

int bp_gmsh_face(int *curve, int ncurves, int *corner, int *error) {
  int failed = 0;
  int loop = gmshModelGeoAddCurveLoop(curve, (size_t)ncurves, -1, 0, &failed);
  *error |= failed;
  const int tag = gmshModelGeoAddPlaneSurface(&loop, 1, -1, &failed);
  *error |= failed;
  if (corner)
    CALL(gmshModelGeoMeshSetTransfiniteSurface, tag, "Left", corner, 4);
  return tag;
}

int bp_gmsh_frame(int *curve, int ncurves, int *hole, int nhole, int *error) {
  int loop[2], failed[3] = {0};
  loop[0] = gmshModelGeoAddCurveLoop(curve, (size_t)ncurves, -1, 0, &failed[0]);
  loop[1] = gmshModelGeoAddCurveLoop(hole, (size_t)nhole, -1, 0, &failed[1]);
  const int tag = gmshModelGeoAddPlaneSurface(loop, 2, -1, &failed[2]);
  *error |= failed[0] | failed[1] | failed[2];
  return tag;
}

static int by_tag(const void *a, const void *b) {
  const size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

/* Edges along the curves outside the last circle. used: Gmsh's tags of the vertices */
static void collect_curves(const BpPlanSpec *spec, const BpPlanDrawing *drawing, const size_t *used,
                           BpPlan *plan, int *error) {
  for (int i = 0; i < spec->ncurves; i++) {
    size_t *element = NULL, nelement = 0, *node = NULL, nnode = 0;
    CALL(gmshModelMeshGetElementsByType, 1, &element, &nelement, &node, &nnode, drawing->curve[i],
         0, 1);
    BP_GROW(plan->arc, plan->narcs + (int)nelement);
    for (size_t k = 0; k < nelement; k++) {
      BpPlanArc *to = &plan->arc[plan->narcs++];
      to->curve = i;
      for (size_t end = 0; end < 2; end++) {
        const size_t *at =
            bsearch(&node[2 * k + end], used, (size_t)plan->nvertices, sizeof used[0], by_tag);
        to->vertex[end] = at ? (int)(at - used) : -1;
      }
    }
    gmshFree(element);
    gmshFree(node);
  }
}

/* Vertices used by the triangles, renumbered in the order of Gmsh's tags. */
static void collect(const BpPlanSpec *spec, const BpPlanDrawing *drawing, BpPlan *plan,
                    int *error) {
  size_t *element = NULL, nelement, *node = NULL, nnode, *tag = NULL, ntag, ncoord, nparam;
  double *coord = NULL, *param = NULL;
  CALL(gmshModelMeshGetElementsByType, 2, &element, &nelement, &node, &nnode, -1, 0, 1);
  CALL(gmshModelMeshGetNodes, &tag, &ntag, &coord, &ncoord, &param, &nparam, -1, -1, 0, 0);
  size_t *used = BP_NEW(size_t, nnode);
  for (size_t i = 0; i < nnode; i++)
    used[i] = node[i];
  qsort(used, nnode, sizeof used[0], by_tag);
  int n = 0;
  for (size_t i = 0; i < nnode; i++)
    if (n == 0 || used[i] != used[n - 1])
      used[n++] = used[i];
  plan->nvertices = n;
  plan->vertex = bp_alloc((size_t)n, sizeof plan->vertex[0]);
  plan->ntriangles = (int)nelement;
  plan->triangle = bp_alloc(nelement, sizeof plan->triangle[0]);
  for (size_t i = 0; i < ntag; i++) {
    const size_t *at = bsearch(&tag[i], used, (size_t)n, sizeof used[0], by_tag);
    for (int d = 0; at && d < 2; d++)
      plan->vertex[at - used][d] = 1e-6 * coord[3 * i + (size_t)d];
  }
  for (size_t i = 0; i < nnode; i++) {
    const size_t *at = bsearch(&node[i], used, (size_t)n, sizeof used[0], by_tag);
    plan->triangle[i / 3][i % 3] = (int)(at - used);
  }
  collect_curves(spec, drawing, used, plan, error);
  free(used);
  gmshFree(element);
  gmshFree(node);
  gmshFree(tag);
  gmshFree(coord);
  gmshFree(param);
}

BpStatus bp_plan_triangulate(const BpPlanSpec *spec, BpPlan *plan, BpProblems *problems) {
  int status = 0, failed = 0, *error = &status;
  if (bp_gmsh_load(problems) != BP_OK)
    return BP_BAD;
  BpPlanDrawing *drawing = BP_NEW(BpPlanDrawing, 1);
  start(error);
  CALL(gmshModelAdd, "plan");
  bp_plan_draw(spec, drawing, error);
  gmshModelGeoSynchronize(&failed);
  *error |= failed;
  if (spec->ncurves > 0)
    CALL(gmshModelMeshEmbed, 1, drawing->curve, (size_t)spec->ncurves, 2, drawing->face);
  CALL(gmshModelMeshGenerate, 2);
  if (!status)
    collect(spec, drawing, plan, error);
  if (status || plan->ntriangles == 0) {
    char *message = NULL;
    CALL(gmshLoggerGetLastError, &message);
    bp_problem(problems, BP_EXIT_GEOMETRY, NULL, 0, "Gmsh cannot mesh the plan: %s",
               message ? message : "no triangles");
    gmshFree(message);
    status = 1;
  }
  finish(error);
  free(drawing);
  return status ? BP_BAD : BP_OK;
}

#else

char *bp_gmsh_version(void) {
  return bp_copy_text("none");
}

BpStatus bp_plan_triangulate(const BpPlanSpec *spec, BpPlan *plan, BpProblems *problems) {
  (void)spec;
  (void)plan;
  bp_problem(problems, BP_EXIT_GEOMETRY, NULL, 0,
             "this ballpad was built without Gmsh and cannot mesh; give a mesh with --mesh FILE");
  return BP_BAD;
}

#endif
