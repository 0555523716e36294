/* Films that are displaced against each other, and what of that a plan of nested circles carries.
 */
#include "geometry_impl.h"
#include "shift.h"
#include "trace.h"

#define UM(x) (1e6 * (x))

static const double tiny = 1e-12; /* m */

void bp_overlay_of(const BpPackage *p, BpPattern pattern, double aside[2]) {
  const BpOverlay *o = &p->overlay;
  for (int d = 0; d < 2; d++) {
    const double own[BP_PATTERNS] = {[BP_WITH_SECOND] = o->second[d],
                                     [BP_WITH_WIRING] = o->wiring[d],
                                     [BP_WITH_BALL] = o->third[d]};
    aside[d] = own[pattern] - o->third[d];
  }
}

int bp_overlay_is_on(const BpPackage *p) {
  for (int i = 0; i < BP_PATTERNS; i++) {
    double aside[2];
    bp_overlay_of(p, (BpPattern)i, aside);
    if (fabs(aside[0]) > tiny || fabs(aside[1]) > tiny)
      return 1;
  }
  return 0;
}

int bp_overlay_is_mirrored(const BpPackage *p, double angle) {
  for (int i = 0; i < BP_PATTERNS; i++) {
    double aside[2];
    bp_overlay_of(p, (BpPattern)i, aside);
    if (fabs(aside[1] * cos(angle) - aside[0] * sin(angle)) > tiny)
      return 0;
  }
  return 1;
}

/* Films that end under the disc's edge, without a well, move with it: they would be the wiring's.
 */
static int opening_is_filled(const BpGeometry *g) {
  const int both = BP_FILM_D1 | BP_FILM_D2;
  double wiring[2], first[2];
  bp_overlay_of(&g->bp->package, BP_WITH_WIRING, wiring);
  bp_overlay_of(&g->bp->package, BP_WITH_FIRST, first);
  return !g->pad->has_well && (g->pad->floor & both) != both &&
         hypot(wiring[0] - first[0], wiring[1] - first[1]) > tiny;
}

void bp_overlay_check(const BpGeometry *g, BpProblems *problems) {
  static const char key[] = "package.overlay";
  const BpPackage *p = &g->bp->package;
  if (!bp_overlay_is_on(p))
    return;
  if (bp_case_is_array(g->bp))
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "displaced films are not their own mirror image about the planes of the %s; "
                    "take model.kind: cell or leave the overlay away",
                    g->bp->model.kind);
  if (bp_trace_is_on(p))
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "films are displaced against each other around the ball alone, not where a "
                    "trace leads to the chip; write wiring.trace.width: 0 um or leave the overlay "
                    "away");
  if (opening_is_filled(g))
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "the wiring's disc fills the opening of the dielectrics in a pad of shape %s "
                    "and cannot be displaced in it; displace both or none",
                    g->pad->name);
  if (!bp_case_is_array(g->bp) && !g->whole && !bp_overlay_is_mirrored(p, 0.0))
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "films that are displaced along y are not alike on both sides of y = 0, where "
                    "the half cell is cut; leave model.symmetry away");
}
