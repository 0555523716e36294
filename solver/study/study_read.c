/* Study files: the table of their keys, rules between them, references. */
#include "study_impl.h"

#include "schema.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char case_file[BP_PATH], design[BP_NAME];
  int samples, seed;
  BpFactorRow *row;
  int nrows;
  const BpYamlNode *set, *reference;
} File;

static const BpField factor_rows[] = {
    BP_ROW("key", "a key of the case, or a list of keys that vary together",
           BP_NODE(BpFactorRow, key)),
    BP_ROW("values", "its values; of several keys a list for each value",
           BP_NODE(BpFactorRow, values)),
    BP_ROW("range", "lowest and highest value", BP_NODE(BpFactorRow, range)),
    BP_ROW("points", "values of a range in a design that counts them",
           BP_INTEGER(BpFactorRow, points, NULL), BP_BETWEEN(2.0, 10000.0)),
    BP_ROW("scale", "of a range", BP_TEXT(BpFactorRow, scale, NULL), .values = "linear|log"),
};

#define DESIGNS "grid|one_at_a_time|latin_hypercube|sobol|saltelli|list"

static const char *const names[] = {[BP_DESIGN_GRID] = "grid",
                                    [BP_DESIGN_ONE] = "one_at_a_time",
                                    [BP_DESIGN_LATIN] = "latin_hypercube",
                                    [BP_DESIGN_SOBOL] = "sobol",
                                    [BP_DESIGN_SALTELLI] = "saltelli",
                                    [BP_DESIGN_LIST] = "list"};

static const BpField rows[] = {
    BP_ROW("case", "the case whose keys vary, relative to this file",
           BP_TEXT(File, case_file, NULL)),
    BP_ROW("design", "how values are put together", BP_TEXT(File, design, "grid"),
           .values = DESIGNS),
    BP_ROW("samples", "points of a sampled design", BP_INTEGER(File, samples, NULL),
           BP_BETWEEN(1.0, BP_STUDY_POINTS)),
    BP_ROW("seed", "of the random numbers of latin_hypercube", BP_INTEGER(File, seed, NULL),
           BP_AT_LEAST(0.0)),
    BP_ROW("factors", "what varies", BP_RECORDS(File, row, nrows, factor_rows)),
    BP_ROW("set", "keys and values of the case that hold for all points", BP_NODE(File, set)),
    BP_ROW("reference", "keys and values of what each point is compared with",
           BP_NODE(File, reference)),
};

static const BpFieldTable table = {rows, BP_COUNT(rows)};
static const BpFieldTable *const tables[] = {&table};
static const BpSchema schema = {tables, BP_COUNT(tables)};

const char *bp_design_name(BpDesign design) {
  return names[design];
}

/* ---- keys with one value: those of all points, those of the reference */

static void add_key(const BpStudyReader *r, const char *path, const BpYamlNode *node,
                    const BpCaseKey *takes, BpStudyKeys *keys) {
  const int k = keys->n++;
  BP_GROW(keys->key, keys->n);
  BP_GROW(keys->text, keys->n);
  BP_GROW(keys->takes, keys->n);
  BP_GROW(keys->number, keys->n);
  keys->key[k] = bp_copy_text(path);
  keys->text[k] = bp_yaml_flow(node);
  keys->takes[k] = *takes;
  bp_case_key_value(path, r->study->file, node, &keys->number[k], r->problems);
}

static void take_keys(const BpStudyReader *r, const BpYamlNode *node, const char *above,
                      BpStudyKeys *keys) {
  if (node->kind != BP_YAML_MAP) {
    COMPLAIN(r, node,
             "'%s' is keys of the case with their values; write %s: {package.pad.shape: flat}",
             node->key, node->key);
    return;
  }
  for (int i = 0; i < node->nchild; i++) {
    const BpYamlNode *child = node->child[i];
    char *path = bp_format("%s%s%s", above, above[0] ? "." : "", child->key);
    BpCaseKey takes = bp_case_key(path);
    if (takes.kind == BP_KEY_NONE && child->kind == BP_YAML_MAP)
      take_keys(r, child, path, keys);
    else if (bp_study_check_key(r, child, path, &takes))
      add_key(r, path, child, &takes, keys);
    free(path);
  }
}

static void check_set(const BpStudyReader *r, const BpYamlNode *node) {
  const BpStudy *s = r->study;
  for (int i = 0; i < s->set.n; i++)
    for (int f = 0; f < s->nfactors; f++)
      for (int k = 0; k < s->factor[f].nkeys; k++)
        if (strcmp(s->set.key[i], s->factor[f].key[k]) == 0)
          COMPLAIN(r, node, "'%s' varies in a factor; leave it out of 'set'", s->set.key[i]);
}

/* ---- the whole */

static void check_design(const BpStudyReader *r, const BpYaml *tree) {
  const BpStudy *s = r->study;
  const BpYamlNode *node = bp_yaml_find(tree, "design");
  const char *name = bp_design_name(s->design);
  const int twice = s->design == BP_DESIGN_SALTELLI ? 2 : 1;
  const int is_sobol = s->design == BP_DESIGN_SOBOL || s->design == BP_DESIGN_SALTELLI;
  if (bp_design_samples(s->design) && s->samples == 0)
    COMPLAIN(r, node, "design %s needs the number of its points; add samples: 64", name);
  if (!bp_design_samples(s->design) && s->samples > 0)
    COMPLAIN(r, bp_yaml_find(tree, "samples"), "design %s counts its values; leave 'samples' out",
             name);
  if (bp_yaml_find(tree, "seed") && s->design != BP_DESIGN_LATIN)
    COMPLAIN(r, bp_yaml_find(tree, "seed"), "design %s has no random numbers; leave 'seed' out",
             name);
  if (is_sobol && twice * s->nfactors > BP_STUDY_SOBOL_FACTORS)
    COMPLAIN(r, node, "design %s takes at most %d factors; use latin_hypercube", name,
             BP_STUDY_SOBOL_FACTORS / twice);
  for (int i = 1; s->design == BP_DESIGN_LIST && i < s->nfactors; i++)
    if (bp_factor_count(&s->factor[i]) != bp_factor_count(&s->factor[0]))
      COMPLAIN(r, node,
               "design list puts values of the same number together; '%s' has %d and '%s' "
               "has %d",
               s->factor[0].key[0], bp_factor_count(&s->factor[0]), s->factor[i].key[0],
               bp_factor_count(&s->factor[i]));
}

static void check_size(const BpStudyReader *r, const BpYaml *tree) {
  const int n = bp_design_size(r->study);
  if (n > BP_STUDY_POINTS)
    COMPLAIN(r, bp_yaml_find(tree, "design"),
             "the study has more than %d points; take fewer values", (int)BP_STUDY_POINTS);
}

/* A path relative to the study's folder, unless it is absolute or a shipped name. */
static void find_case(const BpStudyReader *r, const BpYaml *tree, const File *from) {
  const char *given = from->case_file, *slash = strrchr(r->study->file, '/');
  if (!bp_yaml_find(tree, "case")) {
    COMPLAIN(r, tree->root->nchild > 0 ? NULL : tree->root,
             "'case' is missing; write case: ../embossed.yaml");
    return;
  }
  const int folder = slash && given[0] != '/' ? (int)(slash - r->study->file + 1) : 0;
  char *path = bp_format("%.*s%s", folder, r->study->file, given);
  snprintf(r->study->case_file, BP_PATH, "%s", access(path, F_OK) == 0 ? path : given);
  free(path);
}

static void take_all(const BpStudyReader *r, const BpYaml *tree, const File *from) {
  BpStudy *s = r->study;
  const BpYamlNode *list = bp_yaml_find(tree, "factors");
  for (int i = 0; i < BP_COUNT(names); i++)
    if (strcmp(names[i], from->design) == 0)
      s->design = (BpDesign)i;
  s->samples = from->samples;
  s->seed = (unsigned long)from->seed;
  find_case(r, tree, from);
  for (int i = 0; list && i < from->nrows; i++)
    bp_factor_read(r, &from->row[i], list->child[i]);
  if (from->nrows == 0 && (!list || list->nchild == 0))
    COMPLAIN(r, list,
             "no factors, so the study has no points; write factors: [{key: "
             "package.pad.ring.height, values: [3 um, 5 um]}]");
  if (from->set) {
    take_keys(r, from->set, "", &s->set);
    check_set(r, from->set);
  }
  if (from->reference)
    take_keys(r, from->reference, "", &s->reference);
}

BpStudy *bp_study_read(const char *path, BpProblems *problems) {
  BpYaml *tree = bp_yaml_read_file(path, problems);
  if (!tree)
    return NULL;
  File from = {0};
  const int before = problems->count;
  BpStudy *study = BP_NEW(BpStudy, 1);
  study->file = bp_copy_text(path);
  bp_schema_read(&schema, tree, &from, problems);
  const BpStudyReader reader = {study, problems};
  if (problems->count == before)
    take_all(&reader, tree, &from);
  if (problems->count == before)
    check_design(&reader, tree);
  if (problems->count == before)
    check_size(&reader, tree);
  bp_schema_free(&schema, &from);
  bp_yaml_free(tree);
  if (problems->count == before)
    return study;
  bp_study_free(study);
  return NULL;
}
