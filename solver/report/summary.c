#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double steady_change = 0.01; /* from cycle to cycle */

void bp_summary_init(BpSummary *summary) {
  *summary =
      (BpSummary){.wall_time = NAN, .memory_per_rank = NAN, .error_mesh = NAN, .error_time = NAN};
  summary->writing.fields = summary->writing.history = summary->writing.checkpoints = NAN;
  summary->heat.power_share = summary->heat.board_factor = summary->heat.biot = NAN;
  summary->heat.spread = summary->heat.package_spread = summary->heat.lag = NAN;
  summary->heat.uniform_error = summary->heat.time_share = NAN;
  summary->mesh.volume_error = summary->mesh.min_quality = summary->mesh.share = NAN;
  summary->package_volume = summary->board_volume = (BpSideVolume){NAN, NAN};
  summary->joint.delta_w = summary->joint.delta_eps = NAN;
  summary->joint.layer_thickness = summary->joint.layer_volume = summary->joint.cycle_change = NAN;
  summary->joint.standoff = summary->joint.solder_volume = NAN;
  summary->joint.wetted_area = summary->joint.wetted_path = NAN;
  summary->basis.package_diameter = summary->basis.board_diameter = NAN;
  summary->basis.temp_mean = summary->basis.dwell = NAN;
  summary->basis.shape = summary->basis.failed = NAN;
}

void bp_summary_free(BpSummary *summary) {
  for (int i = 0; i < summary->nwarnings; i++)
    free(summary->warning[i]);
  free(summary->warning);
  bp_life_rows_free(summary);
  for (int i = 0; i < summary->nfacts; i++) {
    free(summary->fact[i].name);
    free(summary->fact[i].value);
  }
  free(summary->fact);
  free(summary->probe);
  free(summary->cycle);
  free(summary->steps.end);
  *summary = (BpSummary){0};
}

void bp_summary_add_fact(BpSummary *summary, const char *name, const char *value) {
  BP_GROW(summary->fact, summary->nfacts + 1);
  summary->fact[summary->nfacts++] = (BpSummaryFact){bp_copy_text(name), bp_copy_text(value)};
}

void bp_summary_conclude(BpSummary *summary) {
  const int last = summary->ncycles - 1;
  summary->joint.critical[0] = '\0';
  summary->joint.delta_w = summary->joint.delta_eps = NAN;
  summary->joint.layer_volume = summary->joint.cycle_change = NAN;
  summary->joint.steady = 0;
  if (last < 0 || summary->cycle[last].index < 1)
    return;
  const BpCycleResult *cycle = &summary->cycle[last];
  const int board = cycle->board.delta_w > cycle->package.delta_w;
  const BpSideResult *side = board ? &cycle->board : &cycle->package;
  snprintf(summary->joint.critical, sizeof summary->joint.critical, "%s",
           board ? "board" : "package");
  summary->joint.delta_w = side->delta_w;
  summary->joint.delta_eps = side->delta_eps;
  summary->joint.layer_volume = (board ? summary->board_volume : summary->package_volume).layer;
  if (last < 1 || summary->cycle[last - 1].index < 1)
    return;
  const BpSideResult *before = board ? &cycle[-1].board : &cycle[-1].package;
  summary->joint.cycle_change = fabs(side->delta_w - before->delta_w) / side->delta_w;
  summary->joint.steady = summary->joint.cycle_change <= steady_change;
}
