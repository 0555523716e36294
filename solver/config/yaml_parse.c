/* From libyaml's events to a tree: one event at a time, with the open maps and lists on a stack. */
#include "yaml_impl.h"

#include "shown.h"

#include <yaml.h>

#include <stdlib.h>
#include <string.h>

#define MAX_KEYS 1000 /* of one map: they are compared with each other */

typedef struct {
  const char *file;
  int has_lines; /* 0 for --set: a line of its text means nothing to the reader */
  BpProblems *problems;
  BpYamlNode *root;
  BpYamlNode *open[BP_YAML_MAX_DEPTH];
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
  if (kind != BP_YAML_SCALAR && p->depth == BP_YAML_MAX_DEPTH)
    return REFUSE(p, line, "sections are nested more than %d deep", BP_YAML_MAX_DEPTH);
  BpYamlNode *node = BP_NEW(BpYamlNode, 1);
  node->kind = kind;
  node->line = p->key ? p->key_line : line;
  node->key = p->key;
  node->text = text ? bp_copy_text(text) : NULL;
  p->key = NULL;
  if (parent)
    bp_yaml_add_child(parent, node);
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

BpYamlNode *bp_yaml_parse(const char *file, int has_lines, const char *text, size_t size,
                          BpProblems *problems) {
  Parser p = {.file = file, .has_lines = has_lines, .problems = problems};
  yaml_parser_t yaml;
  yaml_event_t event;
  BpStatus status = BP_OK;
  if (size > BP_YAML_MAX_BYTES) {
    bp_problem(problems, BP_EXIT_CASE, file, 0,
               "longer than %d bytes; that is not a file of this program", BP_YAML_MAX_BYTES);
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
  bp_yaml_free_node(p.root);
  return NULL;
}
