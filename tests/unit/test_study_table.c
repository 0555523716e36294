/* Tables of studies: means, sensitivity indices, contours, CSV. */
#include "close.h"

#include "study_text.h"

#include <math.h>
#include <stdlib.h>

static const double pi = 3.14159265358979323846;

static BpStudyTable *table_of(const BpStudyPlan *plan, double (*y)(const BpPlace *)) {
  BpStudyTable *table = bp_study_table_new(plan);
  for (int i = 0; i < plan->ndesign; i++) {
    table->state[i] = BP_POINT_FINISHED;
    bp_study_table_set(table, i, "delta_y", "", y(plan->point[i].place));
  }
  return table;
}

/* levels 0, 1 and 0, 1, 2 */
static double sum(const BpPlace *p) {
  return 2.0 * p[0].level + 3.0 * p[1].level;
}

/* By hand: variances of 2 {0, 1} and 3 {0, 1, 2} are 1 and 6; means over the other factor. */
static void grid_without_interaction(void **state) {
  (void)state;
  double first[2], total[2];
  BpEffect *effect;
  BpStudyPlan *plan = bp_test_study_plan(TWO);
  BpStudyTable *table = table_of(plan, sum);
  assert_int_equal(bp_study_indices(table, 0, first, total), BP_OK);
  assert_close(first[0], 1.0 / 7.0, 1e-14, 0.0);
  assert_close(total[0], 1.0 / 7.0, 1e-14, 0.0);
  assert_close(first[1], 6.0 / 7.0, 1e-14, 0.0);
  assert_close(total[1], 6.0 / 7.0, 1e-14, 0.0);
  assert_int_equal(bp_study_effects(table, 0, &effect), 5);
  assert_close(effect[0].mean, 3.0, 1e-15, 0.0);
  assert_close(effect[1].mean, 5.0, 1e-15, 0.0);
  assert_close(effect[4].mean, 7.0, 1e-15, 0.0);
  assert_close(effect[4].deviation, sqrt(2.0), 1e-15, 0.0);
  assert_close(effect[1].x, 5e-6, 1e-15, 0.0);
  assert_string_equal(effect[1].text, "5 um");
  assert_int_equal(effect[1].count, 3);
  free(effect);
  bp_study_table_free(table);
  bp_study_plan_free(plan);
}

static double product(const BpPlace *p) {
  return (2.0 * p[0].level - 1.0) * (p[1].level - 1.0);
}

/* Each factor alone has no mean effect, and together they are all of the variance. */
static void grid_with_nothing_but_interaction(void **state) {
  (void)state;
  double first[2], total[2];
  BpStudyPlan *plan = bp_test_study_plan(TWO);
  BpStudyTable *table = table_of(plan, product);
  assert_int_equal(bp_study_indices(table, 0, first, total), BP_OK);
  for (int f = 0; f < 2; f++) {
    assert_close(first[f], 0.0, 0.0, 1e-15);
    assert_close(total[f], 1.0, 1e-14, 0.0);
  }
  table->state[3] = BP_POINT_FAILED; /* an incomplete grid has means, but no shares */
  assert_int_equal(bp_study_indices(table, 0, first, total), BP_BAD);
  BpEffect *effect;
  assert_int_equal(bp_study_effects(table, 0, &effect), 5);
  assert_int_equal(effect[1].count, 2);
  free(effect);
  bp_study_table_free(table);
  bp_study_plan_free(plan);
}

static double ishigami(const BpPlace *p) {
  const double a = 7.0, b = 0.1;
  double x[3];
  for (int i = 0; i < 3; i++)
    x[i] = pi * (2.0 * p[i].place - 1.0);
  return sin(x[0]) + a * sin(x[1]) * sin(x[1]) + b * pow(x[2], 4.0) * sin(x[0]);
}

/* Ishigami's function has its indices in closed form (Saltelli et al., Global Sensitivity Analysis,
 * 2008, 4.4): with a = 7, b = 0.1 first order 0.3139, 0.4424, 0, total 0.5576, 0.4424, 0.2437. The
 * tolerance is what 2048 points of a sequence leave: an error of about (log N)^d/N. */
static void saltelli_points_give_sobol_indices(void **state) {
  (void)state;
  static const double expected[2][3] = {{0.3139, 0.4424, 0.0}, {0.5576, 0.4424, 0.2437}};
  double first[3], total[3];
  BpStudyPlan *plan = bp_test_study_plan("case: c.yaml\ndesign: saltelli\nsamples: 2048\nfactors:\n"
                                         "  - {key: package.pitch, range: [1 um, 2 um]}\n"
                                         "  - {key: package.die.size, range: [1 um, 2 um]}\n"
                                         "  - {key: package.die.thickness, range: [1 um, 2 um]}\n");
  assert_int_equal(plan->npoints, 5 * 2048);
  BpStudyTable *table = table_of(plan, ishigami);
  assert_int_equal(bp_study_indices(table, 0, first, total), BP_OK);
  for (int f = 0; f < 3; f++) {
    assert_close(first[f], expected[0][f], 0.0, 0.01);
    assert_close(total[f], expected[1][f], 0.0, 0.01);
  }
  bp_study_table_free(table);
  bp_study_plan_free(plan);
}

/* z = x + 2 y is linear on the triangles: every piece lies on the line, and their lengths add up to
 * what the line z = 3 has in [0, 3] x [0, 2]: from (3, 0) to (0, 1.5). */
static void contours_of_a_plane_are_straight(void **state) {
  (void)state;
  static const double x[] = {0.0, 0.5, 2.0, 3.0}, y[] = {0.0, 0.75, 2.0};
  double z[12], length = 0.0, (*segment)[4];
  for (int i = 0; i < 12; i++)
    z[i] = x[i / 3] + 2.0 * y[i % 3];
  const BpStudyGrid grid = {x, y, 4, 3, z};
  const int n = bp_study_contour(&grid, 3.0, &segment);
  assert_true(n > 3);
  for (int i = 0; i < n; i++) {
    const double *s = segment[i];
    assert_close(s[0] + 2.0 * s[1], 3.0, 1e-15, 0.0);
    assert_close(s[2] + 2.0 * s[3], 3.0, 1e-15, 0.0);
    length += hypot(s[2] - s[0], s[3] - s[1]);
  }
  assert_close(length, hypot(3.0, 1.5), 1e-14, 0.0);
  free(segment);
  z[4] = NAN; /* all around it is left out */
  assert_true(bp_study_contour(&grid, 3.0, &segment) < n);
  free(segment);
}

static void table_is_written_as_csv(void **state) {
  (void)state;
  BpStudyPlan *plan = bp_test_study_plan(
      "case: c.yaml\nfactors:\n  - {key: load.cooling.rate, values: [1 K/s, 2 K/s, 3 K/s]}\n"
      "reference: {load.cooling.rate: 1 K/s}\n");
  BpStudyTable *table = bp_study_table_new(plan);
  table->state[0] = table->state[1] = BP_POINT_FINISHED;
  table->state[2] = BP_POINT_FAILED;
  table->reason[2] = bp_copy_text("no \"root\", t = 3 s");
  bp_study_table_set(table, 0, "joint.delta_eps", "", 0.5);
  bp_study_table_set(table, 1, "joint.delta_eps", "", 0.25);
  bp_study_table_ratios(table);
  char *csv = bp_study_csv(table);
  assert_string_equal(
      csv, "index,directory,state,reason,reference,load.cooling.rate_K_per_s,joint.delta_eps,"
           "joint.delta_eps.ratio\n"
           "0,point_0000,finished,,0,1,0.5,1\n"
           "1,point_0001,finished,,0,2,0.25,0.5\n"
           "2,point_0002,failed,\"no \"\"root\"\", t = 3 s\",0,3,,\n");
  free(csv);
  bp_study_table_free(table);
  bp_study_plan_free(plan);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(grid_without_interaction),
      cmocka_unit_test(grid_with_nothing_but_interaction),
      cmocka_unit_test(saltelli_points_give_sobol_indices),
      cmocka_unit_test(contours_of_a_plane_are_straight),
      cmocka_unit_test(table_is_written_as_csv),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
