#include "durable.h"

#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *bp_durable_temporary(const char *path) {
  return bp_format("%s.tmp", path);
}

int bp_durable_write_all(int file, const void *data, size_t n) {
  const char *from = data;
  while (n > 0) {
    const ssize_t done = write(file, from, n);
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return errno;
    from += done;
    n -= (size_t)done;
  }
  return 0;
}

/* Some file systems cannot flush to the disk; a full disk has shown by now. */
static int sync_file(int file) {
  return fsync(file) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno;
}

static int close_file(int file, int code) {
  return close(file) != 0 && code == 0 ? errno : code;
}

int bp_durable_write(const char *path, const void *data, size_t n) {
  char *temporary = bp_durable_temporary(path);
  const int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  int code = file < 0 ? errno : bp_durable_write_all(file, data, n);
  if (file >= 0) {
    code = close_file(file, code == 0 ? sync_file(file) : code);
    if (code != 0)
      unlink(temporary);
  }
  free(temporary);
  return code;
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

int bp_durable_commit(const char *path) {
  char *temporary = bp_durable_temporary(path);
  const int file = open(temporary, O_RDONLY);
  int code = file < 0 ? errno : close_file(file, sync_file(file));
  if (code == 0 && rename(temporary, path) != 0)
    code = errno;
  if (code == 0)
    sync_directory_of(path);
  else
    unlink(temporary);
  free(temporary);
  return code;
}

int bp_durable_replace(const char *path, const void *data, size_t n) {
  const int code = bp_durable_write(path, data, n);
  return code != 0 ? code : bp_durable_commit(path);
}
