/* Studies from texts. */
#ifndef BP_TEST_STUDY_TEXT_H
#define BP_TEST_STUDY_TEXT_H

#include "study.h"

/* Reads a text as the file study.yaml; NULL where it has problems. */
BpStudy *bp_test_study_text(const char *text, BpProblems *problems);

/* Reads a text without any, and makes its plan. */
BpStudy *bp_test_study(const char *text);
BpStudyPlan *bp_test_study_plan(const char *text);

#define HEIGHT "package.pad.ring.height"
#define TWO                                                                                        \
  "case: c.yaml\nfactors:\n  - {key: " HEIGHT ", values: [3 um, 5 um]}\n"                          \
  "  - {key: mesh.level, values: [0, 1, 2]}\n"

#endif
