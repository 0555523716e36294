#include "field.h"

#include <string.h>

void bp_field_at_points(const BpModel *model, int cell, int accepted, double *at) {
  const BpElement *element = bp_cell_element(model->grid, cell);
  const double *T =
      accepted ? bp_heat_kept_temperature(model->heat) : bp_heat_temperature(model->heat);
  const int *node = bp_grid_nodes(model->grid, cell);
  double N[BP_FE_MAX_NODES];
  for (int q = 0; q < element->npoints; q++) {
    element->shapes(element->point[q], N, NULL);
    at[q] = 0.0;
    for (int n = 0; n < element->nnodes; n++)
      at[q] += N[n] * T[node[n]];
  }
}

void bp_region_thermal(const BpRegionData *region, double T, double thermal[6]) {
  double own[6];
  bp_material_thermal_strain(region->material, region->reference, T, own);
  bp_apply6(region->rotation, own, thermal);
}

void bp_field_linear(const BpModel *model, int cell, int accepted, const BpRegionData *region,
                     double stiffness[36], double (*thermal)[6]) {
  const int npoints = bp_cell_element(model->grid, cell)->npoints;
  double at[BP_FE_MAX_POINTS] = {0.0}, mean = 0.0;
  memcpy(stiffness, region->stiffness, sizeof region->stiffness);
  if (!model->heat) {
    for (int q = 0; q < npoints; q++)
      memcpy(thermal[q], region->thermal, sizeof region->thermal);
    return;
  }
  bp_field_at_points(model, cell, accepted, at);
  for (int q = 0; q < npoints; q++) {
    bp_region_thermal(region, at[q], thermal[q]);
    mean += at[q] / npoints;
  }
  if (bp_material_varies(region->material)) {
    BpRegionData own = *region;
    bp_region_set_temperature(&own, mean);
    memcpy(stiffness, own.stiffness, sizeof own.stiffness);
  }
}
