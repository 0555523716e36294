#include "case_impl.h"

#include "profile.h"
#include "shown.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const BpFieldTable *const sections[] = {
    &bp_case_package_table, &bp_case_model_table,  &bp_case_mesh_table,   &bp_case_materials_table,
    &bp_case_load_table,    &bp_case_solver_table, &bp_case_output_table, &bp_case_life_table,
    &bp_case_claims_table,  &bp_case_petsc_table,
};

const BpSchema bp_case_schema = {sections, BP_COUNT(sections)};

/* ---- problems */

void bp_case_problem_at(const BpCase *bp, BpProblems *problems, const BpYamlNode *node,
                        const char *key, const char *format, ...) {
  char text[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  char *override = bp_format("--set %s", key);
  bp_problem(problems, BP_EXIT_CASE, node->line > 0 ? bp->file : override, node->line, "%s", text);
  free(override);
}

/* The node of a path, or of the nearest section above it that the file has; path is cut to it. */
static const BpYamlNode *nearest_node(const BpCase *bp, char *path) {
  for (;;) {
    const BpYamlNode *node = bp_yaml_find(bp->tree, path);
    char *dot = strrchr(path, '.');
    if (node || !dot)
      return node;
    *dot = '\0';
  }
}

void bp_case_problem(const BpCase *bp, BpProblems *problems, BpExit code, const char *key,
                     const char *format, ...) {
  char text[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  char *path = bp_copy_text(key);
  const BpYamlNode *node = nearest_node(bp, path);
  if (node && node->line == 0) {
    char *override = bp_format("--set %s", path);
    bp_problem(problems, code, override, 0, "%s", text);
    free(override);
  } else
    bp_problem(problems, code, bp->file, node ? node->line : 0, "%s", text);
  free(path);
}

static int count_errors(const BpProblems *problems) {
  int n = 0;
  for (int i = 0; i < problems->count; i++)
    n += problems->item[i].code != BP_EXIT_OK;
  return n;
}

/* ---- --set */

/* Length of the path before '=', blanks at its end left out; 0 if there is none. */
static int path_length(const char *override) {
  const char *equals = strchr(override, '=');
  int n = equals ? (int)(equals - override) : 0;
  while (n > 0 && override[n - 1] == ' ')
    n--;
  return n;
}

static void check_overrides(char *const *overrides, int n, BpProblems *problems) {
  char shown[BP_SHOWN];
  for (int i = 0; i < n; i++)
    if (path_length(overrides[i]) == 0)
      bp_problem(problems, BP_EXIT_USAGE, NULL, 0,
                 "--set '%s' sets nothing; write --set path.to.key=value",
                 bp_shown_text(overrides[i], shown));
}

static void apply_override(BpYaml *tree, const char *override, BpProblems *problems) {
  const int n = path_length(override);
  if (n == 0)
    return;
  char *path = bp_format("%.*s", n, override);
  bp_yaml_set(tree, path, strchr(override, '=') + 1, problems);
  free(path);
}

/* ---- the case */

/* Gives the named cycle its usual spelling and makes the programme of it. */
static void complete_load(BpLoad *load) {
  const BpProfile *profile = bp_profile_find(load->profile);
  if (!profile)
    return;
  snprintf(load->profile, sizeof load->profile, "%s", profile->name);
  if (load->nprogramme > 0)
    return;
  load->nprogramme = 4;
  BP_GROW(load->programme, load->nprogramme);
  bp_profile_segments(profile, load, load->programme);
}

/* Cards that are files, wherever the case is used from. */
static void find_cards(BpCase *bp) {
  for (int i = 0; i < bp->model.nmaterials; i++)
    if (bp_is_card_file(bp->model.material[i].card))
      bp_find_beside(bp->file, bp->model.material[i].card, BP_PATH);
  if (bp->model.file[0])
    bp_find_beside(bp->file, bp->model.file, BP_PATH);
  for (int i = 0; i < bp->materials.count; i++) {
    char *card = bp->materials.region[i].card;
    if (bp_is_card_file(card))
      bp_find_beside(bp->file, card, BP_PATH);
  }
}

/* before  errors that there were before the tree was read; tree NULL: it could not be */
static BpCase *read_tree(BpYaml *tree, char *const *overrides, int noverrides, int before,
                         BpProblems *problems) {
  if (!tree)
    return NULL;
  bp_schema_expand(&bp_case_schema, tree);
  for (int i = 0; i < noverrides; i++) {
    apply_override(tree, overrides[i], problems);
    bp_schema_expand(&bp_case_schema, tree);
  }
  bp_case_move_materials(tree);
  BpCase *bp = BP_NEW(BpCase, 1);
  bp->file = bp_copy_text(tree->file);
  bp->tree = tree;
  bp_schema_read(&bp_case_schema, tree, bp, problems);
  bp_case_complete_regions(bp);
  bp_case_check(bp, problems);
  bp_case_check_mesh(bp, problems);
  if (count_errors(problems) > before) {
    bp_case_free(bp);
    return NULL;
  }
  complete_load(&bp->load);
  find_cards(bp);
  return bp;
}

BpCase *bp_case_read(const char *path, char *const *overrides, int noverrides,
                     BpProblems *problems) {
  const int before = count_errors(problems);
  check_overrides(overrides, noverrides, problems);
  return read_tree(bp_yaml_read_file(path, problems), overrides, noverrides, before, problems);
}

BpCase *bp_case_read_text(const char *name, const char *text, char *const *overrides,
                          int noverrides, BpProblems *problems) {
  const int before = count_errors(problems);
  check_overrides(overrides, noverrides, problems);
  return read_tree(bp_yaml_read_text(name, text, problems), overrides, noverrides, before,
                   problems);
}

void bp_case_free(BpCase *bp) {
  if (!bp)
    return;
  bp_schema_free(&bp_case_schema, bp);
  bp_yaml_free(bp->tree);
  free(bp->file);
  free(bp);
}

char *bp_case_reference(void) {
  return bp_schema_reference(&bp_case_schema);
}
