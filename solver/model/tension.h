/* Principal tension in thin brittle films, averaged over fixed physical zones around the edges that
 * the pad's relief has in the plan: corners of copper on a film are singular, a value at a point
 * there would only tell how fine the mesh is. */
#ifndef BP_TENSION_H
#define BP_TENSION_H

#include "model.h"

/* Part of a film within a distance of circles around a joint's axis. */
typedef struct {
  char name[BP_NAME]; /* "passivation", both kinds of edges; "passivation.ring_edge" */
  double volume;      /* m3, over all ranks */
  int count;          /* points of this rank with a weight */
  int *point;         /* [count] place in the list of points of `cell` */
  double *weight;     /* [count] m3 */
} BpTensionZone;

typedef struct {
  BpTensionZone *zone; /* [nzones] those with a volume */
  int nzones;
  int *cell;  /* [ncells] local cells that zones touch, each once */
  int *first; /* [ncells + 1] first point of a cell */
  int *set;   /* [ncells] point set of a cell, -1: its law is linear */
  int *place; /* [ncells] place in that set */
  int ncells;
} BpTensions;

enum { BP_TENSION_HEIGHTS = 3 };

/* Where the edges are: on circles of the plan, at each of the heights that films end at. */
typedef struct {
  double axis[2];          /* m */
  double ring[2], well;    /* m, radii; 0: no such edge */
  const double (*bump)[2]; /* [nbumps] m, axes of bumps in place of the ring, from axis */
  int nbumps;
  double bump_radius;                /* m */
  double height[BP_TENSION_HEIGHTS]; /* m */
  double distance;                   /* m, that zones reach from the edges */
} BpTensionEdges;

/* Zones of a region: around ring edges, well edges, and both.   [collective] */
PetscErrorCode bp_tensions_add(const BpModel *model, int region, const BpTensionEdges *edges,
                               BpTensions *tensions);
void bp_tensions_free(BpTensions *tensions);

/* Means of the largest principal stress over the zones, Pa, in the last accepted state; pressure is
 * negative.   [collective]
 * u     [3 nnodes] displacement of the local nodes, m
 * mean  [nzones] */
PetscErrorCode bp_tensions_mean(const BpModel *model, const BpTensions *tensions, const double *u,
                                double *mean);

#endif
