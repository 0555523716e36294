#include "yaml_tree.h"

#include "shown.h"

#include <yaml.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BYTES (1 << 20) /* a case has some kB; what is longer is not one */
#define MAX_DEPTH 32
#define MAX_KEYS  1000 /* of one map: they are compared with each other */

static void free_node(BpYamlNode *node) {
  if (!node)
    return;
  for (int i = 0; i < node->nchild; i++)
    free_node(node->child[i]);
  free(node->child);
  free(node->key);
  free(node->text);
  free(node);
}

void bp_yaml_free(BpYaml *yaml) {
  if (!yaml)
    return;
  free_node(yaml->root);
  free(yaml->file);
  free(yaml);
}

static void add_child(BpYamlNode *parent, BpYamlNode *node) {
  const int n = parent->nchild;
  if ((n & (n - 1)) == 0) /* grow at powers of two */
    parent->child = bp_resize(parent->child, n > 0 ? 2 * (size_t)n : 1, sizeof(BpYamlNode *));
  parent->child[parent->nchild++] = node;
}

/* ---- parsing: one event at a time, with the open maps and lists on a stack */

typedef struct {
  const char *file;
  int has_lines; /* 0 for --set: a line of its text means nothing to the reader */
  BpProblems *problems;
  BpYamlNode *root;
  BpYamlNode *open[MAX_DEPTH];
  int depth;
  char *key; /* read, its value comes next */
  int key_line;
  int done;
} Parser;

#define REFUSE(p, line, ...)                                                                       \
  (bp_problem((p)->problems, BP_EXIT_CASE, (p)->file, (p)->has_lines ? (line) : 0, __VA_ARGS__),   \
   BP_BAD)

static BpYamlNode *inner(const Parser *p) {
  return p->depth > 0 ? p->open[p->depth - 1] : NULL;
}

static BpStatus take_key(Parser *p, BpYamlNode *map, const char *text, int line) {
  char shown[BP_SHOWN];
  if (!*text)
    return REFUSE(p, line, "a key is empty; write 'key: value'");
  const BpYamlNode *twin = bp_yaml_child(map, text);
  if (twin)
    return REFUSE(p, line, "key '%s' stands here for the second time, after line %d; keep one",
                  bp_shown_text(text, shown), twin->line);
  if (map->nchild >= MAX_KEYS)
    return REFUSE(p, line, "more than %d keys in one section; that is not a file of this program",
                  MAX_KEYS);
  p->key = bp_copy_text(text);
  p->key_line = line;
  return BP_OK;
}

static BpStatus take_node(Parser *p, BpYamlKind kind, const char *text, int line) {
  BpYamlNode *parent = inner(p);
  if (parent && parent->kind == BP_YAML_MAP && !p->key) {
    if (kind != BP_YAML_SCALAR)
      return REFUSE(p, line, "a key must be a word, not a list or a section");
    return take_key(p, parent, text, line);
  }
  if (kind != BP_YAML_SCALAR && p->depth == MAX_DEPTH)
    return REFUSE(p, line, "sections are nested more than %d deep", MAX_DEPTH);
  BpYamlNode *node = BP_NEW(BpYamlNode, 1);
  node->kind = kind;
  node->line = p->key ? p->key_line : line;
  node->key = p->key;
  node->text = text ? bp_copy_text(text) : NULL;
  p->key = NULL;
  if (parent)
    add_child(parent, node);
  else
    p->root = node;
  if (kind != BP_YAML_SCALAR)
    p->open[p->depth++] = node;
  return BP_OK;
}

static BpStatus take_scalar(Parser *p, const yaml_event_t *event, int line) {
  const char *text = (const char *)event->data.scalar.value;
  if (strlen(text) != event->data.scalar.length)
    return REFUSE(p, line, "a text holds a zero byte; remove it");
  if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
      (strcmp(text, "~") == 0 || strcmp(text, "null") == 0))
    text = "";
  return take_node(p, BP_YAML_SCALAR, text, line);
}

/* Anchors and tags would make a value something else than what is written there. */
static BpStatus refuse_decoration(Parser *p, const void *anchor, const void *tag, int line) {
  if (anchor)
    return REFUSE(p, line, "anchors ('&') are not used here; write the value itself");
  if (tag)
    return REFUSE(p, line, "tags ('!') are not used here; write the value itself");
  return BP_OK;
}

static BpStatus take_event(Parser *p, const yaml_event_t *event) {
  const int line = (int)event->start_mark.line + 1;
  const void *anchor = NULL, *tag = NULL;
  switch (event->type) {
  case YAML_DOCUMENT_START_EVENT:
    return p->root ? REFUSE(p, line, "a second document starts ('---'); one file holds one")
                   : BP_OK;
  case YAML_ALIAS_EVENT:
    return REFUSE(p, line, "aliases ('*') are not used here; write the value itself");
  case YAML_SCALAR_EVENT:
    anchor = event->data.scalar.anchor;
    tag = event->data.scalar.tag;
    if (refuse_decoration(p, anchor, tag, line) != BP_OK)
      return BP_BAD;
    return take_scalar(p, event, line);
  case YAML_MAPPING_START_EVENT:
    anchor = event->data.mapping_start.anchor;
    tag = event->data.mapping_start.tag;
    if (refuse_decoration(p, anchor, tag, line) != BP_OK)
      return BP_BAD;
    return take_node(p, BP_YAML_MAP, NULL, line);
  case YAML_SEQUENCE_START_EVENT:
    anchor = event->data.sequence_start.anchor;
    tag = event->data.sequence_start.tag;
    if (refuse_decoration(p, anchor, tag, line) != BP_OK)
      return BP_BAD;
    return take_node(p, BP_YAML_LIST, NULL, line);
  case YAML_MAPPING_END_EVENT:
  case YAML_SEQUENCE_END_EVENT:
    p->depth--;
    return BP_OK;
  case YAML_STREAM_END_EVENT:
    p->done = 1;
    return BP_OK;
  default:
    return BP_OK;
  }
}

static BpStatus refuse_syntax(Parser *p, const yaml_parser_t *yaml) {
  const char *what = yaml->problem ? yaml->problem : "no YAML";
  const char *context = yaml->context ? yaml->context : "";
  int line = (int)yaml->problem_mark.line + 1;
  if (yaml->error == YAML_READER_ERROR)
    return REFUSE(p, 0, "%s at byte %zu; write plain text in UTF-8", what, yaml->problem_offset);
  return REFUSE(p, line, "%s%s%s; mind the indentation, a blank after ':' and closing brackets",
                context, *context ? ": " : "", what);
}

/* The tree of a text, NULL with problems. */
static BpYamlNode *parse(const char *file, int has_lines, const char *text, size_t size,
                         BpProblems *problems) {
  Parser p = {.file = file, .has_lines = has_lines, .problems = problems};
  yaml_parser_t yaml;
  yaml_event_t event;
  BpStatus status = BP_OK;
  if (size > MAX_BYTES) {
    bp_problem(problems, BP_EXIT_CASE, file, 0,
               "longer than %d bytes; that is not a file of this program", MAX_BYTES);
    return NULL;
  }
  if (!yaml_parser_initialize(&yaml))
    abort(); /* out of memory */
  yaml_parser_set_input_string(&yaml, (const unsigned char *)text, size);
  while (status == BP_OK && !p.done) {
    if (!yaml_parser_parse(&yaml, &event)) {
      status = refuse_syntax(&p, &yaml);
      break;
    }
    status = take_event(&p, &event);
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&yaml);
  free(p.key);
  if (status == BP_OK)
    return p.root;
  free_node(p.root);
  return NULL;
}

static BpYaml *make_tree(const char *name, const char *text, size_t size, BpProblems *problems) {
  const int before = problems->count;
  BpYamlNode *root = parse(name, 1, text, size, problems);
  if (!root && problems->count == before)
    bp_problem(problems, BP_EXIT_CASE, name, 0, "the file is empty; write 'section: {key: value}'");
  if (root && root->kind != BP_YAML_MAP) {
    bp_problem(problems, BP_EXIT_CASE, name, root->line,
               "the top level must be sections, 'section: {key: value}'");
    free_node(root);
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
  char *text = BP_NEW(char, MAX_BYTES + 2);
  const size_t size = fread(text, 1, MAX_BYTES + 1, in);
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
  free_node(with);
}

/* The node at path, made if it is not there. NULL if a value stands where a section is needed, or
 * a word of the path is empty. */
static BpYamlNode *make_path(BpYaml *yaml, const char *path, char *key, size_t size) {
  BpYamlNode *node = yaml->root;
  int depth = 0;
  for (const char *rest = path; rest;) {
    rest = split_path(rest, key, size);
    if (!*key || depth++ == MAX_DEPTH)
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
      add_child(node, child);
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
  BpYamlNode *content = parse(place, 0, value, strlen(value), problems);
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
    free_node(content);
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
  add_child(node, child);
}
