#include "remote.h"

#include <stdlib.h>
#include <string.h>

static int by_place(const void *a, const void *b) {
  const BpRemotePlace *x = a, *y = b;
  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

static int by_rank(const void *a, const void *b) {
  const BpRemoteRank *x = a, *y = b;
  return x->rank - y->rank;
}

/* Keeps one of each. */
static void list_sent(int n, BpRemotePlace *place, BpRemote *remote) {
  qsort(place, (size_t)n, sizeof place[0], by_place);
  remote->sent_to = BP_NEW(BpRemotePlace, n);
  for (int i = 0; i < n; i++)
    if (i == 0 || by_place(&place[i - 1], &place[i]) != 0)
      remote->sent_to[remote->nsent++] = place[i];
}

/* Rows ascend, and so do their owners. */
static PetscErrorCode list_receivers(Mat A, BpRemote *remote) {
  const PetscInt *range;
  int rank = 0;
  PetscCall(MatGetOwnershipRanges(A, &range));
  for (int i = 0; i < remote->nsent; i++) {
    while (3 * (PetscInt)remote->sent_to[i].row >= range[rank + 1])
      rank++;
    if (remote->nto == 0 || remote->to[remote->nto - 1].rank != rank) {
      BP_GROW(remote->to, remote->nto + 1);
      remote->to[remote->nto++] = (BpRemoteRank){.rank = rank, .first = i};
    }
    remote->to[remote->nto - 1].count++;
  }
  return 0;
}

/* PETSc finds the senders in the order of arrival. */
static PetscErrorCode list_senders(BpRemote *remote) {
  PetscMPIInt *rank = BP_NEW(PetscMPIInt, remote->nto), *from = NULL;
  int *count = BP_NEW(int, remote->nto), *counts = NULL;
  for (int i = 0; i < remote->nto; i++) {
    rank[i] = remote->to[i].rank;
    count[i] = remote->to[i].count;
  }
  PetscCall(PetscCommBuildTwoSided(remote->comm, 1, MPI_INT, remote->nto, rank, count,
                                   &remote->nfrom, &from, (void *)&counts));
  remote->from = BP_NEW(BpRemoteRank, remote->nfrom);
  for (int i = 0; i < remote->nfrom; i++)
    remote->from[i] = (BpRemoteRank){.rank = from[i], .count = counts[i]};
  qsort(remote->from, (size_t)remote->nfrom, sizeof remote->from[0], by_rank);
  for (int i = 0; i < remote->nfrom; i++) {
    remote->from[i].first = remote->nreceived;
    remote->nreceived += remote->from[i].count;
  }
  PetscCall(PetscFree(from));
  PetscCall(PetscFree(counts));
  free(rank);
  free(count);
  return 0;
}

/* Moves `size` values of a type for each block. */
static PetscErrorCode pass(const BpRemote *remote, MPI_Datatype type, int size, const void *out,
                           void *in) {
  int bytes;
  PetscCallMPI(MPI_Type_size(type, &bytes));
  const size_t step = (size_t)bytes * (size_t)size;
  for (int i = 0; i < remote->nfrom; i++) {
    const BpRemoteRank *r = &remote->from[i];
    PetscCallMPI(MPI_Irecv((char *)in + step * (size_t)r->first, size * r->count, type, r->rank, 0,
                           remote->comm, &remote->request[i]));
  }
  for (int i = 0; i < remote->nto; i++) {
    const BpRemoteRank *r = &remote->to[i];
    PetscCallMPI(MPI_Isend((const char *)out + step * (size_t)r->first, size * r->count, type,
                           r->rank, 0, remote->comm, &remote->request[remote->nfrom + i]));
  }
  PetscCallMPI(MPI_Waitall(remote->nfrom + remote->nto, remote->request, MPI_STATUSES_IGNORE));
  return 0;
}

PetscErrorCode bp_remote_create(Mat A, int nplaces, BpRemotePlace *place, BpRemote *remote) {
  *remote = (BpRemote){0};
  PetscCallMPI(MPI_Comm_dup(PetscObjectComm((PetscObject)A), &remote->comm));
  list_sent(nplaces, place, remote);
  PetscCall(list_receivers(A, remote));
  PetscCall(list_senders(remote));
  remote->request = BP_NEW(MPI_Request, remote->nfrom + remote->nto);
  remote->received = BP_NEW(BpRemotePlace, remote->nreceived);
  remote->out = BP_NEW(double, 9 * (size_t)remote->nsent);
  remote->in = BP_NEW(double, 9 * (size_t)remote->nreceived);
  return pass(remote, MPI_INT, 2, remote->sent_to, remote->received);
}

PetscErrorCode bp_remote_destroy(BpRemote *remote) {
  if (remote->request) /* it was created */
    PetscCallMPI(MPI_Comm_free(&remote->comm));
  free(remote->to);
  free(remote->from);
  free(remote->sent_to);
  free(remote->received);
  free(remote->out);
  free(remote->in);
  free(remote->request);
  *remote = (BpRemote){0};
  return 0;
}

int bp_remote_find(const BpRemote *remote, int row, int column) {
  const BpRemotePlace wanted = {row, column};
  const BpRemotePlace *found =
      bsearch(&wanted, remote->sent_to, (size_t)remote->nsent, sizeof remote->sent_to[0], by_place);
  return (int)(found - remote->sent_to);
}

PetscErrorCode bp_remote_exchange(const BpRemote *remote) {
  return pass(remote, MPI_DOUBLE, 9, remote->out, remote->in);
}
