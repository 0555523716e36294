/* The patent's pad (claim 1): a concave well through both dielectrics down to the passivation and,
 * inside it and standing on the passivation, a convex ring of the second dielectric. */
#include "pad.h"

static int films(const BpPackage *package, double r) {
  if (r >= package->pad.concave_radius)
    return BP_FILM_D1 | BP_FILM_D2;
  return bp_pad_raised(package, r);
}

extern const BpPad bp_pad_embossed;
const BpPad bp_pad_embossed = {.name = "embossed",
                               .title = "well down to the passivation with a ring of D2 in it",
                               .has_well = 1,
                               .has_ring = 1,
                               .films = films};
