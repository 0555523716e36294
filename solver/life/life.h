/* Life models: from what one cycle does to a joint to cycles until it fails. The contract for
 * people who add a model, and the table for those who use it. Pure; SI units.
 *
 * A model is a published set of constants with what it was fitted with. Models of one equation
 * share a file, models/<equation>.c, which has a line in models.def. Constants stand in the units
 * they were published in; the equation converts. Published constants are good to a factor of two at
 * best, so that ratios of lives say more than lives. */
#ifndef BP_LIFE_H
#define BP_LIFE_H

#include "base.h"

#include <math.h>

/* What models take, in the order of the table in metrics.c. */
typedef enum {
  BP_METRIC_WORK,
  BP_METRIC_STRAIN,
  BP_METRIC_STRAIN_RANGE,
  BP_METRIC_SHEAR,
  BP_METRIC_CRACK,
  BP_METRIC_TEMP_MEAN,
  BP_METRIC_DWELL,
  BP_METRIC_SWING_USE,
  BP_METRIC_SWING_TEST,
  BP_METRIC_TEMP_MAX_USE,
  BP_METRIC_TEMP_MAX_TEST,
  BP_METRIC_FREQUENCY_USE,
  BP_METRIC_FREQUENCY_TEST,
  BP_METRIC_DWELL_USE,
  BP_METRIC_DWELL_TEST,
  BP_METRIC_PERIOD,
  BP_METRIC_N50,
  BP_METRIC_ETA,
  BP_METRIC_SHAPE,
  BP_METRIC_SAMPLE,
  BP_METRIC_FAILED,
  BP_METRICS
} BpMetric;

typedef struct {
  const char *name, *si, *help; /* "delta_w", unit as in units.h, what it is */
  const char *example;          /* "0.2MPa" */
  double min, max;              /* SI; beyond: refused. Both bounds are open */
  double usual_low, usual_high; /* SI; beyond: a warning, a unit may be mistaken */
} BpMetricInfo;

extern const BpMetricInfo bp_metrics[BP_METRICS];

/* Metric by name, -1 if there is none. */
int bp_metric_find(const char *name);

typedef struct {
  BpMetric metric;
  int sense;        /* -1: more of it shortens the life, 1: prolongs it, 0: either */
  double low, high; /* SI, range that the source states; NAN where it states none */
} BpLifeNeed;

#define BP_NO_RANGE ((double)NAN), ((double)NAN)

typedef struct {
  const char *name;
  double value;     /* as published */
  const char *unit; /* of the publication, "1" for pure numbers */
} BpLifeConstant;

enum { BP_LIFE_PARTS = 3, BP_LIFE_NEEDS = 6, BP_LIFE_CONSTANTS = 6 };

/* What makes up a result: cycles to initiation, growth per cycle. */
typedef struct {
  const char *name, *unit; /* SI */
  double value;
} BpLifePart;

typedef struct {
  double N; /* in the model's unit */
  BpLifePart part[BP_LIFE_PARTS];
  int nparts;
} BpLifeResult;

typedef struct BpLifeModel BpLifeModel;

struct BpLifeModel {
  const char *name;      /* what it is, then who published it and when */
  const char *title;     /* the equation with its alloy, one line */
  const char *source;    /* citation, and where it was read */
  const char *note;      /* what must be known before use; "" if nothing */
  const char *unit;      /* of N: "cycles", or "1" for factors */
  const char *statistic; /* what N is: "N63.2", "N50"; "" where the source does not say */
  const char *region;    /* "layer": averages over an interface layer, side by side; "joint": one
                            number for the whole joint; "": not of a joint */
  double layer;          /* m, of the averages that it was fitted with; NAN: not stated */
  const char *cycle;     /* whose metrics; "" where it does not matter */
  const char *law;       /* key of the constitutive law that it was fitted with, "" for none */
  const char *card;      /* the material card with those constants, "" where the library has none */
  BpLifeNeed need[BP_LIFE_NEEDS];
  BpLifeConstant constant[BP_LIFE_CONSTANTS];
  int nneeds, nconstants;
  char trust; /* 'V' primary source read, 'S' secondary, 'C' computed, 'M' unverified */
  /* metric [BP_METRICS], the needed ones within their bounds; BP_BAD where the equation has no
   * answer. Reads nothing else, allocates nothing. */
  BpStatus (*eval)(const BpLifeModel *model, const double *metric, BpLifeResult *result);
};

/* Model number i of the table, in the order of models.def; NULL past the last one. */
const BpLifeModel *bp_life_at(int i);

/* Model by name, NULL if there is none. */
const BpLifeModel *bp_life_find(const char *name);

/* Adds that there is no such model, with the nearest name (BP_EXIT_CASE). before: what the message
 * begins with, "--model". */
void bp_life_unknown(const char *before, const char *name, BpProblems *problems);

/* The source, with " (unverified)" behind it where trust is M; to be freed with free(). */
char *bp_life_source(const BpLifeModel *model);

/* Evaluates a model.
 * metric    [BP_METRICS] SI, NAN: not given
 * problems  what is missing or out of bounds (BP_EXIT_CASE), and as warnings what lies beyond the
 *           usual or the fitted range and that constants are unverified
 * Returns BP_BAD where there is no result. */
BpStatus bp_life_evaluate(const BpLifeModel *model, const double *metric, BpLifeResult *result,
                          BpProblems *problems);

/* Reads "crack=0.46mm" into metric [BP_METRICS]; what is wrong becomes a problem (BP_EXIT_USAGE
 * without '=', else BP_EXIT_CASE). */
void bp_metric_read(const char *given, double *metric, BpProblems *problems);

#endif
