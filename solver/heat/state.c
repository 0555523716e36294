/* The state of heat for a checkpoint. */
#include "heat_impl.h"

/* Numbers of the state and counts, one after the other. */
static void number_state(BpHeatState *s, BpHeatCounts *c, double *number, int reading) {
  double *value[] = {&s->t,
                     &s->dt,
                     &s->moved,
                     &s->worst,
                     &s->last.stored,
                     &s->last.in,
                     &s->last.out,
                     &s->last.imbalance,
                     &s->total.stored,
                     &s->total.in,
                     &s->total.out,
                     &s->total.imbalance};
  const int n = BP_COUNT(value);
  for (int i = 0; i < n; i++)
    if (reading)
      *value[i] = number[i];
    else
      number[i] = *value[i];
  if (reading)
    *c = (BpHeatCounts){(int)number[n], (int)number[n + 1], (long)number[n + 2],
                        (long)number[n + 3]};
  number[n] = c->accepted;
  number[n + 1] = c->rejected;
  number[n + 2] = (double)c->newton;
  number[n + 3] = (double)c->linear;
}

PetscErrorCode bp_heat_get_state(const BpHeat *heat, double number[BP_HEAT_NUMBERS], double *T) {
  BpHeatState state = heat->kept;
  BpHeatCounts counts = heat->counts;
  const double *local = bp_heat_kept_temperature(heat);
  int at = 0;
  number_state(&state, &counts, number, 0);
  for (int n = 0; n < heat->grid->nnodes; n++)
    if (heat->grid->node_global[n] >= 0)
      T[at++] = local[n];
  return 0;
}

PetscErrorCode bp_heat_set_state(BpHeat *heat, const double number[BP_HEAT_NUMBERS],
                                 const double *T) {
  double copy[BP_HEAT_NUMBERS], *value;
  PetscInt first;
  int at = 0;
  for (int i = 0; i < BP_HEAT_NUMBERS; i++)
    copy[i] = number[i];
  number_state(&heat->state, &heat->counts, copy, 1);
  heat->has_start = 0;
  PetscCall(VecGetOwnershipRange(heat->T, &first, NULL));
  PetscCall(VecGetArray(heat->T, &value));
  for (int n = 0; n < heat->grid->nnodes; n++)
    if (heat->grid->node_global[n] >= 0)
      value[heat->grid->node_global[n] - first] = T[at++];
  PetscCall(VecRestoreArray(heat->T, &value));
  PetscCall(DMGlobalToLocal(heat->dm, heat->T, INSERT_VALUES, heat->T0));
  return bp_heat_keep(heat);
}
