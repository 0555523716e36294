/* Whether the sign of a comparison holds under whatever could change it: one ratio for each choice
 * of solder law, metric, layer, side, ..., and what of these flips it. A life model is monotone in
 * its metric, so that lives say nothing more about the sign. Pure. */
#ifndef BP_ENSEMBLE_H
#define BP_ENSEMBLE_H

#include "report.h"

enum { BP_ENSEMBLE_FACTORS = 16 };

typedef struct {
  const char *name;         /* "materials.solder.card", "layer" */
  const char *const *level; /* [nlevels] "10 um", "12.7 um", "common" */
  int nlevels;
} BpEnsembleFactor;

typedef struct {
  int member;                     /* the runs that it is of */
  int level[BP_ENSEMBLE_FACTORS]; /* of each factor */
  int summary;                    /* the case, over case 0 */
  double ratio;                   /* NAN: missing, a run failed or did not store it */
} BpEnsembleRatio;

typedef struct {
  const char *name;         /* of its directory */
  const char *reason;       /* why it has no results, "" where it has */
  const char *key, *value;  /* what it sets; NULL: the cases as they are given */
  const BpSummary *summary; /* [ncases], NULL without results */
} BpEnsembleMember;

typedef struct {
  const char *const *name; /* [ncases], case 0 is the reference */
  int ncases;
  const BpEnsembleMember *member; /* [nmembers] */
  int nmembers;
  BpEnsembleFactor factor[BP_ENSEMBLE_FACTORS];
  int nfactors;
  const BpEnsembleRatio *ratio; /* [nratios] */
  int nratios;
  const char *const *note; /* [nnotes] what was not varied, and why */
  int nnotes;
} BpEnsemble;

typedef struct {
  int less, same, more, missing;
  double low, high; /* of the ratios that are known, NAN where none is */
} BpEnsembleCount;

typedef struct {
  BpEnsembleCount count;
  int sign;  /* -1: less than the reference everywhere, 1: more; 0: neither, or not known */
  int known; /* 1: that is certain; 0: what is known agrees, but something is missing */
  struct {
    int pairs;   /* of known ratios that differ in this factor alone */
    int flips;   /* of them have opposite signs */
    int fades;   /* of them have a difference on one side and none on the other */
    int flip[2]; /* the widest of the flips, indices into the ratios */
  } by[BP_ENSEMBLE_FACTORS];
} BpEnsembleVerdict;

/* Ratios of a case that have a level of a factor; of all levels with factor < 0. */
BpEnsembleCount bp_ensemble_count(const BpEnsemble *ensemble, int summary, int factor, int level);

/* The verdict on a case over case 0. A ratio within 1e-3 of 1 is no difference: where there is one
 * the sign does not hold. */
void bp_ensemble_judge(const BpEnsemble *ensemble, int summary, BpEnsembleVerdict *verdict);

/* It in words, without a full stop; to be freed with free(). */
char *bp_ensemble_sentence(const BpEnsemble *ensemble, int summary,
                           const BpEnsembleVerdict *verdict);

/* What every reader must know: what was not varied, how lives are to be used. Text number i, NULL
 * past the last one. */
const char *bp_ensemble_note(const BpEnsemble *ensemble, int i);

/* For people: the ratios by the levels of every factor, the verdict. */
void bp_ensemble_table(FILE *out, const BpEnsemble *ensemble);

/* ensemble.json as text, to be freed with free(). */
char *bp_ensemble_json(const BpEnsemble *ensemble);

#endif
