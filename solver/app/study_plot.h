/* Pictures of a study. */
#ifndef BP_STUDY_PLOT_H
#define BP_STUDY_PLOT_H

#include "study.h"

/* Draws DIR/effects.svg, the mean of a column over each factor, and for a grid of two factors
 * DIR/curves.svg, the column over the first factor for each level of the second one, and
 * DIR/contours.svg over both. Problems (BP_EXIT_IO: no gnuplot, no room) are added. */
void bp_study_draw(const BpStudyTable *table, int column, const char *dir, BpProblems *problems);

#endif
