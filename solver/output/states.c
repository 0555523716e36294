/* States of laws among the fields, those that output.states names. A cell holds the mean of its
 * points; one whose law has no such state holds NaN, so that no picture's scale and no mean counts
 * what is not there. */
#include "output_impl.h"

#include "fe.h"

#include <stdlib.h>

/* A state that some law of the case has. `rival` is another law with a state of this name that is
 * something else; NULL: none. */
typedef struct {
  BpStateField field;
  const BpLaw *law, *rival;
} Known;

typedef struct {
  Known *item;
  int count;
} KnownList;

/* The two states that every inelastic law has are quantities. */
static int is_quantity_anyway(const char *name) {
  return strcmp(name, BP_STATE_INELASTIC) == 0 || strcmp(name, BP_STATE_ACCUMULATED) == 0;
}

static Known *find(const KnownList *list, const char *name) {
  for (int i = 0; i < list->count; i++)
    if (strcmp(list->item[i].field.info->name, name) == 0)
      return &list->item[i];
  return NULL;
}

static void add_state(KnownList *list, const BpLaw *law, const BpStateInfo *state, int region) {
  Known *known = find(list, state->name);
  if (!known) {
    BP_GROW(list->item, list->count + 1);
    known = &list->item[list->count++];
    *known = (Known){.field = {.info = state}, .law = law};
    for (int i = 0; i < BP_MAX_REGIONS; i++)
      known->field.offset[i] = -1;
  }
  if (state->size != known->field.info->size || strcmp(state->unit, known->field.info->unit) != 0)
    known->rival = law;
  known->field.offset[region] = bp_law_state_offset(law, state->name);
}

static KnownList list_states(const BpMaterials *materials) {
  KnownList list = {0};
  for (int r = 0; r < materials->count; r++) {
    if (!materials->material[r])
      continue;
    const BpLaw *law = bp_material_law(materials->material[r]);
    for (int s = 0; s < law->nstate; s++)
      if (!is_quantity_anyway(law->state[s].name))
        add_state(&list, law, &law->state[s], r);
  }
  return list;
}

/* ---- what is wrong with the names */

static void refuse_name(const BpCase *bp, const KnownList *list, const char *name,
                        BpProblems *problems) {
  const char **known = BP_NEW(const char *, list->count);
  for (int i = 0; i < list->count; i++)
    known[i] = list->item[i].field.info->name;
  bp_output_refuse_name(bp, "output.states: no law of this case has a state", name, known,
                        list->count, problems);
  free(known);
}

static int is_quantity(const char *name) {
  for (int i = 0; bp_quantities[i]; i++)
    if (strcmp(bp_quantities[i]->name, name) == 0)
      return 1;
  return 0;
}

static void check_known(const BpCase *bp, const Known *known, BpProblems *problems) {
  const char *name = known->field.info->name;
  if (is_quantity(name))
    bp_case_problem(
        bp, problems, BP_EXIT_CASE, "output.states",
        "output.states: the state '%s' of '%s' has the name of one of output.quantities; "
        "call it something else in umat.states",
        name, known->law->name);
  if (known->rival)
    bp_case_problem(bp, problems, BP_EXIT_CASE, "output.states",
                    "output.states: the state '%s' of '%s' is not that of '%s', size or unit "
                    "differ; call it something else in umat.states, or name other states",
                    name, known->law->name, known->rival->name);
}

/* ---- the choice */

static int wants(const BpCase *bp, const char *name) {
  for (int i = 0; i < bp->output.nstates; i++)
    if (strcmp(bp->output.states[i], name) == 0)
      return 1;
  return 0;
}

BpStatus bp_output_check(const BpCase *bp, const BpMaterials *materials, BpProblems *problems) {
  KnownList list = list_states(materials);
  const int all = wants(bp, "all"), before = problems->count;
  bp_output_check_quantities(bp, problems);
  for (int i = 0; i < bp->output.nstates && !all; i++)
    if (!find(&list, bp->output.states[i]))
      refuse_name(bp, &list, bp->output.states[i], problems);
  for (int i = 0; i < list.count; i++)
    if (all || wants(bp, list.item[i].field.info->name))
      check_known(bp, &list.item[i], problems);
  free(list.item);
  return problems->count == before ? BP_OK : BP_BAD;
}

void bp_output_choose_states(BpOutput *output) {
  BpMaterials materials = {.count = output->model->nregions};
  const BpCase *bp = output->model->bp;
  for (int r = 0; r < materials.count; r++)
    materials.material[r] = output->model->region[r].material;
  KnownList list = list_states(&materials);
  for (int i = 0; i < list.count; i++)
    if (wants(bp, "all") || wants(bp, list.item[i].field.info->name)) {
      BP_GROW(output->state, output->nstates + 1);
      output->state[output->nstates++] = list.item[i].field;
    }
  free(list.item);
}

/* ---- the values */

static void mean_of_points(const BpPointSet *set, int place, const BpStateField *field,
                           double *value) {
  const int at = field->offset[set->region], size = field->info->size;
  double one[BP_FE_MAX_POINTS], tensor[BP_FE_MAX_POINTS][6];
  const size_t first = (size_t)set->first[place], n = (size_t)set->nstate,
               npoints = (size_t)set->element[place]->npoints;
  const double *own = set->state0 + n * first + at;
  const BpView view = {.npoints = (int)npoints, .volume = set->volume + first};
  if (bp_state_is_tensor(field->info)) {
    for (size_t q = 0; q < npoints; q++)
      memcpy(tensor[q], own + n * q, sizeof tensor[q]);
    bp_view_mean_tensor(&view, (const double(*)[6])tensor, value);
    return;
  }
  for (int c = 0; c < size; c++) {
    for (size_t q = 0; q < npoints; q++)
      one[q] = own[n * q + (size_t)c];
    value[c] = bp_view_mean(&view, one);
  }
}

void bp_output_state_values(const BpOutput *output, const BpStateField *field, double *value) {
  const int size = field->info->size;
  for (int c = 0; c < output->model->grid->ncells; c++, value += size) {
    const BpPointSet *set =
        output->cell_set[c] >= 0 ? &output->model->set[output->cell_set[c]] : NULL;
    if (set && field->offset[set->region] >= 0)
      mean_of_points(set, output->cell_place[c], field, value);
    else
      for (int i = 0; i < size; i++)
        value[i] = (double)NAN;
  }
}
