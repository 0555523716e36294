#include "grid.h"

#include "grid_impl.h"

#include <stdlib.h>
#include <string.h>

/* Three unknowns on every point that holds a node; on the coarse level, a node of that. */
static PetscErrorCode set_unknowns(DM dm, const BpTopology *t, int coarse) {
  PetscSection section;
  PetscInt start, end;
  const double *data;
  PetscCall(PetscSectionCreate(PetscObjectComm((PetscObject)dm), &section));
  PetscCall(DMPlexGetChart(dm, &start, &end));
  PetscCall(PetscSectionSetChart(section, start, end));
  PetscCall(VecGetArrayRead(t->node_data, &data));
  for (PetscInt p = start; p < end; p++) {
    PetscInt dof, at;
    PetscCall(PetscSectionGetDof(t->node_section, p, &dof));
    PetscCall(PetscSectionGetOffset(t->node_section, p, &at));
    if (dof > 0 && (!coarse || data[at + BP_NODE_COARSE] > 0.0))
      PetscCall(PetscSectionSetDof(section, p, 3));
  }
  PetscCall(VecRestoreArrayRead(t->node_data, &data));
  PetscCall(PetscSectionSetUp(section));
  PetscCall(DMSetLocalSection(dm, section));
  PetscCall(PetscSectionDestroy(&section));
  return 0;
}

/* Global number of a point's node, -(number + 1) where another rank owns it. */
static PetscErrorCode global_node(PetscSection global, PetscInt p, int *node) {
  PetscInt at;
  PetscCall(PetscSectionGetOffset(global, p, &at));
  *node = at < 0 ? -(int)((-(at + 1)) / 3) - 1 : (int)(at / 3);
  return 0;
}

/* Global numbers on both levels. */
static PetscErrorCode number_nodes(BpGrid *grid) {
  PetscSection local, local_coarse, fine, coarse;
  PetscInt start, end;
  PetscCall(DMGetLocalSection(grid->dm, &local));
  PetscCall(DMGetLocalSection(grid->coarse, &local_coarse));
  PetscCall(DMGetGlobalSection(grid->dm, &fine));
  PetscCall(DMGetGlobalSection(grid->coarse, &coarse));
  PetscCall(DMPlexGetChart(grid->dm, &start, &end));
  for (PetscInt p = start; p < end; p++) {
    PetscInt dof, at;
    PetscCall(PetscSectionGetDof(local, p, &dof));
    if (dof == 0)
      continue;
    PetscCall(PetscSectionGetOffset(local, p, &at));
    PetscCall(global_node(fine, p, &grid->node_global[at / 3]));
    grid->nowned += grid->node_global[at / 3] >= 0;
    PetscCall(PetscSectionGetDof(local_coarse, p, &dof));
    grid->coarse_global[at / 3] = BP_NOT_COARSE;
    if (dof > 0)
      PetscCall(global_node(coarse, p, &grid->coarse_global[at / 3]));
  }
  return 0;
}

static PetscErrorCode read_nodes(BpGrid *grid, const BpTopology *t) {
  PetscSection local;
  PetscInt start, end;
  const double *data;
  PetscCall(DMGetLocalSection(grid->dm, &local));
  PetscCall(PetscSectionGetStorageSize(local, &end));
  grid->nnodes = (int)end / 3;
  grid->xyz = bp_alloc((size_t)grid->nnodes, sizeof grid->xyz[0]);
  grid->node_id = BP_NEW(int, grid->nnodes);
  grid->node_line = BP_NEW(int, grid->nnodes);
  grid->node_global = BP_NEW(int, grid->nnodes);
  grid->coarse_global = BP_NEW(int, grid->nnodes);
  grid->node_sets = BP_NEW(unsigned, grid->nnodes);
  PetscCall(VecGetArrayRead(t->node_data, &data));
  PetscCall(DMPlexGetChart(grid->dm, &start, &end));
  for (PetscInt p = start; p < end; p++) {
    PetscInt dof, at, from;
    PetscCall(PetscSectionGetDof(local, p, &dof));
    if (dof == 0)
      continue;
    PetscCall(PetscSectionGetOffset(local, p, &at));
    PetscCall(PetscSectionGetOffset(t->node_section, p, &from));
    const int node = (int)at / 3;
    memcpy(grid->xyz[node], data + from + BP_NODE_XYZ, 3 * sizeof data[0]);
    grid->node_sets[node] = (unsigned)data[from + BP_NODE_SETS];
    grid->node_id[node] = (int)data[from + BP_NODE_ID];
    grid->node_line[node] = (int)data[from + BP_NODE_LINE];
  }
  PetscCall(VecRestoreArrayRead(t->node_data, &data));
  return 0;
}

/* Local node among the closure's points that has the given number in the mesh. */
static PetscErrorCode find_node(const BpGrid *grid, PetscSection local, const PetscInt *points,
                                PetscInt npoints, int *node) {
  const int id = *node;
  for (PetscInt i = 0; i < npoints; i++) {
    PetscInt dof, at;
    PetscCall(PetscSectionGetDof(local, points[2 * i], &dof));
    if (dof == 0)
      continue;
    PetscCall(PetscSectionGetOffset(local, points[2 * i], &at));
    *node = (int)at / 3;
    if (grid->node_id[*node] == id)
      return 0;
  }
  SETERRQ(PETSC_COMM_SELF, PETSC_ERR_PLIB, "node %d is not in the closure of its cell", id);
}

static PetscErrorCode read_cells(BpGrid *grid, const BpTopology *t) {
  PetscSection local;
  PetscInt start, end;
  const double *data;
  PetscCall(DMGetLocalSection(grid->dm, &local));
  PetscCall(DMPlexGetHeightStratum(grid->dm, 0, &start, &end));
  grid->ncells = (int)(end - start);
  grid->cell_type = BP_NEW(unsigned char, grid->ncells);
  grid->cell_start = BP_NEW(int, grid->ncells + 1);
  grid->cell_region = BP_NEW(int, grid->ncells);
  grid->cell_id = BP_NEW(int, grid->ncells);
  PetscCall(VecGetArrayRead(t->cell_data, &data));
  for (PetscInt c = start; c < end; c++) {
    PetscInt from;
    PetscCall(PetscSectionGetOffset(t->cell_section, c, &from));
    grid->cell_type[c - start] = (unsigned char)data[from + BP_CELL_TYPE];
    grid->cell_start[c - start + 1] =
        grid->cell_start[c - start] + bp_grid_cell_info(grid, (int)(c - start))->nnodes;
  }
  grid->cell_node = BP_NEW(int, grid->cell_start[grid->ncells]);
  for (PetscInt c = start; c < end; c++) {
    PetscInt from, npoints, *points = NULL;
    const int cell = (int)(c - start);
    PetscCall(PetscSectionGetOffset(t->cell_section, c, &from));
    grid->cell_region[cell] = (int)data[from + BP_CELL_REGION];
    grid->cell_id[cell] = (int)data[from + BP_CELL_ID];
    PetscCall(DMPlexGetTransitiveClosure(grid->dm, c, PETSC_TRUE, &npoints, &points));
    for (int i = 0; i < bp_grid_cell_info(grid, cell)->nnodes; i++) {
      int *node = &grid->cell_node[grid->cell_start[cell] + i];
      *node = (int)data[from + BP_CELL_NODE_IDS + i];
      PetscCall(find_node(grid, local, points, npoints, node));
    }
    PetscCall(DMPlexRestoreTransitiveClosure(grid->dm, c, PETSC_TRUE, &npoints, &points));
  }
  PetscCall(VecRestoreArrayRead(t->cell_data, &data));
  return 0;
}

/* Nodes of each cell in the local numbering of the coarse level. */
static PetscErrorCode read_coarse_cells(BpGrid *grid) {
  PetscSection fine, coarse;
  PetscInt start, end;
  int *number = BP_NEW(int, grid->nnodes);
  PetscCall(DMGetLocalSection(grid->dm, &fine));
  PetscCall(DMGetLocalSection(grid->coarse, &coarse));
  PetscCall(DMPlexGetChart(grid->dm, &start, &end));
  for (PetscInt p = start; p < end; p++) {
    PetscInt dof, coarse_dof, from, to;
    PetscCall(PetscSectionGetDof(fine, p, &dof));
    PetscCall(PetscSectionGetDof(coarse, p, &coarse_dof));
    PetscCall(PetscSectionGetOffset(fine, p, &from));
    PetscCall(PetscSectionGetOffset(coarse, p, &to));
    if (dof > 0)
      number[from / 3] = coarse_dof > 0 ? (int)(to / 3) : -1;
  }
  grid->cell_coarse = BP_NEW(int, grid->cell_start[grid->ncells]);
  for (int i = 0; i < grid->cell_start[grid->ncells]; i++)
    grid->cell_coarse[i] = number[grid->cell_node[i]];
  free(number);
  return 0;
}

static void pack_faces(const BpMesh *mesh, BpFace *face) {
  int *cell = BP_NEW(int, mesh->faces.count), *local = BP_NEW(int, mesh->faces.count);
  bp_mesh_face_cells(mesh, cell, local);
  for (int f = 0; f < mesh->faces.count; f++) {
    const int first = mesh->faces.start[f];
    face[f] = (BpFace){.set = mesh->faces.group[f],
                       .nnodes = mesh->faces.start[f + 1] - first,
                       .cell = cell[f],
                       .local = local[f]};
    for (int i = 0; i < face[f].nnodes; i++)
      memcpy(face[f].xyz[i], mesh->xyz + 3 * (size_t)mesh->faces.node[first + i],
             sizeof face[f].xyz[i]);
  }
  free(cell);
  free(local);
}

/* Faces are counted, not their bytes: 2^31 of these are ten million faces. */
static PetscErrorCode share_faces(BpGrid *grid) {
  MPI_Datatype face;
  PetscCallMPI(MPI_Type_contiguous((int)sizeof(BpFace), MPI_BYTE, &face));
  PetscCallMPI(MPI_Type_commit(&face));
  PetscCallMPI(MPI_Bcast(grid->face, grid->nfaces, face, 0, grid->comm));
  PetscCallMPI(MPI_Type_free(&face));
  return 0;
}

/* Names, sizes and faces of rank 0's mesh to every rank. */
static PetscErrorCode share_names(BpGrid *grid, const BpMesh *mesh) {
  PetscMPIInt rank;
  PetscCallMPI(MPI_Comm_rank(grid->comm, &rank));
  int size[6] = {0};
  if (mesh)
    memcpy(size,
           (int[6]){mesh->nregions, mesh->nboundaries, mesh->faces.count, mesh->nnodes,
                    mesh->cells.count, bp_cell_info((BpCellType)mesh->cells.type[0])->order},
           sizeof size);
  PetscCallMPI(MPI_Bcast(size, 6, MPI_INT, 0, grid->comm));
  grid->nregions = size[0];
  grid->nsets = size[1];
  grid->nfaces = size[2];
  grid->nnodes_all = size[3];
  grid->ncells_all = size[4];
  grid->order = size[5];
  PetscCheck(grid->nsets <= 32, grid->comm, PETSC_ERR_SUP, "more than 32 named face sets");
  grid->region = bp_alloc((size_t)grid->nregions, BP_MESH_NAME);
  grid->set = bp_alloc((size_t)grid->nsets, BP_MESH_NAME);
  grid->face = BP_NEW(BpFace, grid->nfaces);
  if (mesh) {
    memcpy(grid->region, mesh->region, (size_t)grid->nregions * BP_MESH_NAME);
    memcpy(grid->set, mesh->boundary, (size_t)grid->nsets * BP_MESH_NAME);
    pack_faces(mesh, grid->face);
  }
  PetscCallMPI(MPI_Bcast(grid->region, grid->nregions * BP_MESH_NAME, MPI_CHAR, 0, grid->comm));
  PetscCallMPI(MPI_Bcast(grid->set, grid->nsets * BP_MESH_NAME, MPI_CHAR, 0, grid->comm));
  return share_faces(grid);
}

PetscErrorCode bp_grid_create(MPI_Comm comm, const BpMesh *mesh, const double *weight,
                              BpGrid **out) {
  BpTopology t;
  BpGrid *grid = BP_NEW(BpGrid, 1);
  grid->comm = comm;
  PetscCall(share_names(grid, mesh));
  PetscCall(bp_topology_create(comm, mesh, grid->order, weight, &t));
  PetscCall(bp_topology_distribute(mesh, &t));
  grid->dm = t.dm;
  t.dm = NULL;
  PetscCall(DMClone(grid->dm, &grid->coarse));
  PetscCall(set_unknowns(grid->dm, &t, 0));
  PetscCall(set_unknowns(grid->coarse, &t, 1));
  PetscCall(read_nodes(grid, &t));
  PetscCall(number_nodes(grid));
  PetscCall(read_cells(grid, &t));
  PetscCall(read_coarse_cells(grid));
  PetscCall(bp_topology_destroy(&t));
  *out = grid;
  return 0;
}

PetscErrorCode bp_grid_destroy(BpGrid **out) {
  BpGrid *grid = *out;
  if (!grid)
    return 0;
  PetscCall(DMDestroy(&grid->dm));
  PetscCall(DMDestroy(&grid->coarse));
  free(grid->cell_node);
  free(grid->cell_coarse);
  free(grid->cell_type);
  free(grid->cell_start);
  free(grid->coarse_global);
  free(grid->cell_region);
  free(grid->cell_id);
  free(grid->xyz);
  free(grid->node_id);
  free(grid->node_line);
  free(grid->node_global);
  free(grid->node_sets);
  free(grid->region);
  free(grid->set);
  free(grid->face);
  free(grid);
  *out = NULL;
  return 0;
}

static int find_name(char (*names)[BP_MESH_NAME], int count, const char *name) {
  for (int i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0)
      return i;
  return -1;
}

int *bp_grid_local_cells(const BpGrid *grid) {
  int *local = BP_NEW(int, grid->ncells_all);
  for (PetscInt i = 0; i < grid->ncells_all; i++)
    local[i] = -1;
  for (int c = 0; c < grid->ncells; c++)
    local[grid->cell_id[c]] = c;
  return local;
}

int bp_grid_set(const BpGrid *grid, const char *name) {
  return find_name(grid->set, grid->nsets, name);
}

int bp_grid_region(const BpGrid *grid, const char *name) {
  return find_name(grid->region, grid->nregions, name);
}
