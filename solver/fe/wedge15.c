#include "fe.h"

/* Corners a = 0..2 of the triangle have area coordinates L; their reference gradients are constant.
 */
static const double dL[3][2] = {{-1.0, -1.0}, {1.0, 0.0}, {0.0, 1.0}};

static const int side[3][2] = {{0, 1}, {1, 2}, {2, 0}};

static void vertex_shapes(const double L[3], double t, double *N, double (*dN)[3]) {
  for (int k = 0; k < 6; k++) {
    const int a = k % 3;
    const double z = k < 3 ? -1.0 : 1.0, p = 1.0 + z * t, q = 1.0 - t * t;
    if (N)
      N[k] = 0.5 * L[a] * ((2.0 * L[a] - 1.0) * p - q);
    if (dN) {
      const double slope = 0.5 * ((4.0 * L[a] - 1.0) * p - q);
      dN[k][0] = slope * dL[a][0];
      dN[k][1] = slope * dL[a][1];
      dN[k][2] = 0.5 * L[a] * ((2.0 * L[a] - 1.0) * z + 2.0 * t);
    }
  }
}

static void triangle_edge_shapes(const double L[3], double t, double *N, double (*dN)[3]) {
  for (int k = 0; k < 6; k++) {
    const int a = side[k % 3][0], b = side[k % 3][1];
    const double z = k < 3 ? -1.0 : 1.0, p = 1.0 + z * t;
    if (N)
      N[6 + k] = 2.0 * L[a] * L[b] * p;
    if (dN) {
      for (int d = 0; d < 2; d++)
        dN[6 + k][d] = 2.0 * (dL[a][d] * L[b] + L[a] * dL[b][d]) * p;
      dN[6 + k][2] = 2.0 * L[a] * L[b] * z;
    }
  }
}

static void vertical_edge_shapes(const double L[3], double t, double *N, double (*dN)[3]) {
  for (int a = 0; a < 3; a++) {
    if (N)
      N[12 + a] = L[a] * (1.0 - t * t);
    if (dN) {
      dN[12 + a][0] = dL[a][0] * (1.0 - t * t);
      dN[12 + a][1] = dL[a][1] * (1.0 - t * t);
      dN[12 + a][2] = -2.0 * L[a] * t;
    }
  }
}

void bp_wedge_shape(const double xi[3], double *N, double (*dN)[3]) {
  const double L[3] = {1.0 - xi[0] - xi[1], xi[0], xi[1]};
  vertex_shapes(L, xi[2], N, dN);
  triangle_edge_shapes(L, xi[2], N, dN);
  vertical_edge_shapes(L, xi[2], N, dN);
}

void bp_wedge_position(const double (*xyz)[3], const double xi[3], double x[3]) {
  double N[BP_WEDGE_NODES];
  bp_wedge_shape(xi, N, NULL);
  for (int d = 0; d < 3; d++) {
    x[d] = 0.0;
    for (int n = 0; n < BP_WEDGE_NODES; n++)
      x[d] += N[n] * xyz[n][d];
  }
}

static double determinant(const double (*J)[3]) {
  return J[0][0] * (J[1][1] * J[2][2] - J[1][2] * J[2][1]) -
         J[0][1] * (J[1][0] * J[2][2] - J[1][2] * J[2][0]) +
         J[0][2] * (J[1][0] * J[2][1] - J[1][1] * J[2][0]);
}

static void jacobian(const double (*xyz)[3], const double (*dN)[3], double (*J)[3]) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      J[i][j] = 0.0;
      for (int n = 0; n < BP_WEDGE_NODES; n++)
        J[i][j] += xyz[n][i] * dN[n][j];
    }
}

double bp_wedge_jacobian(const double (*xyz)[3], const double xi[3], double (*J)[3]) {
  double dN[BP_WEDGE_NODES][3], own[3][3];
  bp_wedge_shape(xi, NULL, dN);
  if (!J)
    J = own;
  jacobian(xyz, (const double(*)[3])dN, J);
  return determinant((const double(*)[3])J);
}

/* inverse[j][i] = dxi_j/dx_i */
static void invert(const double (*J)[3], double det, double inverse[3][3]) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      const int a = (i + 1) % 3, b = (i + 2) % 3, c = (j + 1) % 3, d = (j + 2) % 3;
      inverse[j][i] = (J[a][c] * J[b][d] - J[a][d] * J[b][c]) / det;
    }
}

BpStatus bp_wedge_gradients(const double (*xyz)[3], BpGradient gradient[BP_WEDGE_POINTS]) {
  for (int q = 0; q < BP_WEDGE_POINTS; q++) {
    double dN[BP_WEDGE_NODES][3], J[3][3], inverse[3][3];
    bp_wedge_shape(bp_wedge_point[q], NULL, dN);
    jacobian(xyz, (const double(*)[3])dN, J);
    const double det = determinant((const double(*)[3])J);
    if (!(det > 0.0))
      return BP_BAD;
    invert((const double(*)[3])J, det, inverse);
    memset(&gradient[q], 0, sizeof gradient[q]);
    for (int d = 0; d < 3; d++)
      for (int n = 0; n < BP_WEDGE_NODES; n++)
        gradient[q].g[d][n] =
            dN[n][0] * inverse[0][d] + dN[n][1] * inverse[1][d] + dN[n][2] * inverse[2][d];
    gradient[q].volume = det * bp_wedge_weight[q];
  }
  return BP_OK;
}
