/* What a run will take, before it starts. */
#ifndef BP_COST_H
#define BP_COST_H

#include "config.h"

typedef struct {
  int steps;
  double memory; /* bytes, all ranks together */
  double time;   /* s */
} BpCost;

/* Estimate from fitted runs, good to a factor of about two: say "about". */
BpCost bp_cost_estimate(const BpCase *bp, int unknowns, int nranks);

#endif
