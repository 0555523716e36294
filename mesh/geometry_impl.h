/* Inside the mesh layer: walls of the pad's films, and the rules that they obey. */
#ifndef BP_GEOMETRY_IMPL_H
#define BP_GEOMETRY_IMPL_H

#include "geometry.h"

enum { BP_GEOMETRY_RINGS = 1 + BP_PAD_ANNULI };

/* Walls of ring number i, the first one being package.pad.ring; returns 0 past the last one. */
int bp_geometry_ring(const BpPackage *package, int i, BpAnnulus *walls);

/* 1 if D1's own pattern lies on the shape's floor: there is a well, and no D1 below it. */
int bp_geometry_has_bare_floor(const BpPad *pad);

/* Radii where films of any shape end below the wiring's disc, from the case's parameters, in no
 * order. Returns their number, at most BP_GEOMETRY_EDGES. */
enum { BP_GEOMETRY_EDGES = 4 * BP_GEOMETRY_RINGS + 2 };
int bp_geometry_edges(const BpPackage *package, double edge[BP_GEOMETRY_EDGES]);

/* Rules between ring, well, hole, D1's pattern and the ring's gaps. Problems as of
 * bp_geometry_build(). */
void bp_geometry_check_pad(const BpGeometry *geometry, BpProblems *problems);

/* Rules between the heights, circles and radial lines of a pad that obeys the others. */
void bp_geometry_check_mesh(const BpGeometry *geometry, BpProblems *problems);

/* Radius of the largest circle over half the pitch: beyond it the arcs of a coarse mesh come too
 * close to the cell's sides. */
extern const double bp_geometry_last_circle;

/* Radius at height z from which on columns stand still, m. */
double bp_geometry_still_radius(const BpGeometry *geometry, double z);

/* Rules between the optional films, hole and ring, and of the gap's underfill. Problems as of
 * bp_geometry_build(). */
void bp_geometry_check_films(const BpGeometry *geometry, BpProblems *problems);
void bp_geometry_check_underfill(const BpGeometry *geometry, BpProblems *problems);

#endif
