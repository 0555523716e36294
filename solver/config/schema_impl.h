/* What reads one value, for what walks the tree. Internal to this folder. */
#ifndef BP_SCHEMA_IMPL_H
#define BP_SCHEMA_IMPL_H

#include "schema.h"

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

/* Refuses the key of a node in a section ("" for the top level) that has the keys known [nknown].
 * elsewhere is a full path where the key would be right, or NULL. */
void bp_schema_unknown(const BpSchemaReader *reader, const BpYamlNode *node, const char *section,
                       const char *const *known, int nknown, const char *elsewhere);

#endif
