/* The planar mesh and the levels of the extrusion: circles met, nothing overlaps, sizes shared. */
#include "built.h"

#include "levels.h"
#include "mesh.h"

#include <stdlib.h>

#define UM 1e-6

static BpCase *built(const char *shape, int level, const char *more, BpGeometry *g) {
  BpProblems problems = {0};
  char *pad = bp_format("package.pad.shape=%s", shape), *key = bp_format("mesh.level=%d", level);
  const char *overrides[] = {pad, key, more, NULL};
  BpCase *bp = bp_test_case(overrides);
  assert_int_equal(bp_geometry_build(bp, g, &problems), BP_OK);
  bp_problems_free(&problems);
  free(pad);
  free(key);
  return bp;
}

/* Errors and work are compared between shapes: all of them get the same plan. */
static void compared_pads_share_the_plan(void **state) {
  (void)state;
  for (int level = 0; level <= 4; level++) {
    BpPlanSpec first;
    for (int i = 0; bp_pads[i]; i++) {
      BpGeometry g;
      BpPlanSpec spec;
      BpCase *bp = built(bp_pads[i]->name, level, NULL, &g);
      bp_plan_spec(&g, &spec);
      if (i == 0)
        first = spec;
      assert_int_equal(spec.ncircles, first.ncircles);
      assert_int_equal(spec.arcs, first.arcs);
      assert_int_equal(spec.border, first.border);
      assert_int_equal(spec.outer, first.outer);
      assert_true(spec.half == first.half);
      for (int c = 0; c < spec.ncircles; c++) {
        assert_true(spec.radius[c] == first.radius[c]);
        assert_int_equal(spec.divisions[c], first.divisions[c]);
      }
      bp_case_free(bp);
    }
  }
}

/* 16 quadratic arcs on a full circle err by 5e-5 of the volume; each level has sqrt(2) more. */
static void sizes_follow_the_level(void **state) {
  (void)state;
  const int arcs[5] = {8, 11, 16, 23, 32};
  for (int level = 0; level <= 4; level++) {
    BpGeometry g;
    BpPlanSpec spec;
    BpCase *bp = built("flat", level, NULL, &g);
    bp_plan_spec(&g, &spec);
    assert_int_equal(spec.arcs, arcs[level]);
    for (int c = 0; c < spec.ncircles; c++)
      assert_true(spec.divisions[c] >= 1);
    assert_true(spec.border >= 1 && spec.outer >= 1);
    bp_case_free(bp);
  }
}

/* ---- the triangulation */

static BpPlan *meshed(const BpGeometry *g, BpPlanSpec *spec) {
  BpProblems problems = {0};
  bp_plan_spec(g, spec);
  BpPlan *plan = bp_plan_build(spec, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_non_null(plan);
  return plan;
}

/* Index of the circle that a point lies on (to 1e-12 m), -1 if none. */
static int circle_of(const BpPlanSpec *spec, const double v[2]) {
  for (int i = 0; i < spec->ncircles; i++)
    if (fabs(hypot(v[0], v[1]) - spec->radius[i]) < 1e-12)
      return i;
  return -1;
}

/* arcs + 1 vertices at equal angles on each circle, arcs edges along it with their middle on it. */
static void check_circles(const BpPlan *plan, const BpPlanSpec *spec) {
  int on[BP_PLAN_MAX_CIRCLES] = {0}, along[BP_PLAN_MAX_CIRCLES] = {0};
  for (int v = 0; v < plan->nvertices; v++) {
    const int c = circle_of(spec, plan->vertex[v]);
    if (c < 0)
      continue;
    on[c]++;
    const double turn = atan2(plan->vertex[v][1], plan->vertex[v][0]) / M_PI * spec->arcs;
    assert_close(turn, round(turn), 0.0, 1e-6); /* Gmsh's own tolerance on curves */
  }
  for (int e = 0; e < plan->nedges; e++) {
    const int a = circle_of(spec, plan->vertex[plan->edge[e][0]]),
              b = circle_of(spec, plan->vertex[plan->edge[e][1]]);
    if (a < 0 || a != b)
      continue;
    const double *p = plan->vertex[plan->edge[e][0]], *q = plan->vertex[plan->edge[e][1]];
    if (hypot(p[0] - q[0], p[1] - q[1]) > 1.01 * M_PI * spec->radius[a] / spec->arcs)
      continue; /* a chord through the core */
    along[a]++;
    assert_int_equal(circle_of(spec, plan->middle[e]), a);
  }
  for (int c = 0; c < spec->ncircles; c++) {
    assert_int_equal(on[c], spec->arcs + 1);
    assert_int_equal(along[c], spec->arcs);
  }
}

/* No edge has its ends on different sides of a circle. */
static void check_crossings(const BpPlan *plan, const BpPlanSpec *spec) {
  for (int e = 0; e < plan->nedges; e++)
    for (int c = 0; c < spec->ncircles; c++) {
      const double *p = plan->vertex[plan->edge[e][0]], *q = plan->vertex[plan->edge[e][1]];
      const double a = hypot(p[0], p[1]) - spec->radius[c], b = hypot(q[0], q[1]) - spec->radius[c];
      assert_false(fmin(a, b) < -1e-12 && fmax(a, b) > 1e-12);
    }
}

/* Integral of (x dy - y dx)/2 along a quadratic edge: cubic, so Simpson's rule is exact. */
static double edge_area(const double a[2], const double m[2], const double b[2]) {
  const double at[3][2] = {{a[0], a[1]}, {m[0], m[1]}, {b[0], b[1]}};
  double sum = 0.0;
  for (int i = 0; i < 3; i++) {
    const double t = 0.5 * i, w = i == 1 ? 4.0 / 6.0 : 1.0 / 6.0;
    double slope[2];
    for (int d = 0; d < 2; d++)
      slope[d] = (4 * t - 3) * a[d] + (4 - 8 * t) * m[d] + (4 * t - 1) * b[d];
    sum += 0.5 * w * (at[i][0] * slope[1] - at[i][1] * slope[0]);
  }
  return sum;
}

static double triangle_area(const BpPlan *plan, int t) {
  double area = 0.0;
  for (int i = 0; i < 3; i++)
    area += edge_area(plan->vertex[plan->triangle[t][i]], plan->middle[plan->triangle_edge[t][i]],
                      plan->vertex[plan->triangle[t][(i + 1) % 3]]);
  return area;
}

/* Radius of the vertex that lies farthest out: no edge crosses a circle. */
static double outermost(const BpPlan *plan, int t) {
  double r = 0.0;
  for (int i = 0; i < 3; i++)
    r = fmax(r,
             hypot(plan->vertex[plan->triangle[t][i]][0], plan->vertex[plan->triangle[t][i]][1]));
  return r;
}

/* Areas inside every circle: half discs to 1e-4; the whole rectangle to round-off. */
static void check_areas(const BpPlan *plan, const BpPlanSpec *spec) {
  double total = 0.0, inside[BP_PLAN_MAX_CIRCLES] = {0};
  for (int t = 0; t < plan->ntriangles; t++) {
    const double area = triangle_area(plan, t), r = outermost(plan, t);
    assert_true(area > 0.0);
    total += area;
    for (int c = 0; c < spec->ncircles; c++)
      inside[c] += r < spec->radius[c] + 1e-12 ? area : 0.0;
  }
  assert_close(total, 2.0 * spec->half * spec->half, 1e-12, 0.0);
  for (int c = 0; c < spec->ncircles; c++)
    assert_close(inside[c], 0.5 * M_PI * spec->radius[c] * spec->radius[c], 1e-4, 0.0);
}

/* Every edge belongs to two triangles, or to one on the border; Euler's number of a disc is 1. */
static void check_conformity(const BpPlan *plan, const BpPlanSpec *spec) {
  int *uses = BP_NEW(int, plan->nedges), border = 0;
  for (int t = 0; t < plan->ntriangles; t++)
    for (int i = 0; i < 3; i++) {
      const int e = plan->triangle_edge[t][i], a = plan->triangle[t][i],
                b = plan->triangle[t][(i + 1) % 3];
      assert_true((plan->edge[e][0] == a && plan->edge[e][1] == b) ||
                  (plan->edge[e][0] == b && plan->edge[e][1] == a));
      uses[e]++;
    }
  for (int e = 0; e < plan->nedges; e++) {
    assert_in_range(uses[e], 1, 2);
    if (uses[e] == 2)
      continue;
    border++;
    const double *m = plan->middle[e];
    assert_true(fabs(m[1]) < 1e-15 || fabs(m[1] - spec->half) < 1e-12 ||
                fabs(fabs(m[0]) - spec->half) < 1e-12);
  }
  int expected = 4 * spec->border + 2 * spec->outer;
  for (int c = 0; c < spec->ncircles; c++)
    expected += 2 * spec->divisions[c];
  assert_int_equal(border, expected);
  assert_int_equal(plan->nvertices - plan->nedges + plan->ntriangles, 1);
  free(uses);
}

static void triangulations_meet_every_circle(void **state) {
  (void)state;
  for (int level = 0; level <= 4; level++) {
    BpGeometry g;
    BpPlanSpec spec;
    BpCase *bp = built("embossed", level, "mesh.extra_radii=[100 um, 60.3 um]", &g);
    BpPlan *plan = meshed(&g, &spec);
    int found = 0;
    for (int c = 0; c < spec.ncircles; c++)
      found += fabs(spec.radius[c] - 100 * UM) < 1e-15 || fabs(spec.radius[c] - 60.3 * UM) < 1e-15;
    assert_int_equal(found, 2);
    check_circles(plan, &spec);
    check_crossings(plan, &spec);
    check_areas(plan, &spec);
    check_conformity(plan, &spec);
    bp_plan_free(plan);
    bp_case_free(bp);
  }
}

/* ---- radial lines */

/* Index of the line that a point lies on (to 1e-12 m), 0 and nsectors being y = 0; -1 if none. */
static int line_of(const BpPlanSpec *spec, const double v[2]) {
  for (int i = 0; i <= spec->nsectors; i++)
    if (fabs(v[1] * cos(spec->turn[i]) - v[0] * sin(spec->turn[i])) < 1e-12)
      return i;
  return -1;
}

/* Between the first and the last circle no edge crosses a line, and those along a line are
 * straight: the areas of the sectors are exact but for their arcs. */
static void check_lines(const BpPlan *plan, const BpPlanSpec *spec) {
  const double first = spec->radius[0] - 1e-12, last = spec->radius[spec->ncircles - 1] + 1e-12;
  int along = 0;
  for (int e = 0; e < plan->nedges; e++) {
    const double *p = plan->vertex[plan->edge[e][0]], *q = plan->vertex[plan->edge[e][1]];
    const double low = fmin(hypot(p[0], p[1]), hypot(q[0], q[1])),
                 high = fmax(hypot(p[0], p[1]), hypot(q[0], q[1]));
    if (low < first || high > last || atan2(p[1], p[0]) * atan2(q[1], q[0]) < 0.0)
      continue;
    const double a = atan2(p[1], p[0]), b = atan2(q[1], q[0]);
    const int chord = low < first + 2e-12 && high < first + 2e-12; /* through the core */
    for (int i = 1; i < spec->nsectors && !chord; i++)
      assert_false(fmin(a, b) < spec->turn[i] - 1e-7 && fmax(a, b) > spec->turn[i] + 1e-7);
    const int line = line_of(spec, p);
    if (line > 0 && line < spec->nsectors && line == line_of(spec, q)) {
      assert_int_equal(line_of(spec, plan->middle[e]), line);
      along++;
    }
  }
  int expected = 0;
  for (int c = 1; c < spec->ncircles; c++)
    expected += (spec->nsectors - 1) * spec->divisions[c];
  assert_int_equal(along, expected);
}

/* As many edges follow a circle as it has arcs: chords through the core stay straight. */
static void check_arcs(const BpPlan *plan, const BpPlanSpec *spec) {
  int follow[BP_PLAN_MAX_CIRCLES] = {0};
  for (int e = 0; e < plan->nedges; e++) {
    const int c = circle_of(spec, plan->middle[e]);
    if (c >= 0 && circle_of(spec, plan->vertex[plan->edge[e][0]]) == c &&
        circle_of(spec, plan->vertex[plan->edge[e][1]]) == c)
      follow[c]++;
  }
  for (int c = 0; c < spec->ncircles; c++)
    assert_int_equal(follow[c], spec->arcs);
}

static void check_sector_arcs(const BpPlanSpec *spec, int plain) {
  int sum = 0;
  for (int i = 0; i < spec->nsectors; i++) {
    const double width = (spec->turn[i + 1] - spec->turn[i]) / spec->sector_arcs[i];
    assert_true(width > 0.0 && width < M_PI / plain * (1.0 + 1e-6)); /* none is wider */
    sum += spec->sector_arcs[i];
  }
  assert_int_equal(spec->arcs, sum);
}

#define GAPS "package.pad.ring.gaps."

static BpCase *gapped(const char *const keys[3], int level, BpGeometry *g) {
  BpProblems problems = {0};
  char *of = bp_format("mesh.level=%d", level);
  const char *overrides[] = {"package.pad.shape=embossed", of, keys[0], keys[1], keys[2], NULL};
  BpCase *bp = bp_test_case(overrides);
  assert_int_equal(bp_geometry_build(bp, g, &problems), BP_OK);
  free(of);
  return bp;
}

static void plans_meet_the_faces_of_gaps(void **state) {
  (void)state;
  static const struct {
    const char *keys[3];
    int lines; /* between y = 0 and y = 0: two on each side of a gap */
  } gaps[] = {
      {{GAPS "count=1", GAPS "angle=20 deg", GAPS "orientation=0 deg"}, 2},
      {{GAPS "count=3", GAPS "angle=40 deg", GAPS "orientation=60 deg"}, 6},
      {{GAPS "count=8", GAPS "angle=6.5 deg", GAPS "orientation=22.5 deg"}, 16},
      {{GAPS "count=2", GAPS "angle=170 deg", GAPS "orientation=90 deg"}, 4},
  };
  static const int plain[] = {8, 11, 16};
  for (int i = 0; i < BP_COUNT(gaps); i++)
    for (int level = 0; level < BP_COUNT(plain); level++) {
      BpGeometry g;
      BpPlanSpec spec;
      BpCase *bp = gapped(gaps[i].keys, level, &g);
      BpPlan *plan = meshed(&g, &spec);
      assert_int_equal(spec.nsectors, 1 + gaps[i].lines);
      check_sector_arcs(&spec, plain[level]);
      check_lines(plan, &spec);
      check_arcs(plan, &spec);
      check_crossings(plan, &spec);
      check_areas(plan, &spec);
      check_conformity(plan, &spec);
      bp_plan_free(plan);
      bp_case_free(bp);
    }
}

/* A core that is small beside the first ring gets circles between them. */
static void far_circles_have_others_between(void **state) {
  (void)state;
  BpGeometry g;
  BpPlanSpec spec;
  BpCase *bp = built("embossed", 0, "package.pad.ring.inner_radius=4 um", &g);
  BpPlan *plan = meshed(&g, &spec);
  double radii[BP_GEOMETRY_MAX_RADII];
  assert_true(spec.ncircles > bp_geometry_radii(&g, radii));
  for (int c = 1; c < spec.ncircles; c++)
    assert_true(spec.radius[c] < 3.0001 * spec.radius[c - 1]);
  check_circles(plan, &spec);
  check_areas(plan, &spec);
  bp_plan_free(plan);
  bp_case_free(bp);
}

/* Errors of compared pads cancel only where the same input gives the same mesh, bit for bit. */
static void compare_plans(BpCase *const bp[2], const BpGeometry g[2]) {
  BpPlanSpec spec;
  BpPlan *plan[2] = {meshed(&g[0], &spec), meshed(&g[1], &spec)};
  assert_int_equal(plan[0]->nvertices, plan[1]->nvertices);
  assert_int_equal(plan[0]->ntriangles, plan[1]->ntriangles);
  assert_memory_equal(plan[0]->vertex, plan[1]->vertex,
                      (size_t)plan[0]->nvertices * sizeof plan[0]->vertex[0]);
  assert_memory_equal(plan[0]->triangle, plan[1]->triangle,
                      (size_t)plan[0]->ntriangles * sizeof plan[0]->triangle[0]);
  for (int i = 0; i < 2; i++) {
    bp_plan_free(plan[i]);
    bp_case_free(bp[i]);
  }
}

static void the_same_plan_twice(void **state) {
  (void)state;
  BpGeometry g[2];
  BpCase *bp[2] = {built("flat", 1, NULL, &g[0]), built("embossed", 1, NULL, &g[1])};
  compare_plans(bp, g);
}

/* A whole ring takes the lines of a gapped one over when the two are compared, and only then: alone
 * it has no line. */
static void lines_are_shared_through_extra_angles(void **state) {
  (void)state;
  static const char *const keys[3] = {GAPS "count=4", GAPS "angle=30 deg",
                                      GAPS "orientation=45 deg"};
  BpGeometry g[2], alone;
  double angles[BP_GEOMETRY_MAX_ANGLES];
  BpCase *bp[2] = {gapped(keys, 0, &g[0]), NULL};
  const int n = bp_geometry_angles(&g[0], angles);
  assert_int_equal(n, 8);
  char *list = bp_format("mesh.extra_angles=[%.17g rad", angles[0]);
  for (int i = 1; i < n; i++) {
    char *longer = bp_format("%s, %.17g rad%s", list, angles[i], i + 1 < n ? "" : "]");
    free(list);
    list = longer;
  }
  bp[1] = built("embossed", 0, list, &g[1]);
  compare_plans(bp, g);
  BpCase *whole = built("embossed", 0, NULL, &alone);
  assert_int_equal(bp_geometry_angles(&alone, angles), 0);
  bp_case_free(whole);
  free(list);
}

/* A plan that cannot be meshed is a problem with words, not a crash: a half circle of a single arc.
 */
static void gmsh_refusals_are_problems(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpPlanSpec spec = {.half = 100 * UM,
                     .ncircles = 1,
                     .radius = {50 * UM},
                     .divisions = {2},
                     .nsectors = 1,
                     .turn = {0.0, M_PI},
                     .sector_arcs = {1},
                     .arcs = 1,
                     .border = 4,
                     .outer = 2};
  assert_null(bp_plan_build(&spec, &problems));
  assert_int_equal(bp_problems_exit(&problems), BP_EXIT_GEOMETRY);
  assert_non_null(strstr(problems.item[0].text, "Gmsh cannot mesh the plan"));
  bp_problems_free(&problems);
  char *version = bp_gmsh_version();
  assert_non_null(strchr(version, '.'));
  free(version);
}

/* ---- levels */

static int has_level(const BpLevels *levels, double z) {
  for (int i = 0; i < levels->count; i++)
    if (fabs(levels->z[i] - z) < 1e-12)
      return 1;
  return 0;
}

static void levels_hold_every_face(void **state) {
  (void)state;
  for (int level = 0; level <= 4; level++) {
    BpGeometry g;
    BpCase *bp = built("embossed", level, "mesh.extra_levels=[12 um]", &g);
    BpLevels levels = bp_levels_build(&g);
    const double face[] = {g.z_back, g.z_chip, 0.0,       5 * UM,  10 * UM,
                           12 * UM,  15 * UM,  20 * UM,   40 * UM, g.z_pad - 25 * UM,
                           g.z_pad,  g.z_mask, g.z_board, g.z_end};
    for (int i = 0; i < BP_COUNT(face); i++)
      assert_true(has_level(&levels, face[i]));
    for (int i = 1; i < levels.count; i++)
      assert_true(levels.z[i] - levels.z[i - 1] > 0.5 * UM);
    assert_true(levels.z[0] == g.z_back && levels.z[levels.count - 1] == g.z_end);
    bp_levels_free(&levels);
    bp_case_free(bp);
  }
}

static double tallest(const BpLevels *levels, double from, double to) {
  double height = 0.0;
  for (int i = 1; i < levels->count; i++)
    if (levels->z[i - 1] > from - 1e-12 && levels->z[i] < to + 1e-12)
      height = fmax(height, levels->z[i] - levels->z[i - 1]);
  return height;
}

/* Each level divides the heights by about sqrt(2); die and board grow away from the joint. */
static void heights_follow_the_level(void **state) {
  (void)state;
  int last = 0;
  for (int level = 0; level <= 4; level++) {
    BpGeometry g;
    BpCase *bp = built("flat", level, NULL, &g);
    BpLevels levels = bp_levels_build(&g);
    const double scale = pow(2.0, -0.5 * level);
    /* a height is a whole part of its layer, at most 3/2 of the target or the layer itself */
    assert_true(tallest(&levels, 0.0, 5 * UM) < 3.76 * UM * scale); /* on the passivation */
    assert_true(tallest(&levels, g.z_hole, g.z_hole + 20 * UM) < 16.6 * UM * scale);
    assert_true(tallest(&levels, g.z_rim + 25 * UM, g.z_pad - 25 * UM) < 57 * UM * scale);
    int k = 1;
    while (levels.z[k + 1] < g.z_chip + 1e-12) { /* towards the joint */
      assert_true(levels.z[k + 1] - levels.z[k] < levels.z[k] - levels.z[k - 1]);
      k++;
    }
    for (k = levels.count - 2; levels.z[k - 1] > g.z_board - 1e-12; k--)
      assert_true(levels.z[k] - levels.z[k - 1] < levels.z[k + 1] - levels.z[k]);
    assert_true(levels.count > last);
    last = levels.count;
    bp_levels_free(&levels);
    bp_case_free(bp);
  }
}

/* A joint lower than two interface layers has no planes for them. */
static void a_low_joint_has_no_layer_planes(void **state) {
  (void)state;
  BpGeometry g;
  BpCase *bp = built("flat", 0, "package.ball.diameter=160 um", &g);
  assert_true(g.standoff < 50 * UM);
  BpLevels levels = bp_levels_build(&g);
  assert_false(has_level(&levels, g.z_rim + 25 * UM));
  assert_true(has_level(&levels, g.z_pad));
  bp_levels_free(&levels);
  bp_case_free(bp);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(compared_pads_share_the_plan),
      cmocka_unit_test(sizes_follow_the_level),
      cmocka_unit_test(triangulations_meet_every_circle),
      cmocka_unit_test(plans_meet_the_faces_of_gaps),
      cmocka_unit_test(far_circles_have_others_between),
      cmocka_unit_test(the_same_plan_twice),
      cmocka_unit_test(lines_are_shared_through_extra_angles),
      cmocka_unit_test(gmsh_refusals_are_problems),
      cmocka_unit_test(levels_hold_every_face),
      cmocka_unit_test(heights_follow_the_level),
      cmocka_unit_test(a_low_joint_has_no_layer_planes),
  };
  return cmocka_run_group_tests_name("plan", tests, NULL, bp_test_free_units);
}
