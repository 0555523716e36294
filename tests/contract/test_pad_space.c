/* Random points of the space of pads: sizes, gaps, angles, rings, dimples, patterns of D1, sloping
 * walls, films, ball rules, traces. Each is refused with words or meshed well. `test_pad_space
 * COUNT` takes COUNT points (25 unless given), the same ones in every run, and says what was
 * refused how often.
 */
#include "bench.h"

#include "mesh.h"
#include "units.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS = 48, REASONS = 64 };

typedef struct {
  char *key[KEYS + 1]; /* "path.to.key=value" */
  int count;
} Point;

static long points = 25;

static int random_count(int most) {
  return (int)floor(bp_random(0.0, most + 1.0));
}

static void set(Point *p, const char *key, double value, const char *unit) {
  assert_true(p->count < KEYS);
  p->key[p->count++] = bp_format("package.%s=%.4g %s", key, value, unit);
}

/* Up to two annuli inside a radius (um), which may overlap. */
static void set_annuli(Point *p, const char *key, double within) {
  char *text = bp_copy_text("");
  const int n = random_count(2);
  for (int i = 0; i < n; i++) {
    const double inner = random_count(2) == 0 ? 0.0 : bp_random(0.0, within);
    char *more = bp_format("%s%s{inner_radius: %.4g um, outer_radius: %.4g um}", text,
                           i > 0 ? ", " : "", inner, inner + bp_random(0.0, within - inner));
    free(text);
    text = more;
  }
  p->key[p->count++] = bp_format("package.pad.%s=[%s]", key, text);
  free(text);
}

/* A third of the orientations is any angle, the others are symmetric about y = 0. */
static void set_gaps(Point *p) {
  const int n = random_count(9);
  const double angle = random_count(2) == 0 ? bp_random(-360.0, 360.0)
                       : n > 0              ? 180.0 / n * random_count(2 * n)
                                            : 0.0;
  p->key[p->count++] = bp_format("package.pad.ring.gaps.count=%d", n);
  p->key[p->count++] = bp_format("package.pad.ring.gaps.angle=%.4g deg", bp_random(2.0, 100.0));
  p->key[p->count++] = bp_format("package.pad.ring.gaps.orientation=%.17g deg", angle);
}

/* Up to three circles of dimples, which may touch each other and the well. */
static void set_dimples(Point *p, double well) {
  const int n = 1 + random_count(9);
  char *more = bp_copy_text("");
  set(p, "pad.dimples.radius", bp_random(2.0, 14.0), "um");
  set(p, "pad.dimples.circle_radius", bp_random(0.4, 0.85) * well, "um");
  p->key[p->count++] = bp_format("package.pad.dimples.count=%d", n);
  p->key[p->count++] = bp_format("package.pad.dimples.centre=%d", random_count(1));
  p->key[p->count++] =
      bp_format("package.pad.dimples.orientation=%.17g deg",
                random_count(2) == 0 ? bp_random(-360.0, 360.0) : 180.0 / n * random_count(2 * n));
  for (int i = random_count(3) - 1; i > 0; i--) {
    const int count = random_count(1) ? n : 1 + random_count(7);
    char *list = bp_format("%s%s{count: %d, circle_radius: %.4g um, orientation: %.17g deg}", more,
                           more[0] ? ", " : "", count, bp_random(0.1, 0.8) * well,
                           180.0 / count * random_count(2 * count));
    free(more);
    more = list;
  }
  p->key[p->count++] = bp_format("package.pad.dimples.further_circles=[%s]", more);
  free(more);
}

static void set_angle(Point *p, const char *key) {
  p->key[p->count++] = bp_format("package.pad.%s.wall_angle=%.4g deg", key, bp_random(30.0, 90.0));
}

static void set_ball(Point *p) {
  set(p, "ball.diameter", bp_random(180.0, 380.0), "um");
  if (random_count(3) > 0)
    return;
  p->key[p->count++] = bp_copy_text("package.ball.rule=equal_standoff");
  if (random_count(1))
    set(p, "ball.standoff", bp_random(1.0, 300.0), "um");
}

static void set_films(Point *p) {
  if (random_count(1))
    set(p, "underbump.thickness", bp_random(0.1, 4.0), "um");
  if (random_count(1))
    set(p, "intermetallic.thickness", bp_random(0.1, 4.0), "um");
  if (random_count(2) == 0)
    p->key[p->count++] = bp_copy_text("package.underfill.fill=gap");
}

static void set_overlay(Point *p) {
  static const char *const film[] = {"second", "wiring", "third"};
  for (int i = 0; i < BP_COUNT(film); i++) {
    char *x = bp_format("overlay.%s.x", film[i]), *y = bp_format("overlay.%s.y", film[i]);
    set(p, x, bp_random(-4.0, 4.0), "um");
    if (random_count(1))
      set(p, y, bp_random(-4.0, 4.0), "um");
    free(x);
    free(y);
  }
}

/* Half of the directions are along y = 0. */
static void set_trace(Point *p, double disc) {
  const double capture = bp_random(15.0, 40.0);
  const double distance = disc + capture + bp_random(-2.0, 60.0);
  set(p, "wiring.trace.width", bp_random(5.0, 60.0), "um");
  set(p, "wiring.trace.teardrop.length", random_count(3) == 0 ? 0.0 : bp_random(0.0, 25.0), "um");
  p->key[p->count++] = bp_format("package.wiring.trace.teardrop.ratio=%.4g", bp_random(1.0, 3.0));
  if (random_count(5) == 0)
    set(p, "wiring.trace.reach", distance - bp_random(0.0, 60.0), "um");
  set(p, "wiring.capture_radius", capture, "um");
  set(p, "chip_pad.distance", distance, "um");
  set(p, "chip_pad.size", bp_random(30.0, 80.0), "um");
  set(p, "chip_pad.direction", random_count(1) ? 180.0 * random_count(1) : bp_random(-180.0, 180.0),
      "deg");
  set(p, "passivation.opening_radius", bp_random(3.0, 1.05 * capture), "um");
  set(p, "dielectrics.first.via_radius", bp_random(3.0, 1.05 * capture), "um");
  set(p, "dielectrics.second.via_radius", bp_random(3.0, 1.05 * capture), "um");
}

static Point random_point(void) {
  Point p = {0};
  int pads = 0;
  while (bp_pads[pads])
    pads++;
  const double hole = bp_random(90.0, 140.0), well = hole * bp_random(0.6, 1.03),
               inner = bp_random(3.0, 0.75 * well), disc = hole + bp_random(1.0, 20.0),
               board = hole * bp_random(0.8, 1.2);
  p.key[p.count++] = bp_format("package.pad.shape=%s", bp_pads[random_count(pads - 1)]->name);
  set(&p, "pitch", bp_random(380.0, 600.0), "um");
  set(&p, "dielectrics.first.thickness", bp_random(1.0, 10.0), "um");
  set(&p, "dielectrics.second.thickness", bp_random(1.0, 10.0), "um");
  set(&p, "dielectrics.third.thickness", bp_random(1.0, 12.0), "um");
  set(&p, "dielectrics.third.hole_radius", hole, "um");
  set(&p, "wiring.disc_radius", disc, "um");
  set(&p, "wiring.thickness", bp_random(2.0, 9.0), "um");
  p.key[p.count++] = bp_format("package.wiring.wall_ratio=%.4g", bp_random(0.2, 1.2));
  set(&p, "pad.ring.inner_radius", inner, "um");
  set(&p, "pad.ring.outer_radius", inner + bp_random(1.0, 40.0), "um");
  if (random_count(1))
    set(&p, "pad.ring.height", bp_random(0.05, 10.0), "um");
  set(&p, "pad.concave.radius", well, "um");
  if (random_count(4) == 0) {
    set_dimples(&p, well);
    if (random_count(3) == 0)
      set_annuli(&p, "first_dielectric", 1.1 * well);
  } else {
    set_annuli(&p, "first_dielectric", 1.1 * well);
    if (random_count(3) == 0)
      set_annuli(&p, "further_rings", well);
    set_gaps(&p);
  }
  if (random_count(1))
    set_angle(&p, "ring");
  if (random_count(1))
    set_angle(&p, "concave");
  set_ball(&p);
  if (random_count(2) == 0)
    set_films(&p);
  if (random_count(3) == 0)
    set_trace(&p, disc);
  else if (random_count(4) == 0)
    set_overlay(&p);
  set(&p, "board.pad_radius", board, "um");
  set(&p, "board.mask_opening_radius", board + bp_random(1.0, 60.0), "um");
  p.key[p.count++] = bp_format("mesh.level=%d", random_count(3) == 0);
  return p;
}

static void say(const Point *p, const BpProblems *problems) {
  for (int i = 0; i < p->count; i++)
    fprintf(stderr, "  --set '%s'\n", p->key[i]);
  bp_problems_print(problems, stderr);
}

/* A refusal names what is at fault and says what would be right. */
static int has_words(const BpProblems *problems, BpExit code) {
  for (int i = 0; i < problems->count; i++)
    if (problems->item[i].code != code || strlen(problems->item[i].text) < 40)
      return 0;
  return problems->count > 0;
}

/* ---- what was refused: the key at fault, and how often */

static struct {
  char key[64];
  int count;
} reason[REASONS];

/* The words in front are the key, "--set KEY: ...", or the file's name where it has its default. */
static void count_reason(const BpProblems *problems) {
  static const char given[] = "--set ";
  const char *text = problems->item[0].text;
  const int is_given = strncmp(text, given, sizeof given - 1) == 0;
  text += is_given ? sizeof given - 1 : strcspn(text, ":") + 2;
  char key[64];
  snprintf(key, sizeof key, "%.*s", is_given ? (int)strcspn(text, ":") : 40, text);
  int i = 0;
  while (i + 1 < REASONS && reason[i].count > 0 && strcmp(reason[i].key, key) != 0)
    i++;
  memcpy(reason[i].key, key, sizeof key);
  reason[i].count++;
}

typedef enum { MESHED, REFUSED, DISTORTED, FAILED, OUTCOMES } Outcome;

/* The mesher itself neither refuses nor folds a cell of what the geometry lets pass. A few meshes
 * are refused for their quality, where a circle comes close to the cell's sides. */
static Outcome mesh_it(const BpGeometry *g, BpProblems *problems) {
  BpMeshReport report;
  Outcome outcome = FAILED;
  BpMesh *mesh = bp_mesh_build(g, problems);
  if (mesh && bp_mesh_conforms(mesh, "joint", problems) == BP_OK &&
      bp_mesh_check(mesh, g, &report, problems) == BP_OK && report.volume_error < 2e-4) {
    outcome = bp_mesh_accept(&report, problems) == BP_OK ? MESHED
              : has_words(problems, BP_EXIT_GEOMETRY)    ? DISTORTED
                                                         : FAILED;
  }
  bp_mesh_free(mesh);
  return outcome;
}

static Outcome try_it(const Point *p) {
  BpProblems problems = {0};
  BpGeometry g;
  Outcome outcome;
  BpCase *bp =
      bp_case_read(BP_SOURCE_DIR "/tests/support/default.yaml", p->key, p->count, &problems);
  if (!bp || bp_geometry_build(bp, &g, &problems) != BP_OK)
    outcome = has_words(&problems, BP_EXIT_CASE) ? REFUSED : FAILED;
  else
    outcome = mesh_it(&g, &problems);
  if (outcome == FAILED)
    say(p, &problems);
  if (outcome == REFUSED)
    count_reason(&problems);
  bp_problems_free(&problems);
  bp_case_free(bp);
  return outcome;
}

static void every_point_is_meshed_or_refused(void **state) {
  (void)state;
  long count[OUTCOMES] = {0};
  for (long i = 0; i < points; i++) {
    Point p = random_point();
    count[try_it(&p)]++;
    while (p.count > 0)
      free(p.key[--p.count]);
  }
  print_message("%ld points: %ld meshed, %ld refused, %ld distorted\n", points, count[MESHED],
                count[REFUSED], count[DISTORTED]);
  for (int i = 0; i < REASONS && reason[i].count > 0; i++)
    print_message("%6d %s\n", reason[i].count, reason[i].key);
  assert_int_equal(count[FAILED], 0);
  assert_true(count[MESHED] > points / 4 && count[REFUSED] > points / 10);
  assert_true(count[DISTORTED] <= 1 + points / 100);
}

static int free_units(void **state) {
  (void)state;
  bp_units_free();
  return 0;
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_point_is_meshed_or_refused)};
  if (argc > 1)
    points = atol(argv[1]);
  return cmocka_run_group_tests_name("pad space", tests, NULL, free_units);
}
