/* Flat pad on the passivation: both dielectrics are cleared under the whole disc, so that the
 * solder has no polymer cushion. Against flat it tells what the cushion does. */
#include "pad.h"

static int films(const BpPackage *package, double r) {
  (void)package;
  (void)r;
  return 0;
}

extern const BpPad bp_pad_flat_bare;
const BpPad bp_pad_flat_bare = {
    .name = "flat_bare", .title = "flat, on the passivation", .films = films};
