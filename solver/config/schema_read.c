#include "schema_impl.h"

#include "shown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- sections: they exist because rows have dotted keys */

/* Length of the common section of a key and `section`, with its dot; 0 if the key is not in it. */
static size_t inside(const char *key, const char *section) {
  const size_t n = strlen(section);
  if (n == 0)
    return 0;
  return strncmp(key, section, n) == 0 && key[n] == '.' ? n + 1 : 0;
}

static int is_section(const BpSchema *schema, const char *path) {
  const BpField *field;
  for (int i = 0; (field = bp_schema_at(schema, i)); i++)
    if (inside(field->key, path))
      return 1;
  return 0;
}

static int is_among(char *const *word, int n, const char *text) {
  for (int i = 0; i < n; i++)
    if (strcmp(word[i], text) == 0)
      return 1;
  return 0;
}

/* Keys directly below a section, "" for the top level; texts to be freed. */
static int list_keys(const BpSchema *schema, const char *section, char *key[BP_SCHEMA_KEYS]) {
  const BpField *field;
  int n = 0;
  for (int i = 0; n < BP_SCHEMA_KEYS && (field = bp_schema_at(schema, i)); i++) {
    const size_t skip = inside(field->key, section);
    if ((section[0] && !skip) || field->type == BP_FIELD_REFUSED)
      continue;
    const char *rest = field->key + skip;
    char *word = bp_format("%.*s", (int)strcspn(rest, "."), rest);
    if (is_among(key, n, word))
      free(word);
    else
      key[n++] = word;
  }
  return n;
}

/* Full path of the only row whose last word is `key`, NULL if there are none or several. */
static const char *find_elsewhere(const BpSchema *schema, const char *key) {
  const char *found = NULL;
  const BpField *field;
  for (int i = 0; (field = bp_schema_at(schema, i)); i++) {
    const char *dot = strrchr(field->key, '.');
    if (!dot || strcmp(dot + 1, key) != 0)
      continue;
    if (found)
      return NULL;
    found = field->key;
  }
  return found;
}

static void refuse_key(const BpSchema *schema, const BpSchemaReader *r, const BpYamlNode *node,
                       const char *section) {
  char *key[BP_SCHEMA_KEYS];
  const int n = list_keys(schema, section, key);
  bp_schema_unknown(r, node, section, (const char *const *)key, n,
                    find_elsewhere(schema, node->key));
  for (int i = 0; i < n; i++)
    free(key[i]);
}

static void refuse_value(const BpSchema *schema, const BpSchemaReader *r, const BpYamlNode *node,
                         const char *path) {
  char *key[BP_SCHEMA_KEYS];
  const int n = list_keys(schema, path, key);
  bp_schema_complain(r, node, path, "%s is a section, not a %s; write '%s: {%s: ...}'", path,
                     node->kind == BP_YAML_LIST ? "list" : "value", path, n > 0 ? key[0] : "key");
  for (int i = 0; i < n; i++)
    free(key[i]);
}

void bp_schema_expand(const BpSchema *schema, BpYaml *tree) {
  const BpField *field;
  for (int i = 0; (field = bp_schema_at(schema, i)); i++) {
    if (!field->alone)
      continue;
    char *section = bp_copy_text(field->key);
    char *dot = strrchr(section, '.');
    *dot = '\0';
    BpYamlNode *node = bp_yaml_find(tree, section);
    if (node)
      bp_yaml_wrap(node, dot + 1);
    free(section);
  }
}

/* ---- the walk */

static void read_section(const BpSchema *schema, const BpSchemaReader *r, const BpYamlNode *section,
                         const char *section_path, char *object);

static void read_entry(const BpSchema *schema, const BpSchemaReader *r, const BpYamlNode *node,
                       const char *path, char *object) {
  if (node->kind == BP_YAML_MAP) {
    read_section(schema, r, node, path, object);
    return;
  }
  if (node->kind == BP_YAML_SCALAR && !node->text[0]) /* a heading with nothing below it */
    return;
  refuse_value(schema, r, node, path);
}

static void read_section(const BpSchema *schema, const BpSchemaReader *r, const BpYamlNode *section,
                         const char *section_path, char *object) {
  char path[BP_SCHEMA_PATH];
  for (int i = 0; i < section->nchild; i++) {
    const BpYamlNode *node = section->child[i];
    const char *dot = section_path[0] ? "." : "";
    const int n = snprintf(path, sizeof path, "%s%s%s", section_path, dot, node->key);
    const int fits = n < (int)sizeof path && !strchr(node->key, '.');
    const BpField *field = fits ? bp_schema_find(schema, path) : NULL;
    if (field)
      bp_schema_value(r, field, node, path, object);
    else if (fits && is_section(schema, path))
      read_entry(schema, r, node, path, object);
    else
      refuse_key(schema, r, node, section_path);
  }
}

/* ---- defaults */

static int copies_another(const BpField *field) {
  return field->standard && field->standard[0] == '=';
}

static void set_default(const BpField *field, char *object, BpProblems *problems) {
  if (!field->standard || copies_another(field))
    return;
  char *text = bp_format("default: %s", field->standard);
  BpYaml *tree = bp_yaml_read_text(field->key, text, problems);
  const BpSchemaReader reader = {tree, problems};
  if (tree)
    bp_schema_value(&reader, field, tree->root->child[0], field->key, object);
  bp_yaml_free(tree);
  free(text);
}

/* Gives a quantity that the file leaves out the value of the one that its default names. */
static void copy_default(const BpSchema *schema, const BpField *field, const BpYaml *tree,
                         char *object) {
  if (!copies_another(field) || bp_yaml_find(tree, field->key))
    return;
  const BpField *other = bp_schema_find(schema, field->standard + strspn(field->standard, "= "));
  if (other)
    memcpy(object + field->offset, object + other->offset, sizeof(double));
}

void bp_schema_read(const BpSchema *schema, const BpYaml *tree, void *object,
                    BpProblems *problems) {
  const BpSchemaReader reader = {tree, problems};
  const BpField *field;
  for (int i = 0; (field = bp_schema_at(schema, i)); i++)
    set_default(field, object, problems);
  read_section(schema, &reader, tree->root, "", object);
  for (int i = 0; (field = bp_schema_at(schema, i)); i++)
    copy_default(schema, field, tree, object);
}
