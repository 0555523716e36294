#include "element.h"

/* ---- triangles */

#define A1 BP_DUNAVANT4_A1
#define B1 BP_DUNAVANT4_B1
#define A2 BP_DUNAVANT4_A2
#define B2 BP_DUNAVANT4_B2
#define W1 BP_DUNAVANT4_W1
#define W2 BP_DUNAVANT4_W2

static const double triangle_point[6][2] = {{A1, A1}, {A1, B1}, {B1, A1},
                                            {A2, A2}, {A2, B2}, {B2, A2}};
static const double triangle_weight[6] = {W1, W1, W1, W2, W2, W2};
static const double dL[3][2] = {{-1, -1}, {1, 0}, {0, 1}};

static void tri3_shapes(const double xi[2], double *N, double (*dN)[2]) {
  const double L[3] = {1.0 - xi[0] - xi[1], xi[0], xi[1]};
  if (N)
    memcpy(N, L, sizeof L);
  if (dN)
    memcpy(dN, dL, sizeof dL);
}

static void tri6_shapes(const double xi[2], double *N, double (*dN)[2]) {
  const double L[3] = {1.0 - xi[0] - xi[1], xi[0], xi[1]};
  for (int a = 0; a < 3; a++) {
    const int b = (a + 1) % 3;
    if (N) {
      N[a] = L[a] * (2.0 * L[a] - 1.0);
      N[3 + a] = 4.0 * L[a] * L[b];
    }
    for (int d = 0; d < 2 && dN; d++) {
      dN[a][d] = (4.0 * L[a] - 1.0) * dL[a][d];
      dN[3 + a][d] = 4.0 * (L[a] * dL[b][d] + L[b] * dL[a][d]);
    }
  }
}

/* ---- quadrilaterals */

#define T  BP_GAUSS3
#define V0 BP_GAUSS3_W0
#define V1 BP_GAUSS3_W1

static const double square_point[9][2] = {{-T, -T}, {0, -T}, {T, -T}, {-T, 0}, {0, 0},
                                          {T, 0},   {-T, T}, {0, T},  {T, T}};
static const double square_weight[9] = {V0 * V0, V1 *V0, V0 *V0, V0 *V1, V1 *V1,
                                        V0 *V1,  V0 *V0, V1 *V0, V0 *V0};
static const double corner[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
static const double middle[4][2] = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}};

static void quad4_shapes(const double xi[2], double *N, double (*dN)[2]) {
  for (int a = 0; a < 4; a++) {
    const double p = 1.0 + corner[a][0] * xi[0], q = 1.0 + corner[a][1] * xi[1];
    if (N)
      N[a] = 0.25 * p * q;
    if (dN) {
      dN[a][0] = 0.25 * corner[a][0] * q;
      dN[a][1] = 0.25 * corner[a][1] * p;
    }
  }
}

static void quad8_shapes(const double xi[2], double *N, double (*dN)[2]) {
  for (int a = 0; a < 4; a++) {
    const double p = 1.0 + corner[a][0] * xi[0], q = 1.0 + corner[a][1] * xi[1];
    double f[2], slope[2];
    if (N)
      N[a] = 0.25 * p * q * (p + q - 3.0);
    if (dN) {
      dN[a][0] = 0.25 * corner[a][0] * q * (2.0 * p + q - 3.0);
      dN[a][1] = 0.25 * corner[a][1] * p * (p + 2.0 * q - 3.0);
    }
    for (int d = 0; d < 2; d++) {
      const int along = middle[a][d] == 0.0;
      f[d] = along ? 1.0 - xi[d] * xi[d] : 1.0 + middle[a][d] * xi[d];
      slope[d] = along ? -2.0 * xi[d] : middle[a][d];
    }
    if (N)
      N[4 + a] = 0.5 * f[0] * f[1];
    if (dN) {
      dN[4 + a][0] = 0.5 * slope[0] * f[1];
      dN[4 + a][1] = 0.5 * f[0] * slope[1];
    }
  }
}

/* ---- the table */

#define TRIANGLE .npoints = 6, .point = triangle_point, .weight = triangle_weight, .degree = 4
#define SQUARE   .npoints = 9, .point = square_point, .weight = square_weight, .degree = 5

static const BpFaceElement faces[] = {
    {TRIANGLE, .cell = BP_CELL_TRI3, .nnodes = 3, .shapes = tri3_shapes},
    {SQUARE, .cell = BP_CELL_QUAD4, .nnodes = 4, .shapes = quad4_shapes},
    {TRIANGLE, .cell = BP_CELL_TRI6, .nnodes = 6, .shapes = tri6_shapes},
    {SQUARE, .cell = BP_CELL_QUAD8, .nnodes = 8, .shapes = quad8_shapes},
};

const BpFaceElement *bp_face_element(BpCellType cell) {
  for (int i = 0; i < BP_COUNT(faces); i++)
    if (faces[i].cell == cell)
      return &faces[i];
  return NULL;
}

const BpFaceElement *bp_face_of_nodes(int nnodes) {
  for (int i = 0; i < BP_COUNT(faces); i++)
    if (faces[i].nnodes == nnodes)
      return &faces[i];
  return NULL;
}

void bp_face_geometry(const BpFaceElement *face, const double (*xyz)[3], const double xi[2],
                      double x[3], double normal[3]) {
  double N[BP_FACE_MAX_NODES], dN[BP_FACE_MAX_NODES][2], slope[2][3] = {{0}};
  face->shapes(xi, N, dN);
  for (int d = 0; d < 3; d++) {
    double sum = 0.0;
    for (int n = 0; n < face->nnodes; n++) {
      sum += N[n] * xyz[n][d];
      slope[0][d] += dN[n][0] * xyz[n][d];
      slope[1][d] += dN[n][1] * xyz[n][d];
    }
    if (x)
      x[d] = sum;
  }
  for (int d = 0; d < 3 && normal; d++)
    normal[d] = slope[0][(d + 1) % 3] * slope[1][(d + 2) % 3] -
                slope[0][(d + 2) % 3] * slope[1][(d + 1) % 3];
}

void bp_face_position(int nnodes, const double (*xyz)[3], double r, double s, double x[3]) {
  bp_face_geometry(bp_face_of_nodes(nnodes), xyz, (const double[2]){r, s}, x, NULL);
}

/* Normal as long as the surface element is large, per dr ds. Positions are quadratic in each
 * coordinate, for which central differences are exact. */
static void surface_normal(int nnodes, const double (*xyz)[3], double r, double s,
                           double normal[3]) {
  const double h = 0.25;
  double x[4][3], a[3], b[3];
  bp_face_position(nnodes, xyz, r + h, s, x[0]);
  bp_face_position(nnodes, xyz, r - h, s, x[1]);
  bp_face_position(nnodes, xyz, r, s + h, x[2]);
  bp_face_position(nnodes, xyz, r, s - h, x[3]);
  for (int d = 0; d < 3; d++) {
    a[d] = (x[0][d] - x[1][d]) / (2.0 * h);
    b[d] = (x[2][d] - x[3][d]) / (2.0 * h);
  }
  normal[0] = a[1] * b[2] - a[2] * b[1];
  normal[1] = a[2] * b[0] - a[0] * b[2];
  normal[2] = a[0] * b[1] - a[1] * b[0];
}

double bp_face_area(int nnodes, const double (*xyz)[3], double normal[3]) {
  static const double at[3] = {-0.774596669241483377, 0.0, 0.774596669241483377},
                      weight[3] = {5.0 / 9.0, 8.0 / 9.0, 5.0 / 9.0};
  double area = 0.0;
  normal[0] = normal[1] = normal[2] = 0.0;
  for (int i = 0; i < 9; i++) {
    double r = at[i / 3], s = at[i % 3], w = weight[i / 3] * weight[i % 3], n[3];
    if (nnodes == 3 || nnodes == 6) {
      r = 0.5 * (1.0 + r);
      s = 0.5 * (1.0 + s) * (1.0 - r);
      w *= 0.25 * (1.0 - r);
    }
    surface_normal(nnodes, xyz, r, s, n);
    area += w * sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    for (int d = 0; d < 3; d++)
      normal[d] += w * n[d];
  }
  return area;
}
