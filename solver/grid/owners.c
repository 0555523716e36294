/* Gives the nodes that ranks share to the owners that bp_assign_owners chose. */
#include "grid_impl.h"

#include <stdlib.h>

/* The points that this rank shares with others, from the points' star forest. */
typedef struct {
  PetscInt npoints, nleaves;
  const PetscInt *leaf;
  const PetscSFNode *remote; /* [nleaves] */
  unsigned char *shared;     /* [npoints] */
  const PetscSFNode **old;   /* [npoints] who owns it now, NULL: this rank */
} Shared;

static PetscErrorCode list_shared(PetscSF sf, Shared *s) {
  const PetscInt *degree;
  PetscCall(PetscSFGetGraph(sf, &s->npoints, &s->nleaves, &s->leaf, &s->remote));
  s->shared = BP_NEW(unsigned char, s->npoints);
  s->old = BP_NEW(const PetscSFNode *, s->npoints);
  PetscCall(PetscSFComputeDegreeBegin(sf, &degree));
  PetscCall(PetscSFComputeDegreeEnd(sf, &degree));
  for (PetscInt p = 0; p < s->npoints; p++)
    s->shared[p] = degree[p] > 0;
  for (PetscInt i = 0; i < s->nleaves; i++) {
    const PetscInt p = s->leaf ? s->leaf[i] : i;
    s->shared[p] = 1;
    s->old[p] = &s->remote[i];
  }
  return 0;
}

/* The wanted owner of each point, -1 where it holds no node. */
static PetscErrorCode read_owners(const BpTopology *t, PetscInt npoints, int *owner) {
  const double *data;
  PetscInt start, end;
  PetscCall(PetscSectionGetChart(t->node_section, &start, &end));
  PetscCall(VecGetArrayRead(t->node_data, &data));
  for (PetscInt p = 0; p < npoints; p++) {
    PetscInt dof = 0, at;
    owner[p] = -1;
    if (p >= start && p < end)
      PetscCall(PetscSectionGetDof(t->node_section, p, &dof));
    if (dof == 0)
      continue;
    PetscCall(PetscSectionGetOffset(t->node_section, p, &at));
    owner[p] = (int)data[at + BP_NODE_OWNER];
  }
  PetscCall(VecRestoreArrayRead(t->node_data, &data));
  return 0;
}

/* What each shared point is called on its wanted owner: owners tell the root, the root tells all.
 */
static PetscErrorCode name_points(PetscSF sf, PetscInt npoints, const int *owner, int rank,
                                  PetscInt *name) {
  PetscInt *own = BP_NEW(PetscInt, npoints);
  for (PetscInt p = 0; p < npoints; p++)
    name[p] = own[p] = owner[p] == rank ? p : -1;
  PetscCall(PetscSFReduceBegin(sf, MPIU_INT, own, name, MPI_MAX));
  PetscCall(PetscSFReduceEnd(sf, MPIU_INT, own, name, MPI_MAX));
  PetscCall(PetscSFBcastBegin(sf, MPIU_INT, name, name, MPI_REPLACE));
  PetscCall(PetscSFBcastEnd(sf, MPIU_INT, name, name, MPI_REPLACE));
  free(own);
  return 0;
}

PetscErrorCode bp_topology_set_owners(BpTopology *t) {
  const MPI_Comm comm = PetscObjectComm((PetscObject)t->dm);
  PetscMPIInt rank;
  PetscSF sf, moved;
  Shared s;
  PetscInt *leaf, n = 0;
  PetscSFNode *remote;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(DMGetPointSF(t->dm, &sf));
  PetscCall(list_shared(sf, &s));
  int *owner = BP_NEW(int, s.npoints);
  PetscInt *name = BP_NEW(PetscInt, s.npoints);
  PetscCall(read_owners(t, s.npoints, owner));
  PetscCall(name_points(sf, s.npoints, owner, rank, name));
  PetscCall(PetscMalloc1(s.npoints, &leaf));
  PetscCall(PetscMalloc1(s.npoints, &remote));
  for (PetscInt p = 0; p < s.npoints; p++) {
    if (!s.shared[p] || owner[p] == rank || (owner[p] < 0 && !s.old[p]))
      continue;
    leaf[n] = p;
    remote[n++] = owner[p] < 0 ? *s.old[p] : (PetscSFNode){.rank = owner[p], .index = name[p]};
  }
  PetscCall(PetscSFCreate(comm, &moved));
  PetscCall(
      PetscSFSetGraph(moved, s.npoints, n, leaf, PETSC_OWN_POINTER, remote, PETSC_OWN_POINTER));
  PetscCall(DMSetPointSF(t->dm, moved));
  PetscCall(PetscSFDestroy(&moved));
  free(owner);
  free(name);
  free(s.shared);
  free(s.old);
  return 0;
}
