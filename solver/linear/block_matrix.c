#include "block_matrix.h"

typedef double Double4 __attribute__((vector_size(32)));

/* Three of four lanes are used; the fourth reads the next value and is dropped. */
static inline Double4 load_double(const double *p) {
  Double4 v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline Double4 multiply_row(const BpBlocks *A, int from, int to, const double *x) {
  Double4 sum = {0}, sum1 = {0}, sum2 = {0};
  for (int k = from; k < to; k++) {
    const double *a = A->value + 9 * (size_t)k, *v = x + 3 * (size_t)A->column[k];
    sum += load_double(a) * v[0];
    sum1 += load_double(a + 3) * v[1];
    sum2 += load_double(a + 6) * v[2];
  }
  return sum + sum1 + sum2;
}

static void multiply_blocks(const BpBlocks *A, const double *x, double *y, int add) {
  const int last = A->start[A->nrows] - 1; /* its last column must not be read as four values */
  for (int i = 0; i < A->nrows; i++) {
    const int end = A->start[i + 1],
              guarded = end > last ? (last > A->start[i] ? last : A->start[i]) : end;
    Double4 sum = multiply_row(A, A->start[i], guarded, x);
    for (int k = guarded; k < end; k++)
      for (int d = 0; d < 3; d++)
        for (int c = 0; c < 3; c++)
          sum[d] += A->value[9 * (size_t)k + (size_t)(3 * c + d)] * x[3 * A->column[k] + c];
    for (int d = 0; d < 3; d++)
      y[3 * i + d] = add ? y[3 * i + d] + sum[d] : sum[d];
  }
}

static void multiply_values(const BpBlocks *A, const double *x, double *y, int add) {
  for (int i = 0; i < A->nrows; i++) {
    Double4 sum = {0};
    int k = A->start[i];
    for (; k + 4 <= A->start[i + 1]; k += 4) {
      const int *c = A->column + k;
      sum += load_double(A->value + k) * (Double4){x[c[0]], x[c[1]], x[c[2]], x[c[3]]};
    }
    for (; k < A->start[i + 1]; k++)
      sum[0] += A->value[k] * x[A->column[k]];
    const double all = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    y[i] = add ? y[i] + all : all;
  }
}

void bp_blocks_multiply(const BpBlocks *A, const double *x, double *y, int add) {
  if (A->block == 1)
    multiply_values(A, x, y, add);
  else
    multiply_blocks(A, x, y, add);
}
