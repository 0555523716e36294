/* TR-BDF2: the trapezoidal rule to a point inside the step, then the second backward difference
 * formula. Written in heat, the weights of the inflows are the same for every node, so that the
 * step keeps the whole heat. */
#include "heat_impl.h"

#include <stdlib.h>

#define GAMMA (2.0 - BP_SQRT2) /* where the first part ends; both parts then have one matrix */

static const double own = 0.5 * GAMMA;                    /* weight of the implicit inflow */
static const double past = 1.0 / (GAMMA * (2.0 - GAMMA)); /* of what the first part stored */
static const double safety = 0.9, most_growth = 2.0, least_growth = 0.1;
static const double repeat_above = 1.5; /* times the tolerance */
static const double smallest = 1e-9;    /* s */

/* Weights of the inflows at start, middle and end, and those of the formula of third order that the
 * error is the difference to (Hosea and Shampine). */
static void weights(double b[3], double difference[3]) {
  const double w = past * own;
  const double better[3] = {(1.0 - w) / 3.0, (3.0 * w + 1.0) / 3.0, own / 3.0};
  b[0] = b[1] = w;
  b[2] = own;
  for (int i = 0; i < 3; i++)
    difference[i] = b[i] - better[i];
}

static void add_heat(BpHeatBalance *to, double heat) {
  if (heat > 0.0)
    to->in += heat;
  else
    to->out -= heat;
}

/* What the step stored, and what passed through surfaces, prescribed nodes and sources. r is
 * overwritten. */
static PetscErrorCode balance(BpHeat *heat, double dt, const double b[3]) {
  const BpGrid *grid = heat->grid;
  const int nports = heat->load.nports, n = nports + heat->load.nsources + 1;
  double *mine = BP_NEW(double, nports), *held = BP_NEW(double, nports), stored = 0.0;
  const double *r;
  PetscInt first;
  PetscCall(VecCopy(heat->D, heat->r));
  for (int i = 0; i < 3; i++)
    PetscCall(VecAXPY(heat->r, -dt * b[i], heat->F[i]));
  PetscCall(VecGetOwnershipRange(heat->r, &first, NULL));
  PetscCall(VecGetArrayRead(heat->r, &r));
  for (int i = 0; i < grid->nnodes; i++)
    if (heat->fixed[i] && grid->node_global[i] >= 0)
      mine[heat->fixed[i] - 1] += r[grid->node_global[i] - first];
  PetscCall(VecRestoreArrayRead(heat->r, &r));
  PetscCallMPI(MPI_Allreduce(mine, held, nports, MPI_DOUBLE, MPI_SUM, grid->comm));
  PetscCall(VecSum(heat->D, &stored));
  heat->trial = (BpHeatBalance){.stored = stored, .imbalance = stored};
  for (int i = 0; i < n; i++) {
    double through = i < nports ? held[i] : 0.0;
    for (int k = 0; k < 3; k++)
      through += dt * b[k] * heat->flow[k][i];
    add_heat(&heat->trial, through);
    heat->trial.imbalance -= through;
  }
  free(mine);
  free(held);
  return 0;
}

/* K, from the difference of the two formulas, filtered so that stiff parts do not count (Hosea and
 * Shampine). */
static PetscErrorCode estimate(BpHeat *heat, double dt, const double difference[3], double *error,
                               BpStatus *status) {
  static const double limits[2] = {1e-3, 1e-300};
  BpHeatSums sums;
  PetscCall(VecZeroEntries(heat->rhs));
  for (int i = 0; i < 3; i++)
    PetscCall(VecAXPY(heat->rhs, dt * difference[i], heat->F[i]));
  PetscCall(bp_heat_sums(heat, heat->rhs, &sums));
  *error = 0.0;
  if (sums.size == 0.0)
    return 0;
  PetscCall(bp_heat_linear_solve(heat, limits, heat->rhs, heat->dT, status));
  return VecNorm(heat->dT, NORM_INFINITY, error);
}

/* First guess for the middle: the whole body warms as one, by what flows in at the start, and in
 * the middle through its surfaces. A body with prescribed temperatures, whose inflow is not known,
 * stays as it is. */
static PetscErrorCode warm(BpHeat *heat, double dt) {
  const int nports = heat->load.nports, n = nports + heat->load.nsources + 1;
  const double t = heat->state.t;
  double in = 0.0, capacity = heat->capacity;
  for (int i = 0; i < n; i++)
    in += 2.0 * own * dt * heat->flow[0][i];
  for (int p = 0; p < nports; p++) {
    const BpTimeCurve *ambient = &heat->load.port[p].ambient;
    capacity += own * dt * heat->exchange[p];
    in += own * dt * heat->exchange[p] *
          (bp_time_curve_value(ambient, t + GAMMA * dt, BP_BEFORE) -
           bp_time_curve_value(ambient, t, BP_AFTER));
  }
  PetscCall(DMLocalToGlobal(heat->dm, heat->T0, INSERT_VALUES, heat->T));
  return heat->nfixed == 0 && capacity > 0.0 ? VecShift(heat->T, in / capacity) : 0;
}

/* First guess for the end: the change of the first part goes on. */
static PetscErrorCode go_on(BpHeat *heat) {
  PetscCall(DMLocalToGlobal(heat->dm, heat->T0, INSERT_VALUES, heat->dT));
  return VecAXPBY(heat->T, 1.0 - 1.0 / GAMMA, 1.0 / GAMMA, heat->dT);
}

/* A step sees no matrix of another one, unless there is one matrix for all temperatures: what a
 * resumed run does not have must not be seen. */
static void forget_matrix(BpHeat *heat) {
  if (!heat->linear)
    heat->solver.dt = -1.0;
}

PetscErrorCode bp_heat_try(BpHeat *heat, double t1, double *error, BpStatus *status) {
  const double dt = t1 - heat->state.t;
  const BpHeatStage middle = {heat->state.t + GAMMA * dt, 1, own * dt, 1},
                    end = {t1, 1, own * dt, 2};
  double b[3], difference[3];
  weights(b, difference);
  forget_matrix(heat);
  heat->t1 = t1;
  heat->reason = "";
  *error = 0.0;
  PetscCall(VecCopy(heat->T0, heat->T1));
  if (!heat->has_start)
    PetscCall(bp_heat_evaluate(heat, heat->state.t, BP_AFTER, 0));
  heat->has_start = 1;
  PetscCall(warm(heat, dt));
  PetscCall(VecAXPBY(heat->rhs, own * dt, 0.0, heat->F[0]));
  PetscCall(bp_heat_solve_stage(heat, &middle, status));
  if (*status != BP_OK)
    return 0;
  PetscCall(VecAXPBY(heat->rhs, past, 0.0, heat->D));
  PetscCall(go_on(heat));
  PetscCall(bp_heat_solve_stage(heat, &end, status));
  if (*status != BP_OK)
    return 0;
  PetscCall(balance(heat, dt, b));
  return estimate(heat, dt, difference, error, status);
}

/* Heat that a step moves, of the two sides the larger one; a step that moves less than a millionth
 * of all before it, as in a dwell, is measured by that: temperatures have sixteen digits. */
static void keep_balance(BpHeat *heat) {
  const BpHeatBalance *b = &heat->trial;
  const double moved = fmax(fabs(b->stored), fmax(b->in, b->out));
  heat->state.moved += moved;
  const double base = fmax(moved, 1e-6 * heat->state.moved);
  heat->state.last = *b;
  heat->state.total.stored += b->stored;
  heat->state.total.in += b->in;
  heat->state.total.out += b->out;
  heat->state.total.imbalance += b->imbalance;
  if (base > 0.0)
    heat->state.worst = fmax(heat->state.worst, fabs(b->imbalance) / base);
}

/* What flows at the end flows at the start of the next step, but for a load that turns there. */
static void go_on_from(BpHeat *heat, double t0, double t1) {
  double *flow = heat->flow[0];
  Vec F = heat->F[0];
  heat->flow[0] = heat->flow[2];
  heat->flow[2] = flow;
  heat->F[0] = heat->F[2];
  heat->F[2] = F;
  heat->has_start = bp_heat_next_time(heat, t0) > t1;
}

PetscErrorCode bp_heat_accept(BpHeat *heat) {
  keep_balance(heat);
  go_on_from(heat, heat->state.t, heat->t1);
  heat->state.t = heat->t1;
  heat->counts.accepted++;
  return VecCopy(heat->T1, heat->T0);
}

PetscErrorCode bp_heat_steady(BpHeat *heat, double t, BpStatus *status) {
  const BpHeatStage stage = {t, 0, 1.0, 0};
  const double b[3] = {1.0, 0.0, 0.0};
  const clock_t begin = clock();
  forget_matrix(heat);
  heat->reason = "";
  heat->t1 = t;
  PetscCall(DMLocalToGlobal(heat->dm, heat->T0, INSERT_VALUES, heat->T));
  PetscCall(bp_heat_solve_stage(heat, &stage, status));
  if (*status != BP_OK)
    return 0;
  PetscCall(balance(heat, 1.0, b));
  bp_heat_spent(heat, begin);
  PetscCall(bp_heat_accept(heat));
  heat->has_start = 0; /* there is no end of a step */
  return 0;
}

/* Steps on a ladder of 2^(1/4), so that round-off cannot move them. */
static double ladder(double dt) {
  return exp2(0.25 * floor(4.0 * log2(dt) + 1e-6));
}

static double next_step(const BpHeat *heat, double dt, double relative) {
  double factor = relative > 0.0 ? safety * pow(relative, -1.0 / 3.0) : most_growth;
  factor = fmin(most_growth, fmax(least_growth, factor));
  return fmin(heat->bp->load.heat.max_step, ladder(factor * dt));
}

static int jumps(const BpHeat *heat, double t) {
  for (int p = 0; p < heat->load.nports; p++) {
    const BpHeatPort *port = &heat->load.port[p];
    if (bp_time_curve_jumps(&port->flux, t) || bp_time_curve_jumps(&port->ambient, t) ||
        bp_time_curve_jumps(&port->held, t))
      return 1;
  }
  for (int i = 0; i < heat->load.nsources; i++)
    if (bp_time_curve_jumps(&heat->load.source[i].power, t))
      return 1;
  return 0;
}

/* After a step that is not to be repeated. dt cut short by the end is no opinion. */
static PetscErrorCode take(BpHeat *heat, int cut_short, double next) {
  const double first = heat->bp->load.heat.first_step;
  PetscCall(bp_heat_accept(heat));
  heat->state.dt = cut_short ? fmax(next, heat->state.dt) : next;
  if (jumps(heat, heat->state.t))
    heat->state.dt = fmin(heat->state.dt, first);
  return 0;
}

static PetscErrorCode step(BpHeat *heat, double t1, BpStatus *status) {
  const double tolerance = heat->bp->load.heat.tolerance;
  *status = BP_OK;
  if (heat->field)
    return bp_heat_impose_field(heat, t1);
  for (;;) {
    double error = 0.0;
    const double stop = fmin(t1, bp_heat_next_time(heat, heat->state.t)),
                 left = stop - heat->state.t, steps = ceil(left / heat->state.dt - 1e-6),
                 dt = steps <= 1.0 ? left : left / steps;
    PetscCall(bp_heat_try(heat, steps <= 1.0 ? stop : heat->state.t + dt, &error, status));
    const double next = *status == BP_OK ? next_step(heat, dt, error / tolerance) : 0.25 * dt;
    if (*status == BP_OK && error <= repeat_above * tolerance)
      return take(heat, steps <= 1.0, next);
    heat->counts.rejected++;
    heat->state.dt = fmin(next, ladder(0.5 * dt));
    if (heat->state.dt < smallest) {
      if (*status == BP_OK)
        heat->reason = "the error of the temperature is too large";
      *status = BP_CUT;
      return 0;
    }
  }
}

PetscErrorCode bp_heat_step(BpHeat *heat, double t1, BpStatus *status) {
  const clock_t begin = clock();
  PetscCall(step(heat, t1, status));
  bp_heat_spent(heat, begin);
  return 0;
}

PetscErrorCode bp_heat_advance(BpHeat *heat, double t1, BpStatus *status) {
  *status = BP_OK;
  while (*status == BP_OK && heat->state.t < t1)
    PetscCall(bp_heat_step(heat, t1, status));
  return 0;
}
