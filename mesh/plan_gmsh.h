/* Inside the mesh layer: what plan_gmsh.c passes on to Gmsh. Tags are Gmsh's; error is set to 1
 * where a call fails and left alone otherwise. */
#ifndef BP_PLAN_GMSH_H
#define BP_PLAN_GMSH_H

#include "plan.h"

/* A point at (x, y), m. */
int bp_gmsh_point(double x, double y, int *error);

/* Curves with so many edges of equal length. */
int bp_gmsh_line(int from, int to, int segments, int *error);
int bp_gmsh_arc(int from, int center, int to, int segments, int *error);

/* A face between curves, the sign of a tag being the curve's direction; corners, if given, make it
 * a structured one. */
int bp_gmsh_face(int *curve, int ncurves, int *corner, int *error);

/* A face between the curves of a border and those of a hole in it. */
int bp_gmsh_frame(int *curve, int ncurves, int *hole, int nhole, int *error);

/* Points with their tags that curves outside the last circle may begin and end at: first those of
 * the last circle. */
enum { BP_PLAN_MAX_POINTS = 2 * BP_PLAN_MAX_CURVES + 2 * BP_GEOMETRY_MAX_ANGLES + 16 };

typedef struct {
  int count;
  double at[BP_PLAN_MAX_POINTS][2]; /* m */
  int tag[BP_PLAN_MAX_POINTS];
} BpPlanPoints;

/* Returns the point's number. */
int bp_plan_note_point(BpPlanPoints *points, const double at[2], int tag);

/* Tags of what is outside the last circle. */
typedef struct {
  int face;                      /* between the last circle and the border */
  int curve[BP_PLAN_MAX_CURVES]; /* the spec's curves */
} BpPlanDrawing;

/* The spec's curves; points at one place are one. */
void bp_plan_draw_curves(const BpPlanSpec *spec, BpPlanPoints *points, BpPlanDrawing *drawing,
                         int *error);

/* Lines from one point to another by their numbers, cut at every point on the way; about `segments`
 * edges in all. Returns the number of curves. */
int bp_plan_draw_ray(const BpPlanPoints *points, int from, int to, int segments, int *curve,
                     int *error);

/* The whole plan. */
void bp_plan_draw(const BpPlanSpec *spec, BpPlanDrawing *drawing, int *error);

#endif
