/* What a run leaves behind: results.h5 with provenance, mesh, history and fields, history.csv, and
 * the small files that let ParaView open it. The layer reads the model and never changes it.
 *
 * Files in the directory (docs/results.md has the layout):
 *   results.h5            /provenance, /mesh, /history; /steps/NNNN are links to the files of the
 * steps fields/step_NNNN.h5   point and cell fields of one step, written under another name and
 * renamed when complete run_NNNN.hdf, run.hdf.series   VTKHDF 1.0 by links, for ParaView 5.11
 *   run.vtkhdf            temporal VTKHDF 2 of virtual datasets, for ParaView 5.12 and later
 *   history.csv           the history as text, a unit in every column's name */
#ifndef BP_OUTPUT_H
#define BP_OUTPUT_H

#include "joint.h"
#include "meshio.h"
#include "model.h"

typedef struct BpOutput BpOutput;

/* Facts that go into every file: name and value, text. */
typedef struct {
  const char *name, *value;
} BpFact;

/* Begins the results of a run in a directory that exists; what an earlier run left there is
 * replaced.   [collective] mesh    on rank 0, NULL elsewhere: the mesh before distribution; may be
 * freed afterwards fact    [nfacts] provenance, on rank 0 status  BP_BAD on every rank when a file
 * cannot be written, with the reason in message [size] */
PetscErrorCode bp_output_create(const BpModel *model, const BpJoint *joint, const BpMesh *mesh,
                                const char *dir, const BpFact *fact, int nfacts, BpOutput **output,
                                BpStatus *status, char *message, size_t size);

/* One row of the history, after every accepted step.   [collective] */
typedef struct {
  double time, dt, temperature; /* s, s, K */
  int newton, linear, cycle; /* iterations; cycle that the step belongs to, -1 before the first */
  double increment;          /* largest equivalent inelastic increment */
} BpHistoryRow;

PetscErrorCode bp_output_history(BpOutput *output, const BpHistoryRow *row, BpStatus *status,
                                 char *message, size_t size);

/* The fields of the last accepted state.   [collective]
 * u      global vector of displacement
 * title  what moment this is, "end of dwell at 125 degC, cycle 1" */
PetscErrorCode bp_output_fields(BpOutput *output, Vec u, double time, const char *title,
                                BpStatus *status, char *message, size_t size);

/* Writes what must be written at the end and closes.   [collective] */
PetscErrorCode bp_output_close(BpOutput **output, BpStatus *status, char *message, size_t size);

#endif
