/* Triangles and edges along the arcs outside the last circle. */
#include "plan.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

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

/* Puts a point on the circle of an arc, in the direction that it is in. */
static void pull(const double center[2], double radius, double at[2]) {
  const double x = at[0] - center[0], y = at[1] - center[1], stretch = radius / hypot(x, y);
  at[0] = center[0] + stretch * x;
  at[1] = center[1] + stretch * y;
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

/* ---- places too close to an arc */

/* Twice the area of a triangle. */
static double area2(const double a[2], const double b[2], const double c[2]) {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/* 1 for a vertex that lies on no curve, no circle of the rings and no border. */
static int is_free(const BpPlanSpec *spec, const BpPlan *plan, int vertex) {
  const double *v = plan->vertex[vertex], inside = spec->half * (1.0 - 1e-9);
  for (int i = 0; i < plan->narcs; i++)
    if (plan->arc[i].vertex[0] == vertex || plan->arc[i].vertex[1] == vertex)
      return 0;
  return hypot(v[0], v[1]) > spec->radius[spec->ncircles - 1] * (1.0 + 1e-9) &&
         fabs(v[0]) < inside && fabs(v[1]) < inside &&
         (bp_plan_is_whole(spec) || fabs(v[1]) > same);
}

/* 1 if an arc from a to b bulges into the triangle that p is the corner of, and nearly reaches it:
 * the Jacobian at its ends is not positive, or hardly so. along: of p on the chord, as a share. */
static int reaches(const BpPlaneCurve *c, const double a[2], const double b[2], const double p[2],
                   double *along) {
  static const double times = 4.3; /* 4: the Jacobian is zero at an end */
  const double chord = hypot(b[0] - a[0], b[1] - a[1]), height = area2(a, b, p) / chord;
  const double rise = c->radius - sqrt(c->radius * c->radius - 0.25 * chord * chord);
  *along = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / (chord * chord);
  return area2(a, b, c->center) < 0.0 && height < times * rise * fmax(*along, 1.0 - *along);
}

static void divide_arc(BpPlan *plan, int a, int b, int middle) {
  int i = 0;
  while (plan->arc[i].vertex[0] != (a < b ? a : b) || plan->arc[i].vertex[1] != (a < b ? b : a))
    i++;
  BP_GROW(plan->arc, plan->narcs + 1);
  plan->arc[plan->narcs++] = (BpPlanArc){{middle, b}, plan->arc[i].curve};
  plan->arc[i] = (BpPlanArc){{a, middle}, plan->arc[i].curve};
  sort_arcs(plan);
}

static void set(BpPlan *plan, int t, int a, int b, int c) {
  memcpy(plan->triangle[t], (const int[]){a, b, c}, sizeof plan->triangle[t]);
}

/* The corner of triangle t, which stands on the arc from a to b, is on a curve of its own: the arc
 * gets a vertex in its middle, and the end that is farther from the corner sees the next vertex in
 * place of it. Returns 1 if that can be. */
static int halve(const BpPlaneCurve *c, BpPlan *plan, const int corner[3], int t, int nearer_b) {
  const int a = corner[0], b = corner[1], p = corner[2], m = plan->nvertices;
  const int from = nearer_b ? p : b, to = nearer_b ? a : p; /* the side that is turned */
  int far = -1, next = -1;
  const int below = beyond(plan, a, b, &far), beside = beyond(plan, from, to, &next);
  BP_GROW(plan->vertex, plan->nvertices + 1);
  double(*v)[2] = plan->vertex;
  for (int d = 0; d < 2; d++)
    v[m][d] = 0.5 * (v[a][d] + v[b][d]);
  pull(c->center, c->radius, v[m]);
  const int end = nearer_b ? a : b;
  const double sign = nearer_b ? 1.0 : -1.0;
  if (below < 0 || beside < 0 || !(sign * area2(v[end], v[m], v[next]) > 0.0) ||
      !(sign * area2(v[next], v[m], v[p]) > 0.0))
    return 0;
  plan->nvertices++;
  divide_arc(plan, a, b, m);
  BP_GROW(plan->triangle, plan->ntriangles + 2);
  set(plan, below, b, m, far);
  set(plan, plan->ntriangles++, m, a, far);
  set(plan, t, nearer_b ? m : a, nearer_b ? b : m, p);
  set(plan, beside, nearer_b ? a : m, nearer_b ? m : b, next);
  set(plan, plan->ntriangles++, nearer_b ? next : m, nearer_b ? m : next, p);
  return 1;
}

/* Gmsh knows an arc's edges by their chords, and may leave the corner of a triangle so close to one
 * that the arc folds it. A corner that is free to move joins the arc: there is no triangle then,
 * and the one beyond is two. Returns 1 if something changed. */
static int take_in(const BpPlanSpec *spec, BpPlan *plan, int t, int side) {
  static const double end = 0.1;
  const int *v = plan->triangle[t];
  const int corner[3] = {v[side], v[(side + 1) % 3], v[(side + 2) % 3]};
  const int a = corner[0], b = corner[1], p = corner[2];
  const BpPlaneCurve *c = curve_along(spec, plan, a, b);
  double along;
  int far = -1;
  if (!c || !(c->radius > 0.0) ||
      !reaches(c, plan->vertex[a], plan->vertex[b], plan->vertex[p], &along))
    return 0;
  if (!is_free(spec, plan, p) || along < end || along > 1.0 - end)
    return !curve_along(spec, plan, along > 0.5 ? a : b, p) &&
           halve(c, plan, corner, t, along > 0.5);
  const int other = beyond(plan, a, b, &far);
  if (other < 0)
    return 0;
  pull(c->center, c->radius, plan->vertex[p]);
  divide_arc(plan, a, b, p);
  set(plan, other, b, p, far);
  set(plan, t, p, a, far);
  return 1;
}

/* Triangles that are added are looked at in their turn; each one halves an arc or ends it. */
void bp_plan_take_in(const BpPlanSpec *spec, BpPlan *plan) {
  const int most = 2 * plan->ntriangles;
  for (int t = 0; t < plan->ntriangles && plan->narcs > 0 && plan->ntriangles < most; t++)
    for (int side = 0; side < 3; side++)
      if (take_in(spec, plan, t, side))
        side = -1;
}

/* ---- middles of edges */

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
