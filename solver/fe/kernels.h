/* The arithmetic of the solver's inner loops, for sizes that the compiler knows: component-major,
 * padded arrays let it use whole vector registers, and the loops over points stay in them. */
#ifndef BP_KERNELS_H
#define BP_KERNELS_H

#include "fe.h"

#define BP_HALF_SQRT2 0.70710678118654752440
#define BP_INLINE     static inline __attribute__((always_inline))

enum { BP_KERNEL_ROW = 8 }; /* six components padded to whole vector registers */

typedef struct {
  int nodes, pad, points;
} BpKernelSize;

/* det J of J_ij = dx_i/dxi_j */
static inline double bp_determinant(const double (*J)[3]) {
  return J[0][0] * (J[1][1] * J[2][2] - J[1][2] * J[2][1]) -
         J[0][1] * (J[1][0] * J[2][2] - J[1][2] * J[2][0]) +
         J[0][2] * (J[1][0] * J[2][1] - J[1][1] * J[2][0]);
}

BP_INLINE void bp_kernel_jacobian(int nodes, const double (*dN)[3], const double (*xyz)[3],
                                  double (*J)[3]) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      J[i][j] = 0.0;
      for (int n = 0; n < nodes; n++)
        J[i][j] += xyz[n][i] * dN[n][j];
    }
}

/* inverse[j][i] = dxi_j/dx_i */
static inline void bp_invert_jacobian(const double (*J)[3], double det, double inverse[3][3]) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      const int a = (i + 1) % 3, b = (i + 2) % 3, c = (j + 1) % 3, d = (j + 2) % 3;
      inverse[j][i] = (J[a][c] * J[b][d] - J[a][d] * J[b][c]) / det;
    }
}

/* Gradients g [3][pad] of one point and its det J. */
BP_INLINE BpStatus bp_kernel_gradients(int nodes, int pad, const double (*dN)[3],
                                       const double (*xyz)[3], double *g, double *det) {
  double J[3][3], inverse[3][3];
  bp_kernel_jacobian(nodes, dN, xyz, J);
  *det = bp_determinant((const double(*)[3])J);
  if (!(*det > 0.0))
    return BP_BAD;
  bp_invert_jacobian((const double(*)[3])J, *det, inverse);
  for (int d = 0; d < 3; d++) {
    for (int n = 0; n < nodes; n++)
      g[d * pad + n] =
          dN[n][0] * inverse[0][d] + dN[n][1] * inverse[1][d] + dN[n][2] * inverse[2][d];
    for (int n = nodes; n < pad; n++)
      g[d * pad + n] = 0.0;
  }
  return BP_OK;
}

BP_INLINE void bp_kernel_strains(int pad, int points, const double *g, const double *u,
                                 double *strain) {
  for (int q = 0; q < points; q++, g += 3 * pad, strain += 6) {
    double h[3][3] = {{0}}; /* h[i][j] = du_i/dx_j */
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        for (int n = 0; n < pad; n++)
          h[i][j] += u[i * pad + n] * g[j * pad + n];
    strain[0] = h[0][0];
    strain[1] = h[1][1];
    strain[2] = h[2][2];
    strain[3] = BP_HALF_SQRT2 * (h[1][2] + h[2][1]);
    strain[4] = BP_HALF_SQRT2 * (h[0][2] + h[2][0]);
    strain[5] = BP_HALF_SQRT2 * (h[0][1] + h[1][0]);
  }
}

BP_INLINE void bp_kernel_add_force(int pad, int points, const double *g, const double *volume,
                                   const double *stress, double *f) {
  for (int q = 0; q < points; q++, g += 3 * pad, stress += 6) {
    const double w = volume[q], v = w * BP_HALF_SQRT2;
    const double s[3][3] = {{w * stress[0], v * stress[5], v * stress[4]},
                            {v * stress[5], w * stress[1], v * stress[3]},
                            {v * stress[4], v * stress[3], w * stress[2]}};
    for (int d = 0; d < 3; d++)
      for (int n = 0; n < pad; n++)
        f[d * pad + n] += s[d][0] * g[n] + s[d][1] * g[pad + n] + s[d][2] * g[2 * pad + n];
  }
}

/* D dV with the factors sqrt(1/2) of Mandel's shear in rows and columns, so that plain gradients go
 * in and plain stress components come out. */
static inline void bp_kernel_scale_tangent(const double *D, double volume,
                                           double scaled[6][BP_KERNEL_ROW]) {
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < BP_KERNEL_ROW; j++)
      scaled[i][j] = j < 6 ? volume * (i < 3 ? 1.0 : BP_HALF_SQRT2) *
                                 (j < 3 ? 1.0 : BP_HALF_SQRT2) * D[6 * i + j]
                           : 0.0;
}

/* Stress dV of a unit displacement of a node with gradient g along d: six components in Mandel's
 * order, without factors. */
static inline void bp_kernel_unit_stress(const double scaled[6][BP_KERNEL_ROW], const double g[3],
                                         double stress[3][BP_KERNEL_ROW]) {
  static const int mandel[3][3] = {{0, 5, 4}, {5, 1, 3}, {4, 3, 2}}; /* of the pairs (0 0) ... */
  for (int d = 0; d < 3; d++) {
    const double *row0 = scaled[mandel[d][0]], *row1 = scaled[mandel[d][1]],
                 *row2 = scaled[mandel[d][2]];
#pragma omp simd
    for (int i = 0; i < BP_KERNEL_ROW; i++)
      stress[d][i] = g[0] * row0[i] + g[1] * row1[i] + g[2] * row2[i];
  }
}

/* K[a][n] for the eight nodes n from first: one lane each, all points summed in registers. */
BP_INLINE void bp_kernel_node_row(BpKernelSize size, const double *g,
                                  double (*stress)[3][BP_KERNEL_ROW], int first,
                                  double block[3][3][8]) {
  for (int d = 0; d < 3; d++) {
#pragma omp simd
    for (int n = 0; n < 8; n++) {
      double sum0 = 0.0, sum1 = 0.0, sum2 = 0.0;
      for (int q = 0; q < size.points; q++) {
        const double *at = g + q * 3 * size.pad + first + n;
        const double x = at[0], y = at[size.pad], z = at[2 * size.pad];
        const double *s = stress[q][d];
        sum0 += s[0] * x + s[5] * y + s[4] * z;
        sum1 += s[5] * x + s[1] * y + s[3] * z;
        sum2 += s[4] * x + s[3] * y + s[2] * z;
      }
      block[d][0][n] = sum0;
      block[d][1][n] = sum1;
      block[d][2][n] = sum2;
    }
  }
}

BP_INLINE void bp_kernel_store_row(int nodes, int a, int first, double block[3][3][8], double *K) {
  for (int n = first > a ? first : a; n < first + 8 && n < nodes; n++)
    for (int d = 0; d < 3; d++)
      for (int k = 0; k < 3; k++) {
        K[(3 * a + d) * 3 * nodes + 3 * n + k] = block[d][k][n - first];
        K[(3 * n + k) * 3 * nodes + 3 * a + d] = block[d][k][n - first];
      }
}

/* scaled [points]: tangents by bp_kernel_scale_tangent(); stress [points]: room */
BP_INLINE void bp_kernel_stiffness(BpKernelSize size, const double *g,
                                   double (*scaled)[6][BP_KERNEL_ROW],
                                   double (*stress)[3][BP_KERNEL_ROW], double *K) {
  double block[3][3][8];
  for (int a = 0; a < size.nodes; a++) {
    for (int q = 0; q < size.points; q++) {
      const double *at = g + q * 3 * size.pad + a;
      const double own[3] = {at[0], at[size.pad], at[2 * size.pad]};
      bp_kernel_unit_stress((const double(*)[BP_KERNEL_ROW])scaled[q], own, stress[q]);
    }
    for (int first = a & ~7; first < size.pad; first += 8) {
      bp_kernel_node_row(size, g, stress, first, block);
      bp_kernel_store_row(size.nodes, a, first, block, K);
    }
  }
}

#endif
