#include "describe.h"

#include "card_impl.h"
#include "units.h"

#include <stdio.h>
#include <stdlib.h>

#define SHOWN 64

/* ---- one number over temperature */

static void put(FILE *out, double value, const char *unit) {
  char text[SHOWN];
  bp_units_show(value, unit, text, sizeof text);
  fputs(text, out);
}

static void put_table(FILE *out, const BpParam *p, const char *unit) {
  for (int i = 0; i < p->n; i++) {
    fputs(i > 0 ? ", " : "", out);
    put(out, p->value[i], unit);
    fputs(" at ", out);
    put(out, p->T[i], "K");
  }
  fputs(p->linear ? "; beyond, the slopes of its ends" : "; beyond, the values of its ends", out);
}

/* "27.924 GPa - 37.16 MPa/K T, T in K" */
static void put_polynomial(FILE *out, const BpParam *p, const char *unit) {
  char power[SHOWN];
  snprintf(power, sizeof power, "%s", unit);
  for (int k = 0; k < p->n; k++) {
    const int minus = k > 0 && p->value[k] < 0.0;
    fputs(k == 0 ? "" : minus ? " - " : " + ", out);
    put(out, minus ? -p->value[k] : p->value[k], power);
    fputs(k == 0 ? "" : " T", out);
    if (k > 1)
      fprintf(out, "^%d", k);
    const size_t used = strlen(power);
    snprintf(power + used, sizeof power - used, "/K");
  }
  fputs(p->origin > 0.0 ? ", T in degC" : ", T in K", out);
}

/* before: said in front of it. */
static char *param_text(const BpParam *p, const char *unit, const char *before) {
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  if (!out)
    abort(); /* out of memory */
  fputs(before, out);
  if (p->kind == BP_PARAM_TABLE)
    put_table(out, p, unit);
  else if (p->kind == BP_PARAM_POLYNOMIAL)
    put_polynomial(out, p, unit);
  else
    put(out, p->value[0], unit);
  if (isfinite(p->floor)) {
    fputs("; at least ", out);
    put(out, p->floor, unit);
  }
  if (fclose(out) != 0)
    abort(); /* out of memory */
  return text;
}

/* ---- all of them */

typedef struct {
  const BpMaterial *material;
  double T;
  BpCardNumber *number;
  int count;
} Numbers;

/* 1 if a key of the card is not in its list of unverified ones, "E, density". */
static int is_verified(const BpMaterial *m, const char *key) {
  const char *list = bp_material_unverified(m);
  const size_t n = strlen(key);
  if (strcmp(list, "all") == 0)
    return 0;
  for (const char *at = strstr(list, key); at; at = strstr(at + 1, key))
    if ((at == list || at[-1] == ' ') && (at[n] == ',' || at[n] == '\0'))
      return 0;
  return 1;
}

static BpCardNumber *add(Numbers *all, const BpParam *p, const char *key, const char *unit,
                         const char *before) {
  BP_GROW(all->number, all->count + 1);
  BpCardNumber *number = &all->number[all->count++];
  *number = (BpCardNumber){.name = bp_copy_text(key),
                           .help = "",
                           .unit = unit,
                           .text = param_text(p, unit, before),
                           .value = bp_param_value(p, all->T),
                           .verified = is_verified(all->material, key)};
  return number;
}

static void add_constants(Numbers *all) {
  const BpMaterial *m = all->material;
  for (int i = 0; i < m->law->nparam; i++) {
    const BpParamInfo *info = &m->law->param[i];
    const BpParam *p = &m->param[i];
    BpCardNumber *number = add(all, p, info->name, bp_card_unit(info), "");
    number->help = info->help;
    number->standard = p->kind == BP_PARAM_NUMBER && fabs(p->value[0] - info->fallback) <= 0.0;
  }
}

/* The axes of one property: one number where they are alike. */
static void add_axes(Numbers *all, const BpParam *axis, int naxes, const BpCardNumber *what,
                     const char *before) {
  const int first = all->count;
  for (int i = 0; i < naxes; i++)
    add(all, &axis[i], what->name, what->unit, before)->help = what->help;
  int alike = 1;
  for (int i = 1; i < naxes; i++)
    alike = alike && strcmp(all->number[first].text, all->number[first + i].text) == 0;
  for (int i = 0; i < naxes; i++) {
    BpCardNumber *number = &all->number[first + i];
    free(number->name);
    number->name = alike ? bp_copy_text(what->name) : bp_format("%s_%d", what->name, i + 1);
  }
  for (; alike && all->count > first + 1; all->count--) {
    free(all->number[all->count - 1].name);
    free(all->number[all->count - 1].text);
  }
}

static void add_expansion(Numbers *all) {
  static char name[] = "expansion";
  const BpExpansion *e = &all->material->expansion;
  const BpCardNumber what = {.name = name, .help = "coefficient of expansion", .unit = "1/K"};
  char reference[SHOWN];
  bp_units_show(e->reference, "K", reference, sizeof reference);
  char *before =
      e->mean ? bp_format("mean from %s on: ", reference) : bp_copy_text("instantaneous: ");
  add_axes(all, e->axis, e->naxes, &what, before);
  free(before);
}

static void add_properties(Numbers *all) {
  static char conductivity[] = "conductivity";
  const BpParam *property = all->material->property;
  const BpCardNumber what = {.name = conductivity, .help = "thermal conductivity", .unit = "W/m/K"};
  if (property[BP_CONDUCTIVITY_1].n > 0)
    add_axes(all, &property[BP_CONDUCTIVITY_1], 3, &what, "");
  if (property[BP_HEAT_CAPACITY].n > 0)
    add(all, &property[BP_HEAT_CAPACITY], "heat_capacity", "J/kg/K", "")->help = "specific heat";
  if (property[BP_DENSITY].n > 0)
    add(all, &property[BP_DENSITY], "density", "kg/m3", "")->help = "density";
  if (property[BP_RESISTIVITY].n > 0)
    add(all, &property[BP_RESISTIVITY], "resistivity", "ohm.m", "")->help =
        "electrical resistivity";
}

int bp_material_numbers(const BpMaterial *m, double T, BpCardNumber **number) {
  Numbers all = {.material = m, .T = T};
  add_constants(&all);
  add_expansion(&all);
  add_properties(&all);
  *number = all.number;
  return all.count;
}

void bp_material_numbers_free(BpCardNumber *number, int count) {
  for (int i = 0; i < count; i++) {
    free(number[i].name);
    free(number[i].text);
  }
  free(number);
}

/* ---- published points */

char *bp_material_check_text(const BpMaterial *m, int i, const char **unit) {
  const BpCheckPoint *point = &m->check[i];
  char at[SHOWN], rate[SHOWN], angle[SHOWN];
  bp_units_show(point->temperature, "K", at, sizeof at);
  bp_units_show(point->rate, "1/s", rate, sizeof rate);
  bp_units_show(point->angle, "rad", angle, sizeof angle);
  *unit = point->kind == BP_CHECK_EXPANSION ? "1/K" : "Pa";
  if (point->kind == BP_CHECK_SATURATION)
    return bp_format("saturation at %s, %s", at, rate);
  if (point->kind == BP_CHECK_STRESS)
    return bp_format("stress at %s, %s, strain %g", at, rate, point->strain);
  if (point->kind == BP_CHECK_EXPANSION)
    return bp_format("expansion coefficient at %s", at);
  return bp_format("Young's modulus at %s, %s from axis 1", at, angle);
}
