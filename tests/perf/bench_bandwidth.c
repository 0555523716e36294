/* Memory bandwidth of this machine, and the share of it that the block matrix reaches.
 *
 *   mpirun -n N bench_bandwidth
 *
 * Every rank has arrays of its own, far larger than the caches, and all work at once: a triad
 * a = b + s c after STREAM (McCalpin 1995; the write of a counts once, without write allocation),
 * and the product of a block matrix with rows as long as those of the joint. The fastest of several
 * rounds counts. Prints one line of JSON: bytes per second of all ranks together. */
#include "block_matrix.h"

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

enum { LENGTH = 8000000, ROWS = 24000, BLOCKS = 60, ROUNDS = 12 };

static double triad(double *a, const double *b, const double *c) {
  for (int i = 0; i < LENGTH; i++)
    a[i] = b[i] + 3.0 * c[i];
  return 3.0 * sizeof a[0] * LENGTH;
}

typedef struct {
  BpBlocks blocks;
  int *start, *column;
  double *value, *x, *y;
} Product;

static void create_product(Product *p) {
  p->start = BP_NEW(int, ROWS + 1);
  p->column = BP_NEW(int, (size_t)ROWS *BLOCKS);
  p->value = BP_NEW(double, (size_t)9 * ROWS * BLOCKS);
  p->x = BP_NEW(double, 3 * ROWS + 1);
  p->y = BP_NEW(double, 3 * ROWS);
  for (int i = 0; i < ROWS; i++) {
    const int first = i < ROWS - BLOCKS ? i : ROWS - BLOCKS;
    p->start[i + 1] = p->start[i] + BLOCKS;
    for (int k = 0; k < BLOCKS; k++)
      p->column[p->start[i] + k] = first + k;
  }
  for (size_t k = 0; k < (size_t)9 * ROWS * BLOCKS; k++)
    p->value[k] = 1e-3;
  for (int i = 0; i < 3 * ROWS; i++)
    p->x[i] = 1.0;
  p->blocks = (BpBlocks){
      .block = 3, .nrows = ROWS, .start = p->start, .column = p->column, .value = p->value};
}

/* Blocks, their columns, and each vector once. */
static double multiply(const Product *p) {
  bp_blocks_multiply(&p->blocks, p->x, p->y, 0);
  return (double)ROWS * BLOCKS * (9 * sizeof(double) + sizeof(int)) + 6.0 * ROWS * sizeof(double);
}

static void free_product(Product *p) {
  free(p->start);
  free(p->column);
  free(p->value);
  free(p->x);
  free(p->y);
}

int main(int argc, char **argv) {
  MPI_Init(&argc, &argv);
  int rank, nranks;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &nranks);
  double *a = BP_NEW(double, LENGTH), *b = BP_NEW(double, LENGTH), *c = BP_NEW(double, LENGTH);
  double best[2] = {0.0, 0.0};
  Product product;
  for (int i = 0; i < LENGTH; i++)
    a[i] = b[i] = c[i] = 1.0;
  create_product(&product);
  for (int round = 0; round < ROUNDS; round++)
    for (int k = 0; k < 2; k++) {
      MPI_Barrier(MPI_COMM_WORLD);
      const double start = MPI_Wtime();
      const double bytes = k == 0 ? triad(a, b, c) : multiply(&product);
      MPI_Barrier(MPI_COMM_WORLD);
      const double speed = nranks * bytes / (MPI_Wtime() - start);
      best[k] = speed > best[k] ? speed : best[k];
    }
  if (rank == 0)
    printf("{\"ranks\": %d, \"triad_bytes_per_s\": %.4g, \"operator_bytes_per_s\": %.4g}\n", nranks,
           best[0], best[1]);
  const int used = a[LENGTH / 2] == 4.0 && product.y[0] > 0.0; /* the loops were not left out */
  free_product(&product);
  free(a);
  free(b);
  free(c);
  MPI_Finalize();
  return used ? 0 : 1;
}
