/* The contract of a constitutive law, on every law of the table with the constants of every card
 * that uses it. Expected: the properties that law.h promises; no number of our own. */
#include "close.h"

#include "materials.h"

#include <stdio.h>
#include <stdlib.h>

#define STATES 64 /* values of a point, at most */

typedef struct {
  const BpLaw *law;
  BpMaterial *material;
  double param[64];
  char name[160];
} Subject;

/* A point and a trial step, with room around what the law may write. */
typedef struct {
  const Subject *subject;
  double strain0[6], strain1[6], stress0[6], state0[STATES];
  double stress1[6], state1[STATES], tangent[36];
  double dt, T0, T1, work, hint;
} Point;

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

static double random_log(double lo, double hi) {
  return exp(bp_random(log(lo), log(hi)));
}

static void start(Point *p, Subject *s, double T) {
  memset(p, 0, sizeof *p);
  p->subject = s;
  p->T0 = p->T1 = T;
  p->dt = 1.0;
  assert_in_range(bp_law_state_size(s->law), 0, STATES);
  bp_material_param(s->material, T, s->param);
  bp_law_start(s->law, s->param, p->state0);
}

static BpStatus update(Point *p, int with_tangent) {
  Subject *s = (Subject *)p->subject;
  bp_material_param(s->material, p->T1, s->param);
  const BpLawIn in = {.param = s->param,
                      .strain0 = p->strain0,
                      .strain1 = p->strain1,
                      .stress0 = p->stress0,
                      .state0 = p->state0,
                      .dt = p->dt,
                      .T0 = p->T0,
                      .T1 = p->T1};
  BpLawOut out = {
      .stress1 = p->stress1, .state1 = p->state1, .tangent = with_tangent ? p->tangent : NULL};
  const BpStatus status = s->law->update(&in, &out);
  p->work = out.work_inelastic;
  p->hint = out.dt_hint;
  return status;
}

static void accept(Point *p) {
  memcpy(p->strain0, p->strain1, sizeof p->strain0);
  memcpy(p->stress0, p->stress1, sizeof p->stress0);
  memcpy(p->state0, p->state1, sizeof p->state0);
  p->T0 = p->T1;
}

/* A deviator of length 1 and some volume change. */
static void random_direction(double d[6]) {
  for (int i = 0; i < 6; i++)
    d[i] = bp_random(-1.0, 1.0);
  const double volume = bp_random(-0.2, 0.2);
  bp_deviator(d, d);
  const double norm = bp_norm6(d);
  for (int i = 0; i < 6; i++)
    d[i] = d[i] / norm + (i < 3 ? volume : 0.0);
}

static void random_step(Point *p, double size) {
  double d[6];
  random_direction(d);
  for (int i = 0; i < 6; i++)
    p->strain1[i] = p->strain0[i] + size * d[i];
}

/* Stiffness at temperature T: the tangent of an untouched point in no time. */
static void elastic_stiffness(Subject *s, double T, double C[36]) {
  Point p;
  start(&p, s, T);
  p.dt = 0.0;
  assert_int_equal(update(&p, 1), BP_OK);
  memcpy(C, p.tangent, sizeof p.tangent);
}

static double norm36(const double A[36]) {
  double sum = 0.0;
  for (int i = 0; i < 36; i++)
    sum += A[i] * A[i];
  return sqrt(sum);
}

/* 1 if the law answers to the time that a step takes. */
static int depends_on_rate(Subject *s) {
  Point a, b;
  start(&a, s, middle_temperature(s));
  start(&b, s, middle_temperature(s));
  a.strain1[5] = b.strain1[5] = 3e-3;
  a.dt = 1e-3;
  b.dt = 1e3;
  assert_int_equal(update(&a, 0), BP_OK);
  assert_int_equal(update(&b, 0), BP_OK);
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
  assert_int_equal(update(&p, 1), BP_OK);
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
  assert_int_equal(update(&plus, 0), BP_OK);
  assert_int_equal(update(&minus, 0), BP_OK);
  assert_int_equal(update(&here, 0), BP_OK);
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
    const double scale = norm36(C);
    for (int k = 0; k < 10; k++) {
      random_step(&p, random_log(1e-5, 2e-3));
      p.dt = random_log(1e-3, 1e4);
      assert_int_equal(update(&p, 1), BP_OK);
      for (int i = 0; i < 6; i++)
        for (int j = 0; j < i; j++)
          assert_close(p.tangent[6 * i + j], p.tangent[6 * j + i], 0.0, 1e-14 * scale);
      for (int c = 0; c < 6; c++, columns++) {
        const double error = column_error(&p, c, p.tangent, scale);
        kinks += error < 0.0;
        assert_close(fmax(error, 0.0), 0.0, 0.0, 1e-6);
      }
      accept(&p);
    }
  }
  assert_in_range(kinks, 0, columns / 50);
}

static void stress_needs_no_tangent(void **state) {
  Point p;
  start(&p, subject_of(state), middle_temperature(subject_of(state)));
  for (int k = 0; k < 50; k++) {
    random_step(&p, 1e-3);
    p.dt = random_log(1e-3, 1e3);
    assert_int_equal(update(&p, 1), BP_OK);
    Point q = p;
    memset(q.stress1, 0, sizeof q.stress1);
    memset(q.state1, 0, sizeof q.state1);
    assert_int_equal(update(&q, 0), BP_OK);
    assert_memory_equal(p.stress1, q.stress1, sizeof p.stress1);
    assert_memory_equal(p.state1, q.state1, sizeof p.state1);
    assert_memory_equal(&p.work, &q.work, sizeof p.work);
    accept(&p);
  }
}

static void reads_in_and_writes_out_only(void **state) {
  Subject *s = subject_of(state);
  const int nstate = bp_law_state_size(s->law);
  Point p;
  start(&p, s, middle_temperature(s));
  for (int i = nstate; i < STATES; i++)
    p.state1[i] = 17.0;
  random_step(&p, 5e-3);
  const Point before = p;
  double param[64];
  memcpy(param, s->param, sizeof param);
  assert_int_equal(update(&p, 1), BP_OK);
  assert_memory_equal(param, s->param, sizeof param);
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
    random_step(&p, 1e-3);
    p.dt = q.dt = random_log(1e-2, 1e3);
    rotated(Q, p.strain1, q.strain1);
    assert_int_equal(update(&p, 0), BP_OK);
    assert_int_equal(update(&q, 0), BP_OK);
    rotated(Q, p.stress1, expected);
    for (int i = 0; i < 6; i++)
      assert_close(q.stress1[i], expected[i], 0.0, 1e-10 * bp_norm6(expected));
    assert_close(q.work, p.work, 1e-9, 1e-9);
    accept(&p);
    accept(&q);
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
    random_step(&p, 5e-4);
    p.dt = random_log(1e-2, 1e3);
    p.T1 = random_temperature(s);
    assert_int_equal(update(&p, 0), BP_OK);
    elastic_stiffness(s, p.T1, C);
    for (int i = 0; i < 6; i++)
      e[i] = p.strain1[i] - (inelastic >= 0 ? p.state1[inelastic + i] : 0.0);
    bp_apply6(C, e, expected);
    for (int i = 0; i < 6; i++)
      assert_close(p.stress1[i], expected[i], 0.0, 1e-13 * norm36(C) * bp_norm6(p.strain1));
    if (inelastic >= 0)
      assert_close(bp_trace(p.state1 + inelastic), 0.0, 0.0, 1e-15);
    accept(&p);
  }
}

/* Elastic energy of the accepted state, J/m3. */
static double stored(const Point *p) {
  const int inelastic = bp_law_state_offset(p->subject->law, BP_STATE_INELASTIC);
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
      double external = 0.0;
      for (int i = 0; i < 6; i++)
        p.strain1[i] = size * d[i];
      p.dt = 10.0;
      assert_int_equal(update(&p, 0), BP_OK);
      for (int i = 0; i < 6; i++)
        external += 0.5 * (p.stress0[i] + p.stress1[i]) * (p.strain1[i] - p.strain0[i]);
      accept(&p);
      scale = fmax(scale, stored(&p));
      assert_close(p.work + stored(&p) - before, external, 1e-9, 1e-12 * scale);
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
  random_step(&p, 1e-4);
  bp_apply6(C, p.strain1, expected);
  for (int k = 0; k < 2; k++) {
    p.dt = k == 0 ? 1e-80 : 0.0;
    assert_int_equal(update(&p, 1), BP_OK);
    for (int i = 0; i < 6; i++)
      assert_close(p.stress1[i], expected[i], 0.0, 1e-9 * bp_norm6(expected));
    for (int i = 0; i < 36; i++)
      assert_close(p.tangent[i], C[i], 0.0, 1e-9 * norm36(C));
  }
  p.dt = 1e6;
  assert_int_equal(update(&p, 1), BP_OK);
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
    assert_int_equal(update(&p, 0), BP_OK);
    accept(&p);
  }
  return p.stress0[5];
}

static void steps_converge_with_order_one(void **state) {
  Subject *s = subject_of(state);
  const double a = after_ramp(s, 400), b = after_ramp(s, 800), c = after_ramp(s, 1600);
  if (depends_on_rate(s))
    assert_close((a - b) / (b - c), 2.0, 0.1, 0.0);
  else
    assert_close(a, c, 1e-12, 0.0);
}

static int all_finite(const Point *p) {
  double sum = fabs(p->work) + norm36(p->tangent);
  for (int i = 0; i < 6; i++)
    sum += fabs(p->stress1[i]);
  for (int i = 0; i < bp_law_state_size(p->subject->law); i++)
    sum += fabs(p->state1[i]);
  return isfinite(sum);
}

static void huge_steps_are_cut_or_finite(void **state) {
  Subject *s = subject_of(state);
  for (int k = 0; k < 2000; k++) {
    Point p;
    start(&p, s, random_temperature(s));
    random_step(&p, random_log(1e-2, k % 2 ? 1e2 : 1e300));
    p.dt = k % 3 == 0 ? random_log(1e-300, 1e-3) : random_log(1e-3, 1e30);
    const BpStatus status = update(&p, 1);
    assert_true(status == BP_OK || status == BP_CUT);
    assert_true(status == BP_CUT || all_finite(&p));
    assert_true(p.hint >= 0.0 && p.hint < p.dt);
  }
  Point p;
  start(&p, s, middle_temperature(s));
  p.strain1[0] = (double)NAN;
  assert_int_equal(update(&p, 1), BP_CUT);
}

static void random_walks_stay_sound(void **state) {
  Subject *s = subject_of(state);
  const int accumulated = bp_law_state_offset(s->law, BP_STATE_ACCUMULATED);
  Point p;
  for (int k = 0; k < 10000; k++) {
    if (k % 100 == 0)
      start(&p, s, random_temperature(s));
    random_step(&p, random_log(1e-9, 3e-2));
    p.dt = random_log(1e-9, 1e9);
    p.T1 = random_temperature(s);
    const BpStatus status = update(&p, 1);
    assert_true(status == BP_OK || status == BP_CUT);
    if (status == BP_CUT)
      continue;
    assert_true(all_finite(&p));
    if (accumulated >= 0)
      assert_true(p.state1[accumulated] >= p.state0[accumulated]);
    accept(&p);
  }
}

/* ---- one test for each property and card */

static const struct {
  const char *name;
  CMUnitTestFunction function;
} properties[] = {
    {"describes itself", describes_itself},
    {"rest stays at rest", rest_stays_at_rest},
    {"tangent is the derivative, symmetric", tangent_is_the_derivative},
    {"stress needs no tangent", stress_needs_no_tangent},
    {"reads in and writes out only", reads_in_and_writes_out_only},
    {"rotation commutes", rotation_commutes},
    {"stress is in total form", stress_is_in_total_form},
    {"cycles dissipate", cycles_dissipate},
    {"no time is elastic", no_time_is_elastic},
    {"steps converge with order one", steps_converge_with_order_one},
    {"huge steps are cut or finite", huge_steps_are_cut_or_finite},
    {"random walks stay sound", random_walks_stay_sound},
};

static void every_law_has_a_card(void **state) {
  Subject *const *subjects = *state;
  for (int l = 0; bp_laws[l]; l++) {
    int found = 0;
    for (int i = 0; subjects[i]; i++)
      found |= subjects[i]->law == bp_laws[l];
    if (!found)
      fail_msg("no card uses the law '%s'", bp_laws[l]->name);
  }
}

int main(void) {
  char **names;
  const int cards = bp_material_list(&names), each = BP_COUNT(properties);
  Subject **subjects = BP_NEW(Subject *, cards + 1);
  struct CMUnitTest *tests = BP_NEW(struct CMUnitTest, cards * each + 1);
  char **labels = BP_NEW(char *, cards *each);
  int n = 0, loaded = 0;
  BpProblems problems = {0};
  for (int i = 0; i < cards; i++) {
    BpMaterial *material = bp_material_load(names[i], &problems);
    if (!material)
      continue;
    Subject *s = subjects[loaded++] = BP_NEW(Subject, 1);
    s->material = material;
    s->law = bp_material_law(material);
    for (int k = 0; k < each; k++, n++) {
      labels[n] = bp_format("%s/%s/%s", s->law->name, names[i], properties[k].name);
      tests[n] = (struct CMUnitTest){
          .name = labels[n], .test_func = properties[k].function, .initial_state = s};
    }
  }
  tests[n] = (struct CMUnitTest){
      .name = "every law has a card", .test_func = every_law_has_a_card, .initial_state = subjects};
  bp_problems_print(&problems, stderr);
  const int failed = _cmocka_run_group_tests("laws", tests, (size_t)n + 1, NULL, NULL);
  for (int i = 0; i < n; i++)
    free(labels[i]);
  for (int i = 0; i < loaded; i++) {
    bp_material_free(subjects[i]->material);
    free(subjects[i]);
  }
  for (int i = 0; i < cards; i++)
    free(names[i]);
  const int bad = failed || problems.count > 0;
  bp_problems_free(&problems);
  free(names);
  free(labels);
  free(tests);
  free(subjects);
  return bad;
}
