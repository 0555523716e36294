/* Steps that fail: each leaves the state as it was and says why. */
#include "block.h"
#include "fields.h"

#include <regex.h>
#include <stdlib.h>

static const double start = 490.15; /* K, load.start of the default case */

/* A joint of full layers whose copper, deposited hot, flows as it cools. */
static void open_joint(const char *more, BpTestBench *b) {
  const char *const overrides[] = {"solver.linear=direct",
                                   "materials.wiring.stress_free=350 degC",
                                   "model.neutral_distance=2 mm",
                                   "solver.newton_iterations=40",
                                   more,
                                   NULL};
  bp_test_open_world(bp_test_case(overrides), bp_test_small_joint(4, 3, 0.0, 0), b);
}

static void open_sides(const char *const *overrides, BpTestBench *b) {
  bp_test_open_world(bp_test_case(overrides), bp_test_small_joint(4, 3, 0.0, 1), b);
}

/* Sides are free; the back of the die is held and the back of the board moves by `context` (m). */
static unsigned shear(const double x[3], int node, const BpTestBench *b, const void *context,
                      double value[3]) {
  const double *move = context;
  (void)node;
  (void)b;
  value[0] = x[2] > 0.0 ? *move : 0.0;
  value[1] = value[2] = 0.0;
  return x[2] > 399e-6 || x[2] < -349e-6 ? 7u : 0u;
}

static void prescribe_shear(BpTestBench *b, double move) {
  bp_test_prescribe(b, shear, &move);
  petsc_ok(bp_newton_reset(b->newton));
}

static int matches(const char *text, const char *pattern) {
  regex_t expression;
  assert_int_equal(regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB), 0);
  const int found = regexec(&expression, text, 0, NULL, 0) == 0;
  regfree(&expression);
  return found;
}

/* A step is tried that fails for the given reason, a regular expression: nothing of the state
 * changes, and the step that follows comes out as if it had not been tried. */
static void leaves_no_trace(const char *more, double move, double dt, const char *reason) {
  BpTestBench b;
  BpStatus status;
  double *u[2], largest = 0.0;
  PetscInt most;
  open_joint(more, &b);
  bp_test_join_at_rest(&b);
  prescribe_shear(&b, 0.0);
  petsc_ok(SNESGetTolerances(b.newton->snes, NULL, NULL, NULL, &most, NULL));
  petsc_ok(SNESSetTolerances(b.newton->snes, 0.0, 0.0, 0.0, 40, 1000));
  bp_test_solve_step(&b, 1.0, start - 1.0, 0.0);
  petsc_ok(bp_model_accept(b.model));
  BpTestState before = bp_test_state(b.model);
  Vec last;
  petsc_ok(VecDuplicate(b.newton->u, &last));
  petsc_ok(VecCopy(b.newton->u, last));
  const int n = 3 * (int)b.grid->nnodes_all;
  for (int i = 0; i < 2; i++) {
    if (i == 0) { /* the step that fails */
      prescribe_shear(&b, move);
      petsc_ok(SNESSetTolerances(b.newton->snes, 0.0, 0.0, 0.0, most, 1000));
      petsc_ok(bp_model_start_step(b.model, 1.0 + dt, start - 2.0));
      petsc_ok(bp_newton_solve(b.newton, &status));
      assert_int_equal(status, BP_CUT);
      assert_true(matches(b.newton->reason, reason));
      assert_false(bp_test_any(b.comm, bp_test_state_differs(&before, b.model)));
      prescribe_shear(&b, 0.0);
      petsc_ok(SNESSetTolerances(b.newton->snes, 0.0, 0.0, 0.0, 40, 1000));
    }
    petsc_ok(VecCopy(last, b.newton->u));
    bp_test_solve_step(&b, 2.0, start - 2.0, 0.0);
    u[i] = bp_test_gather(&b, b.newton->u);
  }
  for (int k = 0; k < n; k++)
    largest = fmax(largest, fabs(u[1][k]));
  for (int k = 0; k < n; k++)
    assert_close(u[0][k], u[1][k], 0.0, 1e-10 * largest);
  free(u[0]);
  free(u[1]);
  bp_test_state_free(&before);
  petsc_ok(VecDestroy(&last));
  bp_test_close(&b);
}

static void a_refused_step_leaves_no_trace(void **state) {
  (void)state; /* 2 mm over 60 um of solder */
  leaves_no_trace(NULL, 2e-3, 10.0,
                  "^solder: anand: more than 50 % inelastic strain in one step; "
                  "[0-9.e-]+ s would do$");
}

static void a_step_without_convergence_leaves_no_trace(void **state) {
  (void)state;
  leaves_no_trace("solver.newton_iterations=1", 1e-6, 1.0, "Newton's iterations do not converge");
}

/* ---- laws and models that have no answer */

static const BpLaw *right; /* the law that the spoilt ones stand for */

static BpStatus gives_nan(const BpLawIn *in, BpLawOut *out) {
  const BpStatus status = right->update(in, out);
  out->stress1[0] = (double)NAN;
  return status;
}

/* The stress stays; its tangent has the wrong sign. */
static BpStatus softens(const BpLawIn *in, BpLawOut *out) {
  const BpStatus status = right->update(in, out);
  for (int i = 0; i < 36; i++)
    out->tangent[i] *= -1.0;
  return status;
}

/* A step with the solder's law spoilt fails for the given reason and leaves the state; with the
 * right law it is taken afterwards. */
static void recovers_from(const char *solver, BpStatus (*update)(const BpLawIn *, BpLawOut *),
                          const char *reason) {
  const char *const overrides[] = {solver, "model.neutral_distance=2 mm",
                                   "solver.newton_iterations=40", NULL};
  BpTestBench b;
  BpStatus status;
  open_sides(overrides, &b);
  bp_test_join_at_rest(&b);
  bp_test_solve_step(&b, 1.0, start - 1.0, 0.0);
  petsc_ok(bp_model_accept(b.model));
  BpPointSet *set = b.model->set;
  while (set->region != BP_REGION_SOLDER)
    set++;
  right = set->law;
  BpLaw spoilt = *right;
  spoilt.update = update;
  BpTestState before = bp_test_state(b.model);
  Vec last;
  petsc_ok(VecDuplicate(b.newton->u, &last));
  petsc_ok(VecCopy(b.newton->u, last));
  set->law = &spoilt;
  petsc_ok(bp_model_start_step(b.model, 2.0, start - 2.0));
  petsc_ok(bp_newton_solve(b.newton, &status));
  assert_int_equal(status, BP_CUT);
  print_message("%s\n", b.newton->reason);
  assert_true(matches(b.newton->reason, reason));
  assert_false(bp_test_any(b.comm, bp_test_state_differs(&before, b.model)));
  set->law = right;
  petsc_ok(VecCopy(last, b.newton->u));
  bp_test_solve_step(&b, 2.0, start - 2.0, 0.0);
  bp_test_state_free(&before);
  petsc_ok(VecDestroy(&last));
  bp_test_close(&b);
}

static void nan_from_a_law_ends_the_step(void **state) {
  (void)state;
  recovers_from("solver.coarse=factor", gives_nan, "^solder: anand: its stress is not a number$");
  recovers_from("solver.linear=direct", gives_nan, "^solder: anand: its stress is not a number$");
}

static void an_indefinite_tangent_ends_the_step(void **state) {
  (void)state;
  static const char reason[] = "^the tangent is not positive definite: solder softens .anand.$";
  recovers_from("solver.coarse=factor", softens, reason);
  recovers_from("solver.coarse=aggregates", softens, reason);
}

static unsigned nothing(const double x[3], int node, const BpTestBench *b, const void *context,
                        double value[3]) {
  (void)x;
  (void)node;
  (void)b;
  (void)context;
  value[0] = value[1] = value[2] = 0.0;
  return 0u;
}

/* No mesh of a user's comes that far (mesh/held.h). */
static void a_free_body_is_named(void **state) {
  (void)state;
  const char *const overrides[] = {"solver.coarse=factor", NULL};
  BpTestBench b;
  BpStatus status;
  bp_test_open_world(bp_test_case(overrides), bp_test_small_joint(4, 3, 0.0, 0), &b);
  bp_test_join_at_rest(&b);
  bp_test_prescribe(&b, nothing, NULL);
  petsc_ok(bp_newton_reset(b.newton));
  petsc_ok(bp_model_start_step(b.model, 1.0, start - 1.0));
  petsc_ok(bp_newton_solve(b.newton, &status));
  print_message("%d %s\n", (int)status, b.newton->reason);
  assert_int_equal(status, BP_CUT);
  assert_string_equal(b.newton->reason, "the tangent is not positive definite: a part of the model "
                                        "is held too little");
  bp_test_close(&b);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_refused_step_leaves_no_trace),
      cmocka_unit_test(a_step_without_convergence_leaves_no_trace),
      cmocka_unit_test(nan_from_a_law_ends_the_step),
      cmocka_unit_test(an_indefinite_tangent_ends_the_step),
      cmocka_unit_test(a_free_body_is_named),
  };
  return BP_TEST_MAIN(argc, argv, "failing", tests);
}
