/* Ring on the whole stack of both dielectrics, no well: a model shape to tell causes apart, no
 * claim. */
#include "pad.h"

static int films(const BpPackage *package, double r) {
  const BpRing *ring = &package->pad.ring;
  int raised = r > ring->inner_radius && r < ring->outer_radius;
  return BP_FILM_D1 | BP_FILM_D2 | (raised ? BP_FILM_RING : 0);
}

extern const BpPad bp_pad_convex;
const BpPad bp_pad_convex = {
    .name = "convex", .title = "ring on both dielectrics", .has_ring = 1, .films = films};
