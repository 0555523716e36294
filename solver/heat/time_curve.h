/* A quantity over time, linear between points; two points at one time are a jump. Pure. */
#ifndef BP_TIME_CURVE_H
#define BP_TIME_CURVE_H

#include "base.h"

typedef struct {
  int n;                /* 0: there is none */
  double *time, *value; /* [n] s, SI; times do not decrease */
} BpTimeCurve;

/* Which of its values a curve has at a jump: that before it or that after it. */
typedef enum { BP_BEFORE, BP_AFTER } BpSide;

void bp_time_curve_add(BpTimeCurve *curve, double time, double value);
void bp_time_curve_free(BpTimeCurve *curve);

/* Value at a time; constant before the first and after the last point, 0 without points. */
double bp_time_curve_value(const BpTimeCurve *curve, double time, BpSide side);

/* First point later than t by more than round-off, infinite if there is none. */
double bp_time_curve_next(const BpTimeCurve *curve, double t);

/* 1 where the value jumps at a time. */
int bp_time_curve_jumps(const BpTimeCurve *curve, double time);

#endif
