/* Pictures that lie beside a comparison and go into its report. */
#ifndef BP_REPORT_PICTURE_H
#define BP_REPORT_PICTURE_H

#include "page.h"

/* Reads every picture_*.png of a directory, in the order of the names; the title of one that
 * scripts/render does not make is the name between the underscore and the ending, underscores as
 * blanks. What cannot be read or is no PNG is left out, with a warning. Returns their number; free
 * with bp_report_pictures_free(). */
int bp_report_pictures(const char *directory, BpPicture **picture, BpProblems *problems);
void bp_report_pictures_free(BpPicture *picture, int count);

#endif
