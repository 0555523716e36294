#include "study_plan.h"

#include "directory.h"
#include "study_figures.h"
#include "study_h5.h"
#include "study_plot.h"
#include "study_state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- gathering */

/* Results are those of one program: whichever the first finished point is of. */
static void adopt_build(BpStudyJob *job) {
  char build[2 * BP_NAME];
  for (int i = 0; i < job->plan->npoints; i++) {
    char *path = bp_study_path(job, i, "summary.json");
    const BpStatus found = bp_report_read_text(path, "build", build, sizeof build);
    free(path);
    if (found == BP_OK) {
      free(job->build);
      job->build = bp_copy_text(build);
      return;
    }
  }
}

/* Summaries of the finished points, in order; the state and reason of all. */
static BpSummary *read_points(const BpStudyJob *job, BpStudyTable *table, BpProblems *problems) {
  BpSummary *summary = BP_NEW(BpSummary, job->plan->npoints);
  for (int i = 0; i < job->plan->npoints; i++) {
    BpStudyLook look = bp_study_look(job, i, &summary[i]);
    table->state[i] = look.state;
    if (look.is_foreign)
      bp_problem(problems, BP_EXIT_CHECKPOINT, NULL, 0, "%s", look.reason);
    table->reason[i] = look.reason;
  }
  return summary;
}

static int fill(const BpStudyJob *job, BpStudyTable *table, BpProblems *problems) {
  const int n = job->plan->npoints;
  BpSummary *summary = read_points(job, table, problems);
  int finished = 0, compared = 0;
  for (int i = 0; i < n; i++) {
    if (table->state[i] != BP_POINT_FINISHED)
      continue;
    bp_study_add_figures(table, i, &summary[i]);
    finished++;
  }
  for (int i = 0; i < n; i++)
    compared |= job->plan->point[i].reference >= 0;
  if (compared)
    bp_study_table_ratios(table);
  for (int i = 0; i < n; i++)
    if (table->state[i] == BP_POINT_FINISHED) {
      bp_study_add_costs(table, i, &summary[i]);
      bp_summary_free(&summary[i]);
    }
  free(summary);
  return finished;
}

/* ---- what is said */

static void print_effects(const BpStudyTable *t, int column) {
  BpEffect *effect;
  char value[80];
  const int n = bp_study_effects(t, column, &effect);
  printf("\n%-46s %16s %9s %6s\n", t->name[column], "mean", "deviation", "points");
  for (int i = 0; i < n; i++) {
    const BpStudyPlan *plan = t->plan;
    int key = 0;
    while (plan->owner[key] != effect[i].factor)
      key++;
    if (effect[i].text)
      snprintf(value, sizeof value, "%s", effect[i].text);
    else
      snprintf(value, sizeof value, "about %.4g %s", effect[i].x, plan->si[key]);
    printf("  %-32s %-11s %16.6g %9.2g %6d\n", plan->key[key], value, effect[i].mean,
           effect[i].deviation, effect[i].count);
  }
  free(effect);
}

static void print_indices(const BpStudyTable *t, int column) {
  const BpStudyPlan *plan = t->plan;
  double *first = BP_NEW(double, plan->nfactors), *total = BP_NEW(double, plan->nfactors);
  if (bp_study_indices(t, column, first, total) == BP_OK) {
    printf("\n%-46s %16s %9s\n", "share of the variance", "alone", "in all");
    for (int f = 0; f < plan->nfactors; f++) {
      int key = 0;
      while (plan->owner[key] != f)
        key++;
      printf("  %-44s %16.3f %9.3f\n", plan->key[key], first[f], total[f]);
    }
  }
  free(first);
  free(total);
}

static void print(const BpApp *app, const BpStudyJob *job, const BpStudyTable *t, int column) {
  const int all[2] = {0, t->plan->npoints - 1};
  if (bp_app_has(app, BP_OPTION_JSON)) {
    char *text = bp_study_json(t);
    fputs(text, stdout);
    free(text);
  }
  if (bp_app_has(app, BP_OPTION_JSON | BP_OPTION_QUIET))
    return;
  const BpStudyCount count = bp_study_count(job, all);
  bp_study_print_count(stdout, &count);
  for (int i = 0; i < t->plan->npoints; i++)
    if (t->state[i] == BP_POINT_FAILED)
      printf("%s failed: %s\n", t->plan->point[i].directory, t->reason[i]);
  print_effects(t, column);
  print_indices(t, column);
}

/* ---- files */

static void write_text(const char *dir, const char *name, char *text, BpProblems *problems) {
  char *path = bp_format("%s/%s", dir, name);
  if (bp_report_write(path, text) != BP_OK)
    bp_problem(problems, BP_EXIT_IO, path, 0, "cannot be written: %s; make room", strerror(errno));
  free(path);
  free(text);
}

static void write_all(const BpStudyTable *table, int column, const char *dir,
                      BpProblems *problems) {
  BpStoreError error = {0};
  write_text(dir, "study.csv", bp_study_csv(table), problems);
  write_text(dir, "study.json", bp_study_json(table), problems);
  bp_study_write_h5(table, dir, &error);
  if (error.status != BP_OK)
    bp_problem(problems, BP_EXIT_IO, NULL, 0, "%s; make room", error.text);
  bp_study_draw(table, column, dir, problems);
}

/* The ratio to the reference, where there is one. */
static int main_column(const BpStudyTable *table) {
  const int ratio = bp_study_table_find(table, BP_STUDY_MAIN ".ratio");
  return ratio >= 0 ? ratio : bp_study_table_find(table, BP_STUDY_MAIN);
}

static void collect(const BpApp *app, BpProblems *problems) {
  BpStudyJob job;
  if (bp_study_open(app->args, &job, problems) == BP_OK) {
    adopt_build(&job);
    BpStudyTable *table = bp_study_table_new(job.plan);
    const int finished = fill(&job, table, problems);
    if (problems->count == 0 && finished == 0)
      bp_problem(problems, BP_EXIT_IO, app->args->out, 0,
                 "no point is finished; 'ballpad study run STUDY -o DIR' runs them");
    if (problems->count == 0) {
      write_all(table, main_column(table), app->args->out, problems);
      print(app, &job, table, main_column(table));
    }
    bp_study_table_free(table);
  }
  bp_study_close(&job);
}

BpExit bp_study_collect(const BpApp *app) {
  BpProblems problems = {0};
  if (app->rank == 0)
    collect(app, &problems);
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  return code;
}
