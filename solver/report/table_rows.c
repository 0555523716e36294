/* The numbers of several runs side by side, as data. */
#include "table_impl.h"

#include "json_impl.h"

#include <stdlib.h>
#include <string.h>

static const BpCycleResult *last_cycle(const BpSummary *summary) {
  static const BpCycleResult none = {0};
  return summary->ncycles > 0 && summary->cycle[summary->ncycles - 1].index >= 1
             ? &summary->cycle[summary->ncycles - 1]
             : &none;
}

/* ---- rows of numbers: a value of a summary in a unit */

/* board: 1 for the board side, 0 for the package side, where it matters */
typedef double (*Get)(const BpSummary *summary, int board, int argument);

typedef struct {
  const char *label, *unit;
  double scale; /* of the unit */
  const char *format;
  Get get;
  int argument;
} Line;

/* argument: 2 common + 1 strain */
static double side_value(const BpSummary *s, int board, int argument) {
  const BpCycleResult *c = last_cycle(s);
  const BpSideResult *side[4] = {&c->package, &c->package_common, &c->board, &c->board_common};
  if (c->index < 1)
    return NAN;
  const BpSideResult *found = side[2 * board + argument / 2];
  return argument & 1 ? found->delta_eps : found->delta_w;
}

/* argument: 1 common */
static double side_volume(const BpSummary *s, int board, int argument) {
  const BpSideVolume *v = board ? &s->board_volume : &s->package_volume;
  return argument ? v->common : v->layer;
}

static double joint_value(const BpSummary *s, int board, int argument) {
  (void)board;
  const double value[] = {s->joint.delta_w,    s->joint.delta_eps,     s->joint.cycle_change,
                          s->joint.standoff,   s->joint.solder_volume, s->joint.wetted_area,
                          s->joint.wetted_path};
  return value[argument];
}

static double copper_range(const BpSummary *s, int board, int unused) {
  (void)board;
  (void)unused;
  return last_cycle(s)->index >= 1 ? last_cycle(s)->rdl_range : (double)NAN;
}

/* argument: 0 passivation, 1 and 2 the dielectrics */
static double film_tension(const BpSummary *s, int board, int argument) {
  static const char *const quantity[] = {"passivation.tension_MPa", "dielectric1.tension_MPa",
                                         "dielectric2.tension_MPa"};
  (void)board;
  return bp_quantity_value(s, quantity[argument]);
}

static const Line joint_rows[] = {
    {"work per cycle (worse side)", "MPa", BP_MPA, "%.6g", joint_value, 0},
    {"inelastic strain per cycle", "", 1.0, "%.6g", joint_value, 1},
};
static const Line side_rows[] = {
    {"work per cycle", "MPa", BP_MPA, "%.6g", side_value, 0},
    {"inelastic strain per cycle", "", 1.0, "%.6g", side_value, 1},
    {"volume of the layer", "mm3", BP_MM3, "%.5g", side_volume, 0},
    {"common region: work", "MPa", BP_MPA, "%.6g", side_value, 2},
    {"common region: strain", "", 1.0, "%.6g", side_value, 3},
    {"common region: volume", "mm3", BP_MM3, "%.5g", side_volume, 1},
};
static const Line copper_rows[] = {
    {"plastic strain range, all zones", "", 1.0, "%.6g", copper_range, 0},
};
static const Line film_rows[] = {
    {"passivation: principal tension", "MPa", BP_MPA, "%.5g", film_tension, 0},
    {"dielectric1: principal tension", "MPa", BP_MPA, "%.5g", film_tension, 1},
    {"dielectric2: principal tension", "MPa", BP_MPA, "%.5g", film_tension, 2},
};
static const Line shape_rows[] = {
    {"wetted copper, package side", "mm2", BP_MM2, "%.6g", joint_value, 5},
    {"path along it", "um", BP_UM, "%.6g", joint_value, 6},
    {"stand-off", "um", BP_UM, "%.6g", joint_value, 3},
    {"solder volume", "mm3", BP_MM3, "%.6g", joint_value, 4},
};

/* ---- rows of the table */

static BpTableRow *add_row(BpTable *t, int depth, const char *label, const char *unit) {
  BP_GROW(t->row, t->nrows + 1);
  BpTableRow *row = &t->row[t->nrows++];
  *row = (BpTableRow){.unit = unit, .depth = depth};
  snprintf(row->label, sizeof row->label, "%s", label);
  row->cell = bp_alloc((size_t)t->count, sizeof *row->cell);
  return row;
}

static void add_heading(BpTable *t, const char *label) {
  BpTableRow *row = add_row(t, 0, label, "");
  free(row->cell);
  row->cell = NULL;
}

static void set_text(BpTableRow *row, int i, const char *text) {
  snprintf(row->cell[i], sizeof row->cell[i], "%s", text[0] ? text : "-");
}

static void set_number(BpTableRow *row, int i, const char *format, double value) {
  if (isfinite(value))
    snprintf(row->cell[i], sizeof row->cell[i], format, value);
  else
    set_text(row, i, "");
}

static void add_lines(BpTable *t, const BpSummary *s, int board, const Line *line, int n) {
  for (int r = 0; r < n; r++) {
    BpTableRow *row = add_row(t, 1, line[r].label, line[r].unit);
    for (int i = 0; i < t->count; i++)
      set_number(row, i, line[r].format,
                 line[r].get(&s[i], board, line[r].argument) / line[r].scale);
  }
}

static void add_identity(BpTable *t, const BpSummary *s) {
  BpTableRow *row = add_row(t, 0, "pad", "");
  for (int i = 0; i < t->count; i++)
    set_text(row, i, s[i].pad);
  row = add_row(t, 0, "free unknowns", "");
  for (int i = 0; i < t->count; i++)
    set_number(row, i, "%.0f", s[i].mesh.dofs);
  row = add_row(t, 0, "full cycles", "");
  for (int i = 0; i < t->count; i++)
    set_number(row, i, "%.0f", last_cycle(&s[i])->index);
  row = add_row(t, 0, "converged", "");
  for (int i = 0; i < t->count; i++)
    set_text(row, i, s[i].converged ? "yes" : "NO");
}

static void add_joint(BpTable *t, const BpSummary *s) {
  add_heading(t, "joint, last cycle");
  BpTableRow *row = add_row(t, 1, "worse side", "");
  for (int i = 0; i < t->count; i++)
    set_text(row, i, s[i].joint.critical);
  add_lines(t, s, 0, joint_rows, BP_COUNT(joint_rows));
  row = add_row(t, 1, "change from the cycle before", "%");
  for (int i = 0; i < t->count; i++)
    set_number(row, i, "%.3g", 100.0 * s[i].joint.cycle_change);
  row = add_row(t, 1, "steady (change at most 1 %)", "");
  for (int i = 0; i < t->count; i++)
    set_text(row, i,
             !isfinite(s[i].joint.cycle_change) ? "unknown"
             : s[i].joint.steady                ? "yes"
                                                : "NOT STEADY");
}

static double zone_range(const BpSummary *s, const char *name) {
  const BpCycleResult *c = last_cycle(s);
  for (int i = 0; i < c->nzones; i++)
    if (strcmp(c->zone[i].name, name) == 0)
      return c->zone[i].range;
  return NAN;
}

/* Whether an earlier column has shown the zone already. */
static int is_shown(const BpSummary *s, int column, const char *name) {
  for (int i = 0; i < column; i++)
    if (isfinite(zone_range(&s[i], name)))
      return 1;
  return 0;
}

static void add_zones(BpTable *t, const BpSummary *s) {
  for (int i = 0; i < t->count; i++) {
    const BpCycleResult *c = last_cycle(&s[i]);
    for (int z = 0; z < c->nzones; z++) {
      char label[BP_NAME + 8];
      if (is_shown(s, i, c->zone[z].name))
        continue;
      snprintf(label, sizeof label, "near %s", c->zone[z].name);
      BpTableRow *row = add_row(t, 2, label, "");
      for (int k = 0; k < t->count; k++)
        set_number(row, k, "%.6g", zone_range(&s[k], c->zone[z].name));
    }
  }
}

BpTable bp_table_new(const BpSummary *summary, int count) {
  BpTable t = {.count = count};
  char title[80];
  add_identity(&t, summary);
  add_joint(&t, summary);
  snprintf(title, sizeof title, "package side, layer of %g um",
           count > 0 ? summary[0].joint.layer_thickness / BP_UM : 0.0);
  add_heading(&t, title);
  add_lines(&t, summary, 0, side_rows, BP_COUNT(side_rows));
  add_heading(&t, "board side");
  add_lines(&t, summary, 1, side_rows, BP_COUNT(side_rows));
  add_heading(&t, "copper of the wiring");
  add_lines(&t, summary, 0, copper_rows, BP_COUNT(copper_rows));
  add_zones(&t, summary);
  add_heading(&t, "films, at the edges of ring and well, largest in the cycle");
  add_lines(&t, summary, 0, film_rows, BP_COUNT(film_rows));
  add_heading(&t, "shape");
  add_lines(&t, summary, 0, shape_rows, BP_COUNT(shape_rows));
  return t;
}

void bp_table_free(BpTable *t) {
  for (int i = 0; i < t->nrows; i++)
    free(t->row[i].cell);
  free(t->row);
  *t = (BpTable){0};
}
