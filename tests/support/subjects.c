#include "subjects.h"

#include "close.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char folder[] = BP_SOURCE_DIR "/tests/contract/cards";

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds the cards of the tests, in alphabetical order, to the library's names. */
static int add_own(char ***names, int count) {
  static const char ending[] = ".yaml";
  const int first = count;
  DIR *open = opendir(folder);
  for (struct dirent *e = open ? readdir(open) : NULL; e; e = readdir(open)) {
    const size_t length = strlen(e->d_name), tail = sizeof ending - 1;
    if (length <= tail || strcmp(e->d_name + length - tail, ending) != 0)
      continue;
    BP_GROW(*names, count + 1);
    (*names)[count++] = bp_format("%s/%s", folder, e->d_name);
  }
  if (open)
    closedir(open);
  if (count > first)
    qsort(*names + first, (size_t)(count - first), sizeof **names, by_name);
  return count;
}

BpTestSubject *bp_test_subjects(int *count) {
  char **names;
  BpProblems problems = {0};
  const int n = add_own(&names, bp_material_list(&names));
  BpTestSubject *subject = BP_NEW(BpTestSubject, n);
  *count = 0;
  for (int i = 0; i < n; i++) {
    BpMaterial *material = bp_material_load(names[i], &problems);
    if (material)
      subject[(*count)++] = (BpTestSubject){.law = bp_material_law(material), .material = material};
    free(names[i]);
  }
  free(names);
  bp_problems_print(&problems, stderr);
  if (*count < n) {
    bp_test_subjects_free(subject, *count);
    subject = NULL;
    *count = 0;
  }
  bp_problems_free(&problems);
  return subject;
}

void bp_test_subjects_free(BpTestSubject *subject, int count) {
  for (int i = 0; i < count; i++)
    bp_material_free(subject[i].material);
  free(subject);
}

int bp_test_has_law(const BpTestSubject *subject, int count, const BpLaw *law) {
  for (int i = 0; i < count; i++)
    if (subject[i].law == law)
      return 1;
  return 0;
}

BpMaterial *bp_test_material(const char *law, const char *params) {
  char dir[] = "/tmp/ballpad_card_XXXXXX";
  BpProblems problems = {0};
  assert_non_null(mkdtemp(dir));
  char *path = bp_format("%s/card.yaml", dir);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fprintf(file,
          "name: card\nlaw: %s\nparams: %s\ntrust: C\nsource: {authors: nobody, year: unknown}\n"
          "fitted: [200 K, 500 K]\nhard: [200 K, 500 K]\n"
          "expansion: {kind: instantaneous, value: 20 ppm/K}\n",
          law, params);
  fclose(file);
  BpMaterial *material = bp_material_load(path, &problems);
  unlink(path);
  rmdir(dir);
  free(path);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  assert_non_null(material);
  return material;
}
