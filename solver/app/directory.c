#include "directory.h"

#include "report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The directory and what is missing above it. 0 or an errno. */
static int make_all(const char *path) {
  char *part = bp_copy_text(path);
  int code = 0;
  for (char *end = part + 1; code == 0; end++) {
    if (*end != '/' && *end)
      continue;
    const char kept = *end;
    *end = '\0';
    if (mkdir(part, 0777) != 0 && errno != EEXIST)
      code = errno;
    *end = kept;
    if (!kept)
      break;
  }
  free(part);
  struct stat status;
  if (code == 0 && stat(path, &status) != 0)
    code = errno;
  else if (code == 0 && !S_ISDIR(status.st_mode))
    code = ENOTDIR;
  return code;
}

char *bp_directory_file(const BpDirectory *directory, const char *name) {
  return bp_format("%s/%s", directory->path, name);
}

BpExit bp_directory_open(const BpApp *app, const char *path, BpDirectory *directory) {
  BpProblems problems = {0};
  *directory = (BpDirectory){.path = bp_copy_text(path), .lock = {.file = -1}};
  if (app->rank == 0) {
    const int code = make_all(path);
    if (code != 0)
      bp_problem(&problems, BP_EXIT_IO, path, 0,
                 "cannot be made: %s; choose a directory that you may write", strerror(code));
    else
      bp_lock_take(path, &directory->lock, &problems);
  }
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  if (code != BP_EXIT_OK)
    bp_directory_close(app, directory);
  return code;
}

void bp_directory_close(const BpApp *app, BpDirectory *directory) {
  if (app->rank == 0 && directory->lock.path)
    bp_lock_release(&directory->lock);
  free(directory->path);
  *directory = (BpDirectory){.lock = {.file = -1}};
}

/* A JSON file of the directory that exists and does not hold this hash belongs to another case. */
static void protect_file(const BpDirectory *directory, const char *name, const char *key,
                         const char *hash, BpProblems *problems) {
  char found[BP_HASH_SIZE] = "", *path = bp_directory_file(directory, name);
  if (access(path, F_OK) == 0 &&
      (bp_report_read_text(path, key, found, sizeof found) != BP_OK || strcmp(found, hash) != 0))
    bp_problem(problems, BP_EXIT_CHECKPOINT, directory->path, 0,
               "%s there is of another case, or its cards or mesh were changed; choose another "
               "directory, or replace what is there with --force",
               name);
  free(path);
}

BpExit bp_directory_protect(const BpApp *app, const BpDirectory *directory, const BpSetup *setup) {
  BpProblems problems = {0};
  if (app->rank == 0 && !bp_app_has(app, BP_OPTION_FORCE)) {
    protect_file(directory, "summary.json", "case_hash", setup->hash, &problems);
    if (problems.count == 0 && !setup->mesh_file)
      protect_file(directory, "mesh.json", "mesh_hash", setup->mesh_hash, &problems);
  }
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  return code;
}

BpExit bp_directory_write(const BpApp *app, const BpDirectory *directory, const char *name,
                          const char *text) {
  BpProblems problems = {0};
  if (app->rank == 0) {
    char *path = bp_directory_file(directory, name);
    if (bp_report_write(path, text) != BP_OK)
      bp_problem(&problems, BP_EXIT_IO, path, 0,
                 "cannot be written: %s; make room or choose "
                 "another directory",
                 strerror(errno));
    free(path);
  }
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  return code;
}
