#include "petsc_session.h"

#include <stdlib.h>
#include <string.h>

/* Not every BLAS has it. */
extern void openblas_set_num_threads(int count) __attribute__((weak));

/* Options of the command line that PETSc did not take when it started, as one text. */
static char *command_line;
static char first_error[512], first_message[256];
static int any_options, error_in_options;

/* The arguments are those of PETSc's error handlers. NOLINTNEXTLINE(readability-function-size) */
static PetscErrorCode remember(MPI_Comm comm, int line, const char *function, const char *file,
                               PetscErrorCode code, PetscErrorType type, const char *message,
                               void *context) {
  (void)comm;
  (void)context;
  if (type == PETSC_ERROR_INITIAL && !first_error[0]) {
    snprintf(first_message, sizeof first_message, "%s", message && *message ? message : "?");
    snprintf(first_error, sizeof first_error, "%s (%s, %s:%d)", first_message, function, file,
             line);
  }
  if (strstr(function, "SetFromOptions") || strncmp(function, "PetscOptions", 12) == 0)
    error_in_options = 1; /* a frame on the way up */
  return code;
}

const char *bp_petsc_error(void) {
  return first_error;
}

const char *bp_petsc_option_error(void) {
  return any_options && error_in_options ? first_message : NULL;
}

/* 1 if a text of options gives "-name". */
static PetscErrorCode has_option(const char *text, const char *name, PetscBool *found) {
  PetscOptions own;
  PetscInt n;
  char **names, **values;
  *found = PETSC_FALSE;
  PetscCall(PetscOptionsCreate(&own));
  PetscCall(PetscOptionsInsertString(own, text));
  PetscCall(PetscOptionsLeftGet(own, &n, &names, &values));
  for (PetscInt i = 0; i < n; i++)
    if (strcmp(names[i], name) == 0)
      *found = PETSC_TRUE;
  PetscCall(PetscOptionsLeftRestore(own, &n, &names, &values));
  return PetscOptionsDestroy(&own);
}

static char *add_word(char *text, const char *word) {
  const char *quote = strpbrk(word, " \t") ? "\"" : "";
  char *longer = bp_format("%s%s%s%s ", text, quote, word, quote);
  free(text);
  return longer;
}

/* Of the given options those that PETSc left: what it took (-log_view) is not asked for again. */
static PetscErrorCode keep_left(const char *given) {
  PetscInt n;
  char **names, **values;
  command_line = bp_copy_text("");
  PetscCall(PetscOptionsLeftGet(NULL, &n, &names, &values));
  for (PetscInt i = 0; i < n; i++) {
    PetscBool ours;
    PetscCall(has_option(given, names[i], &ours));
    if (!ours)
      continue;
    char *name = bp_format("-%s", names[i]);
    command_line = add_word(command_line, name);
    free(name);
    if (values[i])
      command_line = add_word(command_line, values[i]);
  }
  return PetscOptionsLeftRestore(NULL, &n, &names, &values);
}

PetscErrorCode bp_petsc_start(int count, char **options) {
  char **words = BP_NEW(char *, count + 2), **argv = words, program[] = "ballpad";
  int argc = count + 1;
  char *given = bp_copy_text("");
  words[0] = program;
  for (int i = 0; i < count; i++) {
    words[i + 1] = options[i];
    given = add_word(given, options[i]);
  }
  any_options = count > 0;
  const PetscErrorCode error = PetscInitialize(&argc, &argv, NULL, NULL);
  free(words);
  if (error)
    return error;
  PetscCall(PetscPopSignalHandler());
  PetscCall(PetscPushErrorHandler(remember, NULL));
  if (openblas_set_num_threads && !getenv("OPENBLAS_NUM_THREADS") && !getenv("OMP_NUM_THREADS"))
    openblas_set_num_threads(1);
  PetscCall(keep_left(given));
  free(given);
  return 0;
}

PetscErrorCode bp_petsc_finish(void) {
  free(command_line);
  command_line = NULL;
  PetscCall(PetscPopErrorHandler());
  return PetscFinalize();
}

/* CHOLMOD would say on standard output that a matrix is not positive definite, which is an answer
 * that we name ourselves, and spoil JSON there. On one rank and on several, of both levels that may
 * be factored. */
static const char quiet_factors[] =
    "-mg_coarse_mat_cholmod_print 0 -mg_coarse_redundant_mat_cholmod_print 0 "
    "-mg_coarse_mg_coarse_mat_cholmod_print 0 -mg_coarse_mg_coarse_redundant_mat_cholmod_print 0";

PetscErrorCode bp_petsc_options_begin(const char *text, BpPetscOptions *options) {
  char *general;
  options->text = text;
  any_options |= text[0] != '\0';
  PetscCall(PetscOptionsGetAll(NULL, &general));
  PetscCall(PetscOptionsCreate(&options->table));
  PetscCall(PetscOptionsInsertString(options->table, quiet_factors));
  PetscCall(PetscOptionsInsertString(options->table, general));
  PetscCall(PetscOptionsInsertString(options->table, text));
  PetscCall(PetscOptionsInsertString(options->table, command_line));
  PetscCall(PetscFree(general));
  PetscCall(PetscOptionsPush(options->table));
  return 0;
}

PetscErrorCode bp_petsc_options_end(BpPetscOptions *options) {
  PetscCall(PetscOptionsPop());
  return PetscOptionsDestroy(&options->table);
}

static PetscErrorCode report_unused(const BpPetscOptions *options, const char *name,
                                    const char *file, int line, BpProblems *problems) {
  static const char remedy[] = "check its spelling, or that it fits the solver that is in use";
  PetscBool in_command, in_case;
  PetscCall(has_option(command_line, name, &in_command));
  PetscCall(has_option(options->text, name, &in_case));
  if (in_command)
    bp_problem(problems, BP_EXIT_CASE, NULL, 0, "PETSc does not use the option '-%s'; %s", name,
               remedy);
  else if (in_case)
    bp_problem(problems, BP_EXIT_CASE, file, line, "PETSc does not use the option '-%s'; %s", name,
               remedy);
  return 0;
}

PetscErrorCode bp_petsc_options_unused(const BpPetscOptions *options, const char *file, int line,
                                       BpProblems *problems) {
  PetscInt n;
  char **names, **values;
  PetscCall(PetscOptionsLeftGet(options->table, &n, &names, &values));
  for (PetscInt i = 0; i < n; i++)
    PetscCall(report_unused(options, names[i], file, line, problems));
  return PetscOptionsLeftRestore(options->table, &n, &names, &values);
}
