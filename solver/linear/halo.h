/* A Gauss-Seidel sweep that goes on over the borders of the ranks. Ranks that share a border have
 * different colours. In the forward sweep every rank sweeps its shared lines after those of lower
 * colour and before those of higher colour, in the backward sweep the other way round, and what has
 * no coupling to other ranks meanwhile. So the sweep is that of one rank, in another order, and the
 * preconditioner does not weaken with the number of ranks. */
#ifndef BP_HALO_H
#define BP_HALO_H

#include "base.h"

#include <petscmat.h>

/* A rank that shares a border with this one. */
typedef struct {
  int rank, color;
  int first_ghost, nghosts; /* its rows that couple to this rank's */
  int nrows, *row;          /* this rank's rows that couple to its own */
  float *buffer;            /* [lanes nrows] values sent */
} BpNeighbor;

typedef struct {
  MPI_Comm comm;
  int lanes; /* values of a row: 4 where blocks are 3 x 3, else 1 */
  int color, ncolors;
  int nghosts;
  unsigned char *before; /* [nghosts] 1: of lower colour */
  BpNeighbor *neighbor;
  MPI_Request *request; /* [nneighbors] */
  int nneighbors;
} BpHalo;

/* Colours of the ranks, and what passes between them.   [collective]
 * matrix       of block size 3 or 1, symmetric structure
 * ghost_block  [nghosts] block columns of other ranks, ascending */
PetscErrorCode bp_halo_create(Mat matrix, int nghosts, const PetscInt *ghost_block, BpHalo *halo);
PetscErrorCode bp_halo_destroy(BpHalo *halo);

/* From now on values are in another order.
 * place [nrows]  where each row stands in it; once only */
void bp_halo_reorder(BpHalo *halo, const int *place);

typedef enum { BP_UP, BP_DOWN } BpHaloWay; /* to ranks of higher colour, of lower colour */

/* Receive from the ranks on one side of the colours, or send to those on the other, `lanes` floats
 * for a row. Each must be ended by bp_halo_wait before the next begins.
 * value [lanes nrows], ghosts [lanes nghosts] */
PetscErrorCode bp_halo_receive(BpHalo *halo, BpHaloWay way, float *ghosts);
PetscErrorCode bp_halo_send(BpHalo *halo, BpHaloWay way, const float *value);
PetscErrorCode bp_halo_wait(BpHalo *halo);

/* Gives each node of a graph the lowest colour that no neighbour before it has; returns their
 * number. Pure.
 * start [n + 1], neighbor [start[n]]; color [n] out */
int bp_color_graph(int n, const int *start, const int *neighbor, int *color);

#endif
