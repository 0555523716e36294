/* The planes of symmetry of a part of an array must be those of its materials. */
#include "model_impl.h"

#include <string.h>

static const double same = 1e-9; /* relative */

/* What a mirror at x = 0 and one at y = 0 turn round must be zero: couplings of shears with
 * anything else. Those of a strip are the diagonals. */
static int has_edge_planes(const BpRegionData *region) {
  const double *C = region->stiffness, *e = region->thermal;
  const double stiff = C[0], strain = bp_norm6(e);
  for (int i = 0; i < 6; i++)
    for (int j = 3; j < 6; j++)
      if (i != j && fabs(C[6 * i + j]) > same * stiff)
        return 0;
  return bp_norm6((const double[6]){e[3], e[4], e[5]}) <= same * strain;
}

/* What a mirror at x = y exchanges must be alike. */
static int has_diagonal_plane(const BpRegionData *region) {
  const double *C = region->stiffness, *e = region->thermal;
  const double pair[][2] = {{C[0], C[7]}, {C[2], C[8]}, {C[21], C[28]}};
  for (int i = 0; i < BP_COUNT(pair); i++)
    if (fabs(pair[i][0] - pair[i][1]) > same * C[0])
      return 0;
  return fabs(e[0] - e[1]) <= same * bp_norm6(e);
}

void bp_materials_check_symmetry(const BpCase *bp, const BpMaterials *materials,
                                 BpProblems *problems) {
  BpRegionData region[BP_MAX_REGIONS] = {{0}};
  bp_regions_create(bp, materials, region);
  for (int i = 0; i < BP_REGIONS; i++) {
    if (!region[i].material || !bp_material_law(region[i].material)->linear)
      continue;
    char key[BP_NAME + 16];
    snprintf(key, sizeof key, "materials.%s", bp_region_name(i));
    bp_region_set_temperature(&region[i], bp->load.cool_to);
    const int has_planes = has_edge_planes(&region[i]);
    if (!has_planes && !bp_case_is_strip(bp))
      bp_case_problem(bp, problems, BP_EXIT_CASE, key,
                      "%s: card '%s' is not symmetric about planes along the die's edges, as the "
                      "%s needs; take model.kind: cell or another card",
                      key, bp_material_name(region[i].material), bp->model.kind);
    else if (!has_planes ||
             (strcmp(bp->model.kind, "octant") == 0 && !has_diagonal_plane(&region[i])))
      bp_case_problem(bp, problems, BP_EXIT_CASE, key,
                      "%s: card '%s' is not alike along both edges of the die, as the %s needs; "
                      "take model.kind: quarter",
                      key, bp_material_name(region[i].material), bp->model.kind);
  }
}
