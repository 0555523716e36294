/* Inside the mesh layer: the faces of the pad's metal, one by one. */
#ifndef BP_MEASURE_IMPL_H
#define BP_MEASURE_IMPL_H

#include "measure.h"

/* A face between the wiring and something else, or one of a name. Radii and angles are those of its
 * vertices around the joint's axis. */
typedef struct {
  int beyond;        /* region on the other side; -1 for a face of a name */
  int is_wall;       /* not level */
  double area, plan; /* m2, of the whole joint; plan: projected on the plan */
  double slope;      /* rad, against the plan */
  double r, r_low, r_high, z_low, z_high, z;
  double angle_low, angle_high; /* rad; where the face lies on both sides of -x, beyond pi */
} BpPadFace;

typedef struct {
  BpPadFace *face; /* [count] */
  int count;
} BpPadFaces;

/* Share of the joint that the mesh is of: a half, or the whole. */
double bp_measure_share(const BpMesh *mesh);

/* Faces between the wiring and other regions, and those of a name. Free the array with free(). */
BpPadFaces bp_measure_metal(const BpMesh *mesh);
BpPadFaces bp_measure_named(const BpMesh *mesh, const char *name);

/* Rings among the level faces of the convex portion, from the innermost one outwards. */
typedef struct {
  double inner, outer; /* m */
  double area;         /* m2, whole joint */
  double covered;      /* share of the full circle */
  int gaps;
} BpMeasuredRing;

enum { BP_MEASURED_RINGS = 16 };

/* Returns the number of rings; share as bp_measure_share(). Sorts the faces. */
int bp_measure_rings(BpPadFaces *convex, double share, BpMeasuredRing ring[BP_MEASURED_RINGS]);

#endif
