#include "fields.h"

#include "fe.h"

#include <stdlib.h>

BpTestLinear bp_test_random_linear(double size) {
  BpTestLinear linear = {.b = {0}};
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      linear.A[i][j] = bp_random(-size, size);
  return linear;
}

void bp_test_strain_of(const BpTestLinear *linear, double strain[6]) {
  bp_mandel(linear->A, strain); /* takes the symmetric part */
}

void bp_test_linear_at(const double x[3], const void *context, double u[3]) {
  const BpTestLinear *linear = context;
  for (int i = 0; i < 3; i++)
    u[i] = linear->b[i] + linear->A[i][0] * x[0] + linear->A[i][1] * x[1] + linear->A[i][2] * x[2];
}

unsigned bp_test_fix_hull(const double x[3], int node, const BpTestBench *b, const void *context,
                          double value[3]) {
  bp_test_linear_at(x, context, value);
  return b->grid->node_sets[node] & (1u << bp_grid_set(b->grid, "hull")) ? 7u : 0u;
}

unsigned bp_test_fix_nothing(const double x[3], int node, const BpTestBench *b, const void *context,
                             double value[3]) {
  (void)x;
  (void)node;
  (void)b;
  (void)context;
  (void)value;
  return 0u;
}

/* Displacement of this rank's nodes, ghosts too: [3 nnodes], free with free(). */
static double *local_displacement(const BpTestBench *b, Vec u) {
  const double *value;
  Vec local;
  double *copy = BP_NEW(double, 3 * (size_t)b->grid->nnodes);
  petsc_ok(DMGetLocalVector(b->grid->dm, &local));
  petsc_ok(DMGlobalToLocal(b->grid->dm, u, INSERT_VALUES, local));
  petsc_ok(VecGetArrayRead(local, &value));
  for (size_t n = 0; n < (size_t)b->grid->nnodes; n++)
    bp_grid_displacement(b->grid, value + 3 * n, copy + 3 * n);
  petsc_ok(VecRestoreArrayRead(local, &value));
  petsc_ok(DMRestoreLocalVector(b->grid->dm, &local));
  return copy;
}

double bp_test_distance_from(const BpTestBench *b, Vec u, const BpTestLinear *linear) {
  double largest = 0.0, *value = local_displacement(b, u);
  for (int n = 0; n < b->grid->nnodes; n++) {
    double expected[3];
    bp_test_linear_at(b->grid->xyz[n], linear, expected);
    for (int d = 0; d < 3; d++) {
      const double error = fabs(value[3 * n + d] - expected[d]);
      largest = error > largest || isnan(error) ? error : largest;
    }
  }
  free(value);
  return bp_test_largest(b->comm, largest);
}

static double difference(const double *stress, const double expected[6], double largest) {
  for (int i = 0; i < 6; i++) {
    const double error = fabs(stress[i] - expected[i]);
    largest = error > largest || isnan(error) ? error : largest;
  }
  return largest;
}

/* Stress of a cell of a linear region, from the definition: C (strain(u) - thermal strain). */
static double linear_error(const BpTestBench *b, int cell, const double *u,
                           const double expected[6], double largest) {
  const BpRegionData *region = &b->model->region[bp_cell_region(b->model, cell)];
  const BpElement *element = bp_element((BpCellType)b->grid->cell_type[cell]);
  const int *nodes = bp_grid_nodes(b->grid, cell);
  double xyz[BP_FE_MAX_NODES][3], cell_u[3 * BP_FE_MAX_PAD] = {0}, volume[BP_FE_MAX_POINTS],
                                             gradient[BP_FE_MAX_GRADIENTS],
                                             strain[6 * BP_FE_MAX_POINTS];
  for (int n = 0; n < element->nnodes; n++)
    for (int d = 0; d < 3; d++) {
      xyz[n][d] = b->grid->xyz[nodes[n]][d];
      cell_u[d * element->pad + n] = u[3 * nodes[n] + d];
    }
  if (element->gradients((const double(*)[3])xyz, gradient, volume) != BP_OK)
    return INFINITY;
  element->strains(gradient, volume, cell_u, strain);
  for (int q = 0; q < element->npoints; q++) {
    double stress[6];
    for (int i = 0; i < 6; i++)
      strain[6 * q + i] -= region->thermal[i];
    bp_apply6(region->stiffness, strain + 6 * q, stress);
    largest = difference(stress, expected, largest);
  }
  return largest;
}

double bp_test_stress_error(const BpTestBench *b, Vec u, const double expected[6]) {
  double largest = 0.0, *value = local_displacement(b, u);
  for (int s = 0; s < b->model->nsets; s++) {
    const BpPointSet *set = &b->model->set[s];
    for (size_t p = 0; p < (size_t)set->npoints; p++)
      largest = difference(set->stress1 + 6 * p, expected, largest);
  }
  for (int c = 0; c < b->grid->ncells; c++) {
    const int region = bp_cell_region(b->model, c);
    if (bp_material_law(b->model->region[region].material)->linear)
      largest = linear_error(b, c, value, expected, largest);
  }
  free(value);
  return bp_test_largest(b->comm, largest);
}

enum { MAX_OVERRIDES = 64 };

BpCase *bp_test_case_of(const char *card, const char *const *overrides) {
  const char *all[MAX_OVERRIDES + 1] = {NULL};
  char *made[BP_REGIONS];
  int n = 0;
  for (int i = 0; i < BP_REGIONS; i++)
    all[n++] = made[i] = bp_format("materials.%s.card=%s", bp_region_name(i), card);
  for (int i = 0; overrides && overrides[i]; i++) {
    assert_true(n < MAX_OVERRIDES);
    all[n++] = overrides[i];
  }
  BpCase *bp = bp_test_case(all);
  for (int i = 0; i < BP_REGIONS; i++)
    free(made[i]);
  return bp;
}

void bp_test_absolute_tolerance(const BpTestBench *b, double force) {
  petsc_ok(
      SNESSetTolerances(b->newton->snes, force, 0.0, 0.0, b->bp->solver.newton_iterations, 1000));
}

void bp_test_accept_field(const BpTestBench *b, const BpTestLinear *field, double t1, double T1) {
  BpStatus status;
  Vec r;
  petsc_ok(bp_model_start_step(b->model, t1, T1));
  bp_test_set_field(b, b->newton->u, bp_test_linear_at, field);
  petsc_ok(VecDuplicate(b->newton->u, &r));
  petsc_ok(bp_model_residual(b->model, b->newton->u, r, &status));
  petsc_ok(VecDestroy(&r));
  assert_int_equal(status, BP_OK);
  if (b->model->joined)
    petsc_ok(bp_model_accept(b->model));
  else
    petsc_ok(bp_model_join(b->model, b->newton->u));
}

void bp_test_solve_step(const BpTestBench *b, double t1, double T1, double ratio) {
  BpStatus status;
  b->model->ratio = ratio;
  petsc_ok(bp_model_start_step(b->model, t1, T1));
  petsc_ok(bp_newton_solve(b->newton, &status));
  if (status != BP_OK)
    print_error("step to %g s: %s\n", t1, b->newton->reason);
  assert_int_equal(status, BP_OK);
}

static void add_bytes(BpTestState *state, const void *from, size_t size) {
  state->byte = bp_resize(state->byte, state->size + size, 1);
  memcpy(state->byte + state->size, from, size);
  state->size += size;
}

BpTestState bp_test_state(const BpModel *model) {
  BpTestState state = {0};
  for (int s = 0; s < model->nsets; s++) {
    const BpPointSet *set = &model->set[s];
    const size_t n = (size_t)set->npoints, of_state = n * (size_t)set->nstate;
    add_bytes(&state, set->strain0, 6 * n * sizeof(double));
    add_bytes(&state, set->stress0, 6 * n * sizeof(double));
    add_bytes(&state, set->state0, of_state * sizeof(double));
    add_bytes(&state, set->earlier, of_state * sizeof(double));
    add_bytes(&state, set->work0, n * sizeof(double));
    add_bytes(&state, set->reference, 6 * n * sizeof(double));
  }
  add_bytes(&state, (double[2]){model->t0, model->T0}, 2 * sizeof(double));
  return state;
}

int bp_test_state_differs(const BpTestState *state, const BpModel *model) {
  BpTestState now = bp_test_state(model);
  const int differs = now.size != state->size || memcmp(now.byte, state->byte, now.size) != 0;
  bp_test_state_free(&now);
  return differs;
}

void bp_test_state_free(BpTestState *state) {
  free(state->byte);
  *state = (BpTestState){0};
}
