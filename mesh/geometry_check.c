/* What cannot be built, by name: walls whose copper leaves no floor, rings without a step, gaps
 * that close, films and circles that are too close for a mesh. */
#include "dimples.h"
#include "geometry_impl.h"

#define UM(x)  (1e6 * (x))
#define DEG(x) (180.0 / M_PI * (x))

static const double thin = 2e-8; /* m, the least distance that a mesh can carry */

const double bp_geometry_last_circle = 0.96;

static const char rings_key[] = "package.pad.further_rings",
                  pattern_key[] = "package.pad.first_dielectric",
                  angle_key[] = "package.pad.ring.gaps.angle";

/* ---- walls; their copper stands inside the well and outside the rings */

static void check_well(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double hole = p->dielectrics.hole_radius, well = p->pad.concave_radius;
  if (well >= hole)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pad.concave.radius",
                    "the concave (radius %g um) is not inside the connection hole (%g um); reduce "
                    "concave.radius or raise third.hole_radius",
                    UM(well), UM(hole));
}

static void check_ring(const BpGeometry *g, int i, const BpAnnulus *ring, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double w = g->wall, hole = p->dielectrics.hole_radius, well = p->pad.concave_radius;
  const char *inner = i > 0 ? rings_key : "package.pad.ring.inner_radius";
  const char *outer = i > 0 ? rings_key : "package.pad.ring.outer_radius";
  if (ring->inner_radius > 0.0 && ring->inner_radius <= w)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, inner,
                    "the copper on the ring's inner wall (%g um) closes the ring's inside; raise "
                    "inner_radius above %g um, or write 0 um for a disc",
                    UM(w), UM(w));
  if (g->pad->has_well && ring->outer_radius >= well)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, outer,
                    "the ring (outer radius %g um) is outside the concave (%g um); reduce "
                    "outer_radius or raise concave.radius",
                    UM(ring->outer_radius), UM(well));
  else if (g->pad->has_well && ring->outer_radius + 2.0 * w >= well)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, outer,
                    "no floor is left between the wall copper of ring (%g um) and concave (%g um); "
                    "reduce outer_radius below %g um",
                    UM(ring->outer_radius), UM(well), UM(well - 2.0 * w));
  else if (ring->outer_radius + w >= hole)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, outer,
                    "the ring (outer radius %g um) is wider than the pad (connection hole radius "
                    "%g um); reduce outer_radius below %g um",
                    UM(ring->outer_radius), UM(hole), UM(hole - w));
}

/* Rings number i and k, in any order. */
static void check_rings_apart(const BpGeometry *g, int i, int k, BpProblems *problems) {
  BpAnnulus a, b;
  bp_geometry_ring(&g->bp->package, i, &a);
  bp_geometry_ring(&g->bp->package, k, &b);
  const double between =
      fmax(a.inner_radius, b.inner_radius) - fmin(a.outer_radius, b.outer_radius);
  if (between <= 2.0 * g->wall)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, rings_key,
                    "rings of radius %g to %g um and %g to %g um overlap or leave no floor between "
                    "their wall copper; part them by more than %g um",
                    UM(a.inner_radius), UM(a.outer_radius), UM(b.inner_radius), UM(b.outer_radius),
                    UM(2.0 * g->wall));
}

static void check_rings(const BpGeometry *g, BpProblems *problems) {
  BpAnnulus ring;
  for (int i = 0; bp_geometry_ring(&g->bp->package, i, &ring); i++) {
    check_ring(g, i, &ring, problems);
    for (int k = 0; k < i; k++)
      check_rings_apart(g, k, i, problems);
  }
}

static void check_pattern(const BpGeometry *g, BpProblems *problems) {
  const BpPadCase *pad = &g->bp->package.pad;
  const BpAnnulus *d1 = pad->first_dielectric;
  for (int i = 0; i < pad->nfirst_dielectric; i++) {
    if (d1[i].outer_radius > pad->concave_radius)
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, pattern_key,
                      "D1 on the floor (outer radius %g um) is wider than the concave (%g um); "
                      "reduce outer_radius or raise concave.radius",
                      UM(d1[i].outer_radius), UM(pad->concave_radius));
    for (int k = 0; k < i; k++)
      if (fmax(d1[i].inner_radius, d1[k].inner_radius) <
          fmin(d1[i].outer_radius, d1[k].outer_radius))
        bp_case_problem(g->bp, problems, BP_EXIT_CASE, pattern_key,
                        "D1 of radius %g to %g um and of %g to %g um overlap; write one of them",
                        UM(d1[k].inner_radius), UM(d1[k].outer_radius), UM(d1[i].inner_radius),
                        UM(d1[i].outer_radius));
  }
}

/* The copper on a ring stands above the one beside it on both sides. */
static void check_step(const BpGeometry *g, const BpAnnulus *ring, BpProblems *problems) {
  const double beside = 1e-9, in = ring->inner_radius, out = ring->outer_radius;
  const double on[] = {in * (1.0 + beside), out * (1.0 - beside)};
  const double off[] = {(in - g->wall) * (1.0 - beside), (out + g->wall) * (1.0 + beside)};
  for (int side = in > 0.0 ? 0 : 1; side < 2; side++) {
    const double high = bp_geometry_column(g, on[side], BP_SECTOR_RING).copper;
    const double low = bp_geometry_column(g, off[side], BP_SECTOR_RING).copper;
    if (high < low + thin)
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, pattern_key,
                      "no step is left %s the ring of radius %g to %g um: the copper on it rises "
                      "to %g um and the one beside it to %g um; raise ring.height or let D1 reach "
                      "under the ring",
                      side == 0 ? "inside" : "outside", UM(in), UM(out), UM(high), UM(low));
  }
}

static void check_steps(const BpGeometry *g, BpProblems *problems) {
  BpAnnulus ring;
  for (int i = 0; bp_geometry_ring(&g->bp->package, i, &ring); i++)
    check_step(g, &ring, problems);
}

/* ---- gaps */

static void check_gap_sizes(const BpGeometry *g, BpProblems *problems) {
  const BpGaps *gaps = &g->bp->package.pad.ring.gaps;
  const double room = 2.0 * M_PI / gaps->count;
  if (g->bp->package.pad.ring.inner_radius <= 0.0)
    bp_case_problem(
        g->bp, problems, BP_EXIT_CASE, "package.pad.ring.gaps.count",
        "a disc (ring.inner_radius 0 um) has no gaps; remove them or raise inner_radius");
  else if (gaps->angle >= room)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, angle_key,
                    "%d gaps of %g deg leave nothing of the ring; reduce gaps.angle below %g deg",
                    gaps->count, DEG(gaps->angle), DEG(room));
  else if (gaps->angle <= 2.0 * g->wall_angle)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, angle_key,
                    "the copper on the faces of a gap of %g deg closes the ring; raise gaps.angle "
                    "above %g deg",
                    DEG(gaps->angle), DEG(2.0 * g->wall_angle));
}

/* A half cell is cut at y = 0, where the pattern must be its own mirror image. */
static void check_gap_symmetry(const BpGeometry *g, BpProblems *problems) {
  const BpGaps *gaps = &g->bp->package.pad.ring.gaps;
  const double half_period = M_PI / gaps->count;
  const double off = remainder(gaps->orientation, half_period);
  const double low = gaps->orientation - (off < 0.0 ? half_period + off : off);
  if (!bp_case_is_array(g->bp) && !g->whole && fabs(off) > 1e-9)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pad.ring.gaps.orientation",
                    "%d gaps turned by %g deg are not alike on both sides of y = 0, where the half "
                    "cell is cut; turn them by %g or %g deg, or leave model.symmetry away",
                    gaps->count, DEG(gaps->orientation), DEG(low), DEG(low + half_period));
}

/* ---- distances that a mesh can carry */

static void check_heights(const BpGeometry *g, BpProblems *problems) {
  double levels[BP_GEOMETRY_MAX_RADII];
  const int n = bp_geometry_levels(g, levels), dimples = bp_geometry_has_dimples(g);
  if (levels[n - 1] > g->z_hole + 1e-9)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE,
                    dimples ? "package.pad.dimples.height" : "package.pad.ring.height",
                    "the copper on the %s to %g um, above the third dielectric (%g um); reduce "
                    "%s.height or raise third.thickness",
                    dimples ? "dimples rises" : "ring rises", UM(levels[n - 1]), UM(g->z_hole),
                    dimples ? "dimples" : "ring");
  for (int i = 1; i < n; i++)
    if (levels[i] - levels[i - 1] < thin)
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package",
                      "films end at heights %g and %g um, less than 20 nm apart, which no mesh can "
                      "carry; make them equal",
                      UM(levels[i - 1]), UM(levels[i]));
}

static void check_circles(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  double radii[BP_GEOMETRY_MAX_RADII];
  const int n = bp_geometry_radii(g, radii);
  if (radii[0] < thin)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package",
                    "a circle has a radius of %g um, less than the 20 nm that a mesh can carry; "
                    "make it larger or a disc",
                    UM(radii[0]));
  for (int i = 1; i < n; i++)
    if (radii[i] - radii[i - 1] < thin)
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package",
                      "circles of radius %g and %g um are less than 20 nm apart, which no mesh can "
                      "carry; make them equal",
                      UM(radii[i - 1]), UM(radii[i]));
  if (radii[n - 1] > bp_geometry_last_circle * 0.5 * p->pitch)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pitch",
                    "a circle of radius %g um does not fit in the cell of %g um, where %g um are "
                    "left for circles; raise pitch",
                    UM(radii[n - 1]), UM(p->pitch), UM(bp_geometry_last_circle * 0.5 * p->pitch));
  if (p->board.mask_opening_radius <= p->dielectrics.hole_radius)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.board.mask_opening_radius",
                    "the mask opening (%g um) must be wider than the connection hole (%g um)",
                    UM(p->board.mask_opening_radius), UM(p->dielectrics.hole_radius));
}

static void check_lines(const BpGeometry *g, BpProblems *problems) {
  const BpRing *ring = &g->bp->package.pad.ring;
  const double inner = g->nbands > 0              ? g->band[0].inner
                       : ring->inner_radius > 0.0 ? ring->inner_radius
                                                  : ring->outer_radius;
  double angles[BP_GEOMETRY_MAX_ANGLES];
  const int n = bp_geometry_angles(g, angles);
  const double end = g->whole ? 2.0 * M_PI : M_PI;
  for (int i = 0; i <= n; i++) {
    const double low = i > 0 ? angles[i - 1] : 0.0, high = i < n ? angles[i] : end;
    if ((high - low) * inner < thin)
      bp_case_problem(
          g->bp, problems, BP_EXIT_CASE,
          g->nbands > 0 ? "package.pad.dimples.orientation" : angle_key,
          "%s at angles of %g and %g deg are less than 20 nm apart, which no mesh can carry; "
          "change %s",
          g->nbands > 0 ? "lines of the plan between dimples" : "faces of gaps", DEG(low),
          DEG(high), g->nbands > 0 ? "dimples.orientation" : "gaps.angle");
  }
}

/* Lists that are longer than the arrays that they are read into. */
static void check_lists(const BpGeometry *g, BpProblems *problems) {
  const BpPadCase *pad = &g->bp->package.pad;
  const BpMeshCase *mesh = &g->bp->mesh;
  const struct {
    const char *key;
    int count, most;
  } list[] = {{rings_key, pad->nfurther_rings, BP_PAD_ANNULI},
              {pattern_key, pad->nfirst_dielectric, BP_PAD_ANNULI},
              {"mesh.extra_radii", mesh->nextra_radii, BP_GEOMETRY_MAX_EXTRA},
              {"mesh.extra_angles", mesh->nextra_angles, BP_GEOMETRY_MAX_EXTRA},
              {"mesh.extra_levels", mesh->nextra_levels, BP_GEOMETRY_MAX_EXTRA}};
  for (int i = 0; i < BP_COUNT(list); i++)
    if (list[i].count > list[i].most)
      bp_case_problem(g->bp, problems, BP_EXIT_CASE, list[i].key,
                      "%s has %d entries; at most %d are possible", list[i].key, list[i].count,
                      list[i].most);
}

void bp_geometry_check_pad(const BpGeometry *g, BpProblems *problems) {
  const int before = problems->count;
  check_lists(g, problems);
  if (problems->count > before)
    return;
  if (g->pad->has_well)
    check_well(g, problems);
  if (bp_geometry_has_bare_floor(g->pad))
    check_pattern(g, problems);
  if (bp_geometry_has_rings(g))
    check_rings(g, problems);
  if (bp_geometry_has_rings(g) && problems->count == before)
    check_steps(g, problems);
  bp_dimples_check(g, problems);
  if (bp_geometry_has_rings(g) && g->bp->package.pad.ring.gaps.count > 0) {
    check_gap_sizes(g, problems);
    check_gap_symmetry(g, problems);
  }
}

void bp_geometry_check_mesh(const BpGeometry *g, BpProblems *problems) {
  check_heights(g, problems);
  check_circles(g, problems);
  check_lines(g, problems);
}
