/* Conduction against closed forms: bars in series, half an annular disc, the trace between bounds
 * of its own; and what is connected to what. */
#include "bench.h"
#include "block.h"

#include "conduction.h"
#include "mesh.h"
#include "units.h"

#include <stdlib.h>
#include <string.h>

#define UM 1e-6

enum { NODES = 15 }; /* of a wedge */

static const double copper = 1.7241e-8, aluminium = 2.8264e-8;

static BpConductance solved(const BpMesh *mesh, const BpConductor *conductor) {
  BpConductance out;
  petsc_ok(bp_conduction_solve(mesh, conductor, &out));
  return out;
}

/* ---- bars */

static const double heights[] = {-30 * UM, -10 * UM, 0, 15 * UM, 40 * UM};
static const int stack[] = {BP_REGION_DIE, BP_REGION_WIRING, BP_REGION_PASSIVATION,
                            BP_REGION_SOLDER};

static BpMesh *bar(double distort) {
  const BpTestBlock block = {.nx = 3,
                             .ny = 2,
                             .nlayers = 4,
                             .size = {60 * UM, 20 * UM},
                             .z = heights,
                             .region = stack,
                             .distort = distort,
                             .inside_only = 1};
  return bp_test_block(&block);
}

/* Layers in series: R = sum of rho h / A, and exact on any straight-sided mesh, because the
 * potential is linear in each of them. */
static void layers_are_in_series(void **state) {
  (void)state;
  double resistivity[BP_REGIONS] = {0.0};
  const BpConductor conductor = {resistivity, "die_back", "board_back"};
  BpMesh *mesh = bar(0.0);
  resistivity[BP_REGION_DIE] = copper;
  resistivity[BP_REGION_WIRING] = aluminium;
  resistivity[BP_REGION_PASSIVATION] = 2 * copper;
  resistivity[BP_REGION_SOLDER] = 3 * copper;
  const BpConductance out = solved(mesh, &conductor);
  const double sum = copper * 20 + aluminium * 10 + 2 * copper * 15 + 3 * copper * 25;
  assert_true(out.path.connected);
  assert_int_equal(out.path.ncells, mesh->cells.count);
  assert_close(out.resistance, sum * UM / (60 * UM * 20 * UM), 1e-9, 0.0);
  bp_mesh_free(mesh);
}

/* A layer that insulates parts the bar: the way ends below it. */
static void insulators_part(void **state) {
  (void)state;
  double resistivity[BP_REGIONS] = {0.0};
  const BpConductor conductor = {resistivity, "die_back", "board_back"};
  BpMesh *mesh = bar(0.0);
  resistivity[BP_REGION_DIE] = resistivity[BP_REGION_WIRING] = copper;
  resistivity[BP_REGION_SOLDER] = copper;
  const BpConductance out = solved(mesh, &conductor);
  assert_false(out.path.connected);
  assert_true(out.resistance == HUGE_VAL);
  assert_int_equal(out.path.ncells, 2 * mesh->cells.count / 4);
  assert_close(out.path.end[2], -5 * UM, 1e-9, 0.0); /* middle of the wiring's layer */
  assert_close(out.path.other[2], 27.5 * UM, 1e-9, 0.0);
  assert_close(hypot(out.path.end[0] - out.path.other[0], out.path.end[1] - out.path.other[1]), 0.0,
               0.0, 1e-12);
  bp_mesh_free(mesh);
}

/* Without copper at an end there is no place to name. */
static void an_end_without_conductor(void **state) {
  (void)state;
  double resistivity[BP_REGIONS] = {0.0};
  BpMesh *mesh = bar(0.0);
  resistivity[BP_REGION_WIRING] = copper;
  const BpConductor conductor = {resistivity, "die_back", "board_back"};
  const BpConductance out = solved(mesh, &conductor);
  assert_false(out.path.connected);
  assert_int_equal(out.path.ncells, 0);
  assert_true(isnan(out.path.end[0]) && isnan(out.path.other[0]));
  const BpConductor unnamed = {resistivity, "nothing", "board_back"};
  assert_false(solved(mesh, &unnamed).path.connected);
  bp_mesh_free(mesh);
}

/* Two bars that touch along an edge alone do not conduct: current needs a face. */
static void an_edge_does_not_conduct(void **state) {
  (void)state;
  double resistivity[BP_REGIONS] = {0.0};
  const double z[] = {0, 10 * UM, 20 * UM};
  const int region[] = {BP_REGION_DIE, BP_REGION_BOARD};
  const BpTestBlock block = {
      .nx = 2, .ny = 1, .nlayers = 2, .size = {20 * UM, 10 * UM}, .z = z, .region = region};
  BpMesh *mesh = bp_test_block(&block);
  const BpConductor conductor = {resistivity, "die_back", "board_back"};
  resistivity[BP_REGION_DIE] = copper;
  for (int c = 0; c < mesh->cells.count; c++) {
    double x = 0.0, height = 0.0;
    for (int i = 0; i < 6; i++) {
      const double *at = mesh->xyz + 3 * (size_t)mesh->cells.node[mesh->cells.start[c] + i];
      x += at[0] / 6.0;
      height += at[2] / 6.0;
    }
    mesh->cells.group[c] = (x > 0.0) == (height > 10 * UM) ? BP_REGION_DIE : BP_REGION_PASSIVATION;
  }
  const BpConductance out = solved(mesh, &conductor);
  assert_false(out.path.connected);
  assert_int_equal(out.path.ncells, 2);
  bp_mesh_free(mesh);
}

/* ---- half an annular disc: R = rho ln(b/a)/(pi t) */

static const double inner = 50 * UM, outer = 135 * UM, thick = 5 * UM;

/* A node of the disc's mesh by its place, made where it is new. */
static int node_at(BpMesh *mesh, const double at[2], double z) {
  const double *x = mesh->xyz;
  for (int n = 0; n < mesh->nnodes; n++, x += 3)
    if (fabs(x[0] - at[0]) + fabs(x[1] - at[1]) + fabs(x[2] - z) < 1e-12)
      return n;
  BP_GROW(mesh->xyz, 3 * (size_t)(mesh->nnodes + 1));
  double *to = mesh->xyz + 3 * (size_t)mesh->nnodes;
  to[0] = at[0];
  to[1] = at[1];
  to[2] = z;
  return mesh->nnodes++;
}

static void add_rim(BpMesh *mesh, const int node[NODES], double r, const char *name) {
  for (int f = 0; f < 5; f++) {
    int on = bp_wedge_face_size[f] == 4, local[8], nodes[8];
    for (int i = 0; i < 4 && on; i++) {
      const double *x = mesh->xyz + 3 * (size_t)node[bp_wedge_face[f][i]];
      on = fabs(hypot(x[0], x[1]) - r) < 1e-12;
    }
    if (!on)
      continue;
    bp_wedge_face_nodes(f, local);
    for (int i = 0; i < 8; i++)
      nodes[i] = node[local[i]];
    bp_cells_add(&mesh->faces, BP_CELL_QUAD8, nodes, bp_mesh_boundary(mesh, name));
  }
}

static BpMesh *half_disc(int divisions) {
  BpProblems problems = {0};
  const BpPlanSpec spec = {.half = 200 * UM,
                           .ncircles = 2,
                           .radius = {inner, outer},
                           .divisions = {1, divisions},
                           .nsectors = 1,
                           .turn = {0.0, M_PI},
                           .sector_arcs = {4 * divisions},
                           .arcs = 4 * divisions,
                           .border = 2,
                           .outer = 1};
  BpPlan *plan = bp_plan_build(&spec, &problems);
  BpMesh *mesh = bp_mesh_new();
  assert_non_null(plan);
  for (int t = 0; t < plan->ntriangles; t++) {
    const int *v = plan->triangle[t], *e = plan->triangle_edge[t];
    int node[NODES], inside = 1;
    for (int i = 0; i < 3; i++) {
      const double r = hypot(plan->vertex[v[i]][0], plan->vertex[v[i]][1]);
      inside &= r > inner - 1e-12 && r < outer + 1e-12;
    }
    for (int i = 0; i < 3 && inside; i++)
      for (int top = 0; top < 2; top++) {
        node[3 * top + i] = node_at(mesh, plan->vertex[v[i]], top * thick);
        node[6 + 3 * top + i] = node_at(mesh, plan->middle[e[i]], top * thick);
        node[12 + i] = node_at(mesh, plan->vertex[v[i]], 0.5 * thick);
      }
    if (!inside)
      continue;
    bp_cells_add(&mesh->cells, BP_CELL_WEDGE15, node, bp_mesh_region(mesh, "disc"));
    add_rim(mesh, node, inner, "inner");
    add_rim(mesh, node, outer, "outer");
  }
  bp_plan_free(plan);
  return mesh;
}

/* Quadratic elements: the potential errs by h^3, the power by h^4. */
static void disc_converges(void **state) {
  (void)state;
  const double exact = copper * log(outer / inner) / (M_PI * thick);
  double error[3];
  for (int i = 0; i < 3; i++) {
    BpMesh *mesh = half_disc(1 << i);
    const BpConductor conductor = {&copper, "inner", "outer"};
    const BpConductance out = solved(mesh, &conductor);
    assert_true(out.path.connected);
    error[i] = fabs(out.resistance / exact - 1.0);
    bp_mesh_free(mesh);
  }
  print_message("half disc: relative errors %.2e %.2e %.2e\n", error[0], error[1], error[2]);
  assert_true(error[2] < 1e-4);
  assert_true(error[0] > 8.0 * error[1] && error[1] > 8.0 * error[2]);
}

/* ---- the trace */

static BpConductance conductance_of_trace(const char *const *keys, double *part) {
  double resistivity[BP_REGIONS] = {0.0};
  BpGeometry g;
  BpProblems problems = {0};
  BpCase *bp = bp_test_case(keys);
  assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_OK);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_non_null(mesh);
  for (int i = 0; i < mesh->nregions; i++) {
    const int region = bp_region_find(mesh->region[i]);
    resistivity[i] = region == BP_REGION_WIRING     ? copper
                     : region == BP_REGION_CHIP_PAD ? aluminium
                                                    : 0.0;
  }
  const BpConductor conductor = {resistivity, BP_CHIP_CONTACT, BP_WETTED_PACKAGE};
  const BpConductance out = solved(mesh, &conductor);
  *part = bp_geometry_part(&g);
  bp_mesh_free(mesh);
  bp_case_free(bp);
  return out;
}

static double trace_resistance(const char *const *keys) {
  double part;
  const BpConductance out = conductance_of_trace(keys, &part);
  assert_true(out.path.connected);
  return part * out.resistance;
}

#define WIDTH "package.wiring.trace.width=30 um"

/* Planes at one potential at both ends of the trace's straight part can but lower the resistance:
 * it is more than that of this part, 155 to 200 - sqrt(24^2 - 15^2) um. Nor is it twice as much
 * with twice the width on both sides of it. */
static void trace_is_within_bounds(void **state) {
  (void)state;
  const char *const half[] = {WIDTH, NULL}, *const full[] = {WIDTH, "model.symmetry=full", NULL};
  const char *const fine[] = {WIDTH, "mesh.level=2", NULL}, *const bare[] = {
                                                                WIDTH,
                                                                "package.pad.shape=flat_bare",
                                                                NULL};
  const double straight = (200 - sqrt(24.0 * 24.0 - 15.0 * 15.0) - 155) * UM;
  const double least = copper * straight / (30 * UM * 5 * UM), R = trace_resistance(half);
  print_message("trace: %.4f mohm, more than %.4f mohm\n", 1e3 * R, 1e3 * least);
  assert_true(R > least && R < 2.5 * least);
  assert_close(trace_resistance(full), R, 5e-3, 0.0); /* meshes of their own */
  assert_close(trace_resistance(fine), R, 5e-3, 0.0);
  assert_true(trace_resistance(bare) > R); /* up the wall at the disc's edge */
}

/* Where the metal from the chip pad ends, and that of the ball pad begins: the copper of both at
 * the gap from 165 um to the capture pad at 176 um, or chip pad and copper above a film that is not
 * open. */
static void cut_traces_do_not_conduct(void **state) {
  (void)state;
  static const struct {
    const char *key;
    double end[2], other[2]; /* x from and to, um */
    double below, above;     /* z, um */
  } cut[] = {
      {"package.wiring.trace.reach=165 um", {176, 190}, {155, 165}, 10, 15},
      {"package.dielectrics.first.via_radius=0 um", {180, 220}, {180, 220}, -1.8, 9.2},
      {"package.dielectrics.second.via_radius=0 um", {180, 220}, {180, 220}, -1.8, 9.2},
      {"package.passivation.opening_radius=0 um", {180, 220}, {180, 220}, -1.8, 5},
  };
  for (int i = 0; i < (int)BP_COUNT(cut); i++) {
    const char *const keys[] = {WIDTH, cut[i].key, NULL};
    double part;
    const BpConductance out = conductance_of_trace(keys, &part);
    const double *end = out.path.end, *other = out.path.other;
    assert_false(out.path.connected);
    assert_true(out.resistance == HUGE_VAL);
    assert_true(end[0] > cut[i].end[0] * UM && end[0] < cut[i].end[1] * UM);
    assert_true(other[0] > cut[i].other[0] * UM && other[0] < cut[i].other[1] * UM);
    assert_true(end[2] > cut[i].below * UM && end[2] < cut[i].above * UM);
    assert_true(other[2] > cut[i].below * UM && other[2] < cut[i].above * UM);
  }
}

static int free_units(void **state) {
  (void)state;
  bp_units_free();
  return 0;
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(layers_are_in_series),
      cmocka_unit_test(insulators_part),
      cmocka_unit_test(an_end_without_conductor),
      cmocka_unit_test(an_edge_does_not_conduct),
      cmocka_unit_test(disc_converges),
      cmocka_unit_test(trace_is_within_bounds),
      cmocka_unit_test(cut_traces_do_not_conduct),
  };
  return BP_TEST_MAIN_WITH(argc, argv, "conduction", tests, NULL, free_units);
}
