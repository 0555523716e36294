/* Reading of material cards: every file of tests/bad_input/card is met with the texts of its first
 * lines, "# expect CODE: TEXT", and no other, and is refused unless the codes are 0 (warnings); and
 * what good cards mean. */
#include "close.h"

#include "materials.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FOLDER BP_SOURCE_DIR "/tests/bad_input/card"

/* One expectation: some problem has this text, a place in the file and the exit code, which is
 * returned. */
static long expect(const BpProblems *problems, const char *path, const char *line) {
  char *text;
  const long code = strtol(line, &text, 10);
  assert_int_equal(strncmp(text, ": ", 2), 0);
  for (int i = 0; i < problems->count; i++) {
    const char *problem = problems->item[i].text;
    if (!strstr(problem, text + 2))
      continue;
    assert_int_equal(problems->item[i].code, code);
    assert_int_equal(strncmp(problem, path, strlen(path)), 0);
    assert_true(strtol(problem + strlen(path) + 1, NULL, 10) > 0);
    return code;
  }
  bp_problems_print(problems, stderr);
  fail_msg("no problem says '%s'", text + 2);
  return -1;
}

/* Every expectation is met, and nothing else is said. */
static void is_met(void **state) {
  static const char mark[] = "# expect ";
  const char *path = *state;
  BpProblems problems = {0};
  BpMaterial *m = bp_material_load(path, &problems);
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  char line[512];
  int count = 0, wrong = 0;
  while (fgets(line, sizeof line, file) && strncmp(line, mark, strlen(mark)) == 0) {
    line[strcspn(line, "\n")] = '\0';
    wrong += expect(&problems, path, line + strlen(mark)) != BP_EXIT_OK;
    count++;
  }
  fclose(file);
  if (count != problems.count)
    bp_problems_print(&problems, stderr);
  assert_int_equal(count, problems.count);
  assert_int_equal(m == NULL, wrong > 0);
  bp_material_free(m);
  bp_problems_free(&problems);
}

/* ---- cards made here */

static const char good[] = "name: test\n"
                           "law: elastic\n"
                           "source: {authors: nobody, year: 2020, doi: 10.1/x, table: 3, note: n}\n"
                           "trust: C\n"
                           "fitted: [0 degC, 100 degC]\n"
                           "hard: [-55 degC, 217 degC]\n";

/* Loads the head above and `rest` through a file. */
static BpMaterial *load_text(const char *rest, BpProblems *problems) {
  char folder[] = "/tmp/ballpad_card_XXXXXX", path[64];
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/card.yaml", folder);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fprintf(file, "%s%s", good, rest);
  fclose(file);
  BpMaterial *m = bp_material_load(path, problems);
  unlink(path);
  rmdir(folder);
  return m;
}

static void says_what_it_is(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMaterial *m = load_text("params: {E: 10 GPa, nu: 0.3}\naxes_angle: 90 deg\n"
                            "expansion: {kind: instantaneous, value: 20 ppm/K}\n"
                            "conductivity: [1 W/m/K, 2 W/m/K, 3 W/m/K]\n"
                            "resistivity: 17.2 nohm.m\n",
                            &problems);
  assert_non_null(m);
  assert_int_equal(problems.count, 0);
  assert_string_equal(bp_material_name(m), "test");
  assert_string_equal(bp_material_title(m), "test");
  assert_string_equal(bp_material_source(m), "nobody (2020), doi 10.1/x, 3");
  assert_string_equal(bp_material_note(m), "n");
  assert_string_equal(bp_material_trust(m), "C");
  assert_string_equal(bp_material_law(m)->name, "elastic");
  assert_close(bp_material_axes_angle(m), 2.0 * atan(1.0), 1e-15, 0.0);
  assert_close(bp_material_property(m, BP_CONDUCTIVITY_3, 300.0), 3.0, 0.0, 0.0);
  assert_close(bp_material_property(m, BP_RESISTIVITY, 300.0), 17.2e-9, 1e-14, 0.0);
  assert_true(isnan(bp_material_property(m, BP_DENSITY, 300.0)));
  assert_int_equal(bp_material_checks(m), 0);
  double fitted[2], hard[2];
  bp_material_limits(m, fitted, hard);
  assert_close(fitted[1], 373.15, 1e-15, 0.0);
  assert_close(hard[0], 218.15, 1e-15, 0.0);
  bp_material_free(m);
}

static void unverified_keys_show_in_the_source(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMaterial *m = load_text("params: {E: 10 GPa, nu: 0.3}\nunverified: [nu, density]\n"
                            "expansion: {kind: instantaneous, value: 20 ppm/K}\n"
                            "class: laminate\n",
                            &problems);
  bp_problems_print(&problems, stderr);
  assert_non_null(m);
  assert_string_equal(bp_material_unverified(m), "nu, density");
  assert_string_equal(bp_material_source(m),
                      "nobody (2020), doi 10.1/x, 3 (unverified: nu, density)");
  assert_string_equal(bp_material_class(m), "laminate");
  bp_material_free(m);
  m = load_text("params: {E: 10 GPa, nu: 0.3}\n"
                "expansion: {kind: instantaneous, value: 20 ppm/K}\n",
                &problems);
  assert_string_equal(bp_material_unverified(m), "");
  assert_string_equal(bp_material_class(m), "");
  bp_material_free(m);
}

/* A slip of 1e3 or 1e6 in each direction is seen, of a constant, the expansion and a property; a
 * value that is only a little unusual is let pass. */
static void mistaken_units_warn(void **state) {
  (void)state;
  static const struct {
    const char *rest, *text; /* NULL: no warning */
  } each[] = {
      {"class: metal\nparams: {E: 110 MPa, nu: 0.3}\n", ":9: E: 110 MPa at 0 degC is unusual for "
                                                        "a metal (20 GPa to 500 GPa), 110 GPa "
                                                        "would not be; is the unit right?"},
      {"class: metal\nparams: {E: 110 kPa, nu: 0.3}\n", "110 GPa would not be"},
      {"class: polymer\nparams: {E: 1500 GPa, nu: 0.3}\n", "1.5 GPa would not be"},
      {"class: polymer\nparams: {E: {table: [[0 degC, 3 GPa], [100 degC, 2 MPa]], extrapolate: "
       "constant}, nu: 0.3}\n",
       "E: 2 MPa at 100 degC is unusual"},
      {"class: polymer\nparams: {E: 25 GPa, nu: 0.3}\n", NULL},
      {"class: metal\nparams: {E: 15 GPa, nu: 0.3}\n", NULL},
      {"params: {E: 50 kPa, nu: 0.3}\n", "unusual for a solid (50 MPa to 1000 GPa)"},
      {"params: {E: 46.5 GPa, nu: 0.3}\ndensity: 7.4 kg/m3\n", "density: 7.4 kg/m3"},
      {"class: metal\nparams: {E: 110 GPa, nu: 0.3}\nconductivity: [0.4 W/m/K, 400 W/m/K, 400 "
       "W/m/K]\n",
       "conductivity: 0.4 W/m/K"},
      {"class: metal\nparams: {E: 110 GPa, nu: 0.3}\nheat_capacity: 0.385 J/kg/K\n",
       "heat_capacity: 0.385 J/kg/K"},
  };
  for (int i = 0; i < BP_COUNT(each); i++) {
    BpProblems problems = {0};
    char *text = bp_format("expansion: {kind: instantaneous, value: 20 ppm/K}\n%s", each[i].rest);
    BpMaterial *m = load_text(text, &problems);
    free(text);
    bp_problems_print(&problems, stdout);
    assert_non_null(m);
    assert_int_equal(problems.count, each[i].text != NULL);
    if (each[i].text)
      assert_non_null(strstr(problems.item[0].text, each[i].text));
    assert_int_equal(bp_problems_exit(&problems), BP_EXIT_OK);
    bp_material_free(m);
    bp_problems_free(&problems);
  }
}

static void ranges_warn_and_refuse(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMaterial *m = load_text("params: {E: 10 GPa, nu: 0.3}\n"
                            "expansion: {kind: instantaneous, value: 20 ppm/K}\n",
                            &problems);
  assert_non_null(m);
  assert_int_equal(bp_material_range(m, 300.0), BP_OK);
  assert_int_equal(bp_material_range(m, 100.0 + 273.15), BP_OK);
  assert_int_equal(bp_material_range(m, 374.0), BP_CUT);
  assert_int_equal(bp_material_range(m, 217.0 + 273.15), BP_CUT);
  assert_int_equal(bp_material_range(m, 490.2), BP_BAD);
  assert_int_equal(bp_material_range(m, 218.0), BP_BAD);
  bp_material_free(m);
}

static void mean_expansion_is_a_difference(void **state) {
  (void)state;
  BpProblems problems = {0};
  /* mean coefficient 20 ppm/K at 25 degC, 22 ppm/K at 125 degC, from 25 degC on */
  BpMaterial *m = load_text(
      "params: {E: 10 GPa, nu: 0.3}\n"
      "expansion: {kind: mean, reference: 25 degC, value: {extrapolate: linear, table: "
      "[[25 degC, 20 ppm/K], [125 degC, 22 ppm/K]]}}\n"
      "check: [{temperature: 25 degC, expansion: 20 ppm/K}, {temperature: 75 degC, expansion: 22 "
      "ppm/K}]\n",
      &problems);
  bp_problems_print(&problems, stderr);
  assert_non_null(m);
  double strain[6];
  bp_material_thermal_strain(m, 298.15, 398.15, strain);
  assert_close(strain[0], 22e-4, 1e-12, 0.0);
  bp_material_thermal_strain(m, 348.15, 398.15, strain);
  assert_close(strain[2], 22e-4 - 21e-6 * 50.0, 1e-12, 0.0);
  assert_close(strain[3], 0.0, 0.0, 0.0);
  for (int i = 0; i < 2; i++) { /* d(mean (T - T_ref))/dT */
    const BpCheckResult r = bp_material_check(m, i);
    assert_close(r.computed, r.published, 1e-9, 0.0);
  }
  bp_material_free(m);
}

static void powers_are_of_the_stated_temperature(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMaterial *m = load_text("params: {E: {polynomial: [52 GPa, -67 MPa/K, -0.05 MPa/K2], in: degC, "
                            "floor: 45 GPa}, nu: 0.3}\n"
                            "expansion: {kind: instantaneous, value: {polynomial: [21 ppm/K, 0.02 "
                            "ppm/K2], in: degC}}\n",
                            &problems);
  bp_problems_print(&problems, stderr);
  assert_non_null(m);
  double p[2], strain[6];
  bp_material_param(m, 273.15 + 10.0, p);
  assert_close(p[0], 52e9 - 67e7 - 5e6, 1e-12, 0.0);
  bp_material_param(m, 273.15 + 200.0, p);
  assert_close(p[0], 45e9, 0.0, 0.0);
  bp_material_thermal_strain(m, 273.15, 373.15, strain);
  assert_close(strain[0], 21e-4 + 1e-4, 1e-12, 0.0);
  bp_material_free(m);
}

static void all_problems_in_one_go(void **state) {
  (void)state;
  BpProblems problems = {0};
  assert_null(
      load_text("params: {E: 10, mu: 0.3}\nexpansion: 20 ppm/K\ndensity: 3 m\n", &problems));
  assert_int_equal(problems.count, 5); /* E, nu, mu, expansion, density */
  assert_int_equal(bp_problems_exit(&problems), BP_EXIT_CASE);
  bp_problems_free(&problems);
}

static void unknown_card_names_the_nearest(void **state) {
  (void)state;
  BpProblems problems = {0};
  assert_null(bp_material_load("polyimid_generic", &problems));
  assert_int_equal(problems.count, 1);
  assert_non_null(strstr(problems.item[0].text, "did you mean 'polyimide_generic'?"));
  assert_null(bp_material_load("/nowhere/x.yaml", &problems));
  assert_int_equal(problems.count, 2);
  assert_int_equal(problems.item[1].code, BP_EXIT_CASE);
  bp_problems_free(&problems);
}

static void library_is_listed_in_order(void **state) {
  (void)state;
  char **names;
  const int n = bp_material_list(&names);
  assert_in_range(n, 10, 1000);
  for (int i = 0; i < n; i++) {
    if (i > 0)
      assert_true(strcmp(names[i - 1], names[i]) < 0);
    assert_null(strstr(names[i], ".yaml"));
  }
  for (int i = 0; i < n; i++)
    free(names[i]);
  free(names);
}

int main(void) {
  static const struct CMUnitTest single[] = {
      cmocka_unit_test(says_what_it_is),
      cmocka_unit_test(unverified_keys_show_in_the_source),
      cmocka_unit_test(mistaken_units_warn),
      cmocka_unit_test(ranges_warn_and_refuse),
      cmocka_unit_test(mean_expansion_is_a_difference),
      cmocka_unit_test(powers_are_of_the_stated_temperature),
      cmocka_unit_test(all_problems_in_one_go),
      cmocka_unit_test(unknown_card_names_the_nearest),
      cmocka_unit_test(library_is_listed_in_order),
  };
  struct CMUnitTest tests[256];
  char *path[256];
  int n = 0;
  DIR *folder = opendir(FOLDER);
  for (struct dirent *entry = folder ? readdir(folder) : NULL; entry && n < 200;
       entry = readdir(folder)) {
    if (!strstr(entry->d_name, ".yaml"))
      continue;
    path[n] = bp_format("%s/%s", FOLDER, entry->d_name);
    tests[n] = (struct CMUnitTest){
        .name = path[n] + sizeof FOLDER, .test_func = is_met, .initial_state = path[n]};
    n++;
  }
  if (folder)
    closedir(folder);
  memcpy(tests + n, single, sizeof single);
  const int failed =
      _cmocka_run_group_tests("card", tests, (size_t)n + BP_COUNT(single), NULL, NULL);
  for (int i = 0; i < n; i++)
    free(path[i]);
  return failed || n < 30;
}
