/* The long face of a strip, parallel to the diagonal: on it the package's side and the board's side
 * each move as one, u_y = a + b z, with a and b such that the face bears no force and no moment
 * (generalised plane deformation). The nodes keep their places in vectors, with displacements that
 * obey this; a and b of both sides are the motion. Forces on these nodes are what they do on the
 * motion, spread over the nodes so that products of vectors are those of motions. */
#ifndef BP_LONG_FACE_H
#define BP_LONG_FACE_H

#include "grid.h"

enum { BP_LONG_SIDES = 2, BP_MOTIONS = 2 * BP_LONG_SIDES };

/* A node on the face, of this rank; side 0: package. */
typedef struct {
  int node, side;
  int place;     /* of u_y in a global vector's array, -1: another rank owns it */
  double height; /* z, from -1 to 1 on its side */
} BpLongNode;

/* What a unit of each motion does, N: to the unknowns near the face, and to the motions. */
typedef struct {
  double (*near)[3][BP_MOTIONS]; /* [nnear] zero for prescribed unknowns and those of the face */
  double own[BP_MOTIONS][BP_MOTIONS];
} BpLongStiffness;

typedef struct {
  MPI_Comm comm;
  int there[BP_LONG_SIDES]; /* 1: takes part; the board's does not before the joining */
  int *index;               /* [grid->nnodes] of the node in `at`, -1: not on the face */
  BpLongNode *at;           /* [count] */
  int count, nodes;         /* of this rank; owned by any rank */
  int *near; /* [nnear] owned nodes of cells at the face, places of u_x in a global array */
  int nnear;
  unsigned char *touches;          /* [grid->ncells] */
  double gram[BP_LONG_SIDES][3];   /* sums over the nodes of 1, height, height^2 */
  BpLongStiffness linear, tangent; /* of the linear regions; with solder and copper */
  int changes;                     /* 1: a law that is not linear has cells at the face */
} BpLongFace;

/* What the cells of this rank add. */
typedef struct {
  double *force[BP_MOTIONS]; /* [3 grid->nnodes] */
  double own[BP_MOTIONS][BP_MOTIONS];
  double *memory;
} BpLongSum;

/* Shape of motion m at a node of the face. */
static inline double bp_long_shape(const BpLongNode *node, int m) {
  return m / 2 != node->side ? 0.0 : m % 2 ? node->height : 1.0;
}

/* Motion of a vector; a vector of forces gives the motion that it would be the product with.
 * [collective] */
PetscErrorCode bp_long_face_motion(const BpLongFace *face, Vec u, double motion[BP_MOTIONS]);

/* Puts a motion into a vector. */
PetscErrorCode bp_long_face_put(const BpLongFace *face, const double motion[BP_MOTIONS], Vec u);

/* Makes the nodes on the face move as one, or their forces act on them as one. [collective] */
PetscErrorCode bp_long_face_project(const BpLongFace *face, Vec u);

/* y = A u where y holds the part of the unknowns that are not on the face.   [collective] */
PetscErrorCode bp_long_face_add(const BpLongFace *face, const BpLongStiffness *stiffness, Vec u,
                                Vec y);

/* Force on the other unknowns of a unit of motion m, zero on the face. */
PetscErrorCode bp_long_face_force(const BpLongFace *face, int m, Vec force);

#endif
