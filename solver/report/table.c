#include "json_impl.h"

#include <string.h>

enum { LABEL = 34, COLUMN = 16 };

typedef struct {
  FILE *out;
  const BpSummary *summary;
  int count;
} Table;

static const BpCycleResult *last_cycle(const BpSummary *summary) {
  static const BpCycleResult none = {0};
  return summary->ncycles > 0 && summary->cycle[summary->ncycles - 1].index >= 1
             ? &summary->cycle[summary->ncycles - 1]
             : &none;
}

/* ---- cells */

static void print_label(const Table *t, const char *label, const char *unit) {
  fprintf(t->out, "%-*s %-5s", LABEL, label, unit);
}

static void print_number(const Table *t, double value, const char *format) {
  char text[40];
  if (isfinite(value))
    snprintf(text, sizeof text, format, value);
  else
    strcpy(text, "-");
  fprintf(t->out, " %*s", COLUMN, text);
}

static void print_text(const Table *t, const char *text) {
  fprintf(t->out, " %*.*s", COLUMN, COLUMN, text[0] ? text : "-");
}

static void heading(const Table *t, const char *text) {
  fprintf(t->out, "%s\n", text);
}

/* ---- rows of numbers: a value of a summary in a unit */

/* board: 1 for the board side, 0 for the package side, where it matters */
typedef double (*Get)(const BpSummary *summary, int board, int argument);

typedef struct {
  const char *label, *unit;
  double scale;
  const char *format;
  Get get;
  int argument;
} Row;

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

static const Row joint_rows[] = {
    {"work per cycle (worse side)", "MPa", BP_MPA, "%.6g", joint_value, 0},
    {"inelastic strain per cycle", "", 1.0, "%.6g", joint_value, 1},
};
static const Row side_rows[] = {
    {"work per cycle", "MPa", BP_MPA, "%.6g", side_value, 0},
    {"inelastic strain per cycle", "", 1.0, "%.6g", side_value, 1},
    {"volume of the layer", "mm3", BP_MM3, "%.5g", side_volume, 0},
    {"common region: work", "MPa", BP_MPA, "%.6g", side_value, 2},
    {"common region: strain", "", 1.0, "%.6g", side_value, 3},
    {"common region: volume", "mm3", BP_MM3, "%.5g", side_volume, 1},
};
static const Row copper_rows[] = {
    {"plastic strain range, all zones", "", 1.0, "%.6g", copper_range, 0},
};
static const Row shape_rows[] = {
    {"wetted copper, package side", "mm2", BP_MM2, "%.6g", joint_value, 5},
    {"path along it", "um", BP_UM, "%.6g", joint_value, 6},
    {"stand-off", "um", BP_UM, "%.6g", joint_value, 3},
    {"solder volume", "mm3", BP_MM3, "%.6g", joint_value, 4},
};

static void print_rows(const Table *t, int board, const Row *row, int nrows) {
  for (int r = 0; r < nrows; r++) {
    char label[LABEL + 4];
    snprintf(label, sizeof label, "  %s", row[r].label);
    print_label(t, label, row[r].unit);
    for (int i = 0; i < t->count; i++)
      print_number(t, row[r].get(&t->summary[i], board, row[r].argument) / row[r].scale,
                   row[r].format);
    fputc('\n', t->out);
  }
}

/* ---- the parts of the table */

static void print_identity(const Table *t) {
  print_label(t, "", "");
  for (int i = 0; i < t->count; i++)
    print_text(t, t->summary[i].name);
  fputc('\n', t->out);
  print_label(t, "pad", "");
  for (int i = 0; i < t->count; i++)
    print_text(t, t->summary[i].pad);
  fputc('\n', t->out);
  print_label(t, "free unknowns", "");
  for (int i = 0; i < t->count; i++)
    print_number(t, t->summary[i].mesh.dofs, "%.0f");
  fputc('\n', t->out);
  print_label(t, "full cycles", "");
  for (int i = 0; i < t->count; i++)
    print_number(t, last_cycle(&t->summary[i])->index, "%.0f");
  fputc('\n', t->out);
  print_label(t, "converged", "");
  for (int i = 0; i < t->count; i++)
    print_text(t, t->summary[i].converged ? "yes" : "NO");
  fputc('\n', t->out);
}

static void print_joint(const Table *t) {
  heading(t, "joint, last cycle");
  print_label(t, "  worse side", "");
  for (int i = 0; i < t->count; i++)
    print_text(t, t->summary[i].joint.critical);
  fputc('\n', t->out);
  print_rows(t, 0, joint_rows, BP_COUNT(joint_rows));
  print_label(t, "  change from the cycle before", "%");
  for (int i = 0; i < t->count; i++)
    print_number(t, 100.0 * t->summary[i].joint.cycle_change, "%.3g");
  fputc('\n', t->out);
  print_label(t, "  steady (change at most 1 %)", "");
  for (int i = 0; i < t->count; i++)
    print_text(t, !isfinite(t->summary[i].joint.cycle_change) ? "unknown"
                  : t->summary[i].joint.steady                ? "yes"
                                                              : "NOT STEADY");
  fputc('\n', t->out);
}

static double zone_range(const BpSummary *s, const char *name) {
  const BpCycleResult *c = last_cycle(s);
  for (int i = 0; i < c->nzones; i++)
    if (strcmp(c->zone[i].name, name) == 0)
      return c->zone[i].range;
  return NAN;
}

/* Whether an earlier column has shown the zone already. */
static int is_shown(const Table *t, int column, const char *name) {
  for (int i = 0; i < column; i++)
    if (isfinite(zone_range(&t->summary[i], name)))
      return 1;
  return 0;
}

static void print_zones(const Table *t) {
  for (int i = 0; i < t->count; i++) {
    const BpCycleResult *c = last_cycle(&t->summary[i]);
    for (int z = 0; z < c->nzones; z++) {
      char label[LABEL + BP_NAME];
      if (is_shown(t, i, c->zone[z].name))
        continue;
      snprintf(label, sizeof label, "    near %s", c->zone[z].name);
      print_label(t, label, "");
      for (int k = 0; k < t->count; k++)
        print_number(t, zone_range(&t->summary[k], c->zone[z].name), "%.6g");
      fputc('\n', t->out);
    }
  }
}

static void print_verdicts(const Table *t, const BpRatio *ratio, int nratios) {
  for (int i = 0; i < nratios; i++) {
    const BpSummary *s = &t->summary[ratio[i].summary], *r = &t->summary[ratio[i].reference];
    char sentence[512];
    if (i == 0 || ratio[i].summary != ratio[i - 1].summary)
      fprintf(t->out, "\n%s over %s%s\n", s->name, r->name,
              s->joint.steady && r->joint.steady ? "" : " (NOT STEADY or not known to be)");
    bp_ratio_sentence(t->summary, ratio, nratios, i, sentence, sizeof sentence);
    fprintf(t->out, "  %-27s", ratio[i].quantity);
    if (isfinite(ratio[i].ratio))
      fprintf(t->out, " %8.4f  %s.\n", ratio[i].ratio, sentence);
    else
      fprintf(t->out, " %8s  %s.\n", "-", sentence);
  }
  if (nratios > 0 && !isfinite(ratio[0].error_mesh))
    fputs("  Errors of these ratios from mesh and time steps are not estimated.\n", t->out);
}

void bp_compare_table(FILE *out, const BpSummary *summary, int count, const BpRatio *ratio,
                      int nratios) {
  const Table t = {out, summary, count};
  char title[80];
  print_identity(&t);
  print_joint(&t);
  snprintf(title, sizeof title, "package side, layer of %g um",
           count > 0 ? summary[0].joint.layer_thickness / BP_UM : 0.0);
  heading(&t, title);
  print_rows(&t, 0, side_rows, BP_COUNT(side_rows));
  heading(&t, "board side");
  print_rows(&t, 1, side_rows, BP_COUNT(side_rows));
  heading(&t, "copper of the wiring");
  print_rows(&t, 0, copper_rows, BP_COUNT(copper_rows));
  print_zones(&t);
  heading(&t, "shape");
  print_rows(&t, 0, shape_rows, BP_COUNT(shape_rows));
  print_verdicts(&t, ratio, nratios);
}
