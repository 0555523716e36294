/* Inelastic strain of solder (creep and plasticity) and copper (plasticity); tensor components,
 * half the engineering shear. */
#include "quantity.h"

static void eval(const BpView *view, double *value) {
  bp_view_mean_tensor(view, view->inelastic, value);
}

const BpQuantity bp_quantity_inelastic_strain = {
    .name = "inelastic_strain",
    .title = "inelastic strain, mean over the cell: XX YY ZZ XY YZ XZ",
    .unit = "1",
    .where = BP_IN_CELLS,
    .ncomp = 6,
    .eval = eval,
};
