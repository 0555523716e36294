/* Recursive bisection of the plan, the marks of the coarse level, lines and their owners: balance,
 * coverage and hand examples, without MPI. */
#include "block.h"
#include "close.h"

#include "config.h"
#include "grid_impl.h"

#include <stdlib.h>

enum { MOST = 4096, RANKS = 9 };

#define UM 1e-6

typedef struct {
  int n;
  double center[MOST][2], weight[MOST];
  int rank[MOST];
} Cells;

static void add(Cells *c, double x, double y, double weight) {
  c->center[c->n][0] = x;
  c->center[c->n][1] = y;
  c->weight[c->n++] = weight;
}

static void split(Cells *c, int nranks) {
  for (int i = 0; i < c->n; i++)
    c->rank[i] = -1;
  bp_partition(c->n, (const double(*)[2])c->center, c->weight, nranks, c->rank);
}

static void loads(const Cells *c, int nranks, double *load) {
  for (int r = 0; r < nranks; r++)
    load[r] = 0.0;
  for (int i = 0; i < c->n; i++) {
    assert_in_range(c->rank[i], 0, nranks - 1);
    load[c->rank[i]] += c->weight[i];
  }
}

/* A cut misses its share by at most half of the work that stands on its line; what a rank gets
 * passes log2 of the ranks, rounded up, such cuts. */
static void check_balance(Cells *c, double line) {
  double total = 0.0;
  for (int i = 0; i < c->n; i++)
    total += c->weight[i];
  for (int nranks = 1; nranks <= RANKS; nranks++) {
    double load[RANKS];
    split(c, nranks);
    loads(c, nranks, load);
    for (int r = 0; r < nranks; r++)
      assert_close(load[r], total / nranks, 0.0, line * ceil(log2(nranks)) + 1e-9);
  }
}

static void equal_cells_are_spread_evenly(void **state) {
  (void)state;
  Cells c = {0};
  for (int i = 0; i < 60; i++)
    for (int k = 0; k < 40; k++)
      add(&c, i * UM, k * UM, 1.0);
  check_balance(&c, 60.0);
}

/* Solder counts three times: the half that is heavy gets more ranks. */
static void weights_are_spread_evenly(void **state) {
  (void)state;
  Cells c = {0};
  for (int i = 0; i < 60; i++)
    for (int k = 0; k < 40; k++)
      add(&c, i * UM, k * UM, i < 20 && k < 25 ? 3.0 : 1.0);
  check_balance(&c, 60.0 + 2 * 25.0);
}

typedef struct {
  int n, nranks;
  double weight[6];
  int rank[6]; /* by hand */
} Row;

/* Cells on a line, one micrometre apart. */
static void rows_by_hand(void **state) {
  (void)state;
  static const Row row[] = {
      {4, 2, {1, 1, 1, 3}, {0, 0, 0, 1}},
      {4, 2, {3, 1, 1, 1}, {0, 1, 1, 1}},
      {3, 2, {1, 1, 4}, {0, 0, 1}}, /* a cell goes where most of it fits */
      {6, 3, {1, 1, 1, 1, 1, 1}, {0, 0, 1, 1, 2, 2}},
      {6, 2, {1, 1, 1, 1, 1, 1}, {0, 0, 0, 1, 1, 1}},
      {5, 5, {1, 1, 1, 1, 1}, {0, 1, 2, 3, 4}},
      {6, 1, {1, 2, 3, 4, 5, 6}, {0, 0, 0, 0, 0, 0}},
      {6, 4, {2, 2, 2, 2, 4, 4}, {0, 0, 1, 1, 2, 3}},
  };
  for (int i = 0; i < BP_COUNT(row); i++)
    for (int along = 0; along < 2; along++) { /* the longer side is cut, whichever it is */
      Cells c = {0};
      for (int k = 0; k < row[i].n; k++)
        add(&c, along ? 0.0 : k * UM, along ? k * UM : 0.0, row[i].weight[k]);
      split(&c, row[i].nranks);
      for (int k = 0; k < row[i].n; k++)
        assert_int_equal(c.rank[k], row[i].rank[k]);
    }
}

/* Four ranks on a square of cells: its quarters. */
static void a_square_is_cut_in_quarters(void **state) {
  (void)state;
  Cells c = {0};
  for (int i = 0; i < 8; i++)
    for (int k = 0; k < 8; k++)
      add(&c, i * UM, k * UM, 1.0);
  split(&c, 4);
  for (int i = 0; i < 64; i++)
    assert_int_equal(c.rank[i], 2 * (i / 8 / 4) + i % 8 / 4);
}

/* Cells of one column have the same center but for round-off. */
static void columns_stay_whole(void **state) {
  (void)state;
  enum { COLUMNS = 150, HEIGHT = 20 };
  Cells c = {0};
  double at[COLUMNS][2];
  for (int i = 0; i < COLUMNS; i++)
    for (int d = 0; d < 2; d++)
      at[i][d] = 1e-9 * floor(bp_random(0.0, 3e5));
  for (int k = 0; k < HEIGHT; k++)
    for (int i = 0; i < COLUMNS; i++)
      add(&c, at[i][0] + bp_random(-1e-11, 1e-11), at[i][1] + bp_random(-1e-11, 1e-11), 1.0);
  for (int nranks = 2; nranks <= RANKS; nranks++) {
    split(&c, nranks);
    for (int i = COLUMNS; i < c.n; i++)
      assert_int_equal(c.rank[i], c.rank[i % COLUMNS]);
  }
}

/* A rank may stay empty, no cell does. */
static void more_ranks_than_cells(void **state) {
  (void)state;
  Cells c = {0};
  double load[RANKS];
  add(&c, 0.0, 0.0, 1.0);
  add(&c, 5 * UM, 0.0, 1.0);
  split(&c, RANKS);
  loads(&c, RANKS, load);
  assert_int_not_equal(c.rank[0], c.rank[1]);
  c.n = 0;
  split(&c, RANKS);
}

/* ---- coarse level */

/* Cells as wide as they are deep: a layer of 1.4 widths is not tall, one of 1.6 is. */
static void tall_layers_keep_their_middles(void **state) {
  (void)state;
  const double width = 10 * UM, z[] = {0.0, 14 * UM, 30 * UM, 31 * UM};
  const int region[] = {BP_REGION_DIE, BP_REGION_SOLDER, BP_REGION_BOARD};
  const BpTestBlock block = {
      .nx = 4, .ny = 3, .nlayers = 3, .size = {4 * width, 3 * width}, .z = z, .region = region};
  BpMesh *mesh = bp_test_block(&block);
  unsigned char *coarse = BP_NEW(unsigned char, mesh->nnodes);
  bp_mark_coarse(mesh, coarse);
  int vertices = 0, middles = 0;
  for (int n = 0; n < mesh->nnodes; n++) {
    const double *x = mesh->xyz + 3 * (size_t)n;
    const double i = x[0] / width, k = x[1] / width;
    const int corner = fabs(i - round(i)) < 1e-9 && fabs(k - round(k)) < 1e-9;
    int on_level = 0;
    for (int l = 0; l < 4; l++)
      on_level |= fabs(x[2] - z[l]) < 1e-12;
    const int tall = corner && fabs(x[2] - 22 * UM) < 1e-12;
    assert_int_equal(coarse[n], (corner && on_level) || tall);
    vertices += corner && on_level;
    middles += tall;
  }
  assert_int_equal(vertices, 5 * 4 * 4);
  assert_int_equal(middles, 5 * 4);
  free(coarse);
  bp_mesh_free(mesh);
}

/* ---- lines and owners */

/* Width of a thin wall, seen along x: cells of 10 um on both sides of one of 1 um. */
static const double wall_x[4] = {0.0, 10 * UM, 11 * UM, 21 * UM};

/* The block's three columns of cells along x, with the middle one made thin. */
static BpMesh *wall_mesh(void) {
  static const double z[] = {0.0, 10 * UM, 20 * UM};
  static const int region[] = {BP_REGION_DIE, BP_REGION_BOARD};
  const BpTestBlock block = {
      .nx = 3, .ny = 2, .nlayers = 2, .size = {30 * UM, 20 * UM}, .z = z, .region = region};
  BpMesh *mesh = bp_test_block(&block);
  for (int n = 0; n < mesh->nnodes; n++) {
    double *x = &mesh->xyz[3 * (size_t)n];
    const double at = (*x + 15 * UM) / (10 * UM);
    const int i = (int)fmin(2.0, floor(at + 1e-6));
    *x = wall_x[i] + (at - i) * (wall_x[i + 1] - wall_x[i]);
  }
  return mesh;
}

static int in_wall(double x) {
  return x > wall_x[1] - 0.01 * UM && x < wall_x[2] + 0.01 * UM;
}

/* Nodes one above the other are a line, those across the wall with them, others are not. */
static void lines_join_columns_and_walls(void **state) {
  (void)state;
  BpMesh *mesh = wall_mesh();
  int *line = BP_NEW(int, mesh->nnodes);
  bp_mark_lines(mesh, line);
  for (int a = 0; a < mesh->nnodes; a++)
    for (int b = 0; b < a; b++) {
      const double *p = mesh->xyz + 3 * (size_t)a, *q = mesh->xyz + 3 * (size_t)b;
      const double apart = hypot(p[0] - q[0], p[1] - q[1]);
      const int walls = in_wall(p[0]) && in_wall(q[0]);
      if (apart < 1e-3 * UM || (walls && apart < 1.1 * UM))
        assert_int_equal(line[a], line[b]);
      else if (!walls)
        assert_int_not_equal(line[a], line[b]);
    }
  free(line);
  bp_mesh_free(mesh);
}

/* The border of two ranks runs along one face of the wall, whichever: the wall's lines stay whole,
 * with the rank that has its cells; what one rank alone touches is its own. */
static void lines_have_one_owner(void **state) {
  (void)state;
  BpMesh *mesh = wall_mesh();
  int *line = BP_NEW(int, mesh->nnodes), *owner = BP_NEW(int, mesh->nnodes),
      *rank = BP_NEW(int, mesh->cells.count);
  bp_mark_lines(mesh, line);
  for (int wall_rank = 0; wall_rank < 2; wall_rank++) {
    for (int c = 0; c < mesh->cells.count; c++) {
      const int *node = mesh->cells.node + mesh->cells.start[c];
      double x = 0.0;
      for (int i = 0; i < 3; i++)
        x += mesh->xyz[3 * (size_t)node[i]] / 3.0;
      rank[c] = x > wall_x[2] || (wall_rank == 1 && x > wall_x[1]);
    }
    bp_assign_owners(mesh, rank, line, owner);
    for (int n = 0; n < mesh->nnodes; n++) {
      const double x = mesh->xyz[3 * (size_t)n];
      assert_int_equal(owner[n], in_wall(x) ? wall_rank : x > wall_x[2]);
    }
  }
  free(line);
  free(owner);
  free(rank);
  bp_mesh_free(mesh);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_cells_are_spread_evenly),
      cmocka_unit_test(weights_are_spread_evenly),
      cmocka_unit_test(rows_by_hand),
      cmocka_unit_test(a_square_is_cut_in_quarters),
      cmocka_unit_test(columns_stay_whole),
      cmocka_unit_test(more_ranks_than_cells),
      cmocka_unit_test(tall_layers_keep_their_middles),
      cmocka_unit_test(lines_join_columns_and_walls),
      cmocka_unit_test(lines_have_one_owner),
  };
  return cmocka_run_group_tests_name("partition", tests, NULL, NULL);
}
