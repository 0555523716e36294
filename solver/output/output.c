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

static void add_fields(const BpOutput *output) {
  for (int i = 0; i < output->nquantities; i++) {
    const BpQuantity *quantity = output->quantity[i];
    BpResultsField field = {.place = place_of(quantity),
                            .columns = quantity->ncomp > 1 ? quantity->ncomp : 0,
                            .whole = quantity->regions,
                            .regions = quantity->regions};
    snprintf(field.name, sizeof field.name, "%s", quantity->name);
    snprintf(field.unit, sizeof field.unit, "%s", quantity->unit);
    snprintf(field.title, sizeof field.title, "%s", quantity->title);
    bp_results_add_field(output->results, &field);
  }
}

static void add_state_fields(const BpOutput *output) {
  static const char order[] = ": XX YY ZZ XY YZ XZ";
  for (int i = 0; i < output->nstates; i++) {
    const BpStateInfo *info = output->state[i].info;
    BpResultsField field = {.place = BP_OF_CELLS, .columns = info->size > 1 ? info->size : 0};
    snprintf(field.name, sizeof field.name, "%s", info->name);
    snprintf(field.unit, sizeof field.unit, "%s", info->unit);
    snprintf(field.title, sizeof field.title, "%s, mean over the cell%s", info->help,
             bp_state_is_tensor(info) ? order : "");
    bp_results_add_field(output->results, &field);
  }
}

/* Rows and steps of the results that the run goes on from. [rank 0] */
static void take_over(BpOutput *output, const BpOutputSpec *spec, BpStoreError *error) {
  char *path = bp_format("%s/results.h5", spec->dir);
  BpResults *earlier = bp_results_read(path, error);
  if (error->status == BP_OK)
    bp_results_take_over(output->results, earlier, (BpResultsExtent){spec->rows, spec->steps},
                         error);
  bp_results_free(&earlier);
  free(path);
}

static void begin(BpOutput *output, const BpMesh *mesh, const BpOutputSpec *spec,
                  BpStoreError *error) {
  BpResultsMesh written = {0};
  for (int i = 0; i < spec->nfacts && output->results->rank == 0; i++)
    bp_results_add_fact(output->results, spec->fact[i].name, spec->fact[i].value);
  add_fields(output);
  add_state_fields(output);
  bp_output_add_columns(output);
  if (output->results->rank == 0 && spec->rows > 0)
    take_over(output, spec, error);
  if (output->results->rank == 0)
    written = bp_output_mesh(output->model->bp, mesh);
  bp_results_begin(output->results, &written, error);
  bp_output_mesh_free(&written);
}

PetscErrorCode bp_output_create(const BpModel *model, const BpJoint *joint, const BpMesh *mesh,
                                const BpOutputSpec *spec, BpOutput **out, BpStoreError *error) {
  BpOutput *output = BP_NEW(BpOutput, 1);
  output->model = model;
  output->joint = joint;
  output->results = bp_results_new(model->grid->comm, spec->dir);
  output->results->compression = model->bp->output.compression;
  find_cells(output);
  bp_output_choose_quantities(output);
  bp_output_choose_states(output);
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

/* States of laws, [nstates] arrays of the rows of this rank. */
static PetscErrorCode collect_states(const BpOutput *output, void **data) {
  for (int i = 0; i < output->nstates; i++) {
    const BpStateField *field = &output->state[i];
    const int size = field->info->size;
    double *value = BP_NEW(double, (size_t)output->model->grid->ncells *(size_t)size);
    double *row = BP_NEW(double, (size_t)output->count[BP_OF_CELLS] * (size_t)size);
    bp_output_state_values(output, field, value);
    PetscCall(bp_output_spread(output, BP_OF_CELLS, size, value, row));
    free(value);
    data[i] = row;
  }
  return 0;
}

/* All fields, arrays of the rows of this rank. */
static PetscErrorCode collect(const BpOutput *output, const double *u, void **data) {
  const int n = output->nquantities;
  double **value = BP_NEW(double *, n);
  for (int i = 0; i < n; i++) {
    const BpGrid *grid = output->model->grid;
    const BpQuantity *quantity = output->quantity[i];
    const int count = quantity->where == BP_AT_POINTS ? grid->nnodes : grid->ncells;
    value[i] = BP_NEW(double, (size_t)count *(size_t)quantity->ncomp);
  }
  PetscCall(bp_output_evaluate(output, u, value));
  for (int i = 0; i < n; i++) {
    PetscCall(to_rows(output, output->quantity[i], value[i], &data[i]));
    free(value[i]);
  }
  free(value);
  return collect_states(output, data + n);
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

void bp_output_extent(const BpOutput *output, int *rows, int *steps) {
  const BpResultsExtent extent = bp_results_extent(output->results);
  *rows = extent.rows;
  *steps = extent.steps;
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
  bp_output_free_probes(output);
  free(output->quantity);
  free(output->state);
  free(output);
  *out = NULL;
  return 0;
}
