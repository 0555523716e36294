/* The plan around dimples, without Gmsh. A band is cut by radial lines into parts around one dimple
 * each and, where dimples are far apart, parts between them. Around a dimple edges run from the
 * part's outline straight towards the dimple's axis: rings that become rounder inwards, copper and
 * polymer between true circles, triangles at the axis. Between dimples it is a ring as others. */
#include "dimples.h"
#include "plan_impl.h"

#include <stdlib.h>
#include <string.h>

static const double same_angle = 1e-9, same_place = 1e-9; /* rad, m */

/* ---- the spec */

void bp_plan_dimple_bands(const BpGeometry *g, const BpSite *site, BpPlanSpec *spec) {
  BpDimpleBand band;
  for (int i = 0; bp_dimples_band(g, i, &band); i++)
    spec->band[spec->nbands++] = (BpPlanBand){.inner = band.inner,
                                              .outer = band.outer,
                                              .radius = band.of.radius,
                                              .first = band.first + site->direction,
                                              .half = band.half,
                                              .count = band.of.count};
  spec->dimple = g->bp->package.pad.dimples.radius;
  spec->dimple_copper = spec->dimple + g->wall;
}

/* A quarter of a circle's arcs on each side of the plan around a dimple. */
void bp_plan_dimple_arcs(int arcs, BpPlanSpec *spec) {
  spec->dimple_side = (arcs + 1) / 2;
  spec->dimple_rings = arcs > 11 ? arcs / 8 : 1;
  for (int i = 0; i < spec->nsectors; i++)
    for (int b = 0; b < spec->nbands; b++) {
      const BpPlanBand *band = &spec->band[b];
      const double width = spec->turn[i + 1] - spec->turn[i];
      const double off = remainder(0.5 * (spec->turn[i + 1] + spec->turn[i]) - band->first,
                                   2.0 * M_PI / band->count);
      const int least = (int)ceil(width / (2.0 * band->half) * spec->dimple_side - 1e-6);
      if (fabs(off) < band->half && spec->sector_arcs[i] < least)
        spec->sector_arcs[i] = least;
    }
}

int bp_plan_is_band(const BpPlanSpec *spec, int i) {
  for (int b = 0; b < spec->nbands; b++)
    if (fabs(spec->band[b].outer - spec->radius[i]) < same_place)
      return 1;
  return 0;
}

/* ---- parts of a band */

typedef struct {
  const BpPlanSpec *spec;
  const BpPlanBand *band;
  BpPlan *plan;
  BpPlanMiddles *middles;
} Work;

/* Angles of the ends of arcs from one angle to another, both among them. */
typedef struct {
  double *angle;
  int count;
} Ends;

static Ends find_ends(const BpPlanSpec *spec, double from, double to) {
  Ends ends = {BP_NEW(double, 3 * (spec->arcs + spec->nsectors)), 0};
  for (int i = 0; i < spec->nsectors; i++)
    for (int k = 0; k <= spec->sector_arcs[i]; k++)
      for (int turn = -1; turn <= 1; turn++) {
        const double angle = spec->turn[i] +
                             (spec->turn[i + 1] - spec->turn[i]) * k / spec->sector_arcs[i] +
                             2.0 * M_PI * turn;
        if (angle > from - same_angle && angle < to + same_angle)
          ends.angle[ends.count++] = angle;
      }
  ends.count = bp_unique(ends.angle, ends.count);
  return ends;
}

static int add_vertex(BpPlan *plan, const double at[2]) {
  BP_GROW(plan->vertex, plan->nvertices + 1);
  memcpy(plan->vertex[plan->nvertices], at, sizeof plan->vertex[0]);
  return plan->nvertices++;
}

/* The vertex at a place of a part's outline, which may be there already. */
static int vertex_at(BpPlan *plan, double r, double angle) {
  const double at[2] = {r * cos(angle), r * sin(angle)};
  for (int i = 0; i < plan->nvertices; i++)
    if (fabs(plan->vertex[i][0] - at[0]) < same_place &&
        fabs(plan->vertex[i][1] - at[1]) < same_place)
      return i;
  return add_vertex(plan, at);
}

static void add_triangle(BpPlan *plan, int a, int b, int c) {
  const int triangle[3] = {a, b, c};
  BP_GROW(plan->triangle, plan->ntriangles + 1);
  memcpy(plan->triangle[plan->ntriangles++], triangle, sizeof triangle);
}

/* A part between dimples. */
static void fill_between(const Work *w, double from, double to) {
  const BpPlanBand *band = w->band;
  const int n = w->spec->dimple_side;
  Ends ends = find_ends(w->spec, from, to);
  for (int k = 0; k + 1 < ends.count; k++)
    for (int i = 0; i < n; i++) {
      const double r = band->inner + (band->outer - band->inner) * i / n,
                   next = band->inner + (band->outer - band->inner) * (i + 1) / n;
      const int a = vertex_at(w->plan, r, ends.angle[k]),
                b = vertex_at(w->plan, next, ends.angle[k]),
                c = vertex_at(w->plan, next, ends.angle[k + 1]),
                d = vertex_at(w->plan, r, ends.angle[k + 1]);
      add_triangle(w->plan, a, b, c);
      add_triangle(w->plan, a, c, d);
    }
  free(ends.angle);
}

/* ---- around a dimple */

/* The outline of a part, counter-clockwise around the dimple, and the angle at which its axis sees
 * each point. A closed one ends with the point that it begins with. */
typedef struct {
  double axis[2];
  int count, *vertex;
  double (*polar)[2], *turn; /* radius and angle around the joint's axis; from the dimple's */
  int closed;
} Outline;

static void add_point(const Work *w, double r, double angle, Outline *o) {
  o->vertex[o->count] = vertex_at(w->plan, r, angle);
  o->polar[o->count][0] = r;
  o->polar[o->count][1] = angle;
  double turn = atan2(r * sin(angle) - o->axis[1], r * cos(angle) - o->axis[0]);
  while (o->count > 0 && turn < o->turn[o->count - 1])
    turn += 2.0 * M_PI;
  o->turn[o->count++] = turn;
}

/* Along an end of the part, without the points at its corners. */
static void add_side(const Work *w, double angle, int outwards, Outline *o) {
  const int n = w->spec->dimple_side;
  const double inner = w->band->inner, outer = w->band->outer;
  for (int i = 1; i < n; i++)
    add_point(w, inner + (outer - inner) * (outwards ? i : n - i) / n, angle, o);
}

/* The part from one angle to another around the dimple at an angle, which may be at one of them: it
 * is cut there by a plane of symmetry. */
static Outline make_outline(const Work *w, double at, const Ends *ends) {
  const BpPlanBand *band = w->band;
  const double low = ends->angle[0], high = ends->angle[ends->count - 1];
  const int cut_low = at<low + same_angle, cut_high = at> high - same_angle;
  const int most = 2 * (ends->count + w->spec->dimple_side);
  Outline o = {.axis = {band->radius * cos(at), band->radius * sin(at)},
               .vertex = BP_NEW(int, most),
               .polar = bp_alloc((size_t)most, sizeof o.polar[0]),
               .turn = BP_NEW(double, most),
               .closed = !cut_low && !cut_high};
  for (int i = 0; i < ends->count && !cut_high; i++)
    add_point(w, band->outer, ends->angle[i], &o);
  if (!cut_high)
    add_side(w, high, 0, &o);
  for (int i = ends->count - 1; i >= 0; i--)
    add_point(w, band->inner, ends->angle[i], &o);
  if (!cut_low)
    add_side(w, low, 1, &o);
  for (int i = 0; i < ends->count && cut_high; i++)
    add_point(w, band->outer, ends->angle[i], &o);
  if (o.closed)
    add_point(w, band->outer, low, &o);
  return o;
}

static void free_outline(Outline *o) {
  free(o->vertex);
  free(o->polar);
  free(o->turn);
}

/* Place number i / 2 along the outline, and ring / 2 from it inwards: rings that become round, the
 * copper, the polymer in rings of one width, the axis. */
static void place(const Work *w, const Outline *o, int ring, int i, double at[2]) {
  const int rounds = 2 * w->spec->dimple_rings, cores = w->spec->dimple_rings;
  const int low = i / 2, high = (i + 1) / 2;
  const double turn = 0.5 * (o->turn[low] + o->turn[high]);
  const double b = w->spec->dimple, copper = w->spec->dimple_copper;
  double r = copper;
  if (ring > rounds) {
    const double in = 0.5 * (ring - rounds);
    r = in < 1.0 ? copper + in * (b - copper) : b * (1.0 - (in - 1.0) / cores);
  }
  at[0] = o->axis[0] + r * cos(turn);
  at[1] = o->axis[1] + r * sin(turn);
  if (ring >= rounds)
    return;
  const double share = (double)ring / rounds;
  const double radius = 0.5 * (o->polar[low][0] + o->polar[high][0]),
               angle = 0.5 * (o->polar[low][1] + o->polar[high][1]);
  at[0] = share * at[0] + (1.0 - share) * radius * cos(angle);
  at[1] = share * at[1] + (1.0 - share) * radius * sin(angle);
}

static void note_middle(const Work *w, int a, int b, const double at[2]) {
  BpPlanMiddles *m = w->middles;
  if ((m->count & (m->count - 1)) == 0)
    BP_GROW(m->item, m->count > 0 ? 2 * m->count : 1);
  m->item[m->count++] =
      (BpPlanMiddle){.low = a < b ? a : b, .high = a < b ? b : a, .at = {at[0], at[1]}};
}

/* Vertices of the next ring inwards. */
static void next_ring(const Work *w, const Outline *o, int ring, int *vertex) {
  double at[2];
  for (int i = 0; i < o->count - o->closed; i++) {
    place(w, o, 2 * ring, 2 * i, at);
    vertex[i] = add_vertex(w->plan, at);
  }
  if (o->closed)
    vertex[o->count - 1] = vertex[0];
}

static void join_rings(const Work *w, const Outline *o, int ring, const int *outer,
                       const int *inner) {
  double at[2];
  for (int i = 0; i < o->count; i++) {
    place(w, o, 2 * ring + 1, 2 * i, at);
    note_middle(w, outer[i], inner[i], at);
    if (i + 1 == o->count)
      break;
    place(w, o, 2 * ring + 1, 2 * i + 1, at);
    note_middle(w, outer[i], inner[i + 1], at);
    place(w, o, 2 * ring + 2, 2 * i + 1, at);
    note_middle(w, inner[i], inner[i + 1], at);
    add_triangle(w->plan, outer[i], outer[i + 1], inner[i + 1]);
    add_triangle(w->plan, outer[i], inner[i + 1], inner[i]);
  }
}

static void fill_around(const Work *w, double at, double from, double to) {
  Ends ends = find_ends(w->spec, from, to);
  Outline o = make_outline(w, at, &ends);
  const int rings = 2 * w->spec->dimple_rings;
  int *outer = BP_NEW(int, o.count), *inner = BP_NEW(int, o.count);
  memcpy(outer, o.vertex, (size_t)o.count * sizeof outer[0]);
  for (int ring = 0; ring < rings; ring++) {
    next_ring(w, &o, ring + 1, inner);
    join_rings(w, &o, ring, outer, inner);
    int *swap = outer;
    outer = inner;
    inner = swap;
  }
  const int axis = add_vertex(w->plan, o.axis);
  for (int i = 0; i < o.count; i++) {
    double middle[2];
    place(w, &o, 2 * rings + 1, 2 * i, middle);
    note_middle(w, outer[i], axis, middle);
    if (i + 1 < o.count)
      add_triangle(w->plan, outer[i], outer[i + 1], axis);
  }
  free(outer);
  free(inner);
  free_outline(&o);
  free(ends.angle);
}

/* What of the part between two angles is in the plan; returns 0 if nothing is. */
static int clip(const BpPlanSpec *spec, double *from, double *to) {
  if (bp_plan_is_whole(spec))
    return 1;
  *from = fmax(*from, spec->turn[0]);
  *to = fmin(*to, spec->turn[spec->nsectors]);
  return *to - *from > same_angle;
}

static void fill_band(const Work *w) {
  const BpPlanBand *band = w->band;
  const int turns = bp_plan_is_whole(w->spec) ? 0 : 2;
  const double period = 2.0 * M_PI / band->count;
  for (int i = 0; i < band->count; i++)
    for (int turn = -turns; turn <= turns; turn++) {
      const double at = remainder(band->first + i * period, 2.0 * M_PI) + 2.0 * M_PI * turn;
      double from = at - band->half, to = at + band->half;
      if (clip(w->spec, &from, &to))
        fill_around(w, at, from, to);
      from = at + band->half;
      to = at + period - band->half;
      if (to - from > same_angle && clip(w->spec, &from, &to))
        fill_between(w, from, to);
    }
}

static int by_vertices(const void *a, const void *b) {
  const BpPlanMiddle *x = a, *y = b;
  return x->low != y->low ? x->low - y->low : x->high - y->high;
}

void bp_plan_add_dimples(const BpPlanSpec *spec, BpPlan *plan, BpPlanMiddles *middles) {
  for (int i = 0; i < spec->nbands; i++) {
    const Work w = {spec, &spec->band[i], plan, middles};
    fill_band(&w);
  }
  if (middles->count > 0)
    qsort(middles->item, (size_t)middles->count, sizeof middles->item[0], by_vertices);
}

void bp_plan_bend_dimples(const BpPlanMiddles *middles, BpPlan *plan) {
  for (int e = 0; e < plan->nedges && middles->count > 0; e++) {
    const BpPlanMiddle key = {.low = plan->edge[e][0], .high = plan->edge[e][1]};
    const BpPlanMiddle *m =
        bsearch(&key, middles->item, (size_t)middles->count, sizeof middles->item[0], by_vertices);
    for (int d = 0; m && d < 2; d++)
      plan->middle[e][d] = m->at[d];
  }
}
