/* The coarse level of large meshes: too large for a factor, it has a level of its own below it, of
 * aggregates that move as rigid bodies (PETSc's GAMG finds them and smooths their edges), and the
 * line smoother of the fine level. */
#ifndef BP_THIRD_LEVEL_H
#define BP_THIRD_LEVEL_H

#include "model.h"

typedef struct {
  Mat blocks, shell; /* the coarse level in 3 x 3 blocks, and as a smoother sees it */
  Mat prolongation;  /* from the third level, NULL before the first update */
  Mat matrix;        /* of the third level, NULL before */
} BpThirdLevel;

/* For a model's coarse level, as it is now constrained.   [collective] */
PetscErrorCode bp_third_level_create(const BpModel *model, BpThirdLevel **third);
PetscErrorCode bp_third_level_destroy(BpThirdLevel **third);

/* Makes it anew from the values of model->coarse.   [collective] */
PetscErrorCode bp_third_level_update(const BpModel *model, BpThirdLevel *third);

#endif
