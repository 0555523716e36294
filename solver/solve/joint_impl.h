/* Inside the joint's files. */
#ifndef BP_JOINT_IMPL_H
#define BP_JOINT_IMPL_H

#include "joint.h"

/* Fills averages and films, and the indices of the reported ones.   [collective] */
PetscErrorCode bp_joint_add_regions(BpJoint *joint);

#endif
