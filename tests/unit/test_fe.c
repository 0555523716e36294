/* The wedge: shape functions, quadrature, gradients, forces and stiffness on distorted curved
 * elements. Expected: exact properties, and integrals over the faces by a rule of the test's own.
 */
#include "close.h"

#include "fe.h"
#include "meshio.h"

#include <stdlib.h>

static const double reference[6][3] = {{0, 0, -1}, {1, 0, -1}, {0, 1, -1},
                                       {0, 0, 1},  {1, 0, 1},  {0, 1, 1}};

/* A wedge of about 10 x 10 x 8 um in a general position, with every node moved: edges and faces are
 * curved. */
static void random_wedge(double amplitude, double xyz[15][3]) {
  const BpCellInfo *info = bp_cell_info(BP_CELL_WEDGE15);
  const double turn[3][3] = {{0.8, 0.1, -0.3}, {-0.2, 1.1, 0.2}, {0.3, -0.1, 0.4}};
  for (int n = 0; n < 15; n++)
    for (int i = 0; i < 3; i++) {
      double x[3];
      for (int d = 0; d < 3; d++)
        x[d] =
            n < 6 ? reference[n][d]
                  : 0.5 * (reference[info->edge[n - 6][0]][d] + reference[info->edge[n - 6][1]][d]);
      xyz[n][i] = 1e-5 * (turn[i][0] * x[0] + turn[i][1] * x[1] + turn[i][2] * x[2] + 0.7 +
                          amplitude * bp_random(-1.0, 1.0));
    }
}

static void random_point(double xi[3]) {
  xi[0] = bp_random(0.0, 1.0);
  xi[1] = bp_random(0.0, 1.0 - xi[0]);
  xi[2] = bp_random(-1.0, 1.0);
}

static void shapes_are_one_at_their_node(void **state) {
  (void)state;
  const BpCellInfo *info = bp_cell_info(BP_CELL_WEDGE15);
  for (int n = 0; n < 15; n++) {
    double xi[3], N[15];
    for (int d = 0; d < 3; d++)
      xi[d] = n < 6
                  ? reference[n][d]
                  : 0.5 * (reference[info->edge[n - 6][0]][d] + reference[info->edge[n - 6][1]][d]);
    bp_wedge_shape(xi, N, NULL);
    for (int m = 0; m < 15; m++)
      assert_close(N[m], m == n ? 1.0 : 0.0, 0.0, 1e-15);
  }
}

/* Sums of values and slopes, and slopes against central differences, which are exact for
 * quadratics; the shapes are quadratic in each coordinate, so round-off over the step remains. */
static void shapes_and_their_slopes(void **state) {
  (void)state;
  const double h = 1e-3;
  for (int k = 0; k < 20; k++) {
    double xi[3], N[15], dN[15][3], sum = 0.0, slope[3] = {0};
    random_point(xi);
    bp_wedge_shape(xi, N, dN);
    for (int n = 0; n < 15; n++) {
      sum += N[n];
      for (int d = 0; d < 3; d++)
        slope[d] += dN[n][d];
    }
    assert_close(sum, 1.0, 1e-14, 0.0);
    for (int d = 0; d < 3; d++) {
      double up[15], down[15], moved[3] = {xi[0], xi[1], xi[2]};
      assert_close(slope[d], 0.0, 0.0, 1e-14);
      moved[d] = xi[d] + h;
      bp_wedge_shape(moved, up, NULL);
      moved[d] = xi[d] - h;
      bp_wedge_shape(moved, down, NULL);
      for (int n = 0; n < 15; n++)
        assert_close(dN[n][d], (up[n] - down[n]) / (2 * h), 0.0, 1e-12);
    }
  }
}

static double factorial(int n) {
  return n < 2 ? 1.0 : n * factorial(n - 1);
}

static double power(double x, int n) {
  return n > 0 ? x * power(x, n - 1) : 1.0;
}

/* Integral of r^i s^j over the triangle is i! j!/(i + j + 2)!. */
static void quadrature_has_its_degree(void **state) {
  (void)state;
  double sum = 0.0;
  for (int q = 0; q < BP_WEDGE_POINTS; q++) {
    assert_true(bp_wedge_weight[q] > 0.0);
    assert_true(bp_wedge_point[q][0] > 0.0 && bp_wedge_point[q][1] > 0.0);
    assert_true(bp_wedge_point[q][0] + bp_wedge_point[q][1] < 1.0);
    assert_close(bp_wedge_point[q][2], bp_wedge_point[6 * (q / 6)][2], 0.0, 0.0); /* in layers */
    sum += bp_wedge_weight[q];
  }
  assert_close(sum, 1.0, 1e-14, 0.0); /* area 1/2 times height 2 */
  for (int i = 0; i <= 4; i++)
    for (int j = 0; i + j <= 4; j++)
      for (int k = 0; k <= 5; k++) {
        double integral = 0.0;
        for (int q = 0; q < BP_WEDGE_POINTS; q++)
          integral += bp_wedge_weight[q] * power(bp_wedge_point[q][0], i) *
                      power(bp_wedge_point[q][1], j) * power(bp_wedge_point[q][2], k);
        const double exact =
            factorial(i) * factorial(j) / factorial(i + j + 2) * (k % 2 ? 0.0 : 2.0 / (k + 1));
        assert_close(integral, exact, 1e-14, 1e-15);
      }
}

/* One at its own point, zero at the others, and every product of a quadratic in the plane with one
 * along t is met. */
static void point_basis_interpolates(void **state) {
  (void)state;
  double value[BP_WEDGE_POINTS];
  for (int q = 0; q < BP_WEDGE_POINTS; q++) {
    bp_wedge_point_basis(bp_wedge_point[q], value);
    for (int p = 0; p < BP_WEDGE_POINTS; p++)
      assert_close(value[p], p == q ? 1.0 : 0.0, 0.0, 1e-13);
  }
  for (int n = 0; n < 10; n++) {
    double xi[3];
    random_point(xi);
    bp_wedge_point_basis(xi, value);
    for (int i = 0; i <= 2; i++)
      for (int j = 0; i + j <= 2; j++)
        for (int k = 0; k <= 2; k++) {
          double sum = 0.0;
          for (int q = 0; q < BP_WEDGE_POINTS; q++)
            sum += value[q] * power(bp_wedge_point[q][0], i) * power(bp_wedge_point[q][1], j) *
                   power(bp_wedge_point[q][2], k);
          assert_close(sum, power(xi[0], i) * power(xi[1], j) * power(xi[2], k), 0.0, 1e-13);
        }
  }
}

/* ---- faces, by Gauss-Legendre with six points (Abramowitz & Stegun, table 25.4) */

static const double gauss_x[6] = {-0.932469514203152, -0.661209386466265, -0.238619186083197,
                                  0.238619186083197,  0.661209386466265,  0.932469514203152};
static const double gauss_w[6] = {0.171324492379170, 0.360761573048139, 0.467913934572691,
                                  0.467913934572691, 0.360761573048139, 0.171324492379170};

/* Point and weight of a rule for a face; the triangle as a collapsed square. */
static double face_point(int nnodes, int i, int j, double at[2]) {
  if (nnodes == 8) {
    at[0] = gauss_x[i];
    at[1] = gauss_x[j];
    return gauss_w[i] * gauss_w[j];
  }
  const double u = 0.5 * (1.0 + gauss_x[i]), v = 0.5 * (1.0 + gauss_x[j]);
  at[0] = u;
  at[1] = v * (1.0 - u);
  return 0.25 * gauss_w[i] * gauss_w[j] * (1.0 - u);
}

/* n dA at a point of a face. Slopes by differences, exact because a face is quadratic along each of
 * its coordinates. */
static void face_normal(int nnodes, const double (*xyz)[3], const double at[2], double n[3]) {
  const double h = 0.125;
  double slope[2][3];
  for (int d = 0; d < 2; d++) {
    double up[3], down[3];
    bp_face_position(nnodes, xyz, at[0] + (d == 0 ? h : 0), at[1] + (d == 1 ? h : 0), up);
    bp_face_position(nnodes, xyz, at[0] - (d == 0 ? h : 0), at[1] - (d == 1 ? h : 0), down);
    for (int i = 0; i < 3; i++)
      slope[d][i] = (up[i] - down[i]) / (2 * h);
  }
  for (int i = 0; i < 3; i++)
    n[i] = slope[0][(i + 1) % 3] * slope[1][(i + 2) % 3] -
           slope[0][(i + 2) % 3] * slope[1][(i + 1) % 3];
}

/* Adds integrals over face f of N_a n dA for its nodes, and of x . n/3 dA. */
static void integrate_face(const double (*xyz)[3], int f, double moment[15][3], double *volume) {
  int nodes[8];
  double corners[8][3];
  const int nnodes = 2 * bp_wedge_face_size[f];
  bp_wedge_face_nodes(f, nodes);
  for (int i = 0; i < nnodes; i++)
    memcpy(corners[i], xyz[nodes[i]], sizeof corners[i]);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) {
      double at[2], n[3], x[3];
      const double w = face_point(nnodes, i, j, at);
      face_normal(nnodes, (const double(*)[3])corners, at, n);
      bp_face_position(nnodes, (const double(*)[3])corners, at[0], at[1], x);
      *volume += w * (x[0] * n[0] + x[1] * n[1] + x[2] * n[2]) / 3.0;
      for (int a = 0; a < nnodes; a++) {
        double unit[8][3] = {{0}}, N[3];
        unit[a][0] = 1.0;
        bp_face_position(nnodes, (const double(*)[3])unit, at[0], at[1], N);
        for (int d = 0; d < 3; d++)
          moment[nodes[a]][d] += w * N[0] * n[d];
      }
    }
}

/* Gauss' theorem, integral of grad N_a = integral of N_a n over the faces: what the patch test
 * stands on. A rule of 3 x 3 points misses it by some 1e-3. */
static void gradients_obey_gauss(void **state) {
  (void)state;
  for (int k = 0; k < 10; k++) {
    double xyz[15][3], moment[15][3] = {{0}}, by_faces = 0.0, volume = 0.0;
    BpGradient g[BP_WEDGE_POINTS];
    random_wedge(0.08, xyz);
    const double(*at)[3] = (const double(*)[3])xyz;
    for (int f = 0; f < 5; f++)
      integrate_face(at, f, moment, &by_faces);
    assert_int_equal(bp_wedge_gradients(at, g), BP_OK);
    for (int q = 0; q < BP_WEDGE_POINTS; q++)
      volume += g[q].volume;
    assert_close(volume, by_faces, 1e-13, 0.0);
    for (int n = 0; n < 15; n++)
      for (int d = 0; d < 3; d++) {
        double integral = 0.0;
        for (int q = 0; q < BP_WEDGE_POINTS; q++)
          integral += g[q].volume * g[q].g[d][n];
        assert_close(integral, moment[n][d], 0.0, 1e-13 * 1e-10); /* a face has 1e-10 m2 */
      }
  }
}

/* ---- strain, force, stiffness */

static void linear_field(const double xyz[15][3], const double A[3][3], const double b[3],
                         double u[3][BP_FE_PAD]) {
  for (int d = 0; d < 3; d++) {
    u[d][15] = 0.0;
    for (int n = 0; n < 15; n++)
      u[d][n] = b[d] + A[d][0] * xyz[n][0] + A[d][1] * xyz[n][1] + A[d][2] * xyz[n][2];
  }
}

/* u = b + A x: the strain is the symmetric part of A everywhere, zero for a rigid motion. */
static void linear_fields_have_their_strain(void **state) {
  (void)state;
  for (int k = 0; k < 10; k++) {
    double xyz[15][3], A[3][3], b[3], u[3][BP_FE_PAD], sym[3][3], expected[6], strain[6];
    BpGradient g[BP_WEDGE_POINTS];
    const int rigid = k % 2;
    random_wedge(0.08, xyz);
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
    linear_field((const double(*)[3])xyz, (const double(*)[3])A, b, u);
    assert_int_equal(bp_wedge_gradients((const double(*)[3])xyz, g), BP_OK);
    for (int q = 0; q < BP_WEDGE_POINTS; q++) {
      bp_fe_strain(&g[q], (const double(*)[BP_FE_PAD])u, strain);
      for (int i = 0; i < 6; i++)
        assert_close(strain[i], rigid ? 0.0 : expected[i], 0.0, 2e-14);
    }
  }
}

static void random_field(double u[3][BP_FE_PAD]) {
  for (int d = 0; d < 3; d++)
    for (int n = 0; n < BP_FE_PAD; n++)
      u[d][n] = n < 15 ? bp_random(-1e-7, 1e-7) : 0.0;
}

/* Virtual work: f . u = stress : strain(u) dV. */
static void force_is_the_transpose_of_strain(void **state) {
  (void)state;
  double xyz[15][3], u[3][BP_FE_PAD], strain[6], stress[6];
  BpGradient g[BP_WEDGE_POINTS];
  random_wedge(0.08, xyz);
  assert_int_equal(bp_wedge_gradients((const double(*)[3])xyz, g), BP_OK);
  for (int q = 0; q < BP_WEDGE_POINTS; q++) {
    double f[3][BP_FE_PAD] = {{0}}, work = 0.0;
    random_field(u);
    for (int i = 0; i < 6; i++)
      stress[i] = bp_random(-1e7, 1e7);
    bp_fe_strain(&g[q], (const double(*)[BP_FE_PAD])u, strain);
    bp_fe_add_force(&g[q], stress, f);
    for (int d = 0; d < 3; d++)
      for (int n = 0; n < 15; n++)
        work += f[d][n] * u[d][n];
    const double scale = bp_norm6(stress) * bp_norm6(strain) * g[q].volume;
    assert_close(work, bp_dot6(stress, strain) * g[q].volume, 0.0, 1e-14 * scale);
  }
}

/* A positive definite tangent, other at every point. */
static void random_tangents(double *D) {
  for (int q = 0; q < BP_WEDGE_POINTS; q++) {
    double half[6][6];
    for (int i = 0; i < 36; i++)
      half[i / 6][i % 6] = bp_random(-1e5, 1e5);
    for (int i = 0; i < 6; i++)
      for (int j = 0; j < 6; j++)
        D[36 * q + 6 * i + j] = bp_dot6(half[i], half[j]) + (i == j ? 1e9 : 0.0);
  }
}

/* K u, from K and from its definition: strain, stress, force at every point. */
static void stiffness_is_its_definition(void **state) {
  (void)state;
  double xyz[15][3], D[36 * BP_WEDGE_POINTS], K[45 * 45], u[3][BP_FE_PAD];
  BpGradient g[BP_WEDGE_POINTS];
  for (int same = 0; same < 2; same++) {
    random_wedge(0.08, xyz);
    random_tangents(D);
    random_field(u);
    assert_int_equal(bp_wedge_gradients((const double(*)[3])xyz, g), BP_OK);
    double f[3][BP_FE_PAD] = {{0}}, largest = 0.0;
    for (int q = 0; q < BP_WEDGE_POINTS; q++) {
      double strain[6], stress[6];
      bp_fe_strain(&g[q], (const double(*)[BP_FE_PAD])u, strain);
      bp_apply6(D + (same ? 0 : 36 * q), strain, stress);
      bp_fe_add_force(&g[q], stress, f);
    }
    bp_fe_stiffness(g, D, same ? 0 : 36, K);
    for (int r = 0; r < 45; r++)
      largest = fmax(largest, fabs(f[r % 3][r / 3]));
    for (int r = 0; r < 45; r++) {
      double sum = 0.0;
      for (int c = 0; c < 45; c++) {
        sum += K[45 * r + c] * u[c % 3][c / 3];
        assert_true(K[45 * r + c] == K[45 * c + r]);
      }
      assert_close(sum, f[r % 3][r / 3], 0.0, 1e-13 * largest);
    }
  }
}

static double length_of_product(const double *K, const double *v, double *scale) {
  double sum = 0.0;
  for (int r = 0; r < 45; r++) {
    double kv = 0.0;
    for (int c = 0; c < 45; c++) {
      kv += K[45 * r + c] * v[c];
      *scale = fmax(*scale, fabs(K[45 * r + c] * v[c]));
    }
    sum = fmax(sum, fabs(kv));
  }
  return sum;
}

/* Six rigid motions, no force; and no seventh motion without energy: K plus a push on those six is
 * positive definite (its Cholesky factor exists). */
static void six_motions_without_force(void **state) {
  (void)state;
  double xyz[15][3], D[36 * BP_WEDGE_POINTS], K[45 * 45], mode[6][45] = {{0}};
  BpGradient g[BP_WEDGE_POINTS];
  random_wedge(0.08, xyz);
  random_tangents(D);
  assert_int_equal(bp_wedge_gradients((const double(*)[3])xyz, g), BP_OK);
  bp_fe_stiffness(g, D, 36, K);
  for (int d = 0; d < 3; d++)
    for (int n = 0; n < 15; n++) {
      mode[d][3 * n + d] = 1e-5;
      mode[3 + d][3 * n + (d + 1) % 3] = -(xyz[n][(d + 2) % 3] - 0.7e-5);
      mode[3 + d][3 * n + (d + 2) % 3] = xyz[n][(d + 1) % 3] - 0.7e-5;
    }
  for (int m = 0; m < 6; m++) {
    double scale = 0.0;
    const double force = length_of_product(K, mode[m], &scale);
    assert_close(force, 0.0, 0.0, 1e-13 * scale);
  }
  double trace = 0.0;
  for (int r = 0; r < 45; r++)
    trace += K[46 * r] / 45.0;
  for (int r = 0; r < 45; r++)
    for (int c = 0; c < 45; c++)
      for (int m = 0; m < 6; m++)
        K[45 * r + c] += trace * mode[m][r] * mode[m][c] / 1e-10;
  for (int c = 0; c < 45; c++) { /* Cholesky in place */
    for (int k = 0; k < c; k++)
      K[46 * c] -= K[45 * c + k] * K[45 * c + k];
    assert_true(K[46 * c] > 1e-6 * trace);
    K[46 * c] = sqrt(K[46 * c]);
    for (int r = c + 1; r < 45; r++) {
      for (int k = 0; k < c; k++)
        K[45 * r + c] -= K[45 * r + k] * K[45 * c + k];
      K[45 * r + c] /= K[46 * c];
    }
  }
}

/* ---- validity */

static void jacobian_is_the_slope_of_position(void **state) {
  (void)state;
  const double h = 1e-2; /* positions are quadratic along each coordinate */
  double xyz[15][3], xi[3], J[3][3];
  random_wedge(0.08, xyz);
  random_point(xi);
  const double(*at)[3] = (const double(*)[3])xyz;
  const double det = bp_wedge_jacobian(at, xi, J);
  for (int j = 0; j < 3; j++) {
    double up[3], down[3], moved[3] = {xi[0], xi[1], xi[2]};
    moved[j] += h;
    bp_wedge_position(at, moved, up);
    moved[j] -= 2 * h;
    bp_wedge_position(at, moved, down);
    for (int i = 0; i < 3; i++)
      assert_close(J[i][j], (up[i] - down[i]) / (2 * h), 0.0, 1e-17);
  }
  assert_close(det,
               J[0][0] * (J[1][1] * J[2][2] - J[1][2] * J[2][1]) +
                   J[0][1] * (J[1][2] * J[2][0] - J[1][0] * J[2][2]) +
                   J[0][2] * (J[1][0] * J[2][1] - J[1][1] * J[2][0]),
               1e-13, 0.0);
  assert_close(bp_wedge_jacobian(at, xi, NULL), det, 0.0, 0.0);
}

/* Smallest determinant over a fine lattice. */
static double sampled_minimum(const double (*xyz)[3]) {
  const int n = 24;
  double least = INFINITY;
  for (int i = 0; i <= n; i++)
    for (int j = 0; i + j <= n; j++)
      for (int k = 0; k <= n; k++) {
        const double xi[3] = {(double)i / n, (double)j / n, 2.0 * k / n - 1.0};
        least = fmin(least, bp_wedge_jacobian(xyz, xi, NULL));
      }
  return least;
}

static void bounds_enclose_the_jacobian(void **state) {
  (void)state;
  BpJacobianBound bound;
  int valid = 0, invalid = 0;
  bp_jacobian_bound_init(&bound);
  for (int k = 0; k < 60; k++) {
    double xyz[15][3], lower, upper;
    random_wedge(0.01 * (k % 20), xyz);
    bp_wedge_jacobian_bounds(&bound, (const double(*)[3])xyz, &lower, &upper);
    const double least = sampled_minimum((const double(*)[3])xyz);
    assert_true(lower <= least + 1e-12 * upper);
    assert_true(upper >= least);
    if (k % 20 == 0) { /* straight edges: constant, and the bound is sharp */
      assert_close(lower, least, 1e-11, 0.0);
      assert_close(upper, least, 1e-11, 0.0);
    }
    valid += lower > 0.0;
    invalid += lower <= 0.0;
  }
  assert_true(valid > 5 && invalid > 5); /* both happen, or the test says nothing */
}

static void inverted_wedges_are_refused(void **state) {
  (void)state;
  double xyz[15][3];
  BpGradient g[BP_WEDGE_POINTS];
  random_wedge(0.0, xyz);
  assert_int_equal(bp_wedge_gradients((const double(*)[3])xyz, g), BP_OK);
  for (int n = 0; n < 15; n++) /* the mirror image */
    xyz[n][0] = -xyz[n][0];
  assert_int_equal(bp_wedge_gradients((const double(*)[3])xyz, g), BP_BAD);
}

/* A face's own map is that of its wedge. */
static void faces_fit_their_wedge(void **state) {
  (void)state;
  double xyz[15][3], corners[8][3], on_face[3], in_wedge[3];
  random_wedge(0.08, xyz);
  for (int f = 0; f < 5; f++) {
    int nodes[8];
    const int n = bp_wedge_face_size[f];
    const double r = 0.3, s = 0.25;
    bp_wedge_face_nodes(f, nodes);
    for (int i = 0; i < 2 * n; i++)
      memcpy(corners[i], xyz[nodes[i]], sizeof corners[i]);
    const double weight[4] = {n == 3 ? 1 - r - s : 0.25 * (1 - r) * (1 - s),
                              n == 3 ? r : 0.25 * (1 + r) * (1 - s),
                              n == 3 ? s : 0.25 * (1 + r) * (1 + s), 0.25 * (1 - r) * (1 + s)};
    double xi[3] = {0};
    for (int i = 0; i < n; i++)
      for (int d = 0; d < 3; d++)
        xi[d] += weight[i] * reference[bp_wedge_face[f][i]][d];
    bp_face_position(2 * n, (const double(*)[3])corners, r, s, on_face);
    bp_wedge_position((const double(*)[3])xyz, xi, in_wedge);
    for (int d = 0; d < 3; d++)
      assert_close(on_face[d], in_wedge[d], 1e-14, 0.0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shapes_are_one_at_their_node),
      cmocka_unit_test(shapes_and_their_slopes),
      cmocka_unit_test(quadrature_has_its_degree),
      cmocka_unit_test(point_basis_interpolates),
      cmocka_unit_test(gradients_obey_gauss),
      cmocka_unit_test(linear_fields_have_their_strain),
      cmocka_unit_test(force_is_the_transpose_of_strain),
      cmocka_unit_test(stiffness_is_its_definition),
      cmocka_unit_test(six_motions_without_force),
      cmocka_unit_test(jacobian_is_the_slope_of_position),
      cmocka_unit_test(bounds_enclose_the_jacobian),
      cmocka_unit_test(inverted_wedges_are_refused),
      cmocka_unit_test(faces_fit_their_wedge),
  };
  return cmocka_run_group_tests_name("fe", tests, NULL, NULL);
}
