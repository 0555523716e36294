/* The whole array of joints by the part that symmetry leaves, on one planar mesh: cells around the
 * joints' axes, some of them in full detail and the others coarse, and what lies around the array.
 *
 * A coarse joint has the ball and the board pad of the others; its pad is what those of a detailed
 * one come to by height: the places under the hole whose copper ends at one height are one disc or
 * annulus, of the same area, the lowest in the middle. So stand-off and amount of solder are the
 * same. Its circles have few arcs and are drawn larger, so that areas are right. */
#ifndef BP_ARRAY_H
#define BP_ARRAY_H

#include "geometry.h"

/* A joint of the model. Angles are multiples of 45 deg but for the direction; those that the cell
 * is there between are 360 deg apart unless planes of symmetry cut it. */
typedef struct {
  BpArrayJoint joint; /* column and row; (0, 0) of a single cell */
  double axis[2];     /* m */
  double direction;   /* rad, of the joint's own x axis: away from the neutral point */
  double from, to;    /* rad, what is there of the cell */
  int detailed;       /* number among the detailed ones, -1: coarse */
} BpSite;

/* Number of joints of the model, at least in part, and number i of them, 1 of a single cell. */
int bp_array_count(const BpGeometry *geometry);
BpSite bp_array_site(const BpGeometry *geometry, int i);

/* The site of a joint in full detail, 0 being the reported one. */
BpSite bp_array_detailed(const BpGeometry *geometry, int detailed);

/* Part of a joint that is there, 0 to 1. */
double bp_site_part(const BpSite *site);

/* What a joint that is cut must be its own mirror image about: angles in its own axes, rad. Returns
 * their number, 0 to 2. */
int bp_site_mirrors(const BpSite *site, double angle[2]);

/* Angles of the radial lines of a joint's plan, between its ends, as bp_geometry_angles(). */
int bp_geometry_angles_of(const BpGeometry *geometry, const BpSite *site,
                          double angles[BP_GEOMETRY_MAX_ANGLES]);

enum { BP_COARSE_ZONES = 8 };

/* The pad of a coarse joint, from the axis outwards; the last zone reaches to the hole. */
typedef struct {
  int nzones;
  double radius[BP_COARSE_ZONES]; /* m, outer one */
  BpColumn column[BP_COARSE_ZONES];
} BpCoarsePad;

void bp_coarse_pad(const BpGeometry *geometry, BpCoarsePad *pad);

/* Radii of a coarse joint's circles, before they are drawn larger, as bp_geometry_radii(). */
int bp_coarse_radii(const BpGeometry *geometry, const BpCoarsePad *pad,
                    double radii[BP_GEOMETRY_MAX_RADII]);

/* Films at radius r of a coarse joint, before its circles are drawn larger. */
BpColumn bp_coarse_column(const BpGeometry *geometry, const BpCoarsePad *pad, double r);

/* Region of a coarse joint, as bp_geometry_region(). */
int bp_coarse_region(const BpGeometry *geometry, const BpCoarsePad *pad, double r, double z);

/* A joint's cell in a strip: half its length along the diagonal, and the distance of the strip's
 * long face from the axes, m. The last cell ends where the die's corner may be, at 45 deg. */
void bp_strip_cell(const BpGeometry *geometry, double half[2]);

/* Area of what is in the model of a square that is centred on the die, m2. size  its edge */
double bp_array_area(const BpGeometry *geometry, double size);

/* Half the extent of array, die and board along the die's edges, m. */
void bp_array_extent(const BpGeometry *geometry, double array[2], double *die, double *board);

/* Half the extent of the dielectrics, which may be set back from the die's edge, m. */
double bp_array_films(const BpGeometry *geometry);

/* Region outside the array's cells, where no joint is; -1 for a void. */
int bp_array_margin_region(const BpGeometry *geometry, const double at[2], double z);

/* Problems of the array as bp_geometry_build(), and of solder that reaches so far from the axis, m.
 */
void bp_array_check(const BpGeometry *geometry, BpProblems *problems);
void bp_array_check_solder(const BpGeometry *geometry, double widest, BpProblems *problems);

#endif
