/* A run repeated from what its results hold: the complete case, and the hashes of what it read. */
#include "setup.h"

#include "results.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char mark[] = " sha256:"; /* between name and hash in a fact */

/* A directory stands for its results.h5. */
static char *file_of(const char *path) {
  struct stat status;
  return bp_format(stat(path, &status) == 0 && S_ISDIR(status.st_mode) ? "%s/results.h5" : "%s",
                   path);
}

static BpResults *read_results(const char *path, BpProblems *problems) {
  BpStoreError error = {0};
  if (access(path, R_OK) != 0) {
    bp_problem(problems, BP_EXIT_IO, path, 0,
               "cannot be read: %s; give the results.h5 of a run, or its directory",
               strerror(errno));
    return NULL;
  }
  BpResults *results = bp_results_read(path, &error);
  if (error.status == BP_OK && bp_results_fact(results, "case"))
    return results;
  if (error.status == BP_OK)
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "holds no case; give the results.h5 of a run");
  else
    bp_problem(problems, BP_EXIT_CHECKPOINT, NULL, 0,
               "%s; give the results.h5 of a run of this version", error.text);
  bp_results_free(&results);
  return NULL;
}

/* The hash in a fact "NAME sha256:HASH", NULL where there is none or the name is another one. */
static const char *hash_in(const char *fact, const char *name) {
  const char *at = fact ? strstr(fact, mark) : NULL;
  return at && strlen(name) == (size_t)(at - fact) && strncmp(fact, name, strlen(name)) == 0
             ? at + strlen(mark)
             : NULL;
}

/* What of a region has a name and a hash: "card" or "library". */
typedef struct {
  const char *what, *name, *file, *hash;
} Part;

static void compare_part(const BpResults *results, const Part *part, const char *region,
                         BpProblems *problems) {
  char *fact = bp_format("%s.%s", part->what, region);
  const char *stored = hash_in(bp_results_fact(results, fact), part->name);
  if (stored && strcmp(stored, part->hash) != 0)
    bp_problem(problems, BP_EXIT_CHECKPOINT, part->file, 0,
               "is not the %s of %s that the results were made with (sha256 %.12s, now %.12s); "
               "restore it, or run the case itself",
               part->what, region, stored, part->hash);
  free(fact);
}

static void compare_materials(const BpResults *results, BpSetup *setup) {
  for (int i = 0; i < setup->nregions_loaded; i++) {
    const BpMaterial *material = setup->materials.material[i];
    if (!material)
      continue;
    const char *library = bp_material_library(material);
    const Part card = {"card", bp_material_name(material), bp_material_file(material),
                       setup->card_hash[i]},
               code = {"library", library, library, setup->library_hash[i]};
    compare_part(results, &card, setup->bp->materials.region[i].name, &setup->problems);
    if (library[0])
      compare_part(results, &code, setup->bp->materials.region[i].name, &setup->problems);
  }
}

/* The mesh that was given, unless another one is given now. */
static void take_mesh(const BpResults *results, BpSetup *setup) {
  const char *fact = bp_results_fact(results, "mesh_file"), *at = fact ? strstr(fact, mark) : NULL;
  if (!at || setup->mesh_file)
    return;
  setup->stored_mesh = bp_format("%.*s", (int)(at - fact), fact);
  setup->mesh_file = setup->stored_mesh;
}

static void compare_mesh(const BpResults *results, BpSetup *setup) {
  const char *stored = setup->stored_mesh
                           ? hash_in(bp_results_fact(results, "mesh_file"), setup->stored_mesh)
                           : NULL;
  if (stored && setup->mesh_file_hash[0] && strcmp(stored, setup->mesh_file_hash) != 0)
    bp_problem(&setup->problems, BP_EXIT_CHECKPOINT, setup->mesh_file, 0,
               "is not the mesh that the results were made with (sha256 %.12s, now %.12s); restore "
               "it, or give it with --mesh",
               stored, setup->mesh_file_hash);
}

static int is_same(const BpResults *results, const char *fact, const char *now) {
  const char *stored = bp_results_fact(results, fact);
  return !stored || strcmp(stored, now) == 0;
}

/* What may change the figures and is no part of the case. */
static void compare_program(const BpApp *app, const BpResults *results, const char *file,
                            BpProblems *problems) {
  char *options = bp_app_petsc_options(app);
  if (!is_same(results, "version", bp_version()) || !is_same(results, "git", bp_version_git()))
    bp_warning(problems,
               "%s: was written by ballpad %s (git %s), this is %s (git %s): figures may differ",
               file, bp_results_fact(results, "version"), bp_results_fact(results, "git"),
               bp_version(), bp_version_git());
  if (!is_same(results, "petsc_options", options))
    bp_warning(problems,
               "%s: was run with %s%s as options of PETSc on its command line; give the same "
               "behind -- to repeat it",
               file, bp_results_fact(results, "petsc_options")[0] ? "" : "nothing",
               bp_results_fact(results, "petsc_options"));
  free(options);
}

void bp_setup_from(const BpApp *app, const char *path, BpSetup *setup) {
  const BpArgs *args = app->args;
  char *file = file_of(path);
  *setup = (BpSetup){.mesh_file = args->mesh};
  BpResults *results = read_results(file, &setup->problems);
  if (results) {
    const char *name = bp_results_fact(results, "name");
    bp_setup_name(name ? name : file, setup->name);
    take_mesh(results, setup);
    setup->bp = bp_case_read_text(file, bp_results_fact(results, "case"), args->set, args->nset,
                                  &setup->problems);
    if (setup->bp) {
      bp_setup_load(setup);
      bp_setup_check_ranks(app, setup);
      compare_materials(results, setup);
      compare_mesh(results, setup);
      compare_program(app, results, file, &setup->problems);
    }
    bp_results_free(&results);
  }
  free(file);
}
