/* Newton's method with its linear solver, and the steps of a load programme. */
#ifndef BP_SOLVE_H
#define BP_SOLVE_H

#include "long_solver.h"
#include "model.h"
#include "programme.h"
#include "third_level.h"

#include <petscsnes.h>

/* ---- one step */

typedef struct {
  BpModel *model;
  SNES snes;
  Mat shell; /* the tangent for the Krylov solver: fine itself, or a shell around it */
  BpLongSolver *long_solver; /* of a strip, whose tangent has the motion of the long face too */
  Mat fine, coarse;          /* of the model */
  Mat prolongation;          /* NULL with the direct solver */
  BpThirdLevel *third;       /* NULL where the coarse level is factored */
  Vec u, last;               /* displacement; where the points were last evaluated */
  double tolerance;          /* of the residual, relative to force_scale */
  double force_scale;        /* N, norm of the load, see newton.c */
  double residual;           /* N, norm at the last iteration */
  BpStatus status;           /* of the last evaluation */
  int solves; /* steps with a tangent since the set-up; is carried from step to step, and
                 so are the values of coarse: the coarse factor is made of them */
  PetscInt newton, linear; /* iterations of the last step */
  const char *reason; /* why the last step failed; points to what does not change, or to text */
  char text[256];
} BpNewton;

/* Solver for a model, set up by the case's `solver` section; options of the PETSc database
 * override. [collective] */
PetscErrorCode bp_newton_create(BpModel *model, BpNewton **newton);
PetscErrorCode bp_newton_destroy(BpNewton **newton);

/* Rebuilds what depends on which unknowns are prescribed (after the joining). [collective] */
PetscErrorCode bp_newton_reset(BpNewton *newton);

/* The same after a resume (bp_model_go_on), with solves and the values of coarse as
 * another process left them; solves 0: the coarse factor is made anew in the next step.
 * [collective] */
PetscErrorCode bp_newton_go_on(BpNewton *newton);

/* Solves the step that bp_model_start_step prepared, from newton->u as first guess.   [collective]
 * status  BP_OK converged; BP_CUT: the step is too large, newton->reason says why */
PetscErrorCode bp_newton_solve(BpNewton *newton, BpStatus *status);

/* Sets up two-level p-multigrid or a direct solver on the KSP of newton->snes. [collective] */
PetscErrorCode bp_linear_solver_setup(BpNewton *newton);

/* This rank's values of newton->coarse, none with the direct solver: their number, copies out of it
 * and into it. The order is that of the partition. [set: collective] */
PetscErrorCode bp_newton_coarse_count(const BpNewton *newton, PetscInt *n);
PetscErrorCode bp_newton_get_coarse(const BpNewton *newton, double *value);
PetscErrorCode bp_newton_set_coarse(BpNewton *newton, const double *value);

/* The coarse factor is made anew in the first Newton iteration of a step and serves the others.
 * renew  1: now, of new values of newton->coarse; else these stay as they are   [collective] */
PetscErrorCode bp_linear_solver_keep_coarse(BpNewton *newton, int *renew);

/* Takes the new values of the fine matrix, and with `renew` those of the coarse one, which is
 * factored.   [collective]
 * definite  0 where the matrices are seen not to be positive definite */
PetscErrorCode bp_linear_solver_update(BpNewton *newton, int renew, int *definite);

#endif
