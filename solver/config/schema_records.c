/* Lists and maps of records. */
#include "schema_impl.h"

#include "shown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITEM_TEXT = BP_SCHEMA_PATH + 16 };

static const BpField *find_row(const BpFieldTable *rows, const char *key) {
  for (int i = 0; i < rows->count; i++)
    if (strcmp(rows->field[i].key, key) == 0)
      return &rows->field[i];
  return NULL;
}

static void read_record(const BpSchemaReader *r, const BpFieldTable *rows, const BpYamlNode *node,
                        const char *path, char *record) {
  const char *known[BP_SCHEMA_KEYS];
  int n = 0;
  for (; n < rows->count && n < BP_SCHEMA_KEYS; n++)
    known[n] = rows->field[n].key;
  if (node->kind != BP_YAML_MAP) {
    bp_schema_complain(r, node, path, "%s: '{key: value}' is needed, with keys such as '%s'", path,
                       rows->field[0].key);
    return;
  }
  for (int i = 0; i < node->nchild; i++) {
    const BpYamlNode *child = node->child[i];
    const BpField *field = find_row(rows, child->key);
    if (!field) {
      bp_schema_unknown(r, child, path, known, n, NULL);
      continue;
    }
    char *item = bp_format("%s.%s", path, child->key);
    bp_schema_value(r, field, child, item, record);
    free(item);
  }
}

void bp_schema_read_records(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                            const char *path, char *object) {
  char item[ITEM_TEXT];
  if (!bp_schema_is_list(r, node, path, "[{key: value}, {key: value}]"))
    return;
  char *record = bp_alloc((size_t)node->nchild, field->size);
  for (int i = 0; i < node->nchild; i++) {
    snprintf(item, sizeof item, "%s[%d]", path, i + 1);
    read_record(r, &field->record, node->child[i], item, record + (size_t)i * field->size);
  }
  bp_schema_replace_memory(object, field, record);
  bp_schema_set_count(object, field, node->nchild);
}

/* One entry of a mapping: `name: {key: value}`, or `name: value` for the first key alone. */
static void read_named(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                       const char *path, char *record) {
  char shown[BP_SHOWN];
  if (strlen(node->key) >= BP_SCHEMA_NAME)
    bp_schema_complain(r, node, path, "%s: a name has %zu bytes; at most %d are allowed",
                       bp_shown_text(path, shown), strlen(node->key), BP_SCHEMA_NAME - 1);
  snprintf(record + field->name_offset, BP_SCHEMA_NAME, "%s", node->key);
  if (node->kind == BP_YAML_SCALAR)
    bp_schema_value(r, &field->record.field[0], node, path, record);
  else
    read_record(r, &field->record, node, path, record);
}

void bp_schema_read_mapping(const BpSchemaReader *r, const BpField *field, const BpYamlNode *node,
                            const char *path, char *object) {
  if (node->kind != BP_YAML_MAP) {
    bp_schema_complain(r, node, path, "%s: a map is needed; write '%s: {name: value}'", path, path);
    return;
  }
  char *record = bp_alloc((size_t)node->nchild, field->size);
  for (int i = 0; i < node->nchild; i++) {
    char *item = bp_format("%s.%s", path, node->child[i]->key);
    read_named(r, field, node->child[i], item, record + (size_t)i * field->size);
    free(item);
  }
  bp_schema_replace_memory(object, field, record);
  bp_schema_set_count(object, field, node->nchild);
}
