/* The curves that plan and layers conform to: circles, radial lines and film levels. */
#include "array.h"
#include "dimples.h"
#include "geometry_impl.h"
#include "trace.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int bp_unique(double *v, int n) {
  int kept = 0;
  qsort(v, (size_t)n, sizeof v[0], by_value);
  for (int i = 0; i < n; i++)
    if (kept == 0 || v[i] - v[kept - 1] > 1e-9)
      v[kept++] = v[i];
  return kept;
}

static int add_all(double *to, int n, int most, const double *value, int count) {
  for (int i = 0; i < count && n < most; i++)
    to[n++] = value[i];
  return n;
}

static int add_walls(double *radii, int n, const BpAnnulus *walls, double copper) {
  radii[n++] = walls->inner_radius - copper;
  radii[n++] = walls->inner_radius;
  radii[n++] = walls->outer_radius;
  radii[n++] = walls->outer_radius + copper;
  return n;
}

/* Where films of any shape end: under the wiring's disc, beyond which both dielectrics are whole.
 */
static int add_pattern(const BpGeometry *g, double *radii) {
  const BpPackage *p = &g->bp->package;
  BpAnnulus ring;
  int n = 0, kept = 0;
  radii[n++] = p->pad.concave_radius - g->wall;
  radii[n++] = p->pad.concave_radius;
  n = bp_dimples_radii(g, radii, n);
  for (int i = 0; !bp_dimples_are_on(p) && bp_geometry_ring(p, i, &ring); i++)
    n = add_walls(radii, n, &ring, g->wall);
  for (int i = 0; i < p->pad.nfirst_dielectric; i++)
    n = add_walls(radii, n, &p->pad.first_dielectric[i], g->wall);
  for (int i = 0; i < n; i++)
    if (radii[i] < p->wiring.disc_radius)
      radii[kept++] = radii[i];
  return kept;
}

int bp_geometry_radii(const BpGeometry *g, double radii[BP_GEOMETRY_MAX_RADII]) {
  const BpPackage *p = &g->bp->package;
  const double others[] = {p->dielectrics.hole_radius, p->wiring.disc_radius,
                           p->board.mask_opening_radius};
  int n = add_pattern(g, radii), positive = 0;
  n = add_all(radii, n, BP_GEOMETRY_MAX_RADII, others, BP_COUNT(others));
  if (bp_trace_is_on(p)) /* where the copper of a lower pad climbs to the trace */
    radii[n++] = p->wiring.disc_radius - g->wall;
  n = add_all(radii, n, BP_GEOMETRY_MAX_RADII, g->bp->mesh.extra_radii, g->bp->mesh.nextra_radii);
  for (int i = 0; i < n; i++)
    if (radii[i] > 0.0)
      radii[positive++] = radii[i];
  return bp_unique(radii, positive);
}

int bp_geometry_angles(const BpGeometry *g, double angles[BP_GEOMETRY_MAX_ANGLES]) {
  const BpSite cell = {.to = g->whole ? 2.0 * M_PI : M_PI};
  return bp_geometry_angles_of(g, &cell, angles);
}

int bp_geometry_angles_of(const BpGeometry *g, const BpSite *site,
                          double angles[BP_GEOMETRY_MAX_ANGLES]) {
  const BpGaps *gaps = &g->bp->package.pad.ring.gaps;
  const double polymer = 0.5 * gaps->angle, copper = polymer - g->wall_angle;
  const double side[] = {-polymer, -copper, copper, polymer}, tiny = 1e-9;
  int n = 0, inside = 0;
  n = bp_dimples_angles(g, angles, n);
  for (int i = 0; i < gaps->count && !bp_dimples_are_on(&g->bp->package); i++)
    for (int k = 0; k < BP_COUNT(side); k++)
      angles[n++] = M_PI + gaps->orientation + 2.0 * M_PI * i / gaps->count + side[k];
  for (int k = -1; k <= 1 && bp_trace_is_on(&g->bp->package); k += 2)
    angles[n++] = g->bp->package.chip_pad.direction + k * bp_trace_neck(&g->bp->package);
  n = add_all(angles, n, BP_GEOMETRY_MAX_ANGLES - 1, g->bp->mesh.extra_angles,
              g->bp->mesh.nextra_angles);
  for (int i = 0; i < n; i++) {
    double a = remainder(angles[i] + site->direction, 2.0 * M_PI);
    while (a <= site->from)
      a += 2.0 * M_PI;
    if (a > site->from + tiny && a < site->to - tiny)
      angles[inside++] = a;
  }
  if (bp_site_part(site) == 1.0)
    angles[inside++] = site->from + M_PI;
  return bp_unique(angles, inside);
}

static int add_column(double *levels, int n, const BpColumn *c) {
  const double top[] = {c->passivation,   c->d1, c->d2, c->copper, c->underbump,
                        c->intermetallic, c->d3};
  return bp_unique(levels, add_all(levels, n, BP_GEOMETRY_MAX_RADII, top, BP_COUNT(top)));
}

/* Levels of the openings under the trace, above the chip. */
static int add_openings(const BpGeometry *g, double *levels, int n) {
  double radii[BP_TRACE_STEPS], inner = 0.0;
  const int nradii = bp_trace_steps(g, radii);
  for (int i = 0; i <= nradii && bp_trace_is_on(&g->bp->package); i++) {
    const double outer = i < nradii ? radii[i] : HUGE_VAL;
    const BpColumn c = bp_trace_column(g, 0.5 * (inner + outer), 1);
    n = add_column(levels, n, &c);
    inner = outer;
  }
  int kept = 0;
  for (int i = 0; i < n; i++)
    if (levels[i] > g->z_chip + 1e-9)
      levels[kept++] = levels[i];
  return kept;
}

int bp_geometry_levels(const BpGeometry *g, double levels[BP_GEOMETRY_MAX_RADII]) {
  double radii[BP_GEOMETRY_MAX_RADII + 1], share[BP_SECTORS];
  const BpMeshCase *mesh = &g->bp->mesh;
  int n = 0, nradii = bp_geometry_radii(g, radii);
  levels[n++] = 0.0;
  levels[n++] = g->z_hole;
  for (int i = 0; i < mesh->nextra_levels && n < BP_GEOMETRY_MAX_RADII / 2; i++)
    if (mesh->extra_levels[i] > 0.0 && mesh->extra_levels[i] < g->z_hole)
      levels[n++] = mesh->extra_levels[i];
  n = bp_unique(levels, n);
  radii[nradii] = 0.5 * g->bp->package.pitch; /* beyond the last circle */
  for (int i = 0; i < g->ncircles; i++) {     /* where a sloping wall begins and ends */
    const double bend[] = {g->circle[i].low, g->circle[i].high};
    if (g->circle[i].way != 0.0)
      n = bp_unique(levels, add_all(levels, n, BP_GEOMETRY_MAX_RADII, bend, 2));
  }
  for (int i = 0; i <= nradii; i++)
    for (int sector = 0; sector < BP_SECTORS; sector++) {
      const double middle = 0.5 * (radii[i] + (i > 0 ? radii[i - 1] : 0.0));
      const BpColumn c = bp_geometry_column(g, middle, (BpSector)sector);
      bp_geometry_shares(g, middle, share);
      if (share[sector] > 0.0)
        n = add_column(levels, n, &c);
    }
  return add_openings(g, levels, n);
}
