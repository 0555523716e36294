/* Where results come from: facts that go into every result file. */
#ifndef BP_PROVENANCE_H
#define BP_PROVENANCE_H

#include "output.h"
#include "setup.h"

typedef struct {
  BpFact *fact; /* [count] */
  int count;
} BpProvenance;

/* Facts of a run that starts now.   [not collective] */
void bp_provenance_collect(const BpApp *app, const BpSetup *setup, BpProvenance *provenance);
void bp_provenance_free(BpProvenance *provenance);

#endif
