#include "case_impl.h"

#include "profile.h"

#include <math.h>

static int same(double a, double b) {
  return !(fabs(a - b) > 0.0);
}

/* 1 when the programme is no more than the named cycle. */
static int is_named_cycle(const BpLoad *load) {
  BpSegment segment[4];
  const BpProfile *profile = bp_profile_find(load->profile);
  if (!profile || load->nprogramme != BP_COUNT(segment))
    return 0;
  bp_profile_segments(profile, load, segment);
  for (int i = 0; i < load->nprogramme; i++) {
    const BpSegment *s = &load->programme[i];
    if (!same(s->to, segment[i].to) || !same(s->rate, segment[i].rate) ||
        !same(s->hold, segment[i].hold) || !same(s->power, segment[i].power))
      return 0;
  }
  return 1;
}

char *bp_case_dump(const BpCase *bp) {
  BpCase written = *bp;
  if (is_named_cycle(&bp->load)) /* then --set load.profile still works on the dump */
    written.load.nprogramme = 0;
  return bp_schema_dump(&bp_case_schema, &written);
}
