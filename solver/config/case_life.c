#include "case_impl.h"

static const BpField rows[] = {
    BP_ROW("life.models",
           "life models of summary.json: fitted (those fitted with this solder's constants), all, "
           "or names with commas between",
           BP_TEXT(BpCase, life.models, "fitted")),
    BP_ROW("life.weibull.shape", "Weibull's shape; 0: no scatter is reported",
           BP_QUANTITY(BpCase, life.weibull.shape, "", "0"), BP_AT_LEAST(0.0)),
    BP_ROW("life.weibull.sample", "joints or packages of which the first failure counts",
           BP_INTEGER(BpCase, life.weibull.sample, "1"), BP_BETWEEN(1.0, 1e9)),
    BP_ROW("life.weibull.failed", "share of the samples, for the reported percentile",
           BP_QUANTITY(BpCase, life.weibull.failed, "", "0.01"), BP_INSIDE(0.0, 1.0)),
};

const BpFieldTable bp_case_life_table = {rows, BP_COUNT(rows)};
