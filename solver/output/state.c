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

/* A cell whose law is linear: stress = C (strain since birth - thermal strain). */
static PetscErrorCode compute_linear(const BpStateSource *source, int cell,
                                     const BpRegionData *region, BpCellState *state) {
  const BpModel *model = source->output->model;
  const BpGrid *grid = model->grid;
  const BpElement *element = bp_element((BpCellType)grid->cell_type[cell]);
  const int *nodes = bp_grid_nodes(grid, cell), pad = element->pad;
  double xyz[BP_FE_MAX_NODES][3], u[3 * BP_FE_MAX_PAD] = {0}, gradient[BP_FE_MAX_GRADIENTS],
                                        strain[6 * BP_FE_MAX_POINTS];
  for (int n = 0; n < element->nnodes; n++) {
    const size_t node = (size_t)nodes[n];
    memcpy(xyz[n], grid->xyz[node], sizeof xyz[n]);
    for (int d = 0; d < 3; d++)
      u[d * pad + n] = source->u[3 * node + (size_t)d] -
                       (region->joined ? source->u0[3 * node + (size_t)d] : 0.0);
  }
  PetscCheck(element->gradients((const double(*)[3])xyz, gradient, state->volume) == BP_OK,
             PETSC_COMM_SELF, PETSC_ERR_PLIB, "cell %d is inverted", grid->cell_id[cell]);
  state->npoints = element->npoints;
  element->strains(gradient, state->volume, u, strain);
  for (int q = 0; q < element->npoints; q++) {
    for (int i = 0; i < 6; i++)
      strain[6 * q + i] -= region->thermal[i];
    if (model->joined || !region->joined)
      bp_apply6(region->stiffness, strain + 6 * q, state->stress[q]);
  }
  return 0;
}

PetscErrorCode bp_output_cell_state(const BpStateSource *source, int cell, BpCellState *state) {
  const BpOutput *output = source->output;
  *state = (BpCellState){0};
  if (output->cell_set[cell] < 0)
    return compute_linear(source, cell, &source->region[bp_cell_region(output->model, cell)],
                          state);
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
  bp_grid_displacement(output->model->grid, source->u + 3 * (size_t)node, u);
  const BpView view = {.temperature = output->model->T0, .displacement = u};
  for (int i = 0; i < output->nquantities; i++) {
    const BpQuantity *quantity = output->quantity[i];
    if (quantity->where == BP_AT_POINTS)
      quantity->eval(&view, value[i] + (size_t)node * (size_t)quantity->ncomp);
  }
}

PetscErrorCode bp_output_source(const BpOutput *output, const double *u, BpStateSource *source) {
  const BpModel *model = output->model;
  *source = (BpStateSource){.output = output, .u = u};
  for (int i = 0; i < model->nregions; i++) {
    source->region[i] = model->region[i];
    bp_region_set_temperature(&source->region[i], model->T0);
  }
  PetscCall(VecGetArrayRead(model->u0, &source->u0));
  return 0;
}

PetscErrorCode bp_output_evaluate(const BpOutput *output, const double *u, double *const *value) {
  const BpModel *model = output->model;
  BpStateSource source;
  PetscCall(bp_output_source(output, u, &source));
  for (int n = 0; n < model->grid->nnodes; n++)
    evaluate_node(&source, n, value);
  for (int c = 0; c < model->grid->ncells; c++)
    PetscCall(evaluate_cell(&source, c, value));
  PetscCall(VecRestoreArrayRead(model->u0, &source.u0));
  return 0;
}
