/* What a run leaves behind: results.h5 with provenance, mesh, history and fields, history.csv, and
 * the small files that let ParaView open it. The layer reads the model and never changes it.
 * docs/results.md has the layout of every file:
 *
 *   results.h5             provenance, averages, history; links to the mesh and the steps
 *   history.csv            the history as text, a unit in every column's name
 *   fields/mesh.h5         nodes and cells
 *   fields/step_NNNN.h5    point and cell fields of one step
 *   run_NNNN.hdf, run.hdf.series   VTKHDF 1.0 by links, for ParaView 5.11
 *   run.vtkhdf             temporal VTKHDF 2.0 of virtual datasets, for ParaView 5.12 and later
 *
 * Nodes and cells are in the order of the mesh before distribution: but for the round-off of sums
 * over ranks, the files do not depend on the number of ranks.
 *
 * Every function is collective. A file that cannot be written (disk full, permission) is no error
 * of PETSc: `error` then says so, alike on every rank, and what was complete before stays as it
 * was. */
#ifndef BP_OUTPUT_H
#define BP_OUTPUT_H

#include "file.h"
#include "joint.h"
#include "meshio.h"
#include "model.h"

typedef struct BpOutput BpOutput;

/* A fact of the provenance that goes into every file. */
typedef struct {
  const char *name, *value;
} BpFact;

/* Where the results go and what they say about their origin; read on rank 0, but for dir. */
typedef struct {
  const char *dir;    /* exists */
  const BpFact *fact; /* [nfacts] */
  int nfacts;
  int rows, steps; /* of the results in dir that the run goes on from; rows 0: there are none */
} BpOutputSpec;

/* Checks what a case wants in its fields against its materials: names of states that no law has, or
 * that mean different things in two laws (BP_EXIT_CASE). BP_BAD if there were any problems.
 * [not collective] */
BpStatus bp_output_check(const BpCase *bp, const BpMaterials *materials, BpProblems *problems);

/* Begins the results of a run; what an earlier run left in the directory is replaced, but for rows
 * and steps that it goes on from. The output keeps model and joint.
 * mesh   on rank 0, NULL elsewhere: the mesh before distribution; may be freed afterwards
 * error  must hold none. *output is made in any case and is to be closed */
PetscErrorCode bp_output_create(const BpModel *model, const BpJoint *joint, const BpMesh *mesh,
                                const BpOutputSpec *spec, BpOutput **output, BpStoreError *error);

/* One row of the history. */
typedef struct {
  double time, dt, temperature; /* s, s, K */
  int newton, linear;           /* iterations */
  int cycle;                    /* that the step belongs to, -1 before the first */
  double increment;             /* largest equivalent inelastic increment */
} BpHistoryRow;

/* Adds a row, after every accepted step: averages and warpage are those that bp_joint_update()
 * found last. */
PetscErrorCode bp_output_history(BpOutput *output, const BpHistoryRow *row, BpStoreError *error);

/* The fields of the last accepted state, also after a step that failed.
 * u      global vector of displacement, m
 * time   s
 * title  what moment this is, "end of dwell at 125 degC, cycle 1" */
PetscErrorCode bp_output_fields(BpOutput *output, Vec u, double time, const char *title,
                                BpStoreError *error);

/* A value at a point of the case. */
typedef struct {
  char name[BP_NAME], quantity[BP_NAME], unit[16];
  double time, value; /* s; in the unit */
} BpProbeValue;

/* Finds the points of output.probes in the mesh. Problems (BP_EXIT_CASE, BP_EXIT_GEOMETRY), alike
 * on every rank, name the probe. */
PetscErrorCode bp_output_place_probes(BpOutput *output, BpProblems *problems);

/* Values of the last accepted state at a time, s, of the probes that are read then; with `last`
 * those that are read at the end of the run. Appends to value [count].   [collective]
 * u  global vector of displacement, m */
PetscErrorCode bp_output_probes(const BpOutput *output, Vec u, double time, int last,
                                BpProbeValue **value, int *count);

/* Rows and steps so far, on rank 0.   [not collective] */
void bp_output_extent(const BpOutput *output, int *rows, int *steps);

/* Writes what an earlier failure left unwritten and closes. */
PetscErrorCode bp_output_close(BpOutput **output, BpStoreError *error);

#endif
