/* `study plan` and the other actions of the command. */
#ifndef BP_STUDY_PLAN_H
#define BP_STUDY_PLAN_H

#include "app.h"

/* Makes DIR/manifest.json and a directory with its case for each point.   [collective] */
BpExit bp_study_make_plan(const BpApp *app);

/* Gathers the points of DIR into study.h5, study.csv and pictures.   [collective] */
BpExit bp_study_collect(const BpApp *app);

#endif
