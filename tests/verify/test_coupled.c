/* Mechanics at the temperatures of heat conduction: a body between two temperatures expands without
 * stress, because a linear temperature is compatible. Expected: the closed form, which elements of
 * second order hold exactly; tolerance 1e-8: heat stops at 1e-9 of what moves. */
#include "bench.h"
#include "user_block.h"

#include "heat.h"

#include <stdlib.h>

static const double size[3] = {2e-3, 1e-3, 3e-3};
static const double alpha = 19.0e-6, rise = 100.0; /* 1/K of the card; K from z0 to z1 */

/* A law that is linear and one that is not; alpha is that of both. */
static const char *const card[2] = {"cu3sn_elastic_fields",
                                    BP_SOURCE_DIR "/tests/verify/cards/plastic_softening.yaml"};

static BpCase *read_case(int of) {
  BpProblems problems = {0};
  char *text =
      bp_format("model:\n  kind: mesh\n  file: block.msh\n  materials: {body: %s}\n"
                "  boundary:\n"
                "    - {on: z0, temperature: 20 degC}\n    - {on: z1, temperature: 120 degC}\n"
                "    - {on: x0, symmetry: yes}\n    - {on: y0, symmetry: yes}\n"
                "    - {on: origin, fixed: [uz]}\n"
                "load: {start: 20 degC, heat: {solve: coupled}}\n",
                card[of]);
  BpCase *bp = bp_case_read_text("block.yaml", text, NULL, 0, &problems);
  free(text);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_non_null(bp);
  return bp;
}

/* Displacement of a body whose strain is alpha rise z/L in every direction. */
static void displacement(const double x[3], double u[3]) {
  const double slope = alpha * rise / size[2];
  u[0] = slope * x[0] * x[2];
  u[1] = slope * x[1] * x[2];
  u[2] = 0.5 * slope * (x[2] * x[2] - x[0] * x[0] - x[1] * x[1]);
}

static double error_of(const BpTestBench *b) {
  double mine = 0.0;
  const double *value;
  Vec local;
  petsc_ok(DMGetLocalVector(b->grid->dm, &local));
  petsc_ok(DMGlobalToLocal(b->grid->dm, b->newton->u, INSERT_VALUES, local));
  petsc_ok(VecGetArrayRead(local, &value));
  for (int n = 0; n < b->grid->nnodes; n++) {
    double u[3];
    displacement(b->grid->xyz[n], u);
    for (int d = 0; d < 3; d++)
      mine = fmax(mine, fabs(value[3 * n + d] - u[d]));
  }
  petsc_ok(VecRestoreArrayRead(local, &value));
  petsc_ok(DMRestoreLocalVector(b->grid->dm, &local));
  return bp_test_largest(b->comm, mine) / (alpha * rise * size[2]);
}

/* A block with its heat at the end of 100 s, which is long enough for the steady state. */
static BpHeat *warm(BpCellType type, int of, BpTestBench *b) {
  BpStatus status;
  BpHeatLoad load;
  BpHeat *heat;
  double mean;
  bp_test_open_world(read_case(of), bp_test_user_block(type, 2, size, 0.0, 0), b);
  bp_heat_load_of_mesh(b->bp, &load);
  petsc_ok(bp_heat_create(b->bp, b->materials.material, b->grid, &load, &heat));
  b->model->heat = heat;
  petsc_ok(bp_heat_advance(heat, 100.0, &status));
  assert_int_equal(status, BP_OK);
  petsc_ok(bp_heat_means(heat, &mean));
  assert_close(mean, 293.15 + 0.5 * rise, 1e-9, 0.0);
  petsc_ok(bp_model_start_step(b->model, 100.0, b->bp->load.start));
  petsc_ok(VecSet(b->newton->u, 0.0));
  return heat;
}

static void expands_without_stress(void **state) {
  (void)state;
  static const BpCellType type[] = {BP_CELL_TET10, BP_CELL_WEDGE15, BP_CELL_HEX20};
  for (int i = 0; i < 2 * BP_COUNT(type); i++) {
    BpTestBench b;
    BpStatus status;
    BpHeat *heat = warm(type[i / 2], i % 2, &b);
    assert_int_equal(b.model->nsets, i % 2);
    petsc_ok(bp_newton_solve(b.newton, &status));
    assert_int_equal(status, BP_OK);
    const double error = error_of(&b);
    if (b.rank == 0)
      print_message("%s: %.1e\n", bp_cell_info(type[i / 2])->name, error);
    assert_close(error, 0.0, 0.0, 1e-8);
    petsc_ok(bp_heat_destroy(&heat));
    bp_test_close(&b);
  }
}

/* Largest difference of the stress of this rank's points from a pressure that is known. */
static double pressure_error(const BpTestBench *b, double largest) {
  const BpPointSet *set = &b->model->set[0];
  double error = 0.0;
  for (int c = 0; c < set->ncells; c++) {
    double x[BP_FE_MAX_POINTS][3];
    bp_test_point_positions(b->grid, set->cell[c], x);
    for (int q = 0; q < set->element[c]->npoints; q++) {
      const double up = x[q][2] / size[2], E = 100e9 - 40e9 * up;
      const double *stress = set->stress1 + 6 * (size_t)(set->first[c] + q);
      for (int k = 0; k < 6; k++)
        error = fmax(error, fabs(stress[k] + (k < 3 ? E / 0.4 * alpha * rise * up : 0.0)));
    }
  }
  return error / largest;
}

/* Held everywhere, each point bears E/(1 - 2 nu) alpha (T - T0) with the modulus at its own
 * temperature, which falls from 100 to 60 GPa over the body. */
static void constants_at_the_points_own_temperature(void **state) {
  (void)state;
  BpTestBench b;
  BpStatus status;
  BpHeat *heat = warm(BP_CELL_WEDGE15, 1, &b);
  Vec r;
  petsc_ok(VecDuplicate(b.newton->u, &r));
  petsc_ok(bp_model_residual(b.model, b.newton->u, r, &status));
  assert_int_equal(status, BP_OK);
  const double error = bp_test_largest(b.comm, pressure_error(&b, 60e9 / 0.4 * alpha * rise));
  assert_close(error, 0.0, 0.0, 1e-8);
  petsc_ok(VecDestroy(&r));
  petsc_ok(bp_heat_destroy(&heat));
  bp_test_close(&b);
}

/* Going back is as if nothing had happened, bit for bit; so is a state that another process kept.
 */
static void goes_back(void **state) {
  (void)state;
  BpTestBench b;
  BpStatus status;
  BpHeatLoad load;
  BpHeat *heat;
  double number[BP_HEAT_NUMBERS];
  bp_test_open_world(read_case(0), bp_test_user_block(BP_CELL_HEX20, 2, size, 0.1, 0), &b);
  bp_heat_load_of_mesh(b.bp, &load);
  petsc_ok(bp_heat_create(b.bp, b.materials.material, b.grid, &load, &heat));
  petsc_ok(bp_heat_advance(heat, 0.1, &status));
  petsc_ok(bp_heat_keep(heat));
  double *kept = BP_NEW(double, b.grid->nowned), *first = BP_NEW(double, b.grid->nnodes);
  petsc_ok(bp_heat_get_state(heat, number, kept));
  petsc_ok(bp_heat_advance(heat, 0.5, &status));
  for (int n = 0; n < b.grid->nnodes; n++)
    first[n] = bp_heat_temperature(heat)[n];
  for (int again = 0; again < 2; again++) {
    petsc_ok(again ? bp_heat_set_state(heat, number, kept) : bp_heat_go_back(heat));
    assert_close(bp_heat_time(heat), 0.1, 0.0, 0.0);
    petsc_ok(bp_heat_advance(heat, 0.5, &status));
    int differ = 0;
    for (int n = 0; n < b.grid->nnodes; n++)
      differ += first[n] != bp_heat_temperature(heat)[n];
    assert_int_equal(bp_test_any(b.comm, differ > 0), 0);
  }
  free(kept);
  free(first);
  petsc_ok(bp_heat_destroy(&heat));
  bp_test_close(&b);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(expands_without_stress),
      cmocka_unit_test(constants_at_the_points_own_temperature),
      cmocka_unit_test(goes_back),
  };
  return BP_TEST_MAIN(argc, argv, "coupled", tests);
}
