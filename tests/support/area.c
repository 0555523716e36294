#include "area.h"

#include "fe.h"

#include <string.h>

static double square(double x) {
  return x * x;
}

static const double gauss_at[3] = {-0.774596669241483377, 0.0, 0.774596669241483377},
                    gauss_weight[3] = {5.0 / 9.0, 8.0 / 9.0, 5.0 / 9.0};

/* Length of the normal at (r, s). Positions are quadratic in each coordinate, for which central
 * differences are exact. */
static double normal_length(int n, const double (*xyz)[3], double r, double s) {
  const double h = 0.25;
  double x[4][3], a[3], b[3];
  bp_face_position(n, xyz, r + h, s, x[0]);
  bp_face_position(n, xyz, r - h, s, x[1]);
  bp_face_position(n, xyz, r, s + h, x[2]);
  bp_face_position(n, xyz, r, s - h, x[3]);
  for (int d = 0; d < 3; d++) {
    a[d] = (x[0][d] - x[1][d]) / (2 * h);
    b[d] = (x[2][d] - x[3][d]) / (2 * h);
  }
  return sqrt(square(a[1] * b[2] - a[2] * b[1]) + square(a[2] * b[0] - a[0] * b[2]) +
              square(a[0] * b[1] - a[1] * b[0]));
}

/* 3 x 3 points; the triangle's are those of the square, folded (Duffy). */
static double face_area(int n, const double (*xyz)[3]) {
  double area = 0.0;
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++) {
      const double weight = gauss_weight[i] * gauss_weight[k];
      if (n == 8) {
        area += weight * normal_length(n, xyz, gauss_at[i], gauss_at[k]);
      } else {
        const double r = 0.5 * (1 + gauss_at[i]), s = 0.5 * (1 + gauss_at[k]) * (1 - r);
        area += 0.25 * weight * (1 - r) * normal_length(n, xyz, r, s);
      }
    }
  return area;
}

double bp_test_area(const BpMesh *mesh, const char *name) {
  const int set = bp_mesh_find_boundary(mesh, name);
  double area = 0.0;
  for (int f = 0; f < mesh->faces.count; f++) {
    if (mesh->faces.group[f] != set)
      continue;
    double xyz[8][3];
    const int n = mesh->faces.start[f + 1] - mesh->faces.start[f];
    for (int i = 0; i < n; i++)
      memcpy(xyz[i], mesh->xyz + 3 * (size_t)mesh->faces.node[mesh->faces.start[f] + i],
             sizeof xyz[i]);
    area += face_area(n, (const double(*)[3])xyz);
  }
  return area;
}
