/* Users' meshes of every element, and mixed ones, under what their boundary prescribes. Expected:
 * closed forms that the elements hold exactly, on distorted cells; tolerance 1e-10, asked for of
 * the patch test: Newton stops at 4e-12 of the load. */
#include "bench.h"
#include "user_block.h"

#include "mesh.h"

#include <stdlib.h>

static const double size[3] = {2e-3, 1e-3, 3e-3};
static const double young = 108.3e9, poisson = 0.299; /* of the card */

static BpCase *read_case(const char *boundary) {
  BpProblems problems = {0};
  char *text = bp_format("model:\n  kind: mesh\n  file: block.msh\n"
                         "  materials: {body: cu3sn_elastic_fields}\n  boundary:\n%s"
                         "load: {start: 20 degC}\n",
                         boundary);
  BpCase *bp = bp_case_read_text("block.yaml", text, NULL, 0, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  free(text);
  assert_non_null(bp);
  return bp;
}

typedef struct {
  const char *boundary;
  double time, temperature; /* s, K */
  double slope[3], shift[3];
  const double (*map)[3];   /* of the mesh, NULL: none */
  const double (*frame)[3]; /* whose columns slope and shift are along, NULL: the axes */
} Load;

/* What the displacement is at x, m. */
static double expected_at(const Load *load, const double x[3], int d) {
  double u = 0.0;
  if (!load->frame)
    return load->slope[d] * x[d] + load->shift[d];
  for (int k = 0; k < 3; k++) {
    double along = 0.0;
    for (int i = 0; i < 3; i++)
      along += load->frame[i][k] * x[i];
    u += load->frame[d][k] * (load->slope[k] * along + load->shift[k]);
  }
  return u;
}

/* Largest error of a displacement that is linear in x without mixed terms. */
static double error_of(const BpTestBench *b, const Load *load) {
  double mine = 0.0, scale = 0.0;
  const double *value;
  Vec local;
  petsc_ok(DMGetLocalVector(b->grid->dm, &local));
  petsc_ok(DMGlobalToLocal(b->grid->dm, b->newton->u, INSERT_VALUES, local));
  petsc_ok(VecGetArrayRead(local, &value));
  for (int n = 0; n < b->grid->nnodes; n++) {
    double u[3];
    bp_grid_displacement(b->grid, value + 3 * n, u);
    for (int d = 0; d < 3; d++) {
      const double expected = expected_at(load, b->grid->xyz[n], d);
      mine = fmax(mine, fabs(u[d] - expected));
      scale = fmax(scale, fabs(expected));
    }
  }
  petsc_ok(VecRestoreArrayRead(local, &value));
  petsc_ok(DMRestoreLocalVector(b->grid->dm, &local));
  mine = bp_test_largest(b->comm, mine);
  return mine / bp_test_largest(b->comm, scale);
}

static BpMesh *mapped_block(const Load *load, BpCellType type, int mixed) {
  BpMesh *mesh = bp_test_user_block(type, 3, size, 0.1, mixed);
  for (int n = 0; n < mesh->nnodes && load->map; n++) {
    double *x = mesh->xyz + 3 * n;
    const double from[3] = {x[0], x[1], x[2]};
    for (int d = 0; d < 3; d++)
      x[d] = load->map[d][0] * from[0] + load->map[d][1] * from[1] + load->map[d][2] * from[2];
  }
  return mesh;
}

static void check(const Load *load, BpCellType type, int mixed) {
  BpTestBench b;
  BpStatus status;
  bp_test_open_world(read_case(load->boundary), mapped_block(load, type, mixed), &b);
  petsc_ok(bp_model_start_step(b.model, load->time, load->temperature));
  petsc_ok(VecSet(b.newton->u, 0.0));
  petsc_ok(bp_newton_solve(b.newton, &status));
  const double error = error_of(&b, load);
  if (b.rank == 0)
    print_message("%s%s: %.1e, %d linear iterations\n", bp_cell_info(type)->name,
                  mixed ? " and wedges" : "", error, (int)b.newton->linear);
  assert_int_equal(status, BP_OK);
  assert_close(error, 0.0, 0.0, 1e-10);
  bp_test_close(&b);
}

static void check_all(const Load *load) {
  static const BpCellType type[] = {BP_CELL_TET4,    BP_CELL_TET10, BP_CELL_WEDGE6,
                                    BP_CELL_WEDGE15, BP_CELL_HEX8,  BP_CELL_HEX20};
  for (int i = 0; i < BP_COUNT(type); i++)
    check(load, type[i], 0);
  check(load, BP_CELL_HEX20, 1);
  check(load, BP_CELL_HEX8, 1);
}

#define SYMMETRY                                                                                   \
  "    - {on: x0, symmetry: yes}\n    - {on: y0, symmetry: yes}\n    - {on: z0, symmetry: yes}\n"

/* Traction of 200 MPa along z, pressure of 100 MPa on x1: both are uniform. */
static void traction_and_pressure(void **state) {
  (void)state;
  const double sz = 200e6, sx = -100e6;
  check_all(&(Load){
      SYMMETRY "    - {on: z1, traction: [0 MPa, 0 MPa, 200 MPa]}\n"
               "    - {on: x1, pressure: 100 MPa}\n",
      1.0,
      293.15,
      {(sx - poisson * sz) / young, -poisson * (sx + sz) / young, (sz - poisson * sx) / young},
      {0.0},
      NULL,
      NULL});
}

/* A displacement of 30 um, half of which is there after half of its time. */
static void displacement_with_time(void **state) {
  (void)state;
  const double strain = 0.5 * 30e-6 / size[2];
  check_all(&(Load){SYMMETRY "    - {on: z1, uz: 30 um, times: [1 s, 3 s], factors: [0, 1]}\n",
                    2.0,
                    293.15,
                    {-poisson * strain, -poisson * strain, strain},
                    {0.0},
                    NULL,
                    NULL});
}

/* Pressure of 10 MPa on a foundation of 1e12 N/m3: 10 um down. Held along the axis and at its foot.
 */
static void foundation(void **state) {
  (void)state;
  const double s = -10e6;
  check_all(&(Load){"    - {on: x0, symmetry: yes}\n    - {on: y0, symmetry: yes}\n"
                    "    - {on: z0, foundation: 1e12 N/m3}\n    - {on: z1, pressure: 10 MPa}\n",
                    1.0,
                    293.15,
                    {-poisson * s / young, -poisson * s / young, s / young},
                    {0.0, 0.0, s / 1e12},
                    NULL,
                    NULL});
}

/* Free expansion by 100 K, supported by a curve, a point and a plane. */
static void expansion(void **state) {
  (void)state;
  const double strain = 19.0e-6 * 100.0;
  check_all(&(Load){"    - {on: axis, fixed: [ux, uy]}\n    - {on: origin, uz: 0 mm}\n"
                    "    - {on: y0, symmetry: yes}\n",
                    1.0,
                    393.15,
                    {strain, strain, strain},
                    {0.0},
                    NULL,
                    NULL});
}

/* Columns at right angles, none of them along an axis; and some that are not. */
static const double turned[3][3] = {
    {2.0 / 3, -2.0 / 3, 1.0 / 3}, {1.0 / 3, 2.0 / 3, 2.0 / 3}, {-2.0 / 3, -1.0 / 3, 2.0 / 3}};
static const double sheared[3][3] = {{1.0, 0.3, 0.0}, {0.2, 0.9, 0.1}, {0.0, 0.0, 1.1}};

/* Planes of symmetry normal to no axis: the body of before turned, pressure on a side and on
 * springs. */
static void turned_planes(void **state) {
  (void)state;
  const double sx = -100e6, sz = -10e6;
  const Load load = {.boundary = SYMMETRY "    - {on: x1, pressure: 100 MPa}\n",
                     .time = 1.0,
                     .temperature = 293.15,
                     .slope = {sx / young, -poisson * sx / young, -poisson * sx / young},
                     .map = turned,
                     .frame = turned};
  const Load springs = {
      .boundary = "    - {on: x0, symmetry: yes}\n    - {on: y0, symmetry: yes}\n"
                  "    - {on: z0, foundation: 1e12 N/m3}\n    - {on: z1, pressure: 10 MPa}\n",
      .time = 1.0,
      .temperature = 293.15,
      .slope = {-poisson * sz / young, -poisson * sz / young, sz / young},
      .shift = {0.0, 0.0, sz / 1e12},
      .map = turned,
      .frame = turned};
  check(&load, BP_CELL_HEX20, 0);
  check(&load, BP_CELL_WEDGE15, 0);
  check(&load, BP_CELL_TET4, 0);
  check(&springs, BP_CELL_HEX20, 1);
}

/* Three planes at no right angle, one of them normal to z, and a displacement along it that is what
 * free expansion by 100 K comes to at z1. */
static void planes_at_any_angle(void **state) {
  (void)state;
  const double strain = 19.0e-6 * 100.0;
  const Load load = {.boundary = SYMMETRY "    - {on: z1, uz: 6.27 um}\n",
                     .time = 1.0,
                     .temperature = 393.15,
                     .slope = {strain, strain, strain},
                     .map = sheared};
  check(&load, BP_CELL_HEX20, 0);
  check(&load, BP_CELL_TET10, 0);
}

/* The whole of a first-order mesh is the coarse level: the level of aggregates serves it as one. */
static void first_order_with_aggregates(void **state) {
  (void)state;
  const double sx = -100e6;
  const Load load = {.boundary = SYMMETRY "    - {on: x1, pressure: 100 MPa}\n"
                                          "solver: {coarse: aggregates}\n",
                     .time = 1.0,
                     .temperature = 293.15,
                     .slope = {sx / young, -poisson * sx / young, -poisson * sx / young}};
  check(&load, BP_CELL_HEX8, 0);
  check(&load, BP_CELL_TET4, 0);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(traction_and_pressure),
      cmocka_unit_test(displacement_with_time),
      cmocka_unit_test(foundation),
      cmocka_unit_test(expansion),
      cmocka_unit_test(first_order_with_aggregates),
      cmocka_unit_test(turned_planes),
      cmocka_unit_test(planes_at_any_angle),
  };
  return BP_TEST_MAIN(argc, argv, "user mesh", tests);
}
