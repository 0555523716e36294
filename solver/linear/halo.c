#include "halo.h"

#include <stdlib.h>
#include <string.h>

int bp_color_graph(int n, const int *start, const int *neighbor, int *color) {
  int count = 0;
  int *user = BP_NEW(int, n + 1); /* node whose neighbour has that colour, + 1 */
  for (int i = 0; i < n; i++) {
    for (int k = start[i]; k < start[i + 1]; k++)
      if (neighbor[k] < i)
        user[color[neighbor[k]]] = i + 1;
    color[i] = 0;
    while (user[color[i]] == i + 1)
      color[i]++;
    count = color[i] >= count ? color[i] + 1 : count;
  }
  free(user);
  return count;
}

/* The ranks that own ghosts, which ascend by owner. */
static PetscErrorCode find_neighbors(Mat matrix, const PetscInt *ghost_block, BpHalo *halo) {
  const PetscInt *range;
  PetscInt block;
  int rank = 0;
  PetscCall(MatGetBlockSize(matrix, &block));
  PetscCall(MatGetOwnershipRanges(matrix, &range));
  for (int g = 0; g < halo->nghosts; g++) {
    while (block * ghost_block[g] >= range[rank + 1])
      rank++;
    if (halo->nneighbors == 0 || halo->neighbor[halo->nneighbors - 1].rank != rank) {
      BP_GROW(halo->neighbor, halo->nneighbors + 1);
      halo->neighbor[halo->nneighbors++] = (BpNeighbor){.rank = rank, .first_ghost = g};
    }
    halo->neighbor[halo->nneighbors - 1].nghosts++;
  }
  return 0;
}

/* Every rank colours the whole graph, so that all agree. */
static PetscErrorCode color_ranks(BpHalo *halo) {
  PetscMPIInt rank, nranks;
  PetscCallMPI(MPI_Comm_rank(halo->comm, &rank));
  PetscCallMPI(MPI_Comm_size(halo->comm, &nranks));
  const int n = halo->nneighbors;
  int *mine = BP_NEW(int, n), *count = BP_NEW(int, nranks), *start = BP_NEW(int, nranks + 1);
  for (int i = 0; i < n; i++)
    mine[i] = halo->neighbor[i].rank;
  PetscCallMPI(MPI_Allgather(&n, 1, MPI_INT, count, 1, MPI_INT, halo->comm));
  for (int i = 0; i < nranks; i++)
    start[i + 1] = start[i] + count[i];
  int *all = BP_NEW(int, start[nranks]), *color = BP_NEW(int, nranks);
  PetscCallMPI(MPI_Allgatherv(mine, n, MPI_INT, all, count, start, MPI_INT, halo->comm));
  halo->ncolors = bp_color_graph(nranks, start, all, color);
  halo->color = color[rank];
  for (int i = 0; i < n; i++)
    halo->neighbor[i].color = color[mine[i]];
  free(mine);
  free(count);
  free(start);
  free(all);
  free(color);
  return 0;
}

/* Tells the neighbours which of their rows are ghosts here, and learns the same from them. The
 * coupling is mutual, so each neighbour asks for some. */
static PetscErrorCode agree_on_rows(Mat matrix, const PetscInt *ghost_block, BpHalo *halo) {
  const PetscInt *range;
  PetscInt block;
  int *wanted = BP_NEW(int, halo->nghosts);
  MPI_Request *request = BP_NEW(MPI_Request, halo->nneighbors);
  PetscCall(MatGetBlockSize(matrix, &block));
  PetscCall(MatGetOwnershipRanges(matrix, &range));
  for (int i = 0; i < halo->nneighbors; i++) {
    const BpNeighbor *n = &halo->neighbor[i];
    for (int g = n->first_ghost; g < n->first_ghost + n->nghosts; g++)
      wanted[g] = (int)(ghost_block[g] - range[n->rank] / block);
    PetscCallMPI(MPI_Isend(wanted + n->first_ghost, n->nghosts, MPI_INT, n->rank, 0, halo->comm,
                           &request[i]));
  }
  for (int i = 0; i < halo->nneighbors; i++) {
    BpNeighbor *n = &halo->neighbor[i];
    MPI_Status status;
    PetscCallMPI(MPI_Probe(n->rank, 0, halo->comm, &status));
    PetscCallMPI(MPI_Get_count(&status, MPI_INT, &n->nrows));
    n->row = BP_NEW(int, n->nrows);
    n->buffer = BP_NEW(float, (size_t)halo->lanes *(size_t)n->nrows);
    PetscCallMPI(MPI_Recv(n->row, n->nrows, MPI_INT, n->rank, 0, halo->comm, MPI_STATUS_IGNORE));
  }
  PetscCallMPI(MPI_Waitall(halo->nneighbors, request, MPI_STATUSES_IGNORE));
  free(request);
  free(wanted);
  return 0;
}

PetscErrorCode bp_halo_create(Mat matrix, int nghosts, const PetscInt *ghost_block, BpHalo *halo) {
  PetscInt block;
  PetscCall(MatGetBlockSize(matrix, &block));
  *halo = (BpHalo){
      .lanes = block == 3 ? 4 : 1, .nghosts = nghosts, .before = BP_NEW(unsigned char, nghosts)};
  PetscCallMPI(MPI_Comm_dup(PetscObjectComm((PetscObject)matrix), &halo->comm));
  PetscCall(find_neighbors(matrix, ghost_block, halo));
  PetscCall(color_ranks(halo));
  PetscCall(agree_on_rows(matrix, ghost_block, halo));
  halo->request = BP_NEW(MPI_Request, halo->nneighbors);
  for (int i = 0; i < halo->nneighbors; i++)
    halo->request[i] = MPI_REQUEST_NULL;
  for (int i = 0; i < halo->nneighbors; i++) {
    const BpNeighbor *n = &halo->neighbor[i];
    memset(halo->before + n->first_ghost, n->color < halo->color, (size_t)n->nghosts);
  }
  return 0;
}

PetscErrorCode bp_halo_destroy(BpHalo *halo) {
  for (int i = 0; i < halo->nneighbors; i++) {
    free(halo->neighbor[i].row);
    free(halo->neighbor[i].buffer);
  }
  PetscCallMPI(MPI_Comm_free(&halo->comm));
  free(halo->neighbor);
  free(halo->request);
  free(halo->before);
  *halo = (BpHalo){0};
  return 0;
}

void bp_halo_reorder(BpHalo *halo, const int *place) {
  for (int i = 0; i < halo->nneighbors; i++)
    for (int k = 0; k < halo->neighbor[i].nrows; k++)
      halo->neighbor[i].row[k] = place[halo->neighbor[i].row[k]];
}

/* Whether something comes from a neighbour (goes to it) on that way. */
static int comes_from(const BpHalo *halo, const BpNeighbor *n, BpHaloWay way) {
  return way == BP_UP ? n->color < halo->color : n->color > halo->color;
}

PetscErrorCode bp_halo_receive(BpHalo *halo, BpHaloWay way, float *ghosts) {
  const int lanes = halo->lanes;
  for (int i = 0; i < halo->nneighbors; i++) {
    const BpNeighbor *n = &halo->neighbor[i];
    if (comes_from(halo, n, way))
      PetscCallMPI(MPI_Irecv(ghosts + (size_t)lanes * (size_t)n->first_ghost, lanes * n->nghosts,
                             MPI_FLOAT, n->rank, way, halo->comm, &halo->request[i]));
  }
  return 0;
}

PetscErrorCode bp_halo_send(BpHalo *halo, BpHaloWay way, const float *value) {
  const size_t lanes = (size_t)halo->lanes;
  for (int i = 0; i < halo->nneighbors; i++) {
    const BpNeighbor *n = &halo->neighbor[i];
    if (comes_from(halo, n, way))
      continue;
    for (int k = 0; k < n->nrows; k++)
      memcpy(n->buffer + lanes * (size_t)k, value + lanes * (size_t)n->row[k],
             lanes * sizeof value[0]);
    PetscCallMPI(MPI_Isend(n->buffer, halo->lanes * n->nrows, MPI_FLOAT, n->rank, way, halo->comm,
                           &halo->request[i]));
  }
  return 0;
}

PetscErrorCode bp_halo_wait(BpHalo *halo) {
  PetscCallMPI(MPI_Waitall(halo->nneighbors, halo->request, MPI_STATUSES_IGNORE));
  return 0;
}
