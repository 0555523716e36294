/* The distributed mesh: DMPlex holds the topology, and this rank's cells and nodes are plain
 * arrays. Nodes are DMPlex vertices and, of second-order cells, edges: unknowns sit on exactly
 * those points. */
#ifndef BP_GRID_H
#define BP_GRID_H

#include "base.h"
#include "directions.h"
#include "meshio.h"

#include <petscdmplex.h>
#include <petscsf.h>

enum { BP_GRID_FACE_NODES = 8, BP_NOT_COARSE = -2147483647 - 1 };

/* A named face of the whole mesh; every rank holds all of them (surfaces are small). */
typedef struct {
  int set;                           /* index into the names of sets */
  int nnodes;                        /* 3, 4, 6 or 8 */
  double xyz[BP_GRID_FACE_NODES][3]; /* m, own node order */
  int cell, local; /* number of a cell that has it, before distribution, and which of its faces */
} BpFace;

typedef struct {
  MPI_Comm comm;
  DM dm;     /* three unknowns on every node: vertices, and edges of second-order cells */
  DM coarse; /* the same topology, unknowns on the coarse level only: vertices, and edges along tall
                columns */
  int ncells, nnodes; /* of this rank; nodes include ghosts */
  int nowned;         /* nodes that this rank owns */
  PetscInt ncells_all, nnodes_all;
  int order;                /* of all cells: 1, nodes on vertices only; 2 */
  unsigned char *cell_type; /* [ncells] BpCellType */
  int *cell_start;          /* [ncells + 1] offsets into cell_node and cell_coarse */
  int *cell_node;           /* local nodes of the cells, own order: bp_grid_nodes() */
  int *cell_coarse;         /* the same nodes in the coarse level's local numbering, -1: not
                               there: bp_grid_coarse_nodes() */
  int *cell_region;         /* [ncells] index into region */
  int *cell_id;             /* [ncells] number in the mesh before distribution */
  double (*xyz)[3];         /* [nnodes] m */
  int *node_id;             /* [nnodes] number in the mesh before distribution */
  int *node_line; /* [nnodes] line of strong coupling that the node is part of: the lowest number of
                     its nodes. A line belongs to one rank where that is possible */
  int *node_global;    /* [nnodes] number in PETSc's global order (of the node, not of its
                          unknowns); negative, -(number + 1), where another rank owns it */
  int *coarse_global;  /* [nnodes] node_global of the coarse level; BP_NOT_COARSE where it has no
                          node */
  unsigned *node_sets; /* [nnodes] bit s: the node lies on a face of set s */
  BpDirections along;  /* what the unknowns of a node are, so that each plane of symmetry holds one
                          of  them: of an octant, whose planes are y = 0 and x = y, u_y and (u_x -
                          u_y).  Alike on all nodes, so that it changes no coupling */
  int nregions, nsets;
  char (*region)[BP_MESH_NAME], (*set)[BP_MESH_NAME];
  BpFace *face; /* [nfaces] */
  int nfaces;
} BpGrid;

/* Distributes a mesh.   [collective]
 * mesh    on rank 0, NULL elsewhere; all cells of one order; may be freed afterwards
 * weight  [mesh->nregions] work of a cell by region, for the balance; rank 0 only
 * Cells go to ranks by recursive bisection of the plan, so that columns stay whole. */
PetscErrorCode bp_grid_create(MPI_Comm comm, const BpMesh *mesh, const double *weight,
                              BpGrid **grid);

/* [collective] */
PetscErrorCode bp_grid_destroy(BpGrid **grid);

/* Nodes of a cell on the fine and on the coarse level. */
static inline const int *bp_grid_nodes(const BpGrid *grid, int cell) {
  return grid->cell_node + grid->cell_start[cell];
}

static inline const int *bp_grid_coarse_nodes(const BpGrid *grid, int cell) {
  return grid->cell_coarse + grid->cell_start[cell];
}

/* What kind of cell it is. */
static inline const BpCellInfo *bp_grid_cell_info(const BpGrid *grid, int cell) {
  return bp_cell_info((BpCellType)grid->cell_type[cell]);
}

/* Displacement of a node from its unknowns. */
static inline void bp_grid_displacement(const BpGrid *grid, const double unknown[3], double u[3]) {
  const double(*b)[3] = grid->along.basis;
  for (int d = 0; d < 3; d++)
    u[d] = grid->along.oblique ? b[d][0] * unknown[0] + b[d][1] * unknown[1] + b[d][2] * unknown[2]
                               : unknown[d];
}

/* Index of a set or region by name, -1 if there is none. */
int bp_grid_set(const BpGrid *grid, const char *name);
int bp_grid_region(const BpGrid *grid, const char *name);

/* Local number of every cell by its number before distribution, -1: on another rank. [ncells_all],
 * free with free(). */
int *bp_grid_local_cells(const BpGrid *grid);

/* Writes the rank of each cell: weighted recursive coordinate bisection in x and y. Pure.
 * center [ncells][2], weight [ncells], rank [ncells] out */
void bp_partition(int ncells, const double (*center)[2], const double *weight, int nranks,
                  int *rank);

#endif
