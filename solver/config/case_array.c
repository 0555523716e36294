/* See case_array.h. */
#include "config.h"

#include <string.h>

int bp_case_is_array(const BpCase *bp) {
  return strcmp(bp->model.kind, "quarter") == 0 || strcmp(bp->model.kind, "octant") == 0;
}

int bp_case_detailed(const BpCase *bp, int i, BpArrayJoint *joint) {
  const BpModelCase *model = &bp->model;
  *joint = (BpArrayJoint){0, 0};
  if (bp_case_is_array(bp))
    *joint = model->ndetailed > i
                 ? model->detailed[i]
                 : (BpArrayJoint){bp->package.array.columns, bp->package.array.rows};
  return i < (bp_case_is_array(bp) && model->ndetailed > 0 ? model->ndetailed : 1);
}

void bp_case_joint_axis(const BpCase *bp, BpArrayJoint joint, double axis[2]) {
  const BpArray *array = &bp->package.array;
  axis[0] = axis[1] = 0.0;
  if (!bp_case_is_array(bp))
    return;
  axis[0] = bp->package.pitch * (joint.column - 0.5 * (array->columns + 1));
  axis[1] = bp->package.pitch * (joint.row - 0.5 * (array->rows + 1));
}
