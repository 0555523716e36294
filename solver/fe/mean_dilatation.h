/* Mean dilatation (B-bar): the volumetric part of the strain is replaced by its mean over the
 * element. First-order elements with several points lock without it where the material is nearly
 * incompressible, as solder is that flows. Source: Hughes, Int. J. Numer. Methods Eng. 15 (1980)
 * 1413. */
#ifndef BP_MEAN_DILATATION_H
#define BP_MEAN_DILATATION_H

#include "kernels.h"

/* What the stiffness is made of. */
typedef struct {
  const double *g, *volume, *D;
  int stride;
} BpMeanWork;

/* strain [points][6] in place */
BP_INLINE void bp_mean_strains(int points, const double *volume, double *strain) {
  double sum = 0.0, all = 0.0;
  for (int q = 0; q < points; q++) {
    sum += volume[q] * (strain[6 * q] + strain[6 * q + 1] + strain[6 * q + 2]);
    all += volume[q];
  }
  for (int q = 0; q < points; q++) {
    const double change =
        (sum / all - (strain[6 * q] + strain[6 * q + 1] + strain[6 * q + 2])) / 3.0;
    for (int i = 0; i < 3; i++)
      strain[6 * q + i] += change;
  }
}

/* The transpose: the stress whose plain force is that of `stress` with the mean dilatation. */
BP_INLINE void bp_mean_pressure(int points, const double *volume, const double *stress,
                                double *mean) {
  memcpy(mean, stress, 6 * (size_t)points * sizeof mean[0]);
  bp_mean_strains(points, volume, mean);
}

/* B [6][3 nodes] of point q; mean [3][pad] gradients */
BP_INLINE void bp_mean_matrix(BpKernelSize size, const double *g, const double *mean, double *B) {
  const int n3 = 3 * size.nodes;
  memset(B, 0, 6 * (size_t)n3 * sizeof B[0]);
  for (int n = 0; n < size.nodes; n++) {
    const double x = g[n], y = g[size.pad + n], z = g[2 * size.pad + n];
    const double own[3] = {x, y, z};
    for (int d = 0; d < 3; d++) {
      const double change = (mean[d * size.pad + n] - own[d]) / 3.0;
      for (int i = 0; i < 3; i++)
        B[i * n3 + 3 * n + d] = change + (i == d ? own[d] : 0.0);
    }
    B[3 * n3 + 3 * n + 1] = B[4 * n3 + 3 * n] = BP_HALF_SQRT2 * z;
    B[3 * n3 + 3 * n + 2] = B[5 * n3 + 3 * n] = BP_HALF_SQRT2 * y;
    B[4 * n3 + 3 * n + 2] = B[5 * n3 + 3 * n + 1] = BP_HALF_SQRT2 * x;
  }
}

/* K += B^T (DB), upper triangle */
BP_INLINE void bp_mean_add(int n3, const double *B, const double *DB, double *K) {
  for (int r = 0; r < n3; r++)
    for (int c = r; c < n3; c++)
      for (int i = 0; i < 6; i++)
        K[r * n3 + c] += B[i * n3 + r] * DB[i * n3 + c];
}

/* mean [3 pad], B and DB [6][3 nodes]: room */
BP_INLINE void bp_mean_stiffness(BpKernelSize size, const BpMeanWork *w, double *mean, double *B,
                                 double *DB, double *K) {
  const int n3 = 3 * size.nodes;
  double all = 0.0;
  memset(mean, 0, 3 * (size_t)size.pad * sizeof mean[0]);
  for (int q = 0; q < size.points; q++) {
    all += w->volume[q];
    for (int i = 0; i < 3 * size.pad; i++)
      mean[i] += w->volume[q] * w->g[q * 3 * size.pad + i];
  }
  for (int i = 0; i < 3 * size.pad; i++)
    mean[i] /= all;
  memset(K, 0, (size_t)n3 * (size_t)n3 * sizeof K[0]);
  for (int q = 0; q < size.points; q++) {
    const double *D = w->D + (size_t)q * (size_t)w->stride;
    bp_mean_matrix(size, w->g + q * 3 * size.pad, mean, B);
    for (int i = 0; i < 6; i++)
      for (int c = 0; c < n3; c++) {
        double sum = 0.0;
        for (int k = 0; k < 6; k++)
          sum += D[6 * i + k] * B[k * n3 + c];
        DB[i * n3 + c] = w->volume[q] * sum;
      }
    bp_mean_add(n3, B, DB, K);
  }
  for (int r = 0; r < n3; r++)
    for (int c = 0; c < r; c++)
      K[r * n3 + c] = K[c * n3 + r];
}

#endif
