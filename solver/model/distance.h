/* Distance from points to a set of curved faces. Pure. */
#ifndef BP_DISTANCE_H
#define BP_DISTANCE_H

#include "base.h"

/* A flat triangle of a subdivided face, with a sphere around it. */
typedef struct {
  double corner[3][3]; /* m */
  double center[3], radius;
} BpFacet;

typedef struct {
  BpFacet *facet;
  int count;
} BpFacets;

/* Adds a face (3, 4, 6 or 8 nodes in own order) as flat triangles, fine enough that a circle of
 * 16 such faces, the coarsest there is, is met to 1.3e-3 of its radius. */
void bp_facets_add(BpFacets *facets, int nnodes, const double (*xyz)[3]);
void bp_facets_free(BpFacets *facets);

/* Facets that come within `reach` of the ball around center: their numbers in near [count], the
 * nearest first, so that most others are passed over; returns how many. */
int bp_facets_near(const BpFacets *facets, const double center[3], double reach, int *near);

/* Distance from x to the nearest of the given facets, or `limit` if none is closer. */
double bp_facets_distance(const BpFacets *facets, const int *near, int nnear, const double x[3],
                          double limit);

#endif
