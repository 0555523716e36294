/* Creep laws against closed forms: the rate at a held stress, the steady stress at a held rate,
 * relaxation, and the hardening of primary creep.
 *
 * A held stress makes every step exact (1e-10: the driver meets its stress to 1e-13, which an
 * exponent multiplies). Relaxation is first order in the step; two step sizes are extrapolated. */
#include "close.h"

#include "point.h"
#include "subjects.h"

#include <stdio.h>

#define HOUR 3600.0

typedef struct {
  double strain, transverse, stress, inelastic, work;
} Last;

static void keep(const BpPointRecord *r, void *context) {
  *(Last *)context = (Last){r->strain[0], r->strain[1], r->stress[0], r->state[0], r->work};
}

/* Uniaxial stress of `n` values, each from a time on, with jumps between them. */
static Last hold(const char *law, const char *params, double T, const double (*part)[2], int n,
                 int steps) {
  BpMaterial *m = bp_test_material(law, params);
  BpPathCorner corner[8] = {{.temperature = T, .value = {part[0][0]}}};
  double time = 0.0;
  int k = 1;
  for (int i = 0; i < n; i++) {
    if (i > 0)
      corner[k++] =
          (BpPathCorner){.time = time * (1.0 + 1e-12), .temperature = T, .value = {part[i][0]}};
    time += part[i][1];
    corner[k++] = (BpPathCorner){.time = time, .temperature = T, .value = {part[i][0]}};
  }
  const BpPath path = {
      .corner = corner, .count = k, .stress = {1, 1, 1, 1, 1, 1}, .max_step = time / steps};
  Last last;
  assert_int_equal(bp_point_run(m, &path, keep, &last, NULL), BP_OK);
  bp_material_free(m);
  return last;
}

static double creep_strain(const char *law, const char *params, double T, double stress,
                           double time, int steps) {
  return hold(law, params, T, (const double[][2]){{stress, time}}, 1, steps).inelastic;
}

static const char norton[] = "{E: 50 GPa, nu: 0.36, A: 2e-3 /s, n: 5.5, Q_over_R: 7000 K}";
static const char garofalo[] =
    "{E: 50 GPa, nu: 0.36, A: 3e5 /s, alpha: 0.02 /MPa, n: 6, Q_over_R: 6400 K}";
static const char doubled[] = "{E: 50 GPa, nu: 0.36, A1: 4e-7 /s, n1: 3, Q1_over_R: 3200 K, "
                              "A2: 1e-12 /s, n2: 12, Q2_over_R: 7300 K}";

static void held_stress_creeps_at_the_rate(void **state) {
  (void)state;
  const double T = 398.15;
  const double power = 2e-3 * pow(10.0, 5.5) * exp(-7000.0 / T);
  assert_close(creep_strain("norton", norton, T, 10e6, 60.0, 6), 60.0 * power, 1e-10, 0.0);
  const double sine = 3e5 * pow(sinh(0.2), 6.0) * exp(-6400.0 / T);
  assert_close(creep_strain("garofalo", garofalo, T, 10e6, 60.0, 6), 60.0 * sine, 1e-10, 0.0);
  for (int k = 0; k < 3; k++) { /* either term leads */
    const double q = 5.0 * (1 << k);
    const double rate =
        4e-7 * pow(q, 3.0) * exp(-3200.0 / T) + 1e-12 * pow(q, 12.0) * exp(-7300.0 / T);
    assert_close(creep_strain("double_power", doubled, T, 1e6 * q, 60.0, 6), 60.0 * rate, 1e-10,
                 0.0);
  }
}

/* NAFEMS R0027 / Ansys VMR049-CR1: 200 MPa, A 3.125e-14 /h, n 5: a strain of 10 in 1000 h. */
static void nafems_creep_strain(void **state) {
  (void)state;
  const char card[] = "{E: 200 GPa, nu: 0.3, A: 3.125e-14 /h, n: 5}";
  const Last last =
      hold("norton", card, 300.0, (const double[][2]){{200e6, 1000.0 * HOUR}}, 1, 100);
  assert_close(last.strain - 1e-3, 10.0, 1e-9, 0.0);
  assert_close(last.transverse + 0.3e-3, -5.0, 1e-9, 0.0);
  assert_close(last.work, 10.0 * 200e6, 1e-9, 0.0);
}

static void unit_of_stress_is_free(void **state) {
  (void)state;
  char card[160];
  snprintf(card, sizeof card,
           "{E: 50 GPa, nu: 0.36, A: %.17g /s, n: 5.5, Q_over_R: 7000 K, sigma0: 10 MPa}",
           2e-3 * pow(10.0, 5.5));
  assert_close(creep_strain("norton", card, 350.0, 12e6, 100.0, 1),
               creep_strain("norton", norton, 350.0, 12e6, 100.0, 1), 1e-12, 0.0);
}

static double tension(const char *law, const char *params, double T, double rate) {
  BpMaterial *m = bp_test_material(law, params);
  const BpTension test = {.temperature = T, .rate = rate, .strain = 0.3, .steps = 300};
  double stress;
  assert_int_equal(bp_point_tension(m, &test, NULL, NULL, &stress, NULL), BP_OK);
  bp_material_free(m);
  return stress;
}

static void held_rate_comes_to_the_steady_stress(void **state) {
  (void)state;
  for (int i = 0; i < 12; i++) {
    const int hotter = i / 4;
    const double rate = pow(10.0, -8 + 2 * (i % 4)), T = 220.0 + 120.0 * hotter;
    const double z = rate / 3e5 * exp(6400.0 / T);
    assert_close(tension("garofalo", garofalo, T, rate), asinh(pow(z, 1.0 / 6.0)) / 0.02e-6, 1e-9,
                 0.0);
    assert_close(tension("norton", norton, T, rate),
                 1e6 * pow(rate / 2e-3 * exp(7000.0 / T), 1.0 / 5.5), 1e-9, 0.0);
    const double q = 1e-6 * tension("double_power", doubled, T, rate);
    assert_close(4e-7 * pow(q, 3.0) * exp(-3200.0 / T) + 1e-12 * pow(q, 12.0) * exp(-7300.0 / T),
                 rate, 1e-8, 0.0);
  }
}

/* Uniaxial stress at the end of a hold of the strain that makes q0 at once. */
static double relaxed(double q0, double time, int steps) {
  BpMaterial *m = bp_test_material("norton", norton);
  const double strain = q0 / 50e9;
  const BpPathCorner corner[2] = {{.temperature = 350.0, .value = {strain}},
                                  {.time = time, .temperature = 350.0, .value = {strain}}};
  const BpPath path = {
      .corner = corner, .count = 2, .stress = {0, 1, 1, 1, 1, 1}, .max_step = time / steps};
  Last last;
  assert_int_equal(bp_point_run(m, &path, keep, &last, NULL), BP_OK);
  bp_material_free(m);
  return last.stress;
}

/* dq/dt = -E B q^n, hence q^(1-n) = q0^(1-n) + (n-1) E B t. */
static void relaxes_like_norton(void **state) {
  (void)state;
  const double n = 5.5, q0 = 30.0, B = 2e-3 * exp(-7000.0 / 350.0), E = 50e3; /* MPa */
  const double end = (pow(2.0, n - 1.0) - 1.0) * pow(q0, 1.0 - n) / ((n - 1.0) * E * B);
  const double a = relaxed(30e6, end, 2000), b = relaxed(30e6, end, 4000);
  assert_close(b, 15e6, 1e-3, 0.0); /* half, by the choice of `end` */
  assert_close(2.0 * b - a, 15e6, 1e-5, 0.0);
}

/* ---- primary creep: A 0.02 /h, n 4, m -0.4, in hours and MPa */

static const char primary[] = "{E: 50 GPa, nu: 0.36, A: 2e-8 /h, n: 4, m: -0.4, time0: 1 h}";

static double primary_rate(double q) {
  return 2e-8 * pow(q, 4.0);
}

static void primary_creep_at_held_stress(void **state) {
  (void)state;
  static const int steps[] = {1, 7, 50};
  const double expected = primary_rate(15.0) * pow(20.0, 0.6) / 0.6;
  for (int i = 0; i < BP_COUNT(steps); i++) {
    assert_close(creep_strain("time_hardening", primary, 350.0, 15e6, 20.0 * HOUR, steps[i]),
                 expected, 1e-9, 0.0);
    assert_close(creep_strain("strain_hardening", primary, 350.0, 15e6, 20.0 * HOUR, steps[i]),
                 expected, 1e-9, 0.0);
  }
}

/* 10 MPa for 5 h, then 20 MPa for 3 h: the clock goes on, or the strain does. */
static void primary_creep_after_a_jump(void **state) {
  (void)state;
  static const double part[][2] = {{10e6, 5.0 * HOUR}, {20e6, 3.0 * HOUR}};
  const double K1 = primary_rate(10.0) / 0.6, K2 = primary_rate(20.0) / 0.6;
  const double first = K1 * pow(5.0, 0.6);
  const double clock = first + K2 * (pow(8.0, 0.6) - pow(5.0, 0.6));
  const double strain = K2 * pow(3.0 + pow(first / K2, 1.0 / 0.6), 0.6);
  assert_true(strain > 1.1 * clock);
  assert_close(hold("time_hardening", primary, 350.0, part, 2, 16).inelastic, clock, 1e-7, 0.0);
  assert_close(hold("strain_hardening", primary, 350.0, part, 2, 16).inelastic, strain, 1e-7, 0.0);
}

/* Without hardening, m = 0, both are Norton's law. */
static void no_hardening_is_norton(void **state) {
  (void)state;
  const char with[] = "{E: 50 GPa, nu: 0.36, A: 2e-3 /s, n: 5.5, Q_over_R: 7000 K, m: 0}";
  const double expected = creep_strain("norton", norton, 350.0, 20e6, 500.0, 10);
  assert_close(creep_strain("time_hardening", with, 350.0, 20e6, 500.0, 10), expected, 1e-10, 0.0);
  assert_close(creep_strain("strain_hardening", with, 350.0, 20e6, 500.0, 10), expected, 1e-10,
               0.0);
}

/* ---- what is refused */

static BpStatus shear(const char *law, const char *params, double size, double t0, double dt,
                      double T, double *hint) {
  BpMaterial *m = bp_test_material(law, params);
  const double zero[BP_TEST_STATES] = {0}, strain[6] = {0, 0, 0, 0, 0, size};
  double param[BP_TEST_PARAMS], stress[6], state[BP_TEST_STATES];
  bp_material_param(m, 350.0, param);
  const BpLawIn in = {.param = param,
                      .strain0 = zero,
                      .strain1 = strain,
                      .stress0 = zero,
                      .state0 = zero,
                      .t0 = t0,
                      .dt = dt,
                      .T0 = T,
                      .T1 = T};
  BpLawOut out = {.stress1 = stress, .state1 = state};
  const BpStatus status = bp_material_law(m)->update(&in, &out);
  *hint = out.dt_hint;
  bp_material_free(m);
  return status;
}

static void senseless_or_too_large_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *law, *params;
  } each[] = {{"norton", norton},
              {"garofalo", garofalo},
              {"double_power", doubled},
              {"time_hardening", primary},
              {"strain_hardening", primary}};
  double hint;
  for (int i = 0; i < BP_COUNT(each); i++) {
    assert_int_equal(shear(each[i].law, each[i].params, 1e-3, 0.0, 1.0, 350.0, &hint), BP_OK);
    assert_int_equal(shear(each[i].law, each[i].params, 1e-3, 0.0, -1.0, 350.0, &hint), BP_BAD);
    assert_int_equal(shear(each[i].law, each[i].params, 1e-3, -1.0, 1.0, 350.0, &hint), BP_BAD);
    assert_int_equal(shear(each[i].law, each[i].params, 1e-3, 0.0, 1.0, 0.0, &hint), BP_BAD);
    assert_int_equal(shear(each[i].law, each[i].params, 2.0, 0.0, 1e9, 350.0, &hint), BP_CUT);
    assert_true(hint > 0.0 && hint < 1e9);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(held_stress_creeps_at_the_rate),
      cmocka_unit_test(nafems_creep_strain),
      cmocka_unit_test(unit_of_stress_is_free),
      cmocka_unit_test(held_rate_comes_to_the_steady_stress),
      cmocka_unit_test(relaxes_like_norton),
      cmocka_unit_test(primary_creep_at_held_stress),
      cmocka_unit_test(primary_creep_after_a_jump),
      cmocka_unit_test(no_hardening_is_norton),
      cmocka_unit_test(senseless_or_too_large_is_refused),
  };
  return cmocka_run_group_tests_name("creep", tests, NULL, NULL);
}
