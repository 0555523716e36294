/* Heat alone through a load programme. */
#include "stepper.h"

#include "heat.h"

#include <stdlib.h>

typedef struct {
  const BpProgramme *programme;
  const BpWatch *watch;
  BpRunState state;
} Run;

static BpHeat *heat_of(const Run *run) {
  return run->state.newton->model->heat;
}

/* Tells those who watch of the state that was reached. */
static PetscErrorCode report(Run *run, double before) {
  BpModel *model = run->state.newton->model;
  BpRunSummary *summary = run->state.summary;
  const BpHeatCounts counts = bp_heat_counts(model->heat);
  const double t = bp_heat_time(model->heat);
  double range[2];
  PetscCall(bp_heat_keep(model->heat));
  PetscCall(bp_heat_range(model->heat, range));
  model->t0 = model->t1 = run->state.t = t;
  model->T0 = model->T1 = range[1];
  const BpCorner *corner = bp_programme_next(run->programme, before);
  const BpStep step = {.index = summary->accepted,
                       .time = t,
                       .temperature = range[1],
                       .dt = t - before,
                       .newton = (int)(counts.newton - summary->newton),
                       .linear = (int)(counts.linear - summary->linear),
                       .corner = corner && t >= corner->time ? corner : NULL};
  summary->newton = counts.newton;
  summary->linear = counts.linear;
  summary->rejected = counts.rejected;
  return run->watch->accepted ? run->watch->accepted(run->watch->context, &step) : 0;
}

static PetscErrorCode advance(Run *run, double end, BpStatus *status) {
  const BpCase *bp = run->state.newton->model->bp;
  BpHeat *heat = heat_of(run);
  BpRunSummary *summary = run->state.summary;
  const double before = bp_heat_time(heat);
  const BpCorner *corner = bp_programme_next(run->programme, before);
  const double stop = fmin(corner->time, bp_case_next_time(bp, before));
  if (strcmp(bp->load.heat.steady, "yes") == 0)
    PetscCall(bp_heat_steady(heat, end, status));
  else
    PetscCall(bp_heat_step(heat, stop, status));
  if (*status != BP_OK) {
    summary->end = BP_RUN_DIVERGED;
    snprintf(summary->reason, sizeof summary->reason, "%s at t = %g s", bp_heat_reason(heat),
             bp_heat_time(heat));
    return 0;
  }
  BP_GROW(summary->step_end, summary->accepted + 1);
  summary->step_end[summary->accepted++] = bp_heat_time(heat);
  return report(run, before);
}

/* Goes on from the state of another process, if there is one. */
static PetscErrorCode begin(Run *run) {
  int resumed = 0;
  for (int i = 0; i < BP_RUN_PAST; i++)
    PetscCall(VecSet(run->state.past[i], 0.0));
  if (run->watch->resume)
    PetscCall(run->watch->resume(run->watch->context, &run->state, &resumed));
  PetscCall(bp_joint_update(run->state.joint, run->state.newton->u, 0));
  return resumed ? 0 : report(run, 0.0);
}

/* After a step that is not the last one: whether to end here, and what is kept. */
static PetscErrorCode pause_run(Run *run) {
  const BpWatch *watch = run->watch;
  const int stopping = watch->stop && watch->stop(watch->context);
  if (watch->keep)
    PetscCall(watch->keep(watch->context, &run->state, stopping));
  if (stopping)
    run->state.summary->end = BP_RUN_STOPPED;
  return 0;
}

PetscErrorCode bp_run_heat(BpNewton *newton, BpJoint *joint, const BpProgramme *programme,
                           const BpWatch *watch, BpRunSummary *summary) {
  Run run = {programme, watch, {0}};
  const double end = programme->corner[programme->count - 1].time;
  BpStatus status = BP_OK;
  *summary = (BpRunSummary){.end = BP_RUN_DONE};
  PetscCall(VecSet(newton->u, 0.0));
  PetscCall(bp_run_state_create(newton, joint, summary, &run.state));
  PetscCall(begin(&run));
  while (summary->end == BP_RUN_DONE && bp_programme_next(programme, bp_heat_time(heat_of(&run)))) {
    PetscCall(advance(&run, end, &status));
    if (status == BP_OK && bp_programme_next(programme, bp_heat_time(heat_of(&run))))
      PetscCall(pause_run(&run));
  }
  summary->time = bp_heat_time(heat_of(&run));
  return bp_run_state_free(&run.state);
}
