/* Closed forms that the mesh is measured against. */
#include "array.h"
#include "dimples.h"
#include "shift.h"
#include "trace.h"

#include <string.h>

/* A part of the plan: `part` of the annulus between two circles, which may lean, or a plain area.
 */
typedef struct {
  const BpGeometry *leans; /* NULL: an area */
  double circle[2], part, area;
} Ground;

/* Volume over a ground between two heights. */
static double over(const Ground *on, double low, double high) {
  const double area = on->leans && on->leans->ncircles > 0
                          ? on->part * M_PI * bp_shift_squares(on->leans, on->circle, low, high)
                          : on->area;
  return area * (high - low);
}

static void add_films(const BpColumn *c, const Ground *on, double volume[BP_REGIONS]) {
  volume[BP_REGION_DIELECTRIC1] += over(on, 0.0, c->d1);
  volume[BP_REGION_DIELECTRIC2] += over(on, c->d1, c->d2);
  volume[BP_REGION_WIRING] += over(on, c->d2, c->copper);
  volume[BP_REGION_UNDERBUMP] += over(on, c->copper, c->underbump);
  volume[BP_REGION_INTERMETALLIC] += over(on, c->underbump, c->intermetallic);
  volume[BP_REGION_DIELECTRIC3] += over(on, c->intermetallic, c->d3);
}

/* Adds the films of the cell at radius r; coarse is NULL for a joint in full detail. */
static void add_column(const BpGeometry *g, const BpCoarsePad *coarse, double r, const Ground *on,
                       double volume[BP_REGIONS]) {
  double share[BP_SECTORS];
  Ground under = *on;
  if (coarse) {
    const BpColumn c = bp_coarse_column(g, coarse, r);
    under.leans = NULL;
    add_films(&c, &under, volume);
    return;
  }
  bp_geometry_shares(g, r, share);
  for (int sector = 0; sector < BP_SECTORS; sector++) {
    const BpColumn c = bp_geometry_column(g, r, (BpSector)sector);
    under.area = share[sector] * on->area;
    under.part = share[sector] * on->part;
    add_films(&c, &under, volume);
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
    const Ground annulus = {
        g, {inner, radii[i]}, part, part * M_PI * (radii[i] * radii[i] - inner * inner)};
    add_column(g, coarse, 0.5 * (inner + radii[i]), &annulus, volume);
    inner = radii[i];
  }
  const Ground corners = {.area = cell - part * M_PI * inner * inner};
  add_column(g, coarse, 0.5 * (inner + 0.5 * p->pitch), &corners, volume);
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

/* Adds what lies around the cells, which have an area; less than nothing of a strip that ends where
 * its last cell's corner is. */
static void add_margin(const BpGeometry *g, double cells, double volume[BP_REGIONS]) {
  const Ground rest = {.area = bp_array_area(g, g->bp->package.die.size) - cells};
  const BpColumn far = bp_geometry_column(g, 0.5 * g->bp->package.pitch, BP_SECTOR_RING);
  const Ground covered = {.area = bp_array_area(g, 2.0 * bp_array_films(g)) - cells};
  add_layers(g, rest.area, bp_array_area(g, g->bp->package.board.size) - cells, volume);
  add_films(&far, &covered, volume);
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

/* ---- wetted copper */

/* Upper face of what solder lies on in an annulus of the plan, by sector. */
static void wetted_tops(const BpGeometry *g, const double circle[2], double top[BP_SECTORS]) {
  for (int s = 0; s < BP_SECTORS; s++)
    top[s] = bp_geometry_column(g, 0.5 * (circle[0] + circle[1]), (BpSector)s).intermetallic;
}

/* Faces of gaps, or of dimples, between two circles, m2. */
static double gap_faces(const BpGeometry *g, const double circle[2], double low, double high) {
  BpDimpleBand band;
  if (bp_geometry_has_dimples(g))
    return bp_dimples_band_at(g, 0.5 * (circle[0] + circle[1]), &band)
               ? bp_dimples_girth(g, &band) * (high - low)
               : 0.0;
  const int faces = 2 * g->bp->package.pad.ring.gaps.count;
  double z[BP_SHIFT_PIECES], area = 0.0;
  const int n = bp_shift_pieces(g, low, high, z);
  for (int i = 0; i + 1 < n; i++) {
    const double middle = 0.5 * (z[i] + z[i + 1]);
    area += faces * (z[i + 1] - z[i]) *
            (bp_shift_radius(g, circle[1], middle) - bp_shift_radius(g, circle[0], middle));
  }
  return area;
}

/* What the walls of dimples add to the path. */
static double dimple_path(const BpGeometry *g, const double circle[2], double low, double high) {
  BpDimpleBand band;
  if (!bp_geometry_has_dimples(g) || !bp_dimples_band_at(g, 0.5 * (circle[0] + circle[1]), &band))
    return 0.0;
  return 2.0 * bp_dimples_crossed(g, &band) * (high - low);
}

void bp_geometry_wetted(const BpGeometry *g, double *area, double *path) {
  const double hole = g->bp->package.dielectrics.hole_radius;
  double radii[BP_GEOMETRY_MAX_RADII], share[BP_SECTORS], circle[2] = {0.0};
  double top[BP_SECTORS], inside[BP_SECTORS], on_circle[BP_SECTORS], length;
  const int n = bp_geometry_radii(g, radii);
  const int way = bp_geometry_has_dimples(g) ? BP_SECTOR_GAP : BP_SECTOR_RING;
  *area = *path = 0.0;
  for (int i = 0; i < n && circle[0] < hole - 1e-9; i++) {
    circle[1] = radii[i];
    wetted_tops(g, circle, top);
    bp_geometry_shares(g, 0.5 * (circle[0] + circle[1]), share);
    bp_geometry_shares(g, circle[0], on_circle);
    for (int s = 0; s < BP_SECTORS; s++) {
      *area += share[s] * M_PI * bp_shift_squares(g, circle, top[s], top[s]);
      if (i > 0)
        *area += on_circle[s] * bp_shift_wall(g, circle[0], (double[]){inside[s], top[s]}, &length);
      if (i > 0 && s == way)
        *path += 2.0 * length;
      inside[s] = top[s];
    }
    if (share[BP_SECTOR_GAP] > 0.0)
      *area += gap_faces(g, circle, top[BP_SECTOR_GAP], top[BP_SECTOR_WALL]);
    *path +=
        2.0 * (bp_shift_radius(g, circle[1], top[way]) - bp_shift_radius(g, circle[0], top[way])) +
        dimple_path(g, circle, top[BP_SECTOR_GAP], top[BP_SECTOR_WALL]);
    circle[0] = circle[1];
  }
}
