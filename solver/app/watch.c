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

/* s, of a full cycle: from the last end of one to the one before it. */
static double cycle_length(const BpWatcher *w) {
  double end[2] = {0.0};
  for (int i = 0; i < w->programme->count; i++)
    if (w->programme->corner[i].closes_cycle) {
      end[0] = end[1];
      end[1] = w->programme->corner[i].time;
    }
  return end[1] - end[0];
}

static PetscErrorCode write_fields(BpWatcher *w, double time, const char *title) {
  const double start = MPI_Wtime();
  w->fields_time = time;
  PetscCall(bp_output_fields(w->output, w->newton->u, time, title, &w->error));
  w->summary->writing.fields += MPI_Wtime() - start;
  return 0;
}

static PetscErrorCode write_history(BpWatcher *w, const BpHistoryRow *row) {
  const double start = MPI_Wtime();
  PetscCall(bp_output_history(w->output, row, &w->error));
  w->summary->writing.history += MPI_Wtime() - start;
  return 0;
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

PetscErrorCode bp_watcher_probes(BpWatcher *w, double time, int last) {
  BpSummary *s = w->summary;
  BpProbeValue *value = NULL;
  int count = 0;
  PetscCall(bp_output_probes(w->output, w->newton->u, time, last, &value, &count));
  for (int i = 0; i < count; i++) {
    BP_GROW(s->probe, s->nprobes + 1);
    BpProbeResult *to = &s->probe[s->nprobes++];
    *to = (BpProbeResult){.time = value[i].time, .value = value[i].value};
    snprintf(to->name, sizeof to->name, "%s", value[i].name);
    snprintf(to->quantity, sizeof to->quantity, "%s", value[i].quantity);
    snprintf(to->unit, sizeof to->unit, "%s", value[i].unit);
  }
  free(value);
  return 0;
}

/* Probes that were read before the checkpoint, from the summary that stands. [rank 0] */
static void take_over_probes(BpWatcher *w, double time) {
  BpProblems ignored = {0};
  BpSummary earlier;
  char *path = bp_directory_file(w->directory, "summary.json");
  if (bp_summary_read(path, &earlier, &ignored) == BP_OK)
    for (int i = 0; i < earlier.nprobes; i++)
      if (earlier.probe[i].time <= time * (1.0 + 1e-12)) {
        BP_GROW(w->summary->probe, w->summary->nprobes + 1);
        w->summary->probe[w->summary->nprobes++] = earlier.probe[i];
      }
  bp_summary_free(&earlier);
  bp_problems_free(&ignored);
  free(path);
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
  w->checked = 1;
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
  PetscCall(write_history(w, &row));
  PetscCall(take_fields(w, step));
  PetscCall(bp_watcher_probes(w, step->time, 0));
  if (step->index > 0 && !w->checked)
    PetscCall(check_options(w));
  if (!step->cycle)
    return 0;
  bp_summarise_cycle(w->joint, step->cycle, w->summary);
  bp_summarise_heat_cycle(w->joint->model, step->trace, cycle_length(w), w->summary);
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

/* A signal or the end of the time on any rank, a full disk, an unused option. */
static int stop(void *context) {
  BpWatcher *w = context;
  if (w->log.failed && w->error.status == BP_OK)
    bp_store_fail(&w->error, "%s/run.log: cannot be written", w->directory->path);
  bp_store_agree(w->app->comm, &w->error);
  const int asked = bp_signals_caught() || MPI_Wtime() > w->app->deadline;
  int mine[3] = {asked, w->error.status != BP_OK, w->refused != BP_EXIT_OK}, any[3];
  MPI_Allreduce(mine, any, 3, MPI_INT, MPI_MAX, w->app->comm);
  return any[0] || any[1] || any[2];
}

/* A checkpoint after so many steps, and at the end on request; not at an end for other reasons. */
static PetscErrorCode keep(void *context, BpRunState *state, int stopping) {
  BpWatcher *w = context;
  BpRestart *restart = w->restart;
  const int every = w->setup->bp->output.checkpoint;
  const int due = every > 0 && state->summary->accepted % every == 0;
  if ((!due && !stopping) || w->error.status != BP_OK || w->refused != BP_EXIT_OK)
    return 0;
  const double start = MPI_Wtime();
  restart->wall_time = start - w->start;
  restart->fields_time = w->fields_time;
  bp_output_extent(w->output, &restart->rows, &restart->steps);
  PetscCall(bp_restart_keep(restart, state, &w->error));
  w->summary->writing.checkpoints += MPI_Wtime() - start;
  return 0;
}

static PetscErrorCode resume(void *context, BpRunState *state, int *resumed) {
  BpWatcher *w = context;
  PetscCall(bp_restart_load(w->restart, state, resumed));
  for (int i = 0; *resumed && i < state->summary->ncycles; i++)
    bp_summarise_cycle(w->joint, &state->summary->cycle[i], w->summary);
  if (*resumed && w->app->rank == 0)
    take_over_probes(w, state->t);
  if (*resumed && w->app->rank == 0)
    bp_run_log_resumed(&w->log, state->summary->accepted, state->t);
  bp_watcher_write_summary(w);
  return 0;
}

BpWatch bp_watcher_functions(BpWatcher *watcher) {
  return (BpWatch){watcher, accepted, rejected, stop, keep, resume};
}
