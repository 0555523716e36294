/* Lives of several runs beside each other. Internal to this folder. */
#ifndef BP_LIFE_IMPL_H
#define BP_LIFE_IMPL_H

#include "report.h"

typedef struct {
  char model[BP_NAME], side[BP_NAME]; /* "worse": the side of the shorter life */
} BpLifeKey;

/* Model and side of every result of any of the runs, each once, the worse side behind both sides
 * of a model. Returns their number; *key is to be freed with free(). */
int bp_life_keys(const BpSummary *summary, int count, BpLifeKey **key);

/* The row of a run with a result, NULL if it has none. */
const BpLifeRow *bp_life_row_of(const BpSummary *summary, const BpLifeKey *key);

/* N of run i over that of the first one; NAN where one of them is missing. */
double bp_life_ratio(const BpSummary *summary, int i, const BpLifeKey *key);

#endif
