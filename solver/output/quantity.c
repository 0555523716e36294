#include "quantity.h"

#define BP_OUTPUT(name) extern const BpQuantity bp_quantity_##name;
#include "outputs.def"
#undef BP_OUTPUT

#define BP_OUTPUT(name) &bp_quantity_##name,
const BpQuantity *const bp_quantities[] = {
#include "outputs.def"
    NULL};
#undef BP_OUTPUT

double bp_view_mean(const BpView *view, const double *value) {
  double sum = 0.0, volume = 0.0;
  for (int q = 0; q < view->npoints; q++) {
    sum += view->volume[q] * value[q];
    volume += view->volume[q];
  }
  return sum / volume;
}

void bp_view_mean_tensor(const BpView *view, const double (*tensor)[6], double component[6]) {
  static const int mandel[6] = {0, 1, 2, 5, 3, 4};
  for (int c = 0; c < 6; c++) {
    double value[BP_VIEW_POINTS];
    for (int q = 0; q < view->npoints; q++)
      value[q] = tensor[q][mandel[c]] / (c < 3 ? 1.0 : BP_SQRT2);
    component[c] = bp_view_mean(view, value);
  }
}
