/* Flat pad: copper on the whole stack of both dielectrics. The reference of every comparison. */
#include "pad.h"

static int films(const BpPackage *package, double r) {
  (void)package;
  (void)r;
  return BP_FILM_D1 | BP_FILM_D2;
}

extern const BpPad bp_pad_flat;
const BpPad bp_pad_flat = {.name = "flat",
                           .title = "flat, on both dielectrics",
                           .floor = BP_FILM_D1 | BP_FILM_D2,
                           .films = films};
