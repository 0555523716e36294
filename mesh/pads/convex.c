/* Ring on the whole stack of both dielectrics, no well: a model shape to tell causes apart, no
 * claim. */
#include "pad.h"

static int films(const BpPackage *package, double r) {
  return BP_FILM_D1 | BP_FILM_D2 | bp_pad_raised(package, r);
}

extern const BpPad bp_pad_convex;
const BpPad bp_pad_convex = {.name = "convex",
                             .title = "ring on both dielectrics",
                             .has_ring = 1,
                             .floor = BP_FILM_D1 | BP_FILM_D2,
                             .films = films};
