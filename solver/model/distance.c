#include "distance.h"

#include "fe.h"

#include <stdlib.h>

enum { SPLIT = 4 }; /* triangles along a side of a face */

static void subtract(const double a[3], const double b[3], double c[3]) {
  for (int d = 0; d < 3; d++)
    c[d] = a[d] - b[d];
}

static double dot(const double a[3], const double b[3]) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void add_triangle(BpFacets *facets, double corner[3][3]) {
  BpFacet f = {.radius = 0.0};
  memcpy(f.corner, corner, sizeof f.corner);
  for (int d = 0; d < 3; d++)
    f.center[d] = (corner[0][d] + corner[1][d] + corner[2][d]) / 3.0;
  for (int i = 0; i < 3; i++) {
    double v[3];
    subtract(corner[i], f.center, v);
    f.radius = fmax(f.radius, sqrt(dot(v, v)));
  }
  if ((facets->count & (facets->count - 1)) == 0)
    BP_GROW(facets->facet, facets->count > 0 ? 2 * facets->count : 1);
  facets->facet[facets->count++] = f;
}

static void add_triangle_face(BpFacets *facets, int nnodes, const double (*xyz)[3]) {
  const double h = 1.0 / SPLIT;
  for (int i = 0; i < SPLIT; i++)
    for (int j = 0; i + j < SPLIT; j++) {
      double a[3], b[3], c[3], d[3];
      bp_face_position(nnodes, xyz, i * h, j * h, a);
      bp_face_position(nnodes, xyz, (i + 1) * h, j * h, b);
      bp_face_position(nnodes, xyz, i * h, (j + 1) * h, c);
      double one[3][3], two[3][3];
      memcpy(one[0], a, sizeof a);
      memcpy(one[1], b, sizeof b);
      memcpy(one[2], c, sizeof c);
      add_triangle(facets, one);
      if (i + j + 1 == SPLIT)
        continue;
      bp_face_position(nnodes, xyz, (i + 1) * h, (j + 1) * h, d);
      memcpy(two[0], b, sizeof b);
      memcpy(two[1], d, sizeof d);
      memcpy(two[2], c, sizeof c);
      add_triangle(facets, two);
    }
}

static void add_quadrilateral_face(BpFacets *facets, int nnodes, const double (*xyz)[3]) {
  const double h = 2.0 / SPLIT;
  for (int i = 0; i < SPLIT; i++)
    for (int j = 0; j < SPLIT; j++) {
      double at[4][3];
      for (int k = 0; k < 4; k++)
        bp_face_position(nnodes, xyz, -1.0 + h * (i + (k == 1 || k == 2)),
                         -1.0 + h * (j + (k >= 2)), at[k]);
      double one[3][3], two[3][3];
      memcpy(one, at, sizeof one);
      memcpy(two[0], at[0], sizeof at[0]);
      memcpy(two[1], at[2], sizeof at[2]);
      memcpy(two[2], at[3], sizeof at[3]);
      add_triangle(facets, one);
      add_triangle(facets, two);
    }
}

void bp_facets_add(BpFacets *facets, int nnodes, const double (*xyz)[3]) {
  if (nnodes % 3 == 0)
    add_triangle_face(facets, nnodes, xyz);
  else
    add_quadrilateral_face(facets, nnodes, xyz);
}

void bp_facets_free(BpFacets *facets) {
  free(facets->facet);
  *facets = (BpFacets){0};
}

typedef struct {
  double distance2; /* of its centre */
  int facet;
} Candidate;

static int by_distance(const void *a, const void *b) {
  const Candidate *x = a, *y = b;
  if (x->distance2 != y->distance2)
    return x->distance2 < y->distance2 ? -1 : 1;
  return x->facet - y->facet;
}

int bp_facets_near(const BpFacets *facets, const double center[3], double reach, int *near) {
  Candidate *found = BP_NEW(Candidate, facets->count);
  int n = 0;
  for (int i = 0; i < facets->count; i++) {
    double v[3];
    subtract(center, facets->facet[i].center, v);
    const double limit = reach + facets->facet[i].radius, distance2 = dot(v, v);
    if (distance2 <= limit * limit)
      found[n++] = (Candidate){distance2, i};
  }
  qsort(found, (size_t)n, sizeof found[0], by_distance);
  for (int i = 0; i < n; i++)
    near[i] = found[i].facet;
  free(found);
  return n;
}

/* Squared distance from x to the segment a b. */
static double segment_distance2(const double x[3], const double a[3], const double b[3]) {
  double ab[3], ax[3], v[3];
  subtract(b, a, ab);
  subtract(x, a, ax);
  const double length2 = dot(ab, ab);
  const double t = length2 > 0.0 ? fmin(1.0, fmax(0.0, dot(ax, ab) / length2)) : 0.0;
  for (int d = 0; d < 3; d++)
    v[d] = ax[d] - t * ab[d];
  return dot(v, v);
}

/* Squared distance from x to a triangle: to its plane where the foot lies inside, else to the
 * nearest side. */
static double triangle_distance2(const double x[3], const double (*c)[3]) {
  double e1[3], e2[3], v[3];
  subtract(c[1], c[0], e1);
  subtract(c[2], c[0], e2);
  subtract(x, c[0], v);
  const double a = dot(e1, e1), b = dot(e1, e2), d = dot(e2, e2), p = dot(v, e1), q = dot(v, e2);
  const double det = a * d - b * b, s = (d * p - b * q) / det, t = (a * q - b * p) / det;
  if (s >= 0.0 && t >= 0.0 && s + t <= 1.0) {
    for (int k = 0; k < 3; k++)
      v[k] -= s * e1[k] + t * e2[k];
    return dot(v, v);
  }
  return fmin(segment_distance2(x, c[0], c[1]),
              fmin(segment_distance2(x, c[1], c[2]), segment_distance2(x, c[2], c[0])));
}

double bp_facets_distance(const BpFacets *facets, const int *near, int nnear, const double x[3],
                          double limit) {
  double least = limit * limit, root = limit;
  for (int i = 0; i < nnear; i++) {
    const BpFacet *f = &facets->facet[near[i]];
    double v[3];
    subtract(x, f->center, v);
    const double beyond = root + f->radius;
    if (dot(v, v) >= beyond * beyond)
      continue;
    const double own = triangle_distance2(x, f->corner);
    if (own >= least)
      continue;
    least = own;
    root = sqrt(own);
  }
  return root;
}
