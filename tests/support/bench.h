/* A model with all that it needs, from a case and a mesh to the solver: what most tests of the
 * parallel layers set up. Every function is collective unless it says otherwise. */
#ifndef BP_TEST_BENCH_H
#define BP_TEST_BENCH_H

#include "close.h"

#include "geometry.h"
#include "joint.h"
#include "solve.h"

/* An error of PETSc ends the test on all ranks; an assertion on one of them would leave the others
 * waiting. */
#define petsc_ok(...) PetscCallAbort(PETSC_COMM_WORLD, __VA_ARGS__)

typedef struct {
  MPI_Comm comm;
  int rank;
  BpCase *bp;
  BpMaterials materials;
  BpGrid *grid;
  BpModel *model;
  BpNewton *newton;
} BpTestBench;

/* The default case with overrides "path.to.key=value" (NULL at the end). Must not have problems.
 * [not collective] */
BpCase *bp_test_case(const char *const *overrides);

/* The cell mesh of a case. [not collective] */
BpMesh *bp_test_cell(const BpCase *bp);

/* Takes case and mesh (rank 0 only, else NULL) over. */
void bp_test_open(MPI_Comm comm, BpCase *bp, BpMesh *mesh, BpTestBench *bench);
/* The same on all ranks of the program, with the mesh made on each of them. */
void bp_test_open_world(BpCase *bp, BpMesh *mesh, BpTestBench *bench);
void bp_test_close(BpTestBench *bench);

/* Prescribes the unknowns that `choose` names, on nodes of this rank, with its values; all others
 * are free. The mesh's side_die and side_board must be empty. choose(x, node, bench, context,
 * value) returns 1 for each direction that is fixed, in bits 0 to 2. Call it again after
 * bp_model_join. */
typedef unsigned (*BpTestChoose)(const double x[3], int node, const BpTestBench *bench,
                                 const void *context, double value[3]);
void bp_test_prescribe(BpTestBench *bench, BpTestChoose choose, const void *context);

/* Everything is there from the start and nothing has happened yet: as after a joining without
 * deformation. */
void bp_test_join_at_rest(BpTestBench *bench);

/* u of a field given at the nodes. */
void bp_test_set_field(const BpTestBench *bench, Vec u,
                       void (*field)(const double x[3], const void *context, double value[3]),
                       const void *context);

/* u by the number of the node in the mesh, on every rank: [3 nnodes_all], free with free(). */
double *bp_test_gather(const BpTestBench *bench, Vec u);

/* Positions of the 18 points of a local cell. [not collective] */
void bp_test_point_positions(const BpGrid *grid, int cell, double x[BP_FE_MAX_POINTS][3]);

/* Largest of a number over all ranks. */
double bp_test_largest(MPI_Comm comm, double mine);

/* 1 if any rank says so. */
int bp_test_any(MPI_Comm comm, int mine);

/* main() of a test that uses PETSc: starts it, runs the tests between setup and teardown of the
 * group (NULL: none), ends it. Returns the exit code, the same on every rank. */
typedef struct {
  const char *name;
  const struct CMUnitTest *tests;
  size_t ntests;
  CMFixtureFunction setup, teardown;
} BpTestGroup;

int bp_test_main(int argc, char **argv, const BpTestGroup *group);

#define BP_TEST_MAIN_WITH(argc, argv, name, tests, setup, teardown)                                \
  bp_test_main(argc, argv,                                                                         \
               &(BpTestGroup){name, tests, sizeof(tests) / sizeof((tests)[0]), setup, teardown})

#define BP_TEST_MAIN(argc, argv, name, tests) BP_TEST_MAIN_WITH(argc, argv, name, tests, NULL, NULL)

#endif
