/* Thermal stress against closed forms: a clamped block whose modulus and expansion change with
 * temperature, and a plate of two layers that bends. */
#include "block.h"
#include "fields.h"
#include "joint.h"

#include <stdlib.h>

static const double celsius = 273.15;
#define SOFTENING BP_SOURCE_DIR "/tests/verify/cards/elastic_softening.yaml"

/* ---- a block between rigid walls */

/* The sides stay in their planes' place, the bottom on its plane. */
static unsigned clamp_sides(const double x[3], int node, const BpTestBench *b, const void *context,
                            double value[3]) {
  const int side =
      fabs(fabs(x[0]) - 150e-6) < 1e-12 || fabs(x[1]) < 1e-12 || fabs(x[1] - 150e-6) < 1e-12;
  (void)node;
  (void)b;
  (void)context;
  value[0] = value[1] = value[2] = 0.0;
  return (side ? 3u : 0u) | (fabs(x[2]) < 1e-12 ? 4u : 0u);
}

/* The card says E = 40 GPa - 0.1 GPa/K (T - 25 degC), expansion 10 ppm/K + 0.1 ppm/K2 (T - 25
 * degC), nu = 0.3: free expansion from T0 to T is its integral, stress -E(T)/(1 - nu) times that.
 * It depends on where the temperature is, not on how it got there. Round-off only; Newton stops at
 * 4e-12 of the load. */
static void modulus_of_the_end_temperature(void **state) {
  (void)state;
  static const double z[4] = {0.0, 40e-6, 110e-6, 150e-6}, path[4] = {150.0, 25.0, 150.0, 217.0};
  static const int region[3] = {BP_REGION_DIE, BP_REGION_SOLDER, BP_REGION_BOARD};
  const BpTestBlock block = {.nx = 3,
                             .ny = 2,
                             .nlayers = 3,
                             .size = {300e-6, 150e-6},
                             .z = z,
                             .region = region,
                             .distort = 0.1,
                             .inside_only = 1};
  const double nu = 0.3, T0 = 217.0;
  BpTestBench b;
  bp_test_open_world(bp_test_case_of(SOFTENING, NULL), bp_test_block(&block), &b);
  bp_test_join_at_rest(&b);
  bp_test_prescribe(&b, clamp_sides, NULL);
  petsc_ok(bp_newton_reset(b.newton));
  for (int i = 0; i < 4; i++) {
    const double T = path[i], young = 40e9 - 0.1e9 * (T - 25.0);
    const double expansion =
        10e-6 * (T - T0) + 0.05e-6 * ((T - 25.0) * (T - 25.0) - (T0 - 25.0) * (T0 - 25.0));
    const double stress = -young / (1.0 - nu) * expansion;
    const double expected[6] = {stress, stress};
    BpTestLinear linear = {.b = {0}};
    linear.A[2][2] = expansion * (1.0 + nu) / (1.0 - nu);
    bp_test_solve_step(&b, 60.0 * (i + 1), T + celsius, 0.0);
    petsc_ok(bp_model_accept(b.model));
    assert_close(bp_test_stress_error(&b, b.newton->u, expected), 0.0, 0.0, 1e-9 * 100e6);
    assert_close(bp_test_distance_from(&b, b.newton->u, &linear), 0.0, 0.0, 1e-9 * 1e-6);
  }
  bp_test_close(&b);
}

/* ---- a plate of two layers */

static const double half = 3e-3; /* m, quarter of a square plate: x from -half/2, y from 0 */

static const double sunk = -20e-6; /* m, so that the lower face rises on both sides of zero */

/* Planes of symmetry through the middle of the plate, at x = -half/2 and y = 0, and the middle of
 * its lower face at a height. */
static unsigned hold_middle(const double x[3], int node, const BpTestBench *b, const void *context,
                            double value[3]) {
  const int on_x = fabs(x[0] + 0.5 * half) < 1e-12, on_y = fabs(x[1]) < 1e-12;
  (void)node;
  (void)b;
  (void)context;
  value[0] = value[1] = 0.0;
  value[2] = sunk;
  return (on_x ? 1u : 0u) | (on_y ? 2u : 0u) | (on_x && on_y && fabs(x[2]) < 1e-12 ? 4u : 0u);
}

/* Timoshenko, J. Opt. Soc. Am. 11 (1925) 233, for a plate: moduli E/(1 - nu). Positive where the
 * plate is hollow seen from +z; layer 1 is the lower one. */
static double timoshenko(const double stiff[2], const double thickness[2], double mismatch) {
  const double m = thickness[0] / thickness[1], n = stiff[0] / stiff[1];
  const double a = (1.0 + m) * (1.0 + m), h = thickness[0] + thickness[1];
  return -6.0 * mismatch * a / (h * (3.0 * a + (1.0 + m * n) * (m * m + 1.0 / (m * n))));
}

/* Displacement in z of the node at (x, y) of the lower face. */
static double lift(const BpTestBench *b, double x, double y) {
  double mine[2] = {0.0, 0.0}, all[2], *u = bp_test_gather(b, b->newton->u);
  for (int n = 0; n < b->grid->nnodes; n++) {
    const double *at = b->grid->xyz[n];
    if (b->grid->node_global[n] >= 0 && fabs(at[0] - x) < 1e-9 && fabs(at[1] - y) < 1e-9 &&
        fabs(at[2]) < 1e-9) {
      mine[0] = u[3 * b->grid->node_id[n] + 2];
      mine[1] = 1.0;
    }
  }
  MPI_Allreduce(mine, all, 2, MPI_DOUBLE, MPI_SUM, b->comm);
  free(u);
  assert_close(all[1], 1.0, 0.0, 0.0);
  return all[0];
}

/* Nitride under a softer film, cooled by 100 K. What the edges disturb fades over the length of the
 * shear lag, sqrt(E1 h1 h2/G2) = 0.4 mm, and the middle 0.5 mm of the plate are 2.5 mm from them:
 * exp(-6) of a change of some 10 % there. For the same reason the whole warpage is right to a few
 * percent only. */
static void two_layers_bend_as_timoshenko(void **state) {
  (void)state;
  static const double z[3] = {0.0, 50e-6, 250e-6}, thickness[2] = {50e-6, 200e-6};
  static const int region[2] = {BP_REGION_PASSIVATION, BP_REGION_DIELECTRIC1};
  static const char *const overrides[] = {"materials.dielectric1.card=" SOFTENING, NULL};
  const BpTestBlock block = {
      .nx = 12, .ny = 12, .nlayers = 2, .size = {half, half}, .z = z, .region = region};
  const double T0 = 490.15, T1 = 390.15;
  BpTestBench b;
  BpJoint *joint;
  double stiff[2], strain[2][6], param[16];
  bp_test_open_world(bp_test_case(overrides), bp_test_block(&block), &b);
  bp_test_join_at_rest(&b);
  bp_test_prescribe(&b, hold_middle, NULL);
  petsc_ok(bp_newton_reset(b.newton));
  bp_test_solve_step(&b, 1.0, T1, 0.0);
  petsc_ok(bp_model_accept(b.model));
  for (int i = 0; i < 2; i++) {
    const BpMaterial *material = b.materials.material[region[i]];
    bp_material_param(material, T1, param);
    bp_material_thermal_strain(material, T0, T1, strain[i]);
    stiff[i] = param[0] / (1.0 - param[1]);
  }
  const double exact = timoshenko(stiff, thickness, strain[1][0] - strain[0][0]);
  const double s = half / 6.0;
  const double along_x = 2.0 * (lift(&b, -0.5 * half + s, 0.0) - sunk) / (s * s);
  const double along_y = 2.0 * (lift(&b, -0.5 * half, s) - sunk) / (s * s);
  petsc_ok(bp_joint_create(b.model, &joint));
  petsc_ok(bp_joint_update(joint, b.newton->u, 0));
  const double warpage = fabs(exact) * half * half; /* corner: (half^2 + half^2)/2 */
  if (b.rank == 0)
    print_message("curvature %.5f 1/m: %.1e, %.1e; warpage %.3f um: %.1e\n", exact,
                  along_x / exact - 1.0, along_y / exact - 1.0, 1e6 * joint->warpage[0],
                  joint->warpage[0] / warpage - 1.0);
  assert_close(along_x, exact, 3e-4, 0.0);
  assert_close(along_y, exact, 3e-4, 0.0);
  assert_close(joint->warpage[0], warpage, 5e-2, 0.0);
  bp_joint_destroy(&joint);
  bp_test_close(&b);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(modulus_of_the_end_temperature),
      cmocka_unit_test(two_layers_bend_as_timoshenko),
  };
  return BP_TEST_MAIN(argc, argv, "elastic", tests);
}
