/* Where the dimples of a pad are. */
#include "config.h"

#include <math.h>

int bp_case_dimple_circle(const BpPackage *p, int i, BpDimpleCircle *circle) {
  const BpDimples *d = &p->pad.dimples;
  if (d->circle.count == 0 || i > d->nfurther)
    return 0;
  *circle = i > 0 ? d->further[i - 1] : d->circle;
  return 1;
}

int bp_case_dimple(const BpPackage *p, int i, double at[2]) {
  BpDimpleCircle c = {0};
  for (int k = 0; bp_case_dimple_circle(p, k, &c); i -= c.count, k++) {
    if (i >= c.count)
      continue;
    const double turn = M_PI + c.orientation + 2.0 * M_PI * i / c.count;
    at[0] = c.radius * cos(turn);
    at[1] = c.radius * sin(turn);
    return 1;
  }
  at[0] = at[1] = 0.0;
  return c.count > 0 && i == 0 && p->pad.dimples.centre;
}
