/* The side-by-side table as data, for text and for the page. Internal to this folder. */
#ifndef BP_TABLE_IMPL_H
#define BP_TABLE_IMPL_H

#include "report.h"

typedef struct {
  char label[2 * BP_NAME]; /* "work per cycle" */
  const char *unit;        /* "MPa", "" */
  int depth;               /* 0: of the run itself, 1: below a heading, 2: below the row before */
  char (*cell)[BP_NAME];   /* [count] texts, "-" where there is nothing; NULL: a heading */
} BpTableRow;

typedef struct {
  BpTableRow *row; /* [nrows] */
  int nrows, count;
} BpTable;

/* Everything that is compared, a column for each run; free with bp_table_free(). */
BpTable bp_table_new(const BpSummary *summary, int count);
void bp_table_free(BpTable *table);

#endif
