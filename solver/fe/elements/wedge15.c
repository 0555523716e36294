/* Fifteen-node wedge, the element of the cell meshes. Points: index 6 * layer + in-plane point,
 * layers from t < 0 to t > 0; the rule is exact for the patch test on curved wedges. */
#include "element.h"

#define A1 BP_DUNAVANT4_A1
#define B1 BP_DUNAVANT4_B1
#define A2 BP_DUNAVANT4_A2
#define B2 BP_DUNAVANT4_B2
#define LAYER(t)                                                                                   \
  {A1, A1, t}, {A1, B1, t}, {B1, A1, t}, {A2, A2, t}, {A2, B2, t}, {                               \
    B2, A2, t                                                                                      \
  }
#define LAYER_WEIGHT(g)                                                                            \
  BP_DUNAVANT4_W1 *(g), BP_DUNAVANT4_W1 *(g), BP_DUNAVANT4_W1 *(g), BP_DUNAVANT4_W2 *(g),          \
      BP_DUNAVANT4_W2 *(g), BP_DUNAVANT4_W2 *(g)

static const double point[18][3] = {LAYER(-BP_GAUSS3), LAYER(0.0), LAYER(BP_GAUSS3)};
static const double weight[18] = {LAYER_WEIGHT(BP_GAUSS3_W0), LAYER_WEIGHT(BP_GAUSS3_W1),
                                  LAYER_WEIGHT(BP_GAUSS3_W0)};
static const double node[6][3] = {{0, 0, -1}, {1, 0, -1}, {0, 1, -1},
                                  {0, 0, 1},  {1, 0, 1},  {0, 1, 1}};

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

static void shapes(const double xi[3], double *N, double (*dN)[3]) {
  const double L[3] = {1.0 - xi[0] - xi[1], xi[0], xi[1]};
  vertex_shapes(L, xi[2], N, dN);
  triangle_edge_shapes(L, xi[2], N, dN);
  vertical_edge_shapes(L, xi[2], N, dN);
}

/* The six points of the plane lie on no conic, so the quadratics 1, r, s, r2, rs, s2 can be fitted
 * to them. The coefficients follow from the orthogonality of the rule: it is exact to degree 4,
 * hence for products of quadratics, and Lagrange function i is sum_k p_k(x_i) p_k(x) w_i with p_k
 * orthonormal under the rule. The orthonormal basis is Dubiner's on the triangle. */
static void orthonormal_triangle(double r, double s, double p[6]) {
  const double x = 2.0 * r + s - 1.0,
               y = 1.0 - s; /* collapsed coordinate times (1 - s), and (1 - s) */
  p[0] = sqrt(2.0);
  p[1] = sqrt(12.0) * x;
  p[2] = 2.0 * (3.0 * s - 1.0);
  p[3] = sqrt(30.0) * 0.5 * (3.0 * x * x - y * y);
  p[4] = sqrt(18.0) * x * (5.0 * s - 1.0);
  p[5] = sqrt(6.0) * (10.0 * s * s - 8.0 * s + 1.0);
}

static void point_basis(const double xi[3], double *value) {
  double here[6], plane[6], line[3];
  bp_lagrange3(xi[2], line);
  orthonormal_triangle(xi[0], xi[1], here);
  for (int i = 0; i < 6; i++) {
    double there[6], sum = 0.0;
    orthonormal_triangle(point[i][0], point[i][1], there);
    for (int k = 0; k < 6; k++)
      sum += here[k] * there[k];
    plane[i] = sum * (i < 3 ? BP_DUNAVANT4_W1 : BP_DUNAVANT4_W2);
  }
  for (int layer = 0; layer < 3; layer++)
    for (int i = 0; i < 6; i++)
      value[6 * layer + i] = line[layer] * plane[i];
}

BP_ELEMENT_KERNELS(15, 16, 18)

const BpElement bp_element_wedge15 = {
    BP_ELEMENT_PARTS,
    .cell = BP_CELL_WEDGE15,
    .shape = BP_WEDGE,
    .nnodes = 15,
    .pad = 16,
    .npoints = 18,
    .degree = {4, 5},
    .source = "Dunavant, Int. J. Numer. Methods Eng. 21 (1985) 1129, times Gauss-Legendre",
    .point_degree = {2, 2},
    .jacobian_degree = {4, 5},
    .node = node,
};
