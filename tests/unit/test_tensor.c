/* Mandel vectors against plain 3 x 3 algebra. */
#include "close.h"

#include "base.h"

static void random_symmetric(double a[3][3]) {
  for (int i = 0; i < 3; i++)
    for (int j = i; j < 3; j++)
      a[i][j] = a[j][i] = bp_random(-1.0, 1.0);
}

static void product(const double a[3][3], const double b[3][3], double c[3][3]) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
}

/* Three turns about the axes. */
static void random_rotation(double R[3][3]) {
  double sum[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  for (int axis = 0; axis < 3; axis++) {
    const double t = bp_random(-3.0, 3.0), c = cos(t), s = sin(t);
    const int i = (axis + 1) % 3, j = (axis + 2) % 3;
    double turn[3][3] = {{0}}, next[3][3];
    turn[axis][axis] = 1.0;
    turn[i][i] = turn[j][j] = c;
    turn[i][j] = -s;
    turn[j][i] = s;
    product((const double(*)[3])turn, (const double(*)[3])sum, next);
    memcpy(sum, next, sizeof sum);
  }
  memcpy(R, sum, sizeof sum);
}

static void mandel_is_an_isometry(void **state) {
  (void)state;
  for (int n = 0; n < 20; n++) {
    double a[3][3], b[3][3], back[3][3], ma[6], mb[6], sum = 0.0;
    random_symmetric(a);
    random_symmetric(b);
    bp_mandel((const double(*)[3])a, ma);
    bp_mandel((const double(*)[3])b, mb);
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        sum += a[i][j] * b[i][j];
    assert_close(bp_dot6(ma, mb), sum, 1e-14, 1e-15);
    bp_unmandel(ma, back);
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        assert_close(back[i][j], a[i][j], 0.0, 1e-15);
  }
}

/* Order 11 22 33 23 13 12, sqrt(2) on the shears: said once in numbers. */
static void order_of_the_components(void **state) {
  (void)state;
  const double a[3][3] = {{1, 6, 5}, {6, 2, 4}, {5, 4, 3}};
  const double expected[6] = {1, 2, 3, 4 * sqrt(2.0), 5 * sqrt(2.0), 6 * sqrt(2.0)};
  double m[6];
  bp_mandel(a, m);
  for (int i = 0; i < 6; i++)
    assert_close(m[i], expected[i], 1e-15, 0.0);
  assert_close(bp_trace(m), 6.0, 0.0, 0.0);
}

static void deviator_and_equivalents(void **state) {
  (void)state;
  const double tension[6] = {7e6, 0, 0, 0, 0, 0}, shear[6] = {0, 0, 0, 0, 0, BP_SQRT2 * 3e6},
               pressure[6] = {-5e6, -5e6, -5e6, 0, 0, 0};
  assert_close(bp_mises(tension), 7e6, 1e-15, 0.0);
  assert_close(bp_mises(shear), sqrt(3.0) * 3e6, 1e-15, 0.0);
  assert_close(bp_mises(pressure), 0.0, 0.0, 1e-9);
  /* incompressible tension: the equivalent strain is the axial one; simple shear: gamma/sqrt(3) */
  const double stretch[6] = {0.02, -0.01, -0.01, 0, 0, 0},
               simple[6] = {0, 0, 0, 0, BP_SQRT2 * 0.005, 0};
  assert_close(bp_equivalent_strain(stretch), 0.02, 1e-14, 0.0);
  assert_close(bp_equivalent_strain(simple), 0.01 / sqrt(3.0), 1e-14, 0.0);
  double d[6] = {4, 1, 1, 2, 3, 4};
  bp_deviator(d, d); /* in place */
  const double expected[6] = {2, -1, -1, 2, 3, 4};
  for (int i = 0; i < 6; i++)
    assert_close(d[i], expected[i], 1e-15, 0.0);
  assert_close(bp_norm6(expected), sqrt(4 + 1 + 1 + 4 + 9 + 16), 1e-15, 0.0);
}

/* Three stresses given on axes that are turned at random, also two or three alike. */
static void largest_principal_stress(void **state) {
  (void)state;
  static const double on_axes[][4] = {/* three of them, the largest */
                                      {3e6, -1e6, 7e6, 7e6}, {-3e6, -9e6, -1e6, -1e6},
                                      {5e6, 5e6, -2e6, 5e6}, {-2e6, 5e6, -2e6, 5e6},
                                      {4e6, 4e6, 4e6, 4e6},  {0.0, 0.0, 0.0, 0.0},
                                      {1e6, 0.0, -1e6, 1e6}, {-6e6, -6e6, -6e6, -6e6}};
  for (int n = 0; n < BP_COUNT(on_axes); n++) {
    double R[3][3], Q[36], turned[6];
    const double stress[6] = {on_axes[n][0], on_axes[n][1], on_axes[n][2], 0.0, 0.0, 0.0};
    random_rotation(R);
    bp_rotation6((const double(*)[3])R, Q);
    bp_apply6(Q, stress, turned);
    /* where two are alike the angle is that of an arc cosine near 1: half the digits */
    assert_close(bp_largest_principal(turned), on_axes[n][3], 0.0, 0.2);
  }
}

/* stress = lambda tr(e) 1 + 2 G e */
static void isotropic_stiffness_is_hooke(void **state) {
  (void)state;
  const double E = 46.5e9, nu = 0.4, lambda = E * nu / ((1 + nu) * (1 - 2 * nu)),
               G = E / (2 + 2 * nu);
  double C[36], e[3][3], m[6], s[6], stress[3][3];
  bp_isotropic_stiffness(E / (3 - 6 * nu), G, C);
  random_symmetric(e);
  bp_mandel((const double(*)[3])e, m);
  bp_apply6(C, m, s);
  bp_unmandel(s, stress);
  const double trace = e[0][0] + e[1][1] + e[2][2];
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      assert_close(stress[i][j], 2 * G * e[i][j] + (i == j ? lambda * trace : 0.0), 1e-13, 1e-2);
}

static void rotation_turns_tensors(void **state) {
  (void)state;
  for (int n = 0; n < 10; n++) {
    double R[3][3], Rt[3][3], a[3][3], half[3][3], turned[3][3], Q[36], m[6], qm[6], expected[6];
    random_rotation(R);
    random_symmetric(a);
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        Rt[i][j] = R[j][i];
    product((const double(*)[3])R, (const double(*)[3])a, half);
    product((const double(*)[3])half, (const double(*)[3])Rt, turned);
    bp_rotation6((const double(*)[3])R, Q);
    bp_mandel((const double(*)[3])a, m);
    bp_apply6(Q, m, qm);
    bp_mandel((const double(*)[3])turned, expected);
    for (int i = 0; i < 6; i++)
      assert_close(qm[i], expected[i], 0.0, 1e-14);
    for (int i = 0; i < 6; i++) /* Q is orthogonal */
      for (int j = 0; j < 6; j++)
        assert_close(bp_dot6(Q + 6 * i, Q + 6 * j), i == j ? 1.0 : 0.0, 0.0, 1e-14);
  }
}

/* A quarter turn about z takes 11 to 22 and 23 to -13. */
static void sense_of_the_rotation(void **state) {
  (void)state;
  const double R[3][3] = {{0, -1, 0}, {1, 0, 0}, {0, 0, 1}};
  const double from[6] = {1, 0, 0, 1, 0, 0}, expected[6] = {0, 1, 0, 0, -1, 0};
  double Q[36], to[6];
  bp_rotation6(R, Q);
  bp_apply6(Q, from, to);
  for (int i = 0; i < 6; i++)
    assert_close(to[i], expected[i], 0.0, 1e-15);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mandel_is_an_isometry),        cmocka_unit_test(order_of_the_components),
      cmocka_unit_test(deviator_and_equivalents),     cmocka_unit_test(largest_principal_stress),
      cmocka_unit_test(isotropic_stiffness_is_hooke), cmocka_unit_test(rotation_turns_tensors),
      cmocka_unit_test(sense_of_the_rotation),
  };
  return cmocka_run_group_tests_name("tensor", tests, NULL, NULL);
}
