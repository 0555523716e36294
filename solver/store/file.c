#include "file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void bp_store_fail(BpStoreError *error, const char *format, ...) {
  va_list args;
  if (error->status != BP_OK)
    return;
  error->status = BP_BAD;
  va_start(args, format);
  vsnprintf(error->text, sizeof error->text, format, args);
  va_end(args);
}

void bp_store_fail_errno(BpStoreError *error, const char *path, int code) {
  char cause[128] = "unknown error";
  if (strerror_r(code, cause, sizeof cause) == 0)
    cause[0] = (char)tolower((unsigned char)cause[0]);
  bp_store_fail(error, "%s: %s", path, cause);
}

void bp_store_agree(MPI_Comm comm, BpStoreError *error) {
  int rank, nranks, first;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &nranks);
  const int mine = error->status != BP_OK ? rank : nranks;
  MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, comm);
  if (first < nranks)
    MPI_Bcast(error, (int)sizeof *error, MPI_BYTE, first, comm);
}

/* Sets the error of a file from a code of durable.h. */
static void note(BpStoreError *error, const char *path, int code) {
  if (code != 0)
    bp_store_fail_errno(error, path, code);
}

void bp_file_write_temporary(const char *path, const void *data, size_t n, BpStoreError *error) {
  if (error->status == BP_OK)
    note(error, path, bp_durable_write(path, data, n));
}

void bp_file_commit(const char *path, BpStoreError *error) {
  if (error->status == BP_OK)
    note(error, path, bp_durable_commit(path));
}

void bp_file_replace(const char *path, const void *data, size_t n, BpStoreError *error) {
  if (error->status == BP_OK)
    note(error, path, bp_durable_replace(path, data, n));
}

void bp_file_append(const char *path, const void *data, size_t n, BpStoreError *error) {
  if (error->status != BP_OK)
    return;
  const int file = open(path, O_WRONLY | O_APPEND);
  if (file < 0) {
    bp_store_fail_errno(error, path, errno);
    return;
  }
  const off_t end = lseek(file, 0, SEEK_END);
  int code = end < 0 ? errno : bp_durable_write_all(file, data, n);
  if (code != 0 && end >= 0 && ftruncate(file, end) != 0)
    code = errno;
  if (close(file) != 0 && code == 0)
    code = errno;
  note(error, path, code);
}

void bp_directory_make(const char *path, BpStoreError *error) {
  if (error->status == BP_OK && mkdir(path, 0777) != 0 && errno != EEXIST)
    bp_store_fail_errno(error, path, errno);
}

/* 1 if the name is prefix, a number >= first or none, suffix; or that with ".tmp" behind it. */
static int matches(const char *name, const char *prefix, const char *suffix, int first) {
  const size_t before = strlen(prefix), after = strlen(suffix);
  if (strncmp(name, prefix, before) != 0)
    return 0;
  const char *number = name + before, *end = number + strspn(number, "0123456789");
  if (strncmp(end, suffix, after) != 0)
    return 0;
  if (strcmp(end + after, ".tmp") == 0)
    return 1;
  return end[after] == '\0' && (end == number || strtol(number, NULL, 10) >= first);
}

void bp_directory_clear(const char *path, const char *prefix, const char *suffix, int first,
                        BpStoreError *error) {
  if (error->status != BP_OK)
    return;
  DIR *directory = opendir(path);
  if (!directory) {
    if (errno != ENOENT)
      bp_store_fail_errno(error, path, errno);
    return;
  }
  for (const struct dirent *entry; (entry = readdir(directory));) {
    if (!matches(entry->d_name, prefix, suffix, first))
      continue;
    char *file = bp_format("%s/%s", path, entry->d_name);
    if (unlink(file) != 0 && errno != ENOENT)
      bp_store_fail_errno(error, file, errno);
    free(file);
  }
  closedir(directory);
}
