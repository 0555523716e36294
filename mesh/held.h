/* Inside the mesh layer and for the program: whether supports hold every part of a mesh. */
#ifndef BP_HELD_H
#define BP_HELD_H

#include "meshio.h"

/* A node whose displacement along a direction is prescribed, or has a spring. */
typedef struct {
  int node;
  double direction[3]; /* of length 1 */
} BpSupport;

typedef struct {
  BpSupport *item; /* [count] */
  int count;
} BpSupports;

/* Adds a support; direction of any length but 0. Free the item with free(). */
void bp_supports_add(BpSupports *supports, int node, const double direction[3]);

/* How what is not held is spoken of. */
typedef struct {
  const char *file;     /* of the mesh */
  const char *when;     /* "", or "before the joining, " */
  const char *supports; /* that leave a body free: "the supports of model.boundary" */
  const char *remedy;   /* "hold it by model.boundary" */
} BpHeldText;

/* Checks that the supports hold all cells of some regions. A piece, which is what hangs together
 * face by face, moves like a rigid body where nothing holds it; pieces that share nodes and no face
 * hold each other there. Problems (BP_EXIT_GEOMETRY) name the regions, the place and the motions of
 * pieces that are free, at most ten of them. BP_BAD if there were any.
 * there  [mesh->nregions] 1: cells of the region are there */
BpStatus bp_mesh_held(const BpMesh *mesh, const unsigned char *there, const BpSupports *supports,
                      const BpHeldText *text, BpProblems *problems);

/* Checks that all that shares nodes has a marked node among them: what a part of a body in a steady
 * state of heat needs. Problems as above.
 * marked  [mesh->nnodes] 1: its temperature is prescribed, or it exchanges heat */
BpStatus bp_mesh_exchanges(const BpMesh *mesh, const unsigned char *marked, const char *file,
                           BpProblems *problems);

#endif
