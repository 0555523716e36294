#include "provenance.h"

#include "versions.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* The value is given away. */
static void add(BpProvenance *p, const char *name, char *value) {
  BP_GROW(p->fact, p->count + 1);
  p->fact[p->count++] = (BpFact){bp_copy_text(name), value};
}

static void add_libraries(BpProvenance *p) {
  char text[128];
  bp_version_petsc(text, sizeof text);
  add(p, "petsc", bp_copy_text(text));
  add(p, "gmsh", bp_gmsh_version());
  bp_version_hdf5(text, sizeof text);
  add(p, "hdf5", bp_copy_text(text));
  bp_version_mpi(text, sizeof text);
  add(p, "mpi", bp_copy_text(text));
}

/* Now, or the seconds since 1970 that SOURCE_DATE_EPOCH names. */
static char *date(void) {
  const char *epoch = getenv("SOURCE_DATE_EPOCH");
  char text[64], *end = NULL;
  const long long seconds = epoch ? strtoll(epoch, &end, 10) : 0;
  const time_t now = epoch && end > epoch && !*end ? (time_t)seconds : time(NULL);
  struct tm utc;
  if (!gmtime_r(&now, &utc))
    return bp_copy_text("unknown");
  strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return bp_copy_text(text);
}

/* done: what was done at that time */
static void add_place_and_time(const BpApp *app, const char *done, BpProvenance *p) {
  char text[256] = "unknown";
  gethostname(text, sizeof text - 1);
  add(p, "host", bp_copy_text(text));
  add(p, done, date());
  add(p, "command", bp_copy_text(app->command_line));
  add(p, "ranks", bp_format("%d", app->nranks));
}

static void add_cards(const BpSetup *setup, BpProvenance *p) {
  for (int i = 0; i < setup->bp->materials.count; i++) {
    if (!setup->materials.material[i])
      continue;
    const char *region = setup->bp->materials.region[i].name;
    char *name = bp_format("card.%s", region);
    add(p, name,
        bp_format("%s sha256:%s", bp_material_name(setup->materials.material[i]),
                  setup->card_hash[i]));
    free(name);
    if (setup->library_hash[i][0]) {
      name = bp_format("library.%s", region);
      add(p, name,
          bp_format("%s sha256:%s", bp_material_library(setup->materials.material[i]),
                    setup->library_hash[i]));
      free(name);
    }
    name = bp_format("source.%s", region);
    add(p, name, bp_copy_text(bp_material_source(setup->materials.material[i])));
    free(name);
  }
}

/* What is said of the cards' ranges and of data that nobody checked goes with the results. */
static void add_warnings(const BpSetup *setup, BpProvenance *p) {
  int n = 0;
  for (int i = 0; i < setup->problems.count; i++) {
    if (setup->problems.item[i].code != BP_EXIT_OK)
      continue;
    char *name = bp_format("warning.%d", ++n);
    add(p, name, bp_copy_text(setup->problems.item[i].text));
    free(name);
  }
}

static void add_program(BpProvenance *p) {
  add(p, "version", bp_copy_text(bp_version()));
  add(p, "git", bp_copy_text(bp_version_git()));
  add(p, "build", bp_version_build());
}

void bp_provenance_mesh(const BpMesh *mesh, char hash[BP_HASH_SIZE]) {
  const BpCellList *cells = &mesh->cells;
  char both[2 * BP_HASH_SIZE];
  bp_hash_bytes(mesh->xyz, 3 * (size_t)mesh->nnodes * sizeof mesh->xyz[0], both);
  bp_hash_bytes(cells->node, (size_t)cells->start[cells->count] * sizeof cells->node[0],
                both + BP_HASH_SIZE);
  bp_hash_bytes(both, sizeof both, hash);
}

void bp_provenance_page(const BpApp *app, BpProvenance *p) {
  *p = (BpProvenance){0};
  add_program(p);
  add_place_and_time(app, "written", p);
}

void bp_provenance_collect(const BpApp *app, const BpSetup *setup, const char *mesh,
                           BpProvenance *p) {
  *p = (BpProvenance){0};
  add_program(p);
  add_libraries(p);
  add_place_and_time(app, "started", p);
  add(p, "petsc_options", bp_app_petsc_options(app));
  add(p, "name", bp_copy_text(setup->name));
  add(p, "case_file", bp_copy_text(setup->bp->file));
  add(p, "case_hash", bp_copy_text(setup->hash));
  add(p, "case", bp_copy_text(setup->text));
  add(p, "mesh_hash", bp_copy_text(setup->mesh_hash));
  add(p, "mesh", bp_format("sha256:%s", mesh));
  if (setup->mesh_file)
    add(p, "mesh_file", bp_format("%s sha256:%s", setup->mesh_file, setup->mesh_file_hash));
  add_cards(setup, p);
  add_warnings(setup, p);
}

void bp_provenance_free(BpProvenance *p) {
  for (int i = 0; i < p->count; i++) {
    free((char *)(uintptr_t)p->fact[i].name);
    free((char *)(uintptr_t)p->fact[i].value);
  }
  free(p->fact);
  *p = (BpProvenance){0};
}
