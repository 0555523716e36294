/* Symmetric second-order tensors as 6-vectors in Mandel form, order 11 22 33 23 13 12, with sqrt(2)
 * on the shear components: contraction is a dot product, a fourth-order tensor is a 6x6 matrix
 * (row-major). Stress in Pa. */
#ifndef BP_TENSOR_H
#define BP_TENSOR_H

#include <math.h>
#include <string.h>

#define BP_SQRT2 1.4142135623730951

static inline double bp_dot6(const double a[6], const double b[6]) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3] + a[4] * b[4] + a[5] * b[5];
}

static inline double bp_norm6(const double a[6]) {
  return sqrt(bp_dot6(a, a));
}

static inline double bp_trace(const double a[6]) {
  return a[0] + a[1] + a[2];
}

/* d = a - trace(a)/3 1; d may be a. */
static inline void bp_deviator(const double a[6], double d[6]) {
  const double mean = bp_trace(a) / 3.0;
  for (int i = 0; i < 6; i++)
    d[i] = a[i] - (i < 3 ? mean : 0.0);
}

/* von Mises stress, sqrt(3/2 s:s). */
static inline double bp_mises(const double stress[6]) {
  double s[6];
  bp_deviator(stress, s);
  return sqrt(1.5) * bp_norm6(s);
}

/* Largest principal stress, from the invariants by the angle of Lode. */
static inline double bp_largest_principal(const double stress[6]) {
  double s[6];
  bp_deviator(stress, s);
  const double radius = sqrt(2.0 / 3.0) * bp_norm6(s); /* of the circle of the three deviators */
  if (!(radius > 0.0))
    return bp_trace(stress) / 3.0;
  const double third = s[0] * (s[1] * s[2] - 0.5 * s[3] * s[3]) -
                       0.5 * s[5] * (s[5] * s[2] - s[3] * s[4] / BP_SQRT2) +
                       0.5 * s[4] * (s[5] * s[3] / BP_SQRT2 - s[1] * s[4]);
  const double cosine = fmax(-1.0, fmin(1.0, 4.0 * third / (radius * radius * radius)));
  return bp_trace(stress) / 3.0 + radius * cos(acos(cosine) / 3.0);
}

/* Equivalent of a deviatoric strain, sqrt(2/3 e:e). */
static inline double bp_equivalent_strain(const double strain[6]) {
  return sqrt(2.0 / 3.0) * bp_norm6(strain);
}

/* y = A x, A 6x6 row-major. */
static inline void bp_apply6(const double A[36], const double x[6], double y[6]) {
  for (int i = 0; i < 6; i++)
    y[i] = bp_dot6(A + 6 * i, x);
}

/* Isotropic stiffness from bulk and shear modulus, Pa. */
static inline void bp_isotropic_stiffness(double bulk, double shear, double C[36]) {
  memset(C, 0, 36 * sizeof C[0]);
  for (int i = 0; i < 6; i++)
    C[7 * i] = 2.0 * shear;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      C[6 * i + j] += bulk - 2.0 / 3.0 * shear;
}

/* Mandel form of a symmetric 3x3 matrix and back. */
static inline void bp_mandel(const double a[3][3], double m[6]) {
  m[0] = a[0][0];
  m[1] = a[1][1];
  m[2] = a[2][2];
  m[3] = BP_SQRT2 * 0.5 * (a[1][2] + a[2][1]);
  m[4] = BP_SQRT2 * 0.5 * (a[0][2] + a[2][0]);
  m[5] = BP_SQRT2 * 0.5 * (a[0][1] + a[1][0]);
}

static inline void bp_unmandel(const double m[6], double a[3][3]) {
  a[0][0] = m[0];
  a[1][1] = m[1];
  a[2][2] = m[2];
  a[1][2] = a[2][1] = m[3] / BP_SQRT2;
  a[0][2] = a[2][0] = m[4] / BP_SQRT2;
  a[0][1] = a[1][0] = m[5] / BP_SQRT2;
}

/* The orthogonal 6x6 matrix Q of a rotation R: Mandel(R a R^T) = Q Mandel(a). */
void bp_rotation6(const double R[3][3], double Q[36]);

#endif
