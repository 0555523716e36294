/* Whether the lists that a mesh needs can be counted: whole numbers here and in PETSc, as it is
 * usually built, have 32 bits. Pure. */
#ifndef BP_COUNTS_H
#define BP_COUNTS_H

#include "meshio.h"

#include <stdint.h>

typedef struct {
  int64_t nodes, cells;
  int64_t cell_nodes, cell_faces; /* nodes of each cell, faces of each cell, of all together */
} BpCounts;

/* The counts of some cells of a type, on so many nodes. */
BpCounts bp_counts_of(int64_t nodes, int64_t cells, BpCellType type);

/* Adds cells of a type. */
void bp_counts_add(BpCounts *counts, int64_t cells, BpCellType type);

/* Refuses what has a list of more than 2^31 - 1 entries, before anything is allocated: a problem
 * (BP_EXIT_GEOMETRY) with the counts, and BP_BAD.
 * file    of the mesh, NULL: none
 * remedy  "lower mesh.level" */
BpStatus bp_counts_fit(const BpCounts *counts, const char *file, const char *remedy,
                       BpProblems *problems);

/* Pairs of nodes that share a cell, each with itself and both ways round: the blocks of the
 * stiffness. */
int64_t bp_mesh_couplings(const BpMesh *mesh);

/* Refuses a stiffness of so many blocks of nine values on so many ranks, where a rank's values
 * cannot be counted: a problem (BP_EXIT_CASE) that says how many ranks would do, and BP_BAD.
 * largest  share of a rank over the mean one */
BpStatus bp_couplings_fit(int64_t couplings, int nranks, double largest, BpProblems *problems);

#endif
