#include "card_impl.h"

#include "nearest.h"
#include "units.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT 256

/* Quoted keys may hold anything; a message is one line. */
static void one_line(char *text) {
  for (char *p = text; *p; p++)
    if ((unsigned char)*p < ' ')
      *p = '?';
}

void bp_card_problem(BpCardReader *reader, int line, const char *format, ...) {
  char text[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  one_line(text);
  bp_problem(reader->problems, BP_EXIT_CASE, reader->file, line, "%s", text);
}

void bp_card_warning(BpCardReader *reader, int line, const char *format, ...) {
  char text[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  one_line(text);
  bp_warning(reader->problems, "%s:%d: %s", reader->file, line, text);
}

int bp_card_problems(const BpCardReader *reader) {
  int count = 0;
  for (int i = 0; i < reader->problems->count; i++)
    count += reader->problems->item[i].code != BP_EXIT_OK;
  return count;
}

void bp_card_keys(BpCardReader *reader, const BpYamlNode *map, const char *what,
                  const char *const *known, int count) {
  for (int i = 0; i < map->nchild; i++) {
    const BpYamlNode *child = map->child[i];
    int found = 0;
    for (int k = 0; k < count; k++)
      found |= strcmp(child->key, known[k]) == 0;
    if (found)
      continue;
    const char *nearest = bp_nearest_word(child->key, known, count);
    bp_card_problem(reader, child->line, "unknown key '%.60s'%s%s%s%s%s", child->key,
                    what[0] ? " in " : "", what, nearest ? "; did you mean '" : "",
                    nearest ? nearest : "", nearest ? "'?" : "");
  }
}

const BpYamlNode *bp_card_need(BpCardReader *reader, const BpYamlNode *map, const char *key,
                               const char *help) {
  const BpYamlNode *child = bp_yaml_child(map, key);
  if (!child)
    bp_card_problem(reader, map->line, "%s%s'%s' is missing; %s", map->key ? map->key : "",
                    map->key ? ": " : "", key, help);
  return child;
}

const char *bp_card_unit(const BpParamInfo *info) {
  if (strcmp(info->unit, "kelvin") == 0)
    return "K";
  return strcmp(info->unit, "K") == 0 ? "delta_K" : info->unit;
}

int bp_card_is(BpCardReader *reader, const BpYamlNode *node, const char *what, BpYamlKind kind) {
  static const char *const names[] = {
      [BP_YAML_SCALAR] = "one value", [BP_YAML_MAP] = "a section", [BP_YAML_LIST] = "a list"};
  if (node->kind == kind)
    return 1;
  bp_card_problem(reader, node->line, "%s: %s is needed, not %s", what, names[kind],
                  names[node->kind]);
  return 0;
}

double bp_card_number(BpCardReader *reader, const BpYamlNode *node, const char *what,
                      const char *unit) {
  double value = (double)NAN;
  char message[512];
  if (bp_card_is(reader, node, what, BP_YAML_SCALAR) &&
      bp_units_read(node->text, unit, &value, message, sizeof message) != BP_OK)
    bp_card_problem(reader, node->line, "%s: %s", what, message);
  return value;
}

int bp_card_word(BpCardReader *reader, const BpYamlNode *node, const char *what,
                 const char *const *words, int count) {
  if (!bp_card_is(reader, node, what, BP_YAML_SCALAR))
    return -1;
  for (int i = 0; i < count; i++)
    if (strcmp(node->text, words[i]) == 0)
      return i;
  char all[TEXT] = "";
  for (int i = 0; i < count; i++) {
    const size_t used = strlen(all);
    snprintf(all + used, sizeof all - used, "%s%s", i ? ", " : "", words[i]);
  }
  bp_card_problem(reader, node->line, "%s: '%.60s' is not one of %s", what, node->text, all);
  return -1;
}

static void read_row(BpCardReader *reader, const BpYamlNode *row, const char *what,
                     const char *unit, BpParam *p) {
  if (row->kind != BP_YAML_LIST || row->nchild != 2) {
    bp_card_problem(reader, row->line,
                    "%s: a row of a table is [temperature, value], for example [25 degC, 46.5 GPa]",
                    what);
    return;
  }
  const double T = bp_card_number(reader, row->child[0], what, "K");
  const double value = bp_card_number(reader, row->child[1], what, unit);
  if (isnan(T) || isnan(value))
    return;
  if (p->n > 0 && T <= p->T[p->n - 1]) {
    bp_card_problem(reader, row->line, "%s: temperatures of a table must increase", what);
    return;
  }
  BP_GROW(p->T, p->n + 1);
  BP_GROW(p->value, p->n + 1);
  p->T[p->n] = T;
  p->value[p->n++] = value;
}

static void read_table(BpCardReader *reader, const BpYamlNode *node, const char *what,
                       const char *unit, BpParam *p) {
  static const char *const words[] = {"constant", "linear"};
  const BpYamlNode *table = bp_yaml_child(node, "table");
  p->kind = BP_PARAM_TABLE;
  if (bp_yaml_child(node, "in"))
    bp_card_problem(reader, node->line,
                    "%s: 'in' belongs to a polynomial; a table gives the unit of every temperature",
                    what);
  if (!bp_card_is(reader, table, what, BP_YAML_LIST))
    return;
  for (int i = 0; i < table->nchild; i++)
    read_row(reader, table->child[i], what, unit, p);
  if (table->nchild < 2)
    bp_card_problem(reader, table->line, "%s: a table has two rows or more", what);
  const BpYamlNode *outside = bp_card_need(
      reader, node, "extrapolate", "say 'constant' or 'linear' for temperatures beyond the table");
  if (outside)
    p->linear = bp_card_word(reader, outside, what, words, BP_COUNT(words)) == 1;
}

static void read_polynomial(BpCardReader *reader, const BpYamlNode *node, const char *what,
                            const char *unit, BpParam *p) {
  static const char *const words[] = {"K", "degC"};
  const BpYamlNode *list = bp_yaml_child(node, "polynomial");
  char power[TEXT];
  p->kind = BP_PARAM_POLYNOMIAL;
  if (bp_yaml_child(node, "extrapolate"))
    bp_card_problem(reader, node->line, "%s: 'extrapolate' belongs to a table", what);
  const BpYamlNode *in =
      bp_card_need(reader, node, "in", "say 'K' or 'degC': the unit of the powers' temperature");
  if (in && bp_card_word(reader, in, what, words, BP_COUNT(words)) == 1)
    p->origin = 273.15;
  if (!bp_card_is(reader, list, what, BP_YAML_LIST))
    return;
  if (list->nchild < 1 || list->nchild > BP_PARAM_COEFFICIENTS) {
    bp_card_problem(reader, list->line, "%s: a polynomial has 1 to %d coefficients", what,
                    BP_PARAM_COEFFICIENTS);
    return;
  }
  p->value = BP_NEW(double, list->nchild);
  snprintf(power, sizeof power, "%s", unit);
  for (int i = 0; i < list->nchild; i++) {
    p->value[p->n++] = bp_card_number(reader, list->child[i], what, power);
    const size_t used = strlen(power);
    if (strcmp(power, "delta_K") == 0)
      snprintf(power, sizeof power, "1");
    else
      snprintf(power + used, sizeof power - used, "/K");
  }
}

static void read_number(BpCardReader *reader, const BpYamlNode *node, const char *what,
                        const char *unit, BpParam *p) {
  p->kind = BP_PARAM_NUMBER;
  p->value = BP_NEW(double, 1);
  p->value[0] = bp_card_number(reader, node, what, unit);
  p->n = 1;
}

void bp_card_param(BpCardReader *reader, const BpYamlNode *node, const char *what, const char *unit,
                   BpParam *p) {
  static const char *const known[] = {"table", "polynomial", "extrapolate", "floor", "in"};
  const int before = bp_card_problems(reader);
  *p = (BpParam){.floor = -HUGE_VAL};
  if (node->kind == BP_YAML_SCALAR) {
    read_number(reader, node, what, unit, p);
  } else if (node->kind == BP_YAML_MAP) {
    bp_card_keys(reader, node, what, known, BP_COUNT(known));
    const BpYamlNode *floor = bp_yaml_child(node, "floor");
    const int table = bp_yaml_child(node, "table") != NULL;
    if (table == (bp_yaml_child(node, "polynomial") != NULL))
      bp_card_problem(reader, node->line, "%s: give either a table or a polynomial", what);
    else if (table)
      read_table(reader, node, what, unit, p);
    else
      read_polynomial(reader, node, what, unit, p);
    if (floor)
      p->floor = bp_card_number(reader, floor, what, unit);
  } else {
    bp_card_problem(reader, node->line,
                    "%s: a number with a unit, a table or a polynomial is needed", what);
  }
  if (bp_card_problems(reader) > before)
    bp_param_free(p);
}
