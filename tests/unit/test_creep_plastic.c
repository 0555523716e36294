/* Creep beside plasticity: its two limits are the laws of either alone; held stresses and
 * relaxation follow closed forms; each strain keeps its own direction, sum and work. */
#include "law_point.h"

#include "point.h"

#include <stdio.h>

#define E 50e9
#define H (E * 1e9 / (E - 1e9)) /* Et 1 GPa */

enum { TOTAL = 0, CREEP = 7, PLASTIC = 13, CREEP_SUM = 19, PLASTIC_SUM, CREEP_WORK, STATES };

typedef struct {
  double strain[6], stress[6], state[STATES], work;
} Last;

static void keep(const BpPointRecord *r, void *context) {
  Last *last = context;
  memcpy(last->strain, r->strain, sizeof last->strain);
  memcpy(last->stress, r->stress, sizeof last->stress);
  memcpy(last->state, r->state, sizeof last->state);
  last->work = r->work;
}

static Last follow(const char *law, const char *params, const BpPath *path) {
  BpMaterial *m = bp_test_material(law, params);
  Last last;
  assert_int_equal(bp_law_state_offset(bp_material_law(m), BP_STATE_CREEP), CREEP);
  assert_int_equal(bp_law_state_offset(bp_material_law(m), BP_STATE_PLASTIC), PLASTIC);
  assert_int_equal(bp_law_state_offset(bp_material_law(m), BP_STATE_CREEP_WORK), CREEP_WORK);
  assert_int_equal(bp_material_law(m)->rate, 0); /* yield is no smooth rate equation */
  assert_int_equal(bp_point_run(m, path, keep, &last, NULL), BP_OK);
  bp_material_free(m);
  return last;
}

static const char norton[] =
    "{E: 50 GPa, nu: 0.36, A: 2e-3 /s, n: 5.5, Q_over_R: 7000 K, yield: 20 MPa, Et: 1 GPa}";

static double rate(double stress, double T) {
  return 2e-3 * pow(stress / 1e6, 5.5) * exp(-7000.0 / T);
}

/* A stress held from the start: plastic at once, then creep at the law's rate, whatever the steps.
 */
static void held_stress(void **state) {
  (void)state;
  static const double stress[] = {12e6, 28e6};
  for (int k = 0; k < BP_COUNT(stress); k++) {
    const double q = stress[k], T = 350.0, time = 40.0;
    const BpPathCorner corner[2] = {{.temperature = T, .value = {q}},
                                    {.time = time, .temperature = T, .value = {q}}};
    const BpPath path = {
        .corner = corner, .count = 2, .stress = {1, 1, 1, 1, 1, 1}, .max_step = 7.0};
    const Last last = follow("norton_plastic", norton, &path);
    const double plastic = fmax(0.0, (q - 20e6) / H), creep = time * rate(q, T);
    assert_close(last.state[PLASTIC], plastic, 1e-9, 0.0);
    assert_close(last.state[PLASTIC_SUM], plastic, 1e-9, 0.0);
    assert_close(last.state[CREEP], creep, 1e-9, 0.0);
    assert_close(last.state[CREEP + 1], -0.5 * creep, 1e-9, 0.0);
    assert_close(last.state[CREEP_SUM], creep, 1e-9, 0.0);
    assert_close(last.state[CREEP_WORK], q * creep, 1e-9, 0.0);
    assert_close(last.state[TOTAL], plastic + creep, 1e-9, 0.0);
    assert_close(last.strain[0], q / E + plastic + creep, 1e-9, 0.0);
  }
}

/* Plastic flow in shear, then tension: creep follows the stress, not the stress less the back
 * stress that shear has left. */
static void creep_follows_the_stress(void **state) {
  (void)state;
  const double shear = BP_SQRT2 * 16e6, T = 350.0; /* 27.7 MPa Mises */
  const BpPathCorner corner[3] = {
      {.temperature = T, .value = {0, 0, 0, 0, 0, shear}},
      {.time = 1e-6, .temperature = T, .value = {10e6, 0, 0, 0, 0, 0}},
      {.time = 100.0, .temperature = T, .value = {10e6, 0, 0, 0, 0, 0}}};
  const BpPath path = {
      .corner = corner, .count = 3, .stress = {1, 1, 1, 1, 1, 1}, .max_step = 10.0};
  const Last last = follow("norton_plastic", norton, &path);
  assert_true(last.state[PLASTIC + 5] > 5e-3);
  assert_close(last.state[PLASTIC], 0.0, 0.0, 1e-12);
  assert_close(last.state[CREEP], 100.0 * rate(10e6, T), 1e-6, 0.0);
  assert_close(last.state[CREEP + 5], 0.0, 0.0, 1e-6 * last.state[CREEP]);
}

/* Strain into plastic flow faster than creep, then held: q^(1-n) grows by (n-1) E B t, from the
 * plastic curve, which is not met again. */
static double relaxed(const char *law, double time, int steps, double *plastic) {
  const double strain = 26e6 / E + 6e6 / H, T = 350.0;
  const BpPathCorner corner[2] = {{.temperature = T, .value = {strain}},
                                  {.time = time, .temperature = T, .value = {strain}}};
  const BpPath path = {
      .corner = corner, .count = 2, .stress = {0, 1, 1, 1, 1, 1}, .max_step = time / steps};
  const Last last = follow(law, norton, &path);
  *plastic = last.state[PLASTIC];
  return last.stress[0];
}

static void relaxation_begins_at_the_plastic_curve(void **state) {
  (void)state;
  const double n = 5.5, B = 2e-3 * exp(-7000.0 / 350.0);
  const double end = (pow(2.0, n - 1.0) - 1.0) * pow(26.0, 1.0 - n) / ((n - 1.0) * E * 1e-6 * B);
  double plastic;
  const double a = relaxed("norton_plastic", end, 2000, &plastic);
  const double b = relaxed("norton_plastic", end, 4000, &plastic);
  assert_close(plastic, 6e6 / H, 1e-9, 0.0);
  assert_close(2.0 * b - a, 13e6, 1e-5, 0.0);
}

/* At a constant rate both flow for good: stress and plastic strain grow with the slope that the
 * plastic modulus and the creep rate leave, strain rate = qdot/E + qdot/H + B q^n. */
static void held_rate_satisfies_the_sum_of_rates(void **state) {
  (void)state;
  BpMaterial *m = bp_test_material("norton_plastic", norton);
  const double T = 350.0, speed = 1e-3;
  double q[2], slope[2];
  for (int k = 0; k < 2; k++) { /* slope of the stress over the last of n steps, extrapolated */
    const int n = 4000 << k;
    const BpTension test = {.temperature = T, .rate = speed, .strain = 0.02, .steps = n};
    const BpTension less = {
        .temperature = T, .rate = speed, .strain = 0.02 * (n - 2) / n, .steps = n - 2};
    double end, before;
    assert_int_equal(bp_point_tension(m, &test, NULL, NULL, &end, NULL), BP_OK);
    assert_int_equal(bp_point_tension(m, &less, NULL, NULL, &before, NULL), BP_OK);
    q[k] = 0.5 * (end + before);
    slope[k] = (end - before) / (2.0 * 0.02 / n / speed);
  }
  const double stress = 2.0 * q[1] - q[0], change = 2.0 * slope[1] - slope[0];
  assert_true(stress > 22e6);
  assert_close(change / E + change / H + rate(stress, T), speed, 1e-4, 0.0);
  bp_material_free(m);
}

/* ---- the limits, step by step along a random path */

/* Both laws along one path: stress, inelastic strain, tangent and work agree to round-off. */
static void same_along_a_path(const char *alone, const char *params, const char *both,
                              const char *params_both) {
  BpTestPoint a, b;
  double to[6];
  bp_test_point_of(&a, alone, params, 350.0);
  bp_test_point_of(&b, both, params_both, 350.0);
  for (int k = 0; k < 1000; k++) {
    const double dt = bp_test_random_log(1e-3, 1e3);
    for (int i = 0; i < 6; i++)
      to[i] = a.strain0[i] + bp_random(-5e-4, 5e-4);
    bp_test_move(&a, to, dt);
    bp_test_move(&b, to, dt);
    for (int i = 0; i < 6; i++) {
      assert_close(b.stress0[i], a.stress0[i], 0.0, 1e-9 * bp_norm6(a.stress0) + 1e-3);
      assert_close(b.state0[i], a.state0[i], 0.0, 1e-13);
    }
    for (int i = 0; i < 36; i++)
      assert_close(b.tangent[i], a.tangent[i], 0.0, 1e-9 * E);
    assert_close(b.work, a.work, 1e-8, 1e-6);
  }
  assert_true(a.state0[6] > 0.1);
}

static void high_yield_is_creep(void **state) {
  (void)state;
  same_along_a_path("norton", "{E: 50 GPa, nu: 0.36, A: 2e-3 /s, n: 5.5, Q_over_R: 7000 K}",
                    "norton_plastic",
                    "{E: 50 GPa, nu: 0.36, A: 2e-3 /s, n: 5.5, Q_over_R: 7000 K, yield: 90 GPa, "
                    "Et: 1 GPa}");
  same_along_a_path("garofalo",
                    "{E: 50 GPa, nu: 0.36, A: 3e5 /s, alpha: 0.02 /MPa, n: 6, Q_over_R: 6400 K}",
                    "garofalo_plastic",
                    "{E: 50 GPa, nu: 0.36, A: 3e5 /s, alpha: 0.02 /MPa, n: 6, Q_over_R: 6400 K, "
                    "yield: 90 GPa, Et: 1 GPa}");
  same_along_a_path("double_power",
                    "{E: 50 GPa, nu: 0.36, A1: 4e-7 /s, n1: 3, Q1_over_R: 3200 K, A2: 1e-12 /s, "
                    "n2: 12, Q2_over_R: 7300 K}",
                    "double_power_plastic",
                    "{E: 50 GPa, nu: 0.36, A1: 4e-7 /s, n1: 3, Q1_over_R: 3200 K, A2: 1e-12 /s, "
                    "n2: 12, Q2_over_R: 7300 K, yield: 90 GPa, Et: 1 GPa}");
}

static void no_creep_is_plastic(void **state) {
  (void)state;
  same_along_a_path("plastic", "{E: 50 GPa, nu: 0.36, yield: 20 MPa, Et: 1 GPa}", "norton_plastic",
                    "{E: 50 GPa, nu: 0.36, A: 1e-90 /s, n: 3, yield: 20 MPa, Et: 1 GPa}");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(held_stress),
      cmocka_unit_test(creep_follows_the_stress),
      cmocka_unit_test(relaxation_begins_at_the_plastic_curve),
      cmocka_unit_test(held_rate_satisfies_the_sum_of_rates),
      cmocka_unit_test(high_yield_is_creep),
      cmocka_unit_test(no_creep_is_plastic),
  };
  return cmocka_run_group_tests_name("creep and plasticity", tests, NULL, NULL);
}
