/* The linear solver with the motion of a strip's long face: conjugate gradients on all unknowns
 * that are free and the motion, with the solver of the former and four vectors beside it. Each of
 * these is a unit of the motion with what the rest of the body does then, so that the two hardly
 * couple. */
#ifndef BP_LONG_SOLVER_H
#define BP_LONG_SOLVER_H

#include "model.h"

#include <petscksp.h>

typedef struct {
  BpModel *model;
  Mat tangent, all;         /* of the unknowns that are free; of these and the motion */
  Vec extended[BP_MOTIONS]; /* is carried from step to step */
  double inverse[BP_MOTIONS][BP_MOTIONS]; /* of the stiffness of `extended` */
  int made;                               /* 1: extended holds something */
  PC inner;                               /* for the unknowns that are free */
  Vec work;
} BpLongSolver;

/* all, a shell around the tangent and model->long_face->tangent; without a preconditioner.
 * tangent  borrowed   [collective] */
PetscErrorCode bp_long_solver_create(BpModel *model, Mat tangent, BpLongSolver **solver);
PetscErrorCode bp_long_solver_destroy(BpLongSolver **solver);

/* Makes pc the preconditioner of `all` and returns the one for the unknowns that are free, which is
 * to be set up as if it were alone. [collective] */
PetscErrorCode bp_long_solver_attach(BpLongSolver *solver, PC pc, PC *inner);

/* Takes new values; `extended` hardly ages and is made of the first ones after a joining.
 * [collective] */
PetscErrorCode bp_long_solver_update(BpLongSolver *solver);

#endif
