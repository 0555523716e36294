#include "study_figures.h"

#include <stdlib.h>

typedef struct {
  BpStudyTable *table;
  int point;
} Row;

/* The value in the unit, whose size in SI is given. */
static void set(const Row *row, const char *name, const char *unit, double size, double value) {
  bp_study_table_set(row->table, row->point, name, unit, value / size);
}

static void set_side(const Row *row, const char *side, const char *part, const BpSideResult *r) {
  char *work = bp_format("%s.delta_w_MPa%s", side, part);
  char *strain = bp_format("%s.delta_eps%s", side, part);
  set(row, work, "MPa", 1e6, r->delta_w);
  set(row, strain, "", 1.0, r->delta_eps);
  free(work);
  free(strain);
}

static void set_volume(const Row *row, const char *side, const BpSideVolume *volume) {
  char *layer = bp_format("%s.layer_volume_mm3", side);
  char *common = bp_format("%s.common_volume_mm3", side);
  set(row, layer, "mm3", 1e-9, volume->layer);
  set(row, common, "mm3", 1e-9, volume->common);
  free(layer);
  free(common);
}

static void set_cycle(const Row *row, const BpCycleResult *c) {
  set_side(row, "package", "", &c->package);
  set_side(row, "board", "", &c->board);
  set_side(row, "package", ".common", &c->package_common);
  set_side(row, "board", ".common", &c->board_common);
  set(row, "rdl.delta_eps_p", "", 1.0, c->rdl_range);
  for (int z = 0; z < c->nzones; z++) {
    char *name = bp_format("rdl.%s.delta_eps_p", c->zone[z].name);
    set(row, name, "", 1.0, c->zone[z].range);
    free(name);
  }
  for (int f = 0; f < c->nfilms; f++) {
    char *name = bp_format("%s.tension_MPa", c->film[f].name);
    set(row, name, "MPa", 1e6, c->film[f].tension);
    free(name);
  }
}

/* N for ratios: absolute or not. */
static void set_life(const Row *row, const BpLifeRow *life) {
  if (life->reason[0])
    return;
  char *name =
      bp_format("life.%s.%s.%s", life->model, life->side, life->absolute ? "N" : "N_for_ratios");
  set(row, name, life->unit, 1.0, life->N);
  free(name);
}

void bp_study_add_figures(BpStudyTable *table, int point, const BpSummary *s) {
  const Row row = {table, point};
  const BpCycleResult *last = s->ncycles > 0 ? &s->cycle[s->ncycles - 1] : NULL;
  const BpSideResult joint = {s->joint.delta_w, s->joint.delta_eps};
  set_side(&row, "joint", "", &joint);
  if (last && last->index > 0)
    set_cycle(&row, last);
  for (int i = 0; i < s->nlife; i++)
    set_life(&row, &s->life[i]);
  set(&row, "joint.standoff_um", "um", 1e-6, s->joint.standoff);
  set(&row, "joint.solder_volume_mm3", "mm3", 1e-9, s->joint.solder_volume);
  set(&row, "joint.wetted_area_mm2", "mm2", 1e-6, s->joint.wetted_area);
  set(&row, "joint.wetted_path_um", "um", 1e-6, s->joint.wetted_path);
  set_volume(&row, "package", &s->package_volume);
  set_volume(&row, "board", &s->board_volume);
}

void bp_study_add_costs(BpStudyTable *table, int point, const BpSummary *s) {
  const Row row = {table, point};
  set(&row, "joint.cycle_change", "", 1.0, s->joint.cycle_change);
  set(&row, "error.mesh", "", 1.0, s->error_mesh);
  set(&row, "error.time", "", 1.0, s->error_time);
  set(&row, "mesh.dofs", "", 1.0, s->mesh.dofs);
  set(&row, "mesh.min_quality", "", 1.0, s->mesh.min_quality);
  set(&row, "mesh.volume_error", "", 1.0, s->mesh.volume_error);
  set(&row, "steps.accepted", "", 1.0, s->steps.accepted);
  set(&row, "ranks", "", 1.0, s->ranks);
  set(&row, "wall_time_s", "s", 1.0, s->wall_time);
}
