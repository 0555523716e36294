/* Inside the mesh layer: columns of wedges and the named faces. */
#ifndef BP_EXTRUDE_H
#define BP_EXTRUDE_H

#include "levels.h"
#include "mesh.h"

/* Wedges over the triangles of the plan between the levels; voids are left out. The group of a
 * wedge is its BpRegion. */
BpMesh *bp_extrude(const BpGeometry *geometry, const BpPlan *plan, const BpLevels *levels);

/* A face of a wedge. */
typedef struct {
  int key[3];     /* smallest three vertices, sorted: they tell a face apart in a conforming mesh */
  int cell, face; /* local face of the cell */
} BpCellFace;

/* Every face of every wedge, sorted so that the two sides of an inner face stand together. Returns
 * an array of *count to be freed with free(). */
BpCellFace *bp_mesh_cell_faces(const BpMesh *mesh, int *count);

/* Finds the named faces of mesh.h. */
void bp_mesh_name_faces(BpMesh *mesh, const BpGeometry *geometry);

#endif
