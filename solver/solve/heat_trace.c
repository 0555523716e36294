#include "heat_trace.h"

#include "point.h"

#include <stdlib.h>
#include <string.h>

static const int steps_of_part = 8; /* between two rows, of the point */
static const int halvings = 24;     /* of the range that the reach is looked for in */

void bp_heat_trace_free(BpHeatTrace *trace) {
  free(trace->row);
  *trace = (BpHeatTrace){0};
}

static int is_of_board(const BpModel *model, int cell) {
  const char *name = model->bp->materials.region[bp_cell_region(model, cell)].name;
  return strcmp(name, "board") == 0 || strcmp(name, "mask") == 0 || strcmp(name, "board_pad") == 0;
}

/* Differences over all nodes, and over those of the package. */
static PetscErrorCode spreads(const BpModel *model, double *all, double *package) {
  const BpGrid *grid = model->grid;
  const double *T = bp_heat_kept_temperature(model->heat);
  double mine[4], most[4];
  for (int i = 0; i < 4; i++)
    mine[i] = -HUGE_VAL;
  for (int c = 0; c < grid->ncells; c++) {
    const int first = is_of_board(model, c) ? 2 : 0;
    for (int i = grid->cell_start[c]; i < grid->cell_start[c + 1]; i++) {
      mine[first] = fmax(mine[first], T[grid->cell_node[i]]);
      mine[first + 1] = fmax(mine[first + 1], -T[grid->cell_node[i]]);
    }
  }
  PetscCallMPI(MPI_Allreduce(mine, most, 4, MPI_DOUBLE, MPI_MAX, grid->comm));
  *all = fmax(most[0], most[2]) + fmax(most[1], most[3]);
  *package = isfinite(most[0]) ? most[0] + most[1] : 0.0;
  return 0;
}

static double mean_of(const BpModel *model, const char *name) {
  const int region = bp_case_region(model->bp, name);
  return region >= 0 && bp_grid_region(model->grid, name) >= 0 ? model->mean[region] : (double)NAN;
}

PetscErrorCode bp_heat_trace_add(BpHeatTrace *trace, const BpModel *model, double programme) {
  double spread = 0.0, package = 0.0;
  if (!model->heat)
    return 0;
  PetscCall(spreads(model, &spread, &package));
  const double row[BP_TRACE_COLUMNS] = {model->t0,
                                        programme,
                                        mean_of(model, "die"),
                                        mean_of(model, "solder"),
                                        mean_of(model, "board"),
                                        spread,
                                        package};
  trace->row = bp_resize(trace->row, (size_t)trace->n + 1, sizeof trace->row[0]);
  memcpy(trace->row[trace->n++], row, sizeof row);
  return 0;
}

/* ---- the point */

typedef struct {
  double begin;            /* s */
  int accumulated;         /* offset in the state */
  double work[2], flow[2]; /* J/m3, accumulated inelastic strain: at the begin, and the last */
} Watch;

static void observe(const BpPointRecord *record, void *context) {
  Watch *w = context;
  const int i = record->time <= w->begin * (1.0 + 1e-12) ? 0 : 1;
  w->work[i] = w->work[1] = record->work;
  w->flow[i] = w->flow[1] = record->state[w->accumulated];
}

static double expansion(const BpModel *model, const char *name, double T) {
  const BpRegionData *region = &model->region[bp_case_region(model->bp, name)];
  double strain[6];
  bp_material_thermal_strain(region->material, model->bp->load.start, T, strain);
  return strain[0];
}

/* A cycle of the point. */
typedef struct {
  const BpHeatTrace *trace;
  const BpModel *model;
  double begin, end; /* s */
} Cycle;

static const int field[3] = {BP_TRACE_DIE, BP_TRACE_SOLDER, BP_TRACE_BOARD},
                 even[3] = {BP_TRACE_PROGRAMME, BP_TRACE_PROGRAMME, BP_TRACE_PROGRAMME};

/* Work (J/m3) and inelastic strain of the point in the cycle, NAN where the law refuses; columns of
 * the trace for die, solder and board. */
static void run_point(const Cycle *cycle, double reach, const int column[3], double *work,
                      double *flow) {
  const BpHeatTrace *trace = cycle->trace;
  const BpModel *model = cycle->model;
  const BpMaterial *solder = model->region[bp_case_region(model->bp, "solder")].material;
  BpPathCorner *corner = bp_alloc((size_t)trace->n, sizeof corner[0]);
  BpPath path = {.corner = corner, .stress = {1, 1, 1, 0, 0, 0}};
  Watch watch = {.begin = cycle->begin,
                 .accumulated = bp_law_state_offset(bp_material_law(solder), BP_STATE_ACCUMULATED)};
  for (int i = 0; i < trace->n && trace->row[i][BP_TRACE_TIME] <= cycle->end * (1.0 + 1e-12); i++) {
    const double *row = trace->row[i];
    BpPathCorner *c = &corner[path.count++];
    *c = (BpPathCorner){
        .time = row[BP_TRACE_TIME], .temperature = row[column[1]], .steps = steps_of_part};
    c->value[4] =
        BP_SQRT2 * 0.5 * reach *
        (expansion(model, "board", row[column[2]]) - expansion(model, "die", row[column[0]]));
  }
  const BpStatus status = bp_point_run(solder, &path, observe, &watch, NULL);
  free(corner);
  *work = status == BP_OK ? watch.work[1] - watch.work[0] : (double)NAN;
  *flow = status == BP_OK ? watch.flow[1] - watch.flow[0] : (double)NAN;
}

/* The reach with which the point flows as much as the joint does. */
static double find_reach(const Cycle *cycle, double strain) {
  double low = 1e-3, high = 100.0, work, flow;
  for (int i = 0; i < halvings; i++) {
    const double middle = sqrt(low * high);
    run_point(cycle, middle, field, &work, &flow);
    if (flow < strain)
      low = middle;
    else /* also where the law refuses so much */
      high = middle;
  }
  return low;
}

/* What an even temperature does to the work of the point, and by which power of the shear the work
 * grows, at least 1. */
static double uniform_error(const Cycle *cycle, double strain, double *power) {
  static const double more = 1.02;
  double as_it_is, as_even, with_more, flow;
  *power = 1.0;
  if (!(strain > 0.0) ||
      bp_law_state_size(bp_material_law(
          cycle->model->region[bp_case_region(cycle->model->bp, "solder")].material)) == 0)
    return (double)NAN;
  const double reach = find_reach(cycle, strain);
  run_point(cycle, reach, field, &as_it_is, &flow);
  run_point(cycle, reach, even, &as_even, &flow);
  run_point(cycle, more * reach, field, &with_more, &flow);
  *power = fmax(1.0, log(with_more / as_it_is) / log(more));
  return as_even / as_it_is - 1.0;
}

/* What differences of temperature can add to the difference of the expansions of die and board,
 * over its range in the cycle. */
static double share_of_spread(const Cycle *cycle, double spread) {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (int i = 0; i < cycle->trace->n; i++) {
    const double *row = cycle->trace->row[i];
    if (row[BP_TRACE_TIME] < cycle->begin * (1.0 - 1e-12))
      continue;
    low = fmin(low, row[BP_TRACE_PROGRAMME]);
    high = fmax(high, row[BP_TRACE_PROGRAMME]);
  }
  const double board =
                   expansion(cycle->model, "board", high) - expansion(cycle->model, "board", low),
               die = expansion(cycle->model, "die", high) - expansion(cycle->model, "die", low);
  return high > low ? fmax(fabs(board), fabs(die)) * spread / (high - low) / fabs(board - die)
                    : (double)NAN;
}

BpHeatCycle bp_heat_trace_cycle(const BpHeatTrace *trace, const BpModel *model, double strain,
                                double begin, double end) {
  const Cycle cycle = {trace, model, begin, end};
  BpHeatCycle result = {.uniform_error = (double)NAN};
  for (int i = 0; i < trace->n; i++) {
    const double *row = trace->row[i];
    if (row[BP_TRACE_TIME] < begin * (1.0 - 1e-12) || row[BP_TRACE_TIME] > end * (1.0 + 1e-12))
      continue;
    result.spread = fmax(result.spread, row[BP_TRACE_SPREAD]);
    result.package = fmax(result.package, row[BP_TRACE_PACKAGE]);
    if (!isnan(row[BP_TRACE_SOLDER]))
      result.lag = fmax(result.lag, fabs(row[BP_TRACE_SOLDER] - row[BP_TRACE_PROGRAMME]));
  }
  const double *last = trace->n > 0 ? trace->row[trace->n - 1] : NULL;
  if (last && !isnan(last[BP_TRACE_DIE] + last[BP_TRACE_SOLDER] + last[BP_TRACE_BOARD])) {
    double power;
    const double of_point = fabs(uniform_error(&cycle, strain, &power));
    result.uniform_error = of_point + power * share_of_spread(&cycle, result.spread);
  }
  return result;
}
