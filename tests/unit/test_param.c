/* Constants over temperature. Expected: hand-made values and integrals in closed form. */
#include "close.h"

#include "param.h"

/* 10 at 300 K, 20 at 310 K, 0 at 330 K */
static BpParam table(int linear) {
  static double T[3] = {300.0, 310.0, 330.0}, value[3] = {10.0, 20.0, 0.0};
  return (BpParam){
      .kind = BP_PARAM_TABLE, .n = 3, .T = T, .value = value, .linear = linear, .floor = -HUGE_VAL};
}

static void number_is_the_same_everywhere(void **state) {
  (void)state;
  double value = 7.0;
  const BpParam p = {.kind = BP_PARAM_NUMBER, .n = 1, .value = &value, .floor = -HUGE_VAL};
  assert_close(bp_param_value(&p, 1.0), 7.0, 0.0, 0.0);
  assert_close(bp_param_integral(&p, 300.0, 280.0), -140.0, 0.0, 0.0);
  assert_false(bp_param_varies(&p));
}

static void table_is_linear_between_its_points(void **state) {
  (void)state;
  const BpParam p = table(0);
  assert_close(bp_param_value(&p, 300.0), 10.0, 0.0, 0.0);
  assert_close(bp_param_value(&p, 305.0), 15.0, 1e-15, 0.0);
  assert_close(bp_param_value(&p, 310.0), 20.0, 0.0, 0.0);
  assert_close(bp_param_value(&p, 325.0), 5.0, 1e-15, 0.0);
  assert_close(bp_param_value(&p, 330.0), 0.0, 0.0, 0.0);
  assert_true(bp_param_varies(&p));
}

static void table_goes_on_as_told(void **state) {
  (void)state;
  const BpParam constant = table(0), linear = table(1);
  assert_close(bp_param_value(&constant, 280.0), 10.0, 0.0, 0.0);
  assert_close(bp_param_value(&constant, 400.0), 0.0, 0.0, 0.0);
  assert_close(bp_param_value(&linear, 280.0), -10.0, 1e-15, 0.0);
  assert_close(bp_param_value(&linear, 340.0), -10.0, 1e-15, 0.0);
}

static void floor_holds(void **state) {
  (void)state;
  BpParam p = table(1);
  p.floor = 2.0;
  assert_close(bp_param_value(&p, 340.0), 2.0, 0.0, 0.0);
  assert_close(bp_param_value(&p, 305.0), 15.0, 1e-15, 0.0);
}

static void table_integral_is_exact(void **state) {
  (void)state;
  const BpParam constant = table(0), linear = table(1);
  assert_close(bp_param_integral(&constant, 300.0, 310.0), 150.0, 1e-15, 0.0);
  assert_close(bp_param_integral(&constant, 305.0, 320.0), 0.5 * 35.0 * 5.0 + 15.0 * 10.0, 1e-15,
               0.0);
  assert_close(bp_param_integral(&constant, 320.0, 305.0), -237.5, 1e-15, 0.0);
  assert_close(bp_param_integral(&constant, 290.0, 340.0), 100.0 + 150.0 + 200.0, 1e-15, 0.0);
  assert_close(bp_param_integral(&constant, 280.0, 290.0), 100.0, 1e-15, 0.0);
  assert_close(bp_param_integral(&constant, 340.0, 350.0), 0.0, 0.0, 1e-12);
  assert_close(bp_param_integral(&linear, 290.0, 340.0), 50.0 + 150.0 + 200.0 - 50.0, 1e-15, 0.0);
  assert_close(bp_param_integral(&linear, 350.0, 340.0), 150.0, 1e-15, 0.0);
  assert_close(bp_param_integral(&linear, 307.0, 307.0), 0.0, 0.0, 0.0);
}

static void polynomial_is_in_its_own_temperature(void **state) {
  (void)state;
  double c[4] = {1.0, -2.0, 0.5, 0.25};
  BpParam p = {.kind = BP_PARAM_POLYNOMIAL, .n = 4, .value = c, .origin = 273.15};
  p.floor = -HUGE_VAL;
  assert_close(bp_param_value(&p, 275.15), 1.0 - 4.0 + 2.0 + 2.0, 1e-12, 0.0);
  p.origin = 0.0;
  assert_close(bp_param_value(&p, 2.0), 1.0, 1e-15, 0.0);
}

static void polynomial_integral_is_exact(void **state) {
  (void)state;
  double c[4] = {1.0, -2.0, 0.5, 0.25};
  BpParam p = {.kind = BP_PARAM_POLYNOMIAL, .n = 4, .value = c, .floor = -HUGE_VAL};
  for (p.n = 1; p.n <= 4; p.n++) {
    double expected = 0.0;
    for (int i = 0; i < p.n; i++)
      expected += c[i] / (i + 1.0) * (pow(5.0, i + 1) - pow(2.0, i + 1));
    assert_close(bp_param_integral(&p, 2.0, 5.0), expected, 1e-14, 0.0);
    assert_close(bp_param_integral(&p, 5.0, 2.0), -expected, 1e-14, 0.0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(number_is_the_same_everywhere),
      cmocka_unit_test(table_is_linear_between_its_points),
      cmocka_unit_test(table_goes_on_as_told),
      cmocka_unit_test(floor_holds),
      cmocka_unit_test(table_integral_is_exact),
      cmocka_unit_test(polynomial_is_in_its_own_temperature),
      cmocka_unit_test(polynomial_integral_is_exact),
  };
  return cmocka_run_group_tests_name("param", tests, NULL, NULL);
}
