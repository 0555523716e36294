/* ballpad compare [--ensemble] CASE CASE... -o DIR */
#include "comparison.h"
#include "ensemble_run.h"
#include "report_page.h"
#include "signals.h"

#include <stdlib.h>

static BpExit conclude(const BpComparison *c) {
  BpRatio *ratio = NULL;
  char *text = NULL;
  int nratios = 0;
  if (c->app->rank == 0) {
    nratios = bp_compare(c->summary, c->count, &ratio);
    text = bp_compare_json(c->summary, c->count, ratio, nratios);
  }
  BpExit code = bp_directory_write(c->app, &c->directory, "compare.json", text);
  const BpReportSource source = {.setup = c->setup,
                                 .summary = c->summary,
                                 .count = c->count,
                                 .ratio = ratio,
                                 .nratios = nratios};
  if (code == BP_EXIT_OK && !bp_app_has(c->app, BP_OPTION_NO_REPORT))
    code = bp_report_page_write(c->app, &c->directory, &source);
  if (c->app->rank == 0 && bp_app_has(c->app, BP_OPTION_JSON))
    fputs(text, stdout);
  else if (bp_app_is_talking(c->app)) {
    bp_compare_table(stdout, c->summary, c->count, ratio, nratios);
    bp_life_table(stdout, c->summary, c->count, 0);
  }
  free(ratio);
  free(text);
  return code;
}

static PetscErrorCode compare(const BpApp *app, BpExit *code) {
  BpComparison c;
  *code = bp_comparison_read(app, NULL, &c);
  if (*code == BP_EXIT_OK)
    *code = bp_directory_open(app, app->args->out, &c.directory);
  if (*code == BP_EXIT_OK) {
    BpProblems warnings = {0};
    bp_comparison_warnings(&c, &warnings);
    bp_app_warn(app, &warnings);
    bp_problems_free(&warnings);
    PetscCall(bp_comparison_run(&c, code));
    if (*code == BP_EXIT_OK)
      *code = conclude(&c);
    bp_directory_close(app, &c.directory);
  }
  bp_comparison_free(&c);
  return 0;
}

PetscErrorCode bp_command_compare(const BpApp *app, BpExit *code) {
  bp_signals_catch();
  if (bp_app_has(app, BP_OPTION_ENSEMBLE))
    return bp_ensemble_run(app, code);
  return compare(app, code);
}
