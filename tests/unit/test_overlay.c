/* Films that are displaced against each other: where their walls are, volumes that stay what they
 * are, and what is refused. Ring 55 to 77.8, well 115, hole 125, disc 135 um. */
#include "built.h"

#include "mesh.h"

#include <stdlib.h>
#include <string.h>

#define UM 1e-6

enum { MOST = 8 };

#define SHAPE  "package.pad.shape="
#define SECOND "package.overlay.second="
#define WIRING "package.overlay.wiring="
#define THIRD  "package.overlay.third="

typedef struct {
  const char *keys[MOST];
  int whole;
  double second[2], well[2], wiring[2]; /* axes in um, from that of the ball */
} Variant;

static const Variant variants[] = {
    {{SHAPE "embossed", SECOND "{x: 4 um}"}, 0, {4, 0}, {0, 0}, {0, 0}},
    {{SHAPE "embossed", SECOND "{x: 3 um, y: -2 um}", WIRING "{x: -2 um, y: 1 um}",
      THIRD "{x: 1 um, y: 2 um}"},
     1,
     {2, -4},
     {-1, -2},
     {-3, -1}},
    {{SHAPE "convex_d1", SECOND "{x: 3 um, y: 4 um}"}, 1, {3, 4}, {3, 4}, {0, 0}},
    {{SHAPE "convex", THIRD "{x: -5 um}", "package.pad.ring.gaps.count=2"},
     0,
     {5, 0},
     {0, 0},
     {5, 0}},
    {{SHAPE "embossed", SECOND "{x: 1 um, y: -6 um}",
      "package.pad.first_dielectric=[{outer_radius: 30 um}]", "package.underfill.fill=gap"},
     1,
     {1, -6},
     {0, 0},
     {0, 0}},
};

/* Corners of a named face's nodes lie on one of two circles around an axis (um). */
static void assert_round(const BpMesh *mesh, const char *name, const double axis[2],
                         const double radius[2]) {
  const int set = bp_mesh_find_boundary(mesh, name);
  int n = 0;
  for (int f = 0; f < mesh->faces.count; f++)
    for (int k = mesh->faces.start[f]; k < mesh->faces.start[f + 1]; k++) {
      const double *x = mesh->xyz + 3 * (size_t)mesh->faces.node[k];
      const double r = hypot(x[0] / UM - axis[0], x[1] / UM - axis[1]);
      if (mesh->faces.group[f] != set)
        continue;
      assert_true(fmin(fabs(r - radius[0]), fabs(r - radius[1])) < 1e-5);
      n++;
    }
  assert_true(n >= 64);
}

/* The wiring's disc reaches as far on every side of its axis. */
static void assert_disc(const BpMesh *mesh, const double axis[2]) {
  double farthest = 0.0;
  for (int c = 0; c < mesh->cells.count; c++)
    for (int k = mesh->cells.start[c]; k < mesh->cells.start[c + 1]; k++) {
      const double *x = mesh->xyz + 3 * (size_t)mesh->cells.node[k];
      if (bp_region_find(mesh->region[mesh->cells.group[c]]) == BP_REGION_WIRING)
        farthest = fmax(farthest, hypot(x[0] / UM - axis[0], x[1] / UM - axis[1]));
    }
  assert_close(farthest, 135.0, 1e-9, 0.0);
}

static void check_walls(const Variant *v, const BpGeometry *g, const BpMesh *mesh) {
  if (g->pad->has_ring && g->bp->package.pad.ring.gaps.count == 0)
    assert_round(mesh, BP_RING_WALL, v->second, (const double[]){55, 77.8});
  if (g->pad->has_well)
    assert_round(mesh, BP_WELL_WALL, v->well, (const double[]){115, 115});
  assert_round(mesh, BP_HOLE_EDGE, (const double[]){0, 0}, (const double[]){125, 125});
  assert_disc(mesh, v->wiring);
}

/* Films that lie within each other have the same volumes wherever they lie. */
static void walls_are_where_films_are(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(variants); i++) {
    const Variant *v = &variants[i];
    BpProblems problems = {0};
    BpMeshReport report;
    BpGeometry g;
    BpCase *bp = bp_test_built(v->keys, &g);
    assert_int_equal(g.whole, v->whole);
    BpMesh *mesh = bp_mesh_build(&g, &problems);
    assert_non_null(mesh);
    assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
    assert_int_equal(bp_mesh_accept(&report, &problems), BP_OK);
    assert_int_equal(bp_mesh_conforms(mesh, "displaced", &problems), BP_OK);
    print_message("volumes %.1e, quality %.3f\n", report.volume_error, report.min_quality);
    assert_true(report.volume_error < 1e-4);
    check_walls(v, &g, mesh);
    bp_mesh_free(mesh);
    bp_case_free(bp);
  }
}

/* The ring's slopes count around its own axis, and films displaced alike are not displaced. */
static void slopes_and_common_ways(void **state) {
  (void)state;
  static const char *const leaning[] = {SHAPE "embossed", SECOND "{y: 5 um}",
                                        "package.pad.ring.wall_angle=60 deg",
                                        "package.pad.concave.wall_angle=70 deg", NULL},
                           *const together[] = {SHAPE "flat",
                                                SECOND "{x: 7 um}",
                                                WIRING "{x: 7 um}",
                                                THIRD "{x: 7 um}",
                                                "package.pad.ring.height=5 um",
                                                NULL};
  BpProblems problems = {0};
  BpMeshReport report;
  BpGeometry g;
  BpCase *bp = bp_test_built(leaning, &g);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
  assert_true(report.volume_error < 1e-4 && report.min_quality > 0.1);
  bp_mesh_free(mesh);
  bp_case_free(bp);
  bp = bp_test_built(together, &g);
  assert_int_equal(bp_geometry_is_displaced(&g), 1); /* against D1 */
  bp_case_free(bp);
}

static const struct {
  const char *keys[MOST];
  const char *text;
} refused[] = {
    {{SHAPE "embossed", SECOND "{x: 4 um}", "model.kind=octant"},
     "displaced films are not their own mirror image about the planes of the octant; take "
     "model.kind: cell or leave the overlay away"},
    {{SHAPE "embossed", SECOND "{x: 4 um}", "package.wiring.trace.width=30 um"},
     "films are displaced against each other around the ball alone, not where a trace leads to the "
     "chip; write wiring.trace.width: 0 um or leave the overlay away"},
    {{SHAPE "flat_bare", WIRING "{x: 4 um}"},
     "the wiring's disc fills the opening of the dielectrics in a pad of shape flat_bare and "
     "cannot be displaced in it; displace both or none"},
    {{SHAPE "embossed", SECOND "{y: 4 um}", "model.symmetry=half"},
     "films that are displaced along y are not alike on both sides of y = 0, where the half cell "
     "is cut; leave model.symmetry away"},
    {{SHAPE "convex", THIRD "{x: 12 um}"},
     "films that are displaced against each other meet: circles of radius 125 and 135 um have axes "
     "12 um apart and 10 um of room; reduce the overlay or part them"},
    {{SHAPE "embossed", SECOND "{x: 1 um}",
      "package.pad.first_dielectric=[{inner_radius: 55 um, outer_radius: 77.8 um}]"},
     "meet: circles of radius 51.5 and 51.5 um have axes 1 um apart and 0 um of room"},
};

static void what_cannot_be_displaced_is_refused(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(refused); i++) {
    BpProblems problems = {0};
    BpGeometry g;
    BpCase *bp = bp_test_case(refused[i].keys);
    assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_BAD);
    if (problems.count == 0 || problems.item[0].code != BP_EXIT_CASE ||
        !strstr(problems.item[0].text, refused[i].text)) {
      bp_problems_print(&problems, stderr);
      fail_msg("row %d", i);
    }
    bp_problems_free(&problems);
    bp_case_free(bp);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(walls_are_where_films_are),
      cmocka_unit_test(slopes_and_common_ways),
      cmocka_unit_test(what_cannot_be_displaced_is_refused),
  };
  return cmocka_run_group_tests_name("overlay", tests, NULL, bp_test_free_units);
}
