#include "restart.h"

#include "provenance.h"
#include "results.h"
#include "versions.h"

#include <stdlib.h>
#include <string.h>

/* What tells a run from others, as a checkpoint has it. */
typedef struct {
  char case_hash[BP_HASH_SIZE], mesh[BP_HASH_SIZE];
  char version[BP_NAME], build[2 * BP_NAME];
} Identity;

static Identity identity_of(const BpRestart *r) {
  Identity id;
  char *build = bp_version_build();
  snprintf(id.case_hash, sizeof id.case_hash, "%s", r->setup->hash);
  snprintf(id.mesh, sizeof id.mesh, "%s", r->mesh);
  snprintf(id.version, sizeof id.version, "%s", bp_version());
  snprintf(id.build, sizeof id.build, "%s", build);
  free(build);
  return id;
}

static void move_identity(BpCheckpoint *c, Identity *id) {
  bp_checkpoint_text(c, "case_hash", id->case_hash, sizeof id->case_hash);
  bp_checkpoint_text(c, "mesh", id->mesh, sizeof id->mesh);
  bp_checkpoint_text(c, "version", id->version, sizeof id->version);
  bp_checkpoint_text(c, "build", id->build, sizeof id->build);
}

/* What the files of the run have come to. */
static void move_files(BpCheckpoint *c, BpRestart *r) {
  bp_checkpoint_numbers(c, "files/wall_time", &r->wall_time, 1);
  bp_checkpoint_numbers(c, "files/fields_time", &r->fields_time, 1);
  bp_checkpoint_int(c, "rows", &r->rows);
  bp_checkpoint_int(c, "fields", &r->steps);
  bp_checkpoint_text(c, "petsc_options", r->petsc_options, sizeof r->petsc_options);
}

/* ---- going on */

static void check_identity(BpRestart *r, const Identity *there, BpProblems *problems) {
  static const char remedy[] = "start without --resume";
  const Identity here = identity_of(r);
  const char *path = bp_checkpoint_path(r->checkpoint);
  if (r->error.status != BP_OK)
    bp_problem(problems, BP_EXIT_CHECKPOINT, NULL, 0, "%s; %s", r->error.text, remedy);
  else if (strcmp(there->version, here.version) != 0)
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "was written by version %s and this program is version %s; go on with that one, or "
               "%s",
               there->version, here.version, remedy);
  else if (strcmp(there->case_hash, here.case_hash) != 0)
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "is of another case, or its cards or mesh were changed; go on with the case as it "
               "was, or %s",
               remedy);
  else if (strcmp(there->mesh, here.mesh) != 0)
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "is of the same case on another mesh, as another version of Gmsh makes it; %s",
               remedy);
  else if (strcmp(there->build, here.build) != 0)
    bp_warning(&r->warnings,
               "%s: was written by another build (%s) of the program; the run goes on with this "
               "one (%s)",
               path, there->build, here.build);
}

/* A run that went on with other options of PETSc says so. */
static void add_options(BpRestart *r, const char *now) {
  const char *before = r->petsc_options;
  if (strcmp(before, now) == 0)
    return;
  char *both = bp_format("%s, then %s", before[0] ? before : "none", now[0] ? now : "none");
  snprintf(r->petsc_options, sizeof r->petsc_options, "%s", both);
  free(both);
}

/* The rows and steps before the checkpoint are those of results.h5. [rank 0] */
static void check_results(const BpRestart *r, BpProblems *problems) {
  BpStoreError error = {0};
  char *path = bp_format("%s/results.h5", r->dir);
  BpResults *results = bp_results_read(path, &error);
  const BpResultsExtent extent = bp_results_extent(results);
  if (error.status != BP_OK)
    bp_problem(problems, BP_EXIT_CHECKPOINT, NULL, 0,
               "%s; the checkpoint is of no use without it; start without --resume", error.text);
  else if (extent.rows < r->rows || extent.steps < r->steps)
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "ends before the checkpoint, so it is of another run; start without --resume");
  bp_results_free(&results);
  free(path);
}

static BpExit open_newest(BpRestart *r) {
  BpProblems problems = {0};
  BpStoreError newer = {0};
  char now[sizeof r->petsc_options];
  memcpy(now, r->petsc_options, sizeof now);
  r->checkpoint = bp_checkpoint_open(r->app->comm, r->dir, &newer, &r->error);
  if (r->checkpoint) {
    Identity there = {{0}, {0}, {0}, {0}};
    move_identity(r->checkpoint, &there);
    move_files(r->checkpoint, r);
    bp_store_agree(r->app->comm, &r->error);
    r->previous = bp_checkpoint_step(r->checkpoint);
    if (r->app->rank == 0)
      check_identity(r, &there, &problems);
    if (r->app->rank == 0 && problems.count == 0)
      check_results(r, &problems);
    if (newer.status != BP_OK)
      bp_warning(&r->warnings, "%s; the run goes on from %s", newer.text,
                 bp_checkpoint_path(r->checkpoint));
    add_options(r, now);
  } else if (r->error.status != BP_OK && r->app->rank == 0) {
    bp_problem(&problems, BP_EXIT_CHECKPOINT, NULL, 0,
               "%s, and so is every checkpoint there; start without --resume", r->error.text);
  }
  const BpExit code = bp_app_report(r->app, &problems);
  bp_problems_free(&problems);
  return code;
}

static BpExit remove_all(const BpRestart *r) {
  BpProblems problems = {0};
  BpStoreError error = {0};
  if (r->app->rank == 0)
    bp_checkpoint_clear(r->dir, &error);
  if (error.status != BP_OK)
    bp_problem(&problems, BP_EXIT_IO, NULL, 0, "%s; choose another directory", error.text);
  const BpExit code = bp_app_report(r->app, &problems);
  bp_problems_free(&problems);
  return code;
}

BpExit bp_restart_begin(const BpApp *app, const BpSetup *setup, const BpDirectory *directory,
                        const BpMesh *mesh, BpRestart *r) {
  *r = (BpRestart){
      .app = app, .setup = setup, .dir = directory->path, .previous = -1, .fields_time = -1.0};
  char *options = bp_app_petsc_options(app);
  snprintf(r->petsc_options, sizeof r->petsc_options, "%s", options);
  free(options);
  if (app->rank == 0)
    bp_provenance_mesh(mesh, r->mesh);
  const BpExit code = bp_app_has(app, BP_OPTION_RESUME) ? open_newest(r) : remove_all(r);
  bp_app_warn(app, &r->warnings);
  return code;
}

void bp_restart_free(BpRestart *r) {
  bp_checkpoint_close(&r->checkpoint);
  bp_problems_free(&r->warnings);
}

PetscErrorCode bp_restart_load(BpRestart *r, BpRunState *state, int *resumed) {
  *resumed = r->checkpoint != NULL;
  if (!*resumed)
    return 0;
  PetscCall(bp_run_state_transfer(r->checkpoint, state));
  bp_checkpoint_close(&r->checkpoint);
  /* its hash, case and mesh are right: what is missing, this program did not write */
  PetscCheck(r->error.status == BP_OK, PETSC_COMM_SELF, PETSC_ERR_PLIB, "%s", r->error.text);
  return 0;
}

/* ---- keeping */

PetscErrorCode bp_restart_keep(BpRestart *r, BpRunState *state, BpStoreError *error) {
  const int step = state->summary->accepted;
  BpCheckpoint *c = bp_checkpoint_new(r->app->comm, r->dir, step, error);
  Identity id = identity_of(r);
  move_identity(c, &id);
  move_files(c, r);
  PetscCall(bp_run_state_transfer(c, state));
  bp_checkpoint_save(&c, r->previous);
  if (error->status == BP_OK)
    r->previous = step;
  return 0;
}
