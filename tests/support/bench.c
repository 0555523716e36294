#include "bench.h"

#include "fe.h"
#include "mesh.h"
#include "model_impl.h"
#include "units.h"

#include <stdlib.h>

BpCase *bp_test_case(const char *const *overrides) {
  BpProblems problems = {0};
  int n = 0;
  while (overrides && overrides[n])
    n++;
  char **copy = BP_NEW(char *, n);
  for (int i = 0; i < n; i++)
    copy[i] = bp_copy_text(overrides[i]);
  BpCase *bp = bp_case_read(BP_SOURCE_DIR "/tests/support/default.yaml", copy, n, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  for (int i = 0; i < n; i++)
    free(copy[i]);
  free(copy);
  assert_non_null(bp);
  return bp;
}

BpMesh *bp_test_cell(const BpCase *bp) {
  BpProblems problems = {0};
  BpGeometry geometry;
  const BpStatus status = bp_geometry_build(bp, &geometry, &problems);
  BpMesh *mesh = status == BP_OK ? bp_mesh_build(&geometry, &problems) : NULL;
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_non_null(mesh);
  return mesh;
}

void bp_test_open(MPI_Comm comm, BpCase *bp, BpMesh *mesh, BpTestBench *b) {
  BpProblems problems = {0};
  double weight[BP_MAX_REGIONS];
  *b = (BpTestBench){.comm = comm, .bp = bp};
  MPI_Comm_rank(comm, &b->rank);
  const BpStatus status = bp_materials_load(bp, &b->materials, &problems);
  if (status != BP_OK)
    bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_int_equal(status, BP_OK);
  for (int i = 0; i < b->materials.count; i++)
    weight[i] =
        b->materials.material[i] && bp_material_law(b->materials.material[i])->linear ? 1.0 : 3.0;
  petsc_ok(bp_grid_create(comm, mesh, weight, &b->grid));
  bp_mesh_free(mesh);
  petsc_ok(bp_model_create(bp, &b->materials, b->grid, &b->model));
  petsc_ok(bp_newton_create(b->model, &b->newton));
}

void bp_test_open_world(BpCase *bp, BpMesh *mesh, BpTestBench *b) {
  int rank;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  if (rank > 0) {
    bp_mesh_free(mesh);
    mesh = NULL;
  }
  bp_test_open(PETSC_COMM_WORLD, bp, mesh, b);
}

void bp_test_close(BpTestBench *b) {
  petsc_ok(bp_newton_destroy(&b->newton));
  petsc_ok(bp_model_destroy(&b->model));
  petsc_ok(bp_grid_destroy(&b->grid));
  bp_materials_free(&b->materials);
  bp_case_free(b->bp);
}

static void mark_free(BpTestBench *b) {
  Vec local;
  double *value;
  petsc_ok(DMGetLocalVector(b->grid->dm, &local));
  petsc_ok(VecGetArray(local, &value));
  for (int i = 0; i < 3 * b->grid->nnodes; i++)
    value[i] = bp_is_prescribed(b->model, i) ? 0.0 : 1.0;
  petsc_ok(VecRestoreArray(local, &value));
  petsc_ok(DMLocalToGlobal(b->grid->dm, local, INSERT_VALUES, b->model->free));
  petsc_ok(DMRestoreLocalVector(b->grid->dm, &local));
}

void bp_test_prescribe(BpTestBench *b, BpTestChoose choose, const void *context) {
  BpConstraints *c = &b->model->constraints;
  for (int n = 0; n < b->grid->nnodes; n++) {
    const unsigned fixed = choose(b->grid->xyz[n], n, b, context, c->value + 3 * n);
    for (int d = 0; d < 3; d++)
      c->fixed[3 * n + d] = (fixed >> d) & 1;
  }
  mark_free(b);
  b->model->T_linear = -1.0; /* the loads of prescribed neighbours are made anew */
}

void bp_test_join_at_rest(BpTestBench *b) {
  BpModel *model = b->model;
  petsc_ok(bp_model_start_step(model, 0.0, model->bp->load.start));
  petsc_ok(VecSet(b->newton->u, 0.0));
  BpStatus status;
  Vec r;
  petsc_ok(VecDuplicate(b->newton->u, &r));
  petsc_ok(bp_model_residual(model, b->newton->u, r, &status));
  assert_int_equal(status, BP_OK);
  petsc_ok(VecDestroy(&r));
  petsc_ok(bp_model_join(model, b->newton->u));
  petsc_ok(bp_newton_reset(b->newton));
}

void bp_test_set_field(const BpTestBench *b, Vec u,
                       void (*field)(const double x[3], const void *context, double value[3]),
                       const void *context) {
  Vec local;
  double *value;
  petsc_ok(DMGetLocalVector(b->grid->dm, &local));
  petsc_ok(VecGetArray(local, &value));
  for (int n = 0; n < b->grid->nnodes; n++)
    field(b->grid->xyz[n], context, value + 3 * n);
  petsc_ok(VecRestoreArray(local, &value));
  petsc_ok(DMLocalToGlobal(b->grid->dm, local, INSERT_VALUES, u));
  petsc_ok(DMRestoreLocalVector(b->grid->dm, &local));
}

double *bp_test_gather(const BpTestBench *b, Vec u) {
  const int n = 3 * (int)b->grid->nnodes_all;
  double *mine = BP_NEW(double, n), *all = BP_NEW(double, n);
  const double *value;
  Vec local;
  petsc_ok(DMGetLocalVector(b->grid->dm, &local));
  petsc_ok(DMGlobalToLocal(b->grid->dm, u, INSERT_VALUES, local));
  petsc_ok(VecGetArrayRead(local, &value));
  for (int i = 0; i < b->grid->nnodes; i++)
    for (int d = 0; d < 3 && b->grid->node_global[i] >= 0; d++)
      mine[3 * b->grid->node_id[i] + d] = value[3 * i + d];
  petsc_ok(VecRestoreArrayRead(local, &value));
  petsc_ok(DMRestoreLocalVector(b->grid->dm, &local));
  MPI_Allreduce(mine, all, n, MPI_DOUBLE, MPI_SUM, b->comm);
  free(mine);
  return all;
}

void bp_test_point_positions(const BpGrid *grid, int cell, double x[BP_FE_MAX_POINTS][3]) {
  double xyz[BP_FE_MAX_NODES][3];
  const BpElement *element = bp_element((BpCellType)grid->cell_type[cell]);
  for (int i = 0; i < element->nnodes; i++)
    memcpy(xyz[i], grid->xyz[bp_grid_nodes(grid, cell)[i]], sizeof xyz[i]);
  for (int q = 0; q < element->npoints; q++)
    bp_element_position(element, (const double(*)[3])xyz, element->point[q], x[q]);
}

double bp_test_largest(MPI_Comm comm, double mine) {
  double all;
  if (isnan(mine)) /* a maximum may drop it */
    mine = INFINITY;
  MPI_Allreduce(&mine, &all, 1, MPI_DOUBLE, MPI_MAX, comm);
  return all;
}

int bp_test_any(MPI_Comm comm, int mine) {
  int all;
  MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_MAX, comm);
  return all;
}

int bp_test_main(int argc, char **argv, const BpTestGroup *group) {
  if (PetscInitialize(&argc, &argv, NULL, NULL))
    return 1;
  const int failed = _cmocka_run_group_tests(group->name, group->tests, group->ntests, group->setup,
                                             group->teardown);
  const int any = bp_test_any(PETSC_COMM_WORLD, failed);
  bp_units_free();
  if (PetscFinalize())
    return 1;
  return any != 0;
}
