#include "fe.h"

static void tri6_shape(double r, double s, double N[6]) {
  const double L[3] = {1.0 - r - s, r, s};
  for (int a = 0; a < 3; a++) {
    N[a] = L[a] * (2.0 * L[a] - 1.0);
    N[3 + a] = 4.0 * L[a] * L[(a + 1) % 3];
  }
}

static void quad8_shape(double r, double s, double N[8]) {
  static const double corner[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
  for (int a = 0; a < 4; a++) {
    const double p = corner[a][0] * r, q = corner[a][1] * s;
    N[a] = 0.25 * (1.0 + p) * (1.0 + q) * (p + q - 1.0);
  }
  N[4] = 0.5 * (1.0 - r * r) * (1.0 - s);
  N[5] = 0.5 * (1.0 + r) * (1.0 - s * s);
  N[6] = 0.5 * (1.0 - r * r) * (1.0 + s);
  N[7] = 0.5 * (1.0 - r) * (1.0 - s * s);
}

void bp_face_position(int nnodes, const double (*xyz)[3], double r, double s, double x[3]) {
  double N[8];
  if (nnodes == 6)
    tri6_shape(r, s, N);
  else
    quad8_shape(r, s, N);
  for (int d = 0; d < 3; d++) {
    x[d] = 0.0;
    for (int n = 0; n < nnodes; n++)
      x[d] += N[n] * xyz[n][d];
  }
}
