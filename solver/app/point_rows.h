/* The steps of a material point as a table of numbers. */
#ifndef BP_POINT_ROWS_H
#define BP_POINT_ROWS_H

#include "point.h"

/* Columns that every table begins with; those of the law's states follow. */
typedef enum {
  BP_COLUMN_TIME,        /* s */
  BP_COLUMN_TEMPERATURE, /* K */
  BP_COLUMN_STRAIN,      /* of the shown component, as it is prescribed: mechanical or total */
  BP_COLUMN_STRESS,      /* Pa, of the same component */
  BP_COLUMN_INELASTIC,   /* of the same component */
  BP_COLUMN_WORK,        /* J/m3, inelastic, since the start */
  BP_COLUMN_STATES       /* number of the columns above */
} BpPointColumn;

typedef struct {
  const BpMaterial *material;
  int component; /* shown one, in Mandel order */
  int tensors;   /* 1: all components of strain and stress behind the states */
  int total;     /* 1: strains contain the thermal strain from `start` on */
  double start;  /* K */
  char **column; /* [ncolumns] names with units */
  int ncolumns;
  double *value;    /* [count x ncolumns] */
  int count, space; /* rows; rows that there is memory for */
} BpPointRows;

/* Names the columns; material, component, tensors, total and start are given, all else is zero. */
void bp_point_rows_begin(BpPointRows *rows);
void bp_point_rows_free(BpPointRows *rows);

/* Adds a row: an observer of bp_point_run() with the rows as its context. */
void bp_point_rows_add(const BpPointRecord *record, void *rows);

/* Value of a row; the last row is -1, the one before -2. */
double bp_point_rows_at(const BpPointRows *rows, int row, int column);

/* The strain of the shown component without thermal expansion. */
double bp_point_rows_mechanical(const BpPointRows *rows, int row);

/* Smallest and largest value of a column. */
void bp_point_rows_range(const BpPointRows *rows, int column, double range[2]);

/* Comma-separated values with a line of names, to be freed with free(). */
char *bp_point_rows_csv(const BpPointRows *rows);

#endif
