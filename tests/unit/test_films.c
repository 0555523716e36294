/* Optional films of the default package: volumes, named faces and what is refused. Lengths in um:
 * ring 55 to 77.8, 5 high; hole and board pad 125; mask opening 175, mask 20, board pad 25; D3 5;
 * pitch 500. */
#include "area.h"
#include "built.h"

#include "mesh.h"

#include <stdlib.h>
#include <string.h>

static const double pi = 3.14159265358979323846, um2 = 1e-12, um3 = 1e-18;

/* 16 quadratic arcs of a circle miss 5e-5 of a disc's area. */
static const double arcs = 1e-4;

#define UNDERBUMP     "package.underbump.thickness=2 um"
#define INTERMETALLIC "package.intermetallic.thickness=1 um"
#define UNDERFILL     "package.underfill.fill=gap"

typedef struct {
  BpCase *bp;
  BpGeometry g;
  BpMesh *mesh;
  BpMeshReport report;
} Joint;

static Joint open_joint(const char *const *keys) {
  Joint j = {.bp = bp_test_case(keys)};
  BpProblems problems = {0};
  assert_int_equal(bp_geometry_build(j.bp, &j.g, &problems), BP_OK);
  j.mesh = bp_mesh_build(&j.g, &problems);
  assert_non_null(j.mesh);
  assert_int_equal(bp_mesh_check(j.mesh, &j.g, &j.report, &problems), BP_OK);
  assert_int_equal(bp_mesh_accept(&j.report, &problems), BP_OK);
  assert_int_equal(bp_mesh_conforms(j.mesh, "joint", &problems), BP_OK);
  bp_problems_free(&problems);
  return j;
}

static void close_joint(Joint *j) {
  bp_mesh_free(j->mesh);
  bp_case_free(j->bp);
}

static int has_region(const BpMesh *mesh, const char *name) {
  for (int i = 0; i < mesh->nregions; i++)
    if (strcmp(mesh->region[i], name) == 0)
      return 1;
  return 0;
}

/* They take the place of solder, not of the copper: what solder wets is as large as without. */
static void films_lie_on_the_wetted_copper(void **state) {
  (void)state;
  const char *plain_keys[] = {"package.pad.shape=embossed", NULL};
  const char *keys[] = {"package.pad.shape=embossed", UNDERBUMP, INTERMETALLIC, NULL};
  Joint plain = open_joint(plain_keys), j = open_joint(keys);
  const double disc = 0.5 * pi * 125 * 125, *volume = j.report.volume;
  assert_close(volume[BP_REGION_UNDERBUMP], um3 * disc * 2, arcs, 0.0);
  assert_close(volume[BP_REGION_INTERMETALLIC], um3 * disc * 2, arcs, 0.0); /* 1 um on each side */
  for (int i = 0; i < BP_REGION_CHIP_PAD; i++)
    if (i != BP_REGION_SOLDER)
      assert_close(volume[i], plain.report.volume[i], 1e-12, 0.0);
  assert_close(volume[BP_REGION_SOLDER], plain.report.volume[BP_REGION_SOLDER], 2e-5, 0.0);
  assert_close(j.report.exact[BP_REGION_UNDERBUMP], um3 * disc * 2, 1e-12, 0.0);
  assert_close(j.report.exact[BP_REGION_INTERMETALLIC], um3 * disc * 2, 1e-12, 0.0);
  double area[2], path[2];
  bp_geometry_wetted(&plain.g, &area[0], &path[0]);
  bp_geometry_wetted(&j.g, &area[1], &path[1]);
  assert_close(area[1], area[0], 1e-12, 0.0);
  assert_close(2 * bp_test_area(j.mesh, BP_WETTED_PACKAGE), area[1], arcs, 0.0);
  assert_close(bp_test_area(j.mesh, BP_WETTED_BOARD), um2 * disc, arcs, 0.0);
  assert_close(bp_test_area(j.mesh, BP_HOLE_EDGE), um2 * pi * 125 * 5, arcs, 0.0);
  close_joint(&plain);
  close_joint(&j);
}

/* Solder that films push out of the hole stands in the ball: pi/6 h (3 a2 + 3 b2 + h2) = volume. */
static void films_raise_the_standoff(void **state) {
  (void)state;
  const char *keys[] = {"package.pad.shape=flat", UNDERBUMP, INTERMETALLIC, NULL};
  Joint j = open_joint(keys);
  const double h = 1e6 * j.g.standoff, hole = pi * 125 * 125 * (5 - 3);
  assert_close(pi / 6 * h * (6 * 125 * 125 + h * h), pi / 6 * 300 * 300 * 300 - hole, 1e-9, 0.0);
  assert_close(j.g.z_copper - j.g.z_pad, 1e-6, 1e-9, 0.0);
  assert_close(j.g.z_board - j.g.z_pad, 26e-6, 1e-9, 0.0);
  close_joint(&j);
}

/* All between die and board that is no joint, board pad or mask; columns between the joint and the
 * sides are moved, which costs as much again as the arcs. */
static void underfill_fills_the_gap(void **state) {
  (void)state;
  const char *keys[] = {"package.pad.shape=flat", UNDERFILL, NULL};
  Joint j = open_joint(keys);
  const double h = 1e6 * j.g.standoff;
  const double ball = pi / 6 * 300 * 300 * 300 - pi * 125 * 125 * 5, pad = pi * 125 * 125 * 25;
  const double mask = 20 * (500 * 500 - pi * 175 * 175);
  const double gap = 0.5 * (500 * 500 * (h + 25) - ball - pad - mask);
  assert_close(j.report.exact[BP_REGION_UNDERFILL], um3 * gap, 1e-9, 0.0);
  assert_close(j.report.volume[BP_REGION_UNDERFILL], um3 * gap, 2e-4, 0.0);
  assert_close(bp_test_area(j.mesh, BP_SIDE_FILL), um2 * 1000 * (h + 5), 1e-9, 0.0);
  close_joint(&j);
}

static void films_that_are_not_there_have_no_name(void **state) {
  (void)state;
  static const char *const name[] = {"underbump", "intermetallic", "underfill"};
  const char *none[] = {NULL}, *one[] = {UNDERFILL, NULL};
  Joint j = open_joint(none);
  for (int i = 0; i < 3; i++)
    assert_false(has_region(j.mesh, name[i]));
  assert_int_equal(bp_mesh_find_boundary(j.mesh, BP_SIDE_FILL), -1);
  close_joint(&j);
  j = open_joint(one);
  assert_true(has_region(j.mesh, name[2]) && !has_region(j.mesh, name[0]));
  assert_true(j.report.volume[BP_REGION_UNDERFILL] > 0.0);
  close_joint(&j);
}

static void what_leaves_no_room_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *keys[4], *text;
  } row[] = {
      {{"package.underbump.thickness=3 um", "package.intermetallic.thickness=2 um"},
       "films of 5 um on the copper fill the connection hole: they rise to 20 um, and the third "
       "dielectric to 20 um; reduce their thickness below 5 um"},
      {{"package.pad.shape=convex", "package.dielectrics.third.thickness=7 um",
        "package.intermetallic.thickness=2.5 um"},
       "films of 2.5 um on the copper fill the connection hole: they rise to 22.5 um, and the "
       "third "
       "dielectric to 22 um; reduce their thickness below 2 um"},
      {{UNDERFILL, "package.ball.diameter=380 um"},
       "um wide and leaves no room for underfill at a pitch of 500 um"},
      {{UNDERFILL, "package.board.mask_opening_radius=126 um"},
       "underfill between the joint and a mask whose opening (126 um) is as wide as the connection "
       "hole (125 um) has no cells; raise mask_opening_radius to 130 um or write "
       "package.underfill.fill: none"},
  };
  for (int i = 0; i < BP_COUNT(row); i++) {
    BpProblems problems = {0};
    BpGeometry g;
    BpCase *bp = bp_test_case(row[i].keys);
    assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_BAD);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.item[0].code, BP_EXIT_CASE);
    if (!strstr(problems.item[0].text, row[i].text))
      fail_msg("%s", problems.item[0].text);
    bp_problems_free(&problems);
    bp_case_free(bp);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(films_lie_on_the_wetted_copper),
      cmocka_unit_test(films_raise_the_standoff),
      cmocka_unit_test(underfill_fills_the_gap),
      cmocka_unit_test(films_that_are_not_there_have_no_name),
      cmocka_unit_test(what_leaves_no_room_is_refused),
  };
  return cmocka_run_group_tests_name("films", tests, NULL, bp_test_free_units);
}
