/* The single-point driver against closed forms of linear elasticity and of bilinear plasticity. */
#include "close.h"
#include "subjects.h"

#include "point.h"

#include <stdio.h>
#include <stdlib.h>

static BpMaterial *load(const char *name) {
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load(name, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_non_null(m);
  return m;
}

typedef struct {
  int count, newton;
  double time, temperature, work;
  double first; /* stress 11 of the first record */
  double strain[6], stress[6], state[8];
} Last;

static void keep(const BpPointRecord *r, void *context) {
  Last *last = context;
  if (last->count++ == 0)
    last->first = r->stress[0];
  last->newton = r->newton > last->newton ? r->newton : last->newton;
  last->time = r->time;
  last->temperature = r->temperature;
  last->work = r->work;
  memcpy(last->strain, r->strain, sizeof last->strain);
  memcpy(last->stress, r->stress, sizeof last->stress);
}

/* Polyimide: E 3.4 GPa, nu 0.34, 35 ppm/K. */
static void tension_of_an_elastic_bar(void **state) {
  (void)state;
  BpMaterial *m = load("polyimide_generic");
  const BpTension test = {.temperature = 298.15, .rate = 1e-3, .strain = -0.01, .steps = 4};
  Last last = {0};
  double stress;
  assert_int_equal(bp_point_tension(m, &test, keep, &last, &stress, NULL), BP_OK);
  assert_close(stress, -34e6, 1e-12, 0.0);
  assert_close(last.strain[1], 0.0034, 1e-12, 0.0);
  assert_close(last.strain[2], 0.0034, 1e-12, 0.0);
  assert_close(last.time, 10.0, 1e-15, 0.0);
  assert_int_equal(last.count, 5); /* the start and four steps */
  bp_material_free(m);
}

static void mixed_control(void **state) {
  (void)state;
  BpMaterial *m = load("polyimide_generic");
  const double E = 3.4e9, nu = 0.34, G = E / (2.0 + 2.0 * nu);
  /* 5 MPa along 1, no strain along 2, free along 3, shear 12 by strain, shear 23 by stress */
  const BpPathCorner corner[2] = {{.temperature = 298.15},
                                  {.time = 3.0,
                                   .temperature = 300.0,
                                   .value = {5e6, 0.0, 0.0, BP_SQRT2 * 2e6, 0.0, BP_SQRT2 * 1e-3}}};
  const BpPath path = {.corner = corner, .count = 2, .stress = {1, 0, 1, 1, 0, 0}, .max_step = 1.0};
  Last last = {0};
  assert_int_equal(bp_point_run(m, &path, keep, &last, NULL), BP_OK);
  assert_close(last.stress[1], nu * 5e6, 1e-11, 0.0);
  assert_close(last.strain[0], 5e6 * (1.0 - nu * nu) / E, 1e-11, 0.0);
  assert_close(last.strain[2], -nu * 5e6 * (1.0 + nu) / E, 1e-11, 0.0);
  assert_close(last.stress[5], BP_SQRT2 * 2.0 * G * 1e-3, 1e-11, 0.0);
  assert_close(last.strain[3], BP_SQRT2 * 2e6 / (2.0 * G), 1e-11, 0.0);
  assert_close(last.temperature, 300.0, 0.0, 0.0);
  bp_material_free(m);
}

static void hindered_expansion(void **state) {
  (void)state;
  BpMaterial *m = load("polyimide_generic");
  const BpPathCorner corner[2] = {{.temperature = 298.15}, {.time = 60.0, .temperature = 398.15}};
  BpPath path = {.corner = corner, .count = 2, .total = 1, .max_step = 60.0};
  for (int c = 1; c < 6; c++)
    path.stress[c] = 1;
  Last last = {0};
  assert_int_equal(bp_point_run(m, &path, keep, &last, NULL), BP_OK);
  assert_close(last.stress[0], -3.4e9 * 35e-6 * 100.0, 1e-11, 0.0);
  bp_material_free(m);
}

typedef struct {
  int count;
  double strain[8], stress[8]; /* 11 of each record */
} Trace;

static void keep_all(const BpPointRecord *r, void *context) {
  Trace *trace = context;
  trace->strain[trace->count] = r->strain[0];
  trace->stress[trace->count++] = r->stress[0];
}

/* Stress to 34 MPa, which is 1 % of polyimide's 3.4 GPa; strain from there to 2 %, whatever the
 * corner before says; stress from there to nothing. Each part has its own number of steps. */
static void control_that_changes(void **state) {
  (void)state;
  static const int strain[6] = {0, 1, 1, 1, 1, 1};
  BpMaterial *m = load("polyimide_generic");
  const BpPathCorner corner[4] = {
      {.temperature = 298.15},
      {.time = 1.0, .temperature = 298.15, .value = {34e6}, .steps = 1},
      {.time = 2.0, .temperature = 298.15, .value = {0.02}, .stress = strain, .steps = 2},
      {.time = 3.0, .temperature = 298.15, .steps = 4}};
  const BpPath path = {.corner = corner, .count = 4, .stress = {1, 1, 1, 1, 1, 1}};
  static const double expected[8] = {0.0, 0.01, 0.015, 0.02, 0.015, 0.01, 0.005, 0.0};
  Trace trace = {0};
  assert_int_equal(bp_point_run(m, &path, keep_all, &trace, NULL), BP_OK);
  assert_int_equal(trace.count, 8);
  for (int i = 0; i < 8; i++) {
    assert_close(trace.strain[i], expected[i], 1e-11, 1e-14);
    assert_close(trace.stress[i], 3.4e9 * expected[i], 1e-11, 1e-4);
  }
  bp_material_free(m);
}

/* Free while it is heated by 100 K, then held as long as it is and cooled: the strain that is held
 * is the total one, 35 ppm/K, so that the stress comes with the cooling. */
static void total_strain_after_stress(void **state) {
  (void)state;
  static const int strain[6] = {0, 1, 1, 1, 1, 1};
  BpMaterial *m = load("polyimide_generic");
  const double held = 35e-6 * 100.0;
  const BpPathCorner corner[3] = {
      {.temperature = 298.15},
      {.time = 1.0, .temperature = 398.15, .steps = 1},
      {.time = 2.0, .temperature = 298.15, .value = {held}, .stress = strain, .steps = 2}};
  const BpPath path = {.corner = corner, .count = 3, .stress = {1, 1, 1, 1, 1, 1}, .total = 1};
  Trace trace = {0};
  assert_int_equal(bp_point_run(m, &path, keep_all, &trace, NULL), BP_OK);
  assert_close(trace.stress[1], 0.0, 0.0, 1e-3);
  assert_close(trace.stress[2], 3.4e9 * 0.5 * held, 1e-10, 0.0);
  assert_close(trace.stress[3], 3.4e9 * held, 1e-10, 0.0);
  bp_material_free(m);
}

/* Copper: E 117 GPa, yield 170 MPa, Et 2 GPa. */
static double after_strains(BpMaterial *m, const double *strain, int n, Last *last) {
  BpPathCorner corner[8] = {{.temperature = 298.15}};
  for (int i = 0; i < n; i++)
    corner[i + 1] = (BpPathCorner){.time = i + 1.0, .temperature = 298.15, .value = {strain[i]}};
  const BpPath path = {
      .corner = corner, .count = n + 1, .stress = {0, 1, 1, 1, 1, 1}, .max_step = 0.00113};
  *last = (Last){0};
  assert_int_equal(bp_point_run(m, &path, keep, last, NULL), BP_OK);
  return last->stress[0];
}

static void bilinear_hysteresis(void **state) {
  (void)state;
  BpMaterial *m = load("copper_rdl_bilinear_generic");
  const double E = 117e9, Y = 170e6, Et = 2e9, top = Y + Et * (0.01 - Y / E);
  Last last;
  assert_close(after_strains(m, (double[]){0.001}, 1, &last), 117e6, 1e-11, 0.0);
  assert_close(last.work, 0.0, 0.0, 1e-9);
  assert_close(after_strains(m, (double[]){0.01}, 1, &last), top, 1e-10, 0.0);
  /* reversal: elastic over twice the yield stress (Bauschinger), then Et */
  const double turn = 0.01 - 2.0 * Y / E;
  assert_close(after_strains(m, (double[]){0.01, turn}, 2, &last), top - 2.0 * Y, 1e-10, 0.0);
  assert_close(after_strains(m, (double[]){0.01, -0.01}, 2, &last),
               top - 2.0 * Y + Et * (-0.01 - turn), 1e-10, 0.0);
  assert_in_range(last.newton, 1, 8);
  bp_material_free(m);
}

/* The loop closes and takes up its area: a parallelogram of height 2 Y and width the plastic range.
 */
static void hysteresis_area(void **state) {
  (void)state;
  BpMaterial *m = load("copper_rdl_bilinear_generic");
  const double E = 117e9, Y = 170e6, Et = 2e9;
  const double range = (0.02 - 2.0 * Y / E) * (1.0 - Et / E);
  Last one, two;
  const double a = after_strains(m, (double[]){0.01, -0.01, 0.01}, 3, &one);
  const double b = after_strains(m, (double[]){0.01, -0.01, 0.01, -0.01, 0.01}, 5, &two);
  assert_close(a, b, 1e-10, 0.0);
  assert_close(two.work - one.work, 2.0 * Y * range, 1e-5, 0.0); /* two steps straddle yield */
  bp_material_free(m);
}

/* A stress that is held creeps; the stress that is prescribed is met at every step. */
static void creep_meets_its_stress(void **state) {
  (void)state;
  BpMaterial *m = load("sac305_anand_motalab2012");
  const BpPathCorner corner[2] = {{.temperature = 398.15, .value = {10e6}},
                                  {.time = 3600.0, .temperature = 398.15, .value = {10e6}}};
  const BpPath path = {
      .corner = corner, .count = 2, .stress = {1, 1, 1, 1, 1, 1}, .max_step = 60.0};
  Last last = {0};
  assert_int_equal(bp_point_run(m, &path, keep, &last, NULL), BP_OK);
  assert_close(last.first, 10e6, 1e-9, 0.0); /* there at once */
  assert_close(last.stress[0], 10e6, 1e-9, 0.0);
  assert_close(last.stress[1], 0.0, 0.0, 1.0);
  assert_true(last.strain[0] > 2.0 * 10e6 / 30e9);
  assert_close(bp_trace(last.strain), 10e6 * (1.0 - 0.8) / 30e9, 1e-6, 0.0);
  assert_in_range(last.newton, 1, 12);
  bp_material_free(m);
}

static void refused_steps_are_halved(void **state) {
  (void)state;
  BpMaterial *m = load("sac305_anand_motalab2012");
  const BpTension test = {.temperature = 298.15, .rate = 1e-3, .strain = 3.0, .steps = 1};
  double stress; /* the law refuses more than half the strain at once; steady state does not mind */
  assert_int_equal(bp_point_tension(m, &test, NULL, NULL, &stress, NULL), BP_OK);
  assert_close(stress, 42.09e6, 1e-3, 0.0);
  bp_material_free(m);
}

/* More than an ideally plastic bar bears: no strain gives that stress, however far. */
static void stress_beyond_the_limit(void **state) {
  (void)state;
  BpMaterial *m = bp_test_material("plastic", "{E: 10 GPa, nu: 0.25, yield: 10 MPa, Et: 0 MPa}");
  const BpPathCorner corner[2] = {
      {.temperature = 293.15}, {.time = 4.0, .temperature = 293.15, .value = {15e6}, .steps = 4}};
  const BpPath path = {.corner = corner, .count = 2, .stress = {1, 1, 1, 1, 1, 1}};
  Trace trace = {0};
  assert_int_equal(bp_point_run(m, &path, keep_all, &trace, NULL), BP_CUT);
  assert_int_equal(trace.count, 3); /* the start, 3.75 and 7.5 MPa */
  assert_close(trace.stress[2], 7.5e6, 1e-9, 0.0);
  assert_close(trace.strain[2], 7.5e-4, 1e-9, 0.0);
  bp_material_free(m);
}

static void senseless_paths_are_bad(void **state) {
  (void)state;
  BpMaterial *m = load("polyimide_generic");
  BpPathCorner corner[2] = {{.temperature = 298.15}, {.time = 1.0, .temperature = 298.15}};
  BpPath path = {.corner = corner, .count = 1, .max_step = 1.0};
  assert_int_equal(bp_point_run(m, &path, NULL, NULL, NULL), BP_BAD);
  path.count = 2;
  path.max_step = 0.0;
  assert_int_equal(bp_point_run(m, &path, NULL, NULL, NULL), BP_BAD);
  path.max_step = 1.0;
  corner[1].steps = -1;
  assert_int_equal(bp_point_run(m, &path, NULL, NULL, NULL), BP_BAD);
  corner[1].steps = 0;
  corner[1].time = 0.0;
  assert_int_equal(bp_point_run(m, &path, NULL, NULL, NULL), BP_BAD);
  BpTension test = {.temperature = 298.15, .rate = 0.0, .strain = 0.1, .steps = 1};
  assert_int_equal(bp_point_tension(m, &test, NULL, NULL, NULL, NULL), BP_BAD);
  test = (BpTension){.temperature = 298.15, .rate = 1.0, .strain = 0.1, .steps = 0};
  assert_int_equal(bp_point_tension(m, &test, NULL, NULL, NULL, NULL), BP_BAD);
  bp_material_free(m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tension_of_an_elastic_bar), cmocka_unit_test(mixed_control),
      cmocka_unit_test(control_that_changes),      cmocka_unit_test(total_strain_after_stress),
      cmocka_unit_test(hindered_expansion),        cmocka_unit_test(bilinear_hysteresis),
      cmocka_unit_test(hysteresis_area),           cmocka_unit_test(creep_meets_its_stress),
      cmocka_unit_test(refused_steps_are_halved),  cmocka_unit_test(stress_beyond_the_limit),
      cmocka_unit_test(senseless_paths_are_bad),
  };
  return cmocka_run_group_tests_name("point", tests, NULL, NULL);
}
