#include "page_impl.h"

#include <string.h>

int bp_history_column(const BpHistory *h, const char *name) {
  for (int i = 0; i < h->ncolumns; i++)
    if (strcmp(h->column[i], name) == 0)
      return i;
  return -1;
}

double bp_history_at(const BpHistory *h, int row, int column) {
  return h->row[(size_t)row * (size_t)h->ncolumns + (size_t)column];
}

int bp_history_last_cycle(const BpHistory *h, int range[2]) {
  const int cycles = bp_history_column(h, "cycle");
  if (cycles < 0 || h->nrows == 0)
    return 0;
  const int last = (int)bp_history_at(h, h->nrows - 1, cycles);
  range[0] = range[1] = h->nrows - 1;
  while (range[0] > 0 && (int)bp_history_at(h, range[0], cycles) == last)
    range[0]--;
  return last >= 1;
}

double bp_history_gain(const BpHistory *h, const char *name) {
  const int column = bp_history_column(h, name);
  int range[2];
  if (column < 0 || !bp_history_last_cycle(h, range))
    return NAN;
  return bp_history_at(h, range[1], column) - bp_history_at(h, range[0], column);
}
