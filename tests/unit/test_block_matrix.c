/* Product and line smoother of the block matrix against dense algebra of the test's own. */
#include "close.h"

#include "block_matrix.h"
#include "halo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 24, DOFS = 3 * N };

static int block; /* of all matrices here: 3, then 1 */

static int size(void) {
  return block * N;
}

/* The smoother computes in single precision, on matrices whose condition is below 20. */
static const double single = 2e-5;

typedef struct {
  double a[DOFS][DOFS];
} Dense;

/* Rows in compressed form, in arrays without a byte to spare. */
typedef struct {
  BpBlocks blocks;
  int *start, *column;
  double *value;
} Sparse;

/* Symmetric, diagonally dominant blocks where keep(i, j). */
static void fill(Dense *d, int (*keep)(int i, int j)) {
  memset(d, 0, sizeof *d);
  for (int i = 0; i < N; i++)
    for (int j = 0; j <= i; j++)
      for (int k = 0; k < block * block && keep(i, j); k++) {
        const int r = block * i + k / block, c = block * j + k % block;
        d->a[r][c] = d->a[c][r] = bp_random(-1.0, 1.0);
      }
  for (int r = 0; r < size(); r++) {
    double sum = 0.0;
    for (int c = 0; c < size(); c++)
      sum += c == r ? 0.0 : fabs(d->a[r][c]);
    d->a[r][r] = 1.2 * sum + 1.0;
  }
}

/* Part of a matrix, in blocks. */
typedef struct {
  int first_row, nrows, first_column, ncolumns;
} Cut;

static int has_block(const Dense *d, int i, int j) {
  for (int k = 0; k < block * block; k++)
    if (d->a[block * i + k / block][block * j + k % block] != 0.0)
      return 1;
  return 0;
}

static void compress_part(const Dense *d, const Cut *cut, Sparse *s) {
  int n = 0;
  for (int k = 0; k < cut->nrows * cut->ncolumns; k++)
    n += has_block(d, cut->first_row + k / cut->ncolumns, cut->first_column + k % cut->ncolumns);
  s->start = BP_NEW(int, cut->nrows + 1);
  s->column = BP_NEW(int, n);
  s->value = BP_NEW(double, block *block *n);
  n = 0;
  for (int i = 0; i < cut->nrows; i++) {
    for (int j = 0; j < cut->ncolumns; j++) {
      const int row = cut->first_row + i, column = cut->first_column + j;
      if (!has_block(d, row, column))
        continue;
      for (int c = 0; c < block; c++)
        for (int r = 0; r < block; r++)
          s->value[block * (block * n + c) + r] = d->a[block * row + r][block * column + c];
      s->column[n++] = j;
    }
    s->start[i + 1] = n;
  }
  s->blocks = (BpBlocks){.block = block,
                         .nrows = cut->nrows,
                         .start = s->start,
                         .column = s->column,
                         .value = s->value};
}

static void compress(const Dense *d, Sparse *s) {
  const Cut all = {0, N, 0, N};
  compress_part(d, &all, s);
}

static void free_sparse(Sparse *s) {
  free(s->start);
  free(s->column);
  free(s->value);
}

static void random_vector(double *x) {
  for (int i = 0; i < size(); i++)
    x[i] = bp_random(-1.0, 1.0);
}

static double largest(const double *x) {
  double most = 0.0;
  for (int i = 0; i < size(); i++)
    most = fmax(most, fabs(x[i]));
  return most;
}

static void assert_vectors(const double *actual, const double *expected, double tolerance) {
  for (int i = 0; i < size(); i++)
    assert_close(actual[i], expected[i], 0.0, tolerance * largest(expected));
}

static void dense_multiply(const Dense *d, const double *x, double *y) {
  for (int r = 0; r < size(); r++) {
    y[r] = 0.0;
    for (int c = 0; c < size(); c++)
      y[r] += d->a[r][c] * x[c];
  }
}

/* Elimination without pivots, which a diagonally dominant matrix does not need. x holds the
 * right-hand side. */
static void dense_solve(Dense *d, double *x) {
  for (int p = 0; p < size(); p++)
    for (int r = p + 1; r < size(); r++) {
      const double factor = d->a[r][p] / d->a[p][p];
      for (int c = p; c < size() && factor != 0.0; c++)
        d->a[r][c] -= factor * d->a[p][c];
      x[r] -= factor * x[p];
    }
  for (int r = size() - 1; r >= 0; r--) {
    for (int c = r + 1; c < size(); c++)
      x[r] -= d->a[r][c] * x[c];
    x[r] /= d->a[r][r];
  }
}

/* ---- structures */

static int banded(int i, int j) {
  return abs(i - j) <= 3;
}

static int scattered(int i, int j) {
  return i == j || (7 * i + 7 * j + i * j) % 5 == 0;
}

static int full(int i, int j) {
  (void)i;
  (void)j;
  return 1;
}

static int diagonal(int i, int j) {
  return i == j;
}

static int (*const structures[])(int, int) = {banded, scattered, full, diagonal};

/* ---- product */

static void products_are_those_of_dense_algebra(void **state) {
  (void)state;
  for (int k = 0; k < BP_COUNT(structures); k++) {
    Dense d;
    Sparse s;
    double x[DOFS], y[DOFS], expected[DOFS];
    fill(&d, structures[k]);
    compress(&d, &s);
    random_vector(x);
    random_vector(y);
    dense_multiply(&d, x, expected);
    bp_blocks_multiply(&s.blocks, x, y, 0);
    assert_vectors(y, expected, 1e-14);
    bp_blocks_multiply(&s.blocks, x, y, 1);
    for (int i = 0; i < size(); i++)
      expected[i] *= 2.0;
    assert_vectors(y, expected, 1e-14);
    free_sparse(&s);
  }
}

/* Rows without a block, also at the end, where the last column of the last block must not be read
 * as four values. */
static void empty_rows_give_zero(void **state) {
  (void)state;
  Dense d;
  Sparse s;
  double x[DOFS], y[DOFS], expected[DOFS];
  fill(&d, banded);
  for (int i = 0; i < N; i++)
    if (i % 5 == 0 || i > N - 4)
      memset(d.a[block * i], 0, (size_t)block * sizeof d.a[0]);
  compress(&d, &s);
  random_vector(x);
  dense_multiply(&d, x, expected);
  bp_blocks_multiply(&s.blocks, x, y, 0);
  assert_vectors(y, expected, 1e-14);
  for (int i = 0; i < block; i++)
    assert_true(y[i] == 0.0 && y[size() - 1 - i] == 0.0);
  free_sparse(&s);
}

/* ---- smoother */

/* A sweep order and its lines. */
typedef struct {
  int nlines, line[N + 1], order[N];
} Lines;

static Lines all_in_one(void) {
  Lines l = {.nlines = 1, .line = {0, N}};
  for (int i = 0; i < N; i++)
    l.order[i] = i;
  return l;
}

static Lines single_rows(void) {
  Lines l = {.nlines = N};
  for (int i = 0; i < N; i++) {
    l.order[i] = N - 1 - i;
    l.line[i + 1] = i + 1;
  }
  return l;
}

/* Lines of 1, 2, 3, ... rows, shuffled by a step that has no divisor in common with N. */
static Lines of_many_lengths(void) {
  Lines l = {0};
  for (int at = 0, length = 1; at < N; at = l.line[l.nlines], length++)
    l.line[++l.nlines] = at + length < N ? at + length : N;
  for (int i = 0; i < N; i++)
    l.order[i] = 7 * i % N;
  return l;
}

static int line_of(const Lines *l, int place) {
  int k = 0;
  while (l->line[k + 1] <= place)
    k++;
  return k;
}

/* (D + L) D^-1 (D + U) x = b, with D the lines' own blocks in the order of the sweep. */
static void reference(const Dense *d, const Lines *l, const double *b, double *x) {
  Dense lower = {0}, middle = {0}, upper = {0};
  int line[N];
  for (int i = 0; i < N; i++)
    line[l->order[i]] = line_of(l, i);
  double y[DOFS];
  for (int r = 0; r < size(); r++)
    for (int c = 0; c < size(); c++) {
      const int from = line[r / block], to = line[c / block];
      lower.a[r][c] = to <= from ? d->a[r][c] : 0.0;
      middle.a[r][c] = to == from ? d->a[r][c] : 0.0;
      upper.a[r][c] = to >= from ? d->a[r][c] : 0.0;
    }
  memcpy(x, b, (size_t)size() * sizeof b[0]);
  dense_solve(&lower, x);
  dense_multiply(&middle, x, y);
  memcpy(x, y, sizeof y);
  dense_solve(&upper, x);
}

static void create_smoother(const Sparse *s, const Lines *l, BpSmoother *smoother) {
  const BpSweep sweep = {
      .nlines = l->nlines, .order = (int *)(uintptr_t)l->order, .line = (int *)(uintptr_t)l->line};
  bp_smoother_create(&s->blocks, NULL, &sweep, smoother);
}

static void apply(BpSmoother *smoother, const double *b, double *x, int add) {
  bp_smoother_forward(smoother, b, 0, smoother->nlines);
  bp_smoother_backward(smoother, 0, smoother->nlines);
  bp_smoother_take(smoother, x, add);
}

static void open_smoother(const Sparse *s, const Lines *l, BpSmoother *smoother) {
  create_smoother(s, l, smoother);
  assert_int_equal(bp_smoother_update(&s->blocks, NULL, smoother), BP_OK);
}

/* One symmetric sweep from zero, and its sum with what is there. */
static void check_sweep(const Dense *d, const Lines *l) {
  Sparse s;
  BpSmoother smoother;
  double b[DOFS], x[DOFS], expected[DOFS];
  compress(d, &s);
  open_smoother(&s, l, &smoother);
  random_vector(b);
  random_vector(x);
  reference(d, l, b, expected);
  apply(&smoother, b, x, 0);
  assert_vectors(x, expected, single);
  for (int i = 0; i < size(); i++) {
    x[i] = 0.5;
    expected[i] += 0.5;
  }
  apply(&smoother, b, x, 1);
  assert_vectors(x, expected, single);
  bp_smoother_free(&smoother);
  free_sparse(&s);
}

static void sweeps_are_those_of_dense_algebra(void **state) {
  (void)state;
  const Lines lines[] = {all_in_one(), single_rows(), of_many_lengths()};
  for (int k = 0; k < BP_COUNT(structures); k++)
    for (int l = 0; l < BP_COUNT(lines); l++) {
      Dense d;
      fill(&d, structures[k]);
      check_sweep(&d, &lines[l]);
    }
}

/* ---- a sweep over two ranks */

enum { HALF = N / 2 };

/* One of two ranks with half of the rows each; `after`: the second in the forward sweep. */
typedef struct {
  Sparse own, off;
  BpGhostBlocks ghosts;
  unsigned char before[HALF];
  BpSmoother smoother;
} Rank;

static void open_rank(const Dense *d, int after, const BpSweep *sweep, Rank *r) {
  const int first = after * HALF, other = HALF - first;
  const Cut own = {first, HALF, first, HALF}, off = {first, HALF, other, HALF};
  compress_part(d, &own, &r->own);
  compress_part(d, &off, &r->off);
  memset(r->before, after, sizeof r->before);
  r->ghosts = (BpGhostBlocks){r->off.blocks, HALF, r->before};
  bp_smoother_create(&r->own.blocks, &r->ghosts, sweep, &r->smoother);
  assert_int_equal(bp_smoother_update(&r->own.blocks, &r->ghosts, &r->smoother), BP_OK);
}

static void close_rank(Rank *r) {
  bp_smoother_free(&r->smoother);
  free_sparse(&r->own);
  free_sparse(&r->off);
}

/* What passes between the ranks: values of the sweep, by row. */
static void exchange(const Rank *from, Rank *to) {
  const int lanes = from->smoother.lanes;
  float *ghost = to->smoother.work + lanes * HALF;
  for (int i = 0; i < HALF; i++)
    memcpy(ghost + lanes * from->smoother.order[i], from->smoother.work + lanes * i,
           (size_t)lanes * sizeof ghost[0]);
}

/* The second half of the sweep is that of the first, moved. */
static void sweeps_go_on_over_a_border(void **state) {
  (void)state;
  Lines half = {.nlines = 5, .line = {0, 1, 3, 6, 10, HALF}}, both = {.nlines = 10};
  for (int i = 0; i < HALF; i++) {
    half.order[i] = 5 * i % HALF;
    both.order[i] = half.order[i];
    both.order[HALF + i] = HALF + half.order[i];
  }
  for (int l = 0; l <= 5; l++) {
    both.line[l] = half.line[l];
    both.line[5 + l] = HALF + half.line[l];
  }
  const BpSweep sweep = {.nlines = 5, .order = half.order, .line = half.line};
  for (int k = 0; k < BP_COUNT(structures); k++) {
    Dense d;
    Rank rank[2];
    double b[DOFS], x[DOFS], expected[DOFS];
    fill(&d, structures[k]);
    for (int r = 0; r < 2; r++)
      open_rank(&d, r, &sweep, &rank[r]);
    random_vector(b);
    reference(&d, &both, b, expected);
    bp_smoother_forward(&rank[0].smoother, b, 0, 5);
    exchange(&rank[0], &rank[1]);
    bp_smoother_forward(&rank[1].smoother, b + size() / 2, 0, 2);
    bp_smoother_forward(&rank[1].smoother, b + size() / 2, 2, 5);
    bp_smoother_backward(&rank[1].smoother, 0, 5);
    exchange(&rank[1], &rank[0]);
    bp_smoother_backward(&rank[0].smoother, 3, 5);
    bp_smoother_backward(&rank[0].smoother, 0, 3);
    for (int r = 0; r < 2; r++) {
      bp_smoother_take(&rank[r].smoother, x + r * size() / 2, 0);
      close_rank(&rank[r]);
    }
    assert_vectors(x, expected, single);
  }
}

/* Two of five lines have a shared row: they come together, after the wished share of the rest. */
static void shared_lines_are_gathered(void **state) {
  (void)state;
  static const int order[10] = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, line[6] = {0, 2, 4, 6, 8, 10};
  static const int expected[3][10] = {{7, 6, 1, 0, 9, 8, 5, 4, 3, 2},
                                      {9, 8, 5, 4, 7, 6, 1, 0, 3, 2},
                                      {9, 8, 5, 4, 3, 2, 7, 6, 1, 0}};
  const unsigned char shared[10] = {[6] = 1, [0] = 1};
  for (int k = 0; k < 3; k++) {
    BpSweep sweep = {.nlines = 5, .order = BP_NEW(int, 10), .line = BP_NEW(int, 6)};
    memcpy(sweep.order, order, sizeof order);
    memcpy(sweep.line, line, sizeof line);
    bp_sweep_gather(&sweep, shared, 0.5 * k);
    assert_memory_equal(sweep.order, expected[k], sizeof expected[k]);
    assert_memory_equal(sweep.line, line, sizeof line); /* all are as long */
    assert_int_equal(sweep.nlines, 5);
    assert_int_equal(sweep.first_shared, k == 0 ? 0 : k + 1);
    assert_int_equal(sweep.end_shared, sweep.first_shared + 2);
    free(sweep.order);
    free(sweep.line);
  }
}

static void colour_and_check(int n, const int *start, const int *neighbor, int expected) {
  int color[16];
  assert_int_equal(bp_color_graph(n, start, neighbor, color), expected);
  for (int i = 0; i < n; i++) {
    assert_in_range(color[i], 0, expected - 1);
    for (int k = start[i]; k < start[i + 1]; k++)
      assert_int_not_equal(color[i], color[neighbor[k]]);
  }
}

/* A path, a ring of five, four that all touch, one alone. */
static void neighbours_get_different_colours(void **state) {
  (void)state;
  colour_and_check(4, (const int[]){0, 1, 3, 5, 6}, (const int[]){1, 0, 2, 1, 3, 2}, 2);
  colour_and_check(5, (const int[]){0, 2, 4, 6, 8, 10}, (const int[]){1, 4, 0, 2, 1, 3, 2, 4, 3, 0},
                   3);
  colour_and_check(4, (const int[]){0, 3, 6, 9, 12},
                   (const int[]){1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2}, 4);
  colour_and_check(1, (const int[]){0, 0}, (const int[]){0}, 1);
}

/* A line through the whole matrix is a direct solver. */
static void one_line_solves(void **state) {
  (void)state;
  const Lines l = all_in_one();
  Dense d;
  Sparse s;
  BpSmoother smoother;
  double b[DOFS], x[DOFS], back[DOFS];
  fill(&d, banded);
  compress(&d, &s);
  open_smoother(&s, &l, &smoother);
  random_vector(b);
  apply(&smoother, b, x, 0);
  dense_multiply(&d, x, back);
  assert_vectors(back, b, single);
  bp_smoother_free(&smoother);
  free_sparse(&s);
}

/* A preconditioner of conjugate gradients must be symmetric: b M^-1 c = c M^-1 b. */
static void sweeps_are_symmetric(void **state) {
  (void)state;
  const Lines l = of_many_lengths();
  Dense d;
  Sparse s;
  BpSmoother smoother;
  double b[DOFS], c[DOFS], x[DOFS], y[DOFS], one = 0.0, other = 0.0, sum = 0.0;
  fill(&d, scattered);
  compress(&d, &s);
  open_smoother(&s, &l, &smoother);
  random_vector(b);
  random_vector(c);
  apply(&smoother, b, x, 0);
  apply(&smoother, c, y, 0);
  for (int i = 0; i < size(); i++) {
    one += c[i] * x[i];
    other += b[i] * y[i];
    sum += fabs(c[i] * x[i]);
  }
  assert_close(one, other, 0.0, single * sum);
  bp_smoother_free(&smoother);
  free_sparse(&s);
}

/* The values of the moment count, not those of the creation. */
static void updates_take_new_values(void **state) {
  (void)state;
  const Lines l = of_many_lengths();
  Dense d;
  Sparse s;
  BpSmoother smoother;
  double b[DOFS], x[DOFS], expected[DOFS];
  fill(&d, scattered);
  compress(&d, &s);
  open_smoother(&s, &l, &smoother);
  for (int k = 0; k < block * block * s.start[N]; k++)
    s.value[k] *= 4.0;
  assert_int_equal(bp_smoother_update(&s.blocks, NULL, &smoother), BP_OK);
  random_vector(b);
  reference(&d, &l, b, expected);
  for (int i = 0; i < size(); i++)
    expected[i] *= 0.25;
  apply(&smoother, b, x, 0);
  assert_vectors(x, expected, single);
  bp_smoother_free(&smoother);
  free_sparse(&s);
}

static void singular_lines_are_refused(void **state) {
  (void)state;
  const Lines l = of_many_lengths();
  const int rows[] = {0, N / 2, N - 1};
  for (int k = 0; k < BP_COUNT(rows); k++) {
    Dense d;
    Sparse s;
    BpSmoother smoother;
    fill(&d, diagonal);
    compress(&d, &s);
    memset(s.value + block * block * rows[k], 0,
           (size_t)(block * block) * sizeof s.value[0]); /* one block for each row */
    create_smoother(&s, &l, &smoother);
    assert_int_equal(bp_smoother_update(&s.blocks, NULL, &smoother), BP_BAD);
    bp_smoother_free(&smoother);
    free_sparse(&s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(products_are_those_of_dense_algebra),
      cmocka_unit_test(empty_rows_give_zero),
      cmocka_unit_test(sweeps_are_those_of_dense_algebra),
      cmocka_unit_test(sweeps_go_on_over_a_border),
      cmocka_unit_test(shared_lines_are_gathered),
      cmocka_unit_test(neighbours_get_different_colours),
      cmocka_unit_test(one_line_solves),
      cmocka_unit_test(sweeps_are_symmetric),
      cmocka_unit_test(updates_take_new_values),
      cmocka_unit_test(singular_lines_are_refused),
  };
  int failed = 0;
  for (int k = 0; k < 2; k++) {
    block = k == 0 ? 3 : 1;
    failed += cmocka_run_group_tests_name(k == 0 ? "blocks" : "values", tests, NULL, NULL);
  }
  return failed;
}
