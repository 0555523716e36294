/* The trace from the ball pad's disc to the chip pad: what is where, volumes and faces against sums
 * of the test's own, meshes at three levels, what is refused. The default package with a trace of
 * 30 um:
 *
 * t1 = t2 = t_m = t3 = 5, passivation 0.8, wall copper 3.5, disc 135, teardrop 60 wide at the disc
 * and 20 long, openings of radius 20, capture pad 24 and chip pad 60 x 60 x 1 at 200 um, pitch 500
 * um. */
#include "area.h"
#include "built.h"

#include "mesh.h"

#include <stdlib.h>
#include <string.h>

#define UM    1e-6
#define TRACE "package.wiring.trace."
#define CHIP  "package.chip_pad."
#define FIRST "package.dielectrics.first.via_radius"
#define PASS  "package.passivation.opening_radius"

static const double pi = 3.14159265358979323846, um3 = UM * UM * UM;

enum { KEYS = 4 };

static BpCase *case_of(const char *const *more, int level) {
  char *key = bp_format("mesh.level=%d", level);
  const char *keys[KEYS + 3] = {TRACE "width=30 um", key};
  for (int i = 0; i < KEYS; i++)
    keys[2 + i] = more[i];
  BpCase *bp = bp_test_case(keys);
  free(key);
  return bp;
}

static BpCase *built(const char *const *more, int level, BpGeometry *g) {
  BpProblems problems = {0};
  BpCase *bp = case_of(more, level);
  const BpStatus status = bp_geometry_build(bp, g, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_int_equal(status, BP_OK);
  return bp;
}

static const char *const nothing[KEYS] = {NULL};

/* ---- closed forms */

/* Area of the wiring outside the disc, both sides, um2, by the midpoint rule: the widths of
 * teardrop, trace and capture pad less that of the disc. */
static double outline(double width, double root, double drop, double reach, double capture) {
  const int n = 400000;
  const double from = 100, to = 230, start = sqrt(135.0 * 135.0 - 0.25 * root * root);
  double sum = 0.0;
  for (int i = 0; i < n; i++) {
    const double x = from + (to - from) * (i + 0.5) / n, off = x - 200.0;
    double half = 0.0;
    if (x > start && x < 135.0 + drop)
      half = 0.5 * (root + (width - root) * (x - start) / (135.0 + drop - start));
    else if (x > start && x < reach)
      half = 0.5 * width;
    if (fabs(off) < capture)
      half = fmax(half, sqrt(capture * capture - off * off));
    if (x < 135.0)
      half = fmax(0.0, half - sqrt(135.0 * 135.0 - x * x));
    sum += 2.0 * half * (to - from) / n;
  }
  return sum;
}

static double disc(double r) {
  return pi * r * r;
}

/* Whole joint, um3: what the openings take from each film, and the copper on their walls. */
static void volumes_by_hand(void **state) {
  (void)state;
  static const char *const longer[KEYS] = {TRACE "teardrop.ratio=3", TRACE "teardrop.length=30 um",
                                           TRACE "reach=190 um"};
  static const char *const cut[KEYS] = {TRACE "teardrop.ratio=1", TRACE "reach=160 um"};
  const struct {
    const char *const *keys;
    double width, root, drop, reach;
  } form[] = {{nothing, 30, 60, 20, 200}, {longer, 30, 90, 30, 190}, {cut, 30, 30, 0, 160}};
  for (int i = 0; i < (int)BP_COUNT(form); i++) {
    BpGeometry g;
    BpCase *bp = built(form[i].keys, 0, &g);
    double v[BP_REGIONS];
    bp_geometry_volumes(&g, v);
    const double wall = disc(20) - disc(16.5), open = disc(20), cell = 500.0 * 500.0;
    const double copper = 5 * disc(135) + 10.8 * wall +
                          5 * outline(form[i].width, form[i].root, form[i].drop, form[i].reach, 24);
    const double chip = 60 * 60;
    /* the midpoint rule's error is below 1e-7 of the area */
    assert_close(v[BP_REGION_WIRING], 0.5 * copper * um3, 1e-6, 0.0);
    assert_close(v[BP_REGION_CHIP_PAD], 0.5 * chip * um3, 1e-12, 0.0);
    assert_close(v[BP_REGION_DIE], 0.5 * (cell * 350 - chip) * um3, 1e-12, 0.0);
    assert_close(v[BP_REGION_PASSIVATION], 0.5 * 0.8 * (cell - open) * um3, 1e-12, 0.0);
    assert_close(v[BP_REGION_DIELECTRIC1], 0.5 * 5 * (cell - open) * um3, 1e-12, 0.0);
    assert_close(v[BP_REGION_DIELECTRIC2], 0.5 * 5 * (cell - open) * um3, 1e-12, 0.0);
    /* D3 and what is below it fill the height of the hole's edge, but for the hole */
    const double filled =
        (20 * cell + 0.8 * open - 5 * disc(125)) - (2 * 5 * (cell - open) + copper);
    assert_close(v[BP_REGION_DIELECTRIC3], 0.5 * filled * um3, 1e-6, 0.0);
    bp_case_free(bp);
  }
}

/* ---- places */

static void regions_by_place(void **state) {
  (void)state;
  const struct {
    double x, y, z;
    int region;
  } at[] = {
      {200, 0, -2, BP_REGION_DIE},           {200, 0, -1, BP_REGION_CHIP_PAD},
      {229, 29, -1, BP_REGION_CHIP_PAD},     {229, 31, -1, BP_REGION_DIE},
      {200, 0, -0.4, BP_REGION_WIRING},      {200, 0, 4.1, BP_REGION_WIRING},
      {200, 0, 4.3, BP_REGION_DIELECTRIC3},  {216, 0, 4.3, BP_REGION_DIELECTRIC3},
      {217, 0, 14.9, BP_REGION_WIRING},      {217, 0, 15.1, BP_REGION_DIELECTRIC3},
      {221, 0, -0.4, BP_REGION_PASSIVATION}, {221, 0, 2, BP_REGION_DIELECTRIC1},
      {221, 0, 7, BP_REGION_DIELECTRIC2},    {221, 0, 12, BP_REGION_WIRING},
      {225, 0, 12, BP_REGION_DIELECTRIC3},   {160, 14.9, 12, BP_REGION_WIRING},
      {160, -14.9, 12, BP_REGION_WIRING},    {160, 15.1, 12, BP_REGION_DIELECTRIC3},
      {137, 26, 12, BP_REGION_WIRING},       {137, 30, 12, BP_REGION_DIELECTRIC3},
      {-160, 0, 12, BP_REGION_DIELECTRIC3},  {160, 0, 100, -1},
      {200, 0, 230, BP_REGION_MASK},         {100, 0, 12, BP_REGION_WIRING},
  };
  BpGeometry g;
  BpCase *bp = built(nothing, 0, &g);
  for (int i = 0; i < (int)BP_COUNT(at); i++) {
    const double place[2] = {at[i].x * UM, at[i].y * UM};
    const int region = bp_geometry_region_at(&g, place, at[i].z * UM);
    if (region != at[i].region)
      print_error("at (%g, %g, %g) um\n", at[i].x, at[i].y, at[i].z);
    assert_int_equal(region, at[i].region);
  }
  bp_case_free(bp);
}

/* ---- meshes */

typedef struct {
  const char *keys[KEYS];
  int level;
} Meshed;

/* The levels of the default, then what moves curves across or close to each other. */
static const Meshed meshes[] = {
    {{NULL}, 0},
    {{NULL}, 1},
    {{"package.pad.shape=embossed"}, 2},
    {{CHIP "direction=180 deg"}, 0},
    {{"package.pad.shape=flat_bare"}, 0}, /* the disc's copper climbs to the trace */
    {{"package.pad.shape=flat_d1", "package.pad.ring.gaps.count=2"}, 0},
    {{PASS "=12 um", FIRST "=20 um", "package.dielectrics.second.via_radius=16 um"}, 0},
    {{PASS "=16 um", FIRST "=12 um"}, 0}, /* D1 reaches over the passivation's edge */
    {{FIRST "=0 um"}, 0},
    {{TRACE "reach=165 um"}, 0},
    {{"package.wiring.capture_radius=32 um"}, 0}, /* crosses the chip pad's sides */
    {{CHIP "distance=190 um"}, 0},                /* the mask's opening crosses the via */
    {{"package.wiring.thickness=0.5 um"}, 0},     /* thin walls in the openings */
    {{"model.symmetry=full", CHIP "direction=180 deg"}, 0},
    {{CHIP "direction=30 deg", CHIP "distance=195 um", "package.board.mask_opening_radius=160 um"},
     0},
};

static void check_mesh(const Meshed *m) {
  BpGeometry g;
  BpProblems problems = {0};
  BpMeshReport report;
  BpCase *bp = built(m->keys, m->level, &g);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_non_null(mesh);
  bp_mesh_check(mesh, &g, &report, &problems);
  bp_mesh_conforms(mesh, "mesh", &problems);
  bp_problems_print(&problems, stderr);
  assert_int_equal(problems.count, 0);
  assert_true(report.min_quality > 0.1);
  for (int i = 0; i < BP_REGIONS; i++)
    assert_close(report.volume[i], report.exact[i], 1e-4, 0.0);
  const double part = bp_geometry_part(&g);
  assert_close(bp_test_area(mesh, BP_CHIP_CONTACT), part * 60 * 60 * UM * UM, 1e-9, 0.0);
  /* half of the arc of a chord of 60 um, as high as copper is thick; an arc of 2 to 4 edges is
   * quadratic to 1e-4 */
  const double neck = 2.0 * part * 135 * asin(30.0 / 135.0) * bp->package.wiring.thickness * UM;
  assert_close(bp_test_area(mesh, BP_TRACE_NECK), neck, 1e-4, 0.0);
  bp_mesh_free(mesh);
  bp_case_free(bp);
}

static void meshes_are_valid(void **state) {
  (void)state;
  for (int i = 0; i < (int)BP_COUNT(meshes); i++)
    check_mesh(&meshes[i]);
}

static void nothing_without_a_trace(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpGeometry g;
  const char *const keys[] = {TRACE "width=0 um", NULL};
  BpCase *bp = bp_test_case(keys);
  assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_OK);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_non_null(mesh);
  for (int i = 0; i < mesh->nregions; i++)
    assert_string_not_equal(mesh->region[i], "chip_pad");
  assert_int_equal(bp_mesh_find_boundary(mesh, BP_TRACE_NECK), -1);
  assert_int_equal(bp_mesh_find_boundary(mesh, BP_CHIP_CONTACT), -1);
  bp_mesh_free(mesh);
  bp_case_free(bp);
}

/* Beside a ring of 0.7 um around the opening Gmsh leaves vertices between an arc of the capture pad
 * and its chord, which the arc would fold. */
static void corners_join_arcs(void **state) {
  (void)state;
  static const char *const keys[] = {"package.pad.shape=flat_d1",
                                     "package.pitch=559.1 um",
                                     "package.dielectrics.first.thickness=8.067 um",
                                     "package.dielectrics.second.thickness=3.615 um",
                                     "package.dielectrics.third.thickness=1.42 um",
                                     "package.dielectrics.third.hole_radius=130.8 um",
                                     "package.wiring.disc_radius=134.4 um",
                                     "package.wiring.thickness=2.84 um",
                                     "package.wiring.wall_ratio=0.7111",
                                     "package.pad.ring.inner_radius=40.18 um",
                                     "package.pad.ring.outer_radius=78.12 um",
                                     "package.pad.ring.height=7.664 um",
                                     "package.pad.concave.radius=89.43 um",
                                     "package.pad.ring.gaps.count=2",
                                     "package.pad.ring.gaps.angle=72.44 deg",
                                     "package.pad.ring.gaps.orientation=270 deg",
                                     "package.wiring.trace.width=41.27 um",
                                     "package.wiring.trace.teardrop.length=5.307 um",
                                     "package.wiring.trace.teardrop.ratio=1.638",
                                     "package.wiring.capture_radius=21.71 um",
                                     "package.chip_pad.distance=209.2 um",
                                     "package.chip_pad.size=60.44 um",
                                     "package.chip_pad.direction=180 deg",
                                     "package.passivation.opening_radius=10.09 um",
                                     "package.dielectrics.first.via_radius=17.68 um",
                                     "package.board.mask_opening_radius=173.7 um",
                                     "package.dielectrics.second.via_radius=21 um",
                                     NULL};
  BpProblems problems = {0};
  BpMeshReport report;
  BpGeometry g;
  BpCase *bp = bp_test_case(keys);
  assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_OK);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_non_null(mesh);
  assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
  assert_int_equal(bp_mesh_accept(&report, &problems), BP_OK);
  assert_int_equal(bp_mesh_conforms(mesh, "trace", &problems), BP_OK);
  assert_true(report.volume_error < 1e-4);
  bp_mesh_free(mesh);
  bp_case_free(bp);
}

/* ---- refusals */

static const struct {
  const char *key, *text;
} refusals[] = {
    {FIRST "=25 um", "the opening in D1 (radius 25 um) is not covered by the capture pad (24 um); "
                     "reduce it or raise wiring.capture_radius"},
    {FIRST "=23.8 um", "the opening in D1 (radius 23.8 um) grazes the edge of the capture pad (24 "
                       "um), and no element fits between them; reduce it below 23.64 um"},
    {CHIP "size=36 um", "the opening in the passivation (radius 20 um) is larger than the chip pad "
                        "(36 um square); reduce it or raise chip_pad.size"},
    {FIRST "=3.5 um", "the copper on the wall of the opening in D1 (3.5 um) closes it; raise the "
                      "radius above 3.5 um, or 0 um for no opening"},
    {TRACE "width=48 um", "the trace (48 um wide) is wider than the capture pad (radius 24 um); "
                          "reduce width or raise wiring.capture_radius"},
    {TRACE "teardrop.ratio=7",
     "the trace is 210 um wide where it leaves the ball pad's disc (radius "
     "135 um), of which at most 190.919 um can be taken; reduce "
     "trace.width or teardrop.ratio"},
    {CHIP "distance=159 um", "the capture pad (radius 24 um, 159 um away) overlaps the ball pad's "
                             "disc (135 um); raise chip_pad.distance above 159 um"},
    {CHIP "distance=165 um", "the chip pad (60 um square, 165 um away) lies under the ball pad's "
                             "disc (135 um); raise chip_pad.distance above 165 um or reduce "
                             "chip_pad.size"},
    {CHIP "size=48.5 um",
     "the sides of the chip pad (48.5 um square) graze the edge of the capture "
     "pad (radius 24 um), and no element fits between them; make "
     "chip_pad.size smaller than 47.28 um or larger than 48.72 um"},
    {TRACE "teardrop.length=41 um",
     "the teardrop (41 um long, 60 um wide at the disc) does not fit "
     "between the ball pad's disc and the capture pad, 41 um apart"},
    {TRACE "teardrop.ratio=6", "the teardrop (20 um long, 180 um wide at the disc) does not fit"},
    {TRACE "reach=155 um",
     "the trace ends 155 um from the ball's axis, within its teardrop (155 um); "
     "raise trace.reach or reduce teardrop.length"},
    {TRACE "reach=178 um", "the trace ends 178 um from the ball's axis, on the edge of the capture "
                           "pad or behind its middle; end it before 176 um, or between 181.265 and "
                           "200 um"},
    {TRACE "reach=201 um", "on the edge of the capture pad or behind its middle"},
    {CHIP "thickness=350 um", "the chip pad (350 um) is as thick as the die (350 um); reduce it"},
    {CHIP "distance=211 um", "chip pad and capture pad reach 241 um from the ball's axis and leave "
                             "the cell of this joint, where 240 um are left for them; reduce "
                             "chip_pad.distance or raise pitch"},
    {"model.neutral_distance=3.31 mm", "the trace leaves the die: its chip pad is 3540 um from the "
                                       "die's centre, the die's corner 3535.53 um; change "
                                       "chip_pad.direction, raise die.size or reduce "
                                       "model.neutral_distance"},
    {"package.dielectrics.third.hole_radius=132 um",
     "the connection hole (radius 132 um) must end on the ball pad's disc (135 um) where a trace "
     "leaves it; reduce hole_radius below 131.5 um"},
};

static void refusals_say_why(void **state) {
  (void)state;
  for (int i = 0; i < (int)BP_COUNT(refusals); i++) {
    const char *const keys[KEYS] = {refusals[i].key};
    BpProblems problems = {0};
    BpGeometry g;
    BpCase *bp = case_of(keys, 0);
    assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_BAD);
    int found = 0;
    for (int k = 0; k < problems.count; k++) {
      assert_int_equal(problems.item[k].code, BP_EXIT_CASE);
      found |= strstr(problems.item[k].text, refusals[i].text) != NULL;
    }
    if (!found) {
      print_error("%s is not refused with '%s'\n", refusals[i].key, refusals[i].text);
      bp_problems_print(&problems, stderr);
    }
    assert_true(found);
    bp_problems_free(&problems);
    bp_case_free(bp);
  }
}

/* A half cell is cut at y = 0, where the trace must be its own mirror image. */
static void half_cell_wants_a_mirror_image(void **state) {
  (void)state;
  const char *const keys[KEYS] = {CHIP "direction=30 deg", "model.symmetry=half"};
  BpProblems problems = {0};
  BpGeometry g;
  BpCase *bp = case_of(keys, 0);
  assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_BAD);
  assert_int_equal(problems.count, 1);
  assert_string_equal(strstr(problems.item[0].text, "the trace"),
                      "the trace is not alike on both sides of y = 0, where the half cell is cut; "
                      "turn it to 0 or 180 deg, or leave model.symmetry away");
  bp_problems_free(&problems);
  bp_case_free(bp);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(volumes_by_hand),
      cmocka_unit_test(regions_by_place),
      cmocka_unit_test(meshes_are_valid),
      cmocka_unit_test(nothing_without_a_trace),
      cmocka_unit_test(corners_join_arcs),
      cmocka_unit_test(refusals_say_why),
      cmocka_unit_test(half_cell_wants_a_mirror_image),
  };
  return cmocka_run_group_tests_name("trace", tests, NULL, bp_test_free_units);
}
