/* Integral of the equivalent inelastic strain rate, sqrt(2/3 e:e), since the joining. */
#include "quantity.h"

static void eval(const BpView *view, double *value) {
  *value = bp_view_mean(view, view->accumulated);
}

const BpQuantity bp_quantity_accumulated_inelastic_strain = {
    .name = "accumulated_inelastic_strain",
    .title = "accumulated equivalent inelastic strain, mean over the cell",
    .unit = "1",
    .where = BP_IN_CELLS,
    .ncomp = 1,
    .eval = eval,
};
