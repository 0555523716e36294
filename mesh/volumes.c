/* Closed forms that the mesh is measured against. */
#include "trace.h"

#include <string.h>

/* Adds the films of an annulus of the plan, area in m2. */
static void add_column(const BpGeometry *g, double r, double area, double volume[BP_REGIONS]) {
  double share[BP_SECTORS];
  bp_geometry_shares(g, share);
  for (int sector = 0; sector < BP_SECTORS; sector++) {
    const BpColumn c = bp_geometry_column(g, r, (BpSector)sector);
    const double part = share[sector] * area;
    volume[BP_REGION_DIELECTRIC1] += part * c.d1;
    volume[BP_REGION_DIELECTRIC2] += part * (c.d2 - c.d1);
    volume[BP_REGION_WIRING] += part * (c.copper - c.d2);
    volume[BP_REGION_UNDERBUMP] += part * (c.underbump - c.copper);
    volume[BP_REGION_INTERMETALLIC] += part * (c.intermetallic - c.underbump);
    volume[BP_REGION_DIELECTRIC3] += part * (c.d3 - c.intermetallic);
  }
}

/* Solder between the hole's edge and the board's side, whole joint. */
static double zone_volume(const BpGeometry *g) {
  const double a = g->bp->package.dielectrics.hole_radius, b = g->bp->package.board.pad_radius;
  const double h = g->standoff;
  return M_PI / 6.0 * h * (3.0 * (a * a + b * b) + h * h);
}

void bp_geometry_volumes(const BpGeometry *g, double volume[BP_REGIONS]) {
  const BpPackage *p = &g->bp->package;
  const BpBoard *b = &p->board;
  const double part = bp_geometry_part(g), cell = part * p->pitch * p->pitch;
  double radii[BP_GEOMETRY_MAX_RADII], trace[BP_REGIONS], inner = 0.0;
  memset(volume, 0, BP_REGIONS * sizeof volume[0]);
  volume[BP_REGION_DIE] = cell * p->die.thickness;
  volume[BP_REGION_PASSIVATION] = cell * p->passivation_thickness;
  int n = bp_geometry_radii(g, radii);
  for (int i = 0; i < n; i++) {
    add_column(g, 0.5 * (inner + radii[i]), part * M_PI * (radii[i] * radii[i] - inner * inner),
               volume);
    inner = radii[i];
  }
  add_column(g, 0.5 * (inner + 0.5 * p->pitch), cell - part * M_PI * inner * inner, volume);
  volume[BP_REGION_SOLDER] = part * g->solder_volume;
  volume[BP_REGION_BOARD_PAD] = part * M_PI * b->pad_radius * b->pad_radius * b->pad_thickness;
  volume[BP_REGION_MASK] =
      (cell - part * M_PI * b->mask_opening_radius * b->mask_opening_radius) * b->mask_thickness;
  volume[BP_REGION_BOARD] = cell * b->thickness;
  volume[BP_REGION_INTERMETALLIC] +=
      part * M_PI * b->pad_radius * b->pad_radius * p->films.intermetallic;
  if (bp_region_is_there(p, BP_REGION_UNDERFILL))
    volume[BP_REGION_UNDERFILL] =
        cell * (g->z_board - g->z_hole) - part * zone_volume(g) -
        part * M_PI * b->pad_radius * b->pad_radius * (g->z_board - g->z_pad) -
        volume[BP_REGION_MASK];
  bp_trace_volumes(g, trace);
  for (int i = 0; i < BP_REGIONS; i++)
    volume[i] += part * trace[i];
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
