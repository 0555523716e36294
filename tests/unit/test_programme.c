/* The temperature programme: corners, cycles, interpolation. */
#include "close.h"

#include "programme.h"

#include <math.h>
#include <string.h>

#define C(celsius) ((celsius) + 273.15)

static BpSegment jesd_g[] = {
    {C(125), 11.0 / 60.0, 0.0, 0.0},
    {0.0, 0.0, 900.0, 0.0},
    {C(-40), 11.0 / 60.0, 0.0, 0.0},
    {0.0, 0.0, 900.0, 0.0},
};

static BpLoad usual_load(void) {
  return (BpLoad){.start = C(217),
                  .cool_to = C(25),
                  .cool_rate = 1.0,
                  .cool_hold = 900.0,
                  .programme = jesd_g,
                  .nprogramme = 4,
                  .cycles = 3};
}

typedef struct {
  double time, temperature;
  BpCornerKind kind;
  int cycle, closes;
} Expected;

static void expect_corners(const BpLoad *load, const Expected *expected, int count,
                           int first_cycle) {
  BpProgramme *p = bp_programme_build(load);
  assert_int_equal(p->count, count);
  assert_int_equal(p->first_cycle, first_cycle);
  for (int i = 0; i < count; i++) {
    assert_close(p->corner[i].time, expected[i].time, 1e-12, 0.0);
    assert_close(p->corner[i].temperature, expected[i].temperature, 1e-12, 0.0);
    assert_int_equal(p->corner[i].kind, expected[i].kind);
    assert_int_equal(p->corner[i].cycle, expected[i].cycle);
    assert_int_equal(p->corner[i].closes_cycle, expected[i].closes);
  }
  bp_programme_free(p);
}

/* Cooling 192 s, 15 min at 25 degC; ramps 100 K, then 165 K at 11 K/min. */
static void starts_with_a_partial_cycle(void **state) {
  (void)state;
  BpLoad load = usual_load();
  load.cycles = 1;
  const double up = 100.0 * 60.0 / 11.0;
  const double t = 1092.0 + up;
  const Expected expected[] = {
      {0.0, C(217), BP_CORNER_START, -1, 0},
      {192.0, C(25), BP_CORNER_RAMP_END, -1, 0},
      {1092.0, C(25), BP_CORNER_DWELL_END, -1, 0},
      {t, C(125), BP_CORNER_RAMP_END, 0, 0},
      {t + 900.0, C(125), BP_CORNER_DWELL_END, 0, 0},
      {t + 1800.0, C(-40), BP_CORNER_RAMP_END, 0, 0},
      {t + 2700.0, C(-40), BP_CORNER_DWELL_END, 0, 1},
      {t + 3600.0, C(125), BP_CORNER_RAMP_END, 1, 0},
      {t + 4500.0, C(125), BP_CORNER_DWELL_END, 1, 0},
      {t + 5400.0, C(-40), BP_CORNER_RAMP_END, 1, 0},
      {t + 6300.0, C(-40), BP_CORNER_DWELL_END, 1, 1},
  };
  expect_corners(&load, expected, BP_COUNT(expected), 0);
}

static void counts_full_cycles(void **state) {
  (void)state;
  const BpLoad load = usual_load();
  BpProgramme *p = bp_programme_build(&load);
  int closed = 0;
  for (int i = 0; i < p->count; i++)
    closed += p->corner[i].closes_cycle;
  assert_int_equal(closed, 4);
  assert_int_equal(p->count, 3 + 4 * 4);
  assert_int_equal(p->corner[p->count - 1].cycle, 3);
  bp_programme_free(p);
}

/* A programme that ends where it starts has no partial cycle. */
static void starts_with_a_full_cycle(void **state) {
  (void)state;
  BpSegment round_trip[] = {{C(100), 1.0, 0.0, 0.0}, {C(25), 0.5, 0.0, 0.0}};
  BpLoad load = usual_load();
  load.programme = round_trip;
  load.nprogramme = 2;
  load.cycles = 2;
  load.cool_hold = 0.0;
  const Expected expected[] = {
      {0.0, C(217), BP_CORNER_START, -1, 0},     {192.0, C(25), BP_CORNER_RAMP_END, -1, 0},
      {267.0, C(100), BP_CORNER_RAMP_END, 1, 0}, {417.0, C(25), BP_CORNER_RAMP_END, 1, 1},
      {492.0, C(100), BP_CORNER_RAMP_END, 2, 0}, {642.0, C(25), BP_CORNER_RAMP_END, 2, 1},
  };
  expect_corners(&load, expected, BP_COUNT(expected), 1);
}

/* What takes no time is no corner, and the corner before it closes the cycle. */
static void leaves_out_what_takes_no_time(void **state) {
  (void)state;
  BpSegment programme[] = {{C(25), 1.0, 0.0, 0.0},
                           {0.0, 0.0, 60.0, 0.0},
                           {C(100), 1.0, 0.0, 0.0},
                           {C(100), 1.0, 0.0, 0.0}};
  BpLoad load = usual_load();
  load.start = C(25);
  load.cool_hold = 0.0;
  load.programme = programme;
  load.nprogramme = 4;
  load.cycles = 1;
  const Expected expected[] = {
      {0.0, C(25), BP_CORNER_START, -1, 0},      {60.0, C(25), BP_CORNER_DWELL_END, 0, 0},
      {135.0, C(100), BP_CORNER_RAMP_END, 0, 1}, {210.0, C(25), BP_CORNER_RAMP_END, 1, 0},
      {270.0, C(25), BP_CORNER_DWELL_END, 1, 0}, {345.0, C(100), BP_CORNER_RAMP_END, 1, 1},
  };
  expect_corners(&load, expected, BP_COUNT(expected), 0);
}

/* Dwells alone, at the temperature after cooling. */
static void allows_an_isothermal_programme(void **state) {
  (void)state;
  BpSegment hold[] = {{0.0, 0.0, 3600.0, 0.0}};
  BpLoad load = usual_load();
  load.programme = hold;
  load.nprogramme = 1;
  load.cycles = 1;
  BpProgramme *p = bp_programme_build(&load);
  assert_int_equal(p->first_cycle, 1);
  assert_int_equal(p->count, 4);
  assert_close(bp_programme_temperature(p, 4000.0), C(25), 1e-12, 0.0);
  bp_programme_free(p);
}

static void interpolates(void **state) {
  (void)state;
  const BpLoad load = usual_load();
  BpProgramme *p = bp_programme_build(&load);
  const double end = p->corner[p->count - 1].time;
  assert_close(bp_programme_temperature(p, -1.0), C(217), 1e-12, 0.0);
  assert_close(bp_programme_temperature(p, 0.0), C(217), 1e-12, 0.0);
  assert_close(bp_programme_temperature(p, 96.0), C(121), 1e-12, 0.0);
  assert_close(bp_programme_temperature(p, 192.0), C(25), 1e-12, 0.0);
  assert_close(bp_programme_temperature(p, 700.0), C(25), 1e-12, 0.0);
  assert_close(bp_programme_temperature(p, 1092.0 + 60.0), C(36), 1e-12, 0.0);
  assert_close(bp_programme_temperature(p, end), C(-40), 1e-12, 0.0);
  assert_close(bp_programme_temperature(p, 2.0 * end), C(-40), 1e-12, 0.0);
  for (int i = 0; i < p->count; i++)
    assert_close(bp_programme_temperature(p, p->corner[i].time), p->corner[i].temperature, 1e-12,
                 0.0);
  double low, high;
  bp_programme_range(p, &low, &high);
  assert_close(low, C(-40), 1e-12, 0.0);
  assert_close(high, C(217), 1e-12, 0.0);
  bp_programme_free(p);
}

/* A time that should be a corner but for round-off is that corner. */
static void finds_the_next_corner(void **state) {
  (void)state;
  const BpLoad load = usual_load();
  BpProgramme *p = bp_programme_build(&load);
  const double end = p->corner[p->count - 1].time;
  assert_ptr_equal(bp_programme_next(p, -1.0), &p->corner[0]);
  assert_ptr_equal(bp_programme_next(p, 0.0), &p->corner[1]);
  assert_ptr_equal(bp_programme_next(p, 191.0), &p->corner[1]);
  assert_ptr_equal(bp_programme_next(p, 192.0), &p->corner[2]);
  assert_ptr_equal(bp_programme_next(p, 192.0 * (1.0 - 1e-15)), &p->corner[2]);
  assert_ptr_equal(bp_programme_next(p, 192.0 * (1.0 + 1e-15)), &p->corner[2]);
  assert_null(bp_programme_next(p, end));
  assert_null(bp_programme_next(p, end * (1.0 - 1e-14)));
  for (int i = 0; i + 1 < p->count; i++)
    assert_ptr_equal(bp_programme_next(p, p->corner[i].time), &p->corner[i + 1]);
  bp_programme_free(p);
  bp_programme_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(starts_with_a_partial_cycle),
      cmocka_unit_test(counts_full_cycles),
      cmocka_unit_test(starts_with_a_full_cycle),
      cmocka_unit_test(leaves_out_what_takes_no_time),
      cmocka_unit_test(allows_an_isothermal_programme),
      cmocka_unit_test(interpolates),
      cmocka_unit_test(finds_the_next_corner),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
