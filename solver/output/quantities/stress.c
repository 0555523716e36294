/* Cauchy stress, small strain. */
#include "quantity.h"

static void eval(const BpView *view, double *value) {
  bp_view_mean_tensor(view, view->stress, value);
}

const BpQuantity bp_quantity_stress = {
    .name = "stress",
    .title = "stress, mean over the cell: XX YY ZZ XY YZ XZ",
    .unit = "Pa",
    .where = BP_IN_CELLS,
    .ncomp = 6,
    .eval = eval,
};
