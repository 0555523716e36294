#include "array.h"
#include "dimples.h"
#include "geometry_impl.h"
#include "shift.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

static int is_between(const BpAnnulus *walls, double r) {
  return r > walls->inner_radius && r < walls->outer_radius;
}

/* ---- walls */

int bp_geometry_ring(const BpPackage *p, int i, BpAnnulus *walls) {
  if (i > p->pad.nfurther_rings)
    return 0;
  *walls = i > 0 ? p->pad.further_rings[i - 1]
                 : (BpAnnulus){p->pad.ring.inner_radius, p->pad.ring.outer_radius};
  return 1;
}

int bp_geometry_has_bare_floor(const BpPad *pad) {
  return pad->has_well && !(pad->floor & BP_FILM_D1);
}

int bp_geometry_edges(const BpPackage *p, double edge[BP_GEOMETRY_EDGES]) {
  BpAnnulus ring;
  int n = 0;
  edge[n++] = p->pad.concave_radius;
  edge[n++] = bp_dimples_centre(p);
  for (int i = 0; bp_geometry_ring(p, i, &ring); i++) {
    edge[n++] = ring.inner_radius;
    edge[n++] = ring.outer_radius;
  }
  for (int i = 0; i < p->pad.nfirst_dielectric; i++) {
    edge[n++] = p->pad.first_dielectric[i].inner_radius;
    edge[n++] = p->pad.first_dielectric[i].outer_radius;
  }
  return n;
}

/* ---- sectors of the ring */

static int has_gaps(const BpGeometry *g) {
  return bp_geometry_has_rings(g) && g->bp->package.pad.ring.gaps.count > 0;
}

BpSector bp_geometry_sector(const BpGeometry *g, double r, double angle) {
  const BpGaps *gaps = &g->bp->package.pad.ring.gaps;
  if (bp_geometry_has_dimples(g))
    return bp_dimples_sector(g, (double[]){r * cos(angle), r * sin(angle)});
  if (!has_gaps(g))
    return BP_SECTOR_RING;
  const double first = M_PI + gaps->orientation; /* the die's centre is on the negative x axis */
  const double off = fabs(remainder(angle - first, 2.0 * M_PI / gaps->count));
  if (off >= 0.5 * gaps->angle)
    return BP_SECTOR_RING;
  return off >= 0.5 * gaps->angle - g->wall_angle ? BP_SECTOR_WALL : BP_SECTOR_GAP;
}

BpSector bp_geometry_section(const BpGeometry *g, double r) {
  return bp_geometry_has_dimples(g) ? bp_geometry_sector(g, r, g->band[0].first) : BP_SECTOR_RING;
}

int bp_geometry_is_mirrored_at(const BpGeometry *g, double angle) {
  const BpGaps *gaps = &g->bp->package.pad.ring.gaps;
  const int ring =
      !has_gaps(g) || fabs(remainder(gaps->orientation + M_PI - angle, M_PI / gaps->count)) <= 1e-9;
  const int trace = !bp_trace_is_on(&g->bp->package) ||
                    fabs(remainder(g->bp->package.chip_pad.direction - angle, M_PI)) <= 1e-9;
  return ring && trace && bp_dimples_are_mirrored(g, angle) &&
         bp_overlay_is_mirrored(&g->bp->package, angle);
}

int bp_geometry_is_mirrored(const BpGeometry *g) {
  return bp_geometry_is_mirrored_at(g, 0.0);
}

int bp_geometry_is_displaced(const BpGeometry *g) {
  return bp_overlay_is_on(&g->bp->package);
}

double bp_geometry_part(const BpGeometry *g) {
  const BpSite site = bp_array_detailed(g, 0);
  return bp_site_part(&site);
}

void bp_geometry_shares(const BpGeometry *g, double r, double share[BP_SECTORS]) {
  const BpGaps *gaps = &g->bp->package.pad.ring.gaps;
  const double turns = has_gaps(g) ? gaps->count / (2.0 * M_PI) : 0.0;
  if (bp_geometry_has_dimples(g)) {
    bp_dimples_shares(g, r, share);
    return;
  }
  share[BP_SECTOR_RING] = 1.0 - turns * gaps->angle;
  share[BP_SECTOR_WALL] = turns * 2.0 * g->wall_angle;
  share[BP_SECTOR_GAP] = turns * (gaps->angle - 2.0 * g->wall_angle);
}

/* ---- films */

/* The film of the dimples. */
static int raised(const BpGeometry *g, double r, BpSector sector) {
  BpDimpleBand band;
  const int in_band = sector == BP_SECTOR_RING && bp_dimples_band_at(g, r, &band);
  return in_band || r < bp_dimples_centre(&g->bp->package) ? BP_FILM_RING : 0;
}

/* Films of the shape, with D1's own pattern on the floor of a well and without the ring in gaps. */
static int films_at(const BpGeometry *g, double r, BpSector sector) {
  const BpPackage *p = &g->bp->package;
  BpAnnulus ring;
  int films = g->pad->films(p, r);
  if (bp_geometry_has_bare_floor(g->pad) && r < p->pad.concave_radius)
    for (int i = 0; i < p->pad.nfirst_dielectric; i++)
      films |= is_between(&p->pad.first_dielectric[i], r) ? BP_FILM_D1 : 0;
  if (bp_geometry_has_dimples(g))
    return (films & ~BP_FILM_RING) | raised(g, r, sector);
  if (sector != BP_SECTOR_RING && bp_geometry_ring(p, 0, &ring) && is_between(&ring, r))
    films &= ~BP_FILM_RING;
  return films;
}

/* Height of the dielectrics alone. */
static void dielectric_tops(const BpGeometry *g, double r, BpSector sector, double *d1,
                            double *d2) {
  const BpPackage *p = &g->bp->package;
  const int films = r < p->wiring.disc_radius ? films_at(g, r, sector) : BP_FILM_D1 | BP_FILM_D2;
  *d1 = films & BP_FILM_D1 ? p->dielectrics.first : 0.0;
  *d2 = *d1 + (films & BP_FILM_D2 ? p->dielectrics.second : 0.0);
  if (films & BP_FILM_RING)
    *d2 += bp_geometry_has_dimples(g) ? p->pad.dimples.height : p->pad.ring.height;
}

static double raise_to(const BpGeometry *g, double base, double r, BpSector sector) {
  double d1, d2;
  if (r >= g->bp->package.wiring.disc_radius)
    return base; /* the copper ends there: it climbs no wall at its own edge */
  dielectric_tops(g, r, sector, &d1, &d2);
  return fmax(base, d2);
}

/* The copper is conformal: within a wall's thickness of a step it reaches the height of the step's
 * upper side. */
static double copper_base(const BpGeometry *g, double r, BpSector sector) {
  const double reach = g->wall * (1.0 - 1e-9), beside = 1e-9;
  const BpSector highest = sector == BP_SECTOR_WALL ? BP_SECTOR_RING : sector;
  double edge[BP_GEOMETRY_EDGES], base = raise_to(g, 0.0, r, highest);
  base = raise_to(g, base, fabs(r - reach), highest);
  base = raise_to(g, base, r + reach, highest);
  for (int i = bp_geometry_edges(&g->bp->package, edge) - 1; i >= 0; i--)
    if (fabs(edge[i] - r) < reach) {
      base = raise_to(g, base, edge[i] * (1.0 - beside), highest);
      base = raise_to(g, base, edge[i] * (1.0 + beside), highest);
    }
  return base;
}

BpColumn bp_geometry_column(const BpGeometry *g, double r, BpSector sector) {
  const BpPackage *p = &g->bp->package;
  BpColumn c = {0};
  dielectric_tops(g, r, sector, &c.d1, &c.d2);
  c.copper = r < p->wiring.disc_radius ? copper_base(g, r, sector) + p->wiring.thickness : c.d2;
  const int is_in_hole = r < p->dielectrics.hole_radius;
  c.underbump = c.copper + (is_in_hole ? p->films.underbump : 0.0);
  c.intermetallic = c.underbump + (is_in_hole ? p->films.intermetallic : 0.0);
  c.d3 = r > p->dielectrics.hole_radius ? g->z_hole : c.intermetallic;
  return c;
}

/* Where a pad is lower than the trace, the disc's copper climbs to it at the disc's edge. */
static int is_neck(const BpGeometry *g, double r, double angle) {
  const BpPackage *p = &g->bp->package;
  return r > p->wiring.disc_radius - g->wall &&
         fabs(remainder(angle - p->chip_pad.direction, 2.0 * M_PI)) < bp_trace_neck(p);
}

BpColumn bp_geometry_column_at(const BpGeometry *g, const double at[2]) {
  const BpPackage *p = &g->bp->package;
  const double r = hypot(at[0], at[1]), angle = atan2(at[1], at[0]);
  if (bp_trace_is_on(p) && r >= p->wiring.disc_radius)
    return bp_trace_column(g, bp_trace_from_via(p, at), bp_trace_covers(p, at));
  BpColumn c = bp_geometry_column(g, r, bp_geometry_sector(g, r, angle));
  if (is_neck(g, r, angle))
    c.copper = c.underbump = c.intermetallic = fmax(c.copper, g->z_rim);
  return c;
}

/* ---- regions */

static int film_region(const BpColumn *c, double z) {
  if (z < c->passivation)
    return BP_REGION_PASSIVATION;
  if (z < c->d1)
    return BP_REGION_DIELECTRIC1;
  if (z < c->d2)
    return BP_REGION_DIELECTRIC2;
  if (z < c->copper)
    return BP_REGION_WIRING;
  if (z < c->underbump)
    return BP_REGION_UNDERBUMP;
  if (z < c->intermetallic)
    return BP_REGION_INTERMETALLIC;
  if (z < c->d3)
    return BP_REGION_DIELECTRIC3;
  return BP_REGION_SOLDER;
}

/* What is beside the joint, between die and board. */
static int beside_region(const BpGeometry *g) {
  const int filled = bp_region_is_there(&g->bp->package, BP_REGION_UNDERFILL);
  return filled ? BP_REGION_UNDERFILL : -1;
}

static int board_region(const BpGeometry *g, double r, double z) {
  const BpPackage *p = &g->bp->package;
  if (z > g->z_board)
    return BP_REGION_BOARD;
  if (r < p->dielectrics.hole_radius && z > g->z_pad)
    return z > g->z_copper ? BP_REGION_BOARD_PAD : BP_REGION_INTERMETALLIC;
  if (r < p->dielectrics.hole_radius)
    return BP_REGION_SOLDER;
  return r > p->board.mask_opening_radius && z > g->z_mask ? BP_REGION_MASK : beside_region(g);
}

/* Past the films of the package. */
static int joint_region(const BpGeometry *g, double r, double z) {
  if (z > g->z_end)
    return -1;
  if (z > g->z_pad || z > g->z_mask)
    return board_region(g, r, z);
  return r < g->bp->package.dielectrics.hole_radius ? BP_REGION_SOLDER : beside_region(g);
}

int bp_geometry_region(const BpGeometry *g, double r, BpSector sector, double z) {
  if (z > g->z_hole)
    return joint_region(g, r, z);
  if (z < g->z_chip)
    return z < g->z_back ? -1 : BP_REGION_DIE;
  const BpColumn c = bp_geometry_column(g, r, sector);
  return film_region(&c, z);
}

int bp_geometry_region_at(const BpGeometry *g, const double at[2], double z) {
  const BpPackage *p = &g->bp->package;
  if (z > g->z_hole)
    return joint_region(g, hypot(at[0], at[1]), z);
  if (z < g->z_back)
    return -1;
  if (z < g->z_chip)
    return z > g->z_chip - p->chip_pad.thickness && bp_trace_is_chip_pad(p, at) ? BP_REGION_CHIP_PAD
                                                                                : BP_REGION_DIE;
  const BpColumn c = bp_geometry_column_at(g, at);
  return film_region(&c, z);
}

double bp_geometry_solder_radius(const BpGeometry *g, double z) {
  const double d = z - g->sphere_center;
  return sqrt(g->sphere_radius * g->sphere_radius - d * d);
}

/* From here on columns do not follow the joint's shape: from the mask's opening on, and below the
 * mask, where underfill is between them, from the last circle that there is room for. */
double bp_geometry_still_radius(const BpGeometry *g, double z) {
  const BpPackage *p = &g->bp->package;
  if (z < fmin(g->z_mask, g->z_pad) - 1e-9 && bp_region_is_there(p, BP_REGION_UNDERFILL))
    return bp_geometry_last_circle * 0.5 * p->pitch;
  return p->board.mask_opening_radius;
}

double bp_geometry_map(const BpGeometry *g, double r, double z) {
  const BpPackage *p = &g->bp->package;
  const double hole = p->dielectrics.hole_radius, still = bp_geometry_still_radius(g, z);
  if (z <= g->z_hole || r >= still)
    return r;
  const double edge = z < g->z_pad ? bp_geometry_solder_radius(g, z) : p->board.pad_radius;
  if (r <= hole)
    return r * edge / hole;
  return edge + (r - hole) * (still - edge) / (still - hole);
}
