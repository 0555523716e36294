#include "json_impl.h"

static json_t *region_object(const BpRegionResult *region) {
  json_t *object = json_object();
  json_object_set_new(object, "name", bp_json_text(region->name));
  json_object_set_new(object, "volume_mm3", bp_json_number(region->volume, BP_MM3));
  json_object_set_new(object, "exact_mm3",
                      bp_json_number(region->exact > 0.0 ? region->exact : (double)NAN, BP_MM3));
  return object;
}

void bp_json_set_size(json_t *object, int nodes, int cells, int dofs) {
  json_object_set_new(object, "nodes", json_integer(nodes));
  json_object_set_new(object, "cells", json_integer(cells));
  json_object_set_new(object, "dofs", json_integer(dofs));
}

char *bp_mesh_json(const BpMeshSummary *mesh) {
  json_t *object = json_object(), *regions = json_array();
  json_object_set_new(object, "schema", json_integer(1));
  json_object_set_new(object, "case", bp_json_text(mesh->case_file));
  json_object_set_new(object, "mesh_hash", bp_json_text(mesh->hash));
  bp_json_set_size(object, mesh->nodes, mesh->cells, mesh->dofs);
  json_object_set_new(object, "min_quality", bp_json_number(mesh->min_quality, 1.0));
  json_object_set_new(object, "volume_error", bp_json_number(mesh->volume_error, 1.0));
  json_object_set_new(object, "share_of_joint", json_real(mesh->share));
  for (int i = 0; i < mesh->nregions; i++)
    json_array_append_new(regions, region_object(&mesh->region[i]));
  json_object_set_new(object, "regions", regions);
  json_object_set_new(object, "provenance", bp_json_facts(mesh->fact, mesh->nfacts));
  return bp_json_dump(object);
}

void bp_mesh_table(FILE *out, const BpMeshSummary *mesh) {
  fprintf(out, "%-14s %16s %16s %12s\n", "region", "volume mm3", "closed form mm3", "error");
  for (int i = 0; i < mesh->nregions; i++) {
    const BpRegionResult *r = &mesh->region[i];
    if (r->exact > 0.0)
      fprintf(out, "%-14s %16.9e %16.9e %12.2e\n", r->name, r->volume / BP_MM3, r->exact / BP_MM3,
              r->volume / r->exact - 1.0);
    else
      fprintf(out, "%-14s %16.9e %16s %12s\n", r->name, r->volume / BP_MM3, "-", "-");
  }
  fprintf(out, "volumes are those of what is meshed: %g of the joint's cell\n", mesh->share);
  fprintf(out, "%d nodes, %d wedges, %d free unknowns\n", mesh->nodes, mesh->cells, mesh->dofs);
  fprintf(out, "largest error of a volume %.2e\n", mesh->volume_error);
  fprintf(out,
          "smallest quality %.3f (bound of the smallest Jacobian over the largest in a "
          "wedge): every wedge is valid\n",
          mesh->min_quality);
}
