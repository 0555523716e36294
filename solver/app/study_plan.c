#include "study_plan.h"

#include "directory.h"
#include "study_state.h"
#include "versions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- one point: its case with the values set, checked as `check` does before it builds the mesh
 */

static void add_override(char ***set, int *count, char *text) {
  BP_GROW(*set, *count + 1);
  (*set)[(*count)++] = text;
}

/* "key=value": what holds for all points, then what a point has. */
static char **list_overrides(const BpStudyPlan *plan, int point, int *count) {
  char **set = NULL;
  *count = 0;
  for (const char *line = plan->set, *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
    add_override(&set, count, bp_format("%.*s", (int)(end - line), line));
  for (int k = 0; k < plan->nkeys; k++)
    if (plan->point[point].text[k])
      add_override(&set, count, bp_format("%s=%s", plan->key[k], plan->point[point].text[k]));
  return set;
}

static char *join_errors(const BpProblems *problems) {
  char *text = bp_copy_text("");
  for (int i = 0; i < problems->count; i++) {
    if (problems->item[i].code == BP_EXIT_OK)
      continue;
    char *longer = bp_format("%s%s%s", text, text[0] ? "; " : "", problems->item[i].text);
    free(text);
    text = longer;
  }
  return text;
}

/* Hash or reason of a point. Returns its complete case, to be freed with free(), NULL if it cannot
 * be built; why_not then has the exit code. */
static char *check_point(const BpApp *app, BpStudyPlan *plan, int point, BpExit *why_not) {
  BpSetup setup;
  BpApp own = *app;
  BpArgs args = *app->args;
  char *text = NULL, **set = list_overrides(plan, point, &args.nset);
  args.set = set;
  own.args = &args;
  bp_setup_read(&own, plan->case_file, &setup);
  *why_not = bp_problems_exit(&setup.problems);
  if (*why_not == BP_EXIT_OK) {
    text = bp_copy_text(setup.text);
    snprintf(plan->point[point].hash, BP_HASH_SIZE, "%s", setup.hash);
  } else
    plan->point[point].reason = join_errors(&setup.problems);
  bp_setup_free(&setup);
  for (int i = 0; i < args.nset; i++)
    free(set[i]);
  free(set);
  return text;
}

/* ---- files */

static void write_file(const char *path, const char *text, BpProblems *problems) {
  if (problems->count == 0 && bp_report_write(path, text) != BP_OK)
    bp_problem(problems, BP_EXIT_IO, path, 0,
               "cannot be written: %s; make room or choose another "
               "directory",
               strerror(errno));
}

static void write_point(const char *dir, const BpStudyPoint *point, const char *text,
                        BpProblems *problems) {
  char *path = bp_format("%s/%s", dir, point->directory);
  if (mkdir(path, 0777) != 0 && errno != EEXIST)
    bp_problem(problems, BP_EXIT_IO, path, 0,
               "cannot be made: %s; choose a directory that you may "
               "write",
               strerror(errno));
  char *file = bp_format("%s/case.yaml", path);
  if (text)
    write_file(file, text, problems);
  else
    unlink(file);
  free(file);
  free(path);
}

static int is_same_plan(const BpStudyPlan *a, const BpStudyPlan *b) {
  int same = a->npoints == b->npoints && strcmp(a->study_hash, b->study_hash) == 0;
  for (int i = 0; same && i < a->npoints; i++)
    same = strcmp(a->point[i].hash, b->point[i].hash) == 0;
  return same;
}

/* 1 if the plan is there already. Another one must not have begun. */
static int check_old(const BpApp *app, const BpStudyPlan *plan, BpProblems *problems) {
  BpProblems ignored = {0};
  const char *dir = app->args->out;
  char *path = bp_format("%s/manifest.json", dir);
  int begun = 0;
  BpStudyPlan *old = bp_study_plan_read(path, &ignored);
  const int same = old && is_same_plan(old, plan);
  for (int i = 0; !same && i < plan->npoints; i++)
    begun |= bp_study_has_begun(dir, plan->point[i].directory);
  if (begun && !bp_app_has(app, BP_OPTION_FORCE))
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "is another plan, and its runs have begun; choose another directory, or replace it "
               "with --force");
  bp_study_plan_free(old);
  bp_problems_free(&ignored);
  free(path);
  return same;
}

static void write_plan(const BpApp *app, const BpStudyPlan *plan, char *const *text,
                       BpProblems *problems) {
  char *path = bp_format("%s/manifest.json", app->args->out), *json = bp_study_plan_json(plan);
  const int is_there = check_old(app, plan, problems);
  if (!is_there && problems->count == 0)
    unlink(path); /* points without a plan are nothing, a plan without its points is a trap */
  for (int i = 0; problems->count == 0 && i < plan->npoints; i++)
    write_point(app->args->out, &plan->point[i], text[i], problems);
  if (!is_there)
    write_file(path, json, problems);
  free(path);
  free(json);
}

/* ---- the whole, on rank 0 */

/* Those of the command line behind those of the study file; line breaks within one are blanks, as
 * in YAML. */
static void add_set(BpStudyPlan *plan, const BpArgs *args) {
  for (int i = 0; i < args->nset; i++) {
    char *line = bp_copy_text(args->set[i]);
    for (char *c = strchr(line, '\n'); c; c = strchr(c, '\n'))
      *c = ' ';
    char *longer = bp_format("%s%s\n", plan->set, line);
    free(line);
    free(plan->set);
    plan->set = longer;
  }
}

static void print_plan(const BpApp *app, const BpStudyPlan *plan, int refused) {
  if (bp_app_has(app, BP_OPTION_JSON)) {
    char *text = bp_study_plan_json(plan);
    fputs(text, stdout);
    free(text);
    return;
  }
  if (bp_app_has(app, BP_OPTION_QUIET))
    return;
  for (int i = 0; i < plan->npoints; i++)
    if (plan->point[i].reason)
      printf("%s cannot be built: %s\n", plan->point[i].directory, plan->point[i].reason);
  printf("%d points (%s) in %s, %d of them to be run\n", plan->npoints, plan->design,
         app->args->out, plan->npoints - refused);
}

/* The base case by its absolute path, for calls from other working directories. */
static void find_case(const char *given, char path[BP_PATH]) {
  bp_setup_find(given, "cases/", path);
  char *whole = realpath(path, NULL);
  if (whole && strlen(whole) < BP_PATH)
    snprintf(path, BP_PATH, "%s", whole);
  free(whole);
}

/* A study of which nothing can be run ends with the reason of its first point. */
static void make(const BpApp *app, const BpStudy *study, BpProblems *problems) {
  BpStudyPlan *plan = bp_study_plan(study);
  char **text = BP_NEW(char *, plan->npoints);
  char *build = bp_version_build();
  int refused = 0;
  BpExit why_not, first = BP_EXIT_OK;
  find_case(study->case_file, plan->case_file);
  add_set(plan, app->args);
  snprintf(plan->version, sizeof plan->version, "%s", bp_version());
  snprintf(plan->build, sizeof plan->build, "%s", build);
  for (int i = 0; i < plan->npoints; i++) {
    text[i] = check_point(app, plan, i, &why_not);
    refused += text[i] == NULL;
    first = first == BP_EXIT_OK ? why_not : first;
  }
  if (refused == plan->npoints)
    bp_problem(problems, first, study->file, 0,
               "none of the %d points can be built; the first one: %s", plan->npoints,
               plan->point[0].reason);
  if (problems->count == 0 &&
      bp_study_hash(study->file, plan->case_file, plan->study_hash, problems) == BP_OK)
    write_plan(app, plan, text, problems);
  if (problems->count == 0)
    print_plan(app, plan, refused);
  for (int i = 0; i < plan->npoints; i++)
    free(text[i]);
  free(text);
  free(build);
  bp_study_plan_free(plan);
}

static BpExit make_in(const BpApp *app, const BpStudy *study) {
  BpProblems problems = {0};
  BpDirectory directory;
  BpExit code = bp_directory_open(app, app->args->out, &directory);
  if (code != BP_EXIT_OK)
    return code;
  if (app->rank == 0)
    make(app, study, &problems);
  code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  bp_directory_close(app, &directory);
  return code;
}

BpExit bp_study_make_plan(const BpApp *app) {
  BpProblems problems = {0};
  BpStudy *study = NULL;
  char path[BP_PATH];
  bp_study_find(app->args->file[1], path);
  if (app->rank == 0)
    study = bp_study_read(path, &problems);
  BpExit code = bp_app_report(app, &problems);
  if (code == BP_EXIT_OK)
    code = make_in(app, study);
  bp_study_free(study);
  bp_problems_free(&problems);
  return code;
}
