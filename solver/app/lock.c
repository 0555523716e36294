#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HOST = 128, OWNER = 256, MOST_TRIES = 100 };

static void this_host(char host[HOST]) {
  if (gethostname(host, HOST) != 0)
    snprintf(host, HOST, "unknown");
  host[HOST - 1] = '\0';
}

static void now(char *text, size_t size) {
  const time_t t = time(NULL);
  struct tm utc;
  gmtime_r(&t, &utc);
  strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* 1: locked, 0: another process holds it, -1: this file system has no locks, or errno. */
static int lock_file(int file) {
  struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fcntl(file, F_SETLK, &whole) == 0)
    return 1;
  return errno == EACCES || errno == EAGAIN ? 0 : -1;
}

typedef struct {
  char host[HOST], since[64];
  long pid; /* 0: the file says nothing */
} Owner;

static Owner read_owner(int file) {
  char text[OWNER] = "";
  Owner owner = {"", "", 0};
  const ssize_t n = pread(file, text, sizeof text - 1, 0);
  if (n <= 0 || sscanf(text, "%127s %ld %63s", owner.host, &owner.pid, owner.since) != 3)
    owner.pid = 0;
  return owner;
}

/* Whether the owner in the file may still be at work. */
static int may_live(const Owner *owner, int locked) {
  char host[HOST];
  this_host(host);
  if (locked == 0)
    return 1;
  if (owner->pid <= 0)
    return 0;
  if (strcmp(owner->host, host) != 0)
    return 1;
  /* the end of a process frees its lock; without locks the process itself is asked for */
  return locked < 0 && (kill((pid_t)owner->pid, 0) == 0 || errno != ESRCH);
}

static BpStatus write_owner(int file) {
  char host[HOST], since[64], text[OWNER];
  this_host(host);
  now(since, sizeof since);
  const int n = snprintf(text, sizeof text, "%s %ld %s\n", host, (long)getpid(), since);
  return ftruncate(file, 0) == 0 && pwrite(file, text, (size_t)n, 0) == n ? BP_OK : BP_BAD;
}

/* 1 if the file is still the one of that name: its last owner may have removed it meanwhile. */
static int is_current(int file, const char *path) {
  struct stat mine, there;
  return fstat(file, &mine) == 0 && stat(path, &there) == 0 && mine.st_ino == there.st_ino &&
         mine.st_dev == there.st_dev;
}

static void report_owner(const Owner *owner, const char *dir, const char *path,
                         BpProblems *problems) {
  if (owner->pid > 0)
    bp_problem(problems, BP_EXIT_IO, dir, 0,
               "is in use by process %ld on %s since %s; wait for it, choose another directory, or "
               "remove %s if that job is dead",
               owner->pid, owner->host, owner->since, path);
  else
    bp_problem(problems, BP_EXIT_IO, dir, 0,
               "is in use by another job; wait for it or choose another directory");
}

static void report_errno(const char *dir, BpProblems *problems) {
  bp_problem(problems, BP_EXIT_IO, dir, 0,
             "cannot be written: %s; choose a directory that you may write", strerror(errno));
}

BpStatus bp_lock_take(const char *dir, BpLock *lock, BpProblems *problems) {
  *lock = (BpLock){-1, bp_format("%s/ballpad.lock", dir)};
  for (int i = 0; i < MOST_TRIES; i++) {
    lock->file = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock->file < 0)
      break;
    const int locked = lock_file(lock->file);
    const Owner owner = read_owner(lock->file);
    if (may_live(&owner, locked)) {
      report_owner(&owner, dir, lock->path, problems);
      close(lock->file);
      lock->file = -1;
      bp_lock_release(lock);
      return BP_BAD;
    }
    if (is_current(lock->file, lock->path)) {
      if (write_owner(lock->file) == BP_OK)
        return BP_OK;
      break;
    }
    close(lock->file);
  }
  report_errno(dir, problems);
  bp_lock_release(lock);
  return BP_BAD;
}

int bp_lock_is_taken(const char *dir) {
  char *path = bp_format("%s/ballpad.lock", dir);
  const int file = open(path, O_RDWR | O_CLOEXEC);
  int taken = 0;
  if (file >= 0) {
    const int locked = lock_file(file);
    const Owner owner = read_owner(file);
    taken = may_live(&owner, locked);
    close(file);
  }
  free(path);
  return taken;
}

void bp_lock_release(BpLock *lock) {
  if (lock->file >= 0) {
    unlink(lock->path);
    close(lock->file);
  }
  free(lock->path);
  *lock = (BpLock){-1, NULL};
}
