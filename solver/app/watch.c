#include "watch.h"

#include "signals.h"
#include "summarise.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Cycle of the programme that a step belongs to: that of the corner it heads for. */
static int cycle_of(const BpWatcher *w, const BpStep *step) {
  const BpCorner *corner = bp_programme_next(w->programme, step->time - step->dt);
  return step->index > 0 && corner ? corner->cycle : -1;
}

static PetscErrorCode write_fields(BpWatcher *w, double time, const char *title) {
  w->fields_time = time;
  return bp_output_fields(w->output, w->newton->u, time, title, &w->error);
}

static void title_of(const BpStep *step, int cycle, char *title, size_t size) {
  char moment[48], period[48] = "cooling after joining";
  snprintf(moment, sizeof moment, "t = %.6g s", step->time);
  if (step->corner && step->corner->kind == BP_CORNER_DWELL_END)
    snprintf(moment, sizeof moment, "end of dwell");
  if (cycle >= 0)
    snprintf(period, sizeof period, "cycle %d", cycle);
  if (step->index == 0)
    snprintf(title, size, "joining at %.6g degC", step->temperature - 273.15);
  else
    snprintf(title, size, "%s at %.6g degC, %s", moment, step->temperature - 273.15, period);
}

static PetscErrorCode take_fields(BpWatcher *w, const BpStep *step) {
  const char *wanted = w->setup->bp->output.fields;
  const int dwell_end = step->corner && step->corner->kind == BP_CORNER_DWELL_END;
  char title[128];
  if (strcmp(wanted, "steps") != 0 && !(strcmp(wanted, "dwells") == 0 && dwell_end))
    return 0;
  title_of(step, cycle_of(w, step), title, sizeof title);
  return write_fields(w, step->time, title);
}

PetscErrorCode bp_watcher_last_fields(BpWatcher *w, double time) {
  char title[128];
  if (w->fields_time >= time)
    return 0;
  snprintf(title, sizeof title, "last accepted state, t = %.6g s", time);
  return write_fields(w, time, title);
}

void bp_watcher_write_summary(BpWatcher *w) {
  if (w->app->rank == 0 && w->error.status == BP_OK) {
    char *path = bp_directory_file(w->directory, "summary.json");
    if (bp_summary_write(w->summary, path) != BP_OK)
      bp_store_fail_errno(&w->error, path, errno);
    free(path);
  }
  bp_store_agree(w->app->comm, &w->error);
}

void bp_watcher_remove_summary(const BpWatcher *w) {
  if (w->app->rank != 0)
    return;
  char *path = bp_directory_file(w->directory, "summary.json");
  unlink(path);
  free(path);
}

static PetscErrorCode check_options(BpWatcher *w) {
  BpProblems problems = {0};
  const BpCase *bp = w->setup->bp;
  const BpYamlNode *node = bp_yaml_find(bp->tree, "petsc");
  PetscCall(bp_petsc_options_unused(w->options, node && node->line == 0 ? "--set petsc" : bp->file,
                                    node ? node->line : 0, &problems));
  w->refused = bp_app_report(w->app, &problems);
  bp_problems_free(&problems);
  return 0;
}

static PetscErrorCode accepted(void *context, const BpStep *step) {
  BpWatcher *w = context;
  if (w->app->rank == 0)
    bp_run_log_step(&w->log, step);
  const BpHistoryRow row = {.time = step->time,
                            .dt = step->dt,
                            .temperature = step->temperature,
                            .newton = step->newton,
                            .linear = step->linear,
                            .cycle = cycle_of(w, step),
                            .increment = step->increment};
  PetscCall(bp_output_history(w->output, &row, &w->error));
  PetscCall(take_fields(w, step));
  if (step->index == 1)
    PetscCall(check_options(w));
  if (!step->cycle)
    return 0;
  bp_summarise_cycle(w->joint, step->cycle, w->summary);
  const BpCycleResult *cycle = &w->summary->cycle[w->summary->ncycles - 1];
  if (w->app->rank == 0)
    bp_run_log_note(&w->log, "cycle",
                    "cycle %d ends: work %.6g MPa, strain %.6g (package); %.6g MPa, %.6g (board)",
                    cycle->index, 1e-6 * cycle->package.delta_w, cycle->package.delta_eps,
                    1e-6 * cycle->board.delta_w, cycle->board.delta_eps);
  bp_watcher_write_summary(w);
  return 0;
}

static void rejected(void *context, double time, double dt, double next, const char *reason) {
  BpWatcher *w = context;
  if (w->app->rank == 0)
    bp_run_log_rejected(&w->log, time, dt, next, reason);
}

/* A signal on any rank, a full disk, an unused option. */
static int stop(void *context) {
  BpWatcher *w = context;
  if (w->log.failed && w->error.status == BP_OK)
    bp_store_fail(&w->error, "%s/run.log: cannot be written", w->directory->path);
  bp_store_agree(w->app->comm, &w->error);
  int mine[3] = {bp_signals_caught(), w->error.status != BP_OK, w->refused != BP_EXIT_OK}, any[3];
  MPI_Allreduce(mine, any, 3, MPI_INT, MPI_MAX, w->app->comm);
  return any[0] || any[1] || any[2];
}

BpWatch bp_watcher_functions(BpWatcher *watcher) {
  return (BpWatch){watcher, accepted, rejected, stop};
}
