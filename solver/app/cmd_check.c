/* ballpad check CASE */
#include "check_fill.h"
#include "check_wiring.h"
#include "cost.h"
#include "directory.h"
#include "mesh_result.h"
#include "section.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static BpCheckSummary summarise(const BpApp *app, const BpSetup *setup, const BpMeshed *meshed) {
  const BpCost cost = bp_cost_estimate(setup->bp, meshed->unknowns, app->nranks);
  BpCheckSummary check = {.valid = 1,
                          .nodes = meshed->report.nnodes,
                          .cells = meshed->report.ncells,
                          .dofs = meshed->unknowns,
                          .steps = cost.steps,
                          .ranks = app->nranks,
                          .min_quality = meshed->report.min_quality,
                          .volume_error = meshed->report.volume_error,
                          .memory = cost.memory,
                          .time = cost.time};
  snprintf(check.case_file, sizeof check.case_file, "%s", setup->bp->file);
  if (!bp_case_is_mesh(setup->bp)) {
    snprintf(check.pad, sizeof check.pad, "%s", setup->bp->package.pad.shape);
    bp_check_fill_solder(&setup->geometry, &check);
  }
  return check;
}

/* The result as JSON, to stdout and to DIR/check.json where asked for. */
static BpExit put_json(const BpApp *app, const BpCheckSummary *check, const BpProblems *problems) {
  BpExit code = BP_EXIT_OK;
  char *text = bp_check_json(check, problems);
  if (app->rank == 0 && bp_app_has(app, BP_OPTION_JSON))
    fputs(text, stdout);
  if (app->args->out) {
    BpDirectory directory;
    code = bp_directory_open(app, app->args->out, &directory);
    if (code == BP_EXIT_OK) {
      code = bp_directory_write(app, &directory, "check.json", text);
      bp_directory_close(app, &directory);
    }
  }
  free(text);
  return code;
}

/* Adds what has been printed to the problems of the setup. */
static void note(BpProblems *printed, BpProblems *to) {
  for (int i = 0; i < printed->count; i++)
    if (printed->item[i].code == BP_EXIT_OK)
      bp_warning(to, "%s", printed->item[i].text);
    else
      bp_problem(to, printed->item[i].code, NULL, 0, "%s", printed->item[i].text);
  bp_problems_free(printed);
}

/* Warnings are printed and go with the problems of the setup. */
static PetscErrorCode check_wiring(const BpApp *app, BpSetup *setup, const BpMesh *mesh,
                                   BpCheckSummary *check) {
  BpProblems warnings = {0};
  PetscCall(bp_check_fill_wiring(setup, mesh, &check->wiring, &warnings));
  bp_app_warn(app, &warnings);
  note(&warnings, &setup->problems);
  return 0;
}

static PetscErrorCode check_mesh(const BpApp *app, BpSetup *setup, BpCheckSummary *check,
                                 BpExit *code) {
  BpMeshed meshed;
  *code = bp_setup_mesh(app, setup, &meshed);
  if (*code == BP_EXIT_OK)
    *check = summarise(app, setup, &meshed);
  if (*code == BP_EXIT_OK && app->rank == 0 && !bp_case_is_mesh(setup->bp))
    PetscCall(check_wiring(app, setup, meshed.mesh, check));
  if (*code == BP_EXIT_OK && app->rank == 0 && bp_app_has(app, BP_OPTION_CLAIMS))
    bp_check_fill_claims(&setup->geometry, meshed.mesh, check);
  note(&meshed.warnings, &setup->problems);
  bp_mesh_free(meshed.mesh);
  return 0;
}

/* The file of --plot, on rank 0. */
static BpExit draw_section(const BpApp *app, const BpSetup *setup) {
  BpProblems problems = {0};
  if (app->rank == 0) {
    BpSection section;
    char *text = NULL, *title = bp_format("%s: %s", setup->name, setup->geometry.pad->title);
    size_t size;
    FILE *out = open_memstream(&text, &size);
    bp_section_fill(&setup->geometry, &section);
    bp_section_svg(out, &section, title);
    bp_section_free(&section);
    if (fclose(out) != 0 || bp_report_write(app->args->plot, text) != BP_OK)
      bp_problem(&problems, BP_EXIT_IO, app->args->plot, 0,
                 "cannot be written: %s; make room or choose another file", strerror(errno));
    free(text);
    free(title);
  }
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  return code;
}

PetscErrorCode bp_command_check(const BpApp *app, BpExit *code) {
  BpSetup setup;
  BpCheckSummary check = {0};
  bp_setup_read(app, app->args->file[0], &setup);
  snprintf(check.case_file, sizeof check.case_file, "%s", app->args->file[0]);
  *code = bp_setup_report(app, &setup, 1);
  if (bp_app_has(app, BP_OPTION_PRINT_CONFIG)) {
    if (*code == BP_EXIT_OK && app->rank == 0)
      fputs(setup.text, stdout);
    bp_setup_free(&setup);
    return 0;
  }
  if (*code == BP_EXIT_OK && bp_case_is_mesh(setup.bp) &&
      (app->args->plot || bp_app_has(app, BP_OPTION_CLAIMS))) {
    bp_case_problem(setup.bp, &setup.problems, BP_EXIT_CASE, "model.kind",
                    "--claims and --plot are of the pad of a cell; leave them away for a mesh");
    *code = bp_setup_report(app, &setup, 1);
  }
  if (*code == BP_EXIT_OK && bp_app_has(app, BP_OPTION_CLAIMS) &&
      bp_geometry_is_displaced(&setup.geometry)) {
    bp_case_problem(setup.bp, &setup.problems, BP_EXIT_CASE, "package.overlay",
                    "claims are measured around one axis; leave the overlay away for --claims");
    *code = bp_setup_report(app, &setup, 1);
  }
  if (*code == BP_EXIT_OK)
    bp_app_warn(app, &setup.problems);
  if (*code == BP_EXIT_OK)
    PetscCall(check_mesh(app, &setup, &check, code));
  if (*code == BP_EXIT_OK && app->args->plot)
    *code = draw_section(app, &setup);
  const BpExit written = put_json(app, &check, &setup.problems);
  *code = *code == BP_EXIT_OK ? written : *code;
  const int silent = bp_app_has(app, BP_OPTION_JSON | BP_OPTION_QUIET);
  if (app->rank == 0 && check.valid && !silent) {
    bp_check_table(stdout, &check);
    if (check.nclaims > 0)
      bp_claims_table(stdout, &check);
  }
  free(check.claim);
  bp_setup_free(&setup);
  return 0;
}
