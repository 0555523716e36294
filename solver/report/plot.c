#include "plot.h"

#include <math.h>
#include <stdlib.h>

BpPlot bp_plot_new(const char *title) {
  return (BpPlot){.title = bp_copy_text(title)};
}

static void free_panel(BpPanel *panel) {
  for (int i = 0; i < panel->count; i++) {
    free(panel->curve[i].label);
    free(panel->curve[i].x);
    free(panel->curve[i].y);
  }
  free(panel->curve);
  free(panel->title);
  free(panel->x_label);
  free(panel->y_label);
  free(panel->band_label);
}

void bp_plot_free(BpPlot *plot) {
  for (int i = 0; i < plot->count; i++)
    free_panel(&plot->panel[i]);
  free(plot->panel);
  free(plot->title);
  *plot = (BpPlot){0};
}

BpPanel *bp_plot_panel(BpPlot *plot, int column, const char *title, const char *x_label,
                       const char *y_label) {
  const double none = (double)NAN;
  BP_GROW(plot->panel, plot->count + 1);
  BpPanel *panel = &plot->panel[plot->count++];
  *panel = (BpPanel){.title = bp_copy_text(title),
                     .x_label = bp_copy_text(x_label),
                     .y_label = bp_copy_text(y_label),
                     .column = column,
                     .y = {none, none},
                     .band = {none, none}};
  return panel;
}

void bp_panel_band(BpPanel *panel, const double band[2], const char *label) {
  panel->band[0] = band[0];
  panel->band[1] = band[1];
  free(panel->band_label);
  panel->band_label = label ? bp_copy_text(label) : NULL;
}

BpCurve *bp_panel_curve(BpPanel *panel, const char *label) {
  BP_GROW(panel->curve, panel->count + 1);
  BpCurve *curve = &panel->curve[panel->count];
  *curve = (BpCurve){
      .label = label ? bp_copy_text(label) : NULL, .colour = panel->count, .dash = panel->count};
  panel->count++;
  return curve;
}

void bp_curve_point(BpCurve *curve, double x, double y) {
  if (curve->count == curve->space) {
    curve->space = curve->space > 0 ? 2 * curve->space : 64;
    BP_GROW(curve->x, curve->space);
    BP_GROW(curve->y, curve->space);
  }
  curve->x[curve->count] = x;
  curve->y[curve->count++] = y;
}

int bp_curve_visible(const BpCurve *curve) {
  for (int i = 0; i < curve->count; i++)
    if (isfinite(curve->x[i]) && isfinite(curve->y[i]))
      return 1;
  return 0;
}
