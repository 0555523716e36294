/* Random states and increments for every law, 200 to 500 K, strain rates 1e-10 to 1e2 /s,
 * increments up to 20 %: each returns a finite state that satisfies the law's equations, written
 * down here a second time, or asks for a smaller step. `test_soak COUNT` takes COUNT increments for
 * each law and card (20000 unless given).
 *
 * Tolerances: a stress is a difference of strains of up to a strain of 1 or so, so that it carries
 * noise of some 1e-16 of stiffness times strain, which a rate with exponent n feels n-fold. */
#include "soak.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
  BpTestSubject *subject;
  long count, done, cut;
  double worst; /* largest residual over its tolerance */
} Run;

static double random_temperature(const Run *run) {
  double fitted[2], hard[2];
  bp_material_limits(run->subject->material, fitted, hard);
  return bp_random(fmax(200.0, hard[0]), fmin(500.0, hard[1]));
}

/* A point with a past: inelastic strain where no other state must agree with it, resistance. */
static void begin(const Run *run, BpTestPoint *p) {
  const BpLaw *law = run->subject->law;
  bp_test_point(p, run->subject->material, random_temperature(run));
  const int inelastic = bp_law_state_offset(law, BP_STATE_INELASTIC);
  const int resistance = bp_law_state_offset(law, "resistance");
  if (resistance >= 0)
    p->state0[resistance] *= bp_test_random_log(0.3, 3.0);
  if (inelastic < 0 || bp_law_state_size(law) > 8)
    return;
  const double size = bp_test_random_log(1e-9, 0.1);
  bp_test_deviator(p->state0 + inelastic);
  for (int i = 0; i < 6; i++)
    p->state0[inelastic + i] *= size;
  memcpy(p->strain0, p->state0 + inelastic, sizeof p->strain0);
  p->state0[bp_law_state_offset(law, BP_STATE_ACCUMULATED)] =
      bp_equivalent_strain(p->state0 + inelastic) * bp_test_random_log(1.0, 10.0);
}

/* Sums that no equation of the law reads begin at 0, so that what a step adds to them is exact. */
static void clear_sums(BpTestPoint *p) {
  static const char *const sums[] = {BP_STATE_ACCUMULATED, BP_STATE_CREEP_SUM, BP_STATE_PLASTIC_SUM,
                                     BP_STATE_CREEP_WORK};
  if (strcmp(p->law->name, "strain_hardening") == 0 || strcmp(p->law->name, "chaboche") == 0)
    return;
  for (int i = 0; i < BP_COUNT(sums); i++) {
    const int at = bp_law_state_offset(p->law, sums[i]);
    if (at >= 0)
      p->state0[at] = 0.0;
  }
}

static void choose_step(const Run *run, BpTestPoint *p) {
  clear_sums(p);
  const double size = bp_test_random_log(1e-9, 0.2);
  bp_test_random_step(p, size);
  p->dt = size / bp_test_random_log(1e-10, 1e2);
  p->T1 = bp_random(0.0, 1.0) < 0.5 ? p->T0 : random_temperature(run);
}

static void print_point(const BpTestPoint *p, double residual) {
  print_error("residual %.3g of its tolerance; dt %.17g s, t0 %.17g s, T %.17g to %.17g K\n",
              residual, p->dt, p->t0, p->T0, p->T1);
  for (int i = 0; i < 6; i++)
    print_error("  strain %.17g to %.17g, stress %.17g Pa\n", p->strain0[i], p->strain1[i],
                p->stress1[i]);
  for (int i = 0; i < bp_law_state_size(p->law); i++)
    print_error("  state %.17g to %.17g\n", p->state0[i], p->state1[i]);
}

static void returns_a_sound_state_or_a_cut(void **state) {
  Run *run = *state;
  BpTestPoint p;
  const BpSoakCheck check = bp_soak_check(run->subject->law);
  assert_non_null(check);
  for (long k = 0; k < run->count; k++) {
    if (k % 10 == 0)
      begin(run, &p);
    choose_step(run, &p);
    const BpStatus status = bp_test_update(&p, 1);
    if (status == BP_CUT) {
      run->cut++;
      assert_true(p.hint > 0.0 && p.hint < p.dt);
      continue;
    }
    assert_int_equal(status, BP_OK);
    assert_true(bp_test_finite(&p));
    const double residual = check(&p);
    if (!(residual <= 1.0))
      print_point(&p, residual);
    assert_true(residual <= 1.0);
    run->worst = fmax(run->worst, residual);
    run->done++;
    bp_test_accept(&p);
  }
  print_message("%ld accepted, %ld cut, largest residual %.2g of its tolerance\n", run->done,
                run->cut, run->worst);
  assert_true(run->cut <= run->count / 100);
}

static void every_law_is_checked(void **state) {
  (void)state;
  for (int i = 0; bp_laws[i]; i++)
    if (!bp_soak_check(bp_laws[i]))
      fail_msg("the soak does not know the equations of '%s'", bp_laws[i]->name);
}

int main(int argc, char **argv) {
  int count;
  BpTestSubject *subject = bp_test_subjects(&count);
  struct CMUnitTest *tests = BP_NEW(struct CMUnitTest, count + 1);
  Run *run = BP_NEW(Run, count);
  for (int i = 0; i < count; i++) {
    run[i] = (Run){.subject = &subject[i], .count = argc > 1 ? atol(argv[1]) : 20000};
    tests[i] = (struct CMUnitTest){
        .name = bp_format("%s/%s", subject[i].law->name, bp_material_name(subject[i].material)),
        .test_func = returns_a_sound_state_or_a_cut,
        .initial_state = &run[i]};
  }
  tests[count] = (struct CMUnitTest)cmocka_unit_test(every_law_is_checked);
  const int failed = _cmocka_run_group_tests("soak", tests, (size_t)count + 1, NULL, NULL);
  for (int i = 0; i < count; i++)
    free((char *)(uintptr_t)tests[i].name);
  bp_test_subjects_free(subject, count);
  free(tests);
  free(run);
  return failed || count == 0;
}
