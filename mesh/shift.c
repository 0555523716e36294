#include "shift.h"

#include "geometry_impl.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

#define UM(x)  (1e6 * (x))
#define DEG(x) (180.0 / M_PI * (x))

static const double same = 1e-9; /* m: radii that are one circle, heights that are one level */
static const double thin = 2e-8; /* m, the least distance that a mesh can carry */

/* ---- which circles move */

static int by_radius(const void *a, const void *b) {
  const BpMovedCircle *x = a, *y = b;
  return (x->radius > y->radius) - (x->radius < y->radius);
}

/* The first one of a radius counts: walls that may slope are added before others. */
static void add(BpGeometry *g, BpMovedCircle circle) {
  for (int i = 0; i < g->ncircles; i++)
    if (fabs(g->circle[i].radius - circle.radius) < same)
      return;
  if (circle.radius > same && g->ncircles < BP_GEOMETRY_CIRCLES)
    g->circle[g->ncircles++] = circle;
}

static void add_still(BpGeometry *g, double radius) {
  add(g, (BpMovedCircle){.radius = radius});
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

/* A wall leans towards the film that it ends, and its copper with it. */
static void add_wall(BpGeometry *g, double r, int side, double height, double angle) {
  const double t = g->bp->package.wiring.thickness;
  const Wall wall = wall_at(g, r, side, height);
  const double way = side * slope_of(angle) * fmax(0.0, wall.top - wall.foot);
  add(g, (BpMovedCircle){.radius = r, .low = wall.foot, .high = wall.top, .way = way});
  add(g, (BpMovedCircle){
             .radius = r - side * g->wall, .low = wall.foot + t, .high = wall.top + t, .way = way});
}

/* Walls that may slope. */
static void add_walls(BpGeometry *g) {
  const BpPackage *p = &g->bp->package;
  BpAnnulus ring;
  for (int i = 0; g->pad->has_ring && bp_geometry_ring(p, i, &ring); i++) {
    if (ring.inner_radius > 0.0)
      add_wall(g, ring.inner_radius, 1, p->pad.ring.height, p->pad.ring.wall_angle);
    add_wall(g, ring.outer_radius, -1, p->pad.ring.height, p->pad.ring.wall_angle);
  }
  if (g->pad->has_well)
    add_wall(g, p->pad.concave_radius, 1, HUGE_VAL, p->pad.concave_wall_angle);
}

/* Other walls of films, which are vertical. */
static void add_others(BpGeometry *g) {
  const BpPackage *p = &g->bp->package;
  for (int i = 0; bp_geometry_has_bare_floor(g->pad) && i < p->pad.nfirst_dielectric; i++) {
    const BpAnnulus *d1 = &p->pad.first_dielectric[i];
    add_still(g, d1->inner_radius - g->wall);
    add_still(g, d1->inner_radius);
    add_still(g, d1->outer_radius);
    add_still(g, d1->outer_radius + g->wall);
  }
  add_still(g, p->dielectrics.hole_radius);
}

static int has_slopes(const BpGeometry *g) {
  const BpPadCase *pad = &g->bp->package.pad;
  return (g->pad->has_ring && slope_of(pad->ring.wall_angle) > 0.0) ||
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

/* Circles that follow each other in the plan do so at every height. */
static void check_order(const BpGeometry *g, BpProblems *problems) {
  double z[BP_SHIFT_PIECES];
  const int n = bp_shift_pieces(g, 0.0, g->z_hole, z);
  for (int i = 0; i + 1 < g->ncircles; i++)
    for (int k = 0; k < n; k++) {
      const double a = g->circle[i].radius, b = g->circle[i + 1].radius;
      if (bp_shift_radius(g, b, z[k]) - bp_shift_radius(g, a, z[k]) >= thin)
        continue;
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pad",
                      "a sloping wall runs over another one: the circles of radius %g and %g um "
                      "meet at a height of %g um; raise wall_angle or part them",
                      UM(a), UM(b), UM(z[k]));
      break;
    }
}

void bp_shift_build(BpGeometry *g, BpProblems *problems) {
  const int before = problems->count;
  BpAnnulus ring;
  g->ncircles = 0;
  for (int i = 0; g->pad->has_ring && bp_geometry_ring(&g->bp->package, i, &ring); i++)
    check_ring_top(g, &ring, i, problems);
  if (g->pad->has_well)
    check_well_top(g, problems);
  if (problems->count > before)
    return;
  if (!has_slopes(g))
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

double bp_geometry_plan_radius(const BpGeometry *g, double radius, double z) {
  double inner = 0.0, way = 0.0;
  for (int i = 0; i < g->ncircles; i++) {
    const BpMovedCircle *c = &g->circle[i];
    const double outer_way = way_at(c, z), from = inner + way, to = c->radius + outer_way;
    if (radius < to)
      return inner + (c->radius - inner) * (radius - from) / (to - from);
    inner = c->radius;
    way = outer_way;
  }
  return radius;
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
