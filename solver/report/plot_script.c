/* From a picture to the text that gnuplot reads. Texts go between single quotes, in which gnuplot
 * replaces nothing, and are drawn as they are (noenhanced). */
#include "plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Told apart by people who do not see all colours (Okabe and Ito 2008) and, by their dashes, in
 * print. */
static const char *const colours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                      "#000000", "#E69F00", "#56B4E9"};
static const char *const dashes[] = {"1", "(12,4)", "(3,3)", "(12,3,3,3)", "(20,4,3,4,3,4)"};
static const char band_colour[] = "#E4E4E4", line_colour[] = "#A0A0A0";

/* Sizes in pixels of the screen. */
enum {
  PANEL_WIDTH = 340,
  PANEL_HEIGHT = 230,
  LEFT = 78,
  RIGHT = 22,
  ABOVE = 16,
  TITLE = 32,
  BELOW = 60,
  HEAD = 34,
  CHARACTER = 8,
  SAMPLE = 64 /* of a line in the legend, with its margins */
};

/* ---- places */

/* A panel without is left out. */
static int has_curves(const BpPanel *panel) {
  for (int i = 0; i < panel->count; i++)
    if (bp_curve_visible(&panel->curve[i]))
      return 1;
  return 0;
}

static int has_titles(const BpPlot *plot) {
  for (int i = 0; i < plot->count; i++)
    if (plot->panel[i].title[0])
      return 1;
  return 0;
}

/* Room above the axes of a panel, alike for all. */
static int above(const BpPlot *plot) {
  return ABOVE + (has_titles(plot) ? TITLE : 0);
}

static int length(const char *text) {
  int n = 0;
  for (; *text; text++)
    n += (*text & 0xC0) != 0x80; /* what follows the first byte of a character is none */
  return n;
}

static int legend_width(const BpPanel *panel) {
  int widest = panel->band_label ? length(panel->band_label) : 0;
  for (int i = 0; i < panel->count; i++)
    if (panel->curve[i].label && bp_curve_visible(&panel->curve[i]))
      widest = length(panel->curve[i].label) > widest ? length(panel->curve[i].label) : widest;
  return widest > 0 ? SAMPLE + CHARACTER * widest : 0;
}

/* Panels of a column; width receives that of its widest one with margins and legend. */
static int measure_column(const BpPlot *plot, int column, int *width) {
  int count = 0;
  *width = 0;
  for (int i = 0; i < plot->count; i++) {
    const int own = LEFT + PANEL_WIDTH + RIGHT + legend_width(&plot->panel[i]);
    if (plot->panel[i].column != column || !has_curves(&plot->panel[i]))
      continue;
    count++;
    *width = own > *width ? own : *width;
  }
  return count;
}

void bp_plot_size(const BpPlot *plot, int size[2]) {
  const int title = CHARACTER * length(plot->title) + 4 * CHARACTER;
  int most = 1;
  size[0] = 0;
  for (int column = 0, last = 0; column <= last; column++) {
    int width;
    const int count = measure_column(plot, column, &width);
    most = count > most ? count : most;
    size[0] += width;
    for (int i = 0; i < plot->count; i++)
      last = plot->panel[i].column > last ? plot->panel[i].column : last;
  }
  size[0] = title > size[0] ? title : size[0];
  size[1] = HEAD + most * (above(plot) + PANEL_HEIGHT + BELOW);
}

/* Where the axes of panel i are: left, right, bottom, top as parts of the picture. */
static void place(const BpPlot *plot, int i, double at[4]) {
  const int column = plot->panel[i].column;
  int size[2], width, x = LEFT, before = 0;
  bp_plot_size(plot, size);
  for (int c = 0; c < column; c++) {
    measure_column(plot, c, &width);
    x += width;
  }
  const int count = measure_column(plot, column, &width);
  for (int k = 0; k < i; k++)
    before += plot->panel[k].column == column && has_curves(&plot->panel[k]);
  const double height = (double)(size[1] - HEAD) / count, top = HEAD + before * height;
  at[0] = (double)x / size[0];
  at[1] = (double)(x + PANEL_WIDTH) / size[0];
  at[2] = 1.0 - (top + height - BELOW) / size[1];
  at[3] = 1.0 - (top + above(plot)) / size[1];
}

/* ---- texts */

/* Between single quotes, which are doubled inside; what is no character is a blank. */
static void put_text(FILE *out, const char *text) {
  fputc('\'', out);
  for (; *text; text++) {
    if (*text == '\'')
      fputc('\'', out);
    fputc((unsigned char)*text < ' ' || *text == 127 ? ' ' : *text, out);
  }
  fputs("' noenhanced", out);
}

static void put_setting(FILE *out, const char *what, const char *text) {
  fprintf(out, "set %s ", what);
  put_text(out, text);
  fputc('\n', out);
}

/* ---- data */

static double on_axis(double x, int log) {
  return log ? log10(x) : x;
}

/* Smallest and largest value of an axis (0: x, 1: y) of a curve, joined with what range holds; on a
 * logarithmic axis of the logarithms. */
static void join_range(const BpCurve *curve, int axis, int log, double range[2]) {
  const double *value = axis == 0 ? curve->x : curve->y;
  for (int i = 0; i < curve->count; i++)
    if (isfinite(curve->x[i]) && isfinite(curve->y[i])) {
      range[0] = fmin(range[0], on_axis(value[i], log));
      range[1] = fmax(range[1], on_axis(value[i], log));
    }
}

static double extent(const BpCurve *curve, int axis, int log) {
  double range[2] = {HUGE_VAL, -HUGE_VAL};
  join_range(curve, axis, log, range);
  return range[1] > range[0] ? range[1] - range[0] : 1.0;
}

/* An empty line is a gap. */
static void put_curve(FILE *out, const BpCurve *curve, int log_x) {
  const int thin = curve->count > BP_PLOT_POINTS;
  const double size[2] = {extent(curve, 0, log_x), extent(curve, 1, 0)};
  int shown = -1; /* the point before; -1 behind a gap */
  for (int i = 0; i < curve->count; i++) {
    const double x = curve->x[i], y = curve->y[i];
    const int good = isfinite(x) && isfinite(y);
    if (good && thin && shown >= 0 && i + 1 < curve->count &&
        hypot((on_axis(x, log_x) - on_axis(curve->x[shown], log_x)) / size[0],
              (y - curve->y[shown]) / size[1]) < 1.0 / BP_PLOT_POINTS)
      continue;
    if (good)
      fprintf(out, "%.12g %.12g\n", x, y);
    else
      fputc('\n', out);
    shown = good ? i : -1;
  }
}

static void put_data(FILE *out, const BpPlot *plot) {
  for (int p = 0; p < plot->count; p++)
    for (int c = 0; c < plot->panel[p].count; c++)
      if (bp_curve_visible(&plot->panel[p].curve[c])) {
        fprintf(out, "$curve_%d_%d << END\n", p + 1, c + 1);
        put_curve(out, &plot->panel[p].curve[c], plot->panel[p].log_x);
        fputs("END\n", out);
      }
}

/* ---- panels */

/* What is less wide than this is rounding. */
static const double nothing = 1e-9;

/* All curves with a margin; given: ends that are prescribed, NAN where not. */
static void put_range(FILE *out, const BpPanel *panel, int axis, const double given[2]) {
  const int log = axis == 0 && panel->log_x;
  double range[2] = {HUGE_VAL, -HUGE_VAL};
  for (int i = 0; i < panel->count; i++)
    join_range(&panel->curve[i], axis, log, range);
  const double middle = 0.5 * (range[0] + range[1]), width = range[1] - range[0];
  const double least = fmax(nothing, nothing * fabs(middle));
  const double margin = width > least ? 0.03 * width : fmax(0.1 * fabs(middle), 1.0);
  for (int i = 0; i < 2; i++) {
    const double end = range[i] + (i == 0 ? -margin : margin);
    range[i] = isfinite(given[i]) ? given[i] : log ? pow(10.0, end) : end;
  }
  fprintf(out, "set %s [%.12g:%.12g]\n", axis == 0 ? "xrange" : "yrange", range[0], range[1]);
}

/* 1 where every whole number has room on the x axis. */
static int counts(const BpPanel *panel) {
  enum { MOST = 12 };
  double range[2] = {HUGE_VAL, -HUGE_VAL};
  for (int i = 0; i < panel->count; i++)
    join_range(&panel->curve[i], 0, 0, range);
  return range[1] - range[0] < MOST;
}

static void put_axes(FILE *out, const BpPlot *plot, int p) {
  static const char *const margin[] = {"lmargin", "rmargin", "bmargin", "tmargin"};
  static const double none[2] = {(double)NAN, (double)NAN};
  const BpPanel *panel = &plot->panel[p];
  double at[4];
  place(plot, p, at);
  for (int i = 0; i < 4; i++)
    fprintf(out, "set %s at screen %.6f\n", margin[i], at[i]);
  put_setting(out, "title", panel->title);
  put_setting(out, "xlabel", panel->x_label);
  put_setting(out, "ylabel", panel->y_label);
  fputs(panel->whole_x && counts(panel) ? "set xtics 1\n" : "set xtics autofreq\n", out);
  fprintf(out, panel->log_x ? "set logscale x\nset format x '10^{%%T}'\n"
                            : "unset logscale x\nset format x '%%g'\n");
  put_range(out, panel, 0, none);
  put_range(out, panel, 1, panel->y);
  fputs("unset object\n", out);
  if (isfinite(panel->band[0]) && isfinite(panel->band[1]))
    fprintf(out,
            "set object 1 rectangle from first %.12g, graph 0 to first %.12g, graph 1 behind "
            "fillcolor rgb '%s' fillstyle solid noborder\n",
            panel->band[0], panel->band[1], band_colour);
}

static void put_curves(FILE *out, const BpPlot *plot, int p) {
  const BpPanel *panel = &plot->panel[p];
  const char *before = "plot ";
  for (int c = 0; c < panel->count; c++) {
    const BpCurve *curve = &panel->curve[c];
    if (!bp_curve_visible(curve))
      continue;
    fprintf(out, "%s$curve_%d_%d using 1:2 with %s linecolor rgb '%s' dashtype %s linewidth 2 ",
            before, p + 1, c + 1, curve->marks ? "linespoints pointtype 7 pointsize 0.6" : "lines",
            colours[curve->colour % BP_COUNT(colours)], dashes[curve->dash % BP_COUNT(dashes)]);
    fputs(curve->label ? "title " : "notitle", out);
    if (curve->label)
      put_text(out, curve->label);
    before = ", \\\n     ";
  }
  if (panel->band_label) {
    fprintf(out, "%skeyentry with boxes fillcolor rgb '%s' fillstyle solid noborder title ", before,
            band_colour);
    put_text(out, panel->band_label);
  }
  fputc('\n', out);
}

char *bp_plot_script(const BpPlot *plot) {
  char *text = NULL;
  size_t size = 0;
  int pixels[2];
  FILE *out = open_memstream(&text, &size);
  if (!out)
    abort(); /* out of memory */
  bp_plot_size(plot, pixels);
  fprintf(out,
          "# For gnuplot 5.4. On paper, this FILE.gp:\n"
          "#   gnuplot -e \"set terminal pdfcairo size %.2f,%.2f font 'Sans,10' "
          "fontscale 0.75 linewidth 1.5; set output 'FILE.pdf'\" FILE.gp\n",
          pixels[0] / 96.0, pixels[1] / 96.0);
  put_data(out, plot);
  fprintf(
      out,
      "set encoding utf8\n"
      "set border linewidth 0.8 linecolor rgb 'black'\n"
      "set tics nomirror\n"
      "set grid linecolor rgb '%s' linewidth 0.5 dashtype (2,3)\n"
      "set key at graph 1.04, graph 1 left top vertical Left reverse samplen 3.2 spacing 1.15\n",
      line_colour);
  put_setting(out, "multiplot title", plot->title);
  for (int p = 0; p < plot->count; p++)
    if (has_curves(&plot->panel[p])) {
      put_axes(out, plot, p);
      put_curves(out, plot, p);
    }
  fputs("unset multiplot\n", out);
  if (fclose(out) != 0)
    abort(); /* out of memory */
  return text;
}
