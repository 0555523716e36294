/* A box as a user would mesh it, of any element: faces x0, x1, y0, y1, z0, z1, edge "axis" (x = y =
 * 0), corner "origin", one volume "body". */
#ifndef BP_TEST_USER_BLOCK_H
#define BP_TEST_USER_BLOCK_H

#include "meshio.h"

/* n cells of three along each edge of size (m) are hexahedra, each cut into two wedges or six
 * tetrahedra for these types; with `mixed` the upper half in x is of wedges. Nodes inside are moved
 * by up to distort cells, so that edges are curved. */
BpMesh *bp_test_user_block(BpCellType type, int n, const double size[3], double distort, int mixed);

#endif
