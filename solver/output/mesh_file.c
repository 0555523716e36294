#include "output_impl.h"

#include <stdlib.h>

BpResultsMesh bp_output_mesh(const BpMesh *mesh) {
  const BpCellInfo *info = bp_cell_info(BP_CELL_WEDGE15);
  const BpCellList *cells = &mesh->cells;
  const char **name = BP_NEW(const char *, BP_REGIONS);
  int64_t *node = BP_NEW(int64_t, (size_t)cells->count * (size_t)info->nnodes);
  int32_t *region = BP_NEW(int32_t, cells->count);
  for (int c = 0; c < cells->count; c++) {
    region[c] = bp_region_find(mesh->region[cells->group[c]]);
    for (int i = 0; i < info->nnodes; i++)
      node[c * info->nnodes + info->from_vtk[i]] = cells->node[cells->start[c] + i];
  }
  for (int i = 0; i < BP_REGIONS; i++)
    name[i] = bp_region_name(i);
  return (BpResultsMesh){.npoints = mesh->nnodes,
                         .ncells = cells->count,
                         .nodes = info->nnodes,
                         .vtk_type = info->vtk_type,
                         .xyz = mesh->xyz,
                         .node = node,
                         .region = region,
                         .name = name,
                         .nnames = BP_REGIONS};
}

void bp_output_mesh_free(BpResultsMesh *mesh) {
  free((void *)mesh->node);
  free((void *)mesh->region);
  free((void *)mesh->name);
}
