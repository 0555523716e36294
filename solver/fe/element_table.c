#include "fe.h"

#include "kernels.h"

#define BP_ELEMENT(name) extern const BpElement bp_element_##name;
#include "elements.def"
#undef BP_ELEMENT

#define BP_ELEMENT(name) &bp_element_##name,
const BpElement *const bp_elements[] = {
#include "elements.def"
    NULL};
#undef BP_ELEMENT

const BpElement *bp_element(BpCellType cell) {
  for (int i = 0; bp_elements[i]; i++)
    if (bp_elements[i]->cell == cell)
      return bp_elements[i];
  return NULL;
}

/* Sum of the products of two points' coordinates, each from its mean and over its mean square. The
 * barycentric ones of a triangle and a tetrahedron, which sum to a constant, count together: 12 and
 * 20 take the place of 1 over the mean square. */
static double linear_product(BpShape shape, const double *a, const double *b) {
  const double all_a = a[0] + a[1] + a[2], all_b = b[0] + b[1] + b[2];
  double sum = 0.0;
  switch (shape) {
  case BP_TETRAHEDRON:
    for (int d = 0; d < 3; d++)
      sum += (a[d] - 0.25) * (b[d] - 0.25);
    return 20.0 * (sum + (0.75 - all_a) * (0.75 - all_b));
  case BP_WEDGE:
    for (int d = 0; d < 2; d++)
      sum += (a[d] - 1.0 / 3.0) * (b[d] - 1.0 / 3.0);
    sum += (2.0 / 3.0 - a[0] - a[1]) * (2.0 / 3.0 - b[0] - b[1]);
    return 12.0 * sum + 3.0 * a[2] * b[2];
  case BP_HEXAHEDRON:
    break;
  }
  return 3.0 * (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

void bp_element_linear_basis(const BpElement *element, const double xi[3], double *value) {
  double volume = 0.0;
  for (int q = 0; q < element->npoints; q++)
    volume += element->weight[q];
  for (int q = 0; q < element->npoints; q++)
    value[q] =
        element->weight[q] / volume * (1.0 + linear_product(element->shape, xi, element->point[q]));
}

double bp_element_jacobian(const BpElement *element, const double (*xyz)[3], const double xi[3],
                           double (*J)[3]) {
  double dN[BP_FE_MAX_NODES][3], own[3][3];
  element->shapes(xi, NULL, dN);
  if (!J)
    J = own;
  bp_kernel_jacobian(element->nnodes, (const double(*)[3])dN, xyz, J);
  return bp_determinant((const double(*)[3])J);
}

void bp_element_position(const BpElement *element, const double (*xyz)[3], const double xi[3],
                         double x[3]) {
  double N[BP_FE_MAX_NODES];
  element->shapes(xi, N, NULL);
  for (int d = 0; d < 3; d++) {
    x[d] = 0.0;
    for (int n = 0; n < element->nnodes; n++)
      x[d] += N[n] * xyz[n][d];
  }
}

void bp_element_center(const BpElement *element, double xi[3]) {
  static const double center[][3] = {[BP_TETRAHEDRON] = {0.25, 0.25, 0.25},
                                     [BP_WEDGE] = {1.0 / 3.0, 1.0 / 3.0, 0.0},
                                     [BP_HEXAHEDRON] = {0.0, 0.0, 0.0}};
  memcpy(xi, center[element->shape], sizeof center[0]);
}

double bp_element_outside(const BpElement *element, const double xi[3]) {
  const double r = xi[0], s = xi[1], t = xi[2];
  switch (element->shape) {
  case BP_TETRAHEDRON:
    return fmax(fmax(-r, -s), fmax(-t, r + s + t - 1.0));
  case BP_WEDGE:
    return fmax(fmax(fmax(-r, -s), r + s - 1.0), fabs(t) - 1.0);
  case BP_HEXAHEDRON:
    break;
  }
  return fmax(fmax(fabs(r), fabs(s)), fabs(t)) - 1.0;
}

BpStatus bp_element_locate(const BpElement *element, const double (*xyz)[3], const double x[3],
                           double xi[3]) {
  enum { MOST = 30 };
  static const double close = 1e-10, far = 10.0; /* reference units */
  bp_element_center(element, xi);
  for (int k = 0; k < MOST; k++) {
    double at[3], J[3][3], inverse[3][3], step = 0.0;
    bp_element_position(element, xyz, xi, at);
    const double det = bp_element_jacobian(element, xyz, xi, J);
    if (!(fabs(det) > 0.0))
      return BP_BAD;
    bp_invert_jacobian((const double(*)[3])J, det, inverse);
    for (int j = 0; j < 3; j++) {
      double change = 0.0;
      for (int i = 0; i < 3; i++)
        change += inverse[j][i] * (x[i] - at[i]);
      xi[j] += change;
      step = fmax(step, fabs(change));
    }
    if (step < close)
      return BP_OK;
    if (!(bp_element_outside(element, xi) < far))
      return BP_BAD;
  }
  return BP_BAD;
}
