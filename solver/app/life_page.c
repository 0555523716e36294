#include "life_page.h"

#include "units.h"

#include <stdlib.h>
#include <string.h>

/* "12.7 um", "not stated" */
static void show_layer(const BpLifeModel *m, char *text, size_t size) {
  if (isnan(m->layer))
    snprintf(text, size, "not stated");
  else
    bp_units_show(m->layer, "m", text, size);
}

static const char *or_else(const char *text, const char *other) {
  return text[0] ? text : other;
}

/* A unit as it stands behind a number: " cycles"; "" for pure numbers. */
static const char *behind(const char *unit, char *text, size_t size) {
  snprintf(text, size, "%s%s", strcmp(unit, "1") == 0 ? "" : " ",
           strcmp(unit, "1") == 0 ? "" : unit);
  return text;
}

/* ---- pages */

/* source, fitted with, constants: alike in the list and on the page of one model */
static void put_origin(FILE *out, const BpLifeModel *m) {
  char layer[64], unit[64], *source = bp_life_source(m);
  show_layer(m, layer, sizeof layer);
  fprintf(out, "  source     %s; trust %c\n", source, m->trust);
  if (m->note[0])
    fprintf(out, "  note       %s\n", m->note);
  if (m->region[0])
    fprintf(out, "  fitted to  law %s, card %s, layer %s, cycle: %s\n",
            or_else(m->law, "none stated"), or_else(m->card, "none in the library"), layer,
            m->cycle);
  if (m->nconstants > 0)
    fputs("  constants ", out);
  for (int i = 0; i < m->nconstants; i++)
    fprintf(out, "%s %s = %g%s", i > 0 ? "," : "", m->constant[i].name, m->constant[i].value,
            behind(m->constant[i].unit, unit, sizeof unit));
  if (m->nconstants > 0)
    fputc('\n', out);
  free(source);
}

void bp_life_list(FILE *out) {
  const BpLifeModel *m;
  for (int i = 0; (m = bp_life_at(i)); i++) {
    fprintf(out, "%s%s\n  %s\n  needs     ", m->name, m->trust == 'M' ? " [unverified]" : "",
            m->title);
    for (int k = 0; k < m->nneeds; k++)
      fprintf(out, "%s %s=%s", k > 0 ? "," : "", bp_metrics[m->need[k].metric].name,
              bp_metrics[m->need[k].metric].example);
    fprintf(out, "\n  gives      %s%s%s\n", strcmp(m->unit, "1") == 0 ? "a factor" : m->unit,
            m->statistic[0] ? ", " : "", m->statistic);
    put_origin(out, m);
  }
  fputs("\nmetrics\n", out);
  for (int i = 0; i < BP_METRICS; i++)
    fprintf(out, "  %-16s %s\n", bp_metrics[i].name, bp_metrics[i].help);
  fputs("\ntrust: V primary source read, S secondary source, C computed, M unverified\n"
        "Lives are good to a factor of two at best; ratios of lives say more.\n",
        out);
}

void bp_life_model_page(FILE *out, const BpLifeModel *m, const double *metric,
                        const BpLifeResult *result, const BpProblems *problems) {
  char shown[64];
  fprintf(out, "%s\n  %s\n", m->name, m->title);
  put_origin(out, m);
  for (int i = 0; i < m->nneeds; i++) {
    const BpMetricInfo *info = &bp_metrics[m->need[i].metric];
    bp_units_show(metric[m->need[i].metric], info->si, shown, sizeof shown);
    fprintf(out, "  %-16s %s  (%s)\n", info->name, shown, info->help);
  }
  for (int i = 0; i < result->nparts; i++)
    fprintf(out, "  %-16s %.6g%s\n", result->part[i].name, result->part[i].value,
            behind(result->part[i].unit, shown, sizeof shown));
  fprintf(out, "  %-16s %.6g%s%s%s\n", "N", result->N, behind(m->unit, shown, sizeof shown),
          m->statistic[0] ? ", " : "", m->statistic);
  for (int i = 0; i < problems->count; i++)
    fprintf(out, "  warning: %s\n", problems->item[i].text);
}

/* ---- JSON */

static json_t *number_object(const char *name, double value, const char *unit) {
  json_t *object = json_object();
  json_object_set_new(object, "name", bp_json_text(name));
  json_object_set_new(object, "value", bp_json_number(value, 1.0));
  json_object_set_new(object, "unit", bp_json_text(or_else(unit, "1")));
  return object;
}

static json_t *constants_array(const BpLifeModel *m) {
  json_t *array = json_array();
  for (int i = 0; i < m->nconstants; i++)
    json_array_append_new(
        array, number_object(m->constant[i].name, m->constant[i].value, m->constant[i].unit));
  return array;
}

static const char *si_of(const BpMetricInfo *info) {
  return strcmp(info->si, "delta_K") == 0 ? "K" : or_else(info->si, "1");
}

static json_t *needs_array(const BpLifeModel *m) {
  json_t *array = json_array();
  for (int i = 0; i < m->nneeds; i++) {
    const BpLifeNeed *need = &m->need[i];
    const BpMetricInfo *info = &bp_metrics[need->metric];
    json_t *object = json_object();
    json_object_set_new(object, "name", bp_json_text(info->name));
    json_object_set_new(object, "unit", bp_json_text(si_of(info)));
    json_object_set_new(object, "meaning", bp_json_text(info->help));
    json_object_set_new(object, "example", bp_json_text(info->example));
    json_object_set_new(object, "low", bp_json_number(need->low, 1.0));
    json_object_set_new(object, "high", bp_json_number(need->high, 1.0));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *text_or_null(const char *text) {
  return text[0] ? bp_json_text(text) : json_null();
}

/* What is said of a model wherever it appears. */
static json_t *model_object(const BpLifeModel *m, const char *name_key) {
  const char trust[] = {m->trust, '\0'};
  char *source = bp_life_source(m);
  json_t *object = json_object();
  json_object_set_new(object, name_key, bp_json_text(m->name));
  json_object_set_new(object, "title", bp_json_text(m->title));
  json_object_set_new(object, "source", bp_json_text(source));
  json_object_set_new(object, "note", text_or_null(m->note));
  json_object_set_new(object, "trust", bp_json_text(trust));
  json_object_set_new(object, "unverified", json_boolean(m->trust == 'M'));
  json_object_set_new(object, "unit", bp_json_text(m->unit));
  json_object_set_new(object, "statistic", text_or_null(m->statistic));
  json_object_set_new(object, "law", text_or_null(m->law));
  json_object_set_new(object, "card", text_or_null(m->card));
  json_object_set_new(object, "layer_um", bp_json_number(m->layer, 1e-6));
  json_object_set_new(object, "cycle", text_or_null(m->cycle));
  json_object_set_new(object, "constants", constants_array(m));
  free(source);
  return object;
}

static char *dump(const char *key, json_t *array) {
  json_t *object = json_object();
  json_object_set_new(object, "schema", json_integer(1));
  json_object_set_new(object, key, array);
  return bp_json_dump(object);
}

char *bp_life_list_json(void) {
  const BpLifeModel *m;
  json_t *array = json_array();
  for (int i = 0; (m = bp_life_at(i)); i++) {
    json_t *object = model_object(m, "name");
    json_object_set_new(object, "needs", needs_array(m));
    json_array_append_new(array, object);
  }
  return dump("models", array);
}

char *bp_life_model_json(const BpLifeModel *m, const double *metric, const BpLifeResult *result,
                         const BpProblems *problems) {
  json_t *object = model_object(m, "model"), *given = json_array(), *parts = json_array(),
         *warnings = json_array(), *array = json_array();
  for (int i = 0; i < m->nneeds; i++) {
    const BpMetricInfo *info = &bp_metrics[m->need[i].metric];
    json_array_append_new(given, number_object(info->name, metric[m->need[i].metric], si_of(info)));
  }
  for (int i = 0; i < result->nparts; i++)
    json_array_append_new(
        parts, number_object(result->part[i].name, result->part[i].value, result->part[i].unit));
  for (int i = 0; i < problems->count; i++)
    json_array_append_new(warnings, bp_json_text(problems->item[i].text));
  json_object_set_new(object, "N", bp_json_number(result->N, 1.0));
  json_object_set_new(object, "given", given);
  json_object_set_new(object, "parts", parts);
  json_object_set_new(object, "warnings", warnings);
  json_array_append_new(array, object);
  return dump("life", array);
}
