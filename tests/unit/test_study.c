/* Study files, designs, points, the plan on disk. */
#include "close.h"

#include "scratch.h"
#include "study_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values of each point as one line, "3 um/1; 3 um/2". */
static void assert_points(const char *text, const char *expected) {
  BpStudyPlan *plan = bp_test_study_plan(text);
  char *all = bp_copy_text("");
  for (int i = 0; i < plan->npoints; i++)
    for (int k = 0; k < plan->nkeys; k++) {
      char *longer = bp_format("%s%s%s", all,
                               k > 0   ? "/"
                               : i > 0 ? "; "
                                       : "",
                               plan->point[i].text[k] ? plan->point[i].text[k] : "-");
      free(all);
      all = longer;
    }
  assert_string_equal(all, expected);
  free(all);
  bp_study_plan_free(plan);
}

/* ---- counted designs, against lists written by hand */

static void grid_runs_its_last_factor_fastest(void **state) {
  (void)state;
  assert_points(TWO, "3 um/0; 3 um/1; 3 um/2; 5 um/0; 5 um/1; 5 um/2");
}

static void one_at_a_time_starts_from_the_first_values(void **state) {
  (void)state;
  assert_points("design: one_at_a_time\n" TWO, "3 um/0; 5 um/0; 3 um/1; 3 um/2");
}

static void list_goes_through_all_factors_at_once(void **state) {
  (void)state;
  assert_points("case: c.yaml\ndesign: list\nfactors:\n  - {key: " HEIGHT
                ", values: [3 um, 5 um]}\n"
                "  - {key: mesh.level, values: [2, 0]}\n",
                "3 um/2; 5 um/0");
}

static void keys_of_one_factor_vary_together(void **state) {
  (void)state;
  assert_points("case: c.yaml\nfactors:\n"
                "  - key: [package.pad.ring.inner_radius, package.pad.ring.outer_radius]\n"
                "    values: [[20 um, 40 um], [30 um, 50 um]]\n",
                "20 um/40 um; 30 um/50 um");
  assert_points("case: c.yaml\nfactors:\n"
                "  - key: [package.pad.ring.inner_radius, package.pad.ring.outer_radius]\n"
                "    range: [[20 um, 40 um], [30 um, 60 um]]\n    points: 3\n",
                "20 um/40 um; 25 um/50 um; 30 um/60 um");
}

static void values_may_be_words_and_lists(void **state) {
  (void)state;
  assert_points("case: c.yaml\nfactors:\n"
                "  - {key: package.pad.shape, values: [flat, 'a: \"b\"']}\n"
                "  - {key: load.programme, values: [[{to: -40 degC, rate: 1 K/s}, {hold: 5 s}]]}\n",
                "flat/[{to: -40 degC, rate: 1 K/s}, {hold: 5 s}]; "
                "\"a: \\\"b\\\"\"/[{to: -40 degC, rate: 1 K/s}, {hold: 5 s}]");
}

static void ranges_are_linear_or_logarithmic(void **state) {
  (void)state;
  assert_points("case: c.yaml\nfactors:\n  - {key: " HEIGHT ", range: [2 um, 8 um], points: 3}\n",
                "2 um; 5 um; 8 um");
  assert_points("case: c.yaml\nfactors:\n"
                "  - {key: " HEIGHT ", range: [2 um, 8 um], points: 3, scale: log}\n",
                "2 um; 4 um; 8 um"); /* the middle is the geometric mean */
  assert_points(
      "case: c.yaml\nfactors:\n  - {key: load.start, range: [-40 degC, 10 degC], points: 2}\n",
      "-40 degC; 10 degC");
}

/* ---- sampled designs */

static BpPlace *places_of(const char *head, int *n) {
  char *text = bp_format("case: c.yaml\n%sfactors:\n"
                         "  - {key: package.pitch, range: [1 um, 2 um]}\n"
                         "  - {key: package.die.size, range: [1 um, 2 um]}\n"
                         "  - {key: package.die.thickness, range: [1 um, 2 um]}\n",
                         head);
  BpStudy *study = bp_test_study(text);
  *n = bp_design_size(study);
  BpPlace *place = BP_NEW(BpPlace, *n * study->nfactors);
  bp_design_places(study, place);
  bp_study_free(study);
  free(text);
  return place;
}

static void hypercube_has_one_point_in_each_stratum(void **state) {
  (void)state;
  enum { N = 37 };
  int n;
  BpPlace *place = places_of("design: latin_hypercube\nsamples: 37\nseed: 5\n", &n);
  assert_int_equal(n, N);
  for (int f = 0; f < 3; f++) {
    int hit[N] = {0};
    for (int i = 0; i < N; i++) {
      assert_true(place[3 * i + f].place >= 0.0 && place[3 * i + f].place < 1.0);
      hit[(int)(N * place[3 * i + f].place)]++;
    }
    for (int i = 0; i < N; i++)
      assert_int_equal(hit[i], 1);
  }
  free(place);
}

static double difference(const char *a, const char *b) {
  int n;
  double sum = 0.0;
  BpPlace *first = places_of(a, &n), *second = places_of(b, &n);
  for (int i = 0; i < 3 * n; i++)
    sum += fabs(first[i].place - second[i].place);
  free(first);
  free(second);
  return sum;
}

static void seed_decides_the_hypercube(void **state) {
  (void)state;
  const char *five = "design: latin_hypercube\nsamples: 20\nseed: 5\n";
  assert_close(difference(five, five), 0.0, 0.0, 0.0);
  assert_true(difference(five, "design: latin_hypercube\nsamples: 20\nseed: 6\n") > 1.0);
}

/* Sobol's sequence in two dimensions after the point 0: Bratley and Fox, ACM Trans. Math. Softw. 14
 * (1988) 88, algorithm 659, in the order of Gray's code; the same as in Joe and Kuo's notes. */
static void sobol_has_the_published_points(void **state) {
  (void)state;
  static const double published[][2] = {{0.5, 0.5},     {0.75, 0.25},     {0.25, 0.75},
                                        {0.375, 0.375}, {0.875, 0.875},   {0.625, 0.125},
                                        {0.125, 0.625}, {0.1875, 0.3125}, {0.6875, 0.8125}};
  int n;
  BpPlace *place = places_of("design: sobol\nsamples: 9\n", &n);
  assert_int_equal(n, BP_COUNT(published));
  for (int i = 0; i < n; i++)
    for (int f = 0; f < 2; f++)
      assert_close(place[3 * i + f].place, published[i][f], 0.0, 0.0);
  free(place);
}

/* Of 2^k points of the sequence each of 2^m equal parts of an axis has 2^(k-m): without the point
 * 0, the first part has one less. */
static void sampled_counts_and_lists_have_equal_shares(void **state) {
  (void)state;
  BpStudyPlan *plan =
      bp_test_study_plan("case: c.yaml\ndesign: sobol\nsamples: 63\nfactors:\n"
                         "  - {key: mesh.level, range: [0, 3]}\n"
                         "  - {key: package.pad.shape, values: [flat, embossed]}\n");
  int level[4] = {0}, flat = 0;
  for (int i = 0; i < plan->npoints; i++) {
    level[(int)plan->point[i].number[0]]++;
    flat += strcmp(plan->point[i].text[1], "flat") == 0;
  }
  assert_int_equal(level[0], 15);
  assert_int_equal(level[3], 16);
  assert_int_equal(flat, 31);
  bp_study_plan_free(plan);
}

static void what_is_set_holds_for_all_points(void **state) {
  (void)state;
  BpStudyPlan *plan = bp_test_study_plan(TWO "set: {load: {cycles: 2, dwell: 5 min}}\n");
  assert_string_equal(plan->set, "load.cycles=2\nload.dwell=5 min\n");
  assert_int_equal(plan->nkeys, 2); /* no column of its own */
  bp_study_plan_free(plan);
}

/* ---- references */

static void points_with_one_reference_share_it(void **state) {
  (void)state;
  BpStudyPlan *plan =
      bp_test_study_plan(TWO "reference: {" HEIGHT ": 9 um, package.pad: {shape: flat}}\n");
  assert_int_equal(plan->ndesign, 6);
  assert_int_equal(plan->npoints, 9); /* one reference for each mesh level */
  assert_int_equal(plan->point[0].reference, 6);
  assert_int_equal(plan->point[3].reference, 6);
  assert_int_equal(plan->point[5].reference, 8);
  assert_string_equal(plan->point[8].text[0], "9 um");
  assert_string_equal(plan->point[8].text[1], "2");
  assert_string_equal(plan->point[8].text[2], "flat");
  assert_null(plan->point[5].text[2]);
  assert_int_equal(plan->point[8].reference, -1);
  bp_study_plan_free(plan);
}

static void a_point_of_the_design_may_be_the_reference(void **state) {
  (void)state;
  BpStudyPlan *plan = bp_test_study_plan(TWO "reference: {" HEIGHT ": 3 um}\n");
  assert_int_equal(plan->npoints, 6);
  assert_int_equal(plan->point[4].reference, 1);
  assert_int_equal(plan->point[1].reference, 1);
  bp_study_plan_free(plan);
}

/* ---- the plan on disk */

static char *write_plan(const char *dir, const char *text) {
  char *path = bp_format("%s/manifest.json", dir);
  FILE *file = fopen(path, "w");
  fputs(text, file);
  fclose(file);
  return path;
}

static void plan_reads_back(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpStudyPlan *plan = bp_test_study_plan(TWO "reference: {package.pad.shape: flat}\n");
  plan->point[2].reason = bp_copy_text("a \"reason\"");
  snprintf(plan->point[1].hash, BP_HASH_SIZE, "abc");
  char *text = bp_study_plan_json(plan), *dir = bp_test_directory(), *path = write_plan(dir, text);
  BpStudyPlan *again = bp_study_plan_read(path, &problems);
  bp_problems_print(&problems, stderr);
  assert_non_null(again);
  char *second = bp_study_plan_json(again);
  assert_string_equal(second, text);
  assert_string_equal(again->point[2].reason, "a \"reason\"");
  assert_close(again->point[3].number[0], 5e-6, 1e-15, 0.0);
  assert_true(isnan(again->point[7].place[0].place));
  bp_study_plan_free(again);
  bp_study_plan_free(plan);
  free(text);
  free(second);
  free(path);
  bp_test_remove(dir);
}

static void assert_refused(const char *text, BpExit code, const char *message) {
  BpProblems problems = {0};
  char *dir = bp_test_directory(), *path = write_plan(dir, text);
  assert_null(bp_study_plan_read(path, &problems));
  assert_int_equal(problems.count, 1);
  assert_int_equal(problems.item[0].code, code);
  assert_non_null(strstr(problems.item[0].text, message));
  bp_problems_free(&problems);
  free(path);
  bp_test_remove(dir);
}

static void an_edited_plan_is_refused(void **state) {
  (void)state;
  BpStudyPlan *plan = bp_test_study_plan(TWO);
  char *text = bp_study_plan_json(plan);
  *strstr(text, "5 um") = '6';
  assert_refused(text, BP_EXIT_CHECKPOINT, "was edited after it was made");
  assert_refused("{\"schema\": 7}", BP_EXIT_CHECKPOINT, "has schema 7 and this program knows 1");
  assert_refused("{\"schema\": ", BP_EXIT_IO, "cannot be read");
  free(text);
  bp_study_plan_free(plan);
}

/* ---- problems of a study file */

static void assert_problem(const char *text, const char *message) {
  BpProblems problems = {0};
  assert_null(bp_test_study_text(text, &problems));
  int found = 0;
  for (int i = 0; i < problems.count; i++) {
    found |= strstr(problems.item[i].text, message) != NULL;
    assert_int_equal(problems.item[i].code, BP_EXIT_CASE);
  }
  if (!found)
    bp_problems_print(&problems, stderr);
  assert_true(found);
  bp_problems_free(&problems);
}

#define ONE(factor) "case: c.yaml\nfactors:\n  - {" factor "}\n"

static void says_what_is_wrong_with_a_factor(void **state) {
  (void)state;
  assert_problem(ONE("key: package.pad.ring.heigth, values: [3 um]"),
                 "study.yaml:3: 'package.pad.ring.heigth' is no key of a case; did you mean "
                 "'package.pad.ring.height'?");
  assert_problem(ONE("key: zzzzzz, values: [3 um]"),
                 "'zzzzzz' is no key of a case; 'ballpad check");
  assert_problem(ONE("key: {a: b}, values: [3 um]"), "a key is a word");
  assert_problem(ONE("key: [], values: [3 um]"), "the list of keys is empty");
  assert_problem(ONE("values: [3 um]"), "a factor has no key");
  assert_problem(ONE("key: " HEIGHT), "a factor has either values or a range");
  assert_problem(ONE("key: " HEIGHT ", values: [3 MPa]"),
                 "'3 MPa' is a pressure, a length is needed");
  assert_problem(ONE("key: " HEIGHT ", values: [-3 um]"), "is out of range");
  assert_problem(ONE("key: " HEIGHT ", values: 3 um"), "values are a list");
  assert_problem(ONE("key: " HEIGHT ", values: [3 um], points: 3"), "go with a range");
  assert_problem(ONE("key: " HEIGHT ", range: [3 um], points: 3"), "a range is two values");
  assert_problem(ONE("key: " HEIGHT ", range: [3 um, 3 um], points: 3"),
                 "write the smaller value first");
  assert_problem(ONE("key: " HEIGHT ", range: [3 um, 4 um]"), "needs to know how many values");
  assert_problem(
      ONE("key: package.ball.paste_volume, range: [0 mm3, 1 mm3], points: 3, scale: log"),
      "begins above 0");
  assert_problem(ONE("key: mesh.level, range: [0, 3], points: 3"), "are no whole numbers");
  assert_problem(ONE("key: package.pad.shape, range: [a, b], points: 3"), "is no number");
  assert_problem(ONE("key: [" HEIGHT ", package.pitch], values: [3 um]"),
                 "each of their values is a list of 2");
  assert_problem(TWO "  - {key: mesh.level, values: [1]}\n", "'mesh.level' varies in two factors");
}

static void says_what_is_wrong_with_a_design(void **state) {
  (void)state;
  assert_problem("factors: [{key: " HEIGHT ", values: [3 um]}]\n", "'case' is missing");
  assert_problem("case: c.yaml\n", "no factors, so the study has no points");
  assert_problem("case: c.yaml\nfactors: []\n", "no factors, so the study has no points");
  assert_problem("design: gird\n" TWO, "did you mean 'grid'?");
  assert_problem("design: sobol\n" TWO, "needs the number of its points");
  assert_problem("samples: 3\n" TWO, "counts its values; leave 'samples' out");
  assert_problem("seed: 3\n" TWO, "has no random numbers; leave 'seed' out");
  assert_problem("design: list\n" TWO, "'package.pad.ring.height' has 2 and 'mesh.level' has 3");
  assert_problem("case: c.yaml\ndesign: sobol\nsamples: 3\nfactors:\n"
                 "  - {key: " HEIGHT ", range: [3 um, 4 um], points: 2}\n",
                 "takes its values from the whole range");
  assert_problem(TWO "reference: flat\n", "'reference' is keys of the case with their values");
  assert_problem(TWO "set: [1]\n", "'set' is keys of the case with their values");
  assert_problem(TWO "set: {load.cycle: 2}\n", "did you mean 'load.cycles'?");
  assert_problem(TWO "set: {load.dwell: 5}\n", "has no unit");
  assert_problem(TWO "set: {mesh: {level: 1}}\n", "'mesh.level' varies in a factor");
  assert_problem(TWO "reference: {package.pad.shap: flat}\n", "did you mean 'package.pad.shape'?");
  assert_problem("case: c.yaml\nfactors:\n  - {key: " HEIGHT
                 ", range: [3 um, 4 um], points: 9999}\n"
                 "  - {key: package.pitch, range: [3 um, 4 um], points: 9999}\n",
                 "the study has more than 20000 points");
}

static void saltelli_takes_half_as_many_factors_as_the_sequence(void **state) {
  (void)state;
  static const char *const keys[] = {"dielectrics.first.thickness",
                                     "dielectrics.second.thickness",
                                     "dielectrics.third.thickness",
                                     "dielectrics.third.hole_radius",
                                     "pitch",
                                     "passivation.thickness",
                                     "die.size",
                                     "die.thickness",
                                     "wiring.thickness",
                                     "wiring.disc_radius",
                                     "pad.ring.inner_radius",
                                     "pad.ring.outer_radius",
                                     "pad.ring.height",
                                     "pad.concave.radius",
                                     "ball.diameter",
                                     "board.thickness",
                                     "board.pad_radius",
                                     "board.pad_thickness",
                                     "board.mask_opening_radius",
                                     "board.mask_thickness"};
  char *text = bp_copy_text("case: c.yaml\ndesign: saltelli\nsamples: 1\nfactors:\n");
  for (int i = 0; i < BP_COUNT(keys); i++) {
    char *longer = bp_format("%s  - {key: package.%s, range: [1 um, 2 um]}\n", text, keys[i]);
    free(text);
    text = longer;
  }
  bp_study_free(bp_test_study(text));
  char *longer = bp_format("%s  - {key: mesh.level, range: [0, 2]}\n", text);
  assert_problem(longer, "design saltelli takes at most 20 factors");
  free(longer);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(grid_runs_its_last_factor_fastest),
      cmocka_unit_test(one_at_a_time_starts_from_the_first_values),
      cmocka_unit_test(list_goes_through_all_factors_at_once),
      cmocka_unit_test(keys_of_one_factor_vary_together),
      cmocka_unit_test(values_may_be_words_and_lists),
      cmocka_unit_test(ranges_are_linear_or_logarithmic),
      cmocka_unit_test(hypercube_has_one_point_in_each_stratum),
      cmocka_unit_test(seed_decides_the_hypercube),
      cmocka_unit_test(sobol_has_the_published_points),
      cmocka_unit_test(sampled_counts_and_lists_have_equal_shares),
      cmocka_unit_test(what_is_set_holds_for_all_points),
      cmocka_unit_test(points_with_one_reference_share_it),
      cmocka_unit_test(a_point_of_the_design_may_be_the_reference),
      cmocka_unit_test(plan_reads_back),
      cmocka_unit_test(an_edited_plan_is_refused),
      cmocka_unit_test(says_what_is_wrong_with_a_factor),
      cmocka_unit_test(says_what_is_wrong_with_a_design),
      cmocka_unit_test(saltelli_takes_half_as_many_factors_as_the_sequence),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
