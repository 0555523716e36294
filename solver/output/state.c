/* The last accepted state as the quantities see it. */
#include "output_impl.h"

#include "fe.h"

#include <stdlib.h>

/* The state at the quadrature points of one cell. */
typedef struct {
  double volume[BP_WEDGE_POINTS], stress[BP_WEDGE_POINTS][6], inelastic[BP_WEDGE_POINTS][6];
  double accumulated[BP_WEDGE_POINTS], work[BP_WEDGE_POINTS];
} CellState;

/* What the cells are computed from. Stiffness and thermal strain of the model's regions are those
 * of the last step tried, which need not be the last one accepted: `region` has its own. */
typedef struct {
  const BpOutput *output;
  const double *u, *u0; /* [3 nnodes] */
  BpRegionData region[BP_REGIONS];
} Source;

/* A cell whose law has a state: its points hold everything. */
static void copy_points(const BpPointSet *set, int place, CellState *state) {
  const size_t first = (size_t)place * BP_WEDGE_POINTS, n = (size_t)set->nstate;
  memcpy(state->stress, set->stress0 + 6 * first, sizeof state->stress);
  memcpy(state->work, set->work0 + first, sizeof state->work);
  for (size_t q = 0; q < BP_WEDGE_POINTS; q++) {
    const double *own = set->state0 + n * (first + q);
    state->volume[q] = set->gradient[first + q].volume;
    memcpy(state->inelastic[q], own + set->inelastic, sizeof state->inelastic[q]);
    state->accumulated[q] = own[set->accumulated];
  }
}

/* A cell whose law is linear: stress = C (strain since birth - thermal strain). */
static PetscErrorCode compute_linear(const Source *source, int cell, const BpRegionData *region,
                                     CellState *state) {
  const BpModel *model = source->output->model;
  const BpGrid *grid = model->grid;
  BpGradient gradient[BP_WEDGE_POINTS];
  double xyz[BP_WEDGE_NODES][3], u[3][BP_FE_PAD] = {{0}};
  for (int n = 0; n < BP_WEDGE_NODES; n++) {
    const size_t node = (size_t)grid->cell_node[cell][n];
    memcpy(xyz[n], grid->xyz[node], sizeof xyz[n]);
    for (size_t d = 0; d < 3; d++)
      u[d][n] = source->u[3 * node + d] - (region->joined ? source->u0[3 * node + d] : 0.0);
  }
  PetscCheck(bp_wedge_gradients((const double(*)[3])xyz, gradient) == BP_OK, PETSC_COMM_SELF,
             PETSC_ERR_PLIB, "cell %d is inverted", grid->cell_id[cell]);
  for (int q = 0; q < BP_WEDGE_POINTS; q++) {
    double strain[6];
    bp_fe_strain(&gradient[q], (const double(*)[BP_FE_PAD])u, strain);
    for (int i = 0; i < 6; i++)
      strain[i] -= region->thermal[i];
    state->volume[q] = gradient[q].volume;
    if (model->joined || !region->joined)
      bp_apply6(region->stiffness, strain, state->stress[q]);
  }
  return 0;
}

static PetscErrorCode evaluate_cell(const Source *source, int cell, double *const *value) {
  const BpOutput *output = source->output;
  const BpGrid *grid = output->model->grid;
  const int region = bp_region_find(grid->region[grid->cell_region[cell]]);
  CellState state = {0};
  if (output->cell_set[cell] >= 0)
    copy_points(&output->model->set[output->cell_set[cell]], output->cell_place[cell], &state);
  else
    PetscCall(compute_linear(source, cell, &source->region[region], &state));
  const BpView view = {.temperature = output->model->T0,
                       .region = region,
                       .volume = state.volume,
                       .stress = (const double(*)[6])state.stress,
                       .inelastic = (const double(*)[6])state.inelastic,
                       .accumulated = state.accumulated,
                       .work = state.work};
  for (int i = 0; i < output->nquantities; i++) {
    const BpQuantity *quantity = output->quantity[i];
    if (quantity->where == BP_IN_CELLS)
      quantity->eval(&view, value[i] + (size_t)cell * (size_t)quantity->ncomp);
  }
  return 0;
}

static void evaluate_node(const Source *source, int node, double *const *value) {
  const BpOutput *output = source->output;
  const BpView view = {.temperature = output->model->T0,
                       .displacement = source->u + 3 * (size_t)node};
  for (int i = 0; i < output->nquantities; i++) {
    const BpQuantity *quantity = output->quantity[i];
    if (quantity->where == BP_AT_POINTS)
      quantity->eval(&view, value[i] + (size_t)node * (size_t)quantity->ncomp);
  }
}

PetscErrorCode bp_output_evaluate(const BpOutput *output, const double *u, double *const *value) {
  const BpModel *model = output->model;
  Source source = {.output = output, .u = u};
  for (int i = 0; i < BP_REGIONS; i++) {
    source.region[i] = model->region[i];
    bp_region_set_temperature(&source.region[i], model->T0);
  }
  PetscCall(VecGetArrayRead(model->u0, &source.u0));
  for (int n = 0; n < model->grid->nnodes; n++)
    evaluate_node(&source, n, value);
  for (int c = 0; c < model->grid->ncells; c++)
    PetscCall(evaluate_cell(&source, c, value));
  PetscCall(VecRestoreArrayRead(model->u0, &source.u0));
  return 0;
}
