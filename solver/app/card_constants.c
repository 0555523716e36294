/* Curves of a card's constants over temperature. */
#include "card_plot.h"

#include "describe.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 120 };

/* Numbers of a card at temperatures through its hard range. */
typedef struct {
  const BpMaterial *material;
  double T[SAMPLES + 1];             /* K */
  BpCardNumber *number[SAMPLES + 1]; /* [count] each */
  int count;
} Samples;

/* Unit of an axis. */
typedef struct {
  const char *name;
  double size; /* SI */
} AxisUnit;

static void take_samples(Samples *s) {
  double fitted[2], hard[2];
  bp_material_limits(s->material, fitted, hard);
  for (int i = 0; i <= SAMPLES; i++) {
    s->T[i] = hard[0] + (hard[1] - hard[0]) * i / SAMPLES;
    s->count = bp_material_numbers(s->material, s->T[i], &s->number[i]);
  }
}

static void free_samples(Samples *s) {
  for (int i = 0; i <= SAMPLES; i++)
    bp_material_numbers_free(s->number[i], s->count);
}

static int varies(const Samples *s, int k) {
  for (int i = 1; i <= SAMPLES; i++)
    if (fabs(s->number[i][k].value - s->number[0][k].value) > 0.0)
      return 1;
  return 0;
}

static AxisUnit axis_unit(const Samples *s, int k) {
  const BpCardNumber *number = &s->number[0][k];
  if (strcmp(number->unit, "Pa") == 0)
    return fabs(number->value) < 1e9 ? (AxisUnit){"MPa", 1e6} : (AxisUnit){"GPa", 1e9};
  if (strcmp(number->unit, "1/K") == 0)
    return (AxisUnit){"ppm/K", 1e-6};
  if (strcmp(number->unit, "delta_K") == 0)
    return (AxisUnit){"K", 1.0};
  return (AxisUnit){number->unit, 1.0};
}

/* What varies; the expansion; and, where nothing else is to be seen, the stiffness. */
static int is_shown(const Samples *s, int k) {
  const BpCardNumber *number = &s->number[0][k];
  return varies(s, k) || strcmp(number->unit, "1/K") == 0 ||
         (bp_material_law(s->material)->linear && strcmp(number->unit, "Pa") == 0);
}

/* Length of a name without the number of its axis, "_1". */
static int stem(const char *name) {
  const char *end = strrchr(name, '_');
  return (int)(end && strspn(end + 1, "0123456789") == strlen(end + 1) ? (size_t)(end - name)
                                                                       : strlen(name));
}

/* 1 if a member before k is the same property along another axis. */
static int is_named(const Samples *s, const int *member, int k) {
  const char *name = s->number[0][k].name;
  for (int i = 0; i < k; i++)
    if (member[i] && stem(s->number[0][i].name) == stem(name) &&
        strncmp(s->number[0][i].name, name, (size_t)stem(name)) == 0)
      return 1;
  return 0;
}

/* "E1, E2 (GPa)" of the numbers that share a panel, to be freed with free(). */
static char *numbers_label(const Samples *s, const int *member, AxisUnit unit) {
  enum { NAMED = 4 };
  const int pure = strcmp(unit.name, "1") == 0;
  char *text = bp_copy_text("");
  int count = 0;
  for (int k = 0; k < s->count; k++) {
    const char *name = s->number[0][k].name;
    if (!member[k] || is_named(s, member, k) || ++count > NAMED)
      continue;
    char *longer = bp_format("%s%s%.*s", text, count > 1 ? ", " : "", stem(name), name);
    free(text);
    text = longer;
  }
  char *label = bp_format("%s%s%s%s%s", text, count > NAMED ? " ..." : "", pure ? "" : " (",
                          pure ? "" : unit.name, pure ? "" : ")");
  free(text);
  return label;
}

static void add_number(BpPanel *panel, const Samples *s, int k, AxisUnit unit, const char *label) {
  BpCurve *curve = bp_panel_curve(panel, label);
  for (int i = 0; i <= SAMPLES; i++)
    bp_curve_point(curve, bp_celsius(s->T[i]), s->number[i][k].value / unit.size);
}

/* A panel with all numbers of the unit of number `first`, which is the first of them. */
static void add_numbers(BpPlot *plot, const Samples *s, int first, int column) {
  const AxisUnit unit = axis_unit(s, first);
  double fitted[2], hard[2], least = 0.0;
  int *member = BP_NEW(int, s->count), members = 0;
  for (int k = first; k < s->count; k++)
    members += member[k] = is_shown(s, k) && strcmp(axis_unit(s, k).name, unit.name) == 0;
  char *label = numbers_label(s, member, unit);
  BpPanel *panel = bp_plot_panel(plot, column, "", bp_axis_temperature, label);
  for (int k = first; k < s->count; k++)
    if (member[k])
      add_number(panel, s, k, unit, members > 1 ? s->number[0][k].name : NULL);
  for (int k = 0; k < panel->count; k++)
    for (int i = 0; i <= SAMPLES; i++)
      least = fmin(least, panel->curve[k].y[i]);
  if (least >= 0.0)
    panel->y[0] = 0.0;
  bp_material_limits(s->material, fitted, hard);
  bp_panel_fitted(panel, fitted, "fitted range");
  free(label);
  free(member);
}

/* 1 if no number before k that is shown has its unit. */
static int is_first(const Samples *s, int k) {
  for (int i = 0; i < k; i++)
    if (is_shown(s, i) && strcmp(axis_unit(s, i).name, axis_unit(s, k).name) == 0)
      return 0;
  return is_shown(s, k);
}

void bp_card_constants(BpPlot *plot, const BpMaterial *m, int columns) {
  Samples s = {.material = m};
  take_samples(&s);
  for (int k = 0, panels = 0; k < s.count; k++)
    if (is_first(&s, k))
      add_numbers(plot, &s, k, panels++ % columns);
  free_samples(&s);
}
