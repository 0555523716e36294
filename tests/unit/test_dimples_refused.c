/* Dimples that cannot be built, by name. Numbers are those of the default package: wall copper 3.5,
 * well 115, hole 125 um; dimples of radius 12 on a circle of 66. */
#include "built.h"

#include <string.h>

#define SHAPE   "package.pad.shape="
#define DIMPLES "package.pad.dimples="

enum { KEYS = 5 };

static const struct {
  const char *keys[KEYS];
  const char *text;
} refusals[] = {
    {{SHAPE "embossed", DIMPLES "{count: 12, radius: 15 um}"},
     "12 dimples of radius 15 um on a circle of 66 um overlap or leave no floor between their wall "
     "copper; reduce radius or count, or raise circle_radius above 78.63 um"},
    {{SHAPE "embossed", DIMPLES "{count: 3, circle_radius: 30 um}"},
     "a circle of 30 um is too tight for dimples of radius 12 um with their copper; raise "
     "circle_radius above 34.1 um, or make one of them the centre"},
    {{SHAPE "embossed", DIMPLES "{count: 8, circle_radius: 104 um}"},
     "dimples of radius 12 um on a circle of 104 um touch the wall of the concave (115 um), whose "
     "circle is in the plan of every shape; reduce circle_radius below 92.9 um or raise "
     "concave.radius"},
    {{SHAPE "embossed", DIMPLES "{count: 8, circle_radius: 98 um}"},
     "no floor is left between the copper of dimples of radius 12 um on a circle of 98 um and that "
     "of the concave (115 um); reduce circle_radius below 92.9 um"},
    {{SHAPE "embossed", DIMPLES "{count: 8, circle_radius: 114 um}"},
     "dimples of radius 12 um on a circle of 114 um leave the pad (connection hole radius 125 um); "
     "reduce circle_radius below 92.9 um"},
    {{SHAPE "embossed", DIMPLES "{count: 8, further_circles: [{count: 4, circle_radius: 42 um}]}"},
     "dimples of radius 12 um on circles of 66 and 42 um overlap or leave no floor between their "
     "wall copper; part the circles by more than 34.1 um"},
    {{SHAPE "embossed", DIMPLES "{count: 3, radius: 20 um, circle_radius: 51 um, centre: 1}"},
     "dimples of radius 20 um on circles of 0 and 51 um overlap"},
    {{SHAPE "embossed", DIMPLES "{count: 8}",
      "package.pad.first_dielectric=[{outer_radius: 66 um}]"},
     "a circle of radius 66 um runs through dimples, whose plan is that from 41.2 to 90.8 um; let "
     "D1 end outside of that"},
    {{SHAPE "embossed", DIMPLES "{count: 8}", "package.pad.ring.gaps.count=3"},
     "dimples stand in place of the rings, and the case has both 8 dimples and gaps of a ring; "
     "write package.pad.dimples.count: 0 or leave the others away"},
    {{SHAPE "convex", DIMPLES "{count: 8}",
      "package.pad.further_rings=[{inner_radius: 20 um, outer_radius: 30 um}]"},
     "the case has both 8 dimples and further rings"},
    {{SHAPE "embossed", DIMPLES "{count: 3, orientation: 20 deg}", "model.symmetry=half"},
     "3 dimples turned by 20 deg are not alike on both sides of y = 0, where the half cell is cut; "
     "turn them by 0 or 60 deg, or leave model.symmetry away"},
    {{SHAPE "convex", DIMPLES "{count: 3, height: 6 um}"},
     "the copper on the dimples rises to 21 um, above the third dielectric (20 um); reduce "
     "dimples.height or raise third.thickness"},
    {{SHAPE "embossed", DIMPLES
      "{count: 1, radius: 2 um, further_circles: [{count: 1, circle_radius: 20 um}, {count: "
      "1, circle_radius: 32 um}, {count: 1, circle_radius: 44 um}, {count: 1, "
      "circle_radius: 80 um}]}"},
     "package.pad.dimples.further_circles has 4 entries; at most 3 are possible"},
    {{SHAPE "embossed", DIMPLES "{count: 8}", "model.kind=octant",
      "package.pad.dimples.orientation=10 deg"},
     "dimples (8 turned by 10 deg on the first circle) are not alike on both sides of the plane of "
     "symmetry that cuts joint {column: 10, row: 10}; turn those of each circle by a multiple of "
     "180 deg over their number, or take model.kind: quarter, which does not cut it"},
};

static void what_does_not_fit_is_refused(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(refusals); i++) {
    const char *keys[KEYS + 1] = {NULL};
    memcpy(keys, refusals[i].keys, sizeof refusals[i].keys);
    BpProblems problems = {0};
    BpGeometry g;
    int said = 0;
    BpCase *bp = bp_test_case(keys);
    assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_BAD);
    for (int k = 0; k < problems.count; k++) {
      said |= strstr(problems.item[k].text, refusals[i].text) != NULL;
      assert_int_equal(problems.item[k].code, BP_EXIT_CASE);
    }
    if (!said) {
      bp_problems_print(&problems, stderr);
      fail_msg("not said: %s", refusals[i].text);
    }
    bp_problems_free(&problems);
    bp_case_free(bp);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_does_not_fit_is_refused),
  };
  return cmocka_run_group_tests_name("refused dimples", tests, NULL, bp_test_free_units);
}
