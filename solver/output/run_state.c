#include "run_state.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  BpCheckpoint *checkpoint;
  BpRunState *state;
  int reading;
} Transfer;

/* ---- displacements */

/* The nodes that this rank owns: their numbers in the mesh, and where they are in a global vector.
 */
typedef struct {
  int *id, *place; /* [count] */
  int count;
} Nodes;

static PetscErrorCode find_nodes(const BpGrid *grid, Vec u, Nodes *nodes) {
  PetscInt first;
  PetscCall(VecGetOwnershipRange(u, &first, NULL));
  *nodes = (Nodes){.id = BP_NEW(int, grid->nowned), .place = BP_NEW(int, grid->nowned)};
  for (int n = 0; n < grid->nnodes; n++)
    if (grid->node_global[n] >= 0) {
      nodes->id[nodes->count] = grid->node_id[n];
      nodes->place[nodes->count++] = grid->node_global[n] - (int)(first / 3);
    }
  return 0;
}

static void free_nodes(Nodes *nodes) {
  free(nodes->id);
  free(nodes->place);
}

static PetscErrorCode move_vector(const Transfer *t, const Nodes *nodes, const char *name, Vec u) {
  const BpCheckpointRows rows = {nodes->id, nodes->count, 3};
  double *value = BP_NEW(double, 3 * (size_t)nodes->count), *array;
  PetscCall(VecGetArray(u, &array));
  for (int i = 0; i < 3 * nodes->count; i++)
    value[i] = array[3 * nodes->place[i / 3] + i % 3];
  bp_checkpoint_rows(t->checkpoint, name, &rows, value);
  for (int i = 0; i < 3 * nodes->count && t->reading; i++)
    array[3 * nodes->place[i / 3] + i % 3] = value[i];
  PetscCall(VecRestoreArray(u, &array));
  free(value);
  return 0;
}

static PetscErrorCode move_displacements(const Transfer *t) {
  BpRunState *state = t->state;
  BpModel *model = state->newton->model;
  DM dm = model->grid->dm;
  Nodes nodes;
  Vec joining;
  PetscCall(find_nodes(model->grid, state->past[0], &nodes));
  PetscCall(DMGetGlobalVector(dm, &joining));
  PetscCall(DMLocalToGlobal(dm, model->u0, INSERT_VALUES, joining));
  PetscCall(move_vector(t, &nodes, "displacement/joining", joining));
  PetscCall(DMGlobalToLocal(dm, joining, INSERT_VALUES, model->u0));
  PetscCall(DMRestoreGlobalVector(dm, &joining));
  for (int i = 0; i < BP_RUN_PAST; i++) {
    char name[32];
    snprintf(name, sizeof name, "displacement/past_%d", i);
    PetscCall(move_vector(t, &nodes, name, state->past[i]));
  }
  free_nodes(&nodes);
  return 0;
}

/* ---- temperatures */

static PetscErrorCode move_heat(const Transfer *t) {
  BpRunState *state = t->state;
  BpModel *model = state->newton->model;
  BpHeatTrace *trace = &state->trace;
  double number[BP_HEAT_NUMBERS], *T = BP_NEW(double, model->grid->nowned);
  int *id = BP_NEW(int, model->grid->nowned), at = 0;
  PetscCall(bp_heat_get_state(model->heat, number, T));
  for (int n = 0; n < model->grid->nnodes; n++)
    if (model->grid->node_global[n] >= 0)
      id[at++] = model->grid->node_id[n];
  const BpCheckpointRows rows = {id, at, 1};
  bp_checkpoint_numbers(t->checkpoint, "heat/numbers", number, BP_HEAT_NUMBERS);
  bp_checkpoint_rows(t->checkpoint, "heat/temperature", &rows, T);
  bp_checkpoint_int(t->checkpoint, "heat_rows", &trace->n);
  trace->row = bp_resize(trace->row, (size_t)trace->n, sizeof trace->row[0]);
  bp_checkpoint_numbers(t->checkpoint, "heat/trace", trace->row[0],
                        (int64_t)trace->n * BP_TRACE_COLUMNS);
  if (t->reading)
    PetscCall(bp_heat_set_state(model->heat, number, T));
  free(id);
  free(T);
  return 0;
}

/* ---- quadrature points */

/* Points of a row: as many as the largest cell has, on any rank. */
static int largest_row(const BpModel *model, const BpPointSet *set) {
  int mine = 0, all = 0;
  for (int c = 0; c < set->ncells; c++)
    mine = set->element[c]->npoints > mine ? set->element[c]->npoints : mine;
  MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_MAX, model->grid->comm);
  return all;
}

/* Values of the points of a set, row by row of its cells. */
static void move_points(const Transfer *t, const BpPointSet *set, const char *what, int size,
                        double *value) {
  const BpModel *model = t->state->newton->model;
  const size_t width = (size_t)size * (size_t)largest_row(model, set);
  int *id = BP_NEW(int, set->ncells);
  double *row = BP_NEW(double, (size_t)set->ncells *width);
  for (int c = 0; c < set->ncells; c++) {
    id[c] = model->grid->cell_id[set->cell[c]];
    memcpy(row + (size_t)c * width, value + (size_t)size * (size_t)set->first[c],
           (size_t)size * (size_t)set->element[c]->npoints * sizeof row[0]);
  }
  const BpCheckpointRows rows = {id, set->ncells, (int)width};
  char *name = bp_format("points/%s/%s", model->bp->materials.region[set->region].name, what);
  bp_checkpoint_rows(t->checkpoint, name, &rows, row);
  for (int c = 0; c < set->ncells && t->reading; c++)
    memcpy(value + (size_t)size * (size_t)set->first[c], row + (size_t)c * width,
           (size_t)size * (size_t)set->element[c]->npoints * sizeof row[0]);
  free(name);
  free(row);
  free(id);
}

static void move_sets(const Transfer *t) {
  const BpModel *model = t->state->newton->model;
  const BpJoint *joint = t->state->joint;
  const BpStepError *error = &t->state->error;
  for (int s = 0; s < model->nsets; s++) {
    const BpPointSet *set = &model->set[s];
    move_points(t, set, "reference", 6, set->reference);
    move_points(t, set, "strain", 6, set->strain0);
    move_points(t, set, "stress", 6, set->stress0);
    move_points(t, set, "state", set->nstate, set->state0);
    move_points(t, set, "earlier", set->nstate, set->earlier);
    move_points(t, set, "work", 1, set->work0);
  }
  if (joint->copper >= 0)
    move_points(t, &model->set[joint->averages.item[joint->copper].set], "at_dwell", 6,
                joint->at_dwell);
  for (int s = 0; s < model->nsets; s++)
    for (int i = 0; i < 2 && error->first[s] >= 0; i++)
      move_points(t, &model->set[s], i == 0 ? "rate_0" : "rate_1", 6,
                  error->rate[i] + 6 * (size_t)error->first[s]);
}

/* ---- numbers */

static void move_steps(const Transfer *t) {
  BpCheckpoint *c = t->checkpoint;
  BpRunState *state = t->state;
  BpRunSummary *summary = state->summary;
  BpModel *model = state->newton->model;
  bp_checkpoint_int(c, "accepted", &summary->accepted);
  bp_checkpoint_int(c, "rejected", &summary->rejected);
  bp_checkpoint_long(c, "newton_iterations", &summary->newton);
  bp_checkpoint_long(c, "linear_iterations", &summary->linear);
  BP_GROW(summary->step_end, summary->accepted);
  bp_checkpoint_numbers(c, "steps/end", summary->step_end, summary->accepted);
  bp_checkpoint_int(c, "past", &state->npast);
  bp_checkpoint_numbers(c, "steps/past", state->past_t, BP_RUN_PAST);
  double number[] = {state->t, state->dt, model->t0, model->T0, state->error.reference};
  bp_checkpoint_numbers(c, "steps/now", number, BP_COUNT(number));
  state->t = number[0];
  state->dt = number[1];
  model->t0 = number[2];
  model->T0 = number[3];
  state->error.reference = number[4];
}

static void move_cycle(const Transfer *t, int i) {
  const BpJoint *joint = t->state->joint;
  const int n = joint->averages.count, nfilms = joint->films.nzones;
  BpCycle *cycle = &t->state->summary->cycle[i];
  const struct {
    const char *name;
    double **value;
    int count;
  } part[] = {{"work", &cycle->work, n},
              {"strain", &cycle->strain, n},
              {"range", &cycle->range, n},
              {"tension", &cycle->tension, nfilms}};
  double index = cycle->index;
  char *name = bp_format("cycles/%04d/index", i);
  bp_checkpoint_numbers(t->checkpoint, name, &index, 1);
  cycle->index = (int)index;
  free(name);
  for (int p = 0; p < BP_COUNT(part); p++) {
    if (t->reading)
      *part[p].value = BP_NEW(double, part[p].count);
    name = bp_format("cycles/%04d/%s", i, part[p].name);
    bp_checkpoint_numbers(t->checkpoint, name, *part[p].value, part[p].count);
    free(name);
  }
}

static void move_joint(const Transfer *t) {
  const BpJoint *joint = t->state->joint;
  BpRunSummary *summary = t->state->summary;
  const int n = joint->averages.count;
  bp_checkpoint_numbers(t->checkpoint, "joint/work_start", joint->work_start, n);
  bp_checkpoint_numbers(t->checkpoint, "joint/strain_start", joint->strain_start, n);
  bp_checkpoint_numbers(t->checkpoint, "joint/range", joint->range, n);
  bp_checkpoint_numbers(t->checkpoint, "joint/tension_peak", joint->peak, joint->films.nzones);
  bp_checkpoint_int(t->checkpoint, "cycles", &summary->ncycles);
  if (t->reading)
    summary->cycle = BP_NEW(BpCycle, summary->ncycles);
  for (int i = 0; i < summary->ncycles; i++)
    move_cycle(t, i);
}

/* ---- the solver */

/* What the coarse factor was made of, rank by rank: of use to the same number of ranks only. Long
 * rows, the last one filled up with zeros: every row costs its number, and its place when sorted.
 */
static PetscErrorCode move_coarse(const Transfer *t) {
  enum { VALUES = 1024 };
  BpNewton *newton = t->state->newton;
  PetscInt n;
  int first = 0;
  PetscCall(bp_newton_coarse_count(newton, &n));
  const int count = (int)((n + VALUES - 1) / VALUES);
  double *value = BP_NEW(double, (size_t)count *VALUES);
  int *id = BP_NEW(int, count);
  PetscCallMPI(MPI_Exscan(&count, &first, 1, MPI_INT, MPI_SUM, newton->model->grid->comm));
  for (int i = 0; i < count; i++)
    id[i] = first + i;
  const BpCheckpointRows rows = {id, count, VALUES};
  PetscCall(bp_newton_get_coarse(newton, value));
  bp_checkpoint_rows(t->checkpoint, "solver/coarse", &rows, value);
  if (t->reading)
    PetscCall(bp_newton_set_coarse(newton, value));
  free(id);
  free(value);
  return 0;
}

/* What a strip's body does when its long face moves. */
static PetscErrorCode move_extended(const Transfer *t) {
  BpLongSolver *solver = t->state->newton->long_solver;
  Nodes nodes;
  PetscCall(find_nodes(solver->model->grid, solver->work, &nodes));
  bp_checkpoint_int(t->checkpoint, "solver/extended", &solver->made);
  for (int i = 0; i < BP_MOTIONS; i++) {
    char name[32];
    snprintf(name, sizeof name, "solver/extended_%d", i);
    PetscCall(move_vector(t, &nodes, name, solver->extended[i]));
  }
  free_nodes(&nodes);
  return 0;
}

static PetscErrorCode move_solver(const Transfer *t) {
  BpNewton *newton = t->state->newton;
  PetscMPIInt nranks;
  PetscCallMPI(MPI_Comm_size(newton->model->grid->comm, &nranks));
  int ranks = nranks;
  bp_checkpoint_int(t->checkpoint, "ranks", &ranks);
  bp_checkpoint_int(t->checkpoint, "solves", &newton->solves);
  if (newton->long_solver)
    PetscCall(move_extended(t));
  if (ranks == nranks)
    return move_coarse(t);
  newton->solves = 0;
  return 0;
}

PetscErrorCode bp_run_state_transfer(BpCheckpoint *checkpoint, BpRunState *state) {
  const Transfer t = {checkpoint, state, bp_checkpoint_reading(checkpoint)};
  move_steps(&t);
  move_joint(&t);
  move_sets(&t);
  PetscCall(move_displacements(&t));
  if (state->newton->model->heat)
    PetscCall(move_heat(&t));
  return move_solver(&t);
}
