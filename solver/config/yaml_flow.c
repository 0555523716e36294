#include "yaml_tree.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What YAML reads as it stands, also inside brackets. */
static int is_plain(const char *text) {
  const char *p = text;
  if (*p == '-' || *p == '+' || *p == '.')
    p++;
  if (!isalnum((unsigned char)*p) || text[strlen(text) - 1] == ' ')
    return 0;
  for (; *p; p++)
    if ((unsigned char)*p >= 0x80 || (!isalnum((unsigned char)*p) && !strchr(" ._/+-^", *p)))
      return 0;
  return 1;
}

/* Between double quotes, where YAML knows the escapes of C and takes UTF-8 as it is. */
static void write_quoted(FILE *out, const char *text) {
  fputc('"', out);
  for (const char *p = text; *p; p++)
    if (*p == '"' || *p == '\\')
      fprintf(out, "\\%c", *p);
    else if ((unsigned char)*p < 0x20 || *p == 0x7f)
      fprintf(out, "\\x%02x", (unsigned)*p);
    else
      fputc(*p, out);
  fputc('"', out);
}

static void write_text(FILE *out, const char *text) {
  if (is_plain(text))
    fputs(text, out);
  else
    write_quoted(out, text);
}

static void write_node(FILE *out, const BpYamlNode *node) {
  if (node->kind == BP_YAML_SCALAR) {
    write_text(out, node->text);
    return;
  }
  const int is_map = node->kind == BP_YAML_MAP;
  fputc(is_map ? '{' : '[', out);
  for (int i = 0; i < node->nchild; i++) {
    fputs(i > 0 ? ", " : "", out);
    if (is_map) {
      write_text(out, node->child[i]->key);
      fputs(": ", out);
    }
    write_node(out, node->child[i]);
  }
  fputc(is_map ? '}' : ']', out);
}

char *bp_yaml_flow(const BpYamlNode *node) {
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  if (!out)
    abort(); /* out of memory */
  write_node(out, node);
  fclose(out);
  return text;
}
