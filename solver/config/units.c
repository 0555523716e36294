#include "units.h"

#include "shown.h"
#include "unit_system.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A quantity: its SI unit, what messages call it, and the units that people write it in. */
typedef struct {
  const char *si, *name, *example;
  const char *written[4]; /* the first wins a tie */
} Quantity;

static const Quantity quantities[] = {
    {"m", "a length", "um", {"um", "mm", "m"}},
    {"m2", "an area", "um2", {"um2", "mm2", "m2"}},
    {"m3", "a volume", "mm3", {"mm3", "um3", "m3"}},
    {"s", "a time", "s", {"s", "min", "h", "ms"}},
    {"K", "a temperature", "degC", {"degC", "K"}},
    {"delta_K", "a temperature difference", "K", {"K"}},
    {"K/s", "a temperature rate", "K/min", {"K/s", "K/min"}},
    {"rad", "an angle", "deg", {"deg", "rad"}},
    {"Pa", "a pressure", "MPa", {"MPa", "GPa", "kPa", "Pa"}},
    {"Pa/K", "a pressure per temperature", "MPa/K", {"MPa/K", "Pa/K"}},
    {"1/Pa", "a compliance", "/MPa", {"/MPa", "/Pa"}},
    {"Pa.s", "a viscosity", "MPa.s", {"Pa.s", "MPa.s"}},
    {"1/K", "an expansion coefficient", "ppm/K", {"ppm/K", "/K"}},
    {"1/s", "a rate", "/s", {"/s"}},
    {"kg/m3", "a density", "kg/m3", {"kg/m3"}},
    {"W/m/K", "a conductivity", "W/m/K", {"W/m/K"}},
    {"J/kg/K", "a specific heat", "J/kg/K", {"J/kg/K"}},
    {"W/m2/K", "a heat transfer coefficient", "W/m2/K", {"W/m2/K"}},
    {"W/m2", "a heat flux", "W/m2", {"W/m2", "W/mm2"}},
    {"W/m3", "a heat source", "W/mm3", {"W/mm3", "W/m3"}},
    {"W", "a power", "W", {"W", "mW"}},
    {"J", "an energy", "mJ", {"J", "mJ"}},
    {"J/m2", "an energy per area", "J/m2", {"J/m2"}},
    {"J/mol", "an activation energy", "kJ/mol", {"kJ/mol", "J/mol"}},
    {"N", "a force", "N", {"N", "mN"}},
    {"kg", "a mass", "g", {"g", "kg"}},
    {"m/s", "a velocity", "m/s", {"m/s", "mm/s", "um/s"}},
    {"ohm.m", "a resistivity", "nohm.m", {"nohm.m", "ohm.m"}},
    {"A.s", "an electric charge", "A.s", {"A.s"}},
    {"1", "a pure number", "1", {NULL}},
};

static const Quantity *find_quantity(const char *si) {
  for (int i = 0; i < BP_COUNT(quantities); i++)
    if (strcmp(quantities[i].si, si) == 0)
      return &quantities[i];
  return NULL;
}

static int is_pure(const char *si) {
  return si[0] == '\0' || strcmp(si, "1") == 0;
}

static int is_difference(const char *si) {
  return strcmp(si, "delta_K") == 0;
}

static const char *target_of(const char *si) {
  return is_difference(si) ? "K" : si;
}

/* "a pressure" for "MPa", NULL if the quantity has no name. */
static const char *name_of(const char *unit) {
  BpConversion c;
  const char *rest;
  for (int i = 0; i < BP_COUNT(quantities); i++)
    if (bp_unit_system_convert(unit, target_of(quantities[i].si), &c, &rest) == BP_UNIT_KNOWN)
      return quantities[i].name;
  return NULL;
}

void bp_units_free(void) {
  bp_unit_system_free();
}

/* ---- reading */

/* A value that is being read and what messages say about it. */
typedef struct {
  const char *si;
  const char *start, *end; /* the number in the text */
  const char *unit;        /* what follows it */
  char shown[BP_SHOWN];
  char wanted[80];  /* "a length" */
  char example[80]; /* "5 um", with the user's own number where there is one */
  char *message;
  size_t size;
} Reading;

#define REFUSE(r, ...) (snprintf((r)->message, (r)->size, __VA_ARGS__), BP_BAD)

static const char *skip_space(const char *p) {
  while (*p == ' ' || *p == '\t')
    p++;
  return p;
}

static const char *skip_digits(const char *p) {
  while (*p >= '0' && *p <= '9')
    p++;
  return p;
}

/* End of the decimal number at p, p itself if there is none. strtod() alone would also take "inf",
 * "nan" and hexadecimal. */
static const char *number_end(const char *p) {
  const char *sign = *p == '+' || *p == '-' ? p + 1 : p;
  const char *whole = skip_digits(sign);
  const char *end = *whole == '.' ? skip_digits(whole + 1) : whole;
  const int digits = (int)(end - sign) - (*whole == '.');
  if (digits == 0)
    return p;
  if (*end == 'e' || *end == 'E') {
    const char *power = end[1] == '+' || end[1] == '-' ? end + 2 : end + 1;
    if (skip_digits(power) > power)
      end = skip_digits(power);
  }
  return end;
}

static void start_reading(Reading *r, const char *text) {
  r->start = skip_space(text);
  r->end = number_end(r->start);
  r->unit = skip_space(r->end);
  bp_shown_text(r->start, r->shown);
  const Quantity *q = find_quantity(is_pure(r->si) ? "1" : r->si);
  if (q)
    snprintf(r->wanted, sizeof r->wanted, "%s", q->name);
  else
    snprintf(r->wanted, sizeof r->wanted, "a value in %s", r->si);
  const char *unit = is_pure(r->si) ? "" : q ? q->example : r->si;
  const int length = (int)(r->end - r->start);
  const int own = length > 0 && length < 40;
  snprintf(r->example, sizeof r->example, "%.*s%s%s", own ? length : 1, own ? r->start : "5",
           unit[0] ? " " : "", unit);
}

static int says_not_finite(const char *p) {
  static const char *const words[] = {"nan", "inf", "infinity"};
  if (*p == '+' || *p == '-')
    p++;
  if (*p == '.')
    p++;
  const size_t n = strcspn(p, " \t");
  for (int i = 0; i < BP_COUNT(words); i++) {
    size_t k = 0;
    while (k < n && words[i][k] == tolower((unsigned char)p[k]))
      k++;
    if (k == n && words[i][k] == '\0')
      return 1;
  }
  return 0;
}

static BpStatus refuse_number(Reading *r) {
  if (*r->start == '\0')
    return REFUSE(r, "there is no value; write for example '%s'", r->example);
  if (says_not_finite(r->start))
    return REFUSE(r, "'%s' is not a finite number; write for example '%s'", r->shown, r->example);
  return REFUSE(r, "'%s' does not start with a number; write for example '%s'", r->shown,
                r->example);
}

static BpStatus refuse_syntax(Reading *r, const char *rest) {
  char part[BP_SHOWN];
  if (*rest == ',')
    return REFUSE(r, "'%s' has a decimal comma; write '%.*s.%s'", r->shown, (int)(rest - r->start),
                  r->start, bp_shown_text(rest + 1, part));
  if (*rest == '\0')
    return REFUSE(r, "the unit of '%s' is not complete; write for example '%s'", r->shown,
                  r->example);
  return REFUSE(r, "'%s' cannot be read from '%s' on; write for example '%s'", r->shown,
                bp_shown_text(rest, part), r->example);
}

static BpStatus refuse_unit(Reading *r, BpUnitResult result, const char *rest) {
  char part[BP_SHOWN];
  const char *name;
  switch (result) {
  case BP_UNIT_BAD_SYNTAX:
    return refuse_syntax(r, rest);
  case BP_UNIT_UNKNOWN:
    return REFUSE(r, "'%s' is not a known unit; write for example '%s'",
                  bp_shown_text(r->unit, part), r->example);
  case BP_UNIT_OTHER_DIMENSION:
    name = name_of(r->unit);
    if (name)
      return REFUSE(r, "'%s' is %s, %s is needed, for example '%s'", r->shown, name, r->wanted,
                    r->example);
    return REFUSE(r, "'%s' is not %s; write for example '%s'", r->shown, r->wanted, r->example);
  case BP_UNIT_NO_DATABASE:
    return REFUSE(r, "UDUNITS-2 does not find its units; set UDUNITS2_XML_PATH to udunits2.xml");
  default:
    return REFUSE(r, "'%s' is not a unit that the program can ask for", r->si);
  }
}

static BpStatus read_with_unit(Reading *r, double x, double *value) {
  BpConversion c;
  const char *rest;
  const BpUnitResult result = bp_unit_system_convert(r->unit, target_of(r->si), &c, &rest);
  if (result != BP_UNIT_KNOWN)
    return refuse_unit(r, result, rest);
  if (is_difference(r->si) && fabs(c.offset) > 0.0)
    return REFUSE(r, "'%s' is a temperature, a difference of temperatures is needed; write K: '%s'",
                  r->shown, r->example);
  const double si_value = bp_unit_system_to_si(&c, x);
  if (!isfinite(si_value))
    return REFUSE(r, "'%s' is too large; write for example '5 %s'", r->shown, r->unit);
  *value = si_value;
  return BP_OK;
}

BpStatus bp_units_read(const char *text, const char *si, double *value, char *message,
                       size_t size) {
  Reading reading = {.si = si, .message = message, .size = size};
  Reading *r = &reading;
  start_reading(r, text);
  if (r->end == r->start)
    return refuse_number(r);
  const double x = strtod(r->start, NULL);
  if (!isfinite(x))
    return REFUSE(r, "'%s' is too large for a number", r->shown);
  if (!is_pure(si)) {
    if (*r->unit == '\0')
      return REFUSE(r, "'%s' has no unit; write for example '%s'", r->shown, r->example);
    return read_with_unit(r, x, value);
  }
  if (*r->unit != '\0')
    return REFUSE(r, "'%s' has a unit, a pure number is needed; write '%s'", r->shown, r->example);
  *value = x;
  return BP_OK;
}

/* ---- writing */

/* Fewest digits of value in the unit of c that read back to it within `tolerance` |value|; 0 if
 * there are none. */
static int write_number(const BpConversion *c, double value, double tolerance, char *text,
                        size_t size) {
  const double x = bp_unit_system_from_si(c, value);
  int digits = 1;
  if (fabs(x) >= 1.0 && fabs(x) < 1e7) /* 1000, not 1e+03 */
    digits = (int)floor(log10(fabs(x))) + 1;
  for (; digits <= 17; digits++) {
    snprintf(text, size, "%.*g", digits, x);
    const double back = bp_unit_system_to_si(c, strtod(text, NULL));
    if (fabs(back - value) <= tolerance * fabs(value))
      return 1;
  }
  return 0;
}

/* Length of the number, and some more where people would take another unit. */
static size_t cost_of(const char *number) {
  const double x = fabs(strtod(number, NULL));
  const int odd = (x > 0.0 && x < 0.1) || x >= 1000.0;
  return strlen(number) + (odd ? 3 : 0);
}

static void write_within(double tolerance, double value, const char *si, char *text, size_t size) {
  const BpConversion plain = {1.0, 1.0, 0.0};
  char number[40];
  const char *rest;
  if (!write_number(&plain, value, tolerance, number, sizeof number))
    snprintf(number, sizeof number, "%.17g", value);
  snprintf(text, size, "%s%s%s", number, is_pure(si) ? "" : " ", is_pure(si) ? "" : target_of(si));
  const Quantity *q = is_pure(si) ? NULL : find_quantity(si);
  size_t best = (size_t)-1;
  for (int i = 0; q && i < BP_COUNT(q->written) && q->written[i]; i++) {
    BpConversion c;
    if (bp_unit_system_convert(q->written[i], target_of(si), &c, &rest) != BP_UNIT_KNOWN ||
        !write_number(&c, value, tolerance, number, sizeof number) || cost_of(number) >= best)
      continue;
    best = cost_of(number);
    snprintf(text, size, "%s %s", number, q->written[i]);
  }
}

void bp_units_write(double value, const char *si, char *text, size_t size) {
  write_within(0.0, value, si, text, size);
}

void bp_units_show(double value, const char *si, char *text, size_t size) {
  write_within(5e-7, value, si, text, size);
}
