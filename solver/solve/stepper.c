#include "stepper.h"

#include "error.h"
#include "step_size.h"

#include <stdlib.h>

/* A step's error may be this share of a cycle's strain, for a tolerance of 1. Errors of single
 * steps cancel and are forgotten in the dwells; the share is measured such that the tolerance is
 * met by the work per cycle (docs/adr/0008). */
static const double share_of_cycle = 1.0;
static const double least_reference = 1e-2; /* strain; before anything has crept */
static const int most_past = 3;             /* displacements that the first guess runs through */

typedef struct {
  BpNewton *newton;
  BpJoint *joint;
  const BpProgramme *programme;
  const BpWatch *watch;
  BpRunSummary *summary;
  BpStepRules rules;
  BpStepError error;
  Vec past[3];      /* displacement of the last accepted steps, the last one first */
  double past_t[3]; /* s, their ends */
  int npast;        /* how many of them are on this side of the last corner */
  double t, dt;     /* last accepted time; next step */
  BpStep step;
} Run;

static PetscErrorCode start(Run *run) {
  const BpSolverCase *wanted = &run->newton->model->bp->solver;
  run->rules = (BpStepRules){wanted->first_step, wanted->min_step, wanted->max_step, wanted->times,
                             wanted->ntimes};
  run->dt = wanted->first_step;
  bp_step_error_create(run->joint, &run->error);
  for (int i = 0; i < 3; i++)
    PetscCall(VecDuplicate(run->newton->u, &run->past[i]));
  return 0;
}

static PetscErrorCode finish(Run *run) {
  bp_step_error_free(&run->error);
  for (int i = 0; i < 3; i++)
    PetscCall(VecDestroy(&run->past[i]));
  return 0;
}

/* Newton's solution becomes the last of the past ones. */
static PetscErrorCode remember(Run *run, int at_corner) {
  const Vec oldest = run->past[2];
  for (int i = 2; i > 0; i--) {
    run->past[i] = run->past[i - 1];
    run->past_t[i] = run->past_t[i - 1];
  }
  run->past[0] = oldest;
  run->past_t[0] = run->t;
  run->npast = at_corner ? 1 : run->npast < most_past ? run->npast + 1 : most_past;
  return VecCopy(run->newton->u, run->past[0]);
}

/* Equilibrium of what exists before the joining, at the joining temperature. */
static PetscErrorCode join(Run *run, BpStatus *status) {
  BpModel *model = run->newton->model;
  PetscCall(bp_model_start_step(model, 0.0, model->bp->load.start));
  PetscCall(bp_newton_solve(run->newton, status));
  run->summary->newton += run->newton->newton;
  run->summary->linear += run->newton->linear;
  if (*status != BP_OK)
    return 0;
  PetscCall(bp_model_join(model, run->newton->u));
  PetscCall(bp_newton_reset(run->newton));
  PetscCall(remember(run, 1));
  PetscCall(bp_joint_update(run->joint, run->newton->u, 0));
  run->step = (BpStep){.temperature = model->T0,
                       .newton = (int)run->newton->newton,
                       .linear = (int)run->newton->linear};
  if (run->watch->accepted)
    PetscCall(run->watch->accepted(run->watch->context, &run->step));
  return 0;
}

/* First guess: the motion of the last steps goes on, through as many of them as lie on this side of
 * the last corner. */
static PetscErrorCode predict(Run *run, double t1) {
  double weight[3] = {1.0, 0.0, 0.0};
  for (int i = 0; i < run->npast; i++) {
    weight[i] = 1.0;
    for (int j = 0; j < run->npast; j++)
      if (j != i)
        weight[i] *= (t1 - run->past_t[j]) / (run->past_t[i] - run->past_t[j]);
  }
  PetscCall(VecSet(run->newton->u, 0.0));
  PetscCall(VecMAXPY(run->newton->u, 3, weight, run->past));
  return 0;
}

/* Strain error of a step that the tolerance allows. */
static double allowed_error(const Run *run) {
  const double tolerance = run->newton->model->bp->solver.time_tolerance;
  return share_of_cycle * tolerance * fmax(least_reference, run->error.reference);
}

/* The second-order formula needs a step on the same side of the last corner. */
static double step_ratio(const Run *run, double dt) {
  return run->npast > 1 ? dt / (run->past_t[0] - run->past_t[1]) : 0.0;
}

/* Solves to t1. status is BP_CUT with a reason and the next step to try when it has to be repeated.
 */
static PetscErrorCode try_step(Run *run, double t1, BpStatus *status, double *next,
                               const char **reason) {
  BpModel *model = run->newton->model;
  const double dt = t1 - run->t;
  model->ratio = step_ratio(run, dt);
  PetscCall(predict(run, t1));
  PetscCall(bp_model_start_step(model, t1, bp_programme_temperature(run->programme, t1)));
  PetscCall(bp_newton_solve(run->newton, status));
  run->summary->newton += run->newton->newton;
  run->summary->linear += run->newton->linear;
  *reason = run->newton->reason;
  if (*status != BP_OK) {
    *next = bp_step_cut(&run->rules, dt, model->dt_hint < dt ? model->dt_hint : 0.0);
    return 0;
  }
  PetscCall(bp_step_error_estimate(&run->error, dt, model->ratio, &run->step.error));
  run->step.error /= allowed_error(run);
  const double relative = run->step.error;
  *next = bp_step_suggest(&run->rules, dt, relative, model->ratio > 0.0 ? 2 : 1);
  if (bp_step_reject(&run->rules, dt, relative)) {
    *status = BP_CUT;
    *reason = "the error of the inelastic strain is too large";
  }
  return 0;
}

/* Strain that the error of the next steps is compared with. */
static void update_reference(Run *run, const BpCycle *cycle) {
  const BpJoint *joint = run->joint;
  for (int side = 0; side < BP_SIDES; side++) {
    const int layer = joint->layer[side];
    const double strain =
        cycle ? cycle->strain[layer] : joint->strain[layer] - joint->strain_start[layer];
    run->error.reference = fmax(run->error.reference, strain);
  }
}

/* After a corner the last step says nothing: a fortieth of what follows. */
static double first_of_segment(const Run *run, const BpCorner *corner) {
  const BpCorner *next = bp_programme_next(run->programme, corner->time);
  return next ? bp_step_ladder((next->time - corner->time) / 40.0) : run->dt;
}

static PetscErrorCode accept(Run *run, double t1, double next) {
  BpModel *model = run->newton->model;
  const BpCorner *corner = bp_programme_next(run->programme, run->t);
  const double dt = t1 - run->t;
  const int at_corner = corner && t1 >= corner->time;
  BpCycle cycle = {0};
  PetscCall(bp_model_largest_increment(model, &run->step.increment));
  bp_step_error_keep(&run->error, dt, model->ratio);
  PetscCall(bp_model_accept(model));
  PetscCall(bp_joint_update(run->joint, run->newton->u,
                            at_corner && corner->kind == BP_CORNER_DWELL_END));
  if (at_corner && (corner->closes_cycle || (corner->cycle < 0 && corner[1].cycle >= 0)))
    cycle = bp_joint_close_cycle(run->joint, corner->cycle);
  update_reference(run, cycle.work ? &cycle : NULL);
  run->t = t1;
  PetscCall(remember(run, at_corner));
  run->dt = at_corner ? fmin(next, first_of_segment(run, corner)) : next;
  BP_GROW(run->summary->step_end, run->summary->accepted + 1);
  run->summary->step_end[run->summary->accepted++] = t1;
  run->step = (BpStep){.index = run->summary->accepted,
                       .time = t1,
                       .temperature = model->T0,
                       .dt = dt,
                       .newton = (int)run->newton->newton,
                       .linear = (int)run->newton->linear,
                       .increment = run->step.increment,
                       .error = run->step.error,
                       .corner = at_corner ? corner : NULL,
                       .cycle = cycle.work && corner->closes_cycle ? &cycle : NULL};
  if (run->watch->accepted)
    PetscCall(run->watch->accepted(run->watch->context, &run->step));
  bp_cycle_free(&cycle);
  return 0;
}

/* One accepted step, or the end of the run. */
static PetscErrorCode advance(Run *run, const BpCorner *corner, int *go_on) {
  for (;;) {
    const double t1 = bp_step_end(&run->rules, run->t, run->dt, corner->time);
    const char *reason = "";
    double next = 0.0;
    BpStatus status;
    PetscCall(try_step(run, t1, &status, &next, &reason));
    if (status == BP_OK)
      return accept(run, t1, next);
    run->summary->rejected++;
    if (run->watch->rejected)
      run->watch->rejected(run->watch->context, run->t, t1 - run->t, next, reason);
    if (next <= 0.0) {
      snprintf(run->summary->reason, sizeof run->summary->reason, "dt below %g s at t = %g s: %s",
               run->rules.smallest, run->t, reason);
      run->summary->end = BP_RUN_DIVERGED;
      *go_on = 0;
      return 0;
    }
    run->dt = next;
  }
}

PetscErrorCode bp_run(BpNewton *newton, BpJoint *joint, const BpProgramme *programme,
                      const BpWatch *watch, BpRunSummary *summary) {
  Run run = {
      .newton = newton, .joint = joint, .programme = programme, .watch = watch, .summary = summary};
  BpStatus status;
  int go_on = 1;
  *summary = (BpRunSummary){.end = BP_RUN_DONE};
  PetscCall(start(&run));
  PetscCall(join(&run, &status));
  if (status != BP_OK) {
    summary->end = BP_RUN_DIVERGED;
    snprintf(summary->reason, sizeof summary->reason, "no equilibrium at the joining: %s",
             newton->reason);
    go_on = 0;
  }
  const BpCorner *corner;
  while (go_on && (corner = bp_programme_next(programme, run.t))) {
    PetscCall(advance(&run, corner, &go_on));
    if (go_on && watch->stop && watch->stop(watch->context) &&
        bp_programme_next(programme, run.t)) {
      summary->end = BP_RUN_STOPPED;
      go_on = 0;
    }
  }
  PetscCall(VecCopy(run.past[0], newton->u)); /* the last accepted one, also after a failed step */
  summary->time = run.t;
  PetscCall(finish(&run));
  return 0;
}
