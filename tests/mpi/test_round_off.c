/* Newton's method that is asked for more digits than there are. */
#include "block.h"
#include "fields.h"

/* Without a tolerance the iterations end where they no longer make the residual smaller, at what
 * round-off leaves of cancelling forces: a few units of the 16th digit of stiffness times
 * displacement. Without that test they would
 * end after solver.newton_iterations as not converged. */
static void iterations_end_at_round_off(void **state) {
  (void)state;
  static const char *const overrides[] = {"model.neutral_distance=2 mm",
                                          "solver.newton_iterations=40", NULL};
  BpTestBench b;
  bp_test_open_world(bp_test_case(overrides), bp_test_small_joint(4, 3, 0.02, 1), &b);
  bp_test_join_at_rest(&b);
  b.newton->tolerance = 0.0;
  bp_test_solve_step(&b, 1.0, 485.15, 0.0);
  if (b.rank == 0)
    print_message("%d iterations, residual %.1e of the load\n", (int)b.newton->newton,
                  b.newton->residual / b.newton->force_scale);
  assert_in_range(b.newton->newton, 3, 39);
  assert_close(b.newton->residual, 0.0, 0.0, 1e-12 * b.newton->force_scale);
  bp_test_close(&b);
}

/* Copper held all around, as it cools and then does not: nothing is new in the last step but what
 * the one before has left, which is small against what the body bears and not against itself. */
static void a_body_that_bears_without_load(void **state) {
  (void)state;
  static const double temperature[] = {480.0, 470.0, 460.0, 460.0};
  static const BpTestLinear rest = {.b = {0.0}};
  BpTestBench b;
  bp_test_open_world(bp_test_case_of("copper_rdl_bilinear_generic", NULL),
                     bp_test_small_joint(3, 2, 0.02, 0), &b);
  bp_test_join_at_rest(&b);
  bp_test_prescribe(&b, bp_test_fix_hull, &rest);
  petsc_ok(bp_newton_reset(b.newton));
  for (int step = 0; step < BP_COUNT(temperature); step++) {
    bp_test_solve_step(&b, step + 1.0, temperature[step], 0.0);
    petsc_ok(bp_model_accept(b.model));
  }
  assert_in_range(b.newton->newton, 0, 2);
  bp_test_close(&b);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(iterations_end_at_round_off),
                                     cmocka_unit_test(a_body_that_bears_without_load)};
  return BP_TEST_MAIN(argc, argv, "round-off", tests);
}
