/* Inside the model layer. */
#ifndef BP_MODEL_IMPL_H
#define BP_MODEL_IMPL_H

#include "fe.h"
#include "model.h"

/* Cards, axes and references of every region. */
void bp_regions_create(const BpCase *bp, const BpMaterials *materials, BpRegionData *region);

/* That elastic regions have the planes of symmetry of the case's part of an array. Problems have
 * the code BP_EXIT_CASE. */
void bp_materials_check_symmetry(const BpCase *bp, const BpMaterials *materials,
                                 BpProblems *problems);

/* 1 when the region takes part in the step. */
static inline int bp_region_active(const BpModel *model, int region) {
  return model->joined || !model->region[region].joined;
}

/* Element of a local cell. */
static inline const BpElement *bp_cell_element(const BpGrid *grid, int cell) {
  return bp_element((BpCellType)grid->cell_type[cell]);
}

/* Nodes of a cell: displacement u [3 pad] as kernels take it, from local [3 nnodes]; positions. */
void bp_gather(const BpGrid *grid, int cell, int pad, const double *local, double *u);
void bp_cell_positions(const BpGrid *grid, int cell, double xyz[BP_FE_MAX_NODES][3]);

/* Sets grid->along from the planes of symmetry. */
PetscErrorCode bp_directions_of(const BpCase *bp, BpGrid *grid);

/* Adds a force on a node to a local vector's array. */
void bp_add_force(const BpGrid *grid, int node, const double f[3], double *local);

/* Adds a cell's force f [3 pad] to a local vector's array. */
void bp_scatter_force(const BpGrid *grid, int cell, int pad, const double *f, double *local);

/* stiffness and coarse, without values. [collective] */
PetscErrorCode bp_matrices_create(BpModel *model);

/* The matrices of both levels while cells are added to them; A NULL: not this one. */
typedef struct {
  BpValues fine, coarse;
  BpLongSum *long_sum; /* NULL: not this either */
} BpStiffness;

/* The long face's nodes for the constraints that there are. [collective] */
PetscErrorCode bp_long_face_create(BpModel *model);
void bp_long_face_destroy(BpLongFace **face);

/* 1 for an unknown of this rank's nodes whose value is prescribed, not that of a motion. */
static inline int bp_is_prescribed(const BpModel *model, int unknown) {
  const int moves =
      unknown % 3 == 1 && model->long_face && model->long_face->index[unknown / 3] >= 0;
  return model->constraints.fixed[unknown] && !moves;
}

/* What cells add to the long face's stiffness, of the linear regions or, with `tangent`, of the
 * others beside it. [end: collective] */
void bp_long_sum_begin(const BpModel *model, BpLongSum *sum);
void bp_long_sum_add(const BpModel *model, int cell, const double *K, BpLongSum *sum);
PetscErrorCode bp_long_sum_end(BpModel *model, int tangent, BpLongSum *sum);

PetscErrorCode bp_start_stiffness(const BpModel *model, Mat fine, Mat coarse, BpStiffness *to);

/* Adds a cell's stiffness K [3 nodes][3 nodes] to the levels there are; prescribed unknowns are
 * left out. K is used up. */
void bp_add_stiffness(const BpModel *model, int cell, double *K, BpStiffness *to);

/* Ends the assembly; with `prescribed`, first puts a number on the diagonal of prescribed unknowns.
 * [collective] */
PetscErrorCode bp_finish_stiffness(const BpModel *model, int prescribed, BpStiffness *to);

/* Constraints of the model's kind; which nodes, then their values at the end of the step.
 * [collective] */
PetscErrorCode bp_constraints_create(BpModel *model);
void bp_constraints_free(BpModel *model);
void bp_constraints_set_values(BpModel *model);

/* Assembles stiffness, without solder and copper, and load at the end temperature of the step.
 * [collective] */
PetscErrorCode bp_linear_assemble(BpModel *model);

/* Adds the active cells of linear laws, at that temperature. */
PetscErrorCode bp_linear_add(const BpModel *model, BpStiffness *to);

/* What solder and copper change in the stiffness: finds it; keeps it as it is without them; puts it
 * back if they were added. [create: collective] */
PetscErrorCode bp_kept_create(BpModel *model);
void bp_kept_free(BpKept *kept);
PetscErrorCode bp_kept_store(BpModel *model);
PetscErrorCode bp_kept_restore(BpModel *model);

#endif
