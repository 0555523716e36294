/* The figures of a run's summary as columns of a study's table. */
#ifndef BP_STUDY_FIGURES_H
#define BP_STUDY_FIGURES_H

#include "report.h"
#include "study.h"

/* Adds those that may be compared: joint, sides, copper, lives, volumes. */
void bp_study_add_figures(BpStudyTable *table, int point, const BpSummary *summary);

/* Adds what the run took, and what is known of its errors. */
void bp_study_add_costs(BpStudyTable *table, int point, const BpSummary *summary);

/* The first figure: work per cycle at the worse side of the joint. */
#define BP_STUDY_MAIN "joint.delta_w_MPa"

#endif
