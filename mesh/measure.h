/* What can be measured of a pad on its mesh: which areas of dielectric the metal lies on, which
 * rings stand in the well, how steep walls are. Areas are those of the whole joint, m2. */
#ifndef BP_MEASURE_H
#define BP_MEASURE_H

#include "mesh.h"

/* Slope of walls against the plan, rad, over their faces; both NAN where there are none. */
typedef struct {
  double least, most;
} BpSlope;

typedef struct {
  /* Areas of contact of the metal with what is below it, inside the embossed region r <= r_c. */
  double on_passivation, on_d1, on_d2;

  /* Plan areas of the dielectrics there before the metal, which covers all of them. The floor is
   * what D2 leaves free; `inside` is the part within the convex portion's inner wall, which bumps
   * do not have: what is off an annulus by more than claims.cylindrical. */
  double floor_passivation, floor_d1, inside_passivation, inside_d1;

  /* The convex portion: D2 where it is removed beside it or, where D2 is whole, what stands above
   * its lowest surface. One ring is all of it at the same radii. */
  double convex;            /* plan area, with that of sloping walls */
  double convex_height;     /* m, of D2 alone; NAN without a convex portion */
  int rings, gaps;          /* gaps of all rings */
  double convex_inner;      /* m, inner radius of the top of the outermost ring */
  double convex_outer;      /* m, its outer radius */
  double annulus_deviation; /* largest |area of a ring / (its annulus without the gaps) - 1| */
  BpSlope convex_wall;

  /* The concave portion's side wall. */
  double well_wall, well_depth;               /* m2, m */
  double well_radius_least, well_radius_most; /* m */
  BpSlope well_slope;

  /* Metal of the embossed region that the third dielectric leaves free. */
  double exposed, exposed_floor, exposed_convex, exposed_inner_wall, exposed_outer_wall;

  double third_dielectric, solder; /* m3 */
} BpPadMeasure;

/* Measures a mesh of bp_mesh_build(). */
void bp_pad_measure(const BpMesh *mesh, const BpGeometry *geometry, BpPadMeasure *measure);

#endif
