/* Distance from points to faces: flat ones against hand-made distances, discs and cylinders of
 * curved faces against closed forms. */
#include "close.h"

#include "distance.h"

#include <stdlib.h>

#define UM 1e-6

enum { FACES = 16, MOST = 4096 };

/* A circle of 16 quadratic arcs, each split into four chords: half a chord's angle is pi/64. */
static const double chord_error = 1.3e-3; /* 1 - cos(pi/64) = 1.205e-3, and 5e-5 of the arcs */

/* All facets, near or not. */
static double distance(const BpFacets *facets, const double x[3], double limit) {
  int all[MOST];
  assert_true(facets->count <= MOST);
  for (int i = 0; i < facets->count; i++)
    all[i] = i;
  return bp_facets_distance(facets, all, facets->count, x, limit);
}

static void middle(const double a[3], const double b[3], double m[3]) {
  for (int d = 0; d < 3; d++)
    m[d] = 0.5 * (a[d] + b[d]);
}

typedef struct {
  double x[3], distance;
} Row;

static void check_rows(const BpFacets *facets, const Row *row, int n) {
  for (int i = 0; i < n; i++)
    assert_close(distance(facets, row[i].x, 100.0), row[i].distance, 1e-13, 1e-13);
}

/* The triangle (0,0) (3,0) (0,4), on a plane and turned out of it. */
static void a_flat_triangle(void **state) {
  (void)state;
  double xyz[6][3] = {{0, 0, 0}, {3, 0, 0}, {0, 4, 0}};
  for (int i = 0; i < 3; i++)
    middle(xyz[i], xyz[(i + 1) % 3], xyz[3 + i]);
  BpFacets facets = {0};
  bp_facets_add(&facets, 6, (const double(*)[3])xyz);
  const Row row[] = {
      {{1, 1, 0}, 0.0},   {{0.5, 0.5, 2}, 2.0}, {{1, -3, 4}, 5.0}, /* beside a side */
      {{-3, 2, -4}, 5.0},                                          /* below and beside another */
      {{3, 4, 0}, 2.4},   /* beyond the hypotenuse 4 x + 3 y = 12: (12 + 12 - 12)/5 */
      {{3, 4, 1}, 2.6},   /* 2.4, 1 up */
      {{-2, -1, 2}, 3.0}, /* nearest to a corner */
      {{5, -2, 1}, 3.0},  {{-1, 6, -2}, 3.0},
  };
  check_rows(&facets, row, BP_COUNT(row));
  bp_facets_free(&facets);
  assert_int_equal(facets.count, 0);
}

/* The rectangle 0..2 x 0..6 in the plane x = 1. */
static void a_flat_quadrilateral(void **state) {
  (void)state;
  double xyz[8][3] = {{1, 0, 0}, {1, 2, 0}, {1, 2, 6}, {1, 0, 6}};
  for (int i = 0; i < 4; i++)
    middle(xyz[i], xyz[(i + 1) % 4], xyz[4 + i]);
  BpFacets facets = {0};
  bp_facets_add(&facets, 8, (const double(*)[3])xyz);
  const Row row[] = {
      {{1, 1, 3}, 0.0}, {{4, 0.3, 5.9}, 3.0}, {{-2, -4, 1}, 5.0},
      {{1, 2, 9}, 3.0}, {{3, 4, 7}, 3.0}, /* beyond a corner by 2, 2, 1 */
  };
  check_rows(&facets, row, BP_COUNT(row));
  bp_facets_free(&facets);
}

static void on_circle(double r, double turns, double z, double x[3]) {
  x[0] = r * cos(2 * M_PI * turns);
  x[1] = r * sin(2 * M_PI * turns);
  x[2] = z;
}

/* 16 curved triangles around the center. */
static BpFacets disc(double R, double z) {
  BpFacets facets = {0};
  for (int i = 0; i < FACES; i++) {
    double xyz[6][3] = {{0, 0, z}};
    on_circle(R, (double)i / FACES, z, xyz[1]);
    on_circle(R, (i + 1.0) / FACES, z, xyz[2]);
    middle(xyz[0], xyz[1], xyz[3]);
    on_circle(R, (i + 0.5) / FACES, z, xyz[4]);
    middle(xyz[2], xyz[0], xyz[5]);
    bp_facets_add(&facets, 6, (const double(*)[3])xyz);
  }
  return facets;
}

/* 16 curved quadrilaterals from z = 0 to height. */
static BpFacets cylinder(double R, double height) {
  BpFacets facets = {0};
  for (int i = 0; i < FACES; i++) {
    const double turn[8] = {0, 1, 1, 0, 0.5, 1, 0.5, 0}, up[8] = {0, 0, 1, 1, 0, 0.5, 1, 0.5};
    double xyz[8][3];
    for (int n = 0; n < 8; n++)
      on_circle(R, (i + turn[n]) / FACES, up[n] * height, xyz[n]);
    bp_facets_add(&facets, 8, (const double(*)[3])xyz);
  }
  return facets;
}

/* Over the disc the height, beside it the way to the rim. */
static void a_disc(void **state) {
  (void)state;
  const double R = 125 * UM, at = 20 * UM;
  BpFacets facets = disc(R, at);
  for (int i = 0; i < 2000; i++) {
    const double r = bp_random(0.0, 1.5 * R), z = bp_random(-R, R);
    double x[3];
    on_circle(r, bp_random(0.0, 1.0), at + z, x);
    const double exact = r < R ? fabs(z) : hypot(r - R, z);
    assert_close(distance(&facets, x, 1.0), exact, 0.0, chord_error * R);
    if (r < R * (1.0 - chord_error))
      assert_close(distance(&facets, x, 1.0), exact, 1e-12, 1e-18);
  }
  bp_facets_free(&facets);
}

/* Inside and outside of the wall the distance to it, above and below the way to its end. */
static void a_cylinder(void **state) {
  (void)state;
  const double R = 51.5 * UM, height = 10 * UM;
  BpFacets facets = cylinder(R, height);
  for (int i = 0; i < 2000; i++) {
    const double r = bp_random(0.0, 2 * R), z = bp_random(-R, R + height);
    double x[3];
    on_circle(r, bp_random(0.0, 1.0), z, x);
    const double beyond = fmax(0.0, fmax(-z, z - height));
    assert_close(distance(&facets, x, 1.0), hypot(r - R, beyond), 0.0, chord_error * R);
  }
  bp_facets_free(&facets);
}

/* What is left out of the list is farther than the reach, and the list leaves something out. */
static void near_facets_are_enough(void **state) {
  (void)state;
  const double R = 100 * UM, reach = 15 * UM;
  BpFacets facets = cylinder(R, 10 * UM);
  int near[MOST], fewest = MOST;
  for (int i = 0; i < 2000; i++) {
    double center[3], x[3], away = 0.0;
    on_circle(bp_random(0.0, 1.2 * R), bp_random(0.0, 1.0), bp_random(-R, R), center);
    const int n = bp_facets_near(&facets, center, reach, near);
    fewest = n < fewest ? n : fewest;
    for (int d = 0; d < 3; d++) {
      const double move = bp_random(-0.1, 0.1) * reach;
      x[d] = center[d] + move;
      away += move * move;
    }
    const double limit = reach - sqrt(away); /* from x this stays in the ball around center */
    assert_close(bp_facets_distance(&facets, near, n, x, limit), distance(&facets, x, limit), 0.0,
                 0.0);
  }
  assert_int_equal(fewest, 0);
  const double wall[3] = {R, 0.0, 5 * UM};
  const int n = bp_facets_near(&facets, wall, reach, near);
  assert_true(n > 0 && n < facets.count / 2);
  bp_facets_free(&facets);
}

static void the_limit_is_the_largest_answer(void **state) {
  (void)state;
  BpFacets facets = disc(1.0, 0.0);
  const double x[3] = {0.1, 0.2, 3.0};
  assert_close(distance(&facets, x, 2.0), 2.0, 1e-15, 0.0);
  assert_close(distance(&facets, x, 4.0), 3.0, 1e-15, 0.0);
  assert_close(bp_facets_distance(&facets, NULL, 0, x, 7.0), 7.0, 1e-15, 0.0);
  bp_facets_free(&facets);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_flat_triangle),
      cmocka_unit_test(a_flat_quadrilateral),
      cmocka_unit_test(a_disc),
      cmocka_unit_test(a_cylinder),
      cmocka_unit_test(near_facets_are_enough),
      cmocka_unit_test(the_limit_is_the_largest_answer),
  };
  return cmocka_run_group_tests_name("distance", tests, NULL, NULL);
}
