#include "scratch.h"

#include "close.h"

#include "base.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

char *bp_test_directory(void) {
  const char *base = getenv("TMPDIR");
  char *name = bp_format("%s/ballpad-test-XXXXXX", base && base[0] ? base : "/tmp");
  assert_non_null(mkdtemp(name));
  return name;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *at) {
  (void)info;
  (void)type;
  (void)at;
  return remove(path);
}

void bp_test_remove(char *directory) {
  enum { OPEN_AT_ONCE = 8 };
  assert_int_equal(nftw(directory, remove_entry, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS), 0);
  free(directory);
}

char *bp_test_read_file(const char *directory, const char *name, size_t *n) {
  char *path = bp_format("%s/%s", directory, name);
  struct stat info;
  FILE *file = fopen(path, "rb");
  if (!file || stat(path, &info) != 0)
    fail_msg("%s cannot be read", path);
  *n = (size_t)info.st_size;
  char *text = bp_alloc(*n + 1, 1);
  assert_int_equal(fread(text, 1, *n, file), *n);
  fclose(file);
  free(path);
  return text;
}

int bp_test_file_exists(const char *directory, const char *name) {
  char *path = bp_format("%s/%s", directory, name);
  const int there = access(path, F_OK) == 0;
  free(path);
  return there;
}

void bp_test_limit_files(size_t bytes) {
  struct rlimit limit;
  signal(SIGXFSZ, SIG_IGN); /* write() then fails with EFBIG */
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
  limit.rlim_cur = bytes > 0 ? (rlim_t)bytes : limit.rlim_max;
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}
