/* Inside the config layer: how the tree of a YAML text is made. */
#ifndef BP_YAML_IMPL_H
#define BP_YAML_IMPL_H

#include "yaml_tree.h"

#define BP_YAML_MAX_BYTES (1 << 20) /* a case has some kB; what is longer is not one */
#define BP_YAML_MAX_DEPTH 32

/* The tree of a text of `size` bytes, to be freed with bp_yaml_free_node().
 * file       name for messages
 * has_lines  0 for --set: a line of its text means nothing to the reader
 * NULL with problems (BP_EXIT_CASE), and NULL without any when the text holds nothing. */
BpYamlNode *bp_yaml_parse(const char *file, int has_lines, const char *text, size_t size,
                          BpProblems *problems);

/* Appends a node, which the parent then owns. */
void bp_yaml_add_child(BpYamlNode *parent, BpYamlNode *node);

/* Frees a node and all below it; NULL is allowed. */
void bp_yaml_free_node(BpYamlNode *node);

#endif
