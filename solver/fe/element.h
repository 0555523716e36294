/* What an element file includes. A new element is a file elements/<name>.c with its shapes, its
 * rule and
 *     BP_ELEMENT_KERNELS(nodes, pad, points)         the inner loops, for these sizes
 *     const BpElement bp_element_<name> = {...}
 * and a line in elements.def. The contract test runs over the table. */
#ifndef BP_ELEMENT_H
#define BP_ELEMENT_H

#include "kernels.h"
#include "mean_dilatation.h"

/* Gauss-Legendre with 2 and 3 points; along one coordinate. */
#define BP_GAUSS2    0.57735026918962576451
#define BP_GAUSS3    0.77459666924148337704
#define BP_GAUSS3_W0 0.55555555555555555556
#define BP_GAUSS3_W1 0.88888888888888888889

/* Triangle of degree 4, six points. Source: Dunavant, Int. J. Numer. Methods Eng. 21 (1985) 1129.
 * Weights sum to the area, 1/2. */
#define BP_DUNAVANT4_A1 0.44594849091596488632
#define BP_DUNAVANT4_B1 0.10810301816807022736
#define BP_DUNAVANT4_A2 0.091576213509770743460
#define BP_DUNAVANT4_B2 0.81684757298045851308
#define BP_DUNAVANT4_W1 0.11169079483900573285
#define BP_DUNAVANT4_W2 0.054975871827660933820

/* Lagrange functions of the two and three Gauss points. */
static inline void bp_lagrange2(double x, double value[2]) {
  const double a = x / BP_GAUSS2;
  value[0] = 0.5 * (1.0 - a);
  value[1] = 0.5 * (1.0 + a);
}

static inline void bp_lagrange3(double x, double value[3]) {
  const double a = x / BP_GAUSS3;
  value[0] = 0.5 * a * (a - 1.0);
  value[1] = 1.0 - a * a;
  value[2] = 0.5 * a * (a + 1.0);
}

/* The four kernels of an element for its sizes, from `shapes`, `point` and `weight` of the file. */
#define BP_ELEMENT_GRADIENTS(NODES, PAD, POINTS)                                                   \
  static BpStatus gradients(const double(*xyz)[3], double *g, double *volume) {                    \
    for (int q = 0; q < (POINTS); q++) {                                                           \
      double dN[NODES][3];                                                                         \
      shapes(point[q], NULL, dN);                                                                  \
      if (bp_kernel_gradients(NODES, PAD, (const double(*)[3])dN, xyz, g + q * 3 * (PAD),          \
                              &volume[q]) != BP_OK)                                                \
        return BP_BAD;                                                                             \
      volume[q] *= weight[q];                                                                      \
    }                                                                                              \
    return BP_OK;                                                                                  \
  }

#define BP_ELEMENT_KERNELS(NODES, PAD, POINTS)                                                     \
  BP_ELEMENT_GRADIENTS(NODES, PAD, POINTS)                                                         \
  static void strains(const double *g, const double *volume, const double *u, double *strain) {    \
    (void)volume;                                                                                  \
    bp_kernel_strains(PAD, POINTS, g, u, strain);                                                  \
  }                                                                                                \
  static void add_force(const double *g, const double *volume, const double *stress, double *f) {  \
    bp_kernel_add_force(PAD, POINTS, g, volume, stress, f);                                        \
  }                                                                                                \
  static void stiffness(const double *g, const double *volume, const double *D, int stride,        \
                        double *K) {                                                               \
    double scaled[POINTS][6][BP_KERNEL_ROW], stress[POINTS][3][BP_KERNEL_ROW];                     \
    for (int q = 0; q < (POINTS); q++)                                                             \
      bp_kernel_scale_tangent(D + (size_t)q * (size_t)stride, volume[q], scaled[q]);               \
    bp_kernel_stiffness((BpKernelSize){NODES, PAD, POINTS}, g, scaled, stress, K);                 \
  }

/* The same with the mean dilatation. */
#define BP_ELEMENT_MEAN_KERNELS(NODES, PAD, POINTS)                                                \
  BP_ELEMENT_GRADIENTS(NODES, PAD, POINTS)                                                         \
  static void strains(const double *g, const double *volume, const double *u, double *strain) {    \
    bp_kernel_strains(PAD, POINTS, g, u, strain);                                                  \
    bp_mean_strains(POINTS, volume, strain);                                                       \
  }                                                                                                \
  static void add_force(const double *g, const double *volume, const double *stress, double *f) {  \
    double mean[6 * (POINTS)];                                                                     \
    bp_mean_pressure(POINTS, volume, stress, mean);                                                \
    bp_kernel_add_force(PAD, POINTS, g, volume, mean, f);                                          \
  }                                                                                                \
  static void stiffness(const double *g, const double *volume, const double *D, int stride,        \
                        double *K) {                                                               \
    double strain_of[6][3 * (NODES)], stress_of[6][3 * (NODES)], mean[3 * (PAD)];                  \
    bp_mean_stiffness((BpKernelSize){NODES, PAD, POINTS}, &(BpMeanWork){g, volume, D, stride},     \
                      mean, &strain_of[0][0], &stress_of[0][0], K);                                \
  }

/* The members that every element file fills from these names. */
#define BP_ELEMENT_PARTS                                                                           \
  .point = point, .weight = weight, .shapes = shapes, .point_basis = point_basis,                  \
  .gradients = gradients, .strains = strains, .add_force = add_force, .stiffness = stiffness

#endif
