/* Linear wedge with the mean dilatation. */
#include "element.h"

/* Triangle of degree 2 (Hammer, Marlowe, Stroud 1956) times Gauss-Legendre. */
#define A (1.0 / 6.0)
#define B (2.0 / 3.0)
#define T BP_GAUSS2
#define W (1.0 / 6.0)

static const double point[6][3] = {{A, A, -T}, {B, A, -T}, {A, B, -T},
                                   {A, A, T},  {B, A, T},  {A, B, T}};
static const double weight[6] = {W, W, W, W, W, W};
static const double node[6][3] = {{0, 0, -1}, {1, 0, -1}, {0, 1, -1},
                                  {0, 0, 1},  {1, 0, 1},  {0, 1, 1}};

static void shapes(const double xi[3], double *N, double (*dN)[3]) {
  static const double dL[3][2] = {{-1, -1}, {1, 0}, {0, 1}};
  const double L[3] = {1.0 - xi[0] - xi[1], xi[0], xi[1]};
  for (int n = 0; n < 6; n++) {
    const int a = n % 3;
    const double z = n < 3 ? -1.0 : 1.0, p = 0.5 * (1.0 + z * xi[2]);
    if (N)
      N[n] = L[a] * p;
    if (dN) {
      dN[n][0] = dL[a][0] * p;
      dN[n][1] = dL[a][1] * p;
      dN[n][2] = 0.5 * z * L[a];
    }
  }
}

static void point_basis(const double xi[3], double *value) {
  const double L[3] = {1.0 - xi[0] - xi[1], xi[0], xi[1]};
  double line[2];
  bp_lagrange2(xi[2], line);
  for (int q = 0; q < 6; q++)
    value[q] = (L[q % 3] - A) / (B - A) * line[q / 3];
}

BP_ELEMENT_MEAN_KERNELS(6, 8, 6)

const BpElement bp_element_wedge6 = {
    BP_ELEMENT_PARTS,
    .cell = BP_CELL_WEDGE6,
    .shape = BP_WEDGE,
    .nnodes = 6,
    .pad = 8,
    .npoints = 6,
    .degree = {2, 3},
    .source = "Hammer, Marlowe, Stroud, Math. Tables Aids Comput. 10 (1956) 130, times "
              "Gauss-Legendre",
    .point_degree = {1, 1},
    .jacobian_degree = {1, 2},
    .mean_dilatation = 1,
    .node = node,
};
