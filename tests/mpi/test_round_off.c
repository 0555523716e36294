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

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(iterations_end_at_round_off)};
  return BP_TEST_MAIN(argc, argv, "round-off", tests);
}
