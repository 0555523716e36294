/* Temperature: that of the load for the whole joint, or what heat conduction makes of it. */
#include "quantity.h"

static void eval(const BpView *view, double *value) {
  *value = view->temperature;
}

const BpQuantity bp_quantity_temperature = {
    .name = "temperature",
    .title = "temperature",
    .unit = "K",
    .where = BP_AT_POINTS,
    .ncomp = 1,
    .eval = eval,
};
