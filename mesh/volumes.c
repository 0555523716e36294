/* Closed forms that the mesh is measured against. */
#include "array.h"
#include "trace.h"

#include <string.h>

static void add_films(const BpColumn *c, double area, double volume[BP_REGIONS]) {
  volume[BP_REGION_DIELECTRIC1] += area * c->d1;
  volume[BP_REGION_DIELECTRIC2] += area * (c->d2 - c->d1);
  volume[BP_REGION_WIRING] += area * (c->copper - c->d2);
  volume[BP_REGION_UNDERBUMP] += area * (c->underbump - c->copper);
  volume[BP_REGION_INTERMETALLIC] += area * (c->intermetallic - c->underbump);
  volume[BP_REGION_DIELECTRIC3] += area * (c->d3 - c->intermetallic);
}

/* Adds the films of an annulus of the plan, area in m2; coarse is NULL for a joint in full detail.
 */
static void add_column(const BpGeometry *g, const BpCoarsePad *coarse, double r, double area,
                       double volume[BP_REGIONS]) {
  double share[BP_SECTORS];
  if (coarse) {
    const BpColumn c = bp_coarse_column(g, coarse, r);
    add_films(&c, area, volume);
    return;
  }
  bp_geometry_shares(g, share);
  for (int sector = 0; sector < BP_SECTORS; sector++) {
    const BpColumn c = bp_geometry_column(g, r, (BpSector)sector);
    add_films(&c, share[sector] * area, volume);
  }
}

/* Solder between the hole's edge and the board's side, whole joint. */
static double zone_volume(const BpGeometry *g) {
  const double a = g->bp->package.dielectrics.hole_radius, b = g->bp->package.board.pad_radius;
  const double h = g->standoff;
  return M_PI / 6.0 * h * (3.0 * (a * a + b * b) + h * h);
}

/* Layers that cover all of an area of the package, and of the board. */
static void add_layers(const BpGeometry *g, double die, double board, double volume[BP_REGIONS]) {
  const BpPackage *p = &g->bp->package;
  volume[BP_REGION_DIE] += die * p->die.thickness;
  volume[BP_REGION_PASSIVATION] += die * p->passivation_thickness;
  volume[BP_REGION_MASK] += board * p->board.mask_thickness;
  volume[BP_REGION_BOARD] += board * p->board.thickness;
}

/* Adds a part of a joint's cell. */
static void add_cell(const BpGeometry *g, const BpCoarsePad *coarse, double part,
                     double volume[BP_REGIONS]) {
  const BpPackage *p = &g->bp->package;
  const BpBoard *b = &p->board;
  const double cell = part * p->pitch * p->pitch;
  double radii[BP_GEOMETRY_MAX_RADII], trace[BP_REGIONS], inner = 0.0;
  const int n = coarse ? bp_coarse_radii(g, coarse, radii) : bp_geometry_radii(g, radii);
  add_layers(g, cell, cell, volume);
  for (int i = 0; i < n; i++) {
    add_column(g, coarse, 0.5 * (inner + radii[i]),
               part * M_PI * (radii[i] * radii[i] - inner * inner), volume);
    inner = radii[i];
  }
  add_column(g, coarse, 0.5 * (inner + 0.5 * p->pitch), cell - part * M_PI * inner * inner, volume);
  const double pad = part * M_PI * b->pad_radius * b->pad_radius,
               opening = part * M_PI * b->mask_opening_radius * b->mask_opening_radius;
  volume[BP_REGION_SOLDER] += part * g->solder_volume;
  volume[BP_REGION_BOARD_PAD] += pad * b->pad_thickness;
  volume[BP_REGION_MASK] -= opening * b->mask_thickness;
  volume[BP_REGION_INTERMETALLIC] += pad * p->films.intermetallic;
  if (bp_region_is_there(p, BP_REGION_UNDERFILL))
    volume[BP_REGION_UNDERFILL] += cell * (g->z_board - g->z_hole) - part * zone_volume(g) -
                                   pad * (g->z_board - g->z_pad) -
                                   (cell - opening) * b->mask_thickness;
  bp_trace_volumes(g, trace);
  for (int i = 0; i < BP_REGIONS; i++)
    volume[i] += part * trace[i];
}

/* Adds what lies around the cells, which have an area. */
static void add_margin(const BpGeometry *g, double cells, double volume[BP_REGIONS]) {
  double array[2], die, board;
  bp_array_extent(g, array, &die, &board);
  const double share = cells / (array[0] * array[1]); /* of a quarter */
  const double of_die = share * die * die - cells;
  const BpColumn far = bp_geometry_column(g, 0.5 * g->bp->package.pitch, BP_SECTOR_RING);
  add_layers(g, of_die, share * board * board - cells, volume);
  add_films(&far, of_die, volume);
}

void bp_geometry_volumes(const BpGeometry *g, double volume[BP_REGIONS]) {
  const double pitch = g->bp->package.pitch;
  double cells = 0.0;
  BpCoarsePad coarse;
  bp_coarse_pad(g, &coarse);
  memset(volume, 0, BP_REGIONS * sizeof volume[0]);
  for (int i = bp_array_count(g) - 1; i >= 0; i--) {
    const BpSite site = bp_array_site(g, i);
    add_cell(g, site.detailed < 0 ? &coarse : NULL, bp_site_part(&site), volume);
    cells += bp_site_part(&site) * pitch * pitch;
  }
  if (bp_case_is_array(g->bp))
    add_margin(g, cells, volume);
}

/* Cylinders and faces of gaps that stand on the annulus from inner to outer, m2. */
static double standing_area(const BpGeometry *g, double inner, double outer, double within) {
  const double r = 0.5 * (inner + outer);
  const int faces = 2 * g->bp->package.pad.ring.gaps.count;
  double share[BP_SECTORS], top[BP_SECTORS], area = 0.0;
  bp_geometry_shares(g, share);
  for (int sector = 0; sector < BP_SECTORS; sector++) {
    const BpSector s = (BpSector)sector;
    top[s] = bp_geometry_column(g, r, s).copper;
    const double step = inner > 0.0 ? fabs(top[s] - bp_geometry_column(g, within, s).copper) : 0.0;
    area += share[s] * 2.0 * M_PI * inner * step;
  }
  if (share[BP_SECTOR_GAP] > 0.0)
    area += faces * (outer - inner) * fabs(top[BP_SECTOR_WALL] - top[BP_SECTOR_GAP]);
  return area;
}

void bp_geometry_wetted(const BpGeometry *g, double *area, double *path) {
  const double hole = g->bp->package.dielectrics.hole_radius;
  double radii[BP_GEOMETRY_MAX_RADII], inner = 0.0, within = 0.0, level = 0.0;
  int n = bp_geometry_radii(g, radii);
  *area = *path = 0.0;
  for (int i = 0; i < n && inner < hole - 1e-9; i++) {
    const double middle = 0.5 * (inner + radii[i]);
    const double top = bp_geometry_column(g, middle, BP_SECTOR_RING).copper;
    *area +=
        M_PI * (radii[i] * radii[i] - inner * inner) + standing_area(g, inner, radii[i], within);
    *path += 2.0 * (radii[i] - inner + (i > 0 ? fabs(top - level) : 0.0));
    level = top;
    within = middle;
    inner = radii[i];
  }
}
