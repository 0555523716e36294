#include "fe.h"

enum { PLANE = 15, LINE = 6, DEGREE = 4 };

/* Lattice of the triangle: powers (i, j, k) with i + j + k = 4, at the points (j/4, k/4). */
static int lattice(int power[PLANE][3]) {
  int n = 0;
  for (int j = 0; j <= DEGREE; j++)
    for (int k = 0; k <= DEGREE - j; k++, n++) {
      power[n][0] = DEGREE - j - k;
      power[n][1] = j;
      power[n][2] = k;
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

void bp_jacobian_bound_init(BpJacobianBound *bound) {
  int power[PLANE][3];
  double plane[PLANE * PLANE], line[LINE * LINE];
  lattice(power);
  for (int i = 0; i < PLANE; i++)
    for (int b = 0; b < PLANE; b++) {
      plane[i * PLANE + b] = factorial(DEGREE);
      for (int d = 0; d < 3; d++)
        plane[i * PLANE + b] *=
            whole_power(power[i][d] / (double)DEGREE, power[b][d]) / factorial(power[b][d]);
    }
  for (int i = 0; i < LINE; i++)
    for (int b = 0; b < LINE; b++) {
      const double x = i / 5.0;
      line[i * LINE + b] = factorial(5) / (factorial(b) * factorial(5 - b)) * whole_power(x, b) *
                           whole_power(1.0 - x, 5 - b);
    }
  invert(PLANE, plane, &bound->plane[0][0]);
  invert(LINE, line, &bound->line[0][0]);
}

static void sample(const double (*xyz)[3], double value[PLANE][LINE]) {
  int power[PLANE][3];
  lattice(power);
  for (int i = 0; i < PLANE; i++)
    for (int k = 0; k < LINE; k++) {
      const double xi[3] = {power[i][1] / (double)DEGREE, power[i][2] / (double)DEGREE,
                            -1.0 + 2.0 * k / 5.0};
      value[i][k] = bp_wedge_jacobian(xyz, xi, NULL);
    }
}

void bp_wedge_jacobian_bounds(const BpJacobianBound *bound, const double (*xyz)[3], double *lower,
                              double *upper) {
  double value[PLANE][LINE], half[PLANE][LINE];
  sample(xyz, value);
  *upper = value[0][0];
  for (int i = 0; i < PLANE; i++)
    for (int k = 0; k < LINE; k++) {
      *upper = fmax(*upper, value[i][k]);
      half[i][k] = 0.0;
      for (int j = 0; j < PLANE; j++)
        half[i][k] += bound->plane[i][j] * value[j][k];
    }
  *lower = *upper;
  for (int i = 0; i < PLANE; i++)
    for (int k = 0; k < LINE; k++) {
      double c = 0.0;
      for (int j = 0; j < LINE; j++)
        c += bound->line[k][j] * half[i][j];
      *lower = fmin(*lower, c);
    }
}
