/* The contract of an element, for every entry of elements.def: shapes, quadrature, strains, forces
 * and stiffness on distorted curved cells. Expected: exact properties. */
#include "close.h"
#include "element_cell.h"

enum { NODES = BP_FE_MAX_NODES, POINTS = BP_FE_MAX_POINTS, DOFS = BP_FE_MAX_DOFS };

/* ---- the entry */

static void entry(BpTestCell *c) {
  assert_int_equal(c->e->nnodes, c->info->nnodes);
  assert_int_equal(c->info->dim, 3);
  assert_true(c->e->nnodes <= NODES && c->e->npoints <= POINTS && c->e->pad <= BP_FE_MAX_PAD);
  assert_true(c->e->pad >= c->e->nnodes && c->e->pad % 8 == 0);
  assert_true(strlen(c->e->source) > 10);
  assert_ptr_equal(bp_element(c->e->cell), c->e);
}

static void entries_are_complete(void **state) {
  (void)state;
  bp_test_every_element(entry);
  assert_null(bp_element(BP_CELL_TRI6));
}

/* ---- shapes */

static void one_at_their_node(BpTestCell *c) {
  for (int n = 0; n < c->e->nnodes; n++) {
    double xi[3], N[NODES];
    bp_test_reference(c, n, xi);
    c->e->shapes(xi, N, NULL);
    for (int m = 0; m < c->e->nnodes; m++)
      assert_close(N[m], m == n ? 1.0 : 0.0, 0.0, 1e-15);
  }
}

static void shapes_are_one_at_their_node(void **state) {
  (void)state;
  bp_test_every_element(one_at_their_node);
}

/* Slopes against central differences, exact for quadratics: the shapes are quadratic in each
 * coordinate, so that round-off over the step remains. */
static void slopes_at(const BpTestCell *c, const double xi[3]) {
  const double h = 1e-3;
  double N[NODES], dN[NODES][3], sum = 0.0, slope[3] = {0};
  c->e->shapes(xi, N, dN);
  for (int n = 0; n < c->e->nnodes; n++) {
    sum += N[n];
    for (int d = 0; d < 3; d++)
      slope[d] += dN[n][d];
  }
  assert_close(sum, 1.0, 1e-14, 0.0);
  for (int d = 0; d < 3; d++) {
    double up[NODES], down[NODES], moved[3] = {xi[0], xi[1], xi[2]};
    assert_close(slope[d], 0.0, 0.0, 1e-14);
    moved[d] = xi[d] + h;
    c->e->shapes(moved, up, NULL);
    moved[d] = xi[d] - h;
    c->e->shapes(moved, down, NULL);
    for (int n = 0; n < c->e->nnodes; n++)
      assert_close(dN[n][d], (up[n] - down[n]) / (2 * h), 0.0, 1e-12);
  }
}

static void slopes(BpTestCell *c) {
  for (int k = 0; k < 20; k++) {
    double xi[3];
    bp_test_inside(c, xi);
    slopes_at(c, xi);
  }
}

static void shapes_and_their_slopes(void **state) {
  (void)state;
  bp_test_every_element(slopes);
}

/* ---- quadrature */

static double factorial(int n) {
  return n < 2 ? 1.0 : n * factorial(n - 1);
}

/* Integral of r^i s^j t^k over the reference element: i! j! .../(i + j + ... + dim)! on simplices.
 */
static double monomial(BpShape shape, int i, int j, int k) {
  if (shape == BP_TETRAHEDRON)
    return factorial(i) * factorial(j) * factorial(k) / factorial(i + j + k + 3);
  if (shape == BP_WEDGE)
    return bp_test_on_triangle(i, j) * bp_test_on_line(k);
  return bp_test_on_line(i) * bp_test_on_line(j) * bp_test_on_line(k);
}

/* 1 if r^i s^j t^k is among the polynomials of these degrees. */
static int is_of_degree(BpShape shape, const int degree[2], int i, int j, int k) {
  if (shape == BP_TETRAHEDRON)
    return i + j + k <= degree[0];
  if (shape == BP_WEDGE)
    return i + j <= degree[0] && k <= degree[1];
  return i <= degree[0] && j <= degree[0] && k <= degree[0];
}

static double term(const double xi[3], int i, int j, int k) {
  return bp_test_power(xi[0], i) * bp_test_power(xi[1], j) * bp_test_power(xi[2], k);
}

static void rule(BpTestCell *c) {
  int missed = 0;
  for (int q = 0; q < c->e->npoints; q++) {
    assert_true(c->e->weight[q] > 0.0);
    assert_true(bp_element_outside(c->e, c->e->point[q]) < 0.0);
  }
  for (int i = 0; i <= 6; i++)
    for (int j = 0; j <= 6; j++)
      for (int k = 0; k <= 6; k++) {
        double integral = 0.0;
        const double exact = monomial(c->e->shape, i, j, k);
        for (int q = 0; q < c->e->npoints; q++)
          integral += c->e->weight[q] * term(c->e->point[q], i, j, k);
        if (is_of_degree(c->e->shape, c->e->degree, i, j, k))
          assert_close(integral, exact, 1e-14, 1e-15);
        else
          missed += fabs(integral - exact) > 1e-8;
      }
  assert_true(missed > 0); /* the stated degree is not too modest, or the loop tests nothing */
}

static void quadrature_has_its_degree(void **state) {
  (void)state;
  bp_test_every_element(rule);
}

/* Polynomials of the stated degrees come back, and where there are as many as points, the functions
 * are one at their own point and zero at the others. */
static void carries(BpTestCell *c) {
  double value[POINTS];
  int nterms = 0;
  for (int n = 0; n < 10; n++) {
    double xi[3];
    bp_test_inside(c, xi);
    c->e->point_basis(xi, value);
    nterms = 0;
    for (int i = 0; i <= 2; i++)
      for (int j = 0; j <= 2; j++)
        for (int k = 0; k <= 2; k++) {
          double sum = 0.0;
          if (!is_of_degree(c->e->shape, c->e->point_degree, i, j, k))
            continue;
          nterms++;
          for (int q = 0; q < c->e->npoints; q++)
            sum += value[q] * term(c->e->point[q], i, j, k);
          assert_close(sum, term(xi, i, j, k), 0.0, 1e-13);
        }
  }
  for (int q = 0; q < c->e->npoints && nterms == c->e->npoints; q++) {
    c->e->point_basis(c->e->point[q], value);
    for (int p = 0; p < c->e->npoints; p++)
      assert_close(value[p], p == q ? 1.0 : 0.0, 0.0, 1e-13);
  }
}

/* The linear fit gives linear functions back. */
static void fits_linearly(BpTestCell *c) {
  double value[POINTS], xi[3];
  for (int n = 0; n < 10; n++) {
    bp_test_inside(c, xi);
    bp_element_linear_basis(c->e, xi, value);
    for (int k = 0; k < 4; k++) {
      double sum = 0.0;
      for (int q = 0; q < c->e->npoints; q++)
        sum += value[q] * (k < 3 ? c->e->point[q][k] : 1.0);
      assert_close(sum, k < 3 ? xi[k] : 1.0, 0.0, 1e-13);
    }
  }
}

static void linear_fit_is_linear(void **state) {
  (void)state;
  bp_test_every_element(fits_linearly);
}

static void point_data_is_carried_inside(void **state) {
  (void)state;
  bp_test_every_element(carries);
}

/* ---- strain, force, stiffness */

/* u = b + A x: the strain is the symmetric part of A everywhere, zero for a rigid motion. */
static void has_linear_strain(BpTestCell *c) {
  for (int k = 0; k < 10; k++) {
    double A[3][3], b[3], u[3 * BP_FE_MAX_PAD] = {0}, sym[3][3], expected[6], strain[6 * POINTS];
    const int rigid = k % 2;
    bp_test_open_cell(c);
    for (int i = 0; i < 3; i++) {
      b[i] = bp_random(-1e-5, 1e-5);
      for (int j = 0; j <= i; j++) {
        A[i][j] = bp_random(-1.0, 1.0);
        A[j][i] = rigid ? (i == j ? 0.0 : -A[i][j]) : bp_random(-1.0, 1.0);
      }
    }
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        sym[i][j] = 0.5 * (A[i][j] + A[j][i]);
    bp_mandel((const double(*)[3])sym, expected);
    for (int n = 0; n < c->e->nnodes; n++)
      for (int d = 0; d < 3; d++)
        u[d * c->e->pad + n] =
            b[d] + A[d][0] * c->xyz[n][0] + A[d][1] * c->xyz[n][1] + A[d][2] * c->xyz[n][2];
    c->e->strains(c->g, c->volume, u, strain);
    for (int i = 0; i < 6 * c->e->npoints; i++)
      assert_close(strain[i], rigid ? 0.0 : expected[i % 6], 0.0, 1e-13);
  }
}

static void linear_fields_have_their_strain(void **state) {
  (void)state;
  bp_test_every_element(has_linear_strain);
}

static void random_field(const BpTestCell *c, double *u) {
  memset(u, 0, 3 * BP_FE_MAX_PAD * sizeof u[0]);
  for (int d = 0; d < 3; d++)
    for (int n = 0; n < c->e->nnodes; n++)
      u[d * c->e->pad + n] = bp_random(-1e-7, 1e-7);
}

/* Virtual work: f . u = stress : strain(u) dV. */
static void does_virtual_work(BpTestCell *c) {
  double u[3 * BP_FE_MAX_PAD], f[3 * BP_FE_MAX_PAD] = {0}, strain[6 * POINTS], stress[6 * POINTS];
  double work = 0.0, inside = 0.0, scale = 0.0;
  bp_test_open_cell(c);
  random_field(c, u);
  for (int i = 0; i < 6 * c->e->npoints; i++)
    stress[i] = bp_random(-1e7, 1e7);
  c->e->strains(c->g, c->volume, u, strain);
  c->e->add_force(c->g, c->volume, stress, f);
  for (int i = 0; i < 3 * c->e->pad; i++)
    work += f[i] * u[i];
  for (int q = 0; q < c->e->npoints; q++) {
    inside += bp_dot6(stress + 6 * q, strain + 6 * q) * c->volume[q];
    scale += bp_norm6(stress + 6 * q) * bp_norm6(strain + 6 * q) * c->volume[q];
  }
  assert_close(work, inside, 0.0, 1e-14 * scale);
}

static void force_is_the_transpose_of_strain(void **state) {
  (void)state;
  bp_test_every_element(does_virtual_work);
}

/* A positive definite tangent, other at every point. */
static void random_tangents(double *D) {
  for (int q = 0; q < POINTS; q++) {
    double half[6][6];
    for (int i = 0; i < 36; i++)
      half[i / 6][i % 6] = bp_random(-1e5, 1e5);
    for (int i = 0; i < 6; i++)
      for (int j = 0; j < 6; j++)
        D[36 * q + 6 * i + j] = bp_dot6(half[i], half[j]) + (i == j ? 1e9 : 0.0);
  }
}

/* K u, from K and from its definition: strain, stress, force at every point. */
static void has_its_stiffness(BpTestCell *c) {
  static double D[36 * POINTS], K[DOFS * DOFS];
  for (int same = 0; same < 2; same++) {
    double u[3 * BP_FE_MAX_PAD], f[3 * BP_FE_MAX_PAD] = {0}, strain[6 * POINTS], stress[6 * POINTS],
                                       largest = 0.0;
    const int pad = c->e->pad, ndofs = 3 * c->e->nnodes;
    bp_test_open_cell(c);
    random_tangents(D);
    random_field(c, u);
    c->e->strains(c->g, c->volume, u, strain);
    for (int q = 0; q < c->e->npoints; q++)
      bp_apply6(D + (same ? 0 : 36 * q), strain + 6 * q, stress + 6 * q);
    c->e->add_force(c->g, c->volume, stress, f);
    c->e->stiffness(c->g, c->volume, D, same ? 0 : 36, K);
    for (int i = 0; i < 3 * pad; i++)
      largest = fmax(largest, fabs(f[i]));
    for (int r = 0; r < ndofs; r++) {
      double sum = 0.0;
      for (int s = 0; s < ndofs; s++) {
        sum += K[ndofs * r + s] * u[s % 3 * pad + s / 3];
        assert_true(K[ndofs * r + s] == K[ndofs * s + r]);
      }
      assert_close(sum, f[r % 3 * pad + r / 3], 0.0, 1e-13 * largest);
    }
  }
}

static void stiffness_is_its_definition(void **state) {
  (void)state;
  bp_test_every_element(has_its_stiffness);
}

/* Adds a push on the rigid motions and takes the Cholesky factor. */
static void assert_no_seventh(double *K, int ndofs, double (*mode)[DOFS]) {
  double trace = 0.0;
  for (int r = 0; r < ndofs; r++)
    trace += K[ndofs * r + r] / ndofs;
  for (int r = 0; r < ndofs; r++)
    for (int s = 0; s < ndofs; s++)
      for (int m = 0; m < 6; m++)
        K[ndofs * r + s] += trace * mode[m][r] * mode[m][s] / 1e-10;
  for (int s = 0; s < ndofs; s++) { /* Cholesky in place */
    double *row = K + (size_t)ndofs * (size_t)s;
    for (int k = 0; k < s; k++)
      row[s] -= row[k] * row[k];
    assert_true(row[s] > 1e-6 * trace);
    row[s] = sqrt(row[s]);
    for (int r = s + 1; r < ndofs; r++) {
      for (int k = 0; k < s; k++)
        K[ndofs * r + s] -= K[ndofs * r + k] * row[k];
      K[ndofs * r + s] /= row[s];
    }
  }
}

/* Six rigid motions, no force; and no seventh motion without energy: K plus a push on those six is
 * positive definite (its Cholesky factor exists). */
static void has_six_motions(BpTestCell *c) {
  static double D[36 * POINTS], K[DOFS * DOFS];
  double mode[6][DOFS] = {{0}};
  const int ndofs = 3 * c->e->nnodes;
  bp_test_open_cell(c);
  random_tangents(D);
  c->e->stiffness(c->g, c->volume, D, 36, K);
  for (int d = 0; d < 3; d++)
    for (int n = 0; n < c->e->nnodes; n++) {
      mode[d][3 * n + d] = 1e-5;
      mode[3 + d][3 * n + (d + 1) % 3] = -(c->xyz[n][(d + 2) % 3] - 0.7e-5);
      mode[3 + d][3 * n + (d + 2) % 3] = c->xyz[n][(d + 1) % 3] - 0.7e-5;
    }
  for (int m = 0; m < 6; m++)
    for (int r = 0; r < ndofs; r++) {
      double force = 0.0, scale = 0.0;
      for (int s = 0; s < ndofs; s++) {
        force += K[ndofs * r + s] * mode[m][s];
        scale = fmax(scale, fabs(K[ndofs * r + s] * mode[m][s]));
      }
      assert_close(force, 0.0, 0.0, 1e-13 * scale);
    }
  assert_no_seventh(K, ndofs, mode);
}

static void six_motions_without_force(void **state) {
  (void)state;
  bp_test_every_element(has_six_motions);
}

/* With the mean dilatation, the volumetric strain is the same at all points. */
static void dilates_evenly(BpTestCell *c) {
  double u[3 * BP_FE_MAX_PAD], strain[6 * POINTS], spread = 0.0, largest = 0.0;
  bp_test_open_cell(c);
  random_field(c, u);
  c->e->strains(c->g, c->volume, u, strain);
  const double first = strain[0] + strain[1] + strain[2];
  for (int q = 0; q < c->e->npoints; q++) {
    spread = fmax(spread, fabs(strain[6 * q] + strain[6 * q + 1] + strain[6 * q + 2] - first));
    largest = fmax(largest, bp_norm6(strain + 6 * q));
  }
  if (c->e->mean_dilatation || c->e->cell == BP_CELL_TET4) /* whose strain is constant */
    assert_true(spread < 1e-14 * largest);
  else
    assert_true(spread > 1e-3 * largest);
}

static void mean_dilatation_is_what_it_says(void **state) {
  (void)state;
  bp_test_every_element(dilates_evenly);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(entries_are_complete),
      cmocka_unit_test(shapes_are_one_at_their_node),
      cmocka_unit_test(shapes_and_their_slopes),
      cmocka_unit_test(quadrature_has_its_degree),
      cmocka_unit_test(point_data_is_carried_inside),
      cmocka_unit_test(linear_fit_is_linear),
      cmocka_unit_test(linear_fields_have_their_strain),
      cmocka_unit_test(force_is_the_transpose_of_strain),
      cmocka_unit_test(stiffness_is_its_definition),
      cmocka_unit_test(six_motions_without_force),
      cmocka_unit_test(mean_dilatation_is_what_it_says),
  };
  return cmocka_run_group_tests_name("elements", tests, NULL, NULL);
}
