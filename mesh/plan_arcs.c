/* Triangles and edges along the arcs outside the last circle. */
#include "plan.h"
#include "trace.h"

#include <stdlib.h>

static const double same = 1e-10; /* m, places that are one */

static int by_ends(const void *a, const void *b) {
  const BpPlanArc *x = a, *y = b;
  return x->vertex[0] != y->vertex[0] ? x->vertex[0] - y->vertex[0] : x->vertex[1] - y->vertex[1];
}

/* Edges are kept with the lower vertex first, sorted. */
static void sort_arcs(BpPlan *plan) {
  for (int i = 0; i < plan->narcs; i++) {
    int *v = plan->arc[i].vertex;
    if (v[0] > v[1]) {
      const int swap = v[0];
      v[0] = v[1];
      v[1] = swap;
    }
  }
  if (plan->narcs > 0)
    qsort(plan->arc, (size_t)plan->narcs, sizeof plan->arc[0], by_ends);
}

static const BpPlaneCurve *curve_along(const BpPlanSpec *spec, const BpPlan *plan, int a, int b) {
  const BpPlanArc key = {{a < b ? a : b, a < b ? b : a}, 0};
  if (plan->narcs == 0)
    return NULL;
  const BpPlanArc *arc =
      bsearch(&key, plan->arc, (size_t)plan->narcs, sizeof plan->arc[0], by_ends);
  return arc ? &spec->curve[arc->curve].shape : NULL;
}

static int is_one_circle(const BpPlaneCurve *a, const BpPlaneCurve *b) {
  return a && b && a->radius > 0.0 && fabs(a->radius - b->radius) < same &&
         hypot(a->center[0] - b->center[0], a->center[1] - b->center[1]) < same;
}

/* ---- triangles with two edges on one circle */

/* Corner between two edges along one circle, -1 if there is none: the triangle's sides are
 * tangential to each other there, so that its Jacobian is zero. */
static int flat_corner(const BpPlanSpec *spec, const BpPlan *plan, const int v[3]) {
  const BpPlaneCurve *along[3];
  for (int i = 0; i < 3; i++)
    along[i] = curve_along(spec, plan, v[i], v[(i + 1) % 3]);
  for (int i = 0; i < 3; i++)
    if (is_one_circle(along[i], along[(i + 2) % 3]))
      return i;
  return -1;
}

/* Triangle beyond the edge from a to b, and its corner that is not on it. */
static int beyond(const BpPlan *plan, int a, int b, int *corner) {
  for (int t = 0; t < plan->ntriangles; t++)
    for (int i = 0; i < 3; i++)
      if (plan->triangle[t][i] == b && plan->triangle[t][(i + 1) % 3] == a) {
        *corner = plan->triangle[t][(i + 2) % 3];
        return t;
      }
  return -1;
}

/* Turns the edge opposite to a flat corner around, so that it begins at the corner. Returns 1 if it
 * did. */
static int flip(const BpPlanSpec *spec, BpPlan *plan, int t) {
  int *v = plan->triangle[t], far = -1;
  const int i = flat_corner(spec, plan, v);
  if (i < 0)
    return 0;
  const int b = v[i], c = v[(i + 1) % 3], a = v[(i + 2) % 3];
  const int other = beyond(plan, c, a, &far);
  if (other < 0 || curve_along(spec, plan, a, c))
    return 0;
  const int one[3] = {b, c, far}, two[3] = {b, far, a};
  for (int k = 0; k < 3; k++) {
    v[k] = one[k];
    plan->triangle[other][k] = two[k];
  }
  return 1;
}

void bp_plan_flip(const BpPlanSpec *spec, BpPlan *plan) {
  enum { PASSES = 8 };
  int flips = plan->narcs;
  sort_arcs(plan);
  for (int pass = 0; pass < PASSES && flips > 0; pass++) {
    flips = 0;
    for (int t = 0; t < plan->ntriangles; t++)
      flips += flip(spec, plan, t);
  }
}

/* ---- middles of edges */

/* Puts a point on the circle of an arc, in the direction that it is in. */
static void pull(const double center[2], double radius, double at[2]) {
  const double x = at[0] - center[0], y = at[1] - center[1], stretch = radius / hypot(x, y);
  at[0] = center[0] + stretch * x;
  at[1] = center[1] + stretch * y;
}

/* Between the circles around the openings' axis an edge follows them, as one in the rings does; an
 * edge from place to place of one of them that is none of its arcs is a chord. */
static void bend_around_via(const BpPlanSpec *spec, BpPlan *plan, int edge) {
  const double *a = plan->vertex[plan->edge[edge][0]], *b = plan->vertex[plan->edge[edge][1]];
  const double *c = spec->via;
  const double ra = hypot(a[0] - c[0], a[1] - c[1]), rb = hypot(b[0] - c[0], b[1] - c[1]);
  const double turn =
      remainder(atan2(b[1] - c[1], b[0] - c[0]) - atan2(a[1] - c[1], a[0] - c[0]), 2.0 * M_PI);
  if (fabs(ra - rb) > same && fmin(ra, rb) > spec->via_inner - same &&
      fmax(ra, rb) < spec->via_outer + same && fabs(turn) < 1.01 * M_PI / spec->via_arcs)
    pull(c, 0.5 * (ra + rb), plan->middle[edge]);
}

void bp_plan_bend(const BpPlanSpec *spec, BpPlan *plan) {
  for (int e = 0; e < plan->nedges && plan->narcs > 0; e++) {
    const BpPlaneCurve *c = curve_along(spec, plan, plan->edge[e][0], plan->edge[e][1]);
    if (c && c->radius > 0.0)
      pull(c->center, c->radius, plan->middle[e]);
    else if (!c)
      bend_around_via(spec, plan, e);
  }
}
