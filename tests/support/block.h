/* A box of wedges in layers: a mesh smaller and plainer than a joint's. */
#ifndef BP_TEST_BLOCK_H
#define BP_TEST_BLOCK_H

#include "meshio.h"

typedef struct {
  int nx, ny, nlayers; /* cells (of two wedges) along x and y, layers along z */
  double size[2];      /* m: x from -size[0]/2 to size[0]/2, y from 0 to size[1] */
  const double *z;     /* [nlayers + 1] m */
  const int *region;   /* [nlayers] BpRegion */
  double distort;      /* every node moves at random by up to this share of the spacing */
  int inside_only;     /* 1: nodes on the hull are not moved */
  int sides;           /* 1: side_die and side_board hold the side faces, as in a cell; 0: both are
                          there but empty, so that a test prescribes what it likes */
} BpTestBlock;

/* Every region of BpRegion has its index as group. Sets: side_die, side_board, mirror, die_back,
 * board_back, wetted_package and wetted_board as in a cell, and "hull" with every outer face. */
BpMesh *bp_test_block(const BpTestBlock *block);

/* A joint made of full layers: die, passivation, D1, wiring, solder, board pad, board. distort and
 * sides as above. */
BpMesh *bp_test_small_joint(int nx, int ny, double distort, int sides);

/* Names faces of the hull of a box as those of a strip: mirror_x, and on the largest y long_die
 * below z = 0 and long_board above z = board. */
void bp_test_make_strip(BpMesh *mesh, double board);

/* Heights of that joint: 0 at the wiring's lower face. */
extern const double bp_test_small_joint_z[9];

#endif
