#include "block_matrix.h"

#include <stdlib.h>

/* Three of four lanes are used; the fourth reads the next value and is dropped. */
typedef float Float4 __attribute__((vector_size(16)));

static inline Float4 load(const float *p) {
  Float4 v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline void store(float *p, Float4 v) {
  memcpy(p, &v, sizeof v);
}

/* A block of a row: when its unknown is swept (-1: a ghost before, nrows: a ghost after), where its
 * value stands in `work`, and its source. */
typedef struct {
  int when, column, source;
} Entry;

static int by_time(const void *a, const void *b) {
  const Entry *x = a, *y = b;
  return x->when != y->when ? x->when - y->when : x->column - y->column;
}

static int list_row(const BpBlocks *A, const BpGhostBlocks *ghosts, const int *place, int row,
                    Entry *entry) {
  int n = 0;
  for (int k = A->start[row]; k < A->start[row + 1]; k++, n++)
    entry[n] = (Entry){place[A->column[k]], place[A->column[k]], k};
  for (int k = ghosts ? ghosts->blocks.start[row] : 0; ghosts && k < ghosts->blocks.start[row + 1];
       k++, n++) {
    const int ghost = ghosts->blocks.column[k];
    entry[n] = (Entry){ghosts->before[ghost] ? -1 : A->nrows, A->nrows + ghost, -1 - k};
  }
  qsort(entry, (size_t)n, sizeof entry[0], by_time);
  return n;
}

/* Row i of the sweep, in line l: what lies before, in and after the line; widens the line's reach
 * to the farthest coupling in it. */
static void store_row(BpSmoother *s, int i, int l, const Entry *entry, int n) {
  const int first = s->line[l], end = s->line[l + 1];
  s->start[i + 1] = s->start[i] + n;
  s->low[i] = s->high[i] = s->start[i];
  for (int k = 0; k < n; k++) {
    s->column[s->start[i] + k] = entry[k].column;
    s->source[s->start[i] + k] = entry[k].source;
    s->low[i] += entry[k].when < first;
    s->high[i] += entry[k].when < end;
    if (entry[k].when >= first && entry[k].when < i && i - entry[k].when > s->reach[l])
      s->reach[l] = i - entry[k].when;
  }
}

static int longest_row(const BpBlocks *A, const BpGhostBlocks *ghosts) {
  int most = 0;
  for (int i = 0; i < A->nrows; i++) {
    int n = A->start[i + 1] - A->start[i];
    if (ghosts)
      n += ghosts->blocks.start[i + 1] - ghosts->blocks.start[i];
    most = n > most ? n : most;
  }
  return most;
}

static void permute_rows(const BpBlocks *A, const BpGhostBlocks *ghosts, BpSmoother *s) {
  int *place = BP_NEW(int, A->nrows);
  Entry *entry = BP_NEW(Entry, longest_row(A, ghosts));
  for (int i = 0; i < A->nrows; i++)
    place[s->order[i]] = i;
  for (int l = 0; l < s->nlines; l++) {
    for (int i = s->line[l]; i < s->line[l + 1]; i++)
      store_row(s, i, l, entry, list_row(A, ghosts, place, s->order[i], entry));
    s->first_factor[l + 1] =
        s->first_factor[l] + (size_t)s->reach[l] * (size_t)(s->line[l + 1] - s->line[l]);
  }
  free(place);
  free(entry);
}

void bp_smoother_create(const BpBlocks *A, const BpGhostBlocks *ghosts, const BpSweep *sweep,
                        BpSmoother *s) {
  const size_t nrows = (size_t)A->nrows, nlines = (size_t)sweep->nlines,
               nghosts = ghosts ? (size_t)ghosts->nghosts : 0,
               nblocks =
                   (size_t)A->start[nrows] + (ghosts ? (size_t)ghosts->blocks.start[nrows] : 0);
  *s = (BpSmoother){.nrows = A->nrows, .nlines = sweep->nlines, .nghosts = (int)nghosts};
  s->order = BP_NEW(int, nrows);
  s->line = BP_NEW(int, nlines + 1);
  s->reach = BP_NEW(int, nlines);
  s->first_factor = BP_NEW(size_t, nlines + 1);
  s->start = BP_NEW(int, nrows + 1);
  s->low = BP_NEW(int, nrows);
  s->high = BP_NEW(int, nrows);
  s->column = BP_NEW(int, nblocks);
  s->source = BP_NEW(int, nblocks);
  s->value = BP_NEW(float, 9 * nblocks + 4);
  s->inverse = BP_NEW(float, 9 * nrows + 4);
  s->work = BP_NEW(float, 4 * (nrows + nghosts));
  s->change = BP_NEW(float, 4 * nrows);
  memcpy(s->order, sweep->order, nrows * sizeof s->order[0]);
  memcpy(s->line, sweep->line, (nlines + 1) * sizeof s->line[0]);
  permute_rows(A, ghosts, s);
  s->factor = BP_NEW(float, 9 * s->first_factor[nlines] + 4);
}

void bp_smoother_free(BpSmoother *s) {
  free(s->order);
  free(s->line);
  free(s->reach);
  free(s->first_factor);
  free(s->start);
  free(s->low);
  free(s->high);
  free(s->column);
  free(s->source);
  free(s->value);
  free(s->inverse);
  free(s->factor);
  free(s->work);
  free(s->change);
  *s = (BpSmoother){0};
}

/* 3 x 3 blocks, column-major; BP_BAD where the block is not positive definite. */
static BpStatus invert(const double a[9], double inverse[9]) {
  double c[9];
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      const int p = (i + 1) % 3, q = (i + 2) % 3, r = (j + 1) % 3, t = (j + 2) % 3;
      c[3 * i + j] = a[3 * p + r] * a[3 * q + t] - a[3 * p + t] * a[3 * q + r];
    }
  const double det = a[0] * c[0] + a[1] * c[1] + a[2] * c[2];
  if (!(a[0] > 0.0 && c[8] > 0.0 && det > 0.0)) /* Sylvester's minors */
    return BP_BAD;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      inverse[3 * i + j] = c[3 * j + i] / det;
  return BP_OK;
}

/* c = a b, or c = a b^T */
static void product(const double a[9], const double b[9], int transpose, double c[9]) {
  for (int j = 0; j < 3; j++)
    for (int i = 0; i < 3; i++) {
      c[3 * j + i] = 0.0;
      for (int k = 0; k < 3; k++)
        c[3 * j + i] += a[3 * k + i] * (transpose ? b[3 * k + j] : b[3 * j + k]);
    }
}

static void take(const double *from, double *to, double sign) {
  for (int k = 0; k < 9; k++)
    to[k] += sign * from[k];
}

/* Block LDL^T of one line. band [n][reach + 1][9]: blocks of row i to row i - k at k, on return L
 * (k > 0) and D (k = 0). */
static BpStatus factor_line(int n, int reach, double *band) {
  const size_t row = 9 * ((size_t)reach + 1);
  double inverse[9], scaled[9], update[9];
  for (int i = 0; i < n; i++) {
    for (int k = reach < i ? reach : i; k >= 1; k--) { /* from the farthest: column j = i - k */
      const int j = i - k;
      double *block = band + (size_t)i * row + 9 * (size_t)k;
      for (int m = k + 1; m <= reach && m <= i; m++) { /* minus L_ip D_p L_jp^T, p = i - m */
        if (m - k > reach)
          continue;
        product(band + (size_t)i * row + 9 * (size_t)m, band + (size_t)(i - m) * row, 0, scaled);
        product(scaled, band + (size_t)j * row + 9 * (size_t)(m - k), 1, update);
        take(update, block, -1.0);
      }
      if (invert(band + (size_t)j * row, inverse) != BP_OK)
        return BP_BAD;
      product(block, inverse, 0, update);
      memcpy(block, update, sizeof update);
    }
    for (int k = 1; k <= reach && k <= i; k++) { /* D_i minus L_ij D_j L_ij^T */
      product(band + (size_t)i * row + 9 * (size_t)k, band + (size_t)(i - k) * row, 0, scaled);
      product(scaled, band + (size_t)i * row + 9 * (size_t)k, 1, update);
      take(update, band + (size_t)i * row, -1.0);
    }
  }
  return BP_OK;
}

/* band: room for the longest and widest line */
static BpStatus update_line(const BpBlocks *A, BpSmoother *s, int l, double *band) {
  const int first = s->line[l], end = s->line[l + 1], reach = s->reach[l];
  const size_t row = 9 * ((size_t)reach + 1);
  memset(band, 0, (size_t)(end - first) * row * sizeof band[0]);
  for (int i = first; i < end; i++)
    for (int k = s->low[i]; k < s->high[i] && s->column[k] <= i; k++)
      memcpy(band + (size_t)(i - first) * row + 9 * (size_t)(i - s->column[k]),
             A->value + 9 * (size_t)s->source[k], 9 * sizeof band[0]);
  if (factor_line(end - first, reach, band) != BP_OK)
    return BP_BAD;
  float *factor = s->factor + 9 * s->first_factor[l];
  for (int i = first; i < end; i++) {
    const double *blocks = band + (size_t)(i - first) * row;
    double inverse[9];
    if (invert(blocks, inverse) != BP_OK)
      return BP_BAD;
    for (size_t k = 0; k < 9; k++)
      s->inverse[9 * (size_t)i + k] = (float)inverse[k];
    for (size_t k = 0; k < 9 * (size_t)reach; k++)
      *factor++ = (float)blocks[9 + k];
  }
  return BP_OK;
}

static void take_values(const BpBlocks *A, const BpGhostBlocks *ghosts, BpSmoother *s) {
  for (int k = 0; k < s->start[s->nrows]; k++) {
    const int source = s->source[k];
    const double *value = source >= 0 ? A->value + 9 * (size_t)source
                                      : ghosts->blocks.value + 9 * (size_t)(-1 - source);
    for (size_t i = 0; i < 9; i++)
      s->value[9 * (size_t)k + i] = (float)value[i];
  }
}

BpStatus bp_smoother_update(const BpBlocks *A, const BpGhostBlocks *ghosts, BpSmoother *s) {
  size_t largest = 0;
  for (int l = 0; l < s->nlines; l++) {
    const size_t size = (size_t)(s->line[l + 1] - s->line[l]) * (size_t)(s->reach[l] + 1);
    largest = size > largest ? size : largest;
  }
  double *band = BP_NEW(double, 9 * largest);
  BpStatus status = BP_OK;
  take_values(A, ghosts, s);
  for (int l = 0; l < s->nlines && status == BP_OK; l++)
    status = update_line(A, s, l, band);
  free(band);
  return status;
}

static inline Float4 times(const float *a, Float4 v) {
  return load(a) * v[0] + load(a + 3) * v[1] + load(a + 6) * v[2];
}

/* a^T v */
static inline Float4 transpose_times(const float *a, Float4 v) {
  return (Float4){a[0] * v[0] + a[1] * v[1] + a[2] * v[2], a[3] * v[0] + a[4] * v[1] + a[5] * v[2],
                  a[6] * v[0] + a[7] * v[1] + a[8] * v[2], 0.0F};
}

/* Sum over entries from..to of A x. */
static inline Float4 sum_row(const BpSmoother *s, int from, int to) {
  Float4 sum = {0}, sum1 = {0}, sum2 = {0};
  for (int k = from; k < to; k++) {
    const float *a = s->value + 9 * (size_t)k, *v = s->work + 4 * (size_t)s->column[k];
    sum += load(a) * v[0];
    sum1 += load(a + 3) * v[1];
    sum2 += load(a + 6) * v[2];
  }
  return sum + sum1 + sum2;
}

/* Solves line l in place: right-hand side and solution are its rows of x, in fours. */
static inline void solve_line(const BpSmoother *s, int l, float *x) {
  const int n = s->line[l + 1] - s->line[l], reach = s->reach[l];
  const float *factor = s->factor + 9 * s->first_factor[l],
              *inverse = s->inverse + 9 * (size_t)s->line[l];
  x += 4 * (size_t)s->line[l];
  for (int i = 1; i < n; i++) {
    const float *row = factor + 9 * (size_t)i * (size_t)reach;
    Float4 v = load(x + 4 * (size_t)i);
    for (int k = 0; k < reach && k < i; k++)
      v -= times(row + 9 * (size_t)k, load(x + 4 * (size_t)(i - 1 - k)));
    store(x + 4 * (size_t)i, v);
  }
  for (int i = n - 1; i >= 0; i--) {
    Float4 v = times(inverse + 9 * (size_t)i, load(x + 4 * (size_t)i));
    for (int k = 0; k < reach && i + 1 + k < n; k++)
      v -= transpose_times(factor + 9 * ((size_t)(i + 1 + k) * (size_t)reach + (size_t)k),
                           load(x + 4 * (size_t)(i + 1 + k)));
    store(x + 4 * (size_t)i, v);
  }
}

void bp_smoother_forward(BpSmoother *s, const double *b, int first, int end) {
  for (int l = first; l < end; l++) {
    for (int i = s->line[l]; i < s->line[l + 1]; i++) {
      const double *from = b + 3 * (size_t)s->order[i];
      const Float4 right = {(float)from[0], (float)from[1], (float)from[2], 0.0F};
      store(s->work + 4 * (size_t)i, right - sum_row(s, s->start[i], s->low[i]));
    }
    solve_line(s, l, s->work);
  }
}

void bp_smoother_backward(BpSmoother *s, int first, int end) {
  for (int l = end - 1; l >= first; l--) {
    float *change = s->change;
    for (int i = s->line[l]; i < s->line[l + 1]; i++)
      store(change + 4 * (size_t)i, sum_row(s, s->high[i], s->start[i + 1]));
    solve_line(s, l, change);
    for (int i = s->line[l]; i < s->line[l + 1]; i++)
      store(s->work + 4 * (size_t)i, load(s->work + 4 * (size_t)i) - load(change + 4 * (size_t)i));
  }
}

void bp_smoother_take(const BpSmoother *s, double *x, int add) {
  for (int i = 0; i < s->nrows; i++) {
    double *to = x + 3 * (size_t)s->order[i];
    for (int d = 0; d < 3; d++)
      to[d] = (add ? to[d] : 0.0) + (double)s->work[4 * (size_t)i + (size_t)d];
  }
}
