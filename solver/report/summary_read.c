#include "json_impl.h"

#include <stdlib.h>

static long get_long(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  return json_is_integer(value) ? (long)json_integer_value(value) : 0;
}

static void read_mesh(const json_t *object, BpSummary *s) {
  s->mesh.nodes = bp_json_get_int(object, "nodes");
  s->mesh.cells = bp_json_get_int(object, "cells");
  s->mesh.dofs = bp_json_get_int(object, "dofs");
  s->mesh.volume_error = bp_json_get_number(object, "volume_error", 1.0);
  s->mesh.min_quality = bp_json_get_number(object, "min_quality", 1.0);
  s->mesh.share = bp_json_get_number(object, "share_of_joint", 1.0);
}

static void read_steps(const json_t *object, BpSummary *s) {
  const json_t *ends = json_object_get(object, "ends_s");
  const size_t n = json_array_size(ends);
  s->steps.accepted = bp_json_get_int(object, "accepted");
  s->steps.rejected = bp_json_get_int(object, "rejected");
  s->steps.newton = get_long(object, "newton_iterations");
  s->steps.linear = get_long(object, "linear_iterations");
  s->steps.end = BP_NEW(double, n);
  s->steps.nends = (int)n;
  for (size_t i = 0; i < n; i++)
    s->steps.end[i] = json_number_value(json_array_get(ends, i));
}

static BpSideResult read_side(const json_t *object) {
  return (BpSideResult){bp_json_get_number(object, "delta_w_MPa", BP_MPA),
                        bp_json_get_number(object, "delta_eps", 1.0)};
}

static void read_films(const json_t *zones, BpCycleResult *cycle) {
  for (size_t i = 0; i < json_array_size(zones) && i < BP_REPORT_ZONES; i++) {
    const json_t *zone = json_array_get(zones, i);
    BpFilmResult *to = &cycle->film[cycle->nfilms++];
    bp_json_get_text(zone, "name", to->name, sizeof to->name);
    to->tension = bp_json_get_number(zone, "tension_MPa", BP_MPA);
    to->volume = bp_json_get_number(zone, "volume_mm3", BP_MM3);
  }
}

static void read_cycle(const json_t *object, BpCycleResult *cycle) {
  const json_t *package = json_object_get(object, "package"),
               *board = json_object_get(object, "board"), *rdl = json_object_get(object, "rdl"),
               *zones = json_object_get(rdl, "zones");
  *cycle = (BpCycleResult){.index = bp_json_get_int(object, "index"),
                           .package = read_side(package),
                           .board = read_side(board),
                           .package_common = read_side(json_object_get(package, "common")),
                           .board_common = read_side(json_object_get(board, "common")),
                           .rdl_range = bp_json_get_number(rdl, "delta_eps_p", 1.0)};
  for (size_t i = 0; i < json_array_size(zones) && i < BP_REPORT_ZONES; i++) {
    const json_t *zone = json_array_get(zones, i);
    BpZoneResult *to = &cycle->zone[cycle->nzones++];
    bp_json_get_text(zone, "name", to->name, sizeof to->name);
    to->range = bp_json_get_number(zone, "delta_eps_p", 1.0);
    to->volume = bp_json_get_number(zone, "volume_mm3", BP_MM3);
  }
  read_films(json_object_get(json_object_get(object, "films"), "zones"), cycle);
}

static void read_cycles(const json_t *array, BpSummary *s) {
  const size_t n = json_array_size(array);
  s->cycle = BP_NEW(BpCycleResult, n);
  s->ncycles = (int)n;
  for (size_t i = 0; i < n; i++)
    read_cycle(json_array_get(array, i), &s->cycle[i]);
}

static void read_joint(const json_t *object, BpSummary *s) {
  bp_json_get_text(object, "critical", s->joint.critical, sizeof s->joint.critical);
  s->joint.delta_w = bp_json_get_number(object, "delta_w_MPa", BP_MPA);
  s->joint.delta_eps = bp_json_get_number(object, "delta_eps", 1.0);
  s->joint.layer_thickness = bp_json_get_number(object, "layer_thickness_um", BP_UM);
  s->joint.layer_volume = bp_json_get_number(object, "layer_volume_mm3", BP_MM3);
  s->joint.cycle_change = bp_json_get_number(object, "cycle_change", 1.0);
  s->joint.standoff = bp_json_get_number(object, "standoff_um", BP_UM);
  s->joint.solder_volume = bp_json_get_number(object, "solder_volume_mm3", BP_MM3);
  s->joint.wetted_area = bp_json_get_number(object, "wetted_area_mm2", BP_MM2);
  s->joint.wetted_path = bp_json_get_number(object, "wetted_path_um", BP_UM);
  s->joint.steady = json_is_true(json_object_get(object, "steady"));
}

static BpSideVolume read_volume(const json_t *object) {
  return (BpSideVolume){bp_json_get_number(object, "layer_volume_mm3", BP_MM3),
                        bp_json_get_number(object, "common_volume_mm3", BP_MM3)};
}

static void read_warnings(const json_t *array, BpSummary *s) {
  const size_t n = json_array_size(array);
  s->warning = BP_NEW(char *, n);
  s->nwarnings = (int)n;
  for (size_t i = 0; i < n; i++) {
    const char *text = json_string_value(json_array_get(array, i));
    s->warning[i] = bp_copy_text(text ? text : "");
  }
}

static void read_probes(const json_t *array, BpSummary *s) {
  const size_t n = json_array_size(array);
  s->probe = BP_NEW(BpProbeResult, n);
  s->nprobes = (int)n;
  for (size_t i = 0; i < n; i++) {
    const json_t *object = json_array_get(array, i);
    bp_json_get_text(object, "name", s->probe[i].name, sizeof s->probe[i].name);
    bp_json_get_text(object, "quantity", s->probe[i].quantity, sizeof s->probe[i].quantity);
    bp_json_get_text(object, "unit", s->probe[i].unit, sizeof s->probe[i].unit);
    s->probe[i].time = bp_json_get_number(object, "time_s", 1.0);
    s->probe[i].value = bp_json_get_number(object, "value", 1.0);
  }
}

static void read_provenance(json_t *object, BpSummary *s) {
  const char *name;
  json_t *value;
  json_object_foreach(object, name, value) if (json_is_string(value))
      bp_summary_add_fact(s, name, json_string_value(value));
}

static void read_summary(const json_t *object, BpSummary *s) {
  const json_t *volumes = json_object_get(object, "volumes"),
               *writing = json_object_get(object, "writing"),
               *error = json_object_get(object, "error");
  bp_json_get_text(object, "case", s->case_file, sizeof s->case_file);
  bp_json_get_text(object, "name", s->name, sizeof s->name);
  bp_json_get_text(object, "case_hash", s->case_hash, sizeof s->case_hash);
  bp_json_get_text(object, "pad", s->pad, sizeof s->pad);
  bp_json_get_text(object, "version", s->version, sizeof s->version);
  bp_json_get_text(object, "git", s->git, sizeof s->git);
  bp_json_get_text(object, "build", s->build, sizeof s->build);
  bp_json_get_text(object, "petsc_options", s->petsc_options, sizeof s->petsc_options);
  s->memory_per_rank = bp_json_get_number(object, "memory_MB_per_rank", BP_MB);
  s->ranks = bp_json_get_int(object, "ranks");
  s->wall_time = bp_json_get_number(object, "wall_time_s", 1.0);
  s->writing.fields = bp_json_get_number(writing, "fields_s", 1.0);
  s->writing.history = bp_json_get_number(writing, "history_s", 1.0);
  s->writing.checkpoints = bp_json_get_number(writing, "checkpoints_s", 1.0);
  s->converged = json_is_true(json_object_get(object, "converged"));
  read_mesh(json_object_get(object, "mesh"), s);
  read_steps(json_object_get(object, "steps"), s);
  read_cycles(json_object_get(object, "cycles"), s);
  read_joint(json_object_get(object, "joint"), s);
  s->package_volume = read_volume(json_object_get(volumes, "package"));
  s->board_volume = read_volume(json_object_get(volumes, "board"));
  s->error_mesh = bp_json_get_number(error, "mesh", 1.0);
  s->error_time = bp_json_get_number(error, "time", 1.0);
  bp_life_read(object, s);
  read_probes(json_object_get(object, "probes"), s);
  bp_json_read_heat(json_object_get(object, "heat"), &s->heat);
  read_warnings(json_object_get(object, "warnings"), s);
  read_provenance(json_object_get(object, "provenance"), s);
}

BpStatus bp_summary_read(const char *path, BpSummary *summary, BpProblems *problems) {
  json_error_t error;
  bp_summary_init(summary);
  json_t *object = json_load_file(path, 0, &error);
  const json_t *schema = json_object_get(object, "schema");
  BpStatus status = BP_BAD;
  if (!object)
    bp_problem(problems, bp_json_exit(&error), path, error.line > 0 ? error.line : 0,
               "no summary can be read: %s", error.text);
  else if (!json_is_integer(schema) || json_integer_value(schema) != 1)
    bp_problem(problems, BP_EXIT_CHECKPOINT, path, 0,
               "is not a summary of schema 1; run the case again with --force");
  else {
    read_summary(object, summary);
    status = BP_OK;
  }
  json_decref(object);
  return status;
}
