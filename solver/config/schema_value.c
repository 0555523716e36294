#include "schema_impl.h"

#include "nearest.h"
#include "shown.h"
#include "units.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ITEM_TEXT (BP_SCHEMA_PATH + 16)

void bp_schema_complain(const BpSchemaReader *reader, const BpYamlNode *node, const char *path,
                        const char *format, ...) {
  char text[1024], place[BP_SCHEMA_PATH + 8];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (node->line > 0) {
    bp_problem(reader->problems, BP_EXIT_CASE, reader->tree->file, node->line, "%s", text);
    return;
  }
  snprintf(place, sizeof place, "--set %s", path);
  const size_t n = strlen(path); /* the place names the path already */
  const int repeats = strncmp(text, path, n) == 0 && strncmp(text + n, ": ", 2) == 0;
  bp_problem(reader->problems, BP_EXIT_CASE, place, 0, "%s", repeats ? text + n + 2 : text);
}

static void append_words(char *text, size_t size, const char *separator, const char *const *word,
                         int n) {
  for (int i = 0; i < n; i++) {
    const size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", i > 0 ? separator : "", word[i]);
  }
}

void bp_schema_unknown(const BpSchemaReader *r, const BpYamlNode *node, const char *section,
                       const char *const *known, int nknown, const char *elsewhere) {
  char all[512] = "", path[ITEM_TEXT], shown[BP_SHOWN];
  const char *nearest = bp_nearest_word(node->key, known, nknown);
  const char *preposition = section[0] ? "in" : "at";
  const char *place = section[0] ? section : "the top level";
  bp_shown_text(node->key, shown);
  snprintf(path, sizeof path, "%s%s%s", section, section[0] ? "." : "", shown);
  append_words(all, sizeof all, ", ", known, nknown);
  if (nearest || elsewhere)
    bp_schema_complain(r, node, path, "unknown key '%s' %s %s; did you mean '%s'?", shown,
                       preposition, place, nearest ? nearest : elsewhere);
  else
    bp_schema_complain(r, node, path, "unknown key '%s' %s %s; known are %s", shown, preposition,
                       place, all);
}

/* ---- one value */

static int is_in_range(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                       const char *path, double value) {
  char range[128], shown[BP_SHOWN];
  const int open_min = field->open & BP_OPEN_MIN, open_max = field->open & BP_OPEN_MAX;
  bp_schema_range(field, range, sizeof range);
  if (!range[0])
    return 1;
  const int low = open_min ? value <= field->min : value < field->min;
  const int high = open_max ? value >= field->max : value > field->max;
  if (low || high)
    bp_schema_complain(r, node, path, "%s: '%s' is out of range; it must be %s", path,
                       bp_shown_text(node->text, shown), range);
  return !low && !high;
}

static double read_quantity(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                            const char *path) {
  char message[512];
  double value = (double)NAN;
  if (node->kind != BP_YAML_SCALAR) {
    bp_schema_complain(r, node, path, "%s: one value is needed, not a %s", path,
                       node->kind == BP_YAML_LIST ? "list" : "section");
    return (double)NAN;
  }
  if (bp_units_read(node->text, field->si, &value, message, sizeof message) != BP_OK) {
    bp_schema_complain(r, node, path, "%s: %s", path, message);
    return (double)NAN;
  }
  return is_in_range(r, field, node, path, value) ? value : (double)NAN;
}

static void read_count(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                       const char *path, int *value) {
  char shown[BP_SHOWN];
  char *end = NULL;
  const char *text = node->text ? node->text : "";
  bp_shown_text(text, shown);
  errno = 0;
  const long number = strtol(text, &end, 10);
  const int length = (int)(end - text);
  while (*end == ' ')
    end++;
  if (node->kind != BP_YAML_SCALAR || length == 0 || *end == '.' || *end == 'e' || *end == 'E')
    bp_schema_complain(r, node, path, "%s: '%s' is not a whole number; write for example '%s'",
                       path, shown, field->standard ? field->standard : "1");
  else if (*end)
    bp_schema_complain(r, node, path, "%s: '%s' has a unit, a count carries none; write '%.*s'",
                       path, shown, length > 20 ? 20 : length, text);
  else if (errno || number > INT_MAX || number < INT_MIN)
    bp_schema_complain(r, node, path, "%s: '%s' is too large", path, shown);
  else if (is_in_range(r, field, node, path, (double)number))
    *value = (int)number;
}

/* Splits "a|b|c" into words of `text`. */
static int split_values(const char *values, char *text, size_t size,
                        const char *word[BP_SCHEMA_KEYS]) {
  int n = 0;
  snprintf(text, size, "%s", values);
  for (char *p = text; p && n < BP_SCHEMA_KEYS;) {
    word[n++] = p;
    p = strchr(p, '|');
    if (p)
      *p++ = '\0';
  }
  return n;
}

static void check_values(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                         const char *path) {
  char text[BP_SCHEMA_PATH], all[BP_SCHEMA_PATH] = "", shown[BP_SHOWN];
  const char *word[BP_SCHEMA_KEYS];
  const int n = split_values(field->values, text, sizeof text, word);
  for (int i = 0; i < n; i++)
    if (strcmp(word[i], node->text) == 0)
      return;
  const char *nearest = bp_nearest_word(node->text, word, n);
  append_words(all, sizeof all, " or ", word, n);
  bp_shown_text(node->text, shown);
  if (nearest)
    bp_schema_complain(r, node, path, "%s: '%s' is not known; did you mean '%s'?", path, shown,
                       nearest);
  else
    bp_schema_complain(r, node, path, "%s: '%s' is not known; write %s", path, shown, all);
}

static int has_control(const char *text) {
  for (; *text; text++)
    if (iscntrl((unsigned char)*text))
      return 1;
  return 0;
}

static void read_text(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                      const char *path, char *value) {
  value[0] = '\0';
  if (node->kind != BP_YAML_SCALAR)
    bp_schema_complain(r, node, path, "%s: one word is needed, not a %s", path,
                       node->kind == BP_YAML_LIST ? "list" : "section");
  else if (!node->text[0])
    bp_schema_complain(r, node, path, "%s: there is no value; write for example '%s'", path,
                       field->standard ? field->standard : "name");
  else if (strlen(node->text) >= field->size)
    bp_schema_complain(r, node, path, "%s: the text has %zu bytes; at most %zu are allowed", path,
                       strlen(node->text), field->size - 1);
  else if (has_control(node->text))
    bp_schema_complain(r, node, path, "%s: the text has more than one line or a control character",
                       path);
  else {
    if (field->values)
      check_values(r, field, node, path);
    snprintf(value, field->size, "%s", node->text);
  }
}

/* ---- memory of lists and blocks */

void bp_schema_replace_memory(char *object, const BpField *field, void *memory) {
  void *old;
  memcpy(&old, object + field->offset, sizeof old);
  free(old);
  memcpy(object + field->offset, &memory, sizeof memory);
}

void bp_schema_set_count(char *object, const BpField *field, int count) {
  memcpy(object + field->count_offset, &count, sizeof count);
}

static void read_block(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                       const char *path, char *object) {
  if (node->kind == BP_YAML_SCALAR)
    bp_schema_replace_memory(object, field, bp_copy_text(node->text));
  else
    bp_schema_complain(r, node, path,
                       "%s: a text is needed, not a %s; write '%s: |' and the lines below it", path,
                       node->kind == BP_YAML_LIST ? "list" : "section", path);
}

int bp_schema_is_list(const BpSchemaReader *r, const BpYamlNode *node, const char *path,
                      const char *example) {
  if (node->kind == BP_YAML_LIST)
    return 1;
  bp_schema_complain(r, node, path, "%s: a list is needed; write %s", path, example);
  return 0;
}

static void read_quantities(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                            const char *path, char *object) {
  char item[ITEM_TEXT];
  if (!bp_schema_is_list(r, node, path, "[value, value]"))
    return;
  double *value = BP_NEW(double, node->nchild);
  for (int i = 0; i < node->nchild; i++) {
    snprintf(item, sizeof item, "%s[%d]", path, i + 1);
    value[i] = read_quantity(r, field, node->child[i], item);
  }
  bp_schema_replace_memory(object, field, value);
  bp_schema_set_count(object, field, node->nchild);
}

static void read_words(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                       const char *path, char *object) {
  const int single = node->kind != BP_YAML_LIST, n = single ? 1 : node->nchild;
  char item[ITEM_TEXT];
  char *words = bp_alloc((size_t)n, field->size);
  for (int i = 0; i < n; i++) {
    snprintf(item, sizeof item, "%s[%d]", path, i + 1);
    read_text(r, field, single ? node : node->child[i], single ? path : item,
              words + (size_t)i * field->size);
  }
  bp_schema_replace_memory(object, field, words);
  bp_schema_set_count(object, field, n);
}

void bp_schema_value(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                     const char *path, char *object) {
  char *member = object + field->offset;
  double number;
  switch (field->type) {
  case BP_FIELD_QUANTITY:
    number = read_quantity(r, field, node, path);
    memcpy(member, &number, sizeof number);
    break;
  case BP_FIELD_COUNT:
    read_count(r, field, node, path, (int *)(void *)member);
    break;
  case BP_FIELD_TEXT:
    read_text(r, field, node, path, member);
    break;
  case BP_FIELD_WORDS:
    read_words(r, field, node, path, object);
    break;
  case BP_FIELD_BLOCK:
    read_block(r, field, node, path, object);
    break;
  case BP_FIELD_QUANTITIES:
    read_quantities(r, field, node, path, object);
    break;
  case BP_FIELD_RECORDS:
    bp_schema_read_records(r, field, node, path, object);
    break;
  case BP_FIELD_MAPPING:
    bp_schema_read_mapping(r, field, node, path, object);
    break;
  case BP_FIELD_NODE:
    memcpy(member, &node, sizeof(const BpYamlNode *));
    break;
  case BP_FIELD_REFUSED:
    bp_schema_complain(r, node, path, "%s: %s", path, field->help);
    break;
  }
}
