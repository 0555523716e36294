/* What a case prescribes on the surfaces, curves and points of a user's mesh. */
#ifndef BP_BOUNDARY_H
#define BP_BOUNDARY_H

#include "model_impl.h"

/* Finds the faces of this rank that carry loads or springs.   [collective] */
PetscErrorCode bp_boundary_create(BpModel *model);

/* Which unknowns are prescribed; their values at the end of the step. */
PetscErrorCode bp_boundary_fix(BpModel *model);
void bp_boundary_set_values(BpModel *model);

/* 1 where a factor at the end of the step is not the one that bp_boundary_keep_factors() saw. */
int bp_boundary_changes(const BpModel *model);
void bp_boundary_keep_factors(BpModel *model);

/* Adds pressures and tractions at the end of the step to a local vector's array. */
void bp_boundary_add_loads(const BpModel *model, double *load);

/* Adds the stiffness of the springs, and the push of prescribed displacements on them to a local
 * vector's array; load NULL: the stiffness only. */
void bp_boundary_add_springs(const BpModel *model, double *load, BpStiffness *to);

#endif
