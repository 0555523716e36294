#include "counts.h"
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

/* All of the plan between all of the levels: voids are little of it. */
static BpStatus check_counts(const BpPlan *plan, const BpLevels *levels, BpProblems *problems) {
  const int64_t layers = levels->count - 1;
  const BpCounts counts =
      bp_counts_of((layers + 1) * plan->nedges + (2 * layers + 1) * plan->nvertices,
                   layers * plan->ntriangles, BP_CELL_WEDGE15);
  return bp_counts_fit(&counts, NULL, "lower mesh.level, or model less in full detail", problems);
}

BpMesh *bp_mesh_build(const BpGeometry *geometry, BpProblems *problems) {
  BpPlan *plan = bp_plan_model(geometry, problems);
  if (!plan)
    return NULL;
  BpLevels levels = bp_levels_build(geometry);
  BpMesh *mesh = NULL;
  if (check_counts(plan, &levels, problems) == BP_OK) {
    mesh = bp_extrude(geometry, plan, &levels);
    bp_mesh_name_faces(mesh, geometry);
    drop_absent_regions(&geometry->bp->package, mesh);
  }
  bp_levels_free(&levels);
  bp_plan_free(plan);
  return mesh;
}
