/* The faces that air gets at: their area, for a quarter and an octant whose sizes are written out.
 */
#include "area.h"
#include "built.h"

#include "mesh.h"
#include "outside.h"

/* mm: die of 1.1 x 1.1 x 0.08 with 0.0008 of passivation, 5 + 5 um of dielectrics, 10 um of wiring
 * and 5 um of dielectric on it, plane; board of 2 x 2 x 0.08 with 20 um of mask. */
#define SMALL                                                                                      \
  "package.die.thickness=80 um", "package.board.thickness=80 um",                                  \
      "package.wiring={thickness: 10 um, wall_ratio: 2}",                                          \
      "package.pad={ring: {inner_radius: 20 um, outer_radius: 85 um}, concave: {radius: 125 um}}", \
      "package.ball.diameter=220 um", "package.array={columns: 2, rows: 2}",                       \
      "package.die.size=1.1 mm", "package.board.size=2 mm"

static const double die_height = 0.08 + 0.0008 + 0.005 + 0.005 + 0.01 + 0.005,
                    board_height = 0.08 + 0.02;

/* Sides of die and board, and the board's upper face around the die, share of them that the model
 * has; the gap, both backs and the planes of symmetry are not among them. All of it is flat. */
static void check(const char *kind, double share) {
  const char *const overrides[] = {SMALL, kind, NULL};
  BpGeometry g;
  BpCase *bp = bp_test_built(overrides, &g);
  BpMesh *mesh = bp_test_cell(bp);
  bp_mesh_name_outside(&g, mesh);
  const double mm2 =
      share * (4 * 1.1 * die_height + 4 * 2.0 * board_height + 2.0 * 2.0 - 1.1 * 1.1);
  assert_close(bp_test_area(mesh, BP_OUTSIDE), 1e-6 * mm2, 1e-9, 0.0);
  bp_mesh_free(mesh);
  bp_case_free(bp);
}

static void what_a_quarter_shows_the_air(void **state) {
  (void)state;
  check("model.kind=quarter", 0.25);
}

static void what_an_octant_shows_the_air(void **state) {
  (void)state;
  check("model.kind=octant", 0.125);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_a_quarter_shows_the_air),
      cmocka_unit_test(what_an_octant_shows_the_air),
  };
  return cmocka_run_group_tests_name("air", tests, NULL, bp_test_free_units);
}
