/* Life models for people and programs: the list, one model evaluated. */
#ifndef BP_LIFE_PAGE_H
#define BP_LIFE_PAGE_H

#include "json.h"
#include "life.h"

#include <stdio.h>

/* Every model with what it needs, what it was fitted with, its constants and its source. */
void bp_life_list(FILE *out);

/* The same as JSON text, to be freed with free(). */
char *bp_life_list_json(void);

/* A model with what it was given and what came out. problems: its warnings. */
void bp_life_model_page(FILE *out, const BpLifeModel *model, const double *metric,
                        const BpLifeResult *result, const BpProblems *problems);

/* The same as JSON text, to be freed with free(). */
char *bp_life_model_json(const BpLifeModel *model, const double *metric, const BpLifeResult *result,
                         const BpProblems *problems);

#endif
