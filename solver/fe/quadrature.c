#include "fe.h"

#define A1 0.44594849091596488632
#define B1 0.10810301816807022736
#define A2 0.091576213509770743460
#define B2 0.81684757298045851308
#define W1 0.11169079483900573285 /* times 2: the triangle's rule has area 1/2 */
#define W2 0.054975871827660933820
#define T3 0.77459666924148337704
#define G0 0.55555555555555555556
#define G1 0.88888888888888888889

#define LAYER(t)                                                                                   \
  {A1, A1, t}, {A1, B1, t}, {B1, A1, t}, {A2, A2, t}, {A2, B2, t}, {                               \
    B2, A2, t                                                                                      \
  }
#define LAYER_WEIGHT(g) W1 *(g), W1 *(g), W1 *(g), W2 *(g), W2 *(g), W2 *(g)

const double bp_wedge_point[BP_WEDGE_POINTS][3] = {LAYER(-T3), LAYER(0.0), LAYER(T3)};
const double bp_wedge_weight[BP_WEDGE_POINTS] = {LAYER_WEIGHT(G0), LAYER_WEIGHT(G1),
                                                 LAYER_WEIGHT(G0)};

/* The six points of the plane lie on no conic, so the quadratics 1, r, s, r2, rs, s2 can be fitted
 * to them. The coefficients follow from the orthogonality of the rule: it is exact to degree 4,
 * hence for products of quadratics, and Lagrange function i is sum_k p_k(x_i) p_k(x) w_i with p_k
 * orthonormal under the rule. The orthonormal basis is Dubiner's on the triangle. */
static void orthonormal_triangle(double r, double s, double p[6]) {
  const double x = 2.0 * r + s - 1.0,
               y = 1.0 - s; /* collapsed coordinate times (1 - s), and (1 - s) */
  p[0] = sqrt(2.0);
  p[1] = sqrt(12.0) * x;
  p[2] = 2.0 * (3.0 * s - 1.0);
  p[3] = sqrt(30.0) * 0.5 * (3.0 * x * x - y * y);
  p[4] = sqrt(18.0) * x * (5.0 * s - 1.0);
  p[5] = sqrt(6.0) * (10.0 * s * s - 8.0 * s + 1.0);
}

void bp_wedge_point_basis(const double xi[3], double value[BP_WEDGE_POINTS]) {
  const double t = xi[2], a = t / T3;
  const double line[3] = {0.5 * a * (a - 1.0), 1.0 - a * a, 0.5 * a * (a + 1.0)};
  double here[6], plane[6];
  orthonormal_triangle(xi[0], xi[1], here);
  for (int i = 0; i < 6; i++) {
    double there[6], sum = 0.0;
    orthonormal_triangle(bp_wedge_point[i][0], bp_wedge_point[i][1], there);
    for (int k = 0; k < 6; k++)
      sum += here[k] * there[k];
    plane[i] = sum * (i < 3 ? W1 : W2);
  }
  for (int layer = 0; layer < 3; layer++)
    for (int i = 0; i < 6; i++)
      value[6 * layer + i] = line[layer] * plane[i];
}
