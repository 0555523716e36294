/* The planar mesh that every layer shares: the cell around the joint's axis or its half y >= 0,
 * triangulated so that it conforms to every circle of the plan. */
#ifndef BP_PLAN_H
#define BP_PLAN_H

#include "geometry.h"

enum { BP_PLAN_MAX_CIRCLES = 2 * BP_GEOMETRY_MAX_RADII, BP_PLAN_MAX_CURVES = 2048 };

/* A curve outside the last circle, and how many edges it has in the plan. */
typedef struct {
  BpPlaneCurve shape;
  int segments;
} BpDividedCurve;

/* The border of a strip's cell, in place of the square: y from 0 to the long face, ends at right
 * angles or, far from the die's centre, at 45 deg. The circles come near to the long face. */
typedef struct {
  double half, width; /* m, half the length along y = 0; width 0: a square */
  int slanted;        /* 1: the end on the right runs from (half, 0) to (half - width, width) */
  double near; /* m, to each side of the axis, where the long face is as fine as the circles */
  int near_segments; /* on one side of the axis */
  double size;       /* m, of the segments on the rest of the long face */
} BpPlanStrip;

/* A circle of dimples, which lies between two of the plan's circles. */
typedef struct {
  double inner, outer,
      radius;         /* m, of these circles and of the one that the dimples' axes are on */
  double first, half; /* rad, of a dimple; of the plan around one, to each side */
  int count;
} BpPlanBand;

/* What is to be meshed: concentric circles in a square of the edge 2 half, and radial lines from
 * the first to the last of them. Only what lies at the angles from turn[0] to turn[nsectors] is
 * there: these are multiples of 45 deg, at most 180 deg apart, or 0 and 360 deg, when there is no
 * border at these angles and a line at 180 deg. Where a trace leaves
 * the ball pad's disc, the disc's edge is the last circle, and those outside of it are among the
 * curves. */
typedef struct {
  double half; /* m */
  int ncircles;
  double radius[BP_PLAN_MAX_CIRCLES]; /* increasing, m */
  int divisions[BP_PLAN_MAX_CIRCLES]; /* of the ring inside circle i; 0: the core */
  int nsectors; /* between neighbouring lines, the first and last ones bounding the plan */
  double turn[BP_GEOMETRY_MAX_ANGLES + 2];     /* angles that sectors begin and end at, rad */
  int sector_arcs[BP_GEOMETRY_MAX_ANGLES + 1]; /* of each sector, alike within it */
  int arcs;                                    /* of every circle, as far as it is there */
  int border; /* segments of a border of length half, in a strip of one across it */
  BpPlanStrip strip;
  int nbands;
  BpPlanBand band[1 + BP_PAD_CIRCLES];
  double dimple, dimple_copper;        /* radii of a dimple and its copper, m */
  int dimple_side, dimple_rings;       /* edges along a band's ends; rings around and in a dimple */
  int outer;                           /* segments from the last circle to the border along y = 0 */
  double via[2], via_inner, via_outer; /* axis of the trace's openings, first and last circle */
  int via_arcs;                        /* of half a circle around it */
  int ncurves;
  BpDividedCurve curve[BP_PLAN_MAX_CURVES]; /* they meet at their ends alone */
} BpPlanSpec;

/* An edge along one of the spec's curves: end vertices, and the curve. */
typedef struct {
  int vertex[2], curve;
} BpPlanArc;

/* What of a plan belongs to which joint of an array. */
typedef struct {
  double axis[2], direction; /* as of BpSite */
  double swell;              /* that its circles are drawn larger by */
  double bulge;              /* as of BpPlan */
  int detailed;              /* number among the joints in full detail, -1: coarse */
} BpPlanJoint;

/* A planar triangulation with mid-edge positions, counter-clockwise. */
typedef struct {
  int nvertices, nedges, ntriangles;
  double bulge;        /* mean of 1 - cos(half the angle of an arc) over the circle */
  double (*vertex)[2]; /* m */
  int (*edge)[2];      /* end vertices */
  double (*middle)[2]; /* second-order node of each edge, on the true circle where the edge lies on
                          one */
  int (*triangle)[3];  /* vertices */
  int (*triangle_edge)[3]; /* edges (01) (12) (20) */
  int narcs;               /* edges along the spec's curves */
  BpPlanArc *arc;
  BpPlanJoint *joint;                              /* NULL: a cell around the origin */
  int *triangle_joint, *vertex_joint, *edge_joint; /* index into joint, -1: outside of all cells */
} BpPlan;

/* 1 where the plan goes all round. */
int bp_plan_is_whole(const BpPlanSpec *spec);

/* Sizes from the geometry and mesh.level. */
void bp_plan_spec(const BpGeometry *geometry, BpPlanSpec *spec);

/* 1 if a circle of the plan is one of the spec's curves: outside the disc that a trace leaves. */
int bp_plan_is_curve(const BpGeometry *geometry, double radius);

/* Curves around the trace, cut where they meet, and what circles outside the last one become. */
void bp_plan_curves(const BpGeometry *geometry, BpPlanSpec *spec);

/* Turns edges so that no triangle has two edges on one of the spec's arcs; before the edges are
 * numbered. */
void bp_plan_flip(const BpPlanSpec *spec, BpPlan *plan);

/* Makes vertices that an arc rises to part of the arc; after the edges were turned. */
void bp_plan_take_in(const BpPlanSpec *spec, BpPlan *plan);

/* Middles of edges along the spec's arcs, and between those around the openings. */
void bp_plan_bend(const BpPlanSpec *spec, BpPlan *plan);

/* Meshes the plan with Gmsh. Problems have the code BP_EXIT_GEOMETRY; NULL then. Free with
 * bp_plan_free(). */
BpPlan *bp_plan_build(const BpPlanSpec *spec, BpProblems *problems);
void bp_plan_free(BpPlan *plan);

/* The plan of a whole model: that of the cell, or those of an array's joints and what lies around
 * them in one. Problems and NULL as of bp_plan_build(). */
BpPlan *bp_plan_model(const BpGeometry *geometry, BpProblems *problems);

/* The one call into Gmsh: vertices and triangles of the spec (arrays to be freed with free()). */
BpStatus bp_plan_triangulate(const BpPlanSpec *spec, BpPlan *plan, BpProblems *problems);

/* Version of the Gmsh library in use, "4.8.4", or "none"; free with free(). */
char *bp_gmsh_version(void);

#endif
