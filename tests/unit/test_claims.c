/* What is measured of a pad on its mesh against closed forms, and what the claims make of it. The
 * numbers are those of the default package: t1 = t2 = 5, ring 55 to 77.8, well 115, hole 125 um. */
#include "built.h"

#include "claims.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS = 6 };

static const double pi = 3.14159265358979323846, um2 = 1e-12;

/* 16 quadratic arcs of a circle miss 5e-5 of a disc's area; two of them may add. */
static const double arcs = 1.5e-4;

static const BpConnection wired = {BP_TRUTH_YES, BP_TRUTH_YES};

static double plan(double inner, double outer) {
  return pi * (outer * outer - inner * inner);
}

/* Measures the default package with the given keys; claims may be NULL. */
static BpPadMeasure examine(const char *const *keys, BpConnection connection,
                            BpClaim claim[BP_CLAIMS]) {
  BpProblems problems = {0};
  BpGeometry g;
  BpCase *bp = bp_test_case(keys);
  assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_OK);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_non_null(mesh);
  BpClaimFacts facts = {.bp = bp, .connection = connection};
  bp_pad_measure(mesh, &g, &facts.pad);
  if (claim)
    bp_claims(&facts, claim);
  bp_mesh_free(mesh);
  bp_case_free(bp);
  bp_problems_free(&problems);
  return facts.pad;
}

static const BpClaim *numbered(const BpClaim *claim, int number) {
  for (int i = 0; i < BP_CLAIMS; i++)
    if (claim[i].claim == number)
      return &claim[i];
  fail();
  return NULL;
}

/* ---- measures */

static void embossed_pad_has_its_areas(void **state) {
  (void)state;
  const char *keys[] = {"package.pad.shape=embossed", NULL};
  const BpPadMeasure m = examine(keys, wired, NULL);
  const double ring = plan(55, 77.8), walls = 2 * pi * (55 + 77.8) * 5, well = 2 * pi * 115 * 5;
  assert_close(m.on_passivation, um2 * (plan(0, 115) - ring), arcs, 0.0);
  assert_close(m.floor_passivation, um2 * (plan(0, 115) - ring), arcs, 0.0);
  assert_close(m.inside_passivation, um2 * plan(0, 55), arcs, 0.0);
  assert_close(m.on_d1, um2 * well, arcs, 0.0);
  assert_close(m.on_d2, um2 * (ring + walls + well), arcs, 0.0);
  assert_true(m.floor_d1 == 0.0 && m.inside_d1 == 0.0);
  assert_close(m.convex, um2 * ring, arcs, 0.0);
  assert_close(m.convex_height, 5e-6, arcs, 0.0);
  assert_int_equal(m.rings, 1);
  assert_int_equal(m.gaps, 0);
  assert_close(m.convex_inner, 55e-6, 1e-9, 0.0);
  assert_close(m.convex_outer, 77.8e-6, 1e-9, 0.0);
  assert_true(m.annulus_deviation < arcs);
  assert_close(m.convex_wall.least, 0.5 * pi, 1e-9, 0.0);
  assert_close(m.convex_wall.most, 0.5 * pi, 1e-9, 0.0);
  assert_close(m.well_wall, um2 * 2 * well, arcs, 0.0);
  assert_close(m.well_depth, 10e-6, 1e-9, 0.0);
  assert_close(m.well_radius_least, 115e-6, 1e-9, 0.0);
  assert_close(m.well_radius_most, 115e-6, 1e-9, 0.0);
}

/* Copper 5 um thick covers all of the pad, 3.5 um on walls: the solder side of a wall is that much
 * farther inside or outside. */
static void hole_exposes_all_of_it(void **state) {
  (void)state;
  const char *keys[] = {"package.pad.shape=embossed", NULL};
  const BpPadMeasure m = examine(keys, wired, NULL);
  assert_close(m.exposed, um2 * plan(0, 115), arcs, 0.0);
  assert_close(m.exposed_convex, um2 * plan(55, 77.8), arcs, 0.0);
  assert_close(m.exposed_floor, um2 * (plan(0, 115) - plan(55, 77.8)), arcs, 0.0);
  assert_close(m.exposed_inner_wall, um2 * 2 * pi * 51.5 * 5, arcs, 0.0);
  assert_close(m.exposed_outer_wall, um2 * 2 * pi * 81.3 * 5, arcs, 0.0);
  assert_close(m.solder, pi / 6 * 300e-6 * 300e-6 * 300e-6, arcs, 0.0);
}

/* Where D2 is whole, only what stands on it is convex. */
static void whole_dielectrics_are_no_convex_portion(void **state) {
  (void)state;
  const char *flat[] = {"package.pad.shape=flat", NULL};
  const char *convex[] = {"package.pad.shape=convex", NULL};
  BpPadMeasure m = examine(flat, wired, NULL);
  assert_int_equal(m.rings, 0);
  assert_true(m.convex == 0.0 && m.on_passivation == 0.0 && m.on_d1 == 0.0 && m.well_wall == 0.0);
  assert_close(m.on_d2, um2 * plan(0, 115), arcs, 0.0);
  assert_true(isnan(m.convex_height));
  m = examine(convex, wired, NULL);
  assert_int_equal(m.rings, 1);
  assert_close(m.convex, um2 * plan(55, 77.8), arcs, 0.0);
  assert_close(m.convex_height, 5e-6, 1e-6, 0.0);
}

/* A pedestal of D1 under a part of the ring lifts that part; D2 is as thick as everywhere. */
static void height_is_that_of_d2_alone(void **state) {
  (void)state;
  const char *keys[] = {"package.pad.shape=embossed",
                        "package.pad.first_dielectric=[{outer_radius: 65 um}]",
                        "package.dielectrics.first.thickness=3 um", NULL};
  const BpPadMeasure m = examine(keys, wired, NULL);
  assert_close(m.convex_height, 5e-6, arcs, 0.0);
  assert_close(m.inside_d1, um2 * plan(0, 55), arcs, 0.0);
  assert_close(m.convex, um2 * plan(55, 77.8), arcs, 0.0);
}

static void rings_and_gaps_are_counted(void **state) {
  (void)state;
  static const struct {
    const char *keys[KEYS];
    int rings, gaps;
    double share; /* of the ring that is there */
  } row[] = {
      {{"package.pad.ring.gaps.count=1"}, 1, 1, 340.0 / 360},
      {{"package.pad.ring.gaps.count=1", "package.pad.ring.gaps.orientation=180 deg"},
       1,
       1,
       340.0 / 360},
      {{"package.pad.ring.gaps.count=2", "package.pad.ring.gaps.orientation=90 deg"},
       1,
       2,
       320.0 / 360},
      {{"package.pad.ring.gaps.count=3", "package.pad.ring.gaps.angle=40 deg"}, 1, 3, 240.0 / 360},
      {{"package.pad.ring.gaps.count=4", "package.pad.ring.gaps.orientation=45 deg"},
       1,
       4,
       280.0 / 360},
      {{"package.pad.further_rings=[{inner_radius: 20 um, outer_radius: 35 um}]"}, 2, 0, NAN},
      {{"package.pad.further_rings=[{inner_radius: 20 um, outer_radius: 35 um}]",
        "package.pad.ring.gaps.count=5"},
       2,
       5,
       NAN},
      {{"package.pad.ring.inner_radius=0 um"}, 1, 0, NAN},
  };
  for (int i = 0; i < BP_COUNT(row); i++) {
    const char *keys[KEYS + 2] = {"package.pad.shape=embossed"};
    for (int k = 0; row[i].keys[k]; k++)
      keys[k + 1] = row[i].keys[k];
    const BpPadMeasure m = examine(keys, wired, NULL);
    assert_int_equal(m.rings, row[i].rings);
    assert_int_equal(m.gaps, row[i].gaps);
    assert_true(m.annulus_deviation < arcs);
    if (!isnan(row[i].share))
      assert_close(m.convex, um2 * row[i].share * plan(55, 77.8), arcs, 0.0);
  }
}

/* Walls that slope lie on feet of the case's radii; a disc is a cone's frustum, whose height is
 * that of D2 all the same. */
static void sloping_walls_are_measured(void **state) {
  (void)state;
  const char *ring[] = {"package.pad.shape=embossed", "package.pad.ring.wall_angle=60 deg",
                        "package.pad.concave.wall_angle=70 deg", NULL};
  BpPadMeasure m = examine(ring, wired, NULL);
  assert_close(m.convex_wall.least, M_PI / 3, arcs, 0.0);
  assert_close(m.convex_wall.most, M_PI / 3, arcs, 0.0);
  assert_close(m.well_slope.least, M_PI / 18 * 7, arcs, 0.0);
  assert_close(m.well_radius_least, 115e-6, 1e-9, 0.0);
  assert_close(m.well_radius_most, 115e-6 + 10e-6 / tan(M_PI / 18 * 7), 1e-9, 0.0);
  assert_close(m.convex, um2 * plan(55, 77.8), arcs, 0.0);
  assert_close(m.convex_outer, 77.8e-6 - 5e-6 / tan(M_PI / 3), 1e-9, 0.0);
  assert_close(m.convex_height, 5e-6, 1e-4, 0.0);
  const char *disc[] = {"package.pad.shape=embossed", "package.pad.ring.wall_angle=45 deg",
                        "package.pad.ring.inner_radius=0 um", "package.pad.ring.outer_radius=12 um",
                        NULL};
  m = examine(disc, wired, NULL);
  assert_close(m.convex_height, 5e-6, 1e-4, 0.0);
}

/* ---- claims */

#define ISLAND "package.pad.first_dielectric=[{outer_radius: 77.8 um}]"

/* Outer floor on the passivation, an island of D1 under and inside the ring, r_out = sqrt 2 r_in.
 */
static void one_geometry_meets_most_claims(void **state) {
  (void)state;
  static const int broken[] = {4, 15};
  const char *keys[] = {"package.pad.shape=embossed", ISLAND, NULL};
  BpClaim claim[BP_CLAIMS];
  examine(keys, wired, claim);
  for (int i = 0; i < BP_CLAIMS; i++) {
    const int is_broken = claim[i].claim == broken[0] || claim[i].claim == broken[1];
    if (claim[i].holds != (is_broken ? BP_TRUTH_NO : BP_TRUTH_YES))
      fail_msg("claim %d: %s", claim[i].claim, claim[i].text);
    if (!is_broken)
      assert_string_equal(claim[i].text, claim[i].title);
  }
}

/* What stands against a claim, and nothing else of it. */
static const struct {
  const char *keys[KEYS];
  int claim;
  const char *text;
} against[] = {
    {{"package.pad.shape=flat"}, 1, "no passivation is exposed in the embossed region"},
    {{"package.pad.shape=flat"}, 10, "no passivation is exposed in the embossed region"},
    {{"package.pad.shape=flat"}, 17, "no passivation is exposed in the embossed region"},
    {{"package.pad.shape=flat_bare"}, 1, "there is no concave portion"},
    {{"package.pad.shape=concave"}, 1, "there is no convex portion of D2"},
    {{"package.pad.shape=convex_d1"}, 10, "the metal does not touch the passivation"},
    {{"package.pad.shape=embossed", "package.scribe.width=0 um", "package.dicing.kerf=0 um"},
     1,
     "there are no scribe lines between the chips"},
    {{"package.pad.shape=embossed", "package.pad.ring.height=4 um"},
     1,
     "not formed from D2 alone: it is 4 um high and D2 5 um thick"},
    {{"package.pad.shape=embossed", "package.pad.first_dielectric=[{outer_radius: 115 um}]"},
     1,
     "no passivation is exposed in the embossed region"},
    {{"package.pad.shape=embossed", "package.pad.ring.gaps.count=2"},
     3,
     "not annular: rings 1, gaps 2"},
    {{"package.pad.shape=embossed"}, 4, "not a single discontinuous ring: rings 1, gaps 0"},
    {{"package.pad.shape=embossed", "package.pad.ring.gaps.count=2",
      "package.pad.further_rings=[{inner_radius: 20 um, outer_radius: 35 um}]"},
     4,
     "not a single discontinuous ring: rings 2, gaps 2"},
    {{"package.pad.shape=embossed", "package.pad.ring.inner_radius=0 um"},
     5,
     "no area of the concave portion is inside the convex portion"},
    {{"package.pad.shape=embossed", "package.dicing.kerf=0 um"},
     7,
     "the wafer is not cut along its scribe lines"},
    {{"package.pad.shape=embossed", "package.ball.diameter=0 um",
      "package.ball.paste_volume=0.0142 mm3"},
     7,
     "no solder ball is formed"},
    {{"package.pad.shape=embossed"}, 9, "no D1 is free of D2 inside the convex portion"},
    {{"package.pad.shape=embossed", "package.ball.diameter=0 um",
      "package.ball.paste_volume=0.0142 mm3"},
     12,
     "no solder ball is formed"},
    {{"package.pad.shape=embossed"}, 13, "no D1 is exposed in the embossed region"},
    {{"package.pad.shape=convex_d1", "package.pad.concave.wall_angle=60 deg"},
     14,
     "not substantially cylindrical: its radius varies by 0.0251"}, /* 5 / tan(60 deg) of 115 um */
    {{"package.pad.shape=convex_d1"}, 15, "not a single discontinuous ring: rings 1, gaps 0"},
    {{"package.pad.shape=convex_d1", "package.pad.ring.outer_radius=85 um"},
     16,
     "is 0.7202 of the convex portion's"}, /* 55^2 / (85^2 - 55^2) */
    {{"package.pad.shape=embossed", "package.pad.ring.wall_angle=84.9 deg"},
     19,
     "the side walls of the convex portion are not substantially vertical: 84.9 deg (90 +- 5 deg)"},
    {{"package.pad.shape=embossed", "package.pad.ring.outer_radius=85 um"},
     21,
     "is 0.7202 of the convex portion's"},
};

static void what_stands_against_a_claim_is_said(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(against); i++) {
    BpClaim claim[BP_CLAIMS];
    examine(against[i].keys, wired, claim);
    const BpClaim *c = numbered(claim, against[i].claim);
    if (c->holds != BP_TRUTH_NO || !strstr(c->text, against[i].text))
      fail_msg("row %d, claim %d: %s", i, c->claim, c->text);
  }
}

/* With the tolerance that the case allows the same areas are equal. */
static void tolerances_are_the_case_s(void **state) {
  (void)state;
  const char *keys[] = {"package.pad.shape=embossed", "package.pad.ring.outer_radius=85 um",
                        "claims.equal_area=0.3", NULL};
  BpClaim claim[BP_CLAIMS];
  examine(keys, wired, claim);
  assert_int_equal(numbered(claim, 21)->holds, BP_TRUTH_YES);
}

static void dependent_claims_fail_with_their_parents(void **state) {
  (void)state;
  static const char *const shape[] = {"flat", "concave", "convex_d1", "embossed"};
  for (int i = 0; i < BP_COUNT(shape); i++) {
    char *key = bp_format("package.pad.shape=%s", shape[i]);
    const char *keys[] = {key, NULL};
    BpClaim claim[BP_CLAIMS];
    examine(keys, wired, claim);
    for (int k = 0; k < BP_CLAIMS; k++)
      if (claim[k].parent > 0 && numbered(claim, claim[k].parent)->holds == BP_TRUTH_NO) {
        char text[64];
        snprintf(text, sizeof text, "claim %d does not hold", claim[k].parent);
        assert_int_equal(claim[k].holds, BP_TRUTH_NO);
        assert_non_null(strstr(claim[k].text, text));
      }
    free(key);
  }
}

/* A way to the chip that is not known leaves a claim open, one that is not there ends it; neither
 * hides what stands against it anyway. */
static void connection_may_be_unknown(void **state) {
  (void)state;
  const char *embossed[] = {"package.pad.shape=embossed", NULL};
  const char *flat[] = {"package.pad.shape=flat", NULL};
  BpClaim claim[BP_CLAIMS];
  examine(embossed, (BpConnection){BP_TRUTH_UNKNOWN, BP_TRUTH_UNKNOWN}, claim);
  assert_int_equal(numbered(claim, 1)->holds, BP_TRUTH_UNKNOWN);
  assert_non_null(strstr(numbered(claim, 1)->text, "the case models no trace"));
  assert_int_equal(numbered(claim, 3)->holds, BP_TRUTH_UNKNOWN);
  assert_non_null(strstr(numbered(claim, 3)->text, "claim 1 is not known to hold"));
  assert_int_equal(numbered(claim, 9)->holds, BP_TRUTH_NO);
  assert_null(strstr(numbered(claim, 9)->text, "known"));
  examine(embossed, (BpConnection){BP_TRUTH_YES, BP_TRUTH_NO}, claim);
  assert_int_equal(numbered(claim, 1)->holds, BP_TRUTH_NO);
  assert_non_null(strstr(numbered(claim, 1)->text, "no way through copper"));
  examine(embossed, (BpConnection){BP_TRUTH_NO, BP_TRUTH_YES}, claim);
  assert_int_equal(numbered(claim, 17)->holds, BP_TRUTH_NO);
  assert_non_null(strstr(numbered(claim, 17)->text, "D1 and D2 do not leave the chip pads free"));
  examine(flat, (BpConnection){BP_TRUTH_UNKNOWN, BP_TRUTH_UNKNOWN}, claim);
  assert_int_equal(numbered(claim, 1)->holds, BP_TRUTH_NO);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(embossed_pad_has_its_areas),
      cmocka_unit_test(hole_exposes_all_of_it),
      cmocka_unit_test(whole_dielectrics_are_no_convex_portion),
      cmocka_unit_test(height_is_that_of_d2_alone),
      cmocka_unit_test(rings_and_gaps_are_counted),
      cmocka_unit_test(sloping_walls_are_measured),
      cmocka_unit_test(one_geometry_meets_most_claims),
      cmocka_unit_test(what_stands_against_a_claim_is_said),
      cmocka_unit_test(tolerances_are_the_case_s),
      cmocka_unit_test(dependent_claims_fail_with_their_parents),
      cmocka_unit_test(connection_may_be_unknown),
  };
  return cmocka_run_group_tests_name("claims", tests, NULL, bp_test_free_units);
}
