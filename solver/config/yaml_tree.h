/* A YAML text as a tree that remembers line numbers. Scalars stay text: their meaning is the
 * schema's business. */
#ifndef BP_YAML_TREE_H
#define BP_YAML_TREE_H

#include "base.h"

typedef enum { BP_YAML_SCALAR, BP_YAML_MAP, BP_YAML_LIST } BpYamlKind;

typedef struct BpYamlNode BpYamlNode;
struct BpYamlNode {
  BpYamlKind kind;
  int line;           /* 1-based; of the key for map entries, of the item for list entries */
  char *key;          /* in a map, else NULL */
  char *text;         /* of a scalar ("" when the file gives none), else NULL */
  BpYamlNode **child; /* [nchild] entries of a map or list */
  int nchild;
};

typedef struct {
  char *file; /* name for messages */
  BpYamlNode *root;
} BpYaml;

/* Parses a file or a text. Problems (syntax with line, duplicate key, anchors, aliases and tags,
 * more than one document, top level not a map, too long, too deep) are added with BP_EXIT_CASE, a
 * file that is there but cannot be read with BP_EXIT_IO; NULL then. */
BpYaml *bp_yaml_read_file(const char *path, BpProblems *problems);
BpYaml *bp_yaml_read_text(const char *name, const char *text, BpProblems *problems);

void bp_yaml_free(BpYaml *yaml);

/* Child of a map by key, NULL if absent or if node is NULL or not a map. */
BpYamlNode *bp_yaml_child(const BpYamlNode *node, const char *key);

/* Node by dotted path ("package.pad.shape"), NULL if absent. */
BpYamlNode *bp_yaml_find(const BpYaml *yaml, const char *path);

/* Sets path to a value given as YAML text ("5 um", "[1, 2]", "{to: 25 degC, hold: 0 s}"); maps on
 * the way are made. The lines of the new nodes are 0: messages then name "--set path" instead of a
 * place in the file. BP_BAD with a problem if it cannot be parsed. */
BpStatus bp_yaml_set(BpYaml *yaml, const char *path, const char *value, BpProblems *problems);

/* A node on one line, as bp_yaml_set() takes it: "5 um", "[20 um, 40 um]", "{hold: 15 min}". Free
 * with free(). */
char *bp_yaml_flow(const BpYamlNode *node);

/* Turns a scalar with a text into a map of one entry, `key: text`; other nodes stay as they are. */
void bp_yaml_wrap(BpYamlNode *node, const char *key);

#endif
