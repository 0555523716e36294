#include "cycle_end.h"

/* Strain that the error of the next steps is compared with. */
static void update_reference(BpRunState *state, const BpCycle *cycle) {
  const BpJoint *joint = state->joint;
  for (int i = 0; i < joint->nwatched; i++) {
    const int layer = joint->watched[i];
    const double strain =
        cycle ? cycle->strain[layer] : joint->strain[layer] - joint->strain_start[layer];
    state->error.reference = fmax(state->error.reference, strain);
  }
}

const BpCycle *bp_cycle_close(BpRunState *state, const BpCorner *corner) {
  BpRunSummary *summary = state->summary;
  if (!corner || !(corner->closes_cycle || (corner->cycle < 0 && corner[1].cycle >= 0))) {
    update_reference(state, NULL);
    return NULL;
  }
  BpCycle cycle = bp_joint_close_cycle(state->joint, corner->cycle);
  update_reference(state, &cycle);
  if (!corner->closes_cycle) {
    bp_cycle_free(&cycle);
    return NULL;
  }
  BP_GROW(summary->cycle, summary->ncycles + 1);
  summary->cycle[summary->ncycles] = cycle;
  return &summary->cycle[summary->ncycles++];
}

int bp_cycle_is_steady(const BpRunState *state) {
  const BpJoint *joint = state->joint;
  BpRunSummary *summary = state->summary;
  const double wanted = state->newton->model->bp->load.steady_change;
  if (!(wanted > 0.0) || summary->ncycles < 2 || joint->nwatched == 0)
    return 0;
  const BpCycle *last = &summary->cycle[summary->ncycles - 1], *before = last - 1;
  int layer = joint->watched[0];
  for (int i = 1; i < joint->nwatched; i++)
    if (last->work[joint->watched[i]] > last->work[layer])
      layer = joint->watched[i];
  const double change = fabs(last->work[layer] - before->work[layer]);
  if (!(change <= wanted * last->work[layer]))
    return 0;
  snprintf(summary->reason, sizeof summary->reason,
           "cycle %d changes the work of a cycle by %.2g %%, which is steady", last->index,
           100.0 * change / last->work[layer]);
  return 1;
}
