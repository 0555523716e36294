/* Anand's law against closed forms, tabulated values and its own equations.
 *
 * Expected, all for SAC305 of Motalab 2012: steady stresses are the closed form q = (s_sat/xi)
 * asinh(z^m), printed to 0.01 MPa. The monotonic table and the thermal-cycle loop come from a
 * separate program with bisection in place of Newton (8000 steps; loop extrapolated to no step). */
#include "close.h"

#include "law_point.h"
#include "point.h"

#include <stdio.h>
#include <stdlib.h>

enum { E, NU, S0, Q_OVER_R, A, XI, M, H0, SHAT, N, EXPONENT, NPARAM };

static const double motalab[NPARAM] = {46.5e9, 0.4,    21e6,   9320.0, 3501.0, 4.0,
                                       0.25,   1.8e11, 30.2e6, 0.01,   1.78};

static int load(void **state) {
  BpProblems problems = {0};
  *state = bp_material_load("sac305_anand_motalab2012", &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  return *state == NULL;
}

static int unload(void **state) {
  bp_material_free(*state);
  return 0;
}

static double tension(void **state, double celsius, double rate, double strain, int steps) {
  const BpTension test = {
      .temperature = celsius + 273.15, .rate = rate, .strain = strain, .steps = steps};
  double stress;
  assert_int_equal(bp_point_tension(*state, &test, NULL, NULL, &stress, NULL), BP_OK);
  return stress;
}

static void saturates_at_the_closed_form(void **state) {
  static const struct {
    double celsius, rate, stress;
  } row[] = {{25.0, 1e-3, 42.09e6}, {125.0, 1e-3, 22.83e6}, {125.0, 1e-5, 13.04e6}};
  for (int i = 0; i < BP_COUNT(row); i++)
    assert_close(tension(state, row[i].celsius, row[i].rate, 0.3, 3000), row[i].stress, 1e-3, 0.0);
}

static void follows_the_monotonic_table(void **state) {
  static const double strain[5] = {0.002, 0.005, 0.01, 0.02, 0.05};
  static const struct {
    double celsius, rate, stress[5]; /* MPa */
  } row[] = {{25.0, 1e-3, {38.19, 41.04, 41.68, 41.92, 42.04}},
             {25.0, 1e-4, {33.15, 35.30, 35.81, 36.00, 36.09}},
             {25.0, 1e-5, {28.19, 29.78, 30.17, 30.33, 30.40}},
             {75.0, 1e-3, {28.19, 30.02, 30.44, 30.61, 30.68}},
             {125.0, 1e-3, {21.07, 22.34, 22.64, 22.75, 22.81}},
             {125.0, 1e-5, {12.27, 12.79, 12.94, 13.00, 13.02}}};
  for (int i = 0; i < BP_COUNT(row); i++)
    for (int k = 0; k < 5; k++)
      assert_close(tension(state, row[i].celsius, row[i].rate, strain[k], 4000),
                   1e6 * row[i].stress[k], 1e-3, 0.0);
}

/* ---- the zero-dimensional thermal cycle: shear gamma = 0.02 (T - 25 degC)/165 K */

#define LOOP_CYCLES 4

typedef struct {
  double time[4 * LOOP_CYCLES]; /* s, ends of ramps and dwells */
  int next;
  double work[LOOP_CYCLES + 1], strain[LOOP_CYCLES + 1]; /* at the ends of the cold dwells */
  double shear[4 * LOOP_CYCLES], resistance[4 * LOOP_CYCLES];
} Loop;

static void watch_loop(const BpPointRecord *r, void *context) {
  Loop *loop = context;
  const int i = loop->next;
  if (i >= 4 * LOOP_CYCLES || r->time < loop->time[i] * (1.0 - 1e-12))
    return;
  loop->shear[i] = r->stress[5] / BP_SQRT2;
  loop->resistance[i] = r->state[7];
  if (i % 4 == 3) {
    loop->work[i / 4 + 1] = r->work;
    loop->strain[i / 4 + 1] = r->state[6];
  }
  loop->next++;
}

static Loop run_loop(void **state, double step) {
  static const double to[4] = {125.0, 125.0, -40.0, -40.0};
  BpPathCorner corner[4 * LOOP_CYCLES + 1] = {{.temperature = 298.15}};
  Loop loop = {0};
  double T = 25.0;
  for (int i = 0; i < 4 * LOOP_CYCLES; i++) {
    const double duration = i % 2 ? 900.0 : fabs(to[i % 4] - T) * 6.0;
    T = to[i % 4];
    loop.time[i] = corner[i].time + duration;
    corner[i + 1].time = loop.time[i];
    corner[i + 1].temperature = T + 273.15;
    corner[i + 1].value[5] = 0.02 * (T - 25.0) / 165.0 / BP_SQRT2; /* gamma/2 in Mandel form */
  }
  const BpPath path = {.corner = corner, .count = 4 * LOOP_CYCLES + 1, .max_step = step};
  assert_int_equal(bp_point_run(*state, &path, watch_loop, &loop, NULL), BP_OK);
  assert_int_equal(loop.next, 4 * LOOP_CYCLES);
  return loop;
}

static double cycle_work(const Loop *loop, int cycle) {
  return (loop->work[cycle] - loop->work[cycle - 1]) / 1e6;
}

static void loop_at_usual_steps(void **state) {
  const Loop loop = run_loop(state, 20.0);
  assert_close(cycle_work(&loop, 1), 0.4379, 6e-3, 0.0);
  for (int c = 2; c <= LOOP_CYCLES; c++) {
    assert_close(cycle_work(&loop, c), 0.5934, 5e-3, 0.0);
    assert_close(loop.strain[c] - loop.strain[c - 1], 0.021526, 5e-3, 0.0);
  }
}

static void loop_as_the_step_goes_to_zero(void **state) {
  static const double shear[8] = {7.83, 2.82, -29.49, -22.38, 7.94, 2.85, -29.49, -22.38};
  static const double resistance[4] = {31.69, 35.34, 32.01, 35.34}; /* ends of the dwells */
  const Loop loop = run_loop(state, 0.5), coarse = run_loop(state, 1.25);
  assert_close(cycle_work(&coarse, 3), 0.59339, 0.0, 1e-5); /* the other program at this step */
  assert_close(cycle_work(&loop, 1), 0.4379, 1e-3, 0.0);
  assert_close(loop.strain[1], 0.017612, 1e-3, 0.0);
  for (int c = 2; c <= LOOP_CYCLES; c++) {
    assert_close(cycle_work(&loop, c), 0.5934, 1e-3, 0.0);
    assert_close(loop.strain[c] - loop.strain[c - 1], 0.021526, 1e-3, 0.0);
  }
  for (int i = 0; i < 8; i++)
    assert_close(loop.shear[i] / 1e6, shear[i], 1e-3, 5e-3);
  for (int i = 0; i < 4; i++)
    assert_close(loop.resistance[2 * i + 1] / 1e6, resistance[i], 1e-3, 0.0);
}

/* ---- one step against the equations themselves */

typedef struct {
  double q_trial, q, d, s; /* Pa, Pa, 1, Pa */
  double hint;
  BpStatus status;
} Shear;

/* Pure shear of trial Mises stress q_trial from rest, with resistance s0. */
static Shear shear(const double *p, double q_trial, double s0, double dt, double T) {
  const double G = p[E] / (2.0 + 2.0 * p[NU]);
  const double zero[6] = {0}, strain[6] = {0, 0, 0, 0, 0, q_trial / sqrt(6.0) / G};
  const double state0[8] = {0, 0, 0, 0, 0, 0, 0, s0};
  double stress[6], state1[8] = {0}, tangent[36];
  const BpLawIn in = {.param = p,
                      .strain0 = zero,
                      .strain1 = strain,
                      .stress0 = zero,
                      .state0 = state0,
                      .dt = dt,
                      .T0 = T,
                      .T1 = T};
  BpLawOut out = {.stress1 = stress, .state1 = state1, .tangent = tangent};
  Shear r = {.status = bp_law_find("anand")->update(&in, &out), .q_trial = q_trial};
  r.hint = out.dt_hint;
  r.q = bp_mises(stress);
  r.d = state1[6];
  r.s = state1[7];
  return r;
}

/* Backward Euler: flow, written for the stress, and hardening, each relative to its largest term.
 */
static void assert_equations(const double *p, const Shear *r, double s0, double dt, double T) {
  if (r->d < 1e-250) { /* then the elastic stress must not let more flow */
    const double x0 = p[XI] * r->q_trial / s0;
    const double log_sinh = x0 > 20.0 ? x0 - log(2.0) : log(sinh(x0));
    assert_true(log(dt * p[A]) - p[Q_OVER_R] / T + log_sinh / p[M] < -500.0);
    return;
  }
  const double log_z = log(r->d) - log(dt) - log(p[A]) + p[Q_OVER_R] / T;
  const double y = p[M] * log_z;
  const double x = y > 300.0 ? y + log(2.0) : asinh(exp(y));
  assert_close(r->q, r->s / p[XI] * x, 1e-11, 1e-13 * r->q_trial);
  const double s_sat = p[SHAT] * exp(p[N] * log_z), gap = 1.0 - r->s / s_sat;
  const double hardening = p[H0] * pow(fabs(gap), p[EXPONENT]) * (gap > 0.0 ? 1.0 : -1.0) * r->d;
  /* what a last-digit change of s does to the hardening term is the accuracy that can be had */
  const double stiff = p[H0] * p[EXPONENT] * pow(fabs(gap), p[EXPONENT] - 1.0) * r->d / s_sat;
  const double scale = (1.0 + stiff) * (r->s + s_sat);
  assert_close(r->s - s0, hardening, 1e-12, 1e-14 * scale);
}

static void solves_its_equations(void **state) {
  (void)state;
  for (int k = 0; k < 20000; k++) {
    const double q = exp(bp_random(log(1e-3), log(3e9))), s0 = exp(bp_random(log(1e6), log(3e8)));
    const double dt = exp(bp_random(log(1e-9), log(1e9))), T = bp_random(208.15, 490.15);
    const Shear r = shear(motalab, q, s0, dt, T);
    assert_int_equal(r.status, BP_OK);
    assert_equations(motalab, &r, s0, dt, T);
  }
}

/* Constants far from any solder: the bracketed iteration has to take over. */
static void solves_odd_constants(void **state) {
  (void)state;
  int solved = 0;
  for (int k = 0; k < 20000; k++) {
    double p[NPARAM] = {46.5e9, 0.4, 21e6, bp_random(0.0, 3e4)};
    p[A] = exp(bp_random(log(1e-3), log(1e10)));
    p[XI] = exp(bp_random(log(0.1), log(20.0)));
    p[M] = bp_random(0.05, 0.9);
    p[H0] = exp(bp_random(log(1e6), log(1e12)));
    p[SHAT] = exp(bp_random(log(1e6), log(1e9)));
    p[N] = bp_random(0.0, 0.2);
    p[EXPONENT] = bp_random(1.0, 3.0);
    const double q = exp(bp_random(log(1.0), log(1e9))), s0 = exp(bp_random(log(1e5), log(1e9)));
    const double dt = exp(bp_random(log(1e-6), log(1e6))), T = bp_random(208.15, 490.15);
    const Shear r = shear(p, q, s0, dt, T);
    assert_true(r.status == BP_OK || r.status == BP_CUT);
    if (r.status != BP_OK)
      continue;
    solved++;
    assert_true(r.d >= 0.0 && r.d <= q / (1.5 * p[E] / (1.0 + p[NU])) * (1.0 + 1e-12));
    assert_equations(p, &r, s0, dt, T);
  }
  assert_in_range(solved, 19000, 20000);
}

static void nothing_flows_without_stress(void **state) {
  (void)state;
  double before = 0.0;
  for (int power = -140; power < 5; power++) {
    const double q = pow(10.0, power);
    const Shear r = shear(motalab, q, 21e6, 1.0, 298.15);
    assert_int_equal(r.status, BP_OK);
    assert_close(r.q, q, 1e-6, 0.0);
    assert_true(r.d >= before);
    before = r.d;
  }
}

/* A stress held at constant strain: dq/dt = -3G edot(q, s), s frozen by h0 = 0. With m = 1/2 and xi
 * q/s large, sinh^2 is exp(2 xi q/s)/4, and exp(-2 xi q/s) grows linearly in time. */
static void relaxes_like_the_closed_form(void **state) {
  (void)state;
  double p[NPARAM];
  memcpy(p, motalab, sizeof p);
  p[H0] = 0.0;
  p[M] = 0.5;
  p[XI] = 10.0;
  const double s = 21e6, T = 298.15, k = 2.0 * p[XI] / s, G3 = 1.5 * p[E] / 1.4, q0 = 30e6;
  const double rate = p[A] * exp(-p[Q_OVER_R] / T) / 4.0;
  const double end = 2.0 * exp(-k * q0) / (k * G3 * rate); /* exp(-k q) grows threefold */
  const int steps = 4000;
  double q_trial = q0;
  for (int i = 0; i < steps; i++)
    q_trial = shear(p, q_trial, s, end / steps, T).q;
  assert_close(q_trial, q0 - log(3.0) / k, 1e-4, 0.0);
}

static void too_much_is_cut_with_a_hint(void **state) {
  (void)state;
  const Shear r = shear(motalab, 3.0 * 16.6e9, 21e6, 10.0, 398.15); /* 100 % of strain at once */
  assert_int_equal(r.status, BP_CUT);
  assert_true(r.hint > 0.0 && r.hint < 10.0);
}

static void senseless_input_is_bad(void **state) {
  (void)state;
  assert_int_equal(shear(motalab, 1e7, 21e6, -1.0, 298.15).status, BP_BAD);
  assert_int_equal(shear(motalab, 1e7, 21e6, 1.0, 0.0).status, BP_BAD);
  assert_int_equal(shear(motalab, 1e7, 0.0, 1.0, 298.15).status, BP_BAD);
}

/* ---- s0 and h0 over temperature */

#define OTHERS                                                                                     \
  "E: 40 GPa, nu: 0.4, Q_over_R: 9320 K, A: 3501 /s, xi: 4, m: 0.25, shat: 30.2 MPa, "             \
  "n: 0.01, a: 1.78"

static double stress_at(const char *params, double T) {
  BpMaterial *m = bp_test_material("anand", params);
  const BpTension test = {.temperature = T, .rate = 1e-3, .strain = 2e-3, .steps = 50};
  double stress;
  assert_int_equal(bp_point_tension(m, &test, NULL, NULL, &stress, NULL), BP_OK);
  bp_material_free(m);
  return stress;
}

/* At one temperature a card of tables and polynomials is the card of their values there. */
static void resistance_and_hardening_may_vary(void **state) {
  (void)state;
  static const char varying[] =
      "{" OTHERS ", s0: {polynomial: [38 MPa, -0.06 MPa/K], in: K}, h0: {table: [[250 K, 20 GPa], "
      "[450 K, 4 GPa]], extrapolate: constant}}";
  const double cold = stress_at(varying, 300.0), hot = stress_at(varying, 400.0);
  assert_close(cold, stress_at("{" OTHERS ", s0: 20 MPa, h0: 16 GPa}", 300.0), 1e-12, 0.0);
  assert_close(hot, stress_at("{" OTHERS ", s0: 14 MPa, h0: 8 GPa}", 400.0), 1e-12, 0.0);
  /* s0 is where a point begins: heating it at rest leaves s */
  const double zero[6] = {0};
  BpMaterial *m = bp_test_material("anand", varying);
  BpTestPoint p;
  bp_test_point(&p, m, 300.0);
  p.T1 = 400.0;
  bp_test_move(&p, zero, 10.0);
  assert_close(p.state0[7], 20e6, 1e-12, 0.0);
  bp_material_free(m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(saturates_at_the_closed_form),
      cmocka_unit_test(follows_the_monotonic_table),
      cmocka_unit_test(loop_at_usual_steps),
      cmocka_unit_test(loop_as_the_step_goes_to_zero),
      cmocka_unit_test(solves_its_equations),
      cmocka_unit_test(solves_odd_constants),
      cmocka_unit_test(nothing_flows_without_stress),
      cmocka_unit_test(relaxes_like_the_closed_form),
      cmocka_unit_test(too_much_is_cut_with_a_hint),
      cmocka_unit_test(senseless_input_is_bad),
      cmocka_unit_test(resistance_and_hardening_may_vary),
  };
  return cmocka_run_group_tests_name("anand", tests, load, unload);
}
