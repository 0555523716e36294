/* Flat pad on the first dielectric alone: D2 is cleared under the whole disc, which leaves half of
 * the polymer cushion and no topography in the connection hole. */
#include "pad.h"

static int films(const BpPackage *package, double r) {
  (void)package;
  (void)r;
  return BP_FILM_D1;
}

extern const BpPad bp_pad_flat_d1;
const BpPad bp_pad_flat_d1 = {.name = "flat_d1",
                              .title = "flat, on the first dielectric",
                              .floor = BP_FILM_D1,
                              .films = films};
