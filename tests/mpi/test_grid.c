/* The distributed mesh against the mesh it came from, which every rank builds for itself. What one
 * rank finds wrong is agreed on before it is asserted, so that no rank waits for another. */
#include "block.h"
#include "bench.h"

#include "fe.h"

#include <stdlib.h>

/* Not in a public header: which nodes the coarse level has. */
#include "grid_impl.h"

typedef struct {
  MPI_Comm comm;
  int rank, nranks;
  BpMesh *mesh; /* as before distribution, on every rank */
  BpGrid *grid;
} Fixture;

static void open_mesh(Fixture *f, BpMesh *mesh) {
  double weight[BP_REGIONS];
  *f = (Fixture){.comm = PETSC_COMM_WORLD, .mesh = mesh};
  MPI_Comm_rank(f->comm, &f->rank);
  MPI_Comm_size(f->comm, &f->nranks);
  for (int i = 0; i < BP_REGIONS; i++)
    weight[i] = i == BP_REGION_SOLDER ? 3.0 : 1.0;
  petsc_ok(bp_grid_create(f->comm, f->rank == 0 ? mesh : NULL, weight, &f->grid));
}

static int open_block(void **state) {
  static Fixture f;
  open_mesh(&f, bp_test_small_joint(9, 5, 0.03, 1));
  *state = &f;
  return 0;
}

static int open_joint(void **state) {
  static const char *const overrides[] = {"package.pad.shape=embossed", NULL};
  static Fixture f;
  BpCase *bp = bp_test_case(overrides);
  open_mesh(&f, bp_test_cell(bp));
  bp_case_free(bp);
  *state = &f;
  return 0;
}

static int close_mesh(void **state) {
  Fixture *f = *state;
  bp_mesh_free(f->mesh);
  petsc_ok(bp_grid_destroy(&f->grid));
  return 0;
}

static void assert_nowhere(const Fixture *f, int wrong) {
  int all;
  MPI_Allreduce(&wrong, &all, 1, MPI_INT, MPI_SUM, f->comm);
  assert_int_equal(all, 0);
}

static int same_place(const double *a, const double *b) {
  return a[0] == b[0] && a[1] == b[1] && a[2] == b[2];
}

static int *sum_over_ranks(const Fixture *f, int *mine, int n) {
  int *all = BP_NEW(int, n);
  MPI_Allreduce(mine, all, n, MPI_INT, MPI_SUM, f->comm);
  free(mine);
  return all;
}

static void every_cell_is_on_one_rank(void **state) {
  const Fixture *f = *state;
  int wrong = 0, least, *count = BP_NEW(int, f->mesh->cells.count);
  assert_int_equal(f->grid->ncells_all, f->mesh->cells.count);
  for (int c = 0; c < f->grid->ncells; c++)
    count[f->grid->cell_id[c]]++;
  count = sum_over_ranks(f, count, f->mesh->cells.count);
  for (int c = 0; c < f->mesh->cells.count; c++)
    wrong += count[c] != 1;
  free(count);
  MPI_Allreduce(&f->grid->ncells, &least, 1, MPI_INT, MPI_MIN, f->comm);
  assert_nowhere(f, wrong);
  assert_true(least > 0);
}

static void cells_keep_nodes_and_region(void **state) {
  const Fixture *f = *state;
  const BpGrid *grid = f->grid;
  int wrong = grid->nregions != f->mesh->nregions;
  for (int c = 0; c < grid->ncells; c++) {
    const int id = grid->cell_id[c], *node = f->mesh->cells.node + f->mesh->cells.start[id];
    const int region = f->mesh->cells.group[id];
    wrong += grid->cell_region[c] != region;
    wrong += strcmp(grid->region[grid->cell_region[c]], f->mesh->region[region]) != 0;
    wrong += grid->cell_type[c] != f->mesh->cells.type[id];
    for (int i = 0; i < bp_grid_cell_info(grid, c)->nnodes; i++)
      wrong += grid->node_id[bp_grid_nodes(grid, c)[i]] != node[i];
  }
  assert_nowhere(f, wrong);
}

static void cells_are_not_inverted(void **state) {
  const Fixture *f = *state;
  int wrong = 0;
  for (int c = 0; c < f->grid->ncells; c++) {
    const BpElement *element = bp_element((BpCellType)f->grid->cell_type[c]);
    double xyz[BP_FE_MAX_NODES][3], gradient[BP_FE_MAX_GRADIENTS], volume[BP_FE_MAX_POINTS];
    for (int i = 0; i < element->nnodes; i++)
      memcpy(xyz[i], f->grid->xyz[bp_grid_nodes(f->grid, c)[i]], sizeof xyz[i]);
    wrong += element->gradients((const double(*)[3])xyz, gradient, volume) != BP_OK;
  }
  assert_nowhere(f, wrong);
}

static unsigned sets_of_node(const BpMesh *mesh, int node, unsigned *cache) {
  if (cache[mesh->nnodes])
    return cache[node];
  for (int face = 0; face < mesh->faces.count; face++)
    for (int i = mesh->faces.start[face]; i < mesh->faces.start[face + 1]; i++)
      cache[mesh->faces.node[i]] |= 1u << mesh->faces.group[face];
  cache[mesh->nnodes] = 1u;
  return cache[node];
}

static void nodes_keep_place_and_sets(void **state) {
  const Fixture *f = *state;
  const BpGrid *grid = f->grid;
  unsigned *cache = BP_NEW(unsigned, f->mesh->nnodes + 1);
  int wrong = grid->nnodes_all != f->mesh->nnodes;
  for (int n = 0; n < grid->nnodes; n++) {
    const int id = grid->node_id[n];
    wrong += !same_place(grid->xyz[n], f->mesh->xyz + 3 * (size_t)id);
    wrong += grid->node_sets[n] != sets_of_node(f->mesh, id, cache);
  }
  free(cache);
  assert_nowhere(f, wrong);
}

/* Global number of each node of the mesh by its owner, and how many owners it has. */
static int *owners_number(const Fixture *f, const int *global, int *nowners) {
  int *number = BP_NEW(int, f->mesh->nnodes), *count = BP_NEW(int, f->mesh->nnodes);
  for (int n = 0; n < f->grid->nnodes; n++)
    if (global[n] >= 0) {
      number[f->grid->node_id[n]] = global[n];
      count[f->grid->node_id[n]] = 1;
    }
  count = sum_over_ranks(f, count, f->mesh->nnodes);
  for (int n = 0; n < f->mesh->nnodes; n++)
    nowners[n] = count[n];
  free(count);
  return sum_over_ranks(f, number, f->mesh->nnodes);
}

static void every_node_has_one_owner(void **state) {
  const Fixture *f = *state;
  const BpGrid *grid = f->grid;
  int wrong = 0, owned, all, *nowners = BP_NEW(int, f->mesh->nnodes);
  int *number = owners_number(f, grid->node_global, nowners);
  unsigned char *seen = BP_NEW(unsigned char, f->mesh->nnodes);
  for (int n = 0; n < f->mesh->nnodes; n++) {
    const int fits = number[n] >= 0 && number[n] < f->mesh->nnodes;
    wrong += nowners[n] != 1 || !fits || seen[fits ? number[n] : 0];
    seen[fits ? number[n] : 0] = 1;
  }
  for (int n = 0; n < grid->nnodes; n++) { /* ghosts know their owner's number */
    const int g = grid->node_global[n];
    wrong += (g < 0 ? -(g + 1) : g) != number[grid->node_id[n]];
  }
  owned = 0;
  for (int n = 0; n < grid->nnodes; n++)
    owned += grid->node_global[n] >= 0;
  wrong += owned != grid->nowned;
  MPI_Allreduce(&grid->nowned, &all, 1, MPI_INT, MPI_SUM, f->comm);
  free(number);
  free(nowners);
  free(seen);
  assert_nowhere(f, wrong);
  assert_int_equal(all, f->mesh->nnodes);
}

/* What an owner knows of a node reaches the ghosts at the right places: vertices and edges on the
 * border of two ranks are the same points for both. */
static void ghosts_get_their_owners_values(void **state) {
  const Fixture *f = *state;
  const BpGrid *grid = f->grid;
  Vec local, global;
  double *value;
  int wrong = 0;
  petsc_ok(DMGetLocalVector(grid->dm, &local));
  petsc_ok(DMGetGlobalVector(grid->dm, &global));
  petsc_ok(VecSet(local, NAN));
  petsc_ok(VecGetArray(local, &value));
  for (int n = 0; n < grid->nnodes; n++)
    if (grid->node_global[n] >= 0)
      memcpy(value + 3 * (size_t)n, grid->xyz[n], sizeof grid->xyz[n]);
  petsc_ok(VecRestoreArray(local, &value));
  petsc_ok(DMLocalToGlobal(grid->dm, local, INSERT_VALUES, global));
  petsc_ok(DMGlobalToLocal(grid->dm, global, INSERT_VALUES, local));
  petsc_ok(VecGetArray(local, &value));
  for (int n = 0; n < grid->nnodes; n++)
    wrong += !same_place(value + 3 * (size_t)n, grid->xyz[n]);
  petsc_ok(VecRestoreArray(local, &value));
  petsc_ok(DMRestoreLocalVector(grid->dm, &local));
  petsc_ok(DMRestoreGlobalVector(grid->dm, &global));
  assert_nowhere(f, wrong);
}

static void the_coarse_level_has_its_nodes(void **state) {
  const Fixture *f = *state;
  const BpGrid *grid = f->grid;
  unsigned char *wanted = BP_NEW(unsigned char, f->mesh->nnodes);
  int wrong = 0, count = 0, *nowners = BP_NEW(int, f->mesh->nnodes);
  PetscInt size;
  Vec coarse;
  bp_mark_coarse(f->mesh, wanted);
  for (int n = 0; n < grid->nnodes; n++)
    wrong += (grid->coarse_global[n] != BP_NOT_COARSE) != wanted[grid->node_id[n]];
  int *number = owners_number(f, grid->coarse_global, nowners);
  for (int n = 0; n < f->mesh->nnodes; n++) {
    wrong += nowners[n] != wanted[n];
    count += wanted[n];
  }
  for (int n = 0; n < grid->nnodes; n++) {
    const int g = grid->coarse_global[n];
    if (g != BP_NOT_COARSE)
      wrong += (g < 0 ? -(g + 1) : g) != number[grid->node_id[n]];
  }
  for (int i = 0; i < grid->cell_start[grid->ncells]; i++)
    wrong += (grid->cell_coarse[i] >= 0) != wanted[grid->node_id[grid->cell_node[i]]];
  petsc_ok(DMCreateGlobalVector(grid->coarse, &coarse));
  petsc_ok(VecGetSize(coarse, &size));
  petsc_ok(VecDestroy(&coarse));
  free(number);
  free(nowners);
  free(wanted);
  assert_nowhere(f, wrong);
  assert_int_equal(size, 3 * count);
}

/* Vertices always, the middle of a column's edge where the layer is taller than 1.5 times the width
 * of the cells; one cell is 33 um by 30 um wide here, so only the 250 um of silicon and the board's
 * 305 um are tall. Nodes are not moved, and every column has one such edge in either. */
static void tall_columns_keep_their_middles(void **state) {
  (void)state;
  BpMesh *mesh = bp_test_small_joint(9, 5, 0.0, 1);
  const int columns = 10 * 6;
  int count = 0;
  unsigned char *coarse = BP_NEW(unsigned char, mesh->nnodes);
  bp_mark_coarse(mesh, coarse);
  for (int n = 0; n < mesh->nnodes; n++)
    count += coarse[n];
  /* layers of 250, 99.2, 0.8, 5, 5, 60, 25 and 305 um: four above 1.5 x 31.6 um */
  assert_int_equal(count, columns * 9 + columns * 4);
  free(coarse);
  bp_mesh_free(mesh);
}

static void every_rank_holds_all_faces(void **state) {
  const Fixture *f = *state;
  int wrong = f->grid->nfaces != f->mesh->faces.count || f->grid->nsets != f->mesh->nboundaries;
  for (int i = 0; i < f->grid->nfaces && !wrong; i++) {
    const BpFace *face = &f->grid->face[i];
    const int first = f->mesh->faces.start[i];
    wrong += face->set != f->mesh->faces.group[i];
    wrong += face->nnodes != f->mesh->faces.start[i + 1] - first;
    for (int n = 0; n < face->nnodes && !wrong; n++)
      wrong += !same_place(face->xyz[n], f->mesh->xyz + 3 * (size_t)f->mesh->faces.node[first + n]);
  }
  for (int i = 0; i < f->grid->nsets && !wrong; i++)
    wrong += bp_grid_set(f->grid, f->mesh->boundary[i]) != i;
  assert_nowhere(f, wrong);
  assert_int_equal(bp_grid_set(f->grid, "no such set"), -1);
  assert_int_equal(bp_grid_region(f->grid, "no such region"), -1);
}

/* ---- the partition, which knows no communicator */

enum { NX = 13, NY = 9, NZ = 4, NCELLS = NX * NY * NZ };

typedef struct {
  double center[NCELLS][2], weight[NCELLS];
  int rank[NCELLS];
} Partition;

static void fill(Partition *p) {
  for (int c = 0; c < NCELLS; c++) {
    const int row = c / NX % NY, layer = c / (NX * NY);
    p->center[c][0] = 1e-5 * (c % NX) + 1e-10 * layer; /* columns, to a nanometre */
    p->center[c][1] = 1e-5 * row;
    p->weight[c] = c / (NX * NY) == 1 ? 3.0 : 1.0;
  }
}

/* A column is the smallest part that can move. Each of the cuts misses its aim by at most one line
 * of columns, so a part by at most one line for each of its two cuts. */
static void partition_is_balanced_in_columns(void **state) {
  (void)state;
  static Partition p;
  fill(&p);
  for (int nranks = 1; nranks <= 8; nranks++) {
    double load[8] = {0}, total = 0.0;
    bp_partition(NCELLS, (const double(*)[2])p.center, p.weight, nranks, p.rank);
    for (int c = 0; c < NCELLS; c++) {
      assert_in_range(p.rank[c], 0, nranks - 1);
      assert_int_equal(p.rank[c], p.rank[c % (NX * NY)]);
      load[p.rank[c]] += p.weight[c];
      total += p.weight[c];
    }
    const double column = NZ + 2.0;
    for (int r = 0; r < nranks; r++)
      assert_close(load[r], total / nranks, 0.0, 2.0 * NY * column);
  }
}

/* The halves differ by at most a line of the heavy columns. */
static void partition_follows_the_weights(void **state) {
  (void)state;
  static Partition p;
  double load[2] = {0};
  fill(&p);
  for (int c = 0; c < NCELLS; c++)
    p.weight[c] = c % NX < 3 ? 10.0 : 1.0; /* most of the work at low x */
  bp_partition(NCELLS, (const double(*)[2])p.center, p.weight, 2, p.rank);
  for (int c = 0; c < NCELLS; c++)
    load[p.rank[c]] += p.weight[c];
  assert_close(load[0], load[1], 0.0, 10.0 * NY * NZ);
}

#define ON(test, open) cmocka_unit_test_setup_teardown(test, open, close_mesh)
#define ON_BOTH(test)  ON(test, open_block), ON(test, open_joint)

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      ON_BOTH(every_cell_is_on_one_rank),
      ON_BOTH(cells_keep_nodes_and_region),
      ON_BOTH(cells_are_not_inverted),
      ON_BOTH(nodes_keep_place_and_sets),
      ON_BOTH(every_node_has_one_owner),
      ON_BOTH(ghosts_get_their_owners_values),
      ON_BOTH(the_coarse_level_has_its_nodes),
      ON_BOTH(every_rank_holds_all_faces),
      cmocka_unit_test(tall_columns_keep_their_middles),
      cmocka_unit_test(partition_is_balanced_in_columns),
      cmocka_unit_test(partition_follows_the_weights),
  };
  return BP_TEST_MAIN(argc, argv, "grid", tests);
}
