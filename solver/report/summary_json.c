#include "json_impl.h"

#include <stdlib.h>

static void set_counts(json_t *object, const char *const *key, const long *value, int n) {
  for (int i = 0; i < n; i++)
    json_object_set_new(object, key[i], json_integer(value[i]));
}

static json_t *mesh_object(const BpSummary *s) {
  static const char *const key[] = {"nodes", "cells", "dofs"};
  const long value[] = {s->mesh.nodes, s->mesh.cells, s->mesh.dofs};
  json_t *object = json_object();
  set_counts(object, key, value, 3);
  json_object_set_new(object, "volume_error", bp_json_number(s->mesh.volume_error, 1.0));
  json_object_set_new(object, "min_quality", bp_json_number(s->mesh.min_quality, 1.0));
  json_object_set_new(object, "share_of_joint", bp_json_number(s->mesh.share, 1.0));
  return object;
}

static json_t *steps_object(const BpSummary *s) {
  static const char *const key[] = {"accepted", "rejected", "newton_iterations",
                                    "linear_iterations"};
  const long value[] = {s->steps.accepted, s->steps.rejected, s->steps.newton, s->steps.linear};
  json_t *object = json_object(), *ends = json_array();
  set_counts(object, key, value, 4);
  for (int i = 0; i < s->steps.nends; i++)
    json_array_append_new(ends, bp_json_number(s->steps.end[i], 1.0));
  json_object_set_new(object, "ends_s", ends);
  return object;
}

static json_t *side_object(const BpSideResult *side, const BpSideResult *common) {
  json_t *object = json_object();
  json_object_set_new(object, "delta_w_MPa", bp_json_number(side->delta_w, BP_MPA));
  json_object_set_new(object, "delta_eps", bp_json_number(side->delta_eps, 1.0));
  if (common)
    json_object_set_new(object, "common", side_object(common, NULL));
  return object;
}

static json_t *rdl_object(const BpCycleResult *cycle) {
  json_t *object = json_object(), *zones = json_array();
  json_object_set_new(object, "delta_eps_p", bp_json_number(cycle->rdl_range, 1.0));
  for (int i = 0; i < cycle->nzones; i++) {
    json_t *zone = json_object();
    json_object_set_new(zone, "name", bp_json_text(cycle->zone[i].name));
    json_object_set_new(zone, "delta_eps_p", bp_json_number(cycle->zone[i].range, 1.0));
    json_object_set_new(zone, "volume_mm3", bp_json_number(cycle->zone[i].volume, BP_MM3));
    json_array_append_new(zones, zone);
  }
  json_object_set_new(object, "zones", zones);
  return object;
}

static json_t *films_object(const BpCycleResult *cycle) {
  json_t *object = json_object(), *zones = json_array();
  for (int i = 0; i < cycle->nfilms; i++) {
    json_t *zone = json_object();
    json_object_set_new(zone, "name", bp_json_text(cycle->film[i].name));
    json_object_set_new(zone, "tension_MPa", bp_json_number(cycle->film[i].tension, BP_MPA));
    json_object_set_new(zone, "volume_mm3", bp_json_number(cycle->film[i].volume, BP_MM3));
    json_array_append_new(zones, zone);
  }
  json_object_set_new(object, "zones", zones);
  return object;
}

static json_t *cycles_array(const BpSummary *s) {
  json_t *array = json_array();
  for (int i = 0; i < s->ncycles; i++) {
    const BpCycleResult *cycle = &s->cycle[i];
    json_t *object = json_object();
    json_object_set_new(object, "index", json_integer(cycle->index));
    json_object_set_new(object, "package", side_object(&cycle->package, &cycle->package_common));
    json_object_set_new(object, "board", side_object(&cycle->board, &cycle->board_common));
    json_object_set_new(object, "rdl", rdl_object(cycle));
    json_object_set_new(object, "films", films_object(cycle));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *joint_object(const BpSummary *s) {
  const struct {
    const char *key;
    double value, unit;
  } number[] = {
      {"delta_w_MPa", s->joint.delta_w, BP_MPA},
      {"delta_eps", s->joint.delta_eps, 1.0},
      {"layer_thickness_um", s->joint.layer_thickness, BP_UM},
      {"layer_volume_mm3", s->joint.layer_volume, BP_MM3},
      {"cycle_change", s->joint.cycle_change, 1.0},
      {"standoff_um", s->joint.standoff, BP_UM},
      {"solder_volume_mm3", s->joint.solder_volume, BP_MM3},
      {"wetted_area_mm2", s->joint.wetted_area, BP_MM2},
      {"wetted_path_um", s->joint.wetted_path, BP_UM},
  };
  const int known = isfinite(s->joint.cycle_change);
  json_t *object = json_object();
  json_object_set_new(object, "critical",
                      s->joint.critical[0] ? bp_json_text(s->joint.critical) : json_null());
  for (int i = 0; i < BP_COUNT(number); i++)
    json_object_set_new(object, number[i].key, bp_json_number(number[i].value, number[i].unit));
  json_object_set_new(object, "steady", known ? json_boolean(s->joint.steady) : json_null());
  return object;
}

static json_t *volume_object(const BpSideVolume *volume) {
  json_t *object = json_object();
  json_object_set_new(object, "layer_volume_mm3", bp_json_number(volume->layer, BP_MM3));
  json_object_set_new(object, "common_volume_mm3", bp_json_number(volume->common, BP_MM3));
  return object;
}

static json_t *writing_object(const BpSummary *s) {
  json_t *object = json_object();
  json_object_set_new(object, "fields_s", bp_json_number(s->writing.fields, 1.0));
  json_object_set_new(object, "history_s", bp_json_number(s->writing.history, 1.0));
  json_object_set_new(object, "checkpoints_s", bp_json_number(s->writing.checkpoints, 1.0));
  return object;
}

json_t *bp_json_facts(const BpSummaryFact *fact, int count) {
  json_t *object = json_object();
  for (int i = 0; i < count; i++)
    json_object_set_new(object, fact[i].name, bp_json_text(fact[i].value));
  return object;
}

static json_t *probes_array(const BpSummary *s) {
  json_t *array = json_array();
  for (int i = 0; i < s->nprobes; i++) {
    json_t *object = json_object();
    json_object_set_new(object, "name", bp_json_text(s->probe[i].name));
    json_object_set_new(object, "quantity", bp_json_text(s->probe[i].quantity));
    json_object_set_new(object, "time_s", bp_json_number(s->probe[i].time, 1.0));
    json_object_set_new(object, "value", bp_json_number(s->probe[i].value, 1.0));
    json_object_set_new(object, "unit", bp_json_text(s->probe[i].unit));
    json_array_append_new(array, object);
  }
  return array;
}

static void set_identity(json_t *object, const BpSummary *s) {
  const struct {
    const char *key, *value;
  } text[] = {{"case", s->case_file},      {"name", s->name},
              {"case_hash", s->case_hash}, {"pad", s->pad},
              {"version", s->version},     {"git", s->git},
              {"build", s->build},         {"petsc_options", s->petsc_options}};
  json_object_set_new(object, "schema", json_integer(1));
  for (int i = 0; i < BP_COUNT(text); i++)
    json_object_set_new(object, text[i].key, bp_json_text(text[i].value));
  json_object_set_new(object, "ranks", json_integer(s->ranks));
  json_object_set_new(object, "wall_time_s", bp_json_number(s->wall_time, 1.0));
  json_object_set_new(object, "memory_MB_per_rank", bp_json_number(s->memory_per_rank, BP_MB));
  json_object_set_new(object, "writing", writing_object(s));
  json_object_set_new(object, "converged", json_boolean(s->converged));
}

json_t *bp_summary_object(const BpSummary *s) {
  json_t *object = json_object(), *volumes = json_object(), *error = json_object(),
         *warnings = json_array();
  set_identity(object, s);
  json_object_set_new(object, "mesh", mesh_object(s));
  json_object_set_new(object, "steps", steps_object(s));
  json_object_set_new(object, "cycles", cycles_array(s));
  json_object_set_new(object, "joint", joint_object(s));
  json_object_set_new(volumes, "package", volume_object(&s->package_volume));
  json_object_set_new(volumes, "board", volume_object(&s->board_volume));
  json_object_set_new(object, "volumes", volumes);
  json_object_set_new(error, "mesh", bp_json_number(s->error_mesh, 1.0));
  json_object_set_new(error, "time", bp_json_number(s->error_time, 1.0));
  json_object_set_new(object, "error", error);
  json_object_set_new(object, "life_basis", bp_life_basis_object(&s->basis));
  json_object_set_new(object, "life", bp_life_array(s));
  json_object_set_new(object, "probes", probes_array(s));
  json_object_set_new(object, "heat", bp_json_heat(&s->heat));
  for (int i = 0; i < s->nwarnings; i++)
    json_array_append_new(warnings, bp_json_text(s->warning[i]));
  json_object_set_new(object, "warnings", warnings);
  json_object_set_new(object, "provenance", bp_json_facts(s->fact, s->nfacts));
  return object;
}

char *bp_summary_json(const BpSummary *summary) {
  return bp_json_dump(bp_summary_object(summary));
}

BpStatus bp_summary_write(const BpSummary *summary, const char *path) {
  char *text = bp_summary_json(summary);
  const BpStatus status = bp_report_write(path, text);
  free(text);
  return status;
}
