/* One factor of a study file: its keys, its values or its range. */
#include "study_impl.h"

#include <string.h>

/* ---- one value */

static const BpYamlNode *entry(const BpYamlNode *level, int nkeys, int k) {
  return nkeys == 1 ? level : level->child[k];
}

static void take_level(const BpStudyReader *r, BpFactor *f, const BpYamlNode *level) {
  if (f->nkeys > 1 && (level->kind != BP_YAML_LIST || level->nchild != f->nkeys)) {
    COMPLAIN(r, level,
             "%d keys vary together, so each of their values is a list of %d; write "
             "[[20 um, 40 um], [30 um, 50 um]]",
             f->nkeys, f->nkeys);
    return;
  }
  const int at = f->nlevels++ * f->nkeys;
  BP_GROW(f->text, at + f->nkeys);
  BP_GROW(f->number, at + f->nkeys);
  for (int k = 0; k < f->nkeys; k++) {
    const BpYamlNode *node = entry(level, f->nkeys, k);
    f->text[at + k] = bp_yaml_flow(node);
    bp_case_key_value(f->key[k], r->study->file, node, &f->number[at + k], r->problems);
  }
}

/* ---- keys */

static int is_taken(const BpStudy *study, const char *key) {
  int found = 0;
  for (int i = 0; i < study->nfactors; i++)
    for (int k = 0; k < study->factor[i].nkeys; k++)
      found |= strcmp(study->factor[i].key[k], key) == 0;
  return found;
}

int bp_study_check_key(const BpStudyReader *r, const BpYamlNode *node, const char *path,
                       BpCaseKey *takes) {
  *takes = bp_case_key(path);
  if (takes->kind != BP_KEY_NONE)
    return 1;
  const char *nearest = bp_case_key_nearest(path);
  if (nearest)
    COMPLAIN(r, node, "'%.100s' is no key of a case; did you mean '%s'?", path, nearest);
  else
    COMPLAIN(r, node,
             "'%.100s' is no key of a case; 'ballpad check --print-config CASE' lists them", path);
  return 0;
}

static int take_key(const BpStudyReader *r, BpFactor *f, const BpYamlNode *node) {
  BpCaseKey takes;
  if (node->kind != BP_YAML_SCALAR) {
    COMPLAIN(r, node, "a key is a word; write key: package.pad.ring.height");
    return 0;
  }
  if (!bp_study_check_key(r, node, node->text, &takes))
    return 0;
  if (is_taken(r->study, node->text)) {
    COMPLAIN(r, node, "'%s' varies in two factors; keep one", node->text);
    return 0;
  }
  const int k = f->nkeys++;
  BP_GROW(f->key, f->nkeys);
  BP_GROW(f->takes, f->nkeys);
  f->key[k] = bp_copy_text(node->text);
  f->takes[k] = takes;
  return 1;
}

static int take_keys(const BpStudyReader *r, BpFactor *f, const BpYamlNode *node) {
  if (node->kind != BP_YAML_LIST)
    return take_key(r, f, node);
  int good = node->nchild > 0;
  if (!good)
    COMPLAIN(r, node, "the list of keys is empty; write key: package.pad.ring.height");
  for (int k = 0; k < node->nchild; k++)
    good &= take_key(r, f, node->child[k]);
  return good;
}

/* ---- factors */

static void check_ends(const BpStudyReader *r, const BpFactor *f, const BpYamlNode *range) {
  for (int k = 0; k < f->nkeys; k++) {
    const double low = f->number[k], high = f->number[f->nkeys + k];
    if (low >= high)
      COMPLAIN(r, range, "%s: the range begins at %s and ends at %s; write the smaller value first",
               f->key[k], f->text[k], f->text[f->nkeys + k]);
    else if (f->is_log && low <= 0.0)
      COMPLAIN(r, range, "%s: a range on a logarithmic scale begins above 0; not at %s", f->key[k],
               f->text[k]);
  }
}

static void take_range(const BpStudyReader *r, BpFactor *f, const BpFactorRow *row) {
  const int before = r->problems->count;
  f->is_range = 1;
  f->is_log = strcmp(row->scale, "log") == 0;
  f->npoints = row->points;
  for (int k = 0; k < f->nkeys; k++)
    if (f->takes[k].kind == BP_KEY_OTHER)
      COMPLAIN(r, row->range, "%s is no number, so it has no range; give its values", f->key[k]);
  if (row->range->kind != BP_YAML_LIST || row->range->nchild != 2)
    COMPLAIN(r, row->range, "a range is two values; write range: [3 um, 8 um]");
  if (r->problems->count > before)
    return;
  for (int i = 0; i < 2; i++)
    take_level(r, f, row->range->child[i]);
  if (r->problems->count == before && f->nlevels == 2)
    check_ends(r, f, row->range);
}

static void take_values(const BpStudyReader *r, BpFactor *f, const BpFactorRow *row) {
  const BpYamlNode *values = row->values;
  if (row->points > 0 || row->scale[0])
    COMPLAIN(r, values,
             "'points' and 'scale' go with a range; leave them out, or write range: "
             "[3 um, 8 um]");
  if (values->kind != BP_YAML_LIST || values->nchild == 0) {
    COMPLAIN(r, values, "values are a list; write values: [3 um, 5 um]");
    return;
  }
  for (int i = 0; i < values->nchild; i++)
    take_level(r, f, values->child[i]);
}

static void check_counting(const BpStudyReader *r, const BpFactor *f, const BpFactorRow *row) {
  const int samples = bp_design_samples(r->study->design);
  const char *design = bp_design_name(r->study->design);
  if (f->is_range && !samples && f->npoints == 0)
    COMPLAIN(r, row->range,
             "design %s needs to know how many values of the range to take; add "
             "points: 4",
             design);
  if (f->is_range && samples && f->npoints > 0)
    COMPLAIN(r, row->range, "design %s takes its values from the whole range; leave 'points' out",
             design);
  for (int k = 0; f->npoints > 1 && f->nlevels == 2 && k < f->nkeys; k++) {
    const double step = (f->number[f->nkeys + k] - f->number[k]) / (f->npoints - 1);
    if (f->takes[k].kind == BP_KEY_COUNT && (f->is_log || fabs(step - round(step)) > 1e-9))
      COMPLAIN(r, row->range,
               "%s is a count, and %d points from %s to %s are no whole numbers; "
               "change 'points' or give the values",
               f->key[k], f->npoints, f->text[k], f->text[f->nkeys + k]);
  }
}

void bp_factor_read(const BpStudyReader *r, const BpFactorRow *row, const BpYamlNode *node) {
  BpStudy *study = r->study;
  BpFactor f = {0};
  if (node->kind != BP_YAML_MAP)
    return; /* what is wrong was said already */
  int good = row->key != NULL;
  if (!row->key)
    COMPLAIN(r, node,
             "a factor has no key; write {key: package.pad.ring.height, values: [3 um, 5 "
             "um]}");
  else
    good = take_keys(r, &f, row->key);
  if (!row->values == !row->range)
    COMPLAIN(r, node,
             "a factor has either values or a range; write values: [3 um, 5 um], or "
             "range: [3 um, 8 um]");
  else if (good && row->range)
    take_range(r, &f, row);
  else if (good)
    take_values(r, &f, row);
  check_counting(r, &f, row);
  BP_GROW(study->factor, study->nfactors + 1);
  study->factor[study->nfactors++] = f;
}
