/* Quadratic hexahedron, twenty nodes (serendipity), fully integrated: the patch test on curved
 * elements asks for degree 5. */
#include "element.h"

#define T BP_GAUSS3
#define LINE(s, t)                                                                                 \
  {-T, s, t}, {0, s, t}, {                                                                         \
    T, s, t                                                                                        \
  }
#define LAYER(t)   LINE(-T, t), LINE(0, t), LINE(T, t)
#define W0         BP_GAUSS3_W0
#define W1         BP_GAUSS3_W1
#define LINE_W(w)  W0 *(w), W1 *(w), W0 *(w)
#define LAYER_W(w) LINE_W(W0 *(w)), LINE_W(W1 *(w)), LINE_W(W0 *(w))

static const double point[27][3] = {LAYER(-T), LAYER(0), LAYER(T)};
static const double weight[27] = {LAYER_W(W0), LAYER_W(W1), LAYER_W(W0)};
static const double node[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1},
                                  {-1, -1, 1},  {1, -1, 1},  {1, 1, 1},  {-1, 1, 1}};

/* Middle nodes: 0 along the edge, the edge's place elsewhere. */
static const double middle[12][3] = {{0, -1, -1}, {1, 0, -1}, {0, 1, -1}, {-1, 0, -1},
                                     {0, -1, 1},  {1, 0, 1},  {0, 1, 1},  {-1, 0, 1},
                                     {-1, -1, 0}, {1, -1, 0}, {1, 1, 0},  {-1, 1, 0}};

static void vertex_shape(const double xi[3], int n, double *N, double (*dN)[3]) {
  const double *at = node[n];
  const double p[3] = {1.0 + at[0] * xi[0], 1.0 + at[1] * xi[1], 1.0 + at[2] * xi[2]};
  const double q = p[0] + p[1] + p[2] - 5.0;
  if (N)
    N[n] = 0.125 * p[0] * p[1] * p[2] * q;
  for (int d = 0; d < 3 && dN; d++)
    dN[n][d] = 0.125 * at[d] * p[(d + 1) % 3] * p[(d + 2) % 3] * (q + p[d]);
}

static void middle_shape(const double xi[3], int e, double *N, double (*dN)[3]) {
  const double *at = middle[e];
  double p[3], slope[3];
  for (int d = 0; d < 3; d++) {
    const int along = at[d] == 0.0;
    p[d] = along ? 1.0 - xi[d] * xi[d] : 1.0 + at[d] * xi[d];
    slope[d] = along ? -2.0 * xi[d] : at[d];
  }
  if (N)
    N[8 + e] = 0.25 * p[0] * p[1] * p[2];
  for (int d = 0; d < 3 && dN; d++)
    dN[8 + e][d] = 0.25 * slope[d] * p[(d + 1) % 3] * p[(d + 2) % 3];
}

static void shapes(const double xi[3], double *N, double (*dN)[3]) {
  for (int n = 0; n < 8; n++)
    vertex_shape(xi, n, N, dN);
  for (int e = 0; e < 12; e++)
    middle_shape(xi, e, N, dN);
}

static void point_basis(const double xi[3], double *value) {
  double line[3][3];
  for (int d = 0; d < 3; d++)
    bp_lagrange3(xi[d], line[d]);
  for (int q = 0; q < 27; q++)
    value[q] = line[0][q % 3] * line[1][q / 3 % 3] * line[2][q / 9];
}

BP_ELEMENT_KERNELS(20, 24, 27)

const BpElement bp_element_hex20 = {
    BP_ELEMENT_PARTS,
    .cell = BP_CELL_HEX20,
    .shape = BP_HEXAHEDRON,
    .nnodes = 20,
    .pad = 24,
    .npoints = 27,
    .degree = {5, 0},
    .source = "Gauss-Legendre in each coordinate",
    .point_degree = {2, 0},
    .jacobian_degree = {5, 0},
    .node = node,
};
