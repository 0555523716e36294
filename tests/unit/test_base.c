/* Memory, hashes, problems, log and version. */
#include "close.h"

#include "base.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* FIPS 180-2, appendix B.1, and the empty message. */
static void hashes_are_sha256(void **state) {
  (void)state;
  char hex[BP_HASH_SIZE];
  bp_hash_bytes("abc", 3, hex);
  assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  bp_hash_bytes("", 0, hex);
  assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* FIPS 180-2, appendix B.3: a million times the letter a, more than one buffer. */
static void hashes_of_files(void **state) {
  (void)state;
  char *path = bp_copy_text("/tmp/bp_hash_XXXXXX"), hex[BP_HASH_SIZE];
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  char block[1000];
  memset(block, 'a', sizeof block);
  for (int i = 0; i < 1000; i++)
    assert_int_equal(write(fd, block, sizeof block), (int)sizeof block);
  close(fd);
  assert_int_equal(bp_hash_file(path, hex), BP_OK);
  assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  unlink(path);
  assert_int_equal(bp_hash_file(path, hex), BP_BAD);
  free(path);
}

static void memory_is_zero_and_grows(void **state) {
  (void)state;
  double *v = BP_NEW(double, 1000);
  for (int i = 0; i < 1000; i++)
    assert_true(v[i] == 0.0);
  v[999] = 7.0;
  BP_GROW(v, 100000);
  assert_true(v[999] == 7.0);
  free(v);
  free(BP_NEW(int, 0)); /* none is not NULL */
  void *none = bp_alloc(0, 8);
  assert_non_null(none);
  free(none);
  const int array[7] = {0};
  (void)array;
  assert_int_equal(BP_COUNT(array), 7);
}

static void texts_are_formatted(void **state) {
  (void)state;
  char *text = bp_format("%s %d %g", "layer", 3, 0.5), *copy = bp_copy_text(text);
  assert_string_equal(text, "layer 3 0.5");
  assert_string_equal(copy, text);
  assert_ptr_not_equal(copy, text);
  free(text);
  free(copy);
}

static void problems_are_collected(void **state) {
  (void)state;
  BpProblems p = {0};
  assert_int_equal(bp_problems_exit(&p), BP_EXIT_OK);
  bp_warning(&p, "hot: %d", 3);
  bp_warning(&p, "hot: %d", 3); /* said once */
  assert_int_equal(p.count, 1);
  assert_int_equal(bp_problems_exit(&p), BP_EXIT_OK);
  bp_problem(&p, BP_EXIT_GEOMETRY, NULL, 0, "no place");
  bp_problem(&p, BP_EXIT_CASE, "a.yaml", 12, "key '%s'", "x");
  bp_problem(&p, BP_EXIT_IO, "b.h5", 0, "full");
  assert_int_equal(p.count, 4);
  assert_int_equal(bp_problems_exit(&p), BP_EXIT_GEOMETRY); /* the first true one */
  assert_string_equal(p.item[1].text, "no place");
  assert_string_equal(p.item[2].text, "a.yaml:12: key 'x'");
  assert_string_equal(p.item[3].text, "b.h5: full");
  bp_problems_free(&p);
  assert_int_equal(p.count, 0);
}

static void problems_are_printed(void **state) {
  (void)state;
  BpProblems p = {0};
  char *text = NULL;
  size_t size;
  bp_warning(&p, "warm");
  bp_problem(&p, BP_EXIT_CASE, "c.yaml", 1, "bad");
  FILE *out = open_memstream(&text, &size);
  bp_problems_print(&p, out);
  fclose(out);
  assert_string_equal(text, "ballpad: warning: warm\nballpad: c.yaml:1: bad\n");
  free(text);
  bp_problems_free(&p);
}

typedef struct {
  int lines;
  BpLogLevel level;
  char last[64];
} Seen;

static void see(BpLogLevel level, const char *line, void *context) {
  Seen *seen = context;
  seen->lines++;
  seen->level = level;
  snprintf(seen->last, sizeof seen->last, "%s", line);
}

static void the_log_goes_where_it_is_told(void **state) {
  (void)state;
  Seen seen = {0};
  bp_log(BP_LOG_WARNING, "nobody listens");
  bp_log_sink(see, &seen);
  bp_log(BP_LOG_DETAIL, "step %d", 4);
  assert_int_equal(seen.lines, 1);
  assert_int_equal(seen.level, BP_LOG_DETAIL);
  assert_string_equal(seen.last, "step 4");
  bp_log_sink(NULL, NULL);
  bp_log(BP_LOG_INFO, "silence");
  assert_int_equal(seen.lines, 1);
}

static void the_version_is_there(void **state) {
  (void)state;
  int major, minor, patch;
  assert_int_equal(sscanf(bp_version(), "%d.%d.%d", &major, &minor, &patch), 3);
  assert_true(strlen(bp_version_git()) > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(hashes_are_sha256),
      cmocka_unit_test(hashes_of_files),
      cmocka_unit_test(memory_is_zero_and_grows),
      cmocka_unit_test(texts_are_formatted),
      cmocka_unit_test(problems_are_collected),
      cmocka_unit_test(problems_are_printed),
      cmocka_unit_test(the_log_goes_where_it_is_told),
      cmocka_unit_test(the_version_is_there),
  };
  return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
