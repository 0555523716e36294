/* Linear displacement fields u = b + A x, stresses at the points, and copies of the state: for
 * tests whose solution is known everywhere. Functions are collective unless they say otherwise. */
#ifndef BP_TEST_FIELDS_H
#define BP_TEST_FIELDS_H

#include "bench.h"

typedef struct {
  double A[3][3], b[3]; /* 1, m */
} BpTestLinear;

/* A field with random entries of A within +-size and b = 0. [not collective] */
BpTestLinear bp_test_random_linear(double size);

/* Small strain of the field, Mandel. [not collective] */
void bp_test_strain_of(const BpTestLinear *linear, double strain[6]);

/* For bp_test_set_field: the field at x. context is a BpTestLinear. [not collective] */
void bp_test_linear_at(const double x[3], const void *context, double u[3]);

/* For bp_test_prescribe: every node of the hull follows a BpTestLinear; no node is fixed.
 * [not collective] */
unsigned bp_test_fix_hull(const double x[3], int node, const BpTestBench *bench,
                          const void *context, double value[3]);
unsigned bp_test_fix_nothing(const double x[3], int node, const BpTestBench *bench,
                             const void *context, double value[3]);

/* Largest distance of u from the field over all nodes, m. */
double bp_test_distance_from(const BpTestBench *bench, Vec u, const BpTestLinear *linear);

/* Largest difference of the stress from `expected` over all points of all cells, Pa: of the trial
 * state where the law is not linear, from u where it is. */
double bp_test_stress_error(const BpTestBench *bench, Vec u, const double expected[6]);

/* A case whose regions are all of one card, with further overrides (NULL at the end, or NULL).
 * [not collective] */
BpCase *bp_test_case_of(const char *card, const char *const *overrides);

/* Newton's convergence test is relative to the load of linear regions; a body without any needs an
 * absolute one, N. */
void bp_test_absolute_tolerance(const BpTestBench *bench, double force);

/* Solves the step to time t1 (s) and temperature T1 (K) from the last displacement, which must
 * converge, and leaves it as trial. ratio as BpModel.ratio. */
void bp_test_solve_step(const BpTestBench *bench, double t1, double T1, double ratio);

/* An accepted step to a displacement that the test gives; the first one is the joining. */
void bp_test_accept_field(const BpTestBench *bench, const BpTestLinear *field, double t1,
                          double T1);

/* All that a rejected step must not touch, as bytes. [not collective] */
typedef struct {
  size_t size;
  unsigned char *byte;
} BpTestState;

BpTestState bp_test_state(const BpModel *model);
int bp_test_state_differs(const BpTestState *state, const BpModel *model);
void bp_test_state_free(BpTestState *state);

#endif
