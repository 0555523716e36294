/* Files that are complete or not there, and HDF5 files read back by the reader. Values are whole
 * numbers and short binary fractions, so that comparisons are exact. */
#include "close.h"
#include "scratch.h"

#include "h5.h"

#include <stdlib.h>
#include <string.h>

static const BpStoreError none = {0};

static void assert_sound(const BpStoreError *error) {
  if (error->status != BP_OK)
    fail_msg("%s", error->text);
}

static void assert_fails(const BpStoreError *error, const char *file, const char *what) {
  assert_int_equal(error->status, BP_BAD);
  if (!strstr(error->text, file) || !strstr(error->text, what))
    fail_msg("message '%s' lacks '%s' or '%s'", error->text, file, what);
}

static void assert_content(const char *dir, const char *name, const char *expected) {
  size_t n;
  char *text = bp_test_read_file(dir, name, &n);
  assert_string_equal(text, expected);
  free(text);
}

/* ---- plain files */

static void a_file_is_replaced_as_a_whole(void **state) {
  BpStoreError error = none;
  char *dir = bp_test_directory(), *path = bp_format("%s/a", dir);
  (void)state;
  bp_file_replace(path, "old text", 8, &error);
  bp_file_replace(path, "new", 3, &error);
  assert_sound(&error);
  assert_content(dir, "a", "new");
  assert_false(bp_test_file_exists(dir, "a.tmp"));
  bp_file_append(path, " and more", 9, &error);
  assert_sound(&error);
  assert_content(dir, "a", "new and more");
  free(path);
  bp_test_remove(dir);
}

static void what_cannot_be_written_is_said(void **state) {
  char *dir = bp_test_directory(), *path = bp_format("%s/a", dir);
  char *below = bp_format("%s/a/b", dir), *beyond = bp_format("%s/no/b", dir);
  BpStoreError error = none;
  (void)state;
  bp_file_replace(path, "x", 1, &error);
  assert_sound(&error);
  bp_file_replace(below, "x", 1, &error);
  assert_fails(&error, below, ": not a directory");
  bp_file_replace(path, "y", 1, &error); /* does nothing after an error */
  assert_content(dir, "a", "x");
  error = none;
  bp_file_append(beyond, "x", 1, &error);
  assert_fails(&error, beyond, ": no such file or directory");
  error = none;
  bp_directory_make(below, &error);
  assert_fails(&error, below, ": not a directory");
  error = none;
  bp_file_replace(dir, "x", 1, &error); /* a directory is in the way */
  assert_fails(&error, dir, ": is a directory");
  free(beyond);
  free(below);
  free(path);
  bp_test_remove(dir);
}

/* RLIMIT_FSIZE makes write() stop short and then fail, as a full disk does. */
static void a_full_disk_leaves_the_old_file(void **state) {
  char *dir = bp_test_directory(), *path = bp_format("%s/a", dir), big[8192];
  BpStoreError error = none;
  (void)state;
  memset(big, 'x', sizeof big);
  bp_file_replace(path, "old", 3, &error);
  assert_sound(&error);
  bp_test_limit_files(4096);
  bp_file_replace(path, big, sizeof big, &error);
  assert_fails(&error, path, ": file too large");
  error = none;
  bp_file_append(path, big, sizeof big, &error);
  bp_test_limit_files(0);
  assert_fails(&error, path, ": file too large");
  assert_content(dir, "a", "old");
  assert_false(bp_test_file_exists(dir, "a.tmp"));
  free(path);
  bp_test_remove(dir);
}

static void a_directory_is_cleared_by_number(void **state) {
  static const char *const name[] = {"run_0000.hdf", "run_0001.hdf",     "run_0002.hdf",
                                     "run_mine.hdf", "run_0000.hdf.tmp", "other"};
  static const int stays[] = {1, 0, 0, 1, 0, 1};
  char *dir = bp_test_directory();
  BpStoreError error = none;
  (void)state;
  for (int i = 0; i < BP_COUNT(name); i++) {
    char *path = bp_format("%s/%s", dir, name[i]);
    bp_file_replace(path, "x", 1, &error);
    free(path);
  }
  bp_directory_clear(dir, "run_", ".hdf", 1, &error);
  assert_sound(&error);
  for (int i = 0; i < BP_COUNT(name); i++)
    assert_int_equal(bp_test_file_exists(dir, name[i]), stays[i]);
  bp_test_remove(dir);
}

/* ---- HDF5 */

static const double real[6] = {1.5, -2.25, 1e-300, 3.0, 0.0, 1e300};
static const int64_t whole[3] = {-1, INT64_MAX, 0};

/* A file with one of everything. */
static void write_sample(const char *path, BpStoreError *error) {
  static const char *const names[] = {"solder", "die"};
  static const int32_t small[2] = {7, -8};
  static const unsigned char byte[2] = {0, 255};
  BpH5 *file = bp_h5_new(path, error);
  bp_h5_array(file, &(BpH5Array){"a/table", BP_H5_DOUBLE, 3, 2, "Pa", "a title", "point", 0}, real);
  bp_h5_array(file, &(BpH5Array){.name = "a/b/list", .type = BP_H5_INT64, .rows = 3}, whole);
  bp_h5_array(file, &(BpH5Array){.name = "small", .type = BP_H5_INT32, .rows = 2}, small);
  bp_h5_array(file, &(BpH5Array){.name = "byte", .type = BP_H5_BYTE, .rows = 2}, byte);
  bp_h5_array(file, &(BpH5Array){.name = "empty", .type = BP_H5_DOUBLE}, NULL);
  bp_h5_group(file, "g");
  bp_h5_set_text(file, "g", "text", "10 \xc2\xb5m, two\nlines");
  bp_h5_set_int(file, "g", "int", -5);
  bp_h5_set_double(file, "g", "double", 0.1);
  bp_h5_set_ints(file, "g", "ints", whole, 3);
  bp_h5_set_texts(file, "g", "texts", names, 2);
  bp_h5_set_ascii(file, "g", "ascii", "UnstructuredGrid");
  bp_h5_save(&file);
  assert_null(file);
}

static void collect(void *context, const char *name) {
  char **text = context, *longer = bp_format("%s %s", *text, name);
  free(*text);
  *text = longer;
}

static void assert_members(BpH5 *file, int attributes, const char *object, const char *expected) {
  char *names = bp_copy_text("");
  if (attributes)
    bp_h5_each_attribute(file, object, collect, &names);
  else
    bp_h5_each_member(file, object, collect, &names);
  assert_string_equal(names, expected);
  free(names);
}

static void arrays_and_attributes_come_back(void **state) {
  char *dir = bp_test_directory(), *path = bp_format("%s/x.h5", dir);
  BpStoreError error = none;
  double table[4];
  int64_t list[3], small[2], rows;
  int columns;
  (void)state;
  write_sample(path, &error);
  BpH5 *file = bp_h5_open(path, &error);
  bp_h5_shape(file, "a/table", &rows, &columns);
  assert_int_equal(rows, 3);
  assert_int_equal(columns, 2);
  bp_h5_read(file, "a/table", BP_H5_DOUBLE, 1, 2, table);
  assert_memory_equal(table, real + 2, sizeof table);
  bp_h5_read(file, "a/b/list", BP_H5_INT64, 0, 3, list);
  assert_memory_equal(list, whole, sizeof list);
  bp_h5_read(file, "small", BP_H5_INT64, 0, 2, small); /* converted */
  assert_int_equal(small[1], -8);
  bp_h5_read(file, "byte", BP_H5_INT64, 0, 2, small);
  assert_int_equal(small[1], 255);
  bp_h5_shape(file, "empty", &rows, &columns);
  assert_int_equal(rows, 0);
  assert_int_equal(bp_h5_get_int(file, "g", "int"), -5);
  assert_true(bp_h5_get_double(file, "g", "double") == 0.1);
  char *text = bp_h5_get_text(file, "g", "text"), *unit = bp_h5_get_text(file, "a/table", "unit");
  assert_string_equal(text, "10 \xc2\xb5m, two\nlines");
  assert_string_equal(unit, "Pa");
  assert_members(file, 0, "/", " a byte empty g small");
  assert_members(file, 1, "g", " ascii double int ints text texts");
  assert_members(file, 1, "a/table", " title unit where");
  assert_true(bp_h5_has(file, "a/b/list"));
  assert_false(bp_h5_has(file, "a/c"));
  bp_h5_free(&file);
  assert_sound(&error);
  free(unit);
  free(text);
  free(path);
  bp_test_remove(dir);
}

static void equal_content_makes_equal_files(void **state) {
  char *dir = bp_test_directory(), *one = bp_format("%s/1", dir), *two = bp_format("%s/2", dir);
  BpStoreError error = none;
  size_t n, m;
  (void)state;
  write_sample(one, &error);
  write_sample(two, &error);
  assert_sound(&error);
  char *a = bp_test_read_file(dir, "1", &n), *b = bp_test_read_file(dir, "2", &m);
  assert_int_equal(n, m);
  assert_memory_equal(a, b, n);
  free(b);
  free(a);
  free(two);
  free(one);
  bp_test_remove(dir);
}

/* A link and a virtual dataset find the other files from the place of their own. */
static void files_refer_to_each_other(void **state) {
  char *dir = bp_test_directory(), *sub = bp_format("%s/sub", dir);
  char *one = bp_format("%s/1.h5", sub), *two = bp_format("%s/2.h5", sub);
  char *path = bp_format("%s/x.h5", dir);
  const char *const other[] = {"sub/1.h5", "sub/2.h5"};
  BpStoreError error = none;
  double value[12];
  int64_t rows;
  int columns;
  (void)state;
  bp_directory_make(sub, &error);
  write_sample(one, &error);
  write_sample(two, &error);
  BpH5 *file = bp_h5_new(path, &error);
  bp_h5_link(file, "v/link", "sub/1.h5", "/a/table");
  bp_h5_virtual(file, &(BpH5Array){.name = "v/all", .type = BP_H5_DOUBLE, .rows = 3, .columns = 2},
                other, 2, "/a/table");
  bp_h5_save(&file);
  file = bp_h5_open(path, &error);
  bp_h5_shape(file, "v/all", &rows, &columns);
  assert_int_equal(rows, 6);
  bp_h5_read(file, "v/all", BP_H5_DOUBLE, 0, 6, value);
  assert_memory_equal(value, real, sizeof real);
  assert_memory_equal(value + 6, real, sizeof real);
  bp_h5_read(file, "v/link", BP_H5_DOUBLE, 0, 3, value);
  assert_memory_equal(value, real, sizeof real);
  bp_h5_free(&file);
  assert_sound(&error);
  free(path);
  free(two);
  free(one);
  free(sub);
  bp_test_remove(dir);
}

static void blocks_fill_a_file_that_is_laid_out(void **state) {
  char *dir = bp_test_directory(), *path = bp_format("%s/x.h5", dir);
  char *temporary = bp_durable_temporary(path);
  const BpH5Array table = {.name = "p/table", .type = BP_H5_DOUBLE, .rows = 3, .columns = 2};
  const BpH5Array list = {.name = "p/list", .type = BP_H5_INT64, .rows = 3};
  const BpH5Block block[] = {{table, 0, 3, real}, {list, 0, 3, whole}, {list, 0, 0, NULL}};
  BpStoreError error = none;
  double value[6];
  (void)state;
  BpH5 *file = bp_h5_new(path, &error);
  bp_h5_array(file, &table, NULL);
  bp_h5_array(file, &list, NULL);
  bp_h5_save_temporary(&file);
  assert_false(bp_test_file_exists(dir, "x.h5"));
  bp_h5_write_blocks(MPI_COMM_SELF, temporary, block, BP_COUNT(block), &error);
  bp_file_commit(path, &error);
  file = bp_h5_open(path, &error);
  bp_h5_read(file, "p/table", BP_H5_DOUBLE, 0, 3, value);
  assert_memory_equal(value, real, sizeof real);
  bp_h5_free(&file);
  assert_sound(&error);
  const BpH5Block wrong = {{.name = "q"}, 0, 0, NULL};
  bp_h5_write_blocks(MPI_COMM_SELF, path, &wrong, 1, &error);
  assert_fails(&error, path, "a dataset is missing");
  free(temporary);
  free(path);
  bp_test_remove(dir);
}

static void what_cannot_be_read_is_said(void **state) {
  char *dir = bp_test_directory(), *path = bp_format("%s/x.h5", dir);
  char *missing = bp_format("%s/y.h5", dir), *text = bp_format("%s/text", dir);
  BpStoreError error = none;
  double value[8];
  (void)state;
  write_sample(path, &error);
  bp_file_replace(text, "not HDF5", 8, &error);
  assert_sound(&error);
  BpH5 *file = bp_h5_open(missing, &error);
  assert_fails(&error, missing, ": no such file or directory");
  bp_h5_free(&file);
  error = none;
  file = bp_h5_open(text, &error);
  assert_fails(&error, text, ": cannot be opened (HDF5: ");
  bp_h5_free(&file);
  error = none;
  file = bp_h5_open(path, &error);
  bp_h5_read(file, "a/tables", BP_H5_DOUBLE, 0, 1, value);
  assert_fails(&error, path, ": has no dataset 'a/tables'");
  error = none;
  bp_h5_read(file, "a/table", BP_H5_DOUBLE, 1, 3, value);
  assert_fails(&error, path, "'a/table' has 3 rows, wanted are 3 from 1");
  error = none;
  bp_h5_get_int(file, "g", "none");
  assert_fails(&error, path, "'g' has no attribute 'none'");
  error = none;
  bp_h5_get_int(file, "g", "text");
  assert_fails(&error, path, "attribute 'text' of 'g' is not a number");
  error = none;
  free(bp_h5_get_text(file, "g", "int"));
  assert_fails(&error, path, "attribute 'int' of 'g' is not a text");
  bp_h5_free(&file);
  free(text);
  free(missing);
  free(path);
  bp_test_remove(dir);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_is_replaced_as_a_whole),
      cmocka_unit_test(what_cannot_be_written_is_said),
      cmocka_unit_test(a_full_disk_leaves_the_old_file),
      cmocka_unit_test(a_directory_is_cleared_by_number),
      cmocka_unit_test(arrays_and_attributes_come_back),
      cmocka_unit_test(equal_content_makes_equal_files),
      cmocka_unit_test(files_refer_to_each_other),
      cmocka_unit_test(blocks_fill_a_file_that_is_laid_out),
      cmocka_unit_test(what_cannot_be_read_is_said),
  };
  MPI_Init(&argc, &argv);
  const int failed = cmocka_run_group_tests(tests, NULL, NULL);
  MPI_Finalize();
  return failed;
}
