/* A model with its output in a directory of its own, and the files read back. Functions are
 * collective unless they say otherwise. */
#ifndef BP_TEST_RUN_H
#define BP_TEST_RUN_H

#include "bench.h"

#include "h5.h"
#include "output.h"
#include "results.h"

/* Fails the test with the error's text, if there is one. [not collective] */
void bp_test_assert_sound(const char *file, int line, const BpStoreError *error);
#define assert_sound(error) bp_test_assert_sound(__FILE__, __LINE__, (error))

BpMesh *bp_test_copy_mesh(const BpMesh *mesh);

typedef struct {
  BpTestBench bench;
  BpJoint *joint;
  BpOutput *output;
  char *dir;
} BpTestRun;

/* Begins results in a directory.
 * bp    taken over
 * mesh  the same on every rank, kept
 * dir   NULL: a scratch directory, to be removed with bp_test_remove_run() */
void bp_test_open_run(MPI_Comm comm, BpCase *bp, const BpMesh *mesh, const char *dir,
                      BpTestRun *run);

/* Frees everything but the directory and its name. */
void bp_test_close_run(BpTestRun *run);
void bp_test_remove_run(MPI_Comm comm, BpTestRun *run);

/* Mesh of a results directory, and its file for more. [not collective] */
typedef struct {
  BpH5 *file;
  BpStoreError error;
  int64_t npoints, ncells;
  double (*xyz)[3];
  int64_t *node;   /* [15 ncells] in VTK's order */
  int64_t *region; /* [ncells] */
} BpTestStored;

void bp_test_open_stored(const BpTestRun *run, BpTestStored *stored);
void bp_test_close_stored(BpTestStored *stored);

/* A field of step 0 of "PointData" or "CellData", [rows][ncomp]. Free with free().
 * [not collective] */
double *bp_test_field(BpTestStored *stored, const char *place, const char *name, int ncomp);

#endif
