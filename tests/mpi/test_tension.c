/* Principal tension in films: zones around circles against closed forms, and stress that is known.
 */
#include "block.h"
#include "fields.h"
#include "tension.h"

/* Passivation below z = 0, D1 above it, finer than the zones are thick. */
static BpMesh *two_films(void) {
  static const double z[9] = {-8e-6, -6e-6, -4e-6, -2e-6, 0.0, 2e-6, 4e-6, 6e-6, 8e-6};
  static const int region[8] = {BP_REGION_PASSIVATION, BP_REGION_PASSIVATION, BP_REGION_PASSIVATION,
                                BP_REGION_PASSIVATION, BP_REGION_DIELECTRIC1, BP_REGION_DIELECTRIC1,
                                BP_REGION_DIELECTRIC1, BP_REGION_DIELECTRIC1};
  const BpTestBlock block = {
      .nx = 16, .ny = 8, .nlayers = 8, .size = {80e-6, 40e-6}, .z = z, .region = region};
  return bp_test_block(&block);
}

/* Edges in the plane between the films; a ring of two circles, and a well far from them. */
static const BpTensionEdges edges = {
    .ring = {10e-6, 18e-6}, .well = 30e-6, .height = {0.0, 0.0, 0.0}, .distance = 3e-6};

static double volume_of(const BpTensions *tensions, const char *name) {
  for (int z = 0; z < tensions->nzones; z++)
    if (strcmp(tensions->zone[z].name, name) == 0)
      return tensions->zone[z].volume;
  return 0.0;
}

/* A film has half of the tube around each circle, and the model half of the circles: a quarter of
 * 2 pi^2 R d^2. The cut is linear in pieces of about a fifth of the zone's thickness. */
static void zones_are_halves_of_tubes(void **state) {
  (void)state;
  static const char *const film[2] = {"passivation", "dielectric1"};
  static const int region[2] = {BP_REGION_PASSIVATION, BP_REGION_DIELECTRIC1};
  const double tube = 0.5 * M_PI * M_PI * 3e-6 * 3e-6;
  BpTestBench b;
  BpTensions tensions = {0};
  bp_test_open_world(bp_test_case(NULL), two_films(), &b);
  for (int f = 0; f < 2; f++)
    petsc_ok(bp_tensions_add(b.model, region[f], &edges, &tensions));
  assert_int_equal(tensions.nzones, 6);
  for (int f = 0; f < 2; f++) {
    char name[BP_NAME];
    assert_close(volume_of(&tensions, film[f]), tube * 58e-6, 0.01, 0.0);
    snprintf(name, sizeof name, "%s.ring_edge", film[f]);
    assert_close(volume_of(&tensions, name), tube * 28e-6, 0.01, 0.0);
    snprintf(name, sizeof name, "%s.well_edge", film[f]);
    assert_close(volume_of(&tensions, name), tube * 30e-6, 0.01, 0.0);
  }
  bp_tensions_free(&tensions);
  bp_test_close(&b);
}

/* Bumps in place of the ring, one of which the model's face halves: tubes around their own circles.
 */
static void zones_around_bumps(void **state) {
  (void)state;
  static const double bump[2][2] = {{-20e-6, 0.0}, {15e-6, 18e-6}};
  BpTensionEdges around = edges;
  around.bump = bump;
  around.nbumps = 2;
  around.bump_radius = 8e-6;
  around.well = 0.0;
  const double tube = 0.5 * M_PI * M_PI * 3e-6 * 3e-6;
  BpTestBench b;
  BpTensions tensions = {0};
  bp_test_open_world(bp_test_case(NULL), two_films(), &b);
  petsc_ok(bp_tensions_add(b.model, BP_REGION_PASSIVATION, &around, &tensions));
  assert_int_equal(tensions.nzones, 2);
  assert_close(volume_of(&tensions, "passivation.ring_edge"), tube * (8e-6 + 2 * 8e-6), 0.01, 0.0);
  bp_tensions_free(&tensions);
  bp_test_close(&b);
}

/* A disc in place of the ring, no well: what is not there has no zone. */
static void edges_that_are_not_there(void **state) {
  (void)state;
  const BpTensionEdges disc = {.ring = {0.0, 18e-6}, .height = {0.0, 0.0, 0.0}, .distance = 3e-6};
  BpTestBench b;
  BpTensions tensions = {0};
  bp_test_open_world(bp_test_case(NULL), two_films(), &b);
  petsc_ok(bp_tensions_add(b.model, BP_REGION_PASSIVATION, &disc, &tensions));
  petsc_ok(bp_tensions_add(b.model, BP_REGION_DIELECTRIC2, &disc, &tensions));
  assert_int_equal(tensions.nzones, 2);
  assert_close(tensions.zone[0].volume, tensions.zone[1].volume, 1e-14, 0.0);
  assert_string_equal(tensions.zone[0].name, "passivation");
  assert_string_equal(tensions.zone[1].name, "passivation.ring_edge");
  bp_tensions_free(&tensions);
  bp_test_close(&b);
}

/* Means of the zones for a strain e a (x) a along a direction a that is no axis: in an isotropic
 * film the largest principal stress is that along a, (lambda + 2 mu) e; of a compression lambda e,
 * twice, where the invariants leave half of the digits. */
static void stretch(const BpTestBench *b, const BpTensions *tensions, double e, double *mean) {
  static const double a[3] = {0.6, 0.48, 0.64};
  BpTestLinear field = {0};
  double *u = BP_NEW(double, 3 * (size_t)b->grid->nnodes);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      field.A[i][j] = e * a[i] * a[j];
  for (int n = 0; n < b->grid->nnodes; n++)
    bp_test_linear_at(b->grid->xyz[n], &field, u + 3 * (size_t)n);
  petsc_ok(bp_tensions_mean(b->model, tensions, u, mean));
  free(u);
}

static void stress_along_the_stretch(void **state) {
  (void)state;
  static const double e = 1e-3;
  BpTestBench b;
  BpTensions tensions = {0};
  double mean[3];
  bp_test_open_world(bp_test_case_of("sin_pecvd_generic", NULL), two_films(), &b);
  bp_test_join_at_rest(&b);
  petsc_ok(bp_tensions_add(b.model, BP_REGION_PASSIVATION, &edges, &tensions));
  assert_int_equal(tensions.nzones, 3);
  const double *C = b.model->region[BP_REGION_PASSIVATION].stiffness;
  stretch(&b, &tensions, e, mean);
  for (int z = 0; z < 3; z++)
    assert_close(mean[z], C[0] * e, 1e-10, 0.0);
  stretch(&b, &tensions, -e, mean);
  for (int z = 0; z < 3; z++)
    assert_close(mean[z], -C[1] * e, 1e-7, 0.0);
  bp_tensions_free(&tensions);
  bp_test_close(&b);
}

/* Where the film flows its points know their stress. */
static void stress_of_a_film_that_flows(void **state) {
  (void)state;
  BpTestBench b;
  BpTensions tensions = {0};
  double mean[3];
  bp_test_open_world(bp_test_case_of("copper_rdl_bilinear_generic", NULL), two_films(), &b);
  bp_test_join_at_rest(&b);
  petsc_ok(bp_tensions_add(b.model, BP_REGION_PASSIVATION, &edges, &tensions));
  for (int s = 0; s < b.model->nsets; s++)
    for (int p = 0; p < b.model->set[s].npoints; p++)
      b.model->set[s].stress0[6 * (size_t)p + 1] =
          b.model->set[s].region == BP_REGION_PASSIVATION ? 7e6 : 1e9;
  stretch(&b, &tensions, 1e-3, mean);
  for (int z = 0; z < 3; z++)
    assert_close(mean[z], 7e6, 1e-12, 0.0);
  bp_tensions_free(&tensions);
  bp_test_close(&b);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(zones_are_halves_of_tubes),   cmocka_unit_test(zones_around_bumps),
      cmocka_unit_test(edges_that_are_not_there),    cmocka_unit_test(stress_along_the_stretch),
      cmocka_unit_test(stress_of_a_film_that_flows),
  };
  return BP_TEST_MAIN(argc, argv, "tension", tests);
}
