/* The last accepted state as the quantities see it. */
#include "output_impl.h"

#include "fe.h"

#include <stdlib.h>

/* A cell whose law has a state: its points hold everything. */
static void copy_points(const BpPointSet *set, int place, BpCellState *state) {
  const size_t first = (size_t)set->first[place], n = (size_t)set->nstate;
  state->npoints = set->element[place]->npoints;
  const size_t npoints = (size_t)state->npoints;
  memcpy(state->stress, set->stress0 + 6 * first, npoints * sizeof state->stress[0]);
  memcpy(state->work, set->work0 + first, npoints * sizeof state->work[0]);
  memcpy(state->volume, set->volume + first, npoints * sizeof state->volume[0]);
  for (size_t q = 0; q < npoints; q++) {
    const double *own = set->state0 + n * (first + q);
    memcpy(state->inelastic[q], own + set->inelastic, sizeof state->inelastic[q]);
    state->accumulated[q] = own[set->accumulated];
  }
}

PetscErrorCode bp_output_cell_state(const BpStateSource *source, int cell, BpCellState *state) {
  const BpOutput *output = source->output;
  *state = (BpCellState){0};
  if (output->cell_set[cell] < 0) {
    state->npoints = bp_element((BpCellType)output->model->grid->cell_type[cell])->npoints;
    return bp_cell_stress(output->model, &source->stress, cell, state->volume, state->stress);
  }
  copy_points(&output->model->set[output->cell_set[cell]], output->cell_place[cell], state);
  return 0;
}

static PetscErrorCode evaluate_cell(const BpStateSource *source, int cell, double *const *value) {
  const BpOutput *output = source->output;
  const int region = bp_cell_region(output->model, cell);
  BpCellState state;
  PetscCall(bp_output_cell_state(source, cell, &state));
  const BpView view = {.temperature = output->model->T0,
                       .region = region,
                       .npoints = state.npoints,
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

static void evaluate_node(const BpStateSource *source, int node, double *const *value) {
  const BpOutput *output = source->output;
  double u[3];
  bp_grid_displacement(output->model->grid, source->stress.u + 3 * (size_t)node, u);
  const BpHeat *heat = output->model->heat;
  const double T = heat ? bp_heat_kept_temperature(heat)[node] : output->model->T0;
  const BpView view = {.temperature = T, .displacement = u};
  for (int i = 0; i < output->nquantities; i++) {
    const BpQuantity *quantity = output->quantity[i];
    if (quantity->where == BP_AT_POINTS)
      quantity->eval(&view, value[i] + (size_t)node * (size_t)quantity->ncomp);
  }
}

PetscErrorCode bp_output_evaluate(const BpOutput *output, const double *u, double *const *value) {
  const BpModel *model = output->model;
  BpStateSource source = {.output = output};
  PetscCall(bp_stress_source(model, u, &source.stress));
  for (int n = 0; n < model->grid->nnodes; n++)
    evaluate_node(&source, n, value);
  for (int c = 0; c < model->grid->ncells; c++)
    PetscCall(evaluate_cell(&source, c, value));
  PetscCall(bp_stress_source_end(model, &source.stress));
  return 0;
}
