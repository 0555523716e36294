/* What reads one value, for what walks the tree. Internal to this folder. */
#ifndef BP_SCHEMA_IMPL_H
#define BP_SCHEMA_IMPL_H

#include "schema.h"

#include <stdio.h>

#define BP_SCHEMA_PATH 256 /* bytes of a dotted path in messages */
#define BP_SCHEMA_KEYS 64  /* keys of one section, words of one enumeration */

typedef struct {
  const BpYaml *tree;
  BpProblems *problems;
} BpSchemaReader;

/* Adds a problem at a node; one that --set made has no line and shows its path instead. */
void bp_schema_complain(const BpSchemaReader *reader, const BpYamlNode *node, const char *path,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Reads the value of a row into its member of object; path is its name in messages. */
void bp_schema_value(const BpSchemaReader *reader, const BpField *field, const BpYamlNode *node,
                     const char *path, char *object);

/* A text that grows; stdio does the growing. */
FILE *bp_schema_open_text(char **text, size_t *size);

/* Puts new memory, and the count that goes with it, into a list member. */
void bp_schema_replace_memory(char *object, const BpField *field, void *memory);
void bp_schema_set_count(char *object, const BpField *field, int count);

/* 1 if the node is a list; else says so, with an example. */
int bp_schema_is_list(const BpSchemaReader *reader, const BpYamlNode *node, const char *path,
                      const char *example);

/* Reads a list of records, and a map from names to records. */
void bp_schema_read_records(const BpSchemaReader *reader, const BpField *field,
                            const BpYamlNode *node, const char *path, char *object);
void bp_schema_read_mapping(const BpSchemaReader *reader, const BpField *field,
                            const BpYamlNode *node, const char *path, char *object);

/* Refuses the key of a node in a section ("" for the top level) that has the keys known [nknown].
 * elsewhere is a full path where the key would be right, or NULL. */
void bp_schema_unknown(const BpSchemaReader *reader, const BpYamlNode *node, const char *section,
                       const char *const *known, int nknown, const char *elsewhere);

#endif
