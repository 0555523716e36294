/* What a run gave, and what the models make of it. */
#ifndef BP_LIFE_RUN_H
#define BP_LIFE_RUN_H

#include "life.h"

enum { BP_LIFE_LAYERS = 8, BP_LIFE_REASON = 240 };

typedef struct {
  double thickness, work, strain; /* m, J/m3, 1: averages of the last full cycle */
} BpLifeLayer;

/* One side of a joint, or the joint as a whole. */
typedef struct {
  const char *side;       /* "package", "board" or "joint" */
  const char *law, *card; /* of the solder; "" where not known */
  BpLifeLayer layer[BP_LIFE_LAYERS];
  int nlayers;               /* the reported one first */
  double metric[BP_METRICS]; /* SI, what layers do not give; NAN: not stored */
  int steady;                /* 1, 0, or -1 where it is not known */
} BpLifeRun;

typedef struct {
  BpLifeResult result;
  double metric[BP_METRICS]; /* as taken, SI */
  double layer;              /* m, of the averages that were taken; NAN: none */
  int absolute;        /* 0: exponent only, N serves for ratios between runs and for nothing else */
  BpProblems warnings; /* to be freed with bp_problems_free() */
  char reason[BP_LIFE_REASON]; /* why there is no result, "" where there is one */
} BpLifeOutcome;

/* 1 if the run's solder has the law and the constants that the model was fitted with: only then is
 * N a number of cycles, elsewhere it has a meaning in ratios alone. */
int bp_life_fits(const BpLifeModel *model, const BpLifeRun *run);

/* 1 if the model is one of side: of averages over a layer, or of the whole joint. */
int bp_life_is_of(const BpLifeModel *model, const char *side);

/* Applies a model that is one of the run's side. It gets the layer that it was fitted with if the
 * run stored it, else the reported one. That law, layer or cycle are not those of the model is a
 * warning. */
void bp_life_apply(const BpLifeModel *model, const BpLifeRun *run, BpLifeOutcome *outcome);

/* 1 if a text such as "fitted", "all" or "name, name" asks for the model; fits as of
 * bp_life_fits(). */
int bp_life_wanted(const char *models, const BpLifeModel *model, int fits);

/* Adds names in such a text that are no models; before as in bp_life_unknown(). */
void bp_life_check(const char *models, const char *before, BpProblems *problems);

#endif
