/* Temperatures in the course of a coupled run, and what an even temperature in their place would
 * have made of a cycle. */
#ifndef BP_HEAT_TRACE_H
#define BP_HEAT_TRACE_H

#include "model.h"

enum {
  BP_TRACE_TIME,      /* s */
  BP_TRACE_PROGRAMME, /* K, of the chamber */
  BP_TRACE_DIE,       /* K, means of these regions; NAN: the model has none of that name */
  BP_TRACE_SOLDER,
  BP_TRACE_BOARD,
  BP_TRACE_SPREAD,  /* K, largest difference in the model */
  BP_TRACE_PACKAGE, /* K, the same without the board, its mask and pad */
  BP_TRACE_COLUMNS
};

/* A row for the joining and for every accepted step. */
typedef struct {
  double (*row)[BP_TRACE_COLUMNS]; /* [n] */
  int n;
} BpHeatTrace;

/* Adds the last accepted state; programme  K, of the chamber. Nothing without heat.   [collective]
 */
PetscErrorCode bp_heat_trace_add(BpHeatTrace *trace, const BpModel *model, double programme);
void bp_heat_trace_free(BpHeatTrace *trace);

/* What a cycle showed. */
typedef struct {
  double spread, package; /* K, the largest of the cycle */
  double lag;             /* K, largest difference of solder and chamber */
  double uniform_error;   /* of the cycle's work if all had the chamber's temperature, relative and
                             positive; an estimate; NAN where the model has no die, solder or board */
} BpHeatCycle;

/* The cycle between two times, s. The error is the sum of two: what the largest difference of the
 * temperature can add to the difference of the expansions of die and board, over the range of that,
 * times the power of the shear that work grows by; and what an even temperature does to a point of
 * solder that is sheared as die and board expand, from the start of the run on, once with the mean
 * temperatures of die, board and solder and once with the chamber's. How much the point is sheared
 * is such that it flows as the joint did.
 * strain  inelastic, of the joint in this cycle
 * [not collective] */
BpHeatCycle bp_heat_trace_cycle(const BpHeatTrace *trace, const BpModel *model, double strain,
                                double begin, double end);

#endif
