/* Steady stresses of tension tests: what one condition costs with one card or another. */
#ifndef BP_SATURATION_H
#define BP_SATURATION_H

#include "json.h"
#include "materials.h"

#include <stdio.h>

typedef struct {
  double stress;       /* Pa, NAN where there is none */
  const char *why_not; /* NULL where there is one */
  int extrapolated;    /* 1: outside the card's fitted range */
} BpSaturation;

/* The stress that no longer changes in a long test at temperature (K) and rate (1/s). */
BpSaturation bp_saturation(const BpMaterial *material, double temperature, double rate);

/* Temperatures (K) and rates (1/s) that tables and pictures show. */
enum { BP_SATURATION_TEMPERATURES = 3, BP_SATURATION_RATES = 3 };
extern const double bp_saturation_temperature[BP_SATURATION_TEMPERATURES];
extern const double bp_saturation_rate[BP_SATURATION_RATES];

/* Cards side by side, and of each why it has none. */
void bp_saturation_table(FILE *out, BpMaterial *const *material, int count);
json_t *bp_saturation_array(BpMaterial *const *material, int count);

#endif
