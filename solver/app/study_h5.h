/* study.h5: the table of a study for programs. */
#ifndef BP_STUDY_H5_H
#define BP_STUDY_H5_H

#include "file.h"
#include "study.h"

/* Writes DIR/study.h5: /points (directory, state, reason, reference), /factors and /figures, a
 * dataset for each column with its unit. */
void bp_study_write_h5(const BpStudyTable *table, const char *dir, BpStoreError *error);

#endif
