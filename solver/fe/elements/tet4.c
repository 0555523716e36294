/* Linear tetrahedron. Its strain is constant, so that it locks where the material is nearly
 * incompressible, and is stiff in bending. */
#include "element.h"

/* Hammer, Marlowe, Stroud, Math. Tables Aids Comput. 10 (1956) 130: degree 2. */
#define A 0.1381966011250105151795
#define B (1.0 - 3.0 * A)

static const double point[4][3] = {{A, A, A}, {B, A, A}, {A, B, A}, {A, A, B}};
static const double weight[4] = {1.0 / 24.0, 1.0 / 24.0, 1.0 / 24.0, 1.0 / 24.0};
static const double node[4][3] = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

static void shapes(const double xi[3], double *N, double (*dN)[3]) {
  static const double slope[4][3] = {{-1, -1, -1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  if (N) {
    N[0] = 1.0 - xi[0] - xi[1] - xi[2];
    memcpy(N + 1, xi, 3 * sizeof N[0]);
  }
  if (dN)
    memcpy(dN, slope, sizeof slope);
}

static void point_basis(const double xi[3], double *value) {
  const double L[4] = {1.0 - xi[0] - xi[1] - xi[2], xi[0], xi[1], xi[2]};
  for (int q = 0; q < 4; q++)
    value[q] = (L[q] - A) / (B - A);
}

BP_ELEMENT_KERNELS(4, 8, 4)

const BpElement bp_element_tet4 = {
    BP_ELEMENT_PARTS,
    .cell = BP_CELL_TET4,
    .shape = BP_TETRAHEDRON,
    .nnodes = 4,
    .pad = 8,
    .npoints = 4,
    .degree = {2, 0},
    .source = "Hammer, Marlowe, Stroud, Math. Tables Aids Comput. 10 (1956) 130",
    .point_degree = {1, 0},
    .jacobian_degree = {1, 0},
    .node = node,
};
