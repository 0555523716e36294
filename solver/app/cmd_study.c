/* ballpad study plan|run|collect STUDY -o DIR */
#include "signals.h"
#include "study_plan.h"
#include "study_point.h"

#include <string.h>

/* ---- run: under mpirun, or in the process of one point (study_jobs.c) */

static int is_stopped(const BpApp *app) {
  int mine = bp_signals_caught() || MPI_Wtime() >= app->deadline, any;
  MPI_Allreduce(&mine, &any, 1, MPI_INT, MPI_MAX, app->comm);
  return any;
}

/* The parent speaks for the process of a point. */
static int is_talking(const BpApp *app) {
  return app->rank == 0 && !app->args->worker && !bp_app_has(app, BP_OPTION_QUIET | BP_OPTION_JSON);
}

/* The points in turn, by a group of ranks; other groups and jobs have theirs, by the locks. */
static PetscErrorCode run_points(const BpApp *group, const BpStudyJob *job, BpExit *code) {
  int point[2], ran;
  bp_study_selected(group->args, job, point);
  *code = BP_EXIT_OK;
  for (int i = point[0]; i <= point[1] && !is_stopped(group); i++) {
    PetscCall(bp_study_point_run(group, job, i, &ran, code));
    if (ran && is_talking(group))
      bp_study_print_end(stdout, job, i);
  }
  return 0;
}

/* What all groups have come to. */
static BpExit conclude(const BpApp *app, const BpStudyJob *job) {
  int point[2], code = BP_EXIT_OK;
  const int stopped = is_stopped(app);
  if (app->rank == 0) {
    bp_study_selected(app->args, job, point);
    const BpStudyCount count = bp_study_count(job, point);
    if (is_talking(app))
      bp_study_print_count(stdout, &count);
    else if (bp_app_has(app, BP_OPTION_JSON))
      bp_study_print_json(stdout, &count);
    code = (int)bp_study_exit(&count, stopped);
  }
  return (BpExit)bp_app_share(app, code);
}

static PetscErrorCode run(const BpApp *app, BpExit *code) {
  BpStudyJob job = {0};
  BpProblems problems = {0};
  BpApp group = *app;
  const int size = app->args->group ? bp_args_whole(app->args->group) : 1;
  bp_study_open(app->args, &job, &problems);
  if (app->nranks % size != 0)
    bp_problem(&problems, BP_EXIT_USAGE, NULL, 0,
               "--group-size %d does not divide the %d ranks; start a multiple of it", size,
               app->nranks);
  *code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  if (*code == BP_EXIT_OK) {
    MPI_Comm_split(app->comm, app->rank / size, app->rank, &group.comm);
    MPI_Comm_rank(group.comm, &group.rank);
    MPI_Comm_size(group.comm, &group.nranks);
    PetscCall(run_points(&group, &job, code));
    MPI_Comm_free(&group.comm);
    if (!app->args->worker) /* else the parent says it */
      *code = conclude(app, &job);
  }
  bp_study_close(&job);
  return 0;
}

PetscErrorCode bp_command_study(const BpApp *app, BpExit *code) {
  const char *action = app->args->file[0];
  if (strcmp(action, "plan") == 0)
    *code = bp_study_make_plan(app);
  else if (strcmp(action, "collect") == 0)
    *code = bp_study_collect(app);
  else {
    if (app->args->worker)
      bp_signals_hold();
    else
      bp_signals_catch();
    PetscCall(run(app, code));
  }
  return 0;
}
