#include "study_state.h"

#include "json.h"
#include "lock.h"
#include "versions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the plan */

void bp_study_find(const char *given, char path[BP_PATH]) {
  char *relative = bp_format("cases/studies/%s/study.yaml", given);
  if (access(given, F_OK) == 0 || bp_data_file(relative, path, BP_PATH) != BP_OK) {
    if (access(given, F_OK) == 0 || bp_data_file(given, path, BP_PATH) != BP_OK)
      snprintf(path, BP_PATH, "%s", given);
  }
  free(relative);
}

BpStatus bp_study_hash(const char *study, const char *case_file, char hash[BP_HASH_SIZE],
                       BpProblems *problems) {
  char both[2][BP_HASH_SIZE];
  const char *const path[] = {study, case_file};
  for (int i = 0; i < 2; i++)
    if (bp_hash_file(path[i], both[i]) != BP_OK) {
      bp_problem(problems, BP_EXIT_IO, path[i], 0,
                 "cannot be read: %s; it must stay where it was when the study was planned",
                 strerror(errno));
      return BP_BAD;
    }
  bp_hash_bytes(both, sizeof both, hash);
  return BP_OK;
}

static void check_plan(const BpArgs *args, const BpStudyJob *job, BpProblems *problems) {
  char found[BP_PATH], hash[BP_HASH_SIZE];
  int point[2];
  const int last = job->plan->npoints - 1;
  bp_study_find(args->file[1], found);
  if (bp_study_hash(found, job->plan->case_file, hash, problems) != BP_OK)
    return;
  if (strcmp(hash, job->plan->study_hash) != 0)
    bp_problem(
        problems, BP_EXIT_CHECKPOINT, found, 0,
        "is not what %s/manifest.json was made of: it or its case, %s, was changed since; plan "
        "again, into another directory where runs have begun",
        job->dir, job->plan->case_file);
  bp_args_points(args, point);
  if (args->index && point[0] > last)
    bp_problem(problems, BP_EXIT_USAGE, NULL, 0,
               "--index %s is outside the plan; its points are 0 to %d", args->index, last);
  else if (args->range && point[1] > last)
    bp_problem(problems, BP_EXIT_USAGE, NULL, 0,
               "--range %s reaches outside the plan; its points are 0 to %d, --range 0:%d",
               args->range, last, last + 1);
}

BpStatus bp_study_open(const BpArgs *args, BpStudyJob *job, BpProblems *problems) {
  const int before = problems->count;
  char *path = bp_format("%s/manifest.json", args->out);
  *job = (BpStudyJob){.dir = args->out, .build = bp_version_build()};
  job->plan = bp_study_plan_read(path, problems);
  free(path);
  if (job->plan)
    check_plan(args, job, problems);
  return problems->count == before ? BP_OK : BP_BAD;
}

void bp_study_close(BpStudyJob *job) {
  bp_study_plan_free(job->plan);
  free(job->build);
  *job = (BpStudyJob){0};
}

void bp_study_selected(const BpArgs *args, const BpStudyJob *job, int point[2]) {
  const int last = job->plan->npoints - 1;
  bp_args_points(args, point);
  point[1] = point[1] < last ? point[1] : last;
}

/* ---- points */

char *bp_study_path(const BpStudyJob *job, int point, const char *name) {
  return bp_format("%s/%s%s%s", job->dir, job->plan->point[point].directory, name ? "/" : "",
                   name ? name : "");
}

int bp_study_has_begun(const char *dir, const char *point) {
  static const char *const traces[] = {"summary.json", "failure.json", "run.log", "ballpad.lock"};
  int found = 0;
  for (int i = 0; i < BP_COUNT(traces); i++) {
    char *path = bp_format("%s/%s/%s", dir, point, traces[i]);
    found |= access(path, F_OK) == 0;
    free(path);
  }
  return found;
}

/* Of codes that the case itself leads to, as opposed to the machine, in the same program. */
static int is_final(BpExit code) {
  return code == BP_EXIT_CASE || code == BP_EXIT_GEOMETRY || code == BP_EXIT_DIVERGED;
}

BpStatus bp_study_keep_failure(const BpStudyJob *job, int point, BpExit code, const char *text) {
  char *path = bp_study_path(job, point, "failure.json");
  BpStatus status = BP_OK;
  if (!text) {
    unlink(path);
  } else {
    char *json =
        bp_json_dump(json_pack("{s:i, s:i, s:s, s:s, s:i, s:o}", "schema", 1, "index", point,
                               "content_hash", job->plan->point[point].hash, "build", job->build,
                               "code", (int)code, "reason", bp_json_text(text)));
    status = bp_report_write(path, json);
    free(json);
  }
  free(path);
  return status;
}

static const char *text_of(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text : "";
}

static void look_at_failure(const BpStudyJob *job, int point, BpStudyLook *look) {
  char *path = bp_study_path(job, point, "failure.json");
  json_t *object = json_load_file(path, 0, NULL);
  if (strcmp(text_of(object, "content_hash"), job->plan->point[point].hash) == 0) {
    look->state = BP_POINT_FAILED;
    look->is_final = is_final((BpExit)json_integer_value(json_object_get(object, "code"))) &&
                     strcmp(text_of(object, "build"), job->build) == 0;
    look->reason = bp_copy_text(text_of(object, "reason"));
  }
  json_decref(object);
  free(path);
}

/* Results that are there must be of this point by this program. */
static void compare(const BpStudyJob *job, int point, const BpSummary *s, BpStudyLook *look) {
  const char *dir = job->plan->point[point].directory;
  look->is_foreign = 1;
  if (strcmp(s->case_hash, job->plan->point[point].hash) != 0)
    look->reason =
        bp_format("%s/%s: holds results of another case than the plan's; choose another directory, "
                  "or replace them with study run --force",
                  job->dir, dir);
  else if (strcmp(s->build, job->build) != 0)
    look->reason = bp_format(
        "%s/%s: holds results of version %s (%s), not of %s; use that one, or replace them with "
        "study run --force",
        job->dir, dir, s->version, s->build, job->build);
  else
    look->is_foreign = 0;
}

BpStudyLook bp_study_look(const BpStudyJob *job, int point, BpSummary *summary) {
  BpStudyLook look = {.state = BP_POINT_PLANNED};
  BpSummary own;
  BpProblems ignored = {0};
  const BpStudyPoint *planned = &job->plan->point[point];
  if (planned->reason)
    return (BpStudyLook){BP_POINT_FAILED, 1, 0, bp_copy_text(planned->reason)};
  char *path = bp_study_path(job, point, "summary.json");
  const int is_there = access(path, F_OK) == 0 && bp_summary_read(path, &own, &ignored) == BP_OK;
  if (is_there && own.converged) {
    look.state = BP_POINT_FINISHED;
    compare(job, point, &own, &look);
  } else
    look_at_failure(job, point, &look);
  if (summary && look.state == BP_POINT_FINISHED)
    *summary = own;
  else if (is_there)
    bp_summary_free(&own);
  bp_problems_free(&ignored);
  free(path);
  return look;
}

/* ---- all of them */

BpStudyCount bp_study_count(const BpStudyJob *job, const int point[2]) {
  BpStudyCount count = {0};
  for (int i = point[0]; i <= point[1]; i++) {
    BpStudyLook look = bp_study_look(job, i, NULL);
    char *dir = bp_study_path(job, i, NULL);
    if (look.is_foreign)
      count.foreign++;
    else if (look.state == BP_POINT_FINISHED)
      count.finished++;
    else if (bp_lock_is_taken(dir))
      count.running++;
    else if (look.state == BP_POINT_FAILED)
      count.failed++;
    else
      count.left++;
    free(dir);
    free(look.reason);
  }
  return count;
}

void bp_study_print_end(FILE *out, const BpStudyJob *job, int point) {
  static const char *const what[] = {[BP_POINT_PLANNED] = "not done",
                                     [BP_POINT_FINISHED] = "finished",
                                     [BP_POINT_FAILED] = "failed"};
  BpStudyLook look = bp_study_look(job, point, NULL);
  fprintf(out, "%s: %s\n", job->plan->point[point].directory, what[look.state]);
  fflush(out);
  free(look.reason);
}

static void print_part(FILE *out, int n, const char *what) {
  if (n > 0)
    fprintf(out, ", %d %s", n, what);
}

void bp_study_print_count(FILE *out, const BpStudyCount *c) {
  fprintf(out, "%d points: %d finished",
          c->finished + c->failed + c->foreign + c->running + c->left, c->finished);
  print_part(out, c->failed, "failed");
  print_part(out, c->running, "run by another job");
  print_part(out, c->foreign, "of another case or version");
  print_part(out, c->left, "left");
  fputc('\n', out);
}

void bp_study_print_json(FILE *out, const BpStudyCount *c) {
  char *text = bp_json_dump(json_pack("{s:i, s:i, s:i, s:i, s:i, s:i}", "schema", 1, "finished",
                                      c->finished, "failed", c->failed, "running", c->running,
                                      "foreign", c->foreign, "left", c->left));
  fputs(text, out);
  free(text);
}

BpExit bp_study_exit(const BpStudyCount *c, int stopped) {
  if (stopped && c->left > 0)
    return BP_EXIT_STOPPED;
  if (c->foreign > 0)
    return BP_EXIT_CHECKPOINT;
  if (c->failed > 0)
    return BP_EXIT_DIVERGED;
  return c->running + c->left > 0 ? BP_EXIT_IO : BP_EXIT_OK;
}
