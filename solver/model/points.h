/* State at the quadrature points of one region whose law is not linear. Pure: no PETSc. */
#ifndef BP_POINTS_H
#define BP_POINTS_H

#include "base.h"
#include "fe.h"
#include "law.h"

/* Points of a cell stand together, in the order of its element's rule. `0` is the last accepted
 * state, `1` the trial. */
typedef struct {
  int region;
  const BpLaw *law;
  int ncells, npoints, nstate; /* state values of a point */
  int inelastic, accumulated;  /* offsets of these states */
  int *cell;                   /* [ncells] local cell */
  const BpElement **element;   /* [ncells] */
  int *first;                  /* [ncells + 1] first point of a cell */
  size_t *first_gradient;      /* [ncells + 1] of a cell, in gradient */
  double *gradient;            /* as the elements' kernels take them */
  double *volume;              /* [npoints] m3 */
  double *reference;           /* [npoints][6] total strain at birth */
  double *strain0, *strain1;   /* [npoints][6] mechanical */
  double *stress0, *stress1;   /* [npoints][6] Pa */
  double *state0, *state1;     /* [npoints][nstate] */
  double *earlier;             /* [npoints][nstate] the accepted state before state0 */
  double *work0, *work1;       /* [npoints] J/m3, accumulated inelastic work */
  double *tangent;             /* [npoints][36] Pa */
} BpPointSet;

/* What the points of a region share in a step. */
typedef struct {
  const double *param;   /* constants of the law at T1 */
  const double *thermal; /* [6] thermal strain since the reference */
  /* [points of the cell] where they have temperatures of their own; NULL: those above */
  const double *own_T0, *own_T1, (*own_param)[BP_MAX_PARAMS], (*own_thermal)[6];
  double t0, dt, T0, T1;
  double
      ratio; /* step over the one before it, 0 where that is none: then backward Euler, else BDF2 */
} BpPointStep;

/* Why a step was refused. */
typedef struct {
  double dt_hint;     /* s, a step that would be accepted; as large as it was: no opinion */
  const char *reason; /* BpLawOut.reason of the point */
} BpRefusal;

/* element  [ncells] of the cells that will be added */
void bp_points_create(const BpLaw *law, int region, int ncells, const BpElement *const *element,
                      BpPointSet *set);
void bp_points_free(BpPointSet *set);

/* Gradients and volumes of a cell's points from its nodes xyz, m. BP_BAD: the cell is inverted. */
BpStatus bp_points_place(BpPointSet *set, int cell, const double (*xyz)[3]);

/* Initial state of every point for the given constants. */
void bp_points_start(BpPointSet *set, const double *param);

/* Updates the points of a cell from its displacement u [3 pad]. BP_CUT or BP_BAD if a point
 * refuses the step: *refusal then says why, its dt_hint may be lowered and is never raised. */
BpStatus bp_points_update(BpPointSet *set, int cell, const double *u, const BpPointStep *step,
                          BpRefusal *refusal);

/* Rate of the inelastic strain at the end of a converged step, 1/s. */
void bp_points_rate(const BpPointSet *set, size_t point, double dt, double ratio, double rate[6]);

/* Total strain of a cell's points becomes the reference: stress-free from here on. */
void bp_points_set_reference(BpPointSet *set, int cell, const double *u);

/* The trial state becomes the last accepted one. */
void bp_points_accept(BpPointSet *set);

#endif
