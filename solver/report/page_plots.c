/* Curves of the runs, drawn by gnuplot and put in as pictures. */
#include "page_impl.h"

#include "plot.h"
#include "programme.h"

#include <stdlib.h>
#include <string.h>

static const char *const sides[] = {"package", "board"};
static const double celsius = 273.15;
static const double smallest = 0.85; /* of a plot's size: on a narrower screen it scrolls */

/* ---- a plot as a figure */

static void put_missing(const BpPrinter *p, const char *what, const char *why) {
  fputs("<p class=\"missing\">", p->out);
  bp_html_say(p->out, "%s: not drawn, %s.", what, why);
  fputs("</p>\n", p->out);
}

static void put_drawn(const BpPrinter *p, const BpPlot *plot, const char *caption,
                      const char *svg) {
  int size[2];
  bp_plot_size(plot, size);
  fputs("<figure>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"", p->out);
  bp_html_text(p->out, plot->title);
  fprintf(p->out, "\"><img width=\"%d\" height=\"%d\" style=\"min-width: %dpx\" alt=\"", size[0],
          size[1], (int)(smallest * size[0]));
  bp_html_say(p->out, "%s: %s", plot->title, caption);
  fputs("\" src=\"", p->out);
  bp_html_data(p->out, "image/svg+xml", svg, strlen(svg));
  fputs("\"></div>\n", p->out);
  bp_html_put(p->out, "figcaption", "%s", caption);
  fputs("\n</figure>\n", p->out);
}

/* The plot is freed. missing: why it may have no curve. */
static void put_plot(const BpPrinter *p, BpPlot *plot, const char *caption, const char *missing) {
  int visible = 0;
  for (int i = 0; i < plot->count; i++)
    for (int k = 0; k < plot->panel[i].count; k++)
      visible |= bp_curve_visible(&plot->panel[i].curve[k]);
  char *why = NULL, *svg = visible ? bp_plot_svg(plot, &why) : NULL;
  if (svg)
    put_drawn(p, plot, caption, svg);
  else
    put_missing(p, plot->title, visible ? why : missing);
  if (why)
    bp_warning(p->problems, "report.html has no plots: %s; install it (Debian: gnuplot-nox)", why);
  free(svg);
  free(why);
  bp_plot_free(plot);
}

/* ---- cycle by cycle */

static double side_work(const BpCycleResult *cycle, int side) {
  return (side ? &cycle->board : &cycle->package)->delta_w;
}

/* A curve for each case, with marks: cycles are few. */
static BpCurve *add_marked(BpPanel *panel, const BpSummary *s, int i) {
  BpCurve *curve = bp_panel_curve(panel, s->name);
  curve->colour = curve->dash = i;
  curve->marks = 1;
  return curve;
}

static void put_work(const BpPrinter *p, int side) {
  char *title = bp_format("Work per cycle, %s side", sides[side]);
  BpPlot plot = bp_plot_new(title);
  BpPanel *panel = bp_plot_panel(&plot, 0, "", "full cycle", "work per cycle (MPa)");
  panel->y[0] = 0.0;
  panel->whole_x = 1;
  for (int i = 0; i < p->page->count; i++) {
    const BpSummary *s = &p->page->summary[i];
    BpCurve *curve = add_marked(panel, s, i);
    for (int k = 0; k < s->ncycles; k++)
      if (s->cycle[k].index >= 1)
        bp_curve_point(curve, s->cycle[k].index, side_work(&s->cycle[k], side) / BP_MPA);
  }
  put_plot(p, &plot, "Inelastic work per volume that each full cycle adds, mean over the layer.",
           "no run has a full cycle");
  free(title);
}

static void put_change(const BpPrinter *p) {
  BpPlot plot = bp_plot_new("Change of the work from cycle to cycle");
  BpPanel *panel = bp_plot_panel(&plot, 0, "", "full cycle", "change from the one before (%)");
  panel->y[0] = 0.0;
  panel->whole_x = 1;
  for (int i = 0; i < p->page->count; i++) {
    const BpSummary *s = &p->page->summary[i];
    const int side = strcmp(s->joint.critical, "board") == 0;
    BpCurve *curve = add_marked(panel, s, i);
    for (int k = 1; k < s->ncycles; k++)
      if (s->cycle[k - 1].index >= 1)
        bp_curve_point(
            curve, s->cycle[k].index,
            100.0 * fabs(side_work(&s->cycle[k - 1], side) / side_work(&s->cycle[k], side) - 1.0));
  }
  put_plot(p, &plot,
           "On the worse side of each case. A run whose last change is at most 1 % counts as "
           "steady.",
           "it takes two full cycles");
}

/* ---- step by step */

static int is_same(const BpHistory *a, const BpHistory *b, const char *name) {
  const int of_a = bp_history_column(a, name), of_b = bp_history_column(b, name);
  if (a->nrows != b->nrows || of_a < 0 || of_b < 0)
    return 0;
  for (int i = 0; i < a->nrows; i++)
    if (fabs(bp_history_at(a, i, of_a) - bp_history_at(b, i, of_b)) >
        1e-9 * fabs(bp_history_at(a, i, of_a)))
      return 0;
  return 1;
}

/* 1 if a case before has the same steps and temperatures. */
static int is_repeated(const BpPage *page, int i) {
  for (int k = 0; k < i; k++)
    if (is_same(&page->of[k].history, &page->of[i].history, "time") &&
        is_same(&page->of[k].history, &page->of[i].history, "temperature"))
      return 1;
  return 0;
}

static int all_alike(const BpPage *page) {
  for (int i = 1; i < page->count; i++)
    if (!is_same(&page->of[0].history, &page->of[i].history, "time") ||
        !is_same(&page->of[0].history, &page->of[i].history, "temperature"))
      return 0;
  return 1;
}

/* A curve of a column over the time in minutes, for each case that has steps of its own. */
static void put_course(const BpPrinter *p, BpPlot *plot, const char *name, double origin,
                       const char *caption) {
  const int alike = all_alike(p->page);
  for (int i = 0; i < p->page->count; i++) {
    const BpHistory *h = &p->page->of[i].history;
    const int x = bp_history_column(h, "time"), y = bp_history_column(h, name);
    if (x < 0 || y < 0 || is_repeated(p->page, i))
      continue;
    BpCurve *curve = bp_panel_curve(&plot->panel[0], alike ? NULL : p->page->summary[i].name);
    for (int k = 0; k < h->nrows; k++) /* the first row is the joining, before any step */
      bp_curve_point(curve, bp_history_at(h, k, x) / 60.0,
                     k == 0 && strcmp(name, "dt") == 0 ? (double)NAN
                                                       : bp_history_at(h, k, y) - origin);
  }
  char *text = bp_format("%s%s", caption,
                         alike                ? " Alike in all cases."
                         : p->page->count > 1 ? " Cases with the same steps share a curve."
                                              : "");
  put_plot(p, plot, text, "no history is stored");
  free(text);
}

static void put_temperature(const BpPrinter *p) {
  BpPlot plot = bp_plot_new("Temperature programme");
  bp_plot_panel(&plot, 0, "", "time (min)", "temperature (\u00b0C)");
  put_course(p, &plot, "temperature", celsius,
             "Temperature of the whole joint, from the joining on, at the ends of the steps.");
}

static void put_step_sizes(const BpPrinter *p) {
  BpPlot plot = bp_plot_new("Time steps");
  BpPanel *panel = bp_plot_panel(&plot, 0, "", "time (min)", "length of the step (s)");
  panel->y[0] = 0.0;
  put_course(p, &plot, "dt", 0.0, "Length of every accepted step at its end.");
}

/* ---- hysteresis */

static void add_loop(BpPanel *panel, const BpPage *page, int i, int side) {
  const BpHistory *h = &page->of[i].history;
  const double um = page->of[i].bp->output.layer / BP_UM;
  char *strain = bp_format("%s.%gum.shear_strain", sides[side], um),
       *stress = bp_format("%s.%gum.shear_stress", sides[side], um);
  const int x = bp_history_column(h, strain), y = bp_history_column(h, stress);
  int range[2];
  if (x >= 0 && y >= 0 && bp_history_last_cycle(h, range)) {
    BpCurve *curve = bp_panel_curve(panel, page->summary[i].name);
    curve->colour = curve->dash = i;
    for (int k = range[0]; k <= range[1]; k++)
      bp_curve_point(curve, 100.0 * bp_history_at(h, k, x), bp_history_at(h, k, y) / BP_MPA);
  }
  free(strain);
  free(stress);
}

static void put_hysteresis(const BpPrinter *p, int side) {
  char *title = bp_format("Hysteresis, %s side", sides[side]);
  BpPlot plot = bp_plot_new(title);
  BpPanel *panel = bp_plot_panel(&plot, 0, "", "shear strain xz (%)", "shear stress xz (MPa)");
  for (int i = 0; i < p->page->count; i++)
    add_loop(panel, p->page, i, side);
  put_plot(p, &plot,
           "Last full cycle, means over the layer: stress over engineering strain since the "
           "joining; x from the neutral point, z from die to board.",
           "the shear of the layer is not stored, or no run has a full cycle");
  free(title);
}

void bp_page_plots(const BpPrinter *p) {
  fputs("<div class=\"pair\">\n", p->out);
  for (int side = 0; side < BP_COUNT(sides); side++)
    put_hysteresis(p, side);
  for (int side = 0; side < BP_COUNT(sides); side++)
    put_work(p, side);
  put_temperature(p);
  put_step_sizes(p);
  put_change(p);
  fputs("</div>\n", p->out);
}
