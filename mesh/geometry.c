#include "geometry.h"

#include <stdlib.h>
#include <string.h>

/* Height of the dielectrics alone at radius r. */
static void dielectric_tops(const BpGeometry *g, double r, double *d1, double *d2) {
  const BpPackage *p = &g->bp->package;
  int films = r < p->wiring.disc_radius ? g->pad->films(p, r) : BP_FILM_D1 | BP_FILM_D2;
  *d1 = films & BP_FILM_D1 ? p->dielectrics.first : 0.0;
  *d2 = *d1 + (films & BP_FILM_D2 ? p->dielectrics.second : 0.0);
  if (films & BP_FILM_RING)
    *d2 += p->pad.ring.height;
}

/* The copper is conformal: within a wall's thickness of a step it reaches the height of the step's
 * upper side. */
static double copper_base(const BpGeometry *g, double r) {
  const double reach = g->wall * (1.0 - 1e-9);
  double d1, here, inside, outside;
  dielectric_tops(g, r, &d1, &here);
  dielectric_tops(g, fabs(r - reach), &d1, &inside);
  dielectric_tops(g, r + reach, &d1, &outside);
  return fmax(here, fmax(inside, outside));
}

BpColumn bp_geometry_column(const BpGeometry *g, double r) {
  const BpPackage *p = &g->bp->package;
  BpColumn c;
  dielectric_tops(g, r, &c.d1, &c.d2);
  c.copper = r < p->wiring.disc_radius ? copper_base(g, r) + p->wiring.thickness : c.d2;
  c.d3 = r > p->dielectrics.hole_radius ? g->z_hole : c.copper;
  return c;
}

static int package_region(const BpGeometry *g, double r, double z) {
  if (z < g->z_chip)
    return BP_REGION_DIE;
  if (z < 0.0)
    return BP_REGION_PASSIVATION;
  const BpColumn c = bp_geometry_column(g, r);
  if (z < c.d1)
    return BP_REGION_DIELECTRIC1;
  if (z < c.d2)
    return BP_REGION_DIELECTRIC2;
  if (z < c.copper)
    return BP_REGION_WIRING;
  if (z < c.d3)
    return BP_REGION_DIELECTRIC3;
  return BP_REGION_SOLDER;
}

static int board_region(const BpGeometry *g, double r, double z) {
  const BpPackage *p = &g->bp->package;
  if (z > g->z_board)
    return BP_REGION_BOARD;
  if (r < p->dielectrics.hole_radius)
    return z > g->z_pad ? BP_REGION_BOARD_PAD : BP_REGION_SOLDER;
  return r > p->board.mask_opening_radius && z > g->z_mask ? BP_REGION_MASK : -1;
}

int bp_geometry_region(const BpGeometry *g, double r, double z) {
  if (z < g->z_back || z > g->z_end)
    return -1;
  if (z < g->z_hole)
    return package_region(g, r, z);
  if (z > g->z_pad || z > g->z_mask)
    return board_region(g, r, z);
  return r < g->bp->package.dielectrics.hole_radius ? BP_REGION_SOLDER : -1;
}

double bp_geometry_solder_radius(const BpGeometry *g, double z) {
  const double d = z - g->sphere_center;
  return sqrt(g->sphere_radius * g->sphere_radius - d * d);
}

double bp_geometry_map(const BpGeometry *g, double r, double z) {
  const BpPackage *p = &g->bp->package;
  const double hole = p->dielectrics.hole_radius, mask = p->board.mask_opening_radius;
  if (z <= g->z_hole || r >= mask)
    return r;
  const double edge = z < g->z_pad ? bp_geometry_solder_radius(g, z) : p->board.pad_radius;
  if (r <= hole)
    return r * edge / hole;
  return edge + (r - hole) * (mask - edge) / (mask - hole);
}

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

int bp_geometry_radii(const BpGeometry *g, double radii[BP_GEOMETRY_MAX_RADII]) {
  const BpPackage *p = &g->bp->package;
  const BpRing *ring = &p->pad.ring;
  const double w = g->wall, wanted[] = {ring->inner_radius - w,      ring->inner_radius,
                                        ring->outer_radius,          ring->outer_radius + w,
                                        p->pad.concave_radius - w,   p->pad.concave_radius,
                                        p->dielectrics.hole_radius,  p->wiring.disc_radius,
                                        p->board.mask_opening_radius};
  int n = 0;
  for (int i = 0; i < BP_COUNT(wanted); i++)
    if (wanted[i] > 0.0)
      radii[n++] = wanted[i];
  for (int i = 0; i < g->bp->mesh.nextra_radii && n < BP_GEOMETRY_MAX_RADII; i++)
    radii[n++] = g->bp->mesh.extra_radii[i];
  return bp_unique(radii, n);
}

int bp_geometry_levels(const BpGeometry *g, double levels[BP_GEOMETRY_MAX_RADII]) {
  double radii[BP_GEOMETRY_MAX_RADII];
  const BpMeshCase *mesh = &g->bp->mesh;
  int n = 0, nradii = bp_geometry_radii(g, radii);
  levels[n++] = 0.0;
  levels[n++] = g->z_hole;
  for (int i = 0; i < mesh->nextra_levels && n < BP_GEOMETRY_MAX_RADII / 2; i++)
    if (mesh->extra_levels[i] > 0.0 && mesh->extra_levels[i] < g->z_hole)
      levels[n++] = mesh->extra_levels[i];
  n = bp_unique(levels, n);
  for (int i = 0; i < nradii && n < BP_GEOMETRY_MAX_RADII - 4; i++) {
    const BpColumn c = bp_geometry_column(g, 0.5 * (radii[i] + (i > 0 ? radii[i - 1] : 0.0)));
    levels[n++] = c.d1;
    levels[n++] = c.d2;
    levels[n++] = c.copper;
    levels[n++] = c.d3;
    n = bp_unique(levels, n);
  }
  return n;
}
