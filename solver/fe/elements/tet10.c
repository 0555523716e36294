/* Quadratic tetrahedron. */
#include "element.h"

/* Eight points of equal weight in two orbits (a, a, a, 1 - 3a). With d = a - 1/4 the moments of the
 * second and third degree ask for mean d^2 = 1/80 and mean d^3 = -1/960; the two d are the roots of
 * x^2 - s x + (s^2 - 1/40)/2 with s^3 - 3 s/40 - 1/240 = 0, s = -0.058... Degree 3, all points
 * inside, which is what the patch test on curved elements asks for. */
#define A 0.3288616499302029104003
#define B 0.1129567945125110286951
#define W (1.0 / 48.0)

static const double point[8][3] = {
    {A, A, A}, {1.0 - 3.0 * A, A, A}, {A, 1.0 - 3.0 * A, A}, {A, A, 1.0 - 3.0 * A},
    {B, B, B}, {1.0 - 3.0 * B, B, B}, {B, 1.0 - 3.0 * B, B}, {B, B, 1.0 - 3.0 * B}};
static const double weight[8] = {W, W, W, W, W, W, W, W};
static const double node[4][3] = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

static const double dL[4][3] = {{-1, -1, -1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
static const int edge[6][2] = {{0, 1}, {1, 2}, {2, 0}, {0, 3}, {1, 3}, {2, 3}};

static void shapes(const double xi[3], double *N, double (*dN)[3]) {
  const double L[4] = {1.0 - xi[0] - xi[1] - xi[2], xi[0], xi[1], xi[2]};
  for (int a = 0; a < 4; a++) {
    if (N)
      N[a] = L[a] * (2.0 * L[a] - 1.0);
    for (int d = 0; d < 3 && dN; d++)
      dN[a][d] = (4.0 * L[a] - 1.0) * dL[a][d];
  }
  for (int e = 0; e < 6; e++) {
    const int a = edge[e][0], b = edge[e][1];
    if (N)
      N[4 + e] = 4.0 * L[a] * L[b];
    for (int d = 0; d < 3 && dN; d++)
      dN[4 + e][d] = 4.0 * (L[a] * dL[b][d] + L[b] * dL[a][d]);
  }
}

/* The linear function that fits best. The rule is symmetric and exact to degree 2, so that the four
 * L - 1/4, which sum to zero, have the mean square 3/80 each and no preferred direction. */
static void point_basis(const double xi[3], double *value) {
  const double L[4] = {1.0 - xi[0] - xi[1] - xi[2], xi[0], xi[1], xi[2]};
  for (int q = 0; q < 8; q++) {
    const double *x = point[q];
    const double at[4] = {1.0 - x[0] - x[1] - x[2], x[0], x[1], x[2]};
    double sum = 0.0;
    for (int i = 0; i < 4; i++)
      sum += (L[i] - 0.25) * (at[i] - 0.25);
    value[q] = (1.0 + 20.0 * sum) / 8.0;
  }
}

BP_ELEMENT_KERNELS(10, 16, 8)

const BpElement bp_element_tet10 = {
    BP_ELEMENT_PARTS,
    .cell = BP_CELL_TET10,
    .shape = BP_TETRAHEDRON,
    .nnodes = 10,
    .pad = 16,
    .npoints = 8,
    .degree = {3, 0},
    .source = "moments of two orbits of equal weight, derived in elements/tet10.c",
    .point_degree = {1, 0},
    .jacobian_degree = {3, 0},
    .node = node,
};
