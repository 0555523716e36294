#include "pad.h"

#include <string.h>

#define BP_PAD(name) extern const BpPad bp_pad_##name;
#include "pads.def"
#undef BP_PAD

#define BP_PAD(name) &bp_pad_##name,
const BpPad *const bp_pads[] = {
#include "pads.def"
    NULL};

const BpPad *bp_pad_find(const char *name) {
  for (int i = 0; bp_pads[i]; i++)
    if (strcmp(bp_pads[i]->name, name) == 0)
      return bp_pads[i];
  return NULL;
}

static int is_between(const BpAnnulus *walls, double r) {
  return r > walls->inner_radius && r < walls->outer_radius;
}

int bp_pad_raised(const BpPackage *package, double r) {
  const BpPadCase *pad = &package->pad;
  const BpAnnulus ring = {pad->ring.inner_radius, pad->ring.outer_radius};
  int raised = is_between(&ring, r);
  for (int i = 0; i < pad->nfurther_rings; i++)
    raised |= is_between(&pad->further_rings[i], r);
  return raised ? BP_FILM_RING : 0;
}
