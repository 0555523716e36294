#include "grid.h"

#include <stdlib.h>

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

static void bisect(Item *item, int n, const double (*center)[2], const double *weight, int first,
                   int nranks, int *rank) {
  if (nranks == 1 || n == 0) {
    for (int i = 0; i < n; i++)
      rank[item[i].cell] = first;
    return;
  }
  double size[2], total = 0.0, sum = 0.0;
  extent(item, n, center, size);
  const int along = size[1] > size[0];
  for (int i = 0; i < n; i++) {
    /* to a nanometre, so that the cells of a column stay together */
    item[i].key = floor(center[item[i].cell][along] * 1e9 + 0.5);
    total += weight[item[i].cell];
  }
  qsort(item, (size_t)n, sizeof item[0], by_key);
  const int half = nranks / 2;
  int split = 0;
  while (split < n && sum + 0.5 * weight[item[split].cell] < total * half / nranks)
    sum += weight[item[split++].cell];
  while (split > 0 && split < n && item[split].key == item[split - 1].key)
    split++;
  bisect(item, split, center, weight, first, half, rank);
  bisect(item + split, n - split, center, weight, first + half, nranks - half, rank);
}

void bp_partition(int ncells, const double (*center)[2], const double *weight, int nranks,
                  int *rank) {
  Item *item = BP_NEW(Item, ncells);
  for (int i = 0; i < ncells; i++)
    item[i].cell = i;
  bisect(item, ncells, center, weight, 0, nranks, rank);
  free(item);
}
