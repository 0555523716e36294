#include "case_impl.h"

static const BpField rows[] = {
    BP_ROW("model.kind", "cell: one joint in a pitch x pitch cell, x axis from the neutral point",
           BP_TEXT(BpCase, model.kind, "cell"), .values = "cell"),
    BP_ROW("model.neutral_distance", "from the neutral point of the package to the joint's axis",
           BP_QUANTITY(BpCase, model.neutral_distance, "m", "3.18 mm"), BP_AT_LEAST(0.0)),
    BP_ROW("model.symmetry",
           "of the cell: half (y >= 0), full, or auto: half where the joint is its mirror image",
           BP_TEXT(BpCase, model.symmetry, "auto"), .values = "auto|half|full"),
};

const BpFieldTable bp_case_model_table = {rows, BP_COUNT(rows)};
