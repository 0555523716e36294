#include "output_impl.h"

#include <stdlib.h>

BpResultsMesh bp_output_mesh(const BpCase *bp, const BpMesh *mesh) {
  const BpCellList *cells = &mesh->cells;
  const char **name = BP_NEW(const char *, bp->materials.count);
  int64_t *node = BP_NEW(int64_t, cells->start[cells->count]),
          *offset = BP_NEW(int64_t, cells->count + 1);
  int32_t *region = BP_NEW(int32_t, cells->count);
  unsigned char *type = BP_NEW(unsigned char, cells->count);
  for (int c = 0; c < cells->count; c++) {
    const BpCellInfo *info = bp_cell_info((BpCellType)cells->type[c]);
    region[c] = bp_case_region(bp, mesh->region[cells->group[c]]);
    type[c] = (unsigned char)info->vtk_type;
    offset[c + 1] = offset[c] + info->nnodes;
    for (int i = 0; i < info->nnodes; i++)
      node[offset[c] + info->from_vtk[i]] = cells->node[cells->start[c] + i];
  }
  for (int i = 0; i < bp->materials.count; i++)
    name[i] = bp->materials.region[i].name;
  return (BpResultsMesh){.npoints = mesh->nnodes,
                         .ncells = cells->count,
                         .offset = offset,
                         .type = type,
                         .xyz = mesh->xyz,
                         .node = node,
                         .region = region,
                         .name = name,
                         .nnames = bp->materials.count};
}

void bp_output_mesh_free(BpResultsMesh *mesh) {
  free((void *)mesh->node);
  free((void *)mesh->offset);
  free((void *)mesh->type);
  free((void *)mesh->region);
  free((void *)mesh->name);
}
