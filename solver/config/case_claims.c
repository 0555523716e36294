#include "case_impl.h"

static const BpField rows[] = {
    BP_ROW("claims.equal_area", "areas are approximately equal up to this relative difference",
           BP_QUANTITY(BpCase, claims.equal_area, "", "0.1"), BP_BETWEEN(0.0, 1.0)),
    BP_ROW("claims.vertical", "walls are substantially vertical up to this angle off 90 degrees",
           BP_QUANTITY(BpCase, claims.vertical, "rad", "5 deg"),
           BP_BETWEEN(0.0, 1.5707963267948966)),
    BP_ROW("claims.cylindrical",
           "shapes are substantially cylindrical up to this relative difference of their radii",
           BP_QUANTITY(BpCase, claims.cylindrical, "", "0.02"), BP_BETWEEN(0.0, 1.0)),
};

const BpFieldTable bp_case_claims_table = {rows, BP_COUNT(rows)};
