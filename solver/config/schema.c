#include "schema.h"

#include "units.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const BpField *bp_schema_at(const BpSchema *schema, int i) {
  for (int t = 0; t < schema->count; t++) {
    if (i < schema->table[t]->count)
      return &schema->table[t]->field[i];
    i -= schema->table[t]->count;
  }
  return NULL;
}

const BpField *bp_schema_find(const BpSchema *schema, const char *path) {
  const BpField *field;
  for (int i = 0; (field = bp_schema_at(schema, i)); i++)
    if (strcmp(field->key, path) == 0)
      return field;
  return NULL;
}

static void write_bound(const BpField *field, double bound, char *text, size_t size) {
  if (fabs(bound) > 0.0)
    bp_units_write(bound, field->si, text, size);
  else
    snprintf(text, size, "0%s", strcmp(field->si, "K") == 0 ? " K" : "");
}

void bp_schema_range(const BpField *field, char *text, size_t size) {
  char low[48], high[48];
  text[0] = '\0';
  if (!(field->min < field->max))
    return;
  write_bound(field, field->min, low, sizeof low);
  write_bound(field, field->max, high, sizeof high);
  const int open_min = field->open & BP_OPEN_MIN, open_max = field->open & BP_OPEN_MAX;
  if (isinf(field->max))
    snprintf(text, size, "%s %s", open_min ? "greater than" : "at least", low);
  else if (open_min || open_max)
    snprintf(text, size, "%s %s and %s %s", open_min ? "greater than" : "at least", low,
             open_max ? "less than" : "at most", high);
  else
    snprintf(text, size, "from %s to %s", low, high);
}

static int owns_memory(const BpField *field) {
  return field->type == BP_FIELD_BLOCK || field->type == BP_FIELD_QUANTITIES ||
         field->type == BP_FIELD_RECORDS || field->type == BP_FIELD_MAPPING ||
         field->type == BP_FIELD_WORDS;
}

static void free_member(const BpField *field, char *object);

/* Lists inside the records of a list. */
static void free_inner(const BpField *field, char *record, int count) {
  for (int i = 0; i < count; i++, record += field->size)
    for (int k = 0; k < field->record.count; k++)
      free_member(&field->record.field[k], record);
}

static void free_member(const BpField *field, char *object) {
  void *memory, *const none = NULL;
  int count = 0;
  if (!owns_memory(field))
    return;
  memcpy(&memory, object + field->offset, sizeof memory);
  if (field->record.count > 0)
    memcpy(&count, object + field->count_offset, sizeof count);
  if (memory)
    free_inner(field, memory, count);
  free(memory);
  memcpy(object + field->offset, &none, sizeof none);
}

void bp_schema_free(const BpSchema *schema, void *object) {
  const BpField *field;
  for (int i = 0; (field = bp_schema_at(schema, i)); i++)
    free_member(field, object);
}
