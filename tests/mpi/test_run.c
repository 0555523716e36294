/* The stepper: it ends steps on every corner of the programme and on prescribed times, cuts with a
 * reason, stops on request; and a run gives the same numbers on one rank and on all of them. */
#include "block.h"
#include "fields.h"
#include "stepper.h"

#include <stdio.h>
#include <stdlib.h>

/* One short cycle, ten kelvin above and at 200 degC. */
static const char cycle[] = "load.programme=[{to: 210 degC, rate: 0.5 K/s}, {hold: 20 s}, "
                            "{to: 200 degC, rate: 0.5 K/s}, {hold: 20 s}]";

/* Seventeen kelvin down and that cycle. */
#define LOAD                                                                                       \
  "load.cooling.to=200 degC", "load.cooling.hold=30 s", cycle, "load.cycles=1",                    \
      "solver.max_step=15 s", "solver.time_tolerance=0.1"

enum { MAX_STEPS = 400 };

typedef struct {
  BpTestBench bench;
  BpJoint *joint;
  BpProgramme *programme;
  BpRunSummary summary;
  BpStep step[MAX_STEPS]; /* accepted ones; pointers in them are not kept but for these */
  const BpCorner *corner[MAX_STEPS];
  int nsteps, ncycles;
  double cycle_work[BP_SIDES];
  int nrejected, stop_after;
  char reason[256];
  double cut_from, cut_to; /* s, of the last rejected step */
} Run;

static PetscErrorCode watch_step(void *context, const BpStep *step) {
  Run *run = context;
  if (run->nsteps < MAX_STEPS) {
    run->step[run->nsteps] = *step;
    run->corner[run->nsteps] = step->corner;
  }
  run->nsteps++;
  for (int side = 0; side < BP_SIDES && step->cycle; side++)
    run->cycle_work[side] = step->cycle->work[run->joint->layer[side]];
  run->ncycles += step->cycle != NULL;
  return 0;
}

static void watch_rejected(void *context, double time, double dt, double next, const char *reason) {
  Run *run = context;
  (void)time;
  run->nrejected++;
  run->cut_from = dt;
  run->cut_to = next;
  snprintf(run->reason, sizeof run->reason, "%s", reason);
}

static int watch_stop(void *context) {
  const Run *run = context;
  return run->stop_after > 0 && run->nsteps > run->stop_after;
}

/* Runs a small joint of full layers. Free with end_run(). */
static void run_joint(MPI_Comm comm, const char *const *overrides, Run *run) {
  int rank;
  BpMesh *mesh = bp_test_small_joint(4, 3, 0.0, 1);
  MPI_Comm_rank(comm, &rank);
  if (rank > 0) {
    bp_mesh_free(mesh);
    mesh = NULL;
  }
  const BpWatch watch = {run, watch_step, watch_rejected, watch_stop, NULL, NULL};
  bp_test_open(comm, bp_test_case(overrides), mesh, &run->bench);
  run->programme = bp_programme_build(&run->bench.bp->load);
  petsc_ok(bp_joint_create(run->bench.model, &run->joint));
  petsc_ok(bp_run(run->bench.newton, run->joint, run->programme, &watch, &run->summary));
}

static void end_run(Run *run) {
  bp_run_summary_free(&run->summary);
  bp_joint_destroy(&run->joint);
  bp_programme_free(run->programme);
  bp_test_close(&run->bench);
  free(run);
}

/* ---- corners and prescribed times */

/* Every corner is the end of a step, exactly, and no step goes over one. */
static void assert_corners(const Run *run) {
  int k = 0;
  assert_in_range(run->nsteps, 2, MAX_STEPS);
  assert_int_equal(run->nsteps, run->summary.accepted + 1);
  for (int c = 1; c < run->programme->count; c++) {
    const BpCorner *corner = &run->programme->corner[c];
    while (k < run->nsteps && run->step[k].time < corner->time)
      assert_ptr_equal(run->corner[k++], NULL);
    assert_true(k < run->nsteps);
    assert_true(run->step[k].time == corner->time);
    assert_ptr_equal(run->corner[k], corner);
    assert_close(run->step[k].temperature, corner->temperature, 1e-14, 0.0);
    k++;
  }
  assert_int_equal(k, run->nsteps);
}

static void ends_steps_on_every_corner(void **state) {
  const Run *run = *state;
  assert_int_equal(run->summary.end, BP_RUN_DONE);
  assert_int_equal(run->programme->count, 1 + 2 + 4);
  assert_corners(run);
  for (int i = 1; i < run->nsteps; i++) {
    const BpStep *step = &run->step[i];
    assert_close(step->dt, step->time - run->step[i - 1].time, 1e-12, 1e-12);
    assert_true(step->dt > 0.0 && step->dt <= 15.0);
    assert_close(step->temperature, bp_programme_temperature(run->programme, step->time), 1e-14,
                 0.0);
    assert_true(run->summary.step_end[i - 1] == step->time);
  }
  assert_int_equal(run->ncycles, 1);
}

/* The work of the one cycle is what has accumulated since the cooling. */
static void a_cycle_is_what_was_gained_in_it(void **state) {
  const Run *run = *state;
  for (int side = 0; side < BP_SIDES; side++) {
    const int layer = run->joint->layer[side];
    double now[32];
    assert_in_range(run->joint->averages.count, 2, 32);
    petsc_ok(bp_averages_mean(run->bench.model, &run->joint->averages, bp_value_work, NULL, now));
    assert_close(run->joint->work[layer], now[layer], 1e-14, 0.0);
    assert_true(run->cycle_work[side] > 0.0 && run->cycle_work[side] < now[layer]);
    assert_close(run->joint->work_start[layer], now[layer], 1e-14, 0.0); /* closed at the end */
  }
}

static void ends_steps_on_prescribed_times(void **state) {
  (void)state;
  static const double times[] = {0.7, 2.0, 5.0, 11.25, 17.0, 30.0, 46.0};
  static const char *const overrides[] = {
      LOAD, "solver.times=[0.7 s, 2 s, 5 s, 11.25 s, 17 s, 30 s, 46 s]", NULL};
  Run *run = BP_NEW(Run, 1);
  run_joint(PETSC_COMM_WORLD, overrides, run);
  assert_int_equal(run->summary.end, BP_RUN_DONE);
  assert_corners(run);
  for (int i = 0; i < BP_COUNT(times); i++) {
    int found = 0;
    for (int k = 0; k < run->nsteps; k++)
      found += run->step[k].time == times[i];
    assert_int_equal(found, 1);
  }
  end_run(run);
}

/* The run ends after the first cycle that is like the one before, and says so. */
static void ends_where_cycles_are_alike(void **state) {
  (void)state;
  static const double wanted = 0.01;
  static const char *const overrides[] = {LOAD,
                                          "load.cycles=12",
                                          "load.steady_change=0.01",
                                          "solver.time_tolerance=0.9",
                                          "solver.max_step=60 s",
                                          NULL};
  Run *run = BP_NEW(Run, 1);
  run_joint(PETSC_COMM_WORLD, overrides, run);
  const BpRunSummary *s = &run->summary;
  assert_int_equal(s->end, BP_RUN_DONE);
  assert_in_range(s->ncycles, 2, 11);
  assert_non_null(strstr(s->reason, "which is steady"));
  const int package = run->joint->layer[BP_PACKAGE_SIDE], board = run->joint->layer[BP_BOARD_SIDE];
  const BpCycle *last = &s->cycle[s->ncycles - 1];
  const int layer = last->work[package] > last->work[board] ? package : board;
  for (int i = 1; i + 1 < s->ncycles; i++)
    assert_true(fabs(s->cycle[i].work[layer] / s->cycle[i - 1].work[layer] - 1.0) > wanted);
  const double change = fabs(last->work[layer] - last[-1].work[layer]) / last->work[layer];
  assert_true(change <= wanted);
  end_run(run);
}

/* A dwell at the temperature of the joining: nothing is left of the load, but stresses are. */
static void comes_back_to_the_joining_temperature(void **state) {
  (void)state;
  static const char there_and_back[] =
      "load.programme=[{to: 30 degC, rate: 0.5 K/s}, {hold: 20 s}, "
      "{to: 25 degC, rate: 0.5 K/s}, {hold: 20 s}]";
  static const char *const overrides[] = {"load.start=25 degC",     "load.cooling.to=20 degC",
                                          "load.cooling.hold=30 s", there_and_back,
                                          "load.cycles=1",          NULL};
  Run *run = BP_NEW(Run, 1);
  run_joint(PETSC_COMM_WORLD, overrides, run);
  assert_int_equal(run->summary.end, BP_RUN_DONE);
  assert_corners(run);
  end_run(run);
}

/* ---- cuts, and ends before the end */

/* One Newton iteration is not enough for solder: every step is cut down to the smallest, where the
 * run gives up and says why. The state stays that of the joining. */
static void gives_up_below_the_smallest_step(void **state) {
  (void)state;
  static const char *const overrides[] = {LOAD, "solver.newton_iterations=1",
                                          "solver.min_step=0.1 s", NULL};
  Run *run = BP_NEW(Run, 1);
  run_joint(PETSC_COMM_WORLD, overrides, run);
  assert_int_equal(run->summary.end, BP_RUN_DIVERGED);
  assert_int_equal(run->summary.accepted, 0);
  assert_int_equal(run->nrejected, run->summary.rejected);
  assert_true(run->nrejected >= 2);
  assert_string_equal(run->reason, "Newton's iterations do not converge");
  assert_string_equal(run->summary.reason,
                      "dt below 0.1 s at t = 0 s: Newton's iterations do not converge");
  assert_true(run->summary.time == 0.0);
  assert_true(run->bench.model->t0 == 0.0);
  for (int s = 0; s < run->bench.model->nsets; s++) {
    const BpPointSet *set = &run->bench.model->set[s];
    for (int p = 0; p < set->npoints; p++)
      if (set->work0[p] != 0.0)
        run->nsteps = -1;
  }
  assert_false(bp_test_any(PETSC_COMM_WORLD, run->nsteps < 0));
  end_run(run);
}

/* A first step of 12 s is more than the tolerance allows: it is cut, and the run goes on. */
static void cuts_a_step_with_too_large_an_error(void **state) {
  (void)state;
  static const char *const overrides[] = {LOAD,
                                          "solver.first_step=12 s",
                                          "solver.time_tolerance=0.002",
                                          "solver.newton_iterations=60",
                                          "load.cooling.hold=0 s",
                                          NULL};
  Run *run = BP_NEW(Run, 1);
  run->stop_after = 2;
  run_joint(PETSC_COMM_WORLD, overrides, run);
  assert_true(run->nrejected >= 1);
  assert_string_equal(run->reason, "the error of the inelastic strain is too large");
  assert_true(run->cut_to < run->cut_from);
  assert_int_equal(run->summary.end, BP_RUN_STOPPED);
  assert_true(run->summary.accepted >= 1);
  end_run(run);
}

static void stops_when_asked(void **state) {
  (void)state;
  static const char *const overrides[] = {LOAD, NULL};
  Run *run = BP_NEW(Run, 1);
  run->stop_after = 3; /* and step 0, the joining */
  run_joint(PETSC_COMM_WORLD, overrides, run);
  assert_int_equal(run->summary.end, BP_RUN_STOPPED);
  assert_int_equal(run->summary.accepted, 3);
  assert_true(run->summary.time == run->step[3].time);
  assert_true(run->bench.model->t0 == run->summary.time);
  end_run(run);
}

/* ---- the same answer on any number of ranks */

static void assert_same_means(const Run *all, const Run *one) {
  double largest = 0.0;
  assert_int_equal(all->joint->averages.count, one->joint->averages.count);
  for (int a = 0; a < one->joint->averages.count; a++) {
    const double error = fabs(all->joint->work[a] - one->joint->work[a]) /
                         fmax(1e-3, fabs(one->joint->work[a])); /* J/m3 */
    largest = fmax(largest, error);
    assert_close(all->joint->work[a], one->joint->work[a], 1e-8, 1e-6);
    assert_close(all->joint->strain[a], one->joint->strain[a], 1e-8, 1e-14);
  }
  assert_true(one->joint->work[one->joint->layer[BP_PACKAGE_SIDE]] > 1e3);
  if (all->bench.rank == 0)
    print_message("work on all ranks against one: %.1e\n", largest);
}

/* A whole run with steps of its own choice: as the step size must not see round-off, the steps are
 * the same ones. */
static void all_ranks_give_what_one_gives(void **state) {
  static const char *const overrides[] = {LOAD, NULL};
  const Run *all = *state;
  Run *one = BP_NEW(Run, 1);
  run_joint(PETSC_COMM_SELF, overrides, one);
  assert_int_equal(all->summary.accepted, one->summary.accepted);
  for (int i = 0; i < one->nsteps; i++)
    assert_true(all->step[i].time == one->step[i].time);
  assert_same_means(all, one);
  const int n = 3 * (int)one->bench.grid->nnodes_all;
  double *u = bp_test_gather(&all->bench, all->bench.newton->u), largest = 0.0;
  double *v = bp_test_gather(&one->bench, one->bench.newton->u), difference = 0.0;
  for (int i = 0; i < n; i++) {
    largest = fmax(largest, fabs(v[i]));
    difference = fmax(difference, fabs(u[i] - v[i]));
  }
  if (all->bench.rank == 0)
    print_message("displacement on all ranks against one: %.1e\n", difference / largest);
  assert_close(difference, 0.0, 0.0, 1e-8 * largest);
  free(u);
  free(v);
  end_run(one);
}

/* A run on all ranks, which several tests look at. */
static int run_on_all_ranks(void **state) {
  static const char *const overrides[] = {LOAD, NULL};
  Run *run = BP_NEW(Run, 1);
  run_joint(PETSC_COMM_WORLD, overrides, run);
  *state = run;
  return 0;
}

static int end_of_run(void **state) {
  end_run(*state);
  return 0;
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ends_steps_on_every_corner),
      cmocka_unit_test(a_cycle_is_what_was_gained_in_it),
      cmocka_unit_test(ends_steps_on_prescribed_times),
      cmocka_unit_test(ends_where_cycles_are_alike),
      cmocka_unit_test(comes_back_to_the_joining_temperature),
      cmocka_unit_test(gives_up_below_the_smallest_step),
      cmocka_unit_test(cuts_a_step_with_too_large_an_error),
      cmocka_unit_test(stops_when_asked),
      cmocka_unit_test(all_ranks_give_what_one_gives),
  };
  return BP_TEST_MAIN_WITH(argc, argv, "run", tests, run_on_all_ranks, end_of_run);
}
