#include "setup.h"

#include "heat.h"
#include "life_fill.h"
#include "output.h"
#include "programme.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- finding the file */

void bp_setup_find(const char *given, const char *folder, char path[BP_PATH]) {
  const char *const around[][2] = {{"", ""}, {folder, ""}, {folder, ".yaml"}};
  for (int i = 0; i < BP_COUNT(around) && access(given, F_OK) != 0; i++) {
    char *relative = bp_format("%s%s%s", around[i][0], given, around[i][1]);
    const BpStatus status = bp_data_file(relative, path, BP_PATH);
    free(relative);
    if (status == BP_OK)
      return;
  }
  snprintf(path, BP_PATH, "%s", given);
}

void bp_setup_name(const char *path, char name[BP_NAME]) {
  const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
  const char *dot = strrchr(base, '.');
  const int n = dot && dot > base ? (int)(dot - base) : (int)strlen(base);
  snprintf(name, BP_NAME, "%.*s", n < BP_NAME ? n : BP_NAME - 1, base);
}

/* ---- hashes */

static char *append(char *text, const char *more) {
  char *longer = bp_format("%s%s", text, more);
  free(text);
  return longer;
}

/* The part of a complete case below a top-level key, "" if it has none. */
static char *section(const char *text, const char *key) {
  const size_t n = strlen(key);
  for (const char *line = text; *line;) {
    const char *next = strchr(line, '\n');
    next = next ? next + 1 : line + strlen(line);
    if (strncmp(line, key, n) == 0 && line[n] == ':') {
      while (*next == ' ' || *next == '\n')
        next = strchr(next, '\n') ? strchr(next, '\n') + 1 : next + strlen(next);
      return bp_format("%.*s", (int)(next - line), line);
    }
    line = next;
  }
  return bp_copy_text("");
}

static void hash_mesh(BpSetup *setup) {
  char *package = section(setup->text, "package"), *mesh = section(setup->text, "mesh");
  char *all = bp_format("%s%slayer %.17g\n%s\n%s", package, mesh, setup->bp->output.layer,
                        setup->mesh_file ? setup->mesh_file_hash : "",
                        setup->geometry.whole ? "full cell\n" : "");
  bp_hash_bytes(all, strlen(all), setup->mesh_hash);
  free(package);
  free(mesh);
  free(all);
}

static void hash_case(BpSetup *setup) {
  char *all = bp_format("%s%s\n", setup->text, setup->mesh_file ? setup->mesh_file_hash : "");
  for (int i = 0; i < setup->bp->materials.count; i++)
    all = append(append(append(all, setup->card_hash[i]), setup->library_hash[i]), "\n");
  bp_hash_bytes(all, strlen(all), setup->hash);
  free(all);
}

static void hash_again(BpSetup *setup, const char *file, char hash[BP_HASH_SIZE]) {
  if (bp_hash_file(file, hash) != BP_OK)
    bp_problem(&setup->problems, BP_EXIT_IO, file, 0, "cannot be read again; leave it in place");
}

static void hash_files(BpSetup *setup) {
  for (int i = 0; i < setup->bp->materials.count; i++) {
    const BpMaterial *material = setup->materials.material[i];
    if (!material)
      continue;
    const char *library = bp_material_library(material);
    hash_again(setup, bp_material_file(material), setup->card_hash[i]);
    if (library[0])
      hash_again(setup, library, setup->library_hash[i]);
  }
  if (setup->mesh_file && bp_hash_file(setup->mesh_file, setup->mesh_file_hash) != BP_OK)
    bp_problem(&setup->problems, BP_EXIT_IO, setup->mesh_file, 0,
               "cannot be read; give the path of a mesh file");
}

/* ---- reading */

void bp_setup_complete(BpSetup *setup) {
  if (!bp_case_is_mesh(setup->bp) &&
      bp_geometry_build(setup->bp, &setup->geometry, &setup->problems) != BP_OK)
    return;
  if (setup->nregions_loaded == 0)
    return;
  free(setup->text);
  setup->text = bp_case_dump(setup->bp);
  hash_mesh(setup);
  hash_case(setup);
}

/* Properties that heat needs, at the temperatures of the load and of the surfaces. */
static void check_heat(BpSetup *setup) {
  const BpCase *bp = setup->bp;
  double range[2];
  if (!bp_case_has_heat(bp))
    return;
  BpProgramme *programme = bp_programme_build(&bp->load);
  bp_programme_range(programme, &range[0], &range[1]);
  bp_programme_free(programme);
  for (int i = 0; i < bp->model.nboundary; i++) {
    const double T[2] = {bp->model.boundary[i].temperature, bp->model.boundary[i].ambient};
    for (int k = 0; k < 2; k++)
      if (T[k] > 0.0) {
        range[0] = fmin(range[0], T[k]);
        range[1] = fmax(range[1], T[k]);
      }
  }
  bp_heat_check_materials(bp, setup->materials.material, range, &setup->problems);
}

void bp_setup_load(BpSetup *setup) {
  if (bp_case_is_mesh(setup->bp) && !setup->mesh_file)
    setup->mesh_file = setup->bp->model.file;
  bp_life_check_setup(setup);
  BpStatus loaded = bp_materials_load(setup->bp, &setup->materials, &setup->problems);
  if (loaded == BP_OK)
    check_heat(setup);
  if (loaded == BP_OK)
    loaded = bp_output_check(setup->bp, &setup->materials, &setup->problems);
  setup->nregions_loaded = loaded == BP_OK ? setup->bp->materials.count : 0;
  if (loaded == BP_OK)
    hash_files(setup);
  bp_setup_complete(setup);
}

void bp_setup_read(const BpApp *app, const char *path, BpSetup *setup) {
  const BpArgs *args = app->args;
  char found[BP_PATH];
  *setup = (BpSetup){.mesh_file = args->mesh};
  bp_setup_find(path, "cases/", found);
  bp_setup_name(found, setup->name);
  setup->bp = bp_case_read(found, args->set, args->nset, &setup->problems);
  if (setup->bp) {
    bp_setup_load(setup);
    bp_setup_check_ranks(app, setup);
  }
}

void bp_setup_check_ranks(const BpApp *app, BpSetup *setup) {
  const BpSolverCase *solver = &setup->bp->solver;
  if (app->nranks == 1 || strcmp(solver->deterministic, "true") != 0)
    return;
  if (strcmp(solver->linear, "direct") == 0)
    bp_case_problem(setup->bp, &setup->problems, BP_EXIT_CASE, "solver.deterministic",
                    "the direct solver does not give the same bits twice on more than one rank; "
                    "run on one rank, or with solver.linear: pmultigrid");
  else if (strcmp(solver->coarse, "aggregates") == 0)
    bp_case_problem(setup->bp, &setup->problems, BP_EXIT_CASE, "solver.deterministic",
                    "a level of aggregates need not give the same bits twice on more than one "
                    "rank; run on one rank, or with solver.coarse: factor");
}

void bp_setup_free(BpSetup *setup) {
  bp_materials_free(&setup->materials);
  bp_case_free(setup->bp);
  bp_problems_free(&setup->problems);
  free(setup->text);
  free(setup->stored_mesh);
  *setup = (BpSetup){0};
}

/* Ranks on several machines may find different files under one name. */
static BpExit compare_ranks(const BpApp *app, const BpSetup *setup) {
  char first[BP_HASH_SIZE];
  BpProblems problems = {0};
  memcpy(first, setup->hash, sizeof first);
  MPI_Bcast(first, sizeof first, MPI_CHAR, 0, app->comm);
  if (memcmp(first, setup->hash, sizeof first) != 0)
    bp_problem(&problems, BP_EXIT_IO, setup->bp->file, 0,
               "rank %d reads another case, card or mesh than rank 0; put the files where every "
               "rank sees the same ones",
               app->rank);
  const BpExit code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  return code;
}

BpExit bp_setup_report(const BpApp *app, const BpSetup *setup, int count) {
  BpExit code = BP_EXIT_OK;
  for (int i = 0; i < count; i++) {
    const BpExit own = bp_app_report(app, &setup[i].problems);
    code = code == BP_EXIT_OK ? own : code;
  }
  for (int i = 0; i < count && code == BP_EXIT_OK; i++)
    code = compare_ranks(app, &setup[i]);
  return code;
}
