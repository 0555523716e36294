/* Newton's iteration for one implicit system of heat. */
#include "heat_impl.h"

#include <stdlib.h>

static const int most_iterations = 30;
static const double tolerance = 1e-9; /* of the heat that moves; 1e-8 is promised of the balance */
static const double of_change = 1e-6; /* of what the nodes store: so much of the step's change of
                                         the temperature may be wrong */
static const double many = 3.0;       /* iterations more that ask for a new matrix */
static const double still = 1e-10; /* of the temperature, K/K: what is wrong after a change as small
                                      is far smaller, and the residual may be round-off */
static const double round_off = 1e-14;

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

PetscErrorCode bp_heat_sums(const BpHeat *heat, Vec r, BpHeatSums *sums) {
  const BpGrid *grid = heat->grid;
  const int n = heat->load.nports;
  double *mine = BP_NEW(double, n + 4), *all = BP_NEW(double, n + 4), *value;
  const double *stored;
  PetscInt first;
  PetscCall(VecGetOwnershipRange(r, &first, NULL));
  PetscCall(VecGetArray(r, &value));
  PetscCall(VecGetArrayRead(heat->D, &stored));
  for (int i = 0; i < grid->nnodes; i++) {
    const PetscInt at = grid->node_global[i] - first;
    if (grid->node_global[i] < 0)
      continue;
    mine[n] += stored[at];
    mine[n + 1] += fabs(stored[at]);
    if (heat->fixed[i]) {
      mine[heat->fixed[i] - 1] += value[at];
      value[at] = 0.0;
    }
    mine[n + 2] += value[at];
    mine[n + 3] += fabs(value[at]);
  }
  PetscCall(VecRestoreArrayRead(heat->D, &stored));
  PetscCall(VecRestoreArray(r, &value));
  PetscCallMPI(MPI_Allreduce(mine, all, n + 4, MPI_DOUBLE, MPI_SUM, grid->comm));
  *sums = (BpHeatSums){
      .moves = fabs(all[n]), .stored = all[n + 1], .open = fabs(all[n + 2]), .size = all[n + 3]};
  for (int i = 0; i < n; i++)
    sums->moves += fabs(all[i]);
  free(mine);
  free(all);
  return 0;
}

/* r = D - dt F - rhs, or -F, and its sums. */
static PetscErrorCode residual(BpHeat *heat, const BpHeatStage *stage, BpHeatSums *sums) {
  const int n = heat->load.nports + heat->load.nsources + 1;
  PetscCall(DMGlobalToLocal(heat->dm, heat->T, INSERT_VALUES, heat->T1));
  PetscCall(bp_heat_evaluate(heat, stage->t, BP_BEFORE, stage->slot));
  if (!stage->storage) { /* nothing is stored, whatever the start was */
    PetscCall(VecZeroEntries(heat->D));
    PetscCall(VecZeroEntries(heat->rhs));
  }
  PetscCall(VecWAXPY(heat->r, -1.0, heat->rhs, heat->D));
  PetscCall(VecAXPY(heat->r, -stage->dt, heat->F[stage->slot]));
  PetscCall(bp_heat_sums(heat, heat->r, sums));
  for (int i = 0; i < n; i++)
    sums->moves += stage->dt * fabs(heat->flow[stage->slot][i]);
  return 0;
}

/* Residual that is small enough: of what moves or what is stored. */
static double wanted(const BpHeatSums *sums) {
  return fmax(tolerance * sums->moves, of_change * sums->stored);
}

/* Solves for the change of the temperature; its largest value over that of the temperature. */
static PetscErrorCode improve(BpHeat *heat, const BpHeatSums *sums, double *change,
                              BpStatus *status) {
  PetscInt n;
  double largest;
  PetscCall(VecGetSize(heat->r, &n));
  const double limits[2] = {heat->linear ? 1e-8 : 1e-4, 0.2 * wanted(sums) / sqrt((double)n)};
  PetscCall(VecScale(heat->r, -1.0));
  PetscCall(bp_heat_linear_solve(heat, limits, heat->r, heat->dT, status));
  PetscCall(bp_heat_close(heat, heat->r, heat->dT));
  PetscCall(VecAXPY(heat->T, 1.0, heat->dT));
  PetscCall(VecNorm(heat->dT, NORM_INFINITY, change));
  PetscCall(VecNorm(heat->T, NORM_INFINITY, &largest));
  *change /= largest;
  heat->counts.newton++;
  return 0;
}

/* The matrix of earlier temperatures serves as long as few iterations more will do; then the whole
 * derivative is needed.
 * reduction  of the residual in the last iteration, 0: there was none; left  the one that is wanted
 */
static PetscErrorCode renew_matrix(BpHeat *heat, const BpHeatStage *stage, double reduction,
                                   double left) {
  const BpHeatSolver *solver = &heat->solver;
  if (solver->dt != stage->dt || solver->storage != stage->storage)
    return bp_heat_assemble(heat, stage, BP_HEAT_SYMMETRIC);
  if (!heat->linear && pow(reduction, many) > left)
    return bp_heat_assemble(heat, stage, BP_HEAT_WHOLE);
  return 0;
}

/* Small enough, and the heat of the whole closes as far as numbers do.
 * change  of the temperature in the last iteration, relative */
static int is_solved(const BpHeatSums *sums, double change) {
  return change <= round_off ||
         ((sums->size <= wanted(sums) || change <= still) && sums->open <= tolerance * sums->moves);
}

PetscErrorCode bp_heat_solve_stage(BpHeat *heat, const BpHeatStage *stage, BpStatus *status) {
  double change = 1.0, before = HUGE_VAL, last = HUGE_VAL;
  BpHeatSums sums;
  *status = BP_OK;
  PetscCall(bp_heat_impose(heat, stage->t, heat->T));
  for (int i = 0; i <= most_iterations; i++) {
    PetscCall(residual(heat, stage, &sums));
    if (is_solved(&sums, change))
      return 0;
    if (!(sums.size < 1e3 * before)) /* also where it is not a number */
      break;
    PetscCall(renew_matrix(heat, stage, i > 0 ? sums.size / last : 0.0, wanted(&sums) / sums.size));
    last = sums.size;
    before = fmin(before, sums.size);
    PetscCall(improve(heat, &sums, &change, status));
    if (*status != BP_OK)
      return 0;
  }
  *status = BP_CUT;
  heat->reason = "Newton's iteration for heat does not converge";
  return 0;
}
