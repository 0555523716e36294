#include "plan.h"

#include <stdlib.h>

/* Target widths at level 0; each level divides them by sqrt(2). */
static const double width_joint = 36e-6; /* inside the connection hole */
static const double width_around = 60e-6;
static const int arcs_level0 = 8; /* of a half circle: a volume error of 5e-5 */

static int divide(double length, double width) {
  const int n = (int)lround(length / width);
  return n > 0 ? n : 1;
}

void bp_plan_spec(const BpGeometry *g, BpPlanSpec *spec) {
  const BpPackage *p = &g->bp->package;
  const double scale = pow(2.0, -0.5 * g->bp->mesh.level);
  *spec = (BpPlanSpec){.half = 0.5 * p->pitch};
  spec->ncircles = bp_geometry_radii(g, spec->radius);
  spec->arcs = (int)lround(arcs_level0 / scale);
  for (int i = 0; i < spec->ncircles; i++) {
    const double inner = i > 0 ? spec->radius[i - 1] : 0.0;
    const int joint = spec->radius[i] <= p->dielectrics.hole_radius * (1.0 + 1e-9);
    spec->divisions[i] =
        divide(spec->radius[i] - inner, scale * (joint ? width_joint : width_around));
  }
  const double last = spec->radius[spec->ncircles - 1];
  spec->border =
      divide(spec->half, fmin(M_PI * spec->half / spec->arcs, 1.5 * scale * width_around));
  spec->outer = divide(spec->half - last, scale * width_around);
}

typedef struct {
  int low, high, triangle, side;
} Side;

static int by_ends(const void *a, const void *b) {
  const Side *x = a, *y = b;
  return x->low != y->low ? x->low - y->low : x->high - y->high;
}

static void number_edges(BpPlan *plan) {
  const int n = 3 * plan->ntriangles;
  Side *side = BP_NEW(Side, n);
  for (int i = 0; i < n; i++) {
    const int *v = plan->triangle[i / 3], a = v[i % 3], b = v[(i + 1) % 3];
    side[i] = (Side){a < b ? a : b, a < b ? b : a, i / 3, i % 3};
  }
  qsort(side, (size_t)n, sizeof side[0], by_ends);
  plan->edge = bp_alloc((size_t)n, sizeof plan->edge[0]);
  plan->triangle_edge = bp_alloc((size_t)plan->ntriangles, sizeof plan->triangle_edge[0]);
  for (int i = 0; i < n; i++) {
    if (i == 0 || by_ends(&side[i], &side[i - 1]) != 0) {
      plan->edge[plan->nedges][0] = side[i].low;
      plan->edge[plan->nedges++][1] = side[i].high;
    }
    plan->triangle_edge[side[i].triangle][side[i].side] = plan->nedges - 1;
  }
  free(side);
}

/* Puts vertices that lie on a circle or on y = 0 exactly there. Returns the index of the circle, or
 * -1. */
static int snap(const BpPlanSpec *spec, double v[2]) {
  const double tiny = 1e-6 * spec->radius[0];
  if (fabs(v[1]) < tiny)
    v[1] = 0.0;
  const double r = hypot(v[0], v[1]);
  if (r < tiny) {
    v[0] = 0.0;
    return -1;
  }
  for (int i = 0; i < spec->ncircles; i++)
    if (fabs(r - spec->radius[i]) < 1e-10) {
      v[0] *= spec->radius[i] / r;
      v[1] *= spec->radius[i] / r;
      return i;
    }
  return -1;
}

/* In the rings between circles an edge's middle has the mean radius at the mean angle, so that thin
 * rings follow their circles; in the core and outside, only edges along a circle are curved. */
static void place_middle(const BpPlanSpec *spec, const double a[2], const double b[2],
                         double m[2]) {
  const double ra = hypot(a[0], a[1]), rb = hypot(b[0], b[1]);
  const double first = spec->radius[0] * (1.0 - 1e-9),
               last = spec->radius[spec->ncircles - 1] * (1.0 + 1e-9);
  const double step = M_PI / spec->arcs, ta = atan2(a[1], a[0]), tb = atan2(b[1], b[0]);
  const int in_rings = ra >= first && rb >= first && ra <= last && rb <= last;
  if (in_rings && fabs(ta - tb) < 1.5 * step) {
    const double r = 0.5 * (ra + rb), t = 0.5 * (ta + tb);
    m[0] = r * cos(t);
    m[1] = r * sin(t);
  } else {
    m[0] = 0.5 * (a[0] + b[0]);
    m[1] = 0.5 * (a[1] + b[1]);
  }
}

static void orient(BpPlan *plan) {
  for (int i = 0; i < plan->ntriangles; i++) {
    int *t = plan->triangle[i];
    const double *a = plan->vertex[t[0]], *b = plan->vertex[t[1]], *c = plan->vertex[t[2]];
    if ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) < 0.0) {
      const int swap = t[1];
      t[1] = t[2];
      t[2] = swap;
    }
  }
}

BpPlan *bp_plan_build(const BpPlanSpec *spec, BpProblems *problems) {
  BpPlan *plan = BP_NEW(BpPlan, 1);
  plan->arcs = spec->arcs;
  if (bp_plan_triangulate(spec, plan, problems) != BP_OK) {
    bp_plan_free(plan);
    return NULL;
  }
  for (int i = 0; i < plan->nvertices; i++)
    snap(spec, plan->vertex[i]);
  orient(plan);
  number_edges(plan);
  plan->middle = bp_alloc((size_t)plan->nedges, sizeof plan->middle[0]);
  for (int e = 0; e < plan->nedges; e++)
    place_middle(spec, plan->vertex[plan->edge[e][0]], plan->vertex[plan->edge[e][1]],
                 plan->middle[e]);
  return plan;
}

void bp_plan_free(BpPlan *plan) {
  if (!plan)
    return;
  free(plan->vertex);
  free(plan->edge);
  free(plan->middle);
  free(plan->triangle);
  free(plan->triangle_edge);
  free(plan);
}
