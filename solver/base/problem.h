/* Problems of the user's making are collected, not thrown: every one is reported in one go. */
#ifndef BP_PROBLEM_H
#define BP_PROBLEM_H

#include "status.h"

#include <stdio.h>

typedef struct {
  BpExit code; /* exit code it leads to; BP_EXIT_OK for a warning */
  char *text;  /* "FILE:LINE: what is wrong; what would be right" */
} BpProblem;

typedef struct {
  BpProblem *item;
  int count;
} BpProblems;

/* Adds a problem. file may be NULL (no place), line 0 (no line). code is what it leads to. */
void bp_problem(BpProblems *problems, BpExit code, const char *file, int line, const char *format,
                ...) __attribute__((format(printf, 5, 6)));

/* Adds a warning, which does not fail the run. A warning already there is not added again. */
void bp_warning(BpProblems *problems, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Exit code of the first true problem, BP_EXIT_OK if there are only warnings or nothing. */
BpExit bp_problems_exit(const BpProblems *problems);

/* Writes one line per problem, "ballpad: ..." or "ballpad: warning: ...". */
void bp_problems_print(const BpProblems *problems, FILE *out);

void bp_problems_free(BpProblems *problems);

#endif
