/* The only file that calls Gmsh: the planar triangulation. Written for the C interface of 4.8 and
 * later; 4.9 gave gmshInitialize one more argument. */
#include "plan_impl.h"

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

/* Points and curves of one circle, counter-clockwise. */
typedef struct {
  int point[BP_PLAN_PIECES + 1], arc[BP_PLAN_PIECES];
  int inward[BP_PLAN_CUTS]; /* at each cut, from the circle inside (or the axis) to the point there
                             */
} Circle;

/* A point at one of the multiples of 45 deg that plans begin and end at, exactly. */
static int point_on_line(double r, double turn, int *error) {
  static const double cosine[] = {1.0,  M_SQRT1_2,  0.0, -M_SQRT1_2,
                                  -1.0, -M_SQRT1_2, 0.0, M_SQRT1_2};
  const int eighth = (int)lround(turn / (0.25 * M_PI));
  return point(r * cosine[eighth & 7], r * cosine[(eighth + 6) & 7], error);
}

static void draw_circle(const BpPlanSpec *spec, int i, int axis, const BpPieces *pieces,
                        Circle *circle, int *error) {
  const Circle inside = *circle;
  const double r = spec->radius[i];
  const int last = pieces->count;
  for (int k = 0; k <= last - pieces->closed; k++) {
    const double turn = pieces->end[k];
    circle->point[k] = k == 0 || k == last ? point_on_line(r, turn, error)
                                           : point(r * cos(turn), r * sin(turn), error);
  }
  if (pieces->closed)
    circle->point[last] = circle->point[0];
  for (int k = 0; k < last; k++)
    circle->arc[k] = arc(circle->point[k], axis, circle->point[k + 1], pieces->arcs[k], error);
  for (int k = 0; k < pieces->ncuts - pieces->closed; k++)
    circle->inward[k] = line(i > 0 ? inside.point[pieces->cut[k]] : axis,
                             circle->point[pieces->cut[k]], spec->divisions[i], error);
  if (pieces->closed)
    circle->inward[pieces->ncuts - 1] = circle->inward[0];
}

/* Faces between the axis, or the circle inside, and a circle, from cut to cut. */
static void ring_faces(const Circle *inside, const Circle *c, const BpPieces *pieces, int *error) {
  for (int k = 0; k + 1 < pieces->ncuts; k++) {
    const int from = pieces->cut[k], to = pieces->cut[k + 1];
    int curve[2 * BP_PLAN_PIECES + 2], n = 0;
    curve[n++] = c->inward[k];
    for (int i = from; i < to; i++)
      curve[n++] = c->arc[i];
    curve[n++] = -c->inward[k + 1];
    for (int i = to - 1; inside && i >= from; i--)
      curve[n++] = -inside->arc[i];
    int corner[4] = {0};
    if (inside)
      memcpy(corner, (int[4]){inside->point[from], c->point[from], c->point[to], inside->point[to]},
             sizeof corner);
    face(curve, n, inside ? corner : NULL, error);
  }
}

/* Where the ray at a multiple of 45 deg meets the square of half an edge of 1. */
static void on_square(int eighth, double v[2]) {
  static const double at[] = {1.0, 1.0, 0.0, -1.0, -1.0, -1.0, 0.0, 1.0};
  v[0] = at[eighth & 7];
  v[1] = at[(eighth + 6) & 7];
}

/* Points of the square's edge from the plan's beginning to its end, and the segments after each. */
typedef struct {
  int count, point[6], segments[6];
} Border;

static int square_point(const BpPlanSpec *spec, int eighth, int *error) {
  double v[2];
  on_square(eighth, v);
  return point(spec->half * v[0], spec->half * v[1], error);
}

static void draw_border(const BpPlanSpec *spec, Border *b, int *error) {
  const int from = (int)lround(spec->turn[0] / (0.25 * M_PI)),
            to = (int)lround(spec->turn[spec->nsectors] / (0.25 * M_PI));
  const int first = square_point(spec, from, error),
            last = bp_plan_is_whole(spec) ? first : square_point(spec, to, error);
  int before = from;
  *b = (Border){.count = 1, .point = {first}};
  for (int k = from + 1; k <= to; k++) {
    if (k < to && k % 2 == 0)
      continue; /* between the ends only corners are needed */
    b->segments[b->count - 1] = (k - before) * spec->border;
    b->point[b->count++] = k < to ? square_point(spec, k, error) : last;
    before = k;
  }
}

static int draw_edge(const Border *b, int *curve, int *error) {
  for (int i = 0; i + 1 < b->count; i++)
    curve[i] = line(b->point[i], b->point[i + 1], b->segments[i], error);
  return b->count - 1;
}

/* The square's edge around a hole. */
static void frame_face(const Border *b, const Circle *last, const BpPieces *pieces, int *error) {
  int curve[6], hole[BP_PLAN_PIECES], loop[2], failed[3] = {0};
  const int n = draw_edge(b, curve, error);
  memcpy(hole, last->arc, sizeof hole);
  loop[0] = gmshModelGeoAddCurveLoop(curve, (size_t)n, -1, 0, &failed[0]);
  loop[1] = gmshModelGeoAddCurveLoop(hole, (size_t)pieces->count, -1, 0, &failed[1]);
  gmshModelGeoAddPlaneSurface(loop, 2, -1, &failed[2]);
  *error |= failed[0] | failed[1] | failed[2];
}

static void border_face(const BpPlanSpec *spec, const Circle *last, const BpPieces *pieces,
                        int *error) {
  Border b;
  draw_border(spec, &b, error);
  if (pieces->closed) {
    frame_face(&b, last, pieces, error);
    return;
  }
  int curve[BP_PLAN_PIECES + 8], n = 1;
  curve[0] = line(last->point[0], b.point[0], bp_plan_outer(spec, spec->turn[0]), error);
  n += draw_edge(&b, curve + n, error);
  curve[n++] = line(b.point[b.count - 1], last->point[pieces->count],
                    bp_plan_outer(spec, spec->turn[spec->nsectors]), error);
  for (int k = pieces->count - 1; k >= 0; k--)
    curve[n++] = -last->arc[k];
  face(curve, n, NULL, error);
}

static void describe(const BpPlanSpec *spec, int *error) {
  const int axis = point(0.0, 0.0, error);
  BpPieces pieces;
  Circle inside, circle = {0};
  bp_plan_cut(spec, &pieces);
  draw_circle(spec, 0, axis, &pieces, &circle, error);
  ring_faces(NULL, &circle, &pieces, error);
  for (int i = 1; i < spec->ncircles; i++) {
    inside = circle;
    draw_circle(spec, i, axis, &pieces, &circle, error);
    ring_faces(&inside, &circle, &pieces, error);
  }
  border_face(spec, &circle, &pieces, error);
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
  if (bp_gmsh_load(problems) != BP_OK)
    return BP_BAD;
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
