#include "study_text.h"

#include "close.h"
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>

BpStudy *bp_test_study_text(const char *text, BpProblems *problems) {
  char *dir = bp_test_directory(), *path = bp_format("%s/study.yaml", dir);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
  BpStudy *study = bp_study_read(path, problems);
  free(path);
  bp_test_remove(dir);
  return study;
}

BpStudy *bp_test_study(const char *text) {
  BpProblems problems = {0};
  BpStudy *study = bp_test_study_text(text, &problems);
  bp_problems_print(&problems, stderr);
  assert_int_equal(problems.count, 0);
  assert_non_null(study);
  return study;
}

BpStudyPlan *bp_test_study_plan(const char *text) {
  BpStudy *study = bp_test_study(text);
  BpStudyPlan *plan = bp_study_plan(study);
  bp_study_free(study);
  return plan;
}
