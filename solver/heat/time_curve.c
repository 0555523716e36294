#include "time_curve.h"

#include <math.h>
#include <stdlib.h>

static int same(double a, double b) {
  return fabs(a - b) <= 1e-12 * fabs(b) + 1e-9;
}

void bp_time_curve_add(BpTimeCurve *curve, double time, double value) {
  BP_GROW(curve->time, curve->n + 1);
  BP_GROW(curve->value, curve->n + 1);
  curve->time[curve->n] = time;
  curve->value[curve->n++] = value;
}

void bp_time_curve_free(BpTimeCurve *curve) {
  free(curve->time);
  free(curve->value);
  *curve = (BpTimeCurve){0};
}

double bp_time_curve_value(const BpTimeCurve *curve, double time, BpSide side) {
  const double *t = curve->time, *v = curve->value;
  int next = 0; /* first point that the time is before */
  while (next < curve->n && (same(t[next], time) ? side == BP_AFTER : t[next] < time))
    next++;
  if (curve->n == 0)
    return 0.0;
  if (next == 0)
    return v[0];
  if (next == curve->n)
    return v[curve->n - 1];
  const double width = t[next] - t[next - 1];
  return width > 0.0 ? v[next - 1] + (v[next] - v[next - 1]) * (time - t[next - 1]) / width
                     : v[next];
}

double bp_time_curve_next(const BpTimeCurve *curve, double t) {
  for (int i = 0; i < curve->n; i++)
    if (curve->time[i] > t && !same(curve->time[i], t))
      return curve->time[i];
  return HUGE_VAL;
}

int bp_time_curve_jumps(const BpTimeCurve *curve, double time) {
  for (int i = 1; i < curve->n; i++)
    if (same(curve->time[i], time) && same(curve->time[i - 1], time) &&
        fabs(curve->value[i] - curve->value[i - 1]) > 0.0)
      return 1;
  return 0;
}
