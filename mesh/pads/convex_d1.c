/* Ring of the second dielectric on the first one, which is whole: D2 alone is cleared inside the
 * well (claim 13). */
#include "pad.h"

static int films(const BpPackage *package, double r) {
  if (r >= package->pad.concave_radius)
    return BP_FILM_D1 | BP_FILM_D2;
  return BP_FILM_D1 | bp_pad_raised(package, r);
}

extern const BpPad bp_pad_convex_d1;
const BpPad bp_pad_convex_d1 = {.name = "convex_d1",
                                .title =
                                    "well down to the first dielectric with a ring of D2 in it",
                                .has_well = 1,
                                .has_ring = 1,
                                .floor = BP_FILM_D1,
                                .films = films};
