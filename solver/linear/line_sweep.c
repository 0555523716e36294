/* The sweep over the lines. Loops are written for blocks of n x n, n a constant where they are
 * called: a row's values are in the first n lanes of a vector. */
#include "block_matrix.h"

#define INLINED static inline __attribute__((always_inline))

/* Of blocks of 3, three of four lanes are used; the fourth reads the next value and is dropped. */
typedef float Float4 __attribute__((vector_size(16)));

INLINED Float4 load4(const float *p) {
  Float4 v;
  memcpy(&v, p, sizeof v);
  return v;
}

/* Values of a row, where row i has its own from p + lanes(n) i on. */
INLINED size_t lanes(int n) {
  return n == 3 ? 4 : 1;
}

INLINED Float4 load(int n, const float *p) {
  return n == 3 ? load4(p) : (Float4){p[0]};
}

INLINED void store(int n, float *p, Float4 v) {
  if (n == 3)
    memcpy(p, &v, sizeof v);
  else
    p[0] = v[0];
}

INLINED Float4 times(int n, const float *a, Float4 v) {
  return n == 3 ? load4(a) * v[0] + load4(a + 3) * v[1] + load4(a + 6) * v[2]
                : (Float4){a[0] * v[0]};
}

/* a^T v */
INLINED Float4 transpose_times(int n, const float *a, Float4 v) {
  return n == 3 ? (Float4){a[0] * v[0] + a[1] * v[1] + a[2] * v[2],
                           a[3] * v[0] + a[4] * v[1] + a[5] * v[2],
                           a[6] * v[0] + a[7] * v[1] + a[8] * v[2], 0.0F}
                : (Float4){a[0] * v[0]};
}

/* Sum over entries from..to of A x. */
INLINED Float4 sum_blocks(const BpSmoother *s, int from, int to) {
  Float4 sum = {0}, sum1 = {0}, sum2 = {0};
  for (int k = from; k < to; k++) {
    const float *a = s->value + 9 * (size_t)k, *v = s->work + 4 * (size_t)s->column[k];
    sum += load4(a) * v[0];
    sum1 += load4(a + 3) * v[1];
    sum2 += load4(a + 6) * v[2];
  }
  return sum + sum1 + sum2;
}

INLINED Float4 sum_values(const BpSmoother *s, int from, int to) {
  Float4 sum = {0};
  int k = from;
  for (; k + 4 <= to; k += 4) {
    const int *c = s->column + k;
    sum +=
        load4(s->value + k) * (Float4){s->work[c[0]], s->work[c[1]], s->work[c[2]], s->work[c[3]]};
  }
  for (; k < to; k++)
    sum[0] += s->value[k] * s->work[s->column[k]];
  return (Float4){(sum[0] + sum[1]) + (sum[2] + sum[3])};
}

INLINED Float4 sum_row(int n, const BpSmoother *s, int from, int to) {
  return n == 3 ? sum_blocks(s, from, to) : sum_values(s, from, to);
}

/* Solves line l in place: right-hand side and solution are its rows of x. */
INLINED void solve_line(int n, const BpSmoother *s, int l, float *x) {
  const int rows = s->line[l + 1] - s->line[l], reach = s->reach[l];
  const size_t size = (size_t)n * (size_t)n, step = lanes(n);
  const float *factor = s->factor + size * s->first_factor[l],
              *inverse = s->inverse + size * (size_t)s->line[l];
  x += step * (size_t)s->line[l];
  for (int i = 1; i < rows; i++) {
    const float *row = factor + size * (size_t)i * (size_t)reach;
    Float4 v = load(n, x + step * (size_t)i);
    for (int k = 0; k < reach && k < i; k++)
      v -= times(n, row + size * (size_t)k, load(n, x + step * (size_t)(i - 1 - k)));
    store(n, x + step * (size_t)i, v);
  }
  for (int i = rows - 1; i >= 0; i--) {
    Float4 v = times(n, inverse + size * (size_t)i, load(n, x + step * (size_t)i));
    for (int k = 0; k < reach && i + 1 + k < rows; k++)
      v -= transpose_times(n, factor + size * ((size_t)(i + 1 + k) * (size_t)reach + (size_t)k),
                           load(n, x + step * (size_t)(i + 1 + k)));
    store(n, x + step * (size_t)i, v);
  }
}

/* Lines first..end of the smoother. */
typedef struct {
  int first, end;
} Lines;

INLINED void forward(int n, BpSmoother *s, const double *b, Lines lines) {
  const size_t step = lanes(n);
  for (int l = lines.first; l < lines.end; l++) {
    for (int i = s->line[l]; i < s->line[l + 1]; i++) {
      const double *from = b + (size_t)n * (size_t)s->order[i];
      Float4 right = {0};
      for (int d = 0; d < n; d++)
        right[d] = (float)from[d];
      store(n, s->work + step * (size_t)i, right - sum_row(n, s, s->start[i], s->low[i]));
    }
    solve_line(n, s, l, s->work);
  }
}

INLINED void backward(int n, BpSmoother *s, Lines lines) {
  const size_t step = lanes(n);
  float *change = s->change;
  for (int l = lines.end - 1; l >= lines.first; l--) {
    for (int i = s->line[l]; i < s->line[l + 1]; i++)
      store(n, change + step * (size_t)i, sum_row(n, s, s->high[i], s->start[i + 1]));
    solve_line(n, s, l, change);
    for (int i = s->line[l]; i < s->line[l + 1]; i++)
      store(n, s->work + step * (size_t)i,
            load(n, s->work + step * (size_t)i) - load(n, change + step * (size_t)i));
  }
}

void bp_smoother_forward(BpSmoother *s, const double *b, int first, int end) {
  const Lines lines = {first, end};
  if (s->block == 3)
    forward(3, s, b, lines);
  else
    forward(1, s, b, lines);
}

void bp_smoother_backward(BpSmoother *s, int first, int end) {
  const Lines lines = {first, end};
  if (s->block == 3)
    backward(3, s, lines);
  else
    backward(1, s, lines);
}

void bp_smoother_take(const BpSmoother *s, double *x, int add) {
  for (int i = 0; i < s->nrows; i++) {
    double *to = x + (size_t)s->block * (size_t)s->order[i];
    for (int d = 0; d < s->block; d++)
      to[d] = (add ? to[d] : 0.0) + (double)s->work[s->lanes * i + d];
  }
}
