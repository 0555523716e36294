/* Checkpoints as files: values come back bit for bit, the last two are kept, and a file that was
 * flipped, cut off or forged is never used. */
#include "close.h"
#include "scratch.h"

#include "checkpoint_impl.h"
#include "sealed.h"

#include <mpi.h>
#include <stdlib.h>
#include <string.h>

static const BpStoreError none = {0};

enum { NROWS = 300, COLUMNS = 7 };

static void assert_sound(const BpStoreError *error) {
  if (error->status != BP_OK)
    fail_msg("%s", error->text);
}

static void assert_fails(const BpStoreError *error, const char *what) {
  assert_int_equal(error->status, BP_BAD);
  if (!strstr(error->text, what))
    fail_msg("message '%s' lacks '%s'", error->text, what);
}

/* What a run might keep. Its doubles are no short fractions. */
typedef struct {
  char text[32];
  long count;
  int step;
  double number[3];
  int id[NROWS];
  double row[NROWS][COLUMNS];
} Kept;

static double value_of(int step, int id, int column) {
  return (step + 1) / 3.0 * sin(id + 0.1 * column) * pow(10.0, id % 40 - 20);
}

/* Rows in no order, numbered with gaps. */
static void fill(int step, Kept *kept) {
  *kept = (Kept){.text = "\xc2\xb5 embossed", .count = 5000000000 + step, .step = step};
  for (int i = 0; i < 3; i++)
    kept->number[i] = (i - 1) / 7.0 + step;
  for (int i = 0; i < NROWS; i++) {
    kept->id[i] = 3 * (i * 77 % NROWS) + 5;
    for (int c = 0; c < COLUMNS; c++)
      kept->row[i][c] = value_of(step, kept->id[i], c);
  }
}

static void transfer(BpCheckpoint *c, Kept *kept) {
  const BpCheckpointRows rows = {kept->id, NROWS, COLUMNS};
  bp_checkpoint_text(c, "text", kept->text, sizeof kept->text);
  bp_checkpoint_long(c, "count", &kept->count);
  bp_checkpoint_int(c, "step", &kept->step);
  bp_checkpoint_numbers(c, "a/number", kept->number, 3);
  bp_checkpoint_rows(c, "a/row", &rows, &kept->row[0][0]);
}

static void save(const char *dir, int step, int previous, BpStoreError *error) {
  Kept *kept = BP_NEW(Kept, 1);
  fill(step, kept);
  BpCheckpoint *c = bp_checkpoint_new(MPI_COMM_SELF, dir, step, error);
  transfer(c, kept);
  bp_checkpoint_save(&c, previous);
  assert_null(c);
  free(kept);
}

/* The newest sound checkpoint is that of the step, with all its values. */
static void assert_newest(const char *dir, int step, BpStoreError *newer) {
  BpStoreError error = none;
  Kept *kept = BP_NEW(Kept, 1), *expected = BP_NEW(Kept, 1);
  *newer = none;
  fill(step, expected);
  for (int i = 0; i < NROWS; i++) /* another order than the one written in */
    kept->id[i] = expected->id[NROWS - 1 - i];
  BpCheckpoint *c = bp_checkpoint_open(MPI_COMM_SELF, dir, newer, &error);
  assert_sound(&error);
  assert_non_null(c);
  assert_int_equal(bp_checkpoint_step(c), step);
  transfer(c, kept);
  bp_checkpoint_close(&c);
  assert_sound(&error);
  assert_string_equal(kept->text, expected->text);
  assert_true(kept->count == expected->count);
  assert_int_equal(kept->step, expected->step);
  assert_memory_equal(kept->number, expected->number, sizeof kept->number);
  for (int i = 0; i < NROWS; i++)
    assert_memory_equal(kept->row[i], expected->row[NROWS - 1 - i], sizeof kept->row[i]);
  free(expected);
  free(kept);
}

static void values_come_back(void **state) {
  char *dir = bp_test_directory();
  BpStoreError error = none, newer;
  (void)state;
  save(dir, 12, -1, &error);
  assert_sound(&error);
  assert_newest(dir, 12, &newer);
  assert_int_equal(newer.status, BP_OK);
  assert_false(bp_test_file_exists(dir, "checkpoint_0012.h5.tmp"));
  bp_test_remove(dir);
}

/* HDF5 finds itself behind the user block, so that any reader opens the file; rows are in the order
 * of their numbers. */
static void other_programs_read_it(void **state) {
  char *dir = bp_test_directory(), *path = bp_checkpoint_name(dir, 3);
  BpStoreError error = none;
  int32_t id[NROWS];
  double row[NROWS][COLUMNS];
  (void)state;
  save(dir, 3, -1, &error);
  BpH5 *file = bp_h5_open(path, &error);
  assert_int_equal(bp_h5_get_int(file, "/", "schema"), BP_CHECKPOINT_SCHEMA);
  bp_h5_read(file, "a/row.id", BP_H5_INT32, 0, NROWS, id);
  bp_h5_read(file, "a/row", BP_H5_DOUBLE, 0, NROWS, row);
  bp_h5_free(&file);
  assert_sound(&error);
  for (int i = 0; i < NROWS; i++) {
    assert_int_equal(id[i], 3 * i + 5);
    assert_true(row[i][COLUMNS - 1] == value_of(3, id[i], COLUMNS - 1));
  }
  free(path);
  bp_test_remove(dir);
}

static void the_last_two_are_kept(void **state) {
  char *dir = bp_test_directory();
  BpStoreError error = none, newer = none;
  (void)state;
  BpCheckpoint *c = bp_checkpoint_open(MPI_COMM_SELF, dir, &newer, &error);
  assert_null(c);
  assert_sound(&error);
  save(dir, 10, -1, &error);
  save(dir, 20, 10, &error);
  assert_true(bp_test_file_exists(dir, "checkpoint_0010.h5"));
  save(dir, 10000, 20, &error);
  assert_sound(&error);
  assert_false(bp_test_file_exists(dir, "checkpoint_0010.h5"));
  assert_true(bp_test_file_exists(dir, "checkpoint_0020.h5"));
  assert_newest(dir, 10000, &newer);
  save(dir, 30, 20, &error); /* a run that went on from 20 leaves nothing later behind */
  assert_false(bp_test_file_exists(dir, "checkpoint_10000.h5"));
  assert_newest(dir, 30, &newer);
  bp_checkpoint_clear(dir, &error);
  assert_sound(&error);
  assert_false(bp_test_file_exists(dir, "checkpoint_0030.h5"));
  bp_test_remove(dir);
}

/* ---- damage */

static void put_file(const char *dir, const char *name, const char *data, size_t n) {
  char *path = bp_format("%s/%s", dir, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(data, 1, n, file), n);
  assert_int_equal(fclose(file), 0);
  free(path);
}

static void assert_passed_over(const char *dir) {
  BpStoreError newer;
  assert_newest(dir, 10, &newer);
  assert_fails(&newer, "checkpoint_0020.h5: is damaged or cut off");
}

/* Every bit counts: one in each stretch of 4 kB, then one in each byte of the user block. */
static void a_flipped_bit_is_found(void **state) {
  enum { PIECE = 4096 };
  char *dir = bp_test_directory();
  BpStoreError error = none;
  size_t n;
  (void)state;
  save(dir, 10, -1, &error);
  save(dir, 20, 10, &error);
  assert_sound(&error);
  char *data = bp_test_read_file(dir, "checkpoint_0020.h5", &n);
  assert_true(n > 5 * PIECE);
  for (size_t at = 0; at < n; at += at < BP_SEAL ? 1 : PIECE) {
    data[at] = (char)(data[at] ^ (1 << at % 8));
    put_file(dir, "checkpoint_0020.h5", data, n);
    assert_passed_over(dir);
    data[at] = (char)(data[at] ^ (1 << at % 8));
  }
  free(data);
  bp_test_remove(dir);
}

static void a_cut_or_longer_file_is_found(void **state) {
  enum { PIECE = 4096 };
  char *dir = bp_test_directory();
  BpStoreError error = none, newer;
  size_t n;
  (void)state;
  save(dir, 10, -1, &error);
  save(dir, 20, 10, &error);
  assert_sound(&error);
  char *data = bp_test_read_file(dir, "checkpoint_0020.h5", &n); /* with a zero behind it */
  for (size_t length = 0; length < n; length += PIECE) {
    put_file(dir, "checkpoint_0020.h5", data, length);
    assert_passed_over(dir);
  }
  put_file(dir, "checkpoint_0020.h5", data, n - 1);
  assert_passed_over(dir);
  put_file(dir, "checkpoint_0020.h5", data, n + 1);
  assert_passed_over(dir);
  put_file(dir, "checkpoint_0020.h5", data, n);
  assert_newest(dir, 20, &newer);
  assert_int_equal(newer.status, BP_OK);
  free(data);
  bp_test_remove(dir);
}

static void none_sound_is_an_error(void **state) {
  char *dir = bp_test_directory();
  BpStoreError error = none, newer = none;
  (void)state;
  put_file(dir, "checkpoint_0010.h5", "x", 1);
  put_file(dir, "checkpoint_0020.h5", "", 0);
  put_file(dir, "checkpoint_.h5", "x", 1); /* none of ours, like the next one */
  put_file(dir, "checkpoint_0030.h5.tmp", "x", 1);
  BpCheckpoint *c = bp_checkpoint_open(MPI_COMM_SELF, dir, &newer, &error);
  assert_null(c);
  assert_fails(&error, "checkpoint_0020.h5: is damaged or cut off");
  bp_test_remove(dir);
}

/* ---- sound files that do not fit */

static void another_schema_is_refused(void **state) {
  char *dir = bp_test_directory(), *path = bp_checkpoint_name(dir, 7);
  BpStoreError error = none, newer = none;
  (void)state;
  BpH5 *file = bp_h5_new(path, &error);
  bp_h5_set_int(file, "/", "schema", BP_CHECKPOINT_SCHEMA + 1);
  bp_checkpoint_write(path, &file, &error);
  bp_file_commit(path, &error);
  assert_sound(&error);
  BpCheckpoint *c = bp_checkpoint_open(MPI_COMM_SELF, dir, &newer, &error);
  assert_fails(&error, "checkpoint_0007.h5: a checkpoint of schema 4; this program reads schema 3");
  bp_checkpoint_close(&c);
  free(path);
  bp_test_remove(dir);
}

/* Reads a checkpoint as a program that expects something else in it. */
static void assert_misread(const char *dir, void (*read)(BpCheckpoint *c), const char *what) {
  BpStoreError error = none, newer = none;
  BpCheckpoint *c = bp_checkpoint_open(MPI_COMM_SELF, dir, &newer, &error);
  read(c);
  bp_checkpoint_close(&c);
  assert_fails(&error, what);
}

static void read_more_numbers(BpCheckpoint *c) {
  double number[4];
  bp_checkpoint_numbers(c, "a/number", number, 4);
}

static void read_missing(BpCheckpoint *c) {
  long count = 0;
  bp_checkpoint_long(c, "counts", &count);
}

static void read_wider_rows(BpCheckpoint *c) {
  Kept *kept = BP_NEW(Kept, 2);
  fill(0, kept);
  const BpCheckpointRows rows = {kept->id, NROWS, COLUMNS + 1};
  bp_checkpoint_rows(c, "a/row", &rows, &kept->row[0][0]);
  free(kept);
}

static void read_other_rows(BpCheckpoint *c) {
  Kept *kept = BP_NEW(Kept, 1);
  fill(0, kept);
  kept->id[17] = 4;
  const BpCheckpointRows rows = {kept->id, NROWS, COLUMNS};
  bp_checkpoint_rows(c, "a/row", &rows, &kept->row[0][0]);
  free(kept);
}

static void what_does_not_fit_is_an_error(void **state) {
  char *dir = bp_test_directory();
  BpStoreError error = none;
  (void)state;
  save(dir, 0, -1, &error);
  assert_sound(&error);
  assert_misread(dir, read_more_numbers, "'a/number' has 3 x 0 values, wanted are 4 x 0");
  assert_misread(dir, read_missing, "has no attribute 'counts'");
  assert_misread(dir, read_wider_rows, "'a/row' has 300 x 7 values, wanted are 300 x 8");
  assert_misread(dir, read_other_rows, "'a/row' has no row 4");
  bp_test_remove(dir);
}

static void a_full_disk_costs_nothing_that_was_there(void **state) {
  char *dir = bp_test_directory();
  BpStoreError error = none, newer;
  (void)state;
  save(dir, 10, -1, &error);
  assert_sound(&error);
  bp_test_limit_files(8192);
  save(dir, 20, 10, &error);
  bp_test_limit_files(0);
  assert_fails(&error, "checkpoint_0020.h5: file too large");
  assert_false(bp_test_file_exists(dir, "checkpoint_0020.h5"));
  assert_false(bp_test_file_exists(dir, "checkpoint_0020.h5.tmp"));
  assert_newest(dir, 10, &newer);
  assert_int_equal(newer.status, BP_OK);
  bp_test_remove(dir);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_come_back),
      cmocka_unit_test(other_programs_read_it),
      cmocka_unit_test(the_last_two_are_kept),
      cmocka_unit_test(a_flipped_bit_is_found),
      cmocka_unit_test(a_cut_or_longer_file_is_found),
      cmocka_unit_test(none_sound_is_an_error),
      cmocka_unit_test(another_schema_is_refused),
      cmocka_unit_test(what_does_not_fit_is_an_error),
      cmocka_unit_test(a_full_disk_costs_nothing_that_was_there),
  };
  MPI_Init(&argc, &argv);
  const int failed = cmocka_run_group_tests(tests, NULL, NULL);
  MPI_Finalize();
  return failed;
}
