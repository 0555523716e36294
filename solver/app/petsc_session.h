/* PETSc from start to end, and the options that users pass to it. */
#ifndef BP_PETSC_SESSION_H
#define BP_PETSC_SESSION_H

#include "base.h"

#include <petscsys.h>

/* Starts PETSc with the options of the command line; one BLAS thread for each rank unless the
 * environment sets another number; signals stay ours; errors are remembered rather than printed.
 * [collective] */
PetscErrorCode bp_petsc_start(int count, char **options);
PetscErrorCode bp_petsc_finish(void);

/* Where and what the first error of PETSc was, "" if there was none. */
const char *bp_petsc_error(void);

/* What was wrong where PETSc took options that the user gave: a type that it does not have, a value
 * that is no number. NULL: it was something else. Alike on all ranks. */
const char *bp_petsc_option_error(void);

/* Options of a case and of the command line, which win, in force between begin and end. */
typedef struct {
  PetscOptions table;
  const char *text; /* of the case; must outlive the session */
} BpPetscOptions;

PetscErrorCode bp_petsc_options_begin(const char *text, BpPetscOptions *options);
PetscErrorCode bp_petsc_options_end(BpPetscOptions *options);

/* Adds a problem (BP_EXIT_CASE) for every option that nothing has asked for. file and line are the
 * place of the case's text. */
PetscErrorCode bp_petsc_options_unused(const BpPetscOptions *options, const char *file, int line,
                                       BpProblems *problems);

#endif
