/* The elastic laws against each other, their symmetries, and the moduli of silicon. */
#include "close.h"

#include "subjects.h"

static void stiffness(const char *law, const char *params, double C[36]) {
  BpMaterial *m = bp_test_material(law, params);
  const double zero[6] = {0};
  double param[BP_TEST_PARAMS], stress[6];
  bp_material_param(m, 300.0, param);
  const BpLawIn in = {.param = param,
                      .strain0 = zero,
                      .strain1 = zero,
                      .stress0 = zero,
                      .state0 = zero,
                      .T0 = 300.0,
                      .T1 = 300.0};
  BpLawOut out = {.stress1 = stress, .tangent = C};
  assert_int_equal(bp_material_law(m)->update(&in, &out), BP_OK);
  assert_true(bp_material_law(m)->linear);
  bp_material_free(m);
}

static void assert_same(const double A[36], const double B[36], double rtol) {
  double size = 0.0;
  for (int i = 0; i < 36; i++)
    size = fmax(size, fabs(B[i]));
  for (int i = 0; i < 36; i++)
    assert_close(A[i], B[i], 0.0, rtol * size);
}

/* C turned by an angle about axis 3, Q C Q^T. */
static void turned(const double C[36], double angle, double out[36]) {
  const double c = cos(angle), s = sin(angle);
  const double R[3][3] = {{c, -s, 0.0}, {s, c, 0.0}, {0.0, 0.0, 1.0}};
  double Q[36], half[36];
  bp_rotation6(R, Q);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) {
      half[6 * i + j] = 0.0;
      for (int k = 0; k < 6; k++)
        half[6 * i + j] += Q[6 * i + k] * C[6 * k + j];
    }
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      out[6 * i + j] = bp_dot6(half + 6 * i, Q + 6 * j);
}

static void transverse_is_a_kind_of_orthotropic(void **state) {
  (void)state;
  double A[36], B[36], D[36];
  stiffness("transverse", "{E1: 17 GPa, E3: 7.4 GPa, nu12: 0.11, nu13: 0.39, G13: 3.3 GPa}", A);
  stiffness("orthotropic",
            "{E1: 17 GPa, E2: 17 GPa, E3: 7.4 GPa, nu12: 0.11, nu13: 0.39, nu23: 0.39, "
            "G12: 7.657657657657657 GPa, G13: 3.3 GPa, G23: 3.3 GPa}",
            B);
  assert_same(A, B, 1e-14);
  for (int k = 0; k < 5; k++) {
    turned(A, 0.1 + 0.7 * k, D);
    assert_same(D, A, 1e-14);
  }
}

static void alike_in_all_directions_is_isotropic(void **state) {
  (void)state;
  double A[36], B[36];
  stiffness("elastic", "{E: 12 GPa, nu: 0.2}", B);
  stiffness("transverse", "{E1: 12 GPa, E3: 12 GPa, nu12: 0.2, nu13: 0.2, G13: 5 GPa}", A);
  assert_same(A, B, 1e-14);
  /* C11 = E (1 - nu)/((1 + nu)(1 - 2 nu)), C12 = C11 nu/(1 - nu), C44 = G */
  stiffness("cubic", "{C11: 13.333333333333333 GPa, C12: 3.3333333333333333 GPa, C44: 5 GPa}", A);
  assert_same(A, B, 1e-14);
}

static double young_along_1(const double C[36]) {
  /* lateral stresses 22 and 33 are 0; no coupling with shear here */
  const double d = C[7] * C[14] - C[8] * C[13];
  return C[0] - (C[1] * (C[14] * C[6] - C[8] * C[12]) + C[2] * (C[7] * C[12] - C[13] * C[6])) / d;
}

/* Silicon of Hopcroft 2010: 130 GPa along <100>, 169 GPa along <110>; a quarter turn changes
 * nothing.
 */
static void silicon_has_its_moduli(void **state) {
  (void)state;
  double C[36], D[36], B[36];
  stiffness("cubic", "{C11: 165.7 GPa, C12: 63.9 GPa, C44: 79.6 GPa}", C);
  turned(C, atan(1.0), D);
  assert_close(young_along_1(C), 130e9, 2e-3, 0.0);
  assert_close(young_along_1(D), 169e9, 2e-3, 0.0);
  turned(C, 2.0 * atan(1.0), D);
  assert_same(D, C, 1e-14);
  const double E = 165.7 - 2.0 * 63.9 * 63.9 / (165.7 + 63.9);
  assert_close(young_along_1(C), 1e9 * E, 1e-13, 0.0);
  stiffness(
      "orthotropic",
      "{E1: 130.1320 GPa, E2: 130.1320 GPa, E3: 130.1320 GPa, nu12: 0.278310, nu13: 0.278310, "
      "nu23: 0.278310, G12: 79.6 GPa, G13: 79.6 GPa, G23: 79.6 GPa}",
      B); /* the card of the library, six digits */
  assert_same(C, B, 1e-5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(transverse_is_a_kind_of_orthotropic),
      cmocka_unit_test(alike_in_all_directions_is_isotropic),
      cmocka_unit_test(silicon_has_its_moduli),
  };
  return cmocka_run_group_tests_name("elasticity", tests, NULL, NULL);
}
