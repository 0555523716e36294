/* The shipped cases of the claims: claim-NN meets claim NN, not-NN fails it for the reason in its
 * head ("# expect: ..."), each claim has both, and all of them mesh well. `test_claim_cases LEVELS`
 * meshes levels 0 to LEVELS - 1 (1 unless given, when the bounds of Jacobians, which take the
 * longest, are left to those that hold). */
#include "bench.h"

#include "claims.h"
#include "units.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static const char folder[] = BP_SOURCE_DIR "/cases/claims";
static int levels = 1;

static int is_case(const struct dirent *entry) {
  return fnmatch("*-[0-9][0-9].yaml", entry->d_name, 0) == 0;
}

/* What the head of a case expects, "" if nothing. */
static void read_expected(const char *path, char text[256]) {
  static const char mark[] = "# expect: ";
  char line[256];
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  text[0] = '\0';
  while (fgets(line, sizeof line, file))
    if (strncmp(line, mark, sizeof mark - 1) == 0)
      snprintf(text, 256, "%.*s", (int)strcspn(line + sizeof mark - 1, "\n"),
               line + sizeof mark - 1);
  assert_int_equal(fclose(file), 0);
}

/* The claims of a case at a level, with a look at its mesh or without. */
static void examine(const char *path, int level, int look, BpClaim claim[BP_CLAIMS]) {
  BpProblems problems = {0};
  BpGeometry g;
  BpMeshReport report;
  char *set = bp_format("mesh.level=%d", level);
  BpCase *bp = bp_case_read(path, &set, 1, &problems);
  free(set);
  assert_non_null(bp);
  assert_int_equal(bp_geometry_build(bp, &g, &problems), BP_OK);
  BpMesh *mesh = bp_mesh_build(&g, &problems);
  assert_non_null(mesh);
  if (look)
    assert_int_equal(bp_mesh_check(mesh, &g, &report, &problems), BP_OK);
  if (look && (!(report.volume_error <= 1e-4) || !(report.min_quality >= 0.1)))
    fail_msg("%s, level %d: volumes off by %.2g, quality %.3g", path, level, report.volume_error,
             report.min_quality);
  BpClaimFacts facts = {.bp = bp, .connection = bp_claim_connection(&g, mesh)};
  bp_pad_measure(mesh, &g, &facts.pad);
  bp_claims(&facts, claim);
  bp_mesh_free(mesh);
  bp_case_free(bp);
  bp_problems_free(&problems);
}

static void check_case(const char *name, int level) {
  char *path = bp_format("%s/%s", folder, name), expected[256];
  const int number = atoi(strrchr(name, '-') + 1), is_negative = name[0] == 'n';
  BpClaim claim[BP_CLAIMS];
  int found = 0;
  read_expected(path, expected);
  examine(path, level, !is_negative || levels > 1, claim);
  for (int i = 0; i < BP_CLAIMS; i++) {
    const BpClaim *c = &claim[i];
    if (c->claim != number)
      continue;
    found = 1;
    if (!is_negative && c->holds != BP_TRUTH_YES)
      fail_msg("%s: %s", name, c->text);
    if (is_negative && (c->holds != BP_TRUTH_NO || !expected[0] || !strstr(c->text, expected)))
      fail_msg("%s: %s", name, c->text);
  }
  assert_true(found);
  free(path);
}

static void every_case_is_what_its_name_says(void **state) {
  (void)state;
  struct dirent **entry;
  const int n = scandir(folder, &entry, is_case, alphasort);
  assert_int_equal(n, 2 * BP_CLAIMS);
  for (int i = 0; i < n; i++) {
    for (int level = 0; level < levels; level++)
      check_case(entry[i]->d_name, level);
    free(entry[i]);
  }
  free(entry);
}

static int is_there(const char *kind, int claim) {
  char *path = bp_format("%s/%s-%02d.yaml", folder, kind, claim);
  FILE *file = fopen(path, "r");
  free(path);
  return file && fclose(file) == 0;
}

static void every_claim_has_its_cases(void **state) {
  (void)state;
  const BpClaimFacts none = {.bp = bp_test_case(NULL)};
  BpClaim claim[BP_CLAIMS];
  bp_claims(&none, claim);
  for (int i = 0; i < BP_CLAIMS; i++)
    assert_true(is_there("claim", claim[i].claim) && is_there("not", claim[i].claim));
  bp_case_free((BpCase *)(uintptr_t)none.bp);
}

static int free_units(void **state) {
  (void)state;
  bp_units_free();
  return 0;
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_claim_has_its_cases),
                                     cmocka_unit_test(every_case_is_what_its_name_says)};
  if (argc > 1)
    levels = atoi(argv[1]);
  return cmocka_run_group_tests_name("claim cases", tests, NULL, free_units);
}
