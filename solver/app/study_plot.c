#include "study_plot.h"

#include "plot.h"
#include "units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- axes */

typedef struct {
  char *label;
  double size, zero; /* shown = (SI - zero) / size; size 0: the number of the level */
} Axis;

static int first_key(const BpStudyPlan *plan, int factor) {
  int k = 0;
  while (plan->owner[k] != factor)
    k++;
  return k;
}

/* The unit that people use for the largest value of a key. */
static Axis axis_of(const BpStudyPlan *plan, int factor) {
  const int key = first_key(plan, factor);
  const char *name = plan->key[key];
  double largest = 0.0;
  char text[80], *unit = text;
  for (int i = 0; i < plan->ndesign; i++)
    largest = fmax(largest, fabs(plan->point[i].number[key])); /* NAN does not count */
  if (isnan(plan->point[0].number[key]))
    return (Axis){bp_format("%s, number of the value", name), 0.0, 0.0};
  if (strcmp(plan->si[key], "K") == 0)
    return (Axis){bp_format("%s (degC)", name), 1.0, 273.15};
  if (plan->si[key][0] == '\0' || !(largest > 0.0))
    return (Axis){bp_copy_text(name), 1.0, 0.0};
  bp_units_write(largest, plan->si[key], text, sizeof text);
  const double shown = strtod(text, &unit);
  return (Axis){bp_format("%s (%s)", name, unit + (*unit == ' ')), largest / shown, 0.0};
}

static double on_axis(const Axis *axis, double number, int level) {
  return axis->size > 0.0 ? (number - axis->zero) / axis->size : level + 1;
}

/* Power of 1000 that makes the largest value of a column one to three digits long; 1 where it has
 * as few already. */
static double size_of(const BpStudyTable *t, int column) {
  double largest = 0.0;
  for (int i = 0; i < t->plan->npoints; i++)
    largest = fmax(largest, fabs(t->value[column][i]));
  if (!(largest > 0.0) || (largest >= 0.1 && largest < 1e4))
    return 1.0;
  return pow(1000.0, floor(log10(largest) / 3.0));
}

static char *value_label(const BpStudyTable *t, int column) {
  const double size = size_of(t, column);
  return size < 1.0 || size > 1.0 ? bp_format("%s / %g", t->name[column], size)
                                  : bp_copy_text(t->name[column]);
}

/* ---- main effects */

static void add_effect(BpPlot *plot, const BpStudyTable *t, int column, int factor,
                       const BpEffect *effect, int n) {
  Axis axis = axis_of(t->plan, factor);
  char *label = value_label(t, column);
  BpPanel *panel = bp_plot_panel(plot, factor % 2, "", axis.label, label);
  BpCurve *curve = bp_panel_curve(panel, NULL);
  for (int i = 0, level = 0; i < n; i++)
    if (effect[i].factor == factor)
      bp_curve_point(curve, on_axis(&axis, effect[i].x, level++),
                     effect[i].mean / size_of(t, column));
  free(axis.label);
  free(label);
}

static void draw_effects(const BpStudyTable *t, int column, const char *file,
                         BpProblems *problems) {
  BpEffect *effect;
  const int n = bp_study_effects(t, column, &effect);
  BpPlot plot = bp_plot_new("means over the finished points");
  for (int f = 0; f < t->plan->nfactors; f++)
    add_effect(&plot, t, column, f, effect, n);
  if (n > 0)
    bp_plot_write(&plot, file, problems);
  bp_plot_free(&plot);
  free(effect);
}

/* ---- a grid of two factors */

static void add_curve(BpPanel *panel, const BpStudyTable *t, int column, int level) {
  const BpStudyPlan *plan = t->plan;
  BpCurve *curve = NULL;
  Axis axis = axis_of(plan, 0);
  const int x = first_key(plan, 0), y = first_key(plan, 1);
  for (int i = 0; i < plan->ndesign; i++) {
    const BpStudyPoint *point = &plan->point[i];
    if (point->place[1].level != level)
      continue;
    if (!curve)
      curve = bp_panel_curve(panel, point->text[y]);
    bp_curve_point(curve, on_axis(&axis, point->number[x], point->place[0].level),
                   t->value[column][i] / size_of(t, column));
  }
  free(axis.label);
}

static int is_plane(const BpStudyPlan *plan) {
  return plan->nfactors == 2 && strcmp(plan->design, bp_design_name(BP_DESIGN_GRID)) == 0;
}

static void draw_curves(const BpStudyTable *t, int column, const char *file, BpProblems *problems) {
  const BpStudyPlan *plan = t->plan;
  Axis axis = axis_of(plan, 0);
  char *title = bp_format("each curve at one %s", plan->key[first_key(plan, 1)]);
  char *label = value_label(t, column);
  BpPlot plot = bp_plot_new("");
  BpPanel *panel = bp_plot_panel(&plot, 0, title, axis.label, label);
  const int levels = plan->point[plan->ndesign - 1].place[1].level + 1;
  for (int level = 0; level < levels; level++)
    add_curve(panel, t, column, level);
  bp_plot_write(&plot, file, problems);
  bp_plot_free(&plot);
  free(title);
  free(label);
  free(axis.label);
}

enum { CONTOURS = 7 };

/* At equal steps between the smallest and the largest value. */
static void add_contours(BpPanel *panel, const BpStudyGrid *grid) {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (int i = 0; i < grid->nx * grid->ny; i++) {
    low = fmin(low, grid->z[i]);
    high = fmax(high, grid->z[i]);
  }
  for (int k = CONTOURS; k >= 1; k--) {
    const double level = low + (high - low) * k / (CONTOURS + 1);
    double(*segment)[4];
    const int n = bp_study_contour(grid, level, &segment);
    char *label = bp_format("%.4g", level);
    BpCurve *curve = bp_panel_curve(panel, label);
    for (int i = 0; i < n; i++) {
      bp_curve_point(curve, segment[i][0], segment[i][1]);
      bp_curve_point(curve, segment[i][2], segment[i][3]);
      bp_curve_point(curve, (double)NAN, (double)NAN); /* a gap */
    }
    free(label);
    free(segment);
  }
}

/* Contours over a grid of two numbers. */
static void draw_contours(const BpStudyTable *t, int column, const char *file,
                          BpProblems *problems) {
  const BpStudyPlan *plan = t->plan;
  Axis axis[2] = {axis_of(plan, 0), axis_of(plan, 1)};
  const int ny = plan->point[plan->ndesign - 1].place[1].level + 1, nx = plan->ndesign / ny;
  const double size = size_of(t, column);
  double *x = BP_NEW(double, nx), *y = BP_NEW(double, ny), *z = BP_NEW(double, nx *ny);
  for (int i = 0; i < nx * ny; i++) {
    const BpStudyPoint *point = &plan->point[i];
    x[i / ny] = on_axis(&axis[0], point->number[first_key(plan, 0)], point->place[0].level);
    y[i % ny] = on_axis(&axis[1], point->number[first_key(plan, 1)], point->place[1].level);
    z[i] = t->value[column][i] / size;
  }
  const BpStudyGrid grid = {x, y, nx, ny, z};
  char *title = value_label(t, column);
  BpPlot plot = bp_plot_new("");
  add_contours(bp_plot_panel(&plot, 0, title, axis[0].label, axis[1].label), &grid);
  bp_plot_write(&plot, file, problems);
  bp_plot_free(&plot);
  free(title);
  free(x);
  free(y);
  free(z);
  free(axis[0].label);
  free(axis[1].label);
}

void bp_study_draw(const BpStudyTable *t, int column, const char *dir, BpProblems *problems) {
  char *effects = bp_format("%s/effects.svg", dir), *curves = bp_format("%s/curves.svg", dir);
  char *contours = bp_format("%s/contours.svg", dir);
  draw_effects(t, column, effects, problems);
  if (is_plane(t->plan)) {
    draw_curves(t, column, curves, problems);
    draw_contours(t, column, contours, problems);
  }
  free(contours);
  free(effects);
  free(curves);
}
