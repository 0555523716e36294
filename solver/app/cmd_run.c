/* ballpad run CASE -o DIR, ballpad run --from RESULTS -o DIR */
#include "run_case.h"
#include "signals.h"

#include <stdlib.h>

static void print_result(const BpApp *app, const BpSummary *summary) {
  if (bp_app_has(app, BP_OPTION_QUIET) && !bp_app_has(app, BP_OPTION_JSON))
    return;
  if (bp_app_has(app, BP_OPTION_JSON)) {
    char *text = bp_summary_json(summary);
    fputs(text, stdout);
    free(text);
    return;
  }
  if (summary->ncycles > 0 || !summary->heat.solved) {
    bp_compare_table(stdout, summary, 1, NULL, 0);
    bp_life_table(stdout, summary, 1, 0);
  }
  bp_heat_table(stdout, &summary->heat);
  bp_run_case_closing(stdout, summary);
}

/* What a finished run left, as it would say it again; the file itself for programs. */
static void print_stored(const BpApp *app, const BpDirectory *directory, const BpSummary *summary) {
  if (!bp_app_has(app, BP_OPTION_JSON)) {
    if (!bp_app_has(app, BP_OPTION_QUIET))
      printf("%s: finished already, nothing to go on with\n", summary->name);
    print_result(app, summary);
    return;
  }
  char *path = bp_directory_file(directory, "summary.json"), piece[4096];
  FILE *file = fopen(path, "r");
  for (size_t n = 1; file && n > 0;) {
    n = fread(piece, 1, sizeof piece, file);
    fwrite(piece, 1, n, stdout);
  }
  if (file)
    fclose(file);
  free(path);
}

static PetscErrorCode run_in(const BpApp *app, const BpSetup *setup, const BpDirectory *directory,
                             BpExit *code) {
  BpSummary summary;
  *code = bp_directory_protect(app, directory, setup);
  if (*code != BP_EXIT_OK)
    return 0;
  if (bp_app_has(app, BP_OPTION_RESUME) && bp_run_case_finished(app, setup, directory, &summary)) {
    if (app->rank == 0) {
      print_stored(app, directory, &summary);
      bp_summary_free(&summary);
    }
    return 0;
  }
  bp_app_warn(app, &setup->problems);
  PetscCall(bp_run_case(app, setup, directory, &summary, code));
  if (app->rank == 0 &&
      (*code == BP_EXIT_OK || *code == BP_EXIT_DIVERGED || *code == BP_EXIT_STOPPED))
    print_result(app, &summary);
  bp_summary_free(&summary);
  return 0;
}

PetscErrorCode bp_command_run(const BpApp *app, BpExit *code) {
  BpSetup setup;
  BpDirectory directory;
  bp_signals_catch();
  if (app->args->from)
    bp_setup_from(app, app->args->from, &setup);
  else
    bp_setup_read(app, app->args->file[0], &setup);
  *code = bp_setup_report(app, &setup, 1);
  if (*code == BP_EXIT_OK)
    *code = bp_directory_open(app, app->args->out, &directory);
  if (*code == BP_EXIT_OK) {
    const PetscErrorCode error = run_in(app, &setup, &directory, code);
    bp_directory_close(app, &directory);
    PetscCall(error);
  }
  bp_setup_free(&setup);
  return 0;
}
