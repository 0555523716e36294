/* What can be counted with 32 bits, from counts alone: no mesh here is larger than a few cells. */
#include "close.h"
#include "user_block.h"

#include "counts.h"

#include <stdlib.h>
#include <string.h>

static const char remedy[] = "lower mesh.level";

/* The largest number of cells of a type that passes, with so many nodes for each, by bisection. */
static int64_t most_cells(BpCellType type, double nodes_per_cell) {
  int64_t low = 0, high = INT64_C(1) << 40;
  while (low + 1 < high) {
    const int64_t middle = low + (high - low) / 2;
    BpProblems problems = {0};
    const BpCounts counts = bp_counts_of((int64_t)(nodes_per_cell * (double)middle), middle, type);
    *(bp_counts_fit(&counts, NULL, remedy, &problems) == BP_OK ? &low : &high) = middle;
    bp_problems_free(&problems);
  }
  return low;
}

/* Each limit is that of one list: every count of the program is below 2^31. */
static void what_passes_can_be_counted(void **state) {
  (void)state;
  static const struct {
    BpCellType type;
    double nodes, faces; /* of a cell, in a large mesh */
  } kind[] = {{BP_CELL_WEDGE15, 2.75, 2.5},
              {BP_CELL_HEX20, 4.0, 3.0},
              {BP_CELL_TET10, 1.4, 2.0},
              {BP_CELL_HEX8, 1.0, 3.0}};
  for (int i = 0; i < BP_COUNT(kind); i++) {
    const BpCellInfo *info = bp_cell_info(kind[i].type);
    const double cells = (double)most_cells(kind[i].type, kind[i].nodes), most = 2147483647.0;
    print_message("%s: %.4g cells\n", info->name, cells);
    assert_true(cells > 5e7); /* what is refused is no model of today's machines */
    assert_true(3.0 * kind[i].nodes * cells <= most);  /* unknowns */
    assert_true(8.0 * kind[i].nodes * cells <= most);  /* data of nodes */
    assert_true((3.0 + info->nnodes) * cells <= most); /* data of cells */
    assert_true(27.0 * cells <= most);                 /* points */
    assert_true((info->nfaces + 4.0 * kind[i].faces + 2.0 * kind[i].nodes) * cells <= most);
  }
}

static void what_is_too_large_is_refused_by_name(void **state) {
  (void)state;
  BpProblems problems = {0};
  const BpCounts counts = bp_counts_of(550000000, 200000000, BP_CELL_WEDGE15);
  assert_int_equal(bp_counts_fit(&counts, "part.msh", remedy, &problems), BP_BAD);
  assert_int_equal(problems.count, 1);
  assert_int_equal(problems.item[0].code, BP_EXIT_GEOMETRY);
  assert_string_equal(problems.item[0].text,
                      "part.msh: a mesh of 550000000 nodes and 200000000 cells is too large for "
                      "the numbers of 32 bits that it is counted in: its longest list would have "
                      "5400000000 entries, 2147483647 are possible; lower mesh.level, 8e+07 cells "
                      "of this kind would do");
  bp_problems_free(&problems);
}

/* Counts are added up in 64 bits: 2^32 cells are not none. */
static void counts_do_not_wrap(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpCounts counts = bp_counts_of(0, INT64_C(1) << 31, BP_CELL_HEX20);
  bp_counts_add(&counts, INT64_C(1) << 31, BP_CELL_HEX20);
  assert_int_equal(counts.cells, INT64_C(1) << 32);
  assert_int_equal(bp_counts_fit(&counts, NULL, remedy, &problems), BP_BAD);
  bp_problems_free(&problems);
}

/* n^3 hexahedra of first order: a node is coupled with those at most one step away along each axis,
 * 3 n + 1 pairs along an axis with n + 1 nodes. */
static void couplings_are_counted(void **state) {
  (void)state;
  static const double size[3] = {1e-3, 1e-3, 1e-3};
  for (int n = 1; n < 5; n += 3) {
    BpMesh *mesh = bp_test_user_block(BP_CELL_HEX8, n, size, 0.0, 0);
    const int along = 3 * n + 1;
    assert_int_equal(bp_mesh_couplings(mesh), (int64_t)along * along * along);
    bp_mesh_free(mesh);
  }
  BpMesh *mesh = bp_test_user_block(BP_CELL_HEX20, 1, size, 0.0, 0);
  assert_int_equal(bp_mesh_couplings(mesh), 400);
  bp_mesh_free(mesh);
}

static void a_stiffness_needs_so_many_ranks(void **state) {
  (void)state;
  BpProblems problems = {0};
  const int64_t most = 2147483647 / 9;
  assert_int_equal(bp_couplings_fit(most, 1, 1.7, &problems), BP_OK);
  assert_int_equal(bp_couplings_fit(most, 2, 1.7, &problems), BP_OK);
  assert_int_equal(bp_couplings_fit(10 * most, 17, 1.7, &problems), BP_OK);
  assert_int_equal(problems.count, 0);
  assert_int_equal(bp_couplings_fit(most + 1, 1, 1.7, &problems), BP_BAD);
  assert_int_equal(bp_couplings_fit(10 * most, 16, 1.7, &problems), BP_BAD);
  assert_int_equal(problems.count, 2);
  assert_int_equal(problems.item[1].code, BP_EXIT_CASE);
  assert_string_equal(problems.item[1].text,
                      "the stiffness has 2.15e+10 values, too many for the numbers of 32 bits that "
                      "those of a rank are counted in (2147483647); run it on 17 ranks or more");
  bp_problems_free(&problems);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_passes_can_be_counted),
      cmocka_unit_test(what_is_too_large_is_refused_by_name),
      cmocka_unit_test(counts_do_not_wrap),
      cmocka_unit_test(couplings_are_counted),
      cmocka_unit_test(a_stiffness_needs_so_many_ranks),
  };
  return cmocka_run_group_tests_name("counts", tests, NULL, NULL);
}
