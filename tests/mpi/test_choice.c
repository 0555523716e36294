/* What a case chooses of its fields: which quantities, and compressed or not. Every rank reads the
 * files and finds the same. */
#include "block.h"
#include "fields.h"
#include "run.h"
#include "scratch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const BpStoreError none = {0};

static const BpTestLinear linear = {.A = {{1e-2, 2e-2, 0.0}, {0.0, -1e-2, 3e-2}, {1e-2, 0.0, 2e-2}},
                                    .b = {1e-6, 2e-6, -3e-6}};

/* One step of a joint that is displaced, and its files. */
static void write_one(const char *override, BpTestRun *run, BpTestStored *s) {
  const char *const overrides[] = {override, NULL};
  BpStoreError error = none;
  BpMesh *mesh = bp_test_small_joint(6, 4, 0.0, 0);
  bp_test_open_run(PETSC_COMM_WORLD, bp_test_case(overrides), mesh, NULL, run);
  bp_test_join_at_rest(&run->bench);
  bp_test_set_field(&run->bench, run->bench.newton->u, bp_test_linear_at, &linear);
  petsc_ok(bp_output_fields(run->output, run->bench.newton->u, 0.0, "", &error));
  assert_sound(&error);
  bp_test_open_stored(run, s);
  bp_mesh_free(mesh);
}

static void close_one(BpTestRun *run, BpTestStored *s) {
  bp_test_close_stored(s);
  bp_test_close_run(run);
  bp_test_remove_run(PETSC_COMM_WORLD, run);
}

/* ---- quantities */

static void fields_hold_what_the_case_names(void **state) {
  static const char *const field[] = {"PointData/displacement", "PointData/temperature",
                                      "CellData/stress", "CellData/work_density",
                                      "CellData/material"};
  static const struct {
    const char *quantities;
    int there[5]; /* of field */
  } row[] = {
      {"output.quantities=all", {1, 1, 1, 1, 1}},
      {"output.quantities=[work_density, displacement]", {1, 0, 0, 1, 1}},
      {"output.quantities=temperature", {0, 1, 0, 0, 1}},
      {"output.quantities=[]", {0, 0, 0, 0, 1}},
  };
  (void)state;
  for (int i = 0; i < BP_COUNT(row); i++) {
    BpTestRun run;
    BpTestStored s;
    write_one(row[i].quantities, &run, &s);
    for (int f = 0; f < BP_COUNT(field); f++) {
      char *object = bp_format("steps/0000/%s", field[f]);
      char *shown = bp_format("VTKHDF/%s", field[f]), *path = bp_format("%s/run.vtkhdf", run.dir);
      BpStoreError error = none;
      BpH5 *temporal = bp_h5_open(path, &error);
      assert_int_equal(bp_h5_has(s.file, object), row[i].there[f]);
      assert_int_equal(bp_h5_has(temporal, shown), row[i].there[f]);
      bp_h5_free(&temporal);
      free(path);
      free(shown);
      free(object);
    }
    close_one(&run, &s);
  }
}

/* What is left out does not shift what remains: the displacement is the prescribed one. */
static void chosen_fields_keep_their_values(void **state) {
  BpTestRun run;
  BpTestStored s;
  (void)state;
  write_one("output.quantities=[von_mises, displacement]", &run, &s);
  double *u = bp_test_field(&s, "PointData", "displacement", 3);
  double *region = bp_test_field(&s, "CellData", "material", 1);
  for (int64_t n = 0; n < s.npoints; n++) {
    double expected[3];
    bp_test_linear_at(s.xyz[n], &linear, expected);
    for (int d = 0; d < 3; d++) /* round-off of sums of three terms of 1e-5 */
      assert_close(u[3 * n + d], expected[d], 1e-13, 1e-19);
  }
  for (int64_t c = 0; c < s.ncells; c++)
    assert_true((int64_t)region[c] == s.region[c]);
  free(region);
  free(u);
  close_one(&run, &s);
}

static void names_are_checked(void **state) {
  static const struct {
    const char *quantities, *text;
  } row[] = {
      {"output.quantities=[stress, workdensity]",
       "output.quantities: there is no quantity 'workdensity'; did you mean 'work_density'? known "
       "are displacement, temperature, stress, von_mises, inelastic_strain, "
       "accumulated_inelastic_strain, work_density, material, all"},
      {"output.quantities=[all, xyzzy]",
       "output.quantities: there is no quantity 'xyzzy'; known are displacement, "},
      {"output.quantities=[material, all]", NULL},
  };
  (void)state;
  for (int i = 0; i < BP_COUNT(row); i++) {
    const char *const overrides[] = {row[i].quantities, NULL};
    BpProblems problems = {0};
    BpMaterials materials;
    BpCase *bp = bp_test_case(overrides);
    assert_int_equal(bp_materials_load(bp, &materials, &problems), BP_OK);
    const int before = problems.count;
    assert_int_equal(bp_output_check(bp, &materials, &problems), row[i].text ? BP_BAD : BP_OK);
    assert_int_equal(problems.count, before + (row[i].text != NULL));
    if (row[i].text) {
      assert_non_null(strstr(problems.item[before].text, row[i].text));
      assert_int_equal(problems.item[before].code, BP_EXIT_CASE);
    }
    bp_materials_free(&materials);
    bp_problems_free(&problems);
    bp_case_free(bp);
  }
}

/* ---- compression */

static off_t size_of(const char *dir, const char *name) {
  char *path = bp_format("%s/%s", dir, name);
  struct stat status = {0};
  assert_int_equal(stat(path, &status), 0);
  free(path);
  return status.st_size;
}

/* The same numbers to the last bit in fewer bytes. */
static void compressed_fields_are_the_same(void **state) {
  static const struct {
    const char *place, *name;
    int ncomp;
  } field[] = {
      {"PointData", "displacement", 3}, {"CellData", "stress", 6}, {"CellData", "material", 1}};
  BpTestRun run[2];
  BpTestStored s[2];
  (void)state;
  write_one("output.compression=0", &run[0], &s[0]);
  write_one("output.compression=6", &run[1], &s[1]);
  assert_int_equal(s[0].npoints, s[1].npoints);
  assert_memory_equal(s[0].xyz, s[1].xyz, (size_t)s[0].npoints * sizeof s[0].xyz[0]);
  assert_memory_equal(s[0].node, s[1].node, 15 * (size_t)s[0].ncells * sizeof s[0].node[0]);
  for (int f = 0; f < BP_COUNT(field); f++) {
    double *value[2];
    const int64_t rows = strcmp(field[f].place, "PointData") == 0 ? s[0].npoints : s[0].ncells;
    for (int i = 0; i < 2; i++)
      value[i] = bp_test_field(&s[i], field[f].place, field[f].name, field[f].ncomp);
    assert_memory_equal(value[0], value[1], (size_t)(rows * field[f].ncomp) * sizeof value[0][0]);
    free(value[0]);
    free(value[1]);
  }
  assert_true(size_of(run[1].dir, "fields/step_0000.h5") <
              size_of(run[0].dir, "fields/step_0000.h5"));
  assert_true(size_of(run[1].dir, "fields/mesh.h5") < size_of(run[0].dir, "fields/mesh.h5"));
  close_one(&run[0], &s[0]);
  close_one(&run[1], &s[1]);
}

enum { POINTS = 60000, CELLS = 70001 }; /* several chunks, the last one not full */

static double shift_of(int step, int64_t i) {
  return step + 1e-3 * (double)i;
}

static BpResults *new_results(const char *dir, int compression, BpStoreError *error) {
  static const char *const name[] = {"solder"};
  double *xyz = BP_NEW(double, 3 * POINTS);
  int64_t *node = BP_NEW(int64_t, CELLS);
  int32_t *region = BP_NEW(int32_t, CELLS);
  const BpResultsMesh mesh = {POINTS, CELLS, 1, 1, xyz, node, region, name, 1, NULL, NULL};
  BpResults *results = bp_results_new(PETSC_COMM_WORLD, dir);
  results->compression = compression;
  bp_results_add_field(results, &(BpResultsField){"shift", "m", "a shift", BP_OF_POINTS, 3, 0, 0});
  bp_results_add_field(results, &(BpResultsField){"count", "1", "a count", BP_OF_CELLS, 0, 1, 0});
  bp_results_begin(results, &mesh, error);
  free(region);
  free(node);
  free(xyz);
  return results;
}

/* Rows [first, end) of points and cells are this rank's, which may be none. */
static void add_step(BpResults *results, int step, const int64_t share[2], BpStoreError *error) {
  static const int64_t rows[BP_PLACES] = {POINTS, CELLS};
  BpResultsFields fields = {.step = {.time = step}};
  for (int p = 0; p < BP_PLACES; p++) {
    fields.first[p] = rows[p] * share[0] / 4;
    fields.count[p] = rows[p] * share[1] / 4 - fields.first[p];
  }
  const int64_t first = 3 * fields.first[BP_OF_POINTS], n = 3 * fields.count[BP_OF_POINTS];
  double *shift = n > 0 ? BP_NEW(double, n) : NULL;
  int32_t *count =
      fields.count[BP_OF_CELLS] > 0 ? BP_NEW(int32_t, fields.count[BP_OF_CELLS]) : NULL;
  for (int64_t i = 0; i < n; i++)
    shift[i] = shift_of(step, first + i);
  for (int64_t i = 0; i < fields.count[BP_OF_CELLS]; i++)
    count[i] = (int32_t)(fields.first[BP_OF_CELLS] + i) - step;
  fields.data = (const void *const[]){shift, count};
  bp_results_add_step(results, &fields, error);
  free(count);
  free(shift);
}

static void assert_step(const char *dir, int step) {
  char *path = bp_format("%s/fields/step_%04d.h5", dir, step);
  BpStoreError error = none;
  BpH5 *file = bp_h5_open(path, &error);
  double *shift = BP_NEW(double, 3 * POINTS);
  int32_t *count = BP_NEW(int32_t, CELLS);
  bp_h5_read(file, "PointData/shift", BP_H5_DOUBLE, 0, POINTS, shift);
  bp_h5_read(file, "CellData/count", BP_H5_INT32, 0, CELLS, count);
  bp_h5_free(&file);
  assert_sound(&error);
  for (int64_t i = 0; i < 3 * POINTS; i++)
    assert_true(shift[i] == shift_of(step, i));
  for (int i = 0; i < CELLS; i++)
    assert_true(count[i] == i - step);
  free(count);
  free(shift);
  free(path);
}

/* In quarters of all rows: the first rank has none, the last one has none, both have some. */
static void a_rank_without_rows_harms_nobody(void **state) {
  static const int64_t share[3][2][2] = {{{0, 0}, {0, 4}}, {{0, 4}, {4, 4}}, {{0, 1}, {1, 4}}};
  static const int64_t alone[2] = {0, 4}, nothing[2] = {4, 4};
  int rank, nranks;
  (void)state;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  MPI_Comm_size(PETSC_COMM_WORLD, &nranks);
  for (int compression = 0; compression <= 9; compression += 3) {
    char dir[512] = "";
    BpStoreError error = none;
    char *made = rank == 0 ? bp_test_directory() : NULL;
    snprintf(dir, sizeof dir, "%s", made ? made : "");
    MPI_Bcast(dir, sizeof dir, MPI_CHAR, 0, PETSC_COMM_WORLD);
    BpResults *results = new_results(dir, compression, &error);
    for (int i = 0; i < BP_COUNT(share); i++)
      add_step(results, i, nranks == 1 ? alone : rank < 2 ? share[i][rank] : nothing, &error);
    bp_results_free(&results);
    assert_sound(&error);
    for (int i = 0; i < BP_COUNT(share); i++)
      assert_step(dir, i);
    MPI_Barrier(PETSC_COMM_WORLD);
    if (made)
      bp_test_remove(made);
  }
}

/* A compressed file too meets a full disk with an error, and what stands can be read. */
static void a_full_disk_is_said(void **state) {
  BpTestRun run;
  BpTestStored s;
  BpStoreError error = none;
  (void)state;
  write_one("output.compression=1", &run, &s);
  bp_test_close_stored(&s);
  if (run.bench.rank == 0)
    bp_test_limit_files(1000);
  petsc_ok(bp_output_fields(run.output, run.bench.newton->u, 2.0, "two", &error));
  if (run.bench.rank == 0)
    bp_test_limit_files(0);
  assert_int_equal(error.status, BP_BAD);
  assert_non_null(strstr(error.text, "fields/step_0001.h5: file too large"));
  bp_test_open_stored(&run, &s);
  assert_true(bp_h5_has(s.file, "steps/0000"));
  assert_false(bp_h5_has(s.file, "steps/0001"));
  close_one(&run, &s);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields_hold_what_the_case_names),
      cmocka_unit_test(chosen_fields_keep_their_values),
      cmocka_unit_test(names_are_checked),
      cmocka_unit_test(compressed_fields_are_the_same),
      cmocka_unit_test(a_rank_without_rows_harms_nobody),
      cmocka_unit_test(a_full_disk_is_said),
  };
  return BP_TEST_MAIN(argc, argv, "choice", tests);
}
