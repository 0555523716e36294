/* What is drawn between the last circle and the border of the plan. */
#include "plan_gmsh.h"

#include <string.h>

static const double same = 1e-10; /* m, points that are one */

int bp_plan_note_point(BpPlanPoints *points, const double at[2], int tag) {
  memcpy(points->at[points->count], at, sizeof points->at[0]);
  points->tag[points->count] = tag;
  return points->count++;
}

/* Tag of the point at a place. */
static int point_at(BpPlanPoints *points, const double at[2], int *error) {
  for (int i = 0; i < points->count; i++)
    if (hypot(points->at[i][0] - at[0], points->at[i][1] - at[1]) < same)
      return points->tag[i];
  return points->tag[bp_plan_note_point(points, at, bp_gmsh_point(at[0], at[1], error))];
}

void bp_plan_draw_curves(const BpPlanSpec *spec, BpPlanPoints *points, BpPlanDrawing *drawing,
                         int *error) {
  for (int i = 0; i < spec->ncurves; i++) {
    const BpPlaneCurve *c = &spec->curve[i].shape;
    const int from = point_at(points, c->from, error), to = point_at(points, c->to, error);
    const int n = spec->curve[i].segments;
    drawing->curve[i] =
        c->radius > 0.0
            ? bp_gmsh_arc(from, bp_gmsh_point(c->center[0], c->center[1], error), to, n, error)
            : bp_gmsh_line(from, to, n, error);
  }
}

/* The point on a ray that comes next behind a length, or the ray's end. */
static int next_point(const BpPlanPoints *points, int from, int to, double *reached) {
  const double *a = points->at[from], *b = points->at[to], all = hypot(b[0] - a[0], b[1] - a[1]);
  const double d[2] = {(b[0] - a[0]) / all, (b[1] - a[1]) / all};
  double nearest = all;
  int next = to;
  for (int i = 0; i < points->count; i++) {
    const double x = points->at[i][0] - a[0], y = points->at[i][1] - a[1];
    const double along = x * d[0] + y * d[1], beside = x * d[1] - y * d[0];
    if (fabs(beside) < same && along > *reached + same && along < nearest - same) {
      nearest = along;
      next = i;
    }
  }
  *reached = nearest;
  return next;
}

int bp_plan_draw_ray(const BpPlanPoints *points, int from, int to, int segments, int *curve,
                     int *error) {
  const double *a = points->at[from], *b = points->at[to], all = hypot(b[0] - a[0], b[1] - a[1]);
  double reached = 0.0;
  int n = 0;
  for (int at = from; at != to;) {
    const double before = reached;
    const int next = next_point(points, from, to, &reached);
    const int parts = (int)ceil(segments * (reached - before) / all - 1e-6);
    curve[n++] = bp_gmsh_line(points->tag[at], points->tag[next], parts > 0 ? parts : 1, error);
    at = next;
  }
  return n;
}
