/* Internal to this folder. */
#ifndef BP_STUDY_IMPL_H
#define BP_STUDY_IMPL_H

#include "study.h"

/* A factor as it stands in the file. */
typedef struct {
  const BpYamlNode *key, *values, *range;
  int points;
  char scale[BP_NAME];
} BpFactorRow;

typedef struct {
  BpStudy *study;
  BpProblems *problems;
} BpStudyReader;

#define COMPLAIN(r, node, ...)                                                                     \
  bp_problem((r)->problems, BP_EXIT_CASE, (r)->study->file, (node) ? (node)->line : 0, __VA_ARGS__)

/* 1 and what it takes if a path is a key of the case; else a problem with the nearest one. */
int bp_study_check_key(const BpStudyReader *reader, const BpYamlNode *node, const char *path,
                       BpCaseKey *takes);

/* Adds the factor of a row, which stands at a node, to the study. */
void bp_factor_read(const BpStudyReader *reader, const BpFactorRow *row, const BpYamlNode *node);

/* The value of a factor's key at a place: SI number, text as in a case file (free with free()). */
char *bp_factor_text(const BpFactor *factor, const BpPlace *place, int key, double *number);

/* Frees what a point holds. */
void bp_study_point_free(BpStudyPoint *point, int nkeys);

/* Levels that a design which counts values has: nlevels of a list, npoints of a range. */
int bp_factor_count(const BpFactor *factor);

/* 1 where the design samples ranges in place of counting values. */
int bp_design_samples(BpDesign design);

#endif
