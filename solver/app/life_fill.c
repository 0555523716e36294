#include "life_fill.h"

#include "life_history.h"
#include "programme.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SET_TEXT(to, from) snprintf((to), sizeof(to), "%s", (from))

/* ---- before the run */

void bp_life_check_setup(BpSetup *setup) {
  BpProblems found = {0};
  bp_life_check(setup->bp->life.models, "life.models", &found);
  for (int i = 0; i < found.count; i++)
    bp_case_problem(setup->bp, &setup->problems, BP_EXIT_CASE, "life.models", "%s",
                    found.item[i].text);
  bp_problems_free(&found);
}

/* Mean dwell, s, and middle of the temperatures, K, of the repeated cycle. */
static void describe_load(const BpLoad *load, BpLifeBasis *basis) {
  double low = INFINITY, high = -INFINITY, dwell = 0.0;
  int dwells = 0;
  for (int i = 0; i < load->nprogramme; i++)
    if (load->programme[i].hold > 0.0) {
      dwell += load->programme[i].hold;
      dwells++;
    } else {
      low = fmin(low, load->programme[i].to);
      high = fmax(high, load->programme[i].to);
    }
  basis->temp_mean = high >= low ? 0.5 * (low + high) : (double)NAN;
  basis->dwell = dwells > 0 ? dwell / dwells : (double)NAN;
}

/* What the joint's averages are of; NULL: a user's mesh that names none. */
static const BpMaterial *find_solder(const BpSetup *setup) {
  const BpOutputCase *output = &setup->bp->output;
  if (!bp_case_is_mesh(setup->bp))
    return setup->materials.material[BP_REGION_SOLDER];
  for (int i = 0; i < output->naverages; i++)
    if (strcmp(output->average[i].name, "package") == 0 ||
        strcmp(output->average[i].name, "board") == 0)
      return setup->materials.material[bp_case_region(setup->bp, output->average[i].region)];
  return NULL;
}

void bp_life_describe(const BpSetup *setup, BpLifeBasis *basis) {
  const BpMaterial *solder = find_solder(setup);
  const BpPackage *package = &setup->bp->package;
  const BpWeibullCase *weibull = &setup->bp->life.weibull;
  SET_TEXT(basis->card, solder ? bp_material_name(solder) : "");
  SET_TEXT(basis->law, solder ? bp_material_law(solder)->name : "");
  basis->package_diameter = basis->board_diameter = (double)NAN;
  if (!bp_case_is_mesh(setup->bp)) {
    basis->package_diameter = 2.0 * package->dielectrics.hole_radius;
    basis->board_diameter = 2.0 * package->board.pad_radius;
  }
  basis->shape = weibull->shape > 0.0 ? weibull->shape : (double)NAN;
  basis->failed = weibull->failed;
  basis->sample = weibull->sample;
  describe_load(&setup->bp->load, basis);
}

/* ---- what a run gave */

/* The history, empty where there is none. */
static BpResults *read_history(const char *directory, BpProblems *problems) {
  BpStoreError error = {0};
  char *path = bp_format("%s/results.h5", directory);
  const int there = access(path, F_OK) == 0;
  BpResults *results = bp_results_read(path, &error);
  if (!there)
    bp_warning(problems,
               "%s: is not there: lives are of the reported layer alone, and the shear loop is "
               "not known",
               path);
  else if (error.status != BP_OK)
    bp_problem(problems, BP_EXIT_IO, NULL, 0, "%s; run the case again", error.text);
  free(path);
  return results;
}

static void start_run(const BpSummary *s, const char *side, BpLifeRun *run) {
  *run = (BpLifeRun){.side = side,
                     .law = s->basis.law,
                     .card = s->basis.card,
                     .steady = isfinite(s->joint.cycle_change) ? s->joint.steady : -1};
  for (int i = 0; i < BP_METRICS; i++)
    run->metric[i] = NAN;
  run->metric[BP_METRIC_TEMP_MEAN] = s->basis.temp_mean;
  run->metric[BP_METRIC_DWELL] = s->basis.dwell;
}

/* Last full cycle, NULL if there is none. */
static const BpCycleResult *last_cycle(const BpSummary *s) {
  const BpCycleResult *last = s->ncycles > 0 ? &s->cycle[s->ncycles - 1] : NULL;
  return last && last->index >= 1 ? last : NULL;
}

/* The reported layer is that of the summary, whether there is a history or not. */
static void set_side(const BpSummary *s, const BpResults *history, BpLifeRun *run) {
  const int board = strcmp(run->side, "board") == 0;
  const BpCycleResult *cycle = last_cycle(s);
  const BpSideResult *result = board ? &cycle->board : &cycle->package;
  run->metric[BP_METRIC_CRACK] = board ? s->basis.board_diameter : s->basis.package_diameter;
  run->nlayers = bp_life_layers(history, run->side, cycle->index, run->layer);
  const int reported =
      run->nlayers > 0 &&
      fabs(run->layer[0].thickness - s->joint.layer_thickness) < 1e-3 * s->joint.layer_thickness;
  if (run->nlayers == 0)
    run->nlayers = 1;
  if (reported || run->nlayers == 1)
    run->layer[0] = (BpLifeLayer){s->joint.layer_thickness, result->delta_w, result->delta_eps};
}

/* ---- rows */

static void add_number(BpLifeRow *row, const char *name, double value, const char *unit) {
  if (row->nnumbers >= BP_LIFE_NUMBERS)
    return;
  BpLifeNumber *number = &row->number[row->nnumbers++];
  SET_TEXT(number->name, name);
  SET_TEXT(number->unit, unit[0] ? unit : "1");
  number->value = value;
}

static void add_numbers(const BpLifeModel *m, const BpLifeOutcome *outcome, BpLifeRow *row) {
  for (int i = 0; i < m->nneeds; i++) {
    const BpMetricInfo *info = &bp_metrics[m->need[i].metric];
    add_number(row, info->name, outcome->metric[m->need[i].metric], info->si);
  }
  for (int i = 0; i < outcome->result.nparts; i++)
    add_number(row, outcome->result.part[i].name, outcome->result.part[i].value,
               outcome->result.part[i].unit);
  for (int i = 0; i < m->nconstants; i++)
    add_number(row, m->constant[i].name, m->constant[i].value, m->constant[i].unit);
}

/* One of Weibull's models; NAN where it has no answer. */
static double scatter(const char *name, const double *metric) {
  BpLifeResult result;
  BpProblems ignored = {0};
  const BpStatus status = bp_life_evaluate(bp_life_find(name), metric, &result, &ignored);
  bp_problems_free(&ignored);
  return status == BP_OK ? result.N : (double)NAN;
}

/* Only of lives, and only where it is known which one of the distribution they are. */
static void add_scatter(const BpLifeBasis *basis, BpLifeRow *row) {
  double metric[BP_METRICS];
  const int is_n50 = strcmp(row->statistic, "N50") == 0;
  if (isnan(basis->shape) || !row->absolute || (!is_n50 && strcmp(row->statistic, "N63.2") != 0))
    return;
  for (int i = 0; i < BP_METRICS; i++)
    metric[i] = NAN;
  metric[BP_METRIC_SHAPE] = basis->shape;
  metric[BP_METRIC_SAMPLE] = basis->sample;
  metric[BP_METRIC_FAILED] = basis->failed;
  metric[BP_METRIC_N50] = row->N;
  metric[BP_METRIC_ETA] = is_n50 ? scatter("weibull_characteristic_weibull1951", metric) : row->N;
  row->first_failure = scatter("weibull_first_failure_weibull1951", metric);
  row->percentile = scatter("weibull_percentile_weibull1951", metric);
}

static void add_row(const BpLifeModel *m, const BpLifeRun *run, BpSummary *s) {
  BpLifeOutcome outcome;
  BpLifeRow *row = bp_life_row_add(s);
  char *source = bp_life_source(m);
  bp_life_apply(m, run, &outcome);
  SET_TEXT(row->model, m->name);
  SET_TEXT(row->source, source);
  SET_TEXT(row->unit, m->unit);
  SET_TEXT(row->statistic, m->statistic);
  SET_TEXT(row->side, run->side);
  SET_TEXT(row->reason, outcome.reason);
  free(source);
  if (!outcome.reason[0]) {
    row->N = outcome.result.N;
    row->absolute = outcome.absolute;
    row->layer = outcome.layer;
    row->crack = run->metric[BP_METRIC_CRACK];
    row->wetted_path = strcmp(run->side, "package") == 0 ? s->joint.wetted_path : (double)NAN;
    add_numbers(m, &outcome, row);
    for (int i = 0; i < outcome.warnings.count; i++)
      bp_life_row_warn(row, outcome.warnings.item[i].text);
    add_scatter(&s->basis, row);
  }
  bp_problems_free(&outcome.warnings);
}

/* A model that no run has the metrics for. */
static void add_unfit(const BpLifeModel *m, const char *reason, BpSummary *s) {
  BpLifeRow *row = bp_life_row_add(s);
  SET_TEXT(row->model, m->name);
  SET_TEXT(row->side, "joint");
  SET_TEXT(row->reason, reason);
}

static void add_models(const char *models, const BpLifeRun *run, BpSummary *s) {
  const BpLifeModel *m;
  for (int i = 0; (m = bp_life_at(i)); i++)
    if (bp_life_is_of(m, run->side) && bp_life_wanted(models, m, bp_life_fits(m, run)))
      add_row(m, run, s);
}

static void add_unfit_models(const char *models, BpSummary *s) {
  const BpLifeModel *m;
  const int early = !last_cycle(s);
  for (int i = 0; (m = bp_life_at(i)); i++)
    if (bp_life_wanted(models, m, 0) && (early || !m->region[0]))
      add_unfit(m,
                m->region[0] ? "the run has no full cycle"
                             : "takes what no run has; give it with --model and --given",
                s);
}

void bp_life_fill(const char *directory, const char *models, BpSummary *s, BpProblems *problems) {
  static const char *const sides[] = {"package", "board", "joint"};
  const BpCycleResult *cycle = last_cycle(s);
  bp_life_rows_free(s);
  BpResults *history = cycle ? read_history(directory, problems) : NULL;
  for (int i = 0; i < BP_COUNT(sides) && cycle; i++) {
    BpLifeRun run;
    start_run(s, sides[i], &run);
    if (i < 2)
      set_side(s, history, &run);
    else
      run.metric[BP_METRIC_SHEAR] = bp_life_shear_range(history, cycle->index);
    add_models(models, &run, s);
  }
  add_unfit_models(models, s);
  bp_results_free(&history);
}

void bp_life_conclude(const BpApp *app, const BpSetup *setup, const char *directory, BpSummary *s) {
  BpProblems problems = {0};
  if (app->rank != 0)
    return;
  bp_life_fill(directory, setup->bp->life.models, s, &problems);
  for (int i = 0; i < problems.count; i++) {
    BP_GROW(s->warning, s->nwarnings + 1);
    s->warning[s->nwarnings++] = bp_copy_text(problems.item[i].text);
  }
  bp_problems_free(&problems);
}
