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
  double time_share; /* of the last process' processor time that went into heat; NAN: not known */
  double stored, in, out, imbalance; /* J, of the whole run; stored - (in - out) */
  double worst_imbalance;            /* of a step, over the heat that it moved */
  double temperature[2];             /* K, least and largest of the last state */
  double power_share, board_factor; /* of a cell's or an array's power; of its board's convection */
  double biot;                      /* NAN: nothing is exchanged, or not known */
  double spread, package_spread, lag; /* K, of the last cycle: in the model, in the package, solder
                                         against chamber; NAN: no cycle */
  double uniform_error; /* relative, of the cycle's work if all had the chamber's temperature; NAN:
                           not estimated */
} BpHeatResult;

/* What heat conduction came to, for people; nothing where it was not solved for. */
void bp_heat_table(FILE *out, const BpHeatResult *heat);

/* Up to this uniform_error an even temperature is enough. */
#define BP_HEAT_ENOUGH 0.02

#endif
