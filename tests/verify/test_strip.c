/* The strip along the diagonal, whose long face bears no force and no moment on each side: free
 * expansion, a plate of two layers, a joint between package and board, and its solver. */
#include "block.h"
#include "fields.h"
#include "tangent.h"

#include <stdlib.h>

#define SOFTENING BP_SOURCE_DIR "/tests/verify/cards/elastic_softening.yaml"

/* Few circles and layers. */
#define SMALL                                                                                      \
  "model.kind=strip", "package.die.thickness=80 um", "package.board.thickness=80 um",              \
      "package.wiring={thickness: 10 um, wall_ratio: 2}",                                          \
      "package.pad={ring: {inner_radius: 20 um, outer_radius: 85 um}, concave: {radius: 125 um}}", \
      "package.ball.diameter=220 um"

/* The middle joint, a quarter of it; for `test_strip two` the two outer joints of three by three,
 * the corner one in full detail. */
static const char *const array[2][3] = {
    {"package.array={columns: 1, rows: 1}", "package.die.size=0.6 mm", "package.board.size=1 mm"},
    {"package.array={columns: 3, rows: 3}", "package.die.size=1.6 mm", "package.board.size=2 mm"}};
static int two;

#define SIZE array[two][0], array[two][1], array[two][2]

static const double start = 490.15; /* K, load.start of the default case */

static double norm_of(Vec v) {
  double value;
  petsc_ok(VecNorm(v, NORM_2, &value));
  return value;
}

/* One isotropic material that is free of stress at the joining: u = e x, on the long face e w. The
 * card says e = 10 ppm/K + 0.1 ppm/K2 (T - 25 degC). Round-off; Newton stops at 4e-12 of the load.
 */
static void one_material_expands_freely(void **state) {
  (void)state;
  const char *const overrides[] = {SMALL, SIZE, NULL};
  const double T = start - 100.0, zero[6] = {0};
  const double of_T[2] = {start - 298.15, T - 298.15};
  const double e = 10e-6 * (of_T[1] - of_T[0]) + 0.05e-6 * (of_T[1] * of_T[1] - of_T[0] * of_T[0]);
  BpTestBench b;
  double motion[BP_MOTIONS];
  BpCase *bp = bp_test_case_of(SOFTENING, overrides);
  bp_test_open_world(bp, bp_test_cell(bp), &b);
  bp_test_join_at_rest(&b);
  bp_test_solve_step(&b, 1.0, T, 0.0);
  const double back = -bp->package.passivation_thickness - bp->package.die.thickness;
  BpTestLinear expected = {.A = {{e, 0.0, 0.0}, {0.0, e, 0.0}, {0.0, 0.0, e}},
                           .b = {0.0, 0.0, -e * back}};
  assert_close(bp_test_distance_from(&b, b.newton->u, &expected), 0.0, 0.0, 1e-9 * 1e-6);
  assert_close(bp_test_stress_error(&b, b.newton->u, zero), 0.0, 0.0, 1e-9 * 100e6);
  petsc_ok(bp_long_face_motion(b.model->long_face, b.newton->u, motion));
  const double width = 0.25 * sqrt(2.0) * bp->package.pitch;
  for (int side = 0; side < BP_LONG_SIDES; side++) {
    assert_close(motion[2 * side], e * width, 1e-9, 0.0);
    assert_close(motion[2 * side + 1], 0.0, 0.0, 1e-9 * fabs(e) * width);
  }
  bp_test_close(&b);
}

/* ---- two layers */

/* Curvature and strain of the middle of a plate of two layers: resultant and moment of C (a + k z -
 * thermal strain) are zero, with the same modulus along x and y. */
static void laminate(const double stiff[2], const double z[3], const double thermal[2],
                     double *strain, double *curvature) {
  double A = 0.0, B = 0.0, D = 0.0, N = 0.0, M = 0.0;
  for (int i = 0; i < 2; i++) {
    const double h = z[i + 1] - z[i], s = 0.5 * (z[i + 1] * z[i + 1] - z[i] * z[i]),
                 c = (pow(z[i + 1], 3.0) - pow(z[i], 3.0)) / 3.0;
    A += stiff[i] * h;
    B += stiff[i] * s;
    D += stiff[i] * c;
    N += stiff[i] * thermal[i] * h;
    M += stiff[i] * thermal[i] * s;
  }
  *strain = (D * N - B * M) / (A * D - B * B);
  *curvature = (A * M - B * N) / (A * D - B * B);
}

/* A plate whose end at x = length moves as the laminate says, planes of symmetry and the long face.
 */
typedef struct {
  double length, width, strain, curvature;
} Plate;

static unsigned hold_plate(const double x[3], int node, const BpTestBench *b, const void *context,
                           double value[3]) {
  const Plate *p = context;
  const double tiny = 1e-12, along = x[0] + 0.5 * p->length;
  const int on_x = fabs(along) < tiny, on_y = fabs(x[1]) < tiny;
  (void)node;
  (void)b;
  value[0] = along * (p->strain + p->curvature * x[2]);
  value[1] = value[2] = 0.0;
  return (on_x || fabs(along - p->length) < tiny ? 1u : 0u) |
         (on_y || fabs(x[1] - p->width) < tiny ? 2u : 0u) |
         (on_x && on_y && fabs(x[2]) < tiny ? 4u : 0u);
}

/* Silicon nitride under a softer film: u_x = x (a + k z), u_y = y (a + k z) and u_z = -k (x^2 +
 * y^2)/2 + f(z), a parabola in each layer, which the elements hold exactly. With the planes of
 * symmetry and the end as it says, a and k on the long face follow from it alone. Newton stops at
 * 4e-12 of the load. */
static void two_layers_bend_as_a_laminate(void **state) {
  (void)state;
  static const double z[3] = {-250e-6, -200e-6, 0.0};
  static const int region[2] = {BP_REGION_PASSIVATION, BP_REGION_DIELECTRIC1};
  static const char *const overrides[] = {"materials.dielectric1.card=" SOFTENING, NULL};
  const double T = start - 100.0;
  Plate plate = {.length = 1e-3, .width = 0.2e-3};
  const BpTestBlock block = {.nx = 4,
                             .ny = 2,
                             .nlayers = 2,
                             .size = {plate.length, plate.width},
                             .z = z,
                             .region = region};
  BpMesh *mesh = bp_test_block(&block);
  BpTestBench b;
  double motion[BP_MOTIONS], stiff[2], thermal[2][6], param[16];
  bp_test_make_strip(mesh, 1.0);
  bp_test_open_world(bp_test_case(overrides), mesh, &b);
  bp_test_join_at_rest(&b);
  for (int layer = 0; layer < 2; layer++) {
    const BpMaterial *material = b.materials.material[region[layer]];
    bp_material_param(material, T, param);
    bp_material_thermal_strain(material, start, T, thermal[layer]);
    stiff[layer] = param[0] / (1.0 - param[1]);
  }
  laminate(stiff, z, (const double[2]){thermal[0][0], thermal[1][0]}, &plate.strain,
           &plate.curvature);
  bp_test_prescribe(&b, hold_plate, &plate);
  petsc_ok(bp_newton_reset(b.newton));
  bp_test_solve_step(&b, 1.0, T, 0.0);
  petsc_ok(bp_long_face_motion(b.model->long_face, b.newton->u, motion));
  const double middle = 0.5 * (z[0] + z[2]), half = 0.5 * (z[2] - z[0]);
  const double exact[2] = {plate.width * (plate.strain + plate.curvature * middle),
                           plate.width * plate.curvature * half};
  if (b.rank == 0)
    print_message("curvature %.4f 1/m: middle %.1e, slope %.1e\n", plate.curvature,
                  motion[0] / exact[0] - 1.0, motion[1] / exact[1] - 1.0);
  assert_close(motion[0], exact[0], 1e-9, 0.0);
  assert_close(motion[1], exact[1], 1e-9, 0.0);
  bp_test_close(&b);
}

/* ---- package, joints and board */

/* Forces along y of the stresses on the nodes of each side of the long face: resultant, moment
 * about z = 0, and the same of their magnitudes. */
typedef struct {
  double force, moment, all_force, all_moment;
} Resultant;

/* Internal forces of a cell of a linear region along y. */
static void cell_forces(const BpTestBench *b, int cell, const double *u,
                        double f[3 * BP_FE_MAX_PAD]) {
  const BpRegionData *region = &b->model->region[bp_cell_region(b->model, cell)];
  const BpElement *element = bp_element((BpCellType)b->grid->cell_type[cell]);
  const int *nodes = bp_grid_nodes(b->grid, cell);
  double xyz[BP_FE_MAX_NODES][3],
      cell_u[3 * BP_FE_MAX_PAD] = {0}, volume[BP_FE_MAX_POINTS], gradient[BP_FE_MAX_GRADIENTS],
                 strain[6 * BP_FE_MAX_POINTS], stress[6 * BP_FE_MAX_POINTS];
  for (int n = 0; n < element->nnodes; n++)
    for (int d = 0; d < 3; d++) {
      xyz[n][d] = b->grid->xyz[nodes[n]][d];
      cell_u[d * element->pad + n] = u[3 * b->grid->node_id[nodes[n]] + d];
    }
  assert_int_equal(element->gradients((const double(*)[3])xyz, gradient, volume), BP_OK);
  element->strains(gradient, volume, cell_u, strain);
  for (int q = 0; q < element->npoints; q++) {
    for (int i = 0; i < 6; i++)
      strain[6 * q + i] -= region->thermal[i];
    bp_apply6(region->stiffness, strain + 6 * q, stress + 6 * q);
  }
  element->add_force(gradient, volume, stress, f);
}

static Resultant resultant(const BpTestBench *b, const char *side) {
  const int set = bp_grid_set(b->grid, side), n = (int)b->grid->nnodes_all;
  double *u = bp_test_gather(b, b->newton->u), *force = BP_NEW(double, n);
  for (int c = 0; c < b->grid->ncells; c++) {
    const int *nodes = bp_grid_nodes(b->grid, c);
    double f[3 * BP_FE_MAX_PAD] = {0};
    const BpElement *element = bp_element((BpCellType)b->grid->cell_type[c]);
    int there = 0;
    for (int i = 0; i < element->nnodes; i++)
      there |= (b->grid->node_sets[nodes[i]] >> set) % 2 == 1;
    if (!there)
      continue;
    cell_forces(b, c, u, f);
    for (int i = 0; i < element->nnodes; i++)
      if ((b->grid->node_sets[nodes[i]] >> set) & 1u)
        force[b->grid->node_id[nodes[i]]] += f[element->pad + i];
  }
  MPI_Allreduce(MPI_IN_PLACE, force, n, MPI_DOUBLE, MPI_SUM, b->comm);
  double r[4] = {0};
  for (int i = 0; i < b->grid->nnodes; i++)
    if (b->grid->node_global[i] >= 0) {
      const double f = force[b->grid->node_id[i]], m = f * b->grid->xyz[i][2];
      r[0] += f;
      r[1] += m;
      r[2] += fabs(f);
      r[3] += fabs(m);
    }
  MPI_Allreduce(MPI_IN_PLACE, r, 4, MPI_DOUBLE, MPI_SUM, b->comm);
  free(u);
  free(force);
  return (Resultant){r[0], r[1], r[2], r[3]};
}

/* Two steps of creeping solder between a board and a die that shrink differently. */
static void cool(MPI_Comm comm, const char *linear, BpTestBench *b) {
  const char *const overrides[] = {SMALL, SIZE, linear, NULL};
  int rank;
  BpCase *bp = bp_test_case(overrides);
  BpMesh *mesh = bp_test_cell(bp);
  MPI_Comm_rank(comm, &rank);
  if (rank > 0) {
    bp_mesh_free(mesh);
    mesh = NULL;
  }
  bp_test_open(comm, bp, mesh, b);
  bp_test_join_at_rest(b);
  petsc_ok(bp_newton_reset(b->newton));
  for (int i = 1; i <= 2; i++) {
    bp_test_solve_step(b, 10.0 * i, start - 10.0 * i, 0.0);
    petsc_ok(bp_model_accept(b->model));
  }
}

/* The sides bear nothing, by stresses at the points of the cells, and do not move alike; another
 * solver, or one rank in place of several, gives the same. Newton stops at 4e-12 of the load. */
static void each_side_bears_nothing(void **state) {
  (void)state;
  static const char *const side[] = {"long_die", "long_board"};
  BpTestBench b, one;
  double motion[BP_MOTIONS], difference = 0.0, largest = 0.0;
  cool(PETSC_COMM_WORLD, "solver.linear=pmultigrid", &b);
  for (int i = 0; i < BP_LONG_SIDES; i++) {
    const Resultant r = resultant(&b, side[i]);
    if (b.rank == 0)
      print_message("%s: force %.1e, moment %.1e of the magnitudes\n", side[i],
                    r.force / r.all_force, r.moment / r.all_moment);
    assert_true(r.all_force > 1e-4);
    assert_close(r.force, 0.0, 0.0, 1e-8 * r.all_force);
    assert_close(r.moment, 0.0, 0.0, 1e-8 * r.all_moment);
  }
  petsc_ok(bp_long_face_motion(b.model->long_face, b.newton->u, motion));
  assert_true(motion[0] < 0.0 && motion[2] < 1.5 * motion[0]);
  int nranks;
  const int linear = (int)b.newton->linear;
  double *u = bp_test_gather(&b, b.newton->u), *v;
  MPI_Comm_size(PETSC_COMM_WORLD, &nranks);
  cool(PETSC_COMM_SELF, nranks == 1 ? "solver.linear=direct" : "solver.linear=pmultigrid", &one);
  v = bp_test_gather(&one, one.newton->u);
  for (int i = 0; i < 3 * one.grid->nnodes_all; i++) {
    difference = fmax(difference, fabs(u[i] - v[i]));
    largest = fmax(largest, fabs(v[i]));
  }
  if (b.rank == 0)
    print_message("%d linear iterations in the last step; against %s: %.1e\n", linear,
                  nranks == 1 ? "direct solver" : "one rank", difference / largest);
  assert_close(difference, 0.0, 0.0, 1e-9 * largest);
  assert_true(linear < 60);
  free(u);
  free(v);
  bp_test_close(&one);
  bp_test_close(&b);
}

/* ---- the tangent */

/* A smooth motion that strains every layer. */
static void wave(const double x[3], const void *context, double value[3]) {
  const double k = 1.7e4;
  (void)context;
  value[0] = x[2] + 3e-5 * sin(k * x[1] + 0.3);
  value[1] = 0.4 * x[0] + 2e-5 * cos(k * x[2]);
  value[2] = 0.6 * x[2] + 0.2 * x[1] + 3e-5 * sin(k * x[0]);
}

static void residual_at(const BpTestBench *b, double h, Vec v, Vec r) {
  BpStatus status;
  Vec moved;
  petsc_ok(VecDuplicate(v, &moved));
  petsc_ok(VecWAXPY(moved, h, v, b->newton->u));
  petsc_ok(bp_model_residual(b->model, moved, r, &status));
  assert_int_equal(status, BP_OK);
  petsc_ok(VecDestroy(&moved));
}

/* Copper that yields reaches the long face. Tolerance as of the tangent of a cell (mpi/model). */
static void the_tangent_is_the_slope(void **state) {
  (void)state;
  static const char *const overrides[] = {"materials.wiring.stress_free=350 degC",
                                          "solver.newton_iterations=40", NULL};
  const double h = 1e-8;
  BpTestBench b;
  Vec v, up, down;
  BpMesh *mesh = bp_test_small_joint(4, 3, 0.02, 0);
  bp_test_make_strip(mesh, 95e-6);
  bp_test_open_world(bp_test_case(overrides), mesh, &b);
  bp_test_join_at_rest(&b);
  petsc_ok(bp_newton_reset(b.newton));
  for (int i = 1; i <= 4; i++) {
    bp_test_solve_step(&b, 1.0 * i, start - 5.0 * i, 0.0);
    if (i < 4)
      petsc_ok(bp_model_accept(b.model));
  }
  assert_true(b.model->long_face->changes);
  petsc_ok(VecDuplicate(b.newton->u, &v));
  petsc_ok(VecDuplicate(b.newton->u, &up));
  petsc_ok(VecDuplicate(b.newton->u, &down));
  bp_test_set_field(&b, v, wave, NULL);
  petsc_ok(VecPointwiseMult(v, v, b.model->free));
  petsc_ok(bp_long_face_project(b.model->long_face, v));
  residual_at(&b, h, v, up);
  residual_at(&b, -h, v, down);
  petsc_ok(VecAXPBY(up, -0.5 / h, 0.5 / h, down));
  residual_at(&b, 0.0, v, down);
  petsc_ok(bp_model_tangent(b.model, 1));
  petsc_ok(bp_tangent_update(b.newton->shell));
  petsc_ok(MatMult(b.newton->long_solver->all, v, down));
  const double size = norm_of(down);
  petsc_ok(VecAXPY(up, -1.0, down));
  if (b.rank == 0)
    print_message("tangent against differences: %.1e\n", norm_of(up) / size);
  assert_close(norm_of(up), 0.0, 0.0, 1e-8 * size);
  petsc_ok(VecDestroy(&v));
  petsc_ok(VecDestroy(&up));
  petsc_ok(VecDestroy(&down));
  bp_test_close(&b);
}

int main(int argc, char **argv) {
  two = argc > 1 && strcmp(argv[1], "two") == 0;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_material_expands_freely),
      cmocka_unit_test(two_layers_bend_as_a_laminate),
      cmocka_unit_test(each_side_bears_nothing),
      cmocka_unit_test(the_tangent_is_the_slope),
  };
  return BP_TEST_MAIN(argc, argv, "strip", tests);
}
