#include "card_plot.h"

#include "card_page.h"
#include "point.h"
#include "saturation.h"

#include <stdlib.h>

const char bp_axis_temperature[] = "temperature (\u00b0C)";
const char bp_axis_rate[] = "strain rate (1/s)";

double bp_celsius(double T) {
  return T - 273.15;
}

char *bp_card_label(const BpMaterial *m, const char *between, const char *text) {
  char *mark = bp_card_mark(m);
  char *all = bp_format("%s%s%s%s%s%s", bp_material_name(m), between, text, mark[0] ? " [" : "",
                        mark, mark[0] ? "]" : "");
  free(mark);
  return all;
}

char *bp_rate_text(double rate) {
  static const char *const raised[] = {"\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
                                       "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  const int power = (int)lround(-log10(rate));
  return bp_format("10\u207b%s /s", raised[power % 10]);
}

void bp_panel_fitted(BpPanel *panel, const double range[2], const char *label) {
  const double band[2] = {bp_celsius(range[0]), bp_celsius(range[1])};
  bp_panel_band(panel, band, label);
}

/* ---- what the law makes of them */

static const double shown_strain = 0.02;
static const double shown_rate[] = {1e-3, 1e-5}; /* 1/s */

static void put_stress(const BpPointRecord *record, void *context) {
  bp_curve_point(context, 100.0 * record->strain[0], 1e-6 * record->stress[0]);
}

/* What is said of a temperature in a legend, to be freed with free(). */
static char *temperature_text(const BpMaterial *m, double T, const char *more) {
  return bp_format("%g \u00b0C%s%s", bp_celsius(T), more,
                   bp_material_range(m, T) == BP_CUT ? ", extrapolated" : "");
}

static BpTension tension_at(int temperature, int rate) {
  return (BpTension){.temperature = bp_saturation_temperature[temperature],
                     .rate = shown_rate[rate],
                     .strain = shown_strain,
                     .steps = 200};
}

/* 1 if a test at another rate ends elsewhere. */
static int rate_matters(const BpMaterial *m, int temperature) {
  double stress[BP_COUNT(shown_rate)];
  for (int i = 0; i < BP_COUNT(shown_rate); i++) {
    const BpTension test = tension_at(temperature, i);
    if (bp_point_tension(m, &test, NULL, NULL, &stress[i], NULL) != BP_OK)
      return 1;
  }
  return fabs(stress[1] - stress[0]) > 1e-9 * fabs(stress[0]);
}

/* Colours are temperatures, dashes rates where these matter. */
static void add_tension(BpPanel *panel, const BpMaterial *m, int temperature, int rate) {
  const BpTension test = tension_at(temperature, rate);
  const int rates = rate_matters(m, temperature);
  char *rate_text = bp_rate_text(test.rate);
  char *at = rates ? bp_format(", %s", rate_text) : bp_copy_text("");
  char *label = temperature_text(m, test.temperature, at);
  if (rates || rate == 0) {
    BpCurve *curve = bp_panel_curve(panel, label);
    curve->colour = temperature;
    curve->dash = rates ? rate : temperature;
    /* a law that comes to its end shows what there is */
    (void)bp_point_tension(m, &test, put_stress, curve, NULL, NULL);
  }
  free(label);
  free(at);
  free(rate_text);
}

static void add_tensions(BpPlot *plot, const BpMaterial *m) {
  BpPanel *panel = bp_plot_panel(plot, 1, "", "strain (%)", "stress (MPa)");
  for (int i = 0; i < BP_SATURATION_TEMPERATURES; i++)
    for (int k = 0; k < BP_COUNT(shown_rate); k++)
      if (bp_material_range(m, bp_saturation_temperature[i]) != BP_BAD)
        add_tension(panel, m, i, k);
  panel->y[0] = 0.0;
}

/* ---- saturation stresses */

enum { RATES_PER_DECADE = 3, FIRST_DECADE = -7, LAST_DECADE = -1 };

void bp_saturation_over_rate(BpCurve *curve, const BpMaterial *m, double T) {
  for (int i = FIRST_DECADE * RATES_PER_DECADE; i <= LAST_DECADE * RATES_PER_DECADE; i++) {
    const double rate = pow(10.0, (double)i / RATES_PER_DECADE);
    bp_curve_point(curve, rate, 1e-6 * bp_saturation(m, T, rate).stress);
  }
}

static void add_saturation(BpPlot *plot, const BpMaterial *m) {
  BpPanel *panel = bp_plot_panel(plot, 1, "", bp_axis_rate, "saturation stress (MPa)");
  panel->log_x = 1;
  panel->y[0] = 0.0;
  for (int i = 0; i < BP_SATURATION_TEMPERATURES; i++) {
    char *label = temperature_text(m, bp_saturation_temperature[i], "");
    bp_saturation_over_rate(bp_panel_curve(panel, label), m, bp_saturation_temperature[i]);
    free(label);
  }
}

/* ---- pictures */

BpPlot bp_card_plot(const BpMaterial *m) {
  const int inelastic = bp_material_law(m)->nstate > 0;
  char *title = bp_card_label(m, ": ", bp_material_title(m));
  BpPlot plot = bp_plot_new(title);
  bp_card_constants(&plot, m, inelastic ? 1 : 2);
  if (inelastic) {
    add_tensions(&plot, m);
    add_saturation(&plot, m);
  }
  free(title);
  return plot;
}
