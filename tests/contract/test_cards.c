/* Every card of the library: it loads, says where it comes from, covers the temperatures of a run,
 * meets the published points that it lists, and stands in the table of the library's README. */
#include "close.h"

#include "materials.h"

#include <stdio.h>
#include <stdlib.h>

static double kelvin(double celsius) {
  return celsius + 273.15;
}

/* A text file; free with free(). */
static char *read_whole(const char *path) {
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  const long size = ftell(file);
  assert_true(size > 0);
  rewind(file);
  char *text = BP_NEW(char, size + 1);
  assert_int_equal(fread(text, 1, (size_t)size, file), size);
  fclose(file);
  return text;
}

static void loads(void **state) {
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load(*state, &problems);
  bp_problems_print(&problems, stderr);
  assert_non_null(m);
  assert_int_equal(problems.count, 0);
  bp_problems_free(&problems);
  assert_string_equal(bp_material_name(m), *state);
  assert_true(bp_material_source(m)[0] && bp_material_title(m)[0]);
  assert_non_null(strchr("VSCM", bp_material_trust(m)[0]));
  assert_int_equal(strlen(bp_material_trust(m)), 1);
  assert_true(bp_material_class(m)[0]);
  if (bp_material_trust(m)[0] == 'M') {
    assert_non_null(strstr(bp_material_source(m), " (unverified)"));
    assert_string_equal(bp_material_unverified(m), "all");
  } else if (bp_material_unverified(m)[0]) {
    assert_non_null(strstr(bp_material_source(m), bp_material_unverified(m)));
  }
  bp_material_free(m);
}

/* "-65..217", degC */
static char *range_text(const double range[2]) {
  return bp_format("%g..%g", round(100.0 * (range[0] - 273.15)) / 100.0,
                   round(100.0 * (range[1] - 273.15)) / 100.0);
}

/* The table of materials/cards/README.md has the card's row, as the card says it. */
static void is_in_the_table(void **state) {
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load(*state, &problems);
  assert_non_null(m);
  double fitted[2], hard[2];
  bp_material_limits(m, fitted, hard);
  char *low = range_text(fitted), *high = range_text(hard);
  char *row =
      bp_format("\n| `%s` | %s | %s | %s | %s | %s |\n", bp_material_name(m),
                bp_material_law(m)->name, bp_material_source(m), bp_material_trust(m), low, high);
  char *text = read_whole(BP_SOURCE_DIR "/materials/cards/README.md");
  if (!strstr(text, row))
    print_error("materials/cards/README.md lacks the row%s", row);
  assert_non_null(strstr(text, row));
  free(text);
  free(row);
  free(low);
  free(high);
  bp_material_free(m);
}

/* From -55 degC to the joining temperature: 217 degC, for alloys with lead their own solidus. */
static void covers_a_run(void **state) {
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load(*state, &problems);
  assert_non_null(m);
  const double top = strstr(*state, "pb") ? kelvin(179.0) : kelvin(217.0);
  assert_int_not_equal(bp_material_range(m, kelvin(-55.0)), BP_BAD);
  assert_int_not_equal(bp_material_range(m, top), BP_BAD);
  assert_int_equal(bp_material_range(m, kelvin(100.0)), BP_OK);
  assert_int_equal(bp_material_range(m, kelvin(1000.0)), BP_BAD);
  double strain[6];
  bp_material_thermal_strain(m, top, kelvin(-55.0), strain);
  for (int i = 0; i < 3; i++) /* all of them shrink, a board above Tg the most */
    assert_true(strain[i] < 0.0 && strain[i] > -0.04);
  int given = 0;
  for (int p = 0; p < BP_RESISTIVITY; p++) {
    const double value = bp_material_property(m, (BpProperty)p, kelvin(25.0));
    assert_true(isnan(value) || value > 0.0);
    given += !isnan(value);
  }
  assert_true(given == 0 || given == BP_RESISTIVITY); /* what heat needs, or nothing */
  bp_material_free(m);
}

static void meets_its_points(void **state) {
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load(*state, &problems);
  assert_non_null(m);
  for (int i = 0; i < bp_material_checks(m); i++) {
    const BpCheckResult r = bp_material_check(m, i);
    if (!(fabs(r.computed - r.published) <= r.tolerance * fabs(r.published)))
      print_error("%s:%d:\n", bp_material_file(m), r.line);
    assert_close(r.computed, r.published, r.tolerance, 0.0);
  }
  const int needed = bp_material_law(m)->unified              ? 7
                     : strcmp(bp_material_class(m), "solder") ? 2
                                                              : 4;
  assert_true(bp_material_checks(m) >= needed);
  bp_material_free(m);
}

/* ---- numbers of single cards, as published */

static void constants(const char *name, double celsius, double *param) {
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load(name, &problems);
  assert_non_null(m);
  bp_material_param(m, kelvin(celsius), param);
  bp_material_free(m);
}

static void sac305_modulus(void **state) {
  (void)state;
  static const double row[][2] = {
      {-40.0, 57.4}, {25.0, 46.5}, {75.0, 38.2}, {125.0, 30.0}, {100.0, 34.1}};
  double p[16];
  for (int i = 0; i < BP_COUNT(row); i++) {
    constants("sac305_anand_motalab2012", row[i][0], p);
    assert_close(p[0], 1e9 * row[i][1], 1e-12, 0.0);
    assert_close(p[1], 0.40, 0.0, 0.0);
  }
  constants("sac305_anand_motalab2012", 217.0, p); /* -0.164 GPa/K beyond the table */
  assert_close(p[0], 30e9 - 0.164e9 * 92.0, 1e-12, 0.0);
}

static void silicon_stiffness(void **state) {
  (void)state;
  double p[16], C[36], stress[6];
  const double zero[6] = {0};
  constants("silicon_hopcroft2010", 25.0, p);
  const BpLawIn in = {
      .param = p, .strain0 = zero, .strain1 = zero, .stress0 = zero, .state0 = zero, .T1 = 298.15};
  BpLawOut out = {.stress1 = stress, .tangent = C};
  assert_int_equal(bp_law_find("cubic")->update(&in, &out), BP_OK);
  for (int i = 0; i < 3; i++) {
    assert_close(C[7 * i], 165.7e9, 1e-12, 0.0);
    assert_close(C[7 * i + 21], 2.0 * 79.6e9, 1e-12, 0.0);
    for (int j = 0; j < i; j++)
      assert_close(C[6 * i + j], 63.9e9, 1e-12, 0.0);
  }
}

/* The integral of the formula of Okada and Tokumaru, T in K, ppm. */
static double okada(double T) {
  return 3.725 * (T + exp(-5.88e-3 * (T - 124.0)) / 5.88e-3) + 0.5 * 5.548e-4 * T * T;
}

static void silicon_strain(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load("silicon_hopcroft2010", &problems);
  assert_non_null(m);
  double strain[6];
  bp_material_thermal_strain(m, kelvin(217.0), kelvin(-55.0), strain);
  assert_close(strain[0], 1e-6 * (okada(218.15) - okada(490.15)), 2e-4, 0.0);
  assert_close(bp_material_axes_angle(m), atan(1.0), 1e-12, 0.0);
  bp_material_free(m);
}

static void fr4_board(void **state) {
  (void)state;
  double p[16];
  constants("fr4_generic", 217.0, p); /* T = 490.15 K */
  assert_close(p[0], 1e6 * (27924.0 - 37.16 * 490.15), 1e-12, 0.0);
  assert_close(p[2], 1e6 * (12204.0 - 16.2 * 490.15), 1e-12, 0.0);
  assert_close(p[6], 1e6 * (12600.0 - 16.7 * 490.15), 1e-12, 0.0);
  assert_close(p[8], 1e6 * (5500.0 - 7.3 * 490.15), 1e-12, 0.0);
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load("fr4_generic", &problems);
  double strain[6];
  bp_material_thermal_strain(m, 300.0, 400.0, strain);
  assert_close(strain[0], 1.6e-3, 1e-12, 0.0);
  assert_close(strain[1], 1.6e-3, 1e-12, 0.0);
  assert_close(strain[2], 8.4e-3, 1e-12, 0.0);
  assert_true(bp_material_varies(m));
  bp_material_free(m);
}

static void polyimide_is_good_at_its_cure(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load("polyimide_generic", &problems);
  assert_int_equal(bp_material_range(m, kelvin(350.0)), BP_CUT);
  assert_false(bp_material_varies(m));
  bp_material_free(m);
}

/* The closed form that the tables of the card were made from, T in K, MPa: rate = 926 (508 - T)/T
 * [sinh(stress/(37.78 - 0.074414 T))]^3.3 exp(-6360/T). */
static double lau_stress(double T, double rate) {
  const double z = rate / (926.0 * (508.0 - T) / T) * exp(6360.0 / T);
  return asinh(pow(z, 1.0 / 3.3)) * (37.78 - 0.074414 * T);
}

/* Between the points of the tables too, to what the card's note says. */
static void lau_tables(void **state) {
  (void)state;
  double p[16];
  for (int i = 0; i <= 300; i++) {
    const double T = 208.15 + (456.15 - 208.15) * i / 300.0;
    constants("sn37pb_garofalo_lau", T - 273.15, p);
    for (int k = 1; k <= 9; k++) {
      const double rate = pow(10.0, -k), z = rate / p[2] * exp(p[5] / T); /* E nu A alpha n Q/R */
      assert_close(1e-6 * asinh(pow(z, 1.0 / p[4])) / p[3], lau_stress(T, rate), 1e-3, 0.0);
    }
  }
}

/* Unlike fr4_generic above its glass transition only. */
static void fr4_glass_transition(void **state) {
  (void)state;
  double p[16], q[16];
  constants("fr4_generic", 100.0, p);
  constants("fr4_tg_generic", 100.0, q);
  for (int i = 0; i < 9; i++)
    assert_close(q[i], p[i], 1e-12, 0.0);
  constants("fr4_generic", 200.0, p);
  constants("fr4_tg_generic", 200.0, q);
  assert_close(q[0], 0.6 * p[0], 1e-6, 0.0);
  assert_close(q[1], 0.6 * p[1], 1e-6, 0.0);
  assert_close(q[2], p[2], 0.0, 0.0);
}

int main(void) {
  static const struct {
    const char *name;
    CMUnitTestFunction function;
  } each[] = {{"loads", loads},
              {"is in the table", is_in_the_table},
              {"covers a run", covers_a_run},
              {"meets its points", meets_its_points}};
  static const struct CMUnitTest single[] = {
      cmocka_unit_test(sac305_modulus),
      cmocka_unit_test(silicon_stiffness),
      cmocka_unit_test(silicon_strain),
      cmocka_unit_test(fr4_board),
      cmocka_unit_test(fr4_glass_transition),
      cmocka_unit_test(lau_tables),
      cmocka_unit_test(polyimide_is_good_at_its_cure),
  };
  char **names;
  const int cards = bp_material_list(&names);
  struct CMUnitTest *tests = BP_NEW(struct CMUnitTest, cards * BP_COUNT(each) + BP_COUNT(single));
  char **labels = BP_NEW(char *, cards *BP_COUNT(each));
  int n = 0;
  for (int i = 0; i < cards; i++)
    for (int k = 0; k < BP_COUNT(each); k++, n++) {
      labels[n] = bp_format("%s/%s", names[i], each[k].name);
      tests[n] = (struct CMUnitTest){
          .name = labels[n], .test_func = each[k].function, .initial_state = names[i]};
    }
  memcpy(tests + n, single, sizeof single);
  const int failed =
      _cmocka_run_group_tests("cards", tests, (size_t)n + BP_COUNT(single), NULL, NULL);
  for (int i = 0; i < n; i++)
    free(labels[i]);
  for (int i = 0; i < cards; i++)
    free(names[i]);
  free(labels);
  free(names);
  free(tests);
  return failed || cards < 40;
}
