/* Inelastic work since the joining, the integral of stress : d inelastic strain. 1 MPa is 1e6 J/m3.
 */
#include "quantity.h"

static void eval(const BpView *view, double *value) {
  *value = bp_view_mean(view, view->work);
}

const BpQuantity bp_quantity_work_density = {
    .name = "work_density",
    .title = "accumulated inelastic work per volume, mean over the cell",
    .unit = "J/m3",
    .where = BP_IN_CELLS,
    .ncomp = 1,
    .eval = eval,
};
