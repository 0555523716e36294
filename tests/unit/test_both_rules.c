/* A comparison under both rules of package.ball.rule: what the second run of a case is made of. */
#include "bench.h"

#include "both_rules.h"
#include "units.h"

#include <string.h>

/* In place of the program's, which also loads the cards: the geometry is all that a rule changes.
 */
void bp_setup_complete(BpSetup *setup) {
  assert_int_equal(bp_geometry_build(setup->bp, &setup->geometry, &setup->problems), BP_OK);
}

static void open_setup(const char *shape, const char *key, BpSetup *setup) {
  const char *keys[] = {shape, key, NULL};
  *setup = (BpSetup){.bp = bp_test_case(keys)};
  snprintf(setup->name, sizeof setup->name, "%s", setup->bp->package.pad.shape);
  bp_setup_complete(setup);
}

/* By its ball the embossed pad stands 3 um lower than the flat one, whose stand-off it then takes
 * over with more solder; the other way it gets the solder of its ball. */
static void each_rule_becomes_the_other(void **state) {
  (void)state;
  BpSetup flat, pad;
  open_setup("package.pad.shape=flat", NULL, &flat);
  open_setup("package.pad.shape=embossed", NULL, &pad);
  const BpGeometry by_volume = pad.geometry;
  assert_true(by_volume.standoff < flat.geometry.standoff - 2e-6);
  bp_other_rule(&flat, &pad);
  assert_string_equal(pad.bp->package.ball.rule, "equal_standoff");
  assert_string_equal(pad.name, "embossed_equal_standoff");
  assert_close(pad.geometry.standoff, flat.geometry.standoff, 1e-12, 0.0);
  assert_true(pad.geometry.solder_volume > 1.02 * by_volume.solder_volume);
  bp_other_rule(&flat, &pad);
  assert_string_equal(pad.bp->package.ball.rule, "equal_volume");
  assert_close(pad.geometry.standoff, by_volume.standoff, 1e-12, 0.0);
  const double d = pad.bp->package.ball.diameter;
  assert_close(pad.geometry.solder_volume, M_PI / 6.0 * d * d * d, 1e-12, 0.0);
  bp_case_free(flat.bp);
  bp_case_free(pad.bp);
}

/* The stand-off is the reference's, not that of a flat pad with the case's own ball. */
static void the_reference_gives_the_standoff(void **state) {
  (void)state;
  BpSetup reference, pad;
  open_setup("package.pad.shape=concave", "package.ball.diameter=310 um", &reference);
  open_setup("package.pad.shape=convex", NULL, &pad);
  bp_other_rule(&reference, &pad);
  assert_close(pad.geometry.standoff, reference.geometry.standoff, 1e-12, 0.0);
  bp_case_free(reference.bp);
  bp_case_free(pad.bp);
}

static int free_units(void **state) {
  (void)state;
  bp_units_free();
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_rule_becomes_the_other),
                                     cmocka_unit_test(the_reference_gives_the_standoff)};
  return cmocka_run_group_tests_name("both rules", tests, NULL, free_units);
}
