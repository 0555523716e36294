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

enum { PIECES = 2 * (BP_GEOMETRY_MAX_ANGLES + 1) };

/* A half circle in pieces, the same for every circle. */
typedef struct {
  int count;
  double end[PIECES + 1]; /* angles, from 0 to pi */
  int arcs[PIECES];
} Pieces;

static void add_piece(Pieces *pieces, double to, int arcs) {
  pieces->arcs[pieces->count++] = arcs;
  pieces->end[pieces->count] = to;
}

/* Gmsh's arcs are shorter than half a circle: a wide sector is two pieces. An odd number of arcs is
 * split unevenly. */
static void cut_circle(const BpPlanSpec *spec, Pieces *pieces) {
  *pieces = (Pieces){0};
  for (int i = 0; i < spec->nsectors; i++) {
    const double from = spec->turn[i], to = spec->turn[i + 1];
    const int n = spec->sector_arcs[i], first = n / 2;
    if (to - from > 0.75 * M_PI) {
      add_piece(pieces, from + (to - from) * first / n, first);
      add_piece(pieces, to, n - first);
    } else {
      add_piece(pieces, to, n);
    }
  }
}

/* Points and curves of one half circle, counter-clockwise from y = 0 to y = 0. */
typedef struct {
  int point[PIECES + 1], arc[PIECES];
  int inward[2]; /* from the circle inside (or the axis) to the first and last point, on y = 0 */
} HalfCircle;

static void half_circle(const BpPlanSpec *spec, int i, int axis, const Pieces *pieces,
                        HalfCircle *circle, int *error) {
  const HalfCircle inside = *circle;
  const double r = spec->radius[i];
  const int last = pieces->count, divisions = spec->divisions[i];
  for (int k = 0; k <= last; k++) {
    const double turn = pieces->end[k];
    const int on_axis = k == 0 || k == last; /* exactly */
    circle->point[k] = point(r * cos(turn), on_axis ? 0.0 : r * sin(turn), error);
  }
  for (int k = 0; k < last; k++)
    circle->arc[k] = arc(circle->point[k], axis, circle->point[k + 1], pieces->arcs[k], error);
  circle->inward[0] = line(i > 0 ? inside.point[0] : axis, circle->point[0], divisions, error);
  circle->inward[1] =
      line(i > 0 ? inside.point[last] : axis, circle->point[last], divisions, error);
}

static void core_face(const HalfCircle *c, int pieces, int *error) {
  int curve[PIECES + 2], n = 0;
  curve[n++] = c->inward[0];
  for (int k = 0; k < pieces; k++)
    curve[n++] = c->arc[k];
  curve[n++] = -c->inward[1];
  face(curve, n, NULL, error);
}

static void ring_face(const HalfCircle *inside, const HalfCircle *c, int pieces, int *error) {
  int curve[2 * PIECES + 2], n = 0;
  int corner[] = {inside->point[0], c->point[0], c->point[pieces], inside->point[pieces]};
  curve[n++] = c->inward[0];
  for (int k = 0; k < pieces; k++)
    curve[n++] = c->arc[k];
  curve[n++] = -c->inward[1];
  for (int k = pieces - 1; k >= 0; k--)
    curve[n++] = -inside->arc[k];
  face(curve, n, corner, error);
}

static void border_face(const BpPlanSpec *spec, const HalfCircle *last, int pieces, int *error) {
  const double h = spec->half;
  const int right = point(h, 0.0, error), left = point(-h, 0.0, error);
  const int top_right = point(h, h, error), top_left = point(-h, h, error);
  int curve[PIECES + 5] = {
      line(last->point[0], right, spec->outer, error), line(right, top_right, spec->border, error),
      line(top_right, top_left, 2 * spec->border, error), line(top_left, left, spec->border, error),
      line(left, last->point[pieces], spec->outer, error)};
  for (int k = 0; k < pieces; k++)
    curve[5 + k] = -last->arc[pieces - 1 - k];
  face(curve, 5 + pieces, NULL, error);
}

static void describe(const BpPlanSpec *spec, int *error) {
  const int axis = point(0.0, 0.0, error);
  Pieces pieces;
  HalfCircle inside, circle = {0};
  cut_circle(spec, &pieces);
  half_circle(spec, 0, axis, &pieces, &circle, error);
  core_face(&circle, pieces.count, error);
  for (int i = 1; i < spec->ncircles; i++) {
    inside = circle;
    half_circle(spec, i, axis, &pieces, &circle, error);
    ring_face(&inside, &circle, pieces.count, error);
  }
  border_face(spec, &circle, pieces.count, error);
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
