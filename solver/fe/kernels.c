/* The arithmetic of the solver's inner loops. Component-major, padded arrays let the compiler use
 * whole vector registers. */
#include "fe.h"

#define HALF_SQRT2 0.70710678118654752440

void bp_fe_strain(const BpGradient *gradient, const double u[3][BP_FE_PAD], double strain[6]) {
  double h[3][3] = {{0}}; /* h[i][j] = du_i/dx_j */
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int n = 0; n < BP_FE_PAD; n++)
        h[i][j] += u[i][n] * gradient->g[j][n];
  strain[0] = h[0][0];
  strain[1] = h[1][1];
  strain[2] = h[2][2];
  strain[3] = HALF_SQRT2 * (h[1][2] + h[2][1]);
  strain[4] = HALF_SQRT2 * (h[0][2] + h[2][0]);
  strain[5] = HALF_SQRT2 * (h[0][1] + h[1][0]);
}

void bp_fe_add_force(const BpGradient *gradient, const double stress[6], double f[3][BP_FE_PAD]) {
  const double w = gradient->volume, v = w * HALF_SQRT2;
  const double s[3][3] = {{w * stress[0], v * stress[5], v * stress[4]},
                          {v * stress[5], w * stress[1], v * stress[3]},
                          {v * stress[4], v * stress[3], w * stress[2]}};
  for (int d = 0; d < 3; d++)
    for (int n = 0; n < BP_FE_PAD; n++)
      f[d][n] +=
          s[d][0] * gradient->g[0][n] + s[d][1] * gradient->g[1][n] + s[d][2] * gradient->g[2][n];
}

/* Mandel components of the pairs (0 0) (0 1) ... (2 2). */
static const int mandel[3][3] = {{0, 5, 4}, {5, 1, 3}, {4, 3, 2}};

enum { ROW = 8 }; /* six components padded to whole vector registers */

/* D dV with the factors sqrt(1/2) of Mandel's shear in rows and columns, so that plain gradients go
 * in and plain stress components come out. */
static void scale_tangent(const double *D, double volume, double scaled[6][ROW]) {
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < ROW; j++)
      scaled[i][j] =
          j < 6 ? volume * (i < 3 ? 1.0 : HALF_SQRT2) * (j < 3 ? 1.0 : HALF_SQRT2) * D[6 * i + j]
                : 0.0;
}

/* Stress dV of a unit displacement of a node with gradient g along d: six components in Mandel's
 * order, without factors. */
static inline void unit_stress(const double scaled[6][ROW], const double g[3],
                               double stress[3][ROW]) {
  for (int d = 0; d < 3; d++) {
    const double *row0 = scaled[mandel[d][0]], *row1 = scaled[mandel[d][1]],
                 *row2 = scaled[mandel[d][2]];
#pragma omp simd
    for (int i = 0; i < ROW; i++)
      stress[d][i] = g[0] * row0[i] + g[1] * row1[i] + g[2] * row2[i];
  }
}

/* K[a][n] for the eight nodes n from first: one lane each, all points summed in registers. */
static inline __attribute__((always_inline)) void
node_row(const BpGradient *gradient, double (*stress)[3][ROW], int first, double block[3][3][8]) {
  for (int d = 0; d < 3; d++) {
#pragma omp simd
    for (int n = 0; n < 8; n++) {
      double sum0 = 0.0, sum1 = 0.0, sum2 = 0.0;
      for (int q = 0; q < BP_WEDGE_POINTS; q++) {
        const double x = gradient[q].g[0][first + n], y = gradient[q].g[1][first + n],
                     z = gradient[q].g[2][first + n];
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

static inline __attribute__((always_inline)) void store_row(int a, int first, double block[3][3][8],
                                                            double *K) {
  for (int n = first > a ? first : a; n < first + 8 && n < BP_WEDGE_NODES; n++)
    for (int d = 0; d < 3; d++)
      for (int k = 0; k < 3; k++) {
        K[(3 * a + d) * BP_WEDGE_DOFS + 3 * n + k] = block[d][k][n - first];
        K[(3 * n + k) * BP_WEDGE_DOFS + 3 * a + d] = block[d][k][n - first];
      }
}

void bp_fe_stiffness(const BpGradient gradient[BP_WEDGE_POINTS], const double *D, int stride,
                     double *K) {
  double scaled[BP_WEDGE_POINTS][6][ROW], stress[BP_WEDGE_POINTS][3][ROW], block[3][3][8];
  for (int q = 0; q < BP_WEDGE_POINTS; q++)
    scale_tangent(D + (size_t)q * (size_t)stride, gradient[q].volume, scaled[q]);
  for (int a = 0; a < BP_WEDGE_NODES; a++) {
    for (int q = 0; q < BP_WEDGE_POINTS; q++) {
      const double g[3] = {gradient[q].g[0][a], gradient[q].g[1][a], gradient[q].g[2][a]};
      unit_stress((const double(*)[ROW])scaled[q], g, stress[q]);
    }
    for (int first = a < 8 ? 0 : 8; first < BP_FE_PAD; first += 8) {
      node_row(gradient, stress, first, block);
      store_row(a, first, block, K);
    }
  }
}
