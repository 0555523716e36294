/* A run: the joining, then the load programme step by step. */
#ifndef BP_STEPPER_H
#define BP_STEPPER_H

#include "joint.h"
#include "solve.h"

/* An accepted step. Step 0 is the equilibrium at the joining. */
typedef struct {
  int index;
  double time, temperature, dt; /* s, K, s */
  int newton, linear;           /* iterations */
  double increment;       /* largest equivalent inelastic increment at a point of the solder */
  double error;           /* estimated error of the step over the one that the tolerance allows */
  const BpCorner *corner; /* corner of the programme that the step ends on, NULL if none */
  const BpCycle *cycle;   /* the cycle that the step closes, NULL if none */
} BpStep;

/* Those who watch a run; every function is called on all ranks and may be NULL. */
typedef struct {
  void *context;
  PetscErrorCode (*accepted)(void *context, const BpStep *step);
  void (*rejected)(void *context, double time, double dt, double next, const char *reason);
  int (*stop)(void *context); /* 1 on every rank: end after this step */
} BpWatch;

typedef enum { BP_RUN_DONE, BP_RUN_DIVERGED, BP_RUN_STOPPED } BpRunEnd;

typedef struct {
  BpRunEnd end;
  int accepted, rejected;
  long newton, linear; /* iterations of all steps, rejected ones too */
  double time;         /* s, last accepted */
  char reason[256];    /* why it ended early */
  double *step_end;    /* [accepted] s, ends of the accepted steps */
} BpRunSummary;

/* Runs the case's programme.   [collective]
 * model, newton, joint  fresh; they hold the last accepted state afterwards
 * Free summary->step_end with free(). */
PetscErrorCode bp_run(BpNewton *newton, BpJoint *joint, const BpProgramme *programme,
                      const BpWatch *watch, BpRunSummary *summary);

#endif
