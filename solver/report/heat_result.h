/* Heat in a summary. Included by report.h. */
#ifndef BP_HEAT_RESULT_H
#define BP_HEAT_RESULT_H

#include <stdio.h>

/* What heat conduction came to. */
typedef struct {
  int solved; /* 0: the temperature was that of the programme, the rest is not filled in */
  int steady; /* 1: heat is W in place of J */
  int accepted, rejected;
  long newton, linear;
  double stored, in, out, imbalance; /* J, of the whole run; stored - (in - out) */
  double worst_imbalance;            /* of a step, over the heat that it moved */
  double temperature[2];             /* K, least and largest of the last state */
} BpHeatResult;

/* What heat conduction came to, for people; nothing where it was not solved for. */
void bp_heat_table(FILE *out, const BpHeatResult *heat);

#endif
