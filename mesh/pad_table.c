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
