/* Sloping walls of rings and well: volumes, areas and the path over the pad against frusta of cones
 * that are written out here for the default package, those of the geometry and of its mesh.
 *
 * t1 = t2 = t_m = t3 = 5, wall copper 3.5, ring 55 to 77.8 and 5 high, well 115, hole 125, disc
 * 135, pitch 500 um. Radii are those of the walls' feet. The face of the copper is that of the
 * dielectrics, 5 higher, 3.5 farther in the well and farther out of the ring. */
#include "area.h"
#include "built.h"

#include "mesh.h"

#include <stdlib.h>
#include <string.h>

#define UM  1e-6
#define UM2 (UM * UM)
#define UM3 (UM * UM2)

enum { MOST = 6, VARIANTS = 11 };

static const double w = 3.5, in = 55, out = 77.8, well = 115, hole = 125, disc = 135,
                    half_cell = 125000;

/* ---- half joints, um; c is the cotangent of the wall's angle */

static double plan(double inner, double outer) {
  return 0.5 * M_PI * (outer * outer - inner * inner);
}

/* Below a cone's wall whose radius is r at its foot and r + c z above it. */
static double cone(double r, double h, double c) {
  return 0.5 * M_PI * (r * r * h + r * c * h * h + c * c * h * h * h / 3);
}

/* Wall of a cone. */
static double side(double r, double h, double c) {
  return 0.5 * M_PI * (r + r + c * h) * h * hypot(1, c);
}

/* A ring that stands on level ground. */
static double ring(double inner, double outer, double h, double c) {
  return cone(outer, h, -c) - (inner > 0 ? cone(inner, h, c) : 0);
}

typedef struct {
  double d1, d2, copper; /* volumes */
  double wetted;         /* area of copper that solder wets */
  double ring, well;     /* areas of polymer walls with copper on them */
  double path;           /* along a diameter */
} Form;

/* A pad without ring whose floor lies `deep` below its rim; the first dielectric is what `d1` of
 * this is of. */
static Form well_form(double deep, double d1, double c) {
  const double d2 = deep - d1, wide = well + c * d1;
  return (Form){.d1 = 5 * half_cell - cone(well, d1, c),
                .d2 = 5 * half_cell - cone(wide, d2, c),
                .copper = 5 * plan(0, disc) + cone(well, deep, c) - cone(well - w, deep, c),
                .wetted =
                    plan(0, hole) - plan(well - w, well - w + c * deep) + side(well - w, deep, c),
                .well = side(well, deep, c),
                .path = 2 * hole + 2 * deep * (hypot(1, c) - c)};
}

/* Adds a ring of which `gaps` gaps of 20 deg take a part. */
static void add_ring(Form *f, const double wall[2], double c, int gaps) {
  const double wide = gaps * 20.0 / 360, faces = gaps * 2 * (2 * w / (in + out)) / (2 * M_PI);
  const double polymer = 1 - wide, copper = polymer + faces, a = wall[0], b = wall[1], h = 5;
  const int sides = a > 0 ? 2 : 1;
  f->d2 += polymer * ring(a, b, h, c);
  f->copper += copper * ring(a > 0 ? a - w : 0, b + w, h, c) - polymer * ring(a, b, h, c);
  f->wetted += copper * (side(b + w, h, -c) - plan(b + w - c * h, b + w));
  f->ring += polymer * side(b, h, -c);
  if (a > 0) {
    f->wetted += copper * (side(a - w, h, c) - plan(a - w, a - w + c * h));
    f->ring += polymer * side(a, h, c);
    f->wetted += gaps * ((b - a + 2 * w) * h - c * h * h);
    f->ring += gaps * ((b - a) * h - c * h * h);
  }
  f->path += 2 * sides * h * (hypot(1, c) - c);
}

typedef struct {
  const char *name;
  const char *key[MOST];
  Form form;
} Variant;

#define SHAPE     "package.pad.shape="
#define RING      "package.pad.ring.wall_angle="
#define WELL      "package.pad.concave.wall_angle="
#define GAPS      "package.pad.ring.gaps.count="
#define D1        "package.pad.first_dielectric="
#define KEYS(...) ((const char *const[MOST]){__VA_ARGS__})

static const double walls[] = {55, 77.8};

static void add(Variant *v, int *n, const char *name, const char *const key[MOST], Form form) {
  assert_true(*n < VARIANTS);
  v[*n] = (Variant){.name = name, .form = form};
  memcpy(v[*n].key, key, MOST * sizeof key[0]);
  (*n)++;
}

static double cotangent(double degrees) {
  return 1.0 / tan(M_PI / 180.0 * degrees);
}

static void add_wells(Variant *v, int *n) {
  Form f = well_form(10, 5, cotangent(60));
  add(v, n, "well", KEYS(SHAPE "concave", WELL "60 deg", RING "60 deg"), f);
  f = well_form(10, 5, cotangent(60));
  add_ring(&f, walls, cotangent(70), 0);
  add(v, n, "ring and well", KEYS(SHAPE "embossed", WELL "60 deg", RING "70 deg"), f);
  f = well_form(10, 5, 0);
  add_ring(&f, walls, cotangent(70), 3);
  add(v, n, "ring of three gaps", KEYS(SHAPE "embossed", GAPS "3", RING "70 deg"), f);
  f = well_form(5, 0, cotangent(40));
  add_ring(&f, walls, cotangent(50), 0);
  add(v, n, "on D1", KEYS(SHAPE "convex_d1", WELL "40 deg", RING "50 deg"), f);
}

static void add_rings(Variant *v, int *n) {
  Form f = well_form(0, 0, 0);
  add_ring(&f, walls, cotangent(45), 0);
  add(v, n, "convex", KEYS(SHAPE "convex", RING "45 deg", WELL "45 deg"), f);
  f = well_form(0, 0, 0);
  add_ring(&f, walls, cotangent(80), 1);
  add(v, n, "convex, one gap", KEYS(SHAPE "convex", RING "80 deg", GAPS "1"), f);
  f = well_form(0, 0, 0);
  add_ring(&f, (const double[]){0, 20}, cotangent(35), 0);
  add(v, n, "disc",
      KEYS(SHAPE "convex", RING "35 deg", "package.pad.ring.inner_radius=0 um",
           "package.pad.ring.outer_radius=20 um"),
      f);
  f = well_form(10, 5, 0);
  add_ring(&f, walls, cotangent(60), 0);
  add_ring(&f, (const double[]){20, 35}, cotangent(60), 0);
  add(v, n, "two rings",
      KEYS(SHAPE "embossed", RING "60 deg",
           "package.pad.further_rings=[{inner_radius: 20 um, outer_radius: 35 um}]"),
      f);
}

/* D1's own pattern has vertical walls, on which a ring that is as wide stands. */
static void add_pedestals(Variant *v, int *n) {
  Form f = well_form(10, 5, 0);
  add_ring(&f, walls, cotangent(60), 0);
  f.d1 += 5 * plan(in, out);
  f.copper += 5 * (plan(in - w, in) + plan(out, out + w));
  f.wetted += 5 * M_PI * (in - w + out + w);
  f.path += 4 * 5;
  add(v, n, "pedestal as wide",
      KEYS(SHAPE "embossed", RING "60 deg", D1 "[{inner_radius: 55 um, outer_radius: 77.8 um}]"),
      f);
  f = well_form(10, 5, cotangent(70));
  add_ring(&f, walls, cotangent(60), 0);
  f.d1 += 5 * plan(0, out);
  f.copper += 5 * plan(out, out + w);
  f.wetted += 5 * M_PI * (out + w);
  f.path += 2 * 5;
  add(v, n, "island under the ring",
      KEYS(SHAPE "embossed", RING "60 deg", WELL "70 deg", D1 "[{outer_radius: 77.8 um}]"), f);
  f = well_form(10, 5, cotangent(70));
  add_ring(&f, walls, cotangent(60), 0);
  add(v, n, "under films",
      KEYS(SHAPE "embossed", RING "60 deg", WELL "70 deg", "package.underbump.thickness=0.7 um",
           "package.intermetallic.thickness=1.1 um"),
      f);
}

static int all_variants(Variant v[VARIANTS]) {
  int n = 0;
  add_wells(v, &n);
  add_rings(v, &n);
  add_pedestals(v, &n);
  return n;
}

/* Films on the copper have vertical edges, which solder wets in place of a part of the wall. */
static int has_films(const Variant *v) {
  return strcmp(v->name, "under films") == 0;
}

/* ---- geometry and mesh */

static void check_geometry(const Variant *v, const BpGeometry *g) {
  const Form *f = &v->form;
  double volume[BP_REGIONS], area, path;
  bp_geometry_volumes(g, volume);
  bp_geometry_wetted(g, &area, &path);
  assert_close(volume[BP_REGION_DIELECTRIC1], f->d1 * UM3, 1e-12, 0.0);
  assert_close(volume[BP_REGION_DIELECTRIC2], f->d2 * UM3, 1e-12, 0.0);
  assert_close(volume[BP_REGION_WIRING], f->copper * UM3, 1e-12, 0.0);
  if (has_films(v))
    return;
  assert_close(0.5 * area, f->wetted * UM2, 1e-12, 0.0);
  assert_close(path, f->path * UM, 1e-12, 0.0);
}

/* 16 quadratic arcs miss 5e-5 of a circle's area. The solder fills what the copper leaves: its
 * volume is the case's where the stand-off was found from the right fill. */
static void check_mesh(const Variant *v, const BpGeometry *g) {
  const Form *f = &v->form;
  BpProblems problems = {0};
  BpMeshReport report;
  BpMesh *mesh = bp_mesh_build(g, &problems);
  assert_non_null(mesh);
  assert_int_equal(bp_mesh_check(mesh, g, &report, &problems), BP_OK);
  assert_int_equal(bp_mesh_accept(&report, &problems), BP_OK);
  assert_int_equal(bp_mesh_conforms(mesh, v->name, &problems), BP_OK);
  assert_close(report.volume[BP_REGION_DIELECTRIC1], f->d1 * UM3, 1e-4, 0.0);
  assert_close(report.volume[BP_REGION_DIELECTRIC2], f->d2 * UM3, 1e-4, 0.0);
  assert_close(report.volume[BP_REGION_WIRING], f->copper * UM3, 1e-4, 0.0);
  assert_close(report.volume[BP_REGION_SOLDER], 0.5 * g->solder_volume, 1e-4, 0.0);
  assert_true(report.volume_error < 1e-4);
  assert_true(report.min_quality > 0.15);
  assert_close(bp_test_area(mesh, BP_RING_WALL), f->ring * UM2, 1e-4, 0.0);
  assert_close(bp_test_area(mesh, BP_WELL_WALL), f->well * UM2, 1e-4, 0.0);
  double area, path;
  bp_geometry_wetted(g, &area, &path);
  assert_close(bp_test_area(mesh, BP_WETTED_PACKAGE), 0.5 * area, 1e-4, 0.0);
  bp_mesh_free(mesh);
}

static void frusta_of_every_pad(void **state) {
  (void)state;
  Variant v[VARIANTS];
  const int n = all_variants(v);
  assert_int_equal(n, VARIANTS);
  for (int i = 0; i < n; i++) {
    BpGeometry g;
    print_message("%s\n", v[i].name);
    BpCase *bp = bp_test_built(v[i].key, &g);
    check_geometry(&v[i], &g);
    check_mesh(&v[i], &g);
    bp_case_free(bp);
  }
}

/* ---- what changes nothing */

static void assert_same_mesh(const char *const *a, const char *const *b) {
  BpProblems problems = {0};
  BpGeometry g[2];
  BpCase *bp[2] = {bp_test_built(a, &g[0]), bp_test_built(b, &g[1])};
  BpMesh *mesh[2] = {bp_mesh_build(&g[0], &problems), bp_mesh_build(&g[1], &problems)};
  assert_int_equal(mesh[0]->nnodes, mesh[1]->nnodes);
  assert_memory_equal(mesh[0]->xyz, mesh[1]->xyz,
                      3 * (size_t)mesh[0]->nnodes * sizeof mesh[0]->xyz[0]);
  for (int i = 0; i < 2; i++) {
    bp_mesh_free(mesh[i]);
    bp_case_free(bp[i]);
  }
}

/* Angles of walls that a shape does not have, and right angles. */
static void vertical_walls_are_as_without(void **state) {
  (void)state;
  assert_same_mesh(KEYS(SHAPE "flat", NULL), KEYS(SHAPE "flat", WELL "40 deg", RING "40 deg"));
  assert_same_mesh(KEYS(SHAPE "embossed", NULL),
                   KEYS(SHAPE "embossed", WELL "90 deg", RING "90 deg"));
}

/* ---- coarse joints */

/* As much solder lies beside the vertical walls of a coarse joint as beside sloping ones. */
static void coarse_joints_hold_the_same_solder(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpMeshReport report;
  BpGeometry g;
  BpCase *bp = bp_test_built(KEYS(SHAPE "embossed", WELL "55 deg", RING "55 deg",
                                  "model.kind=octant", "package.array={columns: 4, rows: 4}"),
                             &g);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
  assert_close(report.volume[BP_REGION_SOLDER], 2 * g.solder_volume, 1e-4, 0.0);
  assert_true(report.volume_error < 1e-4);
  bp_mesh_free(mesh);
  bp_case_free(bp);
}

/* ---- refusals */

static const struct {
  const char *key[MOST];
  const char *text;
} refused[] = {
    {{SHAPE "convex", RING "30 deg", "package.pad.ring.outer_radius=70 um"},
     "nothing is left of the top of a ring 15 um wide whose walls stand at 30 deg and rise by 5 "
     "um; "
     "raise wall_angle above 33.69 deg or reduce ring.height"},
    {{SHAPE "convex", RING "30 deg",
      "package.pad.further_rings=[{inner_radius: 20 um, outer_radius: 35 um}]"},
     "nothing is left of the top of a further ring 15 um wide"},
    {{SHAPE "convex", RING "30 deg", "package.pad.ring.inner_radius=0 um",
      "package.pad.ring.outer_radius=8 um"},
     "whose walls stand at 30 deg and rise by 5 um; raise wall_angle above 32.01 deg"},
    {{SHAPE "concave", WELL "40 deg"},
     "the wall of the concave stands at 40 deg and reaches a radius of 126.9 um, beyond the "
     "connection hole (125 um); raise wall_angle above 45 deg or reduce concave.radius"},
    {{SHAPE "embossed", RING "45 deg", D1 "[{inner_radius: 56 um, outer_radius: 77.8 um}]"},
     "a sloping wall runs over another one: the circles of radius 51.5 and 52.5 um meet; raise "
     "wall_angle or part them"},
    {{SHAPE "convex", RING "91 deg"}, "wall_angle"},
};

static void what_cannot_stand_is_refused(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(refused); i++) {
    BpProblems problems = {0};
    BpGeometry g;
    int n = 0;
    char *keys[MOST] = {0};
    for (; refused[i].key[n]; n++)
      keys[n] = bp_copy_text(refused[i].key[n]);
    BpCase *bp = bp_case_read(BP_SOURCE_DIR "/tests/support/default.yaml", keys, n, &problems);
    if (bp)
      assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_BAD);
    if (problems.count == 0 || problems.item[0].code != BP_EXIT_CASE ||
        !strstr(problems.item[0].text, refused[i].text)) {
      bp_problems_print(&problems, stderr);
      fail_msg("row %d", i);
    }
    while (n > 0)
      free(keys[--n]);
    bp_case_free(bp);
    bp_problems_free(&problems);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(frusta_of_every_pad),
      cmocka_unit_test(vertical_walls_are_as_without),
      cmocka_unit_test(coarse_joints_hold_the_same_solder),
      cmocka_unit_test(what_cannot_stand_is_refused),
  };
  return cmocka_run_group_tests_name("walls", tests, NULL, bp_test_free_units);
}
