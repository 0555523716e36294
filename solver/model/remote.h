/* Blocks of rows that other ranks own: added up here, sent as a whole, and added by their owners in
 * the order of the ranks. PETSc's own way adds them in the order in which they arrive, so that the
 * last bits of a run would be others each time. */
#ifndef BP_REMOTE_H
#define BP_REMOTE_H

#include "base.h"

#include <petscmat.h>

/* Blocks that pass to or from a rank. */
typedef struct {
  int rank, first, count;
} BpRemoteRank;

typedef struct {
  int row, column; /* nodes of the matrix, whole model */
} BpRemotePlace;

typedef struct {
  MPI_Comm comm;
  int nto, nfrom, nsent, nreceived;
  BpRemoteRank *to, *from; /* ascending ranks */
  BpRemotePlace *sent_to;  /* [nsent] ascending rows, then columns */
  BpRemotePlace *received; /* [nreceived] what stands where, by the sender */
  double *out, *in;        /* [9 nsent], [9 nreceived] 3 x 3 blocks by rows */
  MPI_Request *request;    /* [nfrom + nto] */
} BpRemote;

/* Agrees with the other ranks on the blocks.   [collective]
 * A      whose rows are distributed, three to a node
 * place  [nplaces] rows of other ranks, in any order, any number of times; is sorted */
PetscErrorCode bp_remote_create(Mat A, int nplaces, BpRemotePlace *place, BpRemote *remote);
PetscErrorCode bp_remote_destroy(BpRemote *remote);

/* Index of a block that is sent; it must be one of the places. */
int bp_remote_find(const BpRemote *remote, int row, int column);

/* Fills `in` with the others' `out`.   [collective] */
PetscErrorCode bp_remote_exchange(const BpRemote *remote);

#endif
