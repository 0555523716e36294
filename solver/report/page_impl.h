/* The parts of the page. Internal to this folder. */
#ifndef BP_PAGE_IMPL_H
#define BP_PAGE_IMPL_H

#include "html.h"
#include "json_impl.h"
#include "page.h"

typedef struct {
  FILE *out;
  const BpPage *page;
  BpProblems *problems; /* warnings */
} BpPrinter;

/* Content of the page's style element. */
extern const char bp_page_style[];

/* Each writes what stands below the heading of its section. */
void bp_page_short(const BpPrinter *p);
void bp_page_cases(const BpPrinter *p);
void bp_page_answers(const BpPrinter *p);
void bp_page_ensemble(const BpPrinter *p);
void bp_page_numbers(const BpPrinter *p);
void bp_page_pictures(const BpPrinter *p);
void bp_page_plots(const BpPrinter *p);
void bp_page_layer(const BpPrinter *p);
void bp_page_data(const BpPrinter *p);
void bp_page_life(const BpPrinter *p);
void bp_page_origin(const BpPrinter *p);

/* The package side of every case in section, on one scale, with the key to its colours. */
void bp_page_sections(const BpPrinter *p);

/* What the pad asks of solder, copper and passivation, against the first case. */
void bp_page_weakest(const BpPrinter *p);

/* The last of the three questions: what the ring surrounds against the rim. */
void bp_page_shield(const BpPrinter *p);

/* Relative error as "2.3 %", "not estimated" where it is NAN; text [size]. */
const char *bp_page_error(double error, char *text, size_t size);

/* Head of a table with a column for each case behind `labels` others, to be freed with free(). */
const char **bp_page_head(const BpPage *page, const char *const *label, int labels);

/* ---- history */

/* Index of a column, -1 if there is none. */
int bp_history_column(const BpHistory *history, const char *name);

double bp_history_at(const BpHistory *history, int row, int column);

/* Rows of the last full cycle, from the one before it, which is its start. 0 if there is none. */
int bp_history_last_cycle(const BpHistory *history, int range[2]);

/* What an accumulated column ("package.rim.work") gains in the last full cycle, NAN without. */
double bp_history_gain(const BpHistory *history, const char *name);

#endif
