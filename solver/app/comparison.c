#include "comparison.h"

#include "both_rules.h"
#include "run_case.h"
#include "shared.h"
#include "versions.h"

#include <stdlib.h>
#include <string.h>

/* Cases of one name get numbers: "flat", "flat_2". */
static void name_apart(BpSetup *setup, int count) {
  for (int i = 1; i < count; i++) {
    char base[BP_NAME];
    int number = 1, taken = 1;
    snprintf(base, sizeof base, "%s", setup[i].name);
    while (taken) {
      taken = 0;
      for (int k = 0; k < i; k++)
        taken |= strcmp(setup[k].name, setup[i].name) == 0;
      if (taken)
        snprintf(setup[i].name, BP_NAME, "%.50s_%d", base, ++number);
    }
  }
}

/* Every case but the reference once more, by the other rule for its solder. */
static BpExit read_other_rules(BpComparison *c) {
  const int files = c->app->args->nfiles;
  for (int i = 1; i < files; i++) {
    BpSetup *other = &c->setup[c->count++];
    bp_setup_read(c->app, c->app->args->file[i], other);
    bp_other_rule(&c->setup[0], other);
  }
  return bp_setup_report(c->app, c->setup, c->count);
}

/* Adds layers to those of the history; the mesh does not depend on them. */
static void add_layers(BpSetup *setup, const BpComparisonLayers *layers) {
  BpOutputCase *output = &setup->bp->output;
  double *all = BP_NEW(double, layers->count + output->nlayers);
  int n = 0;
  for (int i = 0; i < layers->count; i++)
    all[n++] = layers->thickness[i];
  for (int i = 0; i < output->nlayers; i++) {
    int twice = 0;
    for (int k = 0; k < layers->count; k++)
      twice |= fabs(output->layers[i] - layers->thickness[k]) < 1e-9;
    if (!twice)
      all[n++] = output->layers[i];
  }
  free(output->layers);
  output->layers = all;
  output->nlayers = n;
}

BpExit bp_comparison_read(const BpApp *app, const BpComparisonLayers *layers, BpComparison *c) {
  *c = (BpComparison){.app = app, .count = app->args->nfiles};
  c->setup = BP_NEW(BpSetup, 2 * c->count);
  c->summary = BP_NEW(BpSummary, 2 * c->count);
  for (int i = 0; i < c->count; i++) {
    bp_setup_read(app, app->args->file[i], &c->setup[i]);
    if (layers && c->setup[i].bp)
      add_layers(&c->setup[i], layers);
    if (c->setup[i].bp && bp_case_is_mesh(c->setup[i].bp))
      bp_case_problem(c->setup[i].bp, &c->setup[i].problems, BP_EXIT_CASE, "model.kind",
                      "compare works on cells, which share their planar mesh; run cases of kind "
                      "mesh one by one");
  }
  BpExit code = bp_setup_report(c->app, c->setup, c->count);
  if (code == BP_EXIT_OK && bp_app_has(app, BP_OPTION_BOTH_RULES))
    code = read_other_rules(c);
  if (code != BP_EXIT_OK)
    return code;
  name_apart(c->setup, c->count);
  bp_shared_plan(c->setup, c->count);
  return bp_setup_report(c->app, c->setup, c->count);
}

/* 1 if the directory holds the finished results of this setup by this very program. Options of
 * PETSc are not part of a case: with them, or after them, nothing is re-used. */
static int find_finished(const BpComparison *c, int i, const BpDirectory *directory) {
  BpSummary *s = &c->summary[i];
  if (c->app->args->npetsc > 0 || !bp_run_case_finished(c->app, &c->setup[i], directory, s))
    return 0;
  char *build = bp_version_build();
  int same = 1;
  if (c->app->rank == 0)
    same = s->petsc_options[0] == '\0' && strcmp(s->build, build) == 0;
  free(build);
  same = bp_app_share(c->app, same);
  if (!same)
    bp_summary_free(s);
  return same;
}

int bp_app_is_talking(const BpApp *app) {
  return app->rank == 0 && !bp_app_has(app, BP_OPTION_JSON | BP_OPTION_QUIET);
}

static PetscErrorCode run_in(BpComparison *c, int i, const BpDirectory *directory, BpExit *code) {
  const BpSetup *setup = &c->setup[i];
  if (find_finished(c, i, directory)) {
    if (bp_app_is_talking(c->app))
      printf("%s: finished and unchanged, results re-used from %s\n", setup->name, directory->path);
    /* the names of now: the results may stem from another call */
    snprintf(c->summary[i].name, sizeof c->summary[i].name, "%s", setup->name);
    snprintf(c->summary[i].case_file, sizeof c->summary[i].case_file, "%s", setup->bp->file);
    return 0;
  }
  *code = bp_directory_protect(c->app, directory, setup);
  if (*code != BP_EXIT_OK)
    return 0;
  PetscCall(bp_run_case(c->app, setup, directory, &c->summary[i], code));
  if (*code == BP_EXIT_OK && bp_app_is_talking(c->app))
    bp_run_case_closing(stdout, &c->summary[i]);
  return 0;
}

static PetscErrorCode run_one(BpComparison *c, int i, BpExit *code) {
  BpDirectory directory;
  char *path = bp_directory_file(&c->directory, c->setup[i].name);
  *code = bp_directory_open(c->app, path, &directory);
  free(path);
  if (*code != BP_EXIT_OK)
    return 0;
  PetscCall(run_in(c, i, &directory, code));
  bp_directory_close(c->app, &directory);
  return 0;
}

static void warn_of_times(const BpComparison *c, BpSetup *setup) {
  BpProblems one = {0};
  bp_warning(&one,
             "%s: its load is not that of %s, so it chooses its own time steps, and their errors "
             "do not cancel in the ratios",
             setup->name, c->setup[0].name);
  bp_app_warn(c->app, &one);
  bp_warning(&setup->problems, "%s", one.item[0].text);
  bp_problems_free(&one);
}

/* The ends of the first case's steps become those of the others. */
static BpExit share_times(BpComparison *c) {
  const BpSummary *first = &c->summary[0];
  const int count = bp_app_share(c->app, first->steps.nends),
            cycles = bp_app_share(c->app, first->ncycles);
  double *end = BP_NEW(double, count);
  if (c->app->rank == 0)
    memcpy(end, first->steps.end, (size_t)count * sizeof end[0]);
  MPI_Bcast(end, count, MPI_DOUBLE, 0, c->app->comm);
  const BpSharedTimes times = {end, count, cycles};
  for (int i = 1; i < c->count; i++)
    if (!bp_shared_times(&c->setup[0], &times, &c->setup[i]))
      warn_of_times(c, &c->setup[i]);
  free(end);
  return bp_setup_report(c->app, c->setup, c->count);
}

void bp_comparison_warnings(const BpComparison *c, BpProblems *all) {
  for (int i = 0; i < c->count; i++)
    for (int k = 0; k < c->setup[i].problems.count; k++)
      bp_warning(all, "%s", c->setup[i].problems.item[k].text);
}

PetscErrorCode bp_comparison_run(BpComparison *c, BpExit *code) {
  PetscCall(run_one(c, 0, code));
  if (*code == BP_EXIT_OK)
    *code = share_times(c);
  for (int i = 1; i < c->count && *code == BP_EXIT_OK; i++)
    PetscCall(run_one(c, i, code));
  return 0;
}

void bp_comparison_free(BpComparison *c) {
  for (int i = 0; i < c->count; i++) {
    bp_setup_free(&c->setup[i]);
    bp_summary_free(&c->summary[i]);
  }
  free(c->setup);
  free(c->summary);
  *c = (BpComparison){0};
}
