/* Temperatures of the points of a cell, and what a linear law has there. */
#ifndef BP_FIELD_H
#define BP_FIELD_H

#include "model_impl.h"

/* at [npoints] K at the points of a cell: at the end of the step, or in the last accepted state.
 * The model must have heat. */
void bp_field_at_points(const BpModel *model, int cell, int accepted, double *at);

/* What a linear cell has at such temperatures: stiffness [36] Pa at their mean, as one matrix of
 * the cell; thermal [npoints][6] strain at each. Without heat both are the region's: thermal then
 * repeats it.
 * region  of the cell, at the temperature that the model has without heat */
void bp_field_linear(const BpModel *model, int cell, int accepted, const BpRegionData *region,
                     double stiffness[36], double (*thermal)[6]);

/* Thermal strain of a region at temperature T (K), in model axes. */
void bp_region_thermal(const BpRegionData *region, double T, double thermal[6]);

#endif
