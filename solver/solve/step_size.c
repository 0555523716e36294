#include "step_size.h"

static const double safety = 0.9, most_growth = 2.0, least_growth = 0.25;
static const double repeat_above =
    4.0; /* times the allowed error: twice the step that would have been right */
static const double cut = 0.25;

double bp_step_ladder(double dt) {
  const double rung = floor(4.0 * log2(dt) + 1e-6);
  return exp2(0.25 * rung);
}

static double clamp(const BpStepRules *rules, double dt) {
  return fmin(rules->largest, fmax(rules->smallest, dt));
}

double bp_step_suggest(const BpStepRules *rules, double dt, double error, int order) {
  if (rules->ntimes > 0) /* back to the prescribed times, by and by after a cut */
    return clamp(rules, bp_step_ladder(most_growth * dt));
  double factor = error > 0.0 ? safety * pow(error, -1.0 / (order + 1)) : most_growth;
  factor = fmin(most_growth, fmax(least_growth, factor));
  return clamp(rules, bp_step_ladder(factor * dt));
}

int bp_step_reject(const BpStepRules *rules, double dt, double error) {
  return rules->ntimes == 0 && error > repeat_above && dt > rules->smallest * (1.0 + 1e-9);
}

double bp_step_cut(const BpStepRules *rules, double dt, double hint) {
  double next = cut * dt;
  if (hint > 0.0 && hint < dt)
    next = fmax(next, fmin(hint, 0.5 * dt));
  if (dt <= rules->smallest * (1.0 + 1e-9))
    return 0.0;
  return fmax(rules->smallest, bp_step_ladder(next));
}

/* Times are written with some twelve digits: what that leaves of one. */
static double round_off(double t) {
  return 1e-9 + 1e-12 * t;
}

double bp_step_end(const BpStepRules *rules, double t, double dt, double corner) {
  double stop = corner;
  for (int i = 0; i < rules->ntimes; i++)
    if (rules->times[i] > t + round_off(t)) {
      if (rules->times[i] < corner - round_off(corner))
        stop = rules->times[i];
      break;
    }
  const double left = stop - t, steps = ceil(left / dt - 1e-6);
  return steps <= 1.0 ? stop : t + left / steps;
}
