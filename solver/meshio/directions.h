/* Directions that displacements are held in. Where all are axes, the unknowns of a node are its
 * displacement along them; else they are along other directions, the same for all nodes, so that
 * each support holds one of them. */
#ifndef BP_DIRECTIONS_H
#define BP_DIRECTIONS_H

typedef struct {
  int oblique;        /* 0: the unknowns are (u_x, u_y, u_z) */
  double row[3][3];   /* unknown i is row[i] . u */
  double basis[3][3]; /* u = basis times the unknowns */
  int held[3];        /* 1: a support asked for the row */
} BpDirections;

/* Unit normal of the plane that n points are in, to 1e-6 of their extent; exactly an axis where it
 * is one to that. Returns 0 where they are in none or in several. */
int bp_plane_normal(const double (*x)[3], int n, double normal[3]);

void bp_directions_start(BpDirections *directions);

/* The row of a direction, a unit vector, which is taken where it is none yet; -1 where none is
 * left. Axes come first. */
int bp_directions_add(BpDirections *directions, const double direction[3]);

/* After the last one: the basis. Returns 0 where the rows depend on each other. */
int bp_directions_finish(BpDirections *directions);

#endif
