#include "saturation.h"

#include "card_page.h"
#include "point.h"

#include <stdlib.h>
#include <string.h>

const double bp_saturation_temperature[] = {233.15, 298.15, 398.15};
const double bp_saturation_rate[] = {1e-3, 1e-4, 1e-5};

typedef struct {
  double celsius, rate; /* degC, 1/s */
} Condition;

static const Condition conditions[] = {{-40.0, 1e-4}, {25.0, 1e-3},  {25.0, 1e-4}, {25.0, 1e-5},
                                       {125.0, 1e-3}, {125.0, 1e-4}, {125.0, 1e-5}};

/* Steady is a stress that the second half of a long test changes by less than this. */
static const double steady = 1e-3, strain = 100.0;
enum { STEPS = 400 };

typedef struct {
  int count;
  double half, end; /* Pa */
} Test;

static void watch(const BpPointRecord *record, void *context) {
  Test *test = context;
  test->end = record->stress[0];
  if (test->count++ == STEPS / 2)
    test->half = test->end;
}

BpSaturation bp_saturation(const BpMaterial *m, double temperature, double rate) {
  const BpTension tension = {
      .temperature = temperature, .rate = rate, .strain = strain, .steps = STEPS};
  const BpStatus range = bp_material_range(m, tension.temperature);
  BpSaturation none = {.stress = (double)NAN, .why_not = "outside the range of the card"};
  Test test = {0};
  if (range == BP_BAD)
    return none;
  none.why_not = "no steady stress";
  if (bp_material_law(m)->nstate == 0 ||
      bp_point_tension(m, &tension, watch, &test, NULL, NULL) != BP_OK ||
      fabs(test.end - test.half) > steady * fabs(test.end))
    return none;
  return (BpSaturation){.stress = test.end, .extrapolated = range == BP_CUT};
}

static BpSaturation saturate(const BpMaterial *m, const Condition *at) {
  return bp_saturation(m, at->celsius + 273.15, at->rate);
}

static void put_row(FILE *out, const BpMaterial *m, int width) {
  char *mark = bp_card_mark(m);
  fprintf(out, "%-*s  %-5s", width, bp_material_name(m), bp_material_trust(m));
  for (int i = 0; i < BP_COUNT(conditions); i++) {
    const BpSaturation s = saturate(m, &conditions[i]);
    if (s.why_not)
      fprintf(out, " %9s ", "-");
    else
      fprintf(out, " %9.2f%c", 1e-6 * s.stress, s.extrapolated ? '*' : ' ');
  }
  fprintf(out, "  %s\n", mark);
  free(mark);
}

void bp_saturation_table(FILE *out, BpMaterial *const *material, int count) {
  int width = 4;
  for (int i = 0; i < count; i++)
    if ((int)strlen(bp_material_name(material[i])) > width)
      width = (int)strlen(bp_material_name(material[i]));
  fprintf(out, "saturation stress, MPa\n%-*s  %-5s", width, "degC", "");
  for (int i = 0; i < BP_COUNT(conditions); i++)
    fprintf(out, " %9g ", conditions[i].celsius);
  fprintf(out, "\n%-*s  %-5s", width, "rate 1/s", "trust");
  for (int i = 0; i < BP_COUNT(conditions); i++)
    fprintf(out, " %9.0e ", conditions[i].rate);
  fputc('\n', out);
  for (int i = 0; i < count; i++)
    put_row(out, material[i], width);
  fputs("\n* outside the card's fitted range   - outside its hard range, or no steady stress\n",
        out);
}

json_t *bp_saturation_array(BpMaterial *const *material, int count) {
  json_t *array = json_array();
  for (int k = 0; k < count * BP_COUNT(conditions); k++) {
    const BpMaterial *m = material[k / BP_COUNT(conditions)];
    const Condition *at = &conditions[k % BP_COUNT(conditions)];
    const BpSaturation s = saturate(m, at);
    json_t *object = json_object();
    json_object_set_new(object, "name", bp_json_text(bp_material_name(m)));
    json_object_set_new(object, "temperature_degC", bp_json_number(at->celsius, 1.0));
    json_object_set_new(object, "rate_per_s", bp_json_number(at->rate, 1.0));
    json_object_set_new(object, "saturation_MPa", bp_json_number(s.stress, 1e6));
    json_object_set_new(object, "why_not", s.why_not ? bp_json_text(s.why_not) : json_null());
    json_object_set_new(object, "extrapolated", json_boolean(s.extrapolated));
    json_array_append_new(array, object);
  }
  return array;
}
