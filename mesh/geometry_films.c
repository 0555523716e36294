/* What the optional films and the underfill need of hole, ring and gap. */
#include "geometry_impl.h"

#define UM(x) (1e6 * (x))

static const double thin = 2e-8; /* m, the least distance that a mesh can carry */

/* Of the last circle: where the joint is wider, the columns beside it are folded. */
static const double widest_filled = 0.79;

/* Of the hole: nearer to it, columns that stand still in the mask are folded below it. */
static const double nearest_mask = 1.04;

/* Highest face that solder lies on. */
static double highest_wetted(const BpGeometry *g) {
  double radii[BP_GEOMETRY_MAX_RADII], inner = 0.0, highest = 0.0;
  const int n = bp_geometry_radii(g, radii);
  for (int i = 0; i < n && inner < g->bp->package.dielectrics.hole_radius - 1e-9; i++) {
    const BpColumn c = bp_geometry_column(g, 0.5 * (inner + radii[i]), BP_SECTOR_RING);
    highest = fmax(highest, c.intermetallic);
    inner = radii[i];
  }
  return highest;
}

void bp_geometry_check_films(const BpGeometry *g, BpProblems *problems) {
  const BpFilms *films = &g->bp->package.films;
  const double thickness = films->underbump + films->intermetallic, top = highest_wetted(g);
  const char *key = films->underbump > films->intermetallic ? "package.underbump.thickness"
                                                            : "package.intermetallic.thickness";
  if (thickness > 0.0 && top > g->z_hole - thin)
    bp_case_problem(
        g->bp, problems, BP_EXIT_CASE, key,
        "films of %g um on the copper fill the connection hole: they rise to %g um, and "
        "the third dielectric to %g um; reduce their thickness below %g um",
        UM(thickness), UM(top), UM(g->z_hole), UM(fmax(0.0, thickness - (top - g->z_hole))));
}

void bp_geometry_check_underfill(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double hole = p->dielectrics.hole_radius, least = nearest_mask * hole;
  if (bp_region_is_there(p, BP_REGION_UNDERFILL) && p->board.mask_opening_radius < least)
    bp_case_problem(
        g->bp, problems, BP_EXIT_CASE, "package.board.mask_opening_radius",
        "underfill between the joint and a mask whose opening (%g um) is as wide as the "
        "connection hole (%g um) has no cells; raise mask_opening_radius to %.4g um or "
        "write package.underfill.fill: none",
        UM(p->board.mask_opening_radius), UM(hole), UM(least));
  const double room = bp_geometry_last_circle * 0.5 * p->pitch;
  const int has_belly = g->sphere_center > g->z_hole && g->sphere_center < g->z_pad;
  if (bp_region_is_there(p, BP_REGION_UNDERFILL) && has_belly &&
      g->sphere_radius > widest_filled * room)
    bp_case_problem(
        g->bp, problems, BP_EXIT_CASE, "package.underfill.fill",
        "the joint is %.4g um wide and leaves no room for underfill at a pitch of %g um; "
        "reduce ball.diameter or raise pitch",
        UM(2.0 * g->sphere_radius), UM(p->pitch));
}
