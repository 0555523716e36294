/* The result files of a run: what they are called, what is in them, and in which order they are
 * written. docs/results.md is the page for their readers.
 *
 *   results.h5            provenance, averages, history; links to the mesh and the steps
 *   history.csv           the history as text
 *   fields/mesh.h5        nodes and cells, as VTKHDF wants them
 *   fields/step_NNNN.h5   fields of one step
 *   run_NNNN.hdf, run.hdf.series, run.vtkhdf   for ParaView (vtkhdf.h)
 *
 * Every HDF5 file is replaced as a whole (file.h), a step's file before the files that refer to
 * it: whenever the program is killed, what stands can be read. Links are relative, so that the
 * directory can be moved. */
#ifndef BP_RESULTS_H
#define BP_RESULTS_H

#include "h5.h"

/* Version of the layout; a reader refuses one that it does not know. */
enum { BP_RESULTS_SCHEMA = 1 };

enum { BP_RESULTS_NAME = 96, BP_RESULTS_TITLE = 192 };

enum { BP_OF_POINTS, BP_OF_CELLS, BP_PLACES };

typedef struct {
  char *name, *value;
} BpResultsFact;

typedef struct {
  char name[BP_RESULTS_NAME], unit[16], title[BP_RESULTS_TITLE];
  const char *where; /* "global", "region" */
  int whole;         /* whole numbers */
} BpResultsColumn;

typedef struct {
  char name[BP_RESULTS_NAME], kind[32], region[64];
  double volume; /* m3, of the meshed part */
  int reported;  /* 1: makes the reported numbers of its side */
} BpResultsAverage;

typedef struct {
  char name[64], unit[32], title[BP_RESULTS_TITLE];
  int place;   /* BP_OF_POINTS or BP_OF_CELLS */
  int columns; /* 0: one number each */
  int whole;   /* values are int32_t, else double */
  int regions; /* values are regions: the names of these become an attribute */
} BpResultsField;

typedef struct {
  double time, temperature; /* s, K */
  char title[BP_RESULTS_TITLE];
} BpResultsStep;

/* A mesh, nodes in VTK's order. Arrays may be freed afterwards. */
typedef struct {
  int64_t npoints, ncells;
  int nodes;             /* of a cell */
  int vtk_type;          /* 26: wedge of second order */
  const double *xyz;     /* [npoints][3] m */
  const int64_t *node;   /* [ncells][nodes] */
  const int32_t *region; /* [ncells] index into names */
  const char *const *name;
  int nnames;
  const int64_t *offset;     /* [ncells + 1] of a cell in node, and */
  const unsigned char *type; /* [ncells] its VTK type; both NULL where all cells are of one type */
} BpResultsMesh;

typedef struct {
  MPI_Comm comm;
  int rank;
  char *dir;
  int compression;          /* of mesh and fields, 0 (none) to 9; set before bp_results_begin() */
  int64_t count[BP_PLACES]; /* points and cells of the whole mesh */
  /* the rest is complete on rank 0 only */
  BpResultsFact *fact;
  BpResultsColumn *column;
  BpResultsAverage *average;
  BpResultsField *field; /* on every rank */
  BpResultsStep *step;
  char (*name)[64]; /* of the regions */
  double *row;      /* [nrows][ncolumns] */
  int nfacts, ncolumns, naverages, nfields, nsteps, nnames, nrows;
  /* what the small files hold so far: rows of history.csv, steps that ParaView's files and
   * results.h5 refer to, rows of results.h5 */
  int csv_rows, linked_steps, saved_steps, saved_rows;
} BpResults;

/* ---- writing: create, say what there will be, begin, then rows and steps as they come ---- */

/* Results in a directory that exists. Nothing is written yet.   [collective] */
BpResults *bp_results_new(MPI_Comm comm, const char *dir);
void bp_results_free(BpResults **results);

void bp_results_add_fact(BpResults *results, const char *name, const char *value);
void bp_results_add_column(BpResults *results, const BpResultsColumn *column);
void bp_results_add_average(BpResults *results, const BpResultsAverage *average);
void bp_results_add_field(BpResults *results, const BpResultsField *field);

/* How far results have come. */
typedef struct {
  int rows, steps; /* of the history; with fields */
} BpResultsExtent;

BpResultsExtent bp_results_extent(const BpResults *results);

/* Takes the first rows and steps over from results read earlier, of the same columns; what came
 * later is dropped, and fewer than `extent` are an error.   [rank 0] */
void bp_results_take_over(BpResults *results, const BpResults *earlier, BpResultsExtent extent,
                          BpStoreError *error);

/* Removes what an earlier run left (but for what was taken over, which can be read at every moment)
 * and writes the first files.   [collective; mesh on rank 0] */
void bp_results_begin(BpResults *results, const BpResultsMesh *mesh, BpStoreError *error);

/* One more row of the history. A row or step whose files could not be written is not lost: the next
 * call writes them too.   [collective]
 * value  [ncolumns], rank 0 */
void bp_results_add_row(BpResults *results, const double *value, BpStoreError *error);

/* Fields of one step.   [collective]
 * first, count  this rank's part of points and cells, in the numbering of the mesh
 * data          [nfields] values of that part */
typedef struct {
  BpResultsStep step;
  int64_t first[BP_PLACES], count[BP_PLACES];
  const void *const *data;
} BpResultsFields;

void bp_results_add_step(BpResults *results, const BpResultsFields *fields, BpStoreError *error);

/* Writes what an earlier failure left unwritten, if anything.   [collective] */
void bp_results_end(BpResults *results, BpStoreError *error);

/* ---- reading ---- */

/* Everything but the fields, from results.h5; an unknown schema is an error. Never NULL, to be
 * freed; not collective. */
BpResults *bp_results_read(const char *path, BpStoreError *error);

/* Index of a column, value of a fact; -1, NULL where there is none. */
int bp_results_column(const BpResults *results, const char *name);
const char *bp_results_fact(const BpResults *results, const char *name);

#endif
