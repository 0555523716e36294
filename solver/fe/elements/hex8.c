/* Linear hexahedron with the mean dilatation. Stiff in bending with one layer across. */
#include "element.h"

#define T BP_GAUSS2

static const double point[8][3] = {{-T, -T, -T}, {T, -T, -T}, {-T, T, -T}, {T, T, -T},
                                   {-T, -T, T},  {T, -T, T},  {-T, T, T},  {T, T, T}};
static const double weight[8] = {1, 1, 1, 1, 1, 1, 1, 1};
static const double node[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1},
                                  {-1, -1, 1},  {1, -1, 1},  {1, 1, 1},  {-1, 1, 1}};

static void shapes(const double xi[3], double *N, double (*dN)[3]) {
  for (int n = 0; n < 8; n++) {
    const double *at = node[n];
    const double p[3] = {1.0 + at[0] * xi[0], 1.0 + at[1] * xi[1], 1.0 + at[2] * xi[2]};
    if (N)
      N[n] = 0.125 * p[0] * p[1] * p[2];
    for (int d = 0; d < 3 && dN; d++)
      dN[n][d] = 0.125 * at[d] * p[(d + 1) % 3] * p[(d + 2) % 3];
  }
}

static void point_basis(const double xi[3], double *value) {
  double line[3][2];
  for (int d = 0; d < 3; d++)
    bp_lagrange2(xi[d], line[d]);
  for (int q = 0; q < 8; q++)
    value[q] = line[0][q % 2] * line[1][q / 2 % 2] * line[2][q / 4];
}

BP_ELEMENT_MEAN_KERNELS(8, 8, 8)

const BpElement bp_element_hex8 = {
    BP_ELEMENT_PARTS,
    .cell = BP_CELL_HEX8,
    .shape = BP_HEXAHEDRON,
    .nnodes = 8,
    .pad = 8,
    .npoints = 8,
    .degree = {3, 0},
    .source = "Gauss-Legendre in each coordinate",
    .point_degree = {1, 0},
    .jacobian_degree = {2, 0},
    .mean_dilatation = 1,
    .node = node,
};
