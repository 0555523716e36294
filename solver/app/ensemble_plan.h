/* Which comparisons an ensemble has: the cases as they are given, then one for every further value
 * of a key, all else as given. What is read off the same runs (metric, layer, side) needs none. */
#ifndef BP_ENSEMBLE_PLAN_H
#define BP_ENSEMBLE_PLAN_H

#include "comparison.h"

typedef struct {
  char *key;    /* "materials.solder.card" */
  char **value; /* [nvalues] as in a case file, the first one is the cases' own */
  int nvalues;
} BpVariedKey;

typedef struct {
  int key, value; /* index of what is set; -1, 0: the cases as they are given */
  char *name;     /* of its directory: "as_given", "package.ball.rule=equal_standoff" */
  char *reason;   /* why it has no results, "" where it has or may have */
  BpApp app;      /* with the key set */
  BpArgs args;
  BpComparison comparison;
} BpEnsembleRuns;

typedef struct {
  BpVariedKey *key; /* [nkeys] */
  int nkeys;
  BpEnsembleRuns *runs; /* [nruns] */
  int nruns;
} BpEnsemblePlan;

/* Interface layers, m, that every member has in its history. */
extern const BpComparisonLayers bp_ensemble_layers;

/* Reads all members, so that faults of any are found before the first one runs. They have been
 * said; free with bp_ensemble_plan_free() in any case.   [collective] */
BpExit bp_ensemble_plan(const BpApp *app, BpEnsemblePlan *plan);
void bp_ensemble_plan_free(BpEnsemblePlan *plan);

#endif
