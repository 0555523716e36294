/* Cell tables against the node numberings that Gmsh and VTK publish, and the arrays of a mesh. */
#include "close.h"

#include "meshio.h"

#include <math.h>
#include <stdlib.h>

/* Reference vertices of the wedge, as fe.h says. */
static const double corner[6][3] = {{0, 0, -1}, {1, 0, -1}, {0, 1, -1},
                                    {0, 0, 1},  {1, 0, 1},  {0, 1, 1}};

static void reference_position(int node, double x[3]) {
  const BpCellInfo *info = bp_cell_info(BP_CELL_WEDGE15);
  for (int d = 0; d < 3; d++)
    x[d] = node < 6
               ? corner[node][d]
               : 0.5 * (corner[info->edge[node - 6][0]][d] + corner[info->edge[node - 6][1]][d]);
}

/* Gmsh reference manual, "Node ordering", Prism15: the edges of nodes 6 to 14. */
static const int gmsh_edge[9][2] = {{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 4},
                                    {2, 5}, {3, 4}, {3, 5}, {4, 5}};

/* VTK file formats, VTK_QUADRATIC_WEDGE: the edges of nodes 6 to 14. */
static const int vtk_edge[9][2] = {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5},
                                   {5, 3}, {0, 3}, {1, 4}, {2, 5}};

static int has_ends(const int edge[2], int a, int b) {
  return (edge[0] == a && edge[1] == b) || (edge[0] == b && edge[1] == a);
}

static void wedge_in_foreign_order(void **state) {
  (void)state;
  const BpCellInfo *w = bp_cell_info(BP_CELL_WEDGE15);
  const struct {
    const int *from;
    const int (*edge)[2];
  } other[2] = {{w->from_gmsh, gmsh_edge}, {w->from_vtk, vtk_edge}};
  for (int k = 0; k < 2; k++) {
    unsigned seen = 0;
    for (int i = 0; i < 15; i++)
      seen |= 1u << other[k].from[i];
    assert_int_equal(seen, 0x7fff); /* a permutation */
    for (int e = 0; e < 9; e++) {
      const int node = other[k].from[6 + e];
      assert_true(node >= 6);
      assert_true(has_ends(other[k].edge[node - 6], other[k].from[w->edge[e][0]],
                           other[k].from[w->edge[e][1]]));
    }
  }
  for (int i = 0; i < 6; i++)
    assert_int_equal(w->from_gmsh[i], i);
}

/* VTK: the normal of (0 1 2) points away from (3 4 5); ours and Gmsh's point towards it. */
static void vtk_runs_the_other_way(void **state) {
  (void)state;
  const BpCellInfo *w = bp_cell_info(BP_CELL_WEDGE15);
  const double *at[6];
  for (int i = 0; i < 6; i++)
    at[w->from_vtk[i]] = corner[i];
  const double nz =
      (at[1][0] - at[0][0]) * (at[2][1] - at[0][1]) - (at[1][1] - at[0][1]) * (at[2][0] - at[0][0]);
  assert_true(nz * (at[3][2] - at[0][2]) < 0.0);
}

static void faces_look_outwards(void **state) {
  (void)state;
  for (int f = 0; f < 5; f++) {
    const double *a = corner[bp_wedge_face[f][0]], *b = corner[bp_wedge_face[f][1]],
                 *c = corner[bp_wedge_face[f][2]];
    const double middle[3] = {1.0 / 3.0, 1.0 / 3.0, 0.0};
    double out = 0.0;
    for (int d = 0; d < 3; d++) {
      const int i = (d + 1) % 3, j = (d + 2) % 3;
      out += (a[d] - middle[d]) * ((b[i] - a[i]) * (c[j] - a[j]) - (b[j] - a[j]) * (c[i] - a[i]));
    }
    assert_true(out > 0.0);
  }
}

/* Own order of Tri6 and Quad8: corners, then the middle of corner i and the next one. */
static void face_nodes_have_their_middles(void **state) {
  (void)state;
  for (int f = 0; f < 5; f++) {
    const int n = bp_wedge_face_size[f];
    int nodes[8];
    bp_wedge_face_nodes(f, nodes);
    for (int i = 0; i < n; i++) {
      double a[3], b[3], m[3];
      reference_position(nodes[i], a);
      reference_position(nodes[(i + 1) % n], b);
      reference_position(nodes[n + i], m);
      assert_int_equal(nodes[i], bp_wedge_face[f][i]);
      for (int d = 0; d < 3; d++)
        assert_close(m[d], 0.5 * (a[d] + b[d]), 0.0, 1e-15);
    }
  }
}

static void types_by_gmsh_number(void **state) {
  (void)state;
  assert_int_equal(bp_cell_from_gmsh(18), BP_CELL_WEDGE15);
  assert_int_equal(bp_cell_from_gmsh(9), BP_CELL_TRI6);
  assert_int_equal(bp_cell_from_gmsh(16), BP_CELL_QUAD8);
  assert_int_equal(bp_cell_from_gmsh(7), BP_CELL_TYPES); /* a pyramid is none of ours */
  assert_int_equal(bp_cell_info(BP_CELL_WEDGE15)->vtk_type, 26);
  assert_int_equal(bp_cell_info(BP_CELL_TRI6)->vtk_type, 22);
  assert_int_equal(bp_cell_info(BP_CELL_QUAD8)->vtk_type, 23);
}

/* The faces of a cell close its hull: every edge is run through once each way. */
static void hulls_are_closed(void **state) {
  (void)state;
  for (int t = 0; t < BP_CELL_TYPES; t++) {
    const BpCellInfo *info = bp_cell_info((BpCellType)t);
    int runs[8][8] = {{0}}, nedges = 0;
    for (int f = 0; f < info->nfaces; f++)
      for (int i = 0; i < info->face_size[f]; i++)
        runs[info->face[f][i]][info->face[f][(i + 1) % info->face_size[f]]]++;
    for (int a = 0; a < 8; a++)
      for (int b = 0; b < 8; b++) {
        assert_int_equal(runs[a][b], runs[b][a]);
        assert_in_range(runs[a][b], 0, 1);
        nedges += runs[a][b];
      }
    assert_int_equal(nedges, info->dim == 3 ? 2 * info->nedges : 0);
    for (int e = 0; e < info->nedges && info->dim == 3; e++)
      assert_int_equal(runs[info->edge[e][0]][info->edge[e][1]], 1);
    assert_int_equal(info->nnodes, info->nvertices + (info->order == 2 ? info->nedges : 0));
  }
}

/* Foreign orders name every node once, and types are found again by their number. */
static void foreign_orders_are_permutations(void **state) {
  (void)state;
  for (int t = 0; t < BP_CELL_TYPES; t++) {
    const BpCellInfo *info = bp_cell_info((BpCellType)t);
    unsigned gmsh = 0, vtk = 0;
    for (int i = 0; i < info->nnodes; i++) {
      gmsh |= 1u << info->from_gmsh[i];
      vtk |= 1u << info->from_vtk[i];
    }
    assert_int_equal(gmsh, (1u << info->nnodes) - 1);
    assert_int_equal(vtk, (1u << info->nnodes) - 1);
    assert_int_equal(bp_cell_from_gmsh(info->gmsh_type), t);
  }
}

/* Middle nodes of Gmsh's quadratic cells between the ends that Gmsh's manual gives them ("Node
 * ordering": Tetrahedron10, Hexahedron20). */
static void middles_are_where_gmsh_has_them(void **state) {
  (void)state;
  static const struct {
    BpCellType type;
    int ends[12][2];
  } manual[] = {{BP_CELL_TET10, {{0, 1}, {1, 2}, {2, 0}, {3, 0}, {2, 3}, {1, 3}}},
                {BP_CELL_HEX20,
                 {{0, 1},
                  {0, 3},
                  {0, 4},
                  {1, 2},
                  {1, 5},
                  {2, 3},
                  {2, 6},
                  {3, 7},
                  {4, 5},
                  {4, 7},
                  {5, 6},
                  {6, 7}}}};
  for (int t = 0; t < BP_COUNT(manual); t++) {
    const BpCellInfo *info = bp_cell_info(manual[t].type);
    for (int e = 0; e < info->nedges; e++) {
      const int *ends = manual[t].ends[info->from_gmsh[info->nvertices + e] - info->nvertices];
      const int *own = info->edge[e];
      assert_true((ends[0] == own[0] && ends[1] == own[1]) ||
                  (ends[0] == own[1] && ends[1] == own[0]));
    }
  }
}

static void lists_grow(void **state) {
  (void)state;
  BpMesh *mesh = bp_mesh_new();
  const BpCellType type[3] = {BP_CELL_TRI6, BP_CELL_QUAD8, BP_CELL_WEDGE15};
  for (int c = 0; c < 1000; c++) {
    int nodes[15];
    for (int i = 0; i < 15; i++)
      nodes[i] = 15 * c + i;
    bp_cells_add(&mesh->cells, type[c % 3], nodes, c % 7);
  }
  assert_int_equal(mesh->cells.count, 1000);
  for (int c = 0, at = 0; c < 1000; c++) {
    const int n = bp_cell_info(type[c % 3])->nnodes;
    assert_int_equal(mesh->cells.start[c], at);
    assert_int_equal(mesh->cells.type[c], type[c % 3]);
    assert_int_equal(mesh->cells.group[c], c % 7);
    for (int i = 0; i < n; i++)
      assert_int_equal(mesh->cells.node[at + i], 15 * c + i);
    at += n;
    assert_int_equal(mesh->cells.start[c + 1], at);
  }
  bp_mesh_free(mesh);
  bp_mesh_free(NULL);
}

static void names_are_kept_once(void **state) {
  (void)state;
  BpMesh *mesh = bp_mesh_new();
  assert_int_equal(bp_mesh_region(mesh, "solder"), 0);
  assert_int_equal(bp_mesh_region(mesh, "die"), 1);
  assert_int_equal(bp_mesh_region(mesh, "solder"), 0);
  assert_int_equal(mesh->nregions, 2);
  assert_int_equal(bp_mesh_find_boundary(mesh, "mirror"), -1);
  assert_int_equal(bp_mesh_boundary(mesh, "mirror"), 0);
  assert_int_equal(bp_mesh_find_boundary(mesh, "mirror"), 0);
  char name[2 * BP_MESH_NAME]; /* too long a name is cut, not written past its end */
  memset(name, 'x', sizeof name);
  name[sizeof name - 1] = '\0';
  const int i = bp_mesh_region(mesh, name);
  assert_int_equal(strlen(mesh->region[i]), BP_MESH_NAME - 1);
  bp_mesh_free(mesh);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(wedge_in_foreign_order),
      cmocka_unit_test(vtk_runs_the_other_way),
      cmocka_unit_test(faces_look_outwards),
      cmocka_unit_test(face_nodes_have_their_middles),
      cmocka_unit_test(types_by_gmsh_number),
      cmocka_unit_test(lists_grow),
      cmocka_unit_test(names_are_kept_once),
      cmocka_unit_test(hulls_are_closed),
      cmocka_unit_test(foreign_orders_are_permutations),
      cmocka_unit_test(middles_are_where_gmsh_has_them),
  };
  return cmocka_run_group_tests_name("cells", tests, NULL, NULL);
}
