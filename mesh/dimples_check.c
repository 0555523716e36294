/* What cannot be built of dimples, by name. */
#include "dimples.h"

#define UM(x)  (1e6 * (x))
#define DEG(x) (180.0 / M_PI * (x))

/* What the plan around a dimple needs, relative to its radius with the copper: to each side, and
 * from the axis. */
static const double beside = 0.1, tightest = 2.2;

static const char circle_key[] = "package.pad.dimples.circle_radius",
                  further_key[] = "package.pad.dimples.further_circles",
                  orientation_key[] = "package.pad.dimples.orientation";

static double with_copper(const BpGeometry *g) {
  return g->bp->package.pad.dimples.radius + g->wall;
}

/* ---- distances */

static void check_circle(const BpGeometry *g, const BpDimpleBand *band, const char *key,
                         BpProblems *problems) {
  const double b = g->bp->package.pad.dimples.radius, copper = with_copper(g);
  const int n = band->of.count;
  const double needed = n > 1 ? (1.0 + beside) * copper / sin(M_PI / n) : 0.0;
  if (band->of.radius < needed)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "%d dimples of radius %g um on a circle of %g um overlap or leave no floor "
                    "between their wall copper; reduce radius or count, or raise circle_radius "
                    "above %.4g um",
                    n, UM(b), UM(band->of.radius), UM(needed));
  else if (band->of.radius < tightest * copper)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "a circle of %g um is too tight for dimples of radius %g um with their copper; "
                    "raise circle_radius above %.4g um, or make one of them the centre",
                    UM(band->of.radius), UM(b), UM(tightest * copper));
}

static void check_well(const BpGeometry *g, const BpDimpleBand *band, const char *key,
                       BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double b = p->pad.dimples.radius, copper = with_copper(g), r = band->of.radius;
  const double well = p->pad.concave_radius, hole = p->dielectrics.hole_radius;
  const double most = fmin(well - g->wall, hole) - (1.0 + 2.0 * beside) * copper;
  if (r + b >= hole)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "dimples of radius %g um on a circle of %g um leave the pad (connection hole "
                    "radius %g um); reduce circle_radius below %.4g um",
                    UM(b), UM(r), UM(hole), UM(most));
  else if (r + b >= well)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "dimples of radius %g um on a circle of %g um touch the wall of the concave "
                    "(%g um), whose circle is in the plan of every shape; reduce circle_radius "
                    "below %.4g um or raise concave.radius",
                    UM(b), UM(r), UM(well), UM(most));
  else if (r > most)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "no floor is left between the copper of dimples of radius %g um on a circle of "
                    "%g um and that of the concave (%g um); reduce circle_radius below %.4g um",
                    UM(b), UM(r), UM(well), UM(most));
}

static void check_apart(const BpGeometry *g, double a, double b, const char *key,
                        BpProblems *problems) {
  const double needed = 2.0 * (1.0 + beside) * with_copper(g);
  if (fabs(a - b) < needed)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "dimples of radius %g um on circles of %g and %g um overlap or leave no floor "
                    "between their wall copper; part the circles by more than %.4g um",
                    UM(g->bp->package.pad.dimples.radius), UM(a), UM(b), UM(needed));
}

static void check_sizes(const BpGeometry *g, BpProblems *problems) {
  BpDimpleBand band, other;
  for (int i = 0; bp_dimples_band(g, i, &band); i++) {
    const char *key = i > 0 ? further_key : circle_key;
    check_circle(g, &band, key, problems);
    check_well(g, &band, key, problems);
    if (bp_dimples_centre(&g->bp->package) > 0.0)
      check_apart(g, 0.0, band.of.radius, key, problems);
    for (int k = 0; k < i && bp_dimples_band(g, k, &other); k++)
      check_apart(g, other.of.radius, band.of.radius, further_key, problems);
  }
}

/* ---- what else is there */

/* Circles around the joint's axis would cut the plan around dimples. */
static void check_cuts(const BpGeometry *g, BpProblems *problems) {
  double radii[BP_GEOMETRY_MAX_RADII];
  BpDimpleBand band;
  const int n = bp_geometry_radii(g, radii);
  for (int i = 0; i < n; i++)
    if (bp_dimples_band_at(g, radii[i], &band) && radii[i] > band.inner + 1e-9 &&
        radii[i] < band.outer - 1e-9)
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pad.first_dielectric",
                      "a circle of radius %g um runs through dimples, whose plan is that from %.4g "
                      "to %.4g um; let D1 end outside of that (its copper too), and leave such "
                      "radii out of mesh.extra_radii",
                      UM(radii[i]), UM(band.inner), UM(band.outer));
}

static void check_rings(const BpGeometry *g, BpProblems *problems) {
  const BpPadCase *pad = &g->bp->package.pad;
  const char *key = pad->nfurther_rings > 0    ? "package.pad.further_rings"
                    : pad->ring.gaps.count > 0 ? "package.pad.ring.gaps.count"
                                               : NULL;
  if (key && g->pad->has_ring)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "dimples stand in place of the rings, and the case has both %d dimples and %s; "
                    "write package.pad.dimples.count: 0 or leave the others away",
                    pad->dimples.circle.count,
                    pad->nfurther_rings > 0 ? "further rings" : "gaps of a ring");
}

/* A half cell is cut at y = 0, where the pattern must be its own mirror image. */
static void check_symmetry(const BpGeometry *g, BpProblems *problems) {
  BpDimpleBand band;
  if (bp_case_is_array(g->bp) || g->whole)
    return;
  for (int i = 0; bp_dimples_band(g, i, &band); i++) {
    const double period = M_PI / band.of.count, turned = band.of.orientation;
    const double low = period * floor(turned / period + 1e-9);
    if (fabs(remainder(turned, period)) > 1e-9)
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, i > 0 ? further_key : orientation_key,
                      "%d dimples turned by %g deg are not alike on both sides of y = 0, where the "
                      "half cell is cut; turn them by %g or %g deg, or leave model.symmetry away",
                      band.of.count, DEG(turned), DEG(low), DEG(low + period));
  }
}

void bp_dimples_check(const BpGeometry *g, BpProblems *problems) {
  const int before = problems->count;
  if (!bp_dimples_are_on(&g->bp->package))
    return;
  if (g->bp->package.pad.dimples.nfurther > BP_PAD_CIRCLES) {
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, further_key,
                    "%s has %d entries; at most %d are possible", further_key,
                    g->bp->package.pad.dimples.nfurther, BP_PAD_CIRCLES);
    return;
  }
  check_rings(g, problems);
  check_sizes(g, problems);
  if (problems->count == before)
    check_cuts(g, problems);
  check_symmetry(g, problems);
}
