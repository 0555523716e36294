#include "cycle_end.h"

#include "step_size.h"

#include <stdlib.h>

/* A step's error may be this share of a cycle's strain, for a tolerance of 1. Errors of single
 * steps cancel and are forgotten in the dwells; the share is measured such that the tolerance is
 * met by the work per cycle (docs/adr/0008). */
static const double share_of_cycle = 1.0;
static const double least_reference = 1e-2; /* strain; before anything has crept */

typedef struct {
  const BpProgramme *programme;
  const BpWatch *watch;
  BpStepRules rules;
  BpRunState state;
  BpStep step;
} Run;

PetscErrorCode bp_run_state_create(BpNewton *newton, BpJoint *joint, BpRunSummary *summary,
                                   BpRunState *state) {
  *state = (BpRunState){.newton = newton, .joint = joint, .summary = summary};
  bp_step_error_create(joint, &state->error);
  for (int i = 0; i < BP_RUN_PAST; i++)
    PetscCall(VecDuplicate(newton->u, &state->past[i]));
  return 0;
}

PetscErrorCode bp_run_state_free(BpRunState *state) {
  bp_step_error_free(&state->error);
  bp_heat_trace_free(&state->trace);
  for (int i = 0; i < BP_RUN_PAST; i++)
    PetscCall(VecDestroy(&state->past[i]));
  return 0;
}

static void set_rules(Run *run) {
  const BpSolverCase *wanted = &run->state.newton->model->bp->solver;
  run->rules = (BpStepRules){wanted->first_step, wanted->min_step, wanted->max_step, wanted->times,
                             wanted->ntimes};
  run->state.dt = wanted->first_step;
}

/* Newton's solution becomes the last of the past ones. */
static PetscErrorCode remember(BpRunState *state, int at_corner) {
  const Vec oldest = state->past[BP_RUN_PAST - 1];
  for (int i = BP_RUN_PAST - 1; i > 0; i--) {
    state->past[i] = state->past[i - 1];
    state->past_t[i] = state->past_t[i - 1];
  }
  state->past[0] = oldest;
  state->past_t[0] = state->t;
  state->npast = at_corner ? 1 : state->npast < BP_RUN_PAST ? state->npast + 1 : BP_RUN_PAST;
  return VecCopy(state->newton->u, state->past[0]);
}

/* Equilibrium of what exists before the joining, at the joining temperature. */
static PetscErrorCode join(Run *run, BpStatus *status) {
  BpRunState *state = &run->state;
  BpNewton *newton = state->newton;
  BpModel *model = newton->model;
  PetscCall(bp_model_start_step(model, 0.0, model->bp->load.start));
  PetscCall(bp_newton_solve(newton, status));
  state->summary->newton += newton->newton;
  state->summary->linear += newton->linear;
  if (*status != BP_OK) {
    state->summary->end = BP_RUN_DIVERGED;
    snprintf(state->summary->reason, sizeof state->summary->reason,
             "no equilibrium at the joining: %s", newton->reason);
    return 0;
  }
  PetscCall(bp_model_join(model, newton->u));
  PetscCall(bp_newton_reset(newton));
  PetscCall(remember(state, 1));
  PetscCall(bp_joint_update(state->joint, newton->u, 0));
  PetscCall(bp_heat_trace_add(&state->trace, model, model->T0));
  run->step = (BpStep){.trace = &state->trace,
                       .temperature = model->T0,
                       .newton = (int)newton->newton,
                       .linear = (int)newton->linear};
  if (run->watch->accepted)
    PetscCall(run->watch->accepted(run->watch->context, &run->step));
  return 0;
}

/* Goes on from the state of another process, if there is one; else begins with the joining. */
static PetscErrorCode begin(Run *run, BpStatus *status) {
  BpRunState *state = &run->state;
  int resumed = 0;
  *status = BP_OK;
  if (run->watch->resume)
    PetscCall(run->watch->resume(run->watch->context, state, &resumed));
  if (!resumed)
    return join(run, status);
  PetscCall(VecCopy(state->past[0], state->newton->u));
  PetscCall(bp_model_go_on(state->newton->model));
  PetscCall(bp_newton_go_on(state->newton));
  return bp_joint_update(state->joint, state->newton->u, 0);
}

/* First guess: the motion of the last steps goes on, through as many of them as lie on this side of
 * the last corner. */
static PetscErrorCode predict(BpRunState *state, double t1) {
  const double *t = state->past_t;
  double weight[BP_RUN_PAST] = {1.0};
  for (int i = 0; i < state->npast; i++) {
    weight[i] = 1.0;
    for (int j = 0; j < state->npast; j++)
      if (j != i)
        weight[i] *= (t1 - t[j]) / (t[i] - t[j]);
  }
  PetscCall(VecSet(state->newton->u, 0.0));
  PetscCall(VecMAXPY(state->newton->u, BP_RUN_PAST, weight, state->past));
  return 0;
}

/* Strain error of a step that the tolerance allows. */
static double allowed_error(const BpRunState *state) {
  const double tolerance = state->newton->model->bp->solver.time_tolerance;
  return share_of_cycle * tolerance * fmax(least_reference, state->error.reference);
}

/* The second-order formula needs a step on the same side of the last corner. */
static double step_ratio(const BpRunState *state, double dt) {
  return state->npast > 1 ? dt / (state->past_t[0] - state->past_t[1]) : 0.0;
}

/* Temperatures at the end of the step: heat goes there in steps of its own. */
static PetscErrorCode heat_to(BpModel *model, double t1, BpStatus *status, const char **reason) {
  *status = BP_OK;
  if (!model->heat)
    return 0;
  PetscCall(bp_heat_go_back(model->heat));
  PetscCall(bp_heat_advance(model->heat, t1, status));
  *reason = bp_heat_reason(model->heat);
  return 0;
}

/* Solves to t1. status is BP_CUT with a reason and the next step to try when it has to be repeated.
 */
static PetscErrorCode try_step(Run *run, double t1, BpStatus *status, double *next,
                               const char **reason) {
  BpRunState *state = &run->state;
  BpModel *model = state->newton->model;
  const double dt = t1 - state->t;
  model->ratio = step_ratio(state, dt);
  PetscCall(heat_to(model, t1, status, reason));
  if (*status != BP_OK) {
    *next = bp_step_cut(&run->rules, dt, 0.0);
    return 0;
  }
  PetscCall(predict(state, t1));
  PetscCall(bp_model_start_step(model, t1, bp_programme_temperature(run->programme, t1)));
  PetscCall(bp_newton_solve(state->newton, status));
  state->summary->newton += state->newton->newton;
  state->summary->linear += state->newton->linear;
  *reason = state->newton->reason;
  if (*status != BP_OK) {
    *next = bp_step_cut(&run->rules, dt, model->dt_hint < dt ? model->dt_hint : 0.0);
    return 0;
  }
  PetscCall(bp_step_error_estimate(&state->error, dt, model->ratio, &run->step.error));
  run->step.error /= allowed_error(state);
  const double relative = run->step.error;
  *next = bp_step_suggest(&run->rules, dt, relative, model->ratio > 0.0 ? 2 : 1);
  if (bp_step_reject(&run->rules, dt, relative)) {
    *status = BP_CUT;
    *reason = "the error of the inelastic strain is too large";
  }
  return 0;
}

/* After a corner the last step says nothing: a fortieth of what follows. */
static double first_of_segment(const Run *run, const BpCorner *corner) {
  const BpCorner *next = bp_programme_next(run->programme, corner->time);
  return next ? bp_step_ladder((next->time - corner->time) / 40.0) : run->state.dt;
}

static PetscErrorCode accept(Run *run, double t1, double next) {
  BpRunState *state = &run->state;
  BpNewton *newton = state->newton;
  BpModel *model = newton->model;
  BpRunSummary *summary = state->summary;
  const double dt = t1 - state->t;
  const int at_kink = t1 >= bp_case_next_time(model->bp, state->t);
  const BpCorner *corner = bp_programme_next(run->programme, state->t);
  if (corner && t1 < corner->time)
    corner = NULL;
  PetscCall(bp_model_largest_increment(model, &run->step.increment));
  bp_step_error_keep(&state->error, dt, model->ratio);
  PetscCall(bp_model_accept(model));
  if (model->heat)
    PetscCall(bp_heat_keep(model->heat));
  PetscCall(bp_heat_trace_add(&state->trace, model, model->T0));
  PetscCall(
      bp_joint_update(state->joint, newton->u, corner && corner->kind == BP_CORNER_DWELL_END));
  const BpCycle *cycle = bp_cycle_close(state, corner);
  state->t = t1;
  PetscCall(remember(state, corner || at_kink));
  state->dt = corner ? fmin(next, first_of_segment(run, corner)) : next;
  BP_GROW(summary->step_end, summary->accepted + 1);
  summary->step_end[summary->accepted++] = t1;
  run->step = (BpStep){.index = summary->accepted,
                       .time = t1,
                       .temperature = model->T0,
                       .dt = dt,
                       .newton = (int)newton->newton,
                       .linear = (int)newton->linear,
                       .increment = run->step.increment,
                       .error = run->step.error,
                       .corner = corner,
                       .cycle = cycle,
                       .trace = &state->trace};
  if (run->watch->accepted)
    PetscCall(run->watch->accepted(run->watch->context, &run->step));
  return 0;
}

/* One accepted step, or the end of the run. */
static PetscErrorCode advance(Run *run, const BpCorner *corner, int *go_on) {
  BpRunState *state = &run->state;
  BpRunSummary *summary = state->summary;
  for (;;) {
    const double kink = bp_case_next_time(state->newton->model->bp, state->t);
    const double t1 = bp_step_end(&run->rules, state->t, state->dt, fmin(corner->time, kink));
    const char *reason = "";
    double next = 0.0;
    BpStatus status;
    PetscCall(try_step(run, t1, &status, &next, &reason));
    if (status == BP_OK)
      return accept(run, t1, next);
    summary->rejected++;
    if (run->watch->rejected)
      run->watch->rejected(run->watch->context, state->t, t1 - state->t, next, reason);
    if (next <= 0.0) {
      snprintf(summary->reason, sizeof summary->reason, "dt below %g s at t = %g s: %s",
               run->rules.smallest, state->t, reason);
      summary->end = BP_RUN_DIVERGED;
      *go_on = 0;
      return 0;
    }
    state->dt = next;
  }
}

/* After a step that is not the last one: whether to end here, and what is kept. */
static PetscErrorCode pause_run(Run *run, int *go_on) {
  const BpWatch *watch = run->watch;
  const int stopping = watch->stop && watch->stop(watch->context);
  if (watch->keep)
    PetscCall(watch->keep(watch->context, &run->state, stopping));
  if (stopping) {
    run->state.summary->end = BP_RUN_STOPPED;
    *go_on = 0;
  }
  return 0;
}

PetscErrorCode bp_run(BpNewton *newton, BpJoint *joint, const BpProgramme *programme,
                      const BpWatch *watch, BpRunSummary *summary) {
  Run run = {.programme = programme, .watch = watch};
  const BpCorner *corner;
  BpStatus status;
  *summary = (BpRunSummary){.end = BP_RUN_DONE};
  PetscCall(bp_run_state_create(newton, joint, summary, &run.state));
  set_rules(&run);
  PetscCall(begin(&run, &status));
  int go_on = status == BP_OK;
  while (go_on && (corner = bp_programme_next(programme, run.state.t))) {
    PetscCall(advance(&run, corner, &go_on));
    if (go_on && run.step.cycle && bp_cycle_is_steady(&run.state))
      break;
    if (go_on && bp_programme_next(programme, run.state.t))
      PetscCall(pause_run(&run, &go_on));
  }
  /* the last accepted one, also after a failed step */
  PetscCall(VecCopy(run.state.past[0], newton->u));
  summary->time = run.state.t;
  return bp_run_state_free(&run.state);
}

void bp_run_summary_free(BpRunSummary *summary) {
  for (int i = 0; i < summary->ncycles; i++)
    bp_cycle_free(&summary->cycle[i]);
  free(summary->cycle);
  free(summary->step_end);
  *summary = (BpRunSummary){0};
}
