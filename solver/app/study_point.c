#include "study_point.h"

#include "run_case.h"

#include <stdlib.h>
#include <string.h>

/* ---- what was said, on rank 0 */

/* The errors of the lowest rank that heard some, as one text; "" without any. Free with free(). */
static char *join_heard(const BpApp *app, const BpProblems *heard) {
  const int mine = heard->count > 0 ? app->rank : app->nranks;
  int who;
  char *text = bp_copy_text("");
  MPI_Allreduce(&mine, &who, 1, MPI_INT, MPI_MIN, app->comm);
  if (who == app->nranks)
    return text;
  for (int i = 0; who == app->rank && i < heard->count; i++) {
    char *longer = bp_format("%s%s%s", text, i > 0 ? "; " : "", heard->item[i].text);
    free(text);
    text = longer;
  }
  int n = (int)strlen(text) + 1;
  MPI_Bcast(&n, 1, MPI_INT, who, app->comm);
  BP_GROW(text, n);
  MPI_Bcast(text, n, MPI_CHAR, who, app->comm);
  return text;
}

static void keep(const BpApp *app, const BpStudyJob *job, int point, BpExit code,
                 const BpProblems *heard) {
  char *text = join_heard(app, heard);
  if (app->rank == 0 && code == BP_EXIT_OK)
    bp_study_keep_failure(job, point, code, NULL);
  else if (app->rank == 0 && code != BP_EXIT_STOPPED &&
           bp_study_keep_failure(job, point, code, text) != BP_OK)
    fprintf(stderr, "ballpad: %s/%s: the reason of its failure cannot be stored; make room\n",
            job->dir, job->plan->point[point].directory);
  free(text);
}

/* ---- the run, in a directory that is this job's */

static BpExit read_case(const BpApp *app, const BpStudyJob *job, int point, BpSetup *setup) {
  char *path = bp_study_path(job, point, "case.yaml");
  bp_setup_read(app, path, setup);
  snprintf(setup->name, sizeof setup->name, "%s", job->plan->point[point].directory);
  if (setup->bp && strcmp(setup->hash, job->plan->point[point].hash) != 0 &&
      bp_problems_exit(&setup->problems) == BP_EXIT_OK)
    bp_problem(
        &setup->problems, BP_EXIT_CHECKPOINT, path, 0,
        "this file or one of its cards was changed after it was planned; plan again, into another "
        "directory where runs have begun");
  free(path);
  return bp_setup_report(app, setup, 1);
}

static PetscErrorCode run_in(const BpApp *app, const BpStudyJob *job, int point,
                             const BpDirectory *directory, BpExit *code) {
  BpSetup setup;
  *code = read_case(app, job, point, &setup);
  if (*code == BP_EXIT_OK)
    *code = bp_directory_protect(app, directory, &setup);
  if (*code == BP_EXIT_OK) {
    BpSummary summary;
    PetscCall(bp_run_case(app, &setup, directory, &summary, code));
    bp_summary_free(&summary);
  }
  bp_setup_free(&setup);
  return 0;
}

/* 1 if there is something to do: with --force also where a run is done or failed. */
static int is_wanted(const BpApp *app, const BpStudyJob *job, int point, BpProblems *problems) {
  int wanted = 0;
  const int force = bp_app_has(app, BP_OPTION_FORCE);
  if (app->rank == 0) {
    BpStudyLook look = bp_study_look(job, point, NULL);
    if (look.is_foreign && !force)
      bp_problem(problems, BP_EXIT_CHECKPOINT, NULL, 0, "%s", look.reason);
    else if (!job->plan->point[point].reason)
      wanted = look.is_foreign || look.state == BP_POINT_PLANNED ||
               (look.state == BP_POINT_FAILED && (force || !look.is_final));
    free(look.reason);
  }
  return bp_app_share(app, wanted);
}

/* The command line of a single run: quiet, and going on unless what is there is to be replaced. */
static BpArgs args_of_run(const BpApp *app) {
  BpArgs args = *app->args;
  args.given |= BP_OPTION_QUIET;
  args.given &= ~(unsigned)(BP_OPTION_JSON | BP_OPTION_VERBOSE);
  if (!bp_app_has(app, BP_OPTION_FORCE))
    args.given |= BP_OPTION_RESUME;
  return args;
}

PetscErrorCode bp_study_point_run(const BpApp *app, const BpStudyJob *job, int point, int *ran,
                                  BpExit *code) {
  BpProblems said = {0}, heard = {0};
  const BpArgs args = args_of_run(app);
  BpApp own = *app;
  BpDirectory directory;
  *code = BP_EXIT_OK;
  *ran = 0;
  if (is_wanted(app, job, point, &said)) {
    char *path = bp_study_path(job, point, NULL);
    own.args = &args;
    own.heard = &heard;
    *code = bp_directory_open(&own, path, &directory);
    if (*code == BP_EXIT_IO && bp_app_share(app, app->rank == 0 && bp_lock_is_taken(path))) {
      *code = BP_EXIT_OK; /* another job is at it */
      bp_problems_free(&heard);
    } else if (*code == BP_EXIT_OK) {
      *ran = is_wanted(app, job, point, &said); /* it may have been finished until now */
      if (*ran)
        PetscCall(run_in(&own, job, point, &directory, code));
      if (*ran)
        keep(app, job, point, *code, &heard);
      bp_directory_close(app, &directory);
    }
    free(path);
  }
  if (*code != BP_EXIT_STOPPED) /* which is no fault of the point */
    bp_problems_print(&heard, stderr);
  bp_problems_free(&heard);
  const BpExit refused = bp_app_report(app, &said);
  *code = *code == BP_EXIT_OK ? refused : *code;
  bp_problems_free(&said);
  return 0;
}
