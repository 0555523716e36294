/* The contract of a constitutive law, on every law of the table with the constants of every card
 * that uses it, and of the cards beside this file. Expected: the properties that law.h promises; no
 * number of our own. */
#include "law_point.h"

#include <stdio.h>
#include <stdlib.h>

#define STATES BP_TEST_STATES

typedef BpTestSubject Subject;
typedef BpTestPoint Point;

static Subject *subject_of(void **state) {
  return *state;
}

static double middle_temperature(const Subject *s) {
  double fitted[2], hard[2];
  bp_material_limits(s->material, fitted, hard);
  return 0.5 * (fitted[0] + fitted[1]);
}

static double random_temperature(const Subject *s) {
  double fitted[2], hard[2];
  bp_material_limits(s->material, fitted, hard);
  return bp_random(hard[0], hard[1]);
}

static void start(Point *p, const Subject *s, double T) {
  bp_test_point(p, s->material, T);
}

/* A length of 1 in deviation, and some volume change. */
static void random_direction(double d[6]) {
  Point p = {0};
  bp_test_random_step(&p, 1.0);
  memcpy(d, p.strain1, sizeof p.strain1);
}

/* Stiffness at temperature T: the tangent of an untouched point in no time. */
static void elastic_stiffness(Subject *s, double T, double C[36]) {
  Point p;
  start(&p, s, T);
  p.dt = 0.0;
  assert_int_equal(bp_test_update(&p, 1), BP_OK);
  memcpy(C, p.tangent, sizeof p.tangent);
}

/* 1 if the law answers to the time that a step takes. */
static int depends_on_rate(Subject *s) {
  Point a, b;
  start(&a, s, middle_temperature(s));
  start(&b, s, middle_temperature(s));
  a.strain1[5] = b.strain1[5] = 3e-3;
  a.dt = 1e-3;
  b.dt = 1e3;
  assert_int_equal(bp_test_update(&a, 0), BP_OK);
  assert_int_equal(bp_test_update(&b, 0), BP_OK);
  return fabs(a.stress1[5] - b.stress1[5]) > 1e-9 * fabs(a.stress1[5]);
}

static int same_name(const char *a, const char *b) {
  return strcmp(a, b) == 0;
}

/* ---- the properties */

static void describes_itself(void **state) {
  const BpLaw *law = subject_of(state)->law;
  assert_true(law->title[0] && law->source[0]);
  for (int i = 0; i < law->nparam; i++) {
    assert_true(law->param[i].unit[0] && law->param[i].help[0]);
    assert_true(law->param[i].hard_min < law->param[i].hard_max);
    for (int j = 0; j < i; j++)
      assert_false(same_name(law->param[i].name, law->param[j].name));
  }
  for (int i = 0; i < law->nstate; i++) {
    assert_true(law->state[i].unit[0] && law->state[i].help[0] && law->state[i].size > 0);
    for (int j = 0; j < i; j++)
      assert_false(same_name(law->state[i].name, law->state[j].name));
  }
  assert_int_equal(law->linear, law->nstate == 0);
  assert_int_equal(bp_law_state_offset(law, BP_STATE_INELASTIC) >= 0, !law->linear);
  assert_int_equal(bp_law_state_offset(law, BP_STATE_ACCUMULATED) >= 0, !law->linear);
  assert_int_equal(bp_law_state_offset(law, "no such state"), -1);
  assert_ptr_equal(bp_law_find(law->name), law);
}

static void rest_stays_at_rest(void **state) {
  Point p;
  start(&p, subject_of(state), middle_temperature(subject_of(state)));
  p.dt = 1e6;
  assert_int_equal(bp_test_update(&p, 1), BP_OK);
  assert_close(bp_norm6(p.stress1), 0.0, 0.0, 0.0);
  assert_close(p.work, 0.0, 0.0, 0.0);
  assert_memory_equal(p.state0, p.state1, sizeof p.state0);
}

/* Largest difference of one column of the tangent to central differences, relative to the
 * stiffness; -1 where the two one-sided differences disagree, that is at a kink. */
static double column_error(const Point *at, int c, const double C[36], double scale) {
  const double h = 2e-8;
  Point plus = *at, minus = *at, here = *at;
  plus.strain1[c] += h;
  minus.strain1[c] -= h;
  assert_int_equal(bp_test_update(&plus, 0), BP_OK);
  assert_int_equal(bp_test_update(&minus, 0), BP_OK);
  assert_int_equal(bp_test_update(&here, 0), BP_OK);
  double worst = 0.0;
  for (int i = 0; i < 6; i++) {
    const double up = (plus.stress1[i] - here.stress1[i]) / h;
    const double down = (here.stress1[i] - minus.stress1[i]) / h;
    if (fabs(up - down) > 0.02 * scale)
      return -1.0;
    worst = fmax(worst, fabs(0.5 * (up + down) - C[6 * i + c]) / scale);
  }
  return worst;
}

static void tangent_is_the_derivative(void **state) {
  Subject *s = subject_of(state);
  double C[36];
  int kinks = 0, columns = 0;
  for (int path = 0; path < 40; path++) {
    const double T = random_temperature(s);
    Point p;
    start(&p, s, T);
    elastic_stiffness(s, T, C);
    const double scale = bp_test_norm36(C);
    for (int k = 0; k < 10; k++) {
      bp_test_random_step(&p, bp_test_random_log(1e-5, 2e-3));
      p.dt = bp_test_random_log(1e-3, 1e4);
      assert_int_equal(bp_test_update(&p, 1), BP_OK);
      for (int i = 0; i < 6 && s->law->symmetric; i++)
        for (int j = 0; j < i; j++)
          assert_close(p.tangent[6 * i + j], p.tangent[6 * j + i], 0.0, 1e-14 * scale);
      for (int c = 0; c < 6; c++, columns++) {
        const double error = column_error(&p, c, p.tangent, scale);
        kinks += error < 0.0;
        assert_close(fmax(error, 0.0), 0.0, 0.0, 1e-6);
      }
      bp_test_accept(&p);
    }
  }
  assert_in_range(kinks, 0, columns / 50);
}

static void stress_needs_no_tangent(void **state) {
  Point p;
  start(&p, subject_of(state), middle_temperature(subject_of(state)));
  for (int k = 0; k < 50; k++) {
    bp_test_random_step(&p, 1e-3);
    p.dt = bp_test_random_log(1e-3, 1e3);
    assert_int_equal(bp_test_update(&p, 1), BP_OK);
    Point q = p;
    memset(q.stress1, 0, sizeof q.stress1);
    memset(q.state1, 0, sizeof q.state1);
    assert_int_equal(bp_test_update(&q, 0), BP_OK);
    assert_memory_equal(p.stress1, q.stress1, sizeof p.stress1);
    assert_memory_equal(p.state1, q.state1, sizeof p.state1);
    assert_memory_equal(&p.work, &q.work, sizeof p.work);
    bp_test_accept(&p);
  }
}

static void reads_in_and_writes_out_only(void **state) {
  Subject *s = subject_of(state);
  const int nstate = bp_law_state_size(s->law);
  Point p;
  start(&p, s, middle_temperature(s));
  for (int i = nstate; i < STATES; i++)
    p.state1[i] = 17.0;
  bp_test_random_step(&p, 5e-3);
  const Point before = p;
  double param[BP_TEST_PARAMS];
  memcpy(param, p.param, sizeof param);
  assert_int_equal(bp_test_update(&p, 1), BP_OK);
  assert_memory_equal(param, p.param, sizeof param);
  assert_memory_equal(before.strain0, p.strain0, sizeof p.strain0);
  assert_memory_equal(before.strain1, p.strain1, sizeof p.strain1);
  assert_memory_equal(before.stress0, p.stress0, sizeof p.stress0);
  assert_memory_equal(before.state0, p.state0, sizeof p.state0);
  for (int i = nstate; i < STATES; i++)
    assert_close(p.state1[i], 17.0, 0.0, 0.0);
}

static void rotated(const double Q[36], const double a[6], double b[6]) {
  double c[6];
  memcpy(c, a, sizeof c);
  bp_apply6(Q, c, b);
}

static int is_isotropic(Subject *s, const double Q[36]) {
  double C[36];
  elastic_stiffness(s, middle_temperature(s), C);
  const double pull[6] = {1e-3, 0.0, 0.0, 0.0, 0.0, 0.0};
  double a[6], b[6];
  bp_apply6(C, pull, a);
  rotated(Q, a, a);
  rotated(Q, pull, b);
  bp_apply6(C, (const double[6]){b[0], b[1], b[2], b[3], b[4], b[5]}, b);
  double difference = 0.0;
  for (int i = 0; i < 6; i++)
    difference = fmax(difference, fabs(a[i] - b[i]));
  return difference < 1e-9 * bp_norm6(a);
}

static void rotation_commutes(void **state) {
  Subject *s = subject_of(state);
  const double c = cos(0.7), d = sin(0.7), e = cos(1.9), f = sin(1.9);
  const double R[3][3] = {{c, -d, 0.0}, {d * e, c * e, -f}, {d * f, c * f, e}};
  double Q[36], expected[6];
  bp_rotation6(R, Q);
  if (!is_isotropic(s, Q))
    return;
  Point p, q;
  start(&p, s, middle_temperature(s));
  start(&q, s, middle_temperature(s));
  for (int k = 0; k < 30; k++) {
    bp_test_random_step(&p, 1e-3);
    p.dt = q.dt = bp_test_random_log(1e-2, 1e3);
    rotated(Q, p.strain1, q.strain1);
    assert_int_equal(bp_test_update(&p, 0), BP_OK);
    assert_int_equal(bp_test_update(&q, 0), BP_OK);
    rotated(Q, p.stress1, expected);
    for (int i = 0; i < 6; i++)
      assert_close(q.stress1[i], expected[i], 0.0, 1e-10 * bp_norm6(expected));
    assert_close(q.work, p.work, 1e-9, 1e-9);
    bp_test_accept(&p);
    bp_test_accept(&q);
  }
}

/* stress1 = C(T1) (strain1 - inelastic1), whatever the temperature did. */
static void stress_is_in_total_form(void **state) {
  Subject *s = subject_of(state);
  const int inelastic = bp_law_state_offset(s->law, BP_STATE_INELASTIC);
  Point p;
  start(&p, s, middle_temperature(s));
  for (int k = 0; k < 100; k++) {
    double C[36], e[6], expected[6];
    bp_test_random_step(&p, 5e-4);
    p.dt = bp_test_random_log(1e-2, 1e3);
    p.T1 = random_temperature(s);
    assert_int_equal(bp_test_update(&p, 0), BP_OK);
    elastic_stiffness(s, p.T1, C);
    for (int i = 0; i < 6; i++)
      e[i] = p.strain1[i] - (inelastic >= 0 ? p.state1[inelastic + i] : 0.0);
    bp_apply6(C, e, expected);
    for (int i = 0; i < 6; i++)
      assert_close(p.stress1[i], expected[i], 0.0, 1e-13 * bp_test_norm36(C) * bp_norm6(p.strain1));
    if (inelastic >= 0 && !s->law->stored)
      assert_close(bp_trace(p.state1 + inelastic), 0.0, 0.0, 1e-15);
    bp_test_accept(&p);
  }
}

/* Recoverable energy of the accepted state, J/m3. */
static double stored(const Point *p) {
  if (p->law->stored)
    return p->law->stored(p->param, p->strain0, p->state0);
  const int inelastic = bp_law_state_offset(p->law, BP_STATE_INELASTIC);
  double sum = 0.0;
  for (int i = 0; i < 6; i++)
    sum +=
        0.5 * p->stress0[i] * (p->strain0[i] - (inelastic >= 0 ? p->state0[inelastic + i] : 0.0));
  return sum;
}

/* Work from outside goes into elastic energy or is reported as inelastic; over a closed cycle of
 * strain that repeats, none comes back. */
static void cycles_dissipate(void **state) {
  Subject *s = subject_of(state);
  for (int path = 0; path < 5; path++) {
    Point p;
    double d[6], work = 0.0, scale = 0.0;
    start(&p, s, random_temperature(s));
    random_direction(d);
    for (int k = 1; k <= 1200; k++) {
      const double size = 5e-3 * sin(2.0 * 3.14159265358979 * k / 200.0), before = stored(&p);
      double external = 0.0, spread = 0.0;
      for (int i = 0; i < 6; i++)
        p.strain1[i] = size * d[i];
      p.dt = 10.0;
      assert_int_equal(bp_test_update(&p, 0), BP_OK);
      for (int i = 0; i < 6; i++) {
        const double change = p.strain1[i] - p.strain0[i];
        external += 0.5 * (p.stress0[i] + p.stress1[i]) * change;
        spread += 0.5 * fabs((p.stress1[i] - p.stress0[i]) * change);
      }
      bp_test_accept(&p);
      scale = fmax(scale, stored(&p));
      /* work from outside is trapezoidal here; work_inelastic of a law with stored() need not be,
       * and a stress that does not turn on its way differs by no more than the spread */
      assert_close(p.work + stored(&p) - before, external, 1e-9,
                   s->law->stored ? spread : 1e-12 * scale);
      work += k > 1000 ? p.work : 0.0;
    }
    if (s->law->linear)
      assert_close(work, 0.0, 0.0, 0.0);
    else
      assert_true(work > 0.0);
  }
}

static void no_time_is_elastic(void **state) {
  Subject *s = subject_of(state);
  if (!s->law->linear && !depends_on_rate(s))
    return;
  Point p;
  double C[36], expected[6];
  start(&p, s, middle_temperature(s));
  elastic_stiffness(s, middle_temperature(s), C);
  bp_test_random_step(&p, 1e-4);
  bp_apply6(C, p.strain1, expected);
  for (int k = 0; k < 2; k++) {
    p.dt = k == 0 ? 1e-80 : 0.0;
    assert_int_equal(bp_test_update(&p, 1), BP_OK);
    for (int i = 0; i < 6; i++)
      assert_close(p.stress1[i], expected[i], 0.0, 1e-9 * bp_norm6(expected));
    for (int i = 0; i < 36; i++)
      assert_close(p.tangent[i], C[i], 0.0, 1e-9 * bp_test_norm36(C));
  }
  p.dt = 1e9;
  assert_int_equal(bp_test_update(&p, 1), BP_OK);
  if (!s->law->linear)
    assert_true(bp_mises(p.stress1) < 0.9 * bp_mises(expected));
}

/* Shear stress after 3e-3 of shear in 100 s, in n steps. */
static double after_ramp(Subject *s, int n) {
  Point p;
  start(&p, s, middle_temperature(s));
  for (int k = 1; k <= n; k++) {
    p.strain1[5] = 3e-3 * k / n;
    p.dt = 100.0 / n;
    assert_int_equal(bp_test_update(&p, 0), BP_OK);
    bp_test_accept(&p);
  }
  return p.stress0[5];
}

static void steps_converge_with_order_one(void **state) {
  Subject *s = subject_of(state);
  const double a = after_ramp(s, 400), b = after_ramp(s, 800), c = after_ramp(s, 1600);
  if (fabs(a - c) > 1e-12 * fabs(a)) /* else steps of any size do */
    assert_close((a - b) / (b - c), 2.0, 0.1, 0.0);
}

/* Flow turns work into heat, never heat into work, whatever came before. */
static void flow_dissipates(void **state) {
  Subject *s = subject_of(state);
  Point p;
  int flowed = 0;
  for (int k = 0; k < 4000; k++) {
    if (k % 50 == 0)
      start(&p, s, random_temperature(s));
    bp_test_random_step(&p, bp_test_random_log(1e-6, 1e-2));
    p.dt = bp_test_random_log(1e-3, 1e4);
    p.T1 = random_temperature(s);
    if (bp_test_update(&p, 0) != BP_OK)
      continue;
    assert_true(p.dissipated >= -1e-15 * (bp_norm6(p.stress1) + bp_norm6(p.stress0)));
    flowed += p.dissipated > 0.0;
    bp_test_accept(&p);
  }
  assert_in_range(flowed, s->law->linear ? 0 : 1000, s->law->linear ? 0 : 4000);
}

/* Powers of the units of stress and of time in an SI unit of a law. */
static void dimensions(const char *unit, int *stress, int *time) {
  static const struct {
    const char *unit;
    int stress, time;
  } known[] = {{"1", 0, 0},    {"K", 0, 0}, {"kelvin", 0, 0}, {"Pa", 1, 0},
               {"J/m3", 1, 0}, {"s", 0, 1}, {"1/s", 0, -1},   {"1/Pa", -1, 0}};
  for (int i = 0; i < BP_COUNT(known); i++)
    if (same_name(unit, known[i].unit)) {
      *stress = known[i].stress;
      *time = known[i].time;
      return;
    }
  fail_msg("a law has the unit '%s'", unit);
}

static double scaled(const char *unit, const double scale[2], double value) {
  int stress = 0, time = 0;
  dimensions(unit, &stress, &time);
  return value * pow(scale[0], stress) * pow(scale[1], time);
}

/* One path in SI, and again with all that has a unit of stress or time counted in others. */
static void units_do_not_matter(void **state) {
  Subject *s = subject_of(state);
  const BpLaw *law = s->law;
  const double scale[2] = {1e-6, 1.0 / 3600.0}, T = middle_temperature(s);
  double param[BP_TEST_PARAMS], other[STATES], stress[6], tangent[36];
  Point p;
  start(&p, s, T);
  for (int i = 0; i < law->nparam; i++)
    param[i] = scaled(law->param[i].unit, scale, p.param[i]);
  for (int k = 0; k < 40; k++) {
    double state0[STATES], stress0[6];
    int at = 0;
    bp_test_random_step(&p, bp_test_random_log(1e-5, 5e-3));
    p.dt = bp_test_random_log(1e-2, 1e3);
    assert_int_equal(bp_test_update(&p, 1), BP_OK);
    for (int i = 0; i < law->nstate; i++)
      for (int c = 0; c < law->state[i].size; c++, at++)
        state0[at] = scaled(law->state[i].unit, scale, p.state0[at]);
    for (int i = 0; i < 6; i++)
      stress0[i] = scale[0] * p.stress0[i];
    const BpLawIn in = {param,           p.strain0,       p.strain1, stress0, state0,
                        p.t0 * scale[1], p.dt * scale[1], p.T0,      p.T1,    law->context};
    BpLawOut out = {.stress1 = stress, .state1 = other, .tangent = tangent};
    assert_int_equal(law->update(&in, &out), BP_OK);
    for (int i = 0; i < 6; i++)
      assert_close(stress[i], scale[0] * p.stress1[i], 0.0, 1e-10 * scale[0] * bp_norm6(p.stress1));
    for (int i = 0; i < 36; i++)
      assert_close(tangent[i], scale[0] * p.tangent[i], 0.0,
                   1e-9 * scale[0] * bp_test_norm36(p.tangent));
    assert_close(out.work_inelastic, scale[0] * p.work, 1e-8, 1e-12);
    bp_test_accept(&p);
  }
}

static void huge_steps_are_cut_or_finite(void **state) {
  Subject *s = subject_of(state);
  for (int k = 0; k < 2000; k++) {
    Point p;
    start(&p, s, random_temperature(s));
    bp_test_random_step(&p, bp_test_random_log(1e-2, k % 2 ? 1e2 : 1e300));
    p.dt = k % 3 == 0 ? bp_test_random_log(1e-300, 1e-3) : bp_test_random_log(1e-3, 1e30);
    const BpStatus status = bp_test_update(&p, 1);
    assert_true(status == BP_OK || status == BP_CUT);
    assert_true(status == BP_CUT || bp_test_finite(&p));
    assert_true(p.hint >= 0.0 && p.hint < p.dt);
  }
  Point p;
  start(&p, s, middle_temperature(s));
  p.strain1[0] = (double)NAN;
  assert_int_equal(bp_test_update(&p, 1), BP_CUT);
}

/* The step that a virgin point asks for, along the same path, is one that it takes. */
static void hinted_steps_are_taken(void **state) {
  Subject *s = subject_of(state);
  for (int k = 0; k < 500; k++) {
    Point p;
    start(&p, s, random_temperature(s));
    bp_test_random_step(&p, bp_test_random_log(1.0, 1e2));
    p.dt = bp_test_random_log(1e-3, 1e9);
    if (bp_test_update(&p, 1) == BP_OK || !(p.hint > 0.0))
      continue;
    for (int i = 0; i < 6; i++)
      p.strain1[i] *= p.hint / p.dt;
    p.dt = p.hint;
    assert_int_equal(bp_test_update(&p, 1), BP_OK);
  }
}

static void random_walks_stay_sound(void **state) {
  Subject *s = subject_of(state);
  const int accumulated = bp_law_state_offset(s->law, BP_STATE_ACCUMULATED);
  Point p;
  for (int k = 0; k < 10000; k++) {
    if (k % 100 == 0)
      start(&p, s, random_temperature(s));
    bp_test_random_step(&p, bp_test_random_log(1e-9, 3e-2));
    p.dt = bp_test_random_log(1e-9, 1e9);
    p.T1 = random_temperature(s);
    const BpStatus status = bp_test_update(&p, 1);
    assert_true(status == BP_OK || status == BP_CUT);
    if (status == BP_CUT)
      continue;
    assert_true(bp_test_finite(&p));
    if (accumulated >= 0)
      assert_true(p.state1[accumulated] >= p.state0[accumulated]);
    bp_test_accept(&p);
  }
}

/* ---- one test for each property and card */

static const struct {
  const char *name;
  CMUnitTestFunction function;
} properties[] = {
    {"describes itself", describes_itself},
    {"rest stays at rest", rest_stays_at_rest},
    {"tangent is the derivative, symmetric if said so", tangent_is_the_derivative},
    {"stress needs no tangent", stress_needs_no_tangent},
    {"reads in and writes out only", reads_in_and_writes_out_only},
    {"rotation commutes", rotation_commutes},
    {"stress is in total form", stress_is_in_total_form},
    {"cycles dissipate", cycles_dissipate},
    {"no time is elastic", no_time_is_elastic},
    {"steps converge with order one", steps_converge_with_order_one},
    {"flow dissipates", flow_dissipates},
    {"units do not matter", units_do_not_matter},
    {"huge steps are cut or finite", huge_steps_are_cut_or_finite},
    {"hinted steps are taken", hinted_steps_are_taken},
    {"random walks stay sound", random_walks_stay_sound},
};

typedef struct {
  const Subject *subject;
  int count;
} Subjects;

static void every_law_has_a_card(void **state) {
  const Subjects *all = *state;
  for (int l = 0; bp_laws[l]; l++)
    if (!bp_test_has_law(all->subject, all->count, bp_laws[l]))
      fail_msg("no card uses the law '%s'", bp_laws[l]->name);
}

int main(void) {
  const int each = BP_COUNT(properties);
  Subjects all;
  Subject *subject = bp_test_subjects(&all.count);
  all.subject = subject;
  const int count = all.count * each;
  struct CMUnitTest *tests = BP_NEW(struct CMUnitTest, count + 1);
  for (int n = 0; n < count; n++) {
    Subject *s = &subject[n / each];
    tests[n] = (struct CMUnitTest){.name = bp_format("%s/%s/%s", s->law->name,
                                                     bp_material_name(s->material),
                                                     properties[n % each].name),
                                   .test_func = properties[n % each].function,
                                   .initial_state = s};
  }
  tests[count] = (struct CMUnitTest){
      .name = "every law has a card", .test_func = every_law_has_a_card, .initial_state = &all};
  const int failed = _cmocka_run_group_tests("laws", tests, (size_t)count + 1, NULL, NULL);
  for (int n = 0; n < count; n++)
    free((char *)(uintptr_t)tests[n].name);
  bp_test_subjects_free(subject, all.count);
  free(tests);
  return failed || count == 0;
}
