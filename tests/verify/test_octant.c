/* An octant's constraints: a body that expands freely has no stress, and a quarter that is an
 * octant with its mirror image does what the octant does. */
#include "bench.h"
#include "fields.h"
#include "run.h"

#include <stdlib.h>

#define SOFTENING BP_SOURCE_DIR "/tests/verify/cards/elastic_softening.yaml"

/* Two by two joints, few circles and layers. */
#define SMALL                                                                                      \
  "package.die.thickness=80 um", "package.board.thickness=80 um",                                  \
      "package.wiring={thickness: 10 um, wall_ratio: 2}",                                          \
      "package.pad={ring: {inner_radius: 20 um, outer_radius: 85 um}, concave: {radius: 125 um}}", \
      "package.ball.diameter=220 um"

/* The middle joint, an eighth or a quarter of it; for `test_octant four` two by two joints, of
 * which the corner one is cut by the octant's diagonal. */
static const char *const array[2][3] = {
    {"package.array={columns: 1, rows: 1}", "package.die.size=0.6 mm", "package.board.size=1 mm"},
    {"package.array={columns: 2, rows: 2}", "package.die.size=1.1 mm", "package.board.size=2 mm"}};
static int four;

#define SIZE array[four][0], array[four][1], array[four][2]

static const double start = 490.15; /* K, load.start of the default case */

/* ---- free expansion */

/* One isotropic material that is free of stress at the joining: u = e x from the die's centre and
 * the support. The card says e = 10 ppm/K + 0.1 ppm/K2 (T - 25 degC). Round-off; Newton stops at
 * 4e-12 of the load. */
static void expands_freely(const char *kind, int octant) {
  const char *const overrides[] = {SMALL, SIZE, kind, NULL};
  const double T = start - 100.0, zero[6] = {0};
  const double of_T[2] = {start - 298.15, T - 298.15};
  const double e = 10e-6 * (of_T[1] - of_T[0]) + 0.05e-6 * (of_T[1] * of_T[1] - of_T[0] * of_T[0]);
  BpTestBench b;
  BpCase *bp = bp_test_case_of(SOFTENING, overrides);
  bp_test_open_world(bp, bp_test_cell(bp), &b);
  assert_int_equal(b.grid->along.oblique, octant);
  bp_test_join_at_rest(&b);
  bp_test_solve_step(&b, 1.0, T, 0.0);
  const double back = -bp->package.passivation_thickness - bp->package.die.thickness;
  BpTestLinear expected = {.A = {{e, 0.0, 0.0}, {0.0, e, 0.0}, {0.0, 0.0, e}},
                           .b = {0.0, 0.0, -e * back}};
  assert_close(bp_test_distance_from(&b, b.newton->u, &expected), 0.0, 0.0, 1e-9 * 1e-6);
  assert_close(bp_test_stress_error(&b, b.newton->u, zero), 0.0, 0.0, 1e-9 * 100e6);
  bp_test_close(&b);
}

static void an_octant_expands_freely(void **state) {
  (void)state;
  expands_freely("model.kind=octant", 1);
}

static void a_quarter_expands_freely(void **state) {
  (void)state;
  expands_freely("model.kind=quarter", 0);
}

/* ---- an octant against a quarter */

/* Nodes of a wedge and of its faces in the order of the mirror image. */
static const int wedge[15] = {0, 2, 1, 3, 5, 4, 8, 7, 6, 11, 10, 9, 12, 14, 13};
static const int triangle[6] = {0, 2, 1, 5, 4, 3}, quadrilateral[8] = {0, 3, 2, 1, 7, 6, 5, 4};

static void add_images(BpMesh *mesh, BpCellList *list, const int *image, const char *from,
                       const char *to) {
  const int n = list->count;
  for (int c = 0; c < n; c++) {
    int node[15];
    const int first = list->start[c], size = list->start[c + 1] - first;
    const int *order = size == 15 ? wedge : size == 6 ? triangle : quadrilateral;
    for (int i = 0; i < size; i++)
      node[i] = image[list->node[first + order[i]]];
    const int moved = list == &mesh->faces && strcmp(mesh->boundary[list->group[c]], from) == 0;
    bp_cells_add(list, (BpCellType)list->type[c], node,
                 moved ? bp_mesh_boundary(mesh, to) : list->group[c]);
  }
}

/* The quarter made of an octant and its image beyond x = y. The nodes' numbers of the octant stay.
 */
static BpMesh *unfold(const BpMesh *octant) {
  BpMesh *mesh = bp_test_copy_mesh(octant);
  const int n = mesh->nnodes, inner = bp_mesh_find_boundary(mesh, "mirror_diagonal");
  int *image = BP_NEW(int, n);
  mesh->xyz = realloc(mesh->xyz, 6 * (size_t)n * sizeof mesh->xyz[0]);
  assert_non_null(mesh->xyz);
  for (int i = 0; i < n; i++) {
    const double *at = mesh->xyz + 3 * (size_t)i;
    image[i] = fabs(at[0] - at[1]) < 1e-12 ? i : mesh->nnodes++;
    double *to = mesh->xyz + 3 * (size_t)image[i];
    const double swapped[3] = {at[1], at[0], at[2]};
    memcpy(to, swapped, sizeof swapped);
  }
  add_images(mesh, &mesh->cells, image, "", "");
  add_images(mesh, &mesh->faces, image, "mirror", "mirror_x");
  snprintf(mesh->boundary[inner], sizeof mesh->boundary[inner], "inner");
  free(image);
  return mesh;
}

typedef struct {
  double work[BP_SIDES], volume[BP_SIDES], warpage;
  double tension; /* Pa, in the passivation at the edges of ring and well */
  double *u;      /* by the mesh's node */
  int nnodes;
} Answer;

/* Ten kelvin down in one step, in which the solder creeps. */
static void answer(BpCase *bp, BpMesh *mesh, Answer *a) {
  BpTestBench b;
  BpJoint *joint;
  a->nnodes = mesh->nnodes;
  bp_test_open_world(bp, mesh, &b);
  bp_test_join_at_rest(&b);
  bp_test_solve_step(&b, 10.0, start - 10.0, 0.0);
  petsc_ok(bp_model_accept(b.model));
  petsc_ok(bp_joint_create(b.model, &joint));
  petsc_ok(bp_joint_update(joint, b.newton->u, 0));
  for (int side = 0; side < BP_SIDES; side++) {
    a->work[side] = joint->work[joint->layer[side]];
    a->volume[side] = joint->averages.item[joint->layer[side]].volume;
  }
  a->warpage = joint->warpage[0];
  assert_string_equal(joint->films.zone[0].name, "passivation");
  a->tension = joint->tension[0];
  a->u = bp_test_gather(&b, b.newton->u);
  bp_joint_destroy(&joint);
  bp_test_close(&b);
}

/* Round-off and Newton's tolerance, 4e-12 of the load; creep multiplies it. The octant has half of
 * what the quarter has of the joint in full detail. */
static void an_octant_does_what_a_quarter_does(void **state) {
  (void)state;
  const char *const one[] = {SMALL, SIZE, "model.kind=octant", NULL}, *const two[] = {
                                                                          SMALL, SIZE,
                                                                          "model.kind=quarter",
                                                                          NULL};
  Answer octant, quarter;
  BpCase *bp = bp_test_case(one);
  BpMesh *mesh = bp_test_cell(bp), *both = unfold(mesh);
  answer(bp, mesh, &octant);
  answer(bp_test_case(two), both, &quarter);
  double largest = 0.0, difference = 0.0;
  for (int i = 0; i < octant.nnodes; i++) {
    const double *w = octant.u + 3 * (size_t)i, *v = quarter.u + 3 * (size_t)i;
    const double u[3] = {w[0] + w[1], w[1], w[2]};
    for (int d = 0; d < 3; d++) {
      difference = fmax(difference, fabs(u[d] - v[d]));
      largest = fmax(largest, fabs(v[d]));
    }
  }
  print_message("octant against quarter: displacement %.1e, work %.1e and %.1e\n",
                difference / largest, octant.work[0] / quarter.work[0] - 1.0,
                octant.work[1] / quarter.work[1] - 1.0);
  assert_close(difference, 0.0, 0.0, 1e-8 * largest);
  for (int side = 0; side < BP_SIDES; side++) {
    assert_true(quarter.work[side] > 1e-3);
    assert_close(octant.work[side], quarter.work[side], 1e-7, 0.0);
    assert_close(octant.volume[side], 0.5 * quarter.volume[side], 1e-12, 0.0);
  }
  assert_close(octant.warpage, quarter.warpage, 1e-8, 0.0);
  assert_close(octant.tension, quarter.tension, 1e-7, 0.0);
  free(octant.u);
  free(quarter.u);
}

/* ---- materials */

/* FR-4 and silicon have the planes of symmetry of both; a laminate need not. */
static void materials_must_have_the_planes(void **state) {
  (void)state;
  static const struct {
    const char *kind, *card, *text;
  } at[] = {
      {"octant", "two_moduli",
       "materials.board: card 'two_moduli' is not alike along both edges of the die, as the octant "
       "needs; take model.kind: quarter"},
      {"quarter", "two_moduli", NULL},
      {"quarter", "turned",
       "materials.board: card 'turned' is not symmetric about planes along the die's edges, as the "
       "quarter needs; take model.kind: cell or another card"},
      {"strip", "two_moduli",
       "materials.board: card 'two_moduli' is not alike along both edges of the die, as the strip "
       "needs; take model.kind: quarter"},
      {"cell", "turned", NULL},
  };
  for (int i = 0; i < BP_COUNT(at); i++) {
    char *kind = bp_format("model.kind=%s", at[i].kind),
         *card = bp_format("materials.board.card=" BP_SOURCE_DIR "/tests/verify/cards/%s.yaml",
                           at[i].card);
    const char *const overrides[] = {kind, card, NULL};
    BpProblems problems = {0};
    BpMaterials materials;
    const char *found = NULL;
    BpCase *bp = bp_test_case(overrides);
    assert_int_equal(bp_materials_load(bp, &materials, &problems), at[i].text ? BP_BAD : BP_OK);
    for (int k = 0; k < problems.count; k++)
      if (problems.item[k].code != BP_EXIT_OK)
        found = problems.item[k].text;
    assert_true(at[i].text ? found && strstr(found, at[i].text) : !found);
    bp_materials_free(&materials);
    bp_case_free(bp);
    bp_problems_free(&problems);
    free(kind);
    free(card);
  }
}

int main(int argc, char **argv) {
  four = argc > 1 && strcmp(argv[1], "four") == 0;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_octant_expands_freely),
      cmocka_unit_test(a_quarter_expands_freely),
      cmocka_unit_test(an_octant_does_what_a_quarter_does),
      cmocka_unit_test(materials_must_have_the_planes),
  };
  return BP_TEST_MAIN(argc, argv, "array", tests);
}
