#include "ensemble_run.h"

#include "ensemble_ratios.h"
#include "report_page.h"

#include <stdlib.h>
#include <string.h>

/* Why a member has no results where the others may have some, NULL where all must end. */
static const char *reason_of(BpExit code) {
  return code == BP_EXIT_DIVERGED   ? "not converged"
         : code == BP_EXIT_GEOMETRY ? "geometry or mesh cannot be built"
         : code == BP_EXIT_CASE     ? "the case cannot be run"
                                    : NULL;
}

static BpExit write_comparison(const BpEnsembleRuns *runs, const BpDirectory *directory) {
  const BpComparison *c = &runs->comparison;
  BpRatio *ratio = NULL;
  char *text = NULL;
  if (runs->app.rank == 0) {
    const int nratios = bp_compare(c->summary, c->count, &ratio);
    text = bp_compare_json(c->summary, c->count, ratio, nratios);
  }
  const BpExit code = bp_directory_write(&runs->app, directory, "compare.json", text);
  free(ratio);
  free(text);
  return code;
}

/* The first member must have results; without those of another one the ensemble goes on. */
static PetscErrorCode run_member(const BpApp *app, const char *out, BpEnsembleRuns *runs,
                                 BpDirectory *directory, BpExit *code) {
  char *path = bp_format("%s/%s", out, runs->name);
  *code = bp_directory_open(&runs->app, path, directory);
  free(path);
  if (*code != BP_EXIT_OK)
    return 0;
  if (bp_app_is_talking(app))
    printf("ensemble: %s\n", runs->name);
  runs->comparison.directory = *directory;
  PetscCall(bp_comparison_run(&runs->comparison, code));
  if (*code == BP_EXIT_OK) {
    *code = write_comparison(runs, directory);
  } else if (reason_of(*code)) {
    free(runs->reason);
    runs->reason = bp_copy_text(reason_of(*code));
  }
  return 0;
}

static BpExit conclude(const BpApp *app, const BpEnsemblePlan *plan, const BpDirectory *out,
                       const BpDirectory *directory) {
  const BpComparison *given = &plan->runs[0].comparison;
  BpEnsemble ensemble = {0};
  BpProblems problems = {0};
  BpRatio *ratio = NULL;
  char *text = NULL;
  int nratios = 0;
  if (app->rank == 0) {
    bp_ensemble_ratios(plan, directory, &ensemble, &problems);
    text = bp_ensemble_json(&ensemble);
    nratios = bp_compare(given->summary, given->count, &ratio);
  }
  bp_app_warn(app, &problems);
  BpExit code = bp_directory_write(app, out, "ensemble.json", text);
  const BpReportSource source = {.setup = given->setup,
                                 .summary = given->summary,
                                 .count = given->count,
                                 .ratio = ratio,
                                 .nratios = nratios,
                                 .results = &directory[0],
                                 .ensemble = &ensemble};
  if (code == BP_EXIT_OK && !bp_app_has(app, BP_OPTION_NO_REPORT))
    code = bp_report_page_write(app, out, &source);
  if (app->rank == 0 && bp_app_has(app, BP_OPTION_JSON))
    fputs(text, stdout);
  else if (bp_app_is_talking(app))
    bp_ensemble_table(stdout, &ensemble);
  bp_ensemble_ratios_free(&ensemble);
  bp_problems_free(&problems);
  free(ratio);
  free(text);
  return code;
}

static void announce(const BpApp *app, const BpEnsemblePlan *plan) {
  BpProblems warnings = {0};
  for (int i = 0; i < plan->nruns; i++)
    bp_comparison_warnings(&plan->runs[i].comparison, &warnings);
  bp_app_warn(app, &warnings);
  bp_problems_free(&warnings);
  if (!bp_app_is_talking(app))
    return;
  printf("ensemble: %d comparisons of %d cases\n", plan->nruns, plan->runs[0].comparison.count);
  for (int k = 0; k < plan->nkeys; k++) {
    printf("  %s: %s (as given)", plan->key[k].key, plan->key[k].value[0]);
    for (int v = 1; v < plan->key[k].nvalues; v++)
      printf(", %s", plan->key[k].value[v]);
    fputs(plan->key[k].nvalues == 1 ? " alone, not varied\n" : "\n", stdout);
  }
}

static PetscErrorCode run_all(const BpApp *app, BpEnsemblePlan *plan, const BpDirectory *out,
                              BpExit *code) {
  BpDirectory *directory = BP_NEW(BpDirectory, plan->nruns);
  BpExit missing = BP_EXIT_OK;
  int opened = 0;
  for (int i = 0; i < plan->nruns && *code == BP_EXIT_OK; i++) {
    PetscCall(run_member(app, out->path, &plan->runs[i], &directory[i], code));
    opened = directory[i].path ? i + 1 : i;
    if (i > 0 && plan->runs[i].reason[0]) {
      missing = missing == BP_EXIT_OK ? *code : missing;
      *code = BP_EXIT_OK;
    }
  }
  if (*code == BP_EXIT_OK)
    *code = conclude(app, plan, out, directory);
  *code = *code == BP_EXIT_OK ? missing : *code;
  for (int i = 0; i < opened; i++)
    bp_directory_close(app, &directory[i]);
  free(directory);
  return 0;
}

PetscErrorCode bp_ensemble_run(const BpApp *app, BpExit *code) {
  BpEnsemblePlan plan;
  BpDirectory out;
  *code = bp_ensemble_plan(app, &plan);
  if (*code == BP_EXIT_OK)
    *code = bp_directory_open(app, app->args->out, &out);
  if (*code == BP_EXIT_OK) {
    announce(app, &plan);
    PetscCall(run_all(app, &plan, &out, code));
    bp_directory_close(app, &out);
  }
  bp_ensemble_plan_free(&plan);
  return 0;
}
