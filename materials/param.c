#include "param.h"

#include <stdlib.h>

/* Interval of the table that T belongs to; its first or last one outside. */
static int interval(const BpParam *p, double T) {
  int lo = 0, hi = p->n - 1;
  while (hi - lo > 1) {
    const int mid = (lo + hi) / 2;
    if (T < p->T[mid])
      hi = mid;
    else
      lo = mid;
  }
  return lo;
}

static double slope_of(const BpParam *p, int i) {
  return (p->value[i + 1] - p->value[i]) / (p->T[i + 1] - p->T[i]);
}

static double table_value(const BpParam *p, double T) {
  const int last = p->n - 1;
  if (!p->linear && T <= p->T[0])
    return p->value[0];
  if (!p->linear && T >= p->T[last])
    return p->value[last];
  const int i = interval(p, T);
  return p->value[i] + slope_of(p, i) * (T - p->T[i]);
}

/* Integral over the part of [T0, T1], T0 <= T1, on one line: the middle value times the width. */
static double line_integral(const BpParam *p, double T0, double T1) {
  return T1 > T0 ? table_value(p, 0.5 * (T0 + T1)) * (T1 - T0) : 0.0;
}

static double table_integral(const BpParam *p, double T0, double T1) {
  double sum = 0.0, from = T0;
  for (int i = 0; i < p->n; i++) {
    if (p->T[i] <= from)
      continue;
    const double to = fmin(p->T[i], T1);
    sum += line_integral(p, from, to);
    from = to;
  }
  return sum + line_integral(p, from, T1);
}

static double polynomial(const BpParam *p, double T) {
  double sum = 0.0;
  for (int i = p->n - 1; i >= 0; i--)
    sum = sum * (T - p->origin) + p->value[i];
  return sum;
}

/* About the middle of the interval the odd powers drop out, and no large antiderivatives are
 * subtracted. */
static double polynomial_integral(const BpParam *p, double T0, double T1) {
  const double middle = 0.5 * (T0 + T1) - p->origin, half = 0.5 * (T1 - T0);
  double shifted[BP_PARAM_COEFFICIENTS];
  memcpy(shifted, p->value, (size_t)p->n * sizeof shifted[0]);
  for (int i = 0; i < p->n; i++) /* Taylor shift by Horner's scheme */
    for (int j = p->n - 2; j >= i; j--)
      shifted[j] += middle * shifted[j + 1];
  double sum = 0.0, power = half;
  for (int i = 0; i < p->n; i += 2, power *= half * half)
    sum += 2.0 * shifted[i] * power / (i + 1.0);
  return sum;
}

double bp_param_value(const BpParam *p, double T) {
  double value = p->value[0];
  if (p->kind == BP_PARAM_TABLE)
    value = table_value(p, T);
  else if (p->kind == BP_PARAM_POLYNOMIAL)
    value = polynomial(p, T);
  return fmax(value, p->floor);
}

double bp_param_integral(const BpParam *p, double T0, double T1) {
  if (p->kind == BP_PARAM_TABLE)
    return T0 <= T1 ? table_integral(p, T0, T1) : -table_integral(p, T1, T0);
  if (p->kind == BP_PARAM_POLYNOMIAL)
    return polynomial_integral(p, T0, T1);
  return p->value[0] * (T1 - T0);
}

double bp_param_slope(const BpParam *p, double T) {
  double slope = 0.0;
  if (bp_param_value(p, T) <= p->floor)
    return 0.0;
  if (p->kind == BP_PARAM_TABLE && (p->linear || (T > p->T[0] && T < p->T[p->n - 1])))
    slope = slope_of(p, interval(p, T));
  else if (p->kind == BP_PARAM_POLYNOMIAL)
    for (int i = p->n - 1; i > 0; i--)
      slope = slope * (T - p->origin) + i * p->value[i];
  return slope;
}

int bp_param_varies(const BpParam *p) {
  return p->kind != BP_PARAM_NUMBER;
}

void bp_param_free(BpParam *p) {
  free(p->T);
  free(p->value);
  *p = (BpParam){0};
}
