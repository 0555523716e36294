#include "extrude.h"

BpMesh *bp_mesh_build(const BpGeometry *geometry, BpProblems *problems) {
  BpPlanSpec spec;
  bp_plan_spec(geometry, &spec);
  BpPlan *plan = bp_plan_build(&spec, problems);
  if (!plan)
    return NULL;
  BpLevels levels = bp_levels_build(geometry);
  BpMesh *mesh = bp_extrude(geometry, plan, &levels);
  bp_mesh_name_faces(mesh, geometry);
  bp_levels_free(&levels);
  bp_plan_free(plan);
  return mesh;
}
