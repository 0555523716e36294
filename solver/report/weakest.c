#include "weakest.h"

#include <string.h>

static const BpPart parts[BP_PARTS] = {{"package solder", "package.delta_w_MPa", NAN},
                                       {"board solder", "board.delta_w_MPa", NAN},
                                       {"copper", "rdl.delta_eps_p", NAN},
                                       {"passivation", "passivation.tension_MPa", NAN}};
static const char *const load[BP_PARTS] = {
    "work per cycle in the layer", "work per cycle in the layer", "range of plastic strain",
    "largest principal tension at the edges of ring and well"};

int bp_weakest(const BpRatio *ratio, int nratios, int which, BpPart part[BP_PARTS]) {
  int weakest = -1;
  memcpy(part, parts, sizeof parts);
  for (int p = 0; p < BP_PARTS; p++)
    for (int i = 0; i < nratios; i++)
      if (ratio[i].summary == which && strcmp(ratio[i].quantity, part[p].quantity) == 0)
        part[p].ratio = ratio[i].ratio;
  for (int p = 0; p < BP_PARTS; p++)
    if (isfinite(part[p].ratio) && (weakest < 0 || part[p].ratio > part[weakest].ratio))
      weakest = p;
  return weakest;
}

static void list_unknown(const BpPart part[BP_PARTS], char *text, size_t size) {
  size_t used = 0;
  for (int p = 0; p < BP_PARTS && used < size; p++)
    if (!isfinite(part[p].ratio))
      used += (size_t)snprintf(text + used, size - used, "%s%s",
                               used ? ", " : "; not known of: ", part[p].part);
}

void bp_weakest_sentence(const BpSummary *summary, const BpRatio *ratio, int nratios, int which,
                         char *text, size_t size) {
  BpPart part[BP_PARTS];
  char unknown[160] = "";
  const int p = bp_weakest(ratio, nratios, which, part);
  if (p < 0) {
    snprintf(text, size, "not known: no part has a ratio");
    return;
  }
  list_unknown(part, unknown, sizeof unknown);
  const char *verdict = bp_ratio_direction(part[p].ratio) > 0 ? "loses most" : "gains least";
  snprintf(text, size, "%s %s: its %s is %.4g times that of %s%s", part[p].part, verdict, load[p],
           part[p].ratio, summary[0].name, unknown);
}

static json_t *case_object(const BpSummary *summary, const BpRatio *ratio, int nratios, int which) {
  BpPart part[BP_PARTS];
  char text[512];
  const int weakest = bp_weakest(ratio, nratios, which, part);
  json_t *object = json_object(), *array = json_array();
  bp_weakest_sentence(summary, ratio, nratios, which, text, sizeof text);
  json_object_set_new(object, "case", bp_json_text(summary[which].case_file));
  json_object_set_new(object, "name", bp_json_text(summary[which].name));
  json_object_set_new(object, "reference_name", bp_json_text(summary[0].name));
  json_object_set_new(object, "part", weakest < 0 ? json_null() : bp_json_text(part[weakest].part));
  json_object_set_new(object, "quantity",
                      weakest < 0 ? json_null() : bp_json_text(part[weakest].quantity));
  json_object_set_new(object, "ratio",
                      bp_json_number(weakest < 0 ? (double)NAN : part[weakest].ratio, 1.0));
  json_object_set_new(object, "text", bp_json_text(text));
  for (int p = 0; p < BP_PARTS; p++) {
    json_t *item = json_object();
    json_object_set_new(item, "part", bp_json_text(part[p].part));
    json_object_set_new(item, "quantity", bp_json_text(part[p].quantity));
    json_object_set_new(item, "ratio", bp_json_number(part[p].ratio, 1.0));
    json_array_append_new(array, item);
  }
  json_object_set_new(object, "parts", array);
  return object;
}

json_t *bp_weakest_array(const BpSummary *summary, int count, const BpRatio *ratio, int nratios) {
  json_t *array = json_array();
  for (int i = 1; i < count; i++)
    json_array_append_new(array, case_object(summary, ratio, nratios, i));
  return array;
}
