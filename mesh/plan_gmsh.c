/* The only file that calls Gmsh: the planar triangulation. Written for the C interface of 4.8 and
 * later; 4.9 gave gmshInitialize one more argument. */
#include "plan.h"

#include <stdlib.h>

#ifdef BALLPAD_GMSH

#include <gmshc.h>

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
  start(error);
  CALL(gmshOptionGetString, "General.Version", &text);
  copy = bp_copy_text(text ? text : "unknown");
  gmshFree(text);
  finish(error);
  return copy;
}

static int point(double x, double y, int *error) {
  int failed = 0; /* in micrometres: Gmsh's tolerances are absolute */
  const int tag = gmshModelGeoAddPoint(1e6 * x, 1e6 * y, 0.0, 0.0, -1, &failed);
  *error |= failed;
  return tag;
}

static int line(int from, int to, int segments, int *error) {
  int failed = 0;
  const int tag = gmshModelGeoAddLine(from, to, -1, &failed);
  *error |= failed;
  CALL(gmshModelGeoMeshSetTransfiniteCurve, tag, segments + 1, "Progression", 1.0);
  return tag;
}

static int arc(int from, int center, int to, int segments, int *error) {
  int failed = 0;
  const int tag = gmshModelGeoAddCircleArc(from, center, to, -1, 0.0, 0.0, 0.0, &failed);
  *error |= failed;
  CALL(gmshModelGeoMeshSetTransfiniteCurve, tag, segments + 1, "Progression", 1.0);
  return tag;
}

/* A face between curves; corners, if given, make it a structured one. */
static void face(int *curve, int ncurves, int *corner, int *error) {
  int failed = 0;
  int loop = gmshModelGeoAddCurveLoop(curve, (size_t)ncurves, -1, 0, &failed);
  *error |= failed;
  const int tag = gmshModelGeoAddPlaneSurface(&loop, 1, -1, &failed);
  *error |= failed;
  if (corner)
    CALL(gmshModelGeoMeshSetTransfiniteSurface, tag, "Left", corner, 4);
}

/* Points and curves of one half circle: ends on y = 0 and the top on x = 0. */
typedef struct {
  int right, top, left; /* points */
  int arc[2];           /* right to top, top to left */
  int inward[2];        /* from the circle inside (or the axis) to right and left, on y = 0 */
} HalfCircle;

static HalfCircle half_circle(const BpPlanSpec *spec, int i, int axis, const HalfCircle *inside,
                              int *error) {
  /* an odd number of arcs is split unevenly, the same way on every circle */
  const int first = spec->arcs / 2;
  const double r = spec->radius[i], split = M_PI * first / spec->arcs;
  HalfCircle c = {.right = point(r, 0.0, error),
                  .top = point(r * cos(split), r * sin(split), error),
                  .left = point(-r, 0.0, error)};
  c.arc[0] = arc(c.right, axis, c.top, first, error);
  c.arc[1] = arc(c.top, axis, c.left, spec->arcs - first, error);
  const int n = spec->divisions[i];
  c.inward[0] = line(inside ? inside->right : axis, c.right, n, error);
  c.inward[1] = line(inside ? inside->left : axis, c.left, n, error);
  return c;
}

static void ring_face(const HalfCircle *inside, const HalfCircle *c, int *error) {
  int curve[] = {c->inward[0],  c->arc[0],       c->arc[1],
                 -c->inward[1], -inside->arc[1], -inside->arc[0]};
  int corner[] = {inside->right, c->right, c->left, inside->left};
  face(curve, 6, corner, error);
}

static void border_face(const BpPlanSpec *spec, const HalfCircle *last, int *error) {
  const double h = spec->half;
  const int right = point(h, 0.0, error), left = point(-h, 0.0, error);
  const int top_right = point(h, h, error), top_left = point(-h, h, error);
  int curve[] = {line(last->right, right, spec->outer, error),
                 line(right, top_right, spec->border, error),
                 line(top_right, top_left, 2 * spec->border, error),
                 line(top_left, left, spec->border, error),
                 line(left, last->left, spec->outer, error),
                 -last->arc[1],
                 -last->arc[0]};
  face(curve, 7, NULL, error);
}

static void describe(const BpPlanSpec *spec, int *error) {
  const int axis = point(0.0, 0.0, error);
  HalfCircle inside = half_circle(spec, 0, axis, NULL, error);
  int core[] = {inside.inward[0], inside.arc[0], inside.arc[1], -inside.inward[1]};
  face(core, 4, NULL, error);
  for (int i = 1; i < spec->ncircles; i++) {
    HalfCircle c = half_circle(spec, i, axis, &inside, error);
    ring_face(&inside, &c, error);
    inside = c;
  }
  border_face(spec, &inside, error);
  int failed = 0;
  gmshModelGeoSynchronize(&failed);
  *error |= failed;
}

static int by_tag(const void *a, const void *b) {
  const size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

/* Vertices used by the triangles, renumbered in the order of Gmsh's tags. */
static void collect(BpPlan *plan, int *error) {
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
  free(used);
  gmshFree(element);
  gmshFree(node);
  gmshFree(tag);
  gmshFree(coord);
  gmshFree(param);
}

BpStatus bp_plan_triangulate(const BpPlanSpec *spec, BpPlan *plan, BpProblems *problems) {
  int status = 0, *error = &status;
  start(error);
  CALL(gmshModelAdd, "plan");
  describe(spec, error);
  CALL(gmshModelMeshGenerate, 2);
  if (!status)
    collect(plan, error);
  if (status || plan->ntriangles == 0) {
    char *message = NULL;
    CALL(gmshLoggerGetLastError, &message);
    bp_problem(problems, BP_EXIT_GEOMETRY, NULL, 0, "Gmsh cannot mesh the plan: %s",
               message ? message : "no triangles");
    gmshFree(message);
    status = 1;
  }
  finish(error);
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
