#include "dimples.h"
#include "plan_impl.h"

#include <stdlib.h>

/* Target widths at level 0; each level divides them by sqrt(2). */
static const double width_joint = 36e-6; /* inside the connection hole */
static const double width_around = 60e-6;
static const int arcs_level0 = 8; /* of a half circle: a volume error of 5e-5 */

/* Of a joint that is not in full detail. */
static const double width_coarse = 90e-6;
static const int coarse_arcs_level0 = 4;

/* Largest ratio of the radii of neighbouring circles: wedges around the axis narrow by as much. */
static const double widening = 3.0;

static int divide(double length, double width) {
  const int n = (int)lround(length / width);
  return n > 0 ? n : 1;
}

int bp_plan_is_whole(const BpPlanSpec *spec) {
  return spec->turn[spec->nsectors] - spec->turn[0] > 1.5 * M_PI;
}

/* Sectors between the lines; none has wider arcs than a circle without lines. */
static void divide_circle(const BpGeometry *g, const BpSite *site, int arcs, BpPlanSpec *spec) {
  double angle[BP_GEOMETRY_MAX_ANGLES + 2];
  spec->nsectors = 1;
  if (site->detailed >= 0)
    spec->nsectors += bp_geometry_angles_of(g, site, angle);
  else if (bp_site_part(site) == 1.0) /* a plan that goes all round has a line half-way */
    angle[spec->nsectors++ - 1] = site->from + M_PI;
  if (bp_case_is_strip(g->bp))
    spec->nsectors = 1 + bp_plan_strip_angles(site, angle, spec->nsectors - 1);
  if (site->detailed >= 0)
    bp_plan_dimple_bands(g, site, spec);
  spec->turn[0] = site->from;
  for (int i = 0; i < spec->nsectors; i++) {
    spec->turn[i + 1] = i + 1 < spec->nsectors ? angle[i] : site->to;
    const double share = (spec->turn[i + 1] - spec->turn[i]) / M_PI;
    spec->sector_arcs[i] = (int)ceil(share * arcs - 1e-6);
  }
  if (bp_case_is_strip(g->bp))
    bp_plan_strip_refine(g, spec);
  bp_plan_dimple_arcs(arcs, spec);
  for (int i = 0; i < spec->nsectors; i++)
    spec->arcs += spec->sector_arcs[i];
}

/* Circles of the geometry, with others in geometric series between those that are far apart. */
static void space_circles(const BpGeometry *g, BpPlanSpec *spec) {
  double radii[BP_GEOMETRY_MAX_RADII];
  const int n = bp_geometry_radii(g, radii);
  for (int i = 0; i < n && !bp_plan_is_curve(g, radii[i]); i++) {
    BpDimpleBand band;
    const int in_band = i > 0 && bp_dimples_band_at(g, 0.5 * (radii[i] + radii[i - 1]), &band);
    const double ratio = i > 0 && !in_band ? radii[i] / radii[i - 1] : 1.0;
    const int steps = ratio > widening ? (int)ceil(log(ratio) / log(widening)) : 1;
    for (int k = 1; k < steps && spec->ncircles < BP_PLAN_MAX_CIRCLES - n; k++)
      spec->radius[spec->ncircles++] = radii[i - 1] * pow(ratio, (double)k / steps);
    spec->radius[spec->ncircles++] = radii[i];
  }
}

void bp_plan_spec(const BpGeometry *g, BpPlanSpec *spec) {
  const BpSite site = bp_array_detailed(g, 0);
  bp_plan_site_spec(g, &site, spec);
}

void bp_plan_site_spec(const BpGeometry *g, const BpSite *site, BpPlanSpec *spec) {
  const BpPackage *p = &g->bp->package;
  const double scale = pow(2.0, -0.5 * g->bp->mesh.level);
  *spec = (BpPlanSpec){.half = 0.5 * p->pitch};
  space_circles(g, spec);
  const int arcs = (int)lround(arcs_level0 / scale);
  divide_circle(g, site, arcs, spec);
  for (int i = 0; i < spec->ncircles; i++) {
    const double inner = i > 0 ? spec->radius[i - 1] : 0.0;
    const int joint = spec->radius[i] <= p->dielectrics.hole_radius * (1.0 + 1e-9);
    spec->divisions[i] =
        divide(spec->radius[i] - inner, scale * (joint ? width_joint : width_around));
  }
  const double last = spec->radius[spec->ncircles - 1];
  const double across = bp_case_is_strip(g->bp) ? M_SQRT1_2 * spec->half : spec->half;
  spec->border = divide(across, fmin(M_PI * spec->half / arcs, 1.5 * scale * width_around));
  spec->outer = divide(spec->half - last, scale * width_around);
  if (bp_case_is_strip(g->bp))
    bp_plan_strip_border(g, site, 1.5 * scale * width_around, spec);
  bp_plan_curves(g, spec);
}

/* How much larger circles are drawn, so that what quadratic arcs enclose is the circle's area. */
static double swell_of(const BpPlanSpec *spec) {
  double angle = 0.0, enclosed = 0.0;
  for (int i = 0; i < spec->nsectors; i++) {
    const double half_arc = 0.5 * (spec->turn[i + 1] - spec->turn[i]) / spec->sector_arcs[i];
    const double s = sin(half_arc), c = cos(half_arc);
    angle += spec->sector_arcs[i] * half_arc;
    enclosed += spec->sector_arcs[i] * (s * c + 4.0 / 3.0 * s * (1.0 - c));
  }
  return sqrt(angle / enclosed);
}

/* Circles of a coarse joint have few arcs. */
void bp_plan_coarse_spec(const BpGeometry *g, const BpSite *site, double *swell, BpPlanSpec *spec) {
  const double scale = pow(2.0, -0.5 * g->bp->mesh.level);
  const int arcs = (int)lround(coarse_arcs_level0 / scale);
  double radii[BP_GEOMETRY_MAX_RADII];
  BpCoarsePad pad;
  BpPlanSpec fine;
  bp_plan_spec(g, &fine);
  bp_coarse_pad(g, &pad);
  *spec = (BpPlanSpec){.half = fine.half, .border = fine.border};
  spec->ncircles = bp_coarse_radii(g, &pad, radii);
  divide_circle(g, site, arcs, spec);
  *swell = swell_of(spec);
  for (int i = 0; i < spec->ncircles; i++) {
    spec->radius[i] = *swell * radii[i];
    spec->divisions[i] = divide(radii[i] - (i > 0 ? radii[i - 1] : 0.0), scale * width_coarse);
  }
  spec->outer = divide(spec->half - spec->radius[spec->ncircles - 1], scale * width_coarse);
  if (bp_case_is_strip(g->bp))
    bp_plan_strip_border(g, site, scale * width_coarse, spec);
}

typedef struct {
  int low, high, triangle, side;
} Side;

static int by_ends(const void *a, const void *b) {
  const Side *x = a, *y = b;
  return x->low != y->low ? x->low - y->low : x->high - y->high;
}

void bp_plan_number_edges(BpPlan *plan) {
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

/* Angle of a point, at least that which the plan begins at. */
static double turn_of(const BpPlanSpec *spec, const double v[2]) {
  const double turn = atan2(v[1], v[0]);
  return turn < spec->turn[0] - 1e-9 ? turn + 2.0 * M_PI : turn;
}

/* Number, counted from the beginning, of the arc's end that is nearest to an angle. */
static int arc_end(const BpPlanSpec *spec, double angle) {
  int before = 0, i = 0;
  while (i + 1 < spec->nsectors && angle > spec->turn[i + 1])
    before += spec->sector_arcs[i++];
  const double width = spec->turn[i + 1] - spec->turn[i];
  return before + (int)lround((angle - spec->turn[i]) / width * spec->sector_arcs[i]);
}

/* 1 if two angles belong to one arc's ends or to the same end; the last end of a whole circle is
 * its first one. */
static int are_neighbours(const BpPlanSpec *spec, double a, double b) {
  const int apart = abs(arc_end(spec, a) - arc_end(spec, b));
  return apart <= 1 || (bp_plan_is_whole(spec) && apart >= spec->arcs - 1);
}

/* In the rings between circles an edge's middle has the mean radius at the mean angle, so that thin
 * rings follow their circles; in the core and outside, only edges along a circle are curved. */
static void place_middle(const BpPlanSpec *spec, const double a[2], const double b[2],
                         double m[2]) {
  const double ra = hypot(a[0], a[1]), rb = hypot(b[0], b[1]);
  const double first = spec->radius[0] * (1.0 - 1e-9),
               last = spec->radius[spec->ncircles - 1] * (1.0 + 1e-9);
  const double ta = turn_of(spec, a), tb = turn_of(spec, b);
  const int in_rings = ra >= first && rb >= first && ra <= last && rb <= last;
  if (in_rings && are_neighbours(spec, ta, tb)) {
    const double r = 0.5 * (ra + rb), t = 0.5 * (ta + tb) + (fabs(ta - tb) > M_PI ? M_PI : 0.0);
    m[0] = r * cos(t);
    m[1] = r * sin(t);
  } else {
    m[0] = 0.5 * (a[0] + b[0]);
    m[1] = 0.5 * (a[1] + b[1]);
  }
}

static double bulge(const BpPlanSpec *spec) {
  const double all = spec->turn[spec->nsectors] - spec->turn[0];
  double sum = 0.0;
  for (int i = 0; i < spec->nsectors; i++) {
    const double width = spec->turn[i + 1] - spec->turn[i];
    sum += width / all * (1.0 - cos(0.5 * width / spec->sector_arcs[i]));
  }
  return sum;
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
  BpPlanMiddles middles = {0};
  plan->bulge = bulge(spec);
  if (bp_plan_triangulate(spec, plan, problems) != BP_OK) {
    bp_plan_free(plan);
    return NULL;
  }
  for (int i = 0; i < plan->nvertices; i++)
    snap(spec, plan->vertex[i]);
  const int from_gmsh = plan->nvertices;
  bp_plan_add_dimples(spec, plan, &middles);
  for (int i = from_gmsh; i < plan->nvertices; i++)
    snap(spec, plan->vertex[i]);
  orient(plan);
  bp_plan_flip(spec, plan);
  bp_plan_take_in(spec, plan);
  bp_plan_number_edges(plan);
  plan->middle = bp_alloc((size_t)plan->nedges, sizeof plan->middle[0]);
  for (int e = 0; e < plan->nedges; e++)
    place_middle(spec, plan->vertex[plan->edge[e][0]], plan->vertex[plan->edge[e][1]],
                 plan->middle[e]);
  bp_plan_bend(spec, plan);
  bp_plan_bend_dimples(&middles, plan);
  free(middles.item);
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
  free(plan->arc);
  free(plan->joint);
  free(plan->triangle_joint);
  free(plan->vertex_joint);
  free(plan->edge_joint);
  free(plan);
}
