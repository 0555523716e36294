/* ballpad life */
#include "directory.h"
#include "life_fill.h"
#include "life_page.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Work of rank 0; empty on the others. */
typedef struct {
  const BpLifeModel *model; /* of --model */
  double metric[BP_METRICS];
  BpLifeResult result;
  BpSummary *summary; /* [count] of RESULTS */
  int count, is_comparison;
  BpProblems problems;
} Lives;

/* ---- one model on given metrics */

static void evaluate(const BpArgs *args, Lives *lives) {
  for (int i = 0; i < BP_METRICS; i++)
    lives->metric[i] = NAN;
  for (int i = 0; i < args->nmetrics; i++)
    bp_metric_read(args->metric[i], lives->metric, &lives->problems);
  lives->model = bp_life_find(args->model);
  if (!lives->model)
    bp_life_unknown("--model", args->model, &lives->problems);
  else if (lives->problems.count == 0)
    bp_life_evaluate(lives->model, lives->metric, &lives->result, &lives->problems);
}

/* A metric that the model does not take is a mistake of the user's. */
static void check_surplus(Lives *lives) {
  for (int i = 0; i < BP_METRICS && lives->model; i++) {
    int used = isnan(lives->metric[i]);
    for (int k = 0; k < lives->model->nneeds; k++)
      used |= (int)lives->model->need[k].metric == i;
    if (!used)
      bp_problem(&lives->problems, BP_EXIT_CASE, NULL, 0,
                 "%s does not take the metric '%s'; leave it out", lives->model->name,
                 bp_metrics[i].name);
  }
}

/* ---- stored results */

static void read_run(const char *directory, Lives *lives) {
  char *path = bp_format("%s/summary.json", directory);
  BP_GROW(lives->summary, lives->count + 1);
  BpSummary *s = &lives->summary[lives->count++];
  if (bp_summary_read(path, s, &lives->problems) == BP_OK)
    bp_life_fill(directory, "all", s, &lives->problems);
  free(path);
}

static void read_comparison(const char *directory, const char *path, Lives *lives) {
  char **name;
  int count;
  lives->is_comparison = 1;
  bp_compare_names(path, &name, &count, &lives->problems);
  for (int i = 0; i < count; i++) {
    char *below = bp_format("%s/%s", directory, name[i]);
    read_run(below, lives);
    free(below);
    free(name[i]);
  }
  free(name);
}

static void read_results(const char *directory, Lives *lives) {
  char *comparison = bp_format("%s/compare.json", directory),
       *run = bp_format("%s/summary.json", directory);
  if (access(comparison, F_OK) == 0)
    read_comparison(directory, comparison, lives);
  else if (access(run, F_OK) == 0)
    read_run(directory, lives);
  else
    bp_problem(&lives->problems, BP_EXIT_IO, directory, 0,
               "has neither a summary.json nor a compare.json; give the directory of a finished "
               "run or comparison");
  free(comparison);
  free(run);
}

/* ---- results */

static char *text_of(const BpApp *app, const Lives *lives) {
  if (bp_app_has(app, BP_OPTION_LIST))
    return bp_life_list_json();
  if (lives->model)
    return bp_life_model_json(lives->model, lives->metric, &lives->result, &lives->problems);
  return bp_life_json(lives->summary, lives->count, lives->is_comparison);
}

static void print(const BpApp *app, const Lives *lives) {
  if (bp_app_has(app, BP_OPTION_LIST))
    bp_life_list(stdout);
  else if (lives->model)
    bp_life_model_page(stdout, lives->model, lives->metric, &lives->result, &lives->problems);
  else
    bp_life_table(stdout, lives->summary, lives->count, 1);
}

/* DIR/life.json */
static BpExit write_directory(const BpApp *app, const char *json) {
  BpDirectory directory;
  BpExit code = bp_directory_open(app, app->args->out, &directory);
  if (code != BP_EXIT_OK)
    return code;
  code = bp_directory_write(app, &directory, "life.json", json);
  bp_directory_close(app, &directory);
  return code;
}

static BpExit put_results(const BpApp *app, const Lives *lives) {
  char *json = app->rank == 0 ? text_of(app, lives) : bp_copy_text("");
  const BpExit code = app->args->out ? write_directory(app, json) : BP_EXIT_OK;
  if (code == BP_EXIT_OK && app->rank == 0) {
    if (bp_app_has(app, BP_OPTION_JSON))
      fputs(json, stdout);
    else if (!bp_app_has(app, BP_OPTION_QUIET))
      print(app, lives);
  }
  free(json);
  return code;
}

PetscErrorCode bp_command_life(const BpApp *app, BpExit *code) {
  Lives lives = {0};
  if (app->rank == 0 && app->args->model) {
    evaluate(app->args, &lives);
    check_surplus(&lives);
  } else if (app->rank == 0 && app->args->nfiles > 0)
    read_results(app->args->file[0], &lives);
  *code = bp_app_report(app, &lives.problems);
  if (*code == BP_EXIT_OK) {
    bp_app_warn(app, &lives.problems);
    *code = put_results(app, &lives);
  }
  for (int i = 0; i < lives.count; i++)
    bp_summary_free(&lives.summary[i]);
  free(lives.summary);
  bp_problems_free(&lives.problems);
  return 0;
}
