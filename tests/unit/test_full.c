/* The full cell: meshed all round where the joint is not its own mirror image, with the same
 * volumes, areas and rules as the half one. */
#include "area.h"
#include "built.h"

#include "mesh.h"

#define GAPS "package.pad.ring.gaps."

/* Half where it may be, whatever the shape: lines of gaps that a shape does not have are in its
 * plan, but do not break its symmetry. */
static void full_only_where_it_must_be(void **state) {
  (void)state;
  static const struct {
    const char *keys[4];
    int whole;
  } at[] = {
      {{"package.pad.shape=embossed", NULL}, 0},
      {{"package.pad.shape=embossed", GAPS "count=3", GAPS "orientation=60 deg", NULL}, 0},
      {{"package.pad.shape=embossed", GAPS "count=3", GAPS "orientation=10 deg", NULL}, 1},
      {{"package.pad.shape=flat", GAPS "count=3", GAPS "orientation=10 deg", NULL}, 0},
      {{"package.pad.shape=flat", "model.symmetry=full", NULL}, 1},
      {{"package.pad.shape=flat", "model.symmetry=half", NULL}, 0},
  };
  for (int i = 0; i < BP_COUNT(at); i++) {
    BpGeometry g;
    BpCase *bp = bp_test_built(at[i].keys, &g);
    assert_int_equal(g.whole, at[i].whole);
    assert_close(bp_geometry_part(&g), at[i].whole ? 1.0 : 0.5, 0.0, 0.0);
    bp_case_free(bp);
  }
}

static double vertex_angle(const double v[2]) {
  const double a = atan2(v[1], v[0]);
  return a < -1e-9 ? a + 2.0 * M_PI : a;
}

/* arcs vertices on every circle, at the ends of the arcs of each sector, and as many edges along it
 * whose middle lies on it; Euler's number of a disc is 1. */
static void check_plan(const BpPlan *plan, const BpPlanSpec *spec) {
  for (int c = 0; c < spec->ncircles; c++) {
    int on = 0, along = 0;
    for (int v = 0; v < plan->nvertices; v++) {
      if (fabs(hypot(plan->vertex[v][0], plan->vertex[v][1]) - spec->radius[c]) > 1e-12)
        continue;
      int s = 0;
      const double angle = vertex_angle(plan->vertex[v]);
      while (s + 1 < spec->nsectors && angle > spec->turn[s + 1] - 1e-7)
        s++;
      const double place = (angle - spec->turn[s]) / (spec->turn[s + 1] - spec->turn[s]);
      assert_close(place * spec->sector_arcs[s], round(place * spec->sector_arcs[s]), 0.0, 1e-5);
      on++;
    }
    for (int e = 0; e < plan->nedges; e++) {
      const double *p = plan->vertex[plan->edge[e][0]], *q = plan->vertex[plan->edge[e][1]];
      along += fabs(hypot(plan->middle[e][0], plan->middle[e][1]) - spec->radius[c]) < 1e-12 &&
               fabs(hypot(p[0], p[1]) - spec->radius[c]) < 1e-12 &&
               fabs(hypot(q[0], q[1]) - spec->radius[c]) < 1e-12;
    }
    assert_int_equal(on, spec->arcs);
    assert_int_equal(along, spec->arcs);
  }
  assert_int_equal(plan->nvertices - plan->nedges + plan->ntriangles, 1);
}

static void check_mesh(const BpGeometry *g) {
  const BpPackage *p = &g->bp->package;
  const BpBoard *b = &p->board;
  BpProblems problems = {0};
  BpMeshReport report;
  BpMesh *mesh = bp_mesh_build(g, &problems);
  assert_non_null(mesh);
  assert_int_equal(bp_mesh_check(mesh, g, &report, &problems), BP_OK);
  assert_int_equal(bp_mesh_accept(&report, &problems), BP_OK);
  assert_int_equal(bp_mesh_conforms(mesh, "cell", &problems), BP_OK);
  assert_int_equal(problems.count, 0);
  assert_true(report.volume_error < 1e-4);
  assert_true(report.min_quality > 0.3);
  double area, path;
  bp_geometry_wetted(g, &area, &path);
  const struct {
    const char *name;
    double area;
  } face[] = {
      {BP_DIE_BACK, p->pitch * p->pitch},
      {BP_BOARD_BACK, p->pitch * p->pitch},
      {BP_SIDE_DIE, 4.0 * p->pitch * (g->z_hole - g->z_back)},
      {BP_SIDE_BOARD, 4.0 * p->pitch * (b->thickness + b->mask_thickness)},
      {BP_WETTED_PACKAGE, area},
      {BP_WETTED_BOARD, M_PI * b->pad_radius * b->pad_radius},
  };
  for (int i = 0; i < BP_COUNT(face); i++)
    assert_close(bp_test_area(mesh, face[i].name), face[i].area, 1e-4, 0.0);
  assert_int_equal(bp_mesh_find_boundary(mesh, BP_MIRROR), -1);
  assert_close(report.exact[BP_REGION_SOLDER], g->solder_volume, 1e-14, 0.0);
  bp_mesh_free(mesh);
}

static void plans_and_meshes_go_all_round(void **state) {
  (void)state;
  static const char *const at[][5] = {
      {"model.symmetry=full", "package.pad.shape=embossed", NULL},
      {"package.pad.shape=embossed", GAPS "count=3", GAPS "orientation=10 deg", NULL},
      {"package.pad.shape=convex", GAPS "count=1", GAPS "orientation=37 deg", "mesh.level=1", NULL},
      /* a face of a gap at 180 deg, where the rings are cut in two */
      {"package.pad.shape=embossed", GAPS "count=5", GAPS "orientation=10 deg", NULL},
  };
  for (int i = 0; i < BP_COUNT(at); i++) {
    BpGeometry g;
    BpPlanSpec spec;
    BpProblems problems = {0};
    BpCase *bp = bp_test_built(at[i], &g);
    bp_plan_spec(&g, &spec);
    assert_true(bp_plan_is_whole(&spec));
    BpPlan *plan = bp_plan_build(&spec, &problems);
    assert_non_null(plan);
    check_plan(plan, &spec);
    check_mesh(&g);
    bp_plan_free(plan);
    bp_case_free(bp);
  }
}

/* What lies on both sides of y = 0 is taken twice: the closed forms of the half cell are halves. */
static void volumes_are_twice_the_half(void **state) {
  (void)state;
  static const char *const full[] = {"package.pad.shape=embossed", "model.symmetry=full", NULL},
                           *const half[] = {"package.pad.shape=embossed", NULL};
  BpGeometry g[2];
  double volume[2][BP_REGIONS];
  BpCase *bp[2] = {bp_test_built(full, &g[0]), bp_test_built(half, &g[1])};
  for (int i = 0; i < 2; i++)
    bp_geometry_volumes(&g[i], volume[i]);
  for (int i = 0; i < BP_REGIONS; i++)
    assert_close(volume[0][i], 2.0 * volume[1][i], 1e-14, 0.0);
  bp_case_free(bp[0]);
  bp_case_free(bp[1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(full_only_where_it_must_be),
      cmocka_unit_test(plans_and_meshes_go_all_round),
      cmocka_unit_test(volumes_are_twice_the_half),
  };
  return cmocka_run_group_tests_name("full cell", tests, NULL, bp_test_free_units);
}
