/* Every rank writes one contiguous part of the nodes and of the cells, numbered as in the mesh
 * before distribution. */
#include "output_impl.h"

#include <stdlib.h>

/* Rows of this rank, and where those come from that are on other ranks.
 * leaf [n] local numbers, NULL: 0 to n - 1; row [n] their rows */
static PetscErrorCode create(BpOutput *output, int place, PetscInt n, PetscInt *leaf,
                             const PetscInt *row) {
  const BpGrid *grid = output->model->grid;
  PetscLayout layout;
  PetscInt first, end;
  PetscCall(PetscLayoutCreate(grid->comm, &layout));
  PetscCall(
      PetscLayoutSetSize(layout, place == BP_OF_POINTS ? grid->nnodes_all : grid->ncells_all));
  PetscCall(PetscLayoutSetUp(layout));
  PetscCall(PetscLayoutGetRange(layout, &first, &end));
  output->first[place] = first;
  output->count[place] = end - first;
  PetscCall(PetscSFCreate(grid->comm, &output->spread[place]));
  PetscCall(PetscSFSetGraphLayout(output->spread[place], layout, n, leaf, PETSC_COPY_VALUES, row));
  PetscCall(PetscLayoutDestroy(&layout));
  return 0;
}

PetscErrorCode bp_output_spread_create(BpOutput *output) {
  const BpGrid *grid = output->model->grid;
  PetscInt *leaf, *row, n = 0;
  PetscCall(PetscMalloc2(grid->nnodes, &leaf, grid->nnodes, &row));
  for (int i = 0; i < grid->nnodes; i++)
    if (grid->node_global[i] >= 0) {
      leaf[n] = i;
      row[n++] = grid->node_id[i];
    }
  PetscCall(create(output, BP_OF_POINTS, n, leaf, row));
  PetscCall(PetscFree2(leaf, row));
  PetscCall(PetscMalloc1(grid->ncells, &row));
  for (int c = 0; c < grid->ncells; c++)
    row[c] = grid->cell_id[c];
  PetscCall(create(output, BP_OF_CELLS, grid->ncells, NULL, row));
  PetscCall(PetscFree(row));
  return 0;
}

PetscErrorCode bp_output_spread_destroy(BpOutput *output) {
  for (int place = 0; place < BP_PLACES; place++)
    PetscCall(PetscSFDestroy(&output->spread[place]));
  return 0;
}

PetscErrorCode bp_output_spread(const BpOutput *output, int place, int ncomp, const double *from,
                                double *to) {
  MPI_Datatype row;
  PetscCallMPI(MPI_Type_contiguous(ncomp, MPI_DOUBLE, &row));
  PetscCallMPI(MPI_Type_commit(&row));
  PetscCall(PetscSFReduceBegin(output->spread[place], row, from, to, MPI_REPLACE));
  PetscCall(PetscSFReduceEnd(output->spread[place], row, from, to, MPI_REPLACE));
  PetscCallMPI(MPI_Type_free(&row));
  return 0;
}
