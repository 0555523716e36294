/* The parts of an array: which joints are there and how much of each, what coarse joints are made
 * of, the composed plan and its mesh against closed forms, and what is refused. */
#include "area.h"
#include "built.h"

#include "array.h"
#include "mesh.h"

#include <stdlib.h>

#define GAPS "package.pad.ring.gaps="

/* Few circles and layers. */
#define SMALL                                                                                      \
  "package.die.thickness=80 um", "package.board.thickness=80 um", "package.board.size=4 mm",       \
      "package.die.size=3 mm"

/* ---- joints */

/* The parts of all joints are a quarter or an eighth of the array, whether planes run between
 * joints or through them; and at most one joint is an eighth, the middle one. Those of a strip are
 * a quarter of its diagonal. */
static void parts_make_up_the_array(void **state) {
  (void)state;
  static const struct {
    const char *kind, *array;
    int joints, there;
    double share;
  } at[] = {
      {"model.kind=octant", "package.array={columns: 10, rows: 10}", 100, 15, 0.125},
      {"model.kind=octant", "package.array={columns: 5, rows: 5}", 25, 6, 0.125},
      {"model.kind=octant", "package.array={columns: 1, rows: 1}", 1, 1, 0.125},
      {"model.kind=quarter", "package.array={columns: 10, rows: 10}", 100, 25, 0.25},
      {"model.kind=quarter", "package.array={columns: 5, rows: 4}", 20, 6, 0.25},
      {"model.kind=quarter", "package.array={columns: 3, rows: 7}", 21, 8, 0.25},
      {"model.kind=strip", "package.array={columns: 10, rows: 10}", 100, 5, 0.025},
      {"model.kind=strip", "package.array={columns: 5, rows: 5}", 25, 3, 0.05},
  };
  for (int i = 0; i < BP_COUNT(at); i++) {
    const char *const overrides[] = {at[i].kind, at[i].array, NULL};
    BpGeometry g;
    BpCase *bp = bp_test_built(overrides, &g);
    double sum = 0.0;
    assert_int_equal(bp_array_count(&g), at[i].there);
    for (int k = 0; k < at[i].there; k++) {
      const BpSite site = bp_array_site(&g, k);
      sum += bp_site_part(&site);
      assert_int_equal(site.detailed, site.joint.column == bp->package.array.columns &&
                                              site.joint.row == bp->package.array.rows
                                          ? 0
                                          : -1);
    }
    assert_close(sum, at[i].share * at[i].joints, 1e-12, 0.0);
    bp_case_free(bp);
  }
}

/* The corner joint points from the die's centre along the diagonal, which cuts it in an octant. */
static void the_corner_joint_is_cut_by_the_diagonal(void **state) {
  (void)state;
  static const char *const octant[] = {"model.kind=octant", NULL}, *const quarter[] = {
                                                                       "model.kind=quarter", NULL};
  BpGeometry g;
  double angle[2];
  BpCase *bp = bp_test_built(octant, &g);
  const BpSite half = bp_array_detailed(&g, 0);
  assert_close(half.axis[0], 2.25e-3, 1e-12, 0.0);
  assert_close(half.axis[1], 2.25e-3, 1e-12, 0.0);
  assert_close(half.direction, 0.25 * M_PI, 1e-14, 0.0);
  assert_close(bp_geometry_part(&g), 0.5, 0.0, 0.0);
  assert_int_equal(bp_site_mirrors(&half, angle), 1);
  assert_close(remainder(angle[0], M_PI), 0.0, 0.0, 1e-12);
  bp_case_free(bp);
  bp = bp_test_built(quarter, &g);
  assert_close(bp_geometry_part(&g), 1.0, 0.0, 0.0);
  bp_case_free(bp);
}

/* ---- coarse joints */

/* Area of the hole and solder in it are those of the pad in full detail, which the volume of the
 * solder and the zone of the sphere above tell. */
static void coarse_pads_hold_the_same_solder(void **state) {
  (void)state;
  for (int i = 0; bp_pads[i]; i++) {
    char *shape = bp_format("package.pad.shape=%s", bp_pads[i]->name);
    const char *const overrides[] = {shape, GAPS "{count: 3, orientation: 10 deg}", NULL};
    BpGeometry g;
    BpCoarsePad pad;
    BpCase *bp = bp_test_built(overrides, &g);
    const double a = bp->package.dielectrics.hole_radius, b = bp->package.board.pad_radius,
                 h = g.standoff, zone = M_PI * h * (3.0 * (a * a + b * b) + h * h) / 6.0;
    double fill = 0.0, inner = 0.0;
    bp_coarse_pad(&g, &pad);
    assert_in_range(pad.nzones, 1, 3);
    for (int k = 0; k < pad.nzones; k++) {
      const double r = pad.radius[k];
      assert_true(r > inner + 2e-6);
      assert_true(k == 0 || pad.column[k].copper > pad.column[k - 1].copper);
      fill += M_PI * (r * r - inner * inner) * (g.z_hole - pad.column[k].copper);
      assert_int_equal(bp_coarse_region(&g, &pad, 0.5 * (inner + r), pad.column[k].copper - 1e-7),
                       BP_REGION_WIRING);
      inner = r;
    }
    assert_close(inner, a, 0.0, 0.0);
    assert_close(fill + zone, g.solder_volume, 1e-12, 0.0);
    bp_case_free(bp);
    free(shape);
  }
}

/* ---- meshes */

typedef struct {
  BpGeometry g;
  BpMesh *mesh;
  BpMeshReport report;
} Built;

/* Volumes by the closed forms, valid cells, faces that meet. */
static BpCase *meshed(const char *const overrides[], Built *b) {
  BpProblems problems = {0};
  BpCase *bp = bp_test_built(overrides, &b->g);
  b->mesh = bp_mesh_build(&b->g, &problems);
  assert_non_null(b->mesh);
  assert_int_equal(bp_mesh_check(b->mesh, &b->g, &b->report, &problems), BP_OK);
  assert_int_equal(bp_mesh_accept(&b->report, &problems), BP_OK);
  assert_int_equal(bp_mesh_conforms(b->mesh, "array", &problems), BP_OK);
  bp_problems_print(&problems, stderr);
  assert_int_equal(problems.count, 0);
  print_message("volumes %.1e, quality %.3f, %d wedges\n", b->report.volume_error,
                b->report.min_quality, b->report.ncells);
  assert_true(b->report.volume_error < 1e-4);
  assert_true(b->report.min_quality > 0.1);
  return bp;
}

static void assert_area(const Built *b, const char *name, double area, double tolerance) {
  assert_close(bp_test_area(b->mesh, name), area, tolerance, 0.0);
}

/* The numbers that closed forms of volumes are made of, from the case alone: die, board and solder,
 * and that one detailed joint is half there. */
static void an_octant_of_an_even_array(void **state) {
  (void)state;
  static const char *const overrides[] = {SMALL, "model.kind=octant",
                                          "package.array={columns: 4, rows: 4}",
                                          "package.pad.shape=embossed", NULL};
  Built b;
  double area, path;
  BpCase *bp = meshed(overrides, &b);
  const BpPackage *p = &bp->package;
  const double die = 0.5 * p->die.size, board = 0.5 * p->board.size;
  const double package = b.g.z_hole - b.g.z_back,
               below = p->board.thickness + p->board.mask_thickness;
  assert_close(b.report.volume[BP_REGION_DIE], 0.5 * die * die * p->die.thickness, 1e-12, 0.0);
  assert_close(b.report.volume[BP_REGION_BOARD], 0.5 * board * board * p->board.thickness, 1e-12,
               0.0);
  assert_close(b.report.volume[BP_REGION_SOLDER], 2.0 * b.g.solder_volume, 1e-4, 0.0);
  assert_close(b.report.exact[BP_REGION_SOLDER], 2.0 * b.g.solder_volume, 1e-12, 0.0);
  assert_area(&b, BP_DIE_BACK, 0.5 * die * die, 1e-12);
  assert_area(&b, BP_BOARD_BACK, 0.5 * board * board, 1e-12);
  assert_area(&b, BP_MIRROR, die * package + board * below, 1e-12);
  bp_geometry_wetted(&b.g, &area, &path);
  assert_area(&b, BP_WETTED_PACKAGE, 0.5 * area, 1e-4);
  assert_area(&b, BP_WETTED_BOARD, 0.5 * M_PI * p->board.pad_radius * p->board.pad_radius, 1e-4);
  assert_true(bp_test_area(b.mesh, BP_MIRROR_DIAGONAL) >
              sqrt(2.0) * (die * package + board * below));
  assert_int_equal(bp_mesh_find_boundary(b.mesh, BP_MIRROR_X), -1);
  assert_int_equal(bp_mesh_find_boundary(b.mesh, BP_SIDE_DIE), -1);
  bp_mesh_free(b.mesh);
  bp_case_free(bp);
}

/* Planes through joints' axes; the middle joint is cut twice. Several joints in full detail. */
static void a_quarter_of_an_odd_array(void **state) {
  (void)state;
  static const char *const overrides[] = {
      SMALL,
      "model.kind=quarter",
      "package.array={columns: 3, rows: 5}",
      "package.pad.shape=embossed",
      "package.pad.ring.gaps={count: 4}",
      "model.detailed=[{column: 3, row: 4}, {column: 2, row: 3}, {column: 2, row: 5}]",
      NULL};
  Built b;
  double area, path;
  BpCase *bp = meshed(overrides, &b);
  const BpPackage *p = &bp->package;
  const double pad = M_PI * p->board.pad_radius * p->board.pad_radius;
  bp_geometry_wetted(&b.g, &area, &path);
  assert_close(b.report.exact[BP_REGION_SOLDER], 15.0 / 4.0 * b.g.solder_volume, 1e-12, 0.0);
  assert_area(&b, BP_WETTED_PACKAGE, area, 1e-4);
  assert_area(&b, BP_WETTED_BOARD, pad, 1e-4);
  assert_area(&b, BP_WETTED_PACKAGE "_2", 0.25 * area, 1e-4);
  assert_area(&b, BP_WETTED_BOARD "_2", 0.25 * pad, 1e-4);
  assert_area(&b, BP_WETTED_PACKAGE "_3", 0.5 * area, 1e-4);
  assert_area(&b, BP_RING_WALL "_3", 0.5 * bp_test_area(b.mesh, BP_RING_WALL), 1e-4);
  bp_mesh_free(b.mesh);
  bp_case_free(bp);
}

/* The middle joint of an odd octant is an eighth. Finer. */
static void an_octant_of_one_joint(void **state) {
  (void)state;
  static const char *const overrides[] = {
      SMALL,          "model.kind=octant",        "package.array={columns: 1, rows: 1}",
      "mesh.level=2", "package.pad.shape=convex", NULL};
  Built b;
  BpCase *bp = meshed(overrides, &b);
  assert_close(b.report.volume[BP_REGION_SOLDER], 0.125 * b.g.solder_volume, 1e-4, 0.0);
  bp_mesh_free(b.mesh);
  bp_case_free(bp);
}

/* From the die's centre to the board's corner, 0.25 sqrt(2) of the pitch wide; the ends are at 45
 * deg. An even array ends with a cell of its own inside the die, in an odd one the middle joint is
 * cut twice and the last cell ends in the die's corner. */
static void a_strip(const char *array, const char *die, double joints) {
  const char *const overrides[] = {"package.die.thickness=80 um",
                                   "package.board.thickness=80 um",
                                   "package.board.size=4 mm",
                                   "model.kind=strip",
                                   array,
                                   die,
                                   "package.pad.shape=embossed",
                                   "package.pad.ring.gaps={count: 4}",
                                   NULL};
  Built b;
  double area, path;
  BpCase *bp = meshed(overrides, &b);
  const BpPackage *p = &bp->package;
  const double width = 0.25 * sqrt(2.0) * p->pitch, die_end = sqrt(0.5) * p->die.size,
               board_end = sqrt(0.5) * p->board.size;
  const double package = b.g.z_hole - b.g.z_back,
               below = p->board.thickness + p->board.mask_thickness;
  const double pad = M_PI * p->board.pad_radius * p->board.pad_radius;
  assert_close(b.report.volume[BP_REGION_DIE], width * (die_end - 0.5 * width) * p->die.thickness,
               1e-12, 0.0);
  assert_close(b.report.exact[BP_REGION_SOLDER], joints * b.g.solder_volume, 1e-12, 0.0);
  assert_area(&b, BP_DIE_BACK, width * (die_end - 0.5 * width), 1e-12);
  assert_area(&b, BP_BOARD_BACK, width * (board_end - 0.5 * width), 1e-12);
  assert_area(&b, BP_LONG_DIE, (die_end - width) * package, 1e-12);
  assert_area(&b, BP_LONG_BOARD, (board_end - width) * below, 1e-12);
  assert_true(bp_test_area(b.mesh, BP_MIRROR) > die_end * package + board_end * p->board.thickness);
  bp_geometry_wetted(&b.g, &area, &path);
  assert_area(&b, BP_WETTED_PACKAGE, 0.5 * area, 1e-4);
  assert_area(&b, BP_WETTED_BOARD, 0.5 * pad, 1e-4);
  assert_int_equal(bp_mesh_find_boundary(b.mesh, BP_MIRROR_DIAGONAL), -1);
  bp_mesh_free(b.mesh);
  bp_case_free(bp);
}

/* Dielectrics that end 60 um before the die's edge leave the passivation bare there. */
static void dielectrics_may_be_set_back(void **state) {
  (void)state;
  static const char *const overrides[] = {SMALL,
                                          "model.kind=octant",
                                          "package.array={columns: 2, rows: 2}",
                                          "package.pad.shape=flat",
                                          "package.die.size=1.4 mm",
                                          "package.dielectrics.set_back=60 um",
                                          NULL};
  Built b;
  BpCase *bp = meshed(overrides, &b);
  const BpPackage *p = &bp->package;
  const double half = 0.5 * 1.4e-3, films = half - 60e-6;
  const double area = 0.5 * films * films;
  assert_close(b.report.volume[BP_REGION_PASSIVATION], 0.5 * half * half * 0.8e-6, 1e-12, 0.0);
  assert_close(b.report.volume[BP_REGION_DIELECTRIC1], area * 5e-6, 1e-12, 0.0);
  assert_close(b.report.volume[BP_REGION_DIELECTRIC2], area * 5e-6, 1e-12, 0.0);
  const double disc = 0.5 * M_PI * p->wiring.disc_radius * p->wiring.disc_radius,
               hole = 0.5 * M_PI * p->dielectrics.hole_radius * p->dielectrics.hole_radius;
  assert_close(b.report.volume[BP_REGION_DIELECTRIC3], (area - disc) * 10e-6 + (disc - hole) * 5e-6,
               1e-4, 0.0);
  const double width = 0.25 * sqrt(2.0) * p->pitch;
  bp_mesh_free(b.mesh);
  bp_case_free(bp);
  static const char *const strip[] = {SMALL,
                                      "model.kind=strip",
                                      "package.array={columns: 2, rows: 2}",
                                      "package.die.size=1.4 mm",
                                      "package.dielectrics.set_back=60 um",
                                      NULL};
  bp = meshed(strip, &b);
  assert_close(b.report.volume[BP_REGION_DIELECTRIC1],
               width * (sqrt(2.0) * films - 0.5 * width) * 5e-6, 1e-12, 0.0);
  bp_mesh_free(b.mesh);
  bp_case_free(bp);
}

static void a_strip_of_an_even_array(void **state) {
  (void)state;
  a_strip("package.array={columns: 4, rows: 4}", "package.die.size=3 mm", 1.0);
}

static void a_strip_of_an_odd_array(void **state) {
  (void)state;
  a_strip("package.array={columns: 3, rows: 3}", "package.die.size=1.5 mm", 0.75);
}

/* ---- refusals */

typedef struct {
  const char *keys[6], *text;
} Refusal;

static void assert_refused(const Refusal *at, int n) {
  for (int i = 0; i < n; i++) {
    BpProblems problems = {0};
    BpGeometry g;
    BpCase *bp = bp_test_case(at[i].keys);
    assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_BAD);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.item[0].code, BP_EXIT_CASE);
    if (!strstr(problems.item[0].text, at[i].text))
      print_error("'%s' is not '%s'\n", problems.item[0].text, at[i].text);
    assert_non_null(strstr(problems.item[0].text, at[i].text));
    bp_problems_free(&problems);
    bp_case_free(bp);
  }
}

static void every_refusal_has_its_words(void **state) {
  (void)state;
  static const Refusal at[] = {
      {{"model.kind=octant", "package.array={columns: 11, rows: 11}"},
       "11 joints at a pitch of 0.5 mm need 5.5 mm, more than the die has (5 mm); raise die.size "
       "or take fewer joints"},
      {{"model.kind=octant", "package.board.size=4.9 mm"},
       "the board (4.9 mm) must be larger than the die (5 mm); raise board.size"},
      {{"model.kind=octant", "package.die.size=5.1 mm", "package.dielectrics.set_back=60 um"},
       "dielectrics that are set back by 60 um end in the cells of the outermost joints, which "
       "begin 50 um from the die's edge; reduce set_back or raise die.size to 5.12 mm"},
      {{"model.kind=octant", "package.array={columns: 10, rows: 9}"},
       "an octant is of a square array, this one has 10 columns and 9 rows; take model.kind: "
       "quarter"},
      {{"model.kind=quarter", "model.symmetry=full"},
       "model.symmetry is of a cell; the quarter has its own planes of symmetry: leave it away"},
      {{"model.kind=quarter", "package.wiring.trace.width=30 um"},
       "joints of the quarter have no trace; write package.wiring.trace.width: 0 um or take "
       "model.kind: cell"},
      {{"model.kind=octant", "package.underfill.fill=gap"},
       "there is no underfill in the octant; write package.underfill.fill: none or take "
       "model.kind: cell"},
      {{"model.kind=quarter", "model.detailed=[{column: 11, row: 10}]"},
       "joint {column: 11, row: 10} is not in the array of 10 columns and 10 rows"},
      {{"model.kind=quarter", "model.detailed=[{column: 10}]"},
       "joint {column: 10, row: 0} is not in the array of 10 columns and 10 rows"},
      {{"model.kind=quarter", "model.detailed=[{column: 1, row: 10}]"},
       "joint {column: 1, row: 10} is outside of the quarter; write its mirror image {column: 10, "
       "row: 10}"},
      {{"model.kind=octant", "model.detailed=[{column: 6, row: 1}]"},
       "joint {column: 6, row: 1} is outside of the octant; write its mirror image {column: 10, "
       "row: 6}"},
      {{"model.kind=octant", "model.detailed=[{column: 9, row: 8}, {column: 9, row: 8}]"},
       "joint {column: 9, row: 8} stands there twice"},
      {{"model.kind=octant",
        "model.detailed=[{column: 9, row: 8}, {column: 9, row: 7}, {column: 9, "
        "row: 6}, {column: 8, row: 8}, {column: 7, row: 7}]"},
       "model.detailed has 5 joints; at most 4 are possible"},
      {{"model.kind=octant", "package.pad.shape=embossed", GAPS "{count: 4, orientation: 10 deg}"},
       "4 gaps turned by 10 deg are not alike on both sides of the plane of symmetry that cuts "
       "joint {column: 10, row: 10}; turn them by a multiple of 45 deg, or take model.kind: "
       "quarter, which does not cut it"},
      {{"model.kind=quarter", "package.pad.shape=embossed", "package.array={columns: 9, rows: 9}",
        "package.pad.ring.gaps={count: 4, orientation: 10 deg}",
        "model.detailed=[{column: 9, row: 5}]"},
       "that cuts joint {column: 9, row: 5}; turn them by a multiple of 45 deg, or take another "
       "joint or model.kind: cell"},
  };
  assert_refused(at, BP_COUNT(at));
}

static void a_strip_refuses_with_words(void **state) {
  (void)state;
  static const Refusal at[] = {
      {{"model.kind=strip", "package.array={columns: 8, rows: 9}"},
       "a strip is of a square array, this one has 8 columns and 9 rows; take model.kind: quarter"},
      {{"model.kind=strip", "model.detailed=[{column: 10, row: 9}]"},
       "joint {column: 10, row: 9} is not on the array's diagonal, which the strip follows; write "
       "the same number twice or take model.kind: octant"},
      {{"model.kind=strip", "model.detailed=[{column: 2, row: 2}]"},
       "joint {column: 2, row: 2} is outside of the strip; write its mirror image {column: 9, row: "
       "9}"},
      {{"model.kind=strip", "package.pitch=0.49 mm"},
       "a circle of radius 175 um does not fit in the strip, whose long face is 173.2 um from the "
       "joints' axes; reduce it, raise pitch or take model.kind: octant"},
      {{"model.kind=strip", "package.pitch=0.49 mm", "package.board.mask_opening_radius=150 um",
        "package.wiring.disc_radius=173 um"},
       "a circle of radius 173 um does not fit in the strip, whose long face is 173.2 um from the "
       "joints' axes; reduce it, raise pitch or take model.kind: octant"},
      {{"model.kind=strip", "package.pitch=0.45 mm", "package.board.mask_opening_radius=155 um"},
       "the solder (159.8 um to each side) touches the long face of the strip, 159.1 um from the "
       "joints' axes, which follows the package; raise pitch or take model.kind: octant"},
      {{"model.kind=strip", "package.pad.shape=embossed",
        "package.pad.ring.gaps={count: 3, orientation: 20 deg}"},
       "3 gaps turned by 20 deg are not alike on both sides of the plane of symmetry that cuts "
       "joint "
       "{column: 10, row: 10}; turn them by a multiple of 60 deg, or take model.kind: quarter, "
       "which does not cut it"},
      {{"model.kind=strip", "package.wiring.trace.width=30 um"},
       "joints of the strip have no trace; write package.wiring.trace.width: 0 um or take "
       "model.kind: cell"},
  };
  assert_refused(at, BP_COUNT(at));
}

/* Gaps at any angle fit a quarter whose planes cut no joint in full detail. */
static void gaps_fit_where_no_plane_cuts(void **state) {
  (void)state;
  static const char *const overrides[] = {"model.kind=quarter", "package.pad.shape=embossed",
                                          GAPS "{count: 4, orientation: 10 deg}", NULL};
  BpGeometry g;
  BpCase *bp = bp_test_built(overrides, &g);
  assert_int_equal(g.whole, 1);
  bp_case_free(bp);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parts_make_up_the_array),
      cmocka_unit_test(the_corner_joint_is_cut_by_the_diagonal),
      cmocka_unit_test(coarse_pads_hold_the_same_solder),
      cmocka_unit_test(an_octant_of_an_even_array),
      cmocka_unit_test(a_quarter_of_an_odd_array),
      cmocka_unit_test(an_octant_of_one_joint),
      cmocka_unit_test(a_strip_of_an_even_array),
      cmocka_unit_test(a_strip_of_an_odd_array),
      cmocka_unit_test(dielectrics_may_be_set_back),
      cmocka_unit_test(every_refusal_has_its_words),
      cmocka_unit_test(a_strip_refuses_with_words),
      cmocka_unit_test(gaps_fit_where_no_plane_cuts),
  };
  return cmocka_run_group_tests_name("array", tests, NULL, bp_test_free_units);
}
