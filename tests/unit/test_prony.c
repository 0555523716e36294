/* The generalised Maxwell model against its closed forms: relaxation, ramps, the shift, and where
 * the energy goes. Tolerances are round-off except where a path has to be summed up. */
#include "law_point.h"

#define G (8e9 / 2.6) /* E 8 GPa, nu 0.3 */
#define K (8e9 / 1.2)

static const char card[] =
    "{E: 8 GPa, nu: 0.3, Tref: 110 degC, C1: 12, C2: 50 K, Q_over_R: 30000 K,"
    " g1: 0.3, tau1: 2 s, g2: 0.5, tau2: 40 s, k3: 0.4, tau3: 7 s}";
static const double Tref = 383.15;

typedef struct {
  BpTestPoint at;
  double work, external; /* J/m3 since the beginning */
} Point;

static void begin(Point *p, double T) {
  memset(p, 0, sizeof *p);
  bp_test_point_of(&p->at, "prony", card, T);
}

/* Shear strain component e12 and volume change v, temperature T, after dt. */
static void step(Point *p, double shear, double volume, double T, double dt) {
  const double third = volume / 3.0;
  const double strain[6] = {third, third, third, 0.0, 0.0, BP_SQRT2 * shear};
  double stress[6], from[6];
  memcpy(stress, p->at.stress0, sizeof stress);
  memcpy(from, p->at.strain0, sizeof from);
  p->at.T1 = T;
  bp_test_move(&p->at, strain, dt);
  for (int i = 0; i < 6; i++)
    p->external += 0.5 * (stress[i] + p->at.stress0[i]) * (strain[i] - from[i]);
  p->work += p->at.work;
}

static double stored(const Point *p) {
  return p->at.law->stored(p->at.param, p->at.strain0, p->at.state0);
}

static double shear_stress(const Point *p) {
  return p->at.stress0[5] / BP_SQRT2;
}

static double pressure(const Point *p) {
  return bp_trace(p->at.stress0) / 3.0;
}

static double shear_relaxation(double t) {
  return G * (1.0 + 0.3 * expm1(-t / 2.0) + 0.5 * expm1(-t / 40.0));
}

static double bulk_relaxation(double t) {
  return K * (1.0 + 0.4 * expm1(-t / 7.0));
}

/* A strain put on at once and held at Tref, by a few steps of any size. */
static void holds_relax(void **state) {
  (void)state;
  static const double dt[] = {0.3, 2.0, 1e-3, 55.0, 400.0};
  Point p;
  double t = 0.0;
  begin(&p, Tref);
  step(&p, 1e-3, 2e-3, Tref, 0.0);
  assert_close(shear_stress(&p), 2.0 * G * 1e-3, 1e-14, 0.0);
  assert_close(pressure(&p), K * 2e-3, 1e-14, 0.0);
  for (int i = 0; i < BP_COUNT(dt); i++) {
    step(&p, 1e-3, 2e-3, Tref, dt[i]);
    t += dt[i];
    assert_close(shear_stress(&p), 2.0 * shear_relaxation(t) * 1e-3, 1e-12, 0.0);
    assert_close(pressure(&p), bulk_relaxation(t) * 2e-3, 1e-12, 0.0);
  }
}

/* Integral over t of (1 - exp(-t/tau))^2, times tau: the dashpot of a branch on a ramp of rate 1.
 */
static double ramp_heat(double t, double tau) {
  return tau * (t + 2.0 * tau * expm1(-t / tau) - 0.5 * tau * expm1(-2.0 * t / tau));
}

/* A strain that grows from nothing at a constant rate: the integral of the relaxation modulus, and
 * the heat of the dashpots, 2 G g e:e/tau with e:e = 2 e12^2 and K k v^2/tau. */
static void ramps_are_exact(void **state) {
  (void)state;
  static const double dt[] = {1e-4, 0.5, 30.0, 4.0, 1000.0};
  const double rate = 1e-5;
  Point p;
  double t = 0.0;
  begin(&p, Tref);
  for (int i = 0; i < BP_COUNT(dt); i++) {
    t += dt[i];
    step(&p, rate * t, -rate * t, Tref, dt[i]);
    const double shear =
        G * (0.2 * t - 0.3 * 2.0 * expm1(-t / 2.0) - 0.5 * 40.0 * expm1(-t / 40.0));
    const double bulk = K * (0.6 * t - 0.4 * 7.0 * expm1(-t / 7.0));
    assert_close(shear_stress(&p), 2.0 * shear * rate, 1e-12, 0.0);
    assert_close(pressure(&p), -bulk * rate, 1e-12, 0.0);
    const double heat = 4.0 * G * (0.3 * ramp_heat(t, 2.0) + 0.5 * ramp_heat(t, 40.0)) +
                        K * 0.4 * ramp_heat(t, 7.0);
    assert_close(p.work, heat * rate * rate, 1e-9, 1e-13);
  }
}

/* Shear stress after a hold of t at T, over that of no hold. */
static double kept(double T, double t) {
  Point p;
  begin(&p, T);
  step(&p, 1e-3, 0.0, T, 0.0);
  step(&p, 1e-3, 0.0, T, t);
  return shear_stress(&p) / (2.0 * G * 1e-3);
}

static void temperature_shifts_time(void **state) {
  (void)state;
  for (int k = 0; k < 5; k++) {
    const double above = pow(3.0, k);
    const double a = pow(10.0, -12.0 * above / (50.0 + above));
    assert_close(kept(Tref + above, 5.0 * a), shear_relaxation(5.0) / G, 1e-11, 0.0);
  }
  for (int k = 0; k < 5; k++) {
    const double below = pow(3.0, k);
    const double a = exp(30000.0 * (1.0 / (Tref - below) - 1.0 / Tref));
    assert_close(kept(Tref - below, 5.0 * a), shear_relaxation(5.0) / G, 1e-11, 0.0);
  }
  assert_close(kept(Tref + 1e-9, 5.0), kept(Tref - 1e-9, 5.0), 1e-8, 0.0); /* continuous */
}

/* Cooled through Tref at a constant rate in one go: reduced time by Simpson's rule. One step is
 * exact where ln a_T is linear in time; on this curve many steps come as close as they are small.
 */
static void cooling_counts_reduced_time(void **state) {
  (void)state;
  const double hot = Tref + 20.0, cold = Tref - 20.0, time = 0.16;
  double xi = 0.0;
  for (int i = 0; i <= 2000; i++) {
    const double T = hot + (cold - hot) * i / 2000.0, above = T - Tref;
    const double a = above > 0.0 ? pow(10.0, -12.0 * above / (50.0 + above))
                                 : exp(30000.0 * (1.0 / T - 1.0 / Tref));
    xi += (i == 0 || i == 2000 ? 1.0 : i % 2 ? 4.0 : 2.0) / a;
  }
  xi *= time / 6000.0;
  double error[2];
  for (int k = 0; k < 2; k++) {
    const int n = 20 << k;
    Point p;
    begin(&p, hot);
    step(&p, 1e-3, 0.0, hot, 0.0);
    for (int i = 1; i <= n; i++)
      step(&p, 1e-3, 0.0, hot + (cold - hot) * i / n, time / n);
    /* of the slow branch: the fast one is gone */
    const double left = (shear_stress(&p) / (2.0 * G * 1e-3) - 0.2) / 0.5;
    error[k] = fabs(-40.0 * log(left) / xi - 1.0);
  }
  assert_true(error[0] < 1e-2);
  assert_close(error[0] / error[1], 4.0, 0.15, 0.0); /* second order */
}

/* All that the relaxing branches held becomes heat: 1/2 2 G g e:e with e:e = 2 e12^2, and 1/2 K k
 * v^2.
 */
static void held_energy_becomes_heat(void **state) {
  (void)state;
  Point p;
  begin(&p, Tref);
  step(&p, 1e-3, 2e-3, Tref, 0.0);
  assert_close(p.work, 0.0, 0.0, 0.0);
  for (int i = 0; i < 10; i++)
    step(&p, 1e-3, 2e-3, Tref, 1e3 * i + 1.0);
  assert_close(p.work, 2.0 * G * 0.8 * 1e-6 + 0.5 * K * 0.4 * 4e-6, 1e-12, 0.0);
  const double left = 2.0 * G * 0.2 * 1e-6 + 0.5 * K * 0.6 * 4e-6;
  assert_close(stored(&p), left, 1e-12, 0.0);
}

/* Along a path with turns: what came in is heat or stored; the external work is summed up by the
 * trapezoidal rule, which errs by 1e-6 at these steps. */
static void energy_is_conserved(void **state) {
  (void)state;
  Point p;
  begin(&p, Tref);
  double heat = 0.0;
  for (int i = 1; i <= 8000; i++) {
    const double t = 0.02 * i;
    step(&p, 1e-3 * sin(0.1 * t), 1e-3 * sin(0.17 * t), Tref, 0.02);
    assert_true(p.work >= heat);
    heat = p.work;
  }
  assert_close(p.work + stored(&p), p.external, 1e-5, 0.0);
  assert_true(p.work > 0.3 * p.external);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(holds_relax),
      cmocka_unit_test(ramps_are_exact),
      cmocka_unit_test(temperature_shifts_time),
      cmocka_unit_test(cooling_counts_reduced_time),
      cmocka_unit_test(held_energy_becomes_heat),
      cmocka_unit_test(energy_is_conserved),
  };
  return cmocka_run_group_tests_name("prony", tests, NULL, NULL);
}
