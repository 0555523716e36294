/* Inside the grid layer. */
#ifndef BP_GRID_IMPL_H
#define BP_GRID_IMPL_H

#include "grid.h"

/* What travels with every node and every cell when the mesh is distributed. */
enum { /* of a node */
       BP_NODE_XYZ,
       BP_NODE_SETS = 3,
       BP_NODE_ID,
       BP_NODE_COARSE,
       BP_NODE_LINE,
       BP_NODE_OWNER,
       BP_NODE_DATA
};
enum { BP_CELL_REGION, BP_CELL_ID, BP_CELL_TYPE, BP_CELL_NODE_IDS /* and as many as nodes */ };

/* DMPlex of rank 0's mesh, interpolated (edges and faces), with the data of nodes and cells as
 * vectors over the sections of their points. [collective] */
typedef struct {
  DM dm;
  PetscSection node_section, cell_section;
  Vec node_data, cell_data;
  int *rank; /* [cells] that each cell goes to, on rank 0 */
} BpTopology;

/* order   of the mesh' cells, on every rank; weight as in bp_grid_create */
PetscErrorCode bp_topology_create(MPI_Comm comm, const BpMesh *mesh, int order,
                                  const double *weight, BpTopology *topology);

/* Moves cells to their ranks. [collective] */
PetscErrorCode bp_topology_distribute(const BpMesh *mesh, BpTopology *topology);

/* Makes the nodes that ranks share belong to the owners in node_data. [collective] */
PetscErrorCode bp_topology_set_owners(BpTopology *topology);

/* Marks the nodes of the coarse level: every vertex, and the middle of a column of wedges' edge
 * where the layer is taller than its cells are wide. There the coupling along the column is weak,
 * and a coarse level that is linear along it would leave errors that no smoother sees. Pure. coarse
 * [nnodes] */
void bp_mark_coarse(const BpMesh *mesh, unsigned char *coarse);

/* Lines of strong coupling. Of wedges: nodes one above the other, and those of columns on the two
 * sides of a thin wall. Of other cells: the ends of an edge that is short against the cell. Pure.
 * line [nnodes] the lowest node of the line */
void bp_mark_lines(const BpMesh *mesh, int *line);

/* Who owns the nodes on the borders of the ranks: lines stay whole wherever one rank touches all of
 * a line. Pure.
 * rank [cells], line [nnodes]; owner [nnodes] out: -1 for a node without cells */
void bp_assign_owners(const BpMesh *mesh, const int *rank, const int *line, int *owner);

/* Distance of two nodes, m. */
double bp_node_distance(const BpMesh *mesh, int a, int b);

PetscErrorCode bp_topology_destroy(BpTopology *topology);

#endif
