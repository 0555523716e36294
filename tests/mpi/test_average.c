/* Averages over regions that cut through the elements, against closed forms. A layer is within d of
 * a flat face, of the edge of a face, or of the curved copper of a real pad. */
#include "average.h"
#include "block.h"
#include "fields.h"

#include <stdlib.h>

static const double length = 300e-6, width = 150e-6;

/* Wiring below, 90 um of solder in three layers, board pad above. */
static BpMesh *sandwich(void) {
  static const double z[6] = {-20e-6, 0.0, 30e-6, 60e-6, 90e-6, 110e-6};
  static const int region[5] = {BP_REGION_WIRING, BP_REGION_SOLDER, BP_REGION_SOLDER,
                                BP_REGION_SOLDER, BP_REGION_BOARD_PAD};
  const BpTestBlock block = {
      .nx = 8, .ny = 4, .nlayers = 5, .size = {300e-6, 150e-6}, .z = z, .region = region};
  return bp_test_block(&block);
}

/* Takes the faces of a set with their middle beyond x = 0 out of it. */
static void keep_half(BpMesh *mesh, const char *name) {
  const int set = bp_mesh_find_boundary(mesh, name);
  const int rest = bp_mesh_boundary(mesh, "rest");
  for (int f = 0; f < mesh->faces.count; f++) {
    double middle = 0.0;
    for (int i = mesh->faces.start[f]; i < mesh->faces.start[f + 1]; i++)
      middle += mesh->xyz[3 * (size_t)mesh->faces.node[i]];
    if (mesh->faces.group[f] == set && middle > 0.0)
      mesh->faces.group[f] = rest;
  }
}

static void layers(const BpTestBench *b, const char *face, const double *distance, int n,
                   BpAverages *averages) {
  const BpLayerSpec spec = {BP_REGION_SOLDER, &face, 1, distance, n, "layer", 1};
  petsc_ok(bp_averages_add_layers(b->model, &spec, averages));
  assert_int_equal(averages->count, n);
}

/* Weights of an average add up to its volume over the ranks. */
static double sum_of_weights(const BpTestBench *b, const BpAverage *average) {
  double mine = 0.0, all;
  for (int i = 0; i < average->count; i++)
    mine += average->weight[i];
  MPI_Allreduce(&mine, &all, 1, MPI_DOUBLE, MPI_SUM, b->comm);
  return all;
}

/* The distance from a plane is linear, so cutting straight elements by it is exact. */
static void a_slab_is_exact(void **state) {
  (void)state;
  static const double distance[4] = {10e-6, 25e-6, 38.1e-6, 90e-6};
  BpTestBench b;
  BpAverages averages = {0};
  bp_test_open_world(bp_test_case(NULL), sandwich(), &b);
  layers(&b, "wetted_package", distance, 4, &averages);
  for (int i = 0; i < 4; i++) {
    assert_close(averages.item[i].volume, length * width * distance[i], 1e-12, 0.0);
    assert_close(sum_of_weights(&b, &averages.item[i]), averages.item[i].volume, 1e-14, 0.0);
  }
  assert_ptr_equal(bp_averages_find(&averages, "layer.38.1um"), &averages.item[2]);
  assert_null(bp_averages_find(&averages, "layer.38um"));
  bp_averages_free(&averages);
  bp_test_close(&b);
}

/* In curved elements the cut is linear in small wedges, three along a side. What it misses is of
 * the order of a node's move, 2 um, over 9 and of either sign. */
static void a_slab_in_curved_elements(void **state) {
  (void)state;
  static const double z[4] = {0.0, 30e-6, 60e-6, 90e-6}, distance[1] = {45e-6};
  static const int region[3] = {BP_REGION_SOLDER, BP_REGION_SOLDER, BP_REGION_SOLDER};
  const BpTestBlock block = {.nx = 8,
                             .ny = 4,
                             .nlayers = 3,
                             .size = {300e-6, 150e-6},
                             .z = z,
                             .region = region,
                             .distort = 0.08,
                             .inside_only = 1};
  BpTestBench b;
  BpAverages averages = {0};
  bp_test_open_world(bp_test_case(NULL), bp_test_block(&block), &b);
  layers(&b, "die_back", distance, 1, &averages);
  if (b.rank == 0)
    print_message("slab in curved elements: %.1e\n",
                  averages.item[0].volume / (length * width * 45e-6) - 1.0);
  assert_close(averages.item[0].volume, length * width * 45e-6, 5e-3, 0.0);
  bp_averages_free(&averages);
  bp_test_close(&b);
}

/* Beyond the straight edge of a face lies a quarter of a tube: w (l/2 d + pi d^2/4). Facets are
 * flat, so what is left is the linear cut. */
static void an_edge_has_a_quarter_of_a_tube(void **state) {
  (void)state;
  static const double distance[2] = {25e-6, 60e-6};
  BpTestBench b;
  BpAverages averages = {0};
  BpMesh *mesh = sandwich();
  keep_half(mesh, "wetted_package");
  bp_test_open_world(bp_test_case(NULL), mesh, &b);
  layers(&b, "wetted_package", distance, 2, &averages);
  for (int i = 0; i < 2; i++) {
    const double d = distance[i], exact = width * (0.5 * length * d + 0.25 * M_PI * d * d);
    if (b.rank == 0)
      print_message("tube of %g um: %.1e\n", 1e6 * d, averages.item[i].volume / exact - 1.0);
    assert_close(averages.item[i].volume, exact, 2e-3, 0.0);
  }
  bp_averages_free(&averages);
  bp_test_close(&b);
}

/* Half a cylinder that cuts through the columns, and its two parts inside and outside a circle. */
static void a_cylinder(void **state) {
  (void)state;
  const double radius = 125e-6, low = 5e-6, high = 40e-6;
  const double exact = 0.5 * M_PI * radius * radius * (high - low);
  BpTestBench b;
  BpAverages averages = {0};
  bp_test_open_world(bp_test_case(NULL), sandwich(), &b);
  const BpTube all = {{0.0}, {0.0, radius}, low, high}, inner = {{0.0}, {0.0, 70e-6}, low, high},
               outer = {{0.0}, {70e-6, radius}, low, high};
  petsc_ok(bp_averages_add_tube(b.model, &all, "cylinder", &averages));
  petsc_ok(bp_averages_add_tube(b.model, &inner, "inner", &averages));
  petsc_ok(bp_averages_add_tube(b.model, &outer, "outer", &averages));
  if (b.rank == 0)
    print_message("cylinder: %.1e; inner part: %.1e\n", averages.item[0].volume / exact - 1.0,
                  averages.item[1].volume / (exact * 0.3136) - 1.0);
  assert_close(averages.item[0].volume, exact, 5e-3, 0.0);
  /* (70/125)^2 of it; the circle is smaller, so the linear cut misses more of it */
  assert_close(averages.item[1].volume, exact * 0.3136, 1e-2, 0.0);
  assert_close(averages.item[2].volume, exact * (1.0 - 0.3136), 1e-2, 0.0);
  bp_averages_free(&averages);
  bp_test_close(&b);
}

static void names_that_are_not_there_add_nothing(void **state) {
  (void)state;
  static const double distance[1] = {25e-6};
  const char *const face = "ring_wall";
  const BpLayerSpec spec = {BP_REGION_SOLDER, &face, 1, distance, 1, "ring", 0};
  BpTestBench b;
  BpAverages averages = {0};
  bp_test_open_world(bp_test_case(NULL), sandwich(), &b);
  petsc_ok(bp_averages_add_layers(b.model, &spec, &averages));
  assert_int_equal(averages.count, 0);
  bp_averages_free(&averages);
  bp_test_close(&b);
}

/* ---- means */

/* x + 2 y + 3 z at a point, from its displacement-free position; context is the grid. */
static double linear_function(const BpPointSet *set, size_t point, const void *context) {
  double x[BP_FE_MAX_POINTS][3];
  bp_test_point_positions(context, set->cell[point / 18], x);
  const double *at = x[point % 18];
  return 1.0 + 1e4 * (at[0] + 2.0 * at[1] + 3.0 * at[2]);
}

/* The layer of 30 um is one layer of elements: nothing is cut, and the mean is that at the middle,
 * (0, w/2, 15 um). A layer of 25 um cuts them: what is inside a small wedge counts at its middle,
 * which is off by at most half of a third of the element. */
static void means_of_a_linear_function(void **state) {
  (void)state;
  static const double distance[2] = {30e-6, 25e-6};
  BpTestBench b;
  BpAverages averages = {0};
  double mean[2];
  bp_test_open_world(bp_test_case(NULL), sandwich(), &b);
  layers(&b, "wetted_package", distance, 2, &averages);
  petsc_ok(bp_averages_mean(b.model, &averages, linear_function, b.grid, mean));
  assert_close(mean[0], 1.0 + 1e4 * (2.0 * 75e-6 + 3.0 * 15e-6), 1e-12, 0.0);
  assert_close(mean[1], 1.0 + 1e4 * (2.0 * 75e-6 + 3.0 * 12.5e-6), 0.0, 3e4 * 2.5e-6);
  bp_averages_free(&averages);
  bp_test_close(&b);
}

/* ---- the layer of a real pad, against its profile */

typedef struct {
  double r0, z0, r1, z1;
} Line;

static double distance_to(const Line *line, double r, double z) {
  const double dr = line->r1 - line->r0, dz = line->z1 - line->z0;
  const double t = ((r - line->r0) * dr + (z - line->z0) * dz) / (dr * dr + dz * dz);
  const double on = fmin(1.0, fmax(0.0, t));
  return hypot(r - line->r0 - on * dr, z - line->z0 - on * dz);
}

/* Half volume of the solder within d of the lines turned about the axis, by cells of 0.25 um; their
 * share of the layer of 25 um is right to 1e-4. Solder is above the copper's profile, given as its
 * height, and within the radius of hole and ball. */
static double layer_of_revolution(const BpGeometry *g, const Line *line, int n, double d) {
  const double h = 0.25e-6;
  const int layers_of_cells = (int)ceil((g->z_rim + d) / h) + 1;
  double volume = 0.0;
  for (int k = 0; k < layers_of_cells; k++) {
    const double z = (k + 0.5) * h;
    const double outer =
        z < g->z_hole ? g->bp->package.dielectrics.hole_radius : bp_geometry_solder_radius(g, z);
    const int rings = (int)floor(outer / h + 0.5);
    for (int j = 0; j < rings; j++) {
      const double r = (j + 0.5) * h;
      double least = HUGE_VAL;
      if (z < g->z_hole && bp_geometry_region(g, r, BP_SECTOR_RING, z) != BP_REGION_SOLDER)
        continue;
      for (int i = 0; i < n; i++)
        least = fmin(least, distance_to(&line[i], r, z));
      volume += least <= d ? M_PI * r * h * h : 0.0;
    }
  }
  return volume;
}

/* The wetted profile of the default pads, in um: copper 5 thick on floors, 3.5 on walls; ring 55 to
 * 77.8, 5 high; well 115, 10 deep; hole 125. */
static const Line flat[] = {{0, 15e-6, 125e-6, 15e-6}};
static const Line embossed[] = {
    {0, 5e-6, 51.5e-6, 5e-6},         {51.5e-6, 5e-6, 51.5e-6, 10e-6},
    {51.5e-6, 10e-6, 81.3e-6, 10e-6}, {81.3e-6, 10e-6, 81.3e-6, 5e-6},
    {81.3e-6, 5e-6, 111.5e-6, 5e-6},  {111.5e-6, 5e-6, 111.5e-6, 15e-6},
    {111.5e-6, 15e-6, 125e-6, 15e-6},
};

/* Meshes of `test_average LEVELS`: levels 0 to LEVELS - 1. */
static int levels = 2;

static void layer_of_a_pad(const char *shape, int level, const Line *line, int n) {
  char *pad = bp_format("package.pad.shape=%s", shape), *of = bp_format("mesh.level=%d", level);
  const char *const overrides[] = {pad, of, NULL};
  static const double distance[2] = {10e-6, 25e-6};
  BpTestBench b;
  BpAverages averages = {0};
  BpProblems problems = {0};
  BpGeometry geometry;
  int rank;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  BpCase *bp = bp_test_case(overrides);
  assert_int_equal(bp_geometry_build(bp, &geometry, &problems), BP_OK);
  bp_test_open(PETSC_COMM_WORLD, bp, rank == 0 ? bp_test_cell(bp) : NULL, &b);
  layers(&b, "wetted_package", distance, 2, &averages);
  for (int i = 0; i < 2; i++) {
    const double exact = layer_of_revolution(&geometry, line, n, distance[i]);
    if (b.rank == 0)
      print_message("%s, level %d, %g um: %.2e\n", shape, level, 1e6 * distance[i],
                    averages.item[i].volume / exact - 1.0);
    assert_close(averages.item[i].volume, exact, 5e-3, 0.0);
  }
  bp_averages_free(&averages);
  bp_test_close(&b);
  free(pad);
  free(of);
}

/* Asked for: within 0.5 % at every level. */
static void layer_of_the_flat_pad(void **state) {
  (void)state;
  layer_of_a_pad("flat", 0, flat, BP_COUNT(flat));
}

static void layer_of_the_embossed_pad(void **state) {
  (void)state;
  layer_of_a_pad("embossed", 0, embossed, BP_COUNT(embossed));
}

static void layer_of_the_embossed_pad_refined(void **state) {
  (void)state;
  for (int level = 1; level < levels; level++)
    layer_of_a_pad("embossed", level, embossed, BP_COUNT(embossed));
}

/* ---- part by part */

static double volume_of(const BpAverages *averages, const char *name) {
  const BpAverage *average = bp_averages_find(averages, name);
  return average ? average->volume : 0.0;
}

/* Layer and sectors of a pad at level 0. */
static void sectors_of(const char *shape, BpTestBench *b, BpAverages *averages) {
  char *of = bp_format("package.pad.shape=%s", shape);
  const char *const overrides[] = {of, NULL};
  BpCase *bp = bp_test_case(overrides);
  bp_test_open_world(bp, bp_test_cell(bp), b);
  const BpPackage *p = &b->bp->package;
  const double d = 25e-6, wall = p->wiring.wall_ratio * p->wiring.thickness;
  const BpSectorSpec spec = {
      .face = "wetted_package",
      .ring = {p->pad.ring.inner_radius - wall, p->pad.ring.outer_radius + wall},
      .well = p->pad.concave_radius,
      .distance = d,
      .prefix = "layer"};
  layers(b, "wetted_package", &d, 1, averages);
  petsc_ok(bp_averages_add_sectors(b->model, &spec, averages));
  free(of);
}

/* A flat pad has a floor, a cylinder under the circle of the well, and the rest as rim. The mesh
 * has the circle between them. */
static void floor_and_rim_of_a_flat_pad(void **state) {
  (void)state;
  BpTestBench b;
  BpAverages averages = {0};
  sectors_of("flat", &b, &averages);
  const double well = b.bp->package.pad.concave_radius, floor = 0.5 * M_PI * well * well * 25e-6;
  assert_int_equal(averages.count, 3);
  assert_close(volume_of(&averages, "layer.floor"), floor, 5e-3, 0.0);
  assert_close(volume_of(&averages, "layer.rim"), volume_of(&averages, "layer.25um") - floor, 0.0,
               5e-3 * floor);
  bp_averages_free(&averages);
  bp_test_close(&b);
}

/* The five parts of an embossed pad are the layer. Over the ring's top stands a ring as thick as
 * the layer; around its edges the top has a quarter of a tube each, where these are not nearer to
 * the floor or the rim. */
static void parts_of_an_embossed_pad(void **state) {
  (void)state;
  static const char *const part[] = {"layer.rim", "layer.ring_top", "layer.floor",
                                     "layer.well_wall", "layer.ring_walls"};
  BpTestBench b;
  BpAverages averages = {0};
  double sum = 0.0;
  sectors_of("embossed", &b, &averages);
  assert_int_equal(averages.count, 6);
  for (int i = 0; i < BP_COUNT(part); i++) {
    assert_true(volume_of(&averages, part[i]) > 0.0);
    sum += volume_of(&averages, part[i]);
  }
  assert_close(sum, volume_of(&averages, "layer.25um"), 1e-12, 0.0);
  const BpPackage *p = &b.bp->package;
  const double wall = p->wiring.wall_ratio * p->wiring.thickness,
               in = p->pad.ring.inner_radius - wall, out = p->pad.ring.outer_radius + wall,
               straight = 0.5 * M_PI * (out * out - in * in) * 25e-6,
               tubes = 0.125 * M_PI * 25e-6 * 25e-6 * M_PI * (in + out);
  assert_true(volume_of(&averages, "layer.ring_top") > straight);
  assert_true(volume_of(&averages, "layer.ring_top") < straight + tubes);
  bp_averages_free(&averages);
  bp_test_close(&b);
}

/* Over each dimple stands a cylinder; around its edge the top has less than a quarter of a tube.
 * The half cell has halves of both. An island of D1 is floor. */
static void parts_of_a_pad_with_dimples(void **state) {
  (void)state;
  const char *const overrides[] = {"package.pad.shape=embossed", "package.pad.dimples={count: 2}",
                                   "package.pad.first_dielectric=[{outer_radius: 30 um}]", NULL};
  BpTestBench b;
  BpAverages averages = {0};
  double bump[2][2];
  BpCase *bp = bp_test_case(overrides);
  for (int i = 0; i < 2; i++)
    assert_true(bp_case_dimple(&bp->package, i, bump[i]));
  bp_test_open_world(bp, bp_test_cell(bp), &b);
  const double wall = bp->package.wiring.wall_ratio * bp->package.wiring.thickness,
               r = bp->package.pad.dimples.radius + wall, d = 10e-6;
  const BpSectorSpec spec = {.face = "wetted_package",
                             .ring = {0.0, bp->package.pad.dimples.circle.radius + r},
                             .bump = (const double(*)[2])bump,
                             .nbumps = 2,
                             .bump_radius = r,
                             .well = bp->package.pad.concave_radius,
                             .distance = d,
                             .prefix = "layer"};
  petsc_ok(bp_averages_add_sectors(b.model, &spec, &averages));
  assert_int_equal(averages.count, 5);
  const double straight = M_PI * r * r * d;
  const double tubes = 0.25 * M_PI * d * d * 2.0 * M_PI * (r + 4.0 * d / (3.0 * M_PI));
  assert_true(volume_of(&averages, "layer.ring_top") > 0.995 * straight);
  assert_true(volume_of(&averages, "layer.ring_top") < 1.005 * (straight + tubes));
  bp_averages_free(&averages);
  bp_test_close(&b);
}

int main(int argc, char **argv) {
  if (argc > 1)
    levels = atoi(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_slab_is_exact),
      cmocka_unit_test(a_slab_in_curved_elements),
      cmocka_unit_test(an_edge_has_a_quarter_of_a_tube),
      cmocka_unit_test(a_cylinder),
      cmocka_unit_test(names_that_are_not_there_add_nothing),
      cmocka_unit_test(means_of_a_linear_function),
      cmocka_unit_test(layer_of_the_flat_pad),
      cmocka_unit_test(layer_of_the_embossed_pad),
      cmocka_unit_test(layer_of_the_embossed_pad_refined),
      cmocka_unit_test(floor_and_rim_of_a_flat_pad),
      cmocka_unit_test(parts_of_an_embossed_pad),
      cmocka_unit_test(parts_of_a_pad_with_dimples),
  };
  return BP_TEST_MAIN(argc, argv, "average", tests);
}
