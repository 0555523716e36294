#include "grid_impl.h"

#include <stdlib.h>
#include <string.h>

static int count_vertices(const BpMesh *mesh, int cell) {
  return bp_cell_info((BpCellType)mesh->cells.type[cell])->nvertices;
}

/* Mesh node -> DMPlex vertex, in the order of the nodes; -1 for mid-edge nodes. */
static int *number_vertices(const BpMesh *mesh, int *nvertices) {
  int *vertex = BP_NEW(int, mesh->nnodes);
  for (int c = 0; c < mesh->cells.count; c++)
    for (int i = 0; i < count_vertices(mesh, c); i++)
      vertex[mesh->cells.node[mesh->cells.start[c] + i]] = 1;
  *nvertices = 0;
  for (int n = 0; n < mesh->nnodes; n++)
    vertex[n] = vertex[n] ? (*nvertices)++ : -1;
  return vertex;
}

/* PETSc's cells run round their first face the other way from ours. */
typedef struct {
  DMPolytopeType type;
  int vertex[BP_CELL_MAX_VERTICES]; /* ours at each of PETSc's */
} Polytope;

static const Polytope *polytope_of(const BpMesh *mesh, int cell) {
  static const Polytope tetrahedron = {DM_POLYTOPE_TETRAHEDRON, {1, 0, 2, 3}},
                        prism = {DM_POLYTOPE_TRI_PRISM, {0, 2, 1, 3, 4, 5}},
                        hexahedron = {DM_POLYTOPE_HEXAHEDRON, {0, 3, 2, 1, 4, 5, 6, 7}};
  const int n = count_vertices(mesh, cell);
  return n == 4 ? &tetrahedron : n == 6 ? &prism : &hexahedron;
}

static PetscErrorCode build_cells(DM dm, const BpMesh *mesh) {
  const int ncells = mesh ? mesh->cells.count : 0;
  int nvertices = 0, *vertex = mesh ? number_vertices(mesh, &nvertices) : NULL;
  PetscCall(DMPlexSetChart(dm, 0, ncells + nvertices));
  for (int c = 0; c < ncells; c++)
    PetscCall(DMPlexSetConeSize(dm, c, count_vertices(mesh, c)));
  PetscCall(DMCreateLabel(dm, "celltype"));
  for (int c = 0; c < ncells; c++)
    PetscCall(DMPlexSetCellType(dm, c, polytope_of(mesh, c)->type));
  for (PetscInt v = ncells; v < ncells + nvertices; v++)
    PetscCall(DMPlexSetCellType(dm, v, DM_POLYTOPE_POINT));
  PetscCall(DMSetUp(dm));
  for (int c = 0; c < ncells; c++) {
    PetscInt cone[BP_CELL_MAX_VERTICES];
    const Polytope *polytope = polytope_of(mesh, c);
    for (int i = 0; i < count_vertices(mesh, c); i++)
      cone[i] = ncells + vertex[mesh->cells.node[mesh->cells.start[c] + polytope->vertex[i]]];
    PetscCall(DMPlexSetCone(dm, c, cone));
  }
  PetscCall(DMPlexSymmetrize(dm));
  PetscCall(DMPlexStratify(dm));
  double *xyz = BP_NEW(double, 3 * (size_t)nvertices);
  for (int n = 0; mesh && n < mesh->nnodes; n++)
    if (vertex[n] >= 0)
      memcpy(xyz + 3 * (size_t)vertex[n], mesh->xyz + 3 * (size_t)n, 3 * sizeof xyz[0]);
  PetscCall(DMPlexBuildCoordinatesFromCellList(dm, 3, xyz));
  free(xyz);
  free(vertex);
  return 0;
}

/* A section with the same number of values on all points of the given depths. */
static PetscErrorCode depth_section(DM dm, int low, int high, PetscInt ndof,
                                    PetscSection *section) {
  PetscInt start, end;
  PetscCall(PetscSectionCreate(PetscObjectComm((PetscObject)dm), section));
  PetscCall(DMPlexGetChart(dm, &start, &end));
  PetscCall(PetscSectionSetChart(*section, start, end));
  for (int depth = low; depth <= high; depth++) {
    PetscCall(DMPlexGetDepthStratum(dm, depth, &start, &end));
    for (PetscInt p = start; p < end; p++)
      PetscCall(PetscSectionSetDof(*section, p, ndof));
  }
  PetscCall(PetscSectionSetUp(*section));
  return 0;
}

/* A section over the cells, for their region, number, type and nodes. */
static PetscErrorCode cell_section(DM dm, const BpMesh *mesh, PetscSection *section) {
  PetscInt start, end;
  PetscCall(PetscSectionCreate(PetscObjectComm((PetscObject)dm), section));
  PetscCall(DMPlexGetChart(dm, &start, &end));
  PetscCall(PetscSectionSetChart(*section, start, end));
  for (int c = 0; mesh && c < mesh->cells.count; c++)
    PetscCall(PetscSectionSetDof(
        *section, c, BP_CELL_NODE_IDS + bp_cell_info((BpCellType)mesh->cells.type[c])->nnodes));
  PetscCall(PetscSectionSetUp(*section));
  return 0;
}

static PetscErrorCode section_vector(PetscSection section, Vec *vector) {
  PetscInt n;
  PetscCall(PetscSectionGetStorageSize(section, &n));
  PetscCall(VecCreate(PETSC_COMM_SELF, vector));
  PetscCall(VecSetSizes(*vector, n, n));
  PetscCall(VecSetType(*vector, VECSEQ));
  return 0;
}

/* What is known of rank 0's nodes beside their place. */
typedef struct {
  unsigned *sets;
  unsigned char *coarse;
  int *line, *owner;
} NodeMarks;

static void node_values(const BpMesh *mesh, const NodeMarks *marks, int node, double *value) {
  memcpy(value + BP_NODE_XYZ, mesh->xyz + 3 * (size_t)node, 3 * sizeof value[0]);
  value[BP_NODE_SETS] = marks->sets[node];
  value[BP_NODE_ID] = node;
  value[BP_NODE_COARSE] = marks->coarse[node];
  value[BP_NODE_LINE] = marks->line[node];
  value[BP_NODE_OWNER] = marks->owner[node];
}

/* Node of the cell that is DMPlex vertex p, or lies on DMPlex edge p (found by the edge's two end
 * vertices). */
static PetscErrorCode node_of_point(DM dm, const BpCellInfo *info, const int *nodes,
                                    const PetscInt *vertex_point, PetscInt p, int *node) {
  const PetscInt *cone;
  PetscInt size;
  *node = -1;
  PetscCall(DMPlexGetConeSize(dm, p, &size));
  if (size == 0) {
    for (int i = 0; i < info->nvertices; i++)
      if (vertex_point[i] == p)
        *node = nodes[i];
    return 0;
  }
  PetscCall(DMPlexGetCone(dm, p, &cone));
  for (int e = 0; e < info->nedges; e++) {
    const PetscInt a = vertex_point[info->edge[e][0]], b = vertex_point[info->edge[e][1]];
    if ((a == cone[0] && b == cone[1]) || (a == cone[1] && b == cone[0]))
      *node = nodes[info->nvertices + e];
  }
  return 0;
}

static PetscErrorCode fill_nodes(const BpMesh *mesh, const NodeMarks *marks, const BpTopology *t) {
  int nvertices, *vertex = number_vertices(mesh, &nvertices);
  double *value;
  PetscCall(VecGetArray(t->node_data, &value));
  for (int c = 0; c < mesh->cells.count; c++) {
    const BpCellInfo *info = bp_cell_info((BpCellType)mesh->cells.type[c]);
    const int *nodes = mesh->cells.node + mesh->cells.start[c];
    PetscInt vertex_point[BP_CELL_MAX_VERTICES], npoints, *points = NULL;
    for (int i = 0; i < info->nvertices; i++)
      vertex_point[i] = mesh->cells.count + vertex[nodes[i]];
    PetscCall(DMPlexGetTransitiveClosure(t->dm, c, PETSC_TRUE, &npoints, &points));
    for (PetscInt i = 0; i < npoints; i++) {
      PetscInt dof, offset;
      int node;
      PetscCall(PetscSectionGetDof(t->node_section, points[2 * i], &dof));
      if (dof == 0)
        continue;
      PetscCall(PetscSectionGetOffset(t->node_section, points[2 * i], &offset));
      PetscCall(node_of_point(t->dm, info, nodes, vertex_point, points[2 * i], &node));
      PetscCheck(node >= 0, PETSC_COMM_SELF, PETSC_ERR_PLIB, "cell %d: point without a node", c);
      node_values(mesh, marks, node, value + offset);
    }
    PetscCall(DMPlexRestoreTransitiveClosure(t->dm, c, PETSC_TRUE, &npoints, &points));
  }
  PetscCall(VecRestoreArray(t->node_data, &value));
  free(vertex);
  return 0;
}

static PetscErrorCode fill_cells(const BpMesh *mesh, const BpTopology *t) {
  double *value;
  PetscCall(VecGetArray(t->cell_data, &value));
  for (PetscInt c = 0; c < mesh->cells.count; c++) {
    PetscInt offset;
    PetscCall(PetscSectionGetOffset(t->cell_section, c, &offset));
    double *at = value + offset;
    at[BP_CELL_REGION] = mesh->cells.group[c];
    at[BP_CELL_ID] = (double)c;
    at[BP_CELL_TYPE] = mesh->cells.type[c];
    for (int i = mesh->cells.start[c]; i < mesh->cells.start[c + 1]; i++)
      at[BP_CELL_NODE_IDS + i - mesh->cells.start[c]] = mesh->cells.node[i];
  }
  PetscCall(VecRestoreArray(t->cell_data, &value));
  return 0;
}

static unsigned *mark_sets(const BpMesh *mesh) {
  unsigned *sets = BP_NEW(unsigned, mesh->nnodes);
  for (int f = 0; f < mesh->faces.count; f++)
    for (int i = mesh->faces.start[f]; i < mesh->faces.start[f + 1]; i++)
      sets[mesh->faces.node[i]] |= 1u << mesh->faces.group[f];
  for (int i = 0; i < mesh->nmarks; i++)
    sets[mesh->mark_node[i]] |= 1u << mesh->mark_group[i];
  return sets;
}

static int *assign_ranks(const BpMesh *mesh, const double *weight, int nranks) {
  const int n = mesh->cells.count;
  double(*center)[2] = bp_alloc((size_t)n, sizeof center[0]), *work = BP_NEW(double, n);
  int *rank = BP_NEW(int, n);
  for (int c = 0; c < n; c++) {
    const int *nodes = mesh->cells.node + mesh->cells.start[c], nvertices = count_vertices(mesh, c);
    for (int i = 0; i < nvertices; i++)
      for (int d = 0; d < 2; d++)
        center[c][d] += mesh->xyz[3 * (size_t)nodes[i] + (size_t)d] / nvertices;
    work[c] = weight[mesh->cells.group[c]];
  }
  bp_partition(n, (const double(*)[2])center, work, nranks, rank);
  free(center);
  free(work);
  return rank;
}

static void free_marks(NodeMarks *marks) {
  free(marks->sets);
  free(marks->coarse);
  free(marks->line);
  free(marks->owner);
}

static void mark_nodes(const BpMesh *mesh, const int *rank, NodeMarks *marks) {
  *marks = (NodeMarks){mark_sets(mesh), BP_NEW(unsigned char, mesh->nnodes),
                       BP_NEW(int, mesh->nnodes), BP_NEW(int, mesh->nnodes)};
  bp_mark_coarse(mesh, marks->coarse);
  bp_mark_lines(mesh, marks->line);
  bp_assign_owners(mesh, rank, marks->line, marks->owner);
}

PetscErrorCode bp_topology_create(MPI_Comm comm, const BpMesh *mesh, int order,
                                  const double *weight, BpTopology *t) {
  DM plain;
  PetscMPIInt nranks;
  *t = (BpTopology){0};
  PetscCallMPI(MPI_Comm_size(comm, &nranks));
  PetscCall(DMCreate(comm, &plain));
  PetscCall(DMSetType(plain, DMPLEX));
  PetscCall(DMSetDimension(plain, 3));
  PetscCall(build_cells(plain, mesh));
  PetscCall(DMPlexInterpolate(plain, &t->dm));
  PetscCall(DMDestroy(&plain));
  PetscCall(depth_section(t->dm, 0, order - 1, BP_NODE_DATA, &t->node_section));
  PetscCall(cell_section(t->dm, mesh, &t->cell_section));
  PetscCall(section_vector(t->node_section, &t->node_data));
  PetscCall(section_vector(t->cell_section, &t->cell_data));
  if (mesh) {
    NodeMarks marks;
    t->rank = assign_ranks(mesh, weight, nranks);
    mark_nodes(mesh, t->rank, &marks);
    PetscCall(fill_nodes(mesh, &marks, t));
    PetscCall(fill_cells(mesh, t));
    free_marks(&marks);
  }
  return 0;
}

static PetscErrorCode set_partition(DM dm, const BpMesh *mesh, const int *rank) {
  PetscMPIInt nranks;
  PetscPartitioner partitioner;
  PetscCallMPI(MPI_Comm_size(PetscObjectComm((PetscObject)dm), &nranks));
  const int ncells = mesh ? mesh->cells.count : 0;
  PetscInt *size = BP_NEW(PetscInt, nranks), *point = BP_NEW(PetscInt, ncells), at = 0;
  for (int r = 0; r < nranks; r++)
    for (PetscInt c = 0; c < ncells; c++)
      if (rank[c] == r) {
        point[at++] = c;
        size[r]++;
      }
  PetscCall(DMPlexGetPartitioner(dm, &partitioner));
  PetscCall(PetscPartitionerSetType(partitioner, PETSCPARTITIONERSHELL));
  PetscCall(PetscPartitionerShellSetPartition(partitioner, nranks, size, point));
  free(size);
  free(point);
  return 0;
}

static PetscErrorCode move_data(DM dm, PetscSF sf, PetscSection *section, Vec *data) {
  PetscSection moved;
  Vec values;
  PetscCall(PetscSectionCreate(PetscObjectComm((PetscObject)dm), &moved));
  PetscCall(VecCreate(PETSC_COMM_SELF, &values));
  PetscCall(DMPlexDistributeField(dm, sf, *section, *data, moved, values));
  PetscCall(PetscSectionDestroy(section));
  PetscCall(VecDestroy(data));
  *section = moved;
  *data = values;
  return 0;
}

PetscErrorCode bp_topology_distribute(const BpMesh *mesh, BpTopology *t) {
  DM distributed = NULL;
  PetscSF sf = NULL;
  PetscCall(set_partition(t->dm, mesh, t->rank));
  PetscCall(DMPlexDistribute(t->dm, 0, &sf, &distributed));
  if (!distributed)
    return 0; /* one rank */
  PetscCall(move_data(t->dm, sf, &t->node_section, &t->node_data));
  PetscCall(move_data(t->dm, sf, &t->cell_section, &t->cell_data));
  PetscCall(PetscSFDestroy(&sf));
  PetscCall(DMDestroy(&t->dm));
  t->dm = distributed;
  return bp_topology_set_owners(t);
}

PetscErrorCode bp_topology_destroy(BpTopology *t) {
  PetscCall(PetscSectionDestroy(&t->node_section));
  PetscCall(PetscSectionDestroy(&t->cell_section));
  PetscCall(VecDestroy(&t->node_data));
  PetscCall(VecDestroy(&t->cell_data));
  PetscCall(DMDestroy(&t->dm));
  free(t->rank);
  return 0;
}
