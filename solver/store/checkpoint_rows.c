/* Rows of all ranks, gathered on rank 0 for the file and spread again when it is read. */
#include "checkpoint_impl.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  int total;
  int *count, *first; /* [ranks] rows of each rank, and where they begin */
  int *id;            /* [total] their numbers in that order; rank 0 */
  MPI_Datatype row;
} Whole;

static void begin_whole(const BpCheckpoint *c, const BpCheckpointRows *rows, Whole *w) {
  int nranks;
  MPI_Comm_size(c->comm, &nranks);
  *w = (Whole){.count = BP_NEW(int, nranks), .first = BP_NEW(int, nranks)};
  MPI_Allgather(&rows->count, 1, MPI_INT, w->count, 1, MPI_INT, c->comm);
  for (int r = 0; r < nranks; r++) {
    w->first[r] = w->total;
    w->total += w->count[r];
  }
  w->id = BP_NEW(int, w->total);
  MPI_Gatherv(rows->id, rows->count, MPI_INT, w->id, w->count, w->first, MPI_INT, 0, c->comm);
  MPI_Type_contiguous(rows->columns, MPI_DOUBLE, &w->row);
  MPI_Type_commit(&w->row);
}

static void end_whole(Whole *w) {
  MPI_Type_free(&w->row);
  free(w->count);
  free(w->first);
  free(w->id);
}

/* A number and where its row is. */
typedef struct {
  int id, at;
} Place;

static int by_id(const void *a, const void *b) {
  const Place *x = a, *y = b;
  return (x->id > y->id) - (x->id < y->id);
}

static Place *sort_ids(const int *id, int n) {
  Place *place = BP_NEW(Place, n);
  for (int i = 0; i < n; i++)
    place[i] = (Place){id[i], i};
  qsort(place, (size_t)n, sizeof *place, by_id);
  return place;
}

/* Name of the dataset with the numbers of the rows of another one. */
static char *name_of_ids(const char *name) {
  return bp_format("%s.id", name);
}

/* Rows of all ranks into the file, in the order of their numbers. */
static void write_rows(BpCheckpoint *c, const char *name, const Whole *w, int columns,
                       const double *value) {
  const size_t width = (size_t)columns * sizeof *value;
  Place *place = sort_ids(w->id, w->total);
  double *sorted = BP_NEW(double, (size_t)w->total *(size_t)columns);
  int32_t *id = BP_NEW(int32_t, w->total);
  for (size_t i = 0; i < (size_t)w->total; i++) {
    id[i] = place[i].id;
    memcpy((char *)sorted + i * width, (const char *)value + (size_t)place[i].at * width, width);
  }
  char *ids = name_of_ids(name);
  bp_h5_array(c->file, &(BpH5Array){.name = ids, .type = BP_H5_INT32, .rows = w->total}, id);
  bp_h5_array(
      c->file,
      &(BpH5Array){.name = name, .type = BP_H5_DOUBLE, .rows = w->total, .columns = columns},
      sorted);
  free(ids);
  free(id);
  free(sorted);
  free(place);
}

static void read_rows(BpCheckpoint *c, const char *name, int total, int columns, int *id,
                      double *value) {
  char *ids = name_of_ids(name);
  bp_checkpoint_table(c, &(BpH5Array){.name = ids, .type = BP_H5_INT32, .rows = total}, id);
  bp_checkpoint_table(
      c, &(BpH5Array){.name = name, .type = BP_H5_DOUBLE, .rows = total, .columns = columns},
      value);
  free(ids);
}

/* This rank's rows out of all of them, which are in the order of their numbers. */
static void pick_rows(BpCheckpoint *c, const char *name, const BpCheckpointRows *rows,
                      const Place *all, int total, const double *from, double *to) {
  const size_t n = (size_t)rows->columns;
  for (int i = 0; i < rows->count; i++) {
    const Place wanted = {rows->id[i], 0};
    const Place *found = bsearch(&wanted, all, (size_t)total, sizeof *all, by_id);
    if (found)
      memcpy(to + (size_t)i * n, from + (size_t)found->at * n, n * sizeof *to);
    else
      bp_store_fail(c->error, "%s: '%s' has no row %d", c->path, name, wanted.id);
  }
}

void bp_checkpoint_rows(BpCheckpoint *c, const char *name, const BpCheckpointRows *rows,
                        double *value) {
  Whole w;
  begin_whole(c, rows, &w);
  const int mine = c->reading || c->rank == 0;
  double *all = BP_NEW(double, mine ? (size_t)w.total *(size_t)rows->columns : 0);
  if (c->reading) {
    if (c->rank == 0)
      read_rows(c, name, w.total, rows->columns, w.id, all);
    MPI_Bcast(w.id, w.total, MPI_INT, 0, c->comm);
    MPI_Bcast(all, w.total, w.row, 0, c->comm);
    bp_store_agree(c->comm, c->error);
    Place *place = sort_ids(w.id, w.total);
    if (c->error->status == BP_OK)
      pick_rows(c, name, rows, place, w.total, all, value);
    free(place);
  } else {
    MPI_Gatherv(value, rows->count, w.row, all, w.count, w.first, w.row, 0, c->comm);
    if (c->rank == 0)
      write_rows(c, name, &w, rows->columns, all);
  }
  free(all);
  end_whole(&w);
}
