/* Inside the mesh layer: where the circles of the plan are at a height, and around which axis. A
 * vertical wall stays on its circle, a sloping one leaves it: the wall's nodes move by a way that
 * grows with the height. Circles are given by their radius in the plan, where each wall stands at
 * its foot.
 *
 * On a sloping wall lies copper whose face is the wall's, moved by the thickness of level copper
 * towards the board and by that of wall copper in the plan: measured along the normal it is
 * w sin(a) + t cos(a) thick on a wall of the angle a. Both faces are cones. Between the circles
 * that a case has, ways are linear in the radius.
 *
 * Films that are displaced against each other have circles around axes of their own. The plan has
 * the ball's axis, which is that of hole and board pad: reflow centres a package on its board. */
#ifndef BP_SHIFT_H
#define BP_SHIFT_H

#include "geometry.h"

/* Finds the circles that move, where films and radii obey their rules, and refuses by name those
 * that would meet others. Problems as of bp_geometry_build(). */
void bp_shift_build(BpGeometry *geometry, BpProblems *problems);

/* What a circle's axis goes with. */
typedef enum {
  BP_WITH_FIRST,  /* D1's own pattern, a well through both dielectrics */
  BP_WITH_SECOND, /* rings, a well in D2 alone */
  BP_WITH_WIRING, /* the disc */
  BP_WITH_BALL,   /* connection hole, solder, board pad, mask */
  BP_PATTERNS
} BpPattern;

/* Displacement of a pattern from the ball's axis, m. */
void bp_overlay_of(const BpPackage *package, BpPattern pattern, double aside[2]);

/* 1 where some pattern is displaced, and where all lie on the line at an angle through the axis. */
int bp_overlay_is_on(const BpPackage *package);
int bp_overlay_is_mirrored(const BpPackage *package, double angle);

/* What cannot be displaced, by name. Problems as of bp_geometry_build(). */
void bp_overlay_check(const BpGeometry *geometry, BpProblems *problems);

/* Where a place of the plan is at height z, m from the ball's axis, before the columns of the joint
 * follow the solder. */
void bp_shift_place(const BpGeometry *geometry, const double plan[2], double z, double at[2]);

/* Radius at height z of the circle of radius r in the plan. */
double bp_shift_radius(const BpGeometry *geometry, double r, double z);

/* Heights from low to high between which every circle's radius is linear in z. Returns their
 * number, 2 where nothing moves. */
enum { BP_SHIFT_PIECES = 2 * BP_GEOMETRY_CIRCLES + 2 };
int bp_shift_pieces(const BpGeometry *geometry, double low, double high, double z[BP_SHIFT_PIECES]);

/* Mean of outer^2 - inner^2 over the heights from low to high, of two circles of the plan, m2. */
double bp_shift_squares(const BpGeometry *geometry, const double circle[2], double low,
                        double high);

/* Area and length in section of the wall that stands on a circle of the plan, m2 and m. */
double bp_shift_wall(const BpGeometry *geometry, double r, const double z[2], double *length);

#endif
