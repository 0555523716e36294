#include "section.h"

#include <stdlib.h>
#include <string.h>

static const double beyond = 1.08; /* times the disc's radius: as far as the section shows */

void bp_section_fill(const BpGeometry *g, BpSection *section) {
  double radii[BP_GEOMETRY_MAX_RADII + 1], inner = 0.0;
  const double end = beyond * g->bp->package.wiring.disc_radius;
  int n = 0;
  for (const int all = bp_geometry_radii(g, radii); n < all && radii[n] < end - 1e-9;)
    n++;
  radii[n++] = end;
  *section = (BpSection){.radius = BP_NEW(double, n),
                         .top = bp_alloc((size_t)n, sizeof section->top[0]),
                         .count = n,
                         .passivation = g->bp->package.passivation_thickness,
                         .hole = g->bp->package.dielectrics.hole_radius,
                         .plane = g->z_hole};
  for (int i = 0; i < n; i++) {
    const BpColumn c = bp_geometry_column(g, 0.5 * (inner + radii[i]), BP_SECTOR_RING);
    const double top[BP_SECTION_FILMS] = {c.d1, c.d2, c.copper, c.underbump, c.intermetallic, c.d3};
    memcpy(section->top[i], top, sizeof top);
    section->radius[i] = inner = radii[i];
  }
}

void bp_section_free(BpSection *section) {
  free(section->radius);
  free(section->top);
  *section = (BpSection){0};
}
