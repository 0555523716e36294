#include "fe.h"

/* Lattice of a simplex of dimension 1 to 3: the powers of its barycentric coordinates in the
 * Bernstein polynomials of a degree, at the points power / degree. Returns their number. */
static int lattice(int dim, int degree, int power[BP_BOUND_SIMPLEX][4]) {
  int n = 0;
  for (int j = 0; j <= degree; j++)
    for (int k = 0; k <= (dim > 1 ? degree - j : 0); k++)
      for (int l = 0; l <= (dim > 2 ? degree - j - k : 0); l++, n++) {
        power[n][0] = degree - j - k - l;
        power[n][1] = j;
        power[n][2] = k;
        power[n][3] = l;
      }
  return n;
}

static double whole_power(double x, int n) {
  double p = 1.0;
  for (int i = 0; i < n; i++)
    p *= x;
  return p;
}

static double factorial(int n) {
  return n < 2 ? 1.0 : n * factorial(n - 1);
}

/* Inverts the n x n matrix a in place of `inverse` by Gauss-Jordan with partial pivoting. */
static void invert(int n, double *a, double *inverse) {
  for (int i = 0; i < n * n; i++)
    inverse[i] = i % (n + 1) == 0 ? 1.0 : 0.0;
  for (int c = 0; c < n; c++) {
    int pivot = c;
    for (int r = c + 1; r < n; r++)
      if (fabs(a[r * n + c]) > fabs(a[pivot * n + c]))
        pivot = r;
    for (int k = 0; k < n; k++) {
      double t = a[c * n + k], u = inverse[c * n + k];
      a[c * n + k] = a[pivot * n + k];
      inverse[c * n + k] = inverse[pivot * n + k];
      a[pivot * n + k] = t;
      inverse[pivot * n + k] = u;
    }
    const double scale = 1.0 / a[c * n + c];
    for (int k = 0; k < n; k++) {
      a[c * n + k] *= scale;
      inverse[c * n + k] *= scale;
    }
    for (int r = 0; r < n; r++) {
      const double factor = r == c ? 0.0 : a[r * n + c];
      for (int k = 0; k < n; k++) {
        a[r * n + k] -= factor * a[c * n + k];
        inverse[r * n + k] -= factor * inverse[c * n + k];
      }
    }
  }
}

/* Samples at the lattice -> Bernstein coefficients. */
static int transform(int dim, int degree, int power[BP_BOUND_SIMPLEX][4], double *inverse) {
  double value[BP_BOUND_SIMPLEX * BP_BOUND_SIMPLEX];
  const int n = lattice(dim, degree, power);
  for (int i = 0; i < n; i++)
    for (int b = 0; b < n; b++) {
      double v = factorial(degree);
      for (int d = 0; d <= dim; d++)
        v *= whole_power(power[i][d] / (double)degree, power[b][d]) / factorial(power[b][d]);
      value[i * n + b] = v;
    }
  invert(n, value, inverse);
  return n;
}

void bp_jacobian_bound_init(const BpElement *element, BpJacobianBound *bound) {
  static const int dims[] = {[BP_TETRAHEDRON] = 3, [BP_WEDGE] = 2, [BP_HEXAHEDRON] = 1};
  const int *degree = element->jacobian_degree;
  int power[BP_BOUND_SIMPLEX][4];
  *bound = (BpJacobianBound){.element = element, .dim = dims[element->shape]};
  bound->nline = transform(1, degree[bound->dim == 2], power, bound->line);
  bound->nsimplex = transform(bound->dim, degree[0], power, bound->simplex);
  for (int i = 0; i < bound->nsimplex; i++)
    for (int d = 0; d < bound->dim; d++)
      bound->at[i][d] = power[i][d + 1] / (double)degree[0];
}

/* Reference coordinates of lattice point i of the simplex and j, k of the lines. */
static void sample_point(const BpJacobianBound *bound, int i, int j, int k, double xi[3]) {
  const double n = bound->nline - 1.0;
  memcpy(xi, bound->at[i], 3 * sizeof xi[0]);
  if (bound->dim == 2)
    xi[2] = -1.0 + 2.0 * j / n;
  if (bound->dim == 1) {
    xi[0] = -1.0 + 2.0 * xi[0];
    xi[1] = -1.0 + 2.0 * j / n;
    xi[2] = -1.0 + 2.0 * k / n;
  }
}

/* out = matrix applied along one index of value [before][n][after]. */
static void apply(const double *matrix, int n, int before, int after, double *value) {
  double column[BP_BOUND_SIMPLEX];
  for (int b = 0; b < before; b++)
    for (int a = 0; a < after; a++) {
      double *at = value + b * n * after + a;
      for (int i = 0; i < n; i++) {
        column[i] = 0.0;
        for (int j = 0; j < n; j++)
          column[i] += matrix[i * n + j] * at[j * after];
      }
      for (int i = 0; i < n; i++)
        at[i * after] = column[i];
    }
}

void bp_jacobian_bounds(const BpJacobianBound *bound, const double (*xyz)[3], double *lower,
                        double *upper) {
  double value[BP_BOUND_SAMPLES] = {0};
  const int ns = bound->nsimplex, nj = bound->dim < 3 ? bound->nline : 1,
            nk = bound->dim < 2 ? bound->nline : 1, n = ns * nj * nk;
  for (int i = 0; i < ns; i++)
    for (int j = 0; j < nj; j++)
      for (int k = 0; k < nk; k++) {
        double xi[3];
        sample_point(bound, i, j, k, xi);
        value[(i * nj + j) * nk + k] = bp_element_jacobian(bound->element, xyz, xi, NULL);
      }
  *upper = value[0];
  for (int i = 0; i < n; i++)
    *upper = fmax(*upper, value[i]);
  apply(bound->simplex, ns, 1, nj * nk, value);
  if (nj > 1)
    apply(bound->line, nj, ns, nk, value);
  if (nk > 1)
    apply(bound->line, nk, ns * nj, 1, value);
  *lower = *upper;
  for (int i = 0; i < n; i++)
    *lower = fmin(*lower, value[i]);
}
