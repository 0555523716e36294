/* Stress at the points of cells whose law is linear. */
#ifndef BP_CELL_STRESS_H
#define BP_CELL_STRESS_H

#include "fe.h"
#include "model.h"

/* What such cells are computed from. Stiffness and thermal strain of the model's regions are those
 * of the last step tried, which need not be the last one accepted: `region` has its own. */
typedef struct {
  const double *u, *u0; /* [3 nnodes] m, of the local nodes; at the joining */
  BpRegionData region[BP_MAX_REGIONS];
} BpStressSource;

/* Fills a source for the last accepted state; bp_stress_source_end() gives u0 back to the model.
 * u  [3 nnodes] m, must outlive the source */
PetscErrorCode bp_stress_source(const BpModel *model, const double *u, BpStressSource *source);
PetscErrorCode bp_stress_source_end(const BpModel *model, BpStressSource *source);

/* Stress = C (strain since birth - thermal strain); zero in what does not exist yet.
 * volume  [npoints] m3
 * stress  [npoints] Pa */
PetscErrorCode bp_cell_stress(const BpModel *model, const BpStressSource *source, int cell,
                              double *volume, double (*stress)[6]);

#endif
