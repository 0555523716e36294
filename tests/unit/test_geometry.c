/* The process stack: every refusal with its words, films and regions against a table made by hand,
 * the solder's shape against a bisection of the test's own. */
#include "built.h"

#include "mesh.h"

#include <stdlib.h>
#include <string.h>

#define UM 1e-6

static BpCase *case_of(const char *shape, const char *one, const char *two) {
  char *key = bp_format("package.pad.shape=%s", shape);
  const char *overrides[] = {key, one, two, NULL};
  BpCase *bp = bp_test_case(overrides);
  free(key);
  return bp;
}

static BpCase *built(const char *shape, const char *one, BpGeometry *g) {
  BpProblems problems = {0};
  BpCase *bp = case_of(shape, one, NULL);
  const BpStatus status = bp_geometry_build(bp, g, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_int_equal(status, BP_OK);
  return bp;
}

/* ---- refusals */

#define GAPS  "package.pad.ring.gaps."
#define RINGS "package.pad.further_rings="
#define FIRST "package.pad.first_dielectric="

typedef struct {
  const char *shape, *one, *two; /* pad and overrides */
  const char *text;              /* the message's part that matters */
} Refusal;

static const Refusal refusals[] = {
    {"ring", NULL, NULL,
     "unknown pad shape 'ring'; use one of flat, flat_d1, "
     "flat_bare, concave, convex, convex_d1, embossed"},
    {"concave", "package.pad.concave.radius=125 um", NULL,
     "the concave (radius 125 um) is not inside the connection hole (125 um); reduce "
     "concave.radius or raise third.hole_radius"},
    {"convex", "package.pad.ring.inner_radius=3 um", NULL,
     "the copper on the ring's inner wall (3.5 um) closes the ring's inside; raise inner_radius "
     "above 3.5 um, or write 0 um for a disc"},
    {"embossed", "package.pad.ring.outer_radius=118 um", NULL,
     "the ring (outer radius 118 um) is outside the concave (115 um); reduce outer_radius or raise "
     "concave.radius"},
    {"embossed", "package.pad.ring.outer_radius=110 um", NULL,
     "no floor is left between the wall copper of ring (110 um) and concave (115 um); reduce "
     "outer_radius below 108 um"},
    {"convex", "package.pad.ring.outer_radius=122 um", NULL,
     "the ring (outer radius 122 um) is wider than the pad (connection hole radius 125 um); reduce "
     "outer_radius below 121.5 um"},
    {"convex", "package.pad.ring.height=6 um", NULL,
     "the copper on the ring rises to 21 um, above the third dielectric (20 um); reduce "
     "ring.height or raise third.thickness"},
    {"embossed", "package.pad.ring.height=5.01 um", NULL,
     "films end at heights 10 and 10.01 um, less than 20 nm apart, which no mesh can carry; make "
     "them equal"},
    {"flat", "mesh.extra_radii=[55.01 um]", NULL,
     "circles of radius 55 and 55.01 um are less than 20 nm apart, which no mesh can carry; make "
     "them equal"},
    {"flat", "mesh.extra_radii=[245 um]", NULL,
     "a circle of radius 245 um does not fit in the cell of 500 um, where 240 um are left for "
     "circles; raise pitch"},
    {"flat", "package.board.mask_opening_radius=120 um", "package.board.pad_radius=110 um",
     "the mask opening (120 um) must be wider than the connection hole (125 um)"},
    {"flat", "package.ball.diameter=50 um", NULL,
     "the solder (6.545e-05 mm3) does not fill the connection hole (0.0002454 mm3) and cannot "
     "reach the board pad; raise ball.diameter or ball.paste_volume"},
    {"flat", "package.ball.diameter=80 um", NULL,
     "the solder (0.0002681 mm3) cannot reach the board pad: it would stand only 0.461 um high "
     "between pads of radius 125 and 125 um; raise ball.diameter"},
    {"convex", "package.ball.rule=equal_standoff", "package.ball.standoff=6 um",
     "no joint between pads of radius 125 and 125 um stands only 6 um high; raise ball.standoff to "
     "6.25 um"},
    {"convex", "package.ball.rule=equal_standoff", "package.ball.standoff=450 um",
     "um wide at a pitch of 500 um; reduce ball.standoff or raise pitch"},
    {"embossed", GAPS "count=2", "package.pad.ring.inner_radius=0 um",
     "a disc (ring.inner_radius 0 um) has no gaps; remove them or raise inner_radius"},
    {"flat", "package.ball.diameter=500 um", NULL,
     "um wide at a pitch of 500 um; reduce ball.diameter or raise pitch"},
    {"flat", "package.board.mask_thickness=60 um", "package.board.mask_opening_radius=130 um",
     "the solder runs into the mask (60 um thick, pad 25 um); reduce mask_thickness or raise "
     "mask_opening_radius"},
    {"embossed", GAPS "count=4", GAPS "angle=90 deg",
     "4 gaps of 90 deg leave nothing of the ring; reduce gaps.angle below 90 deg"},
    {"convex", GAPS "count=1", GAPS "angle=6 deg",
     "the copper on the faces of a gap of 6 deg closes the ring; raise gaps.angle above 6.04022 "
     "deg"},
    {"embossed", "package.pad.ring.gaps={count: 3, orientation: 10 deg}", "model.symmetry=half",
     "3 gaps turned by 10 deg are not alike on both sides of y = 0, where the half cell is cut; "
     "turn them by 0 or 60 deg, or leave model.symmetry away"},
    {"embossed", "package.pad.ring.gaps={count: 2, orientation: -100 deg}", "model.symmetry=half",
     "2 gaps turned by -100 deg are not alike on both sides of y = 0, where the half cell is cut; "
     "turn them by -180 or -90 deg, or leave model.symmetry away"},
    {"embossed", GAPS "count=24", GAPS "angle=14.99 deg",
     "faces of gaps at angles of 7.495 and 7.505 deg are less than 20 nm apart, which no mesh can "
     "carry; change gaps.angle"},
    {"embossed", RINGS "[{inner_radius: 20 um, outer_radius: 48.5 um}]", NULL,
     "rings of radius 55 to 77.8 um and 20 to 48.5 um overlap or leave no floor between their wall "
     "copper; part them by more than 7 um"},
    {"embossed", RINGS "[{inner_radius: 60 um, outer_radius: 70 um}]", NULL, "overlap or leave no"},
    {"embossed", RINGS "[{inner_radius: 2 um, outer_radius: 30 um}]", NULL,
     "the copper on the ring's inner wall (3.5 um) closes the ring's inside"},
    {"embossed", RINGS "[{inner_radius: 90 um, outer_radius: 110 um}]", NULL,
     "no floor is left between the wall copper of ring (110 um) and concave (115 um)"},
    {"embossed", FIRST "[{outer_radius: 116 um}]", NULL,
     "D1 on the floor (outer radius 116 um) is wider than the concave (115 um); reduce "
     "outer_radius or raise concave.radius"},
    {"concave", FIRST "[{outer_radius: 50 um}, {inner_radius: 40 um, outer_radius: 60 um}]", NULL,
     "D1 of radius 0 to 50 um and of 40 to 60 um overlap; write one of them"},
    {"embossed", FIRST "[{outer_radius: 55 um}]", NULL,
     "no step is left inside the ring of radius 55 to 77.8 um: the copper on it rises to 10 um and "
     "the one beside it to 10 um; raise ring.height or let D1 reach under the ring"},
    {"embossed", FIRST "[{outer_radius: 50 um}]", NULL, /* copper fills the groove */
     "no step is left inside the ring of radius 55 to 77.8 um"},
    {"embossed", FIRST "[{inner_radius: 77.8 um, outer_radius: 115 um}]",
     "package.pad.ring.height=4 um",
     "no step is left outside the ring of radius 55 to 77.8 um: the copper on it rises to 10 um "
     "and the one beside it to 10 um"},
    {"embossed", "package.pad.ring.inner_radius=3.51 um", NULL,
     "a circle has a radius of 0.01 um, less than the 20 nm that a mesh can carry; make it larger "
     "or a disc"},
    {"flat",
     RINGS "[{outer_radius: 1 um}, {outer_radius: 2 um}, {outer_radius: 3 um}, {outer_radius: 4 "
           "um}, {outer_radius: 5 um}]",
     NULL, "package.pad.further_rings has 5 entries; at most 4 are possible"},
};

static void refuse(const Refusal *r) {
  BpProblems problems = {0};
  BpGeometry g;
  BpCase *bp = case_of(r->shape, r->one, r->two);
  assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_BAD);
  const char *found = NULL, *text = "";
  for (int i = 0; i < problems.count; i++) { /* two films may be too close at two places */
    assert_int_equal(problems.item[i].code, BP_EXIT_CASE);
    text = problems.item[i].text;
    if (!found && strstr(text, r->text))
      found = text;
  }
  if (!found)
    print_error("'%s' is not '%s'\n", text, r->text);
  assert_non_null(found);
  assert_true(strncmp(found, "--set ", 6) == 0 || strstr(found, "default.yaml:")); /* its place */
  bp_problems_free(&problems);
  bp_case_free(bp);
}

static void every_refusal_has_its_words(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(refusals); i++)
    refuse(&refusals[i]);
}

/* ---- films and regions of the default package, um */

typedef struct {
  const char *shape;
  double r, d1, d2, copper, d3; /* upper faces */
} Film;

/* t1 = t2 = t_m = t3 = 5, wall copper 3.5, ring 55 to 77.8 and 5 high, well 115, hole 125, disc
 * 135. */
static const Film films[] = {
    {"flat", 0, 5, 10, 15, 15},        {"flat", 60, 5, 10, 15, 15},
    {"flat", 130, 5, 10, 15, 20},      {"flat", 200, 5, 10, 10, 20},
    {"concave", 50, 0, 0, 5, 5},       {"concave", 112, 0, 0, 15, 15},
    {"concave", 120, 5, 10, 15, 15},   {"concave", 130, 5, 10, 15, 20},
    {"concave", 200, 5, 10, 10, 20},   {"convex", 20, 5, 10, 15, 15},
    {"convex", 53, 5, 10, 20, 20},     {"convex", 60, 5, 15, 20, 20},
    {"convex", 79, 5, 10, 20, 20},     {"convex", 100, 5, 10, 15, 15},
    {"convex", 130, 5, 10, 15, 20},    {"flat_d1", 0, 5, 5, 10, 10},
    {"flat_d1", 120, 5, 5, 10, 10},    {"flat_d1", 134, 5, 5, 10, 20},
    {"flat_d1", 136, 5, 10, 10, 20},   {"flat_bare", 60, 0, 0, 5, 5},
    {"flat_bare", 134, 0, 0, 5, 20},   {"flat_bare", 136, 5, 10, 10, 20},
    {"convex_d1", 20, 5, 5, 10, 10},   {"convex_d1", 53, 5, 5, 15, 15},
    {"convex_d1", 60, 5, 10, 15, 15},  {"convex_d1", 113, 5, 5, 15, 15},
    {"convex_d1", 120, 5, 10, 15, 15}, {"embossed", 20, 0, 0, 5, 5},
    {"embossed", 53, 0, 0, 10, 10},    {"embossed", 60, 0, 5, 10, 10},
    {"embossed", 79, 0, 0, 10, 10},    {"embossed", 100, 0, 0, 5, 5},
    {"embossed", 113, 0, 0, 15, 15},   {"embossed", 120, 5, 10, 15, 15},
    {"embossed", 130, 5, 10, 15, 20},  {"embossed", 200, 5, 10, 10, 20},
};

static void films_stand_where_the_claims_say(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(films); i++) {
    const Film *f = &films[i];
    BpGeometry g;
    BpCase *bp = built(f->shape, NULL, &g);
    const BpColumn c = bp_geometry_column(&g, f->r * UM, BP_SECTOR_RING);
    assert_close(c.d1, f->d1 * UM, 1e-12, 1e-18);
    assert_close(c.d2, f->d2 * UM, 1e-12, 1e-18);
    assert_close(c.copper, f->copper * UM, 1e-12, 0.0);
    assert_close(c.d3, f->d3 * UM, 1e-12, 0.0);
    assert_close(g.z_rim, 15 * UM, 1e-12, 0.0);
    assert_close(g.z_hole, 20 * UM, 1e-12, 0.0);
    bp_case_free(bp);
  }
}

typedef struct {
  double r, z; /* um; z above 100 counts from the board pad's face at 1000 */
  int region;
} Place;

static const Place places[] = {
    {10, -100, BP_REGION_DIE},
    {10, -0.4, BP_REGION_PASSIVATION},
    {60, 2, BP_REGION_DIELECTRIC2},
    {60, 7, BP_REGION_WIRING},
    {60, 12, BP_REGION_SOLDER},
    {100, 2, BP_REGION_WIRING},
    {100, 7, BP_REGION_SOLDER},
    {113, 12, BP_REGION_WIRING},
    {120, 2, BP_REGION_DIELECTRIC1},
    {120, 7, BP_REGION_DIELECTRIC2},
    {120, 12, BP_REGION_WIRING},
    {120, 17, BP_REGION_SOLDER},
    {130, 17, BP_REGION_DIELECTRIC3},
    {200, 12, BP_REGION_DIELECTRIC3},
    {100, 60, BP_REGION_SOLDER},
    {130, 60, -1},
    {200, 60, -1},
    {100, 1010, BP_REGION_BOARD_PAD},
    {150, 1010, -1},
    {200, 1003, -1},
    {200, 1010, BP_REGION_MASK},
    {10, 1100, BP_REGION_BOARD},
    {200, 1100, BP_REGION_BOARD},
    {10, -400, -1},
    {10, 3000, -1},
};

static void regions_of_the_embossed_joint(void **state) {
  (void)state;
  BpGeometry g;
  BpCase *bp = built("embossed", NULL, &g);
  for (int i = 0; i < BP_COUNT(places); i++) {
    const Place *p = &places[i];
    const double z = p->z > 100 ? g.z_pad + (p->z - 1000) * UM : p->z * UM;
    assert_int_equal(bp_geometry_region(&g, p->r * UM, BP_SECTOR_RING, z), p->region);
  }
  assert_close(g.z_board - g.z_pad, 25 * UM, 1e-10, 0.0);
  assert_close(g.z_board - g.z_mask, 20 * UM, 1e-10, 0.0);
  assert_close(g.z_end - g.z_board, 1000 * UM, 1e-12, 0.0);
  assert_close(g.z_chip - g.z_back, 350 * UM, 1e-12, 0.0);
  bp_case_free(bp);
}

/* ---- solder */

/* Volume of the zone of a sphere, which grows with its height (Bronstein, section 3.3). */
static double zone_height(double volume, double a, double b) {
  double low = 0.0, high = 1e-2;
  for (int i = 0; i < 200; i++) {
    const double h = 0.5 * (low + high);
    if (M_PI * h * (3 * a * a + 3 * b * b + h * h) / 6 < volume)
      low = h;
    else
      high = h;
  }
  return low;
}

/* Solder below the plane of the hole's edge, from the dimensions. */
static double fill(const char *shape, const BpPackage *p) {
  const double w = p->wiring.wall_ratio * p->wiring.thickness, rh = p->dielectrics.hole_radius,
               well = p->pad.concave_radius - w, in = p->pad.ring.inner_radius - w,
               out = p->pad.ring.outer_radius + w;
  const double t1 = p->dielectrics.first, t2 = p->dielectrics.second;
  const struct {
    const char *shape;
    double below, deep; /* floor of the hole below the rim of flat, of the well below its rim */
    int has_ring;
  } form[] = {{"flat", 0, 0, 0},          {"flat_d1", t2, 0, 0}, {"flat_bare", t1 + t2, 0, 0},
              {"concave", 0, t1 + t2, 0}, {"convex", 0, 0, 1},   {"convex_d1", 0, t2, 1},
              {"embossed", 0, t1 + t2, 1}};
  int i = 0;
  while (strcmp(form[i].shape, shape) != 0)
    i++;
  double v = M_PI * rh * rh * (p->dielectrics.third + form[i].below);
  v += M_PI * well * well * form[i].deep;
  if (form[i].has_ring)
    v -= M_PI * (out * out - in * in) * p->pad.ring.height;
  return v;
}

static void check_solder(const char *shape, const char *override) {
  BpGeometry g;
  BpCase *bp = built(shape, override, &g);
  const BpPackage *p = &bp->package;
  const double d = p->ball.diameter, a = p->dielectrics.hole_radius, b = p->board.pad_radius;
  const double zone = M_PI * d * d * d / 6 + p->ball.paste_volume - fill(shape, p);
  assert_close(g.standoff, zone_height(zone, a, b), 1e-10, 0.0);
  assert_close(g.z_pad, g.z_hole + g.standoff, 1e-14, 0.0);
  assert_close(bp_geometry_solder_radius(&g, g.z_hole), a, 1e-11, 0.0);
  assert_close(bp_geometry_solder_radius(&g, g.z_pad), b, 1e-11, 0.0);
  const double middle = bp_geometry_solder_radius(&g, g.z_hole + 0.5 * g.standoff);
  /* Simpson's rule, exact because the square of the radius is quadratic in z */
  assert_close(M_PI * g.standoff * (a * a + 4 * middle * middle + b * b) / 6, zone, 1e-11, 0.0);
  bp_case_free(bp);
}

static void solder_keeps_its_volume(void **state) {
  (void)state;
  for (int i = 0; bp_pads[i]; i++) {
    check_solder(bp_pads[i]->name, NULL);
    check_solder(bp_pads[i]->name, "package.ball.diameter=250 um");
    check_solder(bp_pads[i]->name, "package.ball.paste_volume=0.002 mm3");
    check_solder(bp_pads[i]->name, "package.board.pad_radius=150 um");
    check_solder(bp_pads[i]->name, "package.board.pad_radius=90 um");
  }
}

/* Cylinders of the copper's outer faces, added to the plan's circle. */
static void wetted_area_and_path(void **state) {
  (void)state;
  static const char *const shape[] = {"flat",   "flat_d1",   "flat_bare", "concave",
                                      "convex", "convex_d1", "embossed"};
  const double hole = M_PI * 125 * 125, well = 2 * M_PI * 111.5 * 10,
               ring = 2 * M_PI * (51.5 + 81.3) * 5;
  const double area[] = {
      hole, hole, hole, hole + well, hole + ring, hole + 0.5 * well + ring, hole + well + ring};
  const double path[] = {250, 250, 250, 270, 270, 280, 290};
  for (int i = 0; i < BP_COUNT(shape); i++) {
    BpGeometry g;
    double is_area, is_path;
    BpCase *bp = built(shape[i], NULL, &g);
    bp_geometry_wetted(&g, &is_area, &is_path);
    assert_close(is_area, area[i] * UM * UM, 1e-12, 0.0);
    assert_close(is_path, path[i] * UM, 1e-12, 0.0);
    bp_case_free(bp);
  }
}

/* ---- the map of the columns, circles, levels */

static void check_map(const BpGeometry *g, double z, double edge) {
  const double hole = 125 * UM, mask = 175 * UM;
  assert_close(bp_geometry_map(g, hole, z), edge, 1e-11, 0.0);
  assert_close(bp_geometry_map(g, 0.5 * hole, z), 0.5 * edge, 1e-11, 0.0);
  assert_close(bp_geometry_map(g, mask, z), mask, 1e-12, 0.0);
  assert_close(bp_geometry_map(g, 240 * UM, z), 240 * UM, 1e-12, 0.0);
  double last = 0.0;
  for (int i = 1; i <= 500; i++) {
    const double here = bp_geometry_map(g, 0.5 * i * UM, z);
    assert_true(here > last);
    assert_true(here - last < 1.5 * UM); /* no jump */
    last = here;
  }
}

static void columns_follow_the_solder(void **state) {
  (void)state;
  BpGeometry g;
  BpCase *bp = built("embossed", "package.board.pad_radius=110 um", &g);
  check_map(&g, -20 * UM, 125 * UM);
  check_map(&g, 12 * UM, 125 * UM);
  check_map(&g, g.z_hole, 125 * UM);
  const double z = g.z_hole + 0.4 * g.standoff, d = z - g.sphere_center;
  check_map(&g, z, sqrt(g.sphere_radius * g.sphere_radius - d * d));
  check_map(&g, g.z_pad, 110 * UM);
  check_map(&g, g.z_pad + 100 * UM, 110 * UM);
  bp_case_free(bp);
}

static int find(const double *v, int n, double wanted) {
  for (int i = 0; i < n; i++)
    if (fabs(v[i] - wanted) < 1e-12)
      return 1;
  return 0;
}

/* Every shape's plan has the circles of all, so that compared pads share the planar mesh. */
static void circles_are_those_of_every_shape(void **state) {
  (void)state;
  const double circle[] = {51.5, 55, 77.8, 81.3, 100, 111.5, 115, 125, 135, 175};
  for (int i = 0; bp_pads[i]; i++) {
    BpGeometry g;
    double radii[BP_GEOMETRY_MAX_RADII];
    BpCase *bp = built(bp_pads[i]->name, "mesh.extra_radii=[100 um, 115 um]", &g);
    assert_int_equal(bp_geometry_radii(&g, radii), 10);
    for (int k = 0; k < 10; k++)
      assert_close(radii[k], circle[k] * UM, 1e-12, 0.0);
    bp_case_free(bp);
  }
}

static void levels_are_those_of_the_films(void **state) {
  (void)state;
  BpGeometry g;
  double levels[BP_GEOMETRY_MAX_RADII];
  BpCase *bp = built("embossed", "mesh.extra_levels=[7 um, -3 um, 20 um, 500 um]", &g);
  const double expected[] = {0, 5, 7, 10, 15, 20}; /* those outside the stack are left out */
  assert_int_equal(bp_geometry_levels(&g, levels), 6);
  for (int i = 0; i < 6; i++)
    assert_true(find(levels, 6, expected[i] * UM));
  bp_case_free(bp);
}

/* The films outside of the last circle of all, here the disc's, end at levels of their own. */
static void levels_hold_the_films_outside(void **state) {
  (void)state;
  BpGeometry g;
  double levels[BP_GEOMETRY_MAX_RADII];
  BpCase *bp = built("flat_bare", "package.board.mask_opening_radius=130 um", &g);
  const double expected[] = {0, 5, 10, 20};
  assert_int_equal(bp_geometry_levels(&g, levels), 4);
  for (int i = 0; i < 4; i++)
    assert_true(find(levels, 4, expected[i] * UM));
  bp_case_free(bp);
}

static void doubles_are_dropped(void **state) {
  (void)state;
  double v[] = {3e-6, 1e-6, 3e-6 + 5e-10, 2e-6, 1e-6, 3e-6 + 5e-9};
  assert_int_equal(bp_unique(v, 6), 4);
  const double expected[] = {1e-6, 2e-6, 3e-6, 3e-6 + 5e-9};
  for (int i = 0; i < 4; i++)
    assert_close(v[i], expected[i], 1e-12, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_refusal_has_its_words),
      cmocka_unit_test(films_stand_where_the_claims_say),
      cmocka_unit_test(regions_of_the_embossed_joint),
      cmocka_unit_test(solder_keeps_its_volume),
      cmocka_unit_test(wetted_area_and_path),
      cmocka_unit_test(columns_follow_the_solder),
      cmocka_unit_test(circles_are_those_of_every_shape),
      cmocka_unit_test(levels_are_those_of_the_films),
      cmocka_unit_test(levels_hold_the_films_outside),
      cmocka_unit_test(doubles_are_dropped),
  };
  return cmocka_run_group_tests_name("geometry", tests, NULL, bp_test_free_units);
}
