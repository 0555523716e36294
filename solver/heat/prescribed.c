/* Temperatures that are given at every node: nothing is solved for. */
#include "heat_impl.h"

#include <stdlib.h>
#include <string.h>

void bp_heat_load_of_field(const BpCase *bp, BpHeatLoad *load) {
  const BpHeatFieldCase *f = &bp->load.heat.field;
  *load = (BpHeatLoad){.initial = bp->load.start, .prescribed = 1};
  if (f->ntimes == 0)
    bp_time_curve_add(&load->factor, 0.0, 1.0);
  for (int i = 0; i < f->ntimes; i++)
    bp_time_curve_add(&load->factor, f->times[i], f->factors[i]);
}

PetscErrorCode bp_heat_prescribe(BpHeat *heat, const double *T, int count) {
  const BpGrid *grid = heat->grid;
  PetscCallMPI(MPI_Bcast(&count, 1, MPI_INT, 0, grid->comm));
  double *all = BP_NEW(double, count);
  int rank;
  PetscCallMPI(MPI_Comm_rank(grid->comm, &rank));
  if (rank == 0)
    memcpy(all, T, (size_t)count * sizeof all[0]);
  PetscCallMPI(MPI_Bcast(all, count, MPI_DOUBLE, 0, grid->comm));
  heat->field = BP_NEW(double, grid->nnodes);
  for (int n = 0; n < grid->nnodes; n++)
    heat->field[n] = all[grid->node_id[n]];
  free(all);
  PetscCall(bp_heat_impose_field(heat, 0.0));
  return bp_heat_keep(heat);
}

PetscErrorCode bp_heat_impose_field(BpHeat *heat, double t) {
  const double factor = bp_time_curve_value(&heat->load.factor, t, BP_BEFORE),
               start = heat->load.initial;
  double *T;
  PetscCall(VecGetArray(heat->T0, &T));
  for (int n = 0; n < heat->grid->nnodes; n++)
    T[n] = start + factor * (heat->field[n] - start);
  PetscCall(VecRestoreArray(heat->T0, &T));
  heat->state.t = t;
  return 0;
}

int bp_heat_is_prescribed(const BpHeat *heat) {
  return heat->load.prescribed;
}
