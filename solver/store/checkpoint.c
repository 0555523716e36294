#include "checkpoint_impl.h"

#include "sealed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static BpCheckpoint *create(MPI_Comm comm, const char *dir, int step, BpStoreError *error) {
  BpCheckpoint *c = BP_NEW(BpCheckpoint, 1);
  *c = (BpCheckpoint){.comm = comm, .step = step, .error = error};
  MPI_Comm_rank(comm, &c->rank);
  c->dir = bp_copy_text(dir);
  c->path = bp_checkpoint_name(dir, step);
  return c;
}

static void destroy(BpCheckpoint **out) {
  BpCheckpoint *c = *out;
  bp_h5_free(&c->file);
  free(c->dir);
  free(c->path);
  free(c);
  *out = NULL;
}

const char *bp_checkpoint_path(const BpCheckpoint *c) {
  return c->path;
}

int bp_checkpoint_step(const BpCheckpoint *c) {
  return c->step;
}

int bp_checkpoint_reading(const BpCheckpoint *c) {
  return c->reading;
}

/* ---- whole checkpoints */

BpCheckpoint *bp_checkpoint_new(MPI_Comm comm, const char *dir, int step, BpStoreError *error) {
  BpCheckpoint *c = create(comm, dir, step, error);
  if (c->rank == 0) {
    c->file = bp_h5_new(c->path, error);
    bp_h5_set_int(c->file, "/", "schema", BP_CHECKPOINT_SCHEMA);
    bp_h5_set_text(c->file, "/", "program", "ballpad");
  }
  return c;
}

/* Removes all checkpoints of the directory but two. */
static void remove_others(const BpCheckpoint *c, int previous) {
  int *step;
  const int n = bp_checkpoint_list(c->dir, &step, c->error);
  for (int i = 0; i < n; i++) {
    if (step[i] == c->step || step[i] == previous)
      continue;
    char *path = bp_checkpoint_name(c->dir, step[i]);
    if (unlink(path) != 0 && errno != ENOENT)
      bp_store_fail_errno(c->error, path, errno);
    free(path);
  }
  free(step);
}

void bp_checkpoint_save(BpCheckpoint **out, int previous) {
  BpCheckpoint *c = *out;
  bp_store_agree(c->comm, c->error);
  if (c->rank == 0) {
    bp_checkpoint_write(c->path, &c->file, c->error);
    bp_file_commit(c->path, c->error);
    remove_others(c, previous);
  }
  bp_store_agree(c->comm, c->error);
  destroy(out);
}

/* The newest sound file, NULL if there is none; why each newer one is not goes into `unsound`. */
static BpH5 *find_sound(BpCheckpoint *c, BpStoreError *unsound) {
  int *step;
  const int count = bp_checkpoint_list(c->dir, &step, c->error);
  BpH5 *file = NULL;
  for (int i = 0; i < count && !file; i++) {
    BpStoreError own = {0};
    free(c->path);
    c->step = step[i];
    c->path = bp_checkpoint_name(c->dir, step[i]);
    size_t n;
    char *data = bp_checkpoint_load(c->path, &n, &own);
    if (data)
      file = bp_h5_open_image(c->path, data + BP_SEAL, n - BP_SEAL, c->error);
    else
      bp_store_fail(unsound, "%s", own.text);
    free(data);
  }
  free(step);
  return file;
}

/* The error of whatever is read from now on is that of the checkpoint. */
static void take_file(BpCheckpoint *c, BpH5 *file) {
  const int64_t schema = bp_h5_get_int(file, "/", "schema");
  c->file = file;
  if (schema != BP_CHECKPOINT_SCHEMA)
    bp_store_fail(c->error, "%s: a checkpoint of schema %lld; this program reads schema %d",
                  c->path, (long long)schema, BP_CHECKPOINT_SCHEMA);
}

BpCheckpoint *bp_checkpoint_open(MPI_Comm comm, const char *dir, BpStoreError *newer,
                                 BpStoreError *error) {
  BpCheckpoint *c = create(comm, dir, -1, error);
  int found = 0;
  c->reading = 1;
  if (c->rank == 0) {
    BpH5 *file = find_sound(c, newer);
    found = file != NULL;
    if (found)
      take_file(c, file);
    else if (newer->status != BP_OK)
      bp_store_fail(error, "%s", newer->text);
  }
  MPI_Bcast(&found, 1, MPI_INT, 0, comm);
  MPI_Bcast(&c->step, 1, MPI_INT, 0, comm);
  bp_store_agree(comm, newer);
  bp_store_agree(comm, error);
  free(c->path);
  c->path = bp_checkpoint_name(dir, c->step);
  if (!found)
    destroy(&c);
  return c;
}

void bp_checkpoint_close(BpCheckpoint **out) {
  if (!*out)
    return;
  bp_store_agree((*out)->comm, (*out)->error);
  destroy(out);
}

void bp_checkpoint_clear(const char *dir, BpStoreError *error) {
  bp_directory_clear(dir, "checkpoint_", ".h5", 0, error);
}

/* ---- values */

void bp_checkpoint_text(BpCheckpoint *c, const char *name, char *text, size_t size) {
  if (c->rank == 0 && !c->reading)
    bp_h5_set_text(c->file, "/", name, text);
  if (!c->reading)
    return;
  if (c->rank == 0) {
    char *stored = bp_h5_get_text(c->file, "/", name);
    snprintf(text, size, "%s", stored);
    free(stored);
  }
  MPI_Bcast(text, (int)size, MPI_CHAR, 0, c->comm);
}

void bp_checkpoint_long(BpCheckpoint *c, const char *name, long *value) {
  if (c->rank == 0 && c->reading)
    *value = (long)bp_h5_get_int(c->file, "/", name);
  else if (c->rank == 0)
    bp_h5_set_int(c->file, "/", name, *value);
  if (c->reading)
    MPI_Bcast(value, 1, MPI_LONG, 0, c->comm);
}

void bp_checkpoint_int(BpCheckpoint *c, const char *name, int *value) {
  long whole = *value;
  bp_checkpoint_long(c, name, &whole);
  *value = (int)whole;
}

void bp_checkpoint_table(BpCheckpoint *c, const BpH5Array *array, void *value) {
  int64_t rows;
  int columns;
  bp_h5_shape(c->file, array->name, &rows, &columns);
  if (rows != array->rows || columns != array->columns)
    bp_store_fail(c->error, "%s: '%s' has %lld x %d values, wanted are %lld x %d", c->path,
                  array->name, (long long)rows, columns, (long long)array->rows, array->columns);
  if (c->error->status == BP_OK)
    bp_h5_read(c->file, array->name, array->type, 0, rows, value);
}

void bp_checkpoint_numbers(BpCheckpoint *c, const char *name, double *value, int64_t n) {
  const BpH5Array array = {.name = name, .type = BP_H5_DOUBLE, .rows = n};
  if (c->rank == 0 && c->reading)
    bp_checkpoint_table(c, &array, value);
  else if (c->rank == 0)
    bp_h5_array(c->file, &array, value);
  if (c->reading)
    MPI_Bcast(value, (int)n, MPI_DOUBLE, 0, c->comm);
}
