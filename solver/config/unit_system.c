#include "unit_system.h"

#include <udunits2.h>

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define UNIT_TEXT 160

static ut_system *unit_system;

static ut_system *load_system(void) {
  if (!unit_system) {
    ut_set_error_message_handler(ut_ignore);
    unit_system = ut_read_xml(NULL);
  }
  return unit_system;
}

void bp_unit_system_free(void) {
  if (unit_system)
    ut_free_system(unit_system);
  unit_system = NULL;
}

/* ---- grammar: our own, because UDUNITS rejects "/s" and reads "5 um 3" or "s since 5" as units */

static const char *skip_space(const char *p) {
  while (*p == ' ' || *p == '\t')
    p++;
  return p;
}

static int is_digit(char c) {
  return c >= '0' && c <= '9';
}

static int is_name(char c) {
  return isalpha((unsigned char)c) || c == '%' || c == '_' || (unsigned char)c >= 0x80;
}

/* Name as UDUNITS has it. It takes "cycle" for an angle of 2 pi, which nobody means here. */
static const char *udunits_name(const char *name) {
  if (strcmp(name, "cycle") == 0 || strcmp(name, "cycles") == 0)
    return "?";
  return strcmp(name, "deg") == 0 ? "degree" : name;
}

/* Appends ".name^power" to out. */
static int append_factor(const char *name, int power, char *out, size_t size) {
  const size_t used = strlen(out);
  const char *dot = used > 0 ? "." : "";
  int n;
  if (power == 1)
    n = snprintf(out + used, size - used, "%s%s", dot, udunits_name(name));
  else
    n = snprintf(out + used, size - used, "%s%s^%d", dot, udunits_name(name), power);
  return n >= 0 && (size_t)n < size - used;
}

/* Reads one "name", "name2", "name^-2" at p and appends it to out. Returns what follows, NULL if
 * there is none. */
static const char *read_factor(const char *p, int divide, char *out, size_t size) {
  char name[32];
  size_t n = 0;
  while (is_name(p[n]) && n < sizeof name - 1)
    n++;
  if (n == 0 || is_name(p[n]))
    return NULL;
  memcpy(name, p, n);
  name[n] = '\0';
  p += n;
  const int hat = *p == '^';
  const int minus = p[hat] == '-' && is_digit(p[hat + 1]);
  const char *digit = p + hat + minus;
  int power = 1;
  if (is_digit(*digit)) {
    power = *digit - '0';
    p = digit + 1;
  } else if (hat)
    return NULL;
  if (power == 0 || is_digit(*p))
    return NULL;
  return append_factor(name, minus == divide ? power : -power, out, size) ? p : NULL;
}

/* Rewrites a unit for UDUNITS: "ppm/K" as "ppm.K^-1". Returns NULL when all was read, else the
 * place that could not be. */
static const char *rewrite_unit(const char *text, char *out, size_t size) {
  const char *p = skip_space(text);
  out[0] = '\0';
  if (*p == '1' && *skip_space(p + 1) == '/')
    p = skip_space(p + 1);
  int divide = *p == '/';
  if (divide)
    p = skip_space(p + 1);
  for (;;) {
    const char *end = read_factor(p, divide, out, size);
    if (!end)
      return p;
    p = skip_space(end);
    if (*p == '\0')
      return NULL;
    divide = *p == '/';
    if (*p == '/' || *p == '*' || *p == '.')
      p = skip_space(p + 1);
    else if (p == end)
      return p;
  }
}

/* The unit of a text, NULL if it is none; *rest is then the place that is not one, NULL if the
 * grammar is right. */
static ut_unit *parse_unit(const char *text, const char **rest) {
  char clean[UNIT_TEXT];
  *rest = NULL;
  if (strcmp(text, "1") == 0)
    return ut_get_dimensionless_unit_one(unit_system);
  *rest = rewrite_unit(text, clean, sizeof clean);
  return *rest ? NULL : ut_parse(unit_system, clean, UT_UTF8);
}

/* ---- conversion */

/* ut_are_convertible() would also accept the reciprocal, and rad for a pure number. */
static int same_dimension(const ut_unit *a, const ut_unit *b) {
  char text[UNIT_TEXT];
  ut_unit *ratio = ut_divide(a, b);
  const int n = ratio ? ut_format(ratio, text, sizeof text - 1, UT_DEFINITION | UT_ASCII) : -1;
  ut_free(ratio);
  if (n < 0 || n >= (int)sizeof text - 1)
    return 0;
  text[n] = '\0';
  return (int)strspn(text, "0123456789.+-e ") == n;
}

/* Factors between units are nearly always powers of ten or whole numbers, or the inverse of these.
 * A division by 1e6 is correctly rounded where a multiplication by 1e-6 is not: "5 um" is then
 * exactly 5e-6. */
static void set_factor(BpConversion *c, double factor) {
  const double large = factor > 1.0 ? factor : 1.0 / factor;
  const double power = pow(10.0, round(log10(large)));
  double exact = 0.0;
  if (fabs(large / power - 1.0) < 1e-14 && power <= 1e22)
    exact = power;
  else if (large < 1e9 && fabs(round(large) / large - 1.0) < 1e-14)
    exact = round(large);
  const int is_exact = exact > 0.0;
  c->numerator = factor > 1.0 && is_exact ? exact : factor;
  c->denominator = 1.0;
  if (factor <= 1.0 && is_exact) {
    c->numerator = 1.0;
    c->denominator = exact;
  }
}

static int set_conversion(BpConversion *c, ut_unit *from, ut_unit *to) {
  cv_converter *converter = ut_get_converter(from, to);
  if (!converter)
    return 0;
  const double far = 1048576.0; /* a slope from 0 to 1 would lose digits beside 273.15 */
  c->offset = cv_convert_double(converter, 0.0);
  if (fabs(c->offset) > 0.0)
    set_factor(c, (cv_convert_double(converter, far) - c->offset) / far);
  else
    set_factor(c, cv_convert_double(converter, 1.0));
  cv_free(converter);
  return 1;
}

BpUnitResult bp_unit_system_convert(const char *unit, const char *si, BpConversion *conversion,
                                    const char **rest) {
  const char *ignored;
  BpUnitResult result = BP_UNIT_KNOWN;
  if (!load_system())
    return BP_UNIT_NO_DATABASE;
  ut_unit *from = parse_unit(unit, rest);
  ut_unit *to = parse_unit(si, &ignored);
  if (!to)
    result = BP_UNIT_BAD_TARGET;
  else if (!from)
    result = *rest ? BP_UNIT_BAD_SYNTAX : BP_UNIT_UNKNOWN;
  else if (!same_dimension(from, to) || !set_conversion(conversion, from, to))
    result = BP_UNIT_OTHER_DIMENSION;
  ut_free(from);
  ut_free(to);
  return result;
}

double bp_unit_system_to_si(const BpConversion *c, double x) {
  return x * c->numerator / c->denominator + c->offset;
}

double bp_unit_system_from_si(const BpConversion *c, double value) {
  return (value - c->offset) * c->denominator / c->numerator;
}
