/* The contract of an element against its faces, for every entry of elements.def: volume, patch
 * test, validity and places on distorted curved cells. Expected: integrals over the faces by a rule
 * of the test's own, and exact properties. */
#include "close.h"
#include "element_cell.h"

enum { NODES = BP_FE_MAX_NODES, POINTS = BP_FE_MAX_POINTS };

/* ---- faces, by Gauss-Legendre with six points (Abramowitz & Stegun, table 25.4) */

static const double gauss_x[6] = {-0.932469514203152, -0.661209386466265, -0.238619186083197,
                                  0.238619186083197,  0.661209386466265,  0.932469514203152};
static const double gauss_w[6] = {0.171324492379170, 0.360761573048139, 0.467913934572691,
                                  0.467913934572691, 0.360761573048139, 0.171324492379170};

static int is_square(const BpFaceElement *face) {
  return face->nnodes % 4 == 0;
}

/* Point and weight of a rule for a face; the triangle as a collapsed square. */
static double face_point(const BpFaceElement *face, int i, int j, double xi[2]) {
  if (is_square(face)) {
    xi[0] = gauss_x[i];
    xi[1] = gauss_x[j];
    return gauss_w[i] * gauss_w[j];
  }
  const double u = 0.5 * (1.0 + gauss_x[i]), v = 0.5 * (1.0 + gauss_x[j]);
  xi[0] = u;
  xi[1] = v * (1.0 - u);
  return 0.25 * gauss_w[i] * gauss_w[j] * (1.0 - u);
}

/* n dA at a point of a face. Slopes by differences, exact because a face is quadratic along each of
 * its coordinates. */
static void face_normal(const BpFaceElement *face, const double (*xyz)[3], const double xi[2],
                        double n[3]) {
  const double h = 0.125;
  double slope[2][3];
  for (int d = 0; d < 2; d++) {
    double up[3], down[3], moved[2] = {xi[0], xi[1]};
    moved[d] = xi[d] + h;
    bp_face_geometry(face, xyz, moved, up, NULL);
    moved[d] = xi[d] - h;
    bp_face_geometry(face, xyz, moved, down, NULL);
    for (int i = 0; i < 3; i++)
      slope[d][i] = (up[i] - down[i]) / (2 * h);
  }
  for (int i = 0; i < 3; i++)
    n[i] = slope[0][(i + 1) % 3] * slope[1][(i + 2) % 3] -
           slope[0][(i + 2) % 3] * slope[1][(i + 1) % 3];
}

/* Nodes of face f of a cell. */
static const BpFaceElement *face_of(const BpTestCell *c, int f, int nodes[8],
                                    double corners[8][3]) {
  const BpFaceElement *face = bp_face_element(bp_cell_face_nodes(c->e->cell, f, nodes));
  for (int i = 0; i < face->nnodes; i++)
    memcpy(corners[i], c->xyz[nodes[i]], sizeof corners[i]);
  return face;
}

/* Adds integrals over face f of N_a n dA for its nodes, and of x . n/3 dA. */
static void integrate_face(const BpTestCell *c, int f, double moment[NODES][3], double *volume) {
  int nodes[8];
  double corners[8][3];
  const BpFaceElement *face = face_of(c, f, nodes, corners);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) {
      double xi[2], n[3], x[3], N[8];
      const double w = face_point(face, i, j, xi);
      face_normal(face, (const double(*)[3])corners, xi, n);
      bp_face_geometry(face, (const double(*)[3])corners, xi, x, NULL);
      face->shapes(xi, N, NULL);
      *volume += w * (x[0] * n[0] + x[1] * n[1] + x[2] * n[2]) / 3.0;
      for (int a = 0; a < face->nnodes; a++)
        for (int d = 0; d < 3; d++)
          moment[nodes[a]][d] += w * N[a] * n[d];
    }
}

/* The volume of a distorted cell, and Gauss' theorem, integral of grad N_a = integral of N_a n over
 * the faces: what the patch test stands on. A rule of too few points misses it by some 1e-3. */
static void obeys_gauss(BpTestCell *c) {
  for (int k = 0; k < 10; k++) {
    double moment[NODES][3] = {{0}}, by_faces = 0.0, volume = 0.0;
    bp_test_open_cell(c);
    for (int f = 0; f < c->info->nfaces; f++)
      integrate_face(c, f, moment, &by_faces);
    for (int q = 0; q < c->e->npoints; q++)
      volume += c->volume[q];
    assert_close(volume, by_faces, 1e-13, 0.0);
    for (int n = 0; n < c->e->nnodes; n++)
      for (int d = 0; d < 3; d++) {
        double integral = 0.0;
        for (int q = 0; q < c->e->npoints; q++)
          integral += c->volume[q] * c->g[(q * 3 + d) * c->e->pad + n];
        assert_close(integral, moment[n][d], 0.0, 1e-13 * 1e-10); /* a face has 1e-10 m2 */
      }
  }
}

static void gradients_obey_gauss(void **state) {
  (void)state;
  bp_test_every_element(obeys_gauss);
}

/* Forces of a constant stress are those of its traction on the faces, by the face elements' own
 * rule: the patch test on a curved cell. */
static void passes_patch(BpTestCell *c) {
  double stress[6 * POINTS], one[6], f[3 * BP_FE_MAX_PAD] = {0}, expected[NODES][3] = {{0}};
  bp_test_open_cell(c);
  for (int i = 0; i < 6; i++)
    one[i] = bp_random(-1e7, 1e7);
  for (int i = 0; i < 6 * c->e->npoints; i++)
    stress[i] = one[i % 6];
  c->e->add_force(c->g, c->volume, stress, f);
  for (int k = 0; k < c->info->nfaces; k++) {
    int nodes[8];
    double corners[8][3];
    const BpFaceElement *face = face_of(c, k, nodes, corners);
    for (int q = 0; q < face->npoints; q++) {
      double n[3], N[8], h = sqrt(0.5);
      bp_face_geometry(face, (const double(*)[3])corners, face->point[q], NULL, n);
      face->shapes(face->point[q], N, NULL);
      const double t[3] = {one[0] * n[0] + h * (one[5] * n[1] + one[4] * n[2]),
                           one[1] * n[1] + h * (one[5] * n[0] + one[3] * n[2]),
                           one[2] * n[2] + h * (one[4] * n[0] + one[3] * n[1])};
      for (int a = 0; a < face->nnodes; a++)
        for (int d = 0; d < 3; d++)
          expected[nodes[a]][d] += face->weight[q] * N[a] * t[d];
    }
  }
  for (int n = 0; n < c->e->nnodes; n++)
    for (int d = 0; d < 3; d++)
      assert_close(f[d * c->e->pad + n], expected[n][d], 0.0, 1e-10 * 1e7 * 1e-10);
}

static void constant_stress_passes_the_patch_test(void **state) {
  (void)state;
  bp_test_every_element(passes_patch);
}

/* ---- validity and places */

static void has_jacobian(BpTestCell *c) {
  const double h = 1e-2; /* positions are quadratic along each coordinate */
  double xi[3], J[3][3];
  bp_test_distort(c, bp_test_most(c));
  bp_test_inside(c, xi);
  const double det = bp_element_jacobian(c->e, bp_test_nodes(c), xi, J);
  for (int j = 0; j < 3; j++) {
    double up[3], down[3], moved[3] = {xi[0], xi[1], xi[2]};
    moved[j] += h;
    bp_element_position(c->e, bp_test_nodes(c), moved, up);
    moved[j] -= 2 * h;
    bp_element_position(c->e, bp_test_nodes(c), moved, down);
    for (int i = 0; i < 3; i++)
      assert_close(J[i][j], (up[i] - down[i]) / (2 * h), 0.0, 2e-17);
  }
  assert_close(det,
               J[0][0] * (J[1][1] * J[2][2] - J[1][2] * J[2][1]) +
                   J[0][1] * (J[1][2] * J[2][0] - J[1][0] * J[2][2]) +
                   J[0][2] * (J[1][0] * J[2][1] - J[1][1] * J[2][0]),
               1e-13, 0.0);
  assert_close(bp_element_jacobian(c->e, bp_test_nodes(c), xi, NULL), det, 0.0, 0.0);
}

static void jacobian_is_the_slope_of_position(void **state) {
  (void)state;
  bp_test_every_element(has_jacobian);
}

/* Smallest determinant over a fine lattice. */
static double sampled_minimum(const BpTestCell *c) {
  const int n = 12;
  double least = INFINITY;
  for (int i = -n; i <= n; i++)
    for (int j = -n; j <= n; j++)
      for (int k = -n; k <= n; k++) {
        const double xi[3] = {(double)i / n, (double)j / n, (double)k / n};
        if (bp_element_outside(c->e, xi) <= 1e-12)
          least = fmin(least, bp_element_jacobian(c->e, bp_test_nodes(c), xi, NULL));
      }
  return least;
}

static void has_bounds(BpTestCell *c) {
  BpJacobianBound bound;
  int valid = 0, invalid = 0;
  bp_jacobian_bound_init(c->e, &bound);
  for (int k = 0; k < 60; k++) {
    double lower, upper;
    bp_test_distort(c, 0.01 * (k % 20));
    bp_jacobian_bounds(&bound, bp_test_nodes(c), &lower, &upper);
    const double least = sampled_minimum(c);
    assert_true(lower <= least + 1e-12 * upper);
    assert_true(upper >= least);
    if (k % 20 == 0) { /* straight edges: constant, and the bound is sharp */
      assert_close(lower, least, 1e-9, 0.0);
      assert_close(upper, least, 1e-9, 0.0);
    }
    valid += lower > 0.0;
    invalid += lower <= 0.0;
  }
  assert_true(valid > 5); /* the bound is of use; and both happen, or the test says nothing */
  assert_true(invalid > 5 || c->info->order == 1);
}

static void bounds_enclose_the_jacobian(void **state) {
  (void)state;
  bp_test_every_element(has_bounds);
}

static void refuses_mirror_image(BpTestCell *c) {
  bp_test_distort(c, 0.0);
  assert_int_equal(c->e->gradients(bp_test_nodes(c), c->g, c->volume), BP_OK);
  for (int n = 0; n < c->e->nnodes; n++)
    c->xyz[n][0] = -c->xyz[n][0];
  assert_int_equal(c->e->gradients(bp_test_nodes(c), c->g, c->volume), BP_BAD);
}

static void inverted_elements_are_refused(void **state) {
  (void)state;
  bp_test_every_element(refuses_mirror_image);
}

/* A face's own map is that of its cell. */
static void fits_its_faces(BpTestCell *c) {
  bp_test_distort(c, bp_test_most(c));
  for (int f = 0; f < c->info->nfaces; f++) {
    int nodes[8];
    double corners[8][3], on_face[3], inside[3], N[8], xi[3] = {0};
    const BpFaceElement *face = face_of(c, f, nodes, corners);
    const double at_face[2] = {0.3, 0.25};
    face->shapes(at_face, N, NULL);
    for (int i = 0; i < face->nnodes; i++)
      for (int d = 0; d < 3; d++) {
        double own[3];
        bp_test_reference(c, nodes[i], own);
        xi[d] += N[i] * own[d];
      }
    bp_face_geometry(face, (const double(*)[3])corners, at_face, on_face, NULL);
    bp_element_position(c->e, bp_test_nodes(c), xi, inside);
    for (int d = 0; d < 3; d++)
      assert_close(on_face[d], inside[d], 1e-13, 0.0);
  }
}

static void faces_fit_their_cell(void **state) {
  (void)state;
  bp_test_every_element(fits_its_faces);
}

static void face_rule(const BpFaceElement *face) {
  for (int i = 0; i <= face->degree; i++)
    for (int j = 0; j <= face->degree - (is_square(face) ? 0 : i); j++) {
      double sum = 0.0;
      for (int q = 0; q < face->npoints; q++)
        sum += face->weight[q] * bp_test_power(face->point[q][0], i) *
               bp_test_power(face->point[q][1], j);
      assert_close(sum,
                   is_square(face) ? bp_test_on_line(i) * bp_test_on_line(j)
                                   : bp_test_on_triangle(i, j),
                   1e-14, 1e-15);
    }
}

static void faces_have_their_degree(void **state) {
  (void)state;
  const int nnodes[] = {3, 4, 6, 8};
  for (int i = 0; i < BP_COUNT(nnodes); i++) {
    assert_int_equal(bp_face_of_nodes(nnodes[i])->nnodes, nnodes[i]);
    face_rule(bp_face_of_nodes(nnodes[i]));
  }
  assert_null(bp_face_element(BP_CELL_TET10));
}

/* A point inside is found again; one outside is told to be there. */
static void locates(BpTestCell *c) {
  for (int k = 0; k < 20; k++) {
    double xi[3], x[3], found[3];
    bp_test_distort(c, 0.5 * bp_test_most(c));
    bp_test_inside(c, xi);
    bp_element_position(c->e, bp_test_nodes(c), xi, x);
    assert_int_equal(bp_element_locate(c->e, bp_test_nodes(c), x, found), BP_OK);
    for (int d = 0; d < 3; d++)
      assert_close(found[d], xi[d], 0.0, 1e-10);
    for (int d = 0; d < 3; d++)
      x[d] += 4e-5;
    assert_true(bp_element_locate(c->e, bp_test_nodes(c), x, found) != BP_OK ||
                bp_element_outside(c->e, found) > 0.1);
  }
}

static void points_are_located(void **state) {
  (void)state;
  bp_test_every_element(locates);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gradients_obey_gauss),
      cmocka_unit_test(constant_stress_passes_the_patch_test),
      cmocka_unit_test(jacobian_is_the_slope_of_position),
      cmocka_unit_test(bounds_enclose_the_jacobian),
      cmocka_unit_test(inverted_elements_are_refused),
      cmocka_unit_test(faces_fit_their_cell),
      cmocka_unit_test(faces_have_their_degree),
      cmocka_unit_test(points_are_located),
  };
  return cmocka_run_group_tests_name("element geometry", tests, NULL, NULL);
}
