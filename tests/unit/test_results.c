/* The result files through their writer and reader, on one rank: two wedges that share a face, made
 * up fields and rows. What is written is compared as text where it is text. */
#include "close.h"
#include "scratch.h"

#include "results.h"
#include "sealed.h"

#include <stdlib.h>
#include <string.h>

enum { POINTS = 20, CELLS = 2, NODES = 15 };

static const BpStoreError none = {0};

/* What history.csv begins with. */
#define HEAD "time_s,newton,board.25um.work_J_per_m3\n"

typedef struct {
  double xyz[POINTS][3];
  int64_t node[CELLS][NODES];
  int32_t region[CELLS];
} Shape;

static void assert_sound(const BpStoreError *error) {
  if (error->status != BP_OK)
    fail_msg("%s", error->text);
}

static BpResultsMesh mesh_of(Shape *shape) {
  static const char *const names[] = {"die", "solder"};
  for (int i = 0; i < POINTS; i++)
    for (int d = 0; d < 3; d++)
      shape->xyz[i][d] = 0.25 * i + d;
  for (int c = 0; c < CELLS; c++)
    for (int i = 0; i < NODES; i++)
      shape->node[c][i] = 5 * c + i;
  shape->region[0] = 1;
  shape->region[1] = 0;
  return (BpResultsMesh){.npoints = POINTS,
                         .ncells = CELLS,
                         .nodes = NODES,
                         .vtk_type = 26,
                         .xyz = &shape->xyz[0][0],
                         .node = &shape->node[0][0],
                         .region = shape->region,
                         .name = names,
                         .nnames = 2};
}

/* Results with three columns, an average, a point field of three components and a cell field of
 * regions. */
static BpResults *new_results(const char *dir) {
  BpResults *results = bp_results_new(MPI_COMM_SELF, dir);
  bp_results_add_fact(results, "case", "package:\n  pitch: 500 um\n");
  bp_results_add_fact(results, "git", "abc");
  bp_results_add_average(results, &(BpResultsAverage){"board.25um", "layer", "solder", 0.5, 1});
  bp_results_add_column(results, &(BpResultsColumn){"time", "s", "end of the step", "global", 0});
  bp_results_add_column(results, &(BpResultsColumn){"newton", "1", "iterations", "global", 1});
  bp_results_add_column(results,
                        &(BpResultsColumn){"board.25um.work", "J/m3", "work", "region", 0});
  bp_results_add_field(results, &(BpResultsField){"shift", "m", "a shift", BP_OF_POINTS, 3, 0, 0});
  bp_results_add_field(results, &(BpResultsField){"stuff", "1", "stuff", BP_OF_CELLS, 0, 1, 1});
  return results;
}

static BpResults *begun(const char *dir, BpStoreError *error) {
  Shape shape;
  const BpResultsMesh mesh = mesh_of(&shape);
  BpResults *results = new_results(dir);
  bp_results_begin(results, &mesh, error);
  return results;
}

static double shift_of(int step, int i) {
  return 100.0 * step + i;
}

static void add_step(BpResults *results, int step, BpStoreError *error) {
  double shift[3 * POINTS];
  const int32_t stuff[CELLS] = {1, 0};
  const void *const data[] = {shift, stuff};
  BpResultsFields fields = {
      .step = {100.0 * (step + 1), 300.0 + step, ""}, .count = {POINTS, CELLS}, .data = data};
  for (int i = 0; i < 3 * POINTS; i++)
    shift[i] = shift_of(step, i);
  snprintf(fields.step.title, sizeof fields.step.title, "step %d", step);
  bp_results_add_step(results, &fields, error);
}

static char *file_in(const char *dir, const char *name) {
  return bp_format("%s/%s", dir, name);
}

static void assert_field(BpH5 *file, const char *name, int step) {
  double value[3 * POINTS];
  bp_h5_read(file, name, BP_H5_DOUBLE, 0, POINTS, value);
  for (int i = 0; i < 3 * POINTS; i++)
    assert_true(value[i] == shift_of(step, i));
}

static void assert_text(BpH5 *file, const char *object, const char *name, const char *expected) {
  char *text = bp_h5_get_text(file, object, name);
  assert_string_equal(text, expected);
  free(text);
}

/* The steps that results.h5 links to are there, with their values, and no others. */
static void assert_steps(const char *dir, int n) {
  char *path = file_in(dir, "results.h5");
  BpStoreError error = none;
  BpH5 *file = bp_h5_open(path, &error);
  for (int i = 0; i <= n; i++) {
    char *object = bp_format("steps/%04d", i), *field = bp_format("%s/PointData/shift", object);
    char *title = bp_format("step %d", i);
    assert_int_equal(bp_h5_has(file, object), i < n);
    if (i < n) {
      assert_field(file, field, i);
      assert_text(file, object, "title", title);
    }
    free(title);
    free(field);
    free(object);
  }
  bp_h5_free(&file);
  assert_sound(&error);
  free(path);
}

static void a_run_comes_back(void **state) {
  static const double row[][3] = {{0.0, 3.0, 0.0}, {0.1, 4.0, 1.0 / 3.0}, {250.0, 5.0, -1e-30}};
  char *dir = bp_test_directory(), *path = file_in(dir, "results.h5");
  BpStoreError error = none;
  size_t n;
  (void)state;
  BpResults *results = begun(dir, &error);
  for (int i = 0; i < 3; i++)
    bp_results_add_row(results, row[i], &error);
  add_step(results, 0, &error);
  add_step(results, 1, &error);
  bp_results_end(results, &error);
  bp_results_free(&results);
  assert_sound(&error);
  char *csv = bp_test_read_file(dir, "history.csv", &n);
  assert_string_equal(csv, HEAD "0,3,0\n0.1,4,0.3333333333333333\n250,5,-1e-30\n");
  BpResults *read = bp_results_read(path, &error);
  assert_sound(&error);
  assert_string_equal(bp_results_fact(read, "case"), "package:\n  pitch: 500 um\n");
  assert_null(bp_results_fact(read, "cases"));
  assert_int_equal(bp_results_column(read, "none"), -1);
  assert_int_equal(read->nrows, 3);
  for (int c = 0; c < 3; c++) {
    static const char *const name[] = {"time", "newton", "board.25um.work"};
    const int at = bp_results_column(read, name[c]);
    for (int i = 0; i < 3; i++)
      assert_true(read->row[3 * i + at] == row[i][c]);
  }
  assert_int_equal(read->naverages, 1);
  assert_string_equal(read->average[0].name, "board.25um");
  assert_true(read->average[0].volume == 0.5 && read->average[0].reported == 1);
  assert_int_equal(read->nsteps, 2);
  assert_true(read->step[1].time == 200.0 && read->step[1].temperature == 301.0);
  assert_string_equal(read->step[1].title, "step 1");
  bp_results_free(&read);
  assert_steps(dir, 2);
  free(csv);
  free(path);
  bp_test_remove(dir);
}

static void datasets_say_what_they_are(void **state) {
  char *dir = bp_test_directory(), *path = file_in(dir, "results.h5");
  BpStoreError error = none;
  int64_t node[CELLS * NODES], offset[CELLS + 1], type[CELLS];
  double xyz[3];
  (void)state;
  BpResults *results = begun(dir, &error);
  add_step(results, 0, &error);
  bp_results_free(&results);
  BpH5 *file = bp_h5_open(path, &error);
  assert_int_equal(bp_h5_get_int(file, "/", "schema"), 1);
  assert_text(file, "/", "program", "ballpad");
  assert_text(file, "history/board.25um.work", "unit", "J/m3");
  assert_text(file, "history/board.25um.work", "kind", "layer");
  assert_text(file, "history/time", "where", "global");
  assert_text(file, "steps/0000/PointData/shift", "unit", "m");
  assert_text(file, "steps/0000/PointData/shift", "where", "point");
  assert_text(file, "steps/0000/CellData/stuff", "where", "cell");
  assert_text(file, "steps/0000/provenance", "case", "package:\n  pitch: 500 um\n");
  bp_h5_read(file, "mesh/Connectivity", BP_H5_INT64, 0, (int64_t)CELLS * NODES, node);
  assert_int_equal(node[16], 6);
  bp_h5_read(file, "mesh/Offsets", BP_H5_INT64, 0, CELLS + 1, offset);
  assert_int_equal(offset[CELLS], CELLS * NODES);
  bp_h5_read(file, "mesh/Types", BP_H5_INT64, 0, CELLS, type);
  assert_int_equal(type[1], 26);
  bp_h5_read(file, "mesh/Points", BP_H5_DOUBLE, 4, 1, xyz);
  assert_true(xyz[0] == 1.0 && xyz[1] == 2.0 && xyz[2] == 3.0);
  bp_h5_free(&file);
  assert_sound(&error);
  free(path);
  bp_test_remove(dir);
}

static void paraview_files_refer_to_the_steps(void **state) {
  char *dir = bp_test_directory(), *temporal = file_in(dir, "run.vtkhdf");
  char *link = file_in(dir, "run_0001.hdf");
  BpStoreError error = none;
  int64_t offset[2], rows, stuff[2 * CELLS];
  int columns;
  size_t n;
  (void)state;
  BpResults *results = begun(dir, &error);
  assert_false(bp_test_file_exists(dir, "run.hdf.series"));
  add_step(results, 0, &error);
  add_step(results, 1, &error);
  bp_results_free(&results);
  char *series = bp_test_read_file(dir, "run.hdf.series", &n);
  assert_string_equal(series, "{\n  \"file-series-version\": \"1.0\",\n  \"files\": [\n"
                              "    {\"name\": \"run_0000.hdf\", \"time\": 100},\n"
                              "    {\"name\": \"run_0001.hdf\", \"time\": 200}\n  ]\n}\n");
  BpH5 *file = bp_h5_open(link, &error);
  assert_field(file, "VTKHDF/PointData/shift", 1);
  bp_h5_shape(file, "VTKHDF/Points", &rows, &columns);
  assert_int_equal(rows, POINTS);
  bp_h5_free(&file);
  file = bp_h5_open(temporal, &error);
  bp_h5_shape(file, "VTKHDF/PointData/shift", &rows, &columns);
  assert_int_equal(rows, 2 * POINTS);
  bp_h5_read(file, "VTKHDF/Steps/PointDataOffsets/shift", BP_H5_INT64, 0, 2, offset);
  assert_int_equal(offset[1], POINTS);
  bp_h5_read(file, "VTKHDF/CellData/stuff", BP_H5_INT64, 0, 4, stuff);
  assert_int_equal(stuff[2], 1);
  bp_h5_free(&file);
  assert_sound(&error);
  free(series);
  free(link);
  free(temporal);
  bp_test_remove(dir);
}

static void an_earlier_run_is_replaced(void **state) {
  char *dir = bp_test_directory();
  BpStoreError error = none;
  (void)state;
  BpResults *results = begun(dir, &error);
  add_step(results, 0, &error);
  add_step(results, 1, &error);
  bp_results_free(&results);
  results = begun(dir, &error);
  bp_results_free(&results);
  assert_sound(&error);
  assert_steps(dir, 0);
  assert_false(bp_test_file_exists(dir, "run_0000.hdf"));
  assert_false(bp_test_file_exists(dir, "run.vtkhdf"));
  assert_false(bp_test_file_exists(dir, "fields/step_0001.h5"));
  bp_test_remove(dir);
}

static void rows_and_steps_are_taken_over(void **state) {
  static const double row[][3] = {{50.0, 3.0, 0.5}, {100.0, 4.0, 1.5}, {150.0, 5.0, 2.5}};
  char *dir = bp_test_directory(), *path = file_in(dir, "results.h5");
  BpStoreError error = none;
  size_t n;
  (void)state;
  BpResults *results = begun(dir, &error);
  for (int i = 0; i < 3; i++)
    bp_results_add_row(results, row[i], &error);
  add_step(results, 0, &error); /* at 100 s */
  add_step(results, 1, &error); /* at 200 s */
  bp_results_free(&results);
  BpResults *earlier = bp_results_read(path, &error);
  Shape shape;
  const BpResultsMesh mesh = mesh_of(&shape);
  results = new_results(dir);
  bp_results_take_over(results, earlier, (BpResultsExtent){2, 1}, &error);
  bp_results_begin(results, &mesh, &error);
  bp_results_add_row(results, row[2], &error);
  bp_results_free(&results);
  assert_sound(&error);
  assert_steps(dir, 1);
  char *csv = bp_test_read_file(dir, "history.csv", &n);
  assert_string_equal(csv, HEAD "50,3,0.5\n100,4,1.5\n150,5,2.5\n");
  results = new_results(dir);
  bp_results_add_column(results, &(BpResultsColumn){"more", "1", "", "global", 0});
  bp_results_take_over(results, earlier, (BpResultsExtent){2, 1}, &error);
  assert_int_equal(error.status, BP_BAD);
  assert_non_null(strstr(error.text, "its history has other columns"));
  bp_results_free(&results);
  bp_results_free(&earlier);
  free(csv);
  free(path);
  bp_test_remove(dir);
}

/* schema < 0: the file has none */
static void assert_refused(int schema, const char *expected) {
  char *dir = bp_test_directory(), *path = file_in(dir, "results.h5");
  BpStoreError error = none;
  BpH5 *file = bp_h5_new(path, &error);
  if (schema >= 0)
    bp_h5_set_int(file, "/", "schema", schema);
  bp_sealed_write(path, "results", &file, &error);
  bp_file_commit(path, &error);
  assert_sound(&error);
  BpResults *results = bp_results_read(path, &error);
  char *text = bp_format("%s: %s", path, expected);
  assert_int_equal(error.status, BP_BAD);
  assert_string_equal(error.text, text);
  bp_results_free(&results);
  free(text);
  free(path);
  bp_test_remove(dir);
}

static void what_is_not_of_this_schema_is_refused(void **state) {
  (void)state;
  assert_refused(2, "results of schema 2; this program reads schema 1");
  assert_refused(0, "results of schema 0; this program reads schema 1");
  assert_refused(-1, "is no results.h5 of ballpad");
}

/* ---- damage */

static void put_file(const char *path, const char *data, size_t n) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(data, 1, n, file), n);
  assert_int_equal(fclose(file), 0);
}

static void assert_found(const char *path, const char *text) {
  BpStoreError error = none;
  BpResults *results = bp_results_read(path, &error);
  assert_int_equal(error.status, BP_BAD);
  assert_non_null(strstr(error.text, text));
  bp_results_free(&results);
}

/* A bit in each stretch of 4 kB and in each byte of the user block, and files that end at each of
 * these: HDF5 sees none of them, on some of which it would crash. */
static void damage_is_found(void **state) {
  enum { PIECE = 4096 };
  char *dir = bp_test_directory(), *path = file_in(dir, "results.h5");
  BpStoreError error = none;
  size_t n;
  (void)state;
  BpResults *results = begun(dir, &error);
  add_step(results, 0, &error);
  bp_results_free(&results);
  assert_sound(&error);
  char *data = bp_test_read_file(dir, "results.h5", &n);
  assert_true(n > 2 * PIECE);
  for (size_t at = 0; at < n; at += at < BP_SEAL ? 1 : PIECE) {
    data[at] = (char)(data[at] ^ (1 << at % 8));
    put_file(path, data, n);
    assert_found(path, at < 17 ? "is damaged or cut off, or no results of ballpad"
                               : "is damaged or cut off");
    data[at] = (char)(data[at] ^ (1 << at % 8));
    put_file(path, data, at);
    assert_found(path, "is damaged or cut off");
  }
  put_file(path, data + BP_SEAL, n - BP_SEAL); /* as older programs wrote it */
  assert_found(path, "has no check sum: an older ballpad or another program wrote it");
  put_file(path, data, n);
  results = bp_results_read(path, &error);
  assert_sound(&error);
  bp_results_free(&results);
  free(data);
  free(path);
  bp_test_remove(dir);
}

/* A disk that fills up: what stood before still stands, and nothing is lost once there is room. */
static void a_full_disk_costs_nothing_that_was_there(void **state) {
  static const double row[][3] = {{50.0, 3.0, 0.5}, {100.0, 4.0, 1.5}};
  char *dir = bp_test_directory();
  BpStoreError error = none;
  size_t n;
  (void)state;
  BpResults *results = begun(dir, &error);
  bp_results_add_row(results, row[0], &error);
  add_step(results, 0, &error);
  assert_sound(&error);
  bp_test_limit_files(sizeof HEAD - 1 + 9 + 2); /* history.csv has one row, "50,3,0.5" */
  add_step(results, 1, &error);
  assert_int_equal(error.status, BP_BAD);
  assert_non_null(strstr(error.text, "fields/step_0001.h5: file too large"));
  BpStoreError other = none;
  bp_results_add_row(results, row[1], &other);
  bp_test_limit_files(0);
  assert_int_equal(other.status, BP_BAD);
  assert_non_null(strstr(other.text, "history.csv: file too large"));
  assert_steps(dir, 1);
  assert_false(bp_test_file_exists(dir, "fields/step_0001.h5"));
  assert_false(bp_test_file_exists(dir, "fields/step_0001.h5.tmp"));
  error = none;
  bp_results_end(results, &error);
  assert_sound(&error);
  char *csv = bp_test_read_file(dir, "history.csv", &n);
  assert_string_equal(csv, HEAD "50,3,0.5\n100,4,1.5\n");
  add_step(results, 1, &error);
  bp_results_free(&results);
  assert_sound(&error);
  assert_steps(dir, 2);
  free(csv);
  bp_test_remove(dir);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_run_comes_back),
      cmocka_unit_test(datasets_say_what_they_are),
      cmocka_unit_test(paraview_files_refer_to_the_steps),
      cmocka_unit_test(an_earlier_run_is_replaced),
      cmocka_unit_test(rows_and_steps_are_taken_over),
      cmocka_unit_test(what_is_not_of_this_schema_is_refused),
      cmocka_unit_test(damage_is_found),
      cmocka_unit_test(a_full_disk_costs_nothing_that_was_there),
  };
  MPI_Init(&argc, &argv);
  const int failed = cmocka_run_group_tests(tests, NULL, NULL);
  MPI_Finalize();
  return failed;
}
