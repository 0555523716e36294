/* Inside the grid layer. */
#ifndef BP_GRID_IMPL_H
#define BP_GRID_IMPL_H

#include "grid.h"

/* What travels with every node and every cell when the mesh is distributed. */
enum {
  BP_NODE_DATA = 6 /* x, y, z, sets, id, on the coarse level */,
  BP_CELL_DATA = 17 /* region, id, 15 node ids */
};

/* DMPlex of rank 0's mesh, interpolated (edges and faces), with the data of nodes and cells as
 * vectors over the sections of their points. [collective] */
typedef struct {
  DM dm;
  PetscSection node_section, cell_section;
  Vec node_data, cell_data;
} BpTopology;

PetscErrorCode bp_topology_create(MPI_Comm comm, const BpMesh *mesh, BpTopology *topology);

/* Moves cells to the ranks of bp_partition. [collective] */
PetscErrorCode bp_topology_distribute(const BpMesh *mesh, const double *weight,
                                      BpTopology *topology);

/* Marks the nodes of the coarse level: every vertex, and the middle of a column's edge where the
 * layer is taller than its cells are wide. There the coupling along the column is weak, and a
 * coarse level that is linear along it would leave errors that no smoother sees. Pure. coarse
 * [nnodes] */
void bp_mark_coarse(const BpMesh *mesh, unsigned char *coarse);

PetscErrorCode bp_topology_destroy(BpTopology *topology);

#endif
