/* The temperature programme T(t) of a load: piecewise linear between corners. Pure. */
#ifndef BP_PROGRAMME_H
#define BP_PROGRAMME_H

#include "config.h"

typedef enum {
  BP_CORNER_START,    /* joining */
  BP_CORNER_RAMP_END, /* a dwell or another ramp follows */
  BP_CORNER_DWELL_END
} BpCornerKind;

typedef struct {
  double time, temperature; /* s, K */
  BpCornerKind kind;        /* what ended here */
  int cycle;        /* cycle that this corner belongs to; -1 during the cooling after joining */
  int closes_cycle; /* 1 where a cycle ends */
  double power;     /* W, since the corner before */
} BpCorner;

typedef struct {
  BpCorner *corner; /* [count], times increasing */
  int count;
  int first_cycle; /* 0 when the first repetition of the programme is partial (starts elsewhere than
                      it ends), else 1 */
} BpProgramme;

/* Cooling from the joining temperature, then load->cycles full cycles after a partial first one. */
BpProgramme *bp_programme_build(const BpLoad *load);

void bp_programme_free(BpProgramme *programme);

/* Temperature at time t, K (constant beyond both ends). */
double bp_programme_temperature(const BpProgramme *programme, double t);

/* First corner with time > t (by more than round-off), NULL at the end. */
const BpCorner *bp_programme_next(const BpProgramme *programme, double t);

/* Fills temp_max, temp_min, K over the programme. */
void bp_programme_range(const BpProgramme *programme, double *temp_min, double *temp_max);

#endif
