/* Writes results whose integrals are known, for the checks by other programs' readers:
 *
 *   write_results DIR
 *
 * DIR/joint: the default joint, not loaded, for a picture and for volumes. DIR/block: a joint of
 * flat layers, 300 x 150 um, whose wedges are curved in the plane. Displacement is linear in space;
 * solder, copper and pad have done inelastic work of 8e5 J/m3. check_in_paraview.py knows these
 * numbers. DIR/packed: the same, compressed. DIR/uneven: the block's mesh, compressed, its fields
 * written by the last rank alone while the others have no rows. Runs on any number of ranks. */
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
    for (int p = 0; p < model->set[s].npoints; p++)
      model->set[s].work0[p] = 8e5;
}

/* mesh      taken over
 * override  of the case, or NULL */
static void write_results(BpMesh *mesh, const char *name, const char *override) {
  const char *const overrides[] = {override, NULL};
  static const char *const title[2] = {"first", "second"};
  BpStoreError error = {0};
  char *dir = bp_format("%s/%s", directory, name);
  BpTestRun run;
  bp_directory_make(dir, &error);
  MPI_Barrier(PETSC_COMM_WORLD);
  bp_test_open_run(PETSC_COMM_WORLD, bp_test_case(overrides), mesh, dir, &run);
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
  write_results(mesh, "block", NULL);
}

static void a_compressed_block_is_written(void **state) {
  BpMesh *mesh = bp_test_small_joint(6, 4, 0.0, 1);
  (void)state;
  bend(mesh);
  write_results(mesh, "packed", "output.compression=6");
}

/* Made of the block that stands, by the store alone. */
static void copy_unevenly(BpTestStored *s, double *u, double *region, BpStoreError *error) {
  static const char *const name[] = {"die",    "passivation", "dielectric1", "dielectric2",
                                     "wiring", "dielectric3", "solder",      "board_pad",
                                     "mask",   "board"};
  char *dir = bp_format("%s/uneven", directory);
  int32_t *number = BP_NEW(int32_t, s->ncells);
  int rank, nranks;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  MPI_Comm_size(PETSC_COMM_WORLD, &nranks);
  for (int64_t c = 0; c < s->ncells; c++)
    number[c] = (int32_t)region[c];
  const BpResultsMesh mesh = {s->npoints, s->ncells, 15, 26,   s->xyz[0], s->node,
                              number,     name,      10, NULL, NULL};
  bp_directory_make(dir, error);
  MPI_Barrier(PETSC_COMM_WORLD);
  BpResults *results = bp_results_new(PETSC_COMM_WORLD, dir);
  results->compression = 6;
  bp_results_add_field(
      results, &(BpResultsField){"displacement", "m", "displacement", BP_OF_POINTS, 3, 0, 0});
  bp_results_add_field(results, &(BpResultsField){"material", "1", "region", BP_OF_CELLS, 0, 1, 1});
  bp_results_begin(results, &mesh, error);
  const int last = rank == nranks - 1;
  const BpResultsFields fields = {.first = {last ? 0 : s->npoints, last ? 0 : s->ncells},
                                  .count = {last ? s->npoints : 0, last ? s->ncells : 0},
                                  .data =
                                      (const void *const[]){last ? u : NULL, last ? number : NULL}};
  bp_results_add_step(results, &fields, error);
  bp_results_end(results, error);
  bp_results_free(&results);
  free(number);
  free(dir);
}

static void ranks_without_rows_write_along(void **state) {
  BpStoreError error = {0};
  BpTestRun run = {.dir = bp_format("%s/block", directory)};
  BpTestStored s;
  (void)state;
  bp_test_open_stored(&run, &s);
  double *u = bp_test_field(&s, "PointData", "displacement", 3);
  double *region = bp_test_field(&s, "CellData", "material", 1);
  copy_unevenly(&s, u, region, &error);
  assert_sound(&error);
  free(region);
  free(u);
  bp_test_close_stored(&s);
  free(run.dir);
}

static void a_joint_is_written(void **state) {
  BpCase *bp = bp_test_case(NULL);
  (void)state;
  write_results(bp_test_cell(bp), "joint", NULL);
  bp_case_free(bp);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_block_is_written), cmocka_unit_test(a_compressed_block_is_written),
      cmocka_unit_test(ranks_without_rows_write_along), cmocka_unit_test(a_joint_is_written)};
  if (argc != 2)
    return 2;
  directory = bp_copy_text(argv[1]);
  const int failed = BP_TEST_MAIN(argc, argv, "write_results", tests);
  free(directory);
  return failed;
}
