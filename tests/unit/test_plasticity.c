/* Rate-independent plasticity against closed forms of the uniaxial test: saturation, stabilised
 * loops and ratcheting of Armstrong and Frederick's back stress (Lemaitre & Chaboche, Mechanics of
 * Solid Materials, 1990, section 5.4), and the table of the overlay. */
#include "law_point.h"

#include "point.h"

#include <stdio.h>

#define E 110e9
#define Y 120e6

typedef struct {
  double strain, stress, plastic, accumulated;
} Last;

static void keep(const BpPointRecord *r, void *context) {
  *(Last *)context = (Last){r->strain[0], r->stress[0], r->state[0], r->state[6]};
}

/* Uniaxial stress; to[] are strains or stresses; constant temperature unless T is given. */
static Last follow(BpMaterial *m, int by_stress, const double *to, const double *T, int n,
                   int steps) {
  BpPathCorner corner[256] = {{.temperature = T ? T[0] : 300.0}};
  for (int i = 0; i < n; i++)
    corner[i + 1] =
        (BpPathCorner){.time = i + 1.0, .temperature = T ? T[i + 1] : 300.0, .value = {to[i]}};
  const BpPath path = {.corner = corner,
                       .count = n + 1,
                       .stress = {by_stress, 1, 1, 1, 1, 1},
                       .max_step = 1.0 / steps};
  Last last;
  assert_int_equal(bp_point_run(m, &path, keep, &last, NULL), BP_OK);
  return last;
}

/* ---- Chaboche */

static void isotropic_hardening_is_exact(void **state) {
  (void)state;
  BpMaterial *m = bp_test_material(
      "chaboche", "{E: 110 GPa, nu: 0.34, yield: 120 MPa, H_iso: 400 MPa, Q_iso: 80 MPa, b: 50}");
  for (int k = 0; k < 5; k++) {
    const double strain = 2e-3 * pow(3.0, k);
    const Last last = follow(m, 0, &strain, NULL, 1, 20);
    const double p = strain - last.stress / E;
    assert_close(last.stress, Y + 400e6 * p + 80e6 * -expm1(-50.0 * p), 1e-9, 0.0);
    assert_close(last.accumulated, p, 1e-9, 0.0);
  }
  bp_material_free(m);
}

static const char two_backs[] = "{E: 110 GPa, nu: 0.34, yield: 120 MPa, C1: 30 GPa, gamma1: 500, "
                                "C2: 4 GPa, gamma2: 80}";

static double saturating(double C, double gamma, double p) {
  return C / gamma * -expm1(-gamma * p);
}

static void back_stresses_saturate(void **state) {
  (void)state;
  BpMaterial *m = bp_test_material("chaboche", two_backs);
  const double far = 0.4, near = 4e-3;
  assert_close(follow(m, 0, &far, NULL, 1, 200).stress, Y + 30e9 / 500.0 + 4e9 / 80.0, 1e-9, 0.0);
  /* on the way, first order in the step */
  const Last a = follow(m, 0, &near, NULL, 1, 1000), b = follow(m, 0, &near, NULL, 1, 2000);
  const double p = 2.0 * b.plastic - a.plastic;
  assert_close(2.0 * b.stress - a.stress, Y + saturating(30e9, 500.0, p) + saturating(4e9, 80.0, p),
               1e-6, 0.0);
  bp_material_free(m);
}

/* Between strains that stay, X swings by C/gamma tanh(gamma dp/2) either way. */
static void loops_stabilise(void **state) {
  (void)state;
  BpMaterial *m = bp_test_material("chaboche", two_backs);
  double to[41], amplitude[2], range[2];
  for (int i = 0; i < 41; i++)
    to[i] = i % 2 ? -6e-3 : 6e-3;
  for (int k = 0; k < 2; k++) {
    const Last top = follow(m, 0, to, NULL, 41, 400 << k),
               low = follow(m, 0, to, NULL, 40, 400 << k);
    amplitude[k] = 0.5 * (top.stress - low.stress);
    range[k] = top.plastic - low.plastic;
    assert_close(top.stress, -low.stress, 1e-6, 0.0);
  }
  const double half = 0.5 * (2.0 * range[1] - range[0]);
  assert_close(2.0 * amplitude[1] - amplitude[0],
               Y + 60e6 * tanh(500.0 * half) + 50e6 * tanh(80.0 * half), 1e-5, 0.0);
  bp_material_free(m);
}

/* Between stresses, the plastic strain of a cycle is ln[((C/g)^2 - (low + Y)^2)/((C/g)^2 - (top -
 * Y)^2)]/g. */
static void unequal_stresses_ratchet(void **state) {
  (void)state;
  BpMaterial *m = bp_test_material(
      "chaboche", "{E: 110 GPa, nu: 0.34, yield: 120 MPa, C1: 30 GPa, gamma1: 300}");
  const double top = 200e6, low = -160e6, sat = 100e6;
  const double expected =
      log((sat * sat - (low + Y) * (low + Y)) / (sat * sat - (top - Y) * (top - Y))) / 300.0;
  double to[21], step[2];
  for (int i = 0; i < 21; i++)
    to[i] = i % 2 ? low : top;
  for (int k = 0; k < 2; k++)
    step[k] = follow(m, 1, to, NULL, 21, 1000 << k).plastic -
              follow(m, 1, to, NULL, 19, 1000 << k).plastic;
  assert_close(2.0 * step[1] - step[0], expected, 1e-4, 0.0);
  bp_material_free(m);
}

/* The modulus halves on heating while the strain stays: a back stress kept as strain halves too,
 * and lets the plastic strain go on to where E (strain - p) = Y + C p. */
static void moduli_may_change_with_temperature(void **state) {
  (void)state;
  BpMaterial *m = bp_test_material(
      "chaboche", "{E: 110 GPa, nu: 0.34, yield: 120 MPa, C1: {table: [[300 K, 10 GPa], [400 K, "
                  "5 GPa]], extrapolate: constant}}");
  static const double to[2] = {0.01, 0.01}, T[3] = {300.0, 300.0, 400.0};
  assert_close(follow(m, 0, to, T, 1, 10).plastic, (E * 0.01 - Y) / (E + 10e9), 1e-10, 0.0);
  assert_close(follow(m, 0, to, T, 2, 10).plastic, (E * 0.01 - Y) / (E + 5e9), 1e-10, 0.0);
  bp_material_free(m);
}

/* ---- step by step */

/* One linear back stress is `plastic`, with H = E Et/(E - Et), to round-off. */
static void linear_kinematic_is_plastic(void **state) {
  (void)state;
  BpTestPoint a, b;
  char card[128];
  bp_test_point_of(&a, "plastic", "{E: 110 GPa, nu: 0.34, yield: 120 MPa, Et: 4 GPa}", 300.0);
  snprintf(card, sizeof card, "{E: 110 GPa, nu: 0.34, yield: 120 MPa, C1: %.17g Pa}",
           E * 4e9 / (E - 4e9));
  bp_test_point_of(&b, "chaboche", card, 300.0);
  int flowed = 0;
  for (int k = 0; k < 2000; k++) {
    double strain[6], before = a.state0[6];
    for (int i = 0; i < 6; i++)
      strain[i] = a.strain0[i] + bp_random(-1e-3, 1e-3);
    bp_test_move(&a, strain, 1.0);
    bp_test_move(&b, strain, 1.0);
    flowed += a.state0[6] > before;
    const double noise = 1e-15 * E * bp_norm6(strain);
    for (int i = 0; i < 6; i++) {
      assert_close(b.stress0[i], a.stress0[i], 0.0, 20.0 * noise);
      assert_close(b.state0[i], a.state0[i], 0.0, 20.0 * noise / E);
    }
    for (int i = 0; i < 36; i++)
      assert_close(b.tangent[i], a.tangent[i], 0.0, 1e-10 * E);
    assert_close(b.work, a.work, 1e-10, 1e-9);
  }
  assert_in_range(flowed, 500, 2000);
}

/* With constant yield stress the heat of a step is yield times its plastic strain, whatever the
 * back stresses are, and so it is for `plastic`. */
static void heat_is_yield_times_strain(void **state) {
  (void)state;
  BpTestPoint p[2];
  bp_test_point_of(&p[0], "plastic", "{E: 110 GPa, nu: 0.34, yield: 120 MPa, Et: 4 GPa}", 300.0);
  bp_test_point_of(&p[1], "chaboche", two_backs, 300.0);
  for (int k = 0; k < 1000; k++)
    for (int l = 0; l < 2; l++) {
      const double before = p[l].state0[6];
      bp_test_random_step(&p[l], bp_test_random_log(1e-5, 1e-2));
      assert_int_equal(bp_test_update(&p[l], 0), BP_OK);
      bp_test_accept(&p[l]);
      assert_close(p[l].dissipated, Y * (p[l].state0[6] - before), 1e-9, 1e-6);
    }
  assert_true(p[0].state0[6] > 0.1 && p[1].state0[6] > 0.1);
}

static void too_much_is_cut_with_a_hint(void **state) {
  (void)state;
  BpTestPoint p;
  bp_test_point_of(&p, "chaboche", two_backs, 300.0);
  bp_test_random_step(&p, 2.0);
  p.dt = 10.0;
  assert_int_equal(bp_test_update(&p, 1), BP_CUT);
  assert_true(p.hint > 0.0 && p.hint < 10.0);
}

/* ---- multilinear */

static const char table[] = "{E: 110 GPa, nu: 0.34, stress1: 120 MPa, stress2: 150 MPa, plastic2: "
                            "0.0005, stress3: 180 MPa, "
                            "plastic3: 0.003, stress4: 190 MPa, plastic4: 0.01}";
static const double table_stress[] = {120e6, 150e6, 180e6, 190e6};
static const double table_plastic[] = {0.0, 0.0005, 0.003, 0.01};

static void tension_meets_the_table(void **state) {
  (void)state;
  BpMaterial *m = bp_test_material("multilinear", table);
  for (int k = 0; k < 4; k++) {
    const double strain = table_stress[k] / E + table_plastic[k];
    const Last last = follow(m, 0, &strain, NULL, 1, 7);
    assert_close(last.stress, table_stress[k], 1e-10, 0.0);
    assert_close(last.plastic, table_plastic[k], 1e-10, 1e-15);
    if (k == 0)
      continue;
    const double between = 0.5 * (strain + table_stress[k - 1] / E + table_plastic[k - 1]);
    assert_close(follow(m, 0, &between, NULL, 1, 7).stress,
                 0.5 * (table_stress[k] + table_stress[k - 1]), 1e-10, 0.0);
  }
  const double far = 0.1;
  assert_close(follow(m, 0, &far, NULL, 1, 7).stress, 190e6, 1e-10, 0.0);
  bp_material_free(m);
}

/* From a turning point each branch is the table doubled, and a loop comes back to where it began.
 */
static void branches_are_the_table_doubled(void **state) {
  (void)state;
  BpMaterial *m = bp_test_material("multilinear", table);
  const double top = 180e6 / E + 0.003;
  for (int k = 0; k < 3; k++) {
    const double to[2] = {top, top - 2.0 * (table_stress[k] / E + table_plastic[k])};
    assert_close(follow(m, 0, to, NULL, 2, 9).stress, 180e6 - 2.0 * table_stress[k], 1e-9, 1.0);
  }
  const double loop[5] = {top, -top, top, -top, top};
  assert_close(follow(m, 0, loop, NULL, 5, 9).stress, 180e6, 1e-9, 0.0);
  assert_close(follow(m, 0, loop, NULL, 5, 9).plastic, 0.003, 1e-9, 0.0);
  bp_material_free(m);
}

/* In shear the same table holds between the equivalents. */
static void shear_meets_the_table(void **state) {
  (void)state;
  BpTestPoint p;
  bp_test_point_of(&p, "multilinear", table, 300.0);
  const double G = E / 2.68;
  for (int k = 0; k < 4; k++) {
    const double e = table_stress[k] / (3.0 * G) + table_plastic[k];
    bp_test_move(&p, (const double[]){0.0, 0.0, 0.0, sqrt(1.5) * e, 0.0, 0.0}, 1.0);
    assert_close(bp_mises(p.stress0), table_stress[k], 1e-12, 0.0);
    assert_close(bp_equivalent_strain(p.state0), table_plastic[k], 1e-12, 1e-16);
  }
}

/* One pair and a second far away is bilinear: `plastic` with the slope between them. */
static void two_pairs_are_bilinear(void **state) {
  (void)state;
  BpTestPoint a, b;
  const double H = 3e9;
  char card[128];
  snprintf(card, sizeof card, "{E: 110 GPa, nu: 0.34, yield: 120 MPa, Et: %.17g Pa}",
           E * H / (E + H));
  bp_test_point_of(&a, "plastic", card, 300.0);
  bp_test_point_of(&b, "multilinear",
                   "{E: 110 GPa, nu: 0.34, stress1: 120 MPa, stress2: 3120 MPa, plastic2: 1}",
                   300.0);
  double strain[6] = {0};
  for (int k = 0; k < 500; k++) {
    for (int i = 0; i < 6; i++)
      strain[i] += bp_random(-1e-3, 1e-3);
    bp_test_move(&a, strain, 1.0);
    bp_test_move(&b, strain, 1.0);
    for (int i = 0; i < 6; i++)
      assert_close(b.stress0[i], a.stress0[i], 0.0, 1e-13 * E * bp_norm6(strain));
    for (int i = 0; i < 36; i++)
      assert_close(b.tangent[i], a.tangent[i], 0.0, 1e-11 * E);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(isotropic_hardening_is_exact),
      cmocka_unit_test(back_stresses_saturate),
      cmocka_unit_test(loops_stabilise),
      cmocka_unit_test(unequal_stresses_ratchet),
      cmocka_unit_test(moduli_may_change_with_temperature),
      cmocka_unit_test(linear_kinematic_is_plastic),
      cmocka_unit_test(heat_is_yield_times_strain),
      cmocka_unit_test(too_much_is_cut_with_a_hint),
      cmocka_unit_test(tension_meets_the_table),
      cmocka_unit_test(branches_are_the_table_doubled),
      cmocka_unit_test(shear_meets_the_table),
      cmocka_unit_test(two_pairs_are_bilinear),
  };
  return cmocka_run_group_tests_name("plasticity", tests, NULL, NULL);
}
