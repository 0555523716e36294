/* Laws from outside in a whole model, against our own. */
#include "block.h"
#include "fields.h"

#include <stdlib.h>

static const double start = 490.15; /* K, load.start of the default case */

/* One case with the joint's solder and copper from our own table and from UMATs: the same
 * equations, hence the same displacement but for where Newton stops, 4e-12 of the load. */
static void laws_from_outside_give_the_same(void **state) {
  (void)state;
#ifdef BP_FORTRAN
  static const char copper[] = "elastic_plastic";
#else
  static const char copper[] = "elastic_plastic_own";
#endif
  double *u[2], largest = 0.0, difference = 0.0, sum[2] = {0.0};
  int n = 0;
  for (int i = 0; i < 2; i++) {
    BpTestBench b;
    char *solder =
        bp_format("materials.solder.card=%s/norton_creep%s.yaml", BP_UMAT_DIR, i ? "_own" : "");
    char *wiring = bp_format("materials.wiring.card=%s/%s.yaml", BP_UMAT_DIR,
                             i ? "elastic_plastic_own" : copper);
    const char *const overrides[] = {"solver.linear=direct",
                                     "model.neutral_distance=2 mm",
                                     "solver.newton_iterations=40",
                                     solder,
                                     wiring,
                                     NULL};
    bp_test_open_world(bp_test_case(overrides), bp_test_small_joint(4, 3, 0.0, 1), &b);
    bp_test_join_at_rest(&b);
    for (int k = 1; k <= 4; k++) {
      bp_test_solve_step(&b, 10.0 * k, start - 20.0 * k, 0.0);
      petsc_ok(bp_model_accept(b.model));
    }
    for (int s = 0; s < b.model->nsets; s++)
      for (int p = 0; p < b.model->set[s].npoints; p++)
        sum[i] += b.model->set[s].work0[p];
    u[i] = bp_test_gather(&b, b.newton->u);
    n = 3 * (int)b.grid->nnodes_all;
    bp_test_close(&b);
    free(solder);
    free(wiring);
  }
  for (int i = 0; i < n; i++) {
    largest = fmax(largest, fabs(u[1][i]));
    difference = fmax(difference, fabs(u[0][i] - u[1][i]));
  }
  print_message("from outside against our own: %.1e\n", difference / largest);
  assert_true(largest > 1e-8);
  assert_close(difference, 0.0, 0.0, 1e-8 * largest);
  assert_false(bp_test_any(PETSC_COMM_WORLD, !(fabs(sum[0] - sum[1]) <= 1e-7 * sum[1])));
  free(u[0]);
  free(u[1]);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(laws_from_outside_give_the_same)};
  return BP_TEST_MAIN(argc, argv, "outside", tests);
}
