/* The program: MPI, PETSc and one of the commands. */
#include "app.h"

#include "petsc_session.h"
#include "study_jobs.h"
#include "units.h"
#include "versions.h"

#include <stdlib.h>
#include <string.h>

typedef PetscErrorCode (*Command)(const BpApp *app, BpExit *code);

static const Command commands[BP_COMMANDS] = {
    [BP_COMMAND_CHECK] = bp_command_check, [BP_COMMAND_MESH] = bp_command_mesh,
    [BP_COMMAND_RUN] = bp_command_run,     [BP_COMMAND_COMPARE] = bp_command_compare,
    [BP_COMMAND_LIFE] = bp_command_life,   [BP_COMMAND_STUDY] = bp_command_study,
    [BP_COMMAND_POINT] = bp_command_point, [BP_COMMAND_MATERIALS] = bp_command_materials,
};

static char *join_words(int argc, char **argv) {
  char *line = bp_copy_text("");
  for (int i = 0; i < argc; i++) {
    char *longer = bp_format(strpbrk(argv[i], " \t'\"") ? "%s%s\"%s\"" : "%s%s%s", line,
                             i > 0 ? " " : "", argv[i]);
    free(line);
    line = longer;
  }
  return line;
}

static int refuse_option(const BpApp *app, const char *why) {
  BpProblems problems = {0};
  bp_problem(&problems, BP_EXIT_CASE, NULL, 0,
             "PETSc refuses one of its options: %s; correct its value", why);
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  return (int)code;
}

/* An error of ours on one rank: the others may wait for it, so all of them end. */
static int fail(const BpApp *app, PetscErrorCode error) {
  if (bp_petsc_option_error())
    return refuse_option(app, bp_petsc_option_error());
  fprintf(stderr, "ballpad: internal error %d: %s; please report it with the command line\n",
          (int)error, bp_petsc_error());
  fflush(NULL);
  if (app->nranks > 1)
    MPI_Abort(app->comm, BP_EXIT_INTERNAL);
  return BP_EXIT_INTERNAL;
}

static int run_command(const BpApp *app) {
  BpExit code = BP_EXIT_OK;
  PetscErrorCode error = bp_petsc_start(app->args->npetsc, app->args->petsc);
  if (!error)
    error = commands[app->args->command](app, &code);
  bp_units_free();
  if (!error)
    error = bp_petsc_finish();
  return error ? fail(app, error) : (int)code;
}

/* When --max-walltime ends: from the start of the program. */
static BpExit set_deadline(BpApp *app) {
  BpProblems problems = {0};
  char message[512];
  double limit = HUGE_VAL;
  const char *text = app->args->walltime;
  if (text && bp_units_read(text, "s", &limit, message, sizeof message) != BP_OK)
    bp_problem(&problems, BP_EXIT_USAGE, NULL, 0, "--max-walltime: %s", message);
  else if (limit <= 0.0)
    bp_problem(&problems, BP_EXIT_USAGE, NULL, 0,
               "--max-walltime: '%.60s' is out of range; it must be greater than 0", text);
  app->deadline = MPI_Wtime() + limit;
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  return code;
}

static int start(BpApp *app) {
  const BpArgs *args = app->args;
  if (args->given & BP_OPTION_VERSION) {
    if (app->rank == 0)
      bp_versions_print(stdout);
    return BP_EXIT_OK;
  }
  if ((args->given & BP_OPTION_HELP) || args->command == BP_COMMAND_NONE) {
    const int asked = (args->given & BP_OPTION_HELP) != 0;
    if (app->rank == 0)
      bp_args_help(args->command, asked ? stdout : stderr);
    return asked ? BP_EXIT_OK : BP_EXIT_USAGE;
  }
  const BpExit code = set_deadline(app);
  return code == BP_EXIT_OK ? run_command(app) : (int)code;
}

/* With MPI, on every rank alike. */
static int run_program(int argc, char **argv, const BpArgs *args, const BpProblems *problems) {
  if (MPI_Init(&argc, &argv) != MPI_SUCCESS)
    return BP_EXIT_INTERNAL;
  BpApp app = {.comm = MPI_COMM_WORLD, .args = args, .command_line = join_words(argc, argv)};
  MPI_Comm_rank(app.comm, &app.rank);
  MPI_Comm_size(app.comm, &app.nranks);
  int code = (int)bp_app_report(&app, problems);
  if (code == BP_EXIT_OK)
    code = start(&app);
  if (fflush(stdout) != 0 && code == BP_EXIT_OK) {
    fputs("ballpad: standard output cannot be written\n", stderr);
    code = BP_EXIT_IO;
  }
  free(app.command_line);
  MPI_Finalize();
  return code;
}

int main(int argc, char **argv) {
  BpArgs args;
  BpProblems problems = {0};
  BpExit code = BP_EXIT_OK;
  const BpStatus status = bp_args_read(argc, argv, &args, &problems);
  const int is_done = status == BP_OK && bp_study_jobs_wanted(&args) && bp_study_jobs(&args, &code);
  const int end = is_done ? (int)code : run_program(argc, argv, &args, &problems);
  bp_problems_free(&problems);
  bp_args_free(&args);
  return end;
}
