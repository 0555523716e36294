/* Displacement of the nodes, from the shape that the mesh has. */
#include "quantity.h"

static void eval(const BpView *view, double *value) {
  memcpy(value, view->displacement, 3 * sizeof value[0]);
}

const BpQuantity bp_quantity_displacement = {
    .name = "displacement",
    .title = "displacement",
    .unit = "m",
    .where = BP_AT_POINTS,
    .ncomp = 3,
    .eval = eval,
};
