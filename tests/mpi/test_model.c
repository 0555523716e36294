/* The assembled model: tangent against differences of the residual, the coarse matrix, the joining,
 * and a refused step, which all ranks learn of and which leaves no trace. */
#include "block.h"
#include "fields.h"

#include <stdlib.h>

static const double start = 490.15; /* K, load.start of the default case */

/* A joint of full layers with the cell's own constraints, with one more override (or NULL). Copper
 * was deposited hot, so that it flows as it cools. Steps start from the last displacement, not from
 * a prediction, and may take Newton's method longer. */
static void open_joint(const char *override, double distort, BpTestBench *b) {
  const char *const overrides[] = {"model.neutral_distance=2 mm",
                                   "materials.wiring.stress_free=350 degC",
                                   "solver.newton_iterations=40", override, NULL};
  int rank;
  BpMesh *mesh = bp_test_small_joint(4, 3, distort, 1);
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  if (rank > 0) {
    bp_mesh_free(mesh);
    mesh = NULL;
  }
  bp_test_open(PETSC_COMM_WORLD, bp_test_case(overrides), mesh, b);
}

static double norm(Vec v) {
  double value;
  petsc_ok(VecNorm(v, NORM_2, &value));
  return value;
}

static double norm_of_difference(Vec a, Vec b) {
  Vec d;
  petsc_ok(VecDuplicate(a, &d));
  petsc_ok(VecWAXPY(d, -1.0, a, b));
  const double value = norm(d);
  petsc_ok(VecDestroy(&d));
  return value;
}

/* ---- a state in which copper has yielded and solder creeps */

/* Takes four steps of a second at 1 K/s and leaves a fifth as trial. */
static void creep(BpTestBench *b, double ratio) {
  bp_test_join_at_rest(b);
  for (int i = 0; i < 4; i++) {
    bp_test_solve_step(b, 1.0 * (i + 1), start - 1.0 * (i + 1), i > 0 ? ratio : 0.0);
    petsc_ok(bp_model_accept(b->model));
  }
  bp_test_solve_step(b, 5.0, start - 5.0, ratio);
}

/* Largest inelastic strain that a region's points gain in the trial step. */
static double gained(const BpTestBench *b, int region) {
  double largest = 0.0;
  for (int s = 0; s < b->model->nsets; s++) {
    const BpPointSet *set = &b->model->set[s];
    for (int p = 0; p < set->npoints && set->region == region; p++) {
      const size_t at = (size_t)p * (size_t)set->nstate + (size_t)set->accumulated;
      largest = fmax(largest, set->state1[at] - set->state0[at]);
    }
  }
  return bp_test_largest(b->comm, largest);
}

/* A smooth motion that strains every layer. */
static void wave(const double x[3], const void *context, double value[3]) {
  const double k = 1.7e4;
  (void)context;
  value[0] = x[2] + 3e-5 * sin(k * x[1] + 0.3);
  value[1] = 0.4 * x[0] + 2e-5 * cos(k * x[2]);
  value[2] = 0.6 * x[2] + 0.2 * x[1] + 3e-5 * sin(k * x[0]);
}

static void residual_at(const BpTestBench *b, Vec u, double h, Vec v, Vec r) {
  BpStatus status;
  Vec moved;
  petsc_ok(VecDuplicate(u, &moved));
  petsc_ok(VecWAXPY(moved, h, v, u));
  petsc_ok(bp_model_residual(b->model, moved, r, &status));
  assert_int_equal(status, BP_OK);
  petsc_ok(VecDestroy(&moved));
}

/* Strains change by 1e-8. Anand's flow is smooth over strains of 1e-4, which leaves (1e-4)^2; the
 * last digits of forces, from displacements of 10 um over 5 um, leave 4e-16/1e-8. */
static void tangent_is_the_slope(BpTestBench *b) {
  const double h = 1e-8;
  Vec u = b->newton->u, v, up, down, product;
  assert_true(gained(b, BP_REGION_SOLDER) > 1e-4);
  assert_true(gained(b, BP_REGION_WIRING) > 1e-6);
  petsc_ok(VecDuplicate(u, &v));
  petsc_ok(VecDuplicate(u, &up));
  petsc_ok(VecDuplicate(u, &down));
  petsc_ok(VecDuplicate(u, &product));
  bp_test_set_field(b, v, wave, NULL);
  petsc_ok(VecPointwiseMult(v, v, b->model->free));
  residual_at(b, u, h, v, up);
  residual_at(b, u, -h, v, down);
  petsc_ok(VecAXPBY(up, -0.5 / h, 0.5 / h, down)); /* (up - down)/2h */
  residual_at(b, u, 0.0, v, down);
  petsc_ok(bp_model_tangent(b->model, 1));
  petsc_ok(MatMult(b->newton->fine, v, product));
  const double error = norm_of_difference(up, product) / norm(product);
  if (b->rank == 0)
    print_message("tangent against differences: %.1e\n", error);
  assert_close(error, 0.0, 0.0, 1e-8);
  petsc_ok(VecDestroy(&v));
  petsc_ok(VecDestroy(&up));
  petsc_ok(VecDestroy(&down));
  petsc_ok(VecDestroy(&product));
}

static void tangent_by_blocks(void **state) {
  tangent_is_the_slope(*state);
}

static void tangent_by_rows(void **state) {
  (void)state;
  BpTestBench b;
  open_joint("solver.linear=direct", 0.02, &b);
  creep(&b, 0.0);
  tangent_is_the_slope(&b);
  bp_test_close(&b);
}

static void tangent_of_second_order_steps(void **state) {
  (void)state;
  BpTestBench b;
  open_joint(NULL, 0.02, &b);
  creep(&b, 1.0);
  tangent_is_the_slope(&b);
  bp_test_close(&b);
}

/* ---- the levels */

/* Zero where no column of the prolongation is: at prescribed unknowns of the coarse level, which
 * correct nothing. */
static void drop_prescribed(Mat prolongation, Vec ones, Vec coarse) {
  Vec columns;
  petsc_ok(VecDuplicate(coarse, &columns));
  petsc_ok(VecSet(ones, 1.0));
  petsc_ok(MatMultTranspose(prolongation, ones, columns));
  petsc_ok(VecPointwiseMult(coarse, coarse, columns));
  petsc_ok(VecPointwiseDivide(coarse, coarse, columns)); /* 0/0 is 0 there */
  petsc_ok(VecDestroy(&columns));
}

/* The coarse matrix is made cell by cell; on free unknowns it must be P^T A P. Round-off only. */
static void coarse_matrix_is_galerkin(void **state) {
  BpTestBench *b = *state;
  Vec fine, image, coarse, expected, found;
  PetscRandom numbers;
  petsc_ok(bp_model_tangent(b->model, 1));
  petsc_ok(MatCreateVecs(b->newton->prolongation, &coarse, &fine));
  petsc_ok(VecDuplicate(fine, &image));
  petsc_ok(VecDuplicate(coarse, &expected));
  petsc_ok(VecDuplicate(coarse, &found));
  petsc_ok(PetscRandomCreate(b->comm, &numbers));
  petsc_ok(VecSetRandom(fine, numbers));
  petsc_ok(MatMultTranspose(b->newton->prolongation, fine, coarse)); /* zero where prescribed */
  petsc_ok(MatMult(b->newton->prolongation, coarse, fine));
  petsc_ok(MatMult(b->newton->fine, fine, image));
  petsc_ok(MatMultTranspose(b->newton->prolongation, image, expected));
  petsc_ok(MatMult(b->newton->coarse, coarse, found));
  drop_prescribed(b->newton->prolongation, fine, found);
  assert_true(norm(expected) > 0.0);
  assert_close(norm_of_difference(expected, found), 0.0, 0.0, 1e-13 * norm(expected));
  petsc_ok(PetscRandomDestroy(&numbers));
  petsc_ok(VecDestroy(&fine));
  petsc_ok(VecDestroy(&image));
  petsc_ok(VecDestroy(&coarse));
  petsc_ok(VecDestroy(&expected));
  petsc_ok(VecDestroy(&found));
}

/* A field that is linear over the whole body is linear in every cell: the prolongation of its
 * values on the coarse level must give it back. */
static void prolongation_keeps_linear_fields(void **state) {
  (void)state;
  const BpTestLinear linear = bp_test_random_linear(1.0);
  BpTestBench b;
  Vec fine, coarse, local;
  double *value;
  open_joint(NULL, 0.0, &b);
  bp_test_join_at_rest(&b);
  bp_test_prescribe(&b, bp_test_fix_nothing, NULL);
  petsc_ok(bp_newton_reset(b.newton));
  petsc_ok(MatCreateVecs(b.newton->prolongation, &coarse, &fine));
  petsc_ok(DMCreateLocalVector(b.grid->coarse, &local));
  petsc_ok(VecGetArray(local, &value));
  for (int c = 0; c < b.grid->ncells; c++)
    for (int n = b.grid->cell_start[c]; n < b.grid->cell_start[c + 1]; n++)
      if (b.grid->cell_coarse[n] >= 0)
        bp_test_linear_at(b.grid->xyz[b.grid->cell_node[n]], &linear,
                          value + 3 * (size_t)b.grid->cell_coarse[n]);
  petsc_ok(VecRestoreArray(local, &value));
  petsc_ok(DMLocalToGlobal(b.grid->coarse, local, INSERT_VALUES, coarse));
  petsc_ok(MatMult(b.newton->prolongation, coarse, fine));
  assert_close(bp_test_distance_from(&b, fine, &linear), 0.0, 0.0, 1e-15 * 3e-4 * 10.0);
  petsc_ok(VecDestroy(&local));
  petsc_ok(VecDestroy(&fine));
  petsc_ok(VecDestroy(&coarse));
  bp_test_close(&b);
}

/* The Krylov solver's own product of blocks is that of the matrix. */
static void shell_multiplies_as_the_matrix(void **state) {
  BpTestBench *b = *state;
  Vec v, by_shell, by_matrix;
  PetscRandom numbers;
  petsc_ok(VecDuplicate(b->newton->u, &v));
  petsc_ok(VecDuplicate(v, &by_shell));
  petsc_ok(VecDuplicate(v, &by_matrix));
  petsc_ok(PetscRandomCreate(b->comm, &numbers));
  petsc_ok(VecSetRandom(v, numbers));
  petsc_ok(MatMult(b->newton->fine, v, by_matrix));
  petsc_ok(MatMult(b->newton->shell, v, by_shell));
  assert_close(norm_of_difference(by_shell, by_matrix), 0.0, 0.0, 1e-14 * norm(by_matrix));
  petsc_ok(PetscRandomDestroy(&numbers));
  petsc_ok(VecDestroy(&v));
  petsc_ok(VecDestroy(&by_shell));
  petsc_ok(VecDestroy(&by_matrix));
}

/* ---- what is prescribed */

/* In-plane expansion of a region from the joining to T: silicon and board expand alike along every
 * direction of the plane. */
static double in_plane(const BpTestBench *b, int region, double T) {
  double strain[6];
  bp_material_thermal_strain(b->materials.material[region], start, T, strain);
  return strain[0];
}

static int in_set(const BpTestBench *b, int node, const char *name) {
  return (b->grid->node_sets[node] & (1u << bp_grid_set(b->grid, name))) != 0;
}

/* The sides move with die and board, in the plane only: u = strain (x + distance from the neutral
 * point, y). The mirror plane stays in its plane, and one node carries the support. */
static void sides_move_with_die_and_board(void **state) {
  (void)state;
  const double T = start - 50.0, far = 2e-3;
  BpTestBench b;
  int supports = 0, wrong = 0, all;
  open_joint(NULL, 0.0, &b);
  bp_test_join_at_rest(&b);
  petsc_ok(bp_model_start_step(b.model, 1.0, T));
  const BpConstraints *c = &b.model->constraints;
  for (int n = 0; n < b.grid->nnodes; n++) {
    const double *x = b.grid->xyz[n], *value = c->value + 3 * (size_t)n;
    const int die = in_set(&b, n, "side_die"), board = in_set(&b, n, "side_board");
    const double strain = in_plane(&b, die ? BP_REGION_DIE : BP_REGION_BOARD, T);
    wrong += c->fixed[3 * n] != (die || board);
    wrong += c->fixed[3 * n + 1] != (die || board || in_set(&b, n, "mirror"));
    if (die || board) {
      wrong += fabs(value[0] - strain * (x[0] + far)) > 1e-14 * fabs(strain) * far;
      wrong += fabs(value[1] - strain * x[1]) > 1e-14 * fabs(strain) * far;
    } else {
      wrong += c->fixed[3 * n + 1] && value[1] != 0.0;
    }
    wrong += c->fixed[3 * n + 2] && value[2] != 0.0;
    supports += c->fixed[3 * n + 2] && b.grid->node_global[n] >= 0;
  }
  MPI_Allreduce(&supports, &all, 1, MPI_INT, MPI_SUM, b.comm);
  assert_int_equal(all, 1);
  assert_false(bp_test_any(b.comm, wrong));
  bp_test_close(&b);
}

/* ---- the joining */

/* 1 where a node of this rank, on any rank, belongs to a cell of the die's side. [nnodes_all] */
static int *on_die_side(const BpTestBench *b) {
  const int n = (int)b->grid->nnodes_all;
  int *mine = BP_NEW(int, n), *all = BP_NEW(int, n);
  for (int c = 0; c < b->grid->ncells; c++) {
    const int region = bp_region_find(b->grid->region[b->grid->cell_region[c]]);
    for (int i = b->grid->cell_start[c];
         i < b->grid->cell_start[c + 1] && region <= BP_REGION_DIELECTRIC3; i++)
      mine[b->grid->node_id[b->grid->cell_node[i]]] = 1;
  }
  MPI_Allreduce(mine, all, n, MPI_INT, MPI_MAX, b->comm);
  free(mine);
  return all;
}

static double largest_stress(const BpTestBench *b, int region) {
  double largest = 0.0;
  for (int s = 0; s < b->model->nsets; s++)
    for (int p = 0; p < b->model->set[s].npoints; p++)
      if (b->model->set[s].region == region)
        largest = fmax(largest, bp_norm6(b->model->set[s].stress1 + 6 * (size_t)p));
  return bp_test_largest(b->comm, largest);
}

/* What exists before the joining deforms; what does not stays where it is. */
static void assert_only_the_die_side_moves(const BpTestBench *b) {
  int *exists = on_die_side(b), found = 0;
  double *u = bp_test_gather(b, b->newton->u), moved = 0.0, still = 0.0;
  for (int n = 0; n < b->grid->nnodes_all; n++)
    for (int d = 0; d < 3; d++) {
      double *largest = exists[n] ? &moved : &still;
      *largest = fmax(*largest, fabs(u[3 * n + d]));
      found += !exists[n];
    }
  assert_true(found > 0);
  assert_true(moved > 1e-9); /* copper, 133 K colder: 17 ppm/K of 5 um are 11 nm */
  assert_true(still == 0.0);
  free(u);
  free(exists);
}

/* At the joining, solder and board have no stress in spite of a moved interface: the forces remain
 * in balance without them, and with them. */
static void join_without_stress(const char *override) {
  BpTestBench b;
  BpStatus status;
  Vec r;
  PetscInt before, after;
  open_joint(override, 0.02, &b);
  petsc_ok(bp_model_free_unknowns(b.model, &before));
  bp_test_solve_step(&b, 0.0, start, 0.0);
  assert_only_the_die_side_moves(&b);
  const double force = b.newton->force_scale, copper = largest_stress(&b, BP_REGION_WIRING);
  assert_true(copper > 1e5);
  assert_true(largest_stress(&b, BP_REGION_SOLDER) == 0.0);
  petsc_ok(bp_model_join(b.model, b.newton->u));
  petsc_ok(bp_newton_reset(b.newton));
  petsc_ok(bp_model_free_unknowns(b.model, &after));
  assert_true(after > before);
  petsc_ok(bp_model_start_step(b.model, 1.0, start));
  petsc_ok(VecDuplicate(b.newton->u, &r));
  petsc_ok(bp_model_residual(b.model, b.newton->u, r, &status));
  assert_int_equal(status, BP_OK);
  assert_true(largest_stress(&b, BP_REGION_SOLDER) == 0.0);
  assert_true(largest_stress(&b, BP_REGION_BOARD_PAD) == 0.0);
  assert_close(largest_stress(&b, BP_REGION_WIRING), copper, 1e-9, 0.0);
  /* Newton's tolerance of the step before, 4e-12 of the load, bounds it */
  assert_close(norm(r), 0.0, 0.0, 8e-12 * force);
  petsc_ok(VecDestroy(&r));
  bp_test_close(&b);
}

static void joins_without_stress(void **state) {
  (void)state;
  join_without_stress("materials.dielectric1.stress_free=350 degC");
}

/* Regions of linear law count from the joining by their forces, not by their points. */
static void joins_linear_regions_without_stress(void **state) {
  (void)state;
  join_without_stress("materials.solder.card=polyimide_generic");
}

/* ---- accepting and refusing */

static void accepting_moves_the_trial_state(void **state) {
  BpTestBench *b = *state;
  const int nsets = b->model->nsets;
  int wrong = 0;
  double *trial[BP_REGIONS] = {NULL}, *begin[BP_REGIONS] = {NULL};
  for (int s = 0; s < nsets; s++) {
    const BpPointSet *set = &b->model->set[s];
    const size_t n = (size_t)set->npoints * (size_t)set->nstate;
    trial[s] = BP_NEW(double, n + 1);
    begin[s] = BP_NEW(double, n + 1);
    memcpy(trial[s], set->state1, n * sizeof(double));
    memcpy(begin[s], set->state0, n * sizeof(double));
  }
  petsc_ok(bp_model_accept(b->model));
  for (int s = 0; s < nsets; s++) {
    const BpPointSet *set = &b->model->set[s];
    const size_t n = (size_t)set->npoints * (size_t)set->nstate;
    wrong += memcmp(trial[s], set->state0, n * sizeof(double)) != 0;
    wrong += memcmp(begin[s], set->earlier, n * sizeof(double)) != 0;
    free(trial[s]);
    free(begin[s]);
  }
  assert_false(bp_test_any(b->comm, wrong));
  assert_close(b->model->t0, 5.0, 0.0, 0.0);
  assert_close(b->model->T0, start - 5.0, 0.0, 0.0);
}

/* Tears only what lies at low x: the points of another rank have no reason to refuse. */
static void tear(const double x[3], const void *context, double value[3]) {
  (void)context;
  value[1] = value[2] = 0.0;
  value[0] = x[0] < -100e-6 ? 20.0 * x[2] : 0.0; /* a shear of 20 */
}

static void all_ranks_learn_of_a_refused_step(void **state) {
  BpTestBench *b = *state;
  BpStatus status;
  Vec u, r;
  BpTestState before = bp_test_state(b->model);
  petsc_ok(bp_model_start_step(b->model, 6.0, start - 6.0));
  petsc_ok(VecDuplicate(b->newton->u, &u));
  petsc_ok(VecDuplicate(b->newton->u, &r));
  bp_test_set_field(b, u, tear, NULL);
  petsc_ok(bp_model_residual(b->model, u, r, &status));
  assert_int_equal(status, BP_CUT);
  assert_true(b->model->dt_hint > 0.0);
  assert_true(b->model->dt_hint < b->model->t1 - b->model->t0);
  const double hint = bp_test_largest(b->comm, b->model->dt_hint);
  assert_false(bp_test_any(b->comm, b->model->dt_hint != hint));
  char *expected = bp_format(
      "solder: anand: more than 50 %% inelastic strain in one step; %.3g s would do", hint);
  assert_false(bp_test_any(b->comm, strcmp(b->model->why, expected) != 0));
  free(expected);
  assert_false(bp_test_any(b->comm, bp_test_state_differs(&before, b->model)));
  bp_test_state_free(&before);
  petsc_ok(VecDestroy(&u));
  petsc_ok(VecDestroy(&r));
}

/* A crept joint serves several tests; the last but one accepts its trial state. */
static int open_crept(void **state) {
  static BpTestBench b;
  open_joint(NULL, 0.02, &b);
  creep(&b, 0.0);
  *state = &b;
  return 0;
}

static int close_crept(void **state) {
  bp_test_close(*state);
  return 0;
}

/* 1 if a warning has this text. */
static int is_warned(const BpProblems *problems, const char *text) {
  for (int i = 0; i < problems->count; i++)
    if (problems->item[i].code == BP_EXIT_OK && strstr(problems->item[i].text, text))
      return 1;
  return 0;
}

/* All of a card, or some of its numbers; the solder's are read. */
static void unverified_data_is_a_warning(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMaterials materials;
  BpCase *bp = bp_case_read(BP_SOURCE_DIR "/tests/support/default.yaml", NULL, 0, &problems);
  assert_non_null(bp);
  assert_int_equal(bp_materials_load(bp, &materials, &problems), BP_OK);
  assert_true(is_warned(&problems, "die: card 'silicon_hopcroft2010' holds unverified data: "
                                   "conductivity, heat_capacity"));
  assert_true(is_warned(&problems, "board: card 'fr4_generic' holds unverified data (trust mark "
                                   "M)"));
  assert_false(is_warned(&problems, "'sac305_anand_motalab2012' holds unverified data"));
  bp_materials_free(&materials);
  bp_case_free(bp);
  bp_problems_free(&problems);
}

/* Thermal strain counts from stress_free, so the card is used there too. */
static void stress_free_counts_as_use(void **state) {
  (void)state;
  static const char text[] =
      "dielectric1: card 'polyimide_generic' is used at 300 degC, outside its "
      "fitted range (-55 to 250 degC)";
  for (int hot = 0; hot < 2; hot++) {
    const char *const overrides[] = {"materials.dielectric1.card=polyimide_generic",
                                     hot ? "materials.dielectric1.stress_free=300 degC"
                                         : "materials.dielectric1.stress_free=100 degC",
                                     NULL};
    BpProblems problems = {0};
    BpMaterials materials;
    BpCase *bp = bp_test_case(overrides);
    assert_int_equal(bp_materials_load(bp, &materials, &problems), BP_OK);
    assert_int_equal(is_warned(&problems, text), hot);
    bp_materials_free(&materials);
    bp_case_free(bp);
    bp_problems_free(&problems);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tangent_by_blocks),
      cmocka_unit_test(tangent_by_rows),
      cmocka_unit_test(tangent_of_second_order_steps),
      cmocka_unit_test(coarse_matrix_is_galerkin),
      cmocka_unit_test(prolongation_keeps_linear_fields),
      cmocka_unit_test(shell_multiplies_as_the_matrix),
      cmocka_unit_test(sides_move_with_die_and_board),
      cmocka_unit_test(joins_without_stress),
      cmocka_unit_test(joins_linear_regions_without_stress),
      cmocka_unit_test(accepting_moves_the_trial_state),
      cmocka_unit_test(all_ranks_learn_of_a_refused_step),
      cmocka_unit_test(unverified_data_is_a_warning),
      cmocka_unit_test(stress_free_counts_as_use),
  };
  return BP_TEST_MAIN_WITH(argc, argv, "model", tests, open_crept, close_crept);
}
