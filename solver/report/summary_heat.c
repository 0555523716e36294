/* The part of summary.json on heat. */
#include "json_impl.h"

#include <string.h>

static const double celsius = 273.15;

json_t *bp_json_heat(const BpHeatResult *h) {
  if (!h->solved)
    return json_null();
  json_t *object = json_object(), *steps = json_object(), *energy = json_object(),
         *last = json_object();
  json_object_set_new(steps, "accepted", json_integer(h->accepted));
  json_object_set_new(steps, "rejected", json_integer(h->rejected));
  json_object_set_new(steps, "newton_iterations", json_integer(h->newton));
  json_object_set_new(steps, "linear_iterations", json_integer(h->linear));
  json_object_set_new(energy, "unit", bp_json_text(h->steady ? "W" : "J"));
  json_object_set_new(energy, "stored", bp_json_number(h->stored, 1.0));
  json_object_set_new(energy, "in", bp_json_number(h->in, 1.0));
  json_object_set_new(energy, "out", bp_json_number(h->out, 1.0));
  json_object_set_new(energy, "imbalance", bp_json_number(h->imbalance, 1.0));
  json_object_set_new(energy, "worst_imbalance", bp_json_number(h->worst_imbalance, 1.0));
  json_object_set_new(last, "least_degC", bp_json_number(h->temperature[0] - celsius, 1.0));
  json_object_set_new(last, "largest_degC", bp_json_number(h->temperature[1] - celsius, 1.0));
  json_object_set_new(object, "steps", steps);
  json_object_set_new(object, "energy", energy);
  json_object_set_new(object, "end", last);
  json_object_set_new(object, "time_share", bp_json_number(h->time_share, 1.0));
  json_object_set_new(object, "power_share", bp_json_number(h->power_share, 1.0));
  json_object_set_new(object, "board_convection_factor", bp_json_number(h->board_factor, 1.0));
  json_object_set_new(object, "biot", bp_json_number(h->biot, 1.0));
  json_object_set_new(object, "largest_difference_K", bp_json_number(h->spread, 1.0));
  json_object_set_new(object, "largest_package_difference_K",
                      bp_json_number(h->package_spread, 1.0));
  json_object_set_new(object, "largest_lag_K", bp_json_number(h->lag, 1.0));
  json_object_set_new(object, "uniform_error", bp_json_number(h->uniform_error, 1.0));
  json_object_set_new(object, "uniform_is_enough",
                      isnan(h->uniform_error) ? json_null()
                                              : json_boolean(h->uniform_error <= BP_HEAT_ENOUGH));
  return object;
}

static long get_long(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  return json_is_integer(value) ? (long)json_integer_value(value) : 0;
}

void bp_json_read_heat(const json_t *object, BpHeatResult *h) {
  const json_t *steps = json_object_get(object, "steps"),
               *energy = json_object_get(object, "energy"), *last = json_object_get(object, "end");
  char unit[8];
  *h = (BpHeatResult){.solved = json_is_object(object)};
  bp_json_get_text(energy, "unit", unit, sizeof unit);
  h->steady = strcmp(unit, "W") == 0;
  h->accepted = bp_json_get_int(steps, "accepted");
  h->rejected = bp_json_get_int(steps, "rejected");
  h->newton = get_long(steps, "newton_iterations");
  h->linear = get_long(steps, "linear_iterations");
  h->stored = bp_json_get_number(energy, "stored", 1.0);
  h->in = bp_json_get_number(energy, "in", 1.0);
  h->out = bp_json_get_number(energy, "out", 1.0);
  h->imbalance = bp_json_get_number(energy, "imbalance", 1.0);
  h->worst_imbalance = bp_json_get_number(energy, "worst_imbalance", 1.0);
  h->time_share = bp_json_get_number(object, "time_share", 1.0);
  h->power_share = bp_json_get_number(object, "power_share", 1.0);
  h->board_factor = bp_json_get_number(object, "board_convection_factor", 1.0);
  h->biot = bp_json_get_number(object, "biot", 1.0);
  h->spread = bp_json_get_number(object, "largest_difference_K", 1.0);
  h->package_spread = bp_json_get_number(object, "largest_package_difference_K", 1.0);
  h->lag = bp_json_get_number(object, "largest_lag_K", 1.0);
  h->uniform_error = bp_json_get_number(object, "uniform_error", 1.0);
  h->temperature[0] = bp_json_get_number(last, "least_degC", 1.0) + celsius;
  h->temperature[1] = bp_json_get_number(last, "largest_degC", 1.0) + celsius;
}

void bp_heat_table(FILE *out, const BpHeatResult *h) {
  const char *unit = h->steady ? "W" : "J";
  if (!h->solved)
    return;
  fprintf(out,
          "heat: %d steps, %d rejected, %ld Newton and %ld linear iterations; %.4g to %.4g degC at "
          "the end\n",
          h->accepted, h->rejected, h->newton, h->linear, h->temperature[0] - celsius,
          h->temperature[1] - celsius);
  fprintf(out,
          "heat: %.6g %s stored = %.6g %s in - %.6g %s out, but for %.1e %s; at most %.1e of the "
          "heat that a step moves\n",
          h->stored, unit, h->in, unit, h->out, unit, fabs(h->imbalance), unit, h->worst_imbalance);
  if (!isnan(h->time_share))
    fprintf(out, "heat: %.0f %% of the processor time\n", 100.0 * h->time_share);
  if (!isnan(h->power_share))
    fprintf(out, "heat: %.4g of the package's power, %.4g times the board's convection\n",
            h->power_share, h->board_factor);
  if (!isnan(h->spread))
    fprintf(out,
            "heat: Biot number %.2g; in the last cycle differences up to %.3g K, %.3g K inside the "
            "package, solder and chamber %.3g K apart\n",
            h->biot, h->spread, h->package_spread, h->lag);
  if (!isnan(h->uniform_error))
    fprintf(out,
            "heat: an even temperature would change the cycle's work by up to about %.2g %%: it is "
            "%s\n",
            100.0 * h->uniform_error, h->uniform_error <= BP_HEAT_ENOUGH ? "enough" : "NOT ENOUGH");
}
