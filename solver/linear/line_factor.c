/* The factors of the lines. Loops are written for blocks of n x n, n a constant where they are
 * called. */
#include "block_matrix.h"

#include <stdlib.h>

#define INLINED static inline __attribute__((always_inline))

static BpStatus invert_3(const double a[9], double inverse[9]) {
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

/* Blocks are column-major; BP_BAD where the block is not positive definite. */
INLINED BpStatus invert(int n, const double *a, double *inverse) {
  if (n == 3)
    return invert_3(a, inverse);
  inverse[0] = 1.0 / a[0];
  return a[0] > 0.0 ? BP_OK : BP_BAD;
}

/* c = a b, or c = a b^T */
INLINED void product(int n, const double *a, const double *b, int transpose, double *c) {
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++) {
      c[n * j + i] = 0.0;
      for (int k = 0; k < n; k++)
        c[n * j + i] += a[n * k + i] * (transpose ? b[n * k + j] : b[n * j + k]);
    }
}

INLINED void take(int n, const double *from, double *to, double sign) {
  for (int k = 0; k < n * n; k++)
    to[k] += sign * from[k];
}

/* Rows of a line and the farthest coupling in it. */
typedef struct {
  int rows, reach;
} Line;

/* Block LDL^T of one line. band [rows][reach + 1][n^2]: blocks of row i to row i - k at k, on
 * return L (k > 0) and D (k = 0). */
INLINED BpStatus factor_line(int n, Line line, double *band) {
  const int reach = line.reach;
  const size_t size = (size_t)n * (size_t)n, row = size * ((size_t)reach + 1);
  double inverse[9], scaled[9], update[9];
  for (int i = 0; i < line.rows; i++) {
    for (int k = reach < i ? reach : i; k >= 1; k--) { /* from the farthest: column j = i - k */
      const int j = i - k;
      double *block = band + (size_t)i * row + size * (size_t)k;
      for (int m = k + 1; m <= reach && m <= i; m++) { /* minus L_ip D_p L_jp^T, p = i - m */
        if (m - k > reach)
          continue;
        product(n, band + (size_t)i * row + size * (size_t)m, band + (size_t)(i - m) * row, 0,
                scaled);
        product(n, scaled, band + (size_t)j * row + size * (size_t)(m - k), 1, update);
        take(n, update, block, -1.0);
      }
      if (invert(n, band + (size_t)j * row, inverse) != BP_OK)
        return BP_BAD;
      product(n, block, inverse, 0, update);
      memcpy(block, update, size * sizeof update[0]);
    }
    for (int k = 1; k <= reach && k <= i; k++) { /* D_i minus L_ij D_j L_ij^T */
      product(n, band + (size_t)i * row + size * (size_t)k, band + (size_t)(i - k) * row, 0,
              scaled);
      product(n, scaled, band + (size_t)i * row + size * (size_t)k, 1, update);
      take(n, update, band + (size_t)i * row, -1.0);
    }
  }
  return BP_OK;
}

/* band: room for the longest and widest line */
INLINED BpStatus update_line(int n, const BpBlocks *A, BpSmoother *s, int l, double *band) {
  const int first = s->line[l], end = s->line[l + 1], reach = s->reach[l];
  const size_t size = (size_t)n * (size_t)n, row = size * ((size_t)reach + 1);
  memset(band, 0, (size_t)(end - first) * row * sizeof band[0]);
  for (int i = first; i < end; i++)
    for (int k = s->low[i]; k < s->high[i] && s->column[k] <= i; k++)
      memcpy(band + (size_t)(i - first) * row + size * (size_t)(i - s->column[k]),
             A->value + size * (size_t)s->source[k], size * sizeof band[0]);
  if (factor_line(n, (Line){end - first, reach}, band) != BP_OK)
    return BP_BAD;
  float *factor = s->factor + size * s->first_factor[l];
  for (int i = first; i < end; i++) {
    const double *blocks = band + (size_t)(i - first) * row;
    double inverse[9];
    if (invert(n, blocks, inverse) != BP_OK)
      return BP_BAD;
    for (size_t k = 0; k < size; k++)
      s->inverse[size * (size_t)i + k] = (float)inverse[k];
    for (size_t k = 0; k < size * (size_t)reach; k++)
      *factor++ = (float)blocks[size + k];
  }
  return BP_OK;
}

INLINED BpStatus update_lines(int n, const BpBlocks *A, BpSmoother *s, double *band) {
  BpStatus status = BP_OK;
  for (int l = 0; l < s->nlines && status == BP_OK; l++)
    status = update_line(n, A, s, l, band);
  return status;
}

static void take_values(const BpBlocks *A, const BpGhostBlocks *ghosts, BpSmoother *s) {
  const size_t size = (size_t)s->block * (size_t)s->block;
  for (int k = 0; k < s->start[s->nrows]; k++) {
    const int source = s->source[k];
    const double *value = source >= 0 ? A->value + size * (size_t)source
                                      : ghosts->blocks.value + size * (size_t)(-1 - source);
    for (size_t i = 0; i < size; i++)
      s->value[size * (size_t)k + i] = (float)value[i];
  }
}

BpStatus bp_smoother_update(const BpBlocks *A, const BpGhostBlocks *ghosts, BpSmoother *s) {
  size_t largest = 0;
  for (int l = 0; l < s->nlines; l++) {
    const size_t size = (size_t)(s->line[l + 1] - s->line[l]) * (size_t)(s->reach[l] + 1);
    largest = size > largest ? size : largest;
  }
  double *band = BP_NEW(double, (size_t)s->block *(size_t)s->block *largest);
  take_values(A, ghosts, s);
  const BpStatus status = s->block == 3 ? update_lines(3, A, s, band) : update_lines(1, A, s, band);
  free(band);
  return status;
}
