#include "point_rows.h"

#include "point_path.h"

#include <stdlib.h>

/* ---- names */

/* "Pa" -> "_Pa", "J/m3" -> "_J_per_m3"; nothing for a pure number and for what is no unit. */
static char *unit_ending(const char *unit) {
  if (strcmp(unit, "1") == 0 || strchr(unit, ' '))
    return bp_copy_text("");
  const char *slash = strchr(unit, '/');
  return slash ? bp_format("_%.*s_per_%s", (int)(slash - unit), unit, slash + 1)
               : bp_format("_%s", unit);
}

static void add_column(BpPointRows *rows, char *name) {
  BP_GROW(rows->column, rows->ncolumns + 1);
  rows->column[rows->ncolumns++] = name;
}

static void add_state_columns(BpPointRows *rows, const BpStateInfo *state) {
  char *unit = unit_ending(state->unit);
  for (int c = 0; c < state->size; c++)
    if (bp_state_is_tensor(state))
      add_column(rows, bp_format("%s_%s", state->name, bp_point_component[c]));
    else if (state->size > 1)
      add_column(rows, bp_format("%s_%d%s", state->name, c + 1, unit));
    else
      add_column(rows, bp_format("%s%s", state->name, unit));
  free(unit);
}

void bp_point_rows_begin(BpPointRows *rows) {
  static const char *const first[BP_COLUMN_STATES] = {[BP_COLUMN_TIME] = "time_s",
                                                      [BP_COLUMN_TEMPERATURE] = "temperature_K",
                                                      [BP_COLUMN_STRAIN] = "strain",
                                                      [BP_COLUMN_STRESS] = "stress_Pa",
                                                      [BP_COLUMN_INELASTIC] = "inelastic_strain",
                                                      [BP_COLUMN_WORK] = "work_J_per_m3"};
  const BpLaw *law = bp_material_law(rows->material);
  for (int i = 0; i < BP_COLUMN_STATES; i++)
    add_column(rows, bp_copy_text(first[i]));
  for (int i = 0; i < law->nstate; i++)
    add_state_columns(rows, &law->state[i]);
  for (int c = 0; rows->tensors && c < 6; c++)
    add_column(rows, bp_format("strain_%s", bp_point_component[c]));
  for (int c = 0; rows->tensors && c < 6; c++)
    add_column(rows, bp_format("stress_%s_Pa", bp_point_component[c]));
}

void bp_point_rows_free(BpPointRows *rows) {
  for (int i = 0; i < rows->ncolumns; i++)
    free(rows->column[i]);
  free(rows->column);
  free(rows->value);
  *rows = (BpPointRows){0};
}

/* ---- values */

static double tensor_component(const double mandel[6], int c) {
  return c < 3 ? mandel[c] : mandel[c] / BP_SQRT2;
}

/* What strains contain of thermal expansion. */
static double thermal_component(const BpPointRows *rows, double temperature, int c) {
  double thermal[6] = {0};
  if (rows->total)
    bp_material_thermal_strain(rows->material, rows->start, temperature, thermal);
  return tensor_component(thermal, c);
}

/* Strain as the path prescribes it. */
static double strain_component(const BpPointRows *rows, const BpPointRecord *record, int c) {
  return tensor_component(record->strain, c) + thermal_component(rows, record->temperature, c);
}

static double *put_states(const BpLaw *law, const double *state, double *to) {
  for (int i = 0; i < law->nstate; i++) {
    for (int c = 0; c < law->state[i].size; c++)
      *to++ = bp_state_is_tensor(&law->state[i]) ? tensor_component(state, c) : state[c];
    state += law->state[i].size;
  }
  return to;
}

void bp_point_rows_add(const BpPointRecord *record, void *context) {
  BpPointRows *rows = context;
  const BpLaw *law = bp_material_law(rows->material);
  const int c = rows->component, inelastic = bp_law_state_offset(law, BP_STATE_INELASTIC);
  if (rows->count == rows->space) {
    rows->space = rows->space > 0 ? 2 * rows->space : 256;
    rows->value =
        bp_resize(rows->value, (size_t)rows->space * (size_t)rows->ncolumns, sizeof rows->value[0]);
  }
  double *row = rows->value + (size_t)rows->count++ * (size_t)rows->ncolumns;
  row[BP_COLUMN_TIME] = record->time;
  row[BP_COLUMN_TEMPERATURE] = record->temperature;
  row[BP_COLUMN_STRAIN] = strain_component(rows, record, c);
  row[BP_COLUMN_STRESS] = tensor_component(record->stress, c);
  /* a law without it is elastic */
  row[BP_COLUMN_INELASTIC] = inelastic < 0 ? 0.0 : tensor_component(record->state + inelastic, c);
  row[BP_COLUMN_WORK] = record->work;
  double *to = put_states(law, record->state, row + BP_COLUMN_STATES);
  for (int k = 0; rows->tensors && k < 6; k++) {
    to[k] = strain_component(rows, record, k);
    to[6 + k] = tensor_component(record->stress, k);
  }
}

double bp_point_rows_at(const BpPointRows *rows, int row, int column) {
  const int i = row < 0 ? rows->count + row : row;
  return rows->value[(size_t)i * (size_t)rows->ncolumns + (size_t)column];
}

double bp_point_rows_mechanical(const BpPointRows *rows, int row) {
  return bp_point_rows_at(rows, row, BP_COLUMN_STRAIN) -
         thermal_component(rows, bp_point_rows_at(rows, row, BP_COLUMN_TEMPERATURE),
                           rows->component);
}

void bp_point_rows_range(const BpPointRows *rows, int column, double range[2]) {
  range[0] = range[1] = bp_point_rows_at(rows, 0, column);
  for (int i = 1; i < rows->count; i++) {
    const double x = bp_point_rows_at(rows, i, column);
    range[0] = fmin(range[0], x);
    range[1] = fmax(range[1], x);
  }
}

char *bp_point_rows_csv(const BpPointRows *rows) {
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  if (!out)
    abort(); /* out of memory */
  for (int c = 0; c < rows->ncolumns; c++)
    fprintf(out, "%s%s", c > 0 ? "," : "", rows->column[c]);
  fputc('\n', out);
  for (int i = 0; i < rows->count; i++)
    for (int c = 0; c < rows->ncolumns; c++)
      fprintf(out, "%.12g%c", bp_point_rows_at(rows, i, c), c + 1 < rows->ncolumns ? ',' : '\n');
  if (fclose(out) != 0)
    abort(); /* out of memory */
  return text;
}
