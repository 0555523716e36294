/* The package as a process stack: which material is where, closed-form volumes, the solder's shape.
 * The z axis points from the die to the board; z = 0 is the passivation's surface under the wiring.
 * The x axis points from the neutral point through the joint. Lengths in m, angles in rad.
 *
 * What is where follows from radius, height and the sector of the ring that the angle is in. A gap
 * has radial faces; the copper on them takes the angle wall/r, r being the mean radius of the ring:
 * from the ring's inner to its outer wall it has the plan area of a film of constant thickness, is
 * thinner inside and thicker outside, and its faces are radial too. */
#ifndef BP_GEOMETRY_H
#define BP_GEOMETRY_H

#include "config.h"
#include "pad.h"

/* At most: circles and film levels, radial lines, and what each list of mesh.extra_... adds to
 * them.
 */
enum { BP_GEOMETRY_MAX_RADII = 128, BP_GEOMETRY_MAX_ANGLES = 320, BP_GEOMETRY_MAX_EXTRA = 64 };

/* A circle of the plan on which a wall stands, and those between them that do not move. */
enum { BP_GEOMETRY_CIRCLES = 64 };
typedef struct {
  double radius;    /* in the plan, m */
  double low, high; /* heights between which it moves, m */
  double way;       /* of its radius from low to high, m; 0: it stands still */
  double aside[2];  /* of its axis from that of the ball, at every height, m */
} BpMovedCircle;

/* A circle of dimples: the annulus of the plan that it lies in. */
typedef struct {
  BpDimpleCircle of;
  double inner, outer; /* circles of the plan, m */
  double half;         /* rad, of the plan's part around a dimple, to each side of it */
  double first;        /* rad, of a dimple's axis */
} BpDimpleBand;

/* What of the ring, or of the dimples, is at a place; further rings are everywhere. */
typedef enum {
  BP_SECTOR_RING, /* polymer under copper */
  BP_SECTOR_WALL, /* copper on the face of a gap, around a dimple */
  BP_SECTOR_GAP,  /* neither */
  BP_SECTORS
} BpSector;

/* What package.ball.rule makes of the joint, whole joint; NAN where no joint can be made so. */
typedef struct {
  double volume, standoff; /* m3, m */
} BpSolderRule;

enum { BP_EQUAL_VOLUME, BP_EQUAL_STANDOFF, BP_SOLDER_RULES };

typedef struct {
  const BpCase *bp;
  const BpPad *pad;
  int whole;         /* 1: the cell is meshed all round, 0: its half y >= 0 */
  double wall;       /* lateral thickness of the copper on side walls */
  double wall_angle; /* rad, of the copper on a face of a gap */
  int ncircles;      /* 0: no circle moves, every wall is vertical */
  BpMovedCircle circle[BP_GEOMETRY_CIRCLES]; /* increasing */
  int nbands;                                /* 0: there are no dimples */
  BpDimpleBand band[1 + BP_PAD_CIRCLES];
  double z_back, z_chip;         /* back of the die, die | passivation */
  double z_rim, z_hole;          /* top of the copper on D2, top of the connection hole's edge */
  double z_pad;                  /* where the solder ends on the board's side */
  double z_copper;               /* face of the board pad's copper */
  double z_mask, z_board, z_end; /* mask's face, board's face and back */
  double standoff;               /* z_pad - z_hole: height of the free solder surface */
  double solder_volume;          /* m3, whole joint */
  BpSolderRule rule[BP_SOLDER_RULES];  /* volume and stand-off by each rule */
  double sphere_center, sphere_radius; /* the free solder surface: z of its centre, radius */
} BpGeometry;

/* Derives and checks the geometry of a case. Problems carry the line of the key at fault
 * (BP_EXIT_CASE). BP_BAD if there were any. The case must live as long as the geometry. */
BpStatus bp_geometry_build(const BpCase *bp, BpGeometry *geometry, BpProblems *problems);

/* Upper faces of the films at radius r from the axis, z in m; a film that is absent has no
 * thickness. */
typedef struct {
  double passivation, d1, d2, copper, underbump, intermetallic, d3;
} BpColumn;

/* Sector at radius r and an angle from the x axis; BP_SECTOR_RING for a shape with neither gaps nor
 * dimples. */
BpSector bp_geometry_sector(const BpGeometry *geometry, double r, double angle);

/* The same where a section through the pad is drawn: through the ring, or the first dimple. */
BpSector bp_geometry_section(const BpGeometry *geometry, double r);

/* 1 where what lies at y < 0 is the mirror image of the rest, so that the half cell y >= 0 will do.
 */
int bp_geometry_is_mirrored(const BpGeometry *geometry);

/* 1 where the joint is its own mirror image about the line at an angle (rad) through its axis. */
int bp_geometry_is_mirrored_at(const BpGeometry *geometry, double angle);

/* 1 where films are displaced against each other (package.overlay). */
int bp_geometry_is_displaced(const BpGeometry *geometry);

/* Shares of the sectors in what is between the plan's circles at radius r; the half cell has the
 * same ones. */
void bp_geometry_shares(const BpGeometry *geometry, double r, double share[BP_SECTORS]);

/* Without the trace: all around the disc are D1 and D2. */
BpColumn bp_geometry_column(const BpGeometry *geometry, double r, BpSector sector);

/* At a place of the plan, m from the joint's axis. */
BpColumn bp_geometry_column_at(const BpGeometry *geometry, const double at[2]);

/* Region at radius r of the plan and height z (never on an interface), -1 for a void. On the
 * board's side of the joint r is the plan's radius, see bp_geometry_map. */
int bp_geometry_region(const BpGeometry *geometry, double r, BpSector sector, double z);

/* The same at a place of the plan, with the trace and what is below it. */
int bp_geometry_region_at(const BpGeometry *geometry, const double at[2], double z);

/* Radius at height z of the point whose plan radius is r: the columns under the hole follow the
 * solder's surface and become the board pad. Strictly increasing in r. */
double bp_geometry_map(const BpGeometry *geometry, double r, double z);

/* Radius in the plan of what is at a place at height z <= z_hole: not the same beside a sloping
 * wall or in a film that is displaced. */
double bp_geometry_plan_radius(const BpGeometry *geometry, const double at[2], double z);

/* Radius of the solder's free surface at z_hole <= z <= z_pad. */
double bp_geometry_solder_radius(const BpGeometry *geometry, double z);

/* Radii of all circles of the plan, sorted, without doubles: those that the case's parameters give
 * to any shape, so that shapes with the same parameters share the plan, and mesh.extra_radii.
 * Returns their number. */
int bp_geometry_radii(const BpGeometry *geometry, double radii[BP_GEOMETRY_MAX_RADII]);

/* Angles of the plan's radial lines between 0 and pi, or 2 pi in the full cell, sorted, without
 * doubles: both sides of the copper on the faces of the ring's gaps, for any shape, and
 * mesh.extra_angles; in the full cell also pi. Returns their number. */
int bp_geometry_angles(const BpGeometry *geometry, double angles[BP_GEOMETRY_MAX_ANGLES]);

/* Film levels up to z_hole, sorted, without doubles, with mesh.extra_levels. Returns their
 * number. */
int bp_geometry_levels(const BpGeometry *geometry, double levels[BP_GEOMETRY_MAX_RADII]);

/* Part of the joint that is meshed, of an array's reported one: 1 in the full cell, 1/2 in the half
 * one. */
double bp_geometry_part(const BpGeometry *geometry);

/* Closed-form volume of each region in what is meshed, m3. */
void bp_geometry_volumes(const BpGeometry *geometry, double volume[BP_REGIONS]);

/* Area of wetted copper on the package side and its path along a diameter that crosses the ring,
 * whole joint, m2 and m; with dimples twice the path along the radius through the first one. */
void bp_geometry_wetted(const BpGeometry *geometry, double *area, double *path);

/* A line of the plan, or an arc counter-clockwise from one end to the other, m. */
typedef struct {
  double from[2], to[2];
  double center[2], radius; /* radius 0: a line */
} BpPlaneCurve;

/* Sorts n lengths and drops those that agree to a nanometre, or n angles to a nanoradian. Returns
 * how many are left. */
int bp_unique(double *v, int n);

#endif
