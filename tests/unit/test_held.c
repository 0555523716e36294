/* What supports leave free: pieces of cubes against the six motions of rigid bodies. What is
 * expected is counted by hand for each arrangement. */
#include "close.h"

#include "held.h"

#include <stdlib.h>
#include <string.h>

/* Cubes of 1 mm on a lattice, one node at each place unless told otherwise. */
typedef struct {
  BpMesh *mesh;
  int first; /* nodes from here on may be shared by cubes to come */
} Builder;

static int node_at(Builder *b, const double x[3]) {
  BpMesh *mesh = b->mesh;
  for (int n = b->first; n < mesh->nnodes; n++)
    if (mesh->xyz[3 * n] == x[0] && mesh->xyz[3 * n + 1] == x[1] && mesh->xyz[3 * n + 2] == x[2])
      return n;
  BP_GROW(mesh->xyz, 3 * ((size_t)mesh->nnodes + 1));
  memcpy(mesh->xyz + 3 * (size_t)mesh->nnodes, x, 3 * sizeof x[0]);
  return mesh->nnodes++;
}

static void add_cube(Builder *b, int i, int j, int k, const char *region) {
  static const int corner[8][3] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0},
                                   {0, 0, 1}, {1, 0, 1}, {1, 1, 1}, {0, 1, 1}};
  int nodes[8];
  for (int n = 0; n < 8; n++) {
    const double x[3] = {1e-3 * (i + corner[n][0]), 1e-3 * (j + corner[n][1]),
                         1e-3 * (k + corner[n][2])};
    nodes[n] = node_at(b, x);
  }
  bp_cells_add(&b->mesh->cells, BP_CELL_HEX8, nodes, bp_mesh_region(b->mesh, region));
}

static Builder begin(void) {
  return (Builder){.mesh = bp_mesh_new()};
}

/* Holds the first node at a place (in mm) along some axes. */
static void hold(Builder *b, BpSupports *supports, const int at[3], const char *axes) {
  const double x[3] = {1e-3 * at[0], 1e-3 * at[1], 1e-3 * at[2]};
  b->first = 0;
  const int node = node_at(b, x);
  for (int d = 0; d < 3; d++) {
    double direction[3] = {0.0};
    direction[d] = 2.0;
    if (strchr(axes, 'x' + d))
      bp_supports_add(supports, node, direction);
  }
}

#define HOLD(b, supports, i, j, k, axes)                                                           \
  hold((b), (supports), (const int[3]){(i), (j), (k)}, (axes))

/* Holds the foot of a cube by all of its nodes. */
static void hold_foot(Builder *b, BpSupports *supports, int i, int j, int k) {
  for (int n = 0; n < 4; n++)
    HOLD(b, supports, i + n % 2, j + n / 2, k, "xyz");
}

/* Asserts what is said, NULL: nothing, with the regions but for those of one name; frees all. */
static void check(Builder *b, BpSupports *supports, const char *absent, int count,
                  const char *text) {
  const BpHeldText how = {"part.msh", absent ? "before, " : "", "the supports", "hold it"};
  unsigned char there[8];
  BpProblems problems = {0};
  for (int i = 0; i < b->mesh->nregions; i++)
    there[i] = !absent || strcmp(b->mesh->region[i], absent) != 0;
  assert_int_equal(bp_mesh_held(b->mesh, there, supports, &how, &problems), count ? BP_BAD : BP_OK);
  for (int i = 0; i < problems.count; i++)
    print_message("%s\n", problems.item[i].text);
  assert_int_equal(problems.count, count);
  if (count) {
    assert_int_equal(problems.item[0].code, BP_EXIT_GEOMETRY);
    assert_string_equal(problems.item[0].text, text);
  }
  bp_problems_free(&problems);
  bp_mesh_free(b->mesh);
  free(supports->item);
}

static void six_supports_hold_a_body(void **state) {
  (void)state;
  Builder b = begin();
  BpSupports s = {0};
  add_cube(&b, 0, 0, 0, "a");
  HOLD(&b, &s, 0, 0, 0, "xyz");
  HOLD(&b, &s, 1, 0, 0, "yz");
  HOLD(&b, &s, 0, 1, 0, "z");
  check(&b, &s, NULL, 0, NULL);
}

static void five_do_not(void **state) {
  (void)state;
  Builder b = begin();
  BpSupports s = {0};
  add_cube(&b, 0, 0, 0, "a");
  HOLD(&b, &s, 0, 0, 0, "xyz"); /* nothing keeps it from turning about the z of this node */
  HOLD(&b, &s, 0, 0, 1, "xy");
  check(&b, &s, NULL, 1,
        "part.msh: the supports leave the body ('a', 1 cell around (0.5, 0.5, 0.5) mm) free to "
        "turn about z; hold it");
}

static void motions_are_named(void **state) {
  (void)state;
  Builder b = begin();
  BpSupports s = {0};
  add_cube(&b, 0, 0, 0, "a");
  for (int n = 0; n < 4; n++)
    HOLD(&b, &s, 0, n % 2, n / 2, "x");
  check(&b, &s, NULL, 1,
        "part.msh: the supports leave the body ('a', 1 cell around (0.5, 0.5, 0.5) mm) free to "
        "move along y and z and turn about x; hold it");
}

static void a_motion_along_no_axis_is_found(void **state) {
  (void)state;
  const double along[2][3] = {{1.0, -1.0, 0.0}, {0.0, 0.0, 1.0}};
  Builder b = begin();
  BpSupports s = {0};
  add_cube(&b, 0, 0, 0, "a");
  for (int n = 0; n < b.mesh->nnodes; n++)
    for (int i = 0; i < 2; i++)
      bp_supports_add(&s, n, along[i]);
  check(&b, &s, NULL, 1,
        "part.msh: the supports leave the body ('a', 1 cell around (0.5, 0.5, 0.5) mm) free to "
        "move or turn; hold it");
}

static void without_supports_all_is_free(void **state) {
  (void)state;
  Builder b = begin();
  BpSupports s = {0};
  add_cube(&b, 0, 0, 0, "a");
  add_cube(&b, 1, 0, 0, "b");
  check(&b, &s, NULL, 1,
        "part.msh: the supports leave the body ('a', 'b', 2 cells around (1, 0.5, 0.5) mm) free to "
        "move along x, y and z and turn about x, y and z; hold it");
}

static void a_part_with_nodes_of_its_own_is_loose(void **state) {
  (void)state;
  Builder b = begin();
  BpSupports s = {0};
  add_cube(&b, 0, 0, 0, "a");
  b.first = b.mesh->nnodes;
  add_cube(&b, 1, 0, 0, "b");
  add_cube(&b, 2, 0, 0, "b");
  hold_foot(&b, &s, 0, 0, 0);
  check(&b, &s, NULL, 1,
        "part.msh: a part of the mesh ('b', 2 cells around (2, 0.5, 0.5) mm) shares no node with "
        "the rest, and the supports leave it free to move along x, y and z and turn about x, y and "
        "z; join it to its neighbours (one node at one place), or hold it");
}

static void a_part_that_shares_a_face_is_held(void **state) {
  (void)state;
  Builder b = begin();
  BpSupports s = {0};
  add_cube(&b, 0, 0, 0, "a");
  add_cube(&b, 1, 0, 0, "b");
  hold_foot(&b, &s, 0, 0, 0);
  check(&b, &s, NULL, 0, NULL);
}

static const char hinged[] =
    "part.msh: a part of the mesh ('b', 1 cell around (1.5, 1.5, 0.5) mm) touches the rest at "
    "edges or points only, and the supports leave it free to turn there; let it share faces with "
    "its neighbours, or hold it";

static void a_part_on_an_edge_turns(void **state) {
  (void)state;
  for (int held = 0; held < 2; held++) {
    Builder b = begin();
    BpSupports s = {0};
    add_cube(&b, 0, 0, 0, "a");
    add_cube(&b, 1, 1, 0, "b");
    hold_foot(&b, &s, 0, 0, 0);
    if (held) /* across the arm */
      HOLD(&b, &s, 2, 1, 0, "y");
    check(&b, &s, NULL, !held, hinged);
  }
}

/* Along its arm a support does not keep it from turning. */
static void a_support_along_the_arm_is_none(void **state) {
  (void)state;
  Builder b = begin();
  BpSupports s = {0};
  add_cube(&b, 0, 0, 0, "a");
  add_cube(&b, 1, 1, 0, "b");
  hold_foot(&b, &s, 0, 0, 0);
  HOLD(&b, &s, 2, 1, 0, "x");
  check(&b, &s, NULL, 1, hinged);
}

/* An arch of three hinges: neither half stands alone, both together do. */
static void pieces_hold_each_other(void **state) {
  (void)state;
  for (int second = 0; second < 2; second++) {
    Builder b = begin();
    BpSupports s = {0};
    add_cube(&b, 0, 0, 0, "a");
    add_cube(&b, 1, 1, 0, "b");
    for (int k = 0; k < 2; k++) {
      HOLD(&b, &s, 0, 0, k, "xyz"); /* hinges along z: of a here, of b there, both share (1, 1) */
      if (second)
        HOLD(&b, &s, 2, 1, k, "xyz");
    }
    check(&b, &s, NULL, second ? 0 : 2,
          "part.msh: a part of the mesh ('a', 1 cell around (0.5, 0.5, 0.5) mm) touches the rest "
          "at edges or points only, and the supports leave it free to turn there; let it share "
          "faces with its neighbours, or hold it");
  }
}

/* Three cubes, each on an edge of both others: rigid together, whose turning takes all of them
 * along.
 */
static void pieces_in_a_ring_turn_together(void **state) {
  (void)state;
  for (int sixth = 0; sixth < 2; sixth++) {
    Builder b = begin();
    BpSupports s = {0};
    add_cube(&b, 0, 0, 0, "a");
    add_cube(&b, 1, 1, 0, "b");
    add_cube(&b, 1, 0, 1, "c");
    HOLD(&b, &s, 0, 0, 0, "xyz");
    HOLD(&b, &s, 0, 0, 1, "xy");
    if (sixth)
      HOLD(&b, &s, 1, 0, 0, "y");
    check(
        &b, &s, NULL, sixth ? 0 : 3,
        "part.msh: a part of the mesh ('a', 1 cell around (0.5, 0.5, 0.5) mm) touches the rest at "
        "edges or points only, and the supports leave it free to turn there; let it share faces "
        "with its neighbours, or hold it");
  }
}

static void what_is_not_there_holds_nothing(void **state) {
  (void)state;
  for (int all = 0; all < 2; all++) {
    Builder b = begin();
    BpSupports s = {0};
    add_cube(&b, 0, 0, 0, "a");
    add_cube(&b, 1, 0, 0, "solder");
    add_cube(&b, 2, 0, 0, "b");
    hold_foot(&b, &s, 0, 0, 0);
    check(&b, &s, all ? NULL : "solder", !all,
          "part.msh: before, a part of the mesh ('b', 1 cell around (2.5, 0.5, 0.5) mm) shares no "
          "node with the rest, and the supports leave it free to move along x, y and z and turn "
          "about x, y and z; join it to its neighbours (one node at one place), or hold it");
  }
}

static void there_is_a_limit_to_pieces(void **state) {
  (void)state;
  for (int n = 20; n <= 101; n += 81) {
    Builder b = begin();
    BpSupports s = {0};
    for (int i = 0; i < n; i++)
      add_cube(&b, i, i, 0, "a");
    for (int i = 0; i < n; i++)
      hold_foot(&b, &s, i, i, 0);
    check(&b, &s, NULL, n > 100,
          "part.msh: 101 parts of the mesh touch at edges or points only; whether they hold each "
          "other is found out for 100 at most: let cells share faces with their neighbours");
  }
}

static void ten_are_enough(void **state) {
  (void)state;
  Builder b = begin();
  BpSupports s = {0};
  for (int i = 0; i < 12; i++)
    add_cube(&b, 2 * i, 0, 0, "a");
  check(&b, &s, NULL, 10,
        "part.msh: a part of the mesh ('a', 1 cell around (0.5, 0.5, 0.5) mm) shares no node with "
        "the rest, and the supports leave it free to move along x, y and z and turn about x, y and "
        "z; join it to its neighbours (one node at one place), or hold it");
}

/* Heat passes where a node is shared, and needs one place to go. */
static void what_has_no_steady_state_is_named(void **state) {
  (void)state;
  for (int touching = 0; touching < 2; touching++) {
    Builder b = begin();
    BpProblems problems = {0};
    add_cube(&b, 0, 0, 0, "a");
    add_cube(&b, touching ? 1 : 2, 1, 1, "b");
    unsigned char *marked = BP_NEW(unsigned char, b.mesh->nnodes);
    marked[0] = 1;
    assert_int_equal(bp_mesh_exchanges(b.mesh, marked, "part.msh", &problems),
                     touching ? BP_OK : BP_BAD);
    assert_int_equal(problems.count, !touching);
    if (!touching)
      assert_string_equal(
          problems.item[0].text,
          "part.msh: a part of the mesh ('b', 1 cell around (2.5, 1.5, 1.5) mm) shares no node "
          "with "
          "the rest, and nothing on it has temperature, convection or radiation, so that it has no "
          "steady state; join it to its neighbours (one node at one place), or give it one");
    free(marked);
    bp_problems_free(&problems);
    bp_mesh_free(b.mesh);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(six_supports_hold_a_body),
      cmocka_unit_test(five_do_not),
      cmocka_unit_test(motions_are_named),
      cmocka_unit_test(a_motion_along_no_axis_is_found),
      cmocka_unit_test(without_supports_all_is_free),
      cmocka_unit_test(a_part_with_nodes_of_its_own_is_loose),
      cmocka_unit_test(a_part_that_shares_a_face_is_held),
      cmocka_unit_test(a_part_on_an_edge_turns),
      cmocka_unit_test(a_support_along_the_arm_is_none),
      cmocka_unit_test(pieces_hold_each_other),
      cmocka_unit_test(pieces_in_a_ring_turn_together),
      cmocka_unit_test(what_is_not_there_holds_nothing),
      cmocka_unit_test(there_is_a_limit_to_pieces),
      cmocka_unit_test(ten_are_enough),
      cmocka_unit_test(what_has_no_steady_state_is_named),
  };
  return cmocka_run_group_tests_name("held", tests, NULL, NULL);
}
