/* The report of a comparison: one HTML page with everything in it, that fetches nothing and runs no
 * script. The numbers are those of compare.json, rounded; the words those of the table on standard
 * output. */
#ifndef BP_PAGE_H
#define BP_PAGE_H

#include "ensemble.h"

/* The package side of a joint in section, from its axis outwards, as the process stack has it. */
enum {
  BP_SECTION_FILMS = 6
}; /* D1, D2 with the ring, copper, underbump metal, intermetallic layer,
      D3 */

typedef struct {
  double *radius;                  /* [count] m, outer one of each annulus */
  double (*top)[BP_SECTION_FILMS]; /* [count] m, upper faces of the films; z = 0: passivation */
  int count;
  double passivation, hole; /* m: its thickness; radius up to which solder wets */
  double plane;             /* m, z of the upper face of D3 */
} BpSection;

typedef struct {
  const char *const *column; /* [ncolumns] names as in results.h5 */
  const double *row;         /* [nrows][ncolumns] SI */
  int ncolumns, nrows;       /* 0 rows: there is no history */
} BpHistory;

typedef struct {
  const char *name, *value;
} BpPageFact;

/* The card of a region; name NULL: the package does not have it. */
typedef struct {
  const char *name, *law, *trust, *unverified, *source; /* unverified: "" where all was checked */
} BpPageCard;

typedef struct {
  const BpCase *bp;
  const char *shape; /* of the pad, in words */
  int has_well, has_ring;
  BpSection section;
  BpHistory history;
  BpPageCard card[BP_REGIONS];
  const BpPageFact *fact; /* [nfacts] where the results come from */
  int nfacts;
} BpPageCase;

typedef struct {
  const char *title; /* "work density" */
  const void *png;   /* [size] bytes */
  size_t size;
} BpPicture;

typedef struct {
  const BpSummary *summary; /* [count] */
  const BpSummary *life;    /* [count] the same runs with a row for every life model */
  const BpPageCase *of;     /* [count] */
  const BpRatio *ratio;     /* [nratios] */
  int count, nratios;
  const BpEnsemble *ensemble; /* NULL: nothing was varied */
  const BpPicture *picture;   /* [npictures] */
  int npictures;
  const BpPageFact *fact; /* [nfacts] where the page comes from */
  int nfacts;
} BpPage;

/* The section alone as an SVG picture with its key. */
void bp_section_svg(FILE *out, const BpSection *section, const char *title);

/* The page as text, to be freed with free(). Starts gnuplot for each plot; what cannot be drawn is
 * said where it would stand, and once as a warning. */
char *bp_page_html(const BpPage *page, BpProblems *problems);

#endif
