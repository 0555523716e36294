#include "trace.h"

int bp_trace_is_on(const BpPackage *p) {
  return p->wiring.trace.width > 0.0;
}

void bp_trace_direction(const BpPackage *p, double along[2]) {
  const double turn = p->chip_pad.direction, off = remainder(turn, M_PI);
  along[0] = cos(turn);
  along[1] = sin(turn);
  if (fabs(off) < 1e-9) {
    along[0] = along[0] > 0.0 ? 1.0 : -1.0;
    along[1] = 0.0;
  }
}

/* ---- the outline, in the frame of the trace: (along, across) from the ball's axis */

static void to_trace(const BpPackage *p, const double at[2], double own[2]) {
  double d[2];
  bp_trace_direction(p, d);
  own[0] = d[0] * at[0] + d[1] * at[1];
  own[1] = d[0] * at[1] - d[1] * at[0];
}

/* Where a side of the wiring leaves the disc, and where its teardrop ends. */
typedef struct {
  double root[2], end[2];
} Teardrop;

static Teardrop teardrop(const BpPackage *p) {
  const BpTrace *trace = &p->wiring.trace;
  const double disc = p->wiring.disc_radius, half = 0.5 * trace->width;
  const int is_straight = !(trace->teardrop_length > 0.0) || !(trace->teardrop_ratio > 1.0);
  const double at_root = is_straight ? half : trace->teardrop_ratio * half;
  Teardrop t = {.root = {sqrt(disc * disc - at_root * at_root), at_root}, .end = {0.0, half}};
  t.end[0] = is_straight ? t.root[0] : disc + trace->teardrop_length;
  return t;
}

double bp_trace_neck(const BpPackage *p) {
  if (!bp_trace_is_on(p))
    return 0.0;
  const Teardrop t = teardrop(p);
  return atan2(t.root[1], t.root[0]);
}

/* Half of the wiring's width on the way from the disc to the trace's end. */
static double half_width(const BpPackage *p, double along) {
  const Teardrop t = teardrop(p);
  if (along < t.root[0] || along >= p->wiring.trace.reach)
    return 0.0;
  if (along >= t.end[0])
    return t.end[1];
  return t.end[1] + (t.root[1] - t.end[1]) * (t.end[0] - along) / (t.end[0] - t.root[0]);
}

int bp_trace_covers(const BpPackage *p, const double at[2]) {
  double own[2];
  if (!bp_trace_is_on(p))
    return 0;
  to_trace(p, at, own);
  return fabs(own[1]) < half_width(p, own[0]) ||
         bp_trace_from_via(p, at) < p->wiring.capture_radius;
}

int bp_trace_is_chip_pad(const BpPackage *p, const double at[2]) {
  double own[2];
  if (!bp_trace_is_on(p))
    return 0;
  to_trace(p, at, own);
  const double half = 0.5 * p->chip_pad.size;
  return fabs(own[0] - p->chip_pad.distance) < half && fabs(own[1]) < half;
}

double bp_trace_from_via(const BpPackage *p, const double at[2]) {
  double own[2];
  if (!bp_trace_is_on(p))
    return HUGE_VAL;
  to_trace(p, at, own);
  return hypot(own[0] - p->chip_pad.distance, own[1]);
}

/* ---- films */

static BpColumn dielectrics(const BpGeometry *g, double from_via) {
  const BpPackage *p = &g->bp->package;
  const BpDielectrics *d = &p->dielectrics;
  BpColumn c;
  c.passivation = from_via < p->passivation_opening ? g->z_chip : 0.0;
  c.d1 = c.passivation + (from_via < d->first_via ? 0.0 : d->first);
  c.d2 = c.d1 + (from_via < d->second_via ? 0.0 : d->second);
  return c;
}

/* Every film rises outwards: within a wall's thickness of a step the copper reaches the height of
 * what is outside. */
BpColumn bp_trace_column(const BpGeometry *g, double from_via, int copper) {
  BpColumn c = dielectrics(g, from_via);
  const double highest = dielectrics(g, from_via + g->wall * (1.0 - 1e-9)).d2;
  c.copper = copper ? highest + g->bp->package.wiring.thickness : c.d2;
  c.underbump = c.intermetallic = c.copper;
  c.d3 = g->z_hole;
  return c;
}

int bp_trace_steps(const BpGeometry *g, double radii[BP_TRACE_STEPS]) {
  const BpPackage *p = &g->bp->package;
  const double opening[] = {p->passivation_opening, p->dielectrics.first_via,
                            p->dielectrics.second_via};
  int n = 0;
  for (int i = 0; i < BP_COUNT(opening) && bp_trace_is_on(p); i++)
    if (opening[i] > 0.0) {
      radii[n++] = opening[i];
      radii[n++] = opening[i] - g->wall;
    }
  return bp_unique(radii, n);
}

/* ---- curves */

static BpPlaneCurve line(double x0, double y0, double x1, double y1) {
  return (BpPlaneCurve){.from = {x0, y0}, .to = {x1, y1}};
}

/* From an angle of 0 to one above it. */
static BpPlaneCurve arc(const BpPackage *p, double radius, double to) {
  const double x = p->chip_pad.distance;
  const int is_half = to > M_PI * (1.0 - 1e-12);
  return (BpPlaneCurve){
      .from = {x + radius, 0.0},
      .to = {is_half ? x - radius : x + radius * cos(to), is_half ? 0.0 : radius * sin(to)},
      .center = {x, 0.0},
      .radius = radius};
}

static int outline(const BpPackage *p, BpPlaneCurve *curve) {
  const Teardrop t = teardrop(p);
  const double half = t.end[1], capture = p->wiring.capture_radius, x = p->chip_pad.distance;
  const double reach = p->wiring.trace.reach, joint = x - sqrt(capture * capture - half * half);
  int n = 0;
  if (t.end[0] > t.root[0])
    curve[n++] = line(t.root[0], t.root[1], t.end[0], t.end[1]);
  if (reach > x - capture) {
    curve[n++] = line(t.end[0], half, joint, half);
    curve[n++] = arc(p, capture, M_PI - asin(half / capture));
  } else {
    curve[n++] = line(t.end[0], half, reach, half);
    curve[n++] = line(reach, half, reach, 0.0);
    curve[n++] = arc(p, capture, M_PI);
  }
  return n;
}

/* From the frame of the trace, y >= 0, to a side of it in the plan. */
static void to_plan(const double d[2], int side, double at[2]) {
  const double u = at[0], v = side * at[1];
  at[0] = d[0] * u - d[1] * v;
  at[1] = d[1] * u + d[0] * v;
}

static void place(const BpPackage *p, int side, BpPlaneCurve *c) {
  double d[2];
  const BpPlaneCurve own = *c;
  bp_trace_direction(p, d);
  for (int i = 0; i < 2 && side < 0; i++) { /* a mirrored arc runs the other way */
    c->from[i] = own.to[i];
    c->to[i] = own.from[i];
  }
  to_plan(d, side, c->from);
  to_plan(d, side, c->to);
  to_plan(d, side, c->center);
}

int bp_trace_curves(const BpGeometry *g, int side, BpPlaneCurve curve[BP_TRACE_CURVES]) {
  const BpPackage *p = &g->bp->package;
  const double half = 0.5 * p->chip_pad.size, x = p->chip_pad.distance;
  double radii[BP_TRACE_STEPS];
  if (!bp_trace_is_on(p))
    return 0;
  int n = outline(p, curve);
  const int nradii = bp_trace_steps(g, radii);
  for (int i = 0; i < nradii; i++)
    curve[n++] = arc(p, radii[i], M_PI);
  curve[n++] = line(x - half, 0.0, x - half, half);
  curve[n++] = line(x - half, half, x + half, half);
  curve[n++] = line(x + half, half, x + half, 0.0);
  for (int i = 0; i < n; i++)
    place(p, side, &curve[i]);
  return n;
}

int bp_trace_spokes(const BpGeometry *g, int side, int arcs, BpPlaneCurve curve[BP_TRACE_CURVES]) {
  const BpPackage *p = &g->bp->package;
  const double x = p->chip_pad.distance, capture = p->wiring.capture_radius;
  const int joins = p->wiring.trace.reach > x - capture;
  const double edge = joins ? M_PI - asin(0.5 * p->wiring.trace.width / capture) : M_PI;
  double step[BP_TRACE_STEPS];
  const int nsteps = bp_trace_steps(g, step);
  const double last = nsteps > 0 ? step[nsteps - 1] : 0.0;
  const int both = g->whole && side > 0; /* also those along the trace */
  int n = 0;
  for (int i = both ? 0 : 1; i < arcs + both && n < BP_TRACE_CURVES; i++) {
    const double turn = M_PI * i / arcs, r = turn < edge ? capture : last;
    if (!(r > 0.0))
      continue;
    curve[n] = line(x, 0.0, x + r * cos(turn), r * sin(turn));
    place(p, side, &curve[n++]);
  }
  return n;
}

/* ---- volumes */

/* Area between y = 0 and a half circle of radius r around the origin, from -r to x. */
static double half_disc(double r, double x) {
  return 0.5 * (x * sqrt(r * r - x * x) + r * r * asin(x / r)) + 0.25 * M_PI * r * r;
}

/* Of the wiring outside the disc, both sides. */
static double outline_area(const BpPackage *p) {
  const Teardrop t = teardrop(p);
  const double disc = p->wiring.disc_radius, half = t.end[1], capture = p->wiring.capture_radius;
  const double reach = p->wiring.trace.reach, x = p->chip_pad.distance;
  const double cap = 0.5 * M_PI * disc * disc - half_disc(disc, t.root[0]);
  const double drop = 0.5 * (t.end[0] - t.root[0]) * (t.root[1] + half);
  const int joins = reach > x - capture;
  const double joint = sqrt(capture * capture - half * half);
  const double strip = half * ((joins ? x - joint : reach) - t.end[0]);
  const double round = 0.5 * M_PI * capture * capture - (joins ? half_disc(capture, -joint) : 0.0);
  return 2.0 * (drop - cap + strip + round);
}

/* In the disc where a lower pad meets the trace the copper climbs to it. */
static double neck_copper(const BpGeometry *g) {
  const double r = g->bp->package.wiring.disc_radius, inner = r - g->wall;
  const double place[] = {r - 0.5 * g->wall, 0.0};
  double along[2];
  bp_trace_direction(&g->bp->package, along);
  const double at[] = {along[0] * place[0], along[1] * place[0]};
  const double turn = atan2(at[1], at[0]);
  const double rise = bp_geometry_column_at(g, at).copper -
                      bp_geometry_column(g, place[0], bp_geometry_sector(g, place[0], turn)).copper;
  return bp_trace_neck(&g->bp->package) * (r * r - inner * inner) * rise;
}

void bp_trace_volumes(const BpGeometry *g, double change[BP_REGIONS]) {
  const BpPackage *p = &g->bp->package;
  double radii[BP_TRACE_STEPS], inner = 0.0;
  for (int i = 0; i < BP_REGIONS; i++)
    change[i] = 0.0;
  if (!bp_trace_is_on(p))
    return;
  const int n = bp_trace_steps(g, radii);
  const BpColumn far = bp_trace_column(g, HUGE_VAL, 1);
  double copper = (far.copper - far.d2) * outline_area(p) + neck_copper(g);
  for (int i = 0; i < n; i++) {
    const BpColumn c = bp_trace_column(g, 0.5 * (inner + radii[i]), 1);
    const double area = M_PI * (radii[i] * radii[i] - inner * inner);
    change[BP_REGION_PASSIVATION] += area * (c.passivation - far.passivation);
    change[BP_REGION_DIELECTRIC1] += area * (c.d1 - c.passivation - (far.d1 - far.passivation));
    change[BP_REGION_DIELECTRIC2] += area * (c.d2 - c.d1 - (far.d2 - far.d1));
    copper += area * (c.copper - c.d2 - (far.copper - far.d2));
    inner = radii[i];
  }
  change[BP_REGION_WIRING] = copper;
  change[BP_REGION_DIELECTRIC3] = -copper - change[BP_REGION_PASSIVATION] -
                                  change[BP_REGION_DIELECTRIC1] - change[BP_REGION_DIELECTRIC2];
  change[BP_REGION_CHIP_PAD] = p->chip_pad.size * p->chip_pad.size * p->chip_pad.thickness;
  change[BP_REGION_DIE] = -change[BP_REGION_CHIP_PAD];
}
