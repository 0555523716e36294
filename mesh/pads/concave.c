/* Well through both dielectrics down to the passivation, no ring. */
#include "pad.h"

static int films(const BpPackage *package, double r) {
  return r < package->pad.concave_radius ? 0 : BP_FILM_D1 | BP_FILM_D2;
}

extern const BpPad bp_pad_concave;
const BpPad bp_pad_concave = {
    .name = "concave", .title = "well down to the passivation", .has_well = 1, .films = films};
