/* Every pad of the table: its circles and areas, and the mesh of its joint against closed forms. */
#include "area.h"
#include "bench.h"

#include "fe.h"
#include "mesh.h"
#include "units.h"

#include <stdlib.h>
#include <string.h>

/* One pad of the default case, with its mesh at the default level. */
typedef struct {
  const BpPad *pad;
  BpCase *bp;
  BpGeometry g;
  BpMesh *mesh;
} Joint;

static BpMesh *build(const BpGeometry *g) {
  BpProblems problems = {0};
  BpMesh *mesh = bp_mesh_build(g, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_non_null(mesh);
  return mesh;
}

static void open_joint(Joint *joint, const BpPad *pad) {
  BpProblems problems = {0};
  char *shape = bp_format("package.pad.shape=%s", pad->name);
  const char *overrides[] = {shape, NULL};
  *joint = (Joint){.pad = pad, .bp = bp_test_case(overrides)};
  assert_int_equal(bp_geometry_build(joint->bp, &joint->g, &problems), BP_OK);
  bp_problems_free(&problems);
  joint->mesh = build(&joint->g);
  free(shape);
}

static void close_joint(Joint *joint) {
  bp_mesh_free(joint->mesh);
  bp_case_free(joint->bp);
}

static double square(double x) {
  return x * x;
}

static double well_radius(const Joint *j) {
  return j->pad->has_well ? j->bp->package.pad.concave_radius : 0.0;
}

/* Radius within which a dielectric that the floor lacks is cleared. */
static double cleared_radius(const Joint *j, int film) {
  if (j->pad->floor & film)
    return 0.0;
  return j->pad->has_well ? well_radius(j) : j->bp->package.wiring.disc_radius;
}

static double well_depth(const Joint *j) {
  const BpDielectrics *d = &j->bp->package.dielectrics;
  const double deep = (j->pad->floor & BP_FILM_D1 ? 0.0 : d->first) +
                      (j->pad->floor & BP_FILM_D2 ? 0.0 : d->second);
  return j->pad->has_well ? deep : 0.0;
}

/* From the copper at the edge of the connection hole to the top of D3, which is plane. */
static double hole_depth(const Joint *j) {
  const BpDielectrics *d = &j->bp->package.dielectrics;
  const int rim = j->pad->has_well ? BP_FILM_D1 | BP_FILM_D2 : j->pad->floor;
  return d->third + (rim & BP_FILM_D1 ? 0.0 : d->first) + (rim & BP_FILM_D2 ? 0.0 : d->second);
}

/* ---- the shape */

/* Radius between low and high where the films change. */
static double bisect(const Joint *j, double low, double high) {
  const int inside = j->pad->films(&j->bp->package, low);
  while (high - low > 1e-13) {
    const double middle = 0.5 * (low + high);
    if (j->pad->films(&j->bp->package, middle) == inside)
      low = middle;
    else
      high = middle;
  }
  return 0.5 * (low + high);
}

static int on_a_circle(const Joint *j, double r) {
  double radii[BP_GEOMETRY_MAX_RADII];
  const int n = bp_geometry_radii(&j->g, radii);
  for (int i = 0; i < n; i++)
    if (fabs(radii[i] - r) < 2e-13)
      return 1;
  return 0;
}

/* Films change on circles of the plan only, so that their edges are closed, do not cross and are
 * met by the mesh. The areas of the films are those that the claims give to wells and rings. */
static void edges_are_circles_of_the_plan(void **state) {
  const Joint *j = *state;
  const BpPackage *p = &j->bp->package;
  const double disc = p->wiring.disc_radius, step = disc / 1000.0;
  double area[3] = {0}, from = 0.0;
  int last = j->pad->films(p, 0.0);
  for (int i = 1; i <= 1000; i++) {
    const double r = i * step - 1e-9; /* off the round numbers, inside the disc */
    const int here = j->pad->films(p, r);
    assert_in_range(here, 0, BP_FILM_D1 | BP_FILM_D2 | BP_FILM_RING);
    if (here == last && i < 1000)
      continue;
    const double edge = here == last ? disc : bisect(j, r - step, r);
    assert_true(here == last || on_a_circle(j, edge));
    for (int film = 0; film < 3; film++)
      area[film] += last & (1 << film) ? M_PI * (edge * edge - from * from) : 0.0;
    from = edge;
    last = here;
  }
  assert_int_equal(last, j->pad->has_well ? BP_FILM_D1 | BP_FILM_D2 : j->pad->floor);
  const BpRing *ring = &p->pad.ring;
  const double raised = square(ring->outer_radius) - square(ring->inner_radius);
  for (int film = 0; film < 2; film++) {
    const double cleared = square(cleared_radius(j, 1 << film));
    assert_close(area[film], M_PI * (disc * disc - cleared), 1e-8, 1e-20);
  }
  assert_close(area[2], j->pad->has_ring ? M_PI * raised : 0.0, 1e-8, 0.0);
}

static void names_and_flags(void **state) {
  const Joint *j = *state;
  assert_ptr_equal(bp_pad_find(j->pad->name), j->pad);
  assert_true(j->pad->title[0] != 0);
  int same = 0;
  for (int i = 0; bp_pads[i]; i++)
    same += strcmp(bp_pads[i]->name, j->pad->name) == 0;
  assert_int_equal(same, 1);
}

/* ---- volumes */

/* Copper that stands on side walls, half joint. */
static double wall_copper(const Joint *j) {
  const BpPackage *p = &j->bp->package;
  const BpRing *ring = &p->pad.ring;
  const double w = p->wiring.wall_ratio * p->wiring.thickness, rc = p->pad.concave_radius;
  double volume = 0.0;
  volume += (square(rc) - square(rc - w)) * well_depth(j);
  if (j->pad->has_ring)
    volume += ring->height * (square(ring->inner_radius) - square(ring->inner_radius - w) +
                              square(ring->outer_radius + w) - square(ring->outer_radius));
  return 0.5 * M_PI * volume;
}

/* Half cell, from the case's numbers alone. */
static void closed_forms(const Joint *j, double volume[BP_REGIONS]) {
  const BpPackage *p = &j->bp->package;
  const BpDielectrics *d = &p->dielectrics;
  const BpBoard *b = &p->board;
  const BpRing *ring = &p->pad.ring;
  const double cell = 0.5 * square(p->pitch), t = p->wiring.thickness;
  const double disc = 0.5 * M_PI * square(p->wiring.disc_radius),
               hole = 0.5 * M_PI * square(d->hole_radius);
  const double raised = j->pad->has_ring
                            ? 0.5 * M_PI * (square(ring->outer_radius) - square(ring->inner_radius))
                            : 0.0;
  volume[BP_REGION_DIE] = cell * p->die.thickness;
  volume[BP_REGION_PASSIVATION] = cell * p->passivation_thickness;
  volume[BP_REGION_DIELECTRIC1] =
      (cell - 0.5 * M_PI * square(cleared_radius(j, BP_FILM_D1))) * d->first;
  volume[BP_REGION_DIELECTRIC2] =
      (cell - 0.5 * M_PI * square(cleared_radius(j, BP_FILM_D2))) * d->second +
      raised * ring->height;
  volume[BP_REGION_WIRING] = disc * t + wall_copper(j);
  volume[BP_REGION_DIELECTRIC3] = (disc - hole) * hole_depth(j) + (cell - disc) * (d->third + t);
  volume[BP_REGION_SOLDER] =
      0.5 * (M_PI / 6.0 * p->ball.diameter * square(p->ball.diameter) + p->ball.paste_volume);
  volume[BP_REGION_BOARD_PAD] = 0.5 * M_PI * square(b->pad_radius) * b->pad_thickness;
  volume[BP_REGION_MASK] = (cell - 0.5 * M_PI * square(b->mask_opening_radius)) * b->mask_thickness;
  volume[BP_REGION_BOARD] = cell * b->thickness;
}

/* 16 quadratic arcs on a circle miss 5e-5 of a disc's area. */
static void every_region_has_its_volume(void **state) {
  const Joint *j = *state;
  BpProblems problems = {0};
  BpMeshReport report;
  double exact[BP_REGIONS] = {0};
  closed_forms(j, exact);
  assert_int_equal(bp_mesh_check(j->mesh, &j->g, &report, &problems), BP_OK);
  assert_int_equal(problems.count, 0);
  for (int i = 0; i < BP_REGIONS; i++) {
    assert_close(report.volume[i], exact[i], 1e-4, 0.0);
    assert_close(report.exact[i], exact[i], 1e-12, 0.0);
  }
  assert_true(report.volume_error < 1e-4);
  assert_true(report.min_quality > 0.3);
  assert_int_equal(report.ncells, j->mesh->cells.count);
  assert_int_equal(report.nnodes, j->mesh->nnodes);
}

static void cell_nodes(const BpMesh *mesh, int cell, double xyz[15][3]) {
  for (int n = 0; n < 15; n++)
    memcpy(xyz[n], mesh->xyz + 3 * (size_t)mesh->cells.node[mesh->cells.start[cell] + n],
           sizeof xyz[n]);
}

/* The bound holds over the whole curved wedge: a positive one leaves no place where it folds. */
static void every_wedge_is_valid(void **state) {
  const Joint *j = *state;
  BpJacobianBound bound;
  int used[BP_REGIONS] = {0};
  bp_jacobian_bound_init(bp_element(BP_CELL_WEDGE15), &bound);
  for (int c = 0; c < j->mesh->cells.count; c++) {
    double xyz[15][3], lower, upper;
    cell_nodes(j->mesh, c, xyz);
    bp_jacobian_bounds(&bound, (const double(*)[3])xyz, &lower, &upper);
    assert_true(lower > 0.0 && upper >= lower);
    assert_int_equal(j->mesh->cells.type[c], BP_CELL_WEDGE15);
    used[bp_region_find(j->mesh->region[j->mesh->cells.group[c]])]++;
  }
  for (int i = 0; i < BP_REGIONS; i++)
    assert_int_equal(used[i] > 0, bp_region_is_there(&j->bp->package, i));
}

/* ---- faces */

/* Half joint: plan of the hole and the cylinders of the copper's outer faces. */
static double wetted(const Joint *j) {
  const BpPackage *p = &j->bp->package;
  const BpRing *ring = &p->pad.ring;
  const double w = p->wiring.wall_ratio * p->wiring.thickness;
  double area = M_PI * square(p->dielectrics.hole_radius);
  area += 2 * M_PI * (p->pad.concave_radius - w) * well_depth(j);
  if (j->pad->has_ring)
    area += 2 * M_PI * (ring->inner_radius - w + ring->outer_radius + w) * ring->height;
  return 0.5 * area;
}

/* What the mirror plane cuts: the package and the board over the whole pitch, the solder's profile
 * (a circle's zone), the board pad and the mask on both sides of it. */
static double cut_area(const Joint *j) {
  const BpPackage *p = &j->bp->package;
  const BpDielectrics *d = &p->dielectrics;
  const BpBoard *b = &p->board;
  const double package = p->die.thickness + p->passivation_thickness + d->first + d->second +
                         p->wiring.thickness + d->third;
  const double R = j->g.sphere_radius, low = j->g.z_hole - j->g.sphere_center,
               high = j->g.z_pad - j->g.sphere_center;
  const double zone = high * sqrt(R * R - high * high) + R * R * asin(high / R) -
                      low * sqrt(R * R - low * low) - R * R * asin(low / R);
  return p->pitch * (package + b->thickness) + zone + 2 * b->pad_radius * b->pad_thickness +
         (p->pitch - 2 * b->mask_opening_radius) * b->mask_thickness;
}

/* 16 quadratic arcs err by 5e-5 in areas and by less in lengths. */
static void named_faces_have_their_areas(void **state) {
  const Joint *j = *state;
  const BpPackage *p = &j->bp->package;
  const BpDielectrics *d = &p->dielectrics;
  const BpBoard *b = &p->board;
  const BpRing *ring = &p->pad.ring;
  const double cell = 0.5 * square(p->pitch), side = 2.0 * p->pitch;
  const double package = p->die.thickness + p->passivation_thickness + d->first + d->second +
                         p->wiring.thickness + d->third;
  const struct {
    const char *name;
    double area;
  } face[] = {
      {BP_DIE_BACK, cell},
      {BP_BOARD_BACK, cell},
      {BP_SIDE_DIE, side * package},
      {BP_SIDE_BOARD, side * (b->thickness + b->mask_thickness)},
      {BP_MIRROR, cut_area(j)},
      {BP_WETTED_PACKAGE, wetted(j)},
      {BP_WETTED_BOARD, 0.5 * M_PI * square(b->pad_radius)},
      {BP_HOLE_EDGE, M_PI * d->hole_radius * hole_depth(j)},
      {BP_WELL_WALL, M_PI * well_radius(j) * well_depth(j)},
      {BP_RING_WALL,
       j->pad->has_ring ? M_PI * (ring->inner_radius + ring->outer_radius) * ring->height : 0.0},
  };
  for (int i = 0; i < BP_COUNT(face); i++) {
    assert_int_equal(bp_mesh_find_boundary(j->mesh, face[i].name) >= 0, face[i].area > 0.0);
    assert_close(bp_test_area(j->mesh, face[i].name), face[i].area, 1e-4, 0.0);
  }
  int named = 0;
  for (int i = 0; i < BP_COUNT(face); i++)
    named += face[i].area > 0.0;
  assert_int_equal(j->mesh->nboundaries, named);
  double area, path;
  bp_geometry_wetted(&j->g, &area, &path);
  assert_close(0.5 * area, wetted(j), 1e-12, 0.0);
}

/* ---- circles */

/* Where a circle of the plan is at a height: the joint's columns widen with the solder. */
static double radius_at(const Joint *j, double r, double z) {
  const double hole = j->bp->package.dielectrics.hole_radius,
               mask = j->bp->package.board.mask_opening_radius;
  if (z < j->g.z_hole + 1e-12 || r > mask - 1e-12)
    return r;
  const double edge = z < j->g.z_pad - 1e-12
                          ? sqrt(square(j->g.sphere_radius) - square(z - j->g.sphere_center))
                          : j->bp->package.board.pad_radius;
  return r < hole + 1e-12 ? r * edge / hole : edge + (r - hole) * (mask - edge) / (mask - hole);
}

/* Index of the plan's circle that a node lies on, to 1e-12 m, -1 if none. */
static int circle_of(const Joint *j, const double *radii, int n, const double *x) {
  for (int i = 0; i < n; i++)
    if (fabs(hypot(x[0], x[1]) - radius_at(j, radii[i], x[2])) < 1e-12)
      return i;
  return -1;
}

/* Nodes of the middle of edges along circles, on the outline of hole, solder and pad too. Nodes
 * half-way up a layer are not meant. */
static void middles_lie_on_true_circles(void **state) {
  const Joint *j = *state;
  const BpCellInfo *info = bp_cell_info(BP_CELL_WEDGE15);
  BpPlanSpec spec;
  int along[BP_PLAN_MAX_CIRCLES] = {0};
  bp_plan_spec(&j->g, &spec);
  for (int c = 0; c < j->mesh->cells.count; c++) {
    const int *node = j->mesh->cells.node + j->mesh->cells.start[c];
    for (int e = 0; e < 6; e++) {
      const double *a = j->mesh->xyz + 3 * (size_t)node[info->edge[e][0]],
                   *b = j->mesh->xyz + 3 * (size_t)node[info->edge[e][1]],
                   *m = j->mesh->xyz + 3 * (size_t)node[6 + e];
      const int ca = circle_of(j, spec.radius, spec.ncircles, a),
                cb = circle_of(j, spec.radius, spec.ncircles, b);
      if (ca < 0 || ca != cb)
        continue;
      if (hypot(a[0] - b[0], a[1] - b[1]) > 1.01 * M_PI * hypot(a[0], a[1]) / spec.arcs)
        continue; /* a chord through the core */
      assert_int_equal(circle_of(j, spec.radius, spec.ncircles, m), ca);
      along[ca]++;
    }
  }
  for (int i = 0; i < spec.ncircles; i++)
    assert_true(along[i] >= 2 * spec.arcs); /* at least on two levels */
}

/* ---- the whole */

static void the_mesh_conforms(void **state) {
  const Joint *j = *state;
  BpProblems problems = {0};
  assert_int_equal(bp_mesh_conforms(j->mesh, "pad", &problems), BP_OK);
  bp_problems_print(&problems, stderr);
  assert_int_equal(problems.count, 0);
  bp_problems_free(&problems);
}

static void assert_same_cells(const BpCellList *a, const BpCellList *b) {
  assert_int_equal(a->count, b->count);
  const size_t n = (size_t)a->count;
  assert_memory_equal(a->start, b->start, (n + 1) * sizeof a->start[0]);
  assert_memory_equal(a->node, b->node, (size_t)a->start[n] * sizeof a->node[0]);
  assert_memory_equal(a->group, b->group, n * sizeof a->group[0]);
  assert_memory_equal(a->type, b->type, n * sizeof a->type[0]);
}

static void the_same_mesh_twice(void **state) {
  const Joint *j = *state;
  BpMesh *again = build(&j->g);
  assert_int_equal(again->nnodes, j->mesh->nnodes);
  assert_memory_equal(again->xyz, j->mesh->xyz, 3 * (size_t)again->nnodes * sizeof again->xyz[0]);
  assert_same_cells(&again->cells, &j->mesh->cells);
  assert_same_cells(&again->faces, &j->mesh->faces);
  assert_int_equal(again->nboundaries, j->mesh->nboundaries);
  for (int i = 0; i < again->nboundaries; i++)
    assert_string_equal(again->boundary[i], j->mesh->boundary[i]);
  bp_mesh_free(again);
}

/* ---- pads against each other */

/* The ball rule of the comparison: pads differ in stand-off, not in the amount of solder. */
static void all_pads_hold_the_same_solder(void **state) {
  const Joint *joint = *state;
  double first = 0.0;
  for (int i = 0; bp_pads[i]; i++) {
    BpProblems problems = {0};
    BpMeshReport report;
    assert_int_equal(bp_mesh_check(joint[i].mesh, &joint[i].g, &report, &problems), BP_OK);
    if (i == 0)
      first = report.volume[BP_REGION_SOLDER];
    assert_close(report.volume[BP_REGION_SOLDER], first, 1e-4, 0.0);
  }
}

static int free_units(void **state) {
  (void)state;
  bp_units_free();
  return 0;
}

int main(void) {
  static const struct {
    const char *name;
    CMUnitTestFunction function;
  } each[] = {
      {"names and flags", names_and_flags},
      {"edges are circles of the plan", edges_are_circles_of_the_plan},
      {"every region has its volume", every_region_has_its_volume},
      {"every wedge is valid", every_wedge_is_valid},
      {"named faces have their areas", named_faces_have_their_areas},
      {"middles lie on true circles", middles_lie_on_true_circles},
      {"the mesh conforms", the_mesh_conforms},
      {"the same mesh twice", the_same_mesh_twice},
  };
  int pads = 0, n = 0;
  while (bp_pads[pads])
    pads++;
  Joint *joint = BP_NEW(Joint, pads);
  struct CMUnitTest *tests = BP_NEW(struct CMUnitTest, pads * BP_COUNT(each) + 1);
  char **label = BP_NEW(char *, pads *BP_COUNT(each));
  for (int i = 0; i < pads; i++) {
    open_joint(&joint[i], bp_pads[i]);
    for (int k = 0; k < BP_COUNT(each); k++, n++) {
      label[n] = bp_format("%s/%s", bp_pads[i]->name, each[k].name);
      tests[n] = (struct CMUnitTest){
          .name = label[n], .test_func = each[k].function, .initial_state = &joint[i]};
    }
  }
  tests[n] = (struct CMUnitTest){.name = "all pads hold the same solder",
                                 .test_func = all_pads_hold_the_same_solder,
                                 .initial_state = joint};
  const int failed = _cmocka_run_group_tests("pads", tests, (size_t)n + 1, NULL, free_units);
  for (int i = 0; i < n; i++)
    free(label[i]);
  for (int i = 0; i < pads; i++)
    close_joint(&joint[i]);
  free(label);
  free(tests);
  free(joint);
  return failed || pads < 7;
}
