/* The mean of the points' von Mises stress, which is what creep sees; not that of the mean stress,
 * which is lower where the stress bends. */
#include "quantity.h"

static void eval(const BpView *view, double *value) {
  double mises[BP_VIEW_POINTS];
  for (int q = 0; q < view->npoints; q++)
    mises[q] = bp_mises(view->stress[q]);
  *value = bp_view_mean(view, mises);
}

const BpQuantity bp_quantity_von_mises = {
    .name = "von_mises",
    .title = "von Mises stress, mean over the cell",
    .unit = "Pa",
    .where = BP_IN_CELLS,
    .ncomp = 1,
    .eval = eval,
};
