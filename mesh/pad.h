/* The contract of a pad shape, for people who add one: a struct in pads/<name>.c and a line in
 * pads.def. A shape says which dielectric films stand at a place; the stack makes copper, third
 * dielectric and solder from that. */
#ifndef BP_PAD_H
#define BP_PAD_H

#include "config.h"

/* Films at a place of the ball pad, a sum of these. */
enum {
  BP_FILM_D1 = 1,
  BP_FILM_D2 = 2,
  BP_FILM_RING = 4 /* the raised part, of the ring's height, on what is below it */
};

typedef struct {
  const char *name, *title;
  int has_well, has_ring; /* which of package.pad.{concave,ring} the shape builds */
  int floor; /* films under the pad's floor: inside the well, or under the whole disc without one */
  /* Films at radius r (m) from the joint's axis. Only called inside the package's wiring disc;
   * outside are D1 and D2. The gaps of the ring and the pattern of D1 on a bare floor are not the
   * shape's affair: the stack applies them. */
  int (*films)(const BpPackage *package, double r);
} BpPad;

/* The table of shapes, in the order of pads.def, ended by NULL. */
extern const BpPad *const bp_pads[];

/* Shape by name, NULL if there is none. */
const BpPad *bp_pad_find(const char *name);

/* The film of the ring where r is between the walls of the ring or of a further one, else 0. */
int bp_pad_raised(const BpPackage *package, double r);

#endif
