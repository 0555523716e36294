#include "mesh_result.h"

BpMeshSummary bp_mesh_result(const BpSetup *setup, const BpMeshed *meshed) {
  const BpMeshReport *report = &meshed->report;
  BpMeshSummary s = {.nodes = report->nnodes,
                     .cells = report->ncells,
                     .dofs = meshed->unknowns,
                     .min_quality = report->min_quality,
                     .volume_error = report->volume_error,
                     .share =
                         bp_case_is_mesh(setup->bp) ? 1.0 : bp_geometry_part(&setup->geometry)};
  snprintf(s.case_file, sizeof s.case_file, "%s", setup->bp->file);
  snprintf(s.hash, sizeof s.hash, "%s", setup->mesh_hash);
  for (int i = 0; i < setup->bp->materials.count; i++) {
    if (!(report->volume[i] > 0.0))
      continue;
    BpRegionResult *to = &s.region[s.nregions++];
    snprintf(to->name, sizeof to->name, "%s", setup->bp->materials.region[i].name);
    to->volume = report->volume[i];
    to->exact = report->exact[i];
  }
  return s;
}
