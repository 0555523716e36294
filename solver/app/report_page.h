/* report.html of a comparison: what the page needs, from setups, summaries and stored results. */
#ifndef BP_REPORT_PAGE_H
#define BP_REPORT_PAGE_H

#include "directory.h"
#include "ensemble.h"

typedef struct {
  const BpSetup *setup;     /* [count] */
  const BpSummary *summary; /* [count], rank 0 */
  int count;
  const BpRatio *ratio; /* [nratios], rank 0 */
  int nratios;
  const BpDirectory *results; /* with those of each case; NULL: where the page goes */
  const BpEnsemble *ensemble; /* rank 0; NULL: nothing was varied */
} BpReportSource;

/* Writes DIR/report.html with the pictures DIR/picture_*.png in it. What is missing (a history that
 * cannot be read, gnuplot, a picture that is none) is said on the page and in a warning; BP_EXIT_IO
 * if the page cannot be written.   [collective] */
BpExit bp_report_page_write(const BpApp *app, const BpDirectory *directory,
                            const BpReportSource *source);

#endif
