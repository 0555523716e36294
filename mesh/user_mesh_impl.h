/* Inside the mesh layer: a user's mesh and its case. */
#ifndef BP_USER_MESH_IMPL_H
#define BP_USER_MESH_IMPL_H

#include "fe.h"
#include "mesh.h"

typedef struct {
  const BpCase *bp;
  const char *file;
  BpMesh *mesh;
  BpProblems *problems;
} BpUserMesh;

/* Adds a problem where a part of the body can move or turn, also of what is loaded before the
 * joining, or a symmetry plane is none. */
void bp_user_mesh_supports(const BpUserMesh *u);

/* Adds a problem where a part of the body has no steady temperature. */
void bp_user_mesh_exchange(const BpUserMesh *u);

/* Turns the field of load.heat.field into K, or adds the problem of one that is missing or no
 * temperature. */
void bp_user_mesh_field(const BpUserMesh *u);

#endif
