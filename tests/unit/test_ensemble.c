/* The verdict on tables of numbers: what holds, what flips, ties, what is missing. */
#include "close.h"

#include "ensemble.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"flat", "embossed"};
static const char *const laws[] = {"anand", "garofalo", "powers"};
static const char *const layers[] = {"25 um", "common"};
static const char *const runs_names[] = {"as_given", "law=garofalo", "law=powers"};

enum { LAWS = 3, LAYERS = 2, RATIOS = LAWS * LAYERS };

typedef struct {
  BpEnsembleRatio ratio[RATIOS];
  BpEnsembleMember member[LAWS];
  BpEnsemble ensemble;
} Table;

/* ratio [LAWS][LAYERS] */
static void fill(Table *t, const double *ratio) {
  memset(t, 0, sizeof *t);
  for (int i = 0; i < LAWS; i++)
    t->member[i] = (BpEnsembleMember){.name = runs_names[i], .reason = ""};
  for (int i = 0; i < RATIOS; i++)
    t->ratio[i] = (BpEnsembleRatio){
        .member = i / LAYERS, .level = {i / LAYERS, i % LAYERS}, .summary = 1, .ratio = ratio[i]};
  t->ensemble = (BpEnsemble){.name = names,
                             .ncases = 2,
                             .member = t->member,
                             .nmembers = LAWS,
                             .factor = {{"law", laws, LAWS}, {"layer", layers, LAYERS}},
                             .nfactors = 2,
                             .ratio = t->ratio,
                             .nratios = RATIOS};
}

static BpEnsembleVerdict judge(Table *t, const double *ratio) {
  BpEnsembleVerdict v;
  fill(t, ratio);
  bp_ensemble_judge(&t->ensemble, 1, &v);
  return v;
}

static void assert_says(const Table *t, const BpEnsembleVerdict *v, const char *expected) {
  char *text = bp_ensemble_sentence(&t->ensemble, 1, v);
  assert_string_equal(text, expected);
  free(text);
}

static void a_sign_that_all_share_holds(void **state) {
  (void)state;
  Table t;
  BpEnsembleVerdict v = judge(&t, (double[]){0.93, 0.95, 0.90, 0.99, 0.97, 0.85});
  assert_int_equal(v.sign, -1);
  assert_int_equal(v.known, 1);
  assert_int_equal(v.count.less, 6);
  assert_close(v.count.low, 0.85, 0.0, 0.0);
  assert_close(v.count.high, 0.99, 0.0, 0.0);
  /* laws: 3 pairs in each of 2 layers; layers: one pair in each of 3 laws */
  assert_int_equal(v.by[0].pairs, 6);
  assert_int_equal(v.by[1].pairs, 3);
  assert_int_equal(v.by[0].flips + v.by[1].flips, 0);
  assert_says(&t, &v,
              "embossed over flat: less in all 6 ratios (0.8500 to 0.9900), the sign holds under "
              "all that was varied");
  v = judge(&t, (double[]){1.1, 1.2, 1.3, 1.4, 1.5, 1.6});
  assert_int_equal(v.sign, 1);
}

static void one_factor_alone_flips_it(void **state) {
  (void)state;
  Table t;
  const BpEnsembleVerdict v = judge(&t, (double[]){0.93, 1.10, 0.92, 1.20, 0.91, 1.05});
  assert_int_equal(v.sign, 0);
  assert_int_equal(v.known, 1);
  assert_int_equal(v.by[0].flips, 0);
  assert_int_equal(v.by[1].flips, 3);
  assert_int_equal(v.by[1].flip[0], 2); /* 0.92 to 1.20 is the widest */
  assert_int_equal(v.by[1].flip[1], 3);
  assert_says(
      &t, &v,
      "embossed over flat: the sign does not hold: less in 3, no difference in 0, more in 3 "
      "of 6 ratios (0.9100 to 1.2000); layer alone flips it in 3 of 3 pairs, most from "
      "0.9200 (25 um) to 1.2000 (common) at garofalo; not flipped by law alone");
  const BpEnsembleCount layer = bp_ensemble_count(&t.ensemble, 1, 1, 0),
                        law = bp_ensemble_count(&t.ensemble, 1, 0, 2);
  assert_int_equal(layer.less, 3);
  assert_int_equal(layer.more, 0);
  assert_close(law.low, 0.91, 0.0, 0.0);
  assert_close(law.high, 1.05, 0.0, 0.0);
}

static void no_difference_is_no_sign(void **state) {
  (void)state;
  Table t;
  BpEnsembleVerdict v = judge(&t, (double[]){0.93, 0.95, 0.90, 1.0005, 0.97, 0.85});
  assert_int_equal(v.sign, 0);
  assert_int_equal(v.known, 1);
  assert_int_equal(v.count.same, 1);
  assert_int_equal(v.by[0].flips + v.by[1].flips, 0);
  assert_int_equal(v.by[0].fades, 2); /* against anand and powers in the common region */
  assert_int_equal(v.by[1].fades, 1);
  assert_says(&t, &v,
              "embossed over flat: the difference does not hold: less in 5, no difference in 1, "
              "more in 0 of 6 ratios (0.8500 to 1.0005); not flipped by law, layer alone");
  v = judge(&t, (double[]){1.0, 1.0, 1.0, 1.0, 1.0, 1.0});
  assert_int_equal(v.sign, 0);
  assert_int_equal(v.known, 1);
  assert_says(&t, &v,
              "embossed over flat: no difference: less in 0, no difference in 6, more in 0 of 6 "
              "ratios (1.0000 to 1.0000); not flipped by law, layer alone");
}

static void what_is_missing_is_not_taken_for_agreement(void **state) {
  (void)state;
  Table t;
  BpEnsembleVerdict v = judge(&t, (double[]){0.93, 0.95, NAN, NAN, 0.97, 0.85});
  assert_int_equal(v.sign, 0);
  assert_int_equal(v.known, 0);
  assert_int_equal(v.count.missing, 2);
  assert_int_equal(v.by[0].pairs, 2);
  assert_says(
      &t, &v,
      "embossed over flat: not known to hold: less in 4, no difference in 0, more in 0 of 4 "
      "ratios (0.8500 to 0.9700), but 2 are missing");
  /* a flip is one whatever the missing ones would say */
  v = judge(&t, (double[]){0.93, 0.95, NAN, NAN, 1.07, 0.85});
  assert_int_equal(v.known, 1);
  assert_int_equal(v.sign, 0);
  assert_int_equal(v.by[0].flips, 1);
  assert_int_equal(v.by[1].flips, 1);
  v = judge(&t, (double[]){NAN, NAN, NAN, NAN, NAN, NAN});
  assert_int_equal(v.known, 0);
  assert_true(isnan(v.count.low));
  assert_says(&t, &v, "embossed over flat: not known, no ratio has a result");
}

static void several_together_may_flip_it(void **state) {
  (void)state;
  Table t; /* the two that differ are no neighbours: the others are missing */
  const BpEnsembleVerdict v = judge(&t, (double[]){0.93, NAN, NAN, 1.10, NAN, NAN});
  assert_int_equal(v.by[0].flips + v.by[1].flips, 0);
  assert_says(
      &t, &v,
      "embossed over flat: the sign does not hold: less in 1, no difference in 0, more in 1 "
      "of 2 ratios (0.9300 to 1.1000), 4 are missing; no factor alone flips it, only "
      "several together");
}

static void the_file_has_every_ratio_and_the_verdict(void **state) {
  (void)state;
  Table t;
  fill(&t, (double[]){0.93, 1.10, 0.92, 1.20, NAN, NAN});
  t.member[2].reason = "not converged";
  t.member[2].key = "law";
  t.member[2].value = "powers";
  const char *note[] = {"model.kind was not varied"};
  t.ensemble.note = note;
  t.ensemble.nnotes = 1;
  char *text = bp_ensemble_json(&t.ensemble);
  const char *const parts[] = {"\"schema\": 1",
                               "\"holds\": false",
                               "\"flips\": 2",
                               "\"ratio\": null",
                               "\"layer\": \"common\"",
                               "\"member\": \"law=powers\"",
                               "\"reason\": \"not converged\"",
                               "model.kind was not varied",
                               "'exponent only'"};
  for (int i = 0; i < BP_COUNT(parts); i++)
    if (!strstr(text, parts[i]))
      fail_msg("%s is not in %s", parts[i], text);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_sign_that_all_share_holds),
      cmocka_unit_test(one_factor_alone_flips_it),
      cmocka_unit_test(no_difference_is_no_sign),
      cmocka_unit_test(what_is_missing_is_not_taken_for_agreement),
      cmocka_unit_test(several_together_may_flip_it),
      cmocka_unit_test(the_file_has_every_ratio_and_the_verdict),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
