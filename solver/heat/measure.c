/* Means of the temperature, and the number that tells whether heat matters. */
#include "heat_impl.h"

#include <stdlib.h>
#include <string.h>

PetscErrorCode bp_heat_means(const BpHeat *heat, double *mean) {
  const BpGrid *grid = heat->grid;
  const double *T = bp_heat_temperature(heat);
  double *mine = BP_NEW(double, grid->nregions);
  for (int c = 0; c < grid->ncells; c++)
    for (int i = grid->cell_start[c]; i < grid->cell_start[c + 1]; i++)
      mine[grid->cell_region[c]] += heat->weight[i] * T[grid->cell_node[i]];
  PetscCallMPI(MPI_Allreduce(mine, mean, grid->nregions, MPI_DOUBLE, MPI_SUM, grid->comm));
  for (int i = 0; i < grid->nregions; i++)
    mean[i] /= heat->region[i].volume;
  free(mine);
  return 0;
}

/* Area of face f of heat->face, m2. */
static double face_area(const BpHeat *heat, int f) {
  const BpGrid *grid = heat->grid;
  const BpHeatFace *at = &heat->face[f];
  const int *node = bp_grid_nodes(grid, at->cell);
  double xyz[BP_FACE_MAX_NODES][3], normal[3];
  int local[BP_FACE_MAX_NODES];
  const BpCellType type =
      bp_cell_face_nodes((BpCellType)grid->cell_type[at->cell], at->face, local);
  const int n = bp_cell_info(type)->nnodes;
  for (int i = 0; i < n; i++)
    memcpy(xyz[i], grid->xyz[node[local[i]]], sizeof xyz[i]);
  return bp_face_area(n, (const double(*)[3])xyz, normal);
}

PetscErrorCode bp_heat_biot(const BpHeat *heat, double *biot) {
  const BpGrid *grid = heat->grid;
  double range[2], mine[2] = {0.0}, all[2], volume = 0.0, resistance = 0.0;
  PetscCall(bp_heat_range(heat, range));
  for (int f = 0; f < heat->nfaces; f++) {
    const BpHeatPort *port = &heat->load.port[heat->face[f].port];
    const double slope =
        port->convection + 4.0 * port->emissivity * BP_STEFAN_BOLTZMANN * pow(range[1], 3.0);
    const double area = face_area(heat, f);
    mine[0] += slope > 0.0 ? area : 0.0;
    mine[1] += slope * area;
  }
  PetscCallMPI(MPI_Allreduce(mine, all, 2, MPI_DOUBLE, MPI_SUM, grid->comm));
  for (int i = 0; i < grid->nregions; i++) {
    double k[9], slope[9];
    bp_material_conductivity(heat->region[i].material, 0.0, range[1], k, slope);
    volume += heat->region[i].volume;
    resistance += heat->region[i].volume / k[8];
  }
  *biot = all[0] > 0.0 ? all[1] / all[0] * volume / all[0] * resistance / volume : 0.0;
  return 0;
}
