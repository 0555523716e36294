/* The curves outside the ball pad's disc that a trace brings, and the circles that they may cross:
 * every curve is cut where it meets another one. */
#include "plan.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

static const double width_trace = 18e-6; /* at level 0, of edges along straight sides */
static const int arcs_level0 = 8;        /* of a half circle around the openings */
static const double same = 1e-10;        /* m, places that are one */

enum { CUTS = 256 };

typedef struct {
  const BpGeometry *geometry;
  int count;
  BpPlaneCurve curve[4 * BP_TRACE_CURVES + 2 * BP_GEOMETRY_MAX_RADII];
} Curves;

int bp_plan_is_curve(const BpGeometry *g, double radius) {
  const BpPackage *p = &g->bp->package;
  return bp_trace_is_on(p) && radius > p->wiring.disc_radius + 1e-9;
}

/* ---- one curve */

static double distance(const double a[2], const double b[2]) {
  return hypot(a[0] - b[0], a[1] - b[1]);
}

static double angle_of(const BpPlaneCurve *c, const double at[2]) {
  return atan2(at[1] - c->center[1], at[0] - c->center[0]);
}

/* From one angle counter-clockwise to another, in [0, 2 pi). */
static double turned(double from, double to) {
  const double turn = fmod(to - from, 2.0 * M_PI);
  return turn < 0.0 ? turn + 2.0 * M_PI : turn;
}

static double sweep(const BpPlaneCurve *c) {
  return turned(angle_of(c, c->from), angle_of(c, c->to));
}

static double length(const BpPlaneCurve *c) {
  return c->radius > 0.0 ? c->radius * sweep(c) : distance(c->from, c->to);
}

/* Share of the curve up to a place on its line or circle; below 0 or above 1 outside of its ends.
 */
static double share(const BpPlaneCurve *c, const double at[2]) {
  if (c->radius > 0.0) {
    const double turn = turned(angle_of(c, c->from), angle_of(c, at)), all = sweep(c);
    return turn > M_PI + 0.5 * all ? (turn - 2.0 * M_PI) / all : turn / all;
  }
  const double d[2] = {c->to[0] - c->from[0], c->to[1] - c->from[1]};
  return ((at[0] - c->from[0]) * d[0] + (at[1] - c->from[1]) * d[1]) / (d[0] * d[0] + d[1] * d[1]);
}

static double off(const BpPlaneCurve *c, const double at[2]) {
  if (c->radius > 0.0)
    return fabs(distance(c->center, at) - c->radius);
  const double d[2] = {c->to[0] - c->from[0], c->to[1] - c->from[1]};
  return fabs((at[0] - c->from[0]) * d[1] - (at[1] - c->from[1]) * d[0]) / hypot(d[0], d[1]);
}

/* 1 if a place is on the curve, its ends included. */
static int is_on(const BpPlaneCurve *c, const double at[2]) {
  const double end = same / length(c), s = share(c, at);
  return off(c, at) < same && s > -end && s < 1.0 + end;
}

/* ---- where two of them meet */

static int line_line(const BpPlaneCurve *a, const BpPlaneCurve *b, double at[2][2]) {
  const double d[2] = {a->to[0] - a->from[0], a->to[1] - a->from[1]};
  const double e[2] = {b->to[0] - b->from[0], b->to[1] - b->from[1]};
  const double det = d[0] * e[1] - d[1] * e[0];
  if (fabs(det) < 1e-9 * hypot(d[0], d[1]) * hypot(e[0], e[1]))
    return 0; /* of parallel ones the ends may meet */
  const double t = ((b->from[0] - a->from[0]) * e[1] - (b->from[1] - a->from[1]) * e[0]) / det;
  for (int i = 0; i < 2; i++)
    at[0][i] = a->from[i] + t * d[i];
  return 1;
}

/* Places at a distance along a line of unit direction d, to both sides of its foot. */
static int beside(const double foot[2], const double d[2], double square, double at[2][2]) {
  if (square < -same * same)
    return 0;
  const double s = sqrt(fmax(square, 0.0));
  for (int i = 0; i < 2; i++) {
    at[0][i] = foot[i] - s * d[i];
    at[1][i] = foot[i] + s * d[i];
  }
  return 2;
}

static int line_circle(const BpPlaneCurve *a, const BpPlaneCurve *b, double at[2][2]) {
  const double all = distance(a->from, a->to);
  const double d[2] = {(a->to[0] - a->from[0]) / all, (a->to[1] - a->from[1]) / all};
  const double t = (b->center[0] - a->from[0]) * d[0] + (b->center[1] - a->from[1]) * d[1];
  const double foot[2] = {a->from[0] + t * d[0], a->from[1] + t * d[1]};
  const double h = distance(foot, b->center);
  return beside(foot, d, b->radius * b->radius - h * h, at);
}

static int circle_circle(const BpPlaneCurve *a, const BpPlaneCurve *b, double at[2][2]) {
  const double all = distance(a->center, b->center);
  if (all < same)
    return 0;
  const double d[2] = {(b->center[0] - a->center[0]) / all, (b->center[1] - a->center[1]) / all};
  const double t = 0.5 * (all + (a->radius * a->radius - b->radius * b->radius) / all);
  const double foot[2] = {a->center[0] + t * d[0], a->center[1] + t * d[1]};
  return beside(foot, (const double[2]){-d[1], d[0]}, a->radius * a->radius - t * t, at);
}

/* Shares of a where it meets b, appended to cut. */
static int add_cuts(const BpPlaneCurve *a, const BpPlaneCurve *b, double *cut, int n) {
  double at[4][2];
  const int lines = !(a->radius > 0.0) + !(b->radius > 0.0);
  int count = lines == 2   ? line_line(a, b, at)
              : lines == 0 ? circle_circle(a, b, at)
                           : line_circle(a->radius > 0.0 ? b : a, a->radius > 0.0 ? a : b, at);
  memcpy(at[count++], b->from, sizeof at[0]);
  memcpy(at[count++], b->to, sizeof at[0]);
  for (int i = 0; i < count && n < CUTS; i++)
    if (is_on(a, at[i]) && is_on(b, at[i]) && distance(at[i], a->from) > same &&
        distance(at[i], a->to) > same)
      cut[n++] = share(a, at[i]);
  return n;
}

/* ---- pieces */

static void position(const BpPlaneCurve *c, double s, double at[2]) {
  if (c->radius > 0.0) {
    const double turn = angle_of(c, c->from) + s * sweep(c);
    at[0] = c->center[0] + c->radius * cos(turn);
    at[1] = c->center[1] + c->radius * sin(turn);
  } else {
    for (int i = 0; i < 2; i++)
      at[i] = c->from[i] + s * (c->to[i] - c->from[i]);
  }
}

static int is_same(const BpPlaneCurve *a, const BpPlaneCurve *b) {
  double x[2], y[2];
  position(a, 0.5, x);
  position(b, 0.5, y);
  const int ahead = distance(a->from, b->from) < same && distance(a->to, b->to) < same;
  const int back = distance(a->from, b->to) < same && distance(a->to, b->from) < same;
  return (ahead || back) && distance(x, y) < same;
}

/* Distance of a place from the nearest of other curves than circles around the same centre. */
static double clearance(const Curves *all, const BpPlaneCurve *own, const double at[2]) {
  double nearest = HUGE_VAL;
  for (int i = 0; i < all->count; i++) {
    const BpPlaneCurve *c = &all->curve[i];
    const double s = share(c, at);
    if (c->radius > 0.0 && distance(c->center, own->center) < same)
      continue;
    if (s > 0.0 && s < 1.0)
      nearest = fmin(nearest, off(c, at));
    nearest = fmin(nearest, fmin(distance(at, c->from), distance(at, c->to)));
  }
  return nearest;
}

static int segments(const BpGeometry *g, const BpPlanSpec *spec, const BpPlaneCurve *c) {
  const double scale = pow(2.0, -0.5 * g->bp->mesh.level);
  const int around_ball = hypot(c->center[0], c->center[1]) < same;
  /* a curved edge rises by its square: the wide circles come close to narrow features */
  const double all = spec->turn[spec->nsectors] - spec->turn[0];
  const double turn = around_ball ? 0.5 * all / spec->arcs : M_PI / spec->via_arcs;
  const double wanted = c->radius > 0.0 ? sweep(c) / turn : length(c) / (scale * width_trace);
  const int n = (int)ceil(wanted - 1e-6);
  return n > 0 ? n : 1;
}

/* A curved edge rises above its chord: where other curves are near it must be short, or the
 * elements between them are turned inside out. Gmsh's arcs are shorter than half a circle. */
static int is_coarse(const Curves *all, const BpPlanSpec *spec, const BpPlaneCurve *arc) {
  static const double rise = 0.1, finest = M_PI / 128;
  const int n = segments(all->geometry, spec, arc);
  const double turn = sweep(arc) / n, sagitta = arc->radius * (1.0 - cos(0.5 * turn));
  if (sweep(arc) > 0.75 * M_PI)
    return 1;
  for (int i = 0; i < n && turn > finest; i++) {
    double at[2];
    position(arc, (i + 0.5) / n, at);
    if (sagitta > rise * clearance(all, arc, at))
      return 1;
  }
  return 0;
}

static void add_piece(const Curves *all, BpPlanSpec *spec, const BpPlaneCurve *piece) {
  if (piece->radius > 0.0 && is_coarse(all, spec, piece)) {
    BpPlaneCurve half = *piece;
    position(piece, 0.5, half.to);
    add_piece(all, spec, &half);
    memcpy(half.from, half.to, sizeof half.from);
    memcpy(half.to, piece->to, sizeof half.to);
    add_piece(all, spec, &half);
    return;
  }
  for (int i = 0; i < spec->ncurves; i++)
    if (is_same(&spec->curve[i].shape, piece))
      return;
  if (spec->ncurves < BP_PLAN_MAX_CURVES)
    spec->curve[spec->ncurves++] = (BpDividedCurve){*piece, segments(all->geometry, spec, piece)};
}

static int by_value(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void cut_up(const Curves *all, int i, BpPlanSpec *spec) {
  const BpPlaneCurve *own = &all->curve[i];
  double cut[CUTS + 1], last = 0.0;
  int ncuts = 0;
  for (int k = 0; k < all->count; k++)
    ncuts = k == i ? ncuts : add_cuts(own, &all->curve[k], cut, ncuts);
  qsort(cut, (size_t)ncuts, sizeof cut[0], by_value);
  BpPlaneCurve piece = *own;
  const double end = same / length(own);
  for (int k = 0; k < ncuts; k++) {
    if (cut[k] - last < end)
      continue;
    position(own, cut[k], piece.to);
    add_piece(all, spec, &piece);
    memcpy(piece.from, piece.to, sizeof piece.from);
    last = cut[k];
  }
  memcpy(piece.to, own->to, sizeof piece.to);
  add_piece(all, spec, &piece);
}

/* A half circle around the ball's axis, from x = r to x = -r: over y = 0 for r > 0, else below. */
static BpPlaneCurve half_circle(double r) {
  return (BpPlaneCurve){.from = {r, 0.0}, .to = {-r, 0.0}, .radius = fabs(r)};
}

static void note_via(const BpGeometry *g, const double along[2], BpPlanSpec *spec) {
  double steps[BP_TRACE_STEPS];
  const int n = bp_trace_steps(g, steps);
  for (int d = 0; d < 2; d++)
    spec->via[d] = g->bp->package.chip_pad.distance * along[d];
  spec->via_outer = g->bp->package.wiring.capture_radius;
  spec->via_inner = n > 0 ? steps[0] : spec->via_outer;
  spec->via_arcs = (int)lround(arcs_level0 * pow(2.0, 0.5 * g->bp->mesh.level));
}

void bp_plan_curves(const BpGeometry *g, BpPlanSpec *spec) {
  const BpPackage *p = &g->bp->package;
  double radii[BP_GEOMETRY_MAX_RADII], along[2];
  if (!bp_trace_is_on(p))
    return;
  Curves all = {.geometry = g};
  bp_trace_direction(p, along);
  note_via(g, along, spec);
  for (int side = -1; side <= 1; side += 2)
    if (g->whole || side * along[0] > 0.0) {
      all.count += bp_trace_curves(g, side, all.curve + all.count);
      all.count += bp_trace_spokes(g, side, spec->via_arcs, all.curve + all.count);
    }
  const int nradii = bp_geometry_radii(g, radii);
  for (int i = 0; i < nradii; i++)
    for (int side = 1; side >= -1 && bp_plan_is_curve(g, radii[i]); side -= 2)
      if (g->whole || side > 0)
        all.curve[all.count++] = half_circle(side * radii[i]);
  for (int i = 0; i < all.count; i++)
    cut_up(&all, i, spec);
}
