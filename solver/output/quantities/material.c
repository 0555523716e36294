/* What a cell is made of; the numbers are those of the regions of the case, the same in every file.
 */
#include "quantity.h"

static void eval(const BpView *view, double *value) {
  *value = view->region;
}

const BpQuantity bp_quantity_material = {
    .name = "material",
    .title = "material, number of the region",
    .unit = "1",
    .where = BP_IN_CELLS,
    .ncomp = 1,
    .regions = 1,
    .eval = eval,
};
