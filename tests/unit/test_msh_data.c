/* Scalar fields at the nodes of MSH files ($NodeData): what is read, and what is refused. */
#include "bench.h"

#include "meshio.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One tetrahedron; node 9 belongs to no cell. */
static const char mesh_text[] =
    "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n1\n3 1 \"part\"\n$EndPhysicalNames\n"
    "$Nodes\n5\n7 0 0 1\n1 0 0 0\n2 1 0 0\n4 0 1 0\n9 5 5 5\n$EndNodes\n"
    "$Elements\n1\n1 4 2 1 1 1 2 4 7\n$EndElements\n";

static const char data_text[] = "$NodeData\n1\n\"temperature\"\n1\n0.5\n3\n0\n1\n4\n4 40.5\n1 "
                                "-10\n9 90\n2 20\n$EndNodeData\n";
static const char vector_text[] =
    "$NodeData\n2\n\"u\"\n\"scheme\"\n0\n4\n0\n3\n2\n0\n1 1 2 3\n2 4 5 6\n$EndNodeData\n";

static BpMesh *read_text(const char *data, BpProblems *problems) {
  char path[] = "/tmp/bp_msh_XXXXXX", *text = bp_format("%s%s", mesh_text, data);
  const int fd = mkstemp(path);
  assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
  close(fd);
  BpMesh *mesh = bp_msh_read(path, problems);
  unlink(path);
  free(text);
  return mesh;
}

/* Nodes are in the order of their numbers: 1, 2, 4, 7. */
static void scalars_are_read(void **state) {
  (void)state;
  BpProblems problems = {0};
  char *both = bp_format("%s%s", vector_text, data_text);
  BpMesh *mesh = read_text(both, &problems);
  assert_non_null(mesh);
  assert_int_equal(mesh->nfields, 1); /* vectors are passed over */
  const double *T = bp_mesh_field(mesh, "temperature");
  assert_non_null(T);
  assert_null(bp_mesh_field(mesh, "u"));
  assert_close(T[0], -10.0, 0.0, 0.0);
  assert_close(T[1], 20.0, 0.0, 0.0);
  assert_close(T[2], 40.5, 0.0, 0.0);
  assert_true(isnan(T[3]));
  bp_mesh_free(mesh);
  free(both);
}

static void what_cannot_be_read_is_named(void **state) {
  (void)state;
  static const struct {
    const char *data, *text;
  } row[] = {
      {"$NodeData\n0\n0\n3\n0\n1\n0\n$EndNodeData\n", "values at nodes without a name"},
      {"$NodeData\n1\n\"T\"\n0\n2\n0\n1\n$EndNodeData\n",
       "values at nodes whose components and number are not given"},
      {"$NodeData\n1\n\"T\"\n0\n3\n0\n1\n1\n8 1\n$EndNodeData\n",
       ":20: field 'T' has a value at node 8, which the file does not have"},
      {"$NodeData\n1\n\"T\"\n0\n3\n0\n1\n1\n1 warm\n$EndNodeData\n",
       "'warm' is not a value at a node (a finite number)"},
      {"$NodeData\n1\n\"T\"\n0\n3\n0\n1\n2\n1 5\n$EndNodeData\n",
       "'$EndNodeData' is not the number of a node"},
      {"$NodeData\n1\n\"T\"\n0\n3\n0\n1\n1\n1 5\n$EndNodeData\n"
       "$NodeData\n1\n\"T\"\n1\n1\n3\n1\n1\n1\n1 6\n$EndNodeData\n",
       "a second field 'T' at the nodes; keep one time step"},
      {"$NodeData\n1\n\"T\"\n0\n3\n0\n1\n1\n1 5\n", "the file ends where $EndNodeData is due"},
  };
  for (int i = 0; i < BP_COUNT(row); i++) {
    BpProblems problems = {0};
    assert_null(read_text(row[i].data, &problems));
    assert_int_equal(bp_problems_exit(&problems), BP_EXIT_GEOMETRY);
    if (!strstr(problems.item[0].text, row[i].text))
      fail_msg("'%s' in place of '%s'", problems.item[0].text, row[i].text);
    bp_problems_free(&problems);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(scalars_are_read),
                                     cmocka_unit_test(what_cannot_be_read_is_named)};
  return cmocka_run_group_tests_name("fields of MSH files", tests, NULL, NULL);
}
