/* The output layer from model to file: fields against closed forms, the same files from any number
 * of ranks, the table of quantities, the history, a disk that is full. Every rank reads the files
 * and finds the same, so that a failure does not leave others waiting. */
#include "block.h"
#include "fields.h"
#include "run.h"
#include "scratch.h"

#include "fe.h"
#include "quantity.h"

#include <stdlib.h>
#include <string.h>

static const BpStoreError none = {0};
static const double start = 490.15; /* K, load.start of the default case */

/* ---- linear laws: stress from the displacement */

static const double E = 185e9, nu = 0.25, expansion = 2.2e-6; /* card sin_pecvd_generic */

/* Components XX YY ZZ XY YZ XZ of Hooke's stress for a displacement gradient and an isotropic
 * thermal strain. */
static void hooke(const double A[3][3], double thermal, double stress[6]) {
  static const int pair[6][2] = {{0, 0}, {1, 1}, {2, 2}, {0, 1}, {1, 2}, {0, 2}};
  const double lambda = E * nu / ((1.0 + nu) * (1.0 - 2.0 * nu)), mu = E / (2.0 * (1.0 + nu));
  const double trace = A[0][0] + A[1][1] + A[2][2] - 3.0 * thermal;
  for (int c = 0; c < 6; c++) {
    const int i = pair[c][0], j = pair[c][1];
    const double strain = 0.5 * (A[i][j] + A[j][i]) - (i == j ? thermal : 0.0);
    stress[c] = 2.0 * mu * strain + (i == j ? lambda * trace : 0.0);
  }
}

/* Two layers of nitride on a mesh of curved wedges; the upper one is joined. */
static BpMesh *two_layers(void) {
  static const double z[3] = {0.0, 40e-6, 110e-6};
  static const int region[2] = {BP_REGION_DIE, BP_REGION_BOARD};
  const BpTestBlock shape = {.nx = 4,
                             .ny = 3,
                             .nlayers = 2,
                             .size = {300e-6, 150e-6},
                             .z = z,
                             .region = region,
                             .distort = 0.1};
  return bp_test_block(&shape);
}

/* Differences of gradients and products of them lose a few digits only: 1e-9 of the stress. */
static void assert_linear_fields(BpTestStored *s, const BpTestLinear *first,
                                 const BpTestLinear *last, double T) {
  double *u = bp_test_field(s, "PointData", "displacement", 3), expected[2][6], A[3][3];
  double *stress = bp_test_field(s, "CellData", "stress", 6);
  double *temperature = bp_test_field(s, "PointData", "temperature", 1);
  double *material = bp_test_field(s, "CellData", "material", 1);
  for (int i = 0; i < 9; i++)
    A[i / 3][i % 3] = last->A[i / 3][i % 3] - first->A[i / 3][i % 3];
  hooke(last->A, expansion * (T - start), expected[0]);
  hooke((const double(*)[3])A, expansion * (T - start), expected[1]);
  for (int64_t n = 0; n < s->npoints; n++) {
    double at[3];
    bp_test_linear_at(s->xyz[n], last, at);
    assert_memory_equal(u + 3 * n, at, sizeof at);
    assert_true(temperature[n] == T);
  }
  for (int64_t c = 0; c < s->ncells; c++) {
    assert_true(material[c] == BP_REGION_DIE || material[c] == BP_REGION_BOARD);
    assert_int_equal(s->region[c], (int64_t)material[c]);
    for (int i = 0; i < 6; i++)
      assert_close(stress[6 * c + i], expected[material[c] == BP_REGION_BOARD][i], 0.0, 1e-9 * E);
  }
  free(material);
  free(temperature);
  free(stress);
  free(u);
}

static void linear_fields_are_closed_forms(void **state) {
  const BpTestLinear first = {.A = {{0.3, 0.1, 0.0}, {-0.2, 0.1, 0.4}, {0.2, 0.0, -0.2}}};
  const BpTestLinear last = {.A = {{-0.1, 0.2, 0.3}, {0.1, 0.5, -0.3}, {0.6, 0.2, 0.1}},
                             .b = {1e-5, 0.0, -2e-5}};
  static const double T = 400.0;
  BpStoreError error = none;
  BpMesh *mesh = two_layers();
  BpTestRun run;
  BpTestStored s;
  (void)state;
  bp_test_open_run(PETSC_COMM_WORLD, bp_test_case_of("sin_pecvd_generic", NULL), mesh, NULL, &run);
  bp_test_accept_field(&run.bench, &first, 0.0, start);
  bp_test_accept_field(&run.bench, &last, 10.0, T);
  petsc_ok(bp_model_start_step(run.bench.model, 20.0, 300.0)); /* a step that is not accepted */
  petsc_ok(bp_output_fields(run.output, run.bench.newton->u, 10.0, "here", &error));
  assert_sound(&error);
  bp_test_open_stored(&run, &s);
  assert_linear_fields(&s, &first, &last, T);
  assert_true(bp_h5_get_double(s.file, "steps/0000", "time") == 10.0);
  assert_true(bp_h5_get_double(s.file, "steps/0000", "temperature") == T);
  char *fact = bp_h5_get_text(s.file, "steps/0000/provenance", "case");
  assert_string_equal(fact, "package: {}\n");
  free(fact);
  bp_test_close_stored(&s);
  bp_test_close_run(&run);
  bp_test_remove_run(PETSC_COMM_WORLD, &run);
  bp_mesh_free(mesh);
}

/* ---- laws with a state: means over the cell */

/* 1 + a.x, positive over the meshes of this file. */
static double growth(const double x[3]) {
  return 1.0 + 900.0 * x[0] + 700.0 * x[1] + 500.0 * x[2];
}

/* State that varies linearly in space. */
static const double base_stress[6] = {1e6, -2e6, 3e6, 4e6, 5e6, -6e6};
static const double base_strain[6] = {0.1, 0.2, -0.3, 0.4, -0.5, 0.6};
static const double base_accumulated = 0.7, base_work = 8e5;

static void fill_states(BpModel *model) {
  for (int i = 0; i < model->nsets; i++) {
    BpPointSet *set = &model->set[i];
    for (int c = 0; c < set->ncells; c++) {
      double x[BP_FE_MAX_POINTS][3];
      bp_test_point_positions(model->grid, set->cell[c], x);
      for (size_t q = 0; q < (size_t)set->element[c]->npoints; q++) {
        const size_t p = (size_t)set->first[c] + q;
        double *own = set->state0 + p * (size_t)set->nstate;
        for (size_t k = 0; k < 6; k++) {
          set->stress0[6 * p + k] = growth(x[q]) * base_stress[k];
          set->strain0[6 * p + k] = growth(x[q]) * base_strain[k];
          own[(size_t)set->inelastic + k] = growth(x[q]) * base_strain[k];
        }
        own[set->accumulated] = growth(x[q]) * base_accumulated;
        set->work0[p] = growth(x[q]) * base_work;
      }
    }
  }
}

/* Mean of the six corners: the centroid of a wedge with parallel ends. */
static double growth_of_cell(const BpTestStored *s, int64_t cell) {
  double x[3] = {0};
  for (int i = 0; i < 6; i++)
    for (int d = 0; d < 3; d++)
      x[d] += s->xyz[s->node[15 * cell + i]][d] / 6.0;
  return growth(x);
}

static void assert_components(const double *value, const double mandel[6], double factor) {
  static const int from[6] = {0, 1, 2, 5, 3, 4}; /* XX YY ZZ XY YZ XZ */
  for (int i = 0; i < 6; i++)
    assert_close(value[i], factor * mandel[from[i]] / (i < 3 ? 1.0 : BP_SQRT2), 1e-12, 0.0);
}

/* The mean of a linear function is its value at the centroid, exact by the quadrature rule. */
static void cells_hold_means_of_their_points(void **state) {
  BpStoreError error = none;
  BpMesh *mesh = bp_test_small_joint(4, 3, 0.0, 0);
  BpTestRun run;
  BpTestStored s;
  (void)state;
  bp_test_open_run(PETSC_COMM_WORLD, bp_test_case(NULL), mesh, NULL, &run);
  bp_test_join_at_rest(&run.bench);
  fill_states(run.bench.model);
  petsc_ok(bp_output_fields(run.output, run.bench.newton->u, 0.0, "", &error));
  assert_sound(&error);
  bp_test_open_stored(&run, &s);
  double *stress = bp_test_field(&s, "CellData", "stress", 6);
  double *strain = bp_test_field(&s, "CellData", "inelastic_strain", 6);
  double *mises = bp_test_field(&s, "CellData", "von_mises", 1);
  double *accumulated = bp_test_field(&s, "CellData", "accumulated_inelastic_strain", 1);
  double *work = bp_test_field(&s, "CellData", "work_density", 1);
  int found = 0;
  for (int64_t c = 0; c < s.ncells; c++) {
    const double factor = growth_of_cell(&s, c);
    const int has_state = s.region[c] == BP_REGION_SOLDER || s.region[c] == BP_REGION_WIRING ||
                          s.region[c] == BP_REGION_BOARD_PAD;
    found += has_state;
    assert_close(work[c], has_state ? factor * base_work : 0.0, 1e-12, 0.0);
    assert_close(accumulated[c], has_state ? factor * base_accumulated : 0.0, 1e-12, 0.0);
    if (!has_state)
      continue;
    assert_components(stress + 6 * c, base_stress, factor);
    assert_components(strain + 6 * c, base_strain, factor);
    assert_close(mises[c], factor * bp_mises(base_stress), 1e-12, 0.0);
  }
  assert_int_equal(found, 3 * 2 * 4 * 3); /* layers, wedges, cells */
  free(work);
  free(accumulated);
  free(mises);
  free(strain);
  free(stress);
  bp_test_close_stored(&s);
  bp_test_close_run(&run);
  bp_test_remove_run(PETSC_COMM_WORLD, &run);
  bp_mesh_free(mesh);
}

/* ---- the table */

static void quantities_keep_their_promises(void **state) {
  BpStoreError error = none;
  BpMesh *mesh = bp_test_small_joint(2, 2, 0.03, 0);
  BpTestRun run;
  BpTestStored s;
  (void)state;
  bp_test_open_run(PETSC_COMM_WORLD, bp_test_case(NULL), mesh, NULL, &run);
  bp_test_join_at_rest(&run.bench);
  fill_states(run.bench.model);
  petsc_ok(bp_output_fields(run.output, run.bench.newton->u, 0.0, "", &error));
  assert_sound(&error);
  bp_test_open_stored(&run, &s);
  for (int i = 0; bp_quantities[i]; i++) {
    const BpQuantity *q = bp_quantities[i];
    const char *place = q->where == BP_AT_POINTS ? "PointData" : "CellData";
    const int64_t rows = q->where == BP_AT_POINTS ? s.npoints : s.ncells;
    assert_true(strlen(q->title) > 0 && strlen(q->unit) > 0);
    assert_in_range(q->ncomp, 1, BP_QUANTITY_SIZE);
    assert_true(q->regions == 0 || q->ncomp == 1);
    for (int j = 0; j < i; j++)
      assert_string_not_equal(q->name, bp_quantities[j]->name);
    double *value = bp_test_field(&s, place, q->name, q->ncomp);
    for (int64_t k = 0; k < rows * q->ncomp; k++)
      assert_true(isfinite(value[k]));
    char *object = bp_format("steps/0000/%s/%s", place, q->name);
    char *unit = bp_h5_get_text(s.file, object, "unit");
    char *title = bp_h5_get_text(s.file, object, "title");
    assert_string_equal(unit, q->unit);
    assert_string_equal(title, q->title);
    free(title);
    free(unit);
    free(object);
    free(value);
  }
  bp_test_close_stored(&s);
  bp_test_close_run(&run);
  bp_test_remove_run(PETSC_COMM_WORLD, &run);
  bp_mesh_free(mesh);
}

/* ---- any number of ranks */

static void curved_field(const double x[3], const void *context, double u[3]) {
  (void)context;
  u[0] = 0.01 * x[0] + 30.0 * x[1] * x[2];
  u[1] = sin(1e4 * x[0]) * 1e-7;
  u[2] = 20.0 * x[0] * x[0] - 0.02 * x[2];
}

static BpHistoryRow history_row(int i) {
  return (BpHistoryRow){.time = 1.5 * i,
                        .dt = 1.5,
                        .temperature = 300.0 + i,
                        .newton = 3 + i,
                        .linear = 40 + i,
                        .cycle = i - 1,
                        .increment = 1e-3 * i};
}

/* Two rows of the history and one step of a made-up state. */
static void write_run(MPI_Comm comm, const BpMesh *mesh, BpTestRun *run) {
  BpStoreError error = none;
  bp_test_open_run(comm, bp_test_case(NULL), mesh, NULL, run);
  bp_test_join_at_rest(&run->bench);
  fill_states(run->bench.model);
  bp_test_set_field(&run->bench, run->bench.newton->u, curved_field, NULL);
  petsc_ok(bp_joint_update(run->joint, run->bench.newton->u, 0));
  for (int i = 0; i < 2; i++) {
    const BpHistoryRow row = history_row(i);
    petsc_ok(bp_output_history(run->output, &row, &error));
  }
  petsc_ok(bp_output_fields(run->output, run->bench.newton->u, 1.5, "a title", &error));
  assert_sound(&error);
  bp_test_close_run(run);
}

static void assert_same_bytes(const char *one, const char *other) {
  static const char *const name[] = {"fields/mesh.h5", "fields/step_0000.h5", "run_0000.hdf",
                                     "run.vtkhdf", "run.hdf.series"};
  for (int i = 0; i < BP_COUNT(name); i++) {
    size_t n, m;
    char *a = bp_test_read_file(one, name[i], &n), *b = bp_test_read_file(other, name[i], &m);
    assert_int_equal(n, m);
    assert_memory_equal(a, b, n);
    free(b);
    free(a);
  }
}

/* Sums over ranks round differently: 1e-12 of each number. */
static void assert_same_history(const char *one, const char *other) {
  char *path[2] = {bp_format("%s/results.h5", one), bp_format("%s/results.h5", other)};
  BpStoreError error = none;
  BpResults *read[2] = {bp_results_read(path[0], &error), bp_results_read(path[1], &error)};
  assert_sound(&error);
  assert_int_equal(read[0]->ncolumns, read[1]->ncolumns);
  assert_int_equal(read[0]->naverages, read[1]->naverages);
  assert_int_equal(read[0]->nrows, 2);
  for (int i = 0; i < read[0]->nrows * read[0]->ncolumns; i++)
    assert_close(read[0]->row[i], read[1]->row[i], 1e-12, 0.0);
  for (int i = 0; i < read[0]->naverages; i++)
    assert_close(read[0]->average[i].volume, read[1]->average[i].volume, 1e-12, 0.0);
  for (int i = 0; i < 2; i++) {
    bp_results_free(&read[i]);
    free(path[i]);
  }
}

/* Rank 0 repeats alone what all ranks did together; all of them compare. */
static void files_do_not_depend_on_the_ranks(void **state) {
  BpMesh *mesh = bp_test_small_joint(6, 4, 0.03, 1);
  BpTestRun all, alone;
  char other[256] = "";
  (void)state;
  write_run(PETSC_COMM_WORLD, mesh, &all);
  if (all.bench.rank == 0) {
    write_run(PETSC_COMM_SELF, mesh, &alone);
    snprintf(other, sizeof other, "%s", alone.dir);
  }
  MPI_Bcast(other, (int)sizeof other, MPI_CHAR, 0, PETSC_COMM_WORLD);
  assert_same_bytes(all.dir, other);
  assert_same_history(all.dir, other);
  MPI_Barrier(PETSC_COMM_WORLD);
  if (all.bench.rank == 0)
    bp_test_remove_run(PETSC_COMM_SELF, &alone);
  bp_test_remove_run(PETSC_COMM_WORLD, &all);
  bp_mesh_free(mesh);
}

/* ---- the history */

static double column_of(const BpResults *read, const char *name, int row) {
  const int at = bp_results_column(read, name);
  if (at < 0)
    fail_msg("the history has no column '%s'", name);
  return read->row[row * read->ncolumns + at];
}

static const char *unit_of(const BpResults *read, const char *name) {
  return read->column[bp_results_column(read, name)].unit;
}

/* Mean of growth() over the box of the solder, x over 300 um about 0, y from 0 to 150 um. */
static double growth_between(double low, double high) {
  return growth((const double[3]){0.0, 75e-6, 0.5 * (low + high)});
}

/* Layers between planes are cut exactly where they end on faces of small wedges: 60 um of solder
 * in cells of that height, layers of 25 um. Their volume holds to 1e-3, and so do means of a
 * function that varies by a tenth over them; means over the whole solder are exact. */
static void the_history_holds_the_joint(void **state) {
  static const double top = 70e-6, bottom = 10e-6;
  BpStoreError error = none;
  BpMesh *mesh = bp_test_small_joint(6, 4, 0.0, 1);
  BpTestRun run;
  (void)state;
  write_run(PETSC_COMM_WORLD, mesh, &run);
  char *path = bp_format("%s/results.h5", run.dir);
  BpResults *read = bp_results_read(path, &error);
  assert_sound(&error);
  const BpHistoryRow row = history_row(1);
  assert_true(column_of(read, "time", 1) == row.time && column_of(read, "dt", 1) == row.dt);
  assert_true(column_of(read, "temperature", 1) == row.temperature);
  assert_true(column_of(read, "newton_iterations", 1) == row.newton);
  assert_true(column_of(read, "linear_iterations", 1) == row.linear);
  assert_true(column_of(read, "cycle", 0) == -1.0 && column_of(read, "cycle", 1) == 0.0);
  assert_true(column_of(read, "increment", 1) == row.increment);
  const double layer = growth_between(bottom, bottom + 25e-6);
  const double board = growth_between(top - 25e-6, top), whole = growth_between(bottom, top);
  assert_close(column_of(read, "package.25um.work", 1), layer * base_work, 1e-3, 0.0);
  assert_close(column_of(read, "package.25um.strain", 1), layer * base_accumulated, 1e-3, 0.0);
  assert_close(column_of(read, "package.25um.shear_stress", 1), layer * base_stress[4] / BP_SQRT2,
               1e-3, 0.0);
  assert_close(column_of(read, "board.25um.shear_strain", 1), board * base_strain[4] * BP_SQRT2,
               1e-3, 0.0);
  assert_close(column_of(read, "solder.shear_stress", 1), whole * base_stress[4] / BP_SQRT2, 1e-12,
               0.0);
  assert_close(column_of(read, "solder.shear_strain", 1), whole * base_strain[4] * BP_SQRT2, 1e-12,
               0.0);
  const double pressure = (base_stress[0] + base_stress[1] + base_stress[2]) / 3.0;
  assert_close(column_of(read, "solder.hydrostatic_stress", 1), whole * pressure, 1e-12, 0.0);
  /* u_z = 20 x^2 - 0.02 z on planes z = const with |x| <= 150 um */
  assert_close(column_of(read, "warpage.die", 1), 20.0 * 150e-6 * 150e-6, 1e-12, 0.0);
  assert_close(column_of(read, "warpage.board", 1), 20.0 * 150e-6 * 150e-6, 1e-12, 0.0);
  assert_string_equal(unit_of(read, "solder.shear_stress"), "Pa");
  assert_string_equal(unit_of(read, "warpage.die"), "m");
  for (int i = 0; i < read->naverages; i++) {
    const BpResultsAverage *average = &read->average[i];
    const int is_layer =
        strcmp(average->name, "package.25um") == 0 || strcmp(average->name, "board.25um") == 0;
    assert_int_equal(average->reported, is_layer);
    if (strcmp(average->name, "solder") == 0)
      assert_close(average->volume, 300e-6 * 150e-6 * 60e-6, 1e-12, 0.0);
  }
  bp_results_free(&read);
  free(path);
  bp_test_remove_run(PETSC_COMM_WORLD, &run);
  bp_mesh_free(mesh);
}

/* ---- a disk that is full */

static void every_rank_learns_of_a_full_disk(void **state) {
  BpStoreError error = none;
  BpMesh *mesh = bp_test_small_joint(2, 2, 0.0, 0);
  BpTestRun run;
  BpTestStored s;
  (void)state;
  bp_test_open_run(PETSC_COMM_WORLD, bp_test_case(NULL), mesh, NULL, &run);
  bp_test_join_at_rest(&run.bench);
  petsc_ok(bp_output_fields(run.output, run.bench.newton->u, 1.0, "one", &error));
  assert_sound(&error);
  if (run.bench.rank == 0)
    bp_test_limit_files(1000);
  petsc_ok(bp_output_fields(run.output, run.bench.newton->u, 2.0, "two", &error));
  if (run.bench.rank == 0)
    bp_test_limit_files(0);
  assert_int_equal(error.status, BP_BAD);
  assert_non_null(strstr(error.text, "fields/step_0001.h5: file too large"));
  bp_test_open_stored(&run, &s);
  assert_true(bp_h5_has(s.file, "steps/0000"));
  assert_false(bp_h5_has(s.file, "steps/0001"));
  bp_test_close_stored(&s);
  error = none;
  petsc_ok(bp_output_fields(run.output, run.bench.newton->u, 2.0, "two", &error));
  assert_sound(&error);
  bp_test_open_stored(&run, &s);
  assert_true(bp_h5_get_double(s.file, "steps/0001", "time") == 2.0);
  bp_test_close_stored(&s);
  bp_test_close_run(&run);
  bp_test_remove_run(PETSC_COMM_WORLD, &run);
  bp_mesh_free(mesh);
}

static void a_missing_directory_is_said(void **state) {
  BpStoreError error = none;
  BpMesh *mesh = bp_test_small_joint(2, 2, 0.0, 0);
  BpTestBench b;
  BpJoint *joint;
  BpOutput *output;
  int rank;
  (void)state;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  bp_test_open(PETSC_COMM_WORLD, bp_test_case(NULL), rank == 0 ? bp_test_copy_mesh(mesh) : NULL,
               &b);
  petsc_ok(bp_joint_create(b.model, &joint));
  const BpOutputSpec spec = {.dir = "/dev/null/out"};
  petsc_ok(bp_output_create(b.model, joint, rank == 0 ? mesh : NULL, &spec, &output, &error));
  assert_int_equal(error.status, BP_BAD);
  assert_non_null(strstr(error.text, "/dev/null/out"));
  assert_non_null(strstr(error.text, "not a directory"));
  error = none;
  petsc_ok(bp_output_close(&output, &error)); /* fails again, and says so again */
  assert_int_equal(error.status, BP_BAD);
  bp_joint_destroy(&joint);
  bp_test_close(&b);
  bp_mesh_free(mesh);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(linear_fields_are_closed_forms),
      cmocka_unit_test(cells_hold_means_of_their_points),
      cmocka_unit_test(quantities_keep_their_promises),
      cmocka_unit_test(files_do_not_depend_on_the_ranks),
      cmocka_unit_test(the_history_holds_the_joint),
      cmocka_unit_test(every_rank_learns_of_a_full_disk),
      cmocka_unit_test(a_missing_directory_is_said),
  };
  return BP_TEST_MAIN(argc, argv, "output", tests);
}
