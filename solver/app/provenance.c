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

static void add_place_and_time(const BpApp *app, BpProvenance *p) {
  char text[256] = "unknown";
  const time_t now = time(NULL);
  struct tm utc;
  gethostname(text, sizeof text - 1);
  add(p, "host", bp_copy_text(text));
  gmtime_r(&now, &utc);
  strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  add(p, "started", bp_copy_text(text));
  add(p, "command", bp_copy_text(app->command_line));
  add(p, "ranks", bp_format("%d", app->nranks));
}

static void add_cards(const BpSetup *setup, BpProvenance *p) {
  for (int i = 0; i < BP_REGIONS; i++) {
    char *name = bp_format("card.%s", bp_region_name(i));
    add(p, name,
        bp_format("%s sha256:%s", bp_material_name(setup->materials.material[i]),
                  setup->card_hash[i]));
    free(name);
  }
}

void bp_provenance_collect(const BpApp *app, const BpSetup *setup, BpProvenance *p) {
  *p = (BpProvenance){0};
  add(p, "version", bp_copy_text(bp_version()));
  add(p, "git", bp_copy_text(bp_version_git()));
  add(p, "build", bp_version_build());
  add_libraries(p);
  add_place_and_time(app, p);
  add(p, "case_file", bp_copy_text(setup->bp->file));
  add(p, "case_hash", bp_copy_text(setup->hash));
  add(p, "case", bp_copy_text(setup->text));
  add(p, "mesh_hash", bp_copy_text(setup->mesh_hash));
  if (setup->mesh_file)
    add(p, "mesh_file", bp_format("%s sha256:%s", setup->mesh_file, setup->mesh_file_hash));
  add_cards(setup, p);
}

void bp_provenance_free(BpProvenance *p) {
  for (int i = 0; i < p->count; i++) {
    free((char *)(uintptr_t)p->fact[i].name);
    free((char *)(uintptr_t)p->fact[i].value);
  }
  free(p->fact);
  *p = (BpProvenance){0};
}
