#include "built.h"

#include "units.h"

BpCase *bp_test_built(const char *const *overrides, BpGeometry *g) {
  BpProblems problems = {0};
  BpCase *bp = bp_test_case(overrides);
  const BpStatus status = bp_geometry_build(bp, g, &problems);
  const int count = problems.count;
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_int_equal(status, BP_OK);
  assert_int_equal(count, 0);
  return bp;
}

int bp_test_free_units(void **state) {
  (void)state;
  bp_units_free();
  return 0;
}
