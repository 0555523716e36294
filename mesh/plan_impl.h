/* Inside the mesh layer: how a plan's curves are divided, without Gmsh. */
#ifndef BP_PLAN_IMPL_H
#define BP_PLAN_IMPL_H

#include "array.h"
#include "plan.h"

enum { BP_PLAN_PIECES = 2 * (BP_GEOMETRY_MAX_ANGLES + 1), BP_PLAN_CUTS = 3 };

/* A circle in pieces, the same for every circle, and the pieces that begin at a cut: a radial line
 * through all circles. The plan begins and ends at one; where it goes all round these two are the
 * same, and a third one divides the rings, which have four corners each. */
typedef struct {
  int count, closed;
  double end[BP_PLAN_PIECES + 1]; /* angles */
  int arcs[BP_PLAN_PIECES];
  int ncuts, cut[BP_PLAN_CUTS]; /* number of a piece's beginning */
} BpPieces;

/* The spec of a joint in full detail, and of a coarse one, whose circles are drawn larger by a
 * factor. */
void bp_plan_site_spec(const BpGeometry *geometry, const BpSite *site, BpPlanSpec *spec);
void bp_plan_coarse_spec(const BpGeometry *geometry, const BpSite *site, double *swell,
                         BpPlanSpec *spec);

/* The plan of a strip's cell. Angles [n] of the lines with those added that bound the part of the
 * circles opposite to the long face, their number returned; finer arcs there, for circles of
 * spec->radius; the border, and segments about as long as size. */
int bp_plan_strip_angles(const BpSite *site, double *angle, int n);
void bp_plan_strip_refine(const BpGeometry *geometry, BpPlanSpec *spec);
void bp_plan_strip_border(const BpGeometry *geometry, const BpSite *site, double size,
                          BpPlanSpec *spec);

/* The middle of an edge between two vertices. */
typedef struct {
  int low, high; /* vertices */
  double at[2];  /* m */
} BpPlanMiddle;

typedef struct {
  BpPlanMiddle *item;
  int count;
} BpPlanMiddles;

/* Dimples in the spec of a joint: their bands; arcs that are fine enough around them, where arcs is
 * the number for half a circle. */
void bp_plan_dimple_bands(const BpGeometry *geometry, const BpSite *site, BpPlanSpec *spec);
void bp_plan_dimple_arcs(int arcs, BpPlanSpec *spec);

/* 1 if a ring between circles i - 1 and i is a band. */
int bp_plan_is_band(const BpPlanSpec *spec, int i);

/* Adds the triangles of the bands, which Gmsh leaves free, and lists the middles of edges that are
 * around dimples; sorts them once all are there. */
void bp_plan_add_dimples(const BpPlanSpec *spec, BpPlan *plan, BpPlanMiddles *middles);

/* Gives listed edges their middles. */
void bp_plan_bend_dimples(const BpPlanMiddles *middles, BpPlan *plan);

/* What lies around the cells of an array. */
BpPlan *bp_plan_margin(const BpGeometry *geometry);

/* Edges of a plan that has its triangles. */
void bp_plan_number_edges(BpPlan *plan);

/* Pieces that are shorter than half a circle. */
void bp_plan_cut(const BpPlanSpec *spec, BpPieces *pieces);

/* Where the long face of a strip's cell ends: x on its left (side -1) and on its right (1). */
double bp_plan_strip_top(const BpPlanStrip *strip, int side);

/* Segments from the last circle to the border along a ray at a multiple of 45 deg. */
int bp_plan_outer(const BpPlanSpec *spec, double turn);

#endif
