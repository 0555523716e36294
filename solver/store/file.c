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

char *bp_file_temporary(const char *path) {
  return bp_format("%s.tmp", path);
}

/* 0, or the errno of what failed. */
static int write_all(int file, const char *data, size_t n) {
  while (n > 0) {
    const ssize_t done = write(file, data, n);
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return errno;
    data += done;
    n -= (size_t)done;
  }
  return 0;
}

static int write_durably(const char *path, const void *data, size_t n) {
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file < 0)
    return errno;
  int code = write_all(file, data, n);
  if (code == 0 && fsync(file) != 0)
    code = errno;
  if (close(file) != 0 && code == 0)
    code = errno;
  if (code != 0)
    unlink(path);
  return code;
}

void bp_file_write_temporary(const char *path, const void *data, size_t n, BpStoreError *error) {
  if (error->status != BP_OK)
    return;
  char *temporary = bp_file_temporary(path);
  const int code = write_durably(temporary, data, n);
  if (code != 0)
    bp_store_fail_errno(error, path, code);
  free(temporary);
}

/* Makes a directory's entries last. Some file systems cannot; their names are in order anyway. */
static void sync_directory_of(const char *path) {
  char *directory = bp_copy_text(path), *slash = strrchr(directory, '/');
  if (slash)
    *slash = '\0';
  const int file = open(slash ? directory : ".", O_RDONLY);
  if (file >= 0) {
    (void)fsync(file);
    close(file);
  }
  free(directory);
}

/* Puts on the disk what was written to a file, by whomever. 0, or the errno of what failed. */
static int sync_file(const char *path) {
  const int file = open(path, O_RDONLY);
  if (file < 0)
    return errno;
  int code = fsync(file) != 0 ? errno : 0;
  if (close(file) != 0 && code == 0)
    code = errno;
  return code;
}

void bp_file_commit(const char *path, BpStoreError *error) {
  if (error->status != BP_OK)
    return;
  char *temporary = bp_file_temporary(path);
  int code = sync_file(temporary);
  if (code == 0 && rename(temporary, path) != 0)
    code = errno;
  if (code == 0) {
    sync_directory_of(path);
  } else {
    unlink(temporary);
    bp_store_fail_errno(error, path, code);
  }
  free(temporary);
}

void bp_file_replace(const char *path, const void *data, size_t n, BpStoreError *error) {
  bp_file_write_temporary(path, data, n, error);
  bp_file_commit(path, error);
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
  int code = end < 0 ? errno : write_all(file, data, n);
  if (code != 0 && end >= 0 && ftruncate(file, end) != 0)
    code = errno;
  if (close(file) != 0 && code == 0)
    code = errno;
  if (code != 0)
    bp_store_fail_errno(error, path, code);
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
