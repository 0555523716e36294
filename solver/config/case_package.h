/* The package section of a case. Included by config.h. */
#ifndef BP_CASE_PACKAGE_H
#define BP_CASE_PACKAGE_H

#include "case_array.h"
#include "case_parts.h"

/* ---- package: geometry of the joint, lengths in m */

typedef struct {
  double size;      /* edge of the square die */
  double thickness; /* silicon */
} BpDie;

typedef struct {
  double first, second, third;  /* thickness of D1, D2 and, over the rim copper, D3 */
  double hole_radius;           /* connection hole in D3 */
  double first_via, second_via; /* radius of the openings over the chip pad; 0: not opened */
  double set_back;              /* of all three from the die's edge, in models that contain it */
} BpDielectrics;

/* Metal of the chip that the wiring leads to: a square in the die's face, below the passivation. */
typedef struct {
  double thickness, size;
  double distance;  /* of its middle from the ball's axis */
  double direction; /* rad, of its middle from the x axis */
} BpChipPad;

typedef struct {
  double width; /* 0: there is no trace, no opening and no chip pad */
  double reach; /* of its end from the ball's axis */
  double teardrop_length;
  double teardrop_ratio; /* width at the ball pad's disc / width */
} BpTrace;

typedef struct {
  double thickness;      /* of the conformal copper on horizontal surfaces */
  double wall_ratio;     /* side-wall thickness / thickness */
  double disc_radius;    /* ball-pad disc of the wiring */
  double capture_radius; /* pad over the openings */
  BpTrace trace;         /* from the disc to the capture pad */
} BpWiring;

typedef struct {
  double inner_radius, outer_radius;
} BpAnnulus;

typedef struct {
  int count;    /* alike, at equal distances; 0: the ring is whole */
  double angle; /* rad, between the two faces of polymer that a gap has */
  double
      orientation; /* rad, of the middle of the first gap, from the direction to the die's centre */
} BpGaps;

typedef struct {
  double inner_radius, outer_radius;
  double height;     /* from the surface that the ring stands on; default is the thickness of D2 */
  double wall_angle; /* rad, of the walls against the plan; the radii are those of their feet */
  BpGaps gaps;
} BpRing;

/* Round bumps at equal distances around the joint's axis. */
typedef struct {
  int count;
  double radius;      /* of the circle that their axes are on, m */
  double orientation; /* rad, of the first one, from the direction to the die's centre */
} BpDimpleCircle;

/* Round bumps in place of the rings; the first circle's count is 0 where there are none. */
typedef struct {
  BpDimpleCircle circle;
  BpDimpleCircle *further;
  int nfurther;
  int centre;    /* 1: also one on the axis */
  double radius; /* of a bump, m */
  double height; /* from the surface that it stands on; default is the thickness of D2 */
} BpDimples;

/* At most: entries of a list of annuli, gaps, dimples of a circle, further circles. */
enum { BP_PAD_ANNULI = 4, BP_PAD_GAPS = 24, BP_PAD_DIMPLES = 24, BP_PAD_CIRCLES = 3 };

typedef struct {
  char shape[BP_NAME];      /* key in the table of pad shapes */
  BpRing ring;              /* read for every shape: compared pads share the planar mesh */
  BpAnnulus *further_rings; /* of the ring's height, without gaps */
  int nfurther_rings;
  BpDimples dimples;
  BpAnnulus *first_dielectric; /* D1 that stays on the floor of a well */
  int nfirst_dielectric;
  double concave_radius;     /* the well through the dielectrics, at the foot of its wall */
  double concave_wall_angle; /* rad, of its wall against the plan */
} BpPadCase;

typedef struct {
  double diameter;     /* free ball before reflow; 0: a joint of paste alone */
  double paste_volume; /* m3 of solder added by the paste */
  char rule[BP_NAME];  /* "equal_volume": ball and paste, or "equal_standoff" */
  double standoff;     /* 0: that of the flat pad with this ball */
} BpBall;

/* Optional; 0, "none": there is none. */
typedef struct {
  double underbump, intermetallic; /* thickness: on the free copper, on what solder would touch */
  char underfill[BP_NAME];         /* "none" or "gap": around the joint, from die to board */
} BpFilms;

typedef struct {
  double size; /* edge of the square board, of the models of a whole array */
  double thickness;
  double pad_radius, pad_thickness;
  double mask_opening_radius, mask_thickness;
} BpBoard;

/* How far patterns are displaced along x and y, m, from that of D1. */
typedef struct {
  double second[2], wiring[2], third[2];
} BpOverlay;

typedef struct {
  double pitch; /* joint to joint */
  BpArray array;
  double scribe_width, kerf; /* between the chips of the wafer, of the cut there; 0: none */
  double passivation_thickness;
  double passivation_opening; /* radius, over the chip pad; 0: not opened */
  BpDie die;
  BpChipPad chip_pad;
  BpDielectrics dielectrics;
  BpWiring wiring;
  BpPadCase pad;
  BpOverlay overlay;
  BpBall ball;
  BpFilms films;
  BpBoard board;
} BpPackage;

/* Circle number i of the dimples, the first one being package.pad.dimples itself. Returns 0 past
 * the last one. */
int bp_case_dimple_circle(const BpPackage *package, int i, BpDimpleCircle *circle);

/* Axis of dimple number i in the joint's own axes, m, the one in the middle last. Returns 0 past
 * the last one. */
int bp_case_dimple(const BpPackage *package, int i, double at[2]);

#endif
