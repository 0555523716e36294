/* Whole cases: defaults, --set, the dump, rules, and every file of tests/bad_input/case. */
#include "close.h"

#include "config.h"
#include "profile.h"
#include "scratch.h"
#include "units.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BAD_INPUT BP_SOURCE_DIR "/tests/bad_input/case"
#define MAX_FILES 200

/* Writes text to a new file; its name is to be unlinked and freed. */
static char *write_case(const char *text) {
  char *path = bp_copy_text("/tmp/bp_case_XXXXXX");
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
  close(fd);
  return path;
}

static BpCase *read_text(const char *text, char *const *overrides, int n, BpProblems *problems) {
  char *path = write_case(text);
  BpCase *bp = bp_case_read(path, overrides, n, problems);
  unlink(path);
  free(path);
  return bp;
}

static BpCase *read_well(const char *text, char *const *overrides, int n) {
  BpProblems problems = {0};
  BpCase *bp = read_text(text, overrides, n, &problems);
  bp_problems_print(&problems, stderr);
  assert_int_equal(problems.count, 0);
  assert_non_null(bp);
  return bp;
}

static void has_defaults_in_si(void **state) {
  (void)state;
  BpCase *bp = read_well("package:\n", NULL, 0);
  const BpPackage *p = &bp->package;
  assert_close(p->pitch, 0.5e-3, 1e-15, 0.0);
  assert_close(p->passivation_thickness, 0.8e-6, 1e-15, 0.0);
  assert_close(p->die.size, 5e-3, 1e-15, 0.0);
  assert_close(p->dielectrics.hole_radius, 125e-6, 1e-15, 0.0);
  assert_close(p->wiring.wall_ratio, 0.7, 1e-15, 0.0);
  assert_close(p->pad.ring.outer_radius, 77.8e-6, 1e-15, 0.0);
  assert_close(p->pad.ring.height, 5e-6, 1e-15, 0.0);
  assert_close(p->pad.concave_radius, 115e-6, 1e-15, 0.0);
  assert_close(p->ball.diameter, 300e-6, 1e-15, 0.0);
  assert_close(p->board.mask_opening_radius, 175e-6, 1e-15, 0.0);
  assert_string_equal(p->pad.shape, "flat");
  assert_string_equal(bp->model.kind, "cell");
  assert_close(bp->model.neutral_distance, 3.18e-3, 1e-15, 0.0);
  assert_int_equal(bp->mesh.level, 0);
  assert_string_equal(bp->materials.region[BP_REGION_SOLDER].card, "sac305_anand_motalab2012");
  assert_close(bp->materials.region[BP_REGION_DIE].stress_free, 490.15, 1e-15, 0.0);
  assert_close(bp->load.cool_hold, 900.0, 0.0, 0.0);
  assert_int_equal(bp->load.cycles, 3);
  assert_int_equal(bp->load.nprogramme, 4);
  assert_close(bp->load.programme[0].to, 398.15, 1e-15, 0.0);
  assert_close(bp->load.programme[0].rate, 11.0 / 60.0, 1e-13, 0.0);
  assert_close(bp->load.programme[1].hold, 900.0, 0.0, 0.0);
  assert_close(bp->load.programme[2].to, 233.15, 1e-15, 0.0);
  assert_string_equal(bp->solver.linear, "pmultigrid");
  assert_close(bp->solver.max_step, 300.0, 0.0, 0.0);
  assert_int_equal(bp->output.nlayers, 4);
  assert_close(bp->output.layers[3], 38.1e-6, 1e-15, 0.0);
  assert_string_equal(bp->life.models, "fitted");
  assert_close(bp->life.weibull.shape, 0.0, 0.0, 0.0);
  assert_int_equal(bp->life.weibull.sample, 1);
  assert_close(bp->life.weibull.failed, 0.01, 0.0, 0.0);
  assert_string_equal(bp->petsc, "");
  bp_case_free(bp);
}

static const char everything[] =
    "package: {pitch: 0.4 mm, pad: {shape: embossed, ring: {height: 4.3 um, gaps: {count: 3, "
    "angle: "
    "33 deg, orientation: -60 deg}}, further_rings: [{inner_radius: 20 um, outer_radius: 30 um}], "
    "dimples: {count: 5, radius: 4 um, further_circles: [{count: 2, circle_radius: 21 um, "
    "orientation: 0.5 rad}]}, "
    "first_dielectric: [{outer_radius: 12 um}, {inner_radius: 40 um, outer_radius: 90 um}]}, "
    "ball: {diameter: 250 um, paste_volume: 0.001 mm3}, board: {pad_radius: 100 um, "
    "mask_opening_radius: 150 um}}\n"
    "model: {neutral_distance: 0 mm}\n"
    "mesh: {level: 2, extra_radii: [12.5 um, 1 mm], extra_angles: [0.3 rad, 90 deg], extra_levels: "
    "[0 um, -3 um]}\n"
    "materials:\n"
    "  die: ./cards/my die.yaml\n"
    "  dielectric1: {stress_free: 350 degC}\n"
    "  mask: {card: other}\n"
    "load:\n"
    "  start: 220 degC\n"
    "  profile: ipc-9701a-tc1\n"
    "  programme: [{to: 100 degC, rate: 10 K/min}, {hold: 10 min}, {to: 273.15 K, rate: 7 K/s}]\n"
    "solver: {linear: direct, times: [0.1 s, 0.30000000000000004 s, 7 h]}\n"
    "output: {fields: steps, layers: []}\n"
    "life: {models: \"fitted, a\", weibull: {shape: 4.5, sample: 32, failed: 0.1}}\n"
    "petsc: |\n"
    "  -ksp_monitor  # \"quoted\"\n"
    "\n"
    "  -log_view\n";

static void assert_same_annuli(const BpAnnulus *a, const BpAnnulus *b, int count) {
  for (int i = 0; i < count; i++)
    assert_memory_equal(&a[i], &b[i], sizeof a[i]);
}

/* Value by value, lists by what is in them. */
static void assert_same_package(const BpPackage *a, const BpPackage *b) {
  BpPackage x = *a, y = *b;
  assert_int_equal(x.pad.nfurther_rings, y.pad.nfurther_rings);
  assert_int_equal(x.pad.nfirst_dielectric, y.pad.nfirst_dielectric);
  assert_same_annuli(x.pad.further_rings, y.pad.further_rings, x.pad.nfurther_rings);
  assert_same_annuli(x.pad.first_dielectric, y.pad.first_dielectric, x.pad.nfirst_dielectric);
  assert_int_equal(x.pad.dimples.nfurther, y.pad.dimples.nfurther);
  for (int i = 0; i < x.pad.dimples.nfurther; i++)
    assert_memory_equal(&x.pad.dimples.further[i], &y.pad.dimples.further[i],
                        sizeof x.pad.dimples.further[i]);
  x.pad.dimples.further = y.pad.dimples.further = NULL;
  x.pad.further_rings = y.pad.further_rings = NULL;
  x.pad.first_dielectric = y.pad.first_dielectric = NULL;
  assert_memory_equal(&x, &y, sizeof x);
}

static void dumps_a_case_that_reads_the_same(void **state) {
  (void)state;
  static const char *const texts[] = {"package:\n", everything};
  for (int i = 0; i < BP_COUNT(texts); i++) {
    BpCase *first = read_well(texts[i], NULL, 0);
    char *dump = bp_case_dump(first);
    BpCase *second = read_well(dump, NULL, 0);
    char *again = bp_case_dump(second);
    assert_string_equal(dump, again);
    assert_same_package(&first->package, &second->package);
    assert_memory_equal(&first->materials, &second->materials, sizeof first->materials);
    assert_memory_equal(&first->life, &second->life, sizeof first->life);
    assert_int_equal(first->load.nprogramme, second->load.nprogramme);
    assert_memory_equal(first->load.programme, second->load.programme,
                        (size_t)first->load.nprogramme * sizeof *first->load.programme);
    assert_string_equal(first->petsc, second->petsc);
    free(dump);
    free(again);
    bp_case_free(first);
    bp_case_free(second);
  }
}

static void reads_everything(void **state) {
  (void)state;
  BpCase *bp = read_well(everything, NULL, 0);
  assert_close(bp->package.pad.ring.height, 4.3e-6, 1e-15, 0.0);
  assert_int_equal(bp->package.pad.ring.gaps.count, 3);
  assert_close(bp->package.pad.ring.gaps.angle, 33.0 / 180.0 * M_PI, 1e-15, 0.0);
  assert_close(bp->package.pad.ring.gaps.orientation, -M_PI / 3.0, 1e-15, 0.0);
  assert_int_equal(bp->package.pad.nfurther_rings, 1);
  assert_close(bp->package.pad.further_rings[0].inner_radius, 20e-6, 1e-15, 0.0);
  assert_int_equal(bp->package.pad.dimples.circle.count, 5);
  assert_close(bp->package.pad.dimples.circle.radius, 66e-6, 1e-15, 0.0);
  assert_int_equal(bp->package.pad.dimples.nfurther, 1);
  assert_int_equal(bp->package.pad.dimples.further[0].count, 2);
  assert_close(bp->package.pad.dimples.further[0].radius, 21e-6, 1e-15, 0.0);
  assert_close(bp->package.pad.dimples.further[0].orientation, 0.5, 1e-15, 0.0);
  assert_int_equal(bp->package.pad.nfirst_dielectric, 2);
  assert_close(bp->package.pad.first_dielectric[0].inner_radius, 0.0, 0.0, 0.0);
  assert_close(bp->package.pad.first_dielectric[1].outer_radius, 90e-6, 1e-15, 0.0);
  assert_int_equal(bp->mesh.nextra_angles, 2);
  assert_close(bp->mesh.extra_angles[1], 0.5 * M_PI, 1e-15, 0.0);
  assert_int_equal(bp->mesh.nextra_levels, 2);
  assert_close(bp->mesh.extra_levels[1], -3e-6, 1e-15, 0.0);
  assert_string_equal(bp->materials.region[BP_REGION_DIE].card, "./cards/my die.yaml");
  assert_close(bp->materials.region[BP_REGION_DIE].stress_free, 493.15, 1e-15, 0.0);
  assert_string_equal(bp->materials.region[BP_REGION_DIELECTRIC1].card, "polyimide_generic");
  assert_close(bp->materials.region[BP_REGION_DIELECTRIC1].stress_free, 623.15, 1e-15, 0.0);
  assert_string_equal(bp->load.profile, "IPC-9701A-TC1");
  assert_int_equal(bp->load.nprogramme, 3);
  assert_close(bp->load.programme[2].to, 273.15, 1e-15, 0.0);
  assert_int_equal(bp->output.nlayers, 0);
  assert_string_equal(bp->life.models, "fitted, a");
  assert_close(bp->life.weibull.shape, 4.5, 0.0, 0.0);
  assert_int_equal(bp->life.weibull.sample, 32);
  assert_close(bp->life.weibull.failed, 0.1, 0.0, 0.0);
  assert_string_equal(bp->petsc, "-ksp_monitor  # \"quoted\"\n\n-log_view\n");
  bp_case_free(bp);
}

/* A named cycle stays one in the dump, so that another name still has an effect on it. */
static void dumps_a_named_cycle_as_its_name(void **state) {
  (void)state;
  char *other[] = {"load.profile=JESD22-A104-C"};
  BpCase *bp = read_well("package:\n", NULL, 0);
  char *dump = bp_case_dump(bp);
  assert_non_null(strstr(dump, "  profile: JESD22-A104-G\n"));
  assert_non_null(strstr(dump, "  programme: []\n"));
  bp_case_free(bp);
  bp = read_well(dump, other, 1);
  assert_close(bp->load.programme[0].to, 423.15, 1e-15, 0.0);
  free(dump);
  bp_case_free(bp);
}

static void sets_what_the_file_could_say(void **state) {
  (void)state;
  char *overrides[] = {
      "package.pad.shape=embossed",
      "package.pitch = 0.4 mm",
      "load.programme=[{to: 100 degC, rate: 10 K/min}, {hold: 10 min}]",
      "materials.solder=other",
      "materials.die=first",
      "materials.die.stress_free=30 degC",
      "petsc=-a -b=c",
      "mesh.level=1",
      "mesh.level=2",
  };
  BpCase *set = read_well("materials: {dielectric1: x}\n", overrides, BP_COUNT(overrides));
  BpCase *file = read_well("package: {pad: {shape: embossed}, pitch: 0.4 mm}\n"
                           "load: {programme: [{to: 100 degC, rate: 10 K/min}, {hold: 10 min}]}\n"
                           "materials: {dielectric1: x, solder: other, die: {card: first, "
                           "stress_free: 30 degC}}\n"
                           "petsc: -a -b=c\n"
                           "mesh: {level: 2}\n",
                           NULL, 0);
  char *a = bp_case_dump(set), *b = bp_case_dump(file);
  assert_string_equal(a, b);
  free(a);
  free(b);
  bp_case_free(set);
  bp_case_free(file);
}

static void expect_override(char *override, BpExit code, const char *message) {
  BpProblems problems = {0};
  assert_null(read_text("package:\n", &override, 1, &problems));
  assert_int_equal(problems.count, 1);
  assert_int_equal(bp_problems_exit(&problems), code);
  assert_string_equal(problems.item[0].text, message);
  bp_problems_free(&problems);
}

static void refuses_wrong_overrides(void **state) {
  (void)state;
  expect_override("mesh.level", BP_EXIT_USAGE,
                  "--set 'mesh.level' sets nothing; write --set path.to.key=value");
  expect_override("=3", BP_EXIT_USAGE, "--set '=3' sets nothing; write --set path.to.key=value");
  expect_override("mesh.levle=3", BP_EXIT_CASE,
                  "--set mesh.levle: unknown key 'levle' in mesh; did you mean 'level'?");
  expect_override("package.pitch=5", BP_EXIT_CASE,
                  "--set package.pitch: '5' has no unit; write for example '5 um'");
  expect_override("package.pitch=[5", BP_EXIT_CASE,
                  "--set package.pitch: while parsing a flow sequence: did not find expected ',' "
                  "or ']'; mind the indentation, a blank after ':' and closing brackets");
  expect_override("load.programme=[{hold: 1 s, to: 3 K}]", BP_EXIT_CASE,
                  "--set load.programme: load.programme: one entry is a ramp and a dwell; write "
                  "{to: 125 degC, rate: 11 K/min} and {hold: 15 min} as two entries");
  expect_override("package.pad.ring.inner_radius=80 um", BP_EXIT_CASE,
                  "--set package.pad.ring.inner_radius: package.pad.ring.inner_radius is 80 um and "
                  "must be smaller than package.pad.ring.outer_radius, 77.8 um; reduce it or make "
                  "package.pad.ring.outer_radius more than 80 um");
}

static void reports_at_the_nearest_line(void **state) {
  (void)state;
  char *override[] = {"model.kind=cell"};
  static const char *const keys[] = {"package.pad.shape", "package.pad.ring.height",
                                     "package.pitch", "load.start", "model.kind"};
  static const char *const places[] = {":3: x", ":2: x", ":1: x", ": x", "--set model.kind: x"};
  BpCase *bp = read_well("package:\n  pad:\n    shape: flat\n", override, 1);
  for (int i = 0; i < BP_COUNT(keys); i++) {
    BpProblems problems = {0};
    bp_case_problem(bp, &problems, BP_EXIT_GEOMETRY, keys[i], "%s", "x");
    const char *head = places[i][0] == '-' ? "" : bp->file;
    char *expected = bp_format("%s%s", head, places[i]);
    assert_int_equal(problems.item[0].code, BP_EXIT_GEOMETRY);
    assert_string_equal(problems.item[0].text, expected);
    free(expected);
    bp_problems_free(&problems);
  }
  bp_case_free(bp);
}

static void knows_its_keys(void **state) {
  (void)state;
  assert_true(bp_case_is_key("package.pad.ring.height"));
  assert_true(bp_case_is_key("materials.solder"));
  assert_true(bp_case_is_key("materials.die.stress_free"));
  assert_true(bp_case_is_key("petsc"));
  assert_false(bp_case_is_key("materials.solder.stress_free"));
  assert_false(bp_case_is_key("package.pad"));
  assert_false(bp_case_is_key("materials"));
  assert_false(bp_case_is_key(""));
  assert_false(bp_case_is_key("package.pad.ring.heigth"));
  assert_int_equal(bp_case_key("package.pad.ring.height").kind, BP_KEY_NUMBER);
  assert_string_equal(bp_case_key("package.pad.ring.height").si, "m");
  assert_int_equal(bp_case_key("load.cycles").kind, BP_KEY_COUNT);
  assert_int_equal(bp_case_key("load.programme").kind, BP_KEY_OTHER);
  assert_int_equal(bp_case_key("package.pad").kind, BP_KEY_NONE);
  assert_string_equal(bp_case_key_nearest("package.pad.ring.heigth"), "package.pad.ring.height");
  assert_null(bp_case_key_nearest("qqqq"));
  char *text = bp_case_reference();
  assert_non_null(strstr(text, "| `package.pad.ring.height` | m | "
                               "`package.dielectrics.second.thickness` | greater than 0 | "));
  free(text);
}

static void knows_its_regions(void **state) {
  (void)state;
  for (int i = 0; i < BP_REGIONS; i++)
    assert_int_equal(bp_region_find(bp_region_name(i)), i);
  assert_string_equal(bp_region_name(BP_REGION_BOARD_PAD), "board_pad");
  assert_int_equal(bp_region_find("ball"), -1);
}

static void knows_its_profiles(void **state) {
  (void)state;
  const BpProfile *j = bp_profile_find("jesd22-a104-j");
  assert_non_null(j);
  assert_close(j->temp_min, 273.15, 1e-15, 0.0);
  assert_close(j->temp_max, 373.15, 1e-15, 0.0);
  for (const char *letter = "ABCGHK"; *letter; letter++) {
    char name[] = "JESD22-A104-?";
    name[12] = *letter;
    assert_int_equal(bp_profile_find(name)->trust, 'V');
  }
  assert_int_equal(j->trust, 'M');
  assert_null(bp_profile_find("JESD22-A104-D"));
  assert_null(bp_profile_find(""));
}

static void finds_data_files(void **state) {
  (void)state;
  char path[BP_PATH], folder[] = "/tmp/bp_data_XXXXXX";
  const char *before = getenv("BALLPAD_DATA");
  char *saved = before ? bp_copy_text(before) : NULL;
  setenv("BALLPAD_DATA", BP_SOURCE_DIR, 1);
  assert_int_equal(bp_data_file("cases/flat.yaml", path, sizeof path), BP_OK);
  assert_string_equal(path, BP_SOURCE_DIR "/cases/flat.yaml");
  assert_int_equal(bp_data_file("cases", path, sizeof path), BP_BAD);
  assert_int_equal(bp_data_file("cases/none.yaml", path, sizeof path), BP_BAD);
  assert_string_equal(path, "");
  assert_int_equal(bp_data_file("cases/flat.yaml", path, 8), BP_BAD);
  assert_non_null(mkdtemp(folder)); /* what it lacks is found in the next place */
  setenv("BALLPAD_DATA", folder, 1);
  assert_int_equal(bp_data_file("cases/flat.yaml", path, sizeof path), BP_OK);
  unsetenv("BALLPAD_DATA");
  assert_int_equal(bp_data_file("cases/flat.yaml", path, sizeof path), BP_OK);
  char *own = bp_format("%s/own.yaml", folder);
  FILE *out = fopen(own, "w");
  assert_non_null(out);
  fclose(out);
  setenv("BALLPAD_DATA", folder, 1);
  assert_int_equal(bp_data_file("own.yaml", path, sizeof path), BP_OK);
  assert_string_equal(path, own);
  unlink(own);
  free(own);
  unsetenv("BALLPAD_DATA");
  rmdir(folder);
  if (saved)
    setenv("BALLPAD_DATA", saved, 1);
  free(saved);
}

static void write_beside(const char *directory, const char *name, const char *text) {
  char *path = bp_format("%s/%s", directory, name);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
  free(path);
}

/* Beside the case first, then from the working directory; names of the library stay. */
static void finds_the_cards_that_are_files(void **state) {
  (void)state;
  char *directory = bp_test_directory(), *path = bp_format("%s/case.yaml", directory),
       here[BP_PATH];
  char *whole = realpath(directory, NULL);
  BpProblems problems = {0};
  write_beside(directory, "mine.yaml", "name: mine\n");
  write_beside(
      directory, "case.yaml",
      "materials:\n  solder: {card: mine.yaml}\n  die: {card: CMakeLists.txt/../none.yaml}\n"
      "  mask: {card: ./CMakeLists.txt}\n");
  assert_non_null(getcwd(here, sizeof here));
  assert_int_equal(chdir(BP_SOURCE_DIR), 0);
  BpCase *bp = bp_case_read(path, NULL, 0, &problems);
  assert_int_equal(chdir(here), 0);
  assert_non_null(bp);
  char *expected = bp_format("%s/mine.yaml", whole);
  assert_string_equal(bp->materials.region[BP_REGION_SOLDER].card, expected);
  assert_string_equal(bp->materials.region[BP_REGION_DIE].card, "CMakeLists.txt/../none.yaml");
  free(whole);
  whole = realpath(BP_SOURCE_DIR "/CMakeLists.txt", NULL);
  assert_string_equal(bp->materials.region[BP_REGION_MASK].card, whole);
  assert_string_equal(bp->materials.region[BP_REGION_BOARD].card, "fr4_generic");
  bp_case_free(bp);
  bp_problems_free(&problems);
  free(expected);
  free(whole);
  free(path);
  bp_test_remove(directory);
}

static void reads_the_shipped_cases(void **state) {
  (void)state;
  static const char *const shapes[] = {"flat", "embossed"};
  char *dump[2];
  for (int i = 0; i < 2; i++) {
    BpProblems problems = {0};
    char *path = bp_format("%s/cases/%s.yaml", BP_SOURCE_DIR, shapes[i]);
    BpCase *bp = bp_case_read(path, NULL, 0, &problems);
    bp_problems_print(&problems, stderr);
    assert_non_null(bp);
    assert_string_equal(bp->package.pad.shape, shapes[i]);
    assert_close(bp->materials.region[BP_REGION_DIELECTRIC3].stress_free, 623.15, 1e-15, 0.0);
    strcpy(bp->package.pad.shape, "same");
    dump[i] = bp_case_dump(bp);
    bp_case_free(bp);
    free(path);
  }
  assert_string_equal(dump[0], dump[1]);
  free(dump[0]);
  free(dump[1]);
}

static void names_a_missing_file(void **state) {
  (void)state;
  BpProblems problems = {0};
  char *override = "nothing";
  assert_null(bp_case_read("/nonexistent.yaml", &override, 1, &problems));
  assert_int_equal(problems.count, 2);
  assert_int_equal(bp_problems_exit(&problems), BP_EXIT_USAGE);
  assert_int_equal(problems.item[1].code, BP_EXIT_CASE);
  bp_problems_free(&problems);
  bp_case_free(NULL);
}

/* ---- tests/bad_input/case: each file begins with one "# expect 3: text" for every problem */

static int is_among(const char *text, const BpProblems *problems) {
  for (int i = 0; i < problems->count; i++)
    if (strstr(problems->item[i].text, text))
      return 1;
  return 0;
}

static void is_refused_as_expected(void **state) {
  const char *path = *state;
  char line[1024];
  int code, from, expected = 0;
  BpProblems problems = {0};
  BpCase *bp = bp_case_read(path, NULL, 0, &problems);
  FILE *in = fopen(path, "r");
  assert_non_null(in);
  assert_null(bp);
  while (fgets(line, sizeof line, in) && sscanf(line, "# expect %d: %n", &code, &from) == 1) {
    line[strcspn(line, "\n")] = '\0';
    expected++;
    if (!is_among(line + from, &problems)) {
      print_error("not said: %s\n", line + from);
      bp_problems_print(&problems, stderr);
    }
    assert_true(is_among(line + from, &problems));
    assert_int_equal(bp_problems_exit(&problems), code);
  }
  fclose(in);
  assert_true(expected > 0);
  assert_int_equal(problems.count, expected);
  for (int i = 0; i < problems.count; i++) {
    assert_memory_equal(problems.item[i].text, path, strlen(path));
    assert_null(strchr(problems.item[i].text, '\n'));
  }
  bp_problems_free(&problems);
}

static int has_yaml_name(const struct dirent *entry) {
  const char *dot = strrchr(entry->d_name, '.');
  return dot && strcmp(dot, ".yaml") == 0;
}

static int test_bad_input(void) {
  static struct CMUnitTest tests[MAX_FILES];
  struct dirent **entry = NULL;
  int count = 0;
  const int found = scandir(BAD_INPUT, &entry, has_yaml_name, alphasort);
  for (int i = 0; i < found; i++) {
    if (count < MAX_FILES)
      tests[count++] = (struct CMUnitTest){
          .name = bp_format("bad_input/%s", entry[i]->d_name),
          .test_func = is_refused_as_expected,
          .initial_state = bp_format("%s/%s", BAD_INPUT, entry[i]->d_name),
      };
    free(entry[i]);
  }
  free(entry);
  int failed = found < 50 || found > MAX_FILES; /* an empty folder is not a success */
  failed += _cmocka_run_group_tests("bad_input", tests, (size_t)count, NULL, NULL);
  for (int i = 0; i < count; i++) {
    free((void *)(uintptr_t)tests[i].name);
    free(tests[i].initial_state);
  }
  return failed;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(has_defaults_in_si),
      cmocka_unit_test(dumps_a_case_that_reads_the_same),
      cmocka_unit_test(reads_everything),
      cmocka_unit_test(dumps_a_named_cycle_as_its_name),
      cmocka_unit_test(sets_what_the_file_could_say),
      cmocka_unit_test(refuses_wrong_overrides),
      cmocka_unit_test(reports_at_the_nearest_line),
      cmocka_unit_test(knows_its_keys),
      cmocka_unit_test(knows_its_regions),
      cmocka_unit_test(knows_its_profiles),
      cmocka_unit_test(finds_data_files),
      cmocka_unit_test(finds_the_cards_that_are_files),
      cmocka_unit_test(reads_the_shipped_cases),
      cmocka_unit_test(names_a_missing_file),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  failed += test_bad_input();
  bp_units_free();
  return failed;
}
