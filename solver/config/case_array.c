/* See case_array.h. */
#include "config.h"

#include <math.h>
#include <string.h>

int bp_case_is_strip(const BpCase *bp) {
  return strcmp(bp->model.kind, "strip") == 0;
}

int bp_case_is_array(const BpCase *bp) {
  return strcmp(bp->model.kind, "quarter") == 0 || strcmp(bp->model.kind, "octant") == 0 ||
         bp_case_is_strip(bp);
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
  const double along_x = bp->package.pitch * (joint.column - 0.5 * (array->columns + 1)),
               along_y = bp->package.pitch * (joint.row - 0.5 * (array->rows + 1));
  const int turned = bp_case_is_strip(bp);
  axis[0] = turned ? M_SQRT1_2 * (along_x + along_y) : along_x;
  axis[1] = turned ? M_SQRT1_2 * (along_y - along_x) : along_y;
}
