/* MSH files: what was written is read back, Gmsh's two versions, and every way in which a file can
 * be broken. */
#include "block.h"
#include "close.h"

#include "meshio.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One wedge on its foot: vertices 1 to 6, the middles of its edges in Gmsh's order (Gmsh's manual,
 * "Node ordering", Prism15), the foot as a named face. Line numbers count in the messages. */
#define NODES_41                                                                                   \
  "$Nodes\n1 15 1 15\n3 1 0 15\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n"               \
  "0 0 0\n1 0 0\n0 1 0\n0 0 1\n1 0 1\n0 1 1\n"                                                     \
  "0.5 0 0\n0 0.5 0\n0 0 0.5\n0.5 0.5 0\n1 0 0.5\n0 1 0.5\n0.5 0 1\n0 0.5 1\n0.5 0.5 1\n"          \
  "$EndNodes\n"

static const char text_41[] =
    "$MeshFormat\n4.1 0 8\n$EndMeshFormat\n"
    "$PhysicalNames\n2\n2 7 \"foot\"\n3 9 \"solder\"\n$EndPhysicalNames\n"
    "$Entities\n0 0 1 1\n4 0 0 0 1 1 0 1 -7 0\n1 0 0 0 1 1 1 1 9 0\n$EndEntities\n" NODES_41
    "$Elements\n2 2 1 2\n2 4 9 1\n1 1 3 2 8 10 7\n"
    "3 1 18 1\n2 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n$EndElements\n";

static const char text_22[] =
    "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n"
    "$PhysicalNames\n2\n2 7 \"foot\"\n3 9 \"solder\"\n$EndPhysicalNames\n"
    "$Nodes\n15\n"
    "2 1 0 0\n1 0 0 0\n3 0 1 0\n4 0 0 1\n5 1 0 1\n6 0 1 1\n"
    "7 0.5 0 0\n8 0 0.5 0\n9 0 0 0.5\n10 0.5 0.5 0\n11 1 0 0.5\n12 0 1 0.5\n13 0.5 0 1\n"
    "14 0 0.5 1\n15 0.5 0.5 1\n$EndNodes\n"
    "$Elements\n3\n1 15 2 0 1 1\n2 9 2 7 4 1 3 2 8 10 7\n"
    "3 18 2 9 1 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n$EndElements\n";

static char *write_text(const char *text, size_t size) {
  char *path = bp_copy_text("/tmp/bp_msh_XXXXXX");
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, text, size), (int)size);
  close(fd);
  return path;
}

static void remove_file(char *path) {
  unlink(path);
  free(path);
}

static BpMesh *read_well(const char *path) {
  BpProblems problems = {0};
  BpMesh *mesh = bp_msh_read(path, &problems);
  bp_problems_print(&problems, stderr);
  assert_non_null(mesh);
  assert_int_equal(problems.count, 0);
  return mesh;
}

/* ---- round trip */

static void same_cells(const BpCellList *a, const BpCellList *b) {
  assert_int_equal(a->count, b->count);
  assert_memory_equal(a->type, b->type, (size_t)a->count);
  assert_memory_equal(a->start, b->start, (size_t)(a->count + 1) * sizeof a->start[0]);
  assert_memory_equal(a->node, b->node, (size_t)a->start[a->count] * sizeof a->node[0]);
  assert_memory_equal(a->group, b->group, (size_t)a->count * sizeof a->group[0]);
}

/* Every bit: coordinates are written in 17 digits, numbers are the order. */
static void same_mesh(const BpMesh *a, const BpMesh *b) {
  assert_int_equal(a->nnodes, b->nnodes);
  assert_memory_equal(a->xyz, b->xyz, 3 * (size_t)a->nnodes * sizeof a->xyz[0]);
  assert_int_equal(a->nregions, b->nregions);
  for (int i = 0; i < a->nregions; i++)
    assert_string_equal(a->region[i], b->region[i]);
  assert_int_equal(a->nboundaries, b->nboundaries);
  for (int i = 0; i < a->nboundaries; i++)
    assert_string_equal(a->boundary[i], b->boundary[i]);
  same_cells(&a->cells, &b->cells);
  same_cells(&a->faces, &b->faces);
}

static void reads_what_it_wrote(void **state) {
  (void)state;
  BpMesh *mesh = bp_test_small_joint(3, 2, 0.2, 1);
  char *path = write_text("", 0);
  assert_int_equal(bp_msh_write(mesh, path), BP_OK);
  BpMesh *again = read_well(path);
  same_mesh(mesh, again);
  bp_mesh_free(mesh);
  bp_mesh_free(again);
  remove_file(path);
}

static void says_when_it_cannot_write(void **state) {
  (void)state;
  BpMesh *mesh = bp_test_small_joint(1, 1, 0.0, 1);
  assert_int_equal(bp_msh_write(mesh, "/proc/no/such/mesh.msh"), BP_BAD);
  assert_int_equal(bp_msh_write(mesh, "/dev/full"), BP_BAD);
  bp_mesh_free(mesh);
}

/* ---- Gmsh's files */

/* Middles lie between the ends that our own order gives them, whatever the file's order. */
static void check_wedge(const BpMesh *mesh) {
  const BpCellInfo *info = bp_cell_info(BP_CELL_WEDGE15);
  assert_int_equal(mesh->nnodes, 15);
  assert_int_equal(mesh->cells.count, 1);
  for (int e = 0; e < 9; e++)
    for (int d = 0; d < 3; d++) {
      const int *node = mesh->cells.node;
      const double a = mesh->xyz[3 * node[info->edge[e][0]] + d],
                   b = mesh->xyz[3 * node[info->edge[e][1]] + d];
      assert_close(mesh->xyz[3 * node[6 + e] + d], 0.5 * (a + b), 0.0, 0.0);
    }
  assert_int_equal(mesh->faces.count, 1);
  assert_int_equal(mesh->faces.type[0], BP_CELL_TRI6);
  for (int i = 0; i < 6; i++)
    assert_close(mesh->xyz[3 * mesh->faces.node[i] + 2], 0.0, 0.0, 0.0);
  assert_string_equal(mesh->region[0], "solder");
  assert_string_equal(mesh->boundary[0], "foot");
}

static void reads_both_versions(void **state) {
  (void)state;
  char *new_path = write_text(text_41, strlen(text_41)),
       *old_path = write_text(text_22, strlen(text_22));
  BpMesh *new_mesh = read_well(new_path), *old_mesh = read_well(old_path);
  check_wedge(new_mesh);
  check_wedge(old_mesh);
  same_mesh(new_mesh, old_mesh);
  bp_mesh_free(new_mesh);
  bp_mesh_free(old_mesh);
  remove_file(new_path);
  remove_file(old_path);
}

/* A text in the good file, what stands there instead, and the message. */
typedef struct {
  const char *from, *to, *message;
} Fault;

static char *replace(const char *text, const Fault *fault) {
  const char *at = strstr(text, fault->from);
  assert_non_null(at);
  return bp_format("%.*s%s%s", (int)(at - text), text, fault->to, at + strlen(fault->from));
}

/* Nodes of a named curve and of a named point, in both versions. */
static void keeps_named_curves_and_points(void **state) {
  (void)state;
  static const Fault changes[2][3] = {
      {{"2\n2 7", "4\n0 3 \"tip\"\n1 5 \"rim\"\n2 7", NULL},
       {"0 0 1 1\n", "1 1 1 1\n2 0 0 0 1 3\n6 0 0 0 1 0 0 1 5 0\n", NULL},
       {"2 2 1 2\n", "4 4 1 4\n0 2 15 1\n3 6\n1 6 8 1\n4 1 2 7\n", NULL}},
      {{"2\n2 7", "4\n0 3 \"tip\"\n1 5 \"rim\"\n2 7", NULL},
       {"3\n1 15 2 0 1 1\n", "4\n1 15 2 3 1 6\n4 8 2 5 6 1 2 7\n", NULL},
       {"$MeshFormat", "$MeshFormat", NULL}}};
  for (int version = 0; version < 2; version++) {
    char *text = bp_copy_text(version ? text_22 : text_41);
    for (int i = 0; i < 3; i++) {
      char *next = replace(text, &changes[version][i]);
      free(text);
      text = next;
    }
    char *path = write_text(text, strlen(text));
    BpMesh *mesh = read_well(path);
    const int tip = bp_mesh_find_boundary(mesh, "tip"), rim = bp_mesh_find_boundary(mesh, "rim");
    int of_tip = 0, of_rim = 0;
    assert_true(tip >= 0 && rim >= 0);
    for (int i = 0; i < mesh->nmarks; i++) {
      const double *x = mesh->xyz + 3 * (size_t)mesh->mark_node[i];
      if (mesh->mark_group[i] == tip) {
        assert_close(x[1] + x[2], 2.0, 0.0, 0.0); /* node 6 at (0, 1, 1) */
        of_tip++;
      } else {
        assert_int_equal(mesh->mark_group[i], rim);
        assert_close(x[1] + x[2], 0.0, 0.0, 0.0); /* along x */
        of_rim++;
      }
    }
    assert_int_equal(of_tip, 1);
    assert_int_equal(of_rim, 3);
    assert_int_equal(mesh->faces.count, 1);
    bp_mesh_free(mesh);
    remove_file(path);
    free(text);
  }
}

static void skips_what_it_does_not_need(void **state) {
  (void)state;
  char *text = bp_format("%s$Comments\nfree text 1 2 $ 3\n$EndComments\n", text_41);
  char *path = write_text(text, strlen(text));
  BpMesh *mesh = read_well(path);
  check_wedge(mesh);
  bp_mesh_free(mesh);
  remove_file(path);
  free(text);
}

/* ---- broken files */

static const Fault faults_41[] = {
    {"$MeshFormat", "MeshFormat", ":1: 'MeshFormat' where $MeshFormat is due"},
    {"4.1 0 8", "4.0 0 8",
     ":2: this MSH version cannot be read; save it as 4.1 or 2.2 (Mesh.MshFileVersion)"},
    {"4.1 0 8", "4.1 1 8", ":2: the file is binary; save it as text (Mesh.Binary 0)"},
    {"4.1 0 8", "4.1 0", ":3: '$EndMeshFormat' is not the size of a number"},
    {"\"foot\"", "foot", ":6: a physical group has no name in double quotes; write one"},
    {"\"foot\"", "\"0123456789012345678901234567890123456789012345678901234567890123\"",
     ":6: a physical group's name is longer than 63 bytes; shorten it"},
    {"\"foot\"", "\"fo\033ot\"", ":6: a physical group's name holds a control character"},
    {"2 7 \"foot\"", "3 9 \"foot\"", ":7: physical group 9 has two names; give it one"},
    {"2\n2 7 \"foot\"", "3\n2 8 \"foot\"\n2 7 \"foot\"",
     ":7: two physical groups have the name 'foot'; give each its own"},
    {"2\n2 7 \"foot\"", "3\n1 8 \"foot\"\n2 7 \"foot\"",
     ":7: two physical groups have the name 'foot'"},
    {"2\n2 7 \"foot\"\n", "3\n3 8 \"solder\"\n2 7 \"foot\"\n",
     ":8: two physical groups have the name 'solder'"},
    {"0 0 1 1\n4", "0 0 1 -1\n4", ":10: '-1' is not the number of entities (a whole number from 0"},
    {"0 0 1 1\n4", "0 0 1 999999999\n4", ":10: '999999999' is not the number of entities"},
    {"$EndEntities", "$EndEntity",
     ":13: '$EndEntity' where $EndEntities is due; the counts of the"},
    {"1 15 1 15\n", "1 16 1 15\n", "15 nodes where 16 were announced"},
    {"3 1 0 15\n", "3 1 0 99\n",
     ":16: '99' is not the number of nodes in a block (a whole number "},
    {"0 0.5 0\n", "0 nan 0\n", ":39: 'nan' is not a coordinate (a finite number)"},
    {"0 0.5 0\n", "0 0.5x 0\n", ":39: '0.5x' is not a coordinate (a finite number)"},
    {"0 0.5 0\n", "0 1e999 0\n", ":39: '1e999' is not a coordinate (a finite number)"},
    {"15\n0 0 0", "14\n0 0 0", "node 14 is there twice"},
    {"$Elements\n", "$Nodes\n0 0 0 0\n$EndNodes\n$Elements\n", ":49: a second $Nodes; keep one"},
    {"3 1 18 1", "3 1 13 1",
     "wedges of 18 nodes (Gmsh's type 13) have nodes inside faces or cells, which no element here "
     "has; mesh with Mesh.SecondOrderIncomplete = 1"},
    {"3 1 18 1", "3 1 12 1", "hexahedra of 27 nodes (Gmsh's type 12) have nodes inside faces"},
    {"2 4 9 1", "2 4 10 1", "quadrilaterals of 9 nodes (Gmsh's type 10) have nodes inside faces"},
    {"3 1 18 1", "3 1 7 1", "pyramids of 5 nodes (Gmsh's type 7) cannot be used; mesh with tetra"},
    {"2 4 9 1\n1 1 3 2 8 10 7\n", "2 4 2 1\n1 1 3 2\n",
     ":51: element 1 (tri3) is of another order than the first cell; mesh all of first or all of"},
    {"3 1 18 1", "3 1 99 1", "elements of another type (Gmsh's type 99) cannot be used"},
    {"3 1 18 1", "2 1 18 1", "wedges of 15 nodes in an entity of dimension 2"},
    {"3 1 18 1", "3 2 18 1",
     "cells without a physical name; put each volume into a named physical"},
    {"1 9 0\n$End", "2 9 9 0\n$End",
     "cells in two named physical groups; a cell belongs to one region"},
    {"2 1 2 3 4 5 6 7", "2 1 2 3 4 5 6 77", ":53: element 2 uses node 77, which the file does not"},
    {"2 1 2 3 4 5 6 7 8", "2 1 2 3 4 5 6 8 7",
     "face 0 of 'foot' is not a face of a cell; remesh volumes and surfaces together"},
    {"2 1 2 3 4 5 6 7", "2 1 2 3 4 5 5 7", "cell 0 has a vertex twice; remesh"},
    {"7 8 9 10 11", "7 8 1 10 11",
     "the middle node of an edge of cell 0 is also a vertex or on another edge; remesh"},
    {"$EndElements\n", "", "the file ends where $EndElements is due"},
    {"13 14 15\n$EndElements\n", "13 14", "the file ends where the number of a node is due"},
    {"$EndElements\n", "$EndElements\n$Extra\n1", "the file ends inside a section; it is not"},
    {"$EndElements\n", "$EndElements\nword", "a section must begin here, with a word such as"},
    {"$Entities", "$PartitionedEntities", ":9: the mesh is partitioned; save it in one part"},
    {"2 2 1 2\n2 4 9 1\n1 1 3 2 8 10 7\n3 1 18 1\n2 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n",
     "0 0 0 0\n", "the mesh has no cells in a named physical volume"},
};

static const Fault faults_22[] = {
    {"2.2 0 8", "2.1 0 8", ":2: this MSH version cannot be read"},
    {"3\n1 15 2", "9\n1 15 2", ":32: '$EndElements' is not the number of an element"},
    {"3 18 2 9 1", "3 18 0",
     "cells without a physical name; put each volume into a named physical"},
    {"3 18 2 9 1", "3 14 2 9 1", "pyramids of 14 nodes (Gmsh's type 14) cannot be used"},
    {"15 0.5 0.5 1", "14 0.5 0.5 1", "node 14 is there twice"},
};

static int is_among(const char *message, const BpProblems *problems) {
  for (int i = 0; i < problems->count; i++)
    if (strstr(problems->item[i].text, message))
      return 1;
  return 0;
}

static void refuse(const char *text, size_t size, const char *message, BpExit code) {
  BpProblems problems = {0};
  char *path = write_text(text, size);
  assert_null(bp_msh_read(path, &problems));
  assert_in_range(problems.count, 1, 10); /* a vertex twice spoils several edges */
  assert_int_equal(bp_problems_exit(&problems), code);
  assert_memory_equal(problems.item[0].text, path, strlen(path));
  if (!is_among(message, &problems))
    print_error("expected: %s\nsaid: %s\n", message, problems.item[0].text);
  assert_true(is_among(message, &problems));
  bp_problems_free(&problems);
  remove_file(path);
}

static void refuses_broken_files(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(faults_41) + BP_COUNT(faults_22); i++) {
    const int is_new = i < BP_COUNT(faults_41);
    const Fault *fault = is_new ? &faults_41[i] : &faults_22[i - BP_COUNT(faults_41)];
    char *text = replace(is_new ? text_41 : text_22, fault);
    refuse(text, strlen(text), fault->message, BP_EXIT_GEOMETRY);
    free(text);
  }
}

static void refuses_what_is_no_text(void **state) {
  (void)state;
  refuse("$MeshFormat\0\1\2", 14, "the file is not text; save the mesh as text", BP_EXIT_GEOMETRY);
  refuse("", 0, ":1: the file ends where $MeshFormat is due", BP_EXIT_GEOMETRY);
}

/* A file that is cut anywhere is refused, and nothing else happens. */
static void refuses_cut_files(void **state) {
  (void)state;
  const char *const texts[] = {text_41, text_22};
  for (int t = 0; t < 2; t++)
    for (size_t n = 0; n + 1 < strlen(texts[t]); n += 3) {
      BpProblems problems = {0};
      char *path = write_text(texts[t], n);
      assert_null(bp_msh_read(path, &problems));
      assert_int_equal(bp_problems_exit(&problems), BP_EXIT_GEOMETRY);
      bp_problems_free(&problems);
      remove_file(path);
    }
}

/* Every byte turned into others: read or refused with words, nothing else. */
static void survives_flipped_bytes(void **state) {
  (void)state;
  static const char other[] = {' ', '0', '9', '-', '$', 'e', '\n', '\x80'};
  const char *const texts[] = {text_41, text_22};
  int refused = 0, read = 0;
  for (int t = 0; t < 2; t++) {
    char *path = write_text("", 0), *text = bp_copy_text(texts[t]);
    for (size_t n = 0; n < strlen(texts[t]); n++) {
      BpProblems problems = {0};
      text[n] = other[(n + (size_t)t) % sizeof other];
      FILE *out = fopen(path, "w");
      fwrite(text, 1, strlen(text), out);
      fclose(out);
      BpMesh *mesh = bp_msh_read(path, &problems);
      assert_true((mesh != NULL) == (bp_problems_exit(&problems) == BP_EXIT_OK));
      refused += mesh == NULL;
      read += mesh != NULL;
      bp_mesh_free(mesh);
      bp_problems_free(&problems);
      text[n] = texts[t][n];
    }
    remove_file(path);
    free(text);
  }
  assert_true(refused > 100 && read > 100); /* both happen, or the test says nothing */
}

static void names_files_that_resist_reading(void **state) {
  (void)state;
  BpProblems problems = {0};
  assert_null(bp_msh_read("/nonexistent.msh", &problems));
  assert_null(bp_msh_read("/", &problems));
  assert_int_equal(problems.count, 2);
  assert_int_equal(bp_problems_exit(&problems), BP_EXIT_IO);
  assert_string_equal(problems.item[0].text,
                      "/nonexistent.msh: No such file or directory; give a mesh that can be read");
  assert_string_equal(problems.item[1].text, "/: is not a file; give a mesh that can be read");
  bp_problems_free(&problems);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_what_it_wrote),    cmocka_unit_test(says_when_it_cannot_write),
      cmocka_unit_test(reads_both_versions),    cmocka_unit_test(skips_what_it_does_not_need),
      cmocka_unit_test(refuses_broken_files),   cmocka_unit_test(refuses_what_is_no_text),
      cmocka_unit_test(refuses_cut_files),      cmocka_unit_test(names_files_that_resist_reading),
      cmocka_unit_test(survives_flipped_bytes), cmocka_unit_test(keeps_named_curves_and_points),
  };
  return cmocka_run_group_tests_name("msh", tests, NULL, NULL);
}
