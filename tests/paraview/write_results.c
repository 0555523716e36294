/* Writes results whose integrals are known, for the checks by other programs' readers:
 *
 *   write_results DIR
 *
 * DIR/joint: the default joint, not loaded, for a picture. DIR/block: a joint of flat layers, 300 x
 * 150 um, whose wedges are curved in the plane. Displacement is linear in space; solder, copper and
 * pad have done inelastic work of 8e5 J/m3. check_in_paraview.py knows these numbers. Runs on any
 * number of ranks. */
#include "block.h"
#include "fields.h"
#include "run.h"

#include <stdlib.h>

static char *directory;

static const BpTestLinear linear = {.A = {{1e-2, 2e-2, 0.0}, {0.0, -1e-2, 3e-2}, {1e-2, 0.0, 2e-2}},
                                    .b = {1e-6, 2e-6, -3e-6}};

/* Moves nodes inside the plan, the same in every plane: hull and layers stay where they are. */
static void bend(BpMesh *mesh) {
  for (int i = 0; i < mesh->nnodes; i++) {
    double *x = mesh->xyz + 3 * (size_t)i;
    const double along = x[0] / 150e-6, across = x[1] / 150e-6;
    const double bubble = (1.0 - along * along) * across * (1.0 - across);
    x[0] += 60e-6 * bubble;
    x[1] += 40e-6 * bubble;
  }
}

static void do_work(BpModel *model) {
  for (int s = 0; s < model->nsets; s++)
    for (int p = 0; p < model->set[s].ncells * BP_WEDGE_POINTS; p++)
      model->set[s].work0[p] = 8e5;
}

/* mesh  taken over */
static void write_results(BpMesh *mesh, const char *name) {
  static const char *const title[2] = {"first", "second"};
  BpStoreError error = {0};
  char *dir = bp_format("%s/%s", directory, name);
  BpTestRun run;
  bp_directory_make(dir, &error);
  MPI_Barrier(PETSC_COMM_WORLD);
  bp_test_open_run(PETSC_COMM_WORLD, bp_test_case(NULL), mesh, dir, &run);
  bp_test_join_at_rest(&run.bench);
  do_work(run.bench.model);
  bp_test_set_field(&run.bench, run.bench.newton->u, bp_test_linear_at, &linear);
  for (int i = 0; i < 2; i++) {
    petsc_ok(bp_output_history(run.output, &(BpHistoryRow){.time = 1800.0 * i}, &error));
    petsc_ok(bp_output_fields(run.output, run.bench.newton->u, 1800.0 * i, title[i], &error));
    petsc_ok(VecScale(run.bench.newton->u, 2.0));
  }
  assert_sound(&error);
  bp_test_close_run(&run);
  free(run.dir);
  free(dir);
  bp_mesh_free(mesh);
}

static void a_block_is_written(void **state) {
  BpMesh *mesh = bp_test_small_joint(6, 4, 0.0, 1);
  (void)state;
  bend(mesh);
  write_results(mesh, "block");
}

static void a_joint_is_written(void **state) {
  BpCase *bp = bp_test_case(NULL);
  (void)state;
  write_results(bp_test_cell(bp), "joint");
  bp_case_free(bp);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_block_is_written),
                                     cmocka_unit_test(a_joint_is_written)};
  if (argc != 2)
    return 2;
  directory = bp_copy_text(argv[1]);
  const int failed = BP_TEST_MAIN(argc, argv, "write_results", tests);
  free(directory);
  return failed;
}
