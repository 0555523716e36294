/* Cycles from a CSV file, soak modes, and named cycles against their standards. */
#include "close.h"

#include "config.h"
#include "programme.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER BP_SOURCE_DIR "/tests/bad_input/mission"

enum { MAX_FILES = 40 };

static BpCase *read_load(const char *load, BpProblems *problems) {
  char *text = bp_format("load: {%s}\n", load);
  *problems = (BpProblems){0};
  BpCase *bp = bp_case_read_text("case.yaml", text, NULL, 0, problems);
  free(text);
  return bp;
}

static int says(const BpProblems *problems, const char *text) {
  for (int i = 0; i < problems->count; i++)
    if (strstr(problems->item[i].text, text))
      return 1;
  return 0;
}

static void refuses(void **state) {
  const char *path = *state;
  char line[1024], *load = bp_format("mission: %s", path);
  BpProblems problems;
  FILE *in = fopen(path, "r");
  assert_non_null(in);
  assert_non_null(fgets(line, sizeof line, in));
  fclose(in);
  line[strcspn(line, "\n")] = '\0';
  assert_null(read_load(load, &problems));
  assert_int_equal(problems.count, 1);
  assert_int_equal(problems.item[0].code, BP_EXIT_CASE);
  assert_memory_equal(problems.item[0].text, path, strlen(path));
  assert_memory_equal(line, "# expect ", 9);
  if (!says(&problems, line + 9))
    print_error("%s\n", problems.item[0].text);
  assert_true(says(&problems, line + 9));
  bp_problems_free(&problems);
  free(load);
}

static int has_csv_name(const struct dirent *entry) {
  const char *dot = strrchr(entry->d_name, '.');
  return dot && strcmp(dot, ".csv") == 0;
}

static int test_refused(void) {
  static struct CMUnitTest tests[MAX_FILES];
  struct dirent **entry = NULL;
  const int found = scandir(FOLDER, &entry, has_csv_name, alphasort);
  if (found < 8 || found > MAX_FILES) /* an empty folder is not a success */
    return 1;
  for (int i = 0; i < found; i++) {
    tests[i] = (struct CMUnitTest){.name = bp_format("mission/%s", entry[i]->d_name),
                                   .test_func = refuses,
                                   .initial_state = bp_format("%s/%s", FOLDER, entry[i]->d_name)};
    free(entry[i]);
  }
  free(entry);
  const int failed = _cmocka_run_group_tests("mission", tests, (size_t)found, NULL, NULL);
  for (int i = 0; i < found; i++) {
    free((void *)(uintptr_t)tests[i].name);
    free(tests[i].initial_state);
  }
  return failed;
}

/* The shipped day in a car: what its rows say is what the programme does, twice. */
static void a_mission_is_a_programme(void **state) {
  (void)state;
  BpProblems problems;
  BpCase *bp = read_load("mission: " BP_SOURCE_DIR "/cases/missions/car-day.csv, cycles: 2, "
                         "start: 25 degC, cooling: {to: 10 degC, rate: 1 K/s, hold: 0 s}, "
                         "heat: {solve: coupled}",
                         &problems);
  assert_non_null(bp);
  BpProgramme *p = bp_programme_build(&bp->load);
  const double begin = 15.0, day = 86400.0;
  const struct {
    double time, temperature, power;
  } row[] = {{7 * 3600.0, 283.15, 0.0},    {7.5 * 3600.0, 353.15, 0.5},
             {8.5 * 3600.0, 353.15, 0.5},  {10 * 3600.0, 303.15, 0.0},
             {17 * 3600.0, 313.15, 0.0},   {17.5 * 3600.0, 353.15, 0.5},
             {18.5 * 3600.0, 353.15, 0.5}, {21 * 3600.0, 283.15, 0.0}};
  for (int cycle = 0; cycle < 2; cycle++)
    for (int i = 0; i < BP_COUNT(row); i++) {
      const double t = begin + cycle * day + row[i].time;
      const BpCorner *corner = bp_programme_next(p, t - 1.0);
      assert_close(bp_programme_temperature(p, t), row[i].temperature, 1e-12, 0.0);
      assert_close(corner->time, t, 1e-12, 0.0);
      assert_close(corner->power, row[i].power, 1e-12, 0.0);
    }
  assert_close(p->corner[p->count - 1].time, begin + 2 * day, 1e-12, 0.0);
  assert_int_equal(p->first_cycle, 1);
  bp_programme_free(p);
  bp_case_free(bp);
  bp_problems_free(&problems);
}

static void a_mission_starts_where_the_cooling_ends(void **state) {
  (void)state;
  BpProblems problems;
  assert_null(read_load(
      "mission: " BP_SOURCE_DIR "/cases/missions/car-day.csv, heat: {solve: coupled}", &problems));
  assert_true(says(&problems,
                   "load.cooling.to is 25 degC and the mission profile starts at 10 degC; "
                   "write cooling: {to: 10 degC}"));
  bp_problems_free(&problems);
  assert_null(read_load("mission: nowhere.csv", &problems));
  assert_true(says(&problems, "load.mission: 'nowhere.csv' cannot be read"));
  bp_problems_free(&problems);
}

static void power_needs_heat_and_a_region(void **state) {
  (void)state;
  BpProblems problems;
  assert_null(read_load("programme: [{hold: 5 min, power: 0.5 W}]", &problems));
  assert_true(says(&problems, "the load has power, and load.heat.solve is none"));
  bp_problems_free(&problems);
  assert_null(read_load("programme: [{hold: 5 min, power: 0.5 W}], heat: {solve: coupled, "
                        "power_region: dye}",
                        &problems));
  assert_true(says(&problems, "the load has power, and the model has no region 'dye' for it; write "
                              "load.heat.power_region: NAME of one of its regions"));
  bp_problems_free(&problems);
}

/* Soak modes 1 to 4 are 1, 5, 10 and 15 min. */
static void soak_modes(void **state) {
  (void)state;
  static const double least[] = {1.0, 5.0, 10.0, 15.0};
  for (int mode = 1; mode <= 4; mode++) {
    BpProblems problems;
    char *load = bp_format("soak_mode: %d", mode);
    BpCase *bp = read_load(load, &problems);
    assert_non_null(bp);
    assert_close(bp->load.dwell, 60.0 * least[mode - 1], 1e-15, 0.0);
    assert_close(bp->load.programme[1].hold, 60.0 * least[mode - 1], 1e-15, 0.0);
    assert_true(says(&problems, "is unverified (trust mark M)"));
    bp_case_free(bp);
    bp_problems_free(&problems);
    free(load);
  }
  BpProblems problems;
  assert_null(read_load("soak_mode: 3, dwell: 5 min", &problems));
  assert_true(says(&problems,
                   "load.dwell is 5 min, and soak mode 3 asks for 10 min at least; raise "
                   "it, or leave it away"));
  bp_problems_free(&problems);
}

/* load, and what is said of it; NULL: nothing. */
static void cycles_against_their_standards(void **state) {
  (void)state;
  static const struct {
    const char *load, *said;
  } row[] = {
      {"profile: JESD22-A104-G", NULL},
      {"profile: JESD22-A104-J", "JESD22-A104-J: its temperatures, 0 and 100 degC, are unverified"},
      {"profile: JESD22-A104-G, ramp: 10 min", "a ramp of 16.5 K/min is faster than the 15 K/min"},
      {"profile: JESD22-A104-G, dwell: 30 s", "a dwell of 0.5 min is shorter than the 1 min"},
      {"profile: JESD22-A104-G, dwell: 30 min", "0.667 cycles an hour are not within the 1 to 2"},
      {"profile: IPC-9701-TC3, dwell: 10 min", "IPC-9701A-TC3: its temperatures, -40 and 125 degC"},
      {"profile: IPC-9701A-TC4, ramp: 5 min, dwell: 10 min",
       "a ramp of 36 K/min is faster than the 20 K/min"},
      {"profile: IPC-9701A-TC1, dwell: 5 min", "a dwell of 5 min is shorter than the 10 min"},
      {"profile: IPC-9701A-TC1, dwell: 30 min", "a dwell of 30 min is longer than the 15 min"},
      {"profile: AEC-Q100-G0", NULL},
  };
  for (int i = 0; i < BP_COUNT(row); i++) {
    BpProblems problems;
    BpCase *bp = read_load(row[i].load, &problems);
    assert_non_null(bp);
    if (!row[i].said)
      assert_int_equal(problems.count, 0);
    else if (!says(&problems, row[i].said))
      fail_msg("%s: not said: %s", row[i].load, row[i].said);
    bp_case_free(bp);
    bp_problems_free(&problems);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_mission_is_a_programme),
      cmocka_unit_test(a_mission_starts_where_the_cooling_ends),
      cmocka_unit_test(power_needs_heat_and_a_region),
      cmocka_unit_test(soak_modes),
      cmocka_unit_test(cycles_against_their_standards),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) + test_refused();
}
