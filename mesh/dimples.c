#include "dimples.h"

#include <string.h>

/* Of the radius of a dimple with its copper: how far the plan around it reaches where there is
 * room. */
static const double reach = 1.6;

int bp_dimples_are_on(const BpPackage *p) {
  return p->pad.dimples.circle.count > 0;
}

int bp_geometry_has_rings(const BpGeometry *g) {
  return g->pad->has_ring && !bp_dimples_are_on(&g->bp->package);
}

int bp_geometry_has_dimples(const BpGeometry *g) {
  return g->pad->has_ring && bp_dimples_are_on(&g->bp->package);
}

double bp_dimples_centre(const BpPackage *p) {
  return bp_dimples_are_on(p) && p->pad.dimples.centre ? p->pad.dimples.radius : 0.0;
}

/* ---- bands */

/* Radii between which a circle's dimples and their copper have to stay: what is next to them. */
static void find_room(const BpGeometry *g, const BpDimpleCircle *own, double room[2]) {
  const BpPackage *p = &g->bp->package;
  const double copper = p->pad.dimples.radius + g->wall, centre = bp_dimples_centre(p);
  BpDimpleCircle other;
  room[0] = centre > 0.0 ? copper : 0.0;
  room[1] = fmin(p->pad.concave_radius - g->wall, p->dielectrics.hole_radius);
  for (int i = 0; bp_case_dimple_circle(p, i, &other); i++) {
    if (other.radius < own->radius)
      room[0] = fmax(room[0], other.radius + copper);
    if (other.radius > own->radius)
      room[1] = fmin(room[1], other.radius - copper);
  }
}

/* The plan around a dimple is about as wide as it is long, and reaches to the next one's where that
 * is near. */
static BpDimpleBand make_band(const BpGeometry *g, const BpDimpleCircle *own) {
  const double copper = g->bp->package.pad.dimples.radius + g->wall, r = own->radius;
  const double between = M_PI / own->count;
  double room[2];
  find_room(g, own, room);
  const double most = fmin(reach * copper, 0.5 * r);
  const double inwards = fmin(most, 0.5 * (copper + r - room[0])),
               outwards = fmin(reach * copper, 0.5 * (copper + room[1] - r));
  BpDimpleBand band = {.of = *own, .inner = r - inwards, .outer = r + outwards};
  band.half = asin(fmin(1.0, fmax(inwards, outwards) / r));
  if (band.half > 0.8 * between)
    band.half = between;
  band.first = M_PI + own->orientation; /* the die's centre is on the negative x axis */
  return band;
}

void bp_dimples_build(BpGeometry *g) {
  BpDimpleCircle circle;
  g->nbands = 0;
  for (int i = 0; i <= BP_PAD_CIRCLES && bp_case_dimple_circle(&g->bp->package, i, &circle); i++)
    g->band[g->nbands++] = make_band(g, &circle);
}

int bp_dimples_band(const BpGeometry *g, int i, BpDimpleBand *band) {
  if (i >= g->nbands)
    return 0;
  *band = g->band[i];
  return 1;
}

int bp_dimples_band_at(const BpGeometry *g, double r, BpDimpleBand *band) {
  const double on = 1e-12; /* m: a circle is in no band */
  for (int i = 0; bp_dimples_band(g, i, band); i++)
    if (r > band->inner + on && r < band->outer - on)
      return 1;
  return 0;
}

/* ---- places */

double bp_dimples_nearest(const BpDimpleBand *band, double angle) {
  return angle - remainder(angle - band->first, 2.0 * M_PI / band->of.count);
}

/* From the axis of the dimple of a band that is nearest in angle. */
static void from_axis(const BpDimpleBand *band, const double at[2], double off[2]) {
  const double turn = bp_dimples_nearest(band, atan2(at[1], at[0]));
  off[0] = at[0] - band->of.radius * cos(turn);
  off[1] = at[1] - band->of.radius * sin(turn);
}

BpSector bp_dimples_sector(const BpGeometry *g, const double at[2]) {
  const double radius = g->bp->package.pad.dimples.radius;
  BpDimpleBand band;
  double off[2];
  if (!bp_dimples_band_at(g, hypot(at[0], at[1]), &band))
    return BP_SECTOR_GAP;
  from_axis(&band, at, off);
  const double distance = hypot(off[0], off[1]);
  if (distance < radius)
    return BP_SECTOR_RING;
  return distance < radius + g->wall ? BP_SECTOR_WALL : BP_SECTOR_GAP;
}

void bp_dimples_place(const BpGeometry *g, const double middle[3][2], double at[2]) {
  BpDimpleBand band;
  double sum[2] = {0.0, 0.0}, axis[2], distance = 0.0;
  if (!bp_dimples_band_at(g, hypot(at[0], at[1]), &band))
    return;
  from_axis(&band, at, sum);
  for (int d = 0; d < 2; d++) {
    axis[d] = at[d] - sum[d];
    sum[d] = 0.0;
  }
  for (int i = 0; i < 3; i++) {
    const double off[2] = {middle[i][0] - axis[0], middle[i][1] - axis[1]};
    distance += hypot(off[0], off[1]) / 3.0;
    sum[0] += off[0];
    sum[1] += off[1];
  }
  for (int d = 0; d < 2; d++)
    at[d] = axis[d] + distance * sum[d] / hypot(sum[0], sum[1]);
}

void bp_dimples_shares(const BpGeometry *g, double r, double share[BP_SECTORS]) {
  const double b = g->bp->package.pad.dimples.radius, copper = b + g->wall;
  BpDimpleBand band;
  share[BP_SECTOR_RING] = share[BP_SECTOR_WALL] = 0.0;
  if (bp_dimples_band_at(g, r, &band)) {
    const double one = band.of.count / (band.outer * band.outer - band.inner * band.inner);
    share[BP_SECTOR_RING] = one * b * b;
    share[BP_SECTOR_WALL] = one * (copper * copper - b * b);
  }
  share[BP_SECTOR_GAP] = 1.0 - share[BP_SECTOR_RING] - share[BP_SECTOR_WALL];
}

int bp_dimples_are_mirrored(const BpGeometry *g, double angle) {
  BpDimpleBand band;
  for (int i = 0; bp_dimples_band(g, i, &band); i++)
    if (fabs(remainder(band.first - angle, M_PI / band.of.count)) > 1e-9)
      return 0;
  return 1;
}

/* ---- curves */

int bp_dimples_radii(const BpGeometry *g, double *radii, int n) {
  const double centre = bp_dimples_centre(&g->bp->package);
  BpDimpleBand band;
  for (int i = 0; bp_dimples_band(g, i, &band); i++) {
    radii[n++] = band.inner;
    radii[n++] = band.outer;
  }
  if (centre > 0.0) {
    radii[n++] = centre;
    radii[n++] = centre + g->wall;
  }
  return n;
}

int bp_dimples_angles(const BpGeometry *g, double *angles, int n) {
  BpDimpleBand band;
  for (int i = 0; bp_dimples_band(g, i, &band); i++)
    for (int k = 0; k < band.of.count; k++)
      for (int side = -1; side <= 1; side += 2)
        angles[n++] = band.first + 2.0 * M_PI * k / band.of.count + side * band.half;
  return n;
}

/* ---- the section and the path along the radius through the first dimple */

/* Distance of the nearest dimple's axis from that radius, and of its foot on it from the middle. */
static void to_section(const BpGeometry *g, const BpDimpleBand *band, double *beside,
                       double *along) {
  const double through = g->band[0].first;
  const double off = bp_dimples_nearest(band, through) - through;
  *along = band->of.radius * cos(off);
  *beside = *along > 0.0 ? fabs(band->of.radius * sin(off)) : HUGE_VAL;
}

int bp_dimples_section(const BpGeometry *g, double radii[BP_DIMPLES_SECTION]) {
  const double circle[] = {g->bp->package.pad.dimples.radius,
                           g->bp->package.pad.dimples.radius + g->wall};
  double beside, along;
  BpDimpleBand band;
  int n = 0;
  for (int i = 0; bp_dimples_band(g, i, &band); i++) {
    to_section(g, &band, &beside, &along);
    for (int k = 0; k < BP_COUNT(circle); k++)
      if (beside < circle[k]) {
        const double half = sqrt(circle[k] * circle[k] - beside * beside);
        radii[n++] = along - half;
        radii[n++] = along + half;
      }
  }
  return n;
}

double bp_dimples_girth(const BpGeometry *g, const BpDimpleBand *band) {
  return 2.0 * M_PI * band->of.count * (g->bp->package.pad.dimples.radius + g->wall);
}

int bp_dimples_crossed(const BpGeometry *g, const BpDimpleBand *band) {
  double beside, along;
  to_section(g, band, &beside, &along);
  return beside < g->bp->package.pad.dimples.radius + g->wall ? 2 : 0;
}
