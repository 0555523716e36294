/* Inside the mesh layer: columns of wedges and the named faces. */
#ifndef BP_EXTRUDE_H
#define BP_EXTRUDE_H

#include "levels.h"
#include "mesh.h"

/* Wedges over the triangles of the plan between the levels; voids are left out. */
BpMesh *bp_extrude(const BpGeometry *geometry, const BpPlan *plan, const BpLevels *levels);

/* Finds the named faces of mesh.h. */
void bp_mesh_name_faces(BpMesh *mesh, const BpGeometry *geometry);

#endif
