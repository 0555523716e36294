#include "output_impl.h"

#include <stdlib.h>

/* Which cells belong to the point sets. */
static void find_cells(BpOutput *output) {
  const BpModel *model = output->model;
  output->cell_set = BP_NEW(int, model->grid->ncells);
  output->cell_place = BP_NEW(int, model->grid->ncells);
  for (int c = 0; c < model->grid->ncells; c++)
    output->cell_set[c] = -1;
  for (int s = 0; s < model->nsets; s++)
    for (int c = 0; c < model->set[s].ncells; c++) {
      output->cell_set[model->set[s].cell[c]] = s;
      output->cell_place[model->set[s].cell[c]] = c;
    }
}

static int place_of(const BpQuantity *quantity) {
  return quantity->where == BP_AT_POINTS ? BP_OF_POINTS : BP_OF_CELLS;
}

static void add_fields(BpResults *results) {
  for (int i = 0; bp_quantities[i]; i++) {
    const BpQuantity *quantity = bp_quantities[i];
    BpResultsField field = {.place = place_of(quantity),
                            .columns = quantity->ncomp > 1 ? quantity->ncomp : 0,
                            .whole = quantity->regions,
                            .regions = quantity->regions};
    snprintf(field.name, sizeof field.name, "%s", quantity->name);
    snprintf(field.unit, sizeof field.unit, "%s", quantity->unit);
    snprintf(field.title, sizeof field.title, "%s", quantity->title);
    bp_results_add_field(results, &field);
  }
}

static void begin(BpOutput *output, const BpMesh *mesh, const BpOutputSpec *spec,
                  BpStoreError *error) {
  BpResultsMesh written = {0};
  for (int i = 0; i < spec->nfacts && output->results->rank == 0; i++)
    bp_results_add_fact(output->results, spec->fact[i].name, spec->fact[i].value);
  add_fields(output->results);
  bp_output_add_columns(output);
  if (output->results->rank == 0)
    written = bp_output_mesh(mesh);
  bp_results_begin(output->results, &written, error);
  bp_output_mesh_free(&written);
}

PetscErrorCode bp_output_create(const BpModel *model, const BpJoint *joint, const BpMesh *mesh,
                                const BpOutputSpec *spec, BpOutput **out, BpStoreError *error) {
  BpOutput *output = BP_NEW(BpOutput, 1);
  output->model = model;
  output->joint = joint;
  output->results = bp_results_new(model->grid->comm, spec->dir);
  find_cells(output);
  PetscCall(bp_output_shear_create(output));
  PetscCall(bp_output_spread_create(output));
  begin(output, mesh, spec, error);
  *out = output;
  return 0;
}

PetscErrorCode bp_output_history(BpOutput *output, const BpHistoryRow *row, BpStoreError *error) {
  double *value;
  PetscCall(bp_output_row(output, row, &value));
  bp_results_add_row(output->results, value, error);
  free(value);
  return 0;
}

/* Values of a quantity for the rows of this rank, to be freed with free(). */
static PetscErrorCode to_rows(const BpOutput *output, const BpQuantity *quantity,
                              const double *from, void **to) {
  const int place = place_of(quantity);
  const size_t n = (size_t)output->count[place] * (size_t)quantity->ncomp;
  double *row = BP_NEW(double, n);
  PetscCall(bp_output_spread(output, place, quantity->ncomp, from, row));
  *to = row;
  if (quantity->regions) {
    int32_t *number = BP_NEW(int32_t, n);
    for (size_t i = 0; i < n; i++)
      number[i] = (int32_t)row[i];
    free(row);
    *to = number;
  }
  return 0;
}

/* All quantities, [nfields] arrays of the rows of this rank. */
static PetscErrorCode collect(const BpOutput *output, const double *u, void **data) {
  const int n = output->results->nfields;
  double **value = BP_NEW(double *, n);
  for (int i = 0; i < n; i++) {
    const BpGrid *grid = output->model->grid;
    const int count = bp_quantities[i]->where == BP_AT_POINTS ? grid->nnodes : grid->ncells;
    value[i] = BP_NEW(double, (size_t)count *(size_t)bp_quantities[i]->ncomp);
  }
  PetscCall(bp_output_evaluate(output, u, value));
  for (int i = 0; i < n; i++) {
    PetscCall(to_rows(output, bp_quantities[i], value[i], &data[i]));
    free(value[i]);
  }
  free(value);
  return 0;
}

PetscErrorCode bp_output_fields(BpOutput *output, Vec u, double time, const char *title,
                                BpStoreError *error) {
  const int n = output->results->nfields;
  DM dm = output->model->grid->dm;
  void **data = BP_NEW(void *, n);
  BpResultsFields fields = {.step = {.time = time, .temperature = output->model->T0},
                            .data = (const void *const *)data};
  const double *value;
  Vec local;
  PetscCall(DMGetLocalVector(dm, &local));
  PetscCall(DMGlobalToLocal(dm, u, INSERT_VALUES, local));
  PetscCall(VecGetArrayRead(local, &value));
  PetscCall(collect(output, value, data));
  PetscCall(VecRestoreArrayRead(local, &value));
  PetscCall(DMRestoreLocalVector(dm, &local));
  snprintf(fields.step.title, sizeof fields.step.title, "%s", title);
  for (int place = 0; place < BP_PLACES; place++) {
    fields.first[place] = output->first[place];
    fields.count[place] = output->count[place];
  }
  bp_results_add_step(output->results, &fields, error);
  for (int i = 0; i < n; i++)
    free(data[i]);
  free(data);
  return 0;
}

PetscErrorCode bp_output_close(BpOutput **out, BpStoreError *error) {
  BpOutput *output = *out;
  if (!output)
    return 0;
  bp_results_end(output->results, error);
  PetscCall(bp_output_spread_destroy(output));
  bp_output_shear_free(output);
  bp_results_free(&output->results);
  free(output->cell_set);
  free(output->cell_place);
  free(output);
  *out = NULL;
  return 0;
}
