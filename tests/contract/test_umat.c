/* Laws from outside: the examples of tests/umat agree with the laws of our own table that solve the
 * same equations, what a UMAT is told, and what is said of libraries and routines that do not
 * work. */
#include "law_point.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- the examples against our own laws */

typedef struct {
  const char *name;
  double size; /* of a strain increment, at most */
} Example;

static BpMaterial *load(const char *name, const char *ending) {
  BpProblems problems = {0};
  char *path = bp_format("%s/%s%s.yaml", BP_UMAT_DIR, name, ending);
  BpMaterial *m = bp_material_load(path, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  free(path);
  assert_non_null(m);
  return m;
}

static void skip_without_fortran(const char *name) {
#ifdef BP_FORTRAN
  (void)name;
#else
  if (strcmp(name, "elastic_plastic") == 0) {
    print_message("no Fortran compiler: the example in Fortran is not built\n");
    skip();
  }
#endif
}

/* Both solve backward Euler of the same equations: what is left is round-off and the square of the
 * built-in law's last Newton step, 1e-10 in the logarithm of the stress times the exponent. A
 * stress of the size |C| |strain| is what is added and subtracted. */
static void compare(const BpTestPoint *a, const BpTestPoint *b) {
  const double scale = bp_test_norm36(b->tangent), strain = bp_norm6(b->strain1);
  const double stress = scale * strain;
  for (int i = 0; i < 6; i++)
    assert_close(a->stress1[i], b->stress1[i], 1e-9, 1e-12 * stress);
  for (int i = 0; i < 36; i++)
    assert_close(a->tangent[i], b->tangent[i], 0.0, 1e-9 * scale);
  for (int i = 0; i < 7; i++) /* inelastic and accumulated strain, in both at the beginning */
    assert_close(a->state1[i], b->state1[i], 1e-9, 1e-12 * strain);
  assert_close(a->work, b->work, 1e-8, 1e-12 * stress * strain);
}

static void agrees_with_our_own(void **state) {
  const Example *e = *state;
  skip_without_fortran(e->name);
  BpMaterial *outside = load(e->name, ""), *own = load(e->name, "_own");
  BpTestPoint a, b;
  int steps = 0, flowed = 0;
  for (int k = 0; k < 4000; k++) {
    if (k % 40 == 0) {
      bp_test_point(&a, outside, 300.0);
      bp_test_point(&b, own, 300.0);
    }
    bp_test_random_step(&b, bp_test_random_log(1e-6, e->size));
    memcpy(a.strain1, b.strain1, sizeof a.strain1);
    a.dt = b.dt = bp_test_random_log(1e-3, 1e4);
    a.T1 = b.T1 = bp_random(220.0, 480.0);
    const BpStatus expected = bp_test_update(&b, 1);
    assert_int_equal(bp_test_update(&a, 1), expected);
    if (expected != BP_OK)
      continue;
    compare(&a, &b);
    steps++;
    flowed += b.state1[6] > b.state0[6];
    bp_test_accept(&a);
    bp_test_accept(&b);
  }
  assert_in_range(steps, 3500, 4000);
  assert_in_range(flowed, 1000, 4000);
  bp_material_free(outside);
  bp_material_free(own);
}

/* Central differences of the stress; h leaves 1e-16 stiffness strain/h and the third derivative. */
static void tangent_is_the_derivative(void **state) {
  const Example *e = *state;
  skip_without_fortran(e->name);
  static const double h = 1e-8;
  BpMaterial *m = load(e->name, "");
  BpTestPoint p;
  int kinks = 0;
  for (int k = 0; k < 200; k++) {
    if (k % 10 == 0)
      bp_test_point(&p, m, 300.0);
    bp_test_random_step(&p, 1e-3);
    p.dt = bp_test_random_log(1e-2, 1e3);
    assert_int_equal(bp_test_update(&p, 1), BP_OK);
    const double scale = bp_test_norm36(p.tangent);
    for (int c = 0; c < 6; c++) {
      BpTestPoint plus = p, minus = p;
      double worst = 0.0;
      plus.strain1[c] += h;
      minus.strain1[c] -= h;
      assert_int_equal(bp_test_update(&plus, 0), BP_OK);
      assert_int_equal(bp_test_update(&minus, 0), BP_OK);
      for (int i = 0; i < 6; i++)
        worst = fmax(worst,
                     fabs((plus.stress1[i] - minus.stress1[i]) / (2.0 * h) - p.tangent[6 * i + c]));
      kinks += worst > 1e-5 * scale; /* yield lies within h */
    }
    bp_test_accept(&p);
  }
  assert_in_range(kinks, 0, 3);
  bp_material_free(m);
}

static void huge_steps_are_cut_or_finite(void **state) {
  const Example *e = *state;
  skip_without_fortran(e->name);
  BpMaterial *m = load(e->name, "");
  BpTestPoint p;
  for (int k = 0; k < 2000; k++) {
    bp_test_point(&p, m, 300.0);
    bp_test_random_step(&p, bp_test_random_log(1e-2, k % 2 ? 1e2 : 1e300));
    p.dt = k % 3 == 0 ? bp_test_random_log(1e-300, 1e-3) : bp_test_random_log(1e-3, 1e30);
    const BpTestPoint before = p;
    const BpStatus status = bp_test_update(&p, 1);
    assert_true(status == BP_OK || status == BP_CUT);
    assert_true(status == BP_CUT || bp_test_finite(&p));
    assert_true(p.hint >= 0.0 && p.hint < p.dt);
    assert_memory_equal(before.strain0, p.strain0, sizeof p.strain0);
    assert_memory_equal(before.strain1, p.strain1, sizeof p.strain1);
    assert_memory_equal(before.stress0, p.stress0, sizeof p.stress0);
    assert_memory_equal(before.state0, p.state0, sizeof p.state0);
    assert_memory_equal(before.param, p.param, sizeof p.param);
  }
  bp_test_point(&p, m, 300.0);
  p.strain1[2] = (double)NAN;
  assert_int_equal(bp_test_update(&p, 1), BP_CUT);
  p.strain1[2] = 0.0;
  p.dt = -1.0;
  assert_int_equal(bp_test_update(&p, 1), BP_BAD);
  bp_material_free(m);
}

/* ---- cards made here */

static char *write_card(const char *folder, const char *law, const char *section) {
  char *path = bp_format("%s/card.yaml", folder);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fprintf(file,
          "name: card\nlaw: %s\n%s\nparams: {E: 100 GPa, nu: 0.25}\ntrust: C\n"
          "source: {authors: nobody, year: unknown}\nfitted: [200 K, 400 K]\n"
          "hard: [200 K, 400 K]\nexpansion: {kind: instantaneous, value: 20 ppm/K}\n",
          law, section);
  fclose(file);
  return path;
}

/* A card of this law and section `umat`. */
static BpMaterial *load_text(const char *law, const char *section, BpProblems *problems) {
  char folder[] = "/tmp/ballpad_umat_XXXXXX";
  assert_non_null(mkdtemp(folder));
  char *path = write_card(folder, law, section);
  BpMaterial *m = bp_material_load(path, problems);
  unlink(path);
  rmdir(folder);
  free(path);
  return m;
}

#define FAULTS "umat:" BP_UMAT_DIR "/libfaults.so"

static BpMaterial *load_good(const char *section) {
  BpProblems problems = {0};
  BpMaterial *m = load_text(FAULTS, section, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_non_null(m);
  return m;
}

/* What the subroutine wrote into its states is what Abaqus would have told it: temperature at the
 * beginning and its change, time at the beginning, 1 in the first increment and not later, names
 * and numbers. */
static void is_told_what_the_manual_says(void **state) {
  (void)state;
  BpMaterial *m = load_good("umat: {symbol: records_, props: {E: GPa}, states: {seen: 5}, "
                            "stress_unit: GPa, temperature_unit: degC, start: {seen: 7}}");
  const int seen = bp_law_state_offset(bp_material_law(m), "seen");
  assert_int_equal(seen, 9);
  assert_int_equal(bp_law_state_size(bp_material_law(m)), 14);
  BpTestPoint p;
  bp_test_point(&p, m, 300.0);
  for (int i = 0; i < 5; i++)
    assert_close(p.state0[seen + i], 7.0, 0.0, 0.0);
  const double strain[6] = {1e-3, 2e-3, -1e-3, 3e-3, -2e-3, 5e-4};
  p.T1 = 310.0;
  bp_test_move(&p, strain, 4.0);
  assert_close(p.state0[seen], 300.0 - 273.15, 1e-14, 0.0);
  assert_close(p.state0[seen + 1], 10.0, 1e-14, 0.0);
  assert_close(p.state0[seen + 3], 1.0, 0.0, 0.0);
  assert_close(p.state0[seen + 4], 1.0, 0.0, 0.0);
  bp_test_move(&p, strain, 4.0);
  assert_close(p.state0[seen + 1], 0.0, 0.0, 0.0);
  assert_close(p.state0[seen + 2], 4.0, 0.0, 0.0);
  assert_close(p.state0[seen + 3], 2.0, 0.0, 0.0);
  double C[36], stress[6]; /* Hooke's law: every shear is in its place, with its factor */
  bp_isotropic_stiffness(100e9 / 1.5, 40e9, C);
  bp_apply6(C, strain, stress);
  for (int i = 0; i < 6; i++)
    assert_close(p.stress0[i], stress[i], 1e-13, 1e-6);
  for (int i = 0; i < 36; i++)
    assert_close(p.tangent[i], C[i], 1e-13, 1e-3);
  assert_close(bp_norm6(p.state0), 0.0, 0.0, 1e-17);
  assert_close(p.work, 2e9, 1e-15, 0.0); /* the creep dissipation that it reports, GPa */
  assert_close(p.state0[8], 4e9, 1e-15, 0.0);
  bp_material_free(m);
}

static void its_wish_for_a_smaller_step_is_heard(void **state) {
  (void)state;
  BpMaterial *m = load_good("umat: {symbol: cuts_, props: {E: Pa}, states: 5}");
  BpTestPoint p;
  bp_test_point(&p, m, 300.0);
  p.dt = 8.0;
  p.strain1[5] = 0.02 / BP_SQRT2; /* shear of 2 % */
  assert_int_equal(bp_test_update(&p, 1), BP_CUT);
  assert_close(p.hint, 0.8, 1e-15, 0.0);
  p.strain1[5] = 0.2 / BP_SQRT2;
  assert_int_equal(bp_test_update(&p, 1), BP_CUT);
  assert_close(p.hint, 2.0, 1e-15, 0.0);
  p.strain1[5] = 0.009 / BP_SQRT2;
  assert_int_equal(bp_test_update(&p, 1), BP_OK);
  bp_material_free(m);
}

static void library_is_found_beside_the_card(void **state) {
  (void)state;
  char folder[] = "/tmp/ballpad_umat_XXXXXX";
  BpProblems problems = {0};
  assert_non_null(mkdtemp(folder));
  char *link = bp_format("%s/beside.so", folder);
  assert_int_equal(symlink(BP_UMAT_DIR "/libfaults.so", link), 0);
  char *path =
      write_card(folder, "umat:beside.so", "umat: {symbol: records_, props: {E: Pa}, states: 5}");
  BpMaterial *m = bp_material_load(path, &problems);
  bp_problems_print(&problems, stderr);
  assert_non_null(m);
  assert_string_equal(bp_material_law(m)->name, "umat:beside.so");
  char *found = realpath(bp_material_library(m), NULL), *file = realpath(link, NULL);
  assert_string_equal(found, file);
  free(found);
  free(file);
  bp_material_free(m);
  unlink(link);
  unlink(path);
  rmdir(folder);
  free(link);
  free(path);
}

/* ---- what is refused */

typedef struct {
  const char *name, *law, *section, *text;
} Refusal;

#define GOOD "props: {E: Pa}, states: 5"

static const Refusal refusals[] = {
    {"no library", "umat:libnowhere.so", "umat: {" GOOD "}",
     "the library of the UMAT cannot be opened: libnowhere.so: cannot open shared object file"},
    {"no library at a path", "umat:there/libnowhere.so", "umat: {" GOOD "}", "cannot be opened"},
    {"not a library", "umat:card.yaml", "umat: {" GOOD "}", "build it with -shared -fPIC"},
    {"no symbol", FAULTS, "umat: {" GOOD "}", "has no symbol 'umat_'"},
    {"crash on load", "umat:" BP_UMAT_DIR "/libcrash_on_load.so", "umat: {" GOOD "}",
     "crashes (signal 6) when it is loaded"},
    {"crash", FAULTS, "umat: {symbol: crashes_, " GOOD "}",
     "crashes (signal 6) when it is called at rest"},
    {"stop", FAULTS, "umat: {symbol: stops_, " GOOD "}", "ends the program (exit code"},
    {"not a number", FAULTS, "umat: {symbol: returns_nan_, " GOOD "}", "what is not a number"},
    {"too few states", FAULTS, "umat: {symbol: writes_beyond_, " GOOD "}",
     "writes beyond its states"},
    {"another stiffness", FAULTS, "umat: {symbol: is_soft_, " GOOD "}",
     "does not begin with the stiffness of the card's E and nu"},
    {"another unit of stress", FAULTS,
     "umat: {symbol: records_, props: {E: Pa}, states: 5, stress_unit: MPa}",
     "look at umat.stress_unit"},
    {"stress at rest", FAULTS, "umat: {symbol: is_prestressed_, " GOOD "}",
     "has a stress without strain"},
    {"no section", FAULTS, "", "'umat' is missing"},
    {"section of another law", "elastic", "umat: {" GOOD "}",
     "'umat' belongs to a law from outside"},
    {"no props", FAULTS, "umat: {symbol: records_, states: 5}", "'props' is missing"},
    {"no states", FAULTS, "umat: {symbol: records_, props: {E: Pa}}", "'states' is missing"},
    {"missing constant", FAULTS, "umat: {symbol: records_, props: {E: Pa, A: 1/s}, states: 5}",
     "params.A is missing"},
    {"unit of a constant", FAULTS, "umat: {symbol: records_, props: {E: Pap}, states: 5}",
     "umat.props.E"},
    {"dimension of a constant", FAULTS, "umat: {symbol: records_, props: {E: s}, states: 5}",
     "umat.props.E"},
    {"unit of a pure number", FAULTS, "umat: {symbol: records_, props: {nu: Pa}, states: 5}",
     "it has no unit; write '1'"},
    {"too many states", FAULTS, "umat: {symbol: records_, props: {E: Pa}, states: 248}",
     "a whole number from 0 to 247"},
    {"too many states in all", FAULTS,
     "umat: {symbol: records_, props: {E: Pa}, states: {a: 200, b: 48}}", "more than 247 values"},
    {"a state of the wrapper", FAULTS,
     "umat: {symbol: records_, props: {E: Pa}, states: {inelastic_strain: 6}}",
     "every law from outside has a state 'inelastic_strain'"},
    {"start of no state", FAULTS, "umat: {symbol: records_, " GOOD ", start: {statew: 1}}",
     "did you mean 'statev'?"},
    {"unknown key", FAULTS, "umat: {symbol: records_, " GOOD ", sybmol: x}",
     "unknown key 'sybmol'"},
};

static void is_refused(void **state) {
  const Refusal *r = *state;
  BpProblems problems = {0};
  assert_null(load_text(r->law, r->section, &problems));
  int found = 0;
  for (int i = 0; i < problems.count; i++) {
    found |= strstr(problems.item[i].text, r->text) != NULL;
    assert_int_equal(problems.item[i].code, BP_EXIT_CASE);
  }
  if (!found || problems.count != 1)
    bp_problems_print(&problems, stderr);
  assert_true(found);
  assert_int_equal(problems.count, 1);
  bp_problems_free(&problems);
}

static void too_many_constants_are_refused(void **state) {
  (void)state;
  char section[2048] = "umat: {symbol: records_, states: 5, props: {E: Pa";
  for (int i = 0; i < BP_MAX_PARAMS; i++) {
    const size_t used = strlen(section);
    snprintf(section + used, sizeof section - used, ", c%d: 1", i);
  }
  strcat(section, "}}");
  BpProblems problems = {0};
  assert_null(load_text(FAULTS, section, &problems));
  assert_non_null(strstr(problems.item[0].text, "65 constants, more than 62"));
  bp_problems_free(&problems);
}

int main(void) {
  static Example examples[] = {{"norton_creep", 3e-2}, {"elastic_plastic", 3e-2}};
  static const struct {
    const char *name;
    CMUnitTestFunction function;
  } properties[] = {{"agrees with our own", agrees_with_our_own},
                    {"tangent is the derivative", tangent_is_the_derivative},
                    {"huge steps are cut or finite", huge_steps_are_cut_or_finite}};
  static const struct CMUnitTest single[] = {
      cmocka_unit_test(is_told_what_the_manual_says),
      cmocka_unit_test(its_wish_for_a_smaller_step_is_heard),
      cmocka_unit_test(library_is_found_beside_the_card),
      cmocka_unit_test(too_many_constants_are_refused),
  };
  struct CMUnitTest tests[64];
  char name[8][80];
  size_t n = 0;
  for (int e = 0; e < BP_COUNT(examples); e++)
    for (int i = 0; i < BP_COUNT(properties); i++, n++) {
      snprintf(name[n], sizeof name[n], "%s/%s", examples[e].name, properties[i].name);
      tests[n] = (struct CMUnitTest){
          .name = name[n], .test_func = properties[i].function, .initial_state = &examples[e]};
    }
  for (int i = 0; i < BP_COUNT(refusals); i++)
    tests[n++] = (struct CMUnitTest){.name = refusals[i].name,
                                     .test_func = is_refused,
                                     .initial_state = (void *)(uintptr_t)&refusals[i]};
  memcpy(tests + n, single, sizeof single);
  n += BP_COUNT(single);
  return _cmocka_run_group_tests("umat", tests, n, NULL, NULL);
}
