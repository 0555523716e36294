/* Saturation stresses of several cards over temperature and over rate. */
#include "card_plot.h"

#include "saturation.h"

#include <stdlib.h>

static const char axis_stress[] = "saturation stress (MPa)";

/* Every ten kelvin of the hard range. */
static void add_over_temperature(BpCurve *curve, const BpMaterial *m, double rate) {
  double fitted[2], hard[2];
  bp_material_limits(m, fitted, hard);
  const int parts = (int)ceil((hard[1] - hard[0]) / 10.0 - 1e-9);
  for (int i = 0; i <= parts; i++) {
    const double T = fmin(hard[0] + 10.0 * i, hard[1]);
    bp_curve_point(curve, bp_celsius(T), 1e-6 * bp_saturation(m, T, rate).stress);
  }
}

/* Temperatures at which all cards are fitted; empty where the upper end is below the lower one. */
static void common_range(BpMaterial *const *material, int count, double range[2]) {
  range[0] = 0.0;
  range[1] = HUGE_VAL;
  for (int i = 0; i < count; i++) {
    double fitted[2], hard[2];
    bp_material_limits(material[i], fitted, hard);
    range[0] = fmax(range[0], fitted[0]);
    range[1] = fmin(range[1], fitted[1]);
  }
}

/* One scale for all, so that panels can be compared. */
static void share_scale(BpPlot *plot) {
  double most = 0.0;
  for (int p = 0; p < plot->count; p++)
    for (int c = 0; c < plot->panel[p].count; c++)
      for (int i = 0; i < plot->panel[p].curve[c].count; i++)
        most = fmax(most, plot->panel[p].curve[c].y[i]);
  for (int p = 0; p < plot->count; p++) {
    plot->panel[p].y[0] = 0.0;
    plot->panel[p].y[1] = 1.05 * most;
  }
}

/* Rates in the upper row, temperatures in the lower one. */
static void add_panels(BpPlot *plot, BpMaterial *const *material, int count) {
  double range[2];
  common_range(material, count, range);
  for (int i = 0; i < BP_SATURATION_RATES; i++) {
    char *title = bp_rate_text(bp_saturation_rate[i]);
    BpPanel *panel = bp_plot_panel(plot, i, title, bp_axis_temperature, axis_stress);
    if (range[0] < range[1])
      bp_panel_fitted(panel, range, i + 1 == BP_SATURATION_RATES ? "fitted range" : NULL);
    free(title);
  }
  for (int i = 0; i < BP_SATURATION_TEMPERATURES; i++) {
    const double T = bp_saturation_temperature[i];
    char *title = bp_format("%g \u00b0C%s", bp_celsius(T),
                            T < range[0] || T > range[1] ? ", extrapolated" : "");
    bp_plot_panel(plot, i, title, bp_axis_rate, axis_stress)->log_x = 1;
    free(title);
  }
}

/* The legend is in the last panel of the upper row. */
static void add_card(BpPlot *plot, const BpMaterial *m) {
  char *label = bp_card_label(m, "", "");
  for (int i = 0; i < BP_SATURATION_RATES; i++) {
    BpCurve *curve = bp_panel_curve(&plot->panel[i], i + 1 == BP_SATURATION_RATES ? label : NULL);
    add_over_temperature(curve, m, bp_saturation_rate[i]);
  }
  for (int i = 0; i < BP_SATURATION_TEMPERATURES; i++) {
    BpCurve *curve = bp_panel_curve(&plot->panel[BP_SATURATION_RATES + i], NULL);
    bp_saturation_over_rate(curve, m, bp_saturation_temperature[i]);
  }
  free(label);
}

/* 1 if curve c is to be seen in any panel. */
static int is_visible(const BpPlot *plot, int c) {
  for (int p = 0; p < plot->count; p++)
    if (bp_curve_visible(&plot->panel[p].curve[c]))
      return 1;
  return 0;
}

BpPlot bp_cards_plot(BpMaterial *const *material, int count, BpProblems *problems) {
  BpPlot plot = bp_plot_new("steady stress of tension tests");
  int visible = 0;
  add_panels(&plot, material, count);
  for (int i = 0; i < count; i++) {
    add_card(&plot, material[i]);
    if (is_visible(&plot, i))
      visible++;
    else
      bp_warning(problems, "card '%s' has no steady stress and is not in the picture",
                 bp_material_name(material[i]));
  }
  if (visible == 0)
    bp_problem(problems, BP_EXIT_CASE, NULL, 0,
               "--plot: no card has a steady stress; choose cards of viscoplasticity or creep");
  share_scale(&plot);
  return plot;
}
