/* Dimples: round bumps of D2 in circles around the joint's axis, in place of
 * the rings of a shape that has them. Each circle of dimples lies in a band of the plan, an annulus
 * between two circles that nothing else cuts; what is where follows there from the distance to the
 * next dimple's axis, elsewhere from the radius as without dimples. Shapes without rings have
 * nothing there but the plan, so that compared pads share it. Everything here is empty where
 * package.pad.dimples.count is 0. */
#ifndef BP_DIMPLES_H
#define BP_DIMPLES_H

#include "geometry.h"

int bp_dimples_are_on(const BpPackage *package);

/* 1 where the shape's rings are those of package.pad.ring and further_rings, and where dimples
 * stand for them. */
int bp_geometry_has_rings(const BpGeometry *geometry);
int bp_geometry_has_dimples(const BpGeometry *geometry);

/* Band number i; returns 0 past the last one. */
int bp_dimples_band(const BpGeometry *geometry, int i, BpDimpleBand *band);

/* The band that a radius of the plan is in; returns 0 outside of all. */
int bp_dimples_band_at(const BpGeometry *geometry, double r, BpDimpleBand *band);

/* Radius of the dimple on the axis, 0: there is none. */
double bp_dimples_centre(const BpPackage *package);

/* Angle of the dimple of a band that is nearest to an angle, rad. */
double bp_dimples_nearest(const BpDimpleBand *band, double angle);

/* What of a dimple is at a place of the plan; BP_SECTOR_GAP outside of the bands. */
BpSector bp_dimples_sector(const BpGeometry *geometry, const double at[2]);

/* Shares of the sectors at radius r of the plan. */
void bp_dimples_shares(const BpGeometry *geometry, double r, double share[BP_SECTORS]);

/* A place between edges of the plan, given by their middles, in the axes of the joint: at their
 * mean distance from a dimple's axis, which is on the same side of its walls as they are, however
 * thin the copper. Leaves what is in no band alone. */
void bp_dimples_place(const BpGeometry *geometry, const double middle[3][2], double at[2]);

/* 1 where the dimples are their own mirror image about the line at an angle through the axis. */
int bp_dimples_are_mirrored(const BpGeometry *geometry, double angle);

/* Adds circles that the plan needs of them, and angles of its radial lines. Return the new n. */
int bp_dimples_radii(const BpGeometry *geometry, double *radii, int n);
int bp_dimples_angles(const BpGeometry *geometry, double *angles, int n);
enum { BP_DIMPLES_RADII = 2 * (1 + BP_PAD_CIRCLES) + 2 };

/* Radii where the section through the first dimple meets walls of dimples and their copper.
 * Returns their number. */
enum { BP_DIMPLES_SECTION = 4 * (1 + BP_PAD_CIRCLES) };
int bp_dimples_section(const BpGeometry *geometry, double radii[BP_DIMPLES_SECTION]);

/* Faces of copper around the dimples of a band, m2 for each metre of height; and how often the
 * radius through the first dimple crosses one. */
double bp_dimples_girth(const BpGeometry *geometry, const BpDimpleBand *band);
int bp_dimples_crossed(const BpGeometry *geometry, const BpDimpleBand *band);

/* Finds the bands. Needs the thickness of the wall copper. */
void bp_dimples_build(BpGeometry *geometry);

/* Refuses by name what cannot be built. Problems as of bp_geometry_build(). */
void bp_dimples_check(const BpGeometry *geometry, BpProblems *problems);

#endif
