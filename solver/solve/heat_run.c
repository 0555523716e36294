/* Heat alone through a load programme. */
#include "stepper.h"

#include "heat.h"

#include <stdlib.h>

typedef struct {
  BpModel *model;
  const BpProgramme *programme;
  const BpWatch *watch;
  BpRunSummary *summary;
} Run;

/* Tells those who watch of the state that was reached. */
static PetscErrorCode report(const Run *run, double before) {
  BpModel *model = run->model;
  const BpHeatCounts counts = bp_heat_counts(model->heat);
  const double t = bp_heat_time(model->heat);
  double range[2];
  PetscCall(bp_heat_keep(model->heat));
  PetscCall(bp_heat_range(model->heat, range));
  model->t0 = model->t1 = t;
  model->T0 = model->T1 = range[1];
  const BpCorner *corner = bp_programme_next(run->programme, before);
  const BpStep step = {.index = run->summary->accepted,
                       .time = t,
                       .temperature = range[1],
                       .dt = t - before,
                       .newton = (int)(counts.newton - run->summary->newton),
                       .linear = (int)(counts.linear - run->summary->linear),
                       .corner = corner && t >= corner->time ? corner : NULL};
  run->summary->newton = counts.newton;
  run->summary->linear = counts.linear;
  run->summary->rejected = counts.rejected;
  run->summary->time = t;
  return run->watch->accepted ? run->watch->accepted(run->watch->context, &step) : 0;
}

static PetscErrorCode advance(const Run *run, double end, BpStatus *status) {
  BpHeat *heat = run->model->heat;
  BpRunSummary *summary = run->summary;
  const double before = bp_heat_time(heat);
  const BpCorner *corner = bp_programme_next(run->programme, before);
  const double stop = fmin(corner->time, bp_case_next_time(run->model->bp, before));
  if (strcmp(run->model->bp->load.heat.steady, "yes") == 0)
    PetscCall(bp_heat_steady(heat, end, status));
  else
    PetscCall(bp_heat_step(heat, stop, status));
  if (*status != BP_OK)
    return 0;
  BP_GROW(summary->step_end, summary->accepted + 1);
  summary->step_end[summary->accepted++] = bp_heat_time(heat);
  return report(run, before);
}

PetscErrorCode bp_run_heat(BpNewton *newton, BpJoint *joint, const BpProgramme *programme,
                           const BpWatch *watch, BpRunSummary *summary) {
  const Run run = {newton->model, programme, watch, summary};
  const double end = programme->corner[programme->count - 1].time;
  BpHeat *heat = newton->model->heat;
  BpStatus status = BP_OK;
  *summary = (BpRunSummary){.end = BP_RUN_DONE};
  PetscCall(VecSet(newton->u, 0.0));
  PetscCall(bp_joint_update(joint, newton->u, 0));
  PetscCall(report(&run, 0.0));
  while (bp_programme_next(programme, bp_heat_time(heat))) {
    PetscCall(advance(&run, end, &status));
    if (status != BP_OK) {
      summary->end = BP_RUN_DIVERGED;
      snprintf(summary->reason, sizeof summary->reason, "%s at t = %g s", bp_heat_reason(heat),
               bp_heat_time(heat));
      break;
    }
    if (bp_programme_next(programme, bp_heat_time(heat)) && watch->stop &&
        watch->stop(watch->context)) {
      summary->end = BP_RUN_STOPPED;
      break;
    }
  }
  return 0;
}
