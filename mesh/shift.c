#include "shift.h"

#include "dimples.h"
#include "geometry_impl.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

#define UM(x)  (1e6 * (x))
#define DEG(x) (180.0 / M_PI * (x))

static const double same = 1e-9; /* m: radii that are one circle, heights that are one level */
static const double thin = 2e-8; /* m, the least distance that a mesh can carry */

static double axes_apart(const BpMovedCircle *a, const BpMovedCircle *b) {
  return hypot(a->aside[0] - b->aside[0], a->aside[1] - b->aside[1]);
}

/* ---- which circles move */

static int by_radius(const void *a, const void *b) {
  const BpMovedCircle *x = a, *y = b;
  return (x->radius > y->radius) - (x->radius < y->radius);
}

/* The first one of a radius counts: walls that may slope are added before others. Two that are
 * displaced against each other stay, and are refused. */
static void add(BpGeometry *g, BpPattern pattern, BpMovedCircle circle) {
  bp_overlay_of(&g->bp->package, pattern, circle.aside);
  for (int i = 0; i < g->ncircles; i++)
    if (fabs(g->circle[i].radius - circle.radius) < same &&
        axes_apart(&g->circle[i], &circle) < same)
      return;
  if (circle.radius > same && g->ncircles < BP_GEOMETRY_CIRCLES)
    g->circle[g->ncircles++] = circle;
}

static void add_still(BpGeometry *g, BpPattern pattern, double radius) {
  add(g, pattern, (BpMovedCircle){.radius = radius});
}

static double slope_of(double angle) {
  return angle > 0.5 * M_PI - 1e-9 ? 0.0 : 1.0 / tan(angle);
}

/* Heights between which a wall stands free of what is beside it. */
typedef struct {
  double foot, top;
} Wall;

/* The wall at a radius of a film that is `height` thick at most; side: +1 where the film is outside
 * of the circle, -1 inside. */
static Wall wall_at(const BpGeometry *g, double r, int side, double height) {
  const double beside = 1e-9;
  const BpColumn with = bp_geometry_column(g, r * (1.0 + side * beside), BP_SECTOR_RING);
  const BpColumn without = bp_geometry_column(g, r * (1.0 - side * beside), BP_SECTOR_RING);
  return (Wall){fmax(without.d2, with.d2 - height), with.d2};
}

typedef struct {
  BpPattern pattern;
  double height, angle;
} Film;

/* A wall leans towards the film that it ends, and its copper with it. */
static void add_wall(BpGeometry *g, double r, int side, const Film *film) {
  const double t = g->bp->package.wiring.thickness;
  const Wall wall = wall_at(g, r, side, film->height);
  const double way = side * slope_of(film->angle) * fmax(0.0, wall.top - wall.foot);
  add(g, film->pattern,
      (BpMovedCircle){.radius = r, .low = wall.foot, .high = wall.top, .way = way});
  add(g, film->pattern,
      (BpMovedCircle){
          .radius = r - side * g->wall, .low = wall.foot + t, .high = wall.top + t, .way = way});
}

/* Walls that may slope. A well through both dielectrics stays where D1 has it. */
static void add_walls(BpGeometry *g) {
  const BpPadCase *pad = &g->bp->package.pad;
  const Film of_ring = {BP_WITH_SECOND, pad->ring.height, pad->ring.wall_angle},
             of_well = {bp_geometry_has_bare_floor(g->pad) ? BP_WITH_FIRST : BP_WITH_SECOND,
                        HUGE_VAL, pad->concave_wall_angle};
  BpAnnulus ring;
  for (int i = 0; bp_geometry_has_rings(g) && bp_geometry_ring(&g->bp->package, i, &ring); i++) {
    if (ring.inner_radius > 0.0)
      add_wall(g, ring.inner_radius, 1, &of_ring);
    add_wall(g, ring.outer_radius, -1, &of_ring);
  }
  if (g->pad->has_well)
    add_wall(g, pad->concave_radius, 1, &of_well);
}

/* Other walls of films, which are vertical. */
static void add_others(BpGeometry *g) {
  const BpPackage *p = &g->bp->package;
  double dimples[BP_DIMPLES_RADII];
  for (int i = 0; bp_geometry_has_bare_floor(g->pad) && i < p->pad.nfirst_dielectric; i++) {
    const BpAnnulus *d1 = &p->pad.first_dielectric[i];
    add_still(g, BP_WITH_FIRST, d1->inner_radius - g->wall);
    add_still(g, BP_WITH_FIRST, d1->inner_radius);
    add_still(g, BP_WITH_FIRST, d1->outer_radius);
    add_still(g, BP_WITH_FIRST, d1->outer_radius + g->wall);
  }
  const int ndimples = bp_dimples_radii(g, dimples, 0);
  for (int i = 0; i < ndimples; i++)
    add_still(g, BP_WITH_SECOND, dimples[i]);
  add_still(g, BP_WITH_BALL, p->dielectrics.hole_radius);
  if (!bp_overlay_is_on(p))
    return;
  add_still(g, BP_WITH_WIRING, p->wiring.disc_radius);
  add_still(g, BP_WITH_BALL, p->board.mask_opening_radius);
  add_still(g, BP_WITH_BALL, bp_geometry_last_circle * 0.5 * p->pitch);
}

static int has_slopes(const BpGeometry *g) {
  const BpPadCase *pad = &g->bp->package.pad;
  return (bp_geometry_has_rings(g) && slope_of(pad->ring.wall_angle) > 0.0) ||
         (g->pad->has_well && slope_of(pad->concave_wall_angle) > 0.0);
}

/* ---- what cannot be built */

static void check_ring_top(const BpGeometry *g, const BpAnnulus *ring, int i,
                           BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double slope = slope_of(p->pad.ring.wall_angle), height = p->pad.ring.height;
  const double width = ring->outer_radius - ring->inner_radius;
  const int walls = ring->inner_radius > 0.0 ? 2 : 1;
  if (width - walls * slope * height < thin)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pad.ring.wall_angle",
                    "nothing is left of the top of %s %g um wide whose walls stand at %g deg and "
                    "rise by %g um; raise wall_angle above %.4g deg or reduce ring.height",
                    i > 0 ? "a further ring" : "a ring", UM(width), DEG(p->pad.ring.wall_angle),
                    UM(height), DEG(atan2(walls * height, width)));
}

static void check_well_top(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double well = p->pad.concave_radius, hole = p->dielectrics.hole_radius;
  const Wall wall = wall_at(g, well, 1, HUGE_VAL);
  const double deep = wall.top - wall.foot, top = well + deep * slope_of(p->pad.concave_wall_angle);
  if (top > hole - thin)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pad.concave.wall_angle",
                    "the wall of the concave stands at %g deg and reaches a radius of %.4g um, "
                    "beyond the connection hole (%g um); raise wall_angle above %.4g deg or reduce "
                    "concave.radius",
                    DEG(p->pad.concave_wall_angle), UM(top), UM(hole),
                    DEG(atan2(deep, hole - well)));
}

/* Circles that follow each other in the plan do so at every height, on every side. */
static void check_order(const BpGeometry *g, BpProblems *problems) {
  double z[BP_SHIFT_PIECES];
  const int n = bp_shift_pieces(g, 0.0, g->z_hole, z);
  for (int i = 0; i + 1 < g->ncircles; i++) {
    const double apart = axes_apart(&g->circle[i], &g->circle[i + 1]);
    const double a = g->circle[i].radius, b = g->circle[i + 1].radius;
    double least = b - a;
    for (int k = 0; k < n; k++)
      least = fmin(least, bp_shift_radius(g, b, z[k]) - bp_shift_radius(g, a, z[k]));
    if (least >= thin + apart)
      continue;
    if (apart > same)
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.overlay",
                      "films that are displaced against each other meet: circles of radius %g and "
                      "%g um have axes %.4g um apart and %.4g um of room; reduce the overlay or "
                      "part them",
                      UM(a), UM(b), UM(apart), UM(least));
    else
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pad",
                      "a sloping wall runs over another one: the circles of radius %g and %g um "
                      "meet; raise wall_angle or part them",
                      UM(a), UM(b));
  }
}

void bp_shift_build(BpGeometry *g, BpProblems *problems) {
  const int before = problems->count;
  BpAnnulus ring;
  g->ncircles = 0;
  for (int i = 0; bp_geometry_has_rings(g) && bp_geometry_ring(&g->bp->package, i, &ring); i++)
    check_ring_top(g, &ring, i, problems);
  if (g->pad->has_well)
    check_well_top(g, problems);
  bp_overlay_check(g, problems);
  if (problems->count > before || (!has_slopes(g) && !bp_overlay_is_on(&g->bp->package)))
    return;
  add_walls(g);
  add_others(g);
  qsort(g->circle, (size_t)g->ncircles, sizeof g->circle[0], by_radius);
  check_order(g, problems);
}

/* ---- where they are */

static double way_at(const BpMovedCircle *c, double z) {
  if (z <= c->low || c->way == 0.0)
    return 0.0;
  return z >= c->high ? c->way : c->way * (z - c->low) / (c->high - c->low);
}

/* Axis of a circle of the plan: around the ball's there is the first circle's own. */
static void axis_of(const BpGeometry *g, double r, double axis[2]) {
  const BpMovedCircle *c = g->circle;
  axis[0] = axis[1] = 0.0;
  for (int i = 0; i < g->ncircles; i++) {
    const double inner = i > 0 ? c[i - 1].radius : 0.0;
    const double *from = c[i > 0 ? i - 1 : 0].aside, *to = c[i].aside;
    if (r > c[i].radius)
      continue;
    const double share = (r - inner) / (c[i].radius - inner);
    for (int d = 0; d < 2; d++)
      axis[d] = from[d] + share * (to[d] - from[d]);
    return;
  }
}

double bp_shift_radius(const BpGeometry *g, double r, double z) {
  double inner = 0.0, way = 0.0;
  for (int i = 0; i < g->ncircles; i++) {
    const BpMovedCircle *c = &g->circle[i];
    const double outer_way = way_at(c, z);
    if (r < c->radius)
      return r + way + (outer_way - way) * (r - inner) / (c->radius - inner);
    inner = c->radius;
    way = outer_way;
    if (r == inner)
      return r + way;
  }
  return r;
}

void bp_shift_place(const BpGeometry *g, const double plan[2], double z, double at[2]) {
  const double r = hypot(plan[0], plan[1]);
  const double stretch = r > 0.0 && g->ncircles > 0 ? bp_shift_radius(g, r, z) / r : 1.0;
  double aside[2];
  axis_of(g, r, aside);
  for (int d = 0; d < 2; d++)
    at[d] = stretch * plan[d] + aside[d];
}

double bp_geometry_plan_radius(const BpGeometry *g, const double at[2], double z) {
  double low = 0.0, high = hypot(at[0], at[1]);
  if (g->ncircles == 0)
    return high;
  high = fmax(2.0 * high, g->circle[g->ncircles - 1].radius);
  while (high - low > 1e-13) { /* m; circles are nested */
    const double r = 0.5 * (low + high);
    double axis[2];
    axis_of(g, r, axis);
    if (hypot(at[0] - axis[0], at[1] - axis[1]) > bp_shift_radius(g, r, z))
      low = r;
    else
      high = r;
  }
  return 0.5 * (low + high);
}

int bp_shift_pieces(const BpGeometry *g, double low, double high, double z[BP_SHIFT_PIECES]) {
  int n = 0;
  z[n++] = low;
  z[n++] = high;
  for (int i = 0; i < g->ncircles; i++) {
    const double bend[] = {g->circle[i].low, g->circle[i].high};
    for (int k = 0; k < BP_COUNT(bend); k++)
      if (g->circle[i].way != 0.0 && bend[k] > low + same && bend[k] < high - same)
        z[n++] = bend[k];
  }
  return n > 2 ? bp_unique(z, n) : n;
}

static double square(double x) {
  return x * x;
}

/* Of squares of radii that are linear in z the rule of Simpson is exact. */
double bp_shift_squares(const BpGeometry *g, const double circle[2], double low, double high) {
  double z[BP_SHIFT_PIECES], sum = 0.0;
  if (g->ncircles == 0 || high - low < same)
    return square(bp_shift_radius(g, circle[1], low)) - square(bp_shift_radius(g, circle[0], low));
  const int n = bp_shift_pieces(g, low, high, z);
  for (int i = 0; i + 1 < n; i++) {
    const double at[] = {z[i], 0.5 * (z[i] + z[i + 1]), z[i + 1]};
    const double weight[] = {1.0 / 6.0, 4.0 / 6.0, 1.0 / 6.0};
    for (int k = 0; k < 3; k++)
      sum += (z[i + 1] - z[i]) * weight[k] *
             (square(bp_shift_radius(g, circle[1], at[k])) -
              square(bp_shift_radius(g, circle[0], at[k])));
  }
  return sum / (high - low);
}

double bp_shift_wall(const BpGeometry *g, double r, const double z[2], double *length) {
  double at[BP_SHIFT_PIECES], area = 0.0;
  const int n = bp_shift_pieces(g, fmin(z[0], z[1]), fmax(z[0], z[1]), at);
  *length = 0.0;
  for (int i = 0; i + 1 < n; i++) {
    const double a = bp_shift_radius(g, r, at[i]), b = bp_shift_radius(g, r, at[i + 1]);
    const double step = hypot(b - a, at[i + 1] - at[i]);
    *length += step;
    area += M_PI * (a + b) * step;
  }
  return area;
}
