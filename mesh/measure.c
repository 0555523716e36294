#include "measure_impl.h"

#include "fe.h"

#include <stdlib.h>
#include <string.h>

static const double apart = 1e-9; /* m: heights and radii that are not the same */

typedef struct {
  const BpMesh *mesh;
  const BpPackage *package;
  double annular; /* deviation of an annulus; what has more has no inside */
  BpPadMeasure *m;
  BpPadFaces metal;
  double reach;   /* radius of the embossed region */
  double raised;  /* m, above it D2 is convex */
  BpPadFaces top; /* level faces of the convex portion */
  BpMeasuredRing ring[BP_MEASURED_RINGS];
} Survey;

static double square(double x) {
  return x * x;
}

/* A level face of the embossed region, or a wall of the pad: that of the well may lean outwards. */
static int is_of_pad(const Survey *s, const BpPadFace *face) {
  return face->r < (face->is_wall ? s->package->dielectrics.hole_radius : s->reach);
}

static int leans(const BpPadFace *wall) {
  return wall->slope < 0.5 * M_PI - 1e-6;
}

static int is_exposed(const BpPadFace *face) {
  return face->beyond >= BP_REGION_SOLDER;
}

/* D2 that covers all of the embossed region is no convex portion but for what stands on it. */
static void find_base(Survey *s) {
  double covered = 0.0, lowest = HUGE_VAL;
  for (int i = 0; i < s->metal.count; i++) {
    const BpPadFace *face = &s->metal.face[i];
    if (face->is_wall || face->beyond != BP_REGION_DIELECTRIC2 || !is_of_pad(s, face))
      continue;
    covered += face->plan;
    lowest = fmin(lowest, face->z);
  }
  const int whole = covered > 0.999 * M_PI * square(s->reach);
  s->raised = whole ? lowest + apart : -HUGE_VAL;
}

static void take_top(Survey *s, const BpPadFace *face) {
  BP_GROW(s->top.face, s->top.count + 1);
  s->top.face[s->top.count++] = *face;
}

static void measure_contact(Survey *s) {
  for (int i = 0; i < s->metal.count; i++) {
    const BpPadFace *face = &s->metal.face[i];
    if (!is_of_pad(s, face))
      continue;
    if (face->beyond == BP_REGION_PASSIVATION)
      s->m->on_passivation += face->area;
    else if (face->beyond == BP_REGION_DIELECTRIC1)
      s->m->on_d1 += face->area;
    else if (face->beyond == BP_REGION_DIELECTRIC2)
      s->m->on_d2 += face->area;
    if (!face->is_wall && face->beyond == BP_REGION_DIELECTRIC2 && face->z > s->raised)
      take_top(s, face);
  }
}

static void add_slope(BpSlope *slope, const BpPadFaces *walls) {
  *slope = (BpSlope){NAN, NAN};
  for (int i = 0; i < walls->count; i++) {
    slope->least = fmin(slope->least, walls->face[i].slope);
    slope->most = fmax(slope->most, walls->face[i].slope);
  }
}

/* Volume of a cell whose middle is within a radius, 0 of others. */
static double cell_within(const BpMesh *mesh, int cell, double radius) {
  const BpElement *element = bp_element((BpCellType)mesh->cells.type[cell]);
  const int *node = mesh->cells.node + mesh->cells.start[cell];
  double xyz[BP_FE_MAX_NODES][3] = {{0}}, xi[3], x[3], volume = 0.0;
  for (int n = 0; n < element->nnodes; n++)
    memcpy(xyz[n], mesh->xyz + 3 * (size_t)node[n], sizeof xyz[n]);
  const double(*at)[3] = (const double(*)[3])xyz;
  bp_element_center(element, xi);
  bp_element_position(element, at, xi, x);
  for (int q = 0; q < element->npoints && hypot(x[0], x[1]) < radius; q++)
    volume += element->weight[q] * bp_element_jacobian(element, at, element->point[q], NULL);
  return volume;
}

/* Volume of the cells of a region whose middle is within a radius, whole joint. */
static double volume_within(const BpMesh *mesh, int region, double radius) {
  double volume = 0.0;
  int group = 0;
  while (group < mesh->nregions && bp_region_find(mesh->region[group]) != region)
    group++;
  for (int c = 0; c < mesh->cells.count; c++)
    if (mesh->cells.group[c] == group)
      volume += cell_within(mesh, c, radius);
  return volume / bp_measure_share(mesh);
}

/* Plan area by which the mean of upper and lower plan area of straight walls is more than volume
 * over height: nothing for a ring, whose walls lean towards each other; a disc is a cone's frustum.
 */
static double frustum_excess(const Survey *s, const BpPadFaces *walls) {
  const BpMeasuredRing *disc = &s->ring[0];
  const double next = s->m->rings > 1 ? s->ring[1].inner : s->reach;
  double foot = disc->area;
  if (s->m->rings == 0 || disc->inner > apart)
    return 0.0;
  for (int i = 0; i < walls->count; i++)
    if (walls->face[i].r < 0.5 * (disc->outer + next) && leans(&walls->face[i]))
      foot += walls->face[i].plan;
  return square(sqrt(foot) - sqrt(disc->area)) / 6.0;
}

/* Height of D2 in the convex portion, from its volume. Where D2 is whole, what stands above its
 * lowest surface. */
static double convex_height(const Survey *s, double tops, const BpPadFaces *walls) {
  const BpPadMeasure *m = s->m;
  double highest = 0.0;
  for (int i = 0; i < s->top.count; i++)
    highest = fmax(highest, s->top.face[i].z);
  if (s->raised > 0.0) /* D2 is whole */
    return highest - (s->raised - apart);
  return volume_within(s->mesh, BP_REGION_DIELECTRIC2, 0.5 * (m->convex_outer + s->reach)) /
         (0.5 * (tops + m->convex) - frustum_excess(s, walls));
}

static void measure_convex(Survey *s) {
  BpPadMeasure *m = s->m;
  BpPadFaces walls = bp_measure_named(s->mesh, BP_RING_WALL);
  double tops = 0.0;
  m->rings = bp_measure_rings(&s->top, bp_measure_share(s->mesh), s->ring);
  for (int i = 0; i < m->rings; i++) {
    const BpMeasuredRing *ring = &s->ring[i];
    const double annulus = ring->covered * M_PI * (square(ring->outer) - square(ring->inner));
    tops += ring->area;
    m->gaps += ring->gaps;
    m->annulus_deviation = fmax(m->annulus_deviation, fabs(ring->area / annulus - 1.0));
    m->convex_inner = ring->inner;
    m->convex_outer = ring->outer;
  }
  m->convex = tops;
  for (int i = 0; i < walls.count; i++)
    m->convex += leans(&walls.face[i]) ? walls.face[i].plan : 0.0;
  m->convex_height = m->rings > 0 ? convex_height(s, tops, &walls) : (double)NAN;
  add_slope(&m->convex_wall, &walls);
  free(walls.face);
}

static void measure_well(Survey *s) {
  BpPadMeasure *m = s->m;
  BpPadFaces walls = bp_measure_named(s->mesh, BP_WELL_WALL);
  double low = HUGE_VAL, high = -HUGE_VAL;
  m->well_radius_least = m->well_radius_most = (double)NAN;
  for (int i = 0; i < walls.count; i++) {
    const BpPadFace *face = &walls.face[i];
    m->well_wall += face->area;
    m->well_radius_least = fmin(m->well_radius_least, face->r_low);
    m->well_radius_most = fmax(m->well_radius_most, face->r_high);
    low = fmin(low, face->z_low);
    high = fmax(high, face->z_high);
  }
  m->well_depth = walls.count > 0 ? high - low : 0.0;
  add_slope(&m->well_slope, &walls);
  free(walls.face);
}

static int has_inside(const Survey *s) {
  return s->m->rings > 0 && s->m->annulus_deviation <= s->annular;
}

static void measure_floor(Survey *s) {
  BpPadMeasure *m = s->m;
  for (int i = 0; i < s->metal.count; i++) {
    const BpPadFace *face = &s->metal.face[i];
    if (face->is_wall || !is_of_pad(s, face))
      continue;
    const int inside = has_inside(s) && face->r_high < m->convex_inner + apart;
    if (face->beyond == BP_REGION_PASSIVATION) {
      m->floor_passivation += face->plan;
      m->inside_passivation += inside ? face->plan : 0.0;
    } else if (face->beyond == BP_REGION_DIELECTRIC1) {
      m->floor_d1 += face->plan;
      m->inside_d1 += inside ? face->plan : 0.0;
    }
  }
}

/* Highest exposed metal between the walls of a ring: what lies on it and not in its gaps. */
static double ring_metal(const Survey *s, const BpMeasuredRing *ring) {
  double z = -HUGE_VAL;
  for (int i = 0; i < s->metal.count; i++) {
    const BpPadFace *face = &s->metal.face[i];
    if (!face->is_wall && is_exposed(face) && face->r > ring->inner && face->r < ring->outer)
      z = fmax(z, face->z);
  }
  return z;
}

static void measure_exposed_wall(Survey *s, const BpPadFace *face) {
  BpPadMeasure *m = s->m;
  if (!has_inside(s))
    return;
  if (face->r_high < m->convex_inner + apart)
    m->exposed_inner_wall += face->area;
  else if (face->r_low > m->convex_outer - apart && face->r < 0.5 * (m->convex_outer + s->reach))
    m->exposed_outer_wall += face->area;
}

static void measure_exposed(Survey *s) {
  BpPadMeasure *m = s->m;
  double z[BP_MEASURED_RINGS];
  for (int k = 0; k < m->rings; k++)
    z[k] = ring_metal(s, &s->ring[k]);
  for (int i = 0; i < s->metal.count; i++) {
    const BpPadFace *face = &s->metal.face[i];
    int ring = -1;
    if (!is_exposed(face) || !is_of_pad(s, face))
      continue;
    for (int k = 0; k < m->rings; k++)
      if (face->r > s->ring[k].inner && face->r < s->ring[k].outer)
        ring = k;
    m->exposed += face->is_wall ? 0.0 : face->plan;
    if (face->is_wall)
      measure_exposed_wall(s, face);
    else if (ring >= 0 && face->z > z[ring] - apart)
      m->exposed_convex += face->plan;
    else
      m->exposed_floor += face->plan;
  }
}

void bp_pad_measure(const BpMesh *mesh, const BpGeometry *g, BpPadMeasure *m) {
  Survey s = {.mesh = mesh,
              .package = &g->bp->package,
              .annular = g->bp->claims.cylindrical,
              .m = m,
              .metal = bp_measure_metal(mesh),
              .reach = g->bp->package.pad.concave_radius};
  *m = (BpPadMeasure){0};
  find_base(&s);
  measure_contact(&s);
  measure_convex(&s);
  measure_well(&s);
  measure_floor(&s);
  measure_exposed(&s);
  m->third_dielectric = volume_within(mesh, BP_REGION_DIELECTRIC3, HUGE_VAL);
  m->solder = volume_within(mesh, BP_REGION_SOLDER, HUGE_VAL);
  free(s.metal.face);
  free(s.top.face);
}
