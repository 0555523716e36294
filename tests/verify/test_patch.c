/* Solutions that the elements hold exactly: rigid motion, constant strain on distorted curved
 * wedges, free thermal expansion. Through the assembled model and Newton's method with both linear
 * solvers; the element alone is in unit/test_fe.c. */
#include "block.h"
#include "fields.h"

#include <stdlib.h>

static const double start = 490.15; /* K, load.start of the default case */

/* 4 x 3 x 3 cells of two wedges, every node moved by up to a tenth of a cell: edges are curved. */
static BpMesh *block(double distort, int inside_only) {
  static const double z[4] = {0.0, 40e-6, 110e-6, 150e-6};
  static const int region[3] = {BP_REGION_DIE, BP_REGION_WIRING, BP_REGION_SOLDER};
  const BpTestBlock shape = {.nx = 4,
                             .ny = 3,
                             .nlayers = 3,
                             .size = {300e-6, 150e-6},
                             .z = z,
                             .region = region,
                             .distort = distort,
                             .inside_only = inside_only};
  return bp_test_block(&shape);
}

static void open_block(BpCase *bp, int inside_only, BpTestBench *b) {
  int rank;
  BpMesh *mesh = block(0.1, inside_only); /* on all ranks: the random numbers stay in step */
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  if (rank > 0) {
    bp_mesh_free(mesh);
    mesh = NULL;
  }
  bp_test_open(PETSC_COMM_WORLD, bp, mesh, b);
}

/* ---- rigid motion */

/* Largest force that a displacement of this size makes when it does deform the cells: diagonal of
 * the tangent times displacement. */
static double force_scale(const BpTestBench *b, double displacement) {
  Vec diagonal;
  double largest;
  petsc_ok(bp_model_tangent(b->model, 0));
  petsc_ok(VecDuplicate(b->newton->u, &diagonal));
  petsc_ok(MatGetDiagonal(b->newton->fine, diagonal));
  petsc_ok(VecMax(diagonal, NULL, &largest));
  petsc_ok(VecDestroy(&diagonal));
  return largest * displacement;
}

/* Translation and rotation about a general axis, linearised. The rotation is of the order of 1, so
 * that stresses compare with E x 1. */
static const BpTestLinear rigid = {.A = {{0.0, -0.7, 0.5}, {0.7, 0.0, -0.3}, {-0.5, 0.3, 0.0}},
                                   .b = {2e-4, -1e-4, 3e-4}};

static void assert_no_force(BpTestBench *b) {
  static const double zero[6] = {0};
  BpStatus status;
  Vec r;
  double force, reach;
  bp_test_join_at_rest(b);
  bp_test_prescribe(b, bp_test_fix_nothing, NULL);
  petsc_ok(bp_newton_reset(b->newton));
  petsc_ok(bp_model_start_step(b->model, 1.0, b->bp->load.start));
  bp_test_set_field(b, b->newton->u, bp_test_linear_at, &rigid);
  petsc_ok(VecDuplicate(b->newton->u, &r));
  petsc_ok(bp_model_residual(b->model, b->newton->u, r, &status));
  assert_int_equal(status, BP_OK);
  petsc_ok(VecNorm(r, NORM_INFINITY, &force));
  petsc_ok(VecNorm(b->newton->u, NORM_INFINITY, &reach));
  const double scale = force_scale(b, reach);
  const double stress = bp_test_stress_error(b, b->newton->u, zero);
  if (b->rank == 0)
    print_message("rigid motion: force %.1e of the scale, stress %.1e Pa\n", force / scale, stress);
  assert_close(force, 0.0, 0.0, 1e-13 * scale);
  /* the last digit of a displacement of 1 mm over a layer of 0.8 um is 3e-13 of strain */
  assert_close(stress, 0.0, 0.0, 3e-12 * 185e9); /* E of the stiffest region */
  petsc_ok(VecDestroy(&r));
}

static void rigid_motion_of_a_block(void **state) {
  (void)state;
  BpTestBench b;
  open_block(bp_test_case(NULL), 0, &b);
  assert_no_force(&b);
  bp_test_close(&b);
}

static void rigid_motion_of_the_joint(void **state) {
  (void)state;
  static const char *const overrides[] = {"package.pad.shape=embossed", NULL};
  BpTestBench b;
  int rank;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  BpCase *bp = bp_test_case(overrides);
  bp_test_open(PETSC_COMM_WORLD, bp, rank == 0 ? bp_test_cell(bp) : NULL, &b);
  assert_no_force(&b);
  bp_test_close(&b);
}

/* ---- constant strain */

typedef struct {
  const char *card;
  double size;         /* of the displacement gradient */
  const char *linear;  /* solver */
  int isotropic, hard; /* closed form of the stress: elastic, or beyond yield */
} Patch;

enum { E, NU, YIELD, ET };

/* Isotropic elasticity, and one radial step of bilinear kinematic hardening from rest: q = 3G(e -
 * p), q = yield + H p, with e, p the equivalent total and plastic strain. */
static void closed_form(const double *param, const double strain[6], int hard, double stress[6]) {
  const double K = param[E] / (3.0 - 6.0 * param[NU]), G = param[E] / (2.0 + 2.0 * param[NU]);
  double e[6], share = 1.0;
  bp_deviator(strain, e);
  if (hard) {
    const double H = param[E] * param[ET] / (param[E] - param[ET]), e_eq = bp_equivalent_strain(e);
    const double p = (3.0 * G * e_eq - param[YIELD]) / (3.0 * G + H);
    assert_true(p > 0.0);
    share = 1.0 - p / e_eq;
  }
  for (int i = 0; i < 6; i++)
    stress[i] = 2.0 * G * share * e[i] + (i < 3 ? K * bp_trace(strain) : 0.0);
}

static void expected_stress(const BpTestBench *b, const Patch *patch, const BpTestLinear *linear,
                            double stress[6]) {
  const BpRegionData *region = &b->model->region[BP_REGION_DIE];
  double strain[6], param[64];
  bp_test_strain_of(linear, strain);
  for (int i = 0; i < 6; i++)
    strain[i] -= region->thermal[i];
  bp_material_param(region->material, b->model->T1, param);
  if (patch->isotropic)
    closed_form(param, strain, patch->hard, stress);
  else
    bp_apply6(region->stiffness, strain, stress);
}

/* The hull follows u = A x, at another temperature than the one free of strain; the inside is free.
 * u = A x and one stress everywhere is the solution. */
static void keeps_constant_strain(void **state) {
  const Patch *patch = *state;
  char *solver = bp_format("solver.linear=%s", patch->linear);
  const char *const overrides[] = {solver, "solver.newton_tolerance=1e-13", NULL};
  BpTestBench b;
  BpStatus status;
  double expected[6];
  const BpTestLinear linear = bp_test_random_linear(patch->size);
  open_block(bp_test_case_of(patch->card, overrides), 0, &b);
  bp_test_join_at_rest(&b);
  bp_test_prescribe(&b, bp_test_fix_hull, &linear);
  petsc_ok(bp_newton_reset(b.newton));
  bp_test_absolute_tolerance(&b, 1e-13); /* forces are up to 1 N */
  petsc_ok(bp_model_start_step(b.model, 1.0, start - 100.0));
  petsc_ok(bp_newton_solve(b.newton, &status));
  assert_int_equal(status, BP_OK);
  const double far = 300e-6 * patch->size;
  const double distance = bp_test_distance_from(&b, b.newton->u, &linear);
  expected_stress(&b, patch, &linear, expected);
  const double error = bp_test_stress_error(&b, b.newton->u, expected);
  if (b.rank == 0)
    print_message("patch %s %g %s: displacement %.1e, stress %.1e, %d Newton iterations\n",
                  patch->card, patch->size, patch->linear, distance / far,
                  error / bp_norm6(expected), (int)b.newton->newton);
  assert_close(distance, 0.0, 0.0, 1e-10 * far);
  assert_close(error, 0.0, 0.0, 1e-10 * bp_norm6(expected));
  bp_test_close(&b);
  free(solver);
}

/* ---- free thermal expansion */

/* Symmetry planes x = -150 um, y = 0, z = 0; the rest is free. */
static unsigned fix_planes(const double x[3], int node, const BpTestBench *b, const void *context,
                           double value[3]) {
  (void)node;
  (void)b;
  (void)context;
  value[0] = value[1] = value[2] = 0.0;
  return (fabs(x[0] + 150e-6) < 1e-12 ? 1u : 0u) | (fabs(x[1]) < 1e-12 ? 2u : 0u) |
         (fabs(x[2]) < 1e-12 ? 4u : 0u);
}

static void expands_freely(void **state) {
  static const double zero[6] = {0};
  BpTestBench b;
  BpStatus status;
  open_block(bp_test_case_of(*state, NULL), 1, &b);
  bp_test_join_at_rest(&b);
  bp_test_prescribe(&b, fix_planes, NULL);
  petsc_ok(bp_newton_reset(b.newton));
  bp_test_absolute_tolerance(&b, 1e-11);
  petsc_ok(bp_model_start_step(b.model, 1.0, start - 192.0));
  petsc_ok(bp_newton_solve(b.newton, &status));
  assert_int_equal(status, BP_OK);
  const double *thermal = b.model->region[BP_REGION_DIE].thermal;
  BpTestLinear linear = {.b = {-(-150e-6) * thermal[0], 0.0, 0.0}};
  double param[64];
  for (int d = 0; d < 3; d++)
    linear.A[d][d] = thermal[d];
  bp_material_param(b.model->region[BP_REGION_DIE].material, b.model->T1, param);
  const double scale = param[E] * bp_norm6(thermal); /* E alpha dT */
  const double error = bp_test_stress_error(&b, b.newton->u, zero);
  const double distance = bp_test_distance_from(&b, b.newton->u, &linear);
  if (b.rank == 0)
    print_message("free expansion of %s: stress %.1e E alpha dT, displacement %.1e\n",
                  (const char *)*state, error / scale, distance / (300e-6 * fabs(thermal[0])));
  assert_close(error, 0.0, 0.0, 1e-8 * scale);
  assert_close(distance, 0.0, 0.0, 1e-8 * 300e-6 * fabs(thermal[0]));
  bp_test_close(&b);
}

int main(int argc, char **argv) {
  static Patch patch[] = {{"polyimide_generic", 1e-3, "pmultigrid", 1, 0},
                          {"polyimide_generic", 1e-3, "direct", 1, 0},
                          {"fr4_generic", 1e-3, "pmultigrid", 0, 0},
                          {"copper_rdl_bilinear_generic", 2e-2, "pmultigrid", 1, 1},
                          {"copper_rdl_bilinear_generic", 2e-2, "direct", 1, 1}};
  static char *const free_cards[] = {"polyimide_generic", "fr4_generic",
                                     "copper_rdl_bilinear_generic", "sac305_anand_motalab2012"};
  struct CMUnitTest tests[2 + BP_COUNT(patch) + BP_COUNT(free_cards)] = {
      cmocka_unit_test(rigid_motion_of_a_block), cmocka_unit_test(rigid_motion_of_the_joint)};
  int n = 2;
  for (int i = 0; i < BP_COUNT(patch); i++)
    tests[n++] = (struct CMUnitTest){patch[i].card, keeps_constant_strain, NULL, NULL, &patch[i]};
  for (int i = 0; i < BP_COUNT(free_cards); i++)
    tests[n++] = (struct CMUnitTest){free_cards[i], expands_freely, NULL, NULL, free_cards[i]};
  return BP_TEST_MAIN(argc, argv, "patch", tests);
}
