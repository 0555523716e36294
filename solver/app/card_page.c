#include "card_page.h"

#include "describe.h"
#include "units.h"

#include <stdlib.h>
#include <string.h>

static const double room = 298.15; /* K, where single values are given */

static double celsius(double T) {
  return T - 273.15;
}

char *bp_card_mark(const BpMaterial *m) {
  const char *keys = bp_material_unverified(m);
  if (!keys[0])
    return bp_copy_text("");
  return strcmp(keys, "all") == 0 ? bp_copy_text("unverified") : bp_format("%s unverified", keys);
}

static int widest_name(BpMaterial *const *material, int count) {
  int width = 4;
  for (int i = 0; i < count; i++) {
    const int n = (int)strlen(bp_material_name(material[i]));
    width = n > width ? n : width;
  }
  return width;
}

/* ---- the list */

void bp_card_list(FILE *out, BpMaterial *const *material, int count) {
  const int width = widest_name(material, count);
  fprintf(out, "%-*s  %-20s  %-5s  %-16s  %s\n", width, "name", "law", "trust", "fitted degC",
          "title");
  for (int i = 0; i < count; i++) {
    double fitted[2], hard[2];
    char range[40], *mark = bp_card_mark(material[i]);
    bp_material_limits(material[i], fitted, hard);
    snprintf(range, sizeof range, "%g to %g", celsius(fitted[0]), celsius(fitted[1]));
    fprintf(out, "%-*s  %-20s  %-5s  %-16s  %s%s%s%s\n", width, bp_material_name(material[i]),
            bp_material_law(material[i])->name, bp_material_trust(material[i]), range,
            bp_material_title(material[i]), mark[0] ? " [" : "", mark, mark[0] ? "]" : "");
    free(mark);
  }
  fputs("\ntrust: V primary source read, S secondary source, C computed, M unverified\n", out);
}

/* ---- one card */

static void put_text(FILE *out, const char *what, const char *text) {
  if (text[0])
    fprintf(out, "%-12s %s\n", what, text);
}

static void put_range(FILE *out, const char *what, const double range[2], const char *outside) {
  fprintf(out, "%-12s %g to %g degC; outside %s\n", what, celsius(range[0]), celsius(range[1]),
          outside);
}

static void put_numbers(FILE *out, const BpMaterial *m) {
  BpCardNumber *number;
  const int count = bp_material_numbers(m, room, &number);
  int standard = 0;
  fputs("\nnumbers, from the source above unless marked\n", out);
  for (int i = 0; i < count; i++)
    if (number[i].standard)
      standard++;
    else
      fprintf(out, "  %-14s %s  (%s)%s\n", number[i].name, number[i].text, number[i].help,
              number[i].verified ? "" : " [unverified]");
  if (standard > 0)
    fprintf(out,
            "  and %d more with the law's own values, which leave their term out or are units\n",
            standard);
  bp_material_numbers_free(number, count);
}

static double deviation(const BpCheckResult *r) {
  return r->computed / r->published - 1.0;
}

static void put_checks(FILE *out, const BpMaterial *m) {
  const int count = bp_material_checks(m);
  if (count > 0)
    fprintf(out, "\n%-48s %16s %16s %12s\n", "published point", "published", "computed",
            "difference");
  for (int i = 0; i < count; i++) {
    const BpCheckResult r = bp_material_check(m, i);
    const char *unit;
    char *what = bp_material_check_text(m, i, &unit), published[64], computed[64];
    bp_units_show(r.published, unit, published, sizeof published);
    bp_units_show(r.computed, unit, computed, sizeof computed);
    fprintf(out, "%-48s %16s %16s %10.3f %%%s\n", what, published,
            isnan(r.computed) ? "refused" : computed, 100.0 * deviation(&r),
            fabs(deviation(&r)) <= r.tolerance ? "" : "  beyond its tolerance");
    free(what);
  }
}

void bp_card_page(FILE *out, const BpMaterial *m) {
  double fitted[2], hard[2];
  char *mark = bp_card_mark(m), angle[64];
  bp_material_limits(m, fitted, hard);
  fprintf(out, "%s\n", bp_material_name(m));
  put_text(out, "title", bp_material_title(m));
  put_text(out, "class", bp_material_class(m));
  fprintf(out, "%-12s %s: %s\n", "law", bp_material_law(m)->name, bp_material_law(m)->title);
  put_text(out, "law from", bp_material_law(m)->source);
  put_text(out, "source", bp_material_source(m));
  put_text(out, "note", bp_material_note(m));
  fprintf(out, "%-12s %s%s%s\n", "trust", bp_material_trust(m), mark[0] ? ", " : "", mark);
  put_range(out, "fitted", fitted, "a warning");
  put_range(out, "hard", hard, "refused");
  bp_units_show(bp_material_axes_angle(m), "rad", angle, sizeof angle);
  if (fabs(bp_material_axes_angle(m)) > 0.0)
    fprintf(out, "%-12s %s from the die's edge\n", "axis 1", angle);
  put_text(out, "file", bp_material_file(m));
  put_numbers(out, m);
  put_checks(out, m);
  free(mark);
}

/* ---- JSON */

static json_t *range_array(const double range[2]) {
  json_t *array = json_array();
  for (int i = 0; i < 2; i++) /* 398.15 K are 125 degC, not 124.99999999999994 */
    json_array_append_new(array, bp_json_number(round(1e9 * celsius(range[i])) / 1e9, 1.0));
  return array;
}

static json_t *numbers_array(const BpMaterial *m) {
  json_t *array = json_array();
  BpCardNumber *number;
  const int count = bp_material_numbers(m, room, &number);
  for (int i = 0; i < count; i++) {
    json_t *object = json_object();
    json_object_set_new(object, "name", bp_json_text(number[i].name));
    json_object_set_new(object, "text", bp_json_text(number[i].text));
    json_object_set_new(object, "value_at_25_degC", bp_json_number(number[i].value, 1.0));
    json_object_set_new(object, "unit",
                        bp_json_text(strcmp(number[i].unit, "delta_K") ? number[i].unit : "K"));
    json_object_set_new(object, "meaning", bp_json_text(number[i].help));
    json_object_set_new(
        object, "source",
        bp_json_text(number[i].standard ? "default of the law" : bp_material_source(m)));
    json_object_set_new(object, "verified", json_boolean(number[i].verified));
    json_array_append_new(array, object);
  }
  bp_material_numbers_free(number, count);
  return array;
}

static json_t *checks_array(const BpMaterial *m) {
  json_t *array = json_array();
  for (int i = 0; i < bp_material_checks(m); i++) {
    const BpCheckResult r = bp_material_check(m, i);
    const char *unit;
    char *what = bp_material_check_text(m, i, &unit);
    json_t *object = json_object();
    json_object_set_new(object, "point", bp_json_text(what));
    json_object_set_new(object, "unit", bp_json_text(unit));
    json_object_set_new(object, "published", bp_json_number(r.published, 1.0));
    json_object_set_new(object, "computed", bp_json_number(r.computed, 1.0));
    json_object_set_new(object, "tolerance", bp_json_number(r.tolerance, 1.0));
    json_object_set_new(object, "met", json_boolean(fabs(deviation(&r)) <= r.tolerance));
    json_array_append_new(array, object);
    free(what);
  }
  return array;
}

json_t *bp_card_object(const BpMaterial *m, int full) {
  json_t *object = json_object(), *range = json_object();
  double fitted[2], hard[2];
  bp_material_limits(m, fitted, hard);
  json_object_set_new(range, "fitted_degC", range_array(fitted));
  json_object_set_new(range, "hard_degC", range_array(hard));
  json_object_set_new(object, "name", bp_json_text(bp_material_name(m)));
  json_object_set_new(object, "title", bp_json_text(bp_material_title(m)));
  json_object_set_new(object, "class", bp_json_text(bp_material_class(m)));
  json_object_set_new(object, "law", bp_json_text(bp_material_law(m)->name));
  json_object_set_new(object, "source", bp_json_text(bp_material_source(m)));
  json_object_set_new(object, "note", bp_json_text(bp_material_note(m)));
  json_object_set_new(object, "trust", bp_json_text(bp_material_trust(m)));
  json_object_set_new(object, "unverified", bp_json_text(bp_material_unverified(m)));
  json_object_set_new(object, "range", range);
  if (full) {
    json_object_set_new(object, "file", bp_json_text(bp_material_file(m)));
    json_object_set_new(object, "axes_angle_rad", bp_json_number(bp_material_axes_angle(m), 1.0));
    json_object_set_new(object, "numbers", numbers_array(m));
    json_object_set_new(object, "check", checks_array(m));
  }
  return object;
}
