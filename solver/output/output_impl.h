/* Inside the output layer. */
#ifndef BP_OUTPUT_IMPL_H
#define BP_OUTPUT_IMPL_H

#include "cell_stress.h"
#include "fe.h"
#include "output.h"
#include "quantity.h"
#include "results.h"

#include <petscsf.h>

/* A state of laws that is written as a field. */
typedef struct {
  const BpStateInfo *info;    /* of one of the laws that have it */
  int offset[BP_MAX_REGIONS]; /* in the state of the region's law; -1: it has none such */
} BpStateField;

/* Where a probe is on this rank: the cells that its point is in or on, of one region. */
typedef struct {
  int ncells, *cell;
  double (*xi)[3]; /* [ncells] place in each cell */
  int quantity;    /* in the table of probes.c */
} BpProbe;

/* The state at the quadrature points of one cell. */
typedef struct {
  int npoints;
  double volume[BP_FE_MAX_POINTS], stress[BP_FE_MAX_POINTS][6], inelastic[BP_FE_MAX_POINTS][6];
  double accumulated[BP_FE_MAX_POINTS], work[BP_FE_MAX_POINTS];
} BpCellState;

/* What cells are computed from. */
typedef struct {
  const BpOutput *output;
  BpStressSource stress;
} BpStateSource;

struct BpOutput {
  const BpModel *model;
  const BpJoint *joint;
  BpResults *results;
  int *cell_set, *cell_place; /* [ncells] point set of a cell and its place there; -1: linear law */
  const BpQuantity **quantity; /* [nquantities] those that the case wants */
  BpStateField *state;         /* [nstates] fields that follow them */
  int nquantities, nstates;
  BpProbe *probe;            /* [model->bp->output.nprobes] */
  BpAverages shear;          /* regions of the shear loops; all but the last are the joint's own */
  int own;                   /* how many of them are ours */
  PetscSF spread[BP_PLACES]; /* from local nodes or cells to the rows that this rank writes */
  int64_t first[BP_PLACES], count[BP_PLACES]; /* these rows */
};

/* ---- columns.c: the history */

/* Regions of the shear loops: the reported layers and all of the solder.   [collective] */
PetscErrorCode bp_output_shear_create(BpOutput *output);
void bp_output_shear_free(BpOutput *output);

/* Says to the store which averages and columns there will be. */
void bp_output_add_columns(BpOutput *output);

/* The columns' values, to be freed with free().   [collective] */
PetscErrorCode bp_output_row(const BpOutput *output, const BpHistoryRow *row, double **value);

/* ---- rows.c: from the partition to rows in the order of the mesh before distribution */

PetscErrorCode bp_output_spread_create(BpOutput *output);
PetscErrorCode bp_output_spread_destroy(BpOutput *output);

/* Moves values of local nodes or cells to the ranks that write them.   [collective]
 * from  [nnodes or ncells][ncomp]
 * to    [count[place]][ncomp] */
PetscErrorCode bp_output_spread(const BpOutput *output, int place, int ncomp, const double *from,
                                double *to);

/* ---- state.c: what quantities see */

/* Values of the wanted quantities on this rank's nodes and cells: value[i] is [nnodes or
 * ncells][ncomp] of quantity i.
 * u  [3 nnodes] displacement of the local nodes, m */
PetscErrorCode bp_output_evaluate(const BpOutput *output, const double *u, double *const *value);

PetscErrorCode bp_output_cell_state(const BpStateSource *source, int cell, BpCellState *state);

/* ---- probes.c */

void bp_output_free_probes(BpOutput *output);

/* ---- choice.c: which quantities */

/* Names in output.quantities that no quantity has; BP_EXIT_CASE. */
void bp_output_check_quantities(const BpCase *bp, BpProblems *problems);

/* Fills quantity and nquantities; names must have been checked. */
void bp_output_choose_quantities(BpOutput *output);

/* Adds the problem that a name in a list of the case is none of the known ones [n].
 * what  "output.states: no law of this case has a state" */
void bp_output_refuse_name(const BpCase *bp, const char *what, const char *name,
                           const char *const *known, int n, BpProblems *problems);

/* ---- states.c: states of laws as fields */

/* Fills state and nstates with what the case wants; bp_output_check() must have passed. */
void bp_output_choose_states(BpOutput *output);

/* Means over this rank's cells, value [ncells][size of the state]; NaN where the law has no such
 * state. Symmetric tensors as components XX YY ZZ XY YZ XZ. */
void bp_output_state_values(const BpOutput *output, const BpStateField *field, double *value);

/* ---- mesh_file.c */

/* Mesh in the form that the store writes; free with bp_output_mesh_free(). */
BpResultsMesh bp_output_mesh(const BpCase *bp, const BpMesh *mesh);
void bp_output_mesh_free(BpResultsMesh *mesh);

#endif
