#include "summarise.h"

#include "life_fill.h"
#include "versions.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const char zone_prefix[] = "rdl.";

#define SET_TEXT(to, from) snprintf((to), sizeof(to), "%s", (from))

static void describe_joint(const BpSetup *setup, BpSummary *s) {
  const BpGeometry *g = &setup->geometry;
  s->mesh.share = bp_geometry_part(g);
  s->joint.layer_thickness = setup->bp->output.layer;
  s->joint.standoff = g->standoff;
  s->joint.solder_volume = g->solder_volume;
  bp_geometry_wetted(g, &s->joint.wetted_area, &s->joint.wetted_path);
}

static void add_warnings(const BpProblems *warnings, BpSummary *s) {
  for (int i = 0; i < warnings->count; i++) {
    BP_GROW(s->warning, s->nwarnings + 1);
    s->warning[s->nwarnings++] = bp_copy_text(warnings->item[i].text);
  }
}

void bp_summarise_start(const BpApp *app, const BpSetup *setup, const BpMeshed *meshed,
                        BpSummary *s) {
  bp_summary_init(s);
  SET_TEXT(s->name, setup->name);
  SET_TEXT(s->case_file, setup->bp->file);
  SET_TEXT(s->case_hash, setup->hash);
  SET_TEXT(s->pad, setup->bp->package.pad.shape);
  SET_TEXT(s->version, bp_version());
  SET_TEXT(s->git, bp_version_git());
  char *build = bp_version_build();
  SET_TEXT(s->build, build);
  free(build);
  char *options = bp_app_petsc_options(app);
  SET_TEXT(s->petsc_options, options);
  free(options);
  s->ranks = app->nranks;
  s->writing.fields = s->writing.history = s->writing.checkpoints = 0.0;
  s->mesh.nodes = meshed->report.nnodes;
  s->mesh.cells = meshed->report.ncells;
  s->mesh.dofs = meshed->unknowns;
  s->mesh.volume_error = meshed->report.volume_error;
  s->mesh.min_quality = meshed->report.min_quality;
  if (bp_case_is_mesh(setup->bp)) {
    s->mesh.share = 1.0;
    s->pad[0] = '\0';
  } else
    describe_joint(setup, s);
  bp_life_describe(setup, &s->basis);
  add_warnings(&setup->problems, s);
  add_warnings(&meshed->warnings, s);
}

/* Index of the common region of a side, -1 if the mesh has none. */
static int common_of(const BpJoint *joint, int side) {
  const int i = joint->common[side];
  const char *name = side == BP_PACKAGE_SIDE ? "package.common" : "board.common";
  return i >= 0 && i < joint->averages.count && strcmp(joint->averages.item[i].name, name) == 0
             ? i
             : -1;
}

/* Of the whole joint, m3. */
static double volume_of(const BpJoint *joint, int i, const BpSummary *s) {
  return i < 0 ? (double)NAN : joint->averages.item[i].volume / s->mesh.share;
}

void bp_summarise_volumes(const BpJoint *joint, BpSummary *s) {
  BpSideVolume *to[BP_SIDES] = {&s->package_volume, &s->board_volume};
  for (int side = 0; side < BP_SIDES; side++)
    *to[side] = (BpSideVolume){volume_of(joint, joint->layer[side], s),
                               volume_of(joint, common_of(joint, side), s)};
}

static BpSideResult side_of(const BpCycle *cycle, int i) {
  return i < 0 ? (BpSideResult){NAN, NAN} : (BpSideResult){cycle->work[i], cycle->strain[i]};
}

static void add_zones(const BpJoint *joint, const BpCycle *cycle, const BpSummary *s,
                      BpCycleResult *to) {
  const size_t n = strlen(zone_prefix);
  to->rdl_range = joint->copper >= 0 ? cycle->range[joint->copper] : (double)NAN;
  for (int i = 0; i < joint->averages.count && to->nzones < BP_REPORT_ZONES; i++) {
    const BpAverage *average = &joint->averages.item[i];
    if (strncmp(average->name, zone_prefix, n) != 0)
      continue;
    BpZoneResult *zone = &to->zone[to->nzones++];
    SET_TEXT(zone->name, average->name + n);
    zone->range = cycle->range[i];
    zone->volume = average->volume / s->mesh.share;
  }
}

static void add_films(const BpTensions *films, const BpCycle *cycle, const BpSummary *s,
                      BpCycleResult *to) {
  for (int i = 0; i < films->nzones && i < BP_REPORT_ZONES; i++) {
    BpFilmResult *film = &to->film[to->nfilms++];
    SET_TEXT(film->name, films->zone[i].name);
    film->tension = cycle->tension[i];
    film->volume = films->zone[i].volume / s->mesh.share;
  }
}

void bp_summarise_cycle(const BpJoint *joint, const BpCycle *cycle, BpSummary *s) {
  BP_GROW(s->cycle, s->ncycles + 1);
  BpCycleResult *to = &s->cycle[s->ncycles++];
  *to = (BpCycleResult){.index = cycle->index,
                        .package = side_of(cycle, joint->layer[BP_PACKAGE_SIDE]),
                        .board = side_of(cycle, joint->layer[BP_BOARD_SIDE]),
                        .package_common = side_of(cycle, common_of(joint, BP_PACKAGE_SIDE)),
                        .board_common = side_of(cycle, common_of(joint, BP_BOARD_SIDE))};
  add_zones(joint, cycle, s, to);
  add_films(&joint->films, cycle, s, to);
  bp_summary_conclude(s);
}

/* Of all ranks. */
static PetscErrorCode time_share(const BpModel *model, double spent, double *share) {
  const double mine[2] = {bp_heat_processor_time(model->heat), spent};
  double all[2];
  PetscCallMPI(MPI_Allreduce(mine, all, 2, MPI_DOUBLE, MPI_SUM, model->grid->comm));
  *share = all[0] / all[1];
  return 0;
}

PetscErrorCode bp_summarise_heat(const BpModel *model, double spent, BpSummary *s) {
  if (!model->heat || bp_heat_is_prescribed(model->heat))
    return 0;
  const BpHeatCounts counts = bp_heat_counts(model->heat);
  const BpHeatBalance total = bp_heat_total(model->heat);
  const BpHeatResult before = s->heat;
  s->heat = (BpHeatResult){.solved = 1,
                           .power_share = before.power_share,
                           .board_factor = before.board_factor,
                           .spread = before.spread,
                           .package_spread = before.package_spread,
                           .lag = before.lag,
                           .uniform_error = before.uniform_error,
                           .steady = strcmp(model->bp->load.heat.steady, "yes") == 0,
                           .accepted = counts.accepted,
                           .rejected = counts.rejected,
                           .newton = counts.newton,
                           .linear = counts.linear,
                           .stored = total.stored,
                           .in = total.in,
                           .out = total.out,
                           .imbalance = total.imbalance,
                           .worst_imbalance = bp_heat_worst_imbalance(model->heat)};
  PetscCall(time_share(model, spent, &s->heat.time_share));
  PetscCall(bp_heat_biot(model->heat, &s->heat.biot));
  return bp_heat_range(model->heat, s->heat.temperature);
}

void bp_summarise_heat_cycle(const BpModel *model, const BpHeatTrace *trace, double length,
                             BpSummary *s) {
  if (!model->heat || bp_heat_is_prescribed(model->heat))
    return;
  const BpCycleResult *last = &s->cycle[s->ncycles - 1];
  const double strain = fmax(last->package.delta_eps, last->board.delta_eps);
  const BpHeatCycle cycle =
      bp_heat_trace_cycle(trace, model, strain, model->t0 - length, model->t0);
  s->heat.spread = cycle.spread;
  s->heat.package_spread = cycle.package;
  s->heat.lag = cycle.lag;
  s->heat.uniform_error = cycle.uniform_error;
}

/* bytes */
static double peak_memory(void) {
  struct rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0 ? 1024.0 * (double)usage.ru_maxrss : (double)NAN;
}

void bp_summarise_end(const BpApp *app, const BpRunSummary *run, double wall_time, BpSummary *s) {
  const double mine = peak_memory();
  MPI_Allreduce(&mine, &s->memory_per_rank, 1, MPI_DOUBLE, MPI_MAX, app->comm);
  s->wall_time = wall_time;
  s->converged = run->end == BP_RUN_DONE;
  s->steps.accepted = run->accepted;
  s->steps.rejected = run->rejected;
  s->steps.newton = run->newton;
  s->steps.linear = run->linear;
  s->steps.end = BP_NEW(double, run->accepted);
  s->steps.nends = run->accepted;
  for (int i = 0; i < run->accepted; i++)
    s->steps.end[i] = run->step_end[i];
}
