/* Newton's iteration for one implicit system of heat. */
#include "heat_impl.h"

#include <stdlib.h>

static const int most_iterations = 30;
static const double tolerance = 1e-9; /* of the heat that moves; 1e-8 is promised */
static const double slow = 0.05;      /* reduction of the residual that asks for a new matrix */
static const double still = 1e-14;    /* of the temperature: a change that is round-off */

PetscErrorCode bp_heat_impose(const BpHeat *heat, double t, Vec T) {
  const BpGrid *grid = heat->grid;
  double *value;
  PetscInt first;
  PetscCall(VecGetOwnershipRange(T, &first, NULL));
  PetscCall(VecGetArray(T, &value));
  for (int n = 0; n < grid->nnodes; n++)
    if (heat->fixed[n] && grid->node_global[n] >= 0)
      value[grid->node_global[n] - first] =
          bp_time_curve_value(&heat->load.port[heat->fixed[n] - 1].held, t, BP_BEFORE);
  PetscCall(VecRestoreArray(T, &value));
  return 0;
}

PetscErrorCode bp_heat_sums(const BpHeat *heat, Vec r, double sum[2]) {
  const BpGrid *grid = heat->grid;
  const int n = heat->load.nports + 2;
  double *mine = BP_NEW(double, n), *all = BP_NEW(double, n), *value;
  const double *stored;
  PetscInt first;
  PetscCall(VecGetOwnershipRange(r, &first, NULL));
  PetscCall(VecGetArray(r, &value));
  PetscCall(VecGetArrayRead(heat->D, &stored));
  for (int i = 0; i < grid->nnodes; i++) {
    const PetscInt at = grid->node_global[i] - first;
    if (grid->node_global[i] < 0)
      continue;
    mine[1] += stored[at];
    if (heat->fixed[i]) {
      mine[1 + heat->fixed[i]] += value[at];
      value[at] = 0.0;
    } else
      mine[0] += fabs(value[at]);
  }
  PetscCall(VecRestoreArrayRead(heat->D, &stored));
  PetscCall(VecRestoreArray(r, &value));
  PetscCallMPI(MPI_Allreduce(mine, all, n, MPI_DOUBLE, MPI_SUM, grid->comm));
  sum[0] = all[0];
  sum[1] = fabs(all[1]);
  for (int i = 2; i < n; i++)
    sum[1] += fabs(all[i]);
  free(mine);
  free(all);
  return 0;
}

/* r = D - dt F - rhs, or -F; the sum of |r| over free nodes, and the heat that moves, J. */
static PetscErrorCode residual(BpHeat *heat, const BpHeatStage *stage, double *size,
                               double *moves) {
  const int n = heat->load.nports + heat->load.nsources + 1;
  double sum[2];
  PetscCall(DMGlobalToLocal(heat->dm, heat->T, INSERT_VALUES, heat->T1));
  PetscCall(bp_heat_evaluate(heat, stage->t, BP_BEFORE, stage->slot));
  if (!stage->storage) { /* nothing is stored, whatever the start was */
    PetscCall(VecZeroEntries(heat->D));
    PetscCall(VecZeroEntries(heat->rhs));
  }
  PetscCall(VecWAXPY(heat->r, -1.0, heat->rhs, heat->D));
  PetscCall(VecAXPY(heat->r, -stage->dt, heat->F[stage->slot]));
  PetscCall(bp_heat_sums(heat, heat->r, sum));
  *size = sum[0];
  *moves = sum[1];
  for (int i = 0; i < n; i++)
    *moves += stage->dt * fabs(heat->flow[stage->slot][i]);
  return 0;
}

/* Solves for the change of the temperature; its largest value over that of the temperature. */
static PetscErrorCode improve(BpHeat *heat, double moves, double *change, BpStatus *status) {
  PetscInt n;
  double largest;
  PetscCall(VecGetSize(heat->r, &n));
  const double limits[2] = {heat->linear ? 1e-8 : 1e-4, 0.2 * tolerance * moves / sqrt((double)n)};
  PetscCall(VecScale(heat->r, -1.0));
  PetscCall(bp_heat_linear_solve(heat, limits, heat->r, heat->dT, status));
  PetscCall(VecAXPY(heat->T, 1.0, heat->dT));
  PetscCall(VecNorm(heat->dT, NORM_INFINITY, change));
  PetscCall(VecNorm(heat->T, NORM_INFINITY, &largest));
  *change /= largest;
  heat->counts.newton++;
  return 0;
}

/* The matrix of earlier temperatures serves as long as it makes the residual small quickly. */
static int is_stale(const BpHeat *heat, const BpHeatStage *stage, double reduction) {
  const BpHeatSolver *solver = &heat->solver;
  return solver->dt != stage->dt || solver->storage != stage->storage ||
         (!heat->linear && reduction > slow);
}

PetscErrorCode bp_heat_solve_stage(BpHeat *heat, const BpHeatStage *stage, BpStatus *status) {
  double size = 0.0, moves = 0.0, change = 1.0, before = HUGE_VAL, last = HUGE_VAL;
  *status = BP_OK;
  PetscCall(bp_heat_impose(heat, stage->t, heat->T));
  for (int i = 0; i <= most_iterations; i++) {
    PetscCall(residual(heat, stage, &size, &moves));
    if (size <= tolerance * moves || change <= still)
      return 0;
    if (!(size < 1e3 * before)) /* also where it is not a number */
      break;
    if (is_stale(heat, stage, i > 0 ? size / last : 0.0))
      PetscCall(bp_heat_assemble(heat, stage));
    last = size;
    before = fmin(before, size);
    PetscCall(improve(heat, moves, &change, status));
    if (*status != BP_OK)
      return 0;
  }
  *status = BP_CUT;
  heat->reason = "Newton's iteration for heat does not converge";
  return 0;
}
