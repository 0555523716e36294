/* Cells cut into small pieces, for regions whose boundary runs through them. Pure. */
#ifndef BP_CUT_CELL_H
#define BP_CUT_CELL_H

#include "fe.h"

enum { BP_CUT_MOST = 8, BP_CUT_LATTICE = 9 * 9 * 9 };

/* A cell with n pieces along each edge. */
typedef struct {
  const BpElement *element;
  int n;                  /* up to BP_CUT_MOST */
  unsigned wanted;        /* a bit of `owners` */
  const double (*xyz)[3]; /* nodes of the cell, m */
  const unsigned *owners; /* [BP_CUT_LATTICE] bits of those that own each corner alike, NULL: all of
                             a piece is wanted; else as much as `wanted` owns of its corners */
  double phi[BP_CUT_LATTICE]; /* signed distance to the region's boundary at the corners of the
                                 pieces, negative inside */
} BpCutCell;

/* A ball that holds the nodes of a cell, m. */
void bp_cut_ball(int nnodes, const double (*xyz)[3], double center[3], double *radius);

/* Pieces along an edge of a cell of a size, where the region is as thick as a distance. */
int bp_cut_pieces(double size, double distance);

/* Fills phi with the distance of every corner. */
void bp_cut_sample(BpCutCell *cut, double (*distance)(const double x[3], const void *context),
                   const void *context);

/* Adds the volume of the part with phi < shift to the cell's quadrature points, weight [npoints]
 * m3, so that the integral of any function given at the points is that of its interpolation. */
void bp_cut_add(const BpCutCell *cut, double shift, double *weight);

#endif
