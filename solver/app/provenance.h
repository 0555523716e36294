/* Where results come from: facts that go into every result file. */
#ifndef BP_PROVENANCE_H
#define BP_PROVENANCE_H

#include "output.h"
#include "setup.h"

typedef struct {
  BpFact *fact; /* [count] */
  int count;
} BpProvenance;

/* Facts of a run that starts now.   [not collective]
 * mesh  hash of its nodes and cells */
void bp_provenance_collect(const BpApp *app, const BpSetup *setup, const char *mesh,
                           BpProvenance *provenance);

/* Facts of a page that is written now.   [not collective] */
void bp_provenance_page(const BpApp *app, BpProvenance *provenance);
void bp_provenance_free(BpProvenance *provenance);

#endif
