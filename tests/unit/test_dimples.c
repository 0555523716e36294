/* Dimples: places, closed forms, meshes, what the claims make of them, what is refused. Numbers are
 * those of the default package:
 *
 * t1 = t2 = t_m = t3 = 5, wall copper 3.5, well 115, hole 125, disc 135, pitch 500 um; dimples of
 * radius 12, 5 high, on a circle of 66. */
#include "area.h"
#include "built.h"

#include "claims.h"
#include "dimples.h"
#include "mesh.h"
#include "plan.h"

#include <stdlib.h>
#include <string.h>

#define UM      1e-6
#define SHAPE   "package.pad.shape="
#define DIMPLES "package.pad.dimples="

enum { KEYS = 5 };

static const double pi = 3.14159265358979323846, w = 3.5, b = 12, well = 115, hole = 125,
                    disc = 135, cell = 250000;

/* Plan area of a disc, um2. */
static double round_area(double r) {
  return pi * r * r;
}

/* ---- closed forms, whole joint, um */

typedef struct {
  const char *keys[KEYS + 1];
  int count;      /* of dimples */
  double radius;  /* of one */
  double deep[2]; /* of the well, in D1 and in D2 */
  double crossed; /* walls of dimples on the diameter through the first one */
  double island;  /* outer radius of D1 on the floor */
  int level, whole;
} Variant;

static const Variant variants[] = {
    {{SHAPE "embossed", DIMPLES "{count: 8}"}, 8, 12, {5, 5}, 4, 0, 0, 0},
    {{SHAPE "embossed", DIMPLES "{count: 8}"}, 8, 12, {5, 5}, 4, 0, 1, 0},
    {{SHAPE "convex", DIMPLES "{count: 5, orientation: 36 deg}"}, 5, 12, {0, 0}, 4, 0, 0, 0},
    {{SHAPE "convex_d1", DIMPLES "{count: 2, orientation: 90 deg}"}, 2, 12, {0, 5}, 4, 0, 0, 0},
    {{SHAPE "embossed", DIMPLES "{count: 1, orientation: 50 deg}"}, 1, 12, {5, 5}, 4, 0, 0, 1},
    {{SHAPE "embossed",
      DIMPLES "{count: 4, radius: 10 um, circle_radius: 80 um, further_circles: [{count: 4, "
              "circle_radius: 38 um, orientation: 45 deg}]}",
      "package.pad.first_dielectric=[{outer_radius: 105 um}]"},
     8,
     10,
     {5, 5},
     4,
     105,
     0,
     0},
    {{SHAPE "embossed", DIMPLES "{count: 3, centre: 1}", "package.wiring.trace.width=30 um"},
     4,
     12,
     {5, 5},
     6,
     0,
     0,
     0},
};

/* D1, D2 and copper on the walls; the wetted area and the path. */
static void closed_forms(const Variant *v, double form[5]) {
  const double deep = v->deep[0] + v->deep[1], n = v->count, r = v->radius;
  const double island = v->island > 0 ? v->island : 0, ring = v->island > 0 ? 1 : 0;
  form[0] = 5 * cell - v->deep[0] * (round_area(well) - round_area(island));
  form[1] = 5 * cell - v->deep[1] * round_area(well) + 5 * n * round_area(r);
  form[2] = 5 * round_area(disc) + deep * (round_area(well) - round_area(well - w)) +
            5 * n * (round_area(r + w) - round_area(r)) +
            ring * 5 * (round_area(island + w) - round_area(island));
  form[3] = round_area(hole) + deep * 2 * pi * (well - w) + 5 * n * 2 * pi * (r + w) +
            ring * 5 * 2 * pi * (island + w);
  form[4] = 2 * hole + 2 * deep + 5 * v->crossed + ring * 2 * 5;
}

static int has_trace(const Variant *v) {
  return v->keys[2] && strstr(v->keys[2], "trace") != NULL;
}

/* The copper on the walls of a small dimple in the middle reaches farther than it is wide. */
static void thick_copper_on_a_small_one(void **state) {
  (void)state;
  const char *keys[] = {SHAPE "embossed", DIMPLES "{count: 2, radius: 3 um, centre: 1}",
                        "package.wiring.wall_ratio=2", NULL};
  BpGeometry g;
  BpCase *bp = bp_test_built(keys, &g);
  const double top[] = {10, 10, 10, 5};
  for (int i = 0; i < BP_COUNT(top); i++)
    assert_close(bp_geometry_column(&g, (2 + 4 * i) * UM, BP_SECTOR_GAP).copper, top[i] * UM, 1e-12,
                 0.0);
  bp_case_free(bp);
}

static void check_variant(const Variant *v) {
  BpProblems problems = {0};
  BpMeshReport report;
  BpGeometry g;
  double form[5], area, path, exact[BP_REGIONS];
  char *level = bp_format("mesh.level=%d", v->level);
  const char *keys[KEYS + 2] = {level};
  memcpy(keys + 1, v->keys, sizeof v->keys);
  BpCase *bp = bp_test_built(keys, &g);
  const double part = v->whole ? 1.0 : 0.5, um3 = UM * UM * UM;
  assert_int_equal(g.whole, v->whole);
  closed_forms(v, form);
  bp_geometry_volumes(&g, exact);
  bp_geometry_wetted(&g, &area, &path);
  assert_close(area, form[3] * UM * UM, 1e-12, 0.0);
  assert_close(path, form[4] * UM, 1e-12, 0.0);
  if (!has_trace(v)) {
    assert_close(exact[BP_REGION_DIELECTRIC1], part * form[0] * um3, 1e-12, 0.0);
    assert_close(exact[BP_REGION_WIRING], part * form[2] * um3, 1e-12, 0.0);
    assert_close(exact[BP_REGION_DIELECTRIC2], part * form[1] * um3, 1e-12, 0.0);
  }
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_non_null(mesh);
  assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
  assert_int_equal(bp_mesh_conforms(mesh, "dimples", &problems), BP_OK);
  for (int i = 0; i < BP_REGIONS; i++)
    assert_close(report.volume[i], exact[i], 1e-4, 0.0);
  assert_true(report.min_quality > 0.15);
  assert_close(bp_test_area(mesh, BP_WETTED_PACKAGE), part * form[3] * UM * UM, 1e-4, 0.0);
  assert_close(bp_test_area(mesh, BP_RING_WALL), part * 5 * v->count * 2 * pi * v->radius * UM * UM,
               1e-4, 0.0);
  bp_mesh_free(mesh);
  bp_case_free(bp);
  free(level);
}

static void closed_forms_and_meshes(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(variants); i++) {
    print_message("%s\n", variants[i].keys[1]);
    check_variant(&variants[i]);
  }
}

/* ---- places */

/* The die's centre is on the negative x axis, where the first one is. */
static void what_is_where(void **state) {
  (void)state;
  static const struct {
    double x, y;
    BpSector sector;
    double copper; /* its top, um */
  } at[] = {
      {-66, 0, BP_SECTOR_RING, 10},    {-66, 11.9, BP_SECTOR_RING, 10},
      {-66, 12.1, BP_SECTOR_WALL, 10}, {-81.4, 0, BP_SECTOR_WALL, 10},
      {-81.6, 0, BP_SECTOR_GAP, 5},    {0, 66, BP_SECTOR_RING, 10},
      {66, 0, BP_SECTOR_RING, 10},     {0, 40, BP_SECTOR_GAP, 5},
      {112, 0, BP_SECTOR_GAP, 15},
  };
  const char *keys[] = {SHAPE "embossed", DIMPLES "{count: 4}", NULL};
  BpGeometry g;
  BpCase *bp = bp_test_built(keys, &g);
  for (int i = 0; i < BP_COUNT(at); i++) {
    const double x[2] = {at[i].x * UM, at[i].y * UM};
    assert_int_equal(bp_geometry_sector(&g, hypot(x[0], x[1]), atan2(x[1], x[0])), at[i].sector);
    assert_close(bp_geometry_column_at(&g, x).copper, at[i].copper * UM, 1e-12, 0.0);
  }
  double axis[2];
  assert_true(bp_case_dimple(&bp->package, 3, axis) && !bp_case_dimple(&bp->package, 4, axis));
  bp_case_free(bp);
}

/* A section runs through the first dimple, wherever that is. */
static void the_section_meets_the_first_one(void **state) {
  (void)state;
  const char *keys[] = {SHAPE "embossed", DIMPLES "{count: 3, orientation: 17 deg}", NULL};
  const double wanted[] = {66 - b, 66 + b, 66 - b - w, 66 + b + w};
  double radii[BP_DIMPLES_SECTION];
  BpGeometry g;
  BpCase *bp = bp_test_built(keys, &g);
  assert_int_equal(bp_dimples_section(&g, radii), 4);
  for (int i = 0; i < 4; i++)
    assert_close(radii[i], wanted[i] * UM, 1e-12, 0.0);
  assert_int_equal(bp_geometry_section(&g, 66 * UM), BP_SECTOR_RING);
  assert_int_equal(bp_geometry_section(&g, 80 * UM), BP_SECTOR_WALL);
  assert_int_equal(bp_geometry_section(&g, 45 * UM), BP_SECTOR_GAP);
  bp_case_free(bp);
}

/* ---- the plan */

/* Errors cancel in ratios: pads without dimples of their own have the plan of those that have. */
static void compared_pads_share_the_plan(void **state) {
  (void)state;
  static const char *const shape[] = {SHAPE "flat", SHAPE "concave", SHAPE "embossed"};
  BpPlan *plan[BP_COUNT(shape)];
  for (int i = 0; i < BP_COUNT(shape); i++) {
    const char *keys[] = {shape[i], DIMPLES "{count: 6, centre: 1}", NULL};
    BpProblems problems = {0};
    BpGeometry g;
    BpCase *bp = bp_test_built(keys, &g);
    plan[i] = bp_plan_model(&g, &problems);
    assert_non_null(plan[i]);
    assert_int_equal(plan[i]->nvertices, plan[0]->nvertices);
    assert_memory_equal(plan[i]->vertex, plan[0]->vertex,
                        (size_t)plan[0]->nvertices * sizeof plan[0]->vertex[0]);
    assert_int_equal(plan[i]->nedges, plan[0]->nedges);
    assert_memory_equal(plan[i]->middle, plan[0]->middle,
                        (size_t)plan[0]->nedges * sizeof plan[0]->middle[0]);
    bp_case_free(bp);
  }
  for (int i = 0; i < BP_COUNT(shape); i++)
    bp_plan_free(plan[i]);
}

/* Edges along a dimple and its copper have their middles on the true circles. */
static void middles_lie_on_the_dimples(void **state) {
  (void)state;
  const char *keys[] = {SHAPE "embossed", DIMPLES "{count: 2}", NULL};
  const double circle[] = {b * UM, (b + w) * UM};
  BpProblems problems = {0};
  BpGeometry g;
  BpCase *bp = bp_test_built(keys, &g);
  BpPlan *plan = bp_plan_model(&g, &problems);
  assert_non_null(plan);
  for (int k = 0; k < BP_COUNT(circle); k++) {
    int along = 0;
    for (int e = 0; e < plan->nedges; e++) {
      const double *p = plan->vertex[plan->edge[e][0]], *q = plan->vertex[plan->edge[e][1]];
      const double *m = plan->middle[e], x = 66 * UM;
      if (fabs(hypot(p[0] - x, p[1]) - circle[k]) > 1e-12 ||
          fabs(hypot(q[0] - x, q[1]) - circle[k]) > 1e-12)
        continue;
      assert_close(hypot(m[0] - x, m[1]), circle[k], 1e-12, 0.0);
      along++;
    }
    assert_int_equal(along, 8); /* half of it is in the half cell */
  }
  bp_plan_free(plan);
  bp_case_free(bp);
}

/* Films that move take the dimples with them as they are. */
static void dimples_stay_round_beside_slopes(void **state) {
  (void)state;
  const char *keys[] = {SHAPE "convex_d1", DIMPLES "{count: 4}",
                        "package.pad.concave.wall_angle=60 deg", "package.overlay.second={x: 2 um}",
                        NULL};
  BpProblems problems = {0};
  BpMeshReport report;
  BpGeometry g;
  BpCase *bp = bp_test_built(keys, &g);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
  assert_true(report.volume_error < 1e-4 && report.min_quality > 0.15);
  assert_close(bp_test_area(mesh, BP_RING_WALL), 0.5 * 5 * 4 * 2 * pi * b * UM * UM, 1e-4, 0.0);
  bp_mesh_free(mesh);
  bp_case_free(bp);
}

/* ---- claims */

/* A circle of bumps is a convex portion, and no ring: nothing is inside of it. */
static void the_claims_know_no_ring(void **state) {
  (void)state;
  static const struct {
    int claim;
    BpTruth holds;
    const char *text;
  } row[] = {
      {1, BP_TRUTH_YES, ""},
      {10, BP_TRUTH_YES, ""},
      {12, BP_TRUTH_YES, ""},
      {3, BP_TRUTH_NO, "the convex portion is not annular: rings 1, gaps 8"},
      {4, BP_TRUTH_NO, "the convex portion is no ring: its area is off that of an annulus"},
      {5, BP_TRUTH_NO, "the convex portion is no ring"},
      {16, BP_TRUTH_NO, "the convex portion is no ring"},
      {14, BP_TRUTH_NO, "the convex portion is no ring"},
      {15, BP_TRUTH_NO, "the convex portion is no ring"},
      {21, BP_TRUTH_NO, "claim 5 does not hold"},
  };
  const char *keys[] = {SHAPE "embossed", DIMPLES "{count: 8}", NULL};
  BpProblems problems = {0};
  BpClaim claim[BP_CLAIMS];
  BpGeometry g;
  BpCase *bp = bp_test_built(keys, &g);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  BpClaimFacts facts = {.bp = bp, .connection = {BP_TRUTH_YES, BP_TRUTH_YES}};
  bp_pad_measure(mesh, &g, &facts.pad);
  bp_claims(&facts, claim);
  for (int i = 0; i < BP_COUNT(row); i++)
    for (int k = 0; k < BP_CLAIMS; k++)
      if (claim[k].claim == row[i].claim &&
          (claim[k].holds != row[i].holds || !strstr(claim[k].text, row[i].text)))
        fail_msg("claim %d: %s", claim[k].claim, claim[k].text);
  assert_close(facts.pad.convex, 8 * round_area(b) * UM * UM, 1.5e-4, 0.0); /* 16 arcs each */
  assert_close(facts.pad.convex_height, 5 * UM, 1e-4, 0.0);
  assert_true(facts.pad.inside_passivation == 0.0);
  assert_int_equal(facts.pad.gaps, 8);
  bp_mesh_free(mesh);
  bp_case_free(bp);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_where),
      cmocka_unit_test(thick_copper_on_a_small_one),
      cmocka_unit_test(the_section_meets_the_first_one),
      cmocka_unit_test(closed_forms_and_meshes),
      cmocka_unit_test(compared_pads_share_the_plan),
      cmocka_unit_test(middles_lie_on_the_dimples),
      cmocka_unit_test(dimples_stay_round_beside_slopes),
      cmocka_unit_test(the_claims_know_no_ring),
  };
  return cmocka_run_group_tests_name("dimples", tests, NULL, bp_test_free_units);
}
