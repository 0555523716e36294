/* One point of a law, and a step of it, for the tests of laws. */
#ifndef BP_TEST_LAW_POINT_H
#define BP_TEST_LAW_POINT_H

#include "close.h"
#include "subjects.h"

typedef struct {
  const BpLaw *law;
  const BpMaterial *material;   /* gives param at T1; NULL: param stays as it is */
  double param[BP_TEST_PARAMS]; /* at T1 */
  double strain0[6], strain1[6], stress0[6], state0[BP_TEST_STATES];
  double stress1[6], state1[BP_TEST_STATES], tangent[36];
  double t0, dt, T0, T1;
  double work, hint;  /* of the last update */
  const char *reason; /* of the last update */
  double dissipated;  /* J/m3, what an accepted step turned into heat, with the forces of its end */
} BpTestPoint;

/* A virgin point at temperature T, with a step of 1 s and no strain. The material must outlive it.
 */
void bp_test_point(BpTestPoint *p, const BpMaterial *material, double T);

/* The same from a law's name and the text of its constants, which stay those of T. */
void bp_test_point_of(BpTestPoint *p, const char *law, const char *params, double T);

/* Calls the law for the step as it stands; `with_tangent` 0 asks for no tangent. */
BpStatus bp_test_update(BpTestPoint *p, int with_tangent);

/* The end of the step becomes the beginning of the next. */
void bp_test_accept(BpTestPoint *p);

/* Moves to a strain and accepts; fails the test if the law refuses. */
void bp_test_move(BpTestPoint *p, const double strain[6], double dt);

/* A random deviator of length 1. */
void bp_test_deviator(double d[6]);

/* Random number between lo and hi, even in its logarithm. */
double bp_test_random_log(double lo, double hi);

/* Sets strain1 to a random step of this length from strain0, with some volume change. */
void bp_test_random_step(BpTestPoint *p, double size);

/* 1 if nothing that the law wrote is infinite or not a number. */
int bp_test_finite(const BpTestPoint *p);

double bp_test_norm36(const double A[36]);

#endif
