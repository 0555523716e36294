#include "yaml_impl.h"

#include "shown.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bp_yaml_free_node(BpYamlNode *node) {
  if (!node)
    return;
  for (int i = 0; i < node->nchild; i++)
    bp_yaml_free_node(node->child[i]);
  free(node->child);
  free(node->key);
  free(node->text);
  free(node);
}

void bp_yaml_free(BpYaml *yaml) {
  if (!yaml)
    return;
  bp_yaml_free_node(yaml->root);
  free(yaml->file);
  free(yaml);
}

void bp_yaml_add_child(BpYamlNode *parent, BpYamlNode *node) {
  const int n = parent->nchild;
  if ((n & (n - 1)) == 0) /* grow at powers of two */
    parent->child = bp_resize(parent->child, n > 0 ? 2 * (size_t)n : 1, sizeof(BpYamlNode *));
  parent->child[parent->nchild++] = node;
}

static BpYaml *make_tree(const char *name, const char *text, size_t size, BpProblems *problems) {
  const int before = problems->count;
  BpYamlNode *root = bp_yaml_parse(name, 1, text, size, problems);
  if (!root && problems->count == before)
    bp_problem(problems, BP_EXIT_CASE, name, 0, "the file is empty; write 'section: {key: value}'");
  if (root && root->kind != BP_YAML_MAP) {
    bp_problem(problems, BP_EXIT_CASE, name, root->line,
               "the top level must be sections, 'section: {key: value}'");
    bp_yaml_free_node(root);
    root = NULL;
  }
  if (!root)
    return NULL;
  BpYaml *yaml = BP_NEW(BpYaml, 1);
  yaml->file = bp_copy_text(name);
  yaml->root = root;
  return yaml;
}

BpYaml *bp_yaml_read_text(const char *name, const char *text, BpProblems *problems) {
  return make_tree(name, text, strlen(text), problems);
}

/* A wrong name is a mistake in the case, a file that resists a matter of input and output. */
static void refuse_file(const char *path, int error, BpProblems *problems) {
  const int wrong = error == ENOENT || error == ENOTDIR || error == EISDIR;
  bp_problem(problems, wrong ? BP_EXIT_CASE : BP_EXIT_IO, path, 0,
             "cannot be read: %s; check the name and the permission", strerror(error));
}

BpYaml *bp_yaml_read_file(const char *path, BpProblems *problems) {
  FILE *in = fopen(path, "rb");
  if (!in) {
    refuse_file(path, errno, problems);
    return NULL;
  }
  char *text = BP_NEW(char, BP_YAML_MAX_BYTES + 2);
  const size_t size = fread(text, 1, BP_YAML_MAX_BYTES + 1, in);
  BpYaml *yaml = NULL;
  if (ferror(in))
    refuse_file(path, errno, problems);
  else
    yaml = make_tree(path, text, size, problems);
  fclose(in);
  free(text);
  return yaml;
}

/* ---- finding and setting */

BpYamlNode *bp_yaml_child(const BpYamlNode *node, const char *key) {
  if (!node || node->kind != BP_YAML_MAP)
    return NULL;
  for (int i = 0; i < node->nchild; i++)
    if (strcmp(node->child[i]->key, key) == 0)
      return node->child[i];
  return NULL;
}

/* Copies the first word of a dotted path to key and returns what follows its dot, NULL at the end.
 */
static const char *split_path(const char *path, char *key, size_t size) {
  const size_t n = strcspn(path, ".");
  snprintf(key, size, "%.*s", (int)n, path);
  return path[n] == '.' ? path + n + 1 : NULL;
}

BpYamlNode *bp_yaml_find(const BpYaml *yaml, const char *path) {
  char *key = bp_copy_text(path);
  const size_t size = strlen(path) + 1;
  BpYamlNode *node = yaml ? yaml->root : NULL;
  for (const char *rest = path; rest && node;) {
    rest = split_path(rest, key, size);
    node = bp_yaml_child(node, key);
  }
  free(key);
  return node;
}

static void forget_lines(BpYamlNode *node) {
  node->line = 0;
  for (int i = 0; i < node->nchild; i++)
    forget_lines(node->child[i]);
}

static void replace_content(BpYamlNode *node, BpYamlNode *with) {
  char *key = node->key;
  BpYamlNode old = *node;
  *node = *with;
  node->key = key;
  *with = old;
  with->key = NULL;
  bp_yaml_free_node(with);
}

/* The node at path, made if it is not there. NULL if a value stands where a section is needed, or
 * a word of the path is empty. */
static BpYamlNode *make_path(BpYaml *yaml, const char *path, char *key, size_t size) {
  BpYamlNode *node = yaml->root;
  int depth = 0;
  for (const char *rest = path; rest;) {
    rest = split_path(rest, key, size);
    if (!*key || depth++ == BP_YAML_MAX_DEPTH)
      return NULL;
    if (node->kind == BP_YAML_SCALAR && !*node->text) { /* "section:" with nothing below */
      free(node->text);
      node->text = NULL;
      node->kind = BP_YAML_MAP;
    }
    if (node->kind != BP_YAML_MAP)
      return NULL;
    BpYamlNode *child = bp_yaml_child(node, key);
    if (!child) {
      child = BP_NEW(BpYamlNode, 1);
      child->kind = BP_YAML_SCALAR;
      child->key = bp_copy_text(key);
      child->text = bp_copy_text("");
      bp_yaml_add_child(node, child);
    }
    node = child;
  }
  return node;
}

BpStatus bp_yaml_set(BpYaml *yaml, const char *path, const char *value, BpProblems *problems) {
  char shown[BP_SHOWN];
  char *place = bp_format("--set %s", bp_shown_text(path, shown));
  char *key = bp_copy_text(path);
  const int before = problems->count;
  BpStatus status = BP_BAD;
  BpYamlNode *content = bp_yaml_parse(place, 0, value, strlen(value), problems);
  if (!content && problems->count == before) { /* nothing was given */
    content = BP_NEW(BpYamlNode, 1);
    content->text = bp_copy_text("");
  }
  BpYamlNode *node = content ? make_path(yaml, path, key, strlen(path) + 1) : NULL;
  if (node) {
    forget_lines(content);
    replace_content(node, content);
    status = BP_OK;
  } else if (content) {
    bp_problem(problems, BP_EXIT_CASE, place, 0,
               "the path stops before '%s'; every word but the last must be a section",
               bp_shown_text(key, shown));
    bp_yaml_free_node(content);
  }
  free(place);
  free(key);
  return status;
}

void bp_yaml_wrap(BpYamlNode *node, const char *key) {
  if (node->kind != BP_YAML_SCALAR || !node->text[0])
    return;
  BpYamlNode *child = BP_NEW(BpYamlNode, 1);
  child->kind = BP_YAML_SCALAR;
  child->line = node->line;
  child->key = bp_copy_text(key);
  child->text = node->text;
  node->kind = BP_YAML_MAP;
  node->text = NULL;
  bp_yaml_add_child(node, child);
}
