/* Cells for the contract of elements: curved, in a general position. */
#ifndef BP_TEST_ELEMENT_CELL_H
#define BP_TEST_ELEMENT_CELL_H

#include "fe.h"

/* An element with everything that a test wants of it. */
typedef struct {
  const BpElement *e;
  const BpCellInfo *info;
  double xyz[BP_FE_MAX_NODES][3], volume[BP_FE_MAX_POINTS], g[BP_FE_MAX_GRADIENTS];
} BpTestCell;

/* Calls a check with a cell of every element of the table. */
void bp_test_every_element(void (*check)(BpTestCell *cell));

/* Reference position of node n: vertices, and the middles of edges as the meshes have them. */
void bp_test_reference(const BpTestCell *c, int n, double xi[3]);

/* About 10 x 10 x 8 um in a general position, with every node moved: edges and faces are curved. */
void bp_test_distort(BpTestCell *c, double amplitude);

/* How far nodes may be moved without an inverted cell. */
double bp_test_most(const BpTestCell *c);

/* A distorted cell with its gradients and volumes. */
void bp_test_open_cell(BpTestCell *c);

/* A random point inside, reference coordinates. */
void bp_test_inside(const BpTestCell *c, double xi[3]);

const double (*bp_test_nodes(const BpTestCell *c))[3];

/* x to a whole power; integrals of the power over [-1, 1], and of r^i s^j over the triangle. */
double bp_test_power(double x, int n);
double bp_test_on_line(int n);
double bp_test_on_triangle(int i, int j);

#endif
