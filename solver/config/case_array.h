/* The array of joints of a package: who is in it and where. Included by config.h. */
#ifndef BP_CASE_ARRAY_H
#define BP_CASE_ARRAY_H

struct BpCase;

typedef struct {
  int columns, rows; /* along x and y, centred on the die */
} BpArray;

typedef struct {
  int column, row; /* from 1, along x and y */
} BpArrayJoint;

enum { BP_DETAILED = 4 }; /* joints in full detail, at most */

/* 1 if the case models the array, by a part of it that symmetry leaves or by the strip along its
 * diagonal. */
int bp_case_is_array(const struct BpCase *bp);

/* 1 if that is the strip, whose x axis runs along the diagonal. */
int bp_case_is_strip(const struct BpCase *bp);

/* Joint number i in full detail, the first one being reported; returns 0 past the last one. The
 * cell's joint is (0, 0). */
int bp_case_detailed(const struct BpCase *bp, int i, BpArrayJoint *joint);

/* Axis of a joint in the model's axes, m: from the die's centre in an array, the origin in a cell.
 */
void bp_case_joint_axis(const struct BpCase *bp, BpArrayJoint joint, double axis[2]);

#endif
