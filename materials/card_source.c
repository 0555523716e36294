/* What a card says about itself: name, class, source, trust. */
#include "card_impl.h"

#include <stdlib.h>

/* Text of a scalar child, a copy; NULL if it is not there, with a problem if help is given. */
static char *read_text(BpCardReader *reader, const BpYamlNode *map, const char *key,
                       const char *help) {
  const BpYamlNode *node = help ? bp_card_need(reader, map, key, help) : bp_yaml_child(map, key);
  if (!node || !bp_card_is(reader, node, key, BP_YAML_SCALAR))
    return NULL;
  if (!node->text[0]) {
    bp_card_problem(reader, node->line, "'%s' is empty", key);
    return NULL;
  }
  return bp_copy_text(node->text);
}

static int is_year(const char *text) {
  return strcmp(text, "unknown") == 0 || (strlen(text) == 4 && strspn(text, "0123456789") == 4);
}

/* One line: authors (year), doi ..., table. */
static void read_source(BpCardReader *reader, const BpYamlNode *root, BpMaterial *m) {
  static const char *const known[] = {"authors", "year", "doi", "table", "note"};
  const BpYamlNode *source = bp_card_need(
      reader, root, "source", "say where the numbers come from: {authors:, year:, doi:, table:}");
  if (!source || !bp_card_is(reader, source, "source", BP_YAML_MAP))
    return;
  bp_card_keys(reader, source, "source", known, BP_COUNT(known));
  char *authors = read_text(reader, source, "authors", "name who published the numbers");
  char *year = read_text(reader, source, "year", "write the year of publication, or 'unknown'");
  char *doi = read_text(reader, source, "doi", NULL);
  char *table = read_text(reader, source, "table", NULL);
  m->note = read_text(reader, source, "note", NULL);
  if (year && !is_year(year))
    bp_card_problem(reader, source->line, "source: '%.60s' is not a year; write 2012, or 'unknown'",
                    year);
  const int dated = year && strcmp(year, "unknown") != 0;
  if (authors && year)
    m->source = bp_format("%s%s%s%s%s%s%s%s", authors, dated ? " (" : "", dated ? year : "",
                          dated ? ")" : "", doi ? ", doi " : "", doi ? doi : "", table ? ", " : "",
                          table ? table : "");
  free(authors);
  free(year);
  free(doi);
  free(table);
}

static void read_trust(BpCardReader *reader, const BpYamlNode *root, BpMaterial *m) {
  static const char *const words[] = {"V", "S", "C", "M"};
  const BpYamlNode *node = bp_card_need(
      reader, root, "trust",
      "write V (primary source read), S (secondary source), C (computed) or M (unverified)");
  const int i = node ? bp_card_word(reader, node, "trust", words, BP_COUNT(words)) : -1;
  if (i >= 0)
    m->trust = bp_copy_text(words[i]);
}

/* One entry of the list of unverified keys, which must be a constant of the law or another number
 * of the card. */
static void read_unverified_key(BpCardReader *reader, const BpYamlNode *node, BpMaterial *m) {
  static const char *const others[] = {"expansion", "conductivity", "heat_capacity", "density",
                                       "resistivity"};
  const int nparam = m->law ? m->law->nparam : 0, count = nparam + BP_COUNT(others);
  const char **words = BP_NEW(const char *, count);
  for (int i = 0; i < nparam; i++)
    words[i] = m->law->param[i].name;
  memcpy(words + nparam, others, sizeof others);
  const int i = bp_card_word(reader, node, "unverified", words, count);
  if (i >= 0) {
    char *all = m->unverified ? bp_format("%s, %s", m->unverified, words[i]) : NULL;
    if (!all)
      all = bp_copy_text(words[i]);
    free(m->unverified);
    m->unverified = all;
  }
  free(words);
}

static void read_unverified(BpCardReader *reader, const BpYamlNode *root, BpMaterial *m) {
  const BpYamlNode *node = bp_yaml_child(root, "unverified");
  const int all = m->trust && m->trust[0] == 'M';
  if (all)
    m->unverified = bp_copy_text("all");
  if (!node || !bp_card_is(reader, node, "unverified", BP_YAML_LIST))
    return;
  if (all)
    bp_card_problem(reader, node->line, "trust M says that all is unverified; leave the list out");
  for (int i = 0; i < node->nchild && !all; i++)
    read_unverified_key(reader, node->child[i], m);
}

/* Whoever prints the source prints the mark. */
static void mark_source(BpMaterial *m) {
  if (!m->unverified || !m->source)
    return;
  const int all = strcmp(m->unverified, "all") == 0;
  char *marked =
      bp_format("%s (unverified%s%s)", m->source, all ? "" : ": ", all ? "" : m->unverified);
  free(m->source);
  m->source = marked;
}

void bp_card_identity(BpCardReader *reader, const BpYamlNode *root, BpMaterial *m) {
  const BpYamlNode *class = bp_yaml_child(root, "class");
  m->name = read_text(reader, root, "name", "name the card like its file");
  m->title = read_text(reader, root, "title", NULL);
  m->class = class ? bp_card_word(reader, class, "class", bp_card_classes, bp_card_nclass) : -1;
  read_source(reader, root, m);
  read_trust(reader, root, m);
  read_unverified(reader, root, m);
  mark_source(m);
}
