#include "life_history.h"

#include <stdlib.h>
#include <string.h>

static double value_at(const BpResults *r, int row, int column) {
  return r->row[(size_t)row * (size_t)r->ncolumns + (size_t)column];
}

/* Last row of a cycle, -1 if there is none. */
static int last_row(const BpResults *r, int cycle_column, int cycle) {
  for (int i = r->nrows - 1; i >= 0; i--)
    if ((int)value_at(r, i, cycle_column) == cycle)
      return i;
  return -1;
}

static int column_of(const BpResults *r, const char *region, const char *what) {
  char *name = bp_format("%s.%s", region, what);
  const int column = bp_results_column(r, name);
  free(name);
  return column;
}

/* Growth of an accumulated column in a cycle, from the last row before it. */
static double growth(const BpResults *r, int column, int cycle) {
  const int cycles = bp_results_column(r, "cycle");
  const int last = cycles < 0 ? -1 : last_row(r, cycles, cycle);
  int first = last;
  while (first >= 0 && (int)value_at(r, first, cycles) == cycle)
    first--;
  return column < 0 || first < 0 ? (double)NAN
                                 : value_at(r, last, column) - value_at(r, first, column);
}

/* Thickness in "package.12.7um", m; 0 if the average is not one of that side. */
static double thickness_of(const BpResultsAverage *average, const char *side) {
  const size_t n = strlen(side);
  if (strcmp(average->kind, "layer") != 0 || strncmp(average->name, side, n) != 0 ||
      average->name[n] != '.')
    return 0.0;
  char *end;
  const double um = strtod(average->name + n + 1, &end);
  return strcmp(end, "um") == 0 ? 1e-6 * um : 0.0;
}

int bp_life_layers(const BpResults *r, const char *side, int cycle,
                   BpLifeLayer layer[BP_LIFE_LAYERS]) {
  int n = 0;
  for (int reported = 1; reported >= 0; reported--)
    for (int a = 0; a < r->naverages && n < BP_LIFE_LAYERS; a++) {
      const BpResultsAverage *average = &r->average[a];
      const double thickness = thickness_of(average, side);
      if (thickness <= 0.0 || average->reported != reported)
        continue;
      const double work = growth(r, column_of(r, average->name, "work"), cycle),
                   strain = growth(r, column_of(r, average->name, "strain"), cycle);
      if (!isnan(work) && !isnan(strain))
        layer[n++] = (BpLifeLayer){thickness, work, strain};
    }
  return n;
}

double bp_life_shear_range(const BpResults *r, int cycle) {
  const int cycles = bp_results_column(r, "cycle"), column = column_of(r, "solder", "shear_strain");
  double low = INFINITY, high = -INFINITY;
  for (int i = 0; i < r->nrows && cycles >= 0 && column >= 0; i++)
    if ((int)value_at(r, i, cycles) == cycle) {
      low = fmin(low, value_at(r, i, column));
      high = fmax(high, value_at(r, i, column));
    }
  return high > low ? high - low : (double)NAN;
}
