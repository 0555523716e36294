#include "app.h"

#include <stdlib.h>

int bp_app_has(const BpApp *app, BpOptions option) {
  return (app->args->given & option) != 0;
}

char *bp_app_petsc_options(const BpApp *app) {
  char *text = bp_copy_text("");
  for (int i = 0; i < app->args->npetsc; i++) {
    char *longer = bp_format("%s%s%s", text, i > 0 ? " " : "", app->args->petsc[i]);
    free(text);
    text = longer;
  }
  return text;
}

static void print(const BpProblems *problems, int warnings) {
  for (int i = 0; i < problems->count; i++)
    if ((problems->item[i].code == BP_EXIT_OK) == warnings) {
      const BpProblems one = {&problems->item[i], 1};
      bp_problems_print(&one, stderr);
    }
}

static void hear(const BpApp *app, const BpProblems *problems) {
  for (int i = 0; i < problems->count; i++)
    if (problems->item[i].code != BP_EXIT_OK)
      bp_problem(app->heard, problems->item[i].code, NULL, 0, "%s", problems->item[i].text);
}

BpExit bp_app_report(const BpApp *app, const BpProblems *problems) {
  int code = (int)bp_problems_exit(problems), first;
  const int mine = code != BP_EXIT_OK ? app->rank : app->nranks;
  MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, app->comm);
  if (first == app->nranks)
    return BP_EXIT_OK;
  if (first == app->rank && app->heard)
    hear(app, problems);
  else if (first == app->rank)
    print(problems, 0);
  MPI_Bcast(&code, 1, MPI_INT, first, app->comm);
  return (BpExit)code;
}

void bp_app_warn(const BpApp *app, const BpProblems *problems) {
  if (app->rank == 0 && !bp_app_has(app, BP_OPTION_QUIET))
    print(problems, 1);
}

int bp_app_share(const BpApp *app, int value) {
  MPI_Bcast(&value, 1, MPI_INT, 0, app->comm);
  return value;
}
