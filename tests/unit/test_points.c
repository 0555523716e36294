/* State at quadrature points: second-order steps that reproduce quadratic histories, first-order
 * ones linear histories, and who owns what when a step is accepted or not. */
#include "close.h"

#include "points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STATES = 7, PARAMS = 3, CELLS = 2, POINTS = 18, PAD = 16 }; /* of a wedge of 15 nodes */

/* A law whose inelastic strain has a prescribed rate: state1 = state0 + dt rate, the backward Euler
 * step of any rate equation whose answer is known. Its stress is strain1 - inelastic strain. */
static const BpParamInfo params[PARAMS] = {
    {"rate", "1/s", "of every component", -INFINITY, INFINITY, 0.0},
    {"start", "1", "accumulated strain at the start", -INFINITY, INFINITY, 0.0},
    {"refuse", "s", "step that the law would accept", -INFINITY, INFINITY, 0.0},
};
static const BpStateInfo states[2] = {{BP_STATE_INELASTIC, "1", "", 6, 0.25},
                                      {BP_STATE_ACCUMULATED, "1", "", 1, 0.0}};

static void start(const double *param, double *state) {
  state[6] = param[1];
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  bp_law_begin(out);
  if (in->param[2] != 0.0)
    return bp_law_cut(out, fmax(0.0, in->param[2]), in->param[2] > 3.5 ? "large" : "small");
  for (int i = 0; i < STATES; i++)
    out->state1[i] = in->state0[i] + in->dt * in->param[0];
  for (int i = 0; i < 6; i++)
    out->stress1[i] = in->strain1[i] - out->state1[i];
  out->work_inelastic = 11.0;
  memset(out->tangent, 0, 36 * sizeof out->tangent[0]);
  for (int i = 0; i < 6; i++)
    out->tangent[7 * i] = 1.0;
  return BP_OK;
}

static const BpLaw with_rate = {.name = "given rate",
                                .param = params,
                                .nparam = PARAMS,
                                .state = states,
                                .nstate = 2,
                                .rate = 1,
                                .start = start,
                                .update = update};

static const double unit_wedge[6][3] = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0},
                                        {0, 0, 1}, {1, 0, 1}, {0, 1, 1}};

static void wedge(double xyz[15][3]) {
  static const int ends[9][2] = {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5},
                                 {5, 3}, {0, 3}, {1, 4}, {2, 5}};
  memcpy(xyz, unit_wedge, sizeof unit_wedge);
  for (int e = 0; e < 9; e++)
    for (int d = 0; d < 3; d++)
      xyz[6 + e][d] = 0.5 * (xyz[ends[e][0]][d] + xyz[ends[e][1]][d]);
}

static void open_set(const BpLaw *law, const double *param, BpPointSet *set) {
  double xyz[15][3];
  const BpElement *element[CELLS];
  wedge(xyz);
  for (int c = 0; c < CELLS; c++)
    element[c] = bp_element(BP_CELL_WEDGE15);
  bp_points_create(law, 3, CELLS, element, set);
  for (int c = 0; c < CELLS; c++)
    assert_int_equal(bp_points_place(set, c, (const double(*)[3])xyz), BP_OK);
  bp_points_start(set, param);
}

/* Displacement of uniform strain: xx, yy and half of the engineering shear in xy. */
static void uniform(double xx, double yy, double xy, double u[3 * PAD]) {
  double xyz[15][3];
  wedge(xyz);
  memset(u, 0, 3 * PAD * sizeof u[0]);
  for (int n = 0; n < 15; n++) {
    u[n] = xx * xyz[n][0] + xy * xyz[n][1];
    u[PAD + n] = yy * xyz[n][1] + xy * xyz[n][0];
  }
}

static const double no_strain[6] = {0};

static void take(BpPointSet *set, const BpPointStep *step) {
  double u[3 * PAD];
  BpRefusal refusal = {.dt_hint = INFINITY};
  uniform(0.0, 0.0, 0.0, u);
  for (int c = 0; c < CELLS; c++)
    assert_int_equal(bp_points_update(set, c, u, step, &refusal), BP_OK);
  assert_true(isinf(refusal.dt_hint) && !refusal.reason);
}

/* y = 0.25 + 3 t + c t^2 */
static double history(double t, double c) {
  return 0.25 + 3.0 * t + c * t * t;
}

static void check_state(const double *state, const BpPointSet *set, double expected, double rtol) {
  for (int i = 0; i < set->npoints; i++)
    for (int s = 0; s < 6; s++)
      assert_close(state[i * set->nstate + s], expected, rtol, 0.0);
}

/* Takes steps of uneven length; the first one, or all, with backward Euler. */
static void follow(double c, int second_order) {
  static const double dt[] = {0.1, 0.1, 0.25, 0.05, 0.17, 0.34, 0.02};
  const double initial[PARAMS] = {0};
  BpPointSet set;
  open_set(&with_rate, initial, &set);
  double t = 0.0, rate[6];
  for (int i = 0; i < BP_COUNT(dt); i++) {
    const double t1 = t + dt[i], slope = 3.0 + 2.0 * c * t1;
    const double param[PARAMS] = {slope};
    const BpPointStep step = {.param = param,
                              .thermal = no_strain,
                              .t0 = t,
                              .dt = dt[i],
                              .ratio = second_order && i > 0 ? dt[i] / dt[i - 1] : 0.0};
    take(&set, &step);
    if (second_order && i == 0) /* the start that a formula of two steps is owed */
      for (int k = 0; k < CELLS * POINTS * STATES; k++)
        set.state1[k] = history(t1, c);
    else
      check_state(set.state1, &set, history(t1, c), 1e-13);
    bp_points_rate(&set, 7, dt[i], step.ratio, rate);
    for (int s = 0; s < 6 && i > 0; s++)
      assert_close(rate[s], slope, 1e-11, 0.0);
    bp_points_accept(&set);
    check_state(set.state0, &set, history(t1, c), 1e-13);
    t = t1;
  }
  bp_points_free(&set);
}

static void the_second_order_formula_reproduces_a_parabola(void **state) {
  (void)state;
  follow(0.0, 1);
  follow(5.0, 1);
  follow(-40.0, 1);
}

static void backward_euler_reproduces_a_line(void **state) {
  (void)state;
  follow(0.0, 0);
}

/* Backward Euler errs by half of dt2 times the second derivative. */
static void backward_euler_errs_as_it_should(void **state) {
  (void)state;
  const double initial[PARAMS] = {0}, dt = 0.1, c = 5.0, param[PARAMS] = {3.0 + 2.0 * c * dt};
  BpPointSet set;
  open_set(&with_rate, initial, &set);
  const BpPointStep step = {.param = param, .thermal = no_strain, .dt = dt};
  take(&set, &step);
  check_state(set.state1, &set, history(dt, c) + c * dt * dt, 1e-13);
  bp_points_free(&set);
}

/* Plastic strain has no rate in time: the formula of two steps would smear the yield point. The
 * law's own work then is that of the step. */
static void laws_without_a_rate_take_single_steps(void **state) {
  (void)state;
  BpLaw law = with_rate;
  law.rate = 0;
  const double initial[PARAMS] = {0}, param[PARAMS] = {2.0};
  BpPointSet set;
  open_set(&law, initial, &set);
  for (int i = 0; i < CELLS * POINTS * STATES; i++)
    set.earlier[i] = -17.0; /* not looked at */
  const BpPointStep step = {.param = param, .thermal = no_strain, .dt = 0.5, .ratio = 1.0};
  take(&set, &step);
  check_state(set.state1, &set, 0.25 + 2.0 * 0.5, 1e-15);
  for (int q = 0; q < CELLS * POINTS; q++)
    assert_close(set.work1[q], 11.0, 1e-15, 0.0);
  bp_points_free(&set);
}

/* ---- ownership */

static void points_start_as_the_law_says(void **state) {
  (void)state;
  const double param[PARAMS] = {0.0, 9.0};
  BpPointSet set;
  open_set(&with_rate, param, &set);
  assert_int_equal(set.nstate, STATES);
  assert_int_equal(set.inelastic, 0);
  assert_int_equal(set.accumulated, 6);
  check_state(set.state0, &set, 0.25, 1e-15);
  for (int i = 0; i < CELLS * POINTS; i++)
    assert_close(set.state0[STATES * i + 6], 9.0, 1e-15, 0.0);
  bp_points_free(&set);
}

/* A refused step leaves no trace; a repeated one gives the same bits. */
static void trials_leave_the_accepted_state_alone(void **state) {
  (void)state;
  const double initial[PARAMS] = {0}, one[PARAMS] = {2.0}, other[PARAMS] = {-5.0};
  const size_t n = (size_t)CELLS * POINTS * STATES;
  BpPointSet set;
  open_set(&with_rate, initial, &set);
  double *before = BP_NEW(double, n), *first = BP_NEW(double, n);
  BpPointStep step = {.param = one, .thermal = no_strain, .dt = 0.5};
  memcpy(before, set.state0, n * sizeof before[0]);
  take(&set, &step);
  memcpy(first, set.state1, n * sizeof first[0]);
  step.param = other;
  take(&set, &step);
  assert_memory_equal(set.state0, before, n * sizeof before[0]);
  step.param = one;
  take(&set, &step);
  assert_memory_equal(set.state1, first, n * sizeof first[0]);
  free(before);
  free(first);
  bp_points_free(&set);
}

/* Accepting hands the trial arrays over and remembers the state before. */
static void accepting_swaps(void **state) {
  (void)state;
  const double param[PARAMS] = {2.0};
  BpPointSet set;
  open_set(&with_rate, param, &set);
  const BpPointStep step = {.param = param, .thermal = no_strain, .dt = 0.5};
  take(&set, &step);
  const BpPointSet old = set;
  bp_points_accept(&set);
  assert_ptr_equal(set.strain0, old.strain1);
  assert_ptr_equal(set.strain1, old.strain0);
  assert_ptr_equal(set.stress0, old.stress1);
  assert_ptr_equal(set.stress1, old.stress0);
  assert_ptr_equal(set.state0, old.state1);
  assert_ptr_equal(set.earlier, old.state0);
  assert_ptr_equal(set.state1, old.earlier);
  assert_ptr_equal(set.work0, old.work1);
  assert_ptr_equal(set.work1, old.work0);
  assert_ptr_equal(set.reference, old.reference);
  bp_points_free(&set);
}

/* Mechanical strain: total, less that of the birth, less the thermal one. */
static void strain_counts_from_birth(void **state) {
  (void)state;
  const double param[PARAMS] = {0}, thermal[6] = {1e-3, 2e-3, 3e-3, 0, 0, 4e-3};
  double u[3 * PAD];
  BpRefusal refusal = {.dt_hint = INFINITY};
  BpPointSet set;
  open_set(&with_rate, param, &set);
  uniform(0.01, 0.02, 0.03, u);
  bp_points_set_reference(&set, 1, u);
  uniform(0.04, 0.08, 0.10, u);
  const BpPointStep step = {.param = param, .thermal = thermal, .dt = 1.0};
  assert_int_equal(bp_points_update(&set, 1, u, &step, &refusal), BP_OK);
  const double expected[6] = {0.03 - 1e-3, 0.06 - 2e-3, -3e-3, 0, 0, sqrt(2.0) * 0.07 - 4e-3};
  for (int q = POINTS; q < 2 * POINTS; q++)
    for (int i = 0; i < 6; i++) {
      assert_close(set.strain1[6 * q + i], expected[i], 1e-12, 1e-15);
      assert_close(set.stress1[6 * q + i], expected[i] - 0.25, 1e-12, 1e-15);
    }
  assert_true(set.strain1[0] == 0.0); /* the other cell was not asked */
  bp_points_free(&set);
}

/* Trapezoidal in the stress: half the sum of both stresses times the increment, over all six. */
static void work_is_trapezoidal(void **state) {
  (void)state;
  const double param[PARAMS] = {2.0};
  BpPointSet set;
  open_set(&with_rate, param, &set);
  const BpPointStep step = {.param = param, .thermal = no_strain, .dt = 0.5};
  double stress = 0.0, work = 0.0, inelastic = 0.25;
  for (int i = 0; i < 3; i++) { /* strain stays 0: the stress is minus the inelastic strain */
    take(&set, &step);
    inelastic += 1.0;
    work += 6.0 * 0.5 * (stress - inelastic) * 1.0;
    stress = -inelastic;
    for (int q = 0; q < CELLS * POINTS; q++)
      assert_close(set.work1[q], work, 1e-13, 0.0);
    bp_points_accept(&set);
  }
  bp_points_free(&set);
}

/* The hint may be lowered, never raised, and no opinion leaves it; the reason is the last one. */
static void refusals_pass_hint_and_reason_on(void **state) {
  (void)state;
  double u[3 * PAD];
  BpRefusal refusal = {.dt_hint = 5.0};
  double param[PARAMS] = {0};
  BpPointSet set;
  open_set(&with_rate, param, &set);
  uniform(0.0, 0.0, 0.0, u);
  const BpPointStep step = {.param = param, .thermal = no_strain, .dt = 8.0};
  static const double row[][2] = {{7.0, 5.0}, {3.0, 3.0}, {-1.0, 3.0}, {4.0, 3.0}};
  for (int i = 0; i < BP_COUNT(row); i++) {
    param[2] = row[i][0];
    assert_int_equal(bp_points_update(&set, 0, u, &step, &refusal), BP_CUT);
    assert_close(refusal.dt_hint, row[i][1], 1e-15, 0.0);
    assert_string_equal(refusal.reason, row[i][0] > 3.5 ? "large" : "small");
  }
  bp_points_free(&set);
}

/* What the law returns spoilt: 0 stress, 1 state, 2 tangent. */
static int spoilt;

static BpStatus spoil(const BpLawIn *in, BpLawOut *out) {
  const BpStatus status = update(in, out);
  double *const value[] = {out->stress1 + 5, out->state1 + STATES - 1, out->tangent + 35};
  *value[spoilt] = (double)NAN;
  return status;
}

static void what_is_not_a_number_is_named(void **state) {
  (void)state;
  static const char *const reason[] = {"its stress is not a number", "its state is not a number",
                                       "its tangent is not a number"};
  BpLaw law = with_rate;
  law.update = spoil;
  const double param[PARAMS] = {1.0};
  double u[3 * PAD];
  uniform(0.0, 0.0, 0.0, u);
  for (spoilt = 0; spoilt < BP_COUNT(reason); spoilt++) {
    BpPointSet set;
    BpRefusal refusal = {.dt_hint = 8.0};
    const BpPointStep step = {.param = param, .thermal = no_strain, .dt = 0.5};
    open_set(&law, param, &set);
    assert_int_equal(bp_points_update(&set, 0, u, &step, &refusal), BP_CUT);
    assert_string_equal(refusal.reason, reason[spoilt]);
    assert_close(refusal.dt_hint, 8.0, 0.0, 0.0);
    bp_points_free(&set);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_second_order_formula_reproduces_a_parabola),
      cmocka_unit_test(backward_euler_reproduces_a_line),
      cmocka_unit_test(backward_euler_errs_as_it_should),
      cmocka_unit_test(laws_without_a_rate_take_single_steps),
      cmocka_unit_test(points_start_as_the_law_says),
      cmocka_unit_test(trials_leave_the_accepted_state_alone),
      cmocka_unit_test(accepting_swaps),
      cmocka_unit_test(strain_counts_from_birth),
      cmocka_unit_test(work_is_trapezoidal),
      cmocka_unit_test(refusals_pass_hint_and_reason_on),
      cmocka_unit_test(what_is_not_a_number_is_named),
  };
  return cmocka_run_group_tests_name("points", tests, NULL, NULL);
}
