/* What the commands share. This layer alone prints, ends the program, handles signals and knows
 * the communicator of all ranks. */
#ifndef BP_APP_H
#define BP_APP_H

#include "args.h"

#include <petscsys.h>

typedef struct {
  MPI_Comm comm;
  int rank, nranks;
  const BpArgs *args;
  char *command_line;
  double deadline;   /* s, MPI_Wtime() after which a run ends with its next step; HUGE_VAL: none */
  BpProblems *heard; /* receives the errors in place of stderr; NULL: they are printed */
} BpApp;

/* 1 if an option (BP_OPTION_*) was given. */
int bp_app_has(const BpApp *app, BpOptions option);

/* PETSc's options of the command line as one text, to be freed with free(). */
char *bp_app_petsc_options(const BpApp *app);

/* Ends the collecting of problems: those of the lowest rank that has errors go to stderr, warnings
 * left out, and its exit code is returned on every rank; BP_EXIT_OK where nobody has any.
 * [collective] */
BpExit bp_app_report(const BpApp *app, const BpProblems *problems);

/* The warnings among them, on rank 0, unless the user wants it quiet. */
void bp_app_warn(const BpApp *app, const BpProblems *problems);

/* The same decision on every rank: that of rank 0.   [collective] */
int bp_app_share(const BpApp *app, int value);

/* Each command: what ended it in *code, alike on every rank.   [collective] */
PetscErrorCode bp_command_check(const BpApp *app, BpExit *code);
PetscErrorCode bp_command_mesh(const BpApp *app, BpExit *code);
PetscErrorCode bp_command_run(const BpApp *app, BpExit *code);
PetscErrorCode bp_command_compare(const BpApp *app, BpExit *code);
PetscErrorCode bp_command_life(const BpApp *app, BpExit *code);
PetscErrorCode bp_command_study(const BpApp *app, BpExit *code);
PetscErrorCode bp_command_point(const BpApp *app, BpExit *code);
PetscErrorCode bp_command_materials(const BpApp *app, BpExit *code);

#endif
