/* Which part of a joint loses most against the reference. Parts fail by different laws, and neither
 * a fatigue curve of the wiring's copper nor a strength of the passivation is published that could
 * be trusted for them, so each part is measured by its own load in the reference alone. */
#ifndef BP_WEAKEST_H
#define BP_WEAKEST_H

#include "json_impl.h"

enum { BP_PARTS = 4 };

typedef struct {
  const char *part, *quantity; /* "package solder", of bp_compare() */
  double ratio;                /* to the reference, NAN where not known */
} BpPart;

/* Fills part with the joint's parts and their ratios of a summary to the first one. Returns the
 * index of the part with the largest ratio, -1 where none is known. */
int bp_weakest(const BpRatio *ratio, int nratios, int which, BpPart part[BP_PARTS]);

/* The same in one sentence without a full stop. */
void bp_weakest_sentence(const BpSummary *summary, const BpRatio *ratio, int nratios, int which,
                         char *text, size_t size);

/* Every summary but the first: [ {case, name, reference_name, part, quantity, ratio, text, parts: [
 * {part, quantity, ratio} ]} ] */
json_t *bp_weakest_array(const BpSummary *summary, int count, const BpRatio *ratio, int nratios);

#endif
