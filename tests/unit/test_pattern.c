/* Patterns of the pad beside its shape: gaps of the ring, D1's own annuli on the floor of a well,
 * further rings. Films, volumes and areas of the geometry and of the mesh against closed forms that
 * are written out here for the default package:
 *
 * t1 = t2 = t_m = t3 = 5, wall copper 3.5, ring 55 to 77.8 and 5 high, well 115, hole 125, disc
 * 135, pitch 500 um. */
#include "area.h"
#include "built.h"

#include "mesh.h"

#include <stdlib.h>
#include <string.h>

#define UM 1e-6

enum { MOST = 6 };

static const double pi = 3.14159265358979323846, w = 3.5, in = 55, out = 77.8, well = 115,
                    hole = 125, disc = 135, half_cell = 125000;

/* Plan area of an annulus, half joint, um2. */
static double plan(double inner, double outer) {
  return 0.5 * pi * (outer * outer - inner * inner);
}

/* Half of a circle. */
static double arc(double r) {
  return pi * r;
}

/* ---- what the patterns change, half joint, um */

typedef struct {
  double d1, d2, copper; /* volumes */
  double wetted;         /* area of copper that solder wets */
  double ring, island;   /* areas of polymer walls with copper on them */
  double path;           /* along a diameter */
} Form;

/* A pad without ring whose floor lies `deep` below its rim inside a well. */
static Form well_form(double deep) {
  return (Form){.copper = 5 * plan(0, disc) + deep * plan(well - w, well),
                .wetted = plan(0, hole) + deep * arc(well - w),
                .path = 2 * hole + 2 * deep};
}

/* Adds the ring, 5 high, of which `gaps` gaps of an angle take a part. The copper on the faces of a
 * gap has the plan area of a film of thickness w from `in` to `out`. */
static void add_ring(Form *f, int gaps, double angle) {
  const double polymer = 1 - gaps * angle / 360, wall_angle = 2 * w / (in + out);
  const double copper = polymer + gaps * 2 * wall_angle / (2 * pi);
  f->d2 += 5 * polymer * plan(in, out);
  f->copper += 5 * copper * (plan(in - w, in) + plan(out, out + w)) + 5 * gaps * w * (out - in);
  f->wetted += 5 * copper * (arc(in - w) + arc(out + w)) + 5 * gaps * (out - in + 2 * w);
  f->ring += 5 * polymer * (arc(in) + arc(out)) + 5 * gaps * (out - in);
  f->path += 4 * 5;
}

static Form gapped_embossed(int gaps, double angle) {
  Form f = well_form(10);
  f.d1 = 5 * (half_cell - plan(0, well));
  f.d2 = f.d1;
  add_ring(&f, gaps, angle);
  return f;
}

static Form gapped_convex(int gaps, double angle) {
  Form f = well_form(0);
  f.d1 = f.d2 = 5 * half_cell;
  add_ring(&f, gaps, angle);
  return f;
}

/* A disc or annulus of D1 whose walls stand free on the floor. */
static void add_island(Form *f, double inner, double outer) {
  f->d1 += 5 * plan(inner, outer);
  f->copper += 5 * plan(outer, outer + w);
  f->wetted += 5 * arc(outer + w);
  f->island += 5 * arc(outer);
  f->path += 2 * 5;
  if (inner > 0) {
    f->copper += 5 * plan(inner - w, inner);
    f->wetted += 5 * arc(inner - w);
    f->island += 5 * arc(inner);
    f->path += 2 * 5;
  }
}

typedef struct {
  const char *name;
  const char *key[MOST];
  Form form;
} Variant;

#define SHAPE "package.pad.shape="
#define GAPS  "package.pad.ring.gaps.count="
#define ANGLE "package.pad.ring.gaps.angle="
#define TURN  "package.pad.ring.gaps.orientation="
#define D1    "package.pad.first_dielectric="
#define RINGS "package.pad.further_rings="

enum { VARIANTS = 15 };

static void add(Variant *v, int *n, const char *name, const char *const key[MOST], Form form) {
  assert_true(*n < VARIANTS);
  v[*n] = (Variant){.name = name, .form = form};
  memcpy(v[*n].key, key, MOST * sizeof key[0]);
  (*n)++;
}

#define KEYS(...) ((const char *const[MOST]){__VA_ARGS__})

static void add_gaps(Variant *v, int *n) {
  add(v, n, "one gap", KEYS(SHAPE "embossed", GAPS "1"), gapped_embossed(1, 20));
  add(v, n, "three gaps", KEYS(SHAPE "embossed", GAPS "3", ANGLE "33 deg"), gapped_embossed(3, 33));
  add(v, n, "four gaps, turned", KEYS(SHAPE "embossed", GAPS "4", TURN "45 deg"),
      gapped_embossed(4, 20));
  add(v, n, "ring mostly gap", KEYS(SHAPE "embossed", GAPS "2", ANGLE "170 deg", TURN "90 deg"),
      gapped_embossed(2, 170));
  add(v, n, "convex, six gaps", KEYS(SHAPE "convex", GAPS "6", ANGLE "10 deg"),
      gapped_convex(6, 10));
}

/* D1 under the ring moves it up by 5 and leaves it as it is: the step of the pedestal is its own.
 */
static void add_pedestals(Variant *v, int *n) {
  Form f = gapped_embossed(0, 0);
  f.d1 += 5 * plan(in, out);
  f.copper += 5 * (plan(in - w, in) + plan(out, out + w));
  f.wetted += 5 * (arc(in - w) + arc(out + w));
  f.island += 5 * (arc(in) + arc(out));
  f.path += 4 * 5;
  add(v, n, "pedestal as wide",
      KEYS(SHAPE "embossed", D1 "[{inner_radius: 55 um, outer_radius: 77.8 um}]"), f);
  f = gapped_embossed(0, 0);
  add_island(&f, 45, 90);
  add(v, n, "pedestal wider",
      KEYS(SHAPE "embossed", D1 "[{inner_radius: 45 um, outer_radius: 90 um}]"), f);
  /* narrower: the ring's own top has the step, in D2, and the copper on it is wetted */
  f = gapped_embossed(0, 0);
  f.d1 += 5 * plan(62, 70);
  f.copper += 5 * (plan(62 - w, 62) + plan(70, 70 + w));
  f.wetted += 5 * (arc(62 - w) + arc(70 + w));
  f.ring += 5 * (arc(62) + arc(70));
  f.path += 4 * 5;
  add(v, n, "pedestal narrower",
      KEYS(SHAPE "embossed", D1 "[{inner_radius: 62 um, outer_radius: 70 um}]"), f);
}

static void add_islands(Variant *v, int *n) {
  Form f = gapped_embossed(2, 20);
  add_island(&f, 0, 30);
  add(v, n, "island", KEYS(SHAPE "embossed", D1 "[{outer_radius: 30 um}]", GAPS "2"), f);
  f = well_form(10);
  f.d1 = f.d2 = 5 * (half_cell - plan(0, well));
  add_island(&f, 20, 40);
  add_island(&f, 60, 100);
  add(v, n, "two annuli in a well",
      KEYS(SHAPE "concave", D1 "[{inner_radius: 60 um, outer_radius: 100 um}, "
                               "{inner_radius: 20 um, outer_radius: 40 um}]"),
      f);
  f = gapped_embossed(0, 0); /* thinner than the copper on its walls */
  add_island(&f, 95, 96);
  add(v, n, "thin annulus",
      KEYS(SHAPE "embossed", D1 "[{inner_radius: 95 um, outer_radius: 96 um}]"), f);
  f = gapped_embossed(0, 0); /* claim 9: an island that reaches under the ring */
  f.d1 += 5 * plan(0, out);
  f.copper += 5 * plan(out, out + w);
  f.wetted += 5 * arc(out + w);
  f.island += 5 * arc(out);
  f.path += 2 * 5;
  add(v, n, "island under the ring", KEYS(SHAPE "embossed", D1 "[{outer_radius: 77.8 um}]"), f);
}

static void add_further_ring(Variant *v, int *n) {
  Form f = gapped_embossed(3, 20);
  f.d2 += 5 * plan(20, 35);
  f.copper += 5 * (plan(20 - w, 20) + plan(35, 35 + w));
  f.wetted += 5 * (arc(20 - w) + arc(35 + w));
  f.ring += 5 * (arc(20) + arc(35));
  f.path += 4 * 5;
  add(v, n, "two rings, gaps in the first",
      KEYS(SHAPE "embossed", RINGS "[{inner_radius: 20 um, outer_radius: 35 um}]", GAPS "3"), f);
  f = gapped_embossed(0, 0); /* claim 13: all of D1 is left, a well of 5 */
  f.d1 = 5 * half_cell;
  f.copper -= 5 * plan(well - w, well);
  f.wetted -= 5 * arc(well - w);
  f.path -= 2 * 5;
  add(v, n, "whole floor of D1", KEYS(SHAPE "embossed", D1 "[{outer_radius: 115 um}]"), f);
  add(v, n, "convex_d1 is that", KEYS(SHAPE "convex_d1", NULL), f);
}

static int all_variants(Variant v[VARIANTS]) {
  int n = 0;
  add_gaps(v, &n);
  add_pedestals(v, &n);
  add_islands(v, &n);
  add_further_ring(v, &n);
  return n;
}

/* ---- closed forms of the geometry */

static void check_geometry(const Variant *v) {
  const Form *f = &v->form;
  BpGeometry g;
  double volume[BP_MAX_REGIONS], area, path;
  BpCase *bp = bp_test_built(v->key, &g);
  bp_geometry_volumes(&g, volume);
  bp_geometry_wetted(&g, &area, &path);
  assert_close(volume[BP_REGION_DIELECTRIC1], f->d1 * UM * UM * UM, 1e-12, 0.0);
  assert_close(volume[BP_REGION_DIELECTRIC2], f->d2 * UM * UM * UM, 1e-12, 0.0);
  assert_close(volume[BP_REGION_WIRING], f->copper * UM * UM * UM, 1e-12, 0.0);
  assert_close(volume[BP_REGION_DIELECTRIC3],
               (5 * (plan(0, disc) - plan(0, hole)) + 10 * (half_cell - plan(0, disc))) * UM * UM *
                   UM,
               1e-12, 0.0);
  assert_close(0.5 * area, f->wetted * UM * UM, 1e-12, 0.0);
  assert_close(path, f->path * UM, 1e-12, 0.0);
  bp_case_free(bp);
}

static void closed_forms_of_every_pattern(void **state) {
  (void)state;
  Variant v[VARIANTS];
  const int n = all_variants(v);
  assert_int_equal(n, VARIANTS);
  for (int i = 0; i < n; i++) {
    print_message("%s\n", v[i].name);
    check_geometry(&v[i]);
  }
}

/* ---- the mesh */

/* 16 quadratic arcs on a circle miss 5e-5 of its area, and sectors have no wider ones. */
static void check_mesh(const Variant *v, int level) {
  const Form *f = &v->form;
  const double um3 = UM * UM * UM;
  BpProblems problems = {0};
  BpMeshReport report;
  BpGeometry g;
  char *of = bp_format("mesh.level=%d", level);
  const char *keys[MOST + 2] = {of};
  memcpy(keys + 1, v->key, sizeof v->key);
  BpCase *bp = bp_test_built(keys, &g);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_non_null(mesh);
  assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
  assert_int_equal(bp_mesh_accept(&report, &problems), BP_OK);
  assert_int_equal(bp_mesh_conforms(mesh, v->name, &problems), BP_OK);
  assert_close(report.volume[BP_REGION_DIELECTRIC1], f->d1 * um3, 1e-4, 0.0);
  assert_close(report.volume[BP_REGION_DIELECTRIC2], f->d2 * um3, 1e-4, 0.0);
  assert_close(report.volume[BP_REGION_WIRING], f->copper * um3, 1e-4, 0.0);
  assert_true(report.volume_error < 1e-4);
  assert_true(report.min_quality > 0.3);
  assert_close(bp_test_area(mesh, BP_WETTED_PACKAGE), f->wetted * UM * UM, 1e-4, 0.0);
  assert_close(bp_test_area(mesh, BP_RING_WALL), f->ring * UM * UM, 1e-4, 0.0);
  assert_close(bp_test_area(mesh, BP_ISLAND_WALL), f->island * UM * UM, 1e-4, 0.0);
  bp_mesh_free(mesh);
  bp_case_free(bp);
  free(of);
}

static void meshes_of_every_pattern(void **state) {
  (void)state;
  Variant v[VARIANTS];
  const int n = all_variants(v);
  for (int level = 0; level <= 2; level++)
    for (int i = 0; i < n; i++)
      check_mesh(&v[i], level);
}

/* Volumes within 1e-4, cells that are far from folded, at the levels that results come from. */
static void every_shape_at_three_levels(void **state) {
  (void)state;
  for (int i = 0; bp_pads[i]; i++)
    for (int level = 0; level <= 2; level++) {
      char *shape = bp_format(SHAPE "%s", bp_pads[i]->name),
           *of = bp_format("mesh.level=%d", level);
      const char *const keys[] = {shape, of, NULL};
      BpProblems problems = {0};
      BpMeshReport report;
      BpGeometry g;
      BpCase *bp = bp_test_built(keys, &g);
      BpMesh *mesh = bp_mesh_build(&g, &problems);
      assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
      assert_true(report.volume_error < 1e-4);
      assert_true(report.min_quality > 0.3);
      bp_mesh_free(mesh);
      bp_case_free(bp);
      free(shape);
      free(of);
    }
}

/* ---- where the gaps are */

/* The die's centre is on the negative x axis; gaps of 40 deg, copper on their faces of 3.02 deg. */
static void gaps_count_from_the_die_centre(void **state) {
  (void)state;
  static const struct {
    const char *count, *turn;
    double angle; /* deg */
    BpSector sector;
  } at[] = {
      {GAPS "1", TURN "0 deg", 180, BP_SECTOR_GAP},
      {GAPS "1", TURN "0 deg", 163.1, BP_SECTOR_GAP},
      {GAPS "1", TURN "0 deg", 162.9, BP_SECTOR_WALL},
      {GAPS "1", TURN "0 deg", 160.1, BP_SECTOR_WALL},
      {GAPS "1", TURN "0 deg", 159.9, BP_SECTOR_RING},
      {GAPS "1", TURN "0 deg", 0, BP_SECTOR_RING},
      {GAPS "1", TURN "180 deg", 0, BP_SECTOR_GAP},
      {GAPS "1", TURN "-180 deg", 19, BP_SECTOR_WALL},
      {GAPS "3", TURN "0 deg", 60, BP_SECTOR_GAP},
      {GAPS "3", TURN "0 deg", 120, BP_SECTOR_RING},
      {GAPS "3", TURN "60 deg", 120, BP_SECTOR_GAP},
      {GAPS "4", TURN "45 deg", 45, BP_SECTOR_GAP},
      {GAPS "4", TURN "45 deg", 90, BP_SECTOR_RING},
      {GAPS "0", TURN "0 deg", 180, BP_SECTOR_RING},
  };
  for (int i = 0; i < BP_COUNT(at); i++) {
    const char *const keys[] = {SHAPE "embossed", ANGLE "40 deg", at[i].count, at[i].turn, NULL};
    BpGeometry g;
    BpCase *bp = bp_test_built(keys, &g);
    assert_int_equal(bp_geometry_sector(&g, 60e-6, at[i].angle / 180 * pi), at[i].sector);
    assert_int_equal(bp_geometry_sector(&g, 60e-6, -at[i].angle / 180 * pi),
                     at[i].sector); /* mirrored */
    bp_case_free(bp);
  }
}

static void films_of_a_gap(void **state) {
  (void)state;
  static const struct {
    double r;
    BpSector sector;
    double d2, copper;
  } at[] = {{53, BP_SECTOR_RING, 0, 10}, {53, BP_SECTOR_WALL, 0, 10}, {53, BP_SECTOR_GAP, 0, 5},
            {60, BP_SECTOR_RING, 5, 10}, {60, BP_SECTOR_WALL, 0, 10}, {60, BP_SECTOR_GAP, 0, 5},
            {79, BP_SECTOR_WALL, 0, 10}, {79, BP_SECTOR_GAP, 0, 5},   {90, BP_SECTOR_WALL, 0, 5}};
  const char *const keys[] = {SHAPE "embossed", GAPS "1", NULL};
  BpGeometry g;
  BpCase *bp = bp_test_built(keys, &g);
  for (int i = 0; i < BP_COUNT(at); i++) {
    const BpColumn c = bp_geometry_column(&g, at[i].r * UM, at[i].sector);
    assert_close(c.d2, at[i].d2 * UM, 1e-12, 0.0);
    assert_close(c.copper, at[i].copper * UM, 1e-12, 0.0);
  }
  bp_case_free(bp);
}

/* ---- limits */

/* What a mesh measures of a shape whose ring is 0.05 um high. */
static void measure(const char *shape, double volume[BP_MAX_REGIONS], double *wetted) {
  const char *const keys[] = {shape, "package.pad.ring.height=0.05 um",
                              "mesh.extra_levels=[0.05 um, 5 um, 5.05 um, 10 um, 10.05 um, 15 um, "
                              "15.05 um]",
                              NULL};
  BpProblems problems = {0};
  BpMeshReport report;
  BpGeometry g;
  BpCase *bp = bp_test_built(keys, &g);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
  memcpy(volume, report.volume, sizeof report.volume);
  *wetted = bp_test_area(mesh, BP_WETTED_PACKAGE);
  bp_mesh_free(mesh);
  bp_case_free(bp);
}

/* A ring of 0.05 um adds 0.05 % to the volume of D2 and 0.09 % to the wetted area. */
static void a_flat_ring_is_none(void **state) {
  (void)state;
  static const char *const pair[][2] = {{SHAPE "embossed", SHAPE "concave"},
                                        {SHAPE "convex", SHAPE "flat"}};
  for (int i = 0; i < 2; i++) {
    double with[BP_MAX_REGIONS], without[BP_MAX_REGIONS], wetted[2];
    measure(pair[i][0], with, &wetted[0]);
    measure(pair[i][1], without, &wetted[1]);
    for (int region = 0; region < BP_REGIONS; region++)
      assert_close(with[region], without[region], 1e-3, 0.0);
    assert_close(wetted[0], wetted[1], 1e-3, 0.0);
    assert_true(with[BP_REGION_DIELECTRIC2] > without[BP_REGION_DIELECTRIC2]);
    assert_true(wetted[0] > wetted[1]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(closed_forms_of_every_pattern),
      cmocka_unit_test(meshes_of_every_pattern),
      cmocka_unit_test(every_shape_at_three_levels),
      cmocka_unit_test(gaps_count_from_the_die_centre),
      cmocka_unit_test(films_of_a_gap),
      cmocka_unit_test(a_flat_ring_is_none),
  };
  return cmocka_run_group_tests_name("pattern", tests, NULL, bp_test_free_units);
}
