/* Pictures of cards: constants over temperature, what a law makes of them, saturation stresses side
 * by side. */
#ifndef BP_CARD_PLOT_H
#define BP_CARD_PLOT_H

#include "materials.h"
#include "plot.h"

/* One card; free with bp_plot_free(). */
BpPlot bp_card_plot(const BpMaterial *material);

/* Saturation stresses of cards over temperature and rate; free with bp_plot_free(). A warning for
 * each card without any, a problem (BP_EXIT_CASE) where no card has one. */
BpPlot bp_cards_plot(BpMaterial *const *material, int count, BpProblems *problems);

/* ---- what the pictures share */

extern const char bp_axis_temperature[], bp_axis_rate[];

/* Temperature T (K) in degC. */
double bp_celsius(double T);

/* Name of the card, more text, and the mark of what is unverified; to be freed with free(). */
char *bp_card_label(const BpMaterial *material, const char *between, const char *text);

/* A rate of 1e-9 to 1 /s, a power of ten, with its exponent raised; to be freed with free(). */
char *bp_rate_text(double rate);

/* Marks a fitted range (K) on an axis of temperature. */
void bp_panel_fitted(BpPanel *panel, const double range[2], const char *label);

/* Adds panels with the numbers of a card that vary with temperature, its expansion, and the
 * stiffness of a linear law, numbers of one unit together, in columns 0 to columns - 1. */
void bp_card_constants(BpPlot *plot, const BpMaterial *material, int columns);

/* Adds the saturation stress (MPa) at temperature T (K) over the rate (1/s). */
void bp_saturation_over_rate(BpCurve *curve, const BpMaterial *material, double T);

#endif
