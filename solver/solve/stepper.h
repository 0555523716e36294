/* A run: the joining, then the load programme step by step. */
#ifndef BP_STEPPER_H
#define BP_STEPPER_H

#include "error.h"
#include "heat_trace.h"
#include "solve.h"

/* An accepted step. Step 0 is the equilibrium at the joining. */
typedef struct {
  int index;
  double time, temperature, dt; /* s, K, s */
  int newton, linear;           /* iterations */
  double increment;         /* largest equivalent inelastic increment at a point of the solder */
  double error;             /* estimated error of the step over the one that the tolerance allows */
  const BpCorner *corner;   /* corner of the programme that the step ends on, NULL if none */
  const BpCycle *cycle;     /* the cycle that the step closes, NULL if none */
  const BpHeatTrace *trace; /* temperatures so far */
} BpStep;

typedef enum { BP_RUN_DONE, BP_RUN_DIVERGED, BP_RUN_STOPPED } BpRunEnd;

typedef struct {
  BpRunEnd end;
  int accepted, rejected;
  long newton, linear; /* iterations of all steps, rejected ones too */
  double time;         /* s, last accepted */
  char reason[256];    /* why it ended early, also where it is done because it is steady */
  double *step_end;    /* [accepted] s, ends of the accepted steps */
  BpCycle *cycle;      /* [ncycles] full cycles that have ended */
  int ncycles;
} BpRunSummary;

enum { BP_RUN_PAST = 3 }; /* displacements that the first guess runs through */

/* All that a run carries from one step to the next: with it, and nothing else, a new process goes
 * on in the same way. What is not here is computed from it. */
typedef struct {
  BpNewton *newton; /* what it says itself, and the model's last accepted state */
  BpJoint *joint;   /* starts of the cycle, range, at_dwell */
  BpStepError error;
  Vec past[BP_RUN_PAST];      /* displacement of the last accepted steps, the last one first */
  double past_t[BP_RUN_PAST]; /* s, their ends */
  int npast;                  /* how many of them are on this side of the last corner */
  double t, dt;               /* s, last accepted; next step */
  BpHeatTrace trace;          /* of temperatures, where heat is solved for */
  BpRunSummary *summary;      /* counts, step_end, cycles */
} BpRunState;

/* An empty state of a run; what it holds is freed, not newton, joint and summary.   [collective] */
PetscErrorCode bp_run_state_create(BpNewton *newton, BpJoint *joint, BpRunSummary *summary,
                                   BpRunState *state);
PetscErrorCode bp_run_state_free(BpRunState *state);

/* Those who watch a run; every function is called on all ranks and may be NULL.
 * resume  before the joining: may fill the state that another process kept; *resumed 1 then
 * stop    after an accepted step that is not the last: 1 on every rank to end here
 * keep    after that, to keep the state; stopping is what `stop` said */
typedef struct {
  void *context;
  PetscErrorCode (*accepted)(void *context, const BpStep *step);
  void (*rejected)(void *context, double time, double dt, double next, const char *reason);
  int (*stop)(void *context);
  PetscErrorCode (*keep)(void *context, BpRunState *state, int stopping);
  PetscErrorCode (*resume)(void *context, BpRunState *state, int *resumed);
} BpWatch;

/* Runs the case's programme.   [collective]
 * model, newton, joint  fresh; they hold the last accepted state afterwards
 * Free the summary with bp_run_summary_free(). */
PetscErrorCode bp_run(BpNewton *newton, BpJoint *joint, const BpProgramme *programme,
                      const BpWatch *watch, BpRunSummary *summary);
/* Runs heat alone, model->heat, through the case's programme: the steps are those of heat,
 * displacement stays 0. The temperature of a step is the largest one.   [collective] */
PetscErrorCode bp_run_heat(BpNewton *newton, BpJoint *joint, const BpProgramme *programme,
                           const BpWatch *watch, BpRunSummary *summary);

void bp_run_summary_free(BpRunSummary *summary);

#endif
