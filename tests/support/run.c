#include "run.h"

#include "scratch.h"

#include <stdlib.h>
#include <string.h>

static const BpStoreError none = {0};

void bp_test_assert_sound(const char *file, int line, const BpStoreError *error) {
  if (error->status == BP_OK)
    return;
  print_error("%s\n", error->text);
  _fail(file, line);
}

static char *shared_directory(MPI_Comm comm) {
  int rank, n = 0;
  MPI_Comm_rank(comm, &rank);
  char *name = rank == 0 ? bp_test_directory() : NULL;
  if (name)
    n = (int)strlen(name) + 1;
  MPI_Bcast(&n, 1, MPI_INT, 0, comm);
  if (!name)
    name = BP_NEW(char, n);
  MPI_Bcast(name, n, MPI_CHAR, 0, comm);
  return name;
}

static void add_cells(BpCellList *to, const BpCellList *from) {
  for (int i = 0; i < from->count; i++)
    bp_cells_add(to, from->type[i], from->node + from->start[i], from->group[i]);
}

BpMesh *bp_test_copy_mesh(const BpMesh *mesh) {
  BpMesh *copy = bp_mesh_new();
  const size_t n = 3 * (size_t)mesh->nnodes;
  copy->nnodes = mesh->nnodes;
  copy->xyz = BP_NEW(double, n);
  memcpy(copy->xyz, mesh->xyz, n * sizeof copy->xyz[0]);
  for (int i = 0; i < mesh->nregions; i++)
    bp_mesh_region(copy, mesh->region[i]);
  for (int i = 0; i < mesh->nboundaries; i++)
    bp_mesh_boundary(copy, mesh->boundary[i]);
  add_cells(&copy->cells, &mesh->cells);
  add_cells(&copy->faces, &mesh->faces);
  return copy;
}

void bp_test_open_run(MPI_Comm comm, BpCase *bp, const BpMesh *mesh, const char *dir,
                      BpTestRun *run) {
  static const BpFact fact[] = {{"case", "package: {}\n"}, {"git", "abc"}};
  BpStoreError error = none;
  int rank;
  MPI_Comm_rank(comm, &rank);
  run->dir = dir ? bp_copy_text(dir) : shared_directory(comm);
  bp_test_open(comm, bp, rank == 0 ? bp_test_copy_mesh(mesh) : NULL, &run->bench);
  petsc_ok(bp_joint_create(run->bench.model, &run->joint));
  const BpOutputSpec spec = {.dir = run->dir, .fact = fact, .nfacts = BP_COUNT(fact)};
  petsc_ok(bp_output_create(run->bench.model, run->joint, rank == 0 ? mesh : NULL, &spec,
                            &run->output, &error));
  assert_sound(&error);
}

void bp_test_close_run(BpTestRun *run) {
  BpStoreError error = none;
  petsc_ok(bp_output_close(&run->output, &error));
  assert_sound(&error);
  bp_joint_destroy(&run->joint);
  bp_test_close(&run->bench);
}

void bp_test_remove_run(MPI_Comm comm, BpTestRun *run) {
  int rank;
  MPI_Barrier(comm);
  MPI_Comm_rank(comm, &rank);
  if (rank == 0)
    bp_test_remove(run->dir);
  else
    free(run->dir);
}

void bp_test_open_stored(const BpTestRun *run, BpTestStored *s) {
  char *path = bp_format("%s/results.h5", run->dir);
  int columns;
  s->error = none;
  s->file = bp_h5_open(path, &s->error);
  bp_h5_shape(s->file, "mesh/Points", &s->npoints, &columns);
  bp_h5_shape(s->file, "mesh/Types", &s->ncells, &columns);
  s->xyz = bp_alloc((size_t)s->npoints, sizeof s->xyz[0]);
  s->node = BP_NEW(int64_t, 15 * s->ncells);
  s->region = BP_NEW(int64_t, s->ncells);
  bp_h5_read(s->file, "mesh/Points", BP_H5_DOUBLE, 0, s->npoints, s->xyz);
  bp_h5_read(s->file, "mesh/Connectivity", BP_H5_INT64, 0, 15 * s->ncells, s->node);
  bp_h5_read(s->file, "mesh/Region", BP_H5_INT64, 0, s->ncells, s->region);
  assert_sound(&s->error);
  free(path);
}

void bp_test_close_stored(BpTestStored *s) {
  bp_h5_free(&s->file);
  assert_sound(&s->error);
  free(s->xyz);
  free(s->node);
  free(s->region);
}

double *bp_test_field(BpTestStored *s, const char *place, const char *name, int ncomp) {
  char *object = bp_format("steps/0000/%s/%s", place, name);
  int64_t rows;
  int columns;
  bp_h5_shape(s->file, object, &rows, &columns);
  assert_sound(&s->error);
  assert_int_equal(columns, ncomp > 1 ? ncomp : 0);
  assert_int_equal(rows, strcmp(place, "PointData") == 0 ? s->npoints : s->ncells);
  double *value = BP_NEW(double, rows *ncomp);
  bp_h5_read(s->file, object, BP_H5_DOUBLE, 0, rows, value);
  assert_sound(&s->error);
  free(object);
  return value;
}
