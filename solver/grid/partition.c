#include "grid.h"

#include <stdlib.h>

typedef struct {
  const double (*center)[2], *weight; /* [ncells] */
  int *rank;                          /* [ncells] out */
} Cells;

typedef struct {
  double key;
  int cell;
} Item;

static int by_key(const void *a, const void *b) {
  const Item *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->cell - y->cell;
}

static void extent(const Item *item, int n, const double (*center)[2], double size[2]) {
  for (int d = 0; d < 2; d++) {
    double low = center[item[0].cell][d], high = low;
    for (int i = 1; i < n; i++) {
      low = fmin(low, center[item[i].cell][d]);
      high = fmax(high, center[item[i].cell][d]);
    }
    size[d] = high - low;
  }
}

/* Spreads the n cells of `item` over nranks ranks from `first` on. */
static void bisect(const Cells *cells, Item *item, int n, int first, int nranks) {
  const double *weight = cells->weight;
  if (nranks == 1 || n == 0) {
    for (int i = 0; i < n; i++)
      cells->rank[item[i].cell] = first;
    return;
  }
  double size[2], total = 0.0, sum = 0.0;
  extent(item, n, cells->center, size);
  const int along = size[1] > size[0];
  for (int i = 0; i < n; i++) {
    /* to a nanometre, so that the cells of a column stay together */
    item[i].key = floor(cells->center[item[i].cell][along] * 1e9 + 0.5);
    total += weight[item[i].cell];
  }
  qsort(item, (size_t)n, sizeof item[0], by_key);
  const int half = nranks / 2;
  int split = 0;
  while (split < n && sum + 0.5 * weight[item[split].cell] < total * half / nranks)
    sum += weight[item[split++].cell];
  while (split > 0 && split < n && item[split].key == item[split - 1].key)
    split++;
  bisect(cells, item, split, first, half);
  bisect(cells, item + split, n - split, first + half, nranks - half);
}

void bp_partition(int ncells, const double (*center)[2], const double *weight, int nranks,
                  int *rank) {
  Item *item = BP_NEW(Item, ncells);
  for (int i = 0; i < ncells; i++)
    item[i].cell = i;
  const Cells cells = {.center = center, .weight = weight, .rank = rank};
  bisect(&cells, item, ncells, 0, nranks);
  free(item);
}
