#include "array.h"

#include "shift.h"

#include <string.h>

static const double tiny = 1e-9; /* m */

static int is_octant(const BpGeometry *g) {
  return strcmp(g->bp->model.kind, "octant") == 0;
}

/* Position of a joint against the planes of symmetry: 0 outside, else in the model. */
static int is_in_model(const BpGeometry *g, const double axis[2]) {
  if (axis[0] < -tiny || axis[1] < -tiny)
    return 0;
  if (bp_case_is_strip(g->bp))
    return axis[1] < tiny;
  return !is_octant(g) || axis[1] < axis[0] + tiny;
}

/* What the planes leave of a cell around an axis, in eighths of a circle. */
static void set_range(const BpGeometry *g, BpSite *site) {
  const int on_x = fabs(site->axis[1]) < tiny, on_y = fabs(site->axis[0]) < tiny,
            on_diagonal = is_octant(g) && fabs(site->axis[0] - site->axis[1]) < tiny;
  int from = 0, eighths = 8;
  if (on_diagonal) {
    from = on_x ? 0 : 5;
    eighths = on_x ? 1 : 4;
  } else if (on_y && !is_octant(g)) {
    from = on_x ? 0 : 6;
    eighths = on_x ? 2 : 4;
  } else if (on_x) {
    eighths = 4;
  }
  site->from = 0.25 * M_PI * from;
  site->to = 0.25 * M_PI * (from + eighths);
}

static BpSite make_site(const BpGeometry *g, BpArrayJoint joint) {
  BpSite site = {.joint = joint, .detailed = -1};
  BpArrayJoint other;
  bp_case_joint_axis(g->bp, joint, site.axis);
  if (hypot(site.axis[0], site.axis[1]) > tiny)
    site.direction = atan2(site.axis[1], site.axis[0]);
  set_range(g, &site);
  for (int i = 0; bp_case_detailed(g->bp, i, &other); i++)
    if (site.detailed < 0 && other.column == joint.column && other.row == joint.row)
      site.detailed = i;
  return site;
}

static BpSite single_cell(const BpGeometry *g) {
  return (BpSite){.to = g->whole ? 2.0 * M_PI : M_PI};
}

/* Number i of the model's joints, by rows; joint NULL: their number. */
static int find(const BpGeometry *g, int i, BpArrayJoint *joint) {
  const BpArray *array = &g->bp->package.array;
  int n = 0;
  for (int row = 1; row <= array->rows; row++)
    for (int column = 1; column <= array->columns; column++) {
      const BpArrayJoint here = {column, row};
      double axis[2];
      bp_case_joint_axis(g->bp, here, axis);
      if (!is_in_model(g, axis))
        continue;
      if (joint && n == i)
        *joint = here;
      n++;
    }
  return n;
}

int bp_array_count(const BpGeometry *g) {
  return bp_case_is_array(g->bp) ? find(g, 0, NULL) : 1;
}

BpSite bp_array_site(const BpGeometry *g, int i) {
  BpArrayJoint joint = {0, 0};
  if (!bp_case_is_array(g->bp))
    return single_cell(g);
  find(g, i, &joint);
  return make_site(g, joint);
}

BpSite bp_array_detailed(const BpGeometry *g, int detailed) {
  BpArrayJoint joint;
  if (!bp_case_is_array(g->bp))
    return single_cell(g);
  bp_case_detailed(g->bp, detailed, &joint);
  return make_site(g, joint);
}

double bp_site_part(const BpSite *site) {
  return (site->to - site->from) / (2.0 * M_PI);
}

int bp_site_mirrors(const BpSite *site, double angle[2]) {
  const double range = site->to - site->from;
  int n = 0;
  if (range > 1.5 * M_PI)
    return 0;
  angle[n++] = site->from - site->direction;
  if (range < 0.75 * M_PI)
    angle[n++] = site->to - site->direction;
  return n;
}

/* ---- coarse joints */

typedef struct {
  double area; /* of this height; the column is that of the largest part */
  double largest;
  BpColumn column;
} Zone;

/* Adds a part of the pad to the zone of its height; zones are in the order of the copper's height.
 */
static int add_part(Zone *zone, int n, const BpColumn *column, double area) {
  int i = 0;
  while (i < n && zone[i].column.copper < column->copper - tiny)
    i++;
  const int new = i == n || zone[i].column.copper > column->copper + tiny;
  if (new) {
    memmove(zone + i + 1, zone + i, (size_t)(n - i) * sizeof zone[0]);
    zone[i] = (Zone){0};
  }
  zone[i].area += area;
  if (area > zone[i].largest) {
    zone[i].largest = area;
    zone[i].column = *column;
  }
  return n + new;
}

/* A zone that is thin goes to its neighbours, by height, so that area and solder stay the same. */
static int drop_thin(Zone *zone, int n, double least) {
  for (int i = 1; i + 1 < n; i++) {
    const double below = zone[i].column.copper - zone[i - 1].column.copper,
                 above = zone[i + 1].column.copper - zone[i].column.copper;
    if (zone[i].area >= least && n <= BP_COARSE_ZONES)
      continue;
    zone[i - 1].area += zone[i].area * above / (below + above);
    zone[i + 1].area += zone[i].area * below / (below + above);
    memmove(zone + i, zone + i + 1, (size_t)(n - i - 1) * sizeof zone[0]);
    i--;
    n--;
  }
  return n;
}

/* Area of a circle of the plan, mean over the step that solder has there: as much solder lies
 * beside a vertical wall on it. */
static double disc(const BpGeometry *g, const double *radii, int i, BpSector sector) {
  const double inner = i > 0 ? radii[i - 1] : 0.0, circle[] = {0.0, radii[i]};
  const double a = bp_geometry_column(g, 0.5 * (inner + radii[i]), sector).intermetallic,
               b = bp_geometry_column(g, 0.5 * (radii[i] + radii[i + 1]), sector).intermetallic;
  return M_PI * bp_shift_squares(g, circle, fmin(a, b), fmax(a, b));
}

/* Area of the annulus inside circle i. */
static double annulus(const BpGeometry *g, const double *radii, int i, BpSector sector) {
  const double inner = i > 0 ? radii[i - 1] : 0.0;
  if (g->ncircles == 0)
    return M_PI * (radii[i] * radii[i] - inner * inner);
  return disc(g, radii, i, sector) - (i > 0 ? disc(g, radii, i - 1, sector) : 0.0);
}

void bp_coarse_pad(const BpGeometry *g, BpCoarsePad *pad) {
  const double hole = g->bp->package.dielectrics.hole_radius, thin = 0.05;
  double radii[BP_GEOMETRY_MAX_RADII], share[BP_SECTORS], inner = 0.0, area = 0.0;
  Zone zone[BP_SECTORS * BP_GEOMETRY_MAX_RADII + 1];
  const int nradii = bp_geometry_radii(g, radii);
  int n = 0;
  for (int i = 0; i < nradii && inner < hole - tiny; i++) {
    bp_geometry_shares(g, 0.5 * (inner + radii[i]), share);
    for (int s = 0; s < BP_SECTORS; s++) {
      const BpColumn c = bp_geometry_column(g, 0.5 * (inner + radii[i]), (BpSector)s);
      if (share[s] > 0.0)
        n = add_part(zone, n, &c, share[s] * annulus(g, radii, i, (BpSector)s));
    }
    inner = radii[i];
  }
  pad->nzones = drop_thin(zone, n, thin * M_PI * hole * hole);
  for (int i = 0; i < pad->nzones; i++) {
    area += zone[i].area;
    pad->radius[i] = i + 1 < pad->nzones ? sqrt(area / M_PI) : hole;
    pad->column[i] = zone[i].column;
  }
}

int bp_coarse_radii(const BpGeometry *g, const BpCoarsePad *pad,
                    double radii[BP_GEOMETRY_MAX_RADII]) {
  const BpPackage *p = &g->bp->package;
  memcpy(radii, pad->radius, (size_t)pad->nzones * sizeof radii[0]);
  radii[pad->nzones] = p->wiring.disc_radius;
  radii[pad->nzones + 1] = p->board.mask_opening_radius;
  return bp_unique(radii, pad->nzones + 2);
}

BpColumn bp_coarse_column(const BpGeometry *g, const BpCoarsePad *pad, double r) {
  for (int i = 0; i < pad->nzones; i++)
    if (r < pad->radius[i])
      return pad->column[i];
  return bp_geometry_column(g, r, BP_SECTOR_RING);
}

int bp_coarse_region(const BpGeometry *g, const BpCoarsePad *pad, double r, double z) {
  if (z < 0.0 || z > g->z_hole || r > g->bp->package.dielectrics.hole_radius)
    return bp_geometry_region(g, r, BP_SECTOR_RING, z);
  const BpColumn c = bp_coarse_column(g, pad, r);
  if (z < c.d1)
    return BP_REGION_DIELECTRIC1;
  if (z < c.d2)
    return BP_REGION_DIELECTRIC2;
  if (z < c.copper)
    return BP_REGION_WIRING;
  if (z < c.underbump)
    return BP_REGION_UNDERBUMP;
  return z < c.intermetallic ? BP_REGION_INTERMETALLIC : BP_REGION_SOLDER;
}

/* ---- the strip along the diagonal */

void bp_strip_cell(const BpGeometry *g, double half[2]) {
  half[0] = M_SQRT1_2 * g->bp->package.pitch;
  half[1] = 0.5 * half[0];
}

/* ---- around the array */

double bp_array_area(const BpGeometry *g, double size) {
  double half[2];
  bp_strip_cell(g, half);
  if (bp_case_is_strip(g->bp))
    return half[1] * (M_SQRT1_2 * size - 0.5 * half[1]);
  return (is_octant(g) ? 0.125 : 0.25) * size * size;
}

void bp_array_extent(const BpGeometry *g, double array[2], double *die, double *board) {
  const BpPackage *p = &g->bp->package;
  array[0] = 0.5 * p->pitch * p->array.columns;
  array[1] = 0.5 * p->pitch * p->array.rows;
  *die = 0.5 * p->die.size;
  *board = 0.5 * p->board.size;
}

double bp_array_films(const BpGeometry *g) {
  return 0.5 * g->bp->package.die.size - g->bp->package.dielectrics.set_back;
}

int bp_array_margin_region(const BpGeometry *g, const double at[2], double z) {
  const double far = 0.5 * g->bp->package.pitch; /* where a cell has neither pad nor opening */
  double array[2], die, board;
  bp_array_extent(g, array, &die, &board);
  const int strip = bp_case_is_strip(g->bp);
  const double films = bp_array_films(g), along = at[0] + at[1];
  if (z > 0.0 && z < g->z_hole &&
      (strip ? along > M_SQRT2 * films : at[0] > films || at[1] > films))
    return -1;
  const int below_die = strip ? along < M_SQRT2 * die : at[0] < die && at[1] < die;
  return below_die || z > g->z_hole ? bp_geometry_region(g, far, BP_SECTOR_RING, z) : -1;
}
