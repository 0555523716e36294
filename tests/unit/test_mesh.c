/* The mesh of a joint as a whole: topology, sizes by level, what the shipped cases ask for, and
 * what the check of a mesh says about a bad one. */
#include "built.h"
#include "block.h"

#include "fe.h"
#include "mesh.h"

#include <stdlib.h>
#include <string.h>

#define UM 1e-6

static BpCase *read_case(const char *path, const char *one, const char *two) {
  BpProblems problems = {0};
  char *overrides[2];
  int n = 0;
  if (one)
    overrides[n++] = bp_copy_text(one);
  if (two)
    overrides[n++] = bp_copy_text(two);
  BpCase *bp = bp_case_read(path, overrides, n, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_non_null(bp);
  while (n > 0)
    free(overrides[--n]);
  return bp;
}

static const char *const shipped[] = {BP_SOURCE_DIR "/cases/flat.yaml",
                                      BP_SOURCE_DIR "/cases/embossed.yaml"};

static const double *node_at(const BpMesh *mesh, int cell, int local) {
  return mesh->xyz + 3 * (size_t)mesh->cells.node[mesh->cells.start[cell] + local];
}

/* ---- topology */

static int by_triple(const void *a, const void *b) {
  return memcmp(a, b, 3 * sizeof(int));
}

static void sort(int *v, int n) {
  for (int i = 1; i < n; i++)
    for (int k = i; k > 0 && v[k] < v[k - 1]; k--) {
      const int t = v[k];
      v[k] = v[k - 1];
      v[k - 1] = t;
    }
}

/* Faces without doubles; three of its vertices tell a face apart. */
static int count_faces(const BpMesh *mesh) {
  int(*key)[3] = bp_alloc(5 * (size_t)mesh->cells.count, sizeof key[0]), n = 0, faces = 0;
  for (int c = 0; c < mesh->cells.count; c++)
    for (int f = 0; f < 5; f++) {
      int v[4];
      for (int i = 0; i < bp_wedge_face_size[f]; i++)
        v[i] = mesh->cells.node[mesh->cells.start[c] + bp_wedge_face[f][i]];
      sort(v, bp_wedge_face_size[f]);
      memcpy(key[n++], v, sizeof key[0]);
    }
  qsort(key, (size_t)n, sizeof key[0], by_triple);
  for (int i = 0; i < n; i++)
    faces += i == 0 || by_triple(key[i], key[i - 1]) != 0;
  free(key);
  return faces;
}

/* Vertices of cells; every other node is the middle of one edge. */
static int count_vertices(const BpMesh *mesh) {
  char *role = BP_NEW(char, mesh->nnodes);
  int vertices = 0;
  for (int c = 0; c < mesh->cells.count; c++)
    for (int i = 0; i < 15; i++)
      role[mesh->cells.node[mesh->cells.start[c] + i]] |= i < 6 ? 1 : 2;
  for (int n = 0; n < mesh->nnodes; n++) {
    assert_true(role[n] == 1 || role[n] == 2); /* used, and never as both */
    vertices += role[n] == 1;
  }
  free(role);
  return vertices;
}

/* Die and board joined by one column of solder have no hole: Euler's number is 1. */
static void a_joint_is_one_piece_without_holes(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(shipped); i++) {
    BpProblems problems = {0};
    BpCase *bp = read_case(shipped[i], NULL, NULL);
    BpMesh *mesh = bp_test_cell(bp);
    assert_int_equal(bp_mesh_conforms(mesh, "joint", &problems), BP_OK);
    assert_int_equal(problems.count, 0);
    const int vertices = count_vertices(mesh), edges = mesh->nnodes - vertices;
    assert_int_equal(vertices - edges + count_faces(mesh) - mesh->cells.count, 1);
    bp_mesh_free(mesh);
    bp_case_free(bp);
  }
}

/* ---- sizes */

/* Unknowns that the cell leaves free: on its sides u_x and u_y are prescribed, on the mirror plane
 * u_y, and one node carries the support in z. */
static int free_unknowns(const BpMesh *mesh) {
  unsigned char *fixed = BP_NEW(unsigned char, mesh->nnodes);
  for (int f = 0; f < mesh->faces.count; f++) {
    const char *name = mesh->boundary[mesh->faces.group[f]];
    const int side = strcmp(name, BP_SIDE_DIE) == 0 || strcmp(name, BP_SIDE_BOARD) == 0;
    const int mirror = strcmp(name, BP_MIRROR) == 0;
    for (int k = mesh->faces.start[f]; k < mesh->faces.start[f + 1]; k++)
      fixed[mesh->faces.node[k]] |= (unsigned char)(side ? 3 : mirror ? 2 : 0);
  }
  int count = 3 * mesh->nnodes - 1;
  for (int n = 0; n < mesh->nnodes; n++)
    count -= (fixed[n] & 1) + (fixed[n] >> 1);
  free(fixed);
  return count;
}

static int unknowns_of(const char *path, int level, int *cells) {
  char *key = bp_format("mesh.level=%d", level);
  BpCase *bp = read_case(path, key, NULL);
  BpMesh *mesh = bp_test_cell(bp);
  const int n = free_unknowns(mesh);
  *cells = mesh->cells.count;
  bp_mesh_free(mesh);
  bp_case_free(bp);
  free(key);
  return n;
}

/* What the two lowest levels are for: a quick mesh that still resolves the films, and one that
 * results are quoted from. All sizes shrink by sqrt(2) a level; graded and single layers make the
 * cells grow by less than 2^(3/2). */
static void levels_grow(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(shipped); i++) {
    int last = 0, last_cells = 0, cells;
    for (int level = 0; level <= 3; level++) {
      const int n = unknowns_of(shipped[i], level, &cells);
      assert_true(n >= (level == 0 ? 15000 : level == 1 ? 40000 : last));
      assert_true(level == 0 || (n > 1.5 * last && n < 3.5 * last));
      assert_true(level == 0 || (cells > 1.5 * last_cells && cells < 3.5 * last_cells));
      last = n;
      last_cells = cells;
    }
  }
}

/* Number of different heights of solder vertices with low <= z <= high. */
static int solder_levels(const BpMesh *mesh, double low, double high) {
  double z[256];
  int n = 0;
  for (int c = 0; c < mesh->cells.count; c++) {
    if (bp_region_find(mesh->region[mesh->cells.group[c]]) != BP_REGION_SOLDER)
      continue;
    for (int i = 0; i < 6; i++) {
      const double here = node_at(mesh, c, i)[2];
      int known = here < low - 1e-12 || here > high + 1e-12;
      for (int k = 0; k < n && !known; k++)
        known = fabs(z[k] - here) < 1e-12;
      assert_true(known || n < 256);
      if (!known)
        z[n++] = here;
    }
  }
  return n;
}

/* The averages of a joint are taken over the interface layers: two layers of quadratic cells there
 * at the coarsest level, on either side, and planes of the mesh at their ends. */
static void interface_layers_have_two_cells(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(shipped); i++)
    for (int level = 0; level <= 1; level++) {
      char *key = bp_format("mesh.level=%d", level);
      BpProblems problems = {0};
      BpGeometry g;
      BpCase *bp = read_case(shipped[i], key, NULL);
      assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_OK);
      BpMesh *mesh = bp_test_cell(bp);
      const double d = bp->output.layer;
      assert_true(solder_levels(mesh, g.z_rim, g.z_rim + d) >= 3);
      assert_true(solder_levels(mesh, g.z_pad - d, g.z_pad) >= 3);
      assert_int_equal(solder_levels(mesh, g.z_rim + d, g.z_rim + d), 1);
      assert_int_equal(solder_levels(mesh, g.z_pad - d, g.z_pad - d), 1);
      bp_mesh_free(mesh);
      bp_case_free(bp);
      free(key);
    }
}

/* The geometry may be other than the default's and still give valid cells. */
static void other_geometries_mesh(void **state) {
  (void)state;
  static const char *const change[][2] = {
      {"package.ball.diameter=250 um", NULL},
      {"package.board.pad_radius=100 um", NULL},
      {"package.dielectrics.second.thickness=8 um", "package.pad.ring.height=6 um"},
      {"package.pad.ring.inner_radius=30 um", "package.pad.ring.outer_radius=60 um"},
      {"package.pad.concave.radius=100 um", "package.wiring.wall_ratio=1"},
      {"mesh.extra_radii=[100 um, 33 um]", "mesh.extra_levels=[12 um]"},
  };
  for (int i = 0; i < BP_COUNT(change); i++) {
    BpProblems problems = {0};
    BpGeometry g;
    BpMeshReport report;
    BpCase *bp = read_case(shipped[1], change[i][0], change[i][1]);
    assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_OK);
    BpMesh *mesh = bp_test_cell(bp);
    assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
    assert_int_equal(bp_mesh_conforms(mesh, "joint", &problems), BP_OK);
    assert_true(report.volume_error < 1e-4);
    assert_true(report.min_quality > 0.2);
    bp_mesh_free(mesh);
    bp_case_free(bp);
  }
}

/* ---- the check */

static BpMesh *two_layers(void) {
  static const double z[] = {0.0, 10 * UM, 25 * UM};
  static const int region[] = {BP_REGION_DIE, BP_REGION_SOLDER};
  const BpTestBlock block = {
      .nx = 3, .ny = 2, .nlayers = 2, .size = {30 * UM, 20 * UM}, .z = z, .region = region};
  return bp_test_block(&block);
}

static void a_box_has_its_volumes_and_quality_one(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMeshReport report;
  BpMesh *mesh = two_layers();
  assert_int_equal(bp_mesh_check(mesh, NULL, &report, &problems), BP_OK);
  assert_close(report.volume[BP_REGION_DIE], 30 * 20 * 10 * UM * UM * UM, 1e-12, 0.0);
  assert_close(report.volume[BP_REGION_SOLDER], 30 * 20 * 15 * UM * UM * UM, 1e-12, 0.0);
  assert_close(report.volume[BP_REGION_BOARD], 0.0, 0.0, 0.0);
  assert_close(report.min_quality, 1.0, 1e-9, 0.0);
  assert_close(report.volume_error, 0.0, 0.0, 0.0);
  bp_mesh_free(mesh);
}

/* A frustum whose upper triangle is s times the lower one: det J goes with the square of the
 * section's width, from 1 to s^2. */
static void quality_of_a_frustum(void **state) {
  (void)state;
  static const double shrink[] = {1.0, 0.8, 0.5, 0.25};
  for (int k = 0; k < BP_COUNT(shrink); k++) {
    BpProblems problems = {0};
    BpMeshReport report;
    const BpCellInfo *info = bp_cell_info(BP_CELL_WEDGE15);
    static const double corner[3][2] = {{0, 0}, {3, 0}, {1, 2}};
    BpMesh *mesh = bp_mesh_new();
    int nodes[15];
    BP_GROW(mesh->xyz, 3 * 15);
    mesh->nnodes = 15;
    for (int i = 0; i < 15; i++) {
      const int a = i < 6 ? i : info->edge[i - 6][0], b = i < 6 ? i : info->edge[i - 6][1];
      const double sa = a < 3 ? 1.0 : shrink[k], sb = b < 3 ? 1.0 : shrink[k];
      for (int d = 0; d < 2; d++)
        mesh->xyz[3 * i + d] = 0.5 * (sa * corner[a % 3][d] + sb * corner[b % 3][d]);
      mesh->xyz[3 * i + 2] = 0.5 * (a / 3 + b / 3);
      nodes[i] = i;
    }
    bp_cells_add(&mesh->cells, BP_CELL_WEDGE15, nodes, bp_mesh_region(mesh, "solder"));
    assert_int_equal(bp_mesh_check(mesh, NULL, &report, &problems), BP_OK);
    assert_close(report.min_quality, shrink[k] * shrink[k], 1e-9, 0.0);
    /* area 3, height 1; a prismatoid's (A0 + 4 Am + A1)/6 */
    const double s = shrink[k], volume = 3.0 * (1.0 + s + s * s) / 3.0;
    assert_close(report.volume[BP_REGION_SOLDER], volume, 1e-12, 0.0);
    bp_mesh_free(mesh);
  }
}

/* Cells turned inside out are named by region and place, ten at most. */
static void folded_cells_are_problems(void **state) {
  (void)state;
  for (int folded = 1; folded <= 24; folded += 11) { /* 1, 12, 23 of 24 cells */
    BpProblems problems = {0};
    BpMeshReport report;
    BpMesh *mesh = two_layers();
    for (int c = 0; c < folded; c++) { /* lower and upper triangle change places */
      int *node = mesh->cells.node + mesh->cells.start[c];
      for (int i = 0; i < 3; i++) {
        int t = node[i];
        node[i] = node[3 + i];
        node[3 + i] = t;
        t = node[6 + i];
        node[6 + i] = node[9 + i];
        node[9 + i] = t;
      }
    }
    assert_int_equal(bp_mesh_check(mesh, NULL, &report, &problems), BP_BAD);
    assert_int_equal(problems.count, folded < 10 ? folded : 10);
    assert_int_equal(bp_problems_exit(&problems), BP_EXIT_GEOMETRY);
    assert_true(report.min_quality < 0.0);
    assert_true(report.worst_cell < folded);
    assert_non_null(strstr(problems.item[0].text, "cell 0 of region 'die' at (-11.67, 3.333, 5)"));
    assert_non_null(strstr(problems.item[0].text, "raise mesh.level"));
    bp_problems_free(&problems);
    bp_mesh_free(mesh);
  }
}

/* What a mesh of our own must reach; where it does not, region or place are named. */
static void poor_meshes_are_refused(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMeshReport report = {.min_quality = 0.11, .worst = {12 * UM, -3 * UM, 40 * UM}};
  for (int i = 0; i < BP_REGIONS; i++)
    report.volume[i] = report.exact[i] = 1e-12;
  report.exact[BP_REGION_DIE] = 0.0; /* no closed form */
  report.volume[BP_REGION_SOLDER] = 1.0049e-12;
  assert_int_equal(bp_mesh_accept(&report, &problems), BP_OK);
  assert_int_equal(problems.count, 0);
  report.min_quality = 0.09;
  report.volume[BP_REGION_SOLDER] = 1.006e-12;
  report.volume[BP_REGION_WIRING] = (double)NAN;
  assert_int_equal(bp_mesh_accept(&report, &problems), BP_BAD);
  assert_int_equal(problems.count, 3);
  assert_int_equal(bp_problems_exit(&problems), BP_EXIT_GEOMETRY);
  assert_non_null(strstr(problems.item[0].text,
                         "the smallest quality is 0.09, at (12, -3, 40) um, and must be at least "
                         "0.1; raise mesh.level or separate the circles there"));
  assert_non_null(strstr(problems.item[1].text, "the mesh of region 'wiring' is off its volume"));
  assert_non_null(strstr(problems.item[2].text,
                         "the mesh of region 'solder' is off its volume by 0.6 %, at most 0.5 % "
                         "are allowed; raise mesh.level"));
  bp_problems_free(&problems);
}

/* A circle so close to another that no centroid of a curved triangle lies between them. */
static void thin_rings_keep_their_films(void **state) {
  (void)state;
  static const char *const radius[] = {"package.wiring.disc_radius=125.1 um",
                                       "package.wiring.disc_radius=125.03 um"};
  for (int i = 0; i < BP_COUNT(radius); i++) {
    BpProblems problems = {0};
    BpGeometry g;
    BpMeshReport report;
    BpCase *bp = read_case(shipped[1], radius[i], NULL);
    assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_OK);
    BpMesh *mesh = bp_test_cell(bp);
    assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
    assert_true(report.volume_error < 1e-4);
    bp_mesh_free(mesh);
    bp_case_free(bp);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_joint_is_one_piece_without_holes),
      cmocka_unit_test(levels_grow),
      cmocka_unit_test(interface_layers_have_two_cells),
      cmocka_unit_test(other_geometries_mesh),
      cmocka_unit_test(a_box_has_its_volumes_and_quality_one),
      cmocka_unit_test(quality_of_a_frustum),
      cmocka_unit_test(folded_cells_are_problems),
      cmocka_unit_test(poor_meshes_are_refused),
      cmocka_unit_test(thin_rings_keep_their_films),
  };
  return cmocka_run_group_tests_name("mesh", tests, NULL, bp_test_free_units);
}
