/* Points, curves and faces of the plan, as Gmsh is told of them. */
#include "plan_gmsh.h"
#include "plan_impl.h"

#include <stdlib.h>
#include <string.h>

/* Points and curves of one circle, counter-clockwise. */
typedef struct {
  int point[BP_PLAN_PIECES + 1], arc[BP_PLAN_PIECES];
  int inward[BP_PLAN_CUTS]; /* at each cut, from the circle inside (or the axis) to the point there
                             */
} Circle;

/* A point at one of the multiples of 45 deg that plans begin and end at, exactly. */
static int point_on_line(double r, double turn, int *error) {
  static const double cosine[] = {1.0,  M_SQRT1_2,  0.0, -M_SQRT1_2,
                                  -1.0, -M_SQRT1_2, 0.0, M_SQRT1_2};
  const int eighth = (int)lround(turn / (0.25 * M_PI));
  return bp_gmsh_point(r * cosine[eighth & 7], r * cosine[(eighth + 6) & 7], error);
}

static void draw_circle(const BpPlanSpec *spec, int i, int axis, const BpPieces *pieces,
                        Circle *circle, int *error) {
  const Circle inside = *circle;
  const double r = spec->radius[i];
  const int last = pieces->count;
  for (int k = 0; k <= last - pieces->closed; k++) {
    const double turn = pieces->end[k];
    circle->point[k] = k == 0 || k == last ? point_on_line(r, turn, error)
                                           : bp_gmsh_point(r * cos(turn), r * sin(turn), error);
  }
  if (pieces->closed)
    circle->point[last] = circle->point[0];
  for (int k = 0; k < last; k++)
    circle->arc[k] =
        bp_gmsh_arc(circle->point[k], axis, circle->point[k + 1], pieces->arcs[k], error);
  for (int k = 0; k < pieces->ncuts - pieces->closed && !bp_plan_is_band(spec, i); k++)
    circle->inward[k] = bp_gmsh_line(i > 0 ? inside.point[pieces->cut[k]] : axis,
                                     circle->point[pieces->cut[k]], spec->divisions[i], error);
  if (pieces->closed)
    circle->inward[pieces->ncuts - 1] = circle->inward[0];
}

/* Faces between the axis, or the circle inside, and a circle, from cut to cut. */
static void ring_faces(const Circle *inside, const Circle *c, const BpPieces *pieces, int *error) {
  for (int k = 0; k + 1 < pieces->ncuts; k++) {
    const int from = pieces->cut[k], to = pieces->cut[k + 1];
    int curve[2 * BP_PLAN_PIECES + 2], n = 0;
    curve[n++] = c->inward[k];
    for (int i = from; i < to; i++)
      curve[n++] = c->arc[i];
    curve[n++] = -c->inward[k + 1];
    for (int i = to - 1; inside && i >= from; i--)
      curve[n++] = -inside->arc[i];
    int corner[4] = {0};
    if (inside)
      memcpy(corner, (int[4]){inside->point[from], c->point[from], c->point[to], inside->point[to]},
             sizeof corner);
    bp_gmsh_face(curve, n, inside ? corner : NULL, error);
  }
}

/* Where the ray at a multiple of 45 deg, of 90 deg in a strip, meets the border. */
static void on_border(const BpPlanSpec *spec, int eighth, double v[2]) {
  static const double at[] = {1.0, 1.0, 0.0, -1.0, -1.0, -1.0, 0.0, 1.0};
  const int strip = spec->strip.width > 0.0;
  v[0] = (strip ? spec->strip.half : spec->half) * at[eighth & 7];
  v[1] = (strip ? spec->strip.width : spec->half) * at[(eighth + 6) & 7];
}

/* Points of the border from the plan's beginning to its end, and the segments after each. */
typedef struct {
  int count, point[8], segments[8];
} Border;

static int square_point(const BpPlanSpec *spec, int eighth, int *error) {
  double v[2];
  on_border(spec, eighth, v);
  return bp_gmsh_point(v[0], v[1], error);
}

/* Adds a point of a strip's border, so many segments behind the last one. */
static void add_border(Border *b, double x, double y, int segments, int *error) {
  if (b->count > 0)
    b->segments[b->count - 1] = segments;
  b->point[b->count++] = bp_gmsh_point(x, y, error);
}

/* The end on the right, the long face in parts, and the end on the left, if the plan goes that far.
 */
static void draw_strip_border(const BpPlanSpec *spec, Border *b, int *error) {
  const BpPlanStrip *s = &spec->strip;
  const double right = bp_plan_strip_top(s, 1), left = bp_plan_strip_top(s, -1);
  const int beyond_right = (int)ceil((right - s->near) / s->size),
            beyond_left = (int)ceil((-left - s->near) / s->size);
  *b = (Border){0};
  add_border(b, s->half, 0.0, 0, error);
  add_border(b, right, s->width, spec->border, error);
  add_border(b, s->near, s->width, beyond_right, error);
  add_border(b, 0.0, s->width, s->near_segments, error);
  if (spec->turn[spec->nsectors] < 0.75 * M_PI)
    return;
  add_border(b, -s->near, s->width, s->near_segments, error);
  add_border(b, left, s->width, beyond_left, error);
  add_border(b, -s->half, 0.0, spec->border, error);
}

static void draw_border(const BpPlanSpec *spec, Border *b, int *error) {
  const int from = (int)lround(spec->turn[0] / (0.25 * M_PI)),
            to = (int)lround(spec->turn[spec->nsectors] / (0.25 * M_PI));
  const int first = square_point(spec, from, error),
            last = bp_plan_is_whole(spec) ? first : square_point(spec, to, error);
  int before = from;
  *b = (Border){.count = 1, .point = {first}};
  for (int k = from + 1; k <= to; k++) {
    if (k < to && k % 2 == 0)
      continue; /* between the ends only corners are needed */
    b->segments[b->count - 1] = (k - before) * spec->border;
    b->point[b->count++] = k < to ? square_point(spec, k, error) : last;
    before = k;
  }
}

static int draw_edge(const Border *b, int *curve, int *error) {
  for (int i = 0; i + 1 < b->count; i++)
    curve[i] = bp_gmsh_line(b->point[i], b->point[i + 1], b->segments[i], error);
  return b->count - 1;
}

/* Points that curves outside of the last circle may begin and end at. */
static BpPlanPoints *note_points(const BpPlanSpec *spec, const Circle *last,
                                 const BpPieces *pieces) {
  BpPlanPoints *points = BP_NEW(BpPlanPoints, 1);
  const double r = spec->radius[spec->ncircles - 1];
  for (int k = 0; k <= pieces->count - pieces->closed; k++) {
    const double at[2] = {r * cos(pieces->end[k]), r * sin(pieces->end[k])};
    bp_plan_note_point(points, at, last->point[k]);
  }
  return points;
}

/* Where the plan begins or ends on the border. */
static int note_border(const BpPlanSpec *spec, BpPlanPoints *points, double turn, int tag) {
  double at[2];
  on_border(spec, (int)lround(turn / (0.25 * M_PI)), at);
  return bp_plan_note_point(points, at, tag);
}

static int border_face(const BpPlanSpec *spec, Circle *last, const BpPieces *pieces,
                       BpPlanPoints *points, int *error) {
  Border b;
  int curve[BP_PLAN_MAX_POINTS + BP_PLAN_PIECES + 8], n = 0;
  spec->strip.width > 0.0 ? draw_strip_border(spec, &b, error) : draw_border(spec, &b, error);
  if (pieces->closed) {
    n = draw_edge(&b, curve, error);
    return bp_gmsh_frame(curve, n, last->arc, pieces->count, error);
  }
  const double first = spec->turn[0], last_turn = spec->turn[spec->nsectors];
  const int from = note_border(spec, points, first, b.point[0]),
            to = note_border(spec, points, last_turn, b.point[b.count - 1]);
  n = bp_plan_draw_ray(points, 0, from, bp_plan_outer(spec, first), curve, error);
  n += draw_edge(&b, curve + n, error);
  n +=
      bp_plan_draw_ray(points, to, pieces->count, bp_plan_outer(spec, last_turn), curve + n, error);
  for (int k = pieces->count - 1; k >= 0; k--)
    curve[n++] = -last->arc[k];
  return bp_gmsh_face(curve, n, NULL, error);
}

void bp_plan_draw(const BpPlanSpec *spec, BpPlanDrawing *drawing, int *error) {
  const int axis = bp_gmsh_point(0.0, 0.0, error);
  BpPieces pieces;
  Circle inside, circle = {0};
  bp_plan_cut(spec, &pieces);
  draw_circle(spec, 0, axis, &pieces, &circle, error);
  ring_faces(NULL, &circle, &pieces, error);
  for (int i = 1; i < spec->ncircles; i++) {
    inside = circle;
    draw_circle(spec, i, axis, &pieces, &circle, error);
    if (!bp_plan_is_band(spec, i))
      ring_faces(&inside, &circle, &pieces, error);
  }
  BpPlanPoints *points = note_points(spec, &circle, &pieces);
  bp_plan_draw_curves(spec, points, drawing, error);
  drawing->face = border_face(spec, &circle, &pieces, points, error);
  free(points);
}
