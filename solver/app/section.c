#include "section.h"

#include "dimples.h"

#include <stdlib.h>
#include <string.h>

static const double beyond = 1.08; /* times the disc's radius: as far as the section shows */

enum { STEPS = 24 }; /* that a sloping wall is drawn in */

/* Radii that films end at, sorted, the last one at the section's end. Returns their number. */
static int edges(const BpGeometry *g, double end, double **radius) {
  double plan[BP_GEOMETRY_MAX_RADII];
  const int all = bp_geometry_radii(g, plan);
  int n = 0;
  *radius = BP_NEW(double, all + (STEPS + 1) * g->ncircles + BP_DIMPLES_SECTION + 1);
  for (int i = 0; i < all; i++)
    (*radius)[n++] = plan[i];
  for (int i = 0; i < g->ncircles; i++)
    for (int k = 0; k <= STEPS && g->circle[i].way != 0.0; k++)
      (*radius)[n++] = g->circle[i].radius + g->circle[i].way * k / STEPS;
  if (bp_geometry_has_dimples(g))
    n += bp_dimples_section(g, *radius + n);
  n = bp_unique(*radius, n);
  while (n > 0 && (*radius)[n - 1] > end - 1e-9)
    n--;
  (*radius)[n++] = end;
  return n;
}

static void tops_of(const BpColumn *c, double top[BP_SECTION_FILMS]) {
  const double all[BP_SECTION_FILMS] = {c->d1, c->d2, c->copper, c->underbump, c->intermetallic,
                                        c->d3};
  memcpy(top, all, sizeof all);
}

/* Films at a radius: below the top of each lies a column of the plan that reaches up there. */
static void films_at(const BpGeometry *g, double r, double top[BP_SECTION_FILMS]) {
  BpColumn c = bp_geometry_column(g, r, bp_geometry_section(g, r));
  tops_of(&c, top);
  for (int f = 0; f < BP_SECTION_FILMS && g->ncircles > 0; f++) {
    double low = 0.0, high = 2.0 * g->z_hole, reach[BP_SECTION_FILMS];
    while (high - low > 1e-11) {
      const double z = 0.5 * (low + high);
      const double plan = bp_geometry_plan_radius(g, (double[]){r, 0.0}, z);
      c = bp_geometry_column(g, plan, bp_geometry_section(g, plan));
      tops_of(&c, reach);
      if (z < reach[f])
        low = z;
      else
        high = z;
    }
    top[f] = low < 2e-11 ? 0.0 : high;
  }
}

void bp_section_fill(const BpGeometry *g, BpSection *section) {
  double *radius, inner = 0.0;
  const int n = edges(g, beyond * g->bp->package.wiring.disc_radius, &radius);
  *section = (BpSection){.radius = radius,
                         .top = bp_alloc((size_t)n, sizeof section->top[0]),
                         .count = n,
                         .passivation = g->bp->package.passivation_thickness,
                         .hole = g->bp->package.dielectrics.hole_radius,
                         .plane = g->z_hole};
  for (int i = 0; i < n; i++) {
    films_at(g, 0.5 * (inner + radius[i]), section->top[i]);
    inner = radius[i];
  }
}

void bp_section_free(BpSection *section) {
  free(section->radius);
  free(section->top);
  *section = (BpSection){0};
}
