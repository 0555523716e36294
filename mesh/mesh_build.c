#include "extrude.h"

#include <string.h>

/* Regions that the package does not have leave no name. */
static void drop_absent_regions(const BpPackage *package, BpMesh *mesh) {
  int to[BP_REGIONS], n = 0;
  for (int i = 0; i < BP_REGIONS; i++) {
    to[i] = n;
    if (bp_region_is_there(package, i))
      memmove(mesh->region[n++], mesh->region[i], sizeof mesh->region[i]);
  }
  mesh->nregions = n;
  for (int c = 0; c < mesh->cells.count; c++)
    mesh->cells.group[c] = to[mesh->cells.group[c]];
}

BpMesh *bp_mesh_build(const BpGeometry *geometry, BpProblems *problems) {
  BpPlan *plan = bp_plan_model(geometry, problems);
  if (!plan)
    return NULL;
  BpLevels levels = bp_levels_build(geometry);
  BpMesh *mesh = bp_extrude(geometry, plan, &levels);
  bp_mesh_name_faces(mesh, geometry);
  drop_absent_regions(&geometry->bp->package, mesh);
  bp_levels_free(&levels);
  bp_plan_free(plan);
  return mesh;
}
