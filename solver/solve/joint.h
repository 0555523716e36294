/* What is measured at the joint in the course of a run: averages over the interface layers, the
 * common region and the copper near walls and edges, cycle by cycle; warpage of die and board. */
#ifndef BP_JOINT_H
#define BP_JOINT_H

#include "average.h"
#include "tension.h"

enum { BP_JOINT_WATCHED = 96 };
enum { BP_SIDES = 2, BP_PACKAGE_SIDE = 0, BP_BOARD_SIDE = 1 };

typedef struct {
  BpModel *model;
  BpAverages averages;
  int layer[BP_SIDES], common[BP_SIDES];   /* index of the reported layer and of the common region;
                                              -1: a user's mesh has none */
  int nwatched, watched[BP_JOINT_WATCHED]; /* averages whose strain the steps are measured by: the
                                              reported layers, of a user's mesh all */
  int copper;            /* index of the copper zone, -1: none; its parts follow it */
  double *work, *strain; /* [averages.count] J/m3, 1: accumulated, last accepted state */
  double *work_start, *strain_start; /* the same at the start of the cycle */
  double *range; /* [averages.count] largest range of inelastic strain between ends of dwells in the
                    cycle, averages over copper only */
  double *at_dwell;       /* inelastic strain of the copper's points at the last end of a dwell */
  BpTensions films;       /* zones of the films at the edges of the pad's relief */
  double *tension, *peak; /* [films.nzones] Pa: largest principal stress, mean over each zone, of
                             the last accepted state; its largest value in the cycle */
  double
      warpage[2]; /* m, difference of the largest and smallest u_z on the back of die and board */
} BpJoint;

/* What a cycle gave. */
typedef struct {
  int index;
  double *work, *strain, *range; /* [averages.count] of this cycle: J/m3, 1, 1 */
  double *tension;               /* [films.nzones] Pa, its peak */
} BpCycle;

/* Finds the regions.   [collective] */
PetscErrorCode bp_joint_create(BpModel *model, BpJoint **joint);
void bp_joint_destroy(BpJoint **joint);

/* Takes the last accepted state.   [collective]
 * dwell_end  1 at the end of a dwell */
PetscErrorCode bp_joint_update(BpJoint *joint, Vec u, int dwell_end);

/* What the cycle that ends here gave; the next one starts. Free with bp_cycle_free(). */
BpCycle bp_joint_close_cycle(BpJoint *joint, int index);
void bp_cycle_free(BpCycle *cycle);

#endif
