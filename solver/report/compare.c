#include "weakest.h"

#include <stdlib.h>
#include <string.h>

/* What is compared: rows of the last full cycle. */
typedef struct {
  const char *quantity;
  const char *side; /* NULL: the critical side of each */
  int is_strain, is_common;
} Quantity;

static const Quantity quantities[] = {
    {"joint.delta_w_MPa", NULL, 0, 0},
    {"joint.delta_eps", NULL, 1, 0},
    {"joint.delta_w_MPa.common", NULL, 0, 1},
    {"joint.delta_eps.common", NULL, 1, 1},
    {"package.delta_w_MPa", "package", 0, 0},
    {"package.delta_eps", "package", 1, 0},
    {"package.delta_w_MPa.common", "package", 0, 1},
    {"package.delta_eps.common", "package", 1, 1},
    {"board.delta_w_MPa", "board", 0, 0},
    {"board.delta_eps", "board", 1, 0},
    {"board.delta_w_MPa.common", "board", 0, 1},
    {"board.delta_eps.common", "board", 1, 1},
};

/* Of parts that have no sides. */
static const struct {
  const char *quantity, *film; /* NULL: the copper */
} others[] = {
    {"rdl.delta_eps_p", NULL},
    {"passivation.tension_MPa", "passivation"},
    {"dielectric1.tension_MPa", "dielectric1"},
    {"dielectric2.tension_MPa", "dielectric2"},
};

static const BpCycleResult *last_full_cycle(const BpSummary *summary) {
  const BpCycleResult *last = summary->ncycles > 0 ? &summary->cycle[summary->ncycles - 1] : NULL;
  return last && last->index >= 1 ? last : NULL;
}

static const char *side_of(const Quantity *quantity, const BpSummary *summary) {
  return quantity->side ? quantity->side : summary->joint.critical;
}

static double value_of(const Quantity *quantity, const BpSummary *summary) {
  const BpCycleResult *cycle = last_full_cycle(summary);
  if (!cycle)
    return NAN;
  const int board = strcmp(side_of(quantity, summary), "board") == 0;
  const BpSideResult *layer = board ? &cycle->board : &cycle->package,
                     *common = board ? &cycle->board_common : &cycle->package_common,
                     *result = quantity->is_common ? common : layer;
  return quantity->is_strain ? result->delta_eps : result->delta_w;
}

static double other_of(int which, const BpSummary *summary) {
  const BpCycleResult *cycle = last_full_cycle(summary);
  if (!cycle)
    return NAN;
  if (!others[which].film)
    return cycle->rdl_range;
  for (int i = 0; i < cycle->nfilms; i++)
    if (strcmp(cycle->film[i].name, others[which].film) == 0)
      return cycle->film[i].tension;
  return NAN;
}

double bp_quantity_value(const BpSummary *summary, const char *quantity) {
  for (int q = 0; q < BP_COUNT(quantities); q++)
    if (strcmp(quantities[q].quantity, quantity) == 0)
      return value_of(&quantities[q], summary);
  for (int q = 0; q < BP_COUNT(others); q++)
    if (strcmp(others[q].quantity, quantity) == 0)
      return other_of(q, summary);
  return NAN;
}

/* Of what is not negative: a film under pressure has no ratio. */
static double divide(double a, double b) {
  return a >= 0.0 && b > 0.0 ? a / b : (double)NAN;
}

static BpRatio new_ratio(const BpSummary *summary, int i, const char *quantity) {
  const BpSummary *s = &summary[i], *r = &summary[0];
  BpRatio ratio = {.summary = i,
                   .reference = 0,
                   .error_mesh = s->error_mesh + r->error_mesh,
                   .error_time = s->error_time + r->error_time};
  snprintf(ratio.quantity, sizeof ratio.quantity, "%s", quantity);
  return ratio;
}

int bp_compare(const BpSummary *summary, int count, BpRatio **out) {
  const int nquantities = BP_COUNT(quantities);
  BpRatio *ratio = BP_NEW(BpRatio, count > 1 ? (count - 1) * (nquantities + BP_COUNT(others)) : 0);
  int n = 0;
  for (int i = 1; i < count; i++) {
    for (int q = 0; q < nquantities; q++) {
      const Quantity *quantity = &quantities[q];
      BpRatio *to = &ratio[n++];
      *to = new_ratio(summary, i, quantity->quantity);
      to->ratio = divide(value_of(quantity, &summary[i]), value_of(quantity, &summary[0]));
      snprintf(to->side, sizeof to->side, "%s", side_of(quantity, &summary[i]));
      snprintf(to->side_reference, sizeof to->side_reference, "%s", side_of(quantity, &summary[0]));
    }
    for (int q = 0; q < BP_COUNT(others); q++) {
      BpRatio *to = &ratio[n++];
      *to = new_ratio(summary, i, others[q].quantity);
      to->ratio = divide(other_of(q, &summary[i]), other_of(q, &summary[0]));
      strcpy(to->side, "package");
      strcpy(to->side_reference, "package");
    }
  }
  *out = ratio;
  return n;
}

static json_t *text_or_null(const char *text) {
  return text[0] ? bp_json_text(text) : json_null();
}

char *bp_compare_json(const BpSummary *summary, int count, const BpRatio *ratio, int nratios) {
  json_t *object = json_object(), *cases = json_array(), *ratios = json_array();
  for (int i = 0; i < count; i++)
    json_array_append_new(cases, bp_summary_object(&summary[i]));
  for (int i = 0; i < nratios; i++) {
    json_t *item = json_object();
    json_object_set_new(item, "quantity", bp_json_text(ratio[i].quantity));
    json_object_set_new(item, "case", bp_json_text(summary[ratio[i].summary].case_file));
    json_object_set_new(item, "reference", bp_json_text(summary[ratio[i].reference].case_file));
    json_object_set_new(item, "name", bp_json_text(summary[ratio[i].summary].name));
    json_object_set_new(item, "reference_name", bp_json_text(summary[ratio[i].reference].name));
    json_object_set_new(item, "ratio", bp_json_number(ratio[i].ratio, 1.0));
    json_object_set_new(item, "error_mesh", bp_json_number(ratio[i].error_mesh, 1.0));
    json_object_set_new(item, "error_time", bp_json_number(ratio[i].error_time, 1.0));
    json_object_set_new(item, "side", text_or_null(ratio[i].side));
    json_object_set_new(item, "side_reference", text_or_null(ratio[i].side_reference));
    char sentence[512];
    bp_ratio_sentence(summary, ratio, nratios, i, sentence, sizeof sentence);
    json_object_set_new(item, "text", bp_json_text(sentence));
    json_array_append_new(ratios, item);
  }
  json_object_set_new(object, "schema", json_integer(1));
  json_object_set_new(object, "cases", cases);
  json_object_set_new(object, "ratios", ratios);
  json_object_set_new(object, "pad_factors", bp_pad_factors_array(summary, count));
  json_object_set_new(object, "weakest", bp_weakest_array(summary, count, ratio, nratios));
  json_object_set_new(object, "life_ratios", bp_life_ratios_array(summary, count));
  return bp_json_dump(object);
}
