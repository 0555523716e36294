#include "run_case.h"

#include "life_fill.h"
#include "provenance.h"
#include "run_heat.h"
#include "summarise.h"
#include "watch.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Work of a cell whose law is not linear, in linear ones: measured over whole steps. */
static const double weight_nonlinear = 1.7;

typedef struct {
  BpGrid *grid;
  BpModel *model;
  BpNewton *newton;
  BpJoint *joint;
  BpHeat *heat; /* NULL: the temperature is the programme's */
  BpPetscOptions options;
  BpProgramme *programme;
} Run;

static PetscErrorCode build(const BpApp *app, const BpSetup *setup, const BpMesh *mesh, Run *run,
                            BpSummary *summary) {
  double weight[BP_MAX_REGIONS]; /* a mesh has no other regions, see setup_mesh.c */
  for (int i = 0; mesh && i < mesh->nregions; i++) {
    const int region = bp_case_region(setup->bp, mesh->region[i]);
    weight[i] = bp_material_law(setup->materials.material[region])->linear ? 1.0 : weight_nonlinear;
  }
  PetscCall(bp_petsc_options_begin(setup->bp->petsc, &run->options));
  PetscCall(bp_grid_create(app->comm, mesh, weight, &run->grid));
  PetscCall(bp_model_create(setup->bp, &setup->materials, run->grid, &run->model));
  PetscCall(bp_newton_create(run->model, &run->newton));
  PetscCall(bp_joint_create(run->model, &run->joint));
  run->programme = bp_programme_build(&setup->bp->load);
  PetscCall(bp_run_heat_create(setup, mesh, run->programme, run->model, summary));
  run->heat = run->model->heat;
  return 0;
}

static PetscErrorCode release(Run *run) {
  bp_programme_free(run->programme);
  bp_joint_destroy(&run->joint);
  PetscCall(bp_newton_destroy(&run->newton));
  PetscCall(bp_model_destroy(&run->model));
  PetscCall(bp_heat_destroy(&run->heat));
  PetscCall(bp_grid_destroy(&run->grid));
  return bp_petsc_options_end(&run->options);
}

/* The facts in run.log, but for the text of the case and the warnings, which follow; on standard
 * output with --verbose. */
static void note_provenance(BpWatcher *w, const BpProvenance *provenance) {
  const int print = w->log.print;
  w->log.print = print && bp_app_has(w->app, BP_OPTION_VERBOSE);
  for (int i = 0; i < provenance->count; i++)
    if (strcmp(provenance->fact[i].name, "case") != 0 &&
        strncmp(provenance->fact[i].name, "warning.", strlen("warning.")) != 0)
      bp_run_log_note(&w->log, "provenance", "%s: %s", provenance->fact[i].name,
                      provenance->fact[i].value);
  w->log.print = print;
}

static PetscErrorCode open_output(BpWatcher *w, const Run *run, const BpMesh *mesh) {
  BpProvenance provenance = {0};
  if (w->app->rank == 0) {
    bp_provenance_collect(w->app, w->setup, w->restart->mesh, &provenance);
    note_provenance(w, &provenance);
    for (int i = 0; i < provenance.count; i++)
      bp_summary_add_fact(w->summary, provenance.fact[i].name, provenance.fact[i].value);
  }
  const int go_on = w->restart->checkpoint != NULL;
  const BpOutputSpec spec = {.dir = w->directory->path,
                             .fact = provenance.fact,
                             .nfacts = provenance.count,
                             .rows = go_on ? w->restart->rows : 0,
                             .steps = go_on ? w->restart->steps : 0};
  PetscCall(bp_output_create(run->model, run->joint, mesh, &spec, &w->output, &w->error));
  bp_provenance_free(&provenance);
  return 0;
}

static BpExit open_log(BpWatcher *w) {
  BpProblems problems = {0};
  const BpApp *app = w->app;
  if (app->rank == 0) {
    const int json = bp_app_has(app, BP_OPTION_JSON), quiet = bp_app_has(app, BP_OPTION_QUIET);
    w->log.print = !json && !quiet;
    w->log.bar = !quiet && isatty(STDERR_FILENO);
    w->log.end = w->programme->corner[w->programme->count - 1].time;
    bp_run_log_open(w->directory->path, w->restart->checkpoint != NULL, &w->log, &problems);
  }
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  return code;
}

/* What the end of the steps means for the user. */
static BpExit judge(const BpWatcher *w, const BpRunSummary *run, BpProblems *problems) {
  const char *dir = w->directory->path;
  if (w->refused != BP_EXIT_OK)
    return w->refused;
  if (w->error.status != BP_OK)
    bp_problem(problems, BP_EXIT_IO, NULL, 0, "%s; make room or choose another directory",
               w->error.text);
  else if (run->end == BP_RUN_DIVERGED)
    bp_problem(problems, BP_EXIT_DIVERGED, dir, 0,
               "not converged: %s; the last good state, t = %g s after step %d, is stored",
               run->reason, run->time, run->accepted);
  else if (run->end == BP_RUN_STOPPED)
    bp_problem(problems, BP_EXIT_STOPPED, dir, 0,
               "stopped on request after step %d at t = %g s; go on with --resume", run->accepted,
               run->time);
  return BP_EXIT_OK;
}

/* Fields of a run that ended early, the summary, the closed files. */
static PetscErrorCode finish(BpWatcher *w, const BpRunSummary *run, double wall_time,
                             BpExit *code) {
  BpProblems problems = {0};
  if (run->end != BP_RUN_DONE && w->error.status == BP_OK)
    PetscCall(bp_watcher_last_fields(w, run->time));
  if (run->end == BP_RUN_DONE)
    PetscCall(bp_watcher_probes(w, run->time, 1));
  PetscCall(bp_output_close(&w->output, &w->error));
  bp_summarise_end(w->app, run, wall_time, w->summary);
  if (w->error.status != BP_OK)
    w->summary->converged = 0;
  bp_life_conclude(w->app, w->setup, w->directory->path, w->summary);
  if (w->refused == BP_EXIT_OK)
    bp_watcher_write_summary(w);
  else
    bp_watcher_remove_summary(w);
  if (w->summary->converged && w->error.status == BP_OK && w->app->rank == 0)
    bp_checkpoint_clear(w->directory->path, &w->error); /* a run that is done needs none */
  bp_store_agree(w->app->comm, &w->error);
  *code = judge(w, run, &problems);
  if (w->app->rank == 0) {
    static const char *const words[] = {"done", "not converged", "stopped"};
    bp_run_log_note(
        &w->log, "writing", "written in %.2f s: fields %.2f s, history %.2f s, checkpoints %.2f s",
        w->summary->writing.fields + w->summary->writing.history + w->summary->writing.checkpoints,
        w->summary->writing.fields, w->summary->writing.history, w->summary->writing.checkpoints);
    if (run->end == BP_RUN_DONE && run->reason[0])
      bp_run_log_note(&w->log, "steady", "%s", run->reason);
    bp_run_log_note(&w->log, "end",
                    "%s: %d steps, %d rejected, %ld Newton and %ld linear iterations",
                    words[run->end], run->accepted, run->rejected, run->newton, run->linear);
    for (int i = 0; i < problems.count; i++) {
      w->log.print = 0;
      bp_run_log_note(&w->log, "problem", "%s", problems.item[i].text);
    }
    if (bp_run_log_close(&w->log) != BP_OK && problems.count == 0)
      bp_problem(&problems, BP_EXIT_IO, w->directory->path, 0,
                 "run.log is not complete; make room on the disk");
  }
  const BpExit reported = bp_app_report(w->app, &problems);
  *code = *code != BP_EXIT_OK ? *code : reported;
  bp_problems_free(&problems);
  return 0;
}

static void note_start(BpWatcher *w) {
  const BpSummary *s = w->summary;
  bp_run_log_note(&w->log, "start", "%s (pad %s): %d free unknowns on %d rank%s, into %s", s->name,
                  s->pad, s->mesh.dofs, s->ranks, s->ranks == 1 ? "" : "s", w->directory->path);
  const int print = w->log.print;
  w->log.print = 0; /* warnings are on standard error already */
  for (int i = 0; i < s->nwarnings; i++)
    bp_run_log_note(&w->log, "warning", "warning: %s", s->warning[i]);
  w->log.print = print;
}

/* What the solver solved for, in place of what the mesh promised. */
static PetscErrorCode count_unknowns(const BpModel *model, BpSummary *summary) {
  PetscInt count;
  if (bp_case_is_heat_alone(model->bp))
    return bp_heat_free_unknowns(model->heat, &summary->mesh.dofs);
  if (!model->joined)
    return 0;
  PetscCall(bp_model_free_unknowns(model, &count));
  summary->mesh.dofs = (int)count;
  return 0;
}

static PetscErrorCode solve(BpWatcher *w, const Run *run, BpExit *code) {
  BpRunSummary steps = {.end = BP_RUN_STOPPED};
  if (w->app->rank == 0)
    note_start(w);
  bp_summarise_volumes(run->joint, w->summary);
  if (w->error.status == BP_OK && w->refused == BP_EXIT_OK) {
    const BpWatch watch = bp_watcher_functions(w);
    const clock_t begin = clock();
    if (bp_case_is_heat_alone(w->setup->bp))
      PetscCall(bp_run_heat(run->newton, run->joint, run->programme, &watch, &steps));
    else
      PetscCall(bp_run(run->newton, run->joint, run->programme, &watch, &steps));
    PetscCall(count_unknowns(run->model, w->summary));
    PetscCall(
        bp_summarise_heat(run->model, (double)(clock() - begin) / CLOCKS_PER_SEC, w->summary));
  }
  PetscCall(finish(w, &steps, MPI_Wtime() - w->start, code));
  bp_run_summary_free(&steps);
  return 0;
}

/* What the summary says of the run before the checkpoint. */
static void take_over(const BpRestart *restart, BpSummary *summary) {
  snprintf(summary->petsc_options, sizeof summary->petsc_options, "%s", restart->petsc_options);
  for (int i = 0; i < restart->warnings.count; i++) {
    BP_GROW(summary->warning, summary->nwarnings + 1);
    summary->warning[summary->nwarnings++] = bp_copy_text(restart->warnings.item[i].text);
  }
}

/* A probe outside of the mesh ends the run before its first step. */
static PetscErrorCode place_probes(BpWatcher *w, BpExit *code) {
  BpProblems problems = {0};
  PetscCall(bp_output_place_probes(w->output, &problems));
  *code = w->refused = bp_app_report(w->app, &problems);
  bp_problems_free(&problems);
  return 0;
}

/* The run in its directory, with its mesh, which is freed. */
static PetscErrorCode run_meshed(BpWatcher *w, const Run *run, BpMeshed *meshed, BpExit *code) {
  take_over(w->restart, w->summary);
  *code = open_log(w);
  if (*code == BP_EXIT_OK) {
    PetscCall(open_output(w, run, meshed->mesh));
    bp_mesh_free(meshed->mesh);
    meshed->mesh = NULL;
    PetscCall(place_probes(w, code));
    PetscCall(solve(w, run, code));
  }
  return 0;
}

PetscErrorCode bp_run_case(const BpApp *app, const BpSetup *setup, const BpDirectory *directory,
                           BpSummary *summary, BpExit *code) {
  const double start = MPI_Wtime();
  BpMeshed meshed;
  Run run = {0};
  BpRestart restart;
  bp_summary_init(summary);
  *code = bp_setup_mesh(app, setup, &meshed);
  if (*code == BP_EXIT_OK)
    *code = bp_setup_fits_ranks(app, weight_nonlinear, &meshed);
  if (*code != BP_EXIT_OK) {
    bp_problems_free(&meshed.warnings);
    return 0;
  }
  bp_summarise_start(app, setup, &meshed, summary);
  PetscCall(build(app, setup, meshed.mesh, &run, summary));
  *code = bp_restart_begin(app, setup, directory, meshed.mesh, &restart);
  BpWatcher watcher = {.app = app,
                       .setup = setup,
                       .directory = directory,
                       .programme = run.programme,
                       .options = &run.options,
                       .newton = run.newton,
                       .joint = run.joint,
                       .summary = summary,
                       .restart = &restart,
                       .start = start - restart.wall_time,
                       .fields_time = restart.fields_time};
  if (*code == BP_EXIT_OK)
    PetscCall(run_meshed(&watcher, &run, &meshed, code));
  bp_mesh_free(meshed.mesh);
  bp_problems_free(&meshed.warnings);
  bp_restart_free(&restart);
  return release(&run);
}

int bp_run_case_finished(const BpApp *app, const BpSetup *setup, const BpDirectory *directory,
                         BpSummary *summary) {
  int found = 0;
  if (app->rank == 0) {
    BpProblems ignored = {0};
    char *path = bp_directory_file(directory, "summary.json");
    found = bp_summary_read(path, summary, &ignored) == BP_OK && summary->converged &&
            strcmp(summary->case_hash, setup->hash) == 0;
    if (!found)
      bp_summary_free(summary);
    bp_problems_free(&ignored);
    free(path);
  }
  return bp_app_share(app, found);
}

void bp_run_case_closing(FILE *out, const BpSummary *s) {
  if (isfinite(s->joint.cycle_change) && !s->joint.steady)
    fprintf(out,
            "NOT STEADY: the work per cycle of the last cycle differs by %.2g %% from the one "
            "before; raise load.cycles\n",
            100.0 * s->joint.cycle_change);
  fprintf(out, "%s: wall time %.1f s, at most %.0f MB of memory on a rank\n", s->name, s->wall_time,
          1e-6 * s->memory_per_rank);
}
