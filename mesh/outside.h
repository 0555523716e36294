/* The outer faces of an array that air gets at. */
#ifndef BP_OUTSIDE_H
#define BP_OUTSIDE_H

#include "geometry.h"
#include "meshio.h"

#define BP_OUTSIDE "outside"

/* Names the outer faces of an array's mesh that are no plane of symmetry, no back of die or board,
 * and not in the gap between the two: sides of the die, upper face of the board around it, sides of
 * the board. */
void bp_mesh_name_outside(const BpGeometry *geometry, BpMesh *mesh);

#endif
