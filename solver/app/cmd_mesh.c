/* ballpad mesh CASE -o DIR */
#include "directory.h"
#include "mesh_result.h"
#include "provenance.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Written under another name first: what stands under the name is a whole mesh. */
static BpExit write_mesh(const BpApp *app, const BpDirectory *directory, const BpMesh *mesh) {
  BpProblems problems = {0};
  if (app->rank == 0) {
    char *path = bp_directory_file(directory, "mesh.msh"), *part = bp_durable_temporary(path);
    const int code = bp_msh_write(mesh, part) == BP_OK ? bp_durable_commit(path) : errno;
    if (code != 0) {
      bp_problem(&problems, BP_EXIT_IO, path, 0,
                 "cannot be written: %s; make room or choose another directory", strerror(code));
      remove(part);
    }
    free(path);
    free(part);
  }
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  return code;
}

static BpExit write_result(const BpApp *app, const BpSetup *setup, const BpMeshed *meshed,
                           const BpDirectory *directory) {
  BpMeshSummary summary = bp_mesh_result(setup, meshed);
  BpProvenance provenance = {0};
  if (app->rank == 0) {
    char hash[BP_HASH_SIZE];
    bp_provenance_mesh(meshed->mesh, hash);
    bp_provenance_collect(app, setup, hash, &provenance);
  }
  BpSummaryFact *fact = BP_NEW(BpSummaryFact, provenance.count);
  for (int i = 0; i < provenance.count; i++)
    fact[i] = (BpSummaryFact){(char *)(uintptr_t)provenance.fact[i].name,
                              (char *)(uintptr_t)provenance.fact[i].value};
  summary.fact = fact;
  summary.nfacts = provenance.count;
  char *text = bp_mesh_json(&summary);
  const BpExit code = bp_directory_write(app, directory, "mesh.json", text);
  if (app->rank == 0 && code == BP_EXIT_OK) {
    if (bp_app_has(app, BP_OPTION_JSON))
      fputs(text, stdout);
    else if (!bp_app_has(app, BP_OPTION_QUIET))
      bp_mesh_table(stdout, &summary);
  }
  free(text);
  free(fact);
  bp_provenance_free(&provenance);
  return code;
}

static BpExit mesh_into(const BpApp *app, const BpSetup *setup, const BpDirectory *directory) {
  BpMeshed meshed;
  BpExit code = bp_directory_protect(app, directory, setup);
  if (code != BP_EXIT_OK)
    return code;
  code = bp_setup_mesh(app, setup, &meshed);
  if (code == BP_EXIT_OK)
    code = write_mesh(app, directory, meshed.mesh);
  if (code == BP_EXIT_OK)
    code = write_result(app, setup, &meshed, directory);
  bp_mesh_free(meshed.mesh);
  bp_problems_free(&meshed.warnings);
  return code;
}

PetscErrorCode bp_command_mesh(const BpApp *app, BpExit *code) {
  BpSetup setup;
  BpDirectory directory;
  bp_setup_read(app, app->args->file[0], &setup);
  *code = bp_setup_report(app, &setup, 1);
  if (*code == BP_EXIT_OK)
    *code = bp_directory_open(app, app->args->out, &directory);
  if (*code == BP_EXIT_OK) {
    *code = mesh_into(app, &setup, &directory);
    bp_directory_close(app, &directory);
  }
  bp_setup_free(&setup);
  return 0;
}
