#include "element_cell.h"

#include "close.h"

void bp_test_every_element(void (*check)(BpTestCell *cell)) {
  static BpTestCell cell;
  for (int i = 0; bp_elements[i]; i++) {
    cell = (BpTestCell){.e = bp_elements[i], .info = bp_cell_info(bp_elements[i]->cell)};
    check(&cell);
  }
}

void bp_test_reference(const BpTestCell *c, int n, double xi[3]) {
  const int v = c->info->nvertices;
  for (int d = 0; d < 3; d++)
    xi[d] = n < v ? c->e->node[n][d]
                  : 0.5 * (c->e->node[c->info->edge[n - v][0]][d] +
                           c->e->node[c->info->edge[n - v][1]][d]);
}

void bp_test_distort(BpTestCell *c, double amplitude) {
  const double turn[3][3] = {{0.8, 0.1, -0.3}, {-0.2, 1.1, 0.2}, {0.3, -0.1, 0.4}};
  for (int n = 0; n < c->e->nnodes; n++)
    for (int i = 0; i < 3; i++) {
      double x[3];
      bp_test_reference(c, n, x);
      c->xyz[n][i] = 1e-5 * (turn[i][0] * x[0] + turn[i][1] * x[1] + turn[i][2] * x[2] + 0.7 +
                             amplitude * bp_random(-1.0, 1.0));
    }
}

double bp_test_most(const BpTestCell *c) {
  return c->e->shape == BP_TETRAHEDRON ? 0.03 : 0.08;
}

void bp_test_open_cell(BpTestCell *c) {
  bp_test_distort(c, bp_test_most(c));
  assert_int_equal(c->e->gradients(bp_test_nodes(c), c->g, c->volume), BP_OK);
}

void bp_test_inside(const BpTestCell *c, double xi[3]) {
  do
    for (int d = 0; d < 3; d++)
      xi[d] = bp_random(-1.0, 1.0);
  while (bp_element_outside(c->e, xi) > 0.0);
}

const double (*bp_test_nodes(const BpTestCell *c))[3] {
  return (const double(*)[3])c->xyz;
}

static double factorial(int n) {
  return n < 2 ? 1.0 : n * factorial(n - 1);
}

double bp_test_power(double x, int n) {
  return n > 0 ? x * bp_test_power(x, n - 1) : 1.0;
}

double bp_test_on_line(int n) {
  return n % 2 ? 0.0 : 2.0 / (n + 1);
}

/* i! j!/(i + j + 2)! */
double bp_test_on_triangle(int i, int j) {
  return factorial(i) * factorial(j) / factorial(i + j + 2);
}
