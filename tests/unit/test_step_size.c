/* The next time step: tables of numbers worked out by hand. */
#include "close.h"

#include "step_size.h"

static const BpStepRules plain = {.first = 1.0, .smallest = 0.01, .largest = 300.0};

/* The rung below is 2^(k/4) <= dt < 2^((k+1)/4). */
static void rungs_of_the_ladder(void **state) {
  (void)state;
  static const double row[][2] = {
      {1.0, 1.0},
      {2.0, 2.0},
      {0.25, 0.25},
      {1.19, 1.189207115002721},
      {1.18, 1.0},
      {3.99, 2 * 1.681792830507429},
      {1024.0, 1024.0},
      {10.0, 8 * 1.189207115002721},
      {0.1, 0.0625 * 1.414213562373095},
      {900.0, 512 * 1.681792830507429},
  };
  for (int i = 0; i < BP_COUNT(row); i++)
    assert_close(bp_step_ladder(row[i][0]), row[i][1], 1e-14, 0.0);
}

/* Round-off in dt does not move a step to another rung, so that runs on other numbers of ranks take
 * the same steps. */
static void round_off_does_not_move_a_step(void **state) {
  (void)state;
  for (int k = -60; k <= 60; k++) {
    const double rung = exp2(0.25 * k);
    assert_true(bp_step_ladder(rung) == rung);
    assert_true(bp_step_ladder(rung * (1.0 - 1e-9)) == rung);
    assert_true(bp_step_ladder(rung * (1.0 + 1e-9)) == rung);
    assert_true(bp_step_ladder(rung * 1.18) == rung);
    assert_true(bp_step_ladder(rung * 0.99) < rung);
  }
}

typedef struct {
  double dt, error;
  int order;
  double next;
} Suggestion;

/* 0.9 dt error^(-1/(order + 1)), between a quarter and twice dt, down to a rung. */
static void steps_follow_the_error(void **state) {
  (void)state;
  static const Suggestion row[] = {
      {8.0, 0.0, 1, 16.0},                /* no error: twice */
      {8.0, 1e-9, 2, 16.0},               /* twice at most */
      {8.0, 1.0, 1, 6.727171322029716},   /* 7.2: rung 4 x 2^(3/4) */
      {8.0, 1.0, 2, 6.727171322029716},   /* whatever the order */
      {8.0, 4.0, 1, 3.363585661014858},   /* 3.6: rung 2 x 2^(3/4) */
      {8.0, 8.0, 2, 3.363585661014858},   /* error^(1/3) = 2 */
      {8.0, 4.0, 2, 4.0},                 /* 0.9 x 8/4^(1/3) = 4.536: rung 4 */
      {8.0, 0.81, 1, 8.0},                /* 0.9/0.9 */
      {8.0, 1e6, 1, 2.0},                 /* a quarter at least */
      {8.0, 0.36, 1, 11.313708498984761}, /* 12: rung 8 x 2^(1/2) */
      {256.0, 0.0, 1, 300.0},             /* the largest, 512 would be next */
      {0.02, 1e6, 1, 0.01},               /* the smallest */
  };
  for (int i = 0; i < BP_COUNT(row); i++)
    assert_close(bp_step_suggest(&plain, row[i].dt, row[i].error, row[i].order), row[i].next, 1e-14,
                 0.0);
}

/* Compared runs take the same steps: with prescribed times the error has no say, and after a cut
 * the steps double. */
static void errors_have_no_say_between_prescribed_times(void **state) {
  (void)state;
  const double times[1] = {5.0};
  const BpStepRules given = {
      .first = 1.0, .smallest = 0.01, .largest = 300.0, .times = times, .ntimes = 1};
  assert_close(bp_step_suggest(&given, 8.0, 1e6, 2), 16.0, 1e-14, 0.0);
  assert_close(bp_step_suggest(&given, 256.0, 1e6, 1), 300.0, 1e-14, 0.0);
}

static void steps_with_too_large_an_error_are_repeated(void **state) {
  (void)state;
  const double times[1] = {5.0};
  const BpStepRules given = {
      .first = 1.0, .smallest = 0.01, .largest = 300.0, .times = times, .ntimes = 1};
  assert_false(bp_step_reject(&plain, 1.0, 3.99));
  assert_true(bp_step_reject(&plain, 1.0, 4.01));
  assert_false(bp_step_reject(&plain, 0.01, 100.0)); /* nothing smaller is left */
  assert_true(bp_step_reject(&plain, 0.0101, 100.0));
  assert_false(bp_step_reject(&given, 1.0, 100.0)); /* compared runs take the same steps */
}

/* A quarter; the law's hint if it lies between that and a half. */
static void failed_steps_are_cut(void **state) {
  (void)state;
  static const double row[][3] = {
      /* dt, hint, next */
      {8.0, 0.0, 2.0},
      {8.0, 1.0, 2.0},              /* a hint below a quarter does not count */
      {8.0, 3.0, 2.82842712474619}, /* down to a rung */
      {8.0, 7.0, 4.0},              /* at most a half */
      {8.0, 9.0, 2.0},              /* no smaller than what has failed: no hint */
      {0.02, 0.0, 0.01},
      {0.01, 0.0, 0.0}, /* nothing smaller is left */
  };
  for (int i = 0; i < BP_COUNT(row); i++)
    assert_close(bp_step_cut(&plain, row[i][0], row[i][1]), row[i][2], 1e-14, 0.0);
}

/* What is left to the corner is divided evenly, into as few parts as dt allows. */
static void corners_are_hit(void **state) {
  (void)state;
  static const double row[][4] = {
      /* t, dt, corner, end */
      {0.0, 10.0, 100.0, 10.0},
      {0.0, 30.0, 100.0, 25.0},
      {0.0, 60.0, 100.0, 50.0},
      {50.0, 50.0, 100.0, 100.0},
      {50.0, 80.0, 100.0, 100.0},
      {99.0, 1.0 - 1e-9, 100.0, 100.0}, /* round-off makes no sliver of a step */
      {10.0, 40.0, 100.0, 40.0},
  };
  for (int i = 0; i < BP_COUNT(row); i++)
    assert_close(bp_step_end(&plain, row[i][0], row[i][1], row[i][2]), row[i][3], 1e-15, 0.0);
}

static void prescribed_times_are_hit(void **state) {
  (void)state;
  const double times[] = {10.0, 25.0, 90.0};
  const BpStepRules rules = {
      .first = 1.0, .smallest = 0.01, .largest = 1e4, .times = times, .ntimes = 3};
  static const double row[][4] = {
      /* t, dt, corner, end */
      {0.0, 1000.0, 100.0, 10.0},
      {10.0, 1000.0, 100.0, 25.0},
      {10.0 + 1e-10, 1000.0, 100.0, 25.0},        /* at a time, up to round-off */
      {25.0, 1000.0, 60.0, 60.0},                 /* the corner comes first */
      {25.0, 1000.0, 90.0 + 1e-10, 90.0 + 1e-10}, /* a corner that the time means */
      {25.0, 40.0, 100.0, 57.5},                  /* 65 s in two */
      {90.0, 1000.0, 100.0, 100.0},               /* none is left */
  };
  for (int i = 0; i < BP_COUNT(row); i++)
    assert_close(bp_step_end(&rules, row[i][0], row[i][1], row[i][2]), row[i][3], 1e-15, 0.0);
}

/* From anywhere to the corner without a step above dt or a last one that is much smaller. */
static void walks_end_on_the_corner(void **state) {
  (void)state;
  for (int i = 0; i < 200; i++) {
    const double corner = bp_random(1.0, 2000.0), dt = bp_random(0.01, 1.0) * corner;
    double t = 0.0;
    int steps = 0;
    while (t < corner) {
      const double end = bp_step_end(&plain, t, dt, corner);
      assert_true(end > t && end <= corner && end - t <= dt * (1.0 + 1e-5));
      assert_close(end - t, corner / ceil(corner / dt), 1e-9, 0.0);
      t = end;
      steps++;
    }
    assert_true(t == corner);
    assert_int_equal(steps, (int)ceil(corner / dt));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rungs_of_the_ladder),
      cmocka_unit_test(round_off_does_not_move_a_step),
      cmocka_unit_test(steps_follow_the_error),
      cmocka_unit_test(errors_have_no_say_between_prescribed_times),
      cmocka_unit_test(steps_with_too_large_an_error_are_repeated),
      cmocka_unit_test(failed_steps_are_cut),
      cmocka_unit_test(corners_are_hit),
      cmocka_unit_test(prescribed_times_are_hit),
      cmocka_unit_test(walks_end_on_the_corner),
  };
  return cmocka_run_group_tests_name("step size", tests, NULL, NULL);
}
